//! What looks wrong in one transcript by itself.

use super::finding::Finding;
use super::{characters, empty_turns, long_turns, times};
use crate::corpus::Transcript;
use crate::diagnostic::Diagnostic;
use crate::segment::Passage;

/// What looks wrong in a transcript, whoever speaks in it; each kind of fault is told once, at its first place.
/// `told` is what reading it had to say.
pub fn document(transcript: &Transcript, passages: &[Passage], told: &[Diagnostic]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let lost_in_reading = told.iter().any(|diagnostic| diagnostic.code == "T011");
    findings.extend(long_turns::find(transcript, passages));
    findings.extend(characters::decoded_wrongly(transcript));
    findings.extend((!lost_in_reading).then(|| characters::lost(transcript)).flatten());
    findings.extend(times::find(transcript, passages));
    findings.extend(empty_turns::find(transcript, passages));
    findings
}

/// The line of a byte of a text, both from where they are counted: lines from 1, bytes from 0.
pub(super) fn line_of(text: &str, byte: u32) -> u32 {
    let before = text.as_bytes().get(..byte as usize).unwrap_or(text.as_bytes());
    before.iter().filter(|&&byte| byte == b'\n').count() as u32 + 1
}
