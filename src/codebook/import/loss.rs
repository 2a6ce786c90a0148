//! What an import could not carry over.

use super::word::excerpt;
use crate::diagnostic::{Diagnostic, Severity};

/// Something of the source that the codebook does not hold, or holds otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// Stable code; the module's documentation lists them.
    pub code: &'static str,
    /// [`Severity::Skipped`] if it was left out, [`Severity::Warning`] if its meaning changed, [`Severity::Note`] if
    /// what it finds is the same but worth knowing.
    pub severity: Severity,
    /// Line in the source, from 1, if it has lines.
    pub line: Option<u32>,
    /// The category, with those above it: `Economy > State`. Empty if it concerns the whole file.
    pub category: String,
    /// The entry as it stands in the source.
    pub text: String,
    /// The pattern that it became, if any.
    pub became: Option<String>,
    /// What was not carried over.
    pub what: String,
    /// Why, and what can be done about it.
    pub why: String,
}

/// Where in the source an entry stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// From 1.
    pub(super) line: Option<u32>,
    /// As in [`Loss::category`].
    pub(super) category: &'a str,
    /// The entry as it stands in the source.
    pub(super) text: &'a str,
}

impl Loss {
    /// An entry that was left out.
    pub(super) fn left_out(
        code: &'static str,
        place: Place<'_>,
        what: impl Into<String>,
        why: impl Into<String>,
    ) -> Self {
        Self::new(code, Severity::Skipped, place, None, what.into(), why.into())
    }

    /// An entry that finds more, or less, than it did.
    pub(super) fn changed(
        code: &'static str,
        place: Place<'_>,
        became: impl Into<String>,
        what: impl Into<String>,
        why: impl Into<String>,
    ) -> Self {
        Self::new(code, Severity::Warning, place, Some(became.into()), what.into(), why.into())
    }

    /// Something suspicious that concerns no single entry.
    pub(super) fn warning(
        code: &'static str,
        place: Place<'_>,
        what: impl Into<String>,
        why: impl Into<String>,
    ) -> Self {
        Self::new(code, Severity::Warning, place, None, what.into(), why.into())
    }

    /// Something that is worth knowing.
    pub(super) fn note(
        code: &'static str,
        place: Place<'_>,
        became: Option<String>,
        what: impl Into<String>,
        why: impl Into<String>,
    ) -> Self {
        Self::new(code, Severity::Note, place, became, what.into(), why.into())
    }

    fn new(
        code: &'static str,
        severity: Severity,
        place: Place<'_>,
        became: Option<String>,
        what: String,
        why: String,
    ) -> Self {
        let Place { line, category, text } = place;
        Self { code, severity, line, category: category.to_owned(), text: text.to_owned(), became, what, why }
    }

    /// The loss as a diagnostic of the file `path`.
    pub fn diagnostic(&self, path: &str) -> Diagnostic {
        let mut message = String::new();
        if !self.category.is_empty() {
            message.push_str(&self.category);
            message.push_str(": ");
        }
        if !self.text.is_empty() {
            message.push_str(&format!("`{}` ", excerpt(&self.text)));
        }
        message.push_str(&self.what);
        if let Some(pattern) = &self.became {
            message.push_str(&format!("; it became `{}`", excerpt(pattern)));
        }
        let diagnostic = Diagnostic::new(self.severity, self.code, path, message, self.why.clone());
        match self.line {
            Some(line) => diagnostic.at_line(line),
            None => diagnostic,
        }
    }
}
