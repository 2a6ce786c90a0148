//! Seven interviews that a program for qualitative coding has printed to PDF, with numbers in the margin.

use std::path::Path;

use qualcode::corpus::{self, FileBytes, Format, Transcript};
use qualcode::diagnostic::Diagnostic;

use crate::oracle;

fn read(file: &Path) -> (Transcript, Vec<Diagnostic>) {
    let bytes = FileBytes::new(std::fs::read(file).expect("a readable file"));
    corpus::parse("a", "a.pdf", Format::Pdf, bytes).expect("a transcript")
}

/// Lines that begin with `Dan:` or `Participant:`, and words without the numbers of paragraphs and pages, as counted
/// in the output of `pdftotext -layout` 22.12. Poppler cuts `two-` and `way` at the end of a line in P5, and one such
/// word in P7, which are one word each here.
const COUNTED: [(&str, usize, usize); 7] = [
    ("P1", 94, 3029),
    ("P2", 165, 4851),
    ("P3", 122, 4062),
    ("P4", 111, 4894),
    ("P5", 136, 4107 - 1),
    ("P6", 100, 3800),
    ("P7", 106, 5594 - 1),
];

#[test]
fn turns_and_words_are_those_of_another_program() {
    let Some(set) = oracle::corpora().map(|corpora| corpora.join("pdpilot-interviews")) else { return };
    for (name, turns, words) in COUNTED {
        let (read, told) = read(&set.join(format!("results/transcripts/{name}.pdf")));
        let labels: Vec<&str> = read.paragraphs.iter().filter_map(|paragraph| paragraph.label.as_deref()).collect();
        assert_eq!(labels.len(), turns, "{name}");
        // P5 has one slip of the typist.
        assert!(labels.iter().all(|label| ["Dan", "Participant", "Particpant"].contains(label)), "{name}: {labels:?}");
        assert_eq!(read.text.split_whitespace().count(), words, "{name}");
        assert!(read.text.starts_with("Interview\n\nDan: "), "{name}");
        let codes: Vec<&str> = told.iter().map(|told| told.code).collect();
        assert_eq!(codes, ["T052", "T053"], "{name}");
    }
}

#[test]
fn other_papers_of_the_study_are_read_without_speakers() {
    let Some(set) = oracle::corpora().map(|corpora| corpora.join("pdpilot-interviews")) else { return };
    let (protocol, _) = read(&set.join("protocol.pdf"));
    assert!(protocol.text.starts_with("PDPilot User Study Protocol\n\nIntroduction\n\n"));
    assert!(protocol.paragraphs.iter().all(|paragraph| paragraph.label.is_none()));
    let (codes, _) = read(&set.join("results/code-system.pdf"));
    assert!(codes.text.contains("Guiding feature engineering"));
    // A table of quotations, most of them with their speaker.
    let (segments, _) = read(&set.join("results/coded-segments.pdf"));
    assert!(segments.text.contains("Participant: Yeah. Yeah. So, uh, we look at the PDP graphs"));
}
