//! A dictionary for quanteda, as YAML: themes hold themes and codes, codes hold their phrases.
//!
//! Every string is in double quotes, written as JSON writes it, which YAML 1.2 reads alike. That is so little YAML
//! that no library is needed.

use std::fmt::Write;

use crate::codebook::CodebookFile;

use super::Exported;
use super::dictionary::{Below, KEPT, phrases_of};
use super::losses::unheld;
use super::phrases::Notation;

const FORMAT: &str = "a quanteda dictionary";

/// The dictionary.
pub(super) fn export(book: &CodebookFile) -> Exported {
    let mut losses = unheld(book, FORMAT, KEPT);
    let notation = Notation { globs: true, any: true };
    let words: Vec<Vec<String>> =
        book.codes.iter().map(|code| phrases_of(book, code, notation, FORMAT, &mut losses)).collect();
    let mut text = String::new();
    for (level, theme, code) in Below::of(book, false).walk() {
        let indent = "  ".repeat(level);
        let Some(code) = code else {
            if let Some(theme) = book.themes.get(theme) {
                // Writing to a String cannot fail.
                let _ = writeln!(text, "{indent}{}:", quoted(&theme.id));
            }
            continue;
        };
        let (Some(entry), Some(words)) = (book.codes.get(code), words.get(code)) else { continue };
        if words.is_empty() {
            continue;
        }
        let _ = writeln!(text, "{indent}{}:", quoted(&entry.id));
        for word in words {
            let _ = writeln!(text, "{indent}  - {}", quoted(word));
        }
    }
    Exported { bytes: text.into_bytes(), losses }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
