//! LIWC-22 dictionaries (`.dicx`): a grid of words and categories.
//!
//! ```text
//! DicTerm,verb,past
//! walk*,X,
//! walked,X,X
//! ```
//!
//! The first column holds the words, every other column is a category, and `X` puts the word into it. A number other
//! than 0 puts it there with a weight, which has no equal. There is no published description of the format: this
//! follows what LIWC-22's Dictionary Workbench shows and saves.

use super::error::ImportError;
use super::loss::{Loss, Place};
use super::tree::{Forest, Settings, Wordless};
use super::weights::{self, Weight};
use super::word::{self, Notation};
use super::{Imported, table, text};
use crate::codebook::file::CaseEntry;

const KIND: &str = "LIWC-22 dictionary";

/// Whether the first cell names the column of words as LIWC-22 does.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let start = text::beginning(bytes);
    let first: String = start.trim_start().trim_start_matches('"').chars().take(7).collect();
    first.eq_ignore_ascii_case("dicterm")
}

/// Reads one.
///
/// # Errors
/// If it is no such dictionary or has nothing that can be carried over.
pub(super) fn import(bytes: &[u8], name: &str) -> Result<Imported, ImportError> {
    let mut losses = Vec::new();
    let text = text::read(bytes, &mut losses)?;
    let rows = table::rows(&text, KIND)?;
    let Some((header, rows)) = rows.split_first().filter(|(header, _)| header.cells.len() > 1) else {
        let mend = "write `DicTerm` and the names of the categories into the first line, with commas between";
        return Err(ImportError::malformed(KIND, 1, "its first line names no categories", mend));
    };
    let mut forest = Forest::default();
    let categories: Vec<(usize, String)> = header
        .cells
        .iter()
        .skip(1)
        .map(|name| {
            let at = forest.add(None, name, Some(header.line));
            (at, forest.path(at))
        })
        .collect();
    let mut scores = Vec::new();
    for row in rows {
        let mut placed = false;
        for ((at, category), mark) in categories.iter().zip(row.cells.iter().skip(1)) {
            let place = Place { line: Some(row.line), category, text: row.cell(0) };
            match read_mark(mark) {
                Mark::Out => continue,
                Mark::In => {}
                Mark::Weight => scores.push(Weight {
                    line: Some(row.line),
                    category: category.clone(),
                    text: row.cell(0).to_owned(),
                    weight: mark.clone(),
                }),
                Mark::Unknown => {
                    losses.push(Loss::left_out(
                        "I010",
                        place,
                        format!("has `{}` in the column of this category", word::excerpt(mark)),
                        "write X where the word belongs to the category, and nothing where it does not",
                    ));
                    placed = true;
                    continue;
                }
            }
            placed = true;
            if let Some(pattern) = word::pattern(place, Notation::STAR, &mut losses) {
                forest.add_pattern(*at, pattern, None);
            }
        }
        if !placed {
            let place = Place { line: Some(row.line), category: "", text: row.cell(0) };
            let why = "write X into the columns of its categories";
            losses.push(Loss::left_out("I014", place, "is in no category", why));
        }
    }
    weights::tell(&scores, &mut losses);
    let settings = Settings { kind: KIND, name, case: CaseEntry::Insensitive, wordless: Wordless::LeftOut };
    forest.into_imported(settings, losses)
}

enum Mark {
    Out,
    In,
    Weight,
    Unknown,
}

fn read_mark(mark: &str) -> Mark {
    match (mark, mark.parse::<f64>()) {
        ("", _) => Mark::Out,
        ("X" | "x", _) => Mark::In,
        (_, Ok(0.0)) => Mark::Out,
        (_, Ok(1.0)) => Mark::In,
        (_, Ok(weight)) if weight.is_finite() => Mark::Weight,
        _ => Mark::Unknown,
    }
}
