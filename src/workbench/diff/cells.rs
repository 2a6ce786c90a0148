//! Cells of the co-occurrence tables that moved.

use std::collections::BTreeMap;

use crate::stats::Association;
use crate::tables::Cell;

/// A cell that is not what it was. A pair that stands in one codebook only has been, or is, in no unit.
#[derive(Debug, Clone, PartialEq)]
pub struct MovedCell {
    /// What is counted.
    pub unit: String,
    /// `code`, `theme` or `track`.
    pub level: String,
    /// First of the pair.
    pub a: String,
    /// Second of the pair.
    pub b: String,
    /// Units with both, before.
    pub n_ab_before: u64,
    /// Units with both, now.
    pub n_ab_after: u64,
    /// Jaccard's coefficient, before; none if neither was anywhere.
    pub jaccard_before: Option<f64>,
    /// Jaccard's coefficient, now.
    pub jaccard_after: Option<f64>,
}

impl MovedCell {
    /// By how many units.
    pub fn distance(&self) -> u64 {
        self.n_ab_before.abs_diff(self.n_ab_after)
    }
}

/// The cells whose number of units with both differs, those that moved farthest first.
pub fn moved_cells(before: &[Cell], after: &[Cell]) -> Vec<MovedCell> {
    type Key<'c> = (String, &'static str, &'c str, &'c str);
    fn key(cell: &Cell) -> Key<'_> {
        (cell.unit.to_string(), cell.level.as_str(), &cell.a, &cell.b)
    }
    let mut pairs: BTreeMap<Key<'_>, [Option<&Cell>; 2]> = BTreeMap::new();
    for (side, cells) in [before, after].into_iter().enumerate() {
        for cell in cells {
            pairs.entry(key(cell)).or_default()[side] = Some(cell);
        }
    }
    let together = |cell: Option<&Cell>| cell.map_or(0, |cell| cell.n_ab);
    let jaccard =
        |cell: Option<&Cell>| cell.and_then(|cell| Association::of(cell.n, cell.n_a, cell.n_b, cell.n_ab).jaccard);
    let mut moved: Vec<MovedCell> = pairs
        .into_iter()
        .filter(|(_, [before, after])| together(*before) != together(*after))
        .map(|((unit, level, a, b), [before, after])| MovedCell {
            unit,
            level: level.to_owned(),
            a: a.to_owned(),
            b: b.to_owned(),
            n_ab_before: together(before),
            n_ab_after: together(after),
            jaccard_before: jaccard(before),
            jaccard_after: jaccard(after),
        })
        .collect();
    moved.sort_by_key(|cell| std::cmp::Reverse(cell.distance()));
    moved
}
