//! Codebooks: what loads, the faults with their places, and the agreement of loader and schema.

use std::collections::BTreeSet;

use qualcode::codebook::{self, CasePolicy, Codebook, CodebookFile, Fault, FaultSeverity, Origin, SegmentKind};
use qualcode::corpus::Role;
use qualcode::diagnostic::{Diagnostic, Severity};
use qualcode::pattern::{ParseOptions, parse, words};
use qualcode::span::{Evaluator, LeafTable, MemoryLeaves};
use serde_json::{Value, json};

const FULL: &str = include_str!("../codebooks/full.json");
const SMALLEST: &str = include_str!("../codebooks/smallest.json");
const TEN_FAULTS: &str = include_str!("../codebooks/ten-faults.json");
const SCHEMA: &str = include_str!("../../codebooks/codebook.schema.json");

fn load(text: &str) -> Result<(Codebook, Vec<Fault>), Vec<Fault>> {
    codebook::load(text.as_bytes(), "book.json")
}

/// Code and place of the faults, errors and warnings, of a file that does not load.
fn faults(text: &str) -> Vec<(&'static str, u32, u32)> {
    load(text).expect_err(text).iter().map(|fault| (fault.code, fault.line, fault.column)).collect()
}

/// The smallest codebook, edited.
fn edited(edit: impl FnOnce(&mut Value)) -> String {
    let mut value: Value = serde_json::from_str(SMALLEST).expect("smallest");
    edit(&mut value);
    serde_json::to_string_pretty(&value).expect("JSON")
}

/// The codes of the errors of the smallest codebook, edited.
fn errors(edit: impl FnOnce(&mut Value)) -> Vec<&'static str> {
    let Err(faults) = load(&edited(edit)) else { return Vec::new() };
    faults.iter().filter(|fault| fault.severity == FaultSeverity::Error).map(|fault| fault.code).collect()
}

/// The codes of the warnings and notes of the smallest codebook, edited.
fn warnings(edit: impl FnOnce(&mut Value)) -> Vec<&'static str> {
    load(&edited(edit)).expect("a codebook without errors").1.iter().map(|fault| fault.code).collect()
}

/// The mend of the first fault.
fn mend(edit: impl FnOnce(&mut Value)) -> String {
    load(&edited(edit)).expect_err("faults").remove(0).mend
}

fn code(id: &str, pattern: &str) -> Value {
    json!({"id": id, "theme": "delegation", "tracks": ["macro"], "label": id, "definition": "…", "patterns": [pattern],
        "examples": {"coded": ["…"]}})
}

#[test]
fn every_key_reaches_the_checked_codebook() {
    let (book, warnings) = load(FULL).expect("full.json");
    assert_eq!(warnings, []);
    assert_eq!(
        (book.id.as_str(), book.title.as_str(), book.version.as_deref()),
        ("full", "Every key once", Some("2.1"))
    );
    assert_eq!((book.language.as_str(), book.case), ("en-GB", CasePolicy::Smart));
    assert_eq!(book.roles, [Role::Informant, Role::Other]);
    assert_eq!(book.interviewers, ["Interviewer", "Ann"]);
    assert_eq!(
        book.backchannels,
        [words("mm hm", CasePolicy::Smart), words("OR so", CasePolicy::Smart)].map(Option::unwrap)
    );
    assert_eq!(book.tracks[0].source.as_deref(), Some("Table 1"));
    assert_eq!(book.tracks[1].definition, None);
    assert_eq!((book.themes[0].parent, book.themes[1].parent), (None, Some(0)));
    assert_eq!(book.questions[2].cues.len(), 2);
    let cue = ParseOptions { cue: true, ..ParseOptions::default() };
    assert_eq!(book.questions[0].cues[0], parse("(what | how) is information security", &cue).expect("cue").tree);
    let first = &book.codes[0];
    assert_eq!((first.theme, first.tracks.as_slice()), (1, [0, 1].as_slice()));
    assert_eq!(
        (first.origin, first.segment, first.color.as_deref()),
        (Some(Origin::InVivo), SegmentKind::Turn, Some("#4477aa"))
    );
    assert_eq!(first.patterns[0].id, "owns-and-trusts#1");
    assert_eq!(first.patterns[0].roles, [Role::Informant, Role::Other]);
    let guarded = &first.patterns[1];
    assert_eq!((guarded.id.as_str(), guarded.text.as_str()), ("asks", "ask* NEAR/5 manager"));
    assert_eq!(
        (guarded.roles.as_slice(), guarded.questions.as_slice()),
        ([Role::Interviewer].as_slice(), [0, 1, 2].as_slice())
    );
    let values = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        guarded.attributes,
        [
            ("site".to_owned(), values(&["north"])),
            ("wave".to_owned(), values(&["1", "2.50"])),
            ("pilot".to_owned(), values(&["true"]))
        ]
    );
    assert_eq!(first.examples.not_coded, ["He owns a boat."]);
    assert_eq!(book.order, [1, 0]);
}

#[test]
fn what_is_left_out_has_its_default() {
    let (book, faults) = load(&format!("\u{feff}{SMALLEST}")).expect("smallest.json");
    assert_eq!(
        (book.title.as_str(), book.case, book.roles.as_slice()),
        ("smallest", CasePolicy::Smart, [Role::Informant].as_slice())
    );
    assert_eq!(book.codes[0].segment, SegmentKind::Sentence);
    // A byte-order mark moves no column.
    let places: Vec<_> = faults.iter().map(|fault| (fault.code, fault.line, fault.column)).collect();
    assert_eq!(places, [("C105", 9, 13), ("C106", 9, 13), ("C101", 13, 21)]);
    let note = Diagnostic::from(faults[2].clone());
    assert_eq!((note.severity, note.line, note.column), (Severity::Note, Some(13), Some(21)));
    // The hash is of the bytes, mark included: `(printf '\\357\\273\\277'; cat smallest.json) | sha256sum`.
    assert_eq!(book.sha256, "bbd53c33abf084e22d4001d78821a06fab54fe514766e7212e11747609cc2444");
    assert_eq!(
        load(SMALLEST).expect("smallest.json").0.sha256,
        "f2692123acb952db922587d43bd9905d7d6e4feb54acaab379f5993e1b10176f"
    );
}

#[test]
fn ten_faults_are_told_at_once_each_at_its_place() {
    let list = load(TEN_FAULTS).expect_err("ten faults");
    let places: Vec<_> = list
        .iter()
        .filter(|fault| fault.severity == FaultSeverity::Error)
        .map(|fault| (fault.code, fault.line, fault.column))
        .collect();
    assert_eq!(
        places,
        [
            ("C009", 3, 9),
            ("C007", 6, 13),
            ("C004", 7, 3),
            ("C013", 10, 12),
            ("C021", 13, 59),
            ("C011", 21, 16),
            ("P004", 23, 38),
            ("C020", 24, 20),
            ("C019", 24, 47),
            ("C008", 30, 17),
        ]
    );
    let text = list[0].to_string();
    assert_eq!(
        text,
        "book.json:3:9: error C009: \"id\" is \"ten faults\", which is no id; an id has letters a to z, digits, hyphens, underscores and full stops, and begins with a letter or digit"
    );
    let mends: Vec<&str> = list.iter().map(|fault| fault.mend.as_str()).collect();
    assert!(mends.contains(&"did you mean \"delegation\"?"), "{mends:?}");
    assert!(mends.contains(&"did you mean \"trusts\"?"), "{mends:?}");
    // The face in the broken pattern is no word; it stands behind five escaped characters.
    assert!(list.iter().all(|fault| fault.code != "P101"));
}

#[test]
fn what_is_no_json_is_located() {
    assert_eq!(faults(""), [("C002", 1, 1)]);
    assert_eq!(faults("{\n  \"format\": 1,\n}"), [("C002", 2, 14)]);
    assert_eq!(faults("{\n  // no\n}")[0].0, "C002");
    assert_eq!(faults("{\"é\": 'x'}"), [("C002", 1, 7)]);
    assert_eq!(faults("{\"a\": 01}")[0].0, "C002");
    assert_eq!(faults("{\"a\": \"b\nc\"}")[0].0, "C002");
    assert_eq!(faults("[1] [2]")[0].0, "C002");
    assert_eq!(faults("[]"), [("C003", 1, 1)]);
    assert_eq!(faults(&"[".repeat(100_000))[0].0, "C002");
    let error = codebook::load(b"{\n \"\xc3\xa9\": \"\xe9\"}", "latin.json").expect_err("Latin-1");
    assert_eq!((error[0].code, error[0].line, error[0].column), ("C001", 2, 8));
    assert!(error[0].message.contains("0xe9"));
}

#[test]
fn keys_and_types_are_checked() {
    assert_eq!(errors(|book| book["title"] = json!(3)), ["C003"]);
    assert_eq!(errors(|book| book["codes"][0]["examples"] = json!([])), ["C003"]);
    assert_eq!(errors(|book| book["codes"][0]["tracks"] = json!("macro")), ["C003"]);
    assert_eq!(errors(|book| book["codes"][0]["patterns"] = json!([3])), ["C003"]);
    assert_eq!(errors(|book| book["codes"][0]["lable"] = json!("x")), ["C004"]);
    assert_eq!(mend(|book| book["codes"][0]["lable"] = json!("x")), "did you mean \"label\"?");
    assert_eq!(errors(|book| drop(book.as_object_mut().and_then(|book| book.remove("language")))), ["C005"]);
    assert_eq!(errors(|book| drop(book["codes"][0].as_object_mut().and_then(|code| code.remove("label")))), ["C005"]);
    assert_eq!(faults(&SMALLEST.replace("\"language\"", "\"id\": \"again\", \"language\"")), [("C006", 4, 3)]);
    assert_eq!(errors(|book| book["case"] = json!("Smart")), ["C007"]);
    assert_eq!(
        mend(|book| book["case"] = json!("Smart")),
        "did you mean \"smart\"? It can be smart, insensitive or sensitive"
    );
    assert_eq!(errors(|book| book["codes"] = json!([])), ["C008"]);
    assert_eq!(errors(|book| book["id"] = json!("é")), ["C009"]);
    assert_eq!(errors(|book| book["tracks"][0]["label"] = json!("  ")), ["C010"]);
    assert_eq!(errors(|book| book["codes"][0]["color"] = json!("#12345")), ["C011"]);
    assert_eq!(errors(|book| book["format"] = json!(2)), ["C024"]);
    assert!(mend(|book| book["format"] = json!(2)).contains("newer qualcode"));
    assert_eq!(mend(|book| book["format"] = json!(0)), "write 1");
    assert_eq!(errors(|book| book["language"] = json!("English")), ["C025"]);
    assert_eq!(errors(|book| book["language"] = json!("en-toolongsubtag")), ["C025"]);
    assert_eq!(errors(|book| book["codes"][0]["tracks"] = json!(["macro", "macro"])), ["C027"]);
    assert_eq!(errors(|book| book["backchannels"] = json!(["…"])), ["C028"]);
    assert_eq!(errors(|book| book["tracks"][0]["id"] = json!("Words")), ["C029", "C018"]);
}

#[test]
fn names_must_lead_somewhere_and_be_unique() {
    let add =
        |key: &'static str, entry: Value| move |book: &mut Value| book[key].as_array_mut().expect("list").push(entry);
    assert_eq!(errors(add("codes", code("it-manager-owns-it", "b"))), ["C012"]);
    assert_eq!(errors(add("tracks", json!({"id": "macro", "label": "x"}))), ["C013"]);
    assert_eq!(errors(add("themes", json!({"id": "delegation", "label": "x"}))), ["C014"]);
    assert_eq!(
        errors(|book| book["guide"] =
            json!([{"id": "a", "label": "x", "cues": ["x"]}, {"id": "a", "label": "y", "cues": ["y"]}])),
        ["C015"]
    );
    assert_eq!(
        errors(|book| book["codes"][0]["patterns"] = json!([{"id": "p", "match": "a"}, {"id": "p", "match": "b"}])),
        ["C016"]
    );
    assert_eq!(errors(|book| book["codes"][0]["theme"] = json!("x")), ["C017"]);
    assert_eq!(errors(|book| book["codes"][0]["tracks"] = json!(["x"])), ["C018"]);
    assert_eq!(errors(|book| book["codes"][0]["patterns"] = json!([{"match": "a", "questions": ["x"]}])), ["C019"]);
    assert_eq!(errors(|book| book["codes"][0]["patterns"] = json!(["code:x"])), ["C020"]);
    assert_eq!(errors(|book| book["themes"][0]["parent"] = json!("x")), ["C021"]);
    // What is wrong once is told once: without tracks, no code's track is "unknown".
    assert_eq!(errors(|book| book["tracks"] = json!([])), ["C008"]);
}

#[test]
fn circles_are_shown() {
    let circle = |book: &mut Value| {
        book["codes"] = json!([code("a", "code:b x"), code("b", "y | code:c"), code("c", "\"q\" code:a")]);
    };
    let list = load(&edited(circle)).expect_err("circle");
    assert_eq!(list.len(), 1);
    assert_eq!(list[0].code, "C022");
    assert!(list[0].message.ends_with("a → b → c → a"), "{}", list[0].message);
    assert_eq!(errors(|book| book["codes"][0]["patterns"] = json!(["code:it-manager-owns-it"])), ["C022"]);
    let themes = |book: &mut Value| {
        book["themes"] = json!([
            {"id": "delegation", "label": "x", "parent": "other"}, {"id": "other", "label": "y", "parent": "delegation"}
        ]);
    };
    assert_eq!(errors(themes), ["C023"]);
    assert!(load(&edited(themes)).expect_err("circle")[0].message.ends_with("delegation → other → delegation"));
}

#[test]
fn patterns_are_checked_where_they_stand() {
    assert_eq!(errors(|book| book["codes"][0]["patterns"] = json!(["a NEAR b", ""])), ["P016", "P001"]);
    assert_eq!(
        errors(|book| book["guide"] = json!([{"id": "a", "label": "x", "cues": ["code:it-manager-owns-it"]}])),
        ["P021"]
    );
    let unstemmed = |book: &mut Value| {
        book["language"] = json!("zh");
        book["codes"][0]["patterns"] = json!(["a stem:b"]);
    };
    assert_eq!(errors(unstemmed), ["C026"]);
    let text = SMALLEST.replace("IT manager [0..3] take* care", r#"\"say\" \u00e9\ud83d\ude00 [3..1] x"#);
    // Column 21 is the first character of the pattern.
    assert_eq!(faults(&text), [("P011", 13, 21 + 27)]);
}

#[test]
fn what_is_probably_not_meant_is_warned_of() {
    let good = code("it-manager-owns-it", "x");
    let with = |patterns: Value| {
        let good = good.clone();
        move |book: &mut Value| {
            book["codes"] = json!([good]);
            book["codes"][0]["patterns"] = patterns;
        }
    };
    assert_eq!(warnings(with(json!(["x"]))), [""; 0]);
    assert_eq!(warnings(with(json!(["IT", "the IT manager"]))), ["C101"]);
    assert_eq!(warnings(with(json!(["virus*", "viruses"]))), ["C102"]);
    assert_eq!(warnings(with(json!(["a [0..2] b", "A [0..2] b"]))), ["C102"]);
    // An unguarded pattern covers a guarded one, not the other way round.
    assert_eq!(warnings(with(json!([{"match": "virus", "where": {"site": "n"}}, "virus"]))), ["C102"]);
    assert_eq!(warnings(with(json!([{"match": "virus*", "where": {"site": "n"}}, "virus"]))), [""; 0]);
    assert_eq!(warnings(with(json!([{"match": "virus*", "roles": ["other"]}, "virus"]))), [""; 0]);
    assert_eq!(warnings(with(json!(["(virus* | viruses | worm) x"]))), ["C107"]);
    assert_eq!(warnings(with(json!(["this and that"]))), ["P102"]);
    assert_eq!(
        warnings(|book| {
            book["codes"] = json!([good]);
            book["themes"] = json!([{"id": "delegation", "label": "x"}, {"id": "empty", "label": "y"}]);
            book["tracks"] = json!([{"id": "macro", "label": "x"}, {"id": "empty", "label": "y"}]);
        }),
        ["C104", "C103"]
    );
    let bare = |key: &'static str| {
        let good = good.clone();
        move |book: &mut Value| {
            book["codes"] = json!([good]);
            drop(book["codes"][0].as_object_mut().and_then(|code| code.remove(key)));
        }
    };
    assert_eq!(warnings(bare("examples")), ["C105"]);
    assert_eq!(warnings(bare("definition")), ["C106"]);
    assert_eq!(warnings(|book| book["codes"] = json!([code("a", "x"), code("A", "y")])), ["C108"]);
    let without_patterns = |book: &mut Value| {
        book["codes"] = json!([good.clone()]);
        book["codes"][0]["patterns"] = json!([]);
    };
    assert_eq!(warnings(without_patterns), ["C109"]);
}

#[test]
fn the_schema_in_the_repository_is_the_generated_one() {
    let generated = serde_json::to_string_pretty(&codebook::schema()).expect("JSON") + "\n";
    if std::env::var_os("QUALCODE_BLESS").is_some() {
        std::fs::write("codebooks/codebook.schema.json", &generated).expect("codebooks/codebook.schema.json");
    }
    assert!(generated == SCHEMA, "run the test with QUALCODE_BLESS=1 to write codebooks/codebook.schema.json anew");
}

#[test]
fn files_written_from_the_types_are_read_alike() {
    for text in [FULL, SMALLEST] {
        let file: CodebookFile = serde_json::from_str(text).expect("the types");
        let written = serde_json::to_string(&file).expect("JSON");
        let (mut again, _) = load(&written).expect("written");
        let (first, _) = load(text).expect("read");
        again.sha256.clone_from(&first.sha256);
        // serde_json keeps no trailing zeros: 2.50 comes back as 2.5; objects of the type are sorted.
        for pattern in again.codes.iter_mut().flat_map(|code| &mut code.patterns) {
            pattern.attributes.clear();
        }
        let mut first = first;
        for pattern in first.codes.iter_mut().flat_map(|code| &mut code.patterns) {
            pattern.attributes.clear();
        }
        assert_eq!(again, first);
    }
}

/// Faults that the schema, too, can see.
const STRUCTURAL: [&str; 12] =
    ["C003", "C004", "C005", "C007", "C008", "C009", "C010", "C011", "C024", "C025", "C027", "C006"];

#[test]
fn loader_and_schema_agree_on_every_single_change() {
    let schema = jsonschema::validator_for(&codebook::schema()).expect("a schema");
    let full: Value = serde_json::from_str(FULL).expect("full.json");
    assert!(schema.is_valid(&full));
    let replacements = [
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(1.0),
        json!(2.5),
        json!(""),
        json!(" "),
        json!("x"),
        json!("Ü"),
        json!("#1234567"),
        json!([]),
        json!(["x"]),
        json!(["x", "x"]),
        json!([1, "x", null]),
        json!([[]]),
        json!({}),
        json!({"match": "x"}),
        json!({"id": "x"}),
    ];
    let mut pointers = Vec::new();
    collect("", &full, &mut pointers);
    let (mut checked, mut refused) = (0, 0);
    let mut hold = |changed: &Value, what: String| {
        let structural = match load(&changed.to_string()) {
            Ok(_) => Vec::new(),
            Err(faults) => faults.iter().map(|fault| fault.code).filter(|code| STRUCTURAL.contains(code)).collect(),
        };
        assert_eq!(schema.is_valid(changed), structural.is_empty(), "{what}: {structural:?}");
        checked += 1;
        refused += usize::from(!structural.is_empty());
    };
    for pointer in &pointers {
        for replacement in &replacements {
            let mut changed = full.clone();
            *changed.pointer_mut(pointer).expect(pointer) = replacement.clone();
            hold(&changed, format!("{pointer} = {replacement}"));
        }
        let mut changed = full.clone();
        match changed.pointer_mut(pointer).expect(pointer) {
            Value::Object(object) => drop(object.insert("unknown".to_owned(), json!("x"))),
            Value::Array(array) => array.extend(array.clone().into_iter().next()),
            _ => continue,
        }
        hold(&changed, format!("more in {pointer}"));
    }
    for pointer in pointers.iter().filter(|pointer| !pointer.is_empty()) {
        let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
        let mut changed = full.clone();
        match changed.pointer_mut(parent).expect(parent) {
            Value::Object(object) => drop(object.remove(key)),
            Value::Array(array) => drop(array.remove(key.parse::<usize>().expect("a position"))),
            _ => continue,
        }
        hold(&changed, format!("without {pointer}"));
    }
    assert!(checked > 1000 && refused > 300 && refused < checked, "{refused} of {checked}");
}

fn collect(at: &str, value: &Value, pointers: &mut Vec<String>) {
    pointers.push(at.to_owned());
    match value {
        Value::Object(object) => {
            object.iter().for_each(|(key, value)| collect(&format!("{at}/{key}"), value, pointers))
        }
        Value::Array(array) => {
            array.iter().enumerate().for_each(|(key, value)| collect(&format!("{at}/{key}"), value, pointers))
        }
        _ => {}
    }
}

const README: &str = include_str!("../../codebooks/README.md");

/// The cells of the rows of the README's tables whose header begins so.
fn rows(header: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut inside = false;
    for line in README.lines() {
        inside = line.starts_with('|') && (inside || line.starts_with(header));
        if inside && !line.starts_with(header) && !line.starts_with("|--") {
            let line = line.replace("\\|", "\u{1}");
            rows.push(line.trim_matches('|').split('|').map(|cell| cell.trim().replace('\u{1}', "|")).collect());
        }
    }
    rows
}

#[test]
fn the_patterns_of_the_readme_find_what_it_says() {
    let rows = rows("| Pattern | finds");
    assert!(rows.len() > 20, "{}", rows.len());
    for row in rows {
        let [pattern, found, not_found] = row.as_slice() else { panic!("{row:?}") };
        let tree = parse(pattern.trim_matches('`'), &ParseOptions::default()).expect(pattern).tree;
        let mut table = LeafTable::default();
        table.add(&tree);
        let leaves = MemoryLeaves::from_text(&table, "en", &[found, not_found]).expect("leaves");
        let evaluator = Evaluator::new(&table, &leaves);
        let spans = evaluator.evaluate(&tree, &|_| &[]).expect("spans");
        let turns: Vec<u32> = spans.iter().map(|span| span.turn).collect();
        assert!(turns.contains(&0), "{pattern} does not find: {found}");
        assert!(!turns.contains(&1), "{pattern} finds: {not_found}");
    }
}

#[test]
fn the_codebook_of_the_readme_loads() {
    let blocks: Vec<&str> = README.split("```json\n").skip(1).filter_map(|block| block.split("```").next()).collect();
    let (book, faults) = load(blocks[0]).expect("the smallest codebook");
    assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), ["C101"]);
    assert_eq!(book.codes[0].patterns.len(), 2);
    let mut whole: Value = serde_json::from_str(FULL).expect("full.json");
    whole["codes"][1]["patterns"][0] = serde_json::from_str(blocks[1]).expect("the guarded pattern");
    assert!(load(&whole.to_string()).is_ok());
}

#[test]
fn the_readme_lists_every_fault_and_every_key() {
    let is_code = |text: &str| {
        text.len() == 4 && text.starts_with(['C', 'I', 'P']) && text[1..].bytes().all(|byte| byte.is_ascii_digit())
    };
    let listed: BTreeSet<String> = rows("| Code |")
        .iter()
        .flat_map(|row| row[0].split(", "))
        .filter(|text| is_code(text))
        .map(str::to_owned)
        .collect();
    let mut used = BTreeSet::new();
    for folder in ["src/codebook", "src/pattern"] {
        for entry in walkdir::WalkDir::new(folder) {
            let entry = entry.expect("entry");
            if entry.file_type().is_dir() {
                continue;
            }
            let source = std::fs::read_to_string(entry.path()).expect("source");
            let source = source.split("#[cfg(test)]").next().unwrap_or_default();
            used.extend(source.split('"').filter(|text| is_code(text)).map(str::to_owned));
        }
    }
    assert_eq!(listed, used);
    let schema = codebook::schema();
    let objects = std::iter::once(&schema).chain(schema["$defs"].as_object().expect("definitions").values());
    for key in objects.filter_map(|object| object["properties"].as_object()).flatten().map(|(key, _)| key) {
        let is_listed = README.lines().filter(|line| line.starts_with('|')).any(|line| {
            let cell = line.trim_start_matches('|').split('|').next().unwrap_or_default();
            cell.split(',').any(|name| name.trim().trim_matches('*') == key)
        });
        assert!(is_listed || ["coded", "not_coded"].contains(&key.as_str()), "{key}");
    }
}
