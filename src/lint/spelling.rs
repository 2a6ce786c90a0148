//! Whether one label is another, written otherwise.
//!
//! Edit distance is Damerau and Levenshtein's, from `strsim`: small, without dependencies, and it compares code
//! points, so a letter with a separate accent counts as two.

use crate::corpus::cleaned;
use crate::text;

/// Letters a word must have to be a misspelling of another: in shorter ones another letter is another name.
const SHORTEST: usize = 4;
/// Letters from which a word may have two slips.
const LONG: usize = 8;

/// Words that are a slip apart and mean two people.
const NEAR: &[[&str; 2]] = &[["interviewer", "interviewee"], ["employer", "employee"]];

/// A label taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spelled {
    /// Its words, folded.
    words: Vec<String>,
    /// Its letters and digits, folded.
    pub(super) key: String,
    /// Which letters there are: what is far apart here is far apart.
    letters: u64,
}

/// How one label is like another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// Case, spaces or punctuation.
    Variant,
    /// Some letters.
    Misspelling,
    /// A first or a last name.
    Short,
}

impl Spelled {
    pub(super) fn of(label: &str) -> Self {
        let folded = text::fold(&text::form(&cleaned(label))).into_owned();
        let words: Vec<String> =
            folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let key = words.concat();
        let letters = key.chars().fold(0, |letters, c| letters | 1 << (u32::from(c) % 64));
        Self { words, key, letters }
    }

    /// How this label is like `other`, which is used more.
    pub(super) fn likeness(&self, other: &Self) -> Option<Likeness> {
        if self.key.is_empty() {
            None
        } else if self.key == other.key {
            Some(Likeness::Variant)
        } else if self.is_misspelling_of(other) {
            Some(Likeness::Misspelling)
        } else {
            self.is_short_for(other).then_some(Likeness::Short)
        }
    }

    /// Whether one word differs, by a slip or two.
    pub(super) fn is_misspelling_of(&self, other: &Self) -> bool {
        if self.words.len() != other.words.len() || (self.letters ^ other.letters).count_ones() > 4 {
            return false;
        }
        let mut differing = self.words.iter().zip(&other.words).filter(|(a, b)| a != b);
        let (Some((a, b)), None) = (differing.next(), differing.next()) else { return false };
        let (short, long) = (a.chars().count().min(b.chars().count()), a.chars().count().max(b.chars().count()));
        let numbered = |word: &str| word.contains(|c: char| c.is_numeric());
        let near = NEAR.iter().any(|near| near.contains(&a.as_str()) && near.contains(&b.as_str()));
        if short < SHORTEST || long - short > 2 || numbered(a) || numbered(b) || near {
            return false;
        }
        let slips = strsim::damerau_levenshtein(a, b);
        slips <= if short >= LONG { 2 } else { 1 }
    }

    /// Whether it is the first or the last of the words of a person's name.
    fn is_short_for(&self, other: &Self) -> bool {
        let ([word], [first, .., last]) = (self.words.as_slice(), other.words.as_slice()) else { return false };
        other.words.len() <= 3
            && other.words.iter().all(|word| word.chars().count() >= 2 && word.chars().all(char::is_alphabetic))
            && word.chars().count() >= 3
            && (word == first || word == last)
    }
}

#[cfg(test)]
mod tests {
    use super::Likeness::{self, Misspelling, Short, Variant};
    use super::Spelled;

    fn like(a: &str, b: &str) -> Option<Likeness> {
        Spelled::of(a).likeness(&Spelled::of(b))
    }

    #[test]
    fn slips_of_the_pen() {
        for (a, b) in [
            ("Intervewer", "Interviewer"),
            ("Intreviewer", "Interviewer"),
            ("Itnerveiwer", "Interviewer"),
            ("Adam Stacoviac", "Adam Stacoviak"),
            ("Anan Berg", "Anna Berg"),
            ("Annna Berg", "Anna Berg"),
            ("Jarod Santo", "Jerod Santo"),
            ("Interviewr 2", "Interviewer 2"),
        ] {
            assert_eq!(like(a, b), Some(Misspelling), "{a}, {b}");
        }
    }

    #[test]
    fn other_people() {
        for (a, b) in [
            ("Speaker 1", "Speaker 2"),
            ("Speaker 1", "Speaker 11"),
            ("P1", "P2"),
            ("S1", "SI"),
            ("Executive A", "Executive B"),
            ("Jon", "Jan"),
            ("Bob Berg", "Rob Berg"),
            ("Interviewer", "Interviewee"),
            ("Ana", "Anna"),
            ("Anna Berg", "Bert Berg"),
            ("IT", "IT manager"),
        ] {
            assert_eq!(like(a, b), None, "{a}, {b}");
        }
    }

    #[test]
    fn the_same_written_otherwise() {
        for (a, b) in [("ANNA BERG", "Anna Berg"), ("Anna-Berg", "Anna Berg"), ("**Anna Berg:**", "Anna Berg")] {
            assert_eq!(like(a, b), Some(Variant), "{a}, {b}");
        }
        assert_eq!(like("Jerod", "Jerod Santo"), Some(Short));
        assert_eq!(like("Santo", "Jerod Santo"), Some(Short));
        assert_eq!(like("Executive", "Executive A"), None);
    }
}
