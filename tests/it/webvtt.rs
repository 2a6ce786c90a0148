//! WebVTT against the conformance files of vtt.js: words, voices and times as their JSON says.

use std::path::Path;

use qualcode::corpus::{self, FileBytes, Format, ReadError, Transcript};
use regex::Regex;
use serde_json::Value;

use crate::aligned::{Said, assert_aligned};
use crate::oracle;

type Cues = &'static [(Option<f64>, Option<f64>, &'static str)];

/// Files that we read otherwise, on purpose: the file, why, and its cues as we read them.
const OTHERWISE: &[(&str, &str, Cues)] = &[
    ("cue-times/fraction-digits.vtt", "00:00.00 can be understood", &[(Some(0.0), Some(2.0), "Text")]),
    ("cue-times/min-mid-digits.vtt", "00:000.000 can be understood", &[(Some(0.0), Some(2.0), "Text")]),
    ("cue-times/incorrect-delimiter.vtt", "a damaged time line loses no words", &[(None, Some(2.0), "Text")]),
    (
        "cue-times/minimum-spots-over-sixty.vtt",
        "120:00.000 is 120 minutes, not hours; the standard has neither",
        &[(Some(7200.0), Some(7210.0), "Text")],
    ),
    (
        "integration/id.vtt",
        "the line `-->` is a damaged cue, and the cue below it is none",
        &[(Some(1.0), Some(2.0), "This Is A Test"), (Some(2.0), Some(5.0), ""), (Some(6.0), Some(7.0), "And stuff?")],
    ),
    (
        "cuetext/format/double-line-break.vtt",
        "words after a blank line are not lost",
        &[
            (Some(0.0), Some(2.0), "Some line stuff."),
            (Some(0.0), Some(2.0), "Another line break."),
            (Some(0.0), Some(2.0), "We can't do this?"),
            (Some(0.0), Some(2.0), "More over here."),
        ],
    ),
    ("cuetext/lang/no-end-gt.vtt", UNCLOSED, &[(Some(0.0), Some(2.0), "en-Us It's a blue apple tree!")]),
    ("cuetext/tag-format/end-tag-no-gt.vtt", UNCLOSED, &[(Some(0.0), Some(2.0), "This is awesome!")]),
    ("cuetext/tag-format/no-closing-gt.vtt", UNCLOSED, &[(Some(0.0), Some(2.0), "It's a blue apple tree!")]),
    ("cuetext/tag-format/start-tag-missing-gt.vtt", UNCLOSED, &[(Some(0.0), Some(2.0), "That's awesome!")]),
    ("cuetext/timestamp/no-end-gt.vtt", UNCLOSED, &[(Some(0.0), Some(2.0), "It's a blue apple tree!")]),
    ("cuetext/voice/no-end-gt.vtt", UNCLOSED, &[(Some(0.0), Some(2.0), "It's a blue apple tree!")]),
];

const UNCLOSED: &str = "a tag without its end takes no words with it; players drop them";

/// Files whose JSON is another file's: the cue that they hold.
const UNTOLD: &[(&str, Cues)] = &[
    ("cue-settings/", &[(Some(0.0), Some(2.0), "Text")]),
    ("cue-times/missing-separator.vtt", &[]),
    ("cue-times/", &[(Some(25.0), Some(27.0), "Payload")]),
    ("file-layout/webvtt", &[(Some(0.0), Some(2.0), "text")]),
    ("file-layout/header-no-new-line.vtt", &[(Some(11.0), Some(13.0), "Test")]),
    ("file-layout/blank-file", &[]),
    ("regions/line-break.vtt", &[]),
];

#[test]
fn every_conformance_file_is_read_as_its_json_says() {
    let Some(corpora) = oracle::corpora() else { return };
    let root = corpora.join("format-fixtures/vtt.js/tests");
    let mut files = Vec::new();
    find(&root, &mut files);
    files.sort();
    assert!(files.len() >= 200, "{} conformance files", files.len());
    let (mut told, mut untold) = (0, 0);
    for file in &files {
        let name = file.strip_prefix(&root).expect("below").to_string_lossy().replace('\\', "/");
        let read = read(file);
        if let Some((_, _, cues)) = OTHERWISE.iter().find(|(other, ..)| *other == name) {
            check(&read, &by_hand(cues), &name);
        } else if let Ok(json) = std::fs::read_to_string(file.with_extension("json")) {
            told += 1;
            check(&read, &from_json(&json), &name);
        } else if let Some((_, cues)) = UNTOLD.iter().find(|(start, _)| name.starts_with(start)) {
            untold += 1;
            check(&read, &by_hand(cues), &name);
        }
    }
    assert!(told >= 130 && untold >= 60, "{told} files with JSON, {untold} without");
}

fn find(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            find(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "vtt") {
            files.push(path);
        }
    }
}

fn read(file: &Path) -> Result<Transcript, ReadError> {
    let bytes = FileBytes::new(std::fs::read(file).expect("a file"));
    corpus::parse("a", "a.vtt", Format::Vtt, bytes).map(|(transcript, _)| transcript)
}

fn check(read: &Result<Transcript, ReadError>, said: &[Said], name: &str) {
    let wordless = said.iter().all(|said| said.words.trim().is_empty());
    match read {
        Ok(transcript) => assert_aligned(transcript, said, 0.0, name),
        Err(ReadError::Empty) => assert!(wordless, "{name}: no words"),
        Err(error) => panic!("{name}: {error}"),
    }
}

fn by_hand(cues: Cues) -> Vec<Said> {
    cues.iter()
        .map(|(start, end, words)| Said { label: None, words: (*words).to_owned(), start: *start, end: *end })
        .collect()
}

/// The cues of the JSON in the order of time, the text of each cut at its voice tags, other tags taken out.
fn from_json(json: &str) -> Vec<Said> {
    let json: Value = serde_json::from_str(json).expect("JSON");
    let tag = Regex::new("<[^<>]*>").expect("a pattern");
    let voice = Regex::new(r"^<v(?:\.[^\s>]*)?\s+([^>]+)>").expect("a pattern");
    let mut cues: Vec<&Value> = json["cues"].as_array().expect("cues").iter().collect();
    cues.sort_by(|a, b| a["startTime"].as_f64().partial_cmp(&b["startTime"].as_f64()).expect("times"));
    let mut said = Vec::new();
    let mut label: Option<String> = None;
    for cue in cues {
        let (start, end) = (cue["startTime"].as_f64(), cue["endTime"].as_f64());
        let text = cue["text"].as_str().expect("text");
        // A voice begins with its tag; the cut before it leaves the tag at the start of the part.
        for part in text.replace("<v", "\u{1}<v").split('\u{1}') {
            if let Some(found) = voice.captures(part) {
                label = Some(found[1].trim().to_owned());
            }
            let bare = tag.replace_all(part, "");
            let mut words = bare.into_owned();
            for (entity, sign) in [
                ("&lt;", "<"),
                ("&gt;", ">"),
                ("&nbsp;", "\u{A0}"),
                ("&lrm;", "\u{200E}"),
                ("&rlm;", "\u{200F}"),
                ("&amp;", "&"),
            ] {
                words = words.replace(entity, sign);
            }
            said.push(Said { label: label.clone(), words, start, end });
        }
    }
    said
}
