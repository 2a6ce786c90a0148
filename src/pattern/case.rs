//! Whether case counts in the words of a pattern.

/// How pattern words treat case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CasePolicy {
    /// A word of two or more letters, all capitals, is case-sensitive; all others ignore case.
    #[default]
    Smart,
    /// Case never counts.
    Insensitive,
    /// Case always counts.
    Sensitive,
}

impl CasePolicy {
    /// Every policy.
    pub const ALL: [CasePolicy; 3] = [Self::Smart, Self::Insensitive, Self::Sensitive];

    /// The word for it in codebooks.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Smart => "smart",
            Self::Insensitive => "insensitive",
            Self::Sensitive => "sensitive",
        }
    }

    /// The policy of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.as_str() == name)
    }

    /// Whether case counts for a word with these letters (other characters are ignored).
    pub(super) fn is_sensitive(self, word: &str) -> bool {
        match self {
            Self::Insensitive => false,
            Self::Sensitive => true,
            Self::Smart => {
                let letters = || word.chars().filter(|character| character.is_alphabetic());
                letters().nth(1).is_some() && letters().all(char::is_uppercase)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CasePolicy;

    #[test]
    fn smart_case_asks_for_two_capitals() {
        for (word, sensitive) in [
            ("IT", true),
            ("ISO27001", true),
            ("R2D2", true),
            ("I", false),
            ("A4", false),
            ("Virus", false),
            ("ISMs", false),
            ("27", false),
        ] {
            assert_eq!(CasePolicy::Smart.is_sensitive(word), sensitive, "{word}");
        }
        assert!(CasePolicy::Sensitive.is_sensitive("virus"));
        assert!(!CasePolicy::Insensitive.is_sensitive("IT"));
    }
}
