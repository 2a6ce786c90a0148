//! What a table is: its columns in order, their types, units and meanings. The data package, the loaders and
//! `--help` are made from this.

/// A table that was written, or could be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableSchema {
    /// Name, and file name without its extension.
    pub name: String,
    /// One row per what.
    pub row: String,
    /// The columns, in order.
    pub columns: Vec<ColumnSchema>,
    /// Names of the columns that identify a row, in sorting order.
    pub key: Vec<String>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnSchema {
    /// Name.
    pub name: String,
    /// Type.
    pub kind: ColumnKind,
    /// Unit, where there is one: "code points", "bytes", "tokens", "seconds", "0/1".
    pub unit: Option<String>,
    /// What it means, in a sentence; for a statistic, with formula and source.
    pub meaning: String,
    /// Whether a cell may be empty.
    pub nullable: bool,
}

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ColumnKind {
    /// Whole numbers of 64 bits.
    Integer,
    /// IEEE 754 doubles, always finite.
    Number,
    /// `true` and `false`.
    Boolean,
    /// Calendar dates, `2009-10-14` in CSV.
    Date,
    /// Text, never empty.
    Text,
}
