//! Plain text and Markdown.
//!
//! A file is a row of blocks, parted by blank lines; a label begins a new paragraph in the middle of a block, too.
//! Which lines begin with a label is decided for the whole document ([`style`]). What stands before the first label
//! (title, date, who was there) is a heading: a guide cue may match it, and nobody said it. Markdown headings (`#`
//! and underlined) are headings everywhere; plain text has none.

mod event;
mod label;
mod lines;
mod openings;
mod paragraphs;
mod stamp;
mod style;
#[cfg(test)]
mod tests;

pub(super) use event::silent_spans;
pub(super) use openings::{Label, Opening, labels};
pub(super) use paragraphs::normal;

use super::decode;
use super::front_matter;
use super::read::{ReadError, Reading};
use super::transcript::Format;

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
    let paragraphs = paragraphs::of(path, &text, front.end, format, &mut diagnostics);
    Ok(Reading { paragraphs, front_matter: front.entries, text, as_in_file: decoded.as_in_file, diagnostics })
}
