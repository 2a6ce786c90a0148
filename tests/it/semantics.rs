//! What coding means, end to end, on two interviews small enough to be coded by hand.

use std::collections::BTreeMap;

use serde_json::json;

use crate::case::{Book, Case, Row, assert_same, cells};

const FIRST: &str = "\
Interviewer: Tell me about the storm.

Anna: The storm took the lines down.

Interviewer: Mm-hm.

Anna: We trust the IT manager. Security today is hard.

Interviewer: How is security run? And policy?

Bo: The storm changed the policy. It is written.

Anna: Policy is a storm of words.
";

const SECOND: &str = "\
# Part one: the storm

Q: Well?

Cia: A storm came. The policy did not help.

Q: Right, okay.

Cia: Nothing more.

# Security today

Q: And now?

Cia: By policy. Trust the policy. A storm again.
";

fn interviews() -> Case {
    let book = Book::new()
        .with("backchannels", json!(["mm-hm", "right", "okay"]))
        .with(
            "tracks",
            json!([{"id": "m", "label": "Micro"}, {"id": "n", "label": "Meso"}, {"id": "o", "label": "Macro"}]),
        )
        .with(
            "guide",
            json!([
                {"id": "a", "group": "g", "label": "The storm", "cues": ["tell me about", "part one"]},
                {"id": "b", "group": "g", "label": "How it is run", "cues": ["how is security run?"]},
                {"id": "c", "group": "h", "label": "Today", "cues": ["security today"]},
            ]),
        )
        .code("storm", json!(["storm"]))
        .code("policy", json!([{"match": "policy", "questions": ["b"]}]))
        .code("trust", json!([{"match": "trust", "where": {"site": "south"}}]))
        .code("anyone", json!([{"match": "storm", "roles": ["interviewer", "informant", "other"]}]))
        .code("elder", json!([{"match": "storm", "where": {"age": "44"}}]))
        .code("refers", json!(["code:trust [0..2] policy"]))
        .code("grouped", json!([{"id": "by-group", "match": "storm", "questions": ["g"]}]))
        .entry(json!({
            "id": "longest", "theme": "t", "tracks": ["m", "n"], "label": "Longest", "segment": "turn",
            "patterns": ["storm", "a storm", "storm [0..1] words"],
        }));
    Case::new()
        .book(book)
        .file("first.txt", FIRST)
        .file("second.md", SECOND)
        .file("speakers.csv", "speaker,role,case,age\nAnna,,anna,44\nBo,other,,51\n")
        .file("documents.csv", "document,site\nfirst,north\nsecond,south\n")
}

fn of_code<'r>(codings: &'r [Row], code: &str) -> Vec<Row> {
    let wanted: Vec<&'r Row> = codings.iter().filter(|row| row["code"] == code).collect();
    assert!(!wanted.is_empty(), "no coding of {code}");
    wanted.into_iter().cloned().collect()
}

fn places(codings: &[Row], code: &str) -> Vec<(String, String)> {
    of_code(codings, code).into_iter().map(|row| (row["document"].clone(), row["turn"].clone())).collect()
}

fn turns(places: &[(&str, &[u32])]) -> Vec<(String, String)> {
    let of_document = |(document, turns): &(&str, &[u32])| {
        turns.iter().map(|turn| ((*document).to_owned(), turn.to_string())).collect()
    };
    places.iter().flat_map(|place| -> Vec<_> { of_document(place) }).collect()
}

#[test]
fn turns_have_roles_cases_questions_and_exchanges() {
    let case = interviews();
    case.run("out", &[]).exits(0);
    assert_eq!(
        cells(&case.rows("out", "turns"), ["document", "turn", "case", "speaker", "role", "question", "exchange"]),
        [
            ["first", "1", "first/Interviewer", "Interviewer", "interviewer", "a", "1"],
            ["first", "2", "anna", "Anna", "informant", "a", "1"],
            ["first", "3", "first/Interviewer", "Interviewer", "interviewer", "a", "1"],
            ["first", "4", "anna", "Anna", "informant", "a", "1"],
            ["first", "5", "first/Interviewer", "Interviewer", "interviewer", "b", "2"],
            ["first", "6", "first/Bo", "Bo", "other", "b", "2"],
            ["first", "7", "anna", "Anna", "informant", "b", "2"],
            ["second", "1", "second/Q", "Q", "interviewer", "a", "1"],
            ["second", "2", "second/Cia", "Cia", "informant", "a", "1"],
            ["second", "3", "second/Q", "Q", "interviewer", "a", "1"],
            ["second", "4", "second/Cia", "Cia", "informant", "a", "1"],
            ["second", "5", "second/Q", "Q", "interviewer", "c", "2"],
            ["second", "6", "second/Cia", "Cia", "informant", "c", "2"],
        ]
    );
    let words = |document: &str, text: &str| {
        let documents = case.rows("out", "documents");
        let row = documents.iter().find(|row| row["document"] == document).expect("the document").clone();
        assert_eq!(row["informant_words"], text, "{document}");
    };
    // 6 + 9 + 6, and 8 + 2 + 8.
    words("first", "21");
    words("second", "18");
}

#[test]
fn roles_count_and_prompts_are_told() {
    let case = interviews();
    case.run("out", &[]).exits(0);
    let codings = case.rows("out", "codings");
    let columns = ["document", "turn", "role", "question", "counted", "prompted_exchange", "prompted_document"];
    assert_eq!(
        cells(&of_code(&codings, "storm"), columns),
        [
            ["first", "1", "interviewer", "a", "0", "0", "0"],
            ["first", "2", "informant", "a", "1", "1", "1"],
            ["first", "6", "other", "b", "0", "0", "1"],
            ["first", "7", "informant", "b", "1", "0", "1"],
            // The heading names the storm, but nobody says it.
            ["second", "2", "informant", "a", "1", "0", "0"],
            ["second", "6", "informant", "c", "1", "0", "0"],
        ]
    );
    let counted: Vec<_> = of_code(&codings, "anyone").into_iter().map(|row| row["counted"].clone()).collect();
    assert_eq!(counted, ["1"; 6]);
    assert_eq!(places(&codings, "anyone"), places(&codings, "storm"));
    assert_eq!(
        cells(&of_code(&codings, "policy"), columns),
        [
            ["first", "5", "interviewer", "b", "0", "0", "0"],
            ["first", "6", "other", "b", "0", "1", "1"],
            ["first", "7", "informant", "b", "1", "1", "1"],
        ]
    );
}

#[test]
fn guards_let_through_what_they_name() {
    let case = interviews();
    case.run("out", &[]).exits(0);
    let codings = case.rows("out", "codings");
    assert_eq!(places(&codings, "trust"), turns(&[("second", &[6])]));
    assert_eq!(places(&codings, "elder"), turns(&[("first", &[2, 7])]));
    assert_eq!(places(&codings, "grouped"), turns(&[("first", &[1, 2, 6, 7]), ("second", &[2])]));
    assert!(of_code(&codings, "grouped").iter().all(|row| row["pattern"] == "by-group"));
    let refers = of_code(&codings, "refers");
    assert_eq!(cells(&refers, ["document", "turn", "text"]), [["second", "6", "Trust the policy"]]);
    // Who has not been asked has no count; who has been asked and did not say it has 0.
    let asked: BTreeMap<_, _> = case
        .rows("out", "case_codes")
        .into_iter()
        .filter(|row| row["code"] == "policy")
        .map(|row| (row["case"].clone(), (row["asked"].clone(), row["codings"].clone())))
        .collect();
    assert_eq!(asked["anna"], ("1".to_owned(), "1".to_owned()));
    assert_eq!(asked["second/Cia"], ("0".to_owned(), String::new()));
}

#[test]
fn of_overlapping_spans_the_leftmost_and_longest_stays() {
    let case = interviews();
    case.run("out", &[]).exits(0);
    let found = of_code(&case.rows("out", "codings"), "longest");
    assert_eq!(
        cells(&found, ["document", "turn", "pattern", "tracks", "text"]),
        [
            ["first", "1", "longest#1", "m|n", "storm"],
            ["first", "2", "longest#1", "m|n", "storm"],
            ["first", "6", "longest#1", "m|n", "storm"],
            // "a storm" starts further left than "storm of words".
            ["first", "7", "longest#2", "m|n", "a storm"],
            ["second", "2", "longest#2", "m|n", "A storm"],
            ["second", "6", "longest#2", "m|n", "A storm"],
        ]
    );
    let segment = |row: &Row| {
        let (start, end): (usize, usize) =
            (row["segment_start_char"].parse().expect("a number"), row["segment_end_char"].parse().expect("a number"));
        FIRST.chars().skip(start).take(end - start).collect::<String>()
    };
    assert_eq!(segment(&found[3]), "Policy is a storm of words.");
    let storm = of_code(&case.rows("out", "codings"), "storm");
    assert_eq!(segment(&storm[2]), "The storm changed the policy.");
}

#[test]
fn counts_are_those_of_the_hand() {
    let case = interviews();
    case.run("out", &[]).exits(0);
    let codes = case.rows("out", "codes");
    let storm = codes.iter().find(|row| row["code"] == "storm").expect("a row for each code");
    assert_eq!([&*storm["codings"], &*storm["documents"], &*storm["cases"]], ["4", "2", "2"]);
    let frequencies = case.rows("out", "frequencies");
    let of = |level: &str, id: &str| {
        frequencies.iter().find(|row| row["level"] == level && row["id"] == id).expect("a row").clone()
    };
    let storm = of("code", "storm");
    assert_eq!(
        cells(std::slice::from_ref(&storm), ["codings", "sentences", "turns", "exchanges", "documents", "cases"]),
        [["4", "4", "4", "4", "2", "2"]]
    );
    // 4 codings in 39 words of informants; 2 of the 2 informants.
    let rate: f64 = storm["per_1000_words"].parse().expect("a number");
    assert!((rate - 4000.0 / 39.0).abs() < 1e-9, "{rate}");
    assert_eq!(storm["share_of_cases"].parse(), Ok(1.0));
    assert_eq!(of("track", "o")["codings"], "0");
    let pair = together(&case, "out", "policy", "storm");
    assert_eq!(pair, ["4", "1", "4", "1"].map(str::to_owned));
}

/// n, n_a, n_b and n_ab of two codes in exchanges.
fn together(case: &Case, out: &str, a: &str, b: &str) -> [String; 4] {
    let rows = case.rows(out, "cooccurrence");
    let is_it = |row: &&Row| row["unit"] == "exchange" && row["level"] == "code" && row["a"] == a && row["b"] == b;
    let row = rows.iter().find(is_it).expect("every pair has a row");
    ["n", "n_a", "n_b", "n_ab"].map(|name| row[name].clone())
}

fn tables(case: &Case, codings: &str, out: &str) {
    let args = ["tables", "--store", "out/store", "--codebook", "codebook.json", "--codings", codings, "--out", out];
    case.qualcode(&args).exits(0);
}

#[test]
fn codings_read_back_give_the_same_tables() {
    let case = interviews();
    case.run("out", &[]).exits(0);
    let only_tables = |out: &str| -> BTreeMap<String, Vec<u8>> {
        case.results(out).into_iter().filter(|(name, _)| name.starts_with("tables/")).collect()
    };
    let from_run = only_tables("out");
    tables(&case, "out/tables/codings.csv", "from-csv");
    assert_same(&from_run, &only_tables("from-csv"), "from codings.csv");
    tables(&case, "out/tables/codings.parquet", "from-parquet");
    assert_same(&from_run, &only_tables("from-parquet"), "from codings.parquet");
    case.qualcode(&["code", "--store", "out/store", "--codebook", "codebook.json", "--out", "coded"]).exits(0);
    for name in ["tables/codings.csv", "tables/codings.parquet", "tables/codes.csv"] {
        assert!(from_run[name] == only_tables("coded")[name], "{name} of `code` differs from that of `run`");
    }
}

#[test]
fn a_coding_that_is_struck_out_counts_no_more() {
    let case = interviews();
    case.run("out", &[]).exits(0);
    let written = case.read("out/tables/codings.csv");
    let struck = |line: &&str| !(line.contains(",first,7,") && line.contains(",storm,t,"));
    let kept: Vec<&str> = written.lines().filter(struck).collect();
    assert_eq!(kept.len() + 1, written.lines().count());
    case.write("reviewed.csv", kept.join("\n") + "\n");
    tables(&case, "reviewed.csv", "reviewed");
    assert_eq!(case.read("reviewed/tables/codings.csv"), case.read("reviewed.csv"));
    let codes = case.rows("reviewed", "codes");
    let storm = codes.iter().find(|row| row["code"] == "storm").expect("a row for each code");
    assert_eq!([&*storm["codings"], &*storm["documents"], &*storm["cases"]], ["3", "2", "2"]);
    assert_eq!(together(&case, "reviewed", "policy", "storm"), ["4", "1", "3", "0"].map(str::to_owned));
    assert_eq!(case.read("out/tables/turns.csv"), case.read("reviewed/tables/turns.csv"));
}
