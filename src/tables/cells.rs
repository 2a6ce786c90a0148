//! The cells of one column until they are written.

use polars::prelude::{
    BooleanChunkedBuilder, ChunkedBuilder, Column, DataType, Float64Type, Int32Type, Int64Type, IntoSeries, NamedFrom,
    PlSmallStr, PolarsResult, PrimitiveChunkedBuilder, Series, StringChunkedBuilder,
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
    /// No cells yet.
    pub(super) fn of(schema: &ColumnSchema) -> Self {
        let name = PlSmallStr::from_str(&schema.name);
        match schema.kind {
            ColumnKind::Integer if schema.nullable => Self::Integer(PrimitiveChunkedBuilder::new(name, 0)),
            ColumnKind::Integer => Self::Count(Vec::new()),
            ColumnKind::Number => Self::Number(PrimitiveChunkedBuilder::new(name, 0)),
            ColumnKind::Boolean => Self::Boolean(BooleanChunkedBuilder::new(name, 0)),
            ColumnKind::Date => Self::Date(PrimitiveChunkedBuilder::new(name, 0)),
            ColumnKind::Text => Self::Text(StringChunkedBuilder::new(name, 0)),
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

    /// The column, and no cells any more.
    ///
    /// # Errors
    /// If polars refuses the type.
    pub(super) fn take(&mut self, schema: &ColumnSchema) -> PolarsResult<Column> {
        let full = std::mem::replace(self, Self::of(schema));
        let series = match full {
            Self::Integer(cells) => cells.finish().into_series(),
            Self::Count(cells) => Series::new(PlSmallStr::from_str(&schema.name), cells),
            Self::Number(cells) => cells.finish().into_series(),
            Self::Boolean(cells) => cells.finish().into_series(),
            Self::Date(cells) => cells.finish().into_series().cast(&DataType::Date)?,
            Self::Text(cells) => cells.finish().into_series(),
        };
        Ok(series.into())
    }
}
