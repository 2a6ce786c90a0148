//! Short ways to write down a column's schema.

use super::{ColumnKind, ColumnSchema, TableSchema};

/// A column of whole numbers that is never empty.
pub(super) fn integer(name: impl Into<String>, meaning: impl Into<String>) -> ColumnSchema {
    column(name, ColumnKind::Integer, meaning)
}

/// A column of doubles that may be empty.
pub(super) fn number(name: impl Into<String>, meaning: impl Into<String>) -> ColumnSchema {
    column(name, ColumnKind::Number, meaning).or_empty()
}

/// A column of text that is never empty.
pub(super) fn text(name: impl Into<String>, meaning: impl Into<String>) -> ColumnSchema {
    column(name, ColumnKind::Text, meaning)
}

/// A column of 0 and 1 that is never empty.
pub(super) fn flag(name: impl Into<String>, meaning: impl Into<String>) -> ColumnSchema {
    column(name, ColumnKind::Integer, meaning).unit("0/1")
}

/// A column of any type that is never empty.
pub(super) fn column(name: impl Into<String>, kind: ColumnKind, meaning: impl Into<String>) -> ColumnSchema {
    ColumnSchema { name: name.into(), kind, unit: None, meaning: meaning.into(), nullable: false }
}

impl ColumnSchema {
    /// The same column in a unit.
    pub(super) fn unit(mut self, unit: &str) -> Self {
        self.unit = Some(unit.to_owned());
        self
    }

    /// The same column, but cells may be empty.
    pub(super) fn or_empty(mut self) -> Self {
        self.nullable = true;
        self
    }
}

/// A table of these columns.
pub(super) fn table(name: impl Into<String>, row: &str, key: &[&str], columns: Vec<ColumnSchema>) -> TableSchema {
    TableSchema {
        name: name.into(),
        row: row.to_owned(),
        columns,
        key: key.iter().map(|&name| name.to_owned()).collect(),
    }
}
