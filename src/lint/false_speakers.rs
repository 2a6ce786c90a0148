//! Labels that hardly are speakers: words with a colon that were taken for a label.

use crate::corpus;

/// Turns that such a label has at most.
const RARE: u64 = 2;
/// Turns that somebody else in the document must have.
const SPEAKS: u32 = 5;

/// Whether `label`, which has `turns` turns in the whole corpus, is probably words. `most` is the number of turns of
/// the document's busiest speaker.
pub(super) fn is_false(label: &str, turns: u64, most: u32) -> bool {
    turns <= RARE && most >= SPEAKS && !corpus::is_like_a_name(label)
}

#[cfg(test)]
mod tests {
    use super::is_false;

    #[test]
    fn clauses_are_no_speakers_and_names_are() {
        for label in ["My advice", "Three points", "The result", "In short", "The question was"] {
            assert!(is_false(label, 1, 20), "{label}");
            assert!(!is_false(label, 9, 20), "{label}");
        }
        for label in ["Anna", "Anna Berg", "J. P. de la Cruz", "Speaker 2", "CEO", "S1", "IT Manager"] {
            assert!(!is_false(label, 1, 20), "{label}");
        }
        assert!(!is_false("My advice", 1, 2));
    }
}
