//! Turns so long that a label is probably missing in them.

use super::document::line_of;
use super::finding::Finding;
use crate::corpus::Transcript;
use crate::segment::Passage;

/// Words that a turn may have; half an hour of speech has about this many.
const MOST_WORDS: usize = 5_000;

pub(super) fn find(transcript: &Transcript, passages: &[Passage]) -> Option<Finding> {
    let long: Vec<&Passage> =
        passages.iter().filter(|passage| passage.turn > 0 && passage.tokens.len() > MOST_WORDS).collect();
    let first = long.first()?;
    let more = match long.len() - 1 {
        0 => String::new(),
        more => format!(" (and {more} more such turns follow)"),
    };
    let who = first.speaker.as_ref().map_or_else(String::new, |speaker| format!(" of \"{speaker}\""));
    let message = format!("turn {}{who} has {} words{more}", first.turn, first.tokens.len());
    let mend = "look for speakers in it whose labels are missing or written in another way";
    let line = line_of(&transcript.text, first.words.start);
    let finding = Finding::warning("L007", (&transcript.id, &transcript.path), message, mend);
    Some(finding.in_turn(first.turn).at_line(Some(line)))
}
