//! Lexicoder 3 dictionaries (`.lc3`).
//!
//! ```text
//! +negative#AA0000           a category, and its colour if it has one
//! abandon*                   a word or phrase of it; `*` is any run of characters
//! ```
//!
//! White space around words and capitals do not count.

use super::error::ImportError;
use super::loss::Place;
use super::tree::{Forest, Settings, Wordless};
use super::word::{self, Notation};
use super::{Imported, text};
use crate::codebook::file::CaseEntry;

const KIND: &str = "Lexicoder dictionary";

/// Whether the first line names a category and the next a word.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let start = text::beginning(bytes);
    let mut lines = start.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_category = lines.next().and_then(|line| line.strip_prefix('+')).is_some_and(|name| !name.is_empty());
    is_category && lines.next().is_some_and(|line| line.starts_with(char::is_alphanumeric))
}

/// Reads one.
///
/// # Errors
/// If it is no such dictionary or has nothing that can be carried over.
pub(super) fn import(bytes: &[u8], name: &str) -> Result<Imported, ImportError> {
    let mut losses = Vec::new();
    let text = text::read(bytes, &mut losses)?;
    let mut forest = Forest::default();
    let mut current: Option<(usize, String)> = None;
    for (line, number) in text.lines().map(str::trim).zip(1u32..).filter(|(line, _)| !line.is_empty()) {
        if let Some(heading) = line.strip_prefix('+') {
            let (heading, color) = split_color(heading);
            let at = forest.add(None, heading, Some(number));
            if let Some(category) = forest.get_mut(at) {
                category.color = color.or(category.color.take());
            }
            current = Some((at, forest.path(at)));
            continue;
        }
        let Some((at, category)) = &current else {
            let mend = "put `+` and the name of a category on the line above the first word";
            let what = format!("\"{}\" stands before the first category", word::excerpt(line));
            return Err(ImportError::malformed(KIND, number, what, mend));
        };
        let place = Place { line: Some(number), category, text: line };
        if let Some(pattern) = word::pattern(place, Notation::STAR, &mut losses) {
            forest.add_pattern(*at, pattern, None);
        }
    }
    if forest.is_empty() {
        let mend = "put `+` and its name on a line above the words of each category";
        return Err(ImportError::malformed(KIND, None, "it names no category", mend));
    }
    let settings = Settings { kind: KIND, name, case: CaseEntry::Insensitive, wordless: Wordless::LeftOut };
    forest.into_imported(settings, losses)
}

/// The name of a category and the colour behind it.
fn split_color(heading: &str) -> (&str, Option<String>) {
    match heading.rsplit_once('#') {
        Some((name, color)) if color.len() == 6 && color.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            (name.trim(), Some(format!("#{color}")))
        }
        _ => (heading.trim(), None),
    }
}
