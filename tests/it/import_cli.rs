//! `codebook import` as it is used, and files of other programs in the place of a codebook.

use crate::case::{Case, cells};

const DICTIONARY: &str = "%\n1\tfamily\n2\tmood\n%\nmother*\t1\nsad\t2\nkind\t<of>1/2\nblue-*\t2\nwell-being\t2\n";

#[test]
fn a_codebook_is_written_and_the_losses_are_told() {
    let case = Case::new();
    case.write("words.dic", DICTIONARY);
    case.qualcode(&["codebook", "import", "words.dic", "-o", "book.json", "--losses", "losses.csv"])
        .exits(3)
        .says("words.dic:7: skipped: `kind <of>1/2` is left out")
        .says("1 note in losses.csv")
        .says("book.json: 1 theme, 2 codes, 3 patterns; 2 left out, 0 changed");
    let losses = crate::case::rows(&case.read("losses.csv"));
    assert_eq!(
        cells(&losses, ["severity", "code", "line", "category", "text", "became"]),
        [
            ["skipped", "I008", "7", "", "kind <of>1/2", ""],
            ["skipped", "I004", "8", "mood", "blue-*", ""],
            ["note", "I003", "9", "mood", "well-being", "well being"],
        ]
    );
    case.qualcode(&["codebook", "check", "book.json"]).exits(0).prints("2 codes, 3 patterns");
    case.qualcode(&["codebook", "check", "words.dic"]).exits(0).prints("2 codes, 3 patterns").says("I004");
    let printed = case.qualcode(&["codebook", "import", "words.dic", "--from", "liwc", "--quiet"]).exits(3);
    assert_eq!(printed.stdout, case.read("book.json"));
}

#[test]
fn a_file_of_another_kind_says_so() {
    let case = Case::new();
    case.write("words.dic", DICTIONARY);
    case.write("notes.txt", "Just some words.\n");
    case.qualcode(&["codebook", "import", "words.dic", "--from", "yoshikoder"])
        .exits(2)
        .says("words.dic: line 1: this is no Yoshikoder dictionary: it does not begin like XML");
    case.qualcode(&["codebook", "import", "notes.txt"]).exits(2).says("name its kind with --from: ").says("lexicoder");
    case.qualcode(&["codebook", "import", "words.dic", "--from", "spss"]).exits(2).says("\"spss\" is no kind");
    case.qualcode(&["codebook", "import", "absent.dic"]).exits(2).says("cannot read absent.dic");
}

#[test]
fn a_run_takes_a_dictionary_as_it_is() {
    let case = Case::new().file("a.txt", "Anna: My mother was sad about her well-being.\n");
    case.write("words.dic", DICTIONARY);
    case.qualcode(&["run", "corpus", "--codebook", "words.dic", "--out", "out"]).exits(3);
    let codings = case.rows("out", "codings");
    assert_eq!(cells(&codings, ["code", "text"]), [["family", "mother"], ["mood", "sad"], ["mood", "well-being"]]);
    let diagnostics = crate::case::rows(&case.read("out/diagnostics.csv"));
    let told = cells(&diagnostics, ["code", "path", "line"]);
    for expected in [["I008", "words.dic", "7"], ["I004", "words.dic", "8"], ["I003", "words.dic", "9"]] {
        assert!(told.contains(&expected), "{told:?}");
    }
    assert!(case.read("out/run.json").contains("\"file\": \"words.dic\""));
    case.qualcode(&["code", "--store", "out/store", "--codebook", "words.dic", "--out", "again"]).exits(3);
    assert_eq!(case.read("again/tables/codings.csv"), case.read("out/tables/codings.csv"));
}
