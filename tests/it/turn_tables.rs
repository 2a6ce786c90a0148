//! Tables with a turn a row, and files that are joined: what the store makes of them, and what it does when they
//! change.

use serde_json::json;

use crate::case::{Book, Case, assert_same, cells};
use crate::spreadsheet::{ods, xlsx};

fn storm() -> Case {
    Case::new().book(Book::new().code("storm", json!(["storm"])))
}

/// A TextGrid of one tier: begin, end and words of each interval.
fn textgrid(tier: &str, pieces: &[(f64, f64, &str)]) -> String {
    let mut text =
        format!("File type = \"ooTextFile\"\n\"TextGrid\"\n0\n99\n<exists>\n1\n\"IntervalTier\"\n\"{tier}\"\n0\n99\n");
    text.push_str(&format!("{}\n", pieces.len()));
    pieces.iter().for_each(|(start, end, words)| text.push_str(&format!("{start}\n{end}\n\"{words}\"\n")));
    text
}

const TALK: &str =
    "interview,speaker,start,text\none,Q,0,Why?\ntwo,Q,0,How?\none,Anna,2,The storm.\ntwo,Bo,3,No storm.\n";

#[test]
fn a_table_of_documents_is_kept_up_to_date() {
    let case = storm().file("talk.csv", TALK).file("plain.txt", "Q: And?\n\nCy: A storm.\n");
    let index = |more: &[&str]| case.index("store", more);
    index(&[]).exits(0).says("documents in the store: 3 added\n");
    index(&[]).exits(0).says("documents in the store: 0 added, 3 unchanged\n");
    case.run("out", &["--store", "store"]).exits(0);
    let documents = case.rows("out", "documents");
    let expected = [["plain", "plain.txt", "txt"], ["talk/one", "talk.csv", "csv"], ["talk/two", "talk.csv", "csv"]];
    assert_eq!(cells(&documents, ["document", "path", "format"]), expected);
    assert_eq!(documents[1]["sha256"], documents[2]["sha256"]);
    assert_ne!(documents[1]["text_sha256"], documents[2]["text_sha256"]);
    let turns = cells(&case.rows("out", "turns"), ["document", "speaker", "start_time"]).map_owned();
    assert_eq!(turns[2], ["talk/one", "Q", "0.0"]);
    assert_eq!(turns[3], ["talk/one", "Anna", "2.0"]);
    // A document goes, another comes.
    case.write("corpus/talk.csv", TALK.replace("two", "three"));
    index(&[]).exits(0).says("documents in the store: 1 added, 1 changed, 1 removed, 1 unchanged\n");
    case.remove("corpus/talk.csv");
    index(&[]).exits(0).says("documents in the store: 0 added, 2 removed, 1 unchanged\n");
}

trait Owned {
    fn map_owned(self) -> Vec<Vec<String>>;
}

impl<const N: usize> Owned for Vec<[&str; N]> {
    fn map_owned(self) -> Vec<Vec<String>> {
        self.into_iter().map(|row| row.into_iter().map(str::to_owned).collect()).collect()
    }
}

#[test]
fn an_id_is_given_once() {
    let case = storm().file("talk.csv", TALK).file("talk/one.txt", "Q: Why?\n\nAnna: Once more, the storm.\n");
    let told = "a document with the id \"talk/one\" has been read from another file";
    case.index("store", &[]).exits(3).says("2 added, 1 skipped").says(told);
    // The message stays as long as the fault does, and what was left out comes when its place is free.
    case.index("store", &[]).exits(3).says("0 added, 2 unchanged, 1 skipped").says(told);
    case.write("corpus/talk.csv", TALK.replace("one", "uno"));
    case.index("store", &[]).exits(0).says("1 added, 2 changed\n");
    case.write("corpus/talk.csv", TALK);
    case.index("store", &[]).exits(3).says("2 changed, 1 removed, 1 skipped");
    case.run("stepped", &["--store", "store"]).exits(3);
    case.run("built", &[]).exits(3);
    assert_same(&case.results("stepped"), &case.results("built"), "in steps and at once");
    // A table beside a transcript of the same name is told of only if it holds turns.
    case.write("corpus/talk/one.csv", "site,age\nnorth,4\n");
    case.index("store", &[]).exits(3).says("1 note\n");
}

#[test]
fn a_document_left_out_comes_when_its_place_is_free() {
    let case = storm().file("a.csv", "file,text\nb/c,storm one\n").file("a/b.csv", "file,text\nc,storm two\nd,three\n");
    case.index("store", &[]).exits(3).says("2 added, 1 skipped");
    case.remove("corpus/a.csv");
    case.index("store", &[]).exits(0).says("0 added, 1 changed, 1 unchanged\n");
    case.qualcode(&["query", "--store", "store", "two"]).exits(0);
    case.qualcode(&["query", "--store", "store", "one"]).exits(1);
}

#[test]
fn columns_are_told_and_telling_others_reads_again() {
    let table = "Datei;Wer;Was;Notiz;Beginn (ms)\nx;Anna;Der Sturm.;gut;1500\nx;Bo;Nein.;schlecht;2500\n";
    let case = storm().file("t.csv", table).file("a.txt", "Anna: I.\n");
    case.index("store", &[]).exits(0).says("1 added\n").says("1 note\n");
    let columns = "speaker=Wer,text=Was,start=Beginn (ms),document=Datei";
    case.index("store", &["--columns", columns]).exits(0).says("1 added, 1 unchanged\n");
    case.index("store", &["--columns", columns]).exits(0).says("0 added, 2 unchanged\n");
    case.index("store", &["--columns", "speaker=Wer,text=Notiz,document=Datei"])
        .exits(0)
        .says("1 changed, 1 unchanged\n");
    case.run("out", &["--columns", columns]).exits(0);
    let turns = case.rows("out", "turns");
    let expected = [["a", "Anna", ""], ["t/x", "Anna", "1.5"], ["t/x", "Bo", "2.5"]];
    assert_eq!(cells(&turns, ["document", "speaker", "start_time"]), expected);
    let about: serde_json::Value = serde_json::from_str(&case.read("out/run.json")).expect("JSON");
    assert_eq!(about["options"]["reading"]["columns"]["text"], "Was");
    case.index("store", &["--columns", "wer=Wer"]).exits(2).says("\"wer\" is no column");
    case.index("store", &["--columns", "Was"]).exits(2).says("write it like text=What");
    // Alone, a table without words is a corpus without transcripts.
    case.remove("corpus/a.txt");
    case.index("other", &[]).exits(2).says("no transcripts in the corpus: t.csv").says("--columns");
}

#[test]
fn parts_of_a_recording_are_one_document() {
    let doctor = textgrid("Speaker", &[(0.0, 1.0, "Hello."), (1.0, 2.0, ""), (4.0, 5.0, "A storm?")]);
    let patient = textgrid("Speaker", &[(2.0, 3.0, "Hi <LAUGH/> you."), (6.0, 7.0, "Yes, a \"\"storm\"\".")]);
    let case = storm().file("c1_doctor.TextGrid", &doctor).file("c1_patient.TextGrid", &patient);
    case.index("apart", &[]).exits(0).says("2 added");
    let index = || case.index("store", &["--join"]);
    index().exits(0).says("documents in the store: 1 added\n");
    index().exits(0).says("documents in the store: 0 added, 1 unchanged\n");
    case.run("out", &["--join", "--store", "store"]).exits(0);
    let documents = case.rows("out", "documents");
    assert_eq!(cells(&documents, ["document", "path"]), [["c1", "c1_doctor.TextGrid+c1_patient.TextGrid"]]);
    let turns = cells(&case.rows("out", "turns"), ["speaker", "start_time", "end_time", "words"]).map_owned();
    let expected = [
        ["doctor", "0.0", "1.0", "1"],
        ["patient", "2.0", "3.0", "2"],
        ["doctor", "4.0", "5.0", "2"],
        ["patient", "6.0", "7.0", "3"],
    ];
    assert_eq!(turns, expected.map(|row| row.map(str::to_owned).to_vec()));
    // A part changes, comes, goes.
    case.write("corpus/c1_patient.TextGrid", patient.replace("Hi", "Hey"));
    index().exits(0).says("0 added, 1 changed\n");
    case.write("corpus/c1_nurse.TextGrid", textgrid("Nurse", &[(8.0, 9.0, "Bye.")]));
    index().exits(0).says("0 added, 1 changed\n");
    case.run("three", &["--join", "--store", "store"]).exits(0);
    assert_eq!(cells(&case.rows("three", "turns"), ["speaker"])[4], ["Nurse"]);
    case.remove("corpus/c1_nurse.TextGrid");
    index().exits(0).says("0 added, 1 changed\n");
    case.remove("corpus/c1_doctor.TextGrid");
    index().exits(0).says("1 added, 1 removed\n");
    case.write("corpus/c1_doctor.TextGrid", &doctor);
    index().exits(0).says("1 added, 1 removed\n");
    case.index("store", &[]).exits(0).says("2 added, 1 removed\n");
    case.write("corpus/c1_doctor.TextGrid", &doctor[..90]);
    index()
        .exits(3)
        .says("its part c1_doctor.TextGrid is at fault: the file cannot be read as TextGrid")
        .says("2 removed, 1 skipped");
}

#[test]
fn threads_and_steps_do_not_show() {
    let case = storm();
    let table = |from: usize, to: usize| {
        let rows = (from..to).map(|row| format!("d{},{},storm {row} there\n", row % 7, ["Q", "A"][row / 7 % 2]));
        "document,speaker,text\n".to_owned() + &rows.collect::<String>()
    };
    case.write("corpus/t0.csv", table(0, 30));
    case.index("steps", &["--join", "--threads", "1"]).exits(0);
    for number in 1..6 {
        case.write(&format!("corpus/t{number}.tsv"), table(number, 60).replace(',', "\t"));
        case.write(&format!("corpus/r{number}_a.TextGrid"), textgrid("x", &[(0.0, 1.0, "storm")]));
        case.write(&format!("corpus/r{number}_b.TextGrid"), textgrid("x", &[(1.0, 2.0, "no")]));
        case.write("corpus/t0.csv", table(number, 30));
        case.index("steps", &["--join", "--threads", "10"]).exits(0);
    }
    case.run("stepped", &["--join", "--store", "steps", "--threads", "1"]).exits(0);
    case.run("one", &["--join", "--threads", "1"]).exits(0);
    case.run("ten", &["--join", "--threads", "10"]).exits(0);
    assert!(case.rows("one", "documents").len() > 40);
    assert_same(&case.results("one"), &case.results("stepped"), "at once and in steps");
    assert_same(&case.results("one"), &case.results("ten"), "on one and on ten threads");
}

#[test]
fn workbooks_show_what_they_show() {
    let header = "<row r=\"3\"><c r=\"B3\" t=\"s\"><v>0</v></c><c r=\"C3\" t=\"s\"><v>1</v></c><c r=\"D3\" t=\"inlineStr\"><is><t>Start</t></is></c>\
        <c r=\"E3\" t=\"inlineStr\"><is><t>end</t></is></c></row>";
    let sheet = format!(
        "{header}<row r=\"4\"><c r=\"B4\" t=\"s\"><v>2</v></c><c r=\"C4\" t=\"s\"><v>3</v></c><c r=\"D4\"><v>2.5</v></c>\
         <c r=\"E4\" s=\"3\"><v>{}</v></c></row>\
         <row><c r=\"B5\" t=\"s\"><v>4</v></c><c r=\"C5\" s=\"1\"><v>44197</v></c><c r=\"D5\" s=\"2\"><v>{}</v></c></row>\
         <row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>",
        4.25 / 86_400.0,
        10.0 / 86_400.0
    );
    let strings = ["Speaker", "What", "Anna", "Rain &amp; <![CDATA[<storm>]]>", "Bo"];
    let first = "<row><c t=\"inlineStr\"><is><t>site</t></is></c></row>";
    let rows = "<table:table-row><table:table-cell><text:p>speaker</text:p></table:table-cell><table:table-cell><text:p>text</text:p>\
        </table:table-cell><table:table-cell><text:p>start</text:p></table:table-cell></table:table-row>\
        <table:table-row table:number-rows-repeated=\"2\"><table:table-cell><text:p>Anna</text:p></table:table-cell><table:table-cell>\
        <office:annotation><text:p>no word</text:p></office:annotation><text:p>Rain <text:span>and</text:span></text:p><text:p>storm</text:p>\
        </table:table-cell><table:table-cell office:value-type=\"float\" office:value=\"2.533\"><text:p>2.5</text:p></table:table-cell></table:table-row>\
        <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    let case =
        storm().file("a.xlsx", xlsx(&[first, &sheet], &strings)).file("b.ods", ods(&[rows])).file("~$a.xlsx", "lock");
    case.run("out", &[]).exits(0).says("2 added\n");
    let turns =
        cells(&case.rows("out", "turns"), ["document", "speaker", "start_time", "end_time", "words"]).map_owned();
    let expected = [["a", "Anna", "2.5", "4.25", "2"], ["a", "Bo", "10.0", "", "3"], ["b", "Anna", "2.533", "", "6"]];
    assert_eq!(turns, expected.map(|row| row.map(str::to_owned).to_vec()));
    case.qualcode(&["query", "--store", "out/store", "2021"]).exits(0).prints("2021-01-01");
}

#[test]
fn tables_that_hold_no_turns_are_no_faults() {
    let case = storm()
        .file("ceo.txt", "Q: Why?\n\nCeo: A storm.\n")
        .file("it.txt", "Q: Why?\n\nIt: No storm.\n")
        .file("gold.csv", "document,turn,text,codes\nceo,2,A storm.,storm\nit,2,No storm.,storm\n")
        .file("sub/attributes.csv", "document,age\nceo,50\n")
        .file("ceo.csv", "case,age\nceo,50\n");
    let ran = case.run("out", &[]).exits(0).says("2 added\n").says("3 notes");
    assert_eq!(case.rows("out", "documents").len(), 2, "{}", ran.stderr);
    let told = case.read("out/diagnostics.csv");
    assert!(told.contains("T042") && told.contains("gold.csv") && told.contains("columns found: case, age"), "{told}");
    case.qualcode(&["run", "corpus", "--codebook", "codebook.json", "--out", "out"])
        .exits(0)
        .says("0 added, 2 unchanged");
}
