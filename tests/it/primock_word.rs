//! Fifty-seven real dialogues in the formats of word processors against one list of their turns.

use std::fs;
use std::path::Path;

use qualcode::corpus::{self, ParagraphKind, Transcript};
use qualcode::diagnostic::Collected;

use crate::oracle;

/// A format, and whether it keeps the times.
const FORMATS: &[(&str, bool)] = &[("docx", false), ("html", true)];

struct Turn {
    document: String,
    start: f64,
    speaker: String,
    words: String,
}

#[test]
fn every_format_gives_the_same_turns() {
    let Some(corpora) = oracle::corpora() else { return };
    let derived = corpora.join("primock57/derived");
    let truth = truth(&derived.join("turns_truth.csv"));
    for (format, timed) in FORMATS {
        let transcripts = read(&derived.join(format));
        assert_eq!(transcripts.len(), 57, "{format}");
        for transcript in &transcripts {
            let wanted: Vec<_> = truth.iter().filter(|turn| turn.document == transcript.id).collect();
            let found: Vec<_> =
                transcript.paragraphs.iter().filter(|found| found.kind == ParagraphKind::Speech).collect();
            assert_eq!(found.len(), wanted.len(), "{format} {}", transcript.id);
            for (found, wanted) in found.iter().zip(wanted) {
                let label = found.label.as_deref();
                let words = squeezed(found.words.of(&transcript.text));
                assert_eq!((label, &words), (Some(wanted.speaker.as_str()), &wanted.words), "{format}");
                // The pages give whole seconds.
                let close = |start: f64| (start - wanted.start).abs() <= 1.0;
                assert_eq!(found.start_time.map(close), timed.then_some(true), "{format} {words}");
            }
        }
    }
}

fn read(folder: &Path) -> Vec<Transcript> {
    let report = Collected::default();
    let found = corpus::discover(&[folder.to_owned()], &[], &report).expect("transcripts");
    let read = found.files.iter().flat_map(|file| corpus::read(&found, file, &report)).collect();
    let told = report.into_sorted();
    assert!(told.is_empty(), "{told:?}");
    read
}

fn truth(path: &Path) -> Vec<Turn> {
    let text = fs::read_to_string(path).expect("the truth");
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    rows.records()
        .map(|row| {
            let row = row.expect("a row");
            let (document, speaker) = (row[0].to_owned(), row[4].to_owned());
            Turn { document, start: row[2].parse().expect("seconds"), speaker, words: squeezed(&row[5]) }
        })
        .collect()
}

fn squeezed(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
