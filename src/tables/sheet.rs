//! A table in the making: rows are gathered, and written whenever there are enough of them.

use std::path::Path;

use polars::prelude::DataFrame;

use super::cells::Cells;
use super::writer::TableWriter;
use super::{TableError, TableFormat, TableSchema, WrittenTable};

/// Rows that are written together: a row group of Parquet, a record batch of Arrow.
const ROWS: usize = 1 << 16;

/// Cells of a wide table that are written together at most.
const CELLS: usize = 1 << 21;

/// Room beyond that for the rest of a document, as a part of it: to outgrow the room would double it.
const SPARE: usize = 4;

/// A table in the making.
pub(super) struct Sheet {
    schema: TableSchema,
    cells: Vec<Cells>,
    rows: usize,
    most_rows: usize,
    writer: TableWriter,
}

impl Sheet {
    /// An empty table in new files.
    ///
    /// # Errors
    /// If a file cannot be created, or two columns have the same name.
    pub(super) fn create(folder: &Path, schema: TableSchema, formats: &[TableFormat]) -> Result<Self, TableError> {
        check_names(&schema)?;
        let writer = TableWriter::create(folder, &schema, formats)?;
        let cells = schema.columns.iter().map(|column| Cells::of(column, 0)).collect();
        let most_rows = (CELLS / schema.columns.len().max(1)).clamp(1, ROWS);
        Ok(Self { schema, cells, rows: 0, most_rows, writer })
    }

    /// Begins a row; its cells must be given in the order of the columns.
    pub(super) fn row(&mut self) -> Row<'_> {
        self.rows += 1;
        Row { cells: self.cells.iter_mut() }
    }

    /// Writes the rows gathered if they are many. To be called where a block of documents may end, so that what is
    /// written together does not depend on the blocks.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub(super) fn spill(&mut self) -> Result<(), TableError> {
        if self.rows >= self.most_rows { self.flush(self.most_rows + self.most_rows / SPARE) } else { Ok(()) }
    }

    /// Writes what is left and closes the files.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub(super) fn finish(mut self) -> Result<WrittenTable, TableError> {
        self.flush(0)?;
        self.writer.finish(self.schema)
    }

    fn flush(&mut self, room: usize) -> Result<(), TableError> {
        if self.rows == 0 {
            return Ok(());
        }
        let rows = std::mem::take(&mut self.rows);
        let frame = self
            .schema
            .columns
            .iter()
            .zip(&mut self.cells)
            .map(|(schema, cells)| cells.take(schema, room))
            .collect::<Result<Vec<_>, _>>()
            .and_then(|columns| DataFrame::new(rows, columns))
            .map_err(|source| self.writer.error(source))?;
        self.writer.write(&frame)
    }
}

/// # Errors
/// If two columns have the same name.
pub(super) fn check_names(schema: &TableSchema) -> Result<(), TableError> {
    let mut names = std::collections::HashSet::new();
    match schema.columns.iter().find(|column| !names.insert(column.name.as_str())) {
        None => Ok(()),
        Some(column) => Err(TableError::Column { table: schema.name.clone(), column: column.name.clone() }),
    }
}

/// A row in the making. Every method fills the next cell.
///
/// # Panics
/// All methods panic if the cell's column is of another type: a table that breaks its own schema.
pub(super) struct Row<'a> {
    cells: std::slice::IterMut<'a, Cells>,
}

impl Row<'_> {
    fn next(&mut self) -> &mut Cells {
        self.cells.next().expect("a row has as many cells as its table has columns")
    }

    /// An empty cell.
    pub(super) fn empty(&mut self) -> &mut Self {
        self.next().push_empty();
        self
    }

    /// A whole number.
    pub(super) fn integer(&mut self, value: impl Into<i64>) -> &mut Self {
        match self.next() {
            Cells::Count(cells) => cells.push(value.into()),
            Cells::Integer(cells) => polars::prelude::ChunkedBuilder::append_value(cells, value.into()),
            _ => panic!("not a column of whole numbers"),
        }
        self
    }

    /// A count.
    pub(super) fn count(&mut self, value: u64) -> &mut Self {
        self.integer(i64::try_from(value).unwrap_or(i64::MAX))
    }

    /// 0 or 1.
    pub(super) fn flag(&mut self, value: bool) -> &mut Self {
        self.integer(i64::from(value))
    }

    /// Counts, one per column.
    pub(super) fn counts(&mut self, values: &[u32]) -> &mut Self {
        for &value in values {
            match self.next() {
                Cells::Count(cells) => cells.push(i64::from(value)),
                _ => panic!("not a column of counts"),
            }
        }
        self
    }

    /// A double; what is not finite becomes an empty cell.
    pub(super) fn number(&mut self, value: Option<f64>) -> &mut Self {
        match self.next() {
            Cells::Number(cells) => {
                polars::prelude::ChunkedBuilder::append_option(cells, value.filter(|value| value.is_finite()))
            }
            _ => panic!("not a column of doubles"),
        }
        self
    }

    /// Text; empty text becomes an empty cell.
    pub(super) fn text(&mut self, value: &str) -> &mut Self {
        match self.next() {
            Cells::Text(cells) if value.is_empty() => cells.append_null(),
            Cells::Text(cells) => cells.append_value(value),
            _ => panic!("not a column of text"),
        }
        self
    }

    /// Text, or an empty cell.
    pub(super) fn text_or_empty(&mut self, value: Option<&str>) -> &mut Self {
        self.text(value.unwrap_or_default())
    }

    /// `true` or `false`.
    pub(super) fn boolean(&mut self, value: bool) -> &mut Self {
        match self.next() {
            Cells::Boolean(cells) => polars::prelude::ChunkedBuilder::append_value(cells, value),
            _ => panic!("not a column of booleans"),
        }
        self
    }

    /// Days since 1970-01-01.
    pub(super) fn date(&mut self, days: i32) -> &mut Self {
        match self.next() {
            Cells::Date(cells) => polars::prelude::ChunkedBuilder::append_value(cells, days),
            _ => panic!("not a column of dates"),
        }
        self
    }
}
