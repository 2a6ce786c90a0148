//! Web pages, and pieces of them such as podcast transcripts.
//!
//! `html5gum` splits the page by the rules of the HTML standard, entities and raw text included, in linear time and
//! without dependencies. No tree is built: for running text it is enough to know where blocks begin and end, and a
//! tree costs square time on tags that nest or overlap without end. Scripts, styles, the title and navigation are
//! no text. A page that is one `<pre>` is plain text in a wrapper and goes to the reader of plain text as it is.

mod page;

use encoding_rs::Encoding;

use super::decode;
use super::plain;
use super::read::{ReadError, Reading};
use super::sniff;
use page::Page;

/// Where a page says how it is encoded.
const DECLARATION: usize = 1_024;

/// Whether the file begins as web pages do.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let start = sniff::opening(bytes, 2_048);
    let mut rest = start.as_slice();
    // Comments and XML's own line may stand first.
    loop {
        rest = rest.trim_ascii_start();
        let end: &[u8] = match rest {
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'?', b'x', b'm', b'l', ..] => b"?>",
            _ => break,
        };
        let Some(at) = memchr::memmem::find(rest, end) else { return false };
        rest = rest.get(at + end.len()..).unwrap_or(b"");
    }
    [b"<!doctype html".as_slice(), b"<html", b"<head>", b"<body"].iter().any(|sign| rest.starts_with(sign))
}

/// Reads a web page.
pub(super) fn read(path: &str, bytes: Vec<u8>) -> Result<Reading, ReadError> {
    let (text, diagnostics) = match declared(&bytes).filter(|_| std::str::from_utf8(&bytes).is_err()) {
        Some(encoding) => (encoding.decode(&bytes).0.into_owned(), Vec::new()),
        None => {
            let decoded = decode::decode(bytes)?;
            let diagnostics = decoded.diagnostics(path);
            (decoded.text, diagnostics)
        }
    };
    let mut page = Page::of(&text, true);
    if page.lost_the_rest() {
        page = Page::of(&text, false);
    }
    if let Some(preformatted) = page.preformatted() {
        let mut reading = plain::read_text(path, preformatted.into_bytes())?;
        reading.as_in_file = false;
        reading.diagnostics.extend(diagnostics);
        reading.diagnostics.iter_mut().for_each(|diagnostic| diagnostic.line = None);
        return Ok(reading);
    }
    page.finish(path, diagnostics)
}

/// The encoding that the page names, as in `<meta charset="windows-1252">`; a byte-order mark is stronger.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..bytes.len().min(DECLARATION))?;
    if Encoding::for_bom(start).is_some() {
        return None;
    }
    let lower = start.to_ascii_lowercase();
    let at = memchr::memmem::find(&lower, b"charset=")? + b"charset=".len();
    let label = lower.get(at..)?.trim_ascii_start();
    let label = label.strip_prefix(b"\"").or(label.strip_prefix(b"'")).unwrap_or(label);
    let end =
        label.iter().position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.')))?;
    Encoding::for_label(label.get(..end)?)
}

#[cfg(test)]
mod tests;
