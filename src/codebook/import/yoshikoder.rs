//! Yoshikoder dictionaries (`.ykd`), and Lexicoder 2's (`.lcd`), which are the same.
//!
//! ```xml
//! <dictionary patternengine="substring">
//!   <cnode name="Economy"> <cnode name="State"> <pnode name="tax*"/> </cnode> </cnode>
//! </dictionary>
//! ```
//!
//! With the engine `substring` a pattern is a word or phrase in which `*` is any run of characters other than white
//! space; capitals do not count. With `regexp` it is a regular expression over the raw text, which ours are not.
//! Scores have no equal.

use super::error::ImportError;
use super::loss::{Loss, Place};
use super::tree::{Forest, Settings, Wordless, title};
use super::word::{self, Notation};
use super::xml::{self, Element};
use super::{Imported, weights};
use crate::codebook::file::CaseEntry;

const KIND: &str = "Yoshikoder dictionary";

/// Whether the file is XML with a dictionary.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    xml::begins_with(bytes, &["dictionary"])
}

/// Reads one.
///
/// # Errors
/// If it is no such dictionary or has nothing that can be carried over.
pub(super) fn import(bytes: &[u8], name: &str) -> Result<Imported, ImportError> {
    let mut losses = Vec::new();
    let elements = xml::elements(bytes, KIND, &mut losses)?;
    let root = elements.first().map_or("", |root| root.name.as_str());
    if root != "dictionary" {
        let mend = "give the kind that it is with --from, or save the dictionary again from Yoshikoder";
        return Err(ImportError::malformed(KIND, 1, format!("it begins with <{root}>, not with <dictionary>"), mend));
    }
    let engine = elements.first().and_then(|root| root.attribute("patternengine")).unwrap_or("substring");
    let mut reader = Reader {
        forest: Forest::default(),
        categories: Vec::with_capacity(elements.len()),
        is_regexp: engine == "regexp",
        title: title(name),
        losses,
        scores: Vec::new(),
    };
    for element in &elements {
        reader.element(element);
    }
    weights::tell(&reader.scores, &mut reader.losses);
    let settings = Settings { kind: KIND, name, case: CaseEntry::Insensitive, wordless: Wordless::LeftOut };
    reader.forest.into_imported(settings, reader.losses)
}

struct Reader {
    forest: Forest,
    /// The category that each element so far is, or lies in.
    categories: Vec<Option<usize>>,
    is_regexp: bool,
    title: String,
    losses: Vec<Loss>,
    scores: Vec<weights::Weight>,
}

impl Reader {
    fn element(&mut self, element: &Element) {
        let parent = element.parent.and_then(|at| self.categories.get(at).copied().flatten());
        let name = element.attribute("name").unwrap_or_default();
        let category = match element.name.as_str() {
            "cnode" => Some(self.category(parent, name, element)),
            "pnode" => {
                let title = self.title.clone();
                let at = parent.unwrap_or_else(|| self.forest.add(None, &title, None));
                self.pattern(at, name, element);
                Some(at)
            }
            _ => parent,
        };
        self.categories.push(category);
        if let (Some(score), Some(at)) = (element.attribute("score").filter(|score| !score.trim().is_empty()), category)
        {
            self.scores.push(weights::Weight {
                line: Some(element.line),
                category: self.forest.path(at),
                text: name.to_owned(),
                weight: score.trim().to_owned(),
            });
        }
    }

    fn category(&mut self, parent: Option<usize>, name: &str, element: &Element) -> usize {
        let at = self.forest.add(parent, name, Some(element.line));
        let description = element.attribute("desc").map(str::trim).filter(|desc| !desc.is_empty() && *desc != name);
        if let (Some(category), Some(description)) = (self.forest.get_mut(at), description) {
            category.definition = Some(description.to_owned());
        }
        at
    }

    fn pattern(&mut self, at: usize, name: &str, element: &Element) {
        let category = self.forest.path(at);
        let place = Place { line: Some(element.line), category: &category, text: name };
        let is_plain = |c: char| c.is_alphanumeric() || c == ' ' || c == '\'' || c == '-';
        if self.is_regexp && !name.chars().all(is_plain) {
            self.losses.push(Loss::left_out(
                "I013",
                place,
                "is left out, for it is a regular expression over the raw text",
                "ours are held against one word at a time: write it as words and wildcards, or as `/…/` for one word",
            ));
            return;
        }
        if self.is_regexp {
            self.losses.push(Loss::changed(
                "I013",
                place,
                name,
                "found parts of words, too, and now finds whole words only",
                "write wildcards where a part of a word is meant",
            ));
        }
        let Some(pattern) = word::pattern(place, Notation::STAR, &mut self.losses) else { return };
        let description = element.attribute("desc").map(str::trim).filter(|desc| !desc.is_empty());
        self.forest.add_pattern(at, pattern, description);
    }
}
