//! The decision about labels, for formats whose pieces of speech may begin with one.

use super::label::Candidate;
use super::paragraphs;
use super::style::{self, Placed, Size};

/// A line of speech.
#[derive(Debug, Clone, Copy)]
pub(in crate::corpus) struct Opening<'a> {
    /// The line.
    pub(in crate::corpus) line: &'a str,
    /// Whether a turn may well begin here.
    pub(in crate::corpus) opens: bool,
}

/// A speaker's label at the start of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::corpus) struct Label {
    /// The name: NFC, single spaces.
    pub(in crate::corpus) name: String,
    /// Byte in the line at which the words begin.
    pub(in crate::corpus) words: usize,
}

/// For each line its label, decided for all lines together as for a text of so many `blocks` with so many `turns` at
/// the most.
pub(in crate::corpus) fn labels(lines: &[Opening<'_>], blocks: usize, turns: usize) -> Vec<Option<Label>> {
    let mut placed = Vec::new();
    for (number, Opening { line, opens }) in lines.iter().enumerate() {
        if let Some(candidate) = Candidate::parse(line, None) {
            placed.push(Placed { line: number, opens: *opens, first: number == 0, certain: false, candidate });
        }
    }
    let decision = style::decide(&placed, Size { blocks, openings: turns });
    let mut labels = vec![None; lines.len()];
    for place in placed.iter().zip(&decision.labels).filter_map(|(place, label)| label.then_some(place)) {
        let name = paragraphs::normal(place.candidate.name);
        labels[place.line] = Some(Label { name, words: place.candidate.words });
    }
    labels
}
