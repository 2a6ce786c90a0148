//! `qualcode lint`: every kind of finding once, at its place, and nothing in a sound corpus.

use serde_json::{Value, json};

use crate::case::{Book, Case, Ran, cells, rows};

/// An interview of turn and answer; no two with different names have a sequence of words in common. Turn `n` (from 1)
/// stands at line 2n − 1.
fn interview(name: &str, turns: usize) -> Vec<String> {
    let who = ["Interviewer", "Anna"];
    (0..turns).map(|at| format!("{}: {name}{at} one {name}{at} two {name}{at} three.", who[at % 2])).collect()
}

fn text(turns: &[String]) -> String {
    turns.join("\n\n") + "\n"
}

fn changed(name: &str, turns: usize, at: usize, turn: &str) -> String {
    let mut interview = interview(name, turns);
    interview[at] = turn.to_owned();
    text(&interview)
}

fn book() -> Book {
    let guide = json!([{"id": "plans", "label": "Plans", "cues": ["what are your plans"]}]);
    Book::new().code("storm", json!(["storm"])).with("guide", guide)
}

/// One fault of each kind.
fn faulty() -> Case {
    let long = vec!["word"; 5_001].join(" ");
    let asked = "Interviewer: What are your plans?";
    let case = Case::new().book(book());
    let add = |name: &str, bytes: &[u8]| case.write(&format!("corpus/{name}.txt"), bytes);
    for name in ["asked-a", "asked-b", "asked-c", "asked-d", "asked-e", "asked-f", "asked-g", "asked-h", "asked-i"] {
        add(name, changed(name, 6, 0, asked).as_bytes());
    }
    let asking = |name: &str, turns: usize, at: usize, turn: &str| {
        let mut interview = interview(name, turns);
        interview[0] = asked.to_owned();
        interview[at] = turn.to_owned();
        text(&interview)
    };
    add("label-misspelled", asking("misspelled", 12, 6, "Intervewer: And then?").as_bytes());
    add("label-variant", asking("variant", 6, 3, "ANNA: In capitals.").as_bytes());
    add("label-once", asking("once", 12, 5, "Bert Holm: I only pass by.").as_bytes());
    add("label-false", asking("false", 12, 7, "Three points: time, place and money.").as_bytes());
    add("no-interviewer", asking("nobody", 6, 2, "Anna: I ask myself.").replace("Interviewer:", "Bo:").as_bytes());
    add("not-asked", text(&interview("not", 6)).as_bytes());
    add("long", asking("long", 6, 3, &format!("Anna: {long}.")).as_bytes());
    add("spoiled", asking("spoiled", 6, 3, "Anna: A cafÃ© and a rosÃ©.").as_bytes());
    add("lost", asking("lost", 6, 3, "Anna: A caf\u{FFFD}.").as_bytes());
    add("latin", &latin1(&asking("latin", 6, 3, "Anna: På ett kafé, så är det, det går så här för oss.")));
    let timed: Vec<String> = [10, 20, 30, 15, 40, 50]
        .iter()
        .enumerate()
        .map(|(at, second)| {
            let words = if at == 0 { "What are your plans?".to_owned() } else { format!("timed{at} words here.") };
            format!("[00:00:{second}] {}: {words}", ["Interviewer", "Anna"][at % 2])
        })
        .collect();
    add("times", text(&timed).as_bytes());
    let copied = |last: &str| {
        let mut copied = interview("copied", 20);
        copied[0] = asked.to_owned();
        copied[19] = format!("Anna: {last}.");
        text(&copied)
    };
    add("copy-of-it", copied("here it ends").as_bytes());
    add("copy", copied("this is the end").as_bytes());
    add("empty-turn", asking("empty", 6, 3, "Anna:").as_bytes());
    add("unlabelled", b"Just a paragraph.\n\nAnd another paragraph.\n\nAnd a third.\n");
    case
}

/// Latin 1, in which every character used here is one byte.
fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin 1")).collect()
}

fn lint(case: &Case, more: &[&str]) -> Ran {
    case.qualcode(&[&["lint", "corpus"], more].concat())
}

#[test]
fn every_kind_of_fault_is_found_once_at_its_place() {
    let case = faulty();
    let ran = lint(&case, &["--codebook", "codebook.json", "--format", "csv"]).exits(1);
    let found = rows(&ran.stdout);
    let mut found = cells(&found, ["code", "severity", "document", "path", "line", "turn"]);
    found.retain(|finding| finding[0].starts_with('L'));
    found.sort_unstable();
    let expected = [
        ["L001", "warning", "label-misspelled", "label-misspelled.txt", "13", "7"],
        ["L002", "warning", "label-variant", "label-variant.txt", "7", "4"],
        ["L003", "note", "label-once", "label-once.txt", "11", "6"],
        ["L004", "warning", "label-false", "label-false.txt", "15", "8"],
        ["L005", "warning", "no-interviewer", "no-interviewer.txt", "", ""],
        // Where nobody interviews, nobody can have asked, and that is told already.
        ["L006", "warning", "not-asked", "not-asked.txt", "", ""],
        ["L007", "warning", "long", "long.txt", "7", "4"],
        ["L008", "warning", "spoiled", "spoiled.txt", "7", ""],
        ["L009", "warning", "lost", "lost.txt", "7", ""],
        ["L010", "warning", "latin", "latin.txt", "", ""],
        ["L011", "warning", "times", "times.txt", "7", "4"],
        ["L012", "warning", "copy-of-it", "copy-of-it.txt", "", ""],
        ["L013", "warning", "empty-turn", "empty-turn.txt", "7", "4"],
        ["L014", "warning", "unlabelled", "unlabelled.txt", "", ""],
    ];
    assert_eq!(found, expected);
}

#[test]
fn the_formats_say_the_same() {
    let case = faulty();
    let csv = lint(&case, &["--format", "csv"]).exits(1);
    let json = lint(&case, &["--format", "json", "--threads", "1"]).exits(1);
    let json: Vec<Value> = serde_json::from_str(&json.stdout).expect("JSON");
    let csv = rows(&csv.stdout);
    assert_eq!(csv.len(), json.len());
    for (row, object) in csv.iter().zip(&json) {
        for (column, cell) in row {
            let value = match &object[column] {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                number => number.to_string(),
            };
            assert_eq!(*cell, value, "{column}");
        }
    }
    let ran = lint(&case, &["--codebook", "codebook.json"]).exits(1);
    insta::assert_snapshot!("lint_text", ran.stdout + &ran.stderr);
}

#[test]
fn a_sound_corpus_has_nothing_to_tell() {
    let mut case = Case::new().book(book());
    for name in ["alpha", "beta", "gamma", "delta"] {
        case = case.file(&format!("{name}.txt"), changed(name, 20, 0, "Interviewer: So what are your plans?"));
    }
    let ran = lint(&case, &["--codebook", "codebook.json"]).exits(0).says("4 documents: nothing looks wrong");
    assert_eq!(ran.stdout, "");
    let ran = lint(&case, &["--format", "json"]).exits(0);
    assert_eq!(ran.stdout, "[]\n");
}

#[test]
fn what_cannot_be_read_goes_before_what_looks_wrong() {
    let case = faulty();
    case.write("corpus/nothing.txt", "");
    lint(&case, &[]).exits(3).prints("nothing.txt: skipped: the file is empty [T004]");
    case.qualcode(&["lint", "nowhere"]).exits(2).says("nowhere");
    case.write("corpus/speakers.csv", "label\nAnna\n");
    lint(&case, &[]).exits(2).says("there is no column `speaker`");
}

#[test]
fn a_run_tells_it_too_and_is_not_ended_by_it() {
    let case = faulty();
    let told = |out: &str| {
        let diagnostics = rows(&case.read(&format!("{out}/diagnostics.csv")));
        let mut told: Vec<[String; 3]> =
            cells(&diagnostics, ["code", "path", "line"]).iter().map(|row| row.map(str::to_owned)).collect();
        told.retain(|row| row[0].starts_with('L'));
        told
    };
    case.run("out", &[]).exits(0).says("looks like a misspelling");
    let mut alone = rows(&lint(&case, &["--codebook", "codebook.json", "--format", "csv"]).stdout);
    alone.retain(|row| row["severity"] == "warning" && !["L006", "L012"].contains(&row["code"].as_str()));
    let mut alone: Vec<[String; 3]> =
        cells(&alone, ["code", "path", "line"]).iter().map(|row| row.map(str::to_owned)).collect();
    alone.retain(|row| row[0].starts_with('L'));
    assert_eq!(told("out"), alone, "the places are those of lint");
    case.run("out", &[]).exits(0).says("unchanged");
    assert_eq!(told("out"), alone, "and stay when nothing is read again");
    case.index("store", &[]).exits(0).says("[L001]");
}

#[test]
fn lint_starts_a_speakers_csv_that_the_next_run_reads() {
    let case = Case::new()
        .book(Book::new().code("storm", json!(["storm"])))
        .file("a.txt", changed("first", 12, 6, "Intervewer: And the storm?").replace("Anna: first3", "Jerod: first3"))
        .file("b.txt", changed("second", 12, 9, "ANNA: The storm.").replace("Anna: second1 ", "Jerod Santo: second1 "));
    case.run("out", &[]).exits(0);
    let roles = |out: &str| {
        let mut found: Vec<[String; 4]> = cells(&case.rows(out, "turns"), ["document", "speaker", "role", "case"])
            .iter()
            .map(|row| row.map(str::to_owned))
            .collect();
        found.sort();
        found.dedup();
        found.iter().map(|row| row.join(" ")).collect::<Vec<_>>()
    };
    assert!(roles("out").contains(&"a Intervewer informant a/Intervewer".to_owned()), "taken for an informant");
    lint(&case, &["--write-speakers"]).exits(1).says("speakers.csv: 6 rows written");
    assert_eq!(
        case.read("corpus/speakers.csv"),
        "speaker,role,case,same_as,document\n\
         Interviewer,interviewer,,,\n\
         Anna,informant,,,\n\
         ANNA,,,Anna,\n\
         Intervewer,,,Interviewer,\n\
         Jerod,informant,,,\n\
         Jerod Santo,informant,,,\n"
    );
    case.run("out", &[]).exits(0);
    assert_eq!(
        roles("out"),
        [
            "a Anna informant a/Anna",
            "a Interviewer interviewer a/Interviewer",
            "a Jerod informant a/Jerod",
            "b Anna informant b/Anna",
            "b Interviewer interviewer b/Interviewer",
            "b Jerod Santo informant b/Jerod Santo",
        ]
    );
    // Now every label is known, and the file is the researcher's.
    lint(&case, &[]).exits(0);
    lint(&case, &["--write-speakers"]).exits(0).says("nothing is written");
    case.write("corpus/c.txt", text(&interview("third", 6)).replace("Anna:", "Cecilia:"));
    let before = case.read("corpus/speakers.csv");
    lint(&case, &["--write-speakers"])
        .exits(2)
        .says("is there already and is left as it is")
        .says("--write-speakers=FILE");
    assert_eq!(case.read("corpus/speakers.csv"), before);
    let ran = lint(&case, &["--write-speakers=-"]).exits(0);
    assert_eq!(ran.stdout, "speaker,role,case,same_as,document\nCecilia,informant,,,\n");
    lint(&case, &["--write-speakers=more.csv"]).exits(0);
    assert_eq!(case.read("more.csv"), ran.stdout);
}

#[test]
fn a_label_that_is_another_in_one_document_only_is_narrowed() {
    let anna = |name: &str| changed(name, 10, 3, "Anna: Only once.").replace("Anna: ", "Anna Berg: ");
    let case = Case::new()
        .file("a.txt", anna("first").replace("Anna Berg: Only", "Anna: Only"))
        .file("b.txt", text(&interview("second", 10)));
    let ran = lint(&case, &["--write-speakers=-"]).exits(1);
    assert_eq!(
        ran.stdout,
        "speaker,role,case,same_as,document\n\
         Interviewer,interviewer,,,\n\
         Anna,,,Anna Berg,a\n\
         Anna,informant,,,\n\
         Anna Berg,informant,,,\n"
    );
}
