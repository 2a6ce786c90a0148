//! Every offset of every coding and hit, checked against the text as another decoder reads it.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde_json::json;

use crate::case::{Book, Case, Row, rows};

/// Two people who speak with emoji of several code points, decomposed letters and no-break spaces.
const TALK: &str = "Interviewer: Was ist 😀 passiert?\n\nÅsa: The 👩‍👩‍👧 storm\u{00a0}came, e\u{301}tait le storm.  Then\nanother \
    storm came 🇸🇪 over us! We trust\n\nthe IT manager; naïve 😀 storm?\n\nInterviewer: Mm-hm. Storm 😱.\n\n\
    Åsa: Nobody [laughs] reads the storm policy.\n";

/// What Latin-1 can say.
const LATIN: &str = "Interviewer: Vad är det för dig?\n\nÅsa: Det är så vi gör här när the storm kommer över oss på \
    kvällen. Vi får inte glömma storm, säger chefen.\n";

fn utf16(text: &str, big: bool) -> Vec<u8> {
    let mark = if big { vec![0xFE, 0xFF] } else { vec![0xFF, 0xFE] };
    let units = text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
    mark.into_iter().chain(units).collect()
}

/// Files of one name each, and the encoding that another decoder is to read them by.
fn files() -> Vec<(&'static str, Vec<u8>, &'static Encoding)> {
    let windows = |text: &str| text.replace('\n', "\r\n");
    let marked = |text: &str| [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    vec![
        ("plain", TALK.as_bytes().to_vec(), UTF_8),
        ("mac", TALK.replace('\n', "\r").into_bytes(), UTF_8),
        ("mark", marked(TALK), UTF_8),
        ("mark-windows", marked(&windows(TALK)), UTF_8),
        ("windows", windows(TALK).into_bytes(), UTF_8),
        ("utf16-big", utf16(&windows(TALK), true), UTF_16BE),
        ("utf16-little", utf16(TALK, false), UTF_16LE),
        ("latin", WINDOWS_1252.encode(&windows(LATIN)).0.into_owned(), WINDOWS_1252),
    ]
}

fn case() -> (Case, BTreeMap<String, String>) {
    let segment = |id: &str, segment: &str, patterns: serde_json::Value| json!({"id": id, "theme": "t", "tracks": ["m"], "label": id, "segment": segment, "patterns": patterns});
    let book = Book::new()
        .entry(segment("storm", "sentence", json!(["storm", "(the | another) [0..2] storm"])))
        .entry(segment("trust", "turn", json!(["trust [0..3] manager", "nobody reads"])))
        .entry(segment("over", "exchange", json!(["came BEFORE/9 us", "kvällen [0..4] glömma"])))
        .entry(segment("first", "match", json!(["/.+/"])));
    let book = book.with("case", json!("insensitive"));
    let case = Case::new();
    let mut texts = BTreeMap::new();
    for (name, bytes, encoding) in files() {
        case.write(&format!("corpus/{name}.txt"), &bytes);
        let (text, _, damaged) = encoding.decode(&bytes);
        assert!(!damaged, "{name}");
        texts.insert(name.to_owned(), text.replace("\r\n", "\n").replace('\r', "\n"));
    }
    (case.book(book), texts)
}

fn number(row: &Row, column: &str) -> usize {
    row[column].parse().unwrap_or_else(|_| panic!("{column}: {}", row[column]))
}

fn chars(text: &str, start: usize, end: usize) -> String {
    assert!(start < end && end <= text.chars().count(), "[{start}, {end}) of {}", text.chars().count());
    text.chars().skip(start).take(end - start).collect()
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn check(row: &Row, text: &str) {
    let (start, end) = (number(row, "start_char"), number(row, "end_char"));
    let by_chars = chars(text, start, end);
    let by_bytes = &text[number(row, "start_byte")..number(row, "end_byte")];
    assert_eq!(by_chars, by_bytes, "{row:?}");
    assert_eq!(collapsed(&by_chars), row["text"], "{row:?}");
    assert_eq!(text.char_indices().nth(start).map(|(byte, _)| byte), Some(number(row, "start_byte")));
}

#[test]
fn every_coding_can_be_cut_out_of_its_text() {
    let (case, texts) = case();
    case.run("out", &[]).exits(0);
    let codings = case.rows("out", "codings");
    for document in texts.keys() {
        let of_document = codings.iter().filter(|row| row["document"] == *document);
        assert!(of_document.count() > 5, "{document}");
    }
    let turns = case.rows("out", "turns");
    for coding in &codings {
        let text = &texts[&coding["document"]];
        check(coding, text);
        let (from, to) = (number(coding, "segment_start_char"), number(coding, "segment_end_char"));
        assert!(from <= number(coding, "start_char") && number(coding, "end_char") <= to, "{coding:?}");
        let passage = chars(text, from, to);
        assert_eq!(passage, passage.trim(), "a segment begins and ends with what is said");
        let turn = turns
            .iter()
            .find(|turn| turn["document"] == coding["document"] && turn["turn"] == coding["turn"])
            .expect("its turn");
        let (turn_start, turn_end) = (number(turn, "start_char"), number(turn, "end_char"));
        match coding["code"].as_str() {
            "first" => assert_eq!((from, to), (number(coding, "start_char"), number(coding, "end_char"))),
            "trust" => assert_eq!((from, to), (turn_start, turn_end)),
            "storm" => assert!(turn_start <= from && to <= turn_end),
            _ => assert!(from <= turn_start && turn_end <= to),
        }
    }
    // Documents of the same text have the same codings, however the text came.
    let places = |document: &str| {
        let mine = codings.iter().filter(|row| row["document"] == document);
        mine.map(|row| (row["code"].clone(), number(row, "start_char"), number(row, "start_byte"))).collect::<Vec<_>>()
    };
    for (document, text) in texts.iter().filter(|(_, text)| *text == TALK) {
        assert_eq!(places(document), places("plain"), "{document}: {text}");
    }
    let hashes: Vec<_> = case
        .rows("out", "documents")
        .into_iter()
        .map(|row| (row["text_sha256"].clone(), row["document"].clone()))
        .collect();
    let same = |document: &str| hashes.iter().find(|(_, id)| id == document).map(|(hash, _)| hash.clone());
    assert_eq!(same("utf16-big"), same("plain"));
    assert_eq!(same("mac"), same("mark-windows"));
    assert_ne!(same("latin"), same("plain"));
}

#[test]
fn every_hit_can_be_cut_out_of_its_text() {
    let (case, texts) = case();
    case.index("store", &[]).exits(0);
    for pattern in ["storm", "/.+/", "(came | trust) [0..6] (storm | manager)", "là | naïve | était | kvällen"] {
        let args = ["query", "--store", "store", pattern, "--format", "csv"];
        let hits = rows(&case.qualcode(&args).exits(0).stdout);
        assert!(!hits.is_empty(), "{pattern}");
        for hit in &hits {
            let text = &texts[&hit["document"]];
            check_hit(hit, text);
        }
    }
}

/// As [`check`], but the white space at the ends of the context is kept as one space.
fn check_hit(hit: &Row, text: &str) {
    check(hit, text);
    let start = number(hit, "start_byte");
    let before = collapsed(&text[..start]);
    assert!(before.ends_with(hit["left"].trim()), "{hit:?}");
    let after = collapsed(&text[number(hit, "end_byte")..]);
    assert!(after.starts_with(hit["right"].trim()), "{hit:?}");
}
