//! Word processors' files and web pages that are torn, malicious, or under a wrong name; and words that must all
//! come through.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::select;
use proptest::test_runner::Config;
use qualcode::corpus::{self, FileBytes, Format, Paragraph, ReadError, Transcript};
use qualcode::diagnostic::{Collected, Diagnostic, Severity};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Turns whose words take different ways: several runs, breaks, cells, marks of other alphabets.
const TURNS: &[(&str, &str)] = &[
    ("Interviewer", "What happened that morning, then?"),
    ("Anna Berg", "The naïve plan — “as agreed” — fell through; 日本 and Привет came later."),
    ("Interviewer", "Was it 10:30 or later?"),
    ("Anna Berg", "Later. One thing: nobody knew. R&D < sales, they said."),
    ("Bo", "Mm. [laughs] Well…"),
    ("Interviewer", "So?"),
    ("Bo", "So it was."),
];

const ODT_NAMES: &str = "xmlns:office='o' xmlns:text='t' xmlns:style='s' xmlns:fo='f'";

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        // OpenDocument wants its type unpacked, so that it can be seen.
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).expect("a part");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("an archive").into_inner()
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;")
}

fn docx_of(body: &str) -> Vec<u8> {
    let document = format!("<w:document xmlns:w='x'><w:body>{body}</w:body></w:document>");
    archive(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())])
}

fn docx() -> Vec<u8> {
    let turn = |(name, words): &(&str, &str)| {
        format!(
            "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{name}:</w:t></w:r><w:r><w:t xml:space='preserve'> {}</w:t></w:r></w:p>",
            escaped(words)
        )
    };
    docx_of(&TURNS.iter().map(turn).collect::<String>())
}

fn odt_of(body: &str) -> Vec<u8> {
    let bold =
        "<style:style style:name='B' style:family='text'><style:text-properties fo:font-weight='bold'/></style:style>";
    let content = format!(
        "<office:document-content {ODT_NAMES}><office:automatic-styles>{bold}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    archive(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())])
}

fn odt() -> Vec<u8> {
    let turn = |(name, words): &(&str, &str)| {
        format!("<text:p><text:span text:style-name='B'>{name}</text:span> {}</text:p>", escaped(words))
    };
    odt_of(&TURNS.iter().map(turn).collect::<String>())
}

fn rtf() -> Vec<u8> {
    let mut file = "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Times;}}".to_owned();
    for (name, words) in TURNS {
        let _ = write!(file, "\\pard {{\\b {name}}}\\tab ");
        for unit in words.encode_utf16() {
            match u8::try_from(unit).ok().filter(u8::is_ascii) {
                Some(byte) => file.push(char::from(byte)),
                None => {
                    let _ = write!(file, "\\u{}?", unit as i16);
                }
            }
        }
        file.push_str("\\par\r\n");
    }
    file.push('}');
    file.into_bytes()
}

fn html() -> Vec<u8> {
    let turn = |(name, words): &(&str, &str)| format!("<tr><td>{name}</td><td>{}</td></tr>\n", escaped(words));
    let rows: String = TURNS.iter().map(turn).collect();
    format!("<!DOCTYPE html><html><head><title>x</title></head><body><table>{rows}</table></body></html>").into_bytes()
}

fn parse(name: &str, format: Format, bytes: Vec<u8>) -> Result<(Transcript, Vec<Diagnostic>), ReadError> {
    let read = corpus::parse("a", name, format, FileBytes::new(bytes));
    if let Ok((transcript, _)) = &read {
        assert_sound(transcript);
    }
    read
}

/// Paragraphs are ascending, apart, on character boundaries, trimmed, and hold all words but labels and times.
fn assert_sound(transcript: &Transcript) {
    let mut end = 0;
    for Paragraph { words, silent, .. } in &transcript.paragraphs {
        assert!(words.start >= end);
        end = words.end;
        let said = words.of(&transcript.text);
        assert_eq!(said, said.trim());
        for span in silent {
            assert!(words.contains(*span));
            let _ = span.of(&transcript.text);
        }
    }
    assert!(end as usize <= transcript.text.len());
}

fn counted<'a>(words: impl IntoIterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    words.into_iter().flat_map(str::split_whitespace).for_each(|word| *counts.entry(word).or_default() += 1);
    counts
}

type Case = (&'static str, Format, fn() -> Vec<u8>);

const FILES: &[Case] = &[
    ("a.docx", Format::Docx, docx),
    ("a.odt", Format::Odt, odt),
    ("a.rtf", Format::Rtf, rtf),
    ("a.html", Format::Html, html),
];

#[test]
fn every_word_comes_through_under_its_speaker() {
    for (name, format, file) in FILES {
        let (transcript, told) = parse(name, *format, file()).expect("a transcript");
        let turns: Vec<_> = transcript
            .paragraphs
            .iter()
            .map(|found| (found.label.as_deref().unwrap_or(""), found.words.of(&transcript.text)))
            .collect();
        assert_eq!(turns, TURNS, "{name}");
        assert!(told.is_empty(), "{name} {told:?}");
        let labels: Vec<_> = TURNS.iter().map(|(label, _)| format!("{label}:")).collect();
        let wanted = labels.iter().map(String::as_str).chain(TURNS.iter().map(|(_, words)| *words));
        assert_eq!(counted([transcript.text.as_str()]), counted(wanted), "{name}");
    }
}

#[test]
fn torn_files_end_in_a_message() {
    for (name, format, file) in FILES {
        let whole = file();
        for part in 0..50 {
            let torn = whole[..whole.len() * part / 50].to_vec();
            let read = parse(name, *format, torn);
            if let Err(error) = &read {
                let told = error.diagnostic(name);
                assert!(!told.mend.is_empty() && told.severity == Severity::Skipped, "{told:?}");
            } else if matches!(format, Format::Docx | Format::Odt) {
                panic!("{name}: {part}/50 of an archive was read");
            }
        }
    }
}

#[test]
fn a_flipped_bit_never_stops_the_program() {
    for (name, format, file) in FILES {
        let whole = file();
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << (at % 8);
            let _ = parse(name, *format, flipped);
        }
    }
}

#[test]
fn nesting_without_end() {
    let deep = "<w:tbl><w:tr><w:tc>".repeat(100_000);
    assert!(matches!(parse("a.docx", Format::Docx, docx_of(&deep)), Err(ReadError::Damaged { .. })));
    assert!(matches!(
        parse("a.odt", Format::Odt, odt_of(&"<text:span>".repeat(100_000))),
        Err(ReadError::Damaged { .. })
    ));
    let tables = format!("<html>{}deep", "<table><tr><td>".repeat(100_000));
    assert_eq!(parse("a.html", Format::Html, tables.into_bytes()).expect("a page").0.text, "deep");
}

#[test]
fn bombs_are_given_up() {
    let spaces = vec![b' '; 40 << 20];
    for (name, format, part) in [("a.docx", Format::Docx, "word/document.xml"), ("a.odt", Format::Odt, "content.xml")] {
        let error = parse(name, format, archive(&[(part, &spaces)])).expect_err("a bomb");
        assert_eq!(error.diagnostic(name).code, "T032");
    }
    let entities: String = (1..30).map(|level| format!("<!ENTITY e{level} '&e{0};&e{0};'>", level - 1)).collect();
    let bomb = format!(
        "<!DOCTYPE w [<!ENTITY e0 'ha'>{entities}]><w:document xmlns:w='x'><w:body><w:p><w:r><w:t>&e29;</w:t></w:r></w:p></w:body></w:document>"
    );
    let (transcript, told) =
        parse("a.docx", Format::Docx, archive(&[("word/document.xml", bomb.as_bytes())])).expect("text");
    assert_eq!(transcript.text, "&e29;");
    assert!(told.iter().any(|found| found.code == "T035"));
}

#[test]
fn a_wrong_name_does_not_matter() {
    for (_, format, file) in FILES {
        for (name, named) in
            [("a.doc", Format::Docx), ("a.rtf", Format::Rtf), ("a.txt", Format::Text), ("a.html", Format::Html)]
        {
            let (transcript, told) = parse(name, named, file()).expect("a transcript");
            assert_eq!(transcript.format, *format, "{name}");
            assert_eq!(told.iter().any(|found| found.code == "T030"), named != *format, "{name} {told:?}");
        }
    }
    let (plain, told) = parse("a.docx", Format::Docx, b"Anna: Yes.\n\nBo: No.\n\nAnna: So.\n".to_vec()).expect("text");
    assert_eq!((plain.format, plain.paragraphs.len()), (Format::Text, 3));
    assert_eq!(told[0].mend, "give the file's name the ending .txt");
}

#[test]
fn files_without_a_known_ending_are_told_by_their_content() {
    let folder = tempfile::tempdir().expect("a folder");
    let old =
        [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 600], b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"].concat();
    for (name, bytes) in [
        ("P01", docx()),
        ("P02.final", rtf()),
        ("P03.doc", old),
        ("P04", b"Anna: words of no certain format".to_vec()),
        ("README", html()),
        ("talk.mp3", b"ID3\x04".to_vec()),
        ("talk.txt", b"RIFF\x24\0\0\0WAVEfmt ".to_vec()),
        ("face.png", b"\x89PNG".to_vec()),
        ("P05.pages", b"PK\x03\x04".to_vec()),
    ] {
        std::fs::write(folder.path().join(name), bytes).expect("a file");
    }
    let report = Collected::default();
    let found = corpus::discover(&[folder.path().to_owned()], &[], &report).expect("transcripts");
    let read: Vec<_> = found.files.iter().flat_map(|file| corpus::read(&found, file, &report)).collect();
    let ids: Vec<_> = read.iter().map(|read| (read.id.as_str(), read.format)).collect();
    assert_eq!(ids, [("P01", Format::Docx), ("P02.final", Format::Rtf)]);
    let told = report.into_sorted();
    let codes: Vec<_> = told.iter().map(|found| (found.path.as_str(), found.code, found.severity)).collect();
    assert_eq!(
        codes,
        [
            ("P01", "T036", Severity::Note),
            ("P02.final", "T036", Severity::Note),
            ("P03.doc", "T033", Severity::Skipped),
            ("P04", "T002", Severity::Note),
            ("P05.pages", "T033", Severity::Skipped),
            ("face.png", "T033", Severity::Note),
            ("talk.mp3", "T033", Severity::Note),
            ("talk.txt", "T033", Severity::Skipped),
        ]
    );
    assert!(told[2].mend.contains(".docx") && told[6].mend.contains("transcribe"));
}

/// Scraps of a format, which make files that no program would write.
fn soup(scraps: &'static [&'static str]) -> impl Strategy<Value = String> {
    vec(select(scraps), 0..60).prop_map(|scraps| scraps.concat())
}

const XML: &[&str] = &[
    "<w:p>",
    "</w:p>",
    "<w:p/>",
    "<w:r>",
    "</w:r>",
    "<w:t>",
    "</w:t>",
    "Anna: ",
    "Bo",
    " words",
    "<w:b/>",
    "<w:rPr>",
    "</w:rPr>",
    "<w:pPr>",
    "</w:pPr>",
    "<w:del>",
    "</w:del>",
    "<w:del/>",
    "<w:tbl>",
    "</w:tbl>",
    "<w:tr>",
    "</w:tr>",
    "<w:tc>",
    "</w:tc>",
    "<w:txbxContent>",
    "</w:txbxContent>",
    "<w:tab/>",
    "<w:br/>",
    "<w:vanish/>",
    "&amp;",
    "&x;",
    "&#0;",
    "<w:pStyle w:val='Title'/>",
    "<w:sym w:char='F0'/>",
    "é",
    "0:12",
];
/// Elements that are whole, so that the file is read to its end.
const WHOLE: &[&str] = &[
    "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Anna</w:t></w:r><w:r><w:t> one</w:t></w:r></w:p>",
    "<w:p><w:r><w:t>Bo: two</w:t></w:r></w:p>",
    "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Cé</w:t></w:r></w:p>",
    "<w:p><w:r><w:t>three</w:t><w:br/><w:t>Bo: four</w:t></w:r></w:p>",
    "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>five </w:t></w:r></w:p>",
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Anna</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>six</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    "<w:p><w:r><w:t>0:12</w:t></w:r></w:p>",
    "<w:p><w:r><w:t>DAN</w:t><w:tab/><w:t>seven</w:t></w:r></w:p>",
];
const RTF: &[&str] = &[
    "{",
    "}",
    "\\b ",
    "\\b0 ",
    "\\par ",
    "\\cell ",
    "\\row ",
    "\\trowd ",
    "\\intbl ",
    "\\pard ",
    "\\u233?",
    "\\u-10179?",
    "\\'e9",
    "\\'",
    "\\*",
    "\\footnote ",
    "{\\fonttbl{\\f1\\fcharset128 x;}}",
    "\\f1 ",
    "\\uc9 ",
    "\\bin9 ",
    "\\shptxt ",
    "\\deleted ",
    "\\v ",
    "Anna: ",
    "words ",
    "\\line ",
    "\\tab ",
    "\\header ",
    "\\stylesheet ",
    "é",
    "\\",
];
const HTML: &[&str] = &[
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "</td>",
    "<cite>",
    "</cite>",
    "<time>",
    "0:12",
    "</time>",
    "<dt>",
    "<dd>",
    "<pre>",
    "</pre>",
    "\n",
    "\n\n",
    "<br>",
    "Anna:",
    " words",
    "&eacute;",
    "<nav>",
    "</nav>",
    "<script>",
    "</script>",
    "<h1>",
    "</h1>",
    "<!--",
    "-->",
    "<",
    "&",
    "é",
    "<svg/>",
    "<title>",
    "</title>",
];

proptest! {
    #![proptest_config(Config::with_cases(400))]

    #[test]
    fn no_soup_stops_the_program(xml in soup(XML), rtf in soup(RTF), html in soup(HTML)) {
        let _ = parse("a.docx", Format::Docx, docx_of(&xml));
        let _ = parse("a.odt", Format::Odt, odt_of(&xml.replace("w:", "text:")));
        let _ = parse("a.rtf", Format::Rtf, format!("{{\\rtf1 {rtf}").into_bytes());
        let _ = parse("a.html", Format::Html, html.into_bytes());
    }

    #[test]
    fn no_bytes_stop_the_program(bytes in vec(any::<u8>(), 0..300)) {
        for (name, format, _) in FILES {
            let _ = parse(name, *format, bytes.clone());
            let _ = parse(name, *format, [b"{\\rtf1 ".as_slice(), &bytes].concat());
            let _ = parse(name, *format, [b"PK\x03\x04".as_slice(), &bytes].concat());
        }
    }

    /// Colons and brackets may be put to names and times; no word is lost and none is doubled.
    #[test]
    fn no_word_is_lost(blocks in soup(WHOLE)) {
        let bare = |text: &str| -> Vec<String> {
            let is_mark = |c: char| matches!(c, ':' | '[' | ']');
            let mut words: Vec<_> = text.split_whitespace().map(|word| word.replace(is_mark, "")).collect();
            words.sort();
            words
        };
        let text = blocks.replace("</w:p>", " ").replace("<w:br/>", " ").replace("<w:tab/>", " ");
        let wanted = regex::Regex::new("<[^>]*>").expect("a pattern").replace_all(&text, "").into_owned();
        match parse("a.docx", Format::Docx, docx_of(&blocks)) {
            Ok((transcript, _)) => prop_assert_eq!(bare(&transcript.text), bare(&wanted)),
            Err(_) => prop_assert!(wanted.trim().is_empty()),
        }
    }
}
