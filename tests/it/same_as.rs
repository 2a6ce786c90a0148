//! `same_as` in `speakers.csv`: several labels of one person.

use serde_json::json;

use crate::case::{Book, Case, cells, rows};

fn case(speakers: &str) -> Case {
    Case::new()
        .book(Book::new().code("storm", json!(["storm"])))
        .file(
            "a.txt",
            "I: Storm?\n\nJerod: The storm.\n\nI: And?\n\nJerod Santo: Another storm.\n\nI: Yes.\n\nJerod: No.\n",
        )
        .file("b.txt", "I: Storm?\n\nJEROD: A storm elsewhere.\n\nI: Well?\n\nJEROD: Yes.\n")
        .file("speakers.csv", speakers)
}

fn spoken(case: &Case, table: &str) -> Vec<String> {
    let rows = case.rows("out", table);
    let rows = cells(&rows, ["document", "turn", "speaker", "role", "case"]);
    rows.iter().filter(|row| row[2] != "I").map(|row| row.join(" ")).collect()
}

#[test]
fn the_tables_and_queries_have_the_one_name() {
    let case = case(
        "speaker,role,case,same_as,age\nJerod,,,Jerod Santo,\nJerod Santo:,,,Jerod Santo,\n\
         **Jerod Santo**,informant,jerod,,40\nI,,,,\n",
    );
    case.run("out", &[]).exits(0);
    let expected = [
        "a 2 Jerod Santo informant jerod",
        "a 4 Jerod Santo informant jerod",
        "a 6 Jerod Santo informant jerod",
        "b 2 Jerod Santo informant jerod",
        "b 4 Jerod Santo informant jerod",
    ];
    assert_eq!(spoken(&case, "turns"), expected);
    // The last turn of each document does not speak of storms; the places are those of the label's own words.
    let codings = case.rows("out", "codings");
    let codings: Vec<_> = cells(&codings, ["document", "turn", "speaker", "case", "start_char", "text"]);
    let of_jerod: Vec<_> = codings.iter().filter(|row| row[2] != "I").collect();
    assert_eq!(
        of_jerod,
        [
            &["a", "2", "Jerod Santo", "jerod", "22", "storm"],
            &["a", "4", "Jerod Santo", "jerod", "60", "storm"],
            &["b", "2", "Jerod Santo", "jerod", "20", "storm"],
        ]
    );
    let documents = case.rows("out", "documents");
    assert_eq!(cells(&documents, ["document", "speakers"]), [["a", "2"], ["b", "2"]]);
    let cases = case.rows("out", "case_codes");
    assert_eq!(cells(&cases, ["case", "codings"]), [["jerod", "3"]]);
    let ran = case.qualcode(&["query", "--store", "out/store", "storm", "--format", "csv"]).exits(0);
    let hits = rows(&ran.stdout);
    let hits: Vec<_> = cells(&hits, ["document", "turn", "speaker"]).iter().map(|hit| hit.join(" ")).collect();
    assert_eq!(hits, ["a 1 I", "a 2 Jerod Santo", "a 4 Jerod Santo", "b 1 I", "b 2 Jerod Santo"]);
}

#[test]
fn a_name_without_a_row_is_a_name_and_cases_stay_in_their_documents() {
    let case = case("speaker,role,same_as\nJerod,other,Jerry\nJerod Santo,,Jerod\n");
    case.run("out", &[]).exits(0);
    let expected = ["a 2 Jerry other a/Jerry", "a 4 Jerry other a/Jerry", "a 6 Jerry other a/Jerry"];
    assert_eq!(spoken(&case, "turns")[..3], expected, "by way of Jerod");
    assert_eq!(spoken(&case, "turns")[3..], ["b 2 Jerry other b/Jerry", "b 4 Jerry other b/Jerry"]);
}

#[test]
fn a_row_of_one_document_goes_for_it_alone() {
    let case = case("speaker,same_as,document\nJerod,Jerod Santo,a\nJEROD,Jerod Smith,b\n");
    case.run("out", &[]).exits(0);
    let names: Vec<String> = spoken(&case, "turns").iter().map(|row| row[..15].to_owned()).collect();
    assert_eq!(names, ["a 2 Jerod Santo", "a 4 Jerod Santo", "a 6 Jerod Santo", "b 2 Jerod Smith", "b 4 Jerod Smith"]);
    // The same label as in b, for one that has no row of its own there.
    case.write("corpus/speakers.csv", "speaker,same_as,document\nJerod,Jerod Santo,a\n");
    case.run("out", &[]).exits(0).says("2 unchanged");
    assert_eq!(spoken(&case, "turns")[3], "b 2 JEROD informant b/JEROD");
}

#[test]
fn a_misspelt_interviewer_interviews() {
    let case = Case::new()
        .book(Book::new().code("storm", json!(["storm"])))
        .file("a.txt", "Interviewer: One.\n\nAnna: Two.\n\nIntervewer: Three.\n\nAnna: Four.\n\nInterviewer: Five.\n")
        .file("speakers.csv", "speaker,same_as\nIntervewer,Interviewer\n");
    case.run("out", &[]).exits(0);
    let turns = case.rows("out", "turns");
    let turns: Vec<_> = cells(&turns, ["speaker", "role", "exchange"]).iter().map(|row| row.join(" ")).collect();
    assert_eq!(
        turns,
        [
            "Interviewer interviewer 1",
            "Anna informant 1",
            "Interviewer interviewer 2",
            "Anna informant 2",
            "Interviewer interviewer 3"
        ]
    );
}

#[test]
fn circles_and_disagreement_are_faults() {
    let circle = case("speaker,same_as\nJerod,Jerod Santo\nJerod Santo,Jerry\nJerry,Jerod\n");
    circle
        .run("out", &[])
        .exits(2)
        .says("speakers.csv:2: error: these rows are the same as each other in a circle: \"Jerod\" (line 2), \"Jerod Santo\" (line 3), \"Jerry\" (line 4) [S011]")
        .says("1 fault");
    let roles = case("speaker,role,same_as\nJerod Santo,informant,\nJerod,interviewer,jerod santo\n");
    roles.run("out", &[]).exits(2).says(
        "speakers.csv:3: error: \"Jerod\" counts as \"Jerod Santo\", but its role is \"interviewer\" here, and speakers.csv:2 says \"informant\" [S012]",
    );
    let ages = case("speaker,age,same_as\nJerod Santo,,\nJerod,40,Jerod Santo\n");
    ages.run("out", &[]).exits(2).says("its age is \"40\" here, and speakers.csv:2 leaves it empty [S012]");
    let agreed = case("speaker,role,same_as\nJerod Santo,informant,\nJerod,informant,Jerod Santo\n");
    agreed.run("out", &[]).exits(0);
    let twice = case("speaker,role\nJerod Santo,informant\nJerod Santo:,other\n");
    twice.run("out", &[]).exits(2).says("speaker \"Jerod Santo\" has a row already, speakers.csv:2 [S007]");
}
