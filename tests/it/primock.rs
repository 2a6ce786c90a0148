//! 57 consultations in several formats: every reader gives the same turns.
//!
//! `turns_truth.csv` holds the turns that the files were made from; rows of one speaker that follow each other are one
//! turn.

use std::collections::BTreeMap;
use std::path::Path;

use qualcode::corpus::{self, FileBytes, Format, Transcript};

use crate::aligned::{Said, assert_aligned, speech, words};
use crate::case;
use crate::oracle;

/// What a format can tell of who speaks.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Speakers {
    /// Their names.
    Named,
    /// Who is the same, under other names.
    Numbered,
    /// Nothing: words and times only are compared.
    Untold,
}

/// A format under test: another one is a row here.
struct Carrier {
    folder: &'static str,
    extension: &'static str,
    format: Format,
    speakers: Speakers,
    /// Seconds by which its times may differ from the truth: some formats round them.
    within: f64,
}

const CARRIERS: &[Carrier] = &[
    Carrier { folder: "vtt", extension: "vtt", format: Format::Vtt, speakers: Speakers::Named, within: 0.0 },
    Carrier { folder: "srt", extension: "srt", format: Format::Srt, speakers: Speakers::Named, within: 0.0 },
    Carrier {
        folder: "whisperx-json",
        extension: "json",
        format: Format::Json,
        speakers: Speakers::Numbered,
        within: 0.0,
    },
    Carrier {
        folder: "whisper-json",
        extension: "json",
        format: Format::Json,
        speakers: Speakers::Untold,
        within: 0.0051,
    },
];

#[test]
fn every_format_gives_the_same_turns() {
    let Some(corpora) = oracle::corpora() else { return };
    let derived = corpora.join("primock57/derived");
    let truth = truth(&derived.join("turns_truth.csv"));
    assert_eq!(truth.len(), 57);
    for carrier in CARRIERS {
        for (document, rows) in &truth {
            let path = format!("{}/{document}.{}", carrier.folder, carrier.extension);
            let read = read(&derived.join(&path), carrier.format);
            match carrier.speakers {
                Speakers::Untold => {
                    let nobody: Vec<Said> = rows.iter().map(|row| Said { label: None, ..row.clone() }).collect();
                    assert_aligned(&read, &nobody, carrier.within, &path);
                }
                Speakers::Named => assert_turns(&speech(&read), &turns(rows), carrier.within, &path),
                Speakers::Numbered => assert_turns(&renamed(speech(&read), rows), &turns(rows), carrier.within, &path),
            }
        }
    }
}

#[test]
fn no_format_loses_or_doubles_a_word() {
    let Some(corpora) = oracle::corpora() else { return };
    let derived = corpora.join("primock57/derived");
    let truth = truth(&derived.join("turns_truth.csv"));
    for carrier in CARRIERS {
        for (document, rows) in &truth {
            let path = format!("{}/{document}.{}", carrier.folder, carrier.extension);
            let read = speech(&read(&derived.join(&path), carrier.format));
            assert_eq!(counted(&read), counted(rows), "{path}");
        }
    }
}

fn counted(said: &[Said]) -> BTreeMap<&str, usize> {
    let mut counted = BTreeMap::new();
    for word in said.iter().flat_map(|said| words(&said.words)) {
        *counted.entry(word).or_default() += 1;
    }
    counted
}

fn read(file: &Path, format: Format) -> Transcript {
    let bytes = FileBytes::new(std::fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display())));
    corpus::parse("a", "a", format, bytes).unwrap_or_else(|error| panic!("{}: {error}", file.display())).0
}

/// The rows of each document, in order.
fn truth(file: &Path) -> BTreeMap<String, Vec<Said>> {
    let mut truth: BTreeMap<String, Vec<Said>> = BTreeMap::new();
    for row in case::rows(&std::fs::read_to_string(file).expect("the truth")) {
        let said = Said {
            label: Some(row["speaker"].clone()),
            words: row["text"].clone(),
            start: row["start"].parse().ok(),
            end: row["end"].parse().ok(),
        };
        truth.entry(row["document"].clone()).or_default().push(said);
    }
    truth
}

fn turns(rows: &[Said]) -> Vec<Said> {
    let mut turns: Vec<Said> = Vec::new();
    for row in rows {
        match turns.last_mut() {
            Some(last) if last.label == row.label => {
                last.words = format!("{} {}", last.words, row.words);
                last.end = last.end.into_iter().chain(row.end).reduce(f64::max);
            }
            _ => turns.push(row.clone()),
        }
    }
    turns
}

/// Numbers to names: the number that a name first goes with must go with it throughout, which the comparison shows.
fn renamed(mut read: Vec<Said>, rows: &[Said]) -> Vec<Said> {
    let mut names: BTreeMap<String, Option<String>> = BTreeMap::new();
    for (said, turn) in read.iter_mut().zip(turns(rows)) {
        let number = said.label.clone().expect("a speaker");
        assert!(number.starts_with("SPEAKER_"), "{number}");
        said.label = names.entry(number).or_insert(turn.label).clone();
    }
    read
}

#[track_caller]
fn assert_turns(read: &[Said], truth: &[Said], within: f64, path: &str) {
    for (number, (read, truth)) in read.iter().zip(truth).enumerate() {
        let turn = number + 1;
        assert_eq!(read.label, truth.label, "{path}, turn {turn}");
        let (found, expected): (Vec<_>, Vec<_>) =
            (read.words.split_whitespace().collect(), truth.words.split_whitespace().collect());
        assert_eq!(found, expected, "{path}, turn {turn}");
        for (found, expected) in [(read.start, truth.start), (read.end, truth.end)] {
            let near = found.zip(expected).is_some_and(|(found, expected)| (found - expected).abs() <= within);
            assert!(near, "{path}, turn {turn}: {found:?} is not {expected:?}");
        }
    }
    assert_eq!(read.len(), truth.len(), "{path}: turns");
}
