//! All tables of a run, fed with blocks of coded documents.

use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::codebook::Codebook;
use crate::coding::CodedDocument;
use crate::corpus::AttributeColumn;

use super::cases::{CaseTotals, CaseWriter, Cases};
use super::chosen::Chosen;
use super::codings::CodeNames;
use super::levels::LevelIndex;
use super::sheet::Sheet;
use super::sums::Sums;
use super::{
    TableError, TableName, TableOptions, TableSchema, Unit, case_codes, codes, codings, cooccurrence, document_codes,
    documents, frequencies, matrix, turns, unit_codes,
};

/// A table that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenTable {
    /// Its columns.
    pub schema: TableSchema,
    /// Its rows, the header not counted.
    pub rows: u64,
    /// Names of its files in the folder, one per format.
    pub files: Vec<String>,
}

/// The schemas of the tables that the options ask for, in the order in which they are listed.
pub fn schemas(codebook: &Codebook, attributes: &[AttributeColumn], options: &TableOptions) -> Vec<TableSchema> {
    let levels = LevelIndex::all(codebook);
    TableName::ALL
        .into_iter()
        .filter(|&table| options.writes(table))
        .flat_map(|table| match table {
            TableName::Documents => vec![documents::schema(attributes)],
            TableName::Turns => vec![turns::schema()],
            TableName::Codes => vec![codes::schema()],
            TableName::Codings => vec![codings::schema()],
            TableName::Frequencies => vec![frequencies::schema()],
            TableName::CaseCodes => vec![case_codes::schema()],
            TableName::DocumentCodes => vec![document_codes::schema(codebook, attributes)],
            TableName::UnitCodes => vec![unit_codes::schema(codebook)],
            TableName::Cooccurrence => vec![cooccurrence::schema()],
            TableName::CooccurrenceMatrix => {
                matrices(&levels, options).map(|(level, unit)| matrix::schema(&levels[level], unit)).collect()
            }
        })
        .collect()
}

/// Level and unit of each matrix.
fn matrices<'a>(levels: &'a [LevelIndex; 3], options: &'a TableOptions) -> impl Iterator<Item = (usize, Unit)> + 'a {
    let wanted = (0..levels.len()).filter(|&place| options.levels.contains(&levels[place].level));
    wanted.flat_map(|place| options.cooccurrence_units().into_iter().map(move |unit| (place, unit)))
}

/// All tables of a run. Memory stays bounded: rows are written as they come, sums grow with codes and pairs, not with
/// documents or words, and of cases only the names are held.
pub struct Tables {
    folder: PathBuf,
    codebook: Codebook,
    attributes: Vec<AttributeColumn>,
    options: TableOptions,
    chosen: Chosen,
    levels: [LevelIndex; 3],
    names: CodeNames,
    last_document: Option<String>,
    documents: Option<Sheet>,
    turns: Option<Sheet>,
    codings: Option<Sheet>,
    document_codes: Option<Sheet>,
    unit_codes: Option<Sheet>,
    /// Two, which take turns with the documents so that two threads can count; added up at the end.
    sums: [Sums; 2],
    /// As the sums; none if no table needs them.
    cases: [Option<CaseWriter>; 2],
}

impl Tables {
    /// Begins the tables that the options ask for, in new files in a folder that exists; a failed run leaves them
    /// unfinished, so it should be a folder for staging.
    ///
    /// # Errors
    /// If a file cannot be created, or two columns of a table would have the same name.
    pub fn begin(
        folder: &Path,
        codebook: &Codebook,
        attributes: &[AttributeColumn],
        options: &TableOptions,
    ) -> Result<Self, TableError> {
        schemas(codebook, attributes, options).iter().try_for_each(super::sheet::check_names)?;
        let sheet = |table: TableName, schema: TableSchema| {
            options.writes(table).then(|| Sheet::create(folder, schema, &options.formats)).transpose()
        };
        let levels = LevelIndex::all(codebook);
        let needs_cases = [TableName::Codes, TableName::Frequencies, TableName::CaseCodes];
        let needs_cases = needs_cases.into_iter().any(|table| options.writes(table));
        let cases = || needs_cases.then(|| CaseWriter::create(folder)).transpose();
        Ok(Self {
            documents: sheet(TableName::Documents, documents::schema(attributes))?,
            turns: sheet(TableName::Turns, turns::schema())?,
            codings: sheet(TableName::Codings, codings::schema())?,
            document_codes: sheet(TableName::DocumentCodes, document_codes::schema(codebook, attributes))?,
            unit_codes: sheet(TableName::UnitCodes, unit_codes::schema(codebook))?,
            cases: [cases()?, cases()?],
            sums: std::array::from_fn(|_| Sums::new(codebook, &levels, options)),
            folder: folder.to_owned(),
            codebook: codebook.clone(),
            attributes: attributes.to_vec(),
            options: options.clone(),
            chosen: Chosen::of(options.chosen_roles(codebook)),
            levels,
            names: CodeNames::of(codebook),
            last_document: None,
        })
    }

    /// Adds a block of documents. Blocks, and the documents in them, come in ascending order of their ids as UTF-8
    /// bytes; how documents are divided into blocks does not change a byte of the tables.
    ///
    /// # Errors
    /// If a file cannot be written, documents are out of order, a coding lies in no turn, or an attribute is not of
    /// its type.
    pub fn push(&mut self, block: &[CodedDocument]) -> Result<(), TableError> {
        self.check(block)?;
        let (codebook, attributes, chosen, levels) = (&self.codebook, &self.attributes, self.chosen, &self.levels);
        let (names, units) = (&self.names, self.options.unit_codes_units());
        let small = || {
            each(&mut self.documents, block, |sheet, document| documents::push(sheet, attributes, document))?;
            each(&mut self.turns, block, |sheet, document| turns::push(sheet, codebook, document))?;
            let mut counts = vec![0; codebook.codes.len()];
            each(&mut self.document_codes, block, |sheet, document| {
                document_codes::push(sheet, attributes, document, chosen, &mut counts)
            })
        };
        let coded =
            || each(&mut self.codings, block, |sheet, document| codings::push(sheet, codebook, names, document));
        let wide = || {
            let mut scratch = unit_codes::Scratch::default();
            each(&mut self.unit_codes, block, |sheet, document| {
                unit_codes::push(sheet, codebook, &units, document, chosen, &mut scratch)
            })
        };
        let ([even, odd], [even_cases, odd_cases]) = (&mut self.sums, &mut self.cases);
        let count = |sums: &mut Sums, cases: &mut Option<CaseWriter>, skip: usize| {
            block.iter().skip(skip).step_by(2).try_for_each(|document| {
                sums.add(document, levels, chosen);
                cases.as_mut().map_or(Ok(()), |cases| cases.add(document, chosen))
            })
        };
        let summed = || rayon::join(|| count(even, even_cases, 0), || count(odd, odd_cases, 1));
        let ((small, coded), (wide, summed)) = rayon::join(|| rayon::join(small, coded), || rayon::join(wide, summed));
        small.and(coded).and(wide).and(summed.0).and(summed.1)
    }

    /// Writes the summary tables and closes all files. Tables come in the order of [`TableName::ALL`].
    ///
    /// # Errors
    /// If a file cannot be written.
    pub fn finish(mut self) -> Result<Vec<WrittenTable>, TableError> {
        let [mut sums, others] = self.sums;
        sums.merge(others);
        let cases = Cases::of(&self.folder, self.cases.into_iter().flatten())?;
        let case_totals = CaseTotals::of(&cases, &self.codebook, &self.levels)?;
        let mut streamed = |table| match table {
            TableName::Documents => self.documents.take(),
            TableName::Turns => self.turns.take(),
            TableName::Codings => self.codings.take(),
            TableName::DocumentCodes => self.document_codes.take(),
            TableName::UnitCodes => self.unit_codes.take(),
            _ => None,
        };
        let wanted = TableName::ALL.into_iter().filter(|&table| self.options.writes(table));
        let sheets: Vec<(TableName, Option<Sheet>)> = wanted.map(|table| (table, streamed(table))).collect();
        let summary = Summary {
            folder: &self.folder,
            codebook: &self.codebook,
            options: &self.options,
            levels: &self.levels,
            sums: &sums,
            cases: &cases,
            case_totals: &case_totals,
        };
        let written: Vec<Result<Vec<WrittenTable>, TableError>> = sheets
            .into_par_iter()
            .map(|(table, sheet)| match sheet {
                Some(sheet) => sheet.finish().map(|written| vec![written]),
                None => summary.write(table),
            })
            .collect();
        let tables: Vec<Vec<WrittenTable>> = written.into_iter().collect::<Result<_, _>>()?;
        Ok(tables.into_iter().flatten().collect())
    }

    fn check(&mut self, block: &[CodedDocument]) -> Result<(), TableError> {
        for document in block {
            let id = &document.info.id;
            if let Some(before) = self.last_document.replace(id.clone()).filter(|before| before >= id) {
                return Err(TableError::Order { document: id.clone(), before });
            }
            let turns = document.turns.len();
            if let Some(turn) = document.codings.iter().map(|coding| coding.turn).find(|&turn| turn >= turns) {
                return Err(TableError::Turn { document: id.clone(), turn: turn + 1, turns });
            }
        }
        Ok(())
    }
}

/// What the tables made at the end are made of.
struct Summary<'a> {
    folder: &'a Path,
    codebook: &'a Codebook,
    options: &'a TableOptions,
    levels: &'a [LevelIndex; 3],
    sums: &'a Sums,
    cases: &'a Cases,
    case_totals: &'a CaseTotals,
}

impl Summary<'_> {
    /// Writes the tables of that name; none if it is written block by block.
    ///
    /// # Errors
    /// If a file cannot be written.
    fn write(&self, table: TableName) -> Result<Vec<WrittenTable>, TableError> {
        let Self { codebook, options, levels, sums, cases, case_totals, .. } = *self;
        match table {
            TableName::Codes => {
                self.one(codes::schema(), |sheet| codes::write(sheet, codebook, &levels[0], sums, case_totals))
            }
            TableName::Frequencies => self.one(frequencies::schema(), |sheet| {
                frequencies::write(sheet, levels, &options.levels, sums, case_totals)
            }),
            TableName::CaseCodes => {
                self.one(case_codes::schema(), |sheet| case_codes::write(sheet, codebook, &levels[0], cases))
            }
            TableName::Cooccurrence => self.one(cooccurrence::schema(), |sheet| {
                let mut units = options.cooccurrence_units().into_iter();
                units.try_for_each(|unit| cooccurrence::write(sheet, levels, &options.levels, sums.unit(unit)))
            }),
            TableName::CooccurrenceMatrix => {
                let mut written = Vec::new();
                for (level, unit) in matrices(levels, options) {
                    let counts = &sums.unit(unit).levels[level];
                    let schema = matrix::schema(&levels[level], unit);
                    written.extend(self.one(schema, |sheet| matrix::write(sheet, &levels[level], counts))?);
                }
                Ok(written)
            }
            TableName::Documents
            | TableName::Turns
            | TableName::Codings
            | TableName::DocumentCodes
            | TableName::UnitCodes => Ok(Vec::new()),
        }
    }

    fn one(
        &self,
        schema: TableSchema,
        write: impl FnOnce(&mut Sheet) -> Result<(), TableError>,
    ) -> Result<Vec<WrittenTable>, TableError> {
        let mut sheet = Sheet::create(self.folder, schema, &self.options.formats)?;
        write(&mut sheet)?;
        sheet.finish().map(|written| vec![written])
    }
}

/// Adds each document of a block to a table that is asked for.
fn each(
    sheet: &mut Option<Sheet>,
    block: &[CodedDocument],
    mut push: impl FnMut(&mut Sheet, &CodedDocument) -> Result<(), TableError>,
) -> Result<(), TableError> {
    match sheet {
        Some(sheet) => block.iter().try_for_each(|document| push(sheet, document)),
        None => Ok(()),
    }
}
