//! Where in a guide a code can be found.

use crate::codebook::Codebook;

/// The guide questions that a code's patterns are confined to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Questions {
    /// Some pattern is confined to none.
    All,
    /// Positions, ascending.
    Only(Vec<usize>),
}

impl Questions {
    /// Where a code can be found, by the guards of its patterns.
    pub(super) fn of_code(codebook: &Codebook, code: usize) -> Self {
        let patterns = &codebook.codes[code].patterns;
        if patterns.iter().any(|pattern| pattern.questions.is_empty()) {
            return Self::All;
        }
        let mut questions: Vec<usize> = patterns.iter().flat_map(|pattern| pattern.questions.iter().copied()).collect();
        questions.sort_unstable();
        questions.dedup();
        Self::Only(questions)
    }

    /// Where either can be found.
    pub(super) fn or(self, other: &Self) -> Self {
        match (self, other) {
            (Self::Only(mut questions), Self::Only(others)) => {
                questions.extend(others);
                questions.sort_unstable();
                questions.dedup();
                Self::Only(questions)
            }
            _ => Self::All,
        }
    }

    /// Whether a turn under this question is one of them.
    pub(super) fn allow(&self, question: Option<usize>) -> bool {
        match self {
            Self::All => true,
            Self::Only(questions) => question.is_some_and(|question| questions.binary_search(&question).is_ok()),
        }
    }
}
