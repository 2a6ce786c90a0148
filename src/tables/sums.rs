//! The sums behind the summary tables. They can be counted apart for different documents and then added up.

use crate::codebook::Codebook;
use crate::coding::CodedDocument;

use super::chosen::Chosen;
use super::evidence::{self, Evidence};
use super::levels::LevelIndex;
use super::presence::{UnitCounts, add_all};
use super::units::DocumentUnits;
use super::{TableName, TableOptions, Unit};

/// Units that `frequencies` and `codes` count in.
const BASE: [Unit; 4] = [Unit::Sentence, Unit::Turn, Unit::Exchange, Unit::Document];

/// Counts over documents.
#[derive(Debug, Clone)]
pub(super) struct Sums {
    /// Counted codings of each code, by position in the codebook.
    pub(super) codings: Vec<u64>,
    /// Words of the turns that count.
    pub(super) words: u64,
    /// One for each kind of unit.
    pub(super) units: Vec<UnitCounts>,
    documents: u64,
    evidence: Vec<Evidence>,
}

impl Sums {
    /// Nothing counted yet, and no more to be counted than the tables need.
    pub(super) fn new(codebook: &Codebook, levels: &[LevelIndex; 3], options: &TableOptions) -> Self {
        let pairs = options.writes(TableName::Cooccurrence) || options.writes(TableName::CooccurrenceMatrix);
        let summaries = options.writes(TableName::Codes) || options.writes(TableName::Frequencies);
        let paired = if pairs { options.cooccurrence_units() } else { Vec::new() };
        let mut units = paired.clone();
        if summaries {
            units.extend(BASE.into_iter().filter(|unit| !paired.contains(unit)));
        }
        let wanted = levels.each_ref().map(|level| options.levels.contains(&level.level));
        Self {
            codings: vec![0; codebook.codes.len()],
            words: 0,
            units: units
                .into_iter()
                .map(|unit| UnitCounts::new(unit, levels, if paired.contains(&unit) { wanted } else { [false; 3] }))
                .collect(),
            documents: 0,
            evidence: Vec::new(),
        }
    }

    /// Counts a document that was not counted before.
    pub(super) fn add(&mut self, document: &CodedDocument, levels: &[LevelIndex; 3], chosen: Chosen) {
        self.documents += 1;
        chosen.codings(document).for_each(|coding| self.codings[coding.code] += 1);
        let counting = document.turns.iter().filter(|turn| chosen.turn(turn));
        self.words += counting.map(|turn| u64::from(turn.words)).sum::<u64>();
        for counts in &mut self.units {
            let units = DocumentUnits::of(document, counts.unit, chosen);
            evidence::gather(document, &units, chosen, &mut self.evidence);
            counts.add(units.count, &self.evidence, levels, self.documents);
        }
    }

    /// Adds the sums of other documents, counted for the same codebook and options.
    pub(super) fn merge(&mut self, other: Self) {
        add_all(&mut self.codings, &other.codings);
        self.words += other.words;
        self.units.iter_mut().zip(other.units).for_each(|(counts, other)| counts.merge(other));
        self.documents += other.documents;
    }

    /// The counts of a kind of unit.
    ///
    /// # Panics
    /// If no table that was asked for counts in this unit.
    pub(super) fn unit(&self, unit: Unit) -> &UnitCounts {
        self.units.iter().find(|counts| counts.unit == unit).expect("the unit is counted for the tables asked for")
    }
}
