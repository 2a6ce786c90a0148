//! What an exporter needs to know of a table that was written.

use crate::tables::{ColumnKind, ColumnSchema, TableSchema};

/// A table and the files that hold it.
#[derive(Debug, Clone, Copy)]
pub struct TableFiles<'a> {
    /// Its columns, their types and meanings.
    pub schema: &'a TableSchema,
    /// Number of rows, without the header.
    pub rows: u64,
    /// One file per format, relative to the folder `tables`; the ending tells the format.
    pub files: &'a [String],
}

impl<'a> TableFiles<'a> {
    /// The file with this ending (`csv`, no dot), if the table was written in that format.
    pub(super) fn file(&self, ending: &str) -> Option<&'a str> {
        self.files.iter().map(String::as_str).find(|file| has_ending(file, ending))
    }
}

/// Whether the file's name ends with a dot and this ending.
pub(super) fn has_ending(file: &str, ending: &str) -> bool {
    file.rsplit_once('.').is_some_and(|(_, last)| last.eq_ignore_ascii_case(ending))
}

/// Whether the column holds only 0 and 1.
pub(super) fn is_presence(column: &ColumnSchema) -> bool {
    column.kind == ColumnKind::Integer && column.unit.as_deref() == Some("0/1")
}
