//! What quanteda's and LIWC's dictionaries have in common: codes as lists of phrases, and themes above them.

use std::collections::HashMap;

use crate::codebook::import::Loss;
use crate::codebook::{CaseEntry, CodeEntry, CodebookFile, PatternEntry};
use crate::diagnostic::Severity;
use crate::pattern::{CasePolicy, ParseOptions, parse};

use super::losses::loss;
use super::phrases::{self, Notation};

/// The paths of the codebook that such a dictionary keeps; of ids, for they name its categories, no labels.
pub(super) const KEPT: &[&str] =
    &["codes.id", "codes.theme", "codes.patterns", "codes.patterns.id", "themes.id", "themes.parent"];

/// The themes and codes below a theme, or below none, by position in the codebook.
pub(super) struct Below {
    themes: HashMap<Option<usize>, Vec<usize>>,
    codes: HashMap<usize, Vec<usize>>,
}

impl Below {
    /// Themes without a code in or below them are left out, for a dictionary's category is nothing without words.
    pub(super) fn of(book: &CodebookFile, with_empty: bool) -> Self {
        let position: HashMap<&str, usize> =
            book.themes.iter().enumerate().map(|(at, theme)| (theme.id.as_str(), at)).collect();
        let mut codes: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, code) in book.codes.iter().enumerate() {
            if let Some(&theme) = position.get(code.theme.as_str()) {
                codes.entry(theme).or_default().push(at);
            }
        }
        let parent = |theme: usize| {
            let parent = book.themes.get(theme).and_then(|theme| theme.parent.as_deref());
            parent.and_then(|parent| position.get(parent).copied())
        };
        let mut used = vec![with_empty; book.themes.len()];
        for &theme in codes.keys() {
            let mut next = Some(theme);
            // A checked codebook has no circles; each theme is passed at most once all the same.
            while let Some(at) = next.filter(|&at| used.get(at) == Some(&false)) {
                used[at] = true;
                next = parent(at);
            }
        }
        let mut themes: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
        for at in (0..book.themes.len()).filter(|&at| used.get(at) == Some(&true)) {
            themes.entry(parent(at)).or_default().push(at);
        }
        Self { themes, codes }
    }

    /// Positions of the themes directly below.
    pub(super) fn themes(&self, above: Option<usize>) -> &[usize] {
        self.themes.get(&above).map_or(&[], Vec::as_slice)
    }

    /// Positions of the codes of a theme.
    pub(super) fn codes(&self, theme: usize) -> &[usize] {
        self.codes.get(&theme).map_or(&[], Vec::as_slice)
    }

    /// Themes and codes from the top down, each with its level from 0: `(level, theme, None)` for a theme, followed
    /// by `(level + 1, theme, Some(code))` for its codes and then by the themes below it.
    pub(super) fn walk(&self) -> Vec<(usize, usize, Option<usize>)> {
        let mut found = Vec::new();
        let mut open: Vec<(usize, usize)> = self.themes(None).iter().rev().map(|&theme| (0, theme)).collect();
        while let Some((level, theme)) = open.pop() {
            found.push((level, theme, None));
            found.extend(self.codes(theme).iter().map(|&code| (level + 1, theme, Some(code))));
            open.extend(self.themes(Some(theme)).iter().rev().map(|&below| (level + 1, below)));
        }
        found
    }
}

/// The phrases of a code; patterns that are none are told.
pub(super) fn phrases_of(
    book: &CodebookFile,
    code: &CodeEntry,
    notation: Notation,
    format: &str,
    losses: &mut Vec<Loss>,
) -> Vec<String> {
    let case = match book.case {
        None | Some(CaseEntry::Smart) => CasePolicy::Smart,
        Some(CaseEntry::Insensitive) => CasePolicy::Insensitive,
        Some(CaseEntry::Sensitive) => CasePolicy::Sensitive,
    };
    let entry = format!("code {}", code.id);
    let mut all: Vec<String> = Vec::new();
    for pattern in &code.patterns {
        let text = match pattern {
            PatternEntry::Text(text) => text,
            PatternEntry::Guarded(guarded) => &guarded.matches,
        };
        let Ok(parsed) = parse(text, &ParseOptions { case, cue: false }) else { continue };
        match phrases::of(&parsed.tree, notation) {
            Err(reason) => losses.push(loss(
                "X002",
                Severity::Skipped,
                &entry,
                text,
                "is left out",
                format!("{reason}, and {format} holds words and phrases only"),
            )),
            Ok(found) => {
                if phrases::is_case_sensitive(&parsed.tree) {
                    losses.push(loss(
                        "X003",
                        Severity::Warning,
                        &entry,
                        text,
                        "will be found in small letters too",
                        format!("{format} takes no notice of capitals"),
                    ));
                }
                all.extend(found);
            }
        }
    }
    let mut seen = std::collections::HashSet::new();
    all.retain(|phrase| seen.insert(phrase.clone()));
    if all.is_empty() {
        losses.push(loss(
            "X004",
            Severity::Skipped,
            &entry,
            "",
            "is left out",
            format!("none of its patterns can be written in {format}"),
        ));
    }
    all
}
