//! The counts of all cases.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

use crate::codebook::Codebook;
use crate::coding::CodedDocument;

use super::TableError;
use super::case_counts::CaseCounts;
use super::chosen::Chosen;
use super::ledger::{Ledger, LedgerWriter};
use super::levels::LevelIndex;
use super::questions::Questions;

/// Counts cases document by document. What a document has of each is put aside on the disk, so memory grows by the
/// names of the cases and not by their counts.
#[derive(Debug)]
pub(super) struct CaseWriter {
    folder: PathBuf,
    ledger: LedgerWriter,
}

impl CaseWriter {
    /// No case yet; `folder` has room for the counts.
    ///
    /// # Errors
    /// If no file can be made there.
    pub(super) fn create(folder: &Path) -> Result<Self, TableError> {
        match LedgerWriter::create(folder) {
            Ok(ledger) => Ok(Self { folder: folder.to_owned(), ledger }),
            Err(source) => Err(TableError::Cases { folder: folder.to_owned(), source }),
        }
    }

    /// Counts a document that was not counted before.
    ///
    /// # Errors
    /// If the counts cannot be written.
    pub(super) fn add(&mut self, document: &CodedDocument, chosen: Chosen) -> Result<(), TableError> {
        let mut record = Vec::new();
        for (name, counts) in cases_of(document, chosen) {
            record.clear();
            counts.write(&mut record);
            let put = self.ledger.put(name, &record);
            put.map_err(|source| TableError::Cases { folder: self.folder.clone(), source })?;
        }
        Ok(())
    }
}

/// The cases of one document, in the order of their first turns.
fn cases_of(document: &CodedDocument, chosen: Chosen) -> Vec<(&str, CaseCounts)> {
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut cases: Vec<(&str, CaseCounts)> = Vec::new();
    let mut of_turn: Vec<Option<usize>> = Vec::with_capacity(document.turns.len());
    for turn in &document.turns {
        let Some(name) = turn.case.as_deref().filter(|_| chosen.turn(turn)) else {
            of_turn.push(None);
            continue;
        };
        let number = *numbers.entry(name).or_insert_with(|| {
            cases.push((name, CaseCounts::in_document(&document.info.id)));
            cases.len() - 1
        });
        cases[number].1.add_words(turn.question, u64::from(turn.words));
        of_turn.push(Some(number));
    }
    for coding in chosen.codings(document) {
        if let Some(number) = of_turn[coding.turn] {
            cases[number].1.add_coding(coding.code as u32, coding.chars.start, coding.turn);
        }
    }
    cases
}

/// All cases, to be gone through in the order of their ids as UTF-8 bytes.
#[derive(Debug)]
pub(super) struct Cases {
    folder: PathBuf,
    ledger: Ledger,
}

impl Cases {
    /// The cases of some writers.
    ///
    /// # Errors
    /// If the counts cannot be written to their end.
    pub(super) fn of(folder: &Path, writers: impl IntoIterator<Item = CaseWriter>) -> Result<Self, TableError> {
        match Ledger::of(writers.into_iter().map(|writer| writer.ledger)) {
            Ok(ledger) => Ok(Self { folder: folder.to_owned(), ledger }),
            Err(source) => Err(TableError::Cases { folder: folder.to_owned(), source }),
        }
    }

    /// Calls `each` with every case and its counts in all documents.
    ///
    /// # Errors
    /// If the counts cannot be read, and those of `each`.
    pub(super) fn each(
        &self,
        mut each: impl FnMut(&str, &CaseCounts) -> Result<(), TableError>,
    ) -> Result<(), TableError> {
        let read = |name: &str, records: &[Vec<u8>]| -> Result<(), Failure> {
            let mut counts: Option<CaseCounts> = None;
            for record in records {
                let more = CaseCounts::read(record)?;
                match &mut counts {
                    Some(counts) => counts.merge(more),
                    None => counts = Some(more),
                }
            }
            counts.map_or(Ok(()), |counts| each(name, &counts).map_err(Failure::Table))
        };
        self.ledger.each_name(read).map_err(|failure| match failure {
            Failure::Table(error) => error,
            Failure::Ledger(source) => TableError::Cases { folder: self.folder.clone(), source },
        })
    }
}

enum Failure {
    Ledger(io::Error),
    Table(TableError),
}

impl From<io::Error> for Failure {
    fn from(source: io::Error) -> Self {
        Self::Ledger(source)
    }
}

/// How many cases there are of what, for each level in the order of [`super::Level::ALL`] and each id of it.
#[derive(Debug, Clone)]
pub(super) struct CaseTotals {
    /// Cases with a counted coding.
    pub(super) with: [Vec<u64>; 3],
    /// Cases with a turn under a question that the guards of one of the id's codes allow.
    pub(super) eligible: [Vec<u64>; 3],
}

impl CaseTotals {
    /// Counts the cases.
    ///
    /// # Errors
    /// If they cannot be read.
    pub(super) fn of(cases: &Cases, codebook: &Codebook, levels: &[LevelIndex; 3]) -> Result<Self, TableError> {
        let mut with = levels.each_ref().map(|level| vec![0; level.len()]);
        let mut last_case = levels.each_ref().map(|level| vec![0; level.len()]);
        let asked = levels.each_ref().map(|level| Asked::of(codebook, level));
        let mut eligible = asked.each_ref().map(|asked| vec![0; asked.sets.len()]);
        let mut number = 0_u64;
        cases.each(|_, case| {
            number += 1;
            for (place, level) in levels.iter().enumerate() {
                for &id in case.codes().flat_map(|code| &level.of_code[code]) {
                    let last = &mut last_case[place][id as usize];
                    with[place][id as usize] += u64::from(*last != number);
                    *last = number;
                }
                for (count, questions) in eligible[place].iter_mut().zip(&asked[place].sets) {
                    *count += u64::from(case.words_under(questions).is_some());
                }
            }
            Ok(())
        })?;
        let mut counts = eligible.into_iter();
        let eligible = asked.map(|asked| {
            let counts = counts.next().unwrap_or_default();
            asked.set_of_id.into_iter().map(|set| set.map_or(0, |set| counts[set])).collect()
        });
        Ok(Self { with, eligible })
    }
}

/// The questions that each id of a level is confined to. Most codes have no guards, or the same ones, so each set of
/// questions is kept once.
struct Asked {
    sets: Vec<Questions>,
    /// For each id its place in `sets`; none without a code.
    set_of_id: Vec<Option<usize>>,
}

impl Asked {
    fn of(codebook: &Codebook, level: &LevelIndex) -> Self {
        let mut sets: Vec<Questions> = Vec::new();
        let of_id = |id: usize| {
            level.codes_of(id).map(|code| Questions::of_code(codebook, code)).reduce(|all, other| all.or(&other))
        };
        let mut place_of = |questions: Questions| {
            sets.iter().position(|known| *known == questions).unwrap_or_else(|| {
                sets.push(questions);
                sets.len() - 1
            })
        };
        let set_of_id = (0..level.len()).map(|id| of_id(id).map(&mut place_of)).collect();
        Self { sets, set_of_id }
    }
}
