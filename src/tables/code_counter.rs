//! The counts of the `codes` table without the table, for what shows them otherwise.

use crate::codebook::Codebook;
use crate::coding::CodedDocument;

use super::chosen::Chosen;
use super::frequencies::cases_with;
use super::levels::LevelIndex;
use super::sums::Sums;
use super::{TableName, TableOptions, Unit};

/// Codings, documents and cases of a code, as in the `codes` table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CodeCount {
    /// Counted codings.
    pub codings: u64,
    /// Documents with a counted coding.
    pub documents: u64,
    /// Cases with a counted coding.
    pub cases: u64,
}

/// Counts the codings of coded documents.
#[derive(Debug)]
pub struct CodeCounter {
    levels: [LevelIndex; 3],
    chosen: Chosen,
    sums: Sums,
}

impl CodeCounter {
    /// Nothing counted yet.
    pub fn new(codebook: &Codebook) -> Self {
        let options = TableOptions { tables: Some(vec![TableName::Codes]), ..TableOptions::default() };
        let levels = LevelIndex::all(codebook);
        let sums = Sums::new(codebook, &levels, &options);
        Self { chosen: Chosen::of(options.chosen_roles(codebook)), levels, sums }
    }

    /// Counts documents that were not counted before.
    pub fn push(&mut self, documents: &[CodedDocument]) {
        documents.iter().for_each(|document| self.sums.add(document, &self.levels, self.chosen));
    }

    /// The counts of every code, in the order of the codebook.
    pub fn finish(self) -> Vec<CodeCount> {
        let [codes, ..] = &self.levels;
        let documents = &self.sums.unit(Unit::Document).levels[0].documents;
        let cases = cases_with(codes, &self.sums);
        let mut counts = vec![CodeCount::default(); self.sums.codings.len()];
        for number in 0..codes.len() {
            for code in codes.codes_of(number) {
                let codings = self.sums.codings[code];
                counts[code] = CodeCount { codings, documents: documents[number], cases: cases[number] };
            }
        }
        counts
    }
}
