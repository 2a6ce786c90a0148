//! The cells of one column until they are written.

use polars::prelude::{
    BooleanChunkedBuilder, ChunkedBuilder, Column, DataType, Float64Type, Int32Type, Int64Chunked, Int64Type,
    IntoSeries, PlSmallStr, PolarsResult, PrimitiveChunkedBuilder, StringChunkedBuilder,
};

use super::{ColumnKind, ColumnSchema};

/// The cells of one column, of the type that its schema tells.
pub(super) enum Cells {
    Integer(PrimitiveChunkedBuilder<Int64Type>),
    /// Whole numbers that are never empty, as one vector.
    Count(Vec<i64>),
    Number(PrimitiveChunkedBuilder<Float64Type>),
    Boolean(BooleanChunkedBuilder),
    /// Days since 1970-01-01.
    Date(PrimitiveChunkedBuilder<Int32Type>),
    Text(StringChunkedBuilder),
}

impl Cells {
    /// No cells yet, and room for so many.
    pub(super) fn of(schema: &ColumnSchema, room: usize) -> Self {
        let name = PlSmallStr::from_str(&schema.name);
        match schema.kind {
            ColumnKind::Integer if schema.nullable => Self::Integer(PrimitiveChunkedBuilder::new(name, room)),
            ColumnKind::Integer => Self::Count(Vec::with_capacity(room)),
            ColumnKind::Number => Self::Number(PrimitiveChunkedBuilder::new(name, room)),
            ColumnKind::Boolean => Self::Boolean(BooleanChunkedBuilder::new(name, room)),
            ColumnKind::Date => Self::Date(PrimitiveChunkedBuilder::new(name, room)),
            ColumnKind::Text => Self::Text(StringChunkedBuilder::new(name, room)),
        }
    }

    /// The polars type of a column.
    pub(super) fn polars_type(kind: ColumnKind) -> DataType {
        match kind {
            ColumnKind::Integer => DataType::Int64,
            ColumnKind::Number => DataType::Float64,
            ColumnKind::Boolean => DataType::Boolean,
            ColumnKind::Date => DataType::Date,
            ColumnKind::Text => DataType::String,
        }
    }

    /// Adds an empty cell.
    ///
    /// # Panics
    /// If the column's cells may not be empty: a table that breaks its own schema.
    pub(super) fn push_empty(&mut self) {
        match self {
            Self::Integer(cells) => cells.append_null(),
            Self::Count(_) => panic!("a column of counts has no empty cells"),
            Self::Number(cells) => cells.append_null(),
            Self::Boolean(cells) => cells.append_null(),
            Self::Date(cells) => cells.append_null(),
            Self::Text(cells) => cells.append_null(),
        }
    }

    /// The column; no cells any more, but room for so many.
    ///
    /// # Errors
    /// If polars refuses the type.
    pub(super) fn take(&mut self, schema: &ColumnSchema, room: usize) -> PolarsResult<Column> {
        let full = std::mem::replace(self, Self::of(schema, room));
        let series = match full {
            Self::Integer(cells) => cells.finish().into_series(),
            Self::Count(cells) => Int64Chunked::from_vec(PlSmallStr::from_str(&schema.name), cells).into_series(),
            Self::Number(cells) => cells.finish().into_series(),
            Self::Boolean(cells) => cells.finish().into_series(),
            Self::Date(cells) => cells.finish().into_series().cast(&DataType::Date)?,
            Self::Text(cells) => cells.finish().into_series(),
        };
        Ok(series.into())
    }
}
