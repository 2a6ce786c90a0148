//! Whole files.

use super::read;
use crate::corpus::read::{ReadError, Reading};
use crate::corpus::transcript::ParagraphKind;

fn reading(body: &str) -> Reading {
    let file = format!(
        "{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0\\fcharset0 Times;}}{{\\f1\\fcharset204 Cyr{{\\*\\falt x}};}}{{\\f2\\fcharset128 Mincho;}}}}\
         {{\\stylesheet{{\\s0 Normal;}}{{\\s1\\b heading 1;}}{{\\*\\cs2 \\b Strong;}}}}{{\\info{{\\title no}}}}{body}}}"
    );
    read("a.rtf", file.into_bytes()).expect("a document")
}

fn text(body: &str) -> String {
    reading(body).text
}

fn seen(body: &str) -> Vec<String> {
    let reading = reading(body);
    reading
        .paragraphs
        .iter()
        .map(|found| {
            let head = if found.kind == ParagraphKind::Heading { "#" } else { found.label.as_deref().unwrap_or("") };
            format!("{head}|{}", found.words.of(&reading.text))
        })
        .collect()
}

#[test]
fn words_in_every_encoding() {
    assert_eq!(text("caf\\'e9 \\f1 \\'e4\\'e0\\f2 \\'93\\'fa\\'96\\'7b{\\f0 \\'80}"), "café да日本€");
    assert_eq!(text("\\u233?x \\u-10179?\\u-8704?y {\\uc2\\u8364 \\'80\\'81}z \\uc0\\u8364 w"), "éx 😀y €z €w");
    assert_eq!(text("a\\~b\\_c\\-d\\emdash e\\lquote f\\rquote \\{\\}\\\\"), "a\u{A0}b-cd—e‘f’{}\\");
}

#[test]
fn paragraphs_lines_and_headings() {
    assert_eq!(
        seen("\\pard\\s1 Part\\par\\pard {\\b Anna:} yes\\line so\\par {\\b Bo:}\\tab no\\\nmore\\par"),
        ["#|Part", "Anna|yes\nso", "Bo|no", "|more"]
    );
}

#[test]
fn what_is_no_text() {
    let body = "One{\\footnote\\pard foot}{\\*\\annotation note} {\\field{\\*\\fldinst HYPERLINK \"x\"}{\\fldrslt two}}\
        {\\pict 0102}{\\*\\unknown x}{\\deleted gone }{\\v hid}{\\*\\bkmkstart a}\\par {\\listtext 1.}{\\header head\\par}three";
    let reading = reading(body);
    assert_eq!(reading.text, "One two\n\nthree");
    let told = reading.diagnostics.iter().find(|found| found.code == "T034").expect("a note");
    assert_eq!(
        told.message,
        "left out of the text: 1 comment, 1 field code, 1 footnote, 1 head or foot of a page and 1 hidden stretch of word"
    );
}

#[test]
fn tables_give_turns() {
    let row = |name: &str, words: &str| {
        format!("\\trowd\\cellx1\\cellx2\\pard\\intbl {name}\\cell\\pard\\intbl {words}\\cell\\row")
    };
    let body = format!("Before\\par{}{}\\pard After\\par", row("Interviewer", "Well?"), row("Anna", "Yes.\\par So."));
    assert_eq!(seen(&body), ["#|Before", "Interviewer|Well?", "Anna|Yes.", "|So.", "|After"]);
}

#[test]
fn text_boxes_are_kept_once() {
    let shape = "{\\shp{\\*\\shpinst{\\sp{\\sn a}{\\sv b}}{\\shptxt\\pard boxed\\par}}{\\shprslt\\pard boxed\\par}}";
    assert_eq!(text(&format!("One {shape}two\\par")), "One two\n\nboxed");
}

#[test]
fn damage_is_told() {
    let torn = read("a.rtf", b"{\\rtf1 Hello {\\b wor".to_vec()).expect("what there is");
    assert_eq!(torn.text, "Hello wor");
    assert!(torn.diagnostics.iter().any(|found| found.code == "T037"));
    let deep = format!("{{\\rtf1 {}", "{".repeat(100_000));
    assert!(matches!(read("a.rtf", deep.into_bytes()), Err(ReadError::Damaged { .. })));
}
