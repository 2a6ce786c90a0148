//! Globs over one word.

/// A compiled glob: `*` is any run of code points, `?` exactly one, `\` makes the next code point literal.
#[derive(Debug, Clone)]
pub(super) struct Glob {
    prefix: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Literal(char),
    One,
    Run,
}

impl Glob {
    /// Compiles a glob; every text is one. A `\` at the end stands for itself.
    pub(super) fn new(glob: &str) -> Self {
        let mut characters = glob.chars();
        let mut pieces = Vec::new();
        while let Some(character) = characters.next() {
            match character {
                '*' if pieces.last() == Some(&Piece::Run) => {}
                '*' => pieces.push(Piece::Run),
                '?' => pieces.push(Piece::One),
                '\\' => pieces.push(Piece::Literal(characters.next().unwrap_or('\\'))),
                other => pieces.push(Piece::Literal(other)),
            }
        }
        let literals = pieces.iter().position(|piece| !matches!(piece, Piece::Literal(_))).unwrap_or(pieces.len());
        let prefix =
            pieces.drain(..literals).filter_map(|piece| if let Piece::Literal(c) = piece { Some(c) } else { None });
        Self { prefix: prefix.collect(), pieces }
    }

    /// The whole glob, if it has no wildcard.
    pub(super) fn literal(&self) -> Option<&str> {
        self.pieces.is_empty().then_some(self.prefix.as_str())
    }

    /// The part before the `*`, if that is the only wildcard and ends the glob.
    pub(super) fn only_prefix(&self) -> Option<&str> {
        (self.pieces == [Piece::Run]).then_some(self.prefix.as_str())
    }

    /// Whether the whole word matches. A mismatch goes back to the last `*` only, since a later `*` can make up
    /// for anything an earlier one could; so the time is at most the product of the two lengths.
    pub(super) fn matches(&self, word: &str) -> bool {
        let Some(rest) = word.strip_prefix(self.prefix.as_str()) else {
            return false;
        };
        let mut text = rest.chars();
        let mut at = 0;
        let mut last_run = None;
        loop {
            let mut next = text.clone();
            let character = next.next();
            match (self.pieces.get(at), character) {
                (Some(Piece::Run), _) => {
                    at += 1;
                    if at == self.pieces.len() {
                        return true;
                    }
                    last_run = Some((at, text.clone()));
                    continue;
                }
                (None, None) => return true,
                (Some(Piece::One), Some(_)) => {
                    at += 1;
                    text = next;
                    continue;
                }
                (Some(Piece::Literal(wanted)), Some(found)) if *wanted == found => {
                    at += 1;
                    text = next;
                    continue;
                }
                _ => {}
            }
            let Some((after, from)) = &mut last_run else {
                return false;
            };
            if from.next().is_none() {
                return false;
            }
            at = *after;
            text = from.clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Glob;

    fn matches(glob: &str, word: &str) -> bool {
        Glob::new(glob).matches(word)
    }

    #[test]
    fn a_run_may_be_empty_and_one_may_not() {
        assert!(matches("secur*", "secur") && matches("secur*", "security"));
        assert!(matches("*n't", "don't") && matches("*n't", "n't") && !matches("*n't", "n't."));
        assert!(matches("t??k", "took") && !matches("t??k", "tok") && !matches("t??k", "toook"));
        assert!(matches("*", "") && matches("*", "x") && !matches("?", ""));
        assert!(matches("a*b*c", "aXbYbZc") && !matches("a*b*c", "aXcYb"));
        assert!(matches("?*a", "ba") && !matches("?*a", "a"));
    }

    #[test]
    fn one_is_a_code_point() {
        assert!(matches("caf?", "café"));
        assert!(!matches("caf?", "cafe\u{301}"));
        assert!(matches("?", "😀"));
    }

    #[test]
    fn a_backslash_makes_the_next_character_literal() {
        assert!(matches("a\\*", "a*") && !matches("a\\*", "ab"));
        assert!(matches("a\\?*", "a?b") && !matches("a\\?*", "abb"));
        assert!(matches("a\\\\*", "a\\b"));
        assert!(matches("a\\", "a\\"));
    }

    #[test]
    fn many_runs_do_not_blow_up() {
        let glob = "*a".repeat(200) + "*b";
        assert!(!matches(&glob, &"a".repeat(1024)));
    }

    #[test]
    fn a_prefix_or_a_literal_is_recognised() {
        assert_eq!(Glob::new("secur**").only_prefix(), Some("secur"));
        assert_eq!(Glob::new("*").only_prefix(), Some(""));
        assert_eq!(Glob::new("s*r*").only_prefix(), None);
        assert_eq!(Glob::new("secur?").only_prefix(), None);
        assert_eq!(Glob::new("a\\*").literal(), Some("a*"));
        assert_eq!(Glob::new("a*").literal(), None);
    }
}
