//! Whole documents: which lines are labels, and what becomes of the rest.

use super::{read_markdown, read_text};
use crate::corpus::transcript::ParagraphKind::{Heading, Speech};
use crate::corpus::transcript::{Paragraph, ParagraphKind};

type Seen = (ParagraphKind, Option<String>, String);

fn seen(text: &str, paragraphs: &[Paragraph]) -> Vec<Seen> {
    paragraphs.iter().map(|found| (found.kind, found.label.clone(), found.words.of(text).to_owned())).collect()
}

fn text(text: &str) -> Vec<Seen> {
    let reading = read_text("a.txt", text.as_bytes().to_vec()).expect("a transcript");
    seen(&reading.text, &reading.paragraphs)
}

fn markdown(text: &str) -> Vec<Seen> {
    let reading = read_markdown("a.md", text.as_bytes().to_vec()).expect("a transcript");
    seen(&reading.text, &reading.paragraphs)
}

fn codes(text: &str) -> Vec<(&'static str, Option<u32>)> {
    let reading = read_text("a.txt", text.as_bytes().to_vec()).expect("a transcript");
    reading.diagnostics.iter().map(|found| (found.code, found.line)).collect()
}

fn says(label: &str, words: &str) -> Seen {
    (Speech, Some(label.to_owned()), words.to_owned())
}

fn goes_on(words: &str) -> Seen {
    (Speech, None, words.to_owned())
}

fn heading(words: &str) -> Seen {
    (Heading, None, words.to_owned())
}

#[test]
fn labelled_blocks_and_their_continuations() {
    assert_eq!(
        text("Interviewer: Well?\n\nIT manager: Yes.\nQuite so.\n\nAnd more.\n\nInterviewer: Mm.\n"),
        [
            says("Interviewer", "Well?"),
            says("IT manager", "Yes.\nQuite so."),
            goes_on("And more."),
            says("Interviewer", "Mm.")
        ]
    );
}

#[test]
fn labels_begin_paragraphs_without_blank_lines() {
    assert_eq!(
        text("Anna: One.\nBo: Two.\nAnna: Three.\n"),
        [says("Anna", "One."), says("Bo", "Two."), says("Anna", "Three.")]
    );
}

#[test]
fn clauses_with_a_colon_are_words() {
    let words = "Interviewer: Well?\n\nAnna: Two things.\n\nFor example: the doors.\n\nNote: nobody asked.\n\nfor example: keys.\n\n\
                 Small matter: we lost it.\n\nInterviewer: So?\n\nAnna: He said: no.\nThen he said: yes.\n";
    let labels: Vec<_> = text(words).into_iter().filter_map(|(_, label, _)| label).collect();
    assert_eq!(labels, ["Interviewer", "Anna", "Interviewer", "Anna"]);
    assert_eq!(codes(words), [("T014", Some(11))]);
}

#[test]
fn a_speaker_may_speak_once() {
    let found =
        text("Interviewer: Well?\n\nAnna: Yes.\n\nNight Porter: Evening.\n\nInterviewer: Hello.\n\nAnna: Hello.\n");
    assert_eq!(found[2], says("Night Porter", "Evening."));
    let found = text("Q: Well?\n\nA: Yes.\n");
    assert_eq!(found, [says("Q", "Well?"), says("A", "Yes.")]);
}

#[test]
fn a_name_that_begins_like_a_clause_is_a_name_when_it_recurs() {
    let found = text("On Freund: One.\n\nJerod Santo: Two.\n\nOn Freund: Three.\n\nJerod Santo: Four.\n");
    assert_eq!(found.iter().filter(|(_, label, _)| label.as_deref() == Some("On Freund")).count(), 2);
}

#[test]
fn other_scripts_and_wide_colons() {
    assert_eq!(
        text("Интервьюер: Да?\n\n李雷：你好。\n\nИнтервьюер: Да.\n\n李雷： 好。\n"),
        [says("Интервьюер", "Да?"), says("李雷", "你好。"), says("Интервьюер", "Да."), says("李雷", "好。")]
    );
}

#[test]
fn labels_alone_on_their_line() {
    let reading = read_text(
        "a.txt",
        b"My interview\n\nAnna Berg  00:12\nYes.\n\nBo [00:00:20]\nNo.\n\nAnna Berg: 1:00:02\nWell.\n\nMore.\n"
            .to_vec(),
    )
    .expect("read");
    assert_eq!(
        seen(&reading.text, &reading.paragraphs),
        [
            heading("My interview"),
            says("Anna Berg", "Yes."),
            says("Bo", "No."),
            says("Anna Berg", "Well."),
            goes_on("More.")
        ]
    );
    let times: Vec<_> = reading.paragraphs.iter().map(|found| found.start_time).collect();
    assert_eq!(times, [None, Some(12.0), Some(20.0), Some(3602.0), None]);
}

#[test]
fn times_of_lines_paragraphs_and_ranges() {
    let reading =
        read_text("a.txt", b"00:00:05 --> 00:00:09\nAnna: Yes.\n\n[00:12] and on\n\nBo (00:20 - 00:30): No.\n\nAnna: Mm [01:00] so.\n\nBo: \n00:50\nWell.\n".to_vec())
            .expect("read");
    let times: Vec<_> = reading
        .paragraphs
        .iter()
        .map(|found| (found.words.of(&reading.text), found.start_time, found.end_time))
        .collect();
    assert_eq!(
        times,
        [
            ("Yes.", Some(5.0), Some(9.0)),
            ("and on", Some(12.0), None),
            ("No.", Some(20.0), Some(30.0)),
            ("Mm [01:00] so.", None, None),
            ("Well.", Some(50.0), None)
        ]
    );
    assert_eq!(reading.paragraphs[3].silent.iter().map(|span| span.of(&reading.text)).collect::<Vec<_>>(), ["[01:00]"]);
}

#[test]
fn markdown_headings_rules_and_slips() {
    assert_eq!(
        markdown(
            "Talk\n====\n\n# Part *one* #\n\n**Anna:** Yes.\n\n---\n\n**Bo**: No.\n\n**Anna:** Mm.\n## Two\nAnna: Slip.\n\n**Bo:** So.\n"
        ),
        [
            heading("Talk"),
            heading("Part *one*"),
            says("Anna", "Yes."),
            says("Bo", "No."),
            says("Anna", "Mm."),
            heading("Two"),
            says("Anna", "Slip."),
            says("Bo", "So.")
        ]
    );
}

#[test]
fn emphasis_in_speech_is_no_label() {
    let found = markdown(
        "**Anna:** See.\n\n**Grain of salt**: it is old.\n\n**Bo:** Mm.\n\n**We use it** daily.\n\n**Anna:** So.\n\n**Break:** \\[01:44\\]\n",
    );
    let labels: Vec<_> = found.into_iter().filter_map(|(_, label, _)| label).collect();
    assert_eq!(labels, ["Anna", "Bo", "Anna", "Break"]);
}

#[test]
fn plain_text_has_no_headings() {
    assert_eq!(text("# One\n\nTwo\n===\n"), [goes_on("# One"), goes_on("Two")]);
}

#[test]
fn without_labels_each_block_is_somebodys() {
    let words = "We met at 10:30 there.\nIt was fine.\n\nSee http://x.org for it.\n\nThe problem: it rained.\n";
    assert_eq!(
        text(words),
        [
            goes_on("We met at 10:30 there.\nIt was fine."),
            goes_on("See http://x.org for it."),
            goes_on("The problem: it rained.")
        ]
    );
    assert_eq!(codes(words), [("T012", None)]);
}

#[test]
fn numbered_points_and_sources_in_an_essay_are_no_speakers() {
    let mut essay = String::new();
    for part in ["Section One: the plan.", "Section Two: the cost.", "Section One: again.", "Section Two: again."] {
        essay.push_str(part);
        essay.push_str("\n\n");
        for _ in 0..25 {
            essay.push_str("It goes on and on here.\n\n");
        }
    }
    assert!(text(&essay).iter().all(|(_, label, _)| label.is_none()));
}

#[test]
fn a_long_preamble_is_told() {
    let words = format!("{}\n\nAnna: Yes.\n\nBo: No.\n\nAnna: So.\n", "word ".repeat(61).trim());
    assert_eq!(text(&words)[0].0, Heading);
    assert_eq!(codes(&words), [("T013", Some(1))]);
}

#[test]
fn particulars_at_the_head_are_no_speakers() {
    let found =
        text("Date: 2009-10-14\nPlace: Marhaven\n\nInterviewer: Well?\n\nCEO: Yes.\n\nInterviewer: So?\n\nCEO: So.\n");
    assert_eq!(found[0], heading("Date: 2009-10-14\nPlace: Marhaven"));
    assert_eq!(found[1], says("Interviewer", "Well?"));
}

const HEARING: &str = "\
                           THE LOCKS AND THE KEYS

                          TUESDAY, MAY 5, 2009

    The committee met, pursuant to call, at 10 o'clock in the old
hall, Anna Berg [chairman of the committee] presiding.
    The Chairman. The committee will come to order, and we shall hear
about the locks first. Mr. Holm. is here. Then the keys will have
their turn, as ever.
    Mr. Holm, you have the floor, and five minutes of it.

     STATEMENT OF BO HOLM, LOCKSMITH

    Mr. Holm. Thank you, Mr. Chairman. I have made locks and keys for
twenty years, and nobody has asked me about them until to-
day.
    [Laughter.]
    Mr. Chairman. I said nobody, and that is not quite true either.
    [The prepared statement of Mr. Holm follows:]

              Prepared Statement of Bo Holm

    Locks are old. Keys are older, and this line is as long as others.
    The Chairman. Thank you.
    Ms. Lind of the Lake. I have a question about the locks, if I may,
which end where this page

does and go on [presiding] after it.
    Mr. Holm [continuing]. --of brass.
    Thank you.
    Mr. Holm. and of iron, all of them made by hand, and none sold at
all.
    The Chairman. Yes.
    [Whereupon, at noon, the hearing of the locks was adjourned until
the keys are found.]

                            A P P E N D I X

    A letter about keys, which nobody has read aloud on that day.
";

#[test]
fn printed_proceedings() {
    let found = text(HEARING);
    let labels: Vec<&str> = found.iter().filter_map(|(_, label, _)| label.as_deref()).collect();
    assert_eq!(
        labels,
        ["The Chairman", "Mr. Holm", "The Chairman", "Ms. Lind of the Lake", "Mr. Holm", "Mr. Holm", "The Chairman"]
    );
    let at = |start: &str| found.iter().find(|(_, _, words)| words.starts_with(start)).expect(start);
    assert_eq!(at("The committee met").0, Heading);
    assert_eq!(at("STATEMENT OF").0, Heading);
    assert_eq!(at("Mr. Holm, you have").0, Speech);
    assert_eq!(at("Mr. Chairman. I said").1, None);
    assert_eq!(at("Locks are old").0, Heading);
    assert_eq!(at("A letter about keys").0, Heading);
    assert_eq!(at("Thank you, Mr. Chairman").2.lines().count(), 3);
    // A page that ends in the middle of a paragraph does not end it.
    assert!(at("I have a question").2.ends_with("where this page\n\ndoes and go on [presiding] after it."));
    assert_eq!(at("--of brass.").1.as_deref(), Some("Mr. Holm"));
    assert!(codes(HEARING).is_empty(), "{:?}", codes(HEARING));
}

#[test]
fn words_of_the_printer_are_no_tokens() {
    let reading = read_text("a.txt", HEARING.as_bytes().to_vec()).expect("read");
    assert_eq!(reading.text, HEARING);
    let silent: Vec<&str> =
        reading.paragraphs.iter().flat_map(|found| &found.silent).map(|span| span.of(HEARING)).collect();
    for words in ["[Laughter.]", "[The prepared statement of Mr. Holm follows:]", "[presiding]"] {
        assert!(silent.contains(&words), "{words}: {silent:?}");
    }
    assert!(silent.iter().any(|words| words.starts_with("[Whereupon")));
}

#[test]
fn letters_and_mails_of_fixed_width_are_read_as_before() {
    let mail = "Anna: This is a line that was broken at a fixed width, as mail is,\nand this is the next one.\n\n\
                Bo: Mr. Holm. was there, and this line is about as long as others,\nand so on.\n\nAnna: Yes.\n\nBo: No.\n";
    let labels: Vec<_> = text(mail).into_iter().filter_map(|(_, label, _)| label).collect();
    assert_eq!(labels, ["Anna", "Bo", "Anna", "Bo"]);
    // Indented names that never recur are no speakers.
    let tale = "    Mr. Holm. He had been there before, and he would be there again,\nas everybody knew.\n    \
                Then it rained for a week, and nobody went out of the house at all.\n";
    assert!(text(tale).iter().all(|(_, label, _)| label.is_none()));
}

proptest::proptest! {
    #[test]
    fn any_lines_of_proceedings(lines in proptest::collection::vec(
        "( {0,9}|    (Mr|Ms|The|Dr)\\.? ?)(Holm|Chairman|of|St\\.|\\[[a-z]{0,3}\\]|J\\.|,)?(\\.|\\.--|)( [A-Za-zé.\\[\\]]{0,60})?", 0..40
    )) {
        let joined = lines.join("\n");
        for paragraph in text(&format!("{HEARING}{joined}")) {
            proptest::prop_assert!(!paragraph.2.starts_with(' '));
        }
    }
}
