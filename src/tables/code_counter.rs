//! The counts of the `codes` table without the table, for what shows them otherwise.

use std::path::PathBuf;

use crate::codebook::Codebook;
use crate::coding::CodedDocument;

use super::cases::{CaseTotals, CaseWriter, Cases};
use super::chosen::Chosen;
use super::levels::LevelIndex;
use super::sums::Sums;
use super::{TableError, TableName, TableOptions, Unit};

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
pub struct CodeCounter<'c> {
    codebook: &'c Codebook,
    /// Where the counts of the cases are put aside.
    folder: PathBuf,
    cases: CaseWriter,
    levels: [LevelIndex; 3],
    chosen: Chosen,
    sums: Sums,
}

impl<'c> CodeCounter<'c> {
    /// Nothing counted yet; the counts of the cases are put aside in the system's folder for temporary files.
    ///
    /// # Errors
    /// If no file can be made there.
    pub fn new(codebook: &'c Codebook) -> Result<Self, TableError> {
        let options = TableOptions { tables: Some(vec![TableName::Codes]), ..TableOptions::default() };
        let levels = LevelIndex::all(codebook);
        let sums = Sums::new(codebook, &levels, &options);
        let folder = std::env::temp_dir();
        let cases = CaseWriter::create(&folder)?;
        Ok(Self { codebook, folder, cases, chosen: Chosen::of(options.chosen_roles(codebook)), levels, sums })
    }

    /// Counts documents that were not counted before.
    ///
    /// # Errors
    /// If the counts of their cases cannot be put aside.
    pub fn push(&mut self, documents: &[CodedDocument]) -> Result<(), TableError> {
        documents.iter().try_for_each(|document| {
            self.sums.add(document, &self.levels, self.chosen);
            self.cases.add(document, self.chosen)
        })
    }

    /// The counts of every code, in the order of the codebook.
    ///
    /// # Errors
    /// If the counts of the cases cannot be taken up again.
    pub fn finish(self) -> Result<Vec<CodeCount>, TableError> {
        let [codes, ..] = &self.levels;
        let documents = &self.sums.unit(Unit::Document).levels[0].documents;
        let cases = Cases::of(&self.folder, [self.cases])?;
        let [cases, ..] = &CaseTotals::of(&cases, self.codebook, &self.levels)?.with;
        let mut counts = vec![CodeCount::default(); self.sums.codings.len()];
        for number in 0..codes.len() {
            for code in codes.codes_of(number) {
                let codings = self.sums.codings[code];
                counts[code] = CodeCount { codings, documents: documents[number], cases: cases[number] };
            }
        }
        Ok(counts)
    }
}
