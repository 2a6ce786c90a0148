//! What a speaker is in an interview.

use serde::{Deserialize, Serialize};
use std::collections::HashSet;

use super::speakers::SpeakerRow;
use crate::text;

/// The role of a speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Asks the questions.
    Interviewer,
    /// Answers them.
    Informant,
    /// Neither: an interpreter, a passer-by, an announcement.
    Other,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 3] = [Role::Interviewer, Role::Informant, Role::Other];

    /// The word for it in tables, codebooks and `speakers.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Interviewer => "interviewer",
            Self::Informant => "informant",
            Self::Other => "other",
        }
    }

    /// The role of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }
}

/// Labels that mean the interviewer unless `speakers.csv` says otherwise; each may carry a number.
const USUAL_INTERVIEWERS: &[&str] = &["Interviewer", "INT", "I", "Q", "Moderator"];

/// Whether `label` is a usual interviewer label, ignoring case, with a trailing number or without.
pub(super) fn is_usual_interviewer(label: &str) -> bool {
    let name = label.trim().trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['#', ' ']);
    USUAL_INTERVIEWERS.iter().any(|usual| usual.eq_ignore_ascii_case(name))
}

/// How a label becomes a role: `speakers.csv` first, then the interviewer labels; everybody else is an informant.
#[derive(Debug, Clone, Default)]
pub struct RoleRules {
    interviewers: HashSet<String>,
}

impl RoleRules {
    /// The usual interviewer labels (Interviewer, INT, I, Q, Moderator, with a trailing number too) and
    /// `interviewers` beside them, all ignoring case.
    pub fn new<I>(interviewers: I) -> Self
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        Self { interviewers: interviewers.into_iter().map(|label| folded(label.as_ref())).collect() }
    }

    /// The role of `label`, whose row in `speakers.csv` is `row`.
    pub fn role_of(&self, label: &str, row: Option<&SpeakerRow>) -> Role {
        if let Some(role) = row.and_then(|row| row.role) {
            return role;
        }
        if is_usual_interviewer(label) || (!self.interviewers.is_empty() && self.interviewers.contains(&folded(label)))
        {
            Role::Interviewer
        } else {
            Role::Informant
        }
    }
}

/// A label for comparing without regard to case.
pub(super) fn folded(label: &str) -> String {
    text::fold(&text::form(label.trim())).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Role, RoleRules};
    use crate::corpus::SpeakerRow;

    #[test]
    fn usual_labels_own_labels_and_rows() {
        let rules = RoleRules::new(["Adam Stacoviak"]);
        for label in ["Interviewer", "INTERVIEWER 2", "int", "Int1", "I", "Q", "Q2", "moderator", "adam stacoviak"] {
            assert_eq!(rules.role_of(label, None), Role::Interviewer, "{label}");
        }
        for label in ["Interviewee", "Integrator", "IT", "Anna", ""] {
            assert_eq!(rules.role_of(label, None), Role::Informant, "{label}");
        }
        let row = SpeakerRow { role: Some(Role::Other), ..SpeakerRow::default() };
        assert_eq!(rules.role_of("I", Some(&row)), Role::Other);
        assert_eq!(rules.role_of("I", Some(&SpeakerRow::default())), Role::Interviewer);
    }
}
