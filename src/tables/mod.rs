//! Coded documents to tables; the only home of polars.

mod schema;

pub use schema::{ColumnKind, ColumnSchema, TableSchema};
