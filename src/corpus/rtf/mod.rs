//! Rich Text Format.
//!
//! The tokeniser is our own: transcripts need the character set of each font, deleted words and notes told from the
//! rest, and tables, which is more than the crates for this format set out to read. Read: words with tables, text
//! boxes, tracked changes as if accepted. Left out and told: comments, notes, heads and feet of pages, field codes,
//! hidden words. Text in the code pages of DOS is read as Windows' Western one.

mod body;
mod charset;
mod token;

use super::read::{ReadError, Reading};
use super::sniff;
use crate::diagnostic::{Diagnostic, Severity};
use body::Body;
use token::Tokens;

const FORMAT: &str = "RTF";
/// Groups inside one another beyond which a file is taken for damaged.
const MOST_DEPTH: usize = 1_000;

/// Whether the bytes are Rich Text.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    sniff::opening(bytes, 64).starts_with(b"{\\rtf")
}

/// Reads Rich Text.
pub(super) fn read(path: &str, bytes: Vec<u8>) -> Result<Reading, ReadError> {
    let mut body = Body::default();
    for token in Tokens::of(&bytes) {
        body.take(token);
        if body.depth() > MOST_DEPTH {
            let what = format!("it has more than {MOST_DEPTH} groups inside one another");
            return Err(ReadError::Damaged { format: FORMAT, what });
        }
    }
    let mut diagnostics = Vec::new();
    if body.depth() > 0 {
        diagnostics.push(Diagnostic::new(
            Severity::Warning,
            "T037",
            path,
            "the file breaks off in the middle; what comes before was read",
            "fetch the file again, or open it in a word processor and save it again",
        ));
    }
    body.finish().finish(path, diagnostics)
}

#[cfg(test)]
mod tests;
