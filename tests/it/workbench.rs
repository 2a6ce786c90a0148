//! Working on a codebook: explain, stats, diff, suggest and new.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use qualcode::codebook;
use qualcode::coding::{self, Plan};
use qualcode::span::Evaluator;
use qualcode::stats::Keyness;
use qualcode::store::{Block, BlockLeaves, Snapshot, Vocabulary};
use qualcode::workbench::{self, ExplainedPassage, Outcome};
use serde_json::{Value, json};

use crate::case::{Book, Case, Row, cells, rows, transcript, wide_book};
use crate::oracle;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The sample corpus, coded with the shipped codebook into `out`.
fn sample() -> Case {
    let case = Case::new();
    std::os::unix::fs::symlink(Path::new(ROOT).join("corpora/utility-company"), case.path("sample")).expect("a link");
    std::fs::copy(Path::new(ROOT).join("codebooks/ism-three-tracks.json"), case.path("book.json")).expect("copied");
    case.qualcode(&["index", "sample", "--store", "store", "--quiet"]).exits(0);
    case.qualcode(&[
        "code",
        "--store",
        "store",
        "--codebook",
        "book.json",
        "--out",
        "out",
        "--format",
        "csv",
        "--quiet",
    ])
    .exits(0);
    case
}

/// Anna and Bo in two transcripts, small enough to count by hand.
fn small() -> Case {
    let book = Book::new()
        .code("storm", json!(["storm*", "(big | great) storm", "thunder", "snow NOT AFTER/2 no"]))
        .code("wind", json!(["storm", {"match": "wind", "roles": ["interviewer"]}]));
    let case = Case::new()
        .book(book)
        .file("a.txt", "Interviewer: Was there a storm?\n\nAnna: A big storm, a stormy night. The lights went out.\n")
        .file("b.txt", "Interviewer: And the wind?\n\nBo: The lights went out in the storm. No real snow, though.\n");
    case.index("store", &["--quiet"]).exits(0);
    case
}

const ON: [&str; 4] = ["--store", "store", "--codebook", "codebook.json"];

fn codebook(case: &Case, command: &str, args: &[&str]) -> crate::case::Ran {
    case.qualcode(&[&["codebook", command], args].concat())
}

#[test]
fn stats_count_as_the_codings_do() {
    let case = sample();
    let stats = codebook(&case, "stats", &["--store", "store", "--codebook", "book.json", "--format", "csv"]).exits(0);
    let codings = case.rows("out", "codings");
    let mut by_pattern: BTreeMap<&str, (u64, u64, BTreeSet<&str>)> = BTreeMap::new();
    for row in &codings {
        let sum = by_pattern.entry(&row["pattern"]).or_default();
        sum.0 += 1;
        sum.1 += u64::from(row["counted"] == "1");
        sum.2.insert(&row["document"]);
    }
    let patterns = rows(&stats.stdout);
    assert!(patterns.len() > 1000 && by_pattern.len() > 300);
    for row in &patterns {
        let nothing = Default::default();
        let (all, counted, documents) = by_pattern.get(row["pattern"].as_str()).unwrap_or(&nothing);
        let number = |name: &str| row[name].parse::<u64>().expect("a number");
        assert_eq!(
            (number("codings"), number("counted"), number("documents")),
            (*all, *counted, documents.len() as u64),
            "{}",
            row["pattern"]
        );
        assert_eq!(number("found"), number("guarded") + number("lost") + number("codings"), "{}", row["pattern"]);
    }
}

#[test]
fn explain_agrees_with_code_on_every_turn() {
    let case = sample();
    let bytes = std::fs::read(case.path("book.json")).expect("a codebook");
    let book = codebook::load(&bytes, "book.json").expect("a good codebook").0;
    let snapshot = Snapshot::open(&case.path("store")).expect("a store");
    let plan = Plan::new(&book);
    let vocabulary = Vocabulary::look_up(&snapshot, plan.leaves()).expect("words");
    let mut explained = BTreeSet::new();
    let mut kept_back = BTreeMap::new();
    for document in 0..snapshot.len() {
        let block = Block::load(&snapshot, document..document + 1);
        let leaves = BlockLeaves::new(&block, &vocabulary).expect("leaves");
        let trace = coding::trace(&plan, &block, &leaves).expect("a trace");
        let evaluator = Evaluator::new(plan.leaves(), &leaves);
        let texts = block.texts().expect("texts");
        let read: Vec<_> = (0..trace.rows.len()).map(|row| texts.read(row).expect("a text")).collect();
        let passages: Vec<ExplainedPassage<'_>> = (0..)
            .zip(&read)
            .zip(&trace.rows)
            .map(|((row, text), setting)| ExplainedPassage {
                row,
                words: text.words(),
                tokens: &text.tokens,
                setting: Some(setting),
            })
            .collect();
        let of_rows = workbench::explain(&book, &evaluator, &trace.codes, &passages).expect("explained");
        for (setting, of_row) in trace.rows.iter().zip(of_rows) {
            for one in of_row {
                *kept_back.entry(one.outcome.as_str()).or_insert(0) += 1;
                if one.outcome == Outcome::Coded {
                    let counted = u8::from(one.counted == Some(true)).to_string();
                    let place = [setting.turn, one.start_token, one.end_token].map(|number| number.to_string());
                    explained.insert((snapshot.id(document).to_owned(), place, one.code, one.pattern, counted));
                }
            }
        }
    }
    let coded: BTreeSet<_> = case
        .rows("out", "codings")
        .into_iter()
        .map(|mut row| {
            let mut take = |name: &str| row.remove(name).expect("a cell");
            let place = ["turn", "start_token", "end_token"].map(&mut take);
            (take("document"), place, take("code"), take("pattern"), take("counted"))
        })
        .collect();
    assert!(coded.len() > 1000);
    assert_eq!(explained, coded);
    assert!(["lost", "vetoed", "guarded"].iter().all(|outcome| kept_back.contains_key(outcome)), "{kept_back:?}");
}

#[test]
fn explain_tells_of_sentences_turns_and_wildcards() {
    let case = small();
    let ran = codebook(&case, "explain", &["--codebook", "codebook.json", "A big storm, but no snow."]).exits(0);
    insta::assert_snapshot!("explain_sentence", ran.stdout);
    let ran = codebook(&case, "explain", &[&ON[..], &["--document", "b", "--turn", "1"]].concat()).exits(0);
    insta::assert_snapshot!("explain_turn", ran.stdout);
    let ran = codebook(&case, "explain", &[&ON[..], &["--pattern", "storm#1"]].concat()).exits(0);
    insta::assert_snapshot!("explain_pattern", ran.stdout);
    let csv = codebook(&case, "explain", &[&ON[..], &["--pattern", "storm#1", "--format", "csv"]].concat());
    // "big storm" goes to the second pattern: "storm" is left in the question and in Bo's turn.
    assert_eq!(csv.stdout, "wildcard,word,count,doubtful\nstorm*,storm,2,0\nstorm*,stormy,1,0\n");
    let json = codebook(&case, "explain", &["--codebook", "codebook.json", "Thunder.", "--format", "json"]).exits(0);
    let json: Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(json["explained"][0]["outcome"], "coded");
    codebook(&case, "explain", &["--codebook", "codebook.json", "Nothing here."]).exits(1).prints("No pattern finds");
    let with = |more: &[&str]| codebook(&case, "explain", &[&ON[..], more].concat());
    with(&["--document", "c", "--turn", "1"]).exits(2).says("there is no document \"c\" in the store; there are a, b");
    with(&["--document", "a", "--turn", "3"]).exits(2).says("its turns are numbered from 1 to 2");
    with(&["--pattern", "storm"]).exits(2).says("there is no pattern \"storm\"").says("storm#1");
}

#[test]
fn stats_of_a_small_corpus() {
    let case = small();
    let ran = codebook(&case, "stats", &ON).exits(0);
    insta::assert_snapshot!("stats", ran.stdout);
    let csv = codebook(&case, "stats", &[&ON[..], &["--format", "csv"]].concat()).exits(0);
    let table = rows(&csv.stdout);
    // storm*: in the question, "big storm", "stormy", Bo's; one lies in "big storm", which is longer.
    assert_eq!(
        cells(&table, ["pattern", "found", "lost", "codings", "counted", "documents", "share", "dead"]),
        [
            ["storm#1", "4", "1", "3", "2", "2", "0.75", "0"],
            ["storm#2", "1", "0", "1", "1", "1", "0.25", "0"],
            ["storm#3", "0", "0", "0", "0", "0", "0.0", "1"],
            ["storm#4", "0", "0", "0", "0", "0", "0.0", "1"],
            ["wind#1", "3", "0", "3", "2", "2", "0.75", "0"],
            ["wind#2", "1", "0", "1", "1", "1", "0.25", "0"],
        ]
    );
    let json = codebook(&case, "stats", &[&ON[..], &["--format", "json"]].concat()).exits(0);
    let json: Value = serde_json::from_str(&json.stdout).expect("JSON");
    // Three of the four codings of wind lie in codings of storm, and three of the four of storm hold one of wind.
    assert_eq!(json["overlaps"].as_array().map(Vec::len), Some(2));
}

/// A codebook that differs from `wide_book` in what `seed` picks.
fn edited(book: &Value, seed: u64) -> Value {
    let mut book = book.clone();
    let codes = book["codes"].as_array_mut().expect("codes");
    let pick = seed as usize / 8 % codes.len();
    match seed % 8 {
        0 => {
            codes[pick]["patterns"].as_array_mut().expect("patterns").push(json!("the [0..2] servers"));
        }
        1 => {
            codes[pick]["patterns"].as_array_mut().expect("patterns").remove(0);
        }
        2 => codes[pick]["patterns"].as_array_mut().expect("patterns").reverse(),
        3 => {
            let first = codes[pick]["patterns"][0].clone();
            codes[pick]["patterns"][0] = json!({"match": first, "roles": ["interviewer"]});
        }
        4 => book["case"] = json!("insensitive"),
        5 => book["interviewers"] = json!(["Anna"]),
        6 => {
            let mut new = codes[0].clone();
            new["id"] = json!("new");
            new["patterns"] = json!(["code:storm | nobody"]);
            codes.push(new);
        }
        _ => {
            book["backchannels"] = json!(["the", "it"]);
        }
    }
    if codes_are_bare(&book) { edited(&book, seed + 8) } else { book }
}

fn codes_are_bare(book: &Value) -> bool {
    book["codes"].as_array().expect("codes").iter().any(|code| code["patterns"].as_array().is_none_or(Vec::is_empty))
}

type Coding = [String; 5];

fn codings(case: &Case, out: &str) -> BTreeMap<Coding, String> {
    let key = |row: &Row| ["document", "code", "start_char", "end_char", "text"].map(|name| row[name].clone());
    case.rows(out, "codings").iter().map(|row| (key(row), row["counted"].clone())).collect()
}

fn units_with_both(case: &Case, out: &str) -> BTreeMap<[String; 4], u64> {
    let key = |row: &Row| ["unit", "level", "a", "b"].map(|name| row[name].clone());
    let rows = case.rows(out, "cooccurrence");
    rows.iter().map(|row| (key(row), row["n_ab"].parse().expect("a number"))).collect()
}

#[test]
fn diff_is_the_difference_of_two_full_runs() {
    let mut case = Case::new().book(wide_book());
    for number in 0..4 {
        case = case.file(&format!("t{number}.txt"), transcript(number, 12));
    }
    case.index("store", &["--quiet"]).exits(0);
    let book: Value = serde_json::from_str(&case.read("codebook.json")).expect("JSON");
    let run = |book: &str, out: &str| {
        let args = ["code", "--store", "store", "--codebook", book, "--out", out, "--format", "csv", "--quiet"];
        case.qualcode(&[&args[..], &["--tables", "codings,cooccurrence"]].concat()).exits(0);
    };
    run("codebook.json", "old");
    let (before, cells_before) = (codings(&case, "old"), units_with_both(&case, "old"));
    let mut changed = 0;
    for seed in (0..40).step_by(3) {
        case.write("new.json", serde_json::to_string(&edited(&book, seed)).expect("JSON"));
        let out = format!("new{seed}");
        run("new.json", &out);
        let after = codings(&case, &out);
        let mut expected: BTreeSet<(Coding, &str)> = BTreeSet::new();
        for (coding, counted) in &after {
            match before.get(coding) {
                None => expected.insert((coding.clone(), "gained")),
                Some(was) if was < counted => expected.insert((coding.clone(), "counted")),
                Some(was) if was > counted => expected.insert((coding.clone(), "uncounted")),
                Some(_) => false,
            };
        }
        expected.extend(before.keys().filter(|key| !after.contains_key(*key)).map(|key| (key.clone(), "lost")));
        let ran =
            codebook(&case, "diff", &["codebook.json", "new.json", "--store", "store", "--format", "json"]).exits(0);
        let diff: Value = serde_json::from_str(&ran.stdout).expect("JSON");
        let told: BTreeSet<(Coding, &str)> = diff["codings"]
            .as_array()
            .expect("codings")
            .iter()
            .map(|one| {
                let cell = |name: &str| one[name].as_str().map_or_else(|| one[name].to_string(), str::to_owned);
                let key = ["document", "code", "start_char", "end_char", "text"].map(cell);
                let kinds = ["gained", "lost", "counted", "uncounted"];
                (key, *kinds.iter().find(|kind| one["change"] == **kind).expect("a kind"))
            })
            .collect();
        assert_eq!(told, expected, "seed {seed}");
        changed += expected.len();
        let cells_after = units_with_both(&case, &out);
        let keys: BTreeSet<&[String; 4]> = cells_before.keys().chain(cells_after.keys()).collect();
        let of = |cells: &BTreeMap<[String; 4], u64>, key| cells.get(key).copied().unwrap_or(0);
        let moved: BTreeSet<_> = keys
            .into_iter()
            .map(|key| (key.clone(), of(&cells_before, key), of(&cells_after, key)))
            .filter(|(_, was, is)| was != is)
            .collect();
        let text = |one: &Value, name: &str| one[name].as_str().expect("a text").to_owned();
        let told: BTreeSet<_> = diff["cells"]
            .as_array()
            .expect("cells")
            .iter()
            .map(|one| {
                let number = |name: &str| one[name].as_u64().expect("a number");
                (["unit", "level", "a", "b"].map(|name| text(one, name)), number("n_ab_before"), number("n_ab_after"))
            })
            .collect();
        assert_eq!(told, moved, "seed {seed}");
    }
    assert!(changed > 50, "{changed}");
}

#[test]
fn diff_tells_what_changed_in_the_codebook() {
    let case = small();
    let mut book: Value = serde_json::from_str(&case.read("codebook.json")).expect("JSON");
    let storm = &mut book["codes"][0];
    storm["label"] = json!("Storms");
    storm["patterns"] = json!(["storm", "(big | great) storm", "snow NOT AFTER/2 no", "lights"]);
    book["codes"][1]["patterns"] = json!(["thunder", "storm"]);
    case.write("new.json", book.to_string());
    let ran = codebook(&case, "diff", &["codebook.json", "new.json", "--store", "store"]).exits(0);
    insta::assert_snapshot!("diff", ran.stdout);
    let same = codebook(&case, "diff", &["new.json", "new.json", "--store", "store"]).exits(0);
    same.prints("none in codes, patterns or settings").prints("0 gained, 0 lost").prints("0 cells moved");
}

#[test]
fn suggestions_can_be_counted_by_hand() {
    let case = Case::new().book(Book::new().code("storm", json!(["storm"]))).file(
        "a.txt",
        "Anna: The storm cut the power line. Fine day.\n\nBo: A storm, and the power line fell. We ate cake.\n\n\
         Cy: In the storm the power line broke. Many storms came, and stroms too. The bread was good. More bread.\n",
    );
    case.index("store", &["--quiet"]).exits(0);
    let ran = codebook(&case, "suggest", &[&ON[..], &["--code", "storm"]].concat()).exits(0);
    insta::assert_snapshot!("suggest", ran.stdout);
    let csv = codebook(&case, "suggest", &[&ON[..], &["--code", "storm", "--format", "csv"]].concat()).exits(0);
    let table = rows(&csv.stdout);
    // The three sentences have 5 + 6 + 6 words besides "storm"; elsewhere there are 2 + 3 + 12.
    let phrase = table.iter().find(|row| row["phrase"] == "the power line").expect("a phrase");
    assert_eq!((phrase["near"].as_str(), phrase["elsewhere"].as_str()), ("3", "0"));
    let key = Keyness::of(3, 0, 17, 17).expect("two texts");
    assert_eq!(phrase["g2"].parse::<f64>().expect("a number"), key.g2);
    let forms: Vec<_> = table.iter().filter(|row| row["kind"] != "phrase").collect();
    let forms: Vec<[&str; 4]> =
        forms.iter().map(|row| ["kind", "phrase", "of", "elsewhere"].map(|name| &*row[name])).collect();
    assert_eq!(forms, [["inflection", "storms", "storm", "1"]]);
    codebook(&case, "suggest", &[&ON[..], &["--code", "strom"]].concat()).exits(2).says("there are storm");
}

#[test]
fn keyness_is_what_scipy_says() {
    let Some(mut python) = oracle::python(&["scipy"]) else { return };
    let mut tables = Vec::new();
    for a in [1_u64, 3, 17, 400] {
        for b in [0_u64, 1, 25, 9_000] {
            for (c, d) in [(500_u64, 10_000_u64), (1_200, 21_000_000), (20_000, 9_001)] {
                tables.push([a, b, c, d]);
            }
        }
    }
    let question: String = tables.iter().map(|[a, b, c, d]| format!("{a} {b} {c} {d}\n")).collect();
    let answer = oracle::answer(python.arg(oracle::script("keyness.py")), &question);
    assert_eq!(answer.lines().count(), tables.len());
    for (table @ [a, b, c, d], line) in tables.iter().zip(answer.lines()) {
        let numbers: Vec<f64> = line.split(' ').map(|number| number.parse().expect("a number")).collect();
        let key = Keyness::of(*a, *b, *c, *d).expect("two texts");
        for (ours, theirs) in [key.g2, key.p, key.log_ratio].into_iter().zip(numbers) {
            assert!((ours - theirs).abs() <= 1e-9 + 1e-7 * theirs.abs(), "{table:?}: {ours} {theirs}");
        }
    }
}

#[test]
fn a_new_codebook_is_without_fault() {
    let case = Case::new();
    codebook(&case, "new", &["-o", "mine.json"]).exits(0).says("wrote mine.json").says("codebook.schema.json");
    let ran = codebook(&case, "check", &["mine.json"]).exits(0);
    assert_eq!(ran.stderr, "");
    assert_eq!(case.read("codebook.schema.json"), codebook(&case, "schema", &[]).exits(0).stdout);
    codebook(&case, "new", &["-o", "mine.json"]).exits(2).says("mine.json is there already");
    assert_eq!(codebook(&case, "new", &[]).exits(0).stdout, case.read("mine.json"));
}

/// Every property, of the schema and of its parts, that has neither a description nor refers to one.
fn undescribed(schema: &Value, path: &str, found: &mut Vec<String>) {
    match schema {
        Value::Object(object) => {
            for (name, property) in object.get("properties").and_then(Value::as_object).into_iter().flatten() {
                if property["description"].as_str().is_none_or(|text| text.trim().is_empty()) {
                    found.push(format!("{path}/{name}"));
                }
            }
            object.iter().for_each(|(name, value)| undescribed(value, &format!("{path}/{name}"), found));
        }
        Value::Array(values) => values.iter().for_each(|value| undescribed(value, path, found)),
        _ => {}
    }
}

#[test]
fn every_property_of_the_schema_is_described() {
    let schema = codebook::schema();
    let mut found = Vec::new();
    undescribed(&schema, "", &mut found);
    assert_eq!(found, [] as [String; 0]);
    assert_eq!(schema["properties"].as_object().map(|keys| keys.contains_key("$schema")), Some(true));
}
