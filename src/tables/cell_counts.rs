//! The counts behind the co-occurrence tables, without the tables.

use super::chosen::Chosen;
use super::levels::LevelIndex;
use super::sums::Sums;
use super::{Level, TableName, TableOptions, Unit};
use crate::codebook::Codebook;
use crate::coding::CodedDocument;

/// Counts the cells of the co-occurrence tables of a codebook.
#[derive(Debug)]
pub struct CellCounter {
    levels: [LevelIndex; 3],
    options: TableOptions,
    chosen: Chosen,
    nothing: Sums,
}

/// Counts of some documents, which can be added up.
#[derive(Debug, Clone)]
pub struct CellCounts(Sums);

/// One cell: a pair of one level in one kind of unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What is counted.
    pub unit: Unit,
    /// Codes, themes or tracks.
    pub level: Level,
    /// First of the pair.
    pub a: String,
    /// Second of the pair.
    pub b: String,
    /// Units.
    pub n: u64,
    /// Units with a.
    pub n_a: u64,
    /// Units with b.
    pub n_b: u64,
    /// Units with both.
    pub n_ab: u64,
}

impl CellCounter {
    /// A counter for a codebook, in the units and levels of the options.
    pub fn new(codebook: &Codebook, options: &TableOptions) -> Self {
        let options = TableOptions { tables: Some(vec![TableName::Cooccurrence]), ..options.clone() };
        let levels = LevelIndex::all(codebook);
        let nothing = Sums::new(codebook, &levels, &options);
        Self { chosen: Chosen::of(options.chosen_roles(codebook)), levels, options, nothing }
    }

    /// The counts of some documents.
    pub fn count<'d>(&self, documents: impl IntoIterator<Item = &'d CodedDocument>) -> CellCounts {
        let mut sums = self.nothing.clone();
        documents.into_iter().for_each(|document| sums.add(document, &self.levels, self.chosen));
        CellCounts(sums)
    }

    /// Every cell, zeros included, in the order of the table.
    pub fn cells(&self, counts: &CellCounts) -> Vec<Cell> {
        let mut cells = Vec::new();
        for unit in self.options.cooccurrence_units() {
            let counts = counts.0.unit(unit);
            for (level, of_level) in self.levels.iter().zip(&counts.levels) {
                let Some(pairs) = &of_level.pairs else { continue };
                for a in 0..level.len() {
                    cells.extend((a + 1..level.len()).map(|b| Cell {
                        unit,
                        level: level.level,
                        a: level.ids[a].clone(),
                        b: level.ids[b].clone(),
                        n: counts.n,
                        n_a: of_level.units[a],
                        n_b: of_level.units[b],
                        n_ab: pairs.get(a, b).both,
                    }));
                }
            }
        }
        cells
    }
}

impl CellCounts {
    /// Adds the counts of other documents, counted by the same counter.
    pub fn merge(&mut self, other: Self) {
        self.0.merge(other.0);
    }
}
