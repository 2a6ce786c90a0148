//! PDF with a text layer.
//!
//! The file is taken apart by `lopdf` (MIT; maintained; bounds what a stream may inflate to, how deep objects nest
//! and how far a page tree goes). It gives operators, not text with a layout, so what stands where is worked out here:
//! characters with their places ([`content`]), lines (`line`), running headers and margin numbers ([`furniture`]),
//! paragraphs ([`paragraph`]). Labels are those of plain text. It cannot read scanned pages, text drawn as shapes,
//! fonts that neither name their glyphs nor map them to Unicode, or tables cell by cell.

mod content;
mod font;
mod furniture;
mod glyph;
mod hyphen;
mod line;
mod metrics;
mod paragraph;
#[cfg(test)]
mod tests;

use std::panic::{self, AssertUnwindSafe};

use lopdf::{Document, LoadOptions};

use super::plain;
use super::read::{ReadError, Reading};
use crate::diagnostic::{Diagnostic, Severity};
use content::{Interpreter, TooMuch};
use furniture::Removed;
use line::Line;

/// An object stream or cross-reference stream may inflate to so many bytes.
const MOST_INFLATED: usize = 128 << 20;
/// A PDF begins with its mark somewhere in its first bytes.
const HEAD: usize = 1024;
/// What a file that is encrypted says of itself.
const ENCRYPTED: &[u8] = b"/Encrypt";
/// How many running lines are told word for word.
const MOST_TOLD: usize = 3;

/// Whether the bytes are a PDF's.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    bytes.windows(5).take(HEAD).any(|window| window == b"%PDF-")
}

/// Reads a PDF.
pub(super) fn read(path: &str, bytes: Vec<u8>) -> Result<Reading, ReadError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    // The parser has been fuzzed, but it indexes and adds; a damaged file must cost that file and not the run.
    let pages = panic::catch_unwind(AssertUnwindSafe(|| pages(&bytes)))
        .unwrap_or_else(|_| Err(damaged("it contradicts itself")))?;
    let mut diagnostics = pages.diagnostics(path);
    let leading = paragraph::leading(pages.lines.iter().map(Vec::as_slice));
    let (bodies, removed) = furniture::remove(pages.lines, leading);
    let text = paragraph::text(&bodies, leading);
    if text.trim().is_empty() {
        return Err(ReadError::NoTextLayer { pages: bodies.len() });
    }
    if u32::try_from(text.len()).is_err() {
        return Err(ReadError::TooLarge { bytes: text.len() as u64 });
    }
    diagnostics.extend(removed.diagnostics(path));
    let paragraphs = plain::labelled(path, &text, &plain::Marks::default(), &mut diagnostics);
    Ok(Reading { text, as_in_file: false, paragraphs, front_matter: Vec::new(), diagnostics })
}

/// What stands on the pages of a file.
struct Pages {
    lines: Vec<Vec<Line>>,
    /// Pages with a picture and no text, from 1.
    pictures: Vec<usize>,
    unknown: usize,
    known: usize,
    repaired: bool,
}

fn pages(bytes: &[u8]) -> Result<Pages, ReadError> {
    let options = LoadOptions { max_decompressed_size: Some(MOST_INFLATED), ..LoadOptions::default() };
    let document = match Document::load_mem_with_options(bytes, options) {
        Ok(document) => document,
        Err(lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_)) => return Err(ReadError::Encrypted),
        Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
            return Err(too_much(TooMuch));
        }
        Err(_) if !looks_like(bytes) => return Err(damaged("it does not begin as a PDF does")),
        Err(_) if is_marked_encrypted(bytes) => return Err(ReadError::Encrypted),
        Err(_) => return Err(damaged("its table of contents cannot be found")),
    };
    if document.is_encrypted() || (document.page_iter().next().is_none() && is_marked_encrypted(bytes)) {
        return Err(ReadError::Encrypted);
    }
    let mut pages = Pages {
        lines: Vec::new(),
        pictures: Vec::new(),
        unknown: 0,
        known: 0,
        repaired: document.xref_recovery.is_some(),
    };
    let mut interpreter = Interpreter::new(&document);
    for id in document.page_iter() {
        let page = interpreter.page(id).map_err(too_much)?;
        pages.unknown += page.unknown;
        pages.known += page.glyphs.len();
        let lines = line::of_page(page.glyphs);
        if lines.is_empty() && page.image {
            pages.pictures.push(pages.lines.len() + 1);
        }
        pages.lines.push(lines);
    }
    if pages.lines.is_empty() {
        return Err(damaged("it has no page that can be found"));
    }
    if pages.known == 0 && pages.unknown == 0 && pages.repaired && pages.pictures.is_empty() {
        return Err(damaged("none of its pages can be made out"));
    }
    if pages.unknown > pages.known {
        return Err(ReadError::NoTextLayer { pages: pages.lines.len() });
    }
    Ok(pages)
}

fn is_marked_encrypted(bytes: &[u8]) -> bool {
    bytes.windows(ENCRYPTED.len()).any(|window| window == ENCRYPTED)
}

fn damaged(what: &str) -> ReadError {
    ReadError::Damaged { format: "PDF", what: what.to_owned() }
}

fn too_much(_: TooMuch) -> ReadError {
    damaged("it unfolds to more than any transcript holds")
}

impl Pages {
    fn diagnostics(&self, path: &str) -> Vec<Diagnostic> {
        let mut told = Vec::new();
        if self.repaired {
            let message =
                format!("the PDF is damaged; {} pages were found and read, and some may be missing", self.lines.len());
            let mend = "compare it with what a PDF viewer shows, and fetch it again if pages are missing";
            told.push(Diagnostic::new(Severity::Warning, "T054", path, message, mend));
        }
        if let Some(first) = self.pictures.first() {
            let message = format!(
                "{} of {} pages hold a picture and no text (page {first} is the first); their words are not read",
                self.pictures.len(),
                self.lines.len()
            );
            let mend = "run text recognition (OCR) over the file if words are in the pictures";
            told.push(Diagnostic::new(Severity::Warning, "T055", path, message, mend));
        }
        if self.unknown > 0 {
            let message = format!(
                "{} of {} characters are left out, because the PDF does not tell which letters they are",
                self.unknown,
                self.unknown + self.known
            );
            let mend = "export the text from the program that made the PDF, or run text recognition (OCR) over it";
            told.push(Diagnostic::new(Severity::Warning, "T056", path, message, mend));
        }
        told
    }
}

impl Removed {
    fn diagnostics(&self, path: &str) -> Vec<Diagnostic> {
        let mut told = Vec::new();
        if !self.running.is_empty() {
            let some: Vec<String> = self
                .running
                .iter()
                .take(MOST_TOLD)
                .map(|(text, pages)| format!("\"{text}\" on {pages} pages"))
                .collect();
            let more = self.running.len().saturating_sub(MOST_TOLD);
            let more = if more > 0 { format!(", and {more} others") } else { String::new() };
            let message = format!("running headers, footers or page numbers were left out: {}{more}", some.join(", "));
            let mend = "export the transcript as text (.txt) if these are words of the interview";
            told.push(Diagnostic::new(Severity::Note, "T052", path, message, mend));
        }
        if self.margin > 0 {
            let message = format!("{} numbers in the margin, of lines or paragraphs, were left out", self.margin);
            let mend = "export the transcript as text (.txt) if these are words of the interview";
            told.push(Diagnostic::new(Severity::Note, "T053", path, message, mend));
        }
        told
    }
}
