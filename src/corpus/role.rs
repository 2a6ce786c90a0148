//! What a speaker is in an interview.

/// The role of a speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
