//! The consultations of primock57 as tables, TEI and ELAN, and as the TextGrids that all of these were made from, one
//! for each speaker: every format must give the turns of the truth table. Consecutive rows of one speaker there are
//! one turn.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::oracle;
use qualcode::corpus::{self, ColumnNames, Paragraph, ReadingOptions, Transcript};
use qualcode::diagnostic::{Collected, Severity};

/// Folder below the corpus, and whether its files are joined.
const FORMATS: &[(&str, bool)] =
    &[("derived/csv", false), ("derived/tei", false), ("derived/eaf", false), ("textgrid", true)];

/// A turn: its speaker in lower case, its words without events and white space, its begin and end in seconds.
#[derive(Debug, Clone, PartialEq)]
struct Turn {
    speaker: String,
    words: String,
    start: f64,
    end: f64,
}

fn consultations() -> Option<PathBuf> {
    oracle::corpora().map(|folder| folder.join("primock57"))
}

/// The words, without what stands in square brackets.
fn plain(text: &str) -> String {
    let mut depth = 0u32;
    let mut words = String::new();
    for part in text.chars() {
        match part {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            part if depth == 0 && !part.is_whitespace() => words.push(part),
            _ => {}
        }
    }
    words
}

/// The turns of each document, and the documents in which two rows begin in the same millisecond.
fn truth(folder: &Path) -> (BTreeMap<String, Vec<Turn>>, BTreeSet<String>) {
    let mut documents: BTreeMap<String, Vec<Turn>> = BTreeMap::new();
    let (mut tied, mut before) = (BTreeSet::new(), None);
    let mut reader = csv::Reader::from_path(folder.join("derived/turns_truth.csv")).expect("the truth");
    for row in reader.records() {
        let row = row.expect("a row");
        let [document, _, start, end, speaker, text] = std::array::from_fn(|at| row[at].to_owned());
        let (start, end): (f64, f64) = (start.parse().expect("a time"), end.parse().expect("a time"));
        if before.replace((document.clone(), start)) == Some((document.clone(), start)) {
            tied.insert(document.clone());
        }
        let turns = documents.entry(document).or_default();
        let next = Turn { speaker: speaker.to_lowercase(), words: plain(&text), start, end };
        match turns.last_mut() {
            Some(last) if last.speaker == next.speaker => {
                last.words.push_str(&next.words);
                last.end = last.end.max(next.end);
            }
            _ => turns.push(next),
        }
    }
    (documents, tied)
}

fn turns(transcript: &Transcript) -> Vec<Turn> {
    let turn = |paragraph: &Paragraph| {
        let text = paragraph.words.of(&transcript.text);
        let mut spoken = String::new();
        let mut from = paragraph.words.start;
        for silent in &paragraph.silent {
            spoken.push_str(&transcript.text[from as usize..silent.start as usize]);
            from = silent.end;
        }
        spoken.push_str(&transcript.text[from as usize..paragraph.words.end as usize]);
        assert_eq!(plain(&spoken), plain(text), "events are not silent");
        Turn {
            speaker: paragraph.label.clone().unwrap_or_default().to_lowercase(),
            words: plain(&spoken),
            start: paragraph.start_time.expect("a begin"),
            end: paragraph.end_time.expect("an end"),
        }
    };
    transcript.paragraphs.iter().map(turn).collect()
}

/// All that each speaker says.
fn by_speaker(turns: &[Turn]) -> BTreeMap<&str, String> {
    let mut said: BTreeMap<&str, String> = BTreeMap::new();
    turns.iter().for_each(|turn| said.entry(&turn.speaker).or_default().push_str(&turn.words));
    said
}

#[test]
fn every_format_gives_the_same_turns() {
    let Some(folder) = consultations() else { return };
    let (truth, tied) = truth(&folder);
    assert_eq!((truth.len(), tied.len() < 5), (57, true));
    for (format, join) in FORMATS {
        let report = Collected::default();
        let options = ReadingOptions { columns: ColumnNames::default(), join: *join };
        let found = corpus::discover_with(&[folder.join(format)], &[], options, &report).expect("transcripts");
        let read: Vec<Transcript> = found.files.iter().flat_map(|file| corpus::read(&found, file, &report)).collect();
        let ids: Vec<&str> = read.iter().map(|transcript| transcript.id.as_str()).collect();
        assert_eq!(ids, truth.keys().collect::<Vec<_>>(), "{format}");
        for transcript in &read {
            let (found, expected) = (turns(transcript), &truth[&transcript.id]);
            assert_eq!(by_speaker(&found), by_speaker(expected), "{format} {}", transcript.id);
            if tied.contains(&transcript.id) {
                // Who comes first of two that begin in the same millisecond only the TextGrids tell.
                continue;
            }
            for (at, (found, expected)) in found.iter().zip(expected).enumerate() {
                let place = format!("{format} {} turn {}", transcript.id, at + 1);
                assert_eq!((&found.speaker, &found.words), (&expected.speaker, &expected.words), "{place}");
                // The truth has milliseconds, the TextGrids have sixteen digits.
                let near = |found: f64, expected: f64| (found - expected).abs() < 0.00051;
                assert!(
                    near(found.start, expected.start) && near(found.end, expected.end),
                    "{place}: {found:?} {expected:?}"
                );
            }
            assert_eq!(found.len(), expected.len(), "{format} {}", transcript.id);
        }
        let told: Vec<_> = report.into_sorted().into_iter().filter(|told| told.severity != Severity::Note).collect();
        assert!(told.is_empty(), "{format}: {told:?}");
    }
}

#[test]
fn the_truth_itself_is_a_table_of_many_documents() {
    let Some(folder) = consultations() else { return };
    let (truth, _) = truth(&folder);
    let case =
        crate::case::Case::new().file("all.csv", fs::read(folder.join("derived/turns_truth.csv")).expect("the truth"));
    let report = Collected::default();
    let found = corpus::discover(&[case.path("corpus")], &[], &report).expect("a table");
    let read = corpus::read(&found, &found.files[0], &report);
    assert_eq!(read.len(), 57);
    for transcript in &read {
        let name = transcript.id.strip_prefix("all/").expect("below the table");
        assert_eq!(turns(transcript), truth[name], "{name}");
    }
    // Beside the consultations themselves it is a table about them.
    fs::copy(folder.join("derived/csv/day1_consultation01.csv"), case.path("corpus/day1_consultation01.csv"))
        .expect("a copy");
    case.write("corpus/few.csv", "document,text\nday1_consultation01,again\nother,once\nday1_consultation01,more\n");
    case.write("corpus/one.csv", "document,text\nday1_consultation01.csv,again\n");
    case.index("store", &[]).exits(0).says("documents in the store: 60 added").says("1 note\n");
}
