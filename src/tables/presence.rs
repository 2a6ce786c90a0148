//! In how many units, and in how many documents, each code, theme and track is present, alone and in pairs.

use super::Unit;
use super::evidence::Evidence;
use super::levels::LevelIndex;
use super::pairs::Pairs;

/// Counts of one kind of unit.
#[derive(Debug, Clone)]
pub(super) struct UnitCounts {
    pub(super) unit: Unit,
    /// Number of units.
    pub(super) n: u64,
    /// In the order of [`super::Level::ALL`].
    pub(super) levels: [LevelCounts; 3],
}

/// Counts of one level in one kind of unit.
#[derive(Debug, Clone)]
pub(super) struct LevelCounts {
    /// For each id, the units that have it.
    pub(super) units: Vec<u64>,
    /// For each id, the documents with a unit that has it.
    pub(super) documents: Vec<u64>,
    last_document: Vec<u64>,
    /// Pairs, where they are asked for.
    pub(super) pairs: Option<Pairs>,
    scratch: Scratch,
}

/// What is present in the unit at hand.
#[derive(Debug, Clone, Default)]
struct Scratch {
    present: Vec<Present>,
    /// For each id its place in `present`, or `u32::MAX`.
    places: Vec<u32>,
}

/// An id that is present in a unit: where its first coding ends and where its last one starts.
#[derive(Debug, Clone, Copy)]
struct Present {
    id: u32,
    first_end: u32,
    last_start: u32,
}

impl Present {
    /// Whether the two rest on codings that do not overlap: one of them lies wholly before one of the other's. Such
    /// codings exist exactly if the codings that end first and start last are such.
    fn is_distinct_from(self, other: Self) -> bool {
        self.first_end <= other.last_start || other.first_end <= self.last_start
    }
}

impl UnitCounts {
    /// Nothing counted; `pairs` tells for each level whether pairs are.
    pub(super) fn new(unit: Unit, levels: &[LevelIndex; 3], pairs: [bool; 3]) -> Self {
        let mut wanted = pairs.into_iter();
        let levels = levels.each_ref().map(|level| LevelCounts::new(level.len(), wanted.next().unwrap_or(false)));
        Self { unit, n: 0, levels }
    }

    /// Counts the units of document number `document` (from 1, ascending), `evidence` being sorted by unit.
    pub(super) fn add(&mut self, units: u32, evidence: &[Evidence], levels: &[LevelIndex; 3], document: u64) {
        self.n += u64::from(units);
        for unit in evidence.chunk_by(|one, next| one.unit == next.unit) {
            for (counts, level) in self.levels.iter_mut().zip(levels) {
                counts.add(unit, level, document);
            }
        }
    }

    /// Adds the counts of other documents.
    pub(super) fn merge(&mut self, other: Self) {
        self.n += other.n;
        for (counts, other) in self.levels.iter_mut().zip(other.levels) {
            add_all(&mut counts.units, &other.units);
            add_all(&mut counts.documents, &other.documents);
            if let (Some(pairs), Some(other)) = (&mut counts.pairs, other.pairs) {
                pairs.merge(other);
            }
        }
    }
}

/// Adds one list of counts to another of the same length.
pub(super) fn add_all(counts: &mut [u64], others: &[u64]) {
    counts.iter_mut().zip(others).for_each(|(count, other)| *count += other);
}

impl LevelCounts {
    fn new(size: usize, pairs: bool) -> Self {
        Self {
            units: vec![0; size],
            documents: vec![0; size],
            last_document: vec![0; size],
            pairs: pairs.then(|| Pairs::below(size)),
            scratch: Scratch { present: Vec::new(), places: vec![u32::MAX; size] },
        }
    }

    fn add(&mut self, unit: &[Evidence], level: &LevelIndex, document: u64) {
        let Scratch { present, places } = &mut self.scratch;
        for evidence in unit {
            for &id in &level.of_code[evidence.code as usize] {
                let place = &mut places[id as usize];
                if *place == u32::MAX {
                    *place = present.len() as u32;
                    present.push(Present { id, first_end: evidence.end, last_start: evidence.start });
                } else {
                    let known = &mut present[*place as usize];
                    known.first_end = known.first_end.min(evidence.end);
                    known.last_start = known.last_start.max(evidence.start);
                }
            }
        }
        for one in present.iter() {
            let id = one.id as usize;
            places[id] = u32::MAX;
            self.units[id] += 1;
            if self.last_document[id] != document {
                self.last_document[id] = document;
                self.documents[id] += 1;
            }
        }
        if let Some(pairs) = &mut self.pairs {
            present.sort_unstable_by_key(|one| one.id);
            for (place, a) in present.iter().enumerate() {
                for b in &present[place + 1..] {
                    pairs.add(a.id as usize, b.id as usize, a.is_distinct_from(*b), document);
                }
            }
        }
        present.clear();
    }
}
