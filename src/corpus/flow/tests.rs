//! Whole documents from what a reader tells.

use super::Flow;
use crate::corpus::transcript::ParagraphKind;

fn paragraphs(flow: Flow) -> (String, Vec<String>) {
    let reading = flow.finish("a.docx", Vec::new()).expect("a document");
    let seen = reading
        .paragraphs
        .iter()
        .map(|found| {
            let head = if found.kind == ParagraphKind::Heading { "#" } else { found.label.as_deref().unwrap_or("") };
            format!("{head}|{}", found.words.of(&reading.text))
        })
        .collect();
    (reading.text, seen)
}

fn paragraph(flow: &mut Flow, bold: &str, words: &str) {
    flow.text(bold, true);
    flow.text(words, false);
    flow.end_paragraph(false);
}

#[test]
fn headings_labels_and_continuations() {
    let mut flow = Flow::default();
    flow.text("Part one", false);
    flow.end_paragraph(true);
    paragraph(&mut flow, "Anna: ", "Yes.");
    paragraph(&mut flow, "", "And more.");
    paragraph(&mut flow, "Bo:", " No.");
    flow.text("Bo: a heading", false);
    flow.end_paragraph(true);
    let (text, seen) = paragraphs(flow);
    assert_eq!(text, "Part one\n\nAnna: Yes.\n\nAnd more.\n\nBo: No.\n\nBo: a heading");
    assert_eq!(seen, ["#|Part one", "Anna|Yes.", "|And more.", "Bo|No.", "#|Bo: a heading"]);
}

#[test]
fn questions_all_in_bold_do_not_hide_their_labels() {
    let mut flow = Flow::default();
    for (bold, words) in [("Interviewer: Well?", ""), ("", "Anna: Yes."), ("Interviewer: So?", ""), ("", "Anna: No.")] {
        paragraph(&mut flow, bold, words);
    }
    assert_eq!(paragraphs(flow).1, ["Interviewer|Well?", "Anna|Yes.", "Interviewer|So?", "Anna|No."]);
}

#[test]
fn a_text_box_follows_its_paragraph() {
    let mut flow = Flow::default();
    flow.text("One ", false);
    flow.open_box();
    flow.text("boxed", false);
    flow.end_paragraph(false);
    flow.close_box();
    flow.text("two", false);
    flow.end_paragraph(false);
    assert_eq!(paragraphs(flow).0, "One two\n\nboxed");
}

#[test]
fn tables_inside_tables_and_what_is_never_closed() {
    let mut flow = Flow::default();
    for _ in 0..200 {
        flow.open_table();
        flow.open_row();
        flow.open_cell();
    }
    flow.text("deep", false);
    for _ in 0..150 {
        flow.close_cell();
        flow.close_table();
    }
    flow.text(" and less", false);
    assert_eq!(paragraphs(flow).0, "deep\n\nand less");
}

#[test]
fn words_between_rows_are_kept() {
    let mut flow = Flow::default();
    flow.open_table();
    flow.text("caption", false);
    flow.open_row();
    flow.open_cell();
    flow.text("cell", false);
    flow.close_table();
    assert_eq!(paragraphs(flow).0, "caption\n\ncell");
}
