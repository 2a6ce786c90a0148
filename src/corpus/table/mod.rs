//! Tables with a turn a row: CSV and its kin, Excel workbooks, OpenDocument spreadsheets.
//!
//! A column of documents makes a table several documents. Columns are found by their names ([`columns`]); a table
//! without a column of words is no transcript. Workbooks are read with `zip` and `quick-xml`, row by row, and not
//! with a library for spreadsheets: `calamine` (0.38) reserves memory for as many strings as a workbook claims to
//! have, and lays out a hundred million cells where a spreadsheet repeats one. What is not read: formats of numbers
//! (a cell shows its value), and the .xls and .xlsb of old.

mod clock;
mod columns;
mod delimited;
mod ods;
mod package;
mod rows;
mod serial;
mod xlsx;

pub(super) use delimited::{looks_like, read_csv, read_tsv};
pub(super) use ods::read as read_ods;
pub(super) use xlsx::read as read_xlsx;

use super::read::Reading;
use crate::diagnostic::Diagnostic;

/// What a table holds.
#[derive(Debug)]
pub(super) struct Table {
    /// The name of the column of documents, if there is one.
    pub(super) document_column: Option<String>,
    /// The documents in the order of their first rows.
    pub(super) parts: Vec<Part>,
    /// What was guessed or suspicious.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// One document of a table.
#[derive(Debug)]
pub(super) struct Part {
    /// What the column of documents says, as part of an id; none without such a column, or for rows in which it is
    /// empty.
    pub(super) name: Option<String>,
    /// The document.
    pub(super) reading: Reading,
}
