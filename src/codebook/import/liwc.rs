//! LIWC dictionaries of 2007 and 2015 (`.dic`).
//!
//! ```text
//! %
//! 1<TAB>verb                 a number and a name; in 2015 with leading tabs, which put a category below another
//! <TAB>11<TAB>past
//! %
//! walk*<TAB>1<TAB>11         a word, `*` at its end for any ending, and the numbers of its categories
//! ```
//!
//! Zeros before a number count for nothing. Categories without a number are allowed, for they hold others. Where a
//! file has no tabs, two or more spaces stand for one. Words under a condition, such as `<of>131/125` (131 if `of`
//! follows, else 125) and `(02 134)125/464` (125 if a word of category 2 or 134 stands before, else 464), are told
//! and left out. LIWC takes no notice of capitals.

use std::collections::HashMap;

use super::error::ImportError;
use super::loss::{Loss, Place};
use super::tree::{DEEPEST, Forest, Settings, Wordless};
use super::word::{self, Notation};
use super::{Imported, text};
use crate::codebook::file::CaseEntry;

const KIND: &str = "LIWC dictionary";

/// Whether the first line is the `%` that opens the list of categories.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    text::beginning(bytes).lines().map(str::trim).find(|line| !line.is_empty()) == Some("%")
}

/// Reads one.
///
/// # Errors
/// If it is no such dictionary or has nothing that can be carried over.
pub(super) fn import(bytes: &[u8], name: &str) -> Result<Imported, ImportError> {
    let mut losses = Vec::new();
    let text = text::read(bytes, &mut losses)?;
    let mut lines = text.lines().zip(1u32..);
    if !lines.by_ref().any(|(line, _)| line.trim() == "%") {
        return Err(no_mark("it has no line with nothing but `%`, which opens the list of categories"));
    }
    let mut reader = Reader { forest: Forest::default(), numbers: HashMap::new(), losses };
    let mut above: Vec<(usize, usize)> = Vec::new();
    let mut closed = false;
    for (line, number) in lines.by_ref() {
        if line.trim() == "%" {
            closed = true;
            break;
        }
        if !line.trim().is_empty() {
            reader.category(line, number, &mut above)?;
        }
    }
    if !closed {
        return Err(no_mark("it has no second line with nothing but `%`, which closes the list of categories"));
    }
    if reader.forest.is_empty() {
        return Err(no_mark("there is no category between the two lines with `%`"));
    }
    for (line, number) in lines.filter(|(line, _)| !line.trim().is_empty()) {
        reader.entry(line, number);
    }
    let settings = Settings { kind: KIND, name, case: CaseEntry::Insensitive, wordless: Wordless::LeftOut };
    reader.forest.into_imported(settings, reader.losses)
}

fn no_mark(what: &str) -> ImportError {
    let mend = "put the numbers and names of the categories between two lines with `%`, and the words below";
    ImportError::malformed(KIND, None, what, mend)
}

struct Reader {
    forest: Forest,
    /// Categories by their numbers, zeros before them taken off.
    numbers: HashMap<String, usize>,
    losses: Vec<Loss>,
}

impl Reader {
    /// Reads a line of the list of categories; `above` holds depth and category of those that are still open.
    fn category(&mut self, line: &str, number: u32, above: &mut Vec<(usize, usize)>) -> Result<(), ImportError> {
        let depth = line.chars().take_while(|c| *c == '\t').count();
        if depth > DEEPEST {
            let what = format!("categories lie more than {DEEPEST} deep in one another");
            return Err(ImportError::malformed(KIND, number, what, "take tabs off the beginning of the line"));
        }
        above.retain(|(other, _)| *other < depth);
        let parent = above.last().map(|(_, category)| *category);
        let line = line.trim();
        let (id, name) = match line.split_once(char::is_whitespace) {
            Some((id, name)) if is_number(id) => (Some(id), name.trim()),
            _ if is_number(line) => (Some(line), line),
            _ => (None, line),
        };
        let at = self.forest.add(parent, name, Some(number));
        above.push((depth, at));
        let Some(id) = id else { return Ok(()) };
        if self.numbers.contains_key(plain(id)) {
            let category = self.forest.path(at);
            let place = Place { line: Some(number), category: &category, text: id };
            self.losses.push(Loss::left_out(
                "I010",
                place,
                "is the number of a category above",
                "words with this number are put into that one; give each category a number of its own",
            ));
        } else {
            self.numbers.insert(plain(id).to_owned(), at);
        }
        Ok(())
    }

    /// Reads a line of the list of words.
    fn entry(&mut self, line: &str, number: u32) {
        let fields = fields(line);
        let Some((term, rest)) = fields.split_first() else { return };
        let whole = Place { line: Some(number), category: "", text: line.trim() };
        let mut placed = false;
        for field in rest {
            if field.contains(['(', '<', '/']) {
                self.losses.push(Loss::left_out(
                    "I008",
                    Place { text: &format!("{term} {field}"), ..whole },
                    "is left out, for it depends on the words beside it",
                    "write the condition as a pattern, such as `kind of` for `<of>` and `kind NOT BEFORE/1 of` for its opposite",
                ));
                placed = true;
                continue;
            }
            for id in field.split_whitespace() {
                placed = true;
                match self.numbers.get(plain(id)) {
                    Some(&at) => self.term(at, term, number),
                    None => self.losses.push(Loss::left_out(
                        "I009",
                        Place { text: &format!("{term} {id}"), ..whole },
                        format!("names a category {id} that the list of categories does not have"),
                        "add the category between the two lines with `%`, or take the number out",
                    )),
                }
            }
        }
        if !placed {
            self.losses.push(Loss::left_out(
                "I014",
                whole,
                "has no number of a category behind it",
                "write a tab and the numbers of its categories behind the word",
            ));
        }
    }

    fn term(&mut self, at: usize, term: &str, line: u32) {
        let category = self.forest.path(at);
        let place = Place { line: Some(line), category: &category, text: term };
        if let Some(pattern) = word::pattern(place, Notation::STAR, &mut self.losses) {
            self.forest.add_pattern(at, pattern, None);
        }
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number without the zeros before it.
fn plain(number: &str) -> &str {
    let plain = number.trim_start_matches('0');
    if plain.is_empty() && !number.is_empty() { "0" } else { plain }
}

/// The word and what stands behind it: parted by tabs, else by two or more spaces, else before the numbers at the
/// end.
fn fields(line: &str) -> Vec<&str> {
    let filled = |part: &&str| !part.is_empty();
    let line = line.trim();
    let parts: Vec<&str> = if line.contains('\t') {
        line.split('\t').map(str::trim).filter(filled).collect()
    } else {
        line.split("  ").map(str::trim).filter(filled).collect()
    };
    if parts.len() != 1 {
        return parts;
    }
    let word_end = line.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace()).len();
    match line.get(word_end..) {
        Some(numbers) if word_end > 0 && numbers.starts_with(char::is_whitespace) => {
            vec![line.get(..word_end).unwrap_or(line), numbers.trim()]
        }
        _ => parts,
    }
}
