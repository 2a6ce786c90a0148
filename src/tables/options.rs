//! Which tables, of what, in which files.

use std::fmt;
use std::num::NonZeroU32;

use crate::codebook::Codebook;
use crate::corpus::Role;

/// What a run of tables is to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableOptions {
    /// The tables to write; `None`: all.
    pub tables: Option<Vec<TableName>>,
    /// The units of co-occurrence and of `unit_codes`; `None`: turn, exchange and document for co-occurrence, turn
    /// for `unit_codes`.
    pub units: Option<Vec<Unit>>,
    /// The levels of `frequencies` and of co-occurrence.
    pub levels: Vec<Level>,
    /// The roles whose turns count; `None`: the codebook's.
    pub roles: Option<Vec<Role>>,
    /// The file formats; each table is written in every one of them.
    pub formats: Vec<TableFormat>,
}

impl Default for TableOptions {
    fn default() -> Self {
        Self {
            tables: None,
            units: None,
            levels: Level::ALL.to_vec(),
            roles: None,
            formats: vec![TableFormat::Csv, TableFormat::Parquet],
        }
    }
}

impl TableOptions {
    /// Whether the table is asked for.
    pub(super) fn writes(&self, table: TableName) -> bool {
        self.tables.as_ref().is_none_or(|tables| tables.contains(&table))
    }

    /// Units of co-occurrence, in the order of their names as UTF-8 bytes, each once.
    pub(super) fn cooccurrence_units(&self) -> Vec<Unit> {
        sorted_units(self.units.as_deref().unwrap_or(&[Unit::Turn, Unit::Exchange, Unit::Document]))
    }

    /// Units of `unit_codes`, in the same order.
    pub(super) fn unit_codes_units(&self) -> Vec<Unit> {
        sorted_units(self.units.as_deref().unwrap_or(&[Unit::Turn]))
    }

    /// The roles that count.
    pub(super) fn chosen_roles<'a>(&'a self, codebook: &'a Codebook) -> &'a [Role] {
        self.roles.as_deref().unwrap_or(&codebook.roles)
    }
}

fn sorted_units(units: &[Unit]) -> Vec<Unit> {
    let mut sorted = units.to_vec();
    sorted.sort_by_cached_key(Unit::to_string);
    sorted.dedup();
    sorted
}

/// A table; `cooccurrence_matrix` stands for one file per level and unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TableName {
    /// One row per document.
    Documents,
    /// One row per turn.
    Turns,
    /// One row per code.
    Codes,
    /// One row per coding, counted or not.
    Codings,
    /// One row per code, theme and track.
    Frequencies,
    /// One row per case and code.
    CaseCodes,
    /// One row per document, one column per code.
    DocumentCodes,
    /// One row per unit, one column per code.
    UnitCodes,
    /// One row per unit, level and pair.
    Cooccurrence,
    /// Square tables, one per level and unit.
    CooccurrenceMatrix,
}

impl TableName {
    /// Every table, in the order in which they are listed.
    pub const ALL: [Self; 10] = [
        Self::Documents,
        Self::Turns,
        Self::Codes,
        Self::Codings,
        Self::Frequencies,
        Self::CaseCodes,
        Self::DocumentCodes,
        Self::UnitCodes,
        Self::Cooccurrence,
        Self::CooccurrenceMatrix,
    ];

    /// The name; of matrices, the part that all share.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Turns => "turns",
            Self::Codes => "codes",
            Self::Codings => "codings",
            Self::Frequencies => "frequencies",
            Self::CaseCodes => "case_codes",
            Self::DocumentCodes => "document_codes",
            Self::UnitCodes => "unit_codes",
            Self::Cooccurrence => "cooccurrence",
            Self::CooccurrenceMatrix => "cooccurrence_matrix",
        }
    }

    /// The table of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.as_str() == name)
    }
}

/// What is counted: codes, or what they are rolled up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Codes.
    Code,
    /// Themes: present when any of their codes, or of the codes of themes below them, is.
    Theme,
    /// Tracks: present when any of their codes is.
    Track,
}

impl Level {
    /// Every level, in the order of their names.
    pub const ALL: [Self; 3] = [Self::Code, Self::Theme, Self::Track];

    /// The word for it in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Theme => "theme",
            Self::Track => "track",
        }
    }

    /// The level of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == name)
    }
}

/// What co-occurrence is counted in. Only turns of the chosen roles that hold a token and more than backchannels
/// make units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A sentence; it has a code if a coding touches it.
    Sentence,
    /// A turn.
    Turn,
    /// An exchange.
    Exchange,
    /// All of a document's turns under one guide question.
    Question,
    /// A turn with so many less one before it in its document; windows overlap.
    Window(NonZeroU32),
    /// A document.
    Document,
}

impl Unit {
    /// The unit of that name: `sentence`, `turn`, `exchange`, `question`, `document` or `window:k` with k ≥ 1.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "sentence" => Some(Self::Sentence),
            "turn" => Some(Self::Turn),
            "exchange" => Some(Self::Exchange),
            "question" => Some(Self::Question),
            "document" => Some(Self::Document),
            _ => name.strip_prefix("window:")?.parse().ok().map(Self::Window),
        }
    }

    /// The name as a part of a file name: `window-3` for `window:3`, for a colon may not stand in one everywhere.
    pub(super) fn file_part(self) -> String {
        self.to_string().replace(':', "-")
    }

    /// Whether two of these units may share a turn, so that no test that takes them for independent applies.
    pub(super) fn overlaps(self) -> bool {
        matches!(self, Self::Window(_))
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sentence => formatter.write_str("sentence"),
            Self::Turn => formatter.write_str("turn"),
            Self::Exchange => formatter.write_str("exchange"),
            Self::Question => formatter.write_str("question"),
            Self::Window(turns) => write!(formatter, "window:{turns}"),
            Self::Document => formatter.write_str("document"),
        }
    }
}

/// A file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TableFormat {
    /// Comma-separated values, UTF-8, with a header; an empty field is a missing value.
    Csv,
    /// Apache Parquet, compressed with Zstandard.
    Parquet,
    /// Arrow IPC file (Feather 2), compressed with LZ4.
    Arrow,
}

impl TableFormat {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Parquet, Self::Arrow];

    /// The name, which is also the extension of the files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::Arrow => "arrow",
        }
    }

    /// The format of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::{TableOptions, Unit};

    #[test]
    fn units_are_named_and_sorted_by_name() {
        for name in ["sentence", "turn", "exchange", "question", "document", "window:3"] {
            assert_eq!(Unit::parse(name).map(|unit| unit.to_string()).as_deref(), Some(name));
        }
        assert_eq!(["window:0", "window", "window:x", "turns"].map(Unit::parse), [None; 4]);
        let names: Vec<_> = TableOptions::default().cooccurrence_units().iter().map(Unit::to_string).collect();
        assert_eq!(names, ["document", "exchange", "turn"]);
    }
}
