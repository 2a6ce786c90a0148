//! Fifty real interviews against another program's counts of the same dictionary.
//!
//! quanteda 4.3.1 was run on them with an 8-code dictionary of glob patterns, ignoring case. Its tokeniser keeps
//! hyphenated words whole, and that is all that makes the counts differ: `super-excited` is one word, which `excit*`
//! does not match; `feature-by-feature` is one that `feature*` matches once; and the phrase `go to market` does not
//! match `go-to-market`. Each of our codings is kept or dropped here by that rule; what is left must be quanteda's
//! counts, cell by cell.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;
use serde_json::json;

use crate::oracle;

/// quanteda's dictionary, by its names of the codes.
const DICTIONARY: [(&str, &[&str]); 8] = [
    (
        "Funding",
        &[
            "investor*",
            "fundrais*",
            "raise*",
            "raising",
            "seed round",
            "series a",
            "series b",
            "venture capital",
            "vc",
            "vcs",
            "valuation*",
            "angel*",
            "y combinator",
            "bootstrap*",
        ],
    ),
    (
        "Hiring",
        &["hire*", "hiring", "recruit*", "interview*", "candidate*", "team member*", "co-founder*", "cofounder*"],
    ),
    ("Customers", &["customer*", "user*", "client*", "churn*", "sales", "go to market"]),
    ("Product", &["product*", "feature*", "roadmap*", "mvp", "ship*", "launch*", "prototype*"]),
    (
        "Emotion",
        &[
            "afraid", "fear*", "love*", "hate*", "excit*", "anxi*", "burnout", "burn out", "stress*", "proud",
            "scared", "scary",
        ],
    ),
    (
        "Family",
        &["wife", "husband", "kid*", "family", "families", "child*", "parent*", "mom", "dad", "daughter*", "son"],
    ),
    ("OpenSource", &["open source", "open-source", "github", "maintainer*", "contribut*", "licens*"]),
    ("Failure", &["fail*", "mistake*", "pivot*", "shut down", "regret*", "struggl*", "wrong"]),
];

type Row = BTreeMap<String, String>;

fn rows(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).expect("a readable table");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

/// Our pattern for one of quanteda's: a hyphen with a wildcard behind it has to be written as a space.
fn pattern(glob: &str) -> String {
    if glob.contains('-') { glob.replace('-', " ") } else { glob.to_owned() }
}

fn codebook() -> String {
    let codes: Vec<_> = DICTIONARY
        .iter()
        .map(|(id, globs)| {
            let patterns: BTreeSet<String> = globs.iter().map(|glob| pattern(glob)).collect();
            json!({"id": id, "theme": "all", "tracks": ["all"], "label": id, "patterns": patterns})
        })
        .collect();
    json!({
        "format": 1, "id": "founders", "language": "en", "case": "insensitive",
        "roles": ["informant", "interviewer", "other"],
        "tracks": [{"id": "all", "label": "All"}], "themes": [{"id": "all", "label": "All"}], "codes": codes,
    })
    .to_string()
}

/// The words as quanteda cuts them around a place in the text, each lower-cased.
fn quanteda_words(text: &[char], start: usize, end: usize) -> (usize, Vec<String>) {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    let joins = |c: char| matches!(c, '-' | '_' | '@');
    let (mut from, mut to) = (start, end);
    while from >= 2 && joins(text[from - 1]) && text[from - 2].is_alphanumeric() {
        from -= 1;
        while from > 0 && word(text[from - 1]) {
            from -= 1;
        }
    }
    while to + 1 < text.len() && joins(text[to]) && text[to + 1].is_alphanumeric() {
        to += 1;
        while to < text.len() && word(text[to]) {
            to += 1;
        }
    }
    let words: String = text[from..to].iter().collect();
    (from, words.to_lowercase().split_whitespace().map(str::to_owned).collect())
}

fn matches(globs: &[&str], words: &[String]) -> bool {
    let glob_matches = |glob: &str, word: &str| match glob.strip_suffix('*') {
        Some(prefix) => word.starts_with(prefix),
        None => word == glob,
    };
    globs.iter().any(|glob| {
        let parts: Vec<&str> = glob.split(' ').collect();
        parts.len() == words.len() && parts.iter().zip(words).all(|(part, word)| glob_matches(part, word))
    })
}

/// Document, paragraph and code of every coding that quanteda's tokeniser leaves, each place once.
fn kept(out: &Path, interviews: &Path) -> (BTreeSet<(String, usize, String, usize)>, usize) {
    let labels = Regex::new(r"(?m)^\*\*[^*\n]+:\*\*").expect("a pattern");
    let mut texts: BTreeMap<String, (Vec<char>, Vec<usize>)> = BTreeMap::new();
    let mut kept = BTreeSet::new();
    let mut dropped = 0;
    for coding in rows(&out.join("tables/codings.csv")) {
        let document = &coding["document"];
        let (text, paragraphs) = texts.entry(document.clone()).or_insert_with(|| {
            let text = fs::read_to_string(interviews.join(format!("{document}.md"))).expect("a transcript");
            let starts = labels.find_iter(&text).map(|label| text[..label.start()].chars().count()).collect();
            (text.chars().collect(), starts)
        });
        let number = |column: &str| coding[column].parse::<usize>().expect("a number");
        let (start, end) = (number("start_char"), number("end_char"));
        let globs = DICTIONARY.iter().find(|(id, _)| *id == coding["code"]).expect("a code").1;
        let (from, words) = quanteda_words(text, start, end);
        if matches(globs, &words) {
            let paragraph = paragraphs.partition_point(|&label| label <= start);
            kept.insert((document.clone(), paragraph, coding["code"].clone(), from));
        } else {
            dropped += 1;
        }
    }
    (kept, dropped)
}

#[test]
fn counts_differ_from_quantedas_only_by_its_tokeniser() {
    let Some(corpora) = oracle::corpora() else { return };
    let folder = corpora.join("founderstalk-small");
    let (interviews, reference): (PathBuf, PathBuf) = (folder.join("interviews"), folder.join("reference"));
    let work = tempfile::tempdir().expect("a folder");
    let codebook_path = work.path().join("founders.json");
    fs::write(&codebook_path, codebook()).expect("written");
    let out = work.path().join("out");
    assert_cmd::Command::new(env!("CARGO_BIN_EXE_qualcode"))
        .args(["run", "--quiet", "--format", "csv", "--codebook"])
        .args([&codebook_path, &interviews])
        .arg("--out")
        .arg(&out)
        .assert()
        .success();
    let (kept, dropped) = kept(&out, &interviews);
    assert!(dropped < 200, "{dropped} codings are left to the tokeniser");

    let mut counts: BTreeMap<(String, String), u64> = BTreeMap::new();
    let mut paragraphs: BTreeMap<(String, usize), BTreeSet<String>> = BTreeMap::new();
    for (document, paragraph, code, _) in kept {
        *counts.entry((document.clone(), code.clone())).or_default() += 1;
        paragraphs.entry((document, paragraph)).or_default().insert(code);
    }
    let mut compared = 0;
    for row in rows(&reference.join("quanteda_lookup_counts_by_document.csv")) {
        for (code, _) in DICTIONARY {
            let ours = counts.get(&(row["document"].clone(), code.to_owned())).copied().unwrap_or(0);
            assert_eq!(ours.to_string(), row[code], "{} in {}", code, row["document"]);
            compared += 1;
        }
    }
    assert_eq!(compared, 50 * 8);
    for row in rows(&reference.join("code_cooccurrence_boolean_turns.csv")) {
        for (code, _) in DICTIONARY {
            let together = paragraphs.values().filter(|codes| codes.contains(&row[""]) && codes.contains(code)).count();
            assert_eq!(together.to_string(), row[code], "{} with {}", row[""], code);
        }
    }
}
