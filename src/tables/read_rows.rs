//! Rows of a codings file as text, one at a time, from CSV or Parquet.

use std::fmt::Write as _;
use std::fs::File;
use std::path::{Path, PathBuf};

use polars::io::SerReader;
use polars::io::parquet::read::{ParallelStrategy, ParquetReader};
use polars::prelude::{DataFrame, DataType, PolarsResult};

use super::read::{COLUMNS, ReadCodingsError, TEXT_COLUMNS};

/// Rows of Parquet that are held at a time.
const ROWS: usize = 1 << 16;

/// The cells of the columns that are read, in their order.
pub(super) type RowCells = [String; COLUMNS.len()];

/// An open codings file.
pub(super) struct Rows {
    path: PathBuf,
    source: Source,
    cells: RowCells,
    /// Lines of CSV, the header being the first; rows of Parquet.
    line: u64,
}

enum Source {
    Csv {
        reader: Box<csv::Reader<File>>,
        record: csv::StringRecord,
        /// Where each column stands in the file.
        columns: [usize; COLUMNS.len()],
    },
    Parquet {
        frame: DataFrame,
        /// Next row of `frame`.
        next: usize,
        /// Rows read into frames so far.
        read: usize,
    },
}

impl Rows {
    /// # Errors
    /// If the file cannot be opened, is of another format, or lacks a column.
    pub(super) fn open(path: &Path) -> Result<Self, ReadCodingsError> {
        let file = File::open(path).map_err(|source| ReadCodingsError::Open { path: path.to_owned(), source })?;
        let extension = path.extension().map(|extension| extension.to_ascii_lowercase());
        let source = match extension.as_ref().and_then(|extension| extension.to_str()) {
            Some("csv") => open_csv(path, file)?,
            Some("parquet") => {
                check_parquet(path, file)?;
                Source::Parquet { frame: DataFrame::empty(), next: 0, read: 0 }
            }
            _ => return Err(ReadCodingsError::Format { path: path.to_owned() }),
        };
        Ok(Self { path: path.to_owned(), source, cells: RowCells::default(), line: 0 })
    }

    /// Goes to the next row; `false` at the end.
    ///
    /// # Errors
    /// If the file cannot be read on.
    pub(super) fn advance(&mut self) -> Result<bool, ReadCodingsError> {
        match &mut self.source {
            Source::Csv { reader, record, columns } => {
                let line = reader.position().line();
                let more = reader.read_record(record).map_err(|source| {
                    let line = source.position().map_or(line, csv::Position::line);
                    ReadCodingsError::Csv { path: self.path.clone(), line, source }
                })?;
                self.line = record.position().map_or(line, csv::Position::line);
                for (cell, &column) in self.cells.iter_mut().zip(&*columns) {
                    cell.clear();
                    cell.push_str(record.get(column).unwrap_or_default());
                }
                Ok(more)
            }
            Source::Parquet { frame, next, read } => {
                let fault = |source| ReadCodingsError::Parquet { path: self.path.clone(), source };
                if *next == frame.height() {
                    *frame = read_parquet(&self.path, *read)?;
                    *read += frame.height();
                    *next = 0;
                    if frame.height() == 0 {
                        return Ok(false);
                    }
                }
                copy_row(frame, *next, &mut self.cells).map_err(fault)?;
                *next += 1;
                self.line += 1;
                Ok(true)
            }
        }
    }

    /// The cells of the row; an empty cell is empty.
    pub(super) fn cells(&self) -> &RowCells {
        &self.cells
    }

    /// What [`Self::line`] counts.
    pub(super) fn place(&self) -> &'static str {
        match self.source {
            Source::Csv { .. } => "line",
            Source::Parquet { .. } => "row",
        }
    }

    /// Where the row stands in the file, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }
}

fn open_csv(path: &Path, file: File) -> Result<Source, ReadCodingsError> {
    let mut reader = csv::ReaderBuilder::new().buffer_capacity(1 << 16).from_reader(file);
    let header = reader.headers().map_err(|source| ReadCodingsError::Csv { path: path.to_owned(), line: 1, source })?;
    let mut columns = [0; COLUMNS.len()];
    for (place, column) in columns.iter_mut().zip(COLUMNS) {
        // A spreadsheet may have put a byte-order mark before the first name.
        *place = header
            .iter()
            .position(|name| name.trim_start_matches('\u{feff}') == column)
            .ok_or_else(|| ReadCodingsError::MissingColumn { path: path.to_owned(), column })?;
    }
    Ok(Source::Csv { reader: Box::new(reader), record: csv::StringRecord::new(), columns })
}

fn check_parquet(path: &Path, file: File) -> Result<(), ReadCodingsError> {
    let schema = ParquetReader::new(file)
        .schema()
        .map_err(|source| ReadCodingsError::Parquet { path: path.to_owned(), source })?;
    match COLUMNS.into_iter().find(|column| !schema.contains(column)) {
        None => Ok(()),
        Some(column) => Err(ReadCodingsError::MissingColumn { path: path.to_owned(), column }),
    }
}

fn read_parquet(path: &Path, start: usize) -> Result<DataFrame, ReadCodingsError> {
    let file = File::open(path).map_err(|source| ReadCodingsError::Open { path: path.to_owned(), source })?;
    let read = || -> PolarsResult<DataFrame> {
        let mut frame = ParquetReader::new(file)
            .with_columns(Some(COLUMNS.map(str::to_owned).to_vec()))
            .with_slice(Some((start, ROWS)))
            .read_parallel(ParallelStrategy::None)
            .finish()?;
        for column in COLUMNS {
            let wanted = if TEXT_COLUMNS.contains(&column) { DataType::String } else { DataType::Int64 };
            frame.try_apply(column, |series| series.strict_cast(&wanted))?;
        }
        frame.rechunk_mut();
        Ok(frame)
    };
    read().map_err(|source| ReadCodingsError::Parquet { path: path.to_owned(), source })
}

fn copy_row(frame: &DataFrame, row: usize, cells: &mut RowCells) -> PolarsResult<()> {
    for (cell, column) in cells.iter_mut().zip(COLUMNS) {
        cell.clear();
        let values = frame.column(column)?;
        if TEXT_COLUMNS.contains(&column) {
            cell.push_str(values.str()?.get(row).unwrap_or_default());
        } else if let Some(value) = values.i64()?.get(row) {
            // Writing to a string does not fail.
            let _ = write!(cell, "{value}");
        }
    }
    Ok(())
}
