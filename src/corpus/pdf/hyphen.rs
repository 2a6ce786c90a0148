//! Words divided at the end of a line.
//!
//! A line that ends in a letter and a hyphen, before a line that begins with a small letter, ends in a divided word or
//! in a word with a hyphen of its own (`self-` and `efficacy`). The document's other words decide: the word with its
//! hyphen if it stands so elsewhere, the joined word if that does; else the hyphen stays after a first part that
//! usually keeps it, and in documents whose other line ends have kept theirs; else the parts are joined. A soft
//! hyphen always joins.

use std::collections::HashSet;

/// First parts that keep their hyphen.
const KEEPERS: &[&str] = &[
    "all", "anti", "co", "cross", "ex", "five", "four", "full", "half", "high", "ill", "long", "low", "mid", "multi",
    "non", "off", "on", "one", "part", "post", "pre", "quasi", "self", "semi", "short", "single", "so", "ten", "three",
    "two", "well", "year",
];

/// What a document tells about its hyphens.
#[derive(Debug, Default)]
pub(super) struct Hyphens {
    words: HashSet<String>,
    /// Whether more line ends keep their hyphen than lose it, of those that the other words decide.
    keeps: bool,
}

impl Hyphens {
    /// Learns from the lines of a document.
    pub(super) fn learn(lines: &[String]) -> Self {
        let mut words = HashSet::new();
        for line in lines {
            for word in line.split_whitespace().filter(|word| !word.ends_with(HYPHENS)) {
                words.insert(bare(word));
            }
        }
        let mut hyphens = Self { words, keeps: false };
        let (mut kept, mut joined) = (0, 0);
        for pair in lines.windows(2) {
            if let Some((first, second)) = parts(&pair[0], &pair[1]) {
                match hyphens.known(&first, &second) {
                    Some(true) => kept += 1,
                    Some(false) => joined += 1,
                    None => {}
                }
            }
        }
        hyphens.keeps = kept > joined;
        hyphens
    }

    /// Whether `text` ends in a divided word that goes on with `next`; if so its hyphen is dropped unless it belongs
    /// to the word, and no space is to follow.
    pub(super) fn join(&self, text: &mut String, next: &str) -> bool {
        if text.ends_with('\u{AD}') {
            text.pop();
            return true;
        }
        let Some((first, second)) = parts(text, next) else { return false };
        let keeper = KEEPERS.contains(&first.rsplit('-').next().unwrap_or(&first));
        if !self.known(&first, &second).unwrap_or(keeper || self.keeps) {
            text.pop();
        }
        true
    }

    /// Whether the hyphen stays, if the other words of the document decide it.
    fn known(&self, first: &str, second: &str) -> Option<bool> {
        if self.words.contains(&format!("{first}-{second}")) {
            return Some(true);
        }
        self.words.contains(&format!("{first}{second}")).then_some(false)
    }
}

const HYPHENS: [char; 2] = ['-', '‐'];

/// The two parts of a word that is divided between `line` and `next`, in small letters.
fn parts(line: &str, next: &str) -> Option<(String, String)> {
    let stem = line.strip_suffix(HYPHENS)?;
    let second = next.split_whitespace().next()?;
    if !stem.ends_with(char::is_alphabetic) || !second.starts_with(char::is_lowercase) {
        return None;
    }
    let first = stem.rsplit(char::is_whitespace).next()?;
    Some((bare(first), bare(second)))
}

/// A word in small letters without the punctuation around it.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('‐', "-")
}

#[cfg(test)]
mod tests {
    use super::Hyphens;

    fn joined(document: &[&str], text: &str, next: &str) -> String {
        let lines: Vec<String> = document.iter().map(|line| (*line).to_owned()).collect();
        let mut text = text.to_owned();
        if !Hyphens::learn(&lines).join(&mut text, next) {
            text.push(' ');
        }
        text + next
    }

    #[test]
    fn divided_words_are_joined_and_true_hyphens_stay() {
        assert_eq!(joined(&[], "the inter-", "view was"), "the interview was");
        assert_eq!(joined(&[], "their self-", "efficacy"), "their self-efficacy");
        assert_eq!(joined(&["a decision-maker."], "the decision-", "maker said"), "the decision-maker said");
        assert_eq!(joined(&["a nonsense"], "pure non-", "sense."), "pure nonsense.");
        assert_eq!(joined(&[], "soft\u{AD}", "ly"), "softly");
    }

    #[test]
    fn a_dash_and_a_name_are_no_divided_word() {
        assert_eq!(joined(&[], "Smith-", "Jones"), "Smith- Jones");
        assert_eq!(joined(&[], "he said -", "and left"), "he said - and left");
        assert_eq!(joined(&[], "pages 3-", "five"), "pages 3- five");
    }

    #[test]
    fn a_document_that_keeps_its_hyphens_keeps_the_rest() {
        let document = ["a risk-averse one, really risk-", "averse, and a power-", "driven one"];
        assert_eq!(joined(&document, "a power-", "driven one"), "a power-driven one");
    }
}
