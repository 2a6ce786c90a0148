//! Labels without words behind them.

use super::document::line_of;
use super::finding::Finding;
use crate::corpus::Transcript;
use crate::segment::Passage;

pub(super) fn find(transcript: &Transcript, passages: &[Passage]) -> Option<Finding> {
    // "[laughs]" and "…" are no words, but somebody wrote them: such a turn is not empty.
    let empty: Vec<&Passage> = passages.iter().filter(|passage| passage.turn > 0 && passage.words.is_empty()).collect();
    let first = empty.first()?;
    let message = match (empty.len(), &first.speaker) {
        (1, Some(speaker)) => format!("turn {} of \"{speaker}\" is empty", first.turn),
        (1, None) => format!("turn {} is empty", first.turn),
        (count, _) => format!("{count} turns are empty, the first of them turn {}", first.turn),
    };
    let mend = "fill in what was said, or remove the label";
    let line = line_of(&transcript.text, first.words.start);
    let finding = Finding::warning("L013", (&transcript.id, &transcript.path), message, mend);
    Some(finding.in_turn(first.turn).at_line(Some(line)))
}
