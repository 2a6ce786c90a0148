//! The store: steps, locks, formats, and what is indexed again.

use std::collections::BTreeSet;
use std::fs::File;

use serde_json::json;

use crate::case::{Book, Case, assert_same, cells, count_files, transcript, wide_book};

/// The one `index/meta.json` names the segments; its number of entries is theirs.
fn segments(case: &Case, store: &str) -> usize {
    let meta: serde_json::Value = serde_json::from_str(&case.read(&format!("{store}/index/meta.json"))).expect("JSON");
    meta["segments"].as_array().expect("a list of segments").len()
}

#[test]
fn steps_and_threads_do_not_show_in_the_results() {
    let case = Case::new().book(wide_book());
    let index = |threads: &str| case.index("steps", &["--threads", threads]);
    for number in 0..4 {
        case.write(&format!("corpus/a/doc-{number}.txt"), transcript(number, 12));
    }
    index("1").exits(0).says("4 added");
    for number in 4..12 {
        case.write(&format!("corpus/doc-{number}.txt"), transcript(number, 10));
        if number == 6 {
            case.write("corpus/passing.txt", transcript(99, 30));
        }
        if number == 8 {
            case.remove("corpus/passing.txt");
            case.write("corpus/a/doc-1.txt", transcript(50, 14));
        }
        if number == 9 {
            case.rename("corpus/a/doc-2.txt", "corpus/a/doc-2.md");
            case.write("corpus/a/doc-3.txt", "---\nsite: north\n---\n\n".to_owned() + &transcript(3, 12));
        }
        index(if number % 2 == 0 { "4" } else { "1" }).exits(0);
    }
    case.write("corpus/a/doc-0.txt", transcript(51, 8));
    case.write("corpus/speakers.csv", "speaker,role,case,age\nAnna,informant,anna,44\n");
    case.write("corpus/documents.csv", "document,wave\na/doc-1,2\ndoc-5,1\n");
    index("1").exits(0).says("0 added, 1 changed, 11 unchanged");
    assert!(segments(&case, "steps") > 1, "one segment tests nothing");
    case.run("stepped", &["--store", "steps", "--threads", "1"]).exits(0).says("12 unchanged");
    case.run("one", &["--threads", "1"]).exits(0).says("12 added");
    case.run("four", &["--threads", "4"]).exits(0);
    let stepped = case.results("stepped");
    assert!(stepped.contains_key("run.json") && stepped.contains_key("tables/codings.parquet"));
    assert!(!case.rows("stepped", "codings").is_empty());
    assert_same(&stepped, &case.results("one"), "in steps and at once");
    assert_same(&stepped, &case.results("four"), "on one and on four threads");
}

#[test]
fn attributes_change_tables_and_index_nothing() {
    let case = Case::new().book(Book::new().code("storm", json!(["storm"])));
    let case = case.file("a.txt", "Q: Why?\n\nAnna: The storm.\n").file("b.txt", "Q: Why?\n\nBo: No storm.\n");
    case.run("out", &[]).exits(0).says("2 added");
    let before = case.read("out/store/index/meta.json");
    assert_eq!(cells(&case.rows("out", "codings"), ["case"]), [["a/Anna"], ["b/Bo"]]);
    case.write("corpus/speakers.csv", "speaker,case\nAnna,one\nBo,one\n");
    case.write("corpus/documents.csv", "document,site\na,north\nb,south\n");
    case.run("out", &[]).exits(0).says("documents in the store: 0 added, 2 unchanged\n");
    assert_eq!(cells(&case.rows("out", "codings"), ["case"]), [["one"], ["one"]]);
    assert_eq!(cells(&case.rows("out", "documents"), ["document", "site"]), [["a", "north"], ["b", "south"]]);
    let segments = |meta: &str| {
        let meta: serde_json::Value = serde_json::from_str(meta).expect("JSON");
        meta["segments"].as_array().expect("segments").iter().map(ToString::to_string).collect::<BTreeSet<_>>()
    };
    assert_eq!(segments(&before), segments(&case.read("out/store/index/meta.json")));
}

#[test]
fn an_update_tells_what_it_did() {
    let case = Case::new();
    let index = || case.index("store", &[]);
    for name in ["a", "b", "c"] {
        case.write(&format!("corpus/{name}.txt"), format!("Anna: I am {name}.\n"));
    }
    index().exits(0).says("documents in the store: 3 added\n");
    index().exits(0).says("documents in the store: 0 added, 3 unchanged\n");
    case.write("corpus/a.txt", "Anna: I am another.\n");
    case.remove("corpus/b.txt");
    case.write("corpus/d.txt", "Anna: I am new.\n");
    case.write("corpus/e.txt", "");
    index().exits(3).says("documents in the store: 1 added, 1 changed, 1 removed, 1 unchanged, 1 skipped\n");
    case.rename("corpus/c.txt", "corpus/c.md");
    index().exits(3).says("documents in the store: 0 added, 1 changed, 2 unchanged, 1 skipped\n");
    case.write("corpus/c.md", "");
    index().exits(3).says("documents in the store: 0 added, 1 removed, 2 unchanged, 2 skipped\n");
    case.qualcode(&["query", "--store", "store", "c"]).exits(1);
    case.qualcode(&["query", "--store", "store", "another"]).exits(0);
}

#[test]
fn a_store_of_another_kind_is_refused_with_the_command_that_rebuilds_it() {
    let case = Case::new().file("a.txt", "Anna: Storm.\n").book(Book::new().code("storm", json!(["storm"])));
    case.index("store", &[]).exits(0);
    let refused = case.index("store", &["--language", "sv"]).exits(2);
    refused.says("the store store was made for the language en, not sv; give --language en, or another folder");
    case.write("codebook.json", case.read("codebook.json").replace("\"en\"", "\"sv\""));
    let code =
        |case: &Case| case.qualcode(&["code", "--store", "store", "--codebook", "codebook.json", "--out", "out"]);
    code(&case).exits(2).says("index again with --language sv into a new folder");
    let about = case.read("store/store.json");
    let other = |from: &str, to: &str| {
        assert!(about.contains(from), "{about}");
        case.write("store/store.json", about.replace(from, to));
    };
    other("\"format\": ", "\"format\": 9");
    case.qualcode(&["query", "--store", "store", "storm"])
        .exits(2)
        .says("store format 9")
        .says("qualcode index CORPUS");
    other("\"unicode\": \"", "\"unicode\": \"1");
    case.index("store", &[]).exits(2).says("delete the folder and build it anew");
    case.write("store/store.json", "not JSON");
    case.index("store", &[]).exits(2).says("is damaged").says("delete the folder and index again");
    case.qualcode(&["query", "--store", "nowhere", "storm"])
        .exits(2)
        .says("nowhere holds no store; make one with: qualcode index CORPUS --store nowhere");
    case.write("thesis/chapter.docx", "mine");
    case.index("thesis", &[]).exits(2).says("thesis is not empty and holds no store");
    assert_eq!(case.read("thesis/chapter.docx"), "mine");
}

#[test]
fn the_second_writer_is_told_who_the_first_is() {
    let case = Case::new().file("a.txt", "Anna: Storm.\n");
    case.index("store", &[]).exits(0);
    let holder = format!("process {} on host ", std::process::id());
    let lock = File::options().read(true).write(true).open(case.path("store/lock")).expect("the lock file");
    lock.lock().expect("locked");
    case.write("store/lock", format!("{holder}here\n"));
    let refused = case.index("store", &[]).exits(2);
    let refused = refused.says(&format!("the store store is being written by {holder}here"));
    assert!(refused.stderr.contains("wait until it is done"), "{}", refused.stderr);
    // Readers need no lock.
    case.qualcode(&["query", "--store", "store", "storm"]).exits(0);
    drop(lock);
    case.index("store", &[]).exits(0);
}

#[test]
fn a_real_writer_leaves_its_name_in_the_lock() {
    let case = Case::new().file("a.txt", "Anna: Storm.\n");
    let output = case.command(&["index", "corpus", "--store", "store"]).output().expect("the program runs");
    assert!(output.status.success());
    let said = case.read("store/lock");
    let number: u32 = said.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a process number");
    assert!(number > 0 && said.contains(" on host "), "{said}");
}

#[test]
fn an_interrupted_store_is_refused_until_it_is_complete() {
    let case = Case::new().file("a.txt", "Anna: Storm.\n").book(Book::new().code("storm", json!(["storm"])));
    case.index("store", &[]).exits(0);
    // So a long update leaves the index when it is cut off between two commits.
    let meta = case.read("store/index/meta.json");
    let cut = meta.replace("\\\"complete\\\":true", "\\\"complete\\\":false");
    assert_ne!(meta, cut, "the payload is written in another way");
    case.write("store/index/meta.json", cut);
    let said = "the last `qualcode index` of the store store was interrupted";
    case.qualcode(&["query", "--store", "store", "storm"]).exits(2).says(said).says("run it again");
    case.qualcode(&["code", "--store", "store", "--codebook", "codebook.json", "--out", "out"]).exits(2).says(said);
    case.index("store", &[]).exits(0).says("1 unchanged");
    case.qualcode(&["query", "--store", "store", "storm"]).exits(0);
}

#[test]
fn small_updates_do_not_pile_up() {
    let case = Case::new().book(wide_book());
    let mut most_files = 0;
    for number in 0..24 {
        case.write(&format!("corpus/doc-{number:02}.txt"), transcript(number, 6));
        if number % 5 == 4 {
            case.write("corpus/doc-00.txt", transcript(100 + number, 6));
        }
        case.index("store", &[]).exits(0);
        most_files = most_files.max(count_files(&case.path("store/index")));
        assert!(segments(&case, "store") <= 9, "after {number}: {}", segments(&case, "store"));
        let sides = std::fs::read_dir(case.path("store"))
            .expect("the store")
            .filter(|entry| entry.as_ref().is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with("side-")));
        assert_eq!(sides.count(), 1);
    }
    // A segment has at most eight files.
    assert!(most_files <= 9 * 8 + 8, "{most_files} files");
    case.run("updated", &["--store", "store"]).exits(0);
    case.run("built", &[]).exits(0);
    assert_same(&case.results("updated"), &case.results("built"), "after many updates and at once");
}
