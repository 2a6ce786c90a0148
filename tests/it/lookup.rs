//! Real dictionaries over real speeches against quanteda's rules.
//!
//! `tests/oracles/quanteda_lookup.py` reads the dictionaries and the texts by itself and applies quanteda's rules word
//! for word, once over words cut as we cut them and once as quanteda cuts them. Our codings must be those of the first,
//! place by place. The second differs, and every difference must have one of these reasons:
//!
//! - a hyphen at or in the place, or in the dictionary's word: quanteda keeps `well-being` one word, which `well` does
//!   not find, and we do not;
//! - a mark between the words of a phrase, which quanteda takes for a token of its own;
//! - a phrase that runs from one paragraph into the next, which for us are turns;
//! - an event such as `(applause)`, which is not said and so has no words for us;
//! - two matches of one category that overlap, of which either program keeps one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use qualcode::codebook::CodebookFile;
use qualcode::codebook::import::{Kind, import};
use serde_json::{Value, json};

use crate::case::{Case, rows};
use crate::oracle;

/// Document, category, first and last place (half-open, in code points).
type Hit = (String, String, usize, usize);

/// Codes by the names of their categories, from the top: `Economy > State`.
fn categories(file: &CodebookFile) -> BTreeMap<String, String> {
    let themes: BTreeMap<&str, _> = file.themes.iter().map(|theme| (theme.id.as_str(), theme)).collect();
    let mut paths = BTreeMap::new();
    for code in &file.codes {
        let mut names = vec![code.label.clone()];
        let mut next = themes.get(code.theme.as_str());
        while let Some(theme) = next {
            // A code in a theme of its own name is that theme's own words.
            if names.len() > 1 || theme.label != code.label {
                names.push(theme.label.clone());
            }
            next = theme.parent.as_deref().and_then(|parent| themes.get(parent));
        }
        names.reverse();
        paths.insert(code.id.clone(), names.join(" > "));
    }
    paths
}

/// Runs a dictionary over the inaugural addresses, as it lies in its file, and compares.
fn compare(name: &str, kind: &str) {
    let Some(corpora) = oracle::corpora() else { return };
    let Some(mut python) = oracle::python(&[]) else { return };
    let folder = corpora.join("peer-suites/quanteda");
    let (dictionary, texts) = (folder.join("inst/extdata").join(name), folder.join("derived/inaugural"));

    let question = json!({"kind": kind, "dictionary": dictionary, "texts": texts}).to_string();
    let answer = oracle::answer(python.arg(oracle::script("quanteda_lookup.py")), &question);
    let answer: Value = serde_json::from_str(&answer).expect("JSON");
    let expected: BTreeSet<Hit> = serde_json::from_value(answer["ours"].clone()).expect("hits");
    let unexplained = answer["unexplained"].as_array().expect("a list");
    assert!(unexplained.is_empty(), "{name}: {unexplained:?}");
    let theirs = answer["theirs"].as_u64().expect("a number");
    assert!(theirs > 1000, "{name}: quanteda's rules find {theirs}");

    let found = codings(&dictionary, &texts);
    let (more, fewer): (Vec<_>, Vec<_>) =
        (found.difference(&expected).take(5).collect(), expected.difference(&found).take(5).collect());
    assert!(more.is_empty() && fewer.is_empty(), "{name}: more {more:?}, fewer {fewer:?}");
}

fn codings(dictionary: &Path, texts: &Path) -> BTreeSet<Hit> {
    let bytes = std::fs::read(dictionary).expect("a dictionary");
    let name = dictionary.file_name().expect("a name").to_string_lossy();
    let imported = import(Kind::of(&name, &bytes).expect("a kind"), &bytes, &name).expect("imported");
    let paths = categories(&imported.file);
    let case = Case::new();
    let (dictionary, texts) = (dictionary.to_string_lossy(), texts.to_string_lossy());
    let ran = case.qualcode(&[
        "run",
        &texts,
        "--codebook",
        &dictionary,
        "--out",
        "out",
        "--format",
        "csv",
        "--tables",
        "codings",
        "--quiet",
    ]);
    assert!(matches!(ran.status, Some(0 | 3)), "{}", ran.stderr);
    // A dictionary at the top stands in a theme named after the file, which the file itself does not name.
    let stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem);
    let named = |id: &str| paths[id].strip_prefix(&format!("{stem} > ")).unwrap_or(&paths[id]).to_owned();
    rows(&case.read("out/tables/codings.csv"))
        .into_iter()
        .map(|row| {
            let number = |column: &str| row[column].parse().expect("a number");
            (row["document"].clone(), named(&row["code"]), number("start_char"), number("end_char"))
        })
        .collect()
}

#[test]
fn laver_and_garry_finds_what_quanteda_finds() {
    compare("laver_garry.ykd", "ykd");
}

#[test]
fn lexicoders_sentiment_finds_what_quanteda_finds() {
    compare("LSD2015.lc3", "lc3");
}

#[test]
fn moral_foundations_finds_what_quanteda_finds() {
    compare("moral_foundations_dictionary.dic", "dic");
}

#[test]
fn regressive_imagery_finds_what_quanteda_finds() {
    compare("RID.cat", "cat");
}
