//! Plain text and Markdown.
//!
//! A file is a row of blocks, parted by blank lines; a label begins a new paragraph in the middle of a block, too.
//! Which lines begin with a label is decided for the whole document ([`style`]). What stands before the first label
//! (title, date, who was there) is a heading: a guide cue may match it, and nobody said it. Markdown headings (`#`
//! and underlined) are headings everywhere; plain text has none, but for printed proceedings ([`wrapped`]).

mod event;
mod label;
mod lines;
mod marks;
mod openings;
mod paragraphs;
mod proceedings;
mod stamp;
mod style;
#[cfg(test)]
mod tests;
mod titled;
mod wrapped;

pub(super) use event::silent_spans;
pub(super) use marks::Marks;
pub(super) use openings::{Label, Opening, labels};
pub(super) use paragraphs::normal;
pub use style::is_like_a_name;
pub(super) use style::may_speak;

use super::decode;
use super::front_matter;
use super::read::{ReadError, Reading};
use super::transcript::{Format, Paragraph};
use crate::diagnostic::Diagnostic;

/// Reads plain text.
pub(super) fn read_text(path: &str, bytes: Vec<u8>) -> Result<Reading, ReadError> {
    read(path, bytes, Format::Text)
}

/// Reads Markdown.
pub(super) fn read_markdown(path: &str, bytes: Vec<u8>) -> Result<Reading, ReadError> {
    read(path, bytes, Format::Markdown)
}

fn read(path: &str, bytes: Vec<u8>, format: Format) -> Result<Reading, ReadError> {
    let decoded = decode::decode(bytes)?;
    let mut diagnostics = decoded.diagnostics(path);
    let text = decoded.text;
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let front = front_matter::split(path, &text, &mut diagnostics);
    let paragraphs = paragraphs::of(path, &text, front.end, format, &Marks::default(), &mut diagnostics);
    Ok(Reading { paragraphs, front_matter: front.entries, text, as_in_file: decoded.as_in_file, diagnostics })
}

/// The paragraphs of a word processor's text: blocks parted by blank lines, with its headings and bold type. Lines of
/// `text` are none of the file, so the diagnostics name none.
pub(super) fn labelled(path: &str, text: &str, marks: &Marks, diagnostics: &mut Vec<Diagnostic>) -> Vec<Paragraph> {
    let first = diagnostics.len();
    let paragraphs = paragraphs::of(path, text, 0, Format::Text, marks, diagnostics);
    diagnostics.iter_mut().skip(first).for_each(|diagnostic| diagnostic.line = None);
    paragraphs
}

/// Whether `text` is a timestamp, or a range of two, and nothing else.
pub(super) fn is_stamp(text: &str) -> bool {
    stamp::whole(text).is_some()
}

/// The length in bytes of the timestamp that `text` begins with.
pub(super) fn stamp_len(text: &str) -> Option<usize> {
    stamp::leading(text).map(|stamp| stamp.len)
}
