//! Counts of pairs a < b.

use std::collections::HashMap;

/// Up to so many ids every pair has a place of its own; with more, only pairs that occur are kept.
const DENSE: usize = 1024;

/// What is counted of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct PairCount {
    /// Units with both.
    pub(super) both: u64,
    /// Units in which they rest on different codings that do not overlap.
    pub(super) distinct: u64,
    /// Documents with a unit that has both.
    pub(super) documents: u64,
    /// Number of the last such document, so that each is counted once.
    last_document: u64,
}

/// Counts of all pairs of numbers below a bound.
#[derive(Debug, Clone)]
pub(super) struct Pairs {
    bound: usize,
    counts: Counts,
}

#[derive(Debug, Clone)]
enum Counts {
    Dense(Vec<PairCount>),
    Sparse(HashMap<u64, PairCount>),
}

impl Pairs {
    /// No pair counted.
    pub(super) fn below(bound: usize) -> Self {
        let counts = if bound <= DENSE {
            Counts::Dense(vec![PairCount::default(); number_of_pairs(bound)])
        } else {
            Counts::Sparse(HashMap::new())
        };
        Self { bound, counts }
    }

    /// Counts a unit with both `a` and `b`, a < b, in document number `document` (from 1, never descending).
    pub(super) fn add(&mut self, a: usize, b: usize, distinct: bool, document: u64) {
        let place = self.place(a, b);
        let count = match &mut self.counts {
            Counts::Dense(counts) => &mut counts[place],
            Counts::Sparse(counts) => counts.entry(place as u64).or_default(),
        };
        count.both += 1;
        count.distinct += u64::from(distinct);
        if count.last_document != document {
            count.last_document = document;
            count.documents += 1;
        }
    }

    /// The counts of `a` and `b`, a < b.
    pub(super) fn get(&self, a: usize, b: usize) -> PairCount {
        let place = self.place(a, b);
        match &self.counts {
            Counts::Dense(counts) => counts[place],
            Counts::Sparse(counts) => counts.get(&(place as u64)).copied().unwrap_or_default(),
        }
    }

    /// Adds the counts of other documents.
    pub(super) fn merge(&mut self, other: Self) {
        match (&mut self.counts, other.counts) {
            (Counts::Dense(counts), Counts::Dense(others)) => {
                counts.iter_mut().zip(others).for_each(|(count, other)| count.merge(other));
            }
            (Counts::Sparse(counts), Counts::Sparse(others)) => {
                others.into_iter().for_each(|(place, other)| counts.entry(place).or_default().merge(other));
            }
            (Counts::Dense(_), Counts::Sparse(_)) | (Counts::Sparse(_), Counts::Dense(_)) => {
                unreachable!("both count the pairs of one codebook")
            }
        }
    }

    /// Row by row of the upper triangle.
    fn place(&self, a: usize, b: usize) -> usize {
        debug_assert!(a < b && b < self.bound);
        a * (2 * self.bound - a - 1) / 2 + (b - a - 1)
    }
}

impl PairCount {
    fn merge(&mut self, other: Self) {
        self.both += other.both;
        self.distinct += other.distinct;
        self.documents += other.documents;
    }
}

/// n (n − 1) / 2.
pub(super) fn number_of_pairs(bound: usize) -> usize {
    bound * bound.saturating_sub(1) / 2
}

#[cfg(test)]
mod tests {
    use super::{Pairs, number_of_pairs};

    #[test]
    fn every_pair_has_its_own_count_dense_or_sparse() {
        for bound in [2, 7, 1025] {
            let mut pairs = Pairs::below(bound);
            let some = [(0, 1), (0, bound - 1), (bound - 2, bound - 1)];
            for (times, &(a, b)) in some.iter().enumerate() {
                (0..=times).for_each(|_| pairs.add(a, b, false, 1));
            }
            let all: u64 =
                (0..bound).flat_map(|a| (a + 1..bound).map(move |b| (a, b))).map(|(a, b)| pairs.get(a, b).both).sum();
            assert_eq!(all, 1 + 2 + 3);
            assert_eq!(number_of_pairs(bound), (0..bound).map(|a| bound - a - 1).sum::<usize>());
        }
    }

    #[test]
    fn a_document_counts_once() {
        let mut pairs = Pairs::below(3);
        pairs.add(0, 2, true, 1);
        pairs.add(0, 2, false, 1);
        pairs.add(0, 2, false, 2);
        let count = pairs.get(0, 2);
        assert_eq!((count.both, count.distinct, count.documents), (3, 1, 2));
    }
}
