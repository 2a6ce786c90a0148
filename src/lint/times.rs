//! Times that go backwards.

use super::document::line_of;
use super::finding::Finding;
use crate::corpus::Transcript;
use crate::segment::Passage;

/// Seconds that a turn may begin before the one that stands before it: people interrupt each other, and times are
/// rounded.
const SLACK: f64 = 2.0;

pub(super) fn find(transcript: &Transcript, passages: &[Passage]) -> Option<Finding> {
    let mut before: Option<f64> = None;
    let mut places: Vec<(&Passage, String)> = Vec::new();
    for passage in passages {
        let Some(start) = passage.start_time else { continue };
        match before {
            Some(before) if start + SLACK < before => {
                places.push((passage, format!("begins at {}, after {}", clock(start), clock(before))));
            }
            _ => {
                if let Some(end) = passage.end_time.filter(|end| *end < start) {
                    places.push((passage, format!("begins at {} and ends at {}", clock(start), clock(end))));
                }
            }
        }
        // Each time is compared with the one before, so that one slip is told as one.
        before = Some(start);
    }
    let (first, what) = places.first()?;
    let more = match places.len() - 1 {
        0 => String::new(),
        1 => "; it happens once more".to_owned(),
        more => format!("; it happens {more} times more"),
    };
    let message = format!("the times go backwards: turn {} {what}{more}", first.turn);
    let mend = "correct the time, or put the turns into the order in which they were spoken";
    let line = line_of(&transcript.text, first.words.start);
    let finding = Finding::warning("L011", (&transcript.id, &transcript.path), message, mend);
    Some(finding.in_turn(first.turn).at_line(Some(line)))
}

/// Seconds as hours, minutes and seconds.
fn clock(seconds: f64) -> String {
    let whole = seconds.max(0.0) as u64;
    format!("{:02}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60)
}
