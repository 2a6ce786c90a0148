//! The command line: exit statuses, help, streams, and queries in every format.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use qualcode::codebook;
use qualcode::pipeline;
use qualcode::tables::{TableOptions, TableSchema};
use serde_json::{Value, json};

use crate::case::{Book, Case, Ran, cells, rows, transcript};

const TALK: &str = "Interviewer: What happened?\n\nAnna: The storm came, and then another storm.\n";

fn case() -> Case {
    Case::new().book(Book::new().code("storm", json!(["storm"])).code("calm", json!(["calm"]))).file("a.txt", TALK)
}

fn query(case: &Case, pattern: &str, more: &[&str]) -> Ran {
    case.qualcode(&[&["query", "--store", "store", pattern], more].concat())
}

#[test]
fn exit_statuses_say_how_it_went() {
    let case = case();
    case.index("store", &[]).exits(0);
    query(&case, "storm", &[]).exits(0);
    query(&case, "thunder", &[]).exits(1);
    case.qualcode(&[]).exits(2);
    case.qualcode(&["index"]).exits(2).says("--store");
    case.qualcode(&["--version"]).exits(0).prints("qualcode ");
    case.run("out", &["--tables", "nonsense"]).exits(2).says("\"nonsense\" is no table; the tables are documents, ");
    case.run("out", &["--units", "window:0"]).exits(2).says("window:k (with a number for k)");
    case.run("out", &["--levels", "page"]).exits(2).says("the levels are code, theme, track");
    case.run("out", &["--roles", "boss"]).exits(2).says("the roles are");
    case.run("out", &["--format", "sav"]).exits(2).says("the formats are csv, parquet, arrow");
    case.run("out", &["--threads", "0"]).exits(2);
    case.qualcode(&["codebook", "check", "codebook.json"]).exits(0);
    case.write("wrong.json", case.read("codebook.json").replace("\"storm\"\n", "\"storm (\"\n"));
    assert_ne!(case.read("wrong.json"), case.read("codebook.json"));
    case.qualcode(&["codebook", "check", "wrong.json"]).exits(1).says("wrong.json:");
    case.qualcode(&["run", "corpus", "--codebook", "wrong.json", "--out", "out"])
        .exits(2)
        .says("wrong.json has 2 faults");
    case.write("corpus/empty.txt", "");
    case.index("store", &[]).exits(3);
    case.run("out", &[]).exits(3);
    query(&case, "storm", &[]).exits(0);
}

#[test]
fn results_go_to_standard_output_and_the_rest_to_standard_error() {
    let case = case();
    let ran = case.run("out", &["--quiet"]).exits(0);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
    let ran = case.run("out", &[]).exits(0).says("1 unchanged").prints("1 documents, 1 cases, ");
    ran.prints("2 codings of 1 codes (of 2)").prints("Codes not found by these patterns: calm").prints("out/tables");
    let ran = case.index("store", &[]).exits(0);
    assert_eq!(ran.stdout, "");
    let ran = query(&case, "storm", &["--format", "jsonl"]).exits(0);
    assert_eq!((ran.stdout.lines().count(), ran.stderr.as_str()), (2, ""));
}

#[test]
fn help_of_every_command() {
    let case = Case::new();
    let commands: &[&[&str]] = &[
        &[],
        &["run"],
        &["index"],
        &["code"],
        &["tables"],
        &["query"],
        &["lint"],
        &["codebook"],
        &["codebook", "check"],
        &["codebook", "explain"],
        &["codebook", "stats"],
        &["codebook", "diff"],
        &["codebook", "suggest"],
        &["codebook", "new"],
        &["codebook", "import"],
        &["codebook", "export"],
        &["codebook", "schema"],
    ];
    for command in commands {
        let ran = case.qualcode(&[*command, &["--help"]].concat()).exits(0);
        let name = if command.is_empty() { "qualcode".to_owned() } else { command.join("_") };
        insta::assert_snapshot!(format!("help_{name}"), ran.stdout);
        if name != "codebook" {
            assert!(ran.stdout.contains("Example"), "{name} shows no example");
        }
    }
    // Every command that there is has been asked.
    let all = case.qualcode(&["--help"]).exits(0).stdout;
    let listed: Vec<&str> = all
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(!listed.is_empty());
    assert!(listed.iter().all(|name| commands.iter().any(|command| command == &[*name])), "{listed:?}");
}

/// The columns that a help text lists for a table.
fn listed(help: &str, table: &str) -> Vec<String> {
    let at = help.find(&format!("\n  {table} ")).unwrap_or_else(|| panic!("the help does not list {table}"));
    let after = &help[at + 3 + table.len()..];
    let mut text = String::new();
    for (number, line) in after.lines().enumerate() {
        if number > 0 && !line.starts_with("    ") {
            break;
        }
        text.push(' ');
        text.push_str(line.trim());
    }
    text.split([',', ';']).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

#[test]
fn the_columns_in_the_help_are_those_of_the_tables() {
    let book = r#"{"format": 1, "id": "b", "language": "en", "tracks": [{"id": "m", "label": "M"}],
        "themes": [{"id": "t", "label": "T"}],
        "codes": [{"id": "storm", "theme": "t", "tracks": ["m"], "label": "S", "patterns": ["storm"]}]}"#;
    let (codebook, _) = codebook::load(book.as_bytes(), "b.json").expect("a codebook");
    let schemas: Vec<TableSchema> = pipeline::schemas(&codebook, &TableOptions::default());
    let help = Case::new().qualcode(&["run", "--help"]).exits(0).stdout;
    for command in ["code", "tables"] {
        let other = Case::new().qualcode(&[command, "--help"]).exits(0).stdout;
        let columns = |help: &str| help[help.find("\n  documents ").expect("the tables")..].to_owned();
        assert_eq!(columns(&help), columns(&other), "{command} lists other columns");
    }
    let mut compared = 0;
    for schema in &schemas {
        let names: Vec<&str> = schema.columns.iter().map(|column| column.name.as_str()).collect();
        let name = schema.name.as_str();
        if name.starts_with("cooccurrence_matrix") {
            assert_eq!(names[0], "id");
            continue;
        }
        // What the codebook and the corpus give columns to stands in words.
        let listed: Vec<String> = listed(&help, if name.starts_with("unit_codes") { "unit_codes" } else { name })
            .into_iter()
            .filter(|name| !name.starts_with("then ") && !name.contains(" per code"))
            .collect();
        let names: Vec<&str> = names.into_iter().filter(|name| *name != "storm").collect();
        assert_eq!(listed, names, "{name}");
        compared += 1;
    }
    assert!(compared >= 9, "only {compared} tables");
}

#[test]
fn a_query_answers_alike_in_every_format() {
    let case = case().file("b.txt", "Anna: A \"storm\", a\nsecond line.\n\nBo: Storm, yes; storm.\n");
    case.index("store", &[]).exits(0);
    let found = |format: &str| query(&case, "storm", &["--format", format, "--context", "2"]).exits(0).stdout;
    let lines: Vec<Value> = found("jsonl").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let list: Vec<Value> = serde_json::from_str(&found("json")).expect("a JSON list");
    assert_eq!(lines, list);
    let table = rows(&found("csv"));
    assert_eq!(table.len(), 5);
    for (row, object) in table.iter().zip(&lines) {
        for (name, value) in object.as_object().expect("an object") {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            assert_eq!(row[name], if value == "null" { "" } else { &value }, "{name}");
        }
        let text = case.read(&format!("corpus/{}.txt", row["document"]));
        let number = |name: &str| row[name].parse::<usize>().expect("a number");
        assert_eq!(&text[number("start_byte")..number("end_byte")], row["text"]);
        let chars: String =
            text.chars().skip(number("start_char")).take(number("end_char") - number("start_char")).collect();
        assert_eq!(chars, row["text"]);
    }
    assert_eq!(
        cells(&table, ["document", "turn", "sentence", "speaker", "left", "text", "right"]),
        [
            ["a", "2", "1", "Anna", "The ", "storm", " came, and "],
            ["a", "2", "1", "Anna", "then another ", "storm", "."],
            ["b", "1", "1", "Anna", "A \"", "storm", "\", a second "],
            ["b", "2", "1", "Bo", "", "Storm", ", yes; storm."],
            ["b", "2", "1", "Bo", "Storm, yes; ", "storm", "."],
        ]
    );
    let shown = found("table");
    assert_eq!(shown.lines().count(), 5);
    assert!(shown.lines().next().expect("a line").starts_with("a#2 Anna "), "{shown}");
    let columns: Vec<_> = shown.lines().map(|line| line.to_lowercase().find("storm")).collect();
    assert!(columns[0].is_some(), "{shown}");
    assert_eq!(found("csv").lines().next(), Some(&*query_columns(&case)));
}

/// The columns that the help of `query` lists.
fn query_columns(case: &Case) -> String {
    let help = case.qualcode(&["query", "--help"]).exits(0).stdout;
    let listed = help.split("The columns of csv, json and jsonl:").nth(1).expect("the columns");
    listed.split_whitespace().collect::<String>().trim_end_matches('.').to_owned()
}

#[test]
fn no_hits_are_an_empty_answer() {
    let case = case();
    case.index("store", &[]).exits(0);
    for (format, answer) in [("table", ""), ("jsonl", ""), ("json", "[]\n")] {
        assert_eq!(query(&case, "thunder", &["--format", format]).exits(1).stdout, answer);
    }
    let csv = query(&case, "thunder", &["--format", "csv"]).exits(1).stdout;
    assert_eq!(csv.lines().count(), 1);
}

#[test]
fn limit_and_context_are_kept() {
    let case = case();
    case.index("store", &[]).exits(0);
    let lefts = |context: &str| {
        let csv = query(&case, "came", &["--format", "csv", "--context", context]).exits(0).stdout;
        let rows = rows(&csv);
        (rows[0]["left"].trim().to_owned(), rows[0]["right"].trim().to_owned())
    };
    assert_eq!(lefts("0"), (String::new(), ",".to_owned()));
    assert_eq!(lefts("1"), ("storm".to_owned(), ", and".to_owned()));
    assert_eq!(lefts("99"), ("The storm".to_owned(), ", and then another storm.".to_owned()));
    assert_eq!(query(&case, "storm", &["--limit", "1"]).exits(0).stdout.lines().count(), 1);
    assert_eq!(query(&case, "storm", &["--limit", "9"]).exits(0).stdout.lines().count(), 2);
}

#[test]
fn a_query_may_ask_for_codes() {
    let case = case();
    case.index("store", &[]).exits(0);
    let with = |pattern: &str| query(&case, pattern, &["--codebook", "codebook.json", "--format", "csv"]);
    let ran = with("another code:storm").exits(0);
    assert_eq!(cells(&rows(&ran.stdout), ["text"]), [["another storm"]]);
    with("code:calm").exits(1);
    with("code:clam").exits(2).says("code:clam").says("has no such code");
    query(&case, "code:storm", &[]).exits(2).says("name one with --codebook FILE");
}

#[test]
fn a_faulty_query_is_refused_with_its_column() {
    let case = case();
    case.index("store", &[]).exits(0);
    for (pattern, column) in [("storm NEAR/0 a", 7), ("åska (storm", 6), ("a NEAR/3 b OR c", 0), ("/(/", 0), ("", 0)] {
        let ran = query(&case, pattern, &[]).exits(2).says("query, column ");
        if column > 0 {
            ran.says(&format!("query, column {column}:"));
        }
    }
    query(&case, "storm and rain", &[]).exits(1).says("query, column 7");
    query(&case, "storm", &["--format", "xml"]).exits(2).says("jsonl");
}

#[test]
fn who_closes_the_pipe_has_read_enough() {
    let case = Case::new();
    for number in 0..30 {
        case.write(&format!("corpus/doc-{number}.txt"), transcript(number, 200));
    }
    case.index("store", &[]).exits(0);
    for format in ["table", "csv", "json", "jsonl"] {
        let mut child = case
            .command(&["query", "--store", "store", "the | it | we", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
        output.read_line(&mut line).expect("a line");
        assert!(!line.is_empty());
        drop(output);
        let ended = child.wait_with_output().expect("the program ends");
        let said = String::from_utf8_lossy(&ended.stderr);
        assert_eq!((ended.status.code(), &*said), (Some(0), ""), "{format}");
    }
}
