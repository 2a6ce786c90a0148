//! Any bytes, read as a transcript: no reader may panic, hang, or take memory without bound, and what it makes of the
//! bytes must keep the promises of `Transcript` and `Passage`.
//!
//! `READER` in the environment names the format, as `Format::as_str` has it. The archives of word processors and
//! spreadsheets would hide their XML from a fuzzer behind sums and deflate; so an input that begins with `%%part ` is
//! packed first: each line `%%part NAME` begins the part of that name.
//!
//! ```text
//! python3 tests/fuzz/seeds.py CORPUS seeds
//! READER=docx cargo +nightly fuzz run --fuzz-dir tests/fuzz reader seeds/docx -- -max_total_time=600 -timeout=10
//! ```
//!
//! What it finds belongs into the tests of the readers. It needs cargo-fuzz and a nightly compiler, so `cargo test` and
//! `.ci/run` leave it alone.
//!
//! The readers stand on L0 only and are compiled here by themselves: the whole crate would take a quarter of an hour.

#![no_main]
#![allow(dead_code, unused_imports, reason = "parts of the library, without what uses them")]

#[path = "../../src/corpus/mod.rs"]
mod corpus;
#[path = "../../src/diagnostic.rs"]
mod diagnostic;
#[path = "../../src/segment/mod.rs"]
mod segment;
#[path = "../../src/text/mod.rs"]
mod text;

use std::io::{Cursor, Write};
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use corpus::{FileBytes, Format, Transcript};
use segment::Passage;
use text::{ByteSpan, SentenceSplitter};

const PART: &[u8] = b"%%part ";

static FORMAT: LazyLock<Format> = LazyLock::new(|| {
    let name = std::env::var("READER").expect("READER names a format, such as docx");
    Format::parse(&name).expect("a format that qualcode reads")
});
static SPLITTER: LazyLock<SentenceSplitter> = LazyLock::new(|| SentenceSplitter::new("en").expect("English is known"));

fuzz_target!(|data: &[u8]| {
    let bytes = if data.starts_with(PART) { packed(data) } else { data.to_vec() };
    let path = format!("fuzzed.{}", FORMAT.as_str());
    let read = corpus::parse("fuzzed", &path, *FORMAT, FileBytes::new(bytes));
    if let Ok((transcript, diagnostics)) = read {
        assert!(diagnostics.iter().all(|told| !told.message.is_empty()), "a diagnostic that says nothing");
        check_paragraphs(&transcript);
        check_passages(&transcript, &segment::by_turn(&transcript, &SPLITTER));
    }
});

/// An archive of the parts that `data` lists.
fn packed(data: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut rest = data;
    while let Some(part) = rest.strip_prefix(PART) {
        let end = (1..part.len()).find(|&at| part[at - 1] == b'\n' && part[at..].starts_with(PART));
        let (part, next) = part.split_at(end.unwrap_or(part.len()));
        rest = next;
        let at = part.iter().position(|&byte| byte == b'\n').unwrap_or(part.len());
        let name = String::from_utf8_lossy(&part[..at]);
        // Two parts of one name are refused, and cannot be in an archive.
        if archive.start_file(name, options).is_ok() {
            archive.write_all(part.get(at + 1..).unwrap_or_default()).expect("memory takes what is written");
        }
    }
    archive.finish().expect("memory takes what is written").into_inner()
}

fn check_paragraphs(transcript: &Transcript) {
    let text = &transcript.text;
    let mut end = 0;
    for paragraph in &transcript.paragraphs {
        check_span(text, paragraph.words);
        assert!(paragraph.words.start >= end, "paragraphs overlap: {paragraph:?} begins before {end}");
        let words = paragraph.words.of(text);
        assert_eq!(words, words.trim(), "white space at an end");
        end = paragraph.words.end;
        let mut silent_end = paragraph.words.start;
        for &silent in &paragraph.silent {
            check_span(text, silent);
            assert!(silent.start >= silent_end && silent.end <= end, "{silent:?} not in order in {paragraph:?}");
            silent_end = silent.end;
        }
        for time in [paragraph.start_time, paragraph.end_time].into_iter().flatten() {
            assert!(time.is_finite() && time >= 0.0, "no time: {time}");
        }
    }
}

fn check_passages(transcript: &Transcript, passages: &[Passage]) {
    let mut turn = 0;
    for passage in passages {
        check_span(&transcript.text, passage.words);
        if passage.turn > 0 {
            turn += 1;
            assert_eq!(passage.turn, turn, "turns are numbered in order");
        }
        let mut end = passage.words.start;
        for &token in &passage.tokens {
            check_span(&transcript.text, token);
            assert!(token.start >= end && token.end <= passage.words.end, "{token:?} not in order in {passage:?}");
            end = token.end;
        }
        let firsts: Vec<u32> = passage.sentences.iter().map(|sentence| sentence.first_token).collect();
        assert!(firsts.is_sorted_by(|one, next| one < next), "sentences not in order: {passage:?}");
        assert_eq!(firsts.is_empty(), passage.tokens.is_empty(), "a sentence holds a token, a token is in a sentence");
    }
}

fn check_span(text: &str, span: ByteSpan) {
    let (start, end) = (span.start as usize, span.end as usize);
    assert!(start <= end && text.get(start..end).is_some(), "{span:?} is no span of a text of {} bytes", text.len());
}
