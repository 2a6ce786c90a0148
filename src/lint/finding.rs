//! A finding.

use crate::diagnostic::{Diagnostic, Severity};

/// Something that looks wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// What, where, and how to mend it.
    pub diagnostic: Diagnostic,
    /// The id of the document; none if it is about the corpus.
    pub document: Option<String>,
    /// The number of the turn, from 1.
    pub turn: Option<u32>,
}

impl Finding {
    /// A warning about a document, which is also a path: both are given.
    pub(super) fn warning(
        code: &'static str,
        (document, path): (&str, &str),
        message: impl Into<String>,
        mend: impl Into<String>,
    ) -> Self {
        let diagnostic = Diagnostic::new(Severity::Warning, code, path, message, mend);
        Self { diagnostic, document: Some(document.to_owned()), turn: None }
    }

    /// The same in a turn; none for a heading, whose number is 0.
    pub(super) fn in_turn(mut self, turn: u32) -> Self {
        self.turn = (turn > 0).then_some(turn);
        self
    }

    /// The same at a line (from 1), if it is known.
    pub(super) fn at_line(mut self, line: Option<u32>) -> Self {
        self.diagnostic.line = line;
        self
    }

    /// The same as a note.
    pub(super) fn noted(mut self) -> Self {
        self.diagnostic.severity = Severity::Note;
        self
    }
}
