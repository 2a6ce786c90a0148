//! Whole documents.

use super::read;
use crate::corpus::package::tests::packed;
use crate::corpus::read::{ReadError, Reading};
use crate::corpus::transcript::ParagraphKind;

const STYLES: &str = r#"<w:styles xmlns:w="x"><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
    <w:style w:styleId="Namn"><w:name w:val="Namn"/><w:rPr><w:b/></w:rPr></w:style><w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style></w:styles>"#;

fn xml(body: &str, namespace: &str) -> String {
    format!(
        "<?xml version='1.0'?><w:document xmlns:w='{namespace}' xmlns:mc='m' xmlns:wps='s' xmlns:v='v'><w:body>{body}</w:body></w:document>"
    )
}

fn document(body: &str) -> Vec<u8> {
    let document = xml(body, "http://schemas.openxmlformats.org/wordprocessingml/2006/main");
    let head = "<w:hdr xmlns:w='x'><w:p><w:r><w:t>Interview 4</w:t></w:r></w:p></w:hdr>";
    packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
        ("word/styles.xml", STYLES.as_bytes()),
        ("word/header1.xml", head.as_bytes()),
        ("word/footer1.xml", b"<w:ftr xmlns:w='x'><w:p/></w:ftr>"),
    ])
}

fn reading(body: &str) -> Reading {
    read("a.docx", document(body)).expect("a document")
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
            let time = found.start_time.map(|time| format!("@{time}")).unwrap_or_default();
            format!("{head}{time}|{}", found.words.of(&reading.text))
        })
        .collect()
}

/// A paragraph of one run.
fn p(words: &str) -> String {
    format!("<w:p><w:r><w:t xml:space='preserve'>{words}</w:t></w:r></w:p>")
}

/// A paragraph that begins in bold.
fn bold(name: &str, words: &str) -> String {
    format!(
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{name}</w:t></w:r><w:r><w:t xml:space='preserve'>{words}</w:t></w:r></w:p>"
    )
}

#[test]
fn breaks_tabs_and_hyphens() {
    let body = "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>One</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t><w:cr/>\
        <w:t>co</w:t><w:noBreakHyphen/><w:t>op in</w:t><w:softHyphen/><w:t>fo</w:t><w:sym w:font='Arial' w:char='00E9'/><w:sym w:font='Wingdings' w:char='F04A'/></w:r></w:p>";
    let found = reading(body);
    assert_eq!(found.text, "One\ntwo\tthree\nco-op infoé");
    let told = found.diagnostics.iter().find(|found| found.code == "T034").expect("a note");
    assert_eq!(told.message, "left out of the text: 1 head or foot of a page and 1 symbol of a picture font");
}

#[test]
fn tracked_changes_are_as_if_accepted() {
    let body = "<w:p><w:r><w:t xml:space='preserve'>We </w:t></w:r><w:del><w:r><w:delText>lost</w:delText></w:r></w:del>\
        <w:ins><w:r><w:t>found</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t xml:space='preserve'> it</w:t></w:r></w:moveTo></w:p>\
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>One </w:t></w:r></w:p><w:p><w:r><w:t>line.</w:t></w:r></w:p>";
    assert_eq!(text(body), "We found it\n\nOne line.");
}

#[test]
fn fields_notes_and_hidden_words_are_left_out_and_told() {
    let body = "<w:p><w:r><w:t xml:space='preserve'>See </w:t></w:r><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>HYPERLINK x</w:instrText></w:r>\
        <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>here</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>\
        <w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:endnoteReference w:id='2'/></w:r><w:r><w:commentReference w:id='1'/></w:r>\
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>\
        <w:p><w:pPr><w:pStyle w:val='TOC1'/></w:pPr><w:r><w:t>Part one 3</w:t></w:r></w:p>";
    let found = reading(body);
    assert_eq!(found.text, "See here");
    let told = found.diagnostics.iter().find(|found| found.code == "T034").expect("a note");
    assert_eq!(
        told.message,
        "left out of the text: 1 comment, 1 endnote, 1 field code, 1 footnote, 1 head or foot of a page, \
         1 hidden stretch of word and 1 line of a table of contents"
    );
}

#[test]
fn a_text_box_comes_once() {
    let inner = "<w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent>";
    let body = format!(
        "<w:p><w:r><w:t>One</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{inner}</wps:txbx></mc:Choice>\
         <mc:Fallback><v:textbox>{inner}</v:textbox></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t xml:space='preserve'> two</w:t></w:r></w:p>"
    );
    assert_eq!(text(&body), "One two\n\nboxed");
}

#[test]
fn headings_by_their_style() {
    let heading = "<w:p><w:pPr><w:pStyle w:val='berschrift1'/></w:pPr><w:r><w:t>Part</w:t></w:r></w:p>";
    let level = "<w:p><w:pPr><w:outlineLvl w:val='1'/></w:pPr><w:r><w:t>Two</w:t></w:r></w:p>";
    let body = format!("{heading}{}{level}{}", p("Anna: yes"), p("Anna: no"));
    assert_eq!(seen(&body), ["#|Part", "Anna|yes", "#|Two", "Anna|no"]);
}

#[test]
fn bold_names_by_run_and_by_style() {
    let body = [
        bold("Anna", " yes"),
        bold("Bo", "\tno"),
        bold("Anna", "  oh"),
        p("and so"),
        bold("BO", ""),
        p("mm"),
        bold("BO", ""),
        p("so"),
    ];
    let body = body.concat().replace("\t", "</w:t><w:tab/><w:t>");
    assert_eq!(seen(&body), ["Anna|yes", "Bo|no", "Anna|oh", "|and so", "BO|mm", "BO|so"]);
    let styled = |name: &str| format!("<w:p><w:pPr><w:pStyle w:val='Namn'/></w:pPr><w:r><w:t>{name}</w:t></w:r></w:p>");
    let body = [styled("Anna"), p("yes"), styled("Bo"), p("no"), styled("Anna"), p("oh")].concat();
    assert_eq!(seen(&body), ["Anna|yes", "Bo|no", "Anna|oh"]);
}

#[test]
fn names_with_times_as_meeting_programs_write_them() {
    let turn = |head: &str, words: &str| {
        format!("<w:p><w:r><w:t xml:space='preserve'>{head}</w:t><w:br/><w:t>{words}</w:t></w:r></w:p>")
    };
    let body = [
        turn("Anna Berg   0:03", "Hello."),
        turn("Bo Ek   1:00:05", "Hello: you."),
        turn("Anna Berg   1:01:00", "So."),
    ];
    assert_eq!(seen(&body.concat()), ["Anna Berg@3|Hello.", "Bo Ek@3605|Hello: you.", "Anna Berg@3660|So."]);
    let apart = [
        p("Anna Berg  00:03"),
        p("Hello."),
        p("Bo Ek  00:05"),
        p("Hi."),
        p("[00:07] Anna Berg: So."),
        p("Bo Ek (00:09): Mm."),
    ];
    assert_eq!(
        seen(&apart.concat()),
        ["Anna Berg@3|", "|Hello.", "Bo Ek@5|", "|Hi.", "Anna Berg@7|So.", "Bo Ek@9|Mm."]
    );
    let bold_heads = [
        bold("Anna Berg", "   0:03"),
        p("Hello."),
        bold("Bo Ek", "   0:05"),
        p("Hi."),
        bold("Anna Berg", "   0:07"),
        p("So."),
    ];
    assert_eq!(seen(&bold_heads.concat()), ["Anna Berg@3|Hello.", "Bo Ek@5|Hi.", "Anna Berg@7|So."]);
}

#[test]
fn tables_give_turns() {
    let row = |cells: [&str; 2]| {
        let cells = cells.map(|cell| format!("<w:tc><w:tcPr/>{}</w:tc>", p(cell)));
        format!("<w:tr>{}</w:tr>", cells.concat())
    };
    let rows = [row(["INT", "Well?"]), row(["Anna", "Yes. It is: so."]), row(["", "And so."]), row(["INT", "Mm."])];
    let body = format!("{}<w:tbl><w:tblPr/>{}</w:tbl>{}", p("Interview 4"), rows.concat(), p("End"));
    assert_eq!(seen(&body), ["#|Interview 4", "INT|Well?", "Anna|Yes. It is: so.", "|And so.", "INT|Mm.", "|End"]);
}

#[test]
fn strict_documents_and_odd_places() {
    let document = xml(&p("Hello"), "http://purl.oclc.org/ooxml/wordprocessingml/main");
    let relations = "<Relationships><Relationship Type='http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument' Target='/w/main.xml'/></Relationships>";
    let file = packed(&[("_rels/.rels", relations.as_bytes()), ("w/main.xml", document.as_bytes())]);
    assert_eq!(read("a.docx", file).expect("a document").text, "Hello");
}

#[test]
fn what_cannot_be_read_says_why() {
    let error = read("a.docx", packed(&[("x", b"y")])).expect_err("no document");
    assert_eq!(error.to_string(), "the file cannot be read as Word: it has no document inside");
    let bomb = packed(&[("word/document.xml", &vec![b' '; 64 << 20])]);
    assert!(matches!(read("a.docx", bomb), Err(ReadError::Inflates { .. })));
    let deep = packed(&[("word/document.xml", "<w:p>".repeat(100_000).as_bytes())]);
    assert!(matches!(read("a.docx", deep), Err(ReadError::Damaged { .. })));
    assert!(matches!(read("a.docx", document("")), Err(ReadError::Empty)));
    let entities = format!("<!DOCTYPE a [<!ENTITY b 'ha'>]>{}", xml(&p("x &b; y"), "x"));
    let found = read("a.docx", packed(&[("word/document.xml", entities.as_bytes())])).expect("a document");
    assert_eq!(found.text, "x &b; y");
    assert!(found.diagnostics.iter().any(|found| found.code == "T035"));
}
