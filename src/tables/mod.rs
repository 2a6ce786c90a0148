//! Coded documents to tables; the only home of polars.
//!
//! [`Tables`] takes coded documents block by block. Tables with a row per document, turn, coding or unit are written
//! as the blocks come; the others are made at the end from sums. [`schemas`] tells, without any document, what the
//! columns will be and what they mean, formulas and sources included. [`read_codings`] reads the codings back.
//!
//! Three rules hold for all tables but `codings`, which has everything:
//! - Only counted codings in turns of the chosen roles are used, and such turns alone give words and units.
//! - A turn without a token, or with nothing but backchannels, does not count.
//! - Empty means not applicable or undefined; 0 means looked for and not found.

mod attributes;
mod bits;
mod case_codes;
mod case_counts;
mod cases;
mod cell_counts;
mod cells;
mod chosen;
mod code_counter;
mod codes;
mod coding_id;
mod codings;
mod cooccurrence;
mod describe;
mod document_codes;
mod documents;
mod error;
mod evidence;
mod frequencies;
mod ledger;
mod levels;
mod matrix;
mod options;
mod pairs;
mod presence;
mod questions;
mod read;
mod read_rows;
mod schema;
mod sheet;
mod sums;
mod turns;
mod unit_codes;
mod units;
mod whole;
mod writer;

pub use cell_counts::{Cell, CellCounter, CellCounts};
pub use code_counter::{CodeCount, CodeCounter};
pub use coding_id::CodingIds;
pub use error::TableError;
pub use options::{Level, TableFormat, TableName, TableOptions, Unit};
pub use read::{CodingsReader, ReadCodingsError, read_codings};
pub use schema::{ColumnKind, ColumnSchema, TableSchema};
pub use whole::{Tables, WrittenTable, schemas};
