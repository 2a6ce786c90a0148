//! Bad input: a clear message that says what to do, and nothing lost.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;

use serde_json::json;

use crate::case::{Book, Case, cells};

const TALK: &str = "Interviewer: What happened?\n\nAnna: The storm came.\n";

fn storm() -> Book {
    Book::new().entry(json!({
        "id": "storm", "theme": "t", "tracks": ["m"], "label": "Storm", "definition": "A storm is named.",
        "patterns": ["storm"], "examples": {"coded": ["The storm came."], "not_coded": ["It rained."]},
    }))
}

fn case() -> Case {
    Case::new().book(storm()).file("good.txt", TALK)
}

#[test]
fn bad_files_are_listed_and_the_rest_is_coded() {
    let case = case()
        .file("also/good.md", TALK)
        .file("binary.txt", b"Anna: \0\x01\x02")
        .file("empty.txt", "")
        .file("blank.txt", " \n\n \t\n")
        .file("words.docx", b"PK\x03\x04")
        .file("notes.xyz", "what is this")
        .file("README.txt", "about the corpus")
        .file(".hidden.txt", "Anna: storm storm");
    symlink("nowhere.txt", case.path("corpus/dangling.txt")).expect("a link");
    symlink("..", case.path("corpus/also/loop")).expect("a link");
    std::fs::write(case.path("corpus").join(OsStr::from_bytes(b"\xFFname.txt")), TALK).expect("a file");
    let ran = case.run("out", &[]).exits(3);
    insta::assert_snapshot!("bad_files", ran.stderr);
    let codings = case.rows("out", "codings");
    assert_eq!(cells(&codings, ["document", "text"]), [["also/good", "storm"], ["good", "storm"]]);
    let diagnostics = crate::case::rows(&case.read("out/diagnostics.csv"));
    let mut skipped: Vec<_> = cells(&diagnostics, ["severity", "code", "path"])
        .into_iter()
        .filter(|[severity, ..]| *severity == "skipped")
        .map(|[_, code, path]| (code, path))
        .collect();
    skipped.sort_unstable();
    assert_eq!(
        skipped,
        [
            ("T003", "dangling.txt"),
            ("T004", "blank.txt"),
            ("T004", "empty.txt"),
            ("T005", "binary.txt"),
            ("T008", "also/loop"),
            ("T009", "\u{FFFD}name.txt"),
            ("T018", "words.docx"),
        ]
    );
    assert!(diagnostics.iter().all(|row| !row["mend"].is_empty() && !row["message"].is_empty()));
    // Repeated, nothing changes: what was skipped is skipped again.
    let before = case.results("out");
    case.run("out", &[]).exits(3);
    crate::case::assert_same(&before, &case.results("out"), "the second time");
}

#[test]
fn transcripts_must_have_ids_of_their_own() {
    let ran = case().file("good.md", TALK).file("x/y.txt", TALK).file("x/y.md", TALK).run("out", &[]).exits(2);
    ran.says("two transcripts have the same id").says("good").says("x/y").says("rename or remove one of each pair");
}

#[test]
fn a_corpus_must_hold_transcripts() {
    let case = Case::new().book(storm());
    case.run("out", &[]).exits(2).says("no transcripts in corpus").says("they may be text, Word, PDF");
    case.write("corpus/README.md", "about");
    case.write("corpus/a.pages", b"PK");
    case.run("out", &[])
        .exits(2)
        .says("1 file(s) in formats that cannot be read were skipped: save them as text or .docx");
    let ran = case.qualcode(&["index", "absent", "--store", "store"]).exits(2);
    ran.says("the corpus absent cannot be opened").says("give the folder that holds the transcripts");
    case.write("corpus/inner/a.txt", TALK);
    let ran = case.qualcode(&["index", "corpus", "corpus/inner", "--store", "store"]).exits(2);
    ran.says("the corpus corpus/inner lies inside the corpus corpus").says("give only one of them");
    assert!(!case.path("out/tables").exists() && !case.path("out/run.json").exists());
}

#[test]
fn faulty_attributes_stop_the_run_and_leave_the_results() {
    let case = case();
    case.run("out", &[]).exits(0);
    let before = case.results("out");
    case.write("corpus/documents.csv", "name,site\ngood,north\n");
    let ran = case.run("out", &[]).exits(2).says("documents.csv:1");
    insta::assert_snapshot!("documents_without_document", ran.stderr);
    case.write("corpus/documents.csv", "document,words,site\ngood,1,north\ngood,2,south,east\n");
    let ran = case.run("out", &[]).exits(2).says("[D003]").says("[D006]");
    insta::assert_snapshot!("documents_with_faults", ran.stderr);
    case.write("corpus/good.txt", format!("---\nsite: south\n---\n\n{TALK}"));
    case.write("corpus/documents.csv", "document,site\ngood,north\n");
    case.run("out", &[]).exits(2).says("[D008]").says("good.txt").says("documents.csv");
    crate::case::assert_same(&before, &case.results("out"), "after faults");
}

#[test]
fn a_row_for_an_absent_document_is_a_warning() {
    let case = case().file("documents.csv", "document,site\ngood,north\nabsent,south\n");
    let ran = case.run("out", &[]).exits(0);
    insta::assert_snapshot!("row_for_an_absent_document", ran.stderr);
    let diagnostics = crate::case::rows(&case.read("out/diagnostics.csv"));
    assert_eq!(cells(&diagnostics, ["severity", "code", "path", "line"]), [["warning", "D004", "documents.csv", "3"]]);
    assert_eq!(cells(&case.rows("out", "documents"), ["document", "site"]), [["good", "north"]]);
}

#[test]
fn results_never_lie_in_the_corpus() {
    let case = case();
    symlink("corpus", case.path("linked")).expect("a link");
    for out in ["corpus", "corpus/results", "corpus/../corpus/deep/results", "linked/results"] {
        let ran = case.run(out, &[]).exits(2);
        ran.says(&format!("{out} lies inside the corpus corpus")).says("give a folder outside of it");
    }
    case.index("corpus/store", &[]).exits(2).says("lies inside the corpus");
    case.run("out", &["--store", "corpus/store"]).exits(2).says("corpus/store lies inside the corpus");
    let left: Vec<_> = std::fs::read_dir(case.path("corpus")).expect("the corpus").collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let case = case();
    case.write("file", "a file");
    // Not a matter of modes, which the superuser is above.
    for out in ["file/out", "/proc/out", "file"] {
        let ran = case.run(out, &[]).exits(2);
        assert!(ran.stderr.contains(&format!("cannot write {out}")), "{}", ran.stderr);
        ran.says("check that");
    }
    case.index("file/store", &[]).exits(2).says("cannot make file/store").says("may be written");
    assert_eq!(case.read("file"), "a file");
}

#[test]
fn files_of_somebody_else_are_not_replaced() {
    let case = case();
    case.write("mine/tables/thesis.csv", "years of work");
    let ran = case.run("mine", &[]).exits(2);
    insta::assert_snapshot!("somebody_elses_tables", ran.stderr);
    assert_eq!(case.read("mine/tables/thesis.csv"), "years of work");
    case.write("script/load.R", "my script");
    case.run("script", &[]).exits(2).says("script/load.R");
    assert_eq!(case.read("script/load.R"), "my script");
    case.write("notes/notes.txt", "mine");
    case.run("notes", &[]).exits(0);
    case.run("notes", &[]).exits(0);
    assert_eq!(case.read("notes/notes.txt"), "mine");
    case.write("notes/tables/.DS_Store", "icons");
    case.run("notes", &["--tables", "codings"]).exits(0);
    case.write("notes/tables/model.sav", "mine too");
    case.run("notes", &[]).exits(0);
    assert_eq!(case.read("notes/tables/model.sav"), "mine too");
}

#[test]
fn two_runs_do_not_write_into_one_folder() {
    let case = case();
    case.run("out", &[]).exits(0);
    let before = case.results("out");
    let other = "process 4711 on host elsewhere";
    case.write("out/.qualcode-lock", format!("{other}\n"));
    std::fs::create_dir(case.path("out/.qualcode-new")).expect("a folder");
    case.write("out/.qualcode-new/run.json", "half a");
    let lock = std::fs::File::open(case.path("out/.qualcode-lock")).expect("the lock file");
    lock.lock().expect("locked");
    case.write("corpus/good.txt", TALK.replace("storm", "thunder"));
    let ran = case.run("out", &["--store", "elsewhere"]).exits(2);
    ran.says(&format!("out is being written by {other}")).says("wait until it is done");
    assert_eq!(case.read("out/.qualcode-new/run.json"), "half a");
    drop(lock);
    // The same folder, left by a run that was killed.
    case.run("out", &[]).exits(0);
    assert!(case.rows("out", "codings").is_empty());
    assert!(before.keys().eq(case.results("out").keys()), "nothing is left of the lock");
}

#[test]
fn other_files_are_named_when_they_are_absent_or_unfit() {
    let case = case();
    let ran = case.qualcode(&["run", "corpus", "--codebook", "absent.json", "--out", "out"]).exits(2);
    ran.says("cannot read absent.json").says("check that it exists");
    case.run("out", &[]).exits(0);
    let tables = |codings: &str| {
        let args =
            ["tables", "--store", "out/store", "--codebook", "codebook.json", "--codings", codings, "--out", "new"];
        case.qualcode(&args)
    };
    tables("absent.csv").exits(2).says("cannot read absent.csv").says("check that it exists");
    tables("codebook.json").exits(2).says("cannot tell the format");
    let good = case.read("out/tables/codings.csv");
    let with = |from: &str, to: &str| {
        assert!(good.contains(from), "{good}");
        case.write("edited.csv", good.replace(from, to));
        tables("edited.csv").exits(2).says("edited.csv")
    };
    with(",good,2,", ",good,9,").says("turn");
    with(",good,2,", ",good,two,").says("line 2").says("`turn`: `two`");
    with(",good,2,", ",absent,2,").says("\"absent\" is not in the store");
    with(",storm,t,", ",calm,t,").says("the codebook has no code `calm`");
    with("start_byte", "begin_byte").says("column `start_byte` is missing");
    assert!(!case.path("new/run.json").exists());
}

#[test]
fn an_endless_line_is_one_turn() {
    let case = Case::new().book(storm());
    let mut line = String::from("Anna: ");
    while line.len() < 100_000_000 {
        line.push_str("we talked of this and of that and of a great many other things besides ");
    }
    line.push_str("storm\n");
    case.write("corpus/line.txt", &line);
    // A word without an end is none, and is no trouble either.
    case.write("corpus/word.txt", format!("Anna: {} storm\n", "x".repeat(2_000_000)));
    case.run("out", &["--tables", "codings,turns", "--format", "csv"]).exits(0);
    let codings = case.rows("out", "codings");
    let end = (line.len() - 1).to_string();
    assert_eq!(cells(&codings, ["document", "turn", "end_byte"]), [["line", "1", &*end], ["word", "1", "2000012"]]);
    assert_eq!(cells(&case.rows("out", "turns"), ["words"])[1], ["1"]);
}
