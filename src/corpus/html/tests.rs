//! Whole pages.

use super::{looks_like, read};
use crate::corpus::transcript::ParagraphKind;

fn seen(page: &str) -> (String, Vec<(String, String)>) {
    let reading = read("a.html", page.as_bytes().to_vec()).expect("a page");
    let paragraphs = reading
        .paragraphs
        .iter()
        .map(|found| {
            let head = if found.kind == ParagraphKind::Heading { "#" } else { found.label.as_deref().unwrap_or("") };
            (head.to_owned(), found.words.of(&reading.text).to_owned())
        })
        .collect();
    (reading.text, paragraphs)
}

fn text(page: &str) -> String {
    seen(page).0
}

fn pairs(page: &str) -> Vec<(String, String)> {
    seen(page).1
}

fn said(label: &str, words: &str) -> (String, String) {
    (label.to_owned(), words.to_owned())
}

#[test]
fn blocks_breaks_and_white_space() {
    assert_eq!(
        text(
            "<html><head><title>T</title></head><body><p>One\n  two<br>three</p>four<div>five<p>six</div>a<b>b</b> <i>c</i> d"
        ),
        "One two\nthree\n\nfour\n\nfive\n\nsix\n\nab c d"
    );
    assert_eq!(text("<p>a&amp;b &eacute;&#8212;&nbsp;x &lt;y&gt;"), "a&b é—\u{A0}x <y>");
    assert_eq!(text("one<br><br>two<br>\n<br>three"), "one\n\ntwo\n\nthree");
}

#[test]
fn what_is_no_text() {
    let page = "<body><nav><ul><li>Home</ul></nav><script>if (a < b) { '<p>' }</script><style>p {}</style><p>One</p>\
                <noscript><p>No</p></noscript><!-- <p>no</p> --><svg><text>no</text></svg><p>two";
    assert_eq!(text(page), "One\n\ntwo");
    assert_eq!(text("<p>One<nav><a>Home</a><p>two"), "One Home\n\ntwo".replace(" Home", "Home"));
}

#[test]
fn a_podcast_names_its_speakers_by_cite() {
    let page = "<cite>Anna:</cite>\n<time>0:00</time>\n<p>Hello there</p>\n<cite>Bo:</cite><time>0:53</time><p>Hello</p>\
                <p>and more</p><cite>Anna:</cite><time>1:02:03</time><p>In <cite>Emma</cite> yes</p>";
    let reading = read("a.html", page.as_bytes().to_vec()).expect("a page");
    let times: Vec<_> = reading.paragraphs.iter().map(|found| found.start_time).collect();
    assert_eq!(times, [Some(0.0), Some(53.0), None, Some(3723.0)]);
    assert_eq!(
        pairs(page),
        [said("Anna", "Hello there"), said("Bo", "Hello"), said("", "and more"), said("Anna", "In Emma yes")]
    );
}

#[test]
fn lists_of_definitions_tables_and_headings() {
    let page = "<h2>Part <i>one</i></h2><dl><dt>Anna<dd>Yes.<dt>Bo<dd>No.<dt>Anna<dd>Oh.</dl>";
    assert_eq!(pairs(page), [said("#", "Part one"), said("Anna", "Yes."), said("Bo", "No."), said("Anna", "Oh.")]);
    let page =
        "<table><tr><th>Speaker<th>Words<tr><td>Anna<td><p>Yes.<p>Well.<tr><td>Bo<td>No.<tr><td>Anna<td>Oh</table>";
    assert_eq!(
        pairs(page),
        [said("#", "Speaker\tWords"), said("Anna", "Yes."), said("", "Well."), said("Bo", "No."), said("Anna", "Oh")]
    );
}

#[test]
fn a_page_of_preformatted_text_is_plain_text() {
    let page = "<html><body><pre>\nTitle\n\nAnna: one\n&amp; two.\n\nBo: three.\n\nAnna: four.\n</pre></body></html>";
    assert!(text(page).contains("Anna: one\n& two.\n\nBo: three."));
}

#[test]
fn pages_that_word_writes() {
    let page = "<html xmlns:o='o'><body><p class=MsoNormal><b>Anna:</b> Well.<o:p></o:p></p><p><o:p>&nbsp;</o:p></p>\
                <p><![if !supportLists]><span>1.</span><![endif]>a point</p><![if !supportLists]>2.<p>next";
    assert_eq!(text(page), "Anna: Well.\n\na point\n\nnext");
}

#[test]
fn encodings_that_a_page_names() {
    let page = b"<html><meta http-equiv=Content-Type content=\"text/html; charset=windows-1252\"><p>caf\xE9 \x93x\x94"
        .to_vec();
    let reading = read("a.html", page).expect("a page");
    assert_eq!(reading.text, "café “x”");
    assert!(reading.diagnostics.iter().all(|found| found.code != "T010"));
}

#[test]
fn pages_by_their_start() {
    for page in
        ["<!DOCTYPE html>", "\u{FEFF} <HTML lang=en>", "<!-- x --><?xml version='1.0'?>\n<!doctype html PUBLIC>"]
    {
        assert!(looks_like(page.as_bytes()), "{page}");
    }
    for text in ["Anna: <html> is a tag", "<p>", "<?xml version='1.0'?><TEI>", "<!-- never closed"] {
        assert!(!looks_like(text.as_bytes()), "{text}");
    }
}

#[test]
fn tags_without_end_cost_linear_time() {
    for unit in
        ["<div>", "<b>", "<table>", "<table><tr><td>", "<pre>", "<nav>", "<p><b><i>", "<cite>x", "</p>", "<time>"]
    {
        let page = format!("{}words", unit.repeat(100_000));
        let _ = read("a.html", page.into_bytes());
    }
}
