//! Where in the text of a row its codings are.

use crate::coding::SentenceRange;
use crate::text::CharCounter;

/// Sentences of a row, by first token, that the tokens `[start, end)` touch.
pub(super) fn sentences(sentence_tokens: &[u32], start: u32, end: u32) -> SentenceRange {
    let number = |token: u32| (sentence_tokens.partition_point(|&first| first <= token) as u32).max(1);
    SentenceRange { first: number(start), last: number(end.saturating_sub(1)) }
}

/// The bytes of a range of sentences in the words of a row: from the start of the first to the last character of
/// the last that is not white space.
pub(super) fn sentence_bytes(words: &str, sentence_starts: &[u32], range: SentenceRange) -> (u32, u32) {
    let start = sentence_starts.get(range.first as usize - 1).copied().unwrap_or(0);
    let end = sentence_starts.get(range.last as usize).copied().unwrap_or(words.len() as u32);
    let text = words.get(start as usize..end as usize).unwrap_or_default();
    (start, start + text.trim_end().len() as u32)
}

/// Byte offsets of the words of a row as code points of the document, worked out in one walk.
#[derive(Debug)]
pub(super) struct CharPlaces {
    places: Vec<(u32, u32)>,
}

impl CharPlaces {
    /// The places of some offsets, in any order; the first code point of `words` has number `start_char`.
    pub(super) fn new(words: &str, start_char: u32, mut bytes: Vec<u32>) -> Self {
        bytes.sort_unstable();
        bytes.dedup();
        let mut counter = CharCounter::new(words, start_char);
        Self { places: bytes.into_iter().map(|byte| (byte, counter.at(byte))).collect() }
    }

    /// The code point of an offset that was given.
    pub(super) fn of(&self, byte: u32) -> u32 {
        match self.places.binary_search_by_key(&byte, |&(byte, _)| byte) {
            Ok(at) => self.places[at].1,
            Err(at) => self.places.get(at).or(self.places.last()).map_or(0, |&(_, char)| char),
        }
    }
}

/// Runs of white space made one space, none at the ends.
pub(super) fn collapsed(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !collapsed.is_empty() {
            collapsed.push(' ');
        }
        collapsed.push_str(word);
    }
    collapsed
}

#[cfg(test)]
mod tests {
    use super::{CharPlaces, collapsed, sentence_bytes, sentences};
    use crate::coding::SentenceRange;

    #[test]
    fn sentences_are_counted_from_one() {
        assert_eq!(sentences(&[0, 4, 9], 0, 4), SentenceRange { first: 1, last: 1 });
        assert_eq!(sentences(&[0, 4, 9], 3, 5), SentenceRange { first: 1, last: 2 });
        assert_eq!(sentences(&[0, 4, 9], 9, 10), SentenceRange { first: 3, last: 3 });
    }

    #[test]
    fn a_sentence_ends_before_the_space_after_it() {
        let words = "One two. Three. Four";
        assert_eq!(sentence_bytes(words, &[0, 9, 16], SentenceRange { first: 1, last: 1 }), (0, 8));
        assert_eq!(sentence_bytes(words, &[0, 9, 16], SentenceRange { first: 2, last: 3 }), (9, 20));
    }

    #[test]
    fn places_are_code_points_of_the_document() {
        let places = CharPlaces::new("é😀a", 100, vec![7, 2, 0, 6]);
        assert_eq!([0, 2, 6, 7].map(|byte| places.of(byte)), [100, 101, 102, 103]);
    }

    #[test]
    fn white_space_is_collapsed() {
        assert_eq!(collapsed(" a\n\n b\u{a0}c "), "a b c");
    }
}
