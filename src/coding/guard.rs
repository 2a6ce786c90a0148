//! Guards: where a pattern applies.

use std::collections::BTreeSet;

use crate::codebook::{Codebook, Pattern};
use crate::corpus::{Properties, SpeakerRow};
use crate::diagnostic::{Diagnostic, Severity};

/// What a guard looks at besides the words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) properties: &'a Properties,
    pub(super) document: &'a str,
    pub(super) speaker: Option<&'a SpeakerRow>,
    pub(super) question: Option<usize>,
}

/// Whether a pattern's guards on questions and attributes let it apply. Every attribute named must have one of the
/// values given, on the speaker or else on the document.
pub(super) fn lets_through(pattern: &Pattern, setting: &Setting<'_>) -> bool {
    let asked =
        pattern.questions.is_empty() || setting.question.is_some_and(|asked| pattern.questions.contains(&asked));
    asked
        && pattern.attributes.iter().all(|(name, values)| {
            let speakers = &setting.properties.speakers;
            let value = setting
                .speaker
                .and_then(|row| speakers.value(row, name))
                .or_else(|| setting.properties.attributes.value(setting.document, name));
            value.is_some_and(|value| values.iter().any(|wanted| wanted == value))
        })
}

/// A warning for every attribute that a guard asks for and that no document or speaker has.
pub fn unknown_attributes(codebook: &Codebook, path: &str, properties: &Properties) -> Vec<Diagnostic> {
    let documents = properties.attributes.columns().iter();
    let known: BTreeSet<&str> =
        documents.chain(properties.speakers.columns()).map(|column| column.name.as_str()).collect();
    let patterns = codebook.codes.iter().flat_map(|code| &code.patterns);
    let wanted = patterns.flat_map(|pattern| pattern.attributes.iter().map(move |(name, _)| (name.as_str(), pattern)));
    wanted
        .filter(|(name, _)| !known.contains(name))
        .map(|(name, pattern)| {
            Diagnostic::new(
                Severity::Warning,
                "G001",
                path,
                format!("pattern {} applies where \"{name}\" has a certain value, but no document or speaker has \"{name}\"", pattern.id),
                "add the column to documents.csv or speakers.csv, or correct its name in the codebook",
            )
        })
        .collect()
}
