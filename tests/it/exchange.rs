//! Codebooks to and from other programs: their real files, round trips, and damaged bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert_eq, proptest};
use qualcode::codebook::import::{Imported, KINDS, Kind, import};
use qualcode::codebook::{CodebookFile, PatternEntry, WhereEntry, WhereValue};
use qualcode::export::codebook::{CodeCounts, ExportKind, codebook, template};
use qualcode::pattern::{CasePolicy, ParseOptions, parse};
use qualcode::span::{Evaluator, LeafTable, MemoryLeaves};
use serde_json::{Value, json};

use crate::oracle;

/// A file or folder of the shared corpora, where they are.
fn shared(path: &str) -> Option<PathBuf> {
    oracle::corpora().map(|folder| folder.join(path))
}

fn imported(kind: &str, path: &Path) -> Imported {
    let bytes = std::fs::read(path).expect("a file");
    let name = path.file_name().expect("a name").to_string_lossy();
    let kind = Kind::parse(kind).expect("a kind");
    import(kind, &bytes, &name).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn patterns(code: &[PatternEntry]) -> Vec<&str> {
    code.iter()
        .map(|pattern| match pattern {
            PatternEntry::Text(text) => text.as_str(),
            PatternEntry::Guarded(guarded) => guarded.matches.as_str(),
        })
        .collect()
}

fn codes_of(imported: &Imported) -> BTreeSet<&'static str> {
    imported.losses.iter().map(|loss| loss.code).collect()
}

#[test]
fn every_word_of_the_rid_is_carried_over_or_told() {
    let Some(path) = shared("peer-suites/quanteda/inst/extdata/RID.cat") else { return };
    let text = std::fs::read_to_string(&path).expect("ASCII");
    // Counted from the file: lines with a weight, by the category that they stand below.
    let mut words: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut above: Vec<&str> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let depth = line.len() - line.trim_start_matches('\t').len();
        above.truncate(depth);
        match line.trim().strip_suffix(" (1)") {
            Some(word) => drop(
                words.entry(above.last().expect("a category").trim().to_owned()).or_default().insert(word.to_owned()),
            ),
            None => above.push(line),
        }
    }
    let imported = imported("wordstat", &path);
    let found: BTreeMap<String, usize> =
        imported.file.codes.iter().map(|code| (code.label.clone(), code.patterns.len())).collect();
    let left_out = |name: &str| {
        imported
            .losses
            .iter()
            .filter(|loss| {
                loss.code != "I006" && loss.became.is_none() && loss.category.ends_with(name) && !loss.text.is_empty()
            })
            .count()
    };
    assert_eq!(found.keys().collect::<Vec<_>>(), words.keys().collect::<Vec<_>>());
    for (name, words) in &words {
        assert_eq!(found[name] + left_out(name), words.len(), "{name}");
    }
}

#[test]
fn a_file_of_another_kind_is_named() {
    let Some(folder) = shared("peer-suites/quanteda/tests/data/dictionaries") else { return };
    let path = folder.join("actually_ykd.cat");
    let bytes = std::fs::read(&path).expect("a file");
    let error = import(Kind::parse("wordstat").expect("a kind"), &bytes, "actually_ykd.cat").expect_err("XML");
    assert!(error.to_string().contains("--from yoshikoder"), "{error}");
    assert_eq!(Kind::of("actually_ykd.cat", &bytes).map(|kind| kind.name), Some("yoshikoder"));
    for (name, word) in [("windows-1252.cat", "Š"), ("euc-jp.cat", "あ"), ("shift-jis.cat", "あ")] {
        let bytes = std::fs::read(folder.join(name)).expect("a file");
        assert_eq!(Kind::of(name, &bytes).map(|kind| kind.name), Some("wordstat"), "{name}");
        let imported = imported("wordstat", &folder.join(name));
        // So few letters may be guessed wrongly, but the guess is told.
        let known = imported.file.codes.iter().any(|code| patterns(&code.patterns).contains(&word));
        assert!(known || codes_of(&imported).contains("I011"), "{name}");
    }
}

/// KH Coder's own counts of paragraphs and of chapters, for the rules that need no Japanese morphology: strings, and
/// words that are written alike in every form. The others count inflections, parts of speech, lengths, or single
/// characters that are also parts of other words.
const KOKORO: [(&str, usize, usize); 5] =
    [("文字列", 7, 6), ("先生", 309, 53), ("卒業証書", 5, 2), ("静：お嬢さん", 114, 39), ("静の母：奥さん", 97, 33)];

#[test]
fn khcoder_counts_the_same_paragraphs() {
    let Some(folder) = shared("peer-suites/khcoder/utf8") else { return };
    let rules = imported("khcoder", &folder.join("theme.cod"));
    let reference = std::fs::read_to_string(folder.join("ref_cod.txt")).expect("UTF-8");
    let text = std::fs::read_to_string(folder.join("kokoro2.txt")).expect("UTF-8");
    let mut headings = BTreeMap::new();
    let mut paragraphs: Vec<(&str, BTreeMap<&str, &str>)> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match line.get(..4).filter(|start| matches!(*start, "<H1>" | "<H2>")) {
            Some(start) => {
                let level = if start == "<H1>" { "heading1" } else { "heading2" };
                headings.insert(level, line[4..].trim_end_matches("</H1>").trim_end_matches("</H2>"));
            }
            None => paragraphs.push((line, headings.clone())),
        }
    }
    let texts: Vec<&str> = paragraphs.iter().map(|(text, _)| *text).collect();
    for (name, in_paragraphs, in_chapters) in KOKORO {
        let told = |unit: &str| {
            let section = reference.split_once(unit).expect(unit).1;
            let line = section.lines().find(|line| line.starts_with(&format!("＊{name}\t"))).expect(name);
            line.split('\t').nth(1).and_then(|count| count.parse::<usize>().ok()).expect("a count")
        };
        assert_eq!((told("段落単位"), told("h2単位")), (in_paragraphs, in_chapters), "{name}");
        let code = rules.file.codes.iter().find(|code| code.label == name).expect(name);
        let mut found: BTreeSet<usize> = BTreeSet::new();
        for pattern in &code.patterns {
            let (text, guards) = match pattern {
                PatternEntry::Text(text) => (text, BTreeMap::new()),
                PatternEntry::Guarded(guarded) => (&guarded.matches, guarded.attributes.clone()),
            };
            let tree = parse(text, &ParseOptions { case: CasePolicy::Insensitive, cue: false }).expect(text).tree;
            let mut table = LeafTable::default();
            table.add(&tree);
            let leaves = MemoryLeaves::from_text(&table, "ja", &texts).expect("leaves");
            let spans = Evaluator::new(&table, &leaves).evaluate(&tree, &|_| &[]).expect("spans").into_owned();
            let meets = |paragraph: &usize| {
                guards.iter().all(|(name, value)| {
                    let is = paragraphs[*paragraph].1.get(name.as_str());
                    match value {
                        WhereEntry::Text(text) => is == Some(&text.as_str()),
                        WhereEntry::AnyOf(values) => values
                            .iter()
                            .any(|value| matches!((value, is), (WhereValue::Text(text), Some(is)) if text == is)),
                        _ => false,
                    }
                })
            };
            found.extend(spans.iter().map(|span| span.turn as usize).filter(meets));
        }
        let chapters: BTreeSet<_> = found.iter().map(|&at| &paragraphs[at].1).collect();
        assert_eq!((found.len(), chapters.len()), (in_paragraphs, in_chapters), "{name}");
    }
}

#[test]
fn khcoder_rules_are_carried_over_or_told() {
    let Some(path) = shared("peer-suites/khcoder/utf8/theme.cod") else { return };
    let imported = imported("khcoder", &path);
    assert_eq!(imported.file.codes.len(), 34);
    let by_label =
        |label: &str| patterns(&imported.file.codes.iter().find(|code| code.label == label).expect(label).patterns);
    assert_eq!(by_label("近接1"), ["先 生 NEAR/10 奥 さ ん"]);
    assert_eq!(by_label("近接3"), ["(先 生 NEAR/8 奥 さ ん) AND (先 生 NEAR/8 奥 さ ん)"]);
    assert_eq!(by_label("順序2"), ["先 生 BEFORE/9 奥 さ ん"]);
    assert_eq!(by_label("静：お嬢さん").len(), 2);
    let told: BTreeSet<&str> = imported.losses.iter().map(|loss| loss.category.as_str()).collect();
    for code in imported.file.codes.iter().filter(|code| code.patterns.is_empty()) {
        assert!(told.contains(code.label.as_str()), "{} became nothing in silence", code.label);
    }
    for lost in [
        "死ぬ（2回以上）",
        "死ぬ（2回）",
        "長さ(lw)",
        "長さ(lc)",
        "No.2-5",
        "見出し・上",
        "他のコード",
        "死ぬ（連用タ接続）",
    ] {
        assert!(by_label(lost).is_empty(), "{lost}");
    }
}

#[test]
fn codebooks_of_qda_programs_are_read() {
    let Some(folder) = shared("refi-qda") else { return };
    let count = |path: &str| {
        let found = imported("qdc", &folder.join(path));
        (found.file.codes.len(), found.file.themes.len(), found.file.tracks.len())
    };
    // Counted by eye and by grep in the files: codes, categories and what is below them, sets (and one for the rest).
    assert_eq!(count("portableqda/tests/REFI-QDA-1-5.qdc"), (4, 3, 1));
    assert_eq!(count("portableqda/tests/portableQDA_Atlasti.qdc"), (4, 3, 3));
    assert_eq!(count("portableqda/tests/doorstop-core-tests-files-exported.qdc"), (8, 1, 2));
    assert_eq!(count("uto-taguette-qdc/codebook.qdc"), (3, 1, 1));
    assert_eq!(imported("taguette", &folder.join("uto-taguette-qdc/codebook.csv")).file.codes.len(), 3);
    let demo = imported("qdc", &folder.join("qc-demo/qualitative_coding/demo.qdpx"));
    assert_eq!(demo.file.codes.len(), 262);
    for project in [
        "qc-demo/qualitative_coding/refi_qda/nvivo_project.qdpx",
        "sky-loom-atlasti/TestProject.qdpx",
        "sky-loom-atlasti/Project.qde",
    ] {
        assert!(!imported("qdc", &folder.join(project)).file.codes.is_empty(), "{project}");
    }
}

#[test]
fn lists_and_trees_of_codes_are_read() {
    let Some(folder) = shared("peer-suites") else { return };
    let list = imported("qualcoder", &folder.join("qualcoder/Examples/plain_codes_categories_for_import.txt"));
    let codes: Vec<_> = list.file.codes.iter().map(|code| code.id.as_str()).collect();
    assert_eq!(codes, ["code1", "code2", "code3", "code4", "code5", "code6"]);
    let rock = imported("rock", &folder.join("rock/inst/extdata/example-1.rock"));
    let ids: BTreeSet<&str> = rock.file.codes.iter().map(|code| code.id.as_str()).collect();
    for id in ["parentCode1", "childCode5", "grandchildCode7", "someOtherCode", "moreCodes", "moreChildCodes2"] {
        assert!(ids.contains(id), "{id}");
    }
    assert!(!ids.contains("intensity"));
}

fn sample() -> CodebookFile {
    serde_json::from_str(include_str!("../../codebooks/ism-three-tracks.json")).expect("a codebook")
}

fn value(book: &CodebookFile) -> Value {
    serde_json::to_value(book).expect("JSON")
}

fn through(book: &CodebookFile, to: ExportKind, from: &str) -> (CodebookFile, usize) {
    let exported = codebook(book, to, None).expect("written");
    let back = import(Kind::parse(from).expect("a kind"), &exported.bytes, "x.file").expect("read back");
    (back.file, exported.losses.len())
}

fn leaves(place: &str, value: &Value) -> BTreeSet<String> {
    match value {
        Value::Object(object) => {
            object.iter().flat_map(|(key, value)| leaves(&format!("{place}.{key}"), value)).collect()
        }
        Value::Array(list) => {
            list.iter().enumerate().flat_map(|(at, value)| leaves(&format!("{place}[{at}]"), value)).collect()
        }
        _ => BTreeSet::from([format!("{place} {value}")]),
    }
}

#[test]
fn the_sample_comes_back_from_tables_as_it_was() {
    for book in [sample(), template()] {
        for (to, from) in [(ExportKind::Csv, "csv"), (ExportKind::Xlsx, "xlsx")] {
            let (back, losses) = through(&book, to, from);
            // As sets of places and values, so that a failure shows the place. White space at the end of a pattern,
            // which the sample has twice and which means nothing, is told and dropped.
            let (before, after) = (leaves("", &value(&book)), leaves("", &value(&back)));
            let (same, spaced): (Vec<_>, Vec<_>) = before.iter().partition(|leaf| !leaf.ends_with(" \""));
            assert_eq!(
                same.into_iter().filter(|leaf| !after.contains(*leaf)).collect::<Vec<_>>(),
                Vec::<&String>::new(),
                "{from}"
            );
            let trimmed = |leaf: &&String| leaf.strip_suffix(" \"").map(|leaf| format!("{leaf}\"")).unwrap_or_default();
            assert!(spaced.iter().all(|leaf| after.contains(&trimmed(leaf))), "{from}: {spaced:?}");
            assert_eq!((after.len(), losses), (before.len(), spaced.len()), "{from}");
        }
    }
}

/// The codebook with only what a REFI-QDA codebook can hold.
fn refi(book: &CodebookFile) -> Value {
    let mut book = value(book);
    let root = book.as_object_mut().expect("an object");
    root.retain(|key, _| ["tracks", "themes", "codes"].contains(&key.as_str()));
    for code in root["codes"].as_array_mut().expect("codes") {
        let code = code.as_object_mut().expect("a code");
        code.retain(|key, _| !["patterns", "origin", "segment"].contains(&key.as_str()));
        code["tracks"].as_array_mut().expect("tracks").sort_by_key(Value::to_string);
    }
    for list in ["codes", "themes"] {
        root[list].as_array_mut().expect("a list").sort_by_key(|entry| entry["id"].to_string());
    }
    book
}

#[test]
fn the_sample_comes_back_from_refi_qda_but_for_what_is_told() {
    let book = sample();
    let exported = codebook(&book, ExportKind::Qdc, None).expect("written");
    assert_eq!(exported, codebook(&book, ExportKind::Qdc, None).expect("written again"));
    let (back, _) = through(&book, ExportKind::Qdc, "qdc");
    assert_eq!(refi(&back), refi(&book));
    let patterns: usize = book.codes.iter().map(|code| code.patterns.len()).sum();
    let told = exported.losses.iter().filter(|loss| loss.what == "(pattern) is left out").count();
    assert_eq!(told, patterns);
}

#[test]
fn refi_qda_files_are_valid() {
    let Some(schema) = shared("refi-qda/schema/Codebook.xsd") else { return };
    let Some(mut python) = oracle::python(&["lxml"]) else { return };
    let script = "import sys\nfrom lxml import etree\nschema = etree.XMLSchema(etree.parse(sys.argv[1]))\n\
        schema.assertValid(etree.fromstring(sys.stdin.buffer.read()))";
    let mut child = python.args(["-c", script]).arg(&schema).stdin(Stdio::piped()).spawn().expect("Python");
    let bytes = codebook(&sample(), ExportKind::Qdc, None).expect("written").bytes;
    child.stdin.take().expect("a pipe").write_all(&bytes).expect("written");
    assert!(child.wait().expect("an end").success());
}

#[test]
fn dictionaries_hold_the_words_and_tell_the_rest() {
    let book = json!({
        "format": 1, "id": "b", "language": "en",
        "tracks": [{"id": "t", "label": "T"}],
        "themes": [{"id": "top", "label": "Top"}, {"id": "low", "label": "Low", "parent": "top"}, {"id": "none", "label": "None"}],
        "codes": [
            {"id": "a", "theme": "low", "tracks": ["t"], "label": "A", "patterns": ["(glad | happy) day*", "IT", "x NEAR/2 y"]},
            {"id": "b", "theme": "top", "tracks": ["t"], "label": "B", "patterns": ["glad day*", "wom?n"]},
            {"id": "c", "theme": "top", "tracks": ["t"], "label": "C", "patterns": ["a AND b"]}
        ]
    });
    let book: CodebookFile = serde_json::from_value(book).expect("a codebook");
    let liwc = codebook(&book, ExportKind::Liwc, None).expect("written");
    assert_eq!(
        String::from_utf8(liwc.bytes).expect("UTF-8"),
        "%\n1\ttop\n\t2\tb\n\t3\tlow\n\t\t4\ta\n%\nIT\t4\nglad day*\t2\t4\nhappy day*\t4\n"
    );
    let yaml = codebook(&book, ExportKind::Quanteda, None).expect("written");
    assert_eq!(
        String::from_utf8(yaml.bytes).expect("UTF-8"),
        "\"top\":\n  \"b\":\n    - \"glad day*\"\n    - \"wom?n\"\n  \"low\":\n    \"a\":\n      - \"glad day*\"\n      - \"happy day*\"\n      - \"IT\"\n"
    );
    let told: Vec<_> =
        liwc.losses.iter().filter(|loss| loss.code != "X001").map(|loss| (loss.code, loss.text.as_str())).collect();
    assert_eq!(told, [("X003", "IT"), ("X002", "x NEAR/2 y"), ("X002", "wom?n"), ("X002", "a AND b"), ("X004", "")]);
}

#[test]
fn the_appendix_is_text_and_nothing_else() {
    let mut book = template();
    book.title = Some("<script>alert(1)</script> & \"x\"".to_owned());
    let counts = [CodeCounts { codings: 3, documents: 2, cases: 1 }];
    let html =
        String::from_utf8(codebook(&book, ExportKind::Html, Some(&counts)).expect("written").bytes).expect("UTF-8");
    assert!(!html.contains("<script") && html.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;"));
    assert!(html.contains("3 codings in 2 documents and 1 case"));
    let page = String::from_utf8(codebook(&book, ExportKind::Markdown, None).expect("written").bytes).expect("UTF-8");
    assert!(page.starts_with("# \\<script\\>alert(1)\\</script\\>"), "{page}");
    assert!(page.contains("- `ask* NEAR/4 help`\n"));
}

fn words() -> impl Strategy<Value = String> {
    "[a-zA-Zåé<&>\"'#|*_ :;=,.-]{0,20}[a-z]"
}

/// Codebooks with every key that a table or a REFI-QDA codebook holds.
fn books() -> impl Strategy<Value = CodebookFile> {
    let text = || proptest::option::of(words());
    let code =
        (words(), text(), text(), text(), text(), proptest::collection::vec(words(), 0..3), 0..3usize, 1..4usize);
    (proptest::collection::vec(code, 1..6), text(), words()).prop_map(|(codes, note, label)| {
        let codes: Vec<Value> = codes
            .into_iter()
            .enumerate()
            .map(|(at, (label, definition, include, exclude, memo, coded, theme, tracks))| {
                let mut code = json!({
                    "id": format!("c{at}"), "theme": format!("t{theme}"), "label": label, "patterns": ["a b*", {"match": "c", "roles": ["other"], "where": {"site": "x;y"}}],
                    "tracks": (0..tracks).map(|at| format!("m{at}")).collect::<Vec<_>>(),
                });
                for (key, text) in [("definition", definition), ("include", include), ("exclude", exclude), ("memo", memo)] {
                    if let Some(text) = text {
                        code[key] = text.trim().into();
                    }
                }
                code["label"] = code["label"].as_str().expect("a label").trim().into();
                let coded: Vec<String> = coded.iter().map(|text| text.trim().to_owned()).collect();
                if !coded.is_empty() {
                    code["examples"] = json!({"coded": coded});
                }
                code
            })
            .collect();
        let entry = |prefix: &str, at: usize| json!({"id": format!("{prefix}{at}"), "label": format!("{} {at}", label.trim())});
        let mut themes: Vec<Value> = (0..3).map(|at| entry("t", at)).collect();
        themes[1]["parent"] = "t0".into();
        let mut book = json!({
            "format": 1, "id": "x", "language": "en", "tracks": (0..3).map(|at| entry("m", at)).collect::<Vec<_>>(), "themes": themes, "codes": codes,
        });
        if let Some(note) = note {
            book["memo"] = note.trim().into();
        }
        serde_json::from_value(book).expect("a codebook")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn tables_give_back_what_they_hold(book in books()) {
        let (back, losses) = through(&book, ExportKind::Csv, "csv");
        prop_assert_eq!(losses == 0, value(&back) == value(&book));
        prop_assert_eq!(value(&back), value(&book));
    }

    #[test]
    fn refi_qda_gives_back_what_it_holds(book in books()) {
        let (back, _) = through(&book, ExportKind::Qdc, "qdc");
        prop_assert_eq!(refi(&back), refi(&book));
    }

    #[test]
    fn damaged_files_never_panic(seed in any::<u64>(), cut in 0..4000usize, noise in proptest::collection::vec((0..4000usize, any::<u8>()), 0..20)) {
        let sources: [&[u8]; 6] = [
            b"*A\nnear(a-b)[b3] and not ( c or 'd e' )\n*B\n<*A> & <>v-->1\n",
            b"A\n\tB\n\t\tX* (1)\n\tC\n\t\t@R [#B NOT AFTER no /S 3] (1)\n",
            b"<CodeBook><Codes><Code guid=\"1\" name=\"a\" isCodable=\"true\"><Description>x</Description></Code></Codes></CodeBook>",
            b"---\ncodes:\n  - id: a\n    children:\n      - id: b\n---\nx [[a>b]] [[c||1]]\n",
            b"a>>b\tmemo\nc\n",
            b"tag,description\na,b\n",
        ];
        let mut bytes = sources[(seed % 6) as usize].to_vec();
        for (at, byte) in noise {
            let length = bytes.len();
            bytes[at % length] = byte;
        }
        bytes.truncate(cut.max(1));
        for kind in KINDS {
            let _ = import(kind, &bytes, "x");
        }
        let _ = Kind::of("x", &bytes);
    }
}

#[test]
fn deep_and_swelling_xml_is_refused() {
    let qdc = Kind::parse("qdc").expect("a kind");
    let deep = "<CodeBook><Codes>".to_owned() + &"<Code guid=\"1\" name=\"a\" isCodable=\"true\">".repeat(100_000);
    let error = import(qdc, deep.as_bytes(), "x.qdc").expect_err("too deep");
    assert!(error.to_string().contains("deep"), "{error}");
    let bomb = "<!DOCTYPE c [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><CodeBook><Codes><Code guid=\"1\" name=\"&b;\" isCodable=\"true\"/></Codes></CodeBook>";
    assert!(import(qdc, bomb.as_bytes(), "x.qdc").is_err());
    let rules = "*A\n".to_owned() + &"( ".repeat(200_000);
    assert!(
        import(Kind::parse("khcoder").expect("a kind"), rules.as_bytes(), "x.cod").expect("a code").file.codes[0]
            .patterns
            .is_empty()
    );
    let tree = "[[".to_owned() + &"a>".repeat(100_000) + "b]]";
    assert!(import(Kind::parse("rock").expect("a kind"), tree.as_bytes(), "x.rock").is_err());
}
