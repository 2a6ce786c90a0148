//! How much of two documents is the same, from a sketch of each.
//!
//! A document is the set of its sequences of three words. The share of two sets that is common (Jaccard's
//! coefficient) is estimated as Broder does (*On the resemblance and containment of documents*, 1997): under a random
//! order of all sequences the two sets have the same least element as often as that share says. Sixty-four orders
//! are tried; the standard error of the estimate is √(J(1−J)/64), at most 0.0625.

use crate::segment::Passage;

/// Words of a sequence.
const SEQUENCE: usize = 3;
/// Orders that are tried.
pub(super) const ORDERS: usize = 64;
/// Sequences that a document must have to be compared at all: greetings are all the same.
const FEWEST: usize = 30;

/// What is kept of a document to compare it with others; always the same number of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// The least element of each order.
    pub(super) least: Box<[u32; ORDERS]>,
}

impl Sketch {
    /// The sketch of a document; none of one that is too short to tell.
    pub fn of(text: &str, passages: &[Passage]) -> Option<Self> {
        let words = passages.iter().flat_map(|passage| &passage.tokens).map(|token| hash(token.of(text)));
        Self::of_words(words)
    }

    /// The sketch of a sequence of words, each given by its hash.
    fn of_words(words: impl Iterator<Item = u64>) -> Option<Self> {
        let orders = orders();
        let mut least = Box::new([u32::MAX; ORDERS]);
        let mut last = [0u64; SEQUENCE];
        let mut count = 0usize;
        for word in words {
            last.rotate_left(1);
            last[SEQUENCE - 1] = word;
            count += 1;
            if count >= SEQUENCE {
                let sequence = last.iter().fold(0u64, |all, &word| mixed(all ^ word));
                for (least, (factor, summand)) in least.iter_mut().zip(&orders) {
                    // Multiply-shift: the upper half of a product is a number nearly at random.
                    let place = (factor.wrapping_mul(sequence).wrapping_add(*summand) >> 32) as u32;
                    *least = (*least).min(place);
                }
            }
        }
        (count >= FEWEST + SEQUENCE - 1).then_some(Self { least })
    }

    /// The share of their sequences that two documents have in common, estimated.
    pub fn likeness(&self, other: &Self) -> f64 {
        let same = self.least.iter().zip(other.least.iter()).filter(|(a, b)| a == b).count();
        same as f64 / ORDERS as f64
    }
}

/// A word's hash (FNV-1a, 64 bits), without regard to case.
fn hash(word: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    let mut add = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    if word.is_ascii() {
        word.bytes().for_each(|byte| add(byte.to_ascii_lowercase()));
    } else {
        word.chars().flat_map(char::to_lowercase).flat_map(|c| u32::from(c).to_le_bytes()).for_each(add);
    }
    hash
}

/// A number whose bits all depend on all bits of the other (the finisher of SplitMix64; Steele, Lea & Flood 2014).
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// An odd factor and a summand for each order, the same on every machine.
fn orders() -> [(u64, u64); ORDERS] {
    std::array::from_fn(|at| (mixed(2 * at as u64 + 1) | 1, mixed(2 * at as u64 + 2)))
}

#[cfg(test)]
mod tests {
    use super::{SEQUENCE, Sketch, hash};
    use proptest::prelude::{ProptestConfig, any, proptest};
    use std::collections::HashSet;

    fn exact(a: &[u64], b: &[u64]) -> f64 {
        let [a, b] = [a, b].map(|words| words.windows(SEQUENCE).collect::<HashSet<_>>());
        a.intersection(&b).count() as f64 / a.union(&b).count() as f64
    }

    #[test]
    fn case_does_not_count() {
        assert_eq!(hash("ÅSA Berg"), hash("åsa berg"));
        assert_eq!(hash("IT"), hash("it"));
        assert_ne!(hash("it"), hash("is"));
    }

    #[test]
    fn a_short_document_has_no_sketch() {
        assert!(Sketch::of_words(0..31).is_none());
        assert!(Sketch::of_words(0..32).is_some());
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

        /// Six standard errors and two of the sixty-four orders, which no sound sketch is off by.
        #[test]
        fn the_estimate_is_near_jaccards_coefficient(
            seed in any::<u64>(), length in 60usize..600, changed in 0usize..100, vocabulary in 20u64..5_000,
        ) {
            let mut state = seed | 1;
            let mut next = move |bound: u64| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                state % bound
            };
            let one: Vec<u64> = (0..length).map(|_| super::mixed(next(vocabulary))).collect();
            let other: Vec<u64> = one
                .iter()
                .map(|&word| if next(100) < changed as u64 { super::mixed(next(vocabulary) + vocabulary) } else { word })
                .collect();
            let truth = exact(&one, &other);
            let sketches = [&one, &other].map(|words| Sketch::of_words(words.iter().copied()).expect("long enough"));
            let estimate = sketches[0].likeness(&sketches[1]);
            let error = (truth * (1.0 - truth) / 64.0).sqrt();
            assert!((estimate - truth).abs() <= 6.0 * error + 2.0 / 64.0, "{estimate} for {truth}");
        }
    }
}
