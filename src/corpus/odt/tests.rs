//! Whole documents.

use super::{looks_like, read};
use crate::corpus::package::tests::packed;
use crate::corpus::read::{ReadError, Reading};
use crate::corpus::transcript::ParagraphKind;

const STYLES: &str = r#"<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
    <style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>
    <style:style style:name="P2" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>
    <style:style style:name="T2" style:family="text"><style:text-properties fo:font-weight="normal"/></style:style>"#;

fn content(body: &str) -> String {
    format!(
        "<?xml version='1.0'?><office:document-content xmlns:office='o' xmlns:text='t' xmlns:style='s' xmlns:fo='f' \
         xmlns:table='b' xmlns:draw='d' xmlns:dc='c'><office:automatic-styles>{STYLES}</office:automatic-styles>\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
}

fn document(body: &str) -> Vec<u8> {
    let kind = b"application/vnd.oasis.opendocument.text";
    packed(&[("mimetype", kind), ("content.xml", content(body).as_bytes())])
}

fn reading(body: &str) -> Reading {
    read("a.odt", document(body)).expect("a document")
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
fn white_space_tabs_and_breaks() {
    let body = "<text:p> One\n   two <text:s text:c='3'/>three<text:tab/>four<text:line-break/>fi<text:span>ve</text:span></text:p><text:p/>\
                <text:list><text:list-item><text:p>six</text:p></text:list-item></text:list>";
    assert_eq!(reading(body).text, "One two    three\tfour\nfive\n\nsix");
}

#[test]
fn titles_headings_and_bold_names() {
    let body = "<text:p text:style-name='P1'>Talk</text:p><text:h>Part</text:h>\
        <text:p><text:span text:style-name='T1'>Anna</text:span> yes</text:p><text:p text:style-name='P2'>Bo <text:span text:style-name='T2'>no</text:span></text:p>\
        <text:p><text:span text:style-name='T1'>Anna</text:span> oh</text:p><text:p text:style-name='P2'>Bo</text:p><text:p>mm</text:p>";
    assert_eq!(seen(body), ["#|Talk", "#|Part", "Anna|yes", "Bo|no", "Anna|oh", "Bo|mm"]);
}

#[test]
fn what_is_left_out_is_told() {
    let body = "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>\
        <text:p>One<text:note text:note-class='footnote'><text:note-body><text:p>foot</text:p></text:note-body></text:note> two\
        <office:annotation><dc:creator>X</dc:creator><text:p>remark</text:p></office:annotation>.<text:change text:change-id='1'/></text:p>";
    let reading = reading(body);
    assert_eq!(reading.text, "One two.");
    let told: Vec<_> = reading.diagnostics.iter().filter(|found| found.code == "T034").collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].message, "left out of the text: 1 comment and 1 footnote");
}

#[test]
fn tables_and_boxes() {
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let row = |name: &str, words: &str| format!("<table:table-row>{}{}</table:table-row>", cell(name), cell(words));
    let body = format!(
        "<table:table>{}{}</table:table><text:p>A<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame>B</text:p>",
        row("Interviewer", "Well?"),
        row("Anna", "Yes.")
    );
    assert_eq!(seen(&body), ["Interviewer|Well?", "Anna|Yes.", "|AB", "|box"]);
}

#[test]
fn flat_and_encrypted_documents() {
    let flat = content("<text:p>Flat</text:p>")
        .replace("office:document-content", "office:document")
        .replace("xmlns:office='o'", "xmlns:office='o' office:mimetype='application/vnd.oasis.opendocument.text'");
    assert!(looks_like(flat.as_bytes()));
    assert_eq!(read("a.fodt", flat.into_bytes()).expect("a document").text, "Flat");
    assert!(looks_like(&document("<text:p>x</text:p>")));
    let manifest = b"<manifest:manifest xmlns:manifest='m'><manifest:encryption-data/></manifest:manifest>";
    let locked = packed(&[("META-INF/manifest.xml", manifest), ("content.xml", b"\x00\x01")]);
    assert!(matches!(read("a.odt", locked), Err(ReadError::Locked { .. })));
}
