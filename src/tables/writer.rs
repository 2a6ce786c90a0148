//! The files of one table.

use std::fs::File;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use polars::io::SerWriter;
use polars::io::csv::write as csv;
use polars::io::ipc;
use polars::io::parquet::write as parquet;
use polars::polars_utils::compression::ZstdLevel;
use polars::prelude::{CompatLevel, DataFrame, PlSmallStr, PolarsError, PolarsResult, Schema};

use super::cells::Cells;
use super::{TableError, TableFormat, TableSchema, WrittenTable};

/// Rows of CSV that become bytes together.
const CSV_ROWS: NonZeroUsize = NonZeroUsize::new(4096).expect("not zero");

/// The files of one table, one per format. Files are written without a buffer of ours, for polars writes large
/// pieces; so nothing is left to a destructor, which could not report a full disk.
pub(super) struct TableWriter {
    files: Vec<(PathBuf, FormatWriter)>,
    rows: u64,
}

/// The writers make the same bytes on any number of threads, so each is kept to one; tables and formats run side by
/// side instead.
enum FormatWriter {
    Csv(csv::BatchedWriter<File>),
    Parquet(Box<parquet::BatchedWriter<File>>),
    Arrow(Box<ipc::BatchedWriter<File>>),
}

impl TableWriter {
    /// New files in a folder.
    ///
    /// # Errors
    /// If one cannot be created or begun.
    pub(super) fn create(folder: &Path, table: &TableSchema, formats: &[TableFormat]) -> Result<Self, TableError> {
        let schema: Schema = table
            .columns
            .iter()
            .map(|column| (PlSmallStr::from_str(&column.name), Cells::polars_type(column.kind)))
            .collect();
        let mut files = Vec::with_capacity(formats.len());
        for &format in formats {
            let path = folder.join(format!("{}.{}", table.name, format.as_str()));
            let file = match File::create(&path) {
                Ok(file) => file,
                Err(source) => return Err(TableError::Create { path, source }),
            };
            match FormatWriter::begin(file, format, &schema) {
                Ok(writer) => files.push((path, writer)),
                Err(source) => return Err(TableError::Write { path, source }),
            }
        }
        Ok(Self { files, rows: 0 })
    }

    /// Writes rows to all files.
    ///
    /// # Errors
    /// If one cannot be written; the first in the order of the formats.
    pub(super) fn write(&mut self, frame: &DataFrame) -> Result<(), TableError> {
        self.rows += frame.height() as u64;
        write_side_by_side(&mut self.files, frame)
    }

    /// Closes the files.
    ///
    /// # Errors
    /// If one cannot be written to its end.
    pub(super) fn finish(self, schema: TableSchema) -> Result<WrittenTable, TableError> {
        let mut files = Vec::with_capacity(self.files.len());
        for (path, writer) in self.files {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            writer.finish().map_err(|source| TableError::Write { path, source })?;
            files.push(name);
        }
        Ok(WrittenTable { schema, rows: self.rows, files })
    }

    /// An error of polars that befell the table before it reached a file.
    pub(super) fn error(&self, source: PolarsError) -> TableError {
        let path = self.files.first().map(|(path, _)| path.clone()).unwrap_or_default();
        TableError::Write { path, source }
    }
}

fn write_side_by_side(files: &mut [(PathBuf, FormatWriter)], frame: &DataFrame) -> Result<(), TableError> {
    match files {
        [] => Ok(()),
        [(path, writer)] => writer.write(frame).map_err(|source| TableError::Write { path: path.clone(), source }),
        files => {
            let (left, right) = files.split_at_mut(files.len() / 2);
            let (left, right) = rayon::join(|| write_side_by_side(left, frame), || write_side_by_side(right, frame));
            left.and(right)
        }
    }
}

impl FormatWriter {
    fn begin(file: File, format: TableFormat, schema: &Schema) -> PolarsResult<Self> {
        match format {
            TableFormat::Csv => {
                csv::CsvWriter::new(file).n_threads(1).with_batch_size(CSV_ROWS).batched(schema).map(Self::Csv)
            }
            // The lowest level of Zstandard makes these tables no larger and is the fastest. Least and greatest values
            // cost more than they save: tables are read whole.
            TableFormat::Parquet => parquet::ParquetWriter::new(file)
                .with_compression(parquet::ParquetCompression::Zstd(ZstdLevel::try_new(1).ok()))
                .with_statistics(parquet::StatisticsOptions::empty())
                .set_parallel(false)
                .batched(schema)
                .map(|writer| Self::Parquet(Box::new(writer))),
            TableFormat::Arrow => {
                // The oldest level has the text type that every Arrow reader knows; no column has a dictionary, so
                // the fields of all are the default ones.
                let fields = std::iter::repeat_with(Default::default).take(schema.len()).collect();
                ipc::IpcWriter::new(file)
                    .with_compat_level(CompatLevel::oldest())
                    .with_compression(Some(ipc::IpcCompression::LZ4))
                    .batched(schema, fields)
                    .map(|writer| Self::Arrow(Box::new(writer)))
            }
        }
    }

    fn write(&mut self, frame: &DataFrame) -> PolarsResult<()> {
        match self {
            Self::Csv(writer) => writer.write_batch(frame),
            Self::Parquet(writer) => writer.write_batch(frame),
            Self::Arrow(writer) => writer.write_batch(frame),
        }
    }

    fn finish(self) -> PolarsResult<()> {
        match self {
            Self::Csv(mut writer) => writer.finish(),
            Self::Parquet(writer) => writer.finish().map(drop),
            Self::Arrow(mut writer) => writer.finish(),
        }
    }
}
