//! Reads a `codings` table back, document by document.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use polars::prelude::PolarsError;

use crate::codebook::Codebook;
use crate::coding::{Coding, SentenceRange};
use crate::text::{ByteSpan, CharSpan};

use super::read_rows::Rows;

/// The columns that are read, in the order of [`Row::cells`].
pub(super) const COLUMNS: [&str; 18] = [
    "document",
    "turn",
    "sentence",
    "end_sentence",
    "code",
    "pattern",
    "counted",
    "prompted_exchange",
    "prompted_document",
    "start_char",
    "end_char",
    "start_byte",
    "end_byte",
    "start_token",
    "end_token",
    "segment_start_char",
    "segment_end_char",
    "text",
];

/// Those that hold text; the others hold whole numbers.
pub(super) const TEXT_COLUMNS: [&str; 4] = ["document", "code", "pattern", "text"];

/// Why codings could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadCodingsError {
    /// The file is of no format that is read.
    #[error("cannot tell the format of {path}; give a `codings.csv` or a `codings.parquet`")]
    Format {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be opened.
    #[error("cannot open {path}; check that the file exists and may be read")]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The file is no CSV.
    #[error("{path}: line {line}: not valid CSV in UTF-8; write the codings table anew with `qualcode code`")]
    Csv {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: u64,
        /// Why.
        #[source]
        source: csv::Error,
    },
    /// The file is no Parquet.
    #[error("{path}: not valid Parquet; write the codings table anew with `qualcode code`")]
    Parquet {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: PolarsError,
    },
    /// A column is missing.
    #[error("{path}: column `{column}` is missing; a codings table has the columns {}", COLUMNS.join(", "))]
    MissingColumn {
        /// The file.
        path: PathBuf,
        /// The column.
        column: &'static str,
    },
    /// A cell does not hold what its column should.
    #[error(
        "{path}: {place} {line}: column `{column}`: `{value}` is not {expected}; correct it or write the table anew with `qualcode code`"
    )]
    Cell {
        /// The file.
        path: PathBuf,
        /// What `line` counts: lines of CSV, rows of Parquet.
        place: &'static str,
        /// Number of the line, from 1.
        line: u64,
        /// The column.
        column: &'static str,
        /// What it holds.
        value: String,
        /// What it should hold.
        expected: &'static str,
    },
    /// A code or pattern is not in the codebook.
    #[error(
        "{path}: {place} {line}: the codebook has no {kind} `{id}`; give the codebook that the codings were made with, or code anew"
    )]
    Unknown {
        /// The file.
        path: PathBuf,
        /// What `line` counts.
        place: &'static str,
        /// Number of the line, from 1.
        line: u64,
        /// `code` or `pattern of the code`.
        kind: &'static str,
        /// Its id.
        id: String,
    },
    /// Documents are out of order.
    #[error(
        "{path}: {place} {line}: document `{document}` comes after `{before}`; sort the table by document (UTF-8 bytes) and start_char"
    )]
    Order {
        /// The file.
        path: PathBuf,
        /// What `line` counts.
        place: &'static str,
        /// Number of the line, from 1.
        line: u64,
        /// The document.
        document: String,
        /// The one before it.
        before: String,
    },
}

/// Codings by document, in ascending order of document ids; documents without codings are left out.
pub struct CodingsReader {
    rows: Rows,
    codes: HashMap<String, CodeEntry>,
    path: PathBuf,
    /// The document being gathered.
    current: Option<(String, Vec<Coding>)>,
    done: bool,
}

struct CodeEntry {
    position: usize,
    patterns: HashMap<String, usize>,
}

/// Opens a `codings.csv` or `codings.parquet` of [`super::Tables`], to be read a part at a time.
///
/// `turn` of a coding becomes the table's turn number less 1, which is its position in a document of consecutively
/// numbered turns.
///
/// # Errors
/// If the file cannot be opened, is of another format, or lacks a column. Other faults come with the items.
pub fn read_codings(path: &Path, codebook: &Codebook) -> Result<CodingsReader, ReadCodingsError> {
    let codes = codebook
        .codes
        .iter()
        .enumerate()
        .map(|(position, code)| {
            let patterns =
                code.patterns.iter().enumerate().map(|(place, pattern)| (pattern.id.clone(), place)).collect();
            (code.id.clone(), CodeEntry { position, patterns })
        })
        .collect();
    Ok(CodingsReader { rows: Rows::open(path)?, codes, path: path.to_owned(), current: None, done: false })
}

impl Iterator for CodingsReader {
    type Item = Result<(String, Vec<Coding>), ReadCodingsError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let next = self.next_document();
        self.done = !matches!(next, Ok(Some(_)));
        match next {
            Ok(Some(document)) => Some(Ok(in_order(document))),
            Ok(None) => self.current.take().map(in_order).map(Ok),
            Err(error) => Some(Err(error)),
        }
    }
}

impl CodingsReader {
    /// The document gathered, once a row of the next one is met; `None` at the end of the file.
    fn next_document(&mut self) -> Result<Option<(String, Vec<Coding>)>, ReadCodingsError> {
        while self.rows.advance()? {
            let row =
                Row { cells: self.rows.cells(), path: &self.path, place: self.rows.place(), line: self.rows.line() };
            let document = row.text("document")?;
            let coding = row.coding(&self.codes)?;
            match &mut self.current {
                Some((known, codings)) if known == document => codings.push(coding),
                Some((before, _)) if before.as_str() > document => {
                    return Err(ReadCodingsError::Order {
                        path: self.path.clone(),
                        place: row.place,
                        line: row.line,
                        document: document.to_owned(),
                        before: before.clone(),
                    });
                }
                current => {
                    if let Some(gathered) = current.replace((document.to_owned(), vec![coding])) {
                        return Ok(Some(gathered));
                    }
                }
            }
        }
        Ok(None)
    }
}

/// The table breaks ties of place by the code's id, a coded document by its position in the codebook.
fn in_order((document, mut codings): (String, Vec<Coding>)) -> (String, Vec<Coding>) {
    codings.sort_by_key(|coding| (coding.chars.start, coding.chars.end, coding.code));
    (document, codings)
}

/// A row as text, and where it stands.
struct Row<'a> {
    /// In the order of [`COLUMNS`]; an empty cell is empty.
    cells: &'a [String; COLUMNS.len()],
    path: &'a Path,
    place: &'static str,
    line: u64,
}

impl Row<'_> {
    fn cell(&self, column: &'static str) -> &str {
        COLUMNS.iter().position(|&name| name == column).map_or("", |place| &self.cells[place])
    }

    fn wrong(&self, column: &'static str, expected: &'static str) -> ReadCodingsError {
        let (path, value) = (self.path.to_owned(), self.cell(column).to_owned());
        ReadCodingsError::Cell { path, place: self.place, line: self.line, column, value, expected }
    }

    fn text(&self, column: &'static str) -> Result<&str, ReadCodingsError> {
        let value = self.cell(column);
        if value.is_empty() { Err(self.wrong(column, "a name")) } else { Ok(value) }
    }

    fn number(&self, column: &'static str) -> Result<u32, ReadCodingsError> {
        self.cell(column).parse().map_err(|_| self.wrong(column, "a whole number"))
    }

    fn positive(&self, column: &'static str) -> Result<u32, ReadCodingsError> {
        self.number(column).ok().filter(|&number| number > 0).ok_or_else(|| self.wrong(column, "a number from 1 up"))
    }

    fn flag(&self, column: &'static str) -> Result<bool, ReadCodingsError> {
        match self.cell(column) {
            "0" => Ok(false),
            "1" => Ok(true),
            _ => Err(self.wrong(column, "0 or 1")),
        }
    }

    /// A half-open span, which may not end before it starts.
    fn span(&self, start: &'static str, end: &'static str) -> Result<(u32, u32), ReadCodingsError> {
        let (first, last) = (self.number(start)?, self.number(end)?);
        if first <= last { Ok((first, last)) } else { Err(self.wrong(end, "at or after the start")) }
    }

    fn unknown(&self, kind: &'static str, id: &str) -> ReadCodingsError {
        let (path, id) = (self.path.to_owned(), id.to_owned());
        ReadCodingsError::Unknown { path, place: self.place, line: self.line, kind, id }
    }

    fn coding(&self, codes: &HashMap<String, CodeEntry>) -> Result<Coding, ReadCodingsError> {
        let code = self.text("code")?;
        let entry = codes.get(code).ok_or_else(|| self.unknown("code", code))?;
        let pattern = self.text("pattern")?;
        let place = entry.patterns.get(pattern).ok_or_else(|| self.unknown("pattern of the code", pattern))?;
        let chars = self.span("start_char", "end_char")?;
        let bytes = self.span("start_byte", "end_byte")?;
        let tokens = self.span("start_token", "end_token")?;
        let segment = self.span("segment_start_char", "segment_end_char")?;
        Ok(Coding {
            code: entry.position,
            pattern: *place,
            turn: self.positive("turn")? as usize - 1,
            sentences: SentenceRange { first: self.positive("sentence")?, last: self.positive("end_sentence")? },
            counted: self.flag("counted")?,
            prompted_exchange: self.flag("prompted_exchange")?,
            prompted_document: self.flag("prompted_document")?,
            chars: CharSpan::new(chars.0, chars.1),
            bytes: ByteSpan::new(bytes.0, bytes.1),
            start_token: tokens.0,
            end_token: tokens.1,
            segment: CharSpan::new(segment.0, segment.1),
            text: self.cell("text").to_owned(),
        })
    }
}
