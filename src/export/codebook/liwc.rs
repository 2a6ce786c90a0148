//! A LIWC dictionary: numbered categories between two lines of `%`, then each word with the numbers of its categories.
//!
//! Themes are categories above those of their codes, by tabs before the number as in LIWC 2015; the ids name them.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::codebook::CodebookFile;

use super::Exported;
use super::dictionary::{Below, KEPT, phrases_of};
use super::losses::unheld;
use super::phrases::Notation;

const FORMAT: &str = "a LIWC dictionary";

/// The dictionary.
pub(super) fn export(book: &CodebookFile) -> Exported {
    let mut losses = unheld(book, FORMAT, KEPT);
    let notation = Notation { globs: false, any: false };
    let words: Vec<Vec<String>> =
        book.codes.iter().map(|code| phrases_of(book, code, notation, FORMAT, &mut losses)).collect();
    let mut text = "%\n".to_owned();
    let mut entries: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut number = 0;
    for (level, theme, code) in Below::of(book, false).walk() {
        let id = match code {
            None => book.themes.get(theme).map(|theme| &theme.id),
            Some(code) if words.get(code).is_some_and(Vec::is_empty) => continue,
            Some(code) => book.codes.get(code).map(|code| &code.id),
        };
        number += 1;
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{}{number}\t{}", "\t".repeat(level), id.map_or("", String::as_str));
        for word in code.and_then(|code| words.get(code)).into_iter().flatten() {
            entries.entry(word).or_default().push(number);
        }
    }
    text.push_str("%\n");
    for (word, numbers) in entries {
        text.push_str(word);
        for number in numbers {
            let _ = write!(text, "\t{number}");
        }
        text.push('\n');
    }
    Exported { bytes: text.into_bytes(), losses }
}
