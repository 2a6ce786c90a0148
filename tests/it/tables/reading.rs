//! Tables read back: the same in every format, and codings as they were.

use std::fs::File;
use std::path::Path;

use polars::io::SerReader;
use polars::io::ipc::IpcReader;
use polars::io::parquet::read::ParquetReader;
use polars::prelude::{AnyValue, DataFrame};
use qualcode::tables::{ColumnKind, ReadCodingsError, TableFormat, TableName, TableOptions, Unit, read_codings};

use super::fixture::{attributes, fields, small_codebook, small_documents, write_into};

/// A cell as CSV writes it.
fn as_text(value: &AnyValue<'_>) -> String {
    match value {
        AnyValue::Null => String::new(),
        AnyValue::Int64(number) => number.to_string(),
        AnyValue::Float64(number) => format!("{number:?}"),
        AnyValue::Boolean(truth) => truth.to_string(),
        AnyValue::String(text) => (*text).to_owned(),
        AnyValue::StringOwned(text) => text.to_string(),
        // The one date of the fixture.
        AnyValue::Date(14_531) => "2009-10-14".to_owned(),
        other => panic!("no type of ours: {other:?}"),
    }
}

fn cells(frame: &DataFrame) -> Vec<Vec<String>> {
    let header = frame.get_column_names().iter().map(|name| name.to_string()).collect();
    let row = |row| frame.columns().iter().map(|column| as_text(&column.get(row).expect("a cell"))).collect();
    std::iter::once(header).chain((0..frame.height()).map(row)).collect()
}

/// Numbers are compared as numbers, for a reader may write them in another of the shortest ways.
fn same(left: &str, right: &str) -> bool {
    left == right || matches!((left.parse::<f64>(), right.parse::<f64>()), (Ok(left), Ok(right)) if left == right)
}

fn all_tables(folder: &Path) -> Vec<qualcode::tables::WrittenTable> {
    let units = ["sentence", "turn", "exchange", "question", "window:2", "document"];
    let options = TableOptions {
        units: Some(units.iter().filter_map(|name| Unit::parse(name)).collect()),
        formats: TableFormat::ALL.to_vec(),
        ..TableOptions::default()
    };
    write_into(folder, &small_codebook(), &attributes(), &options, &[&small_documents()])
}

#[test]
fn every_format_holds_the_same_cells_as_the_schema_says() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for table in all_tables(folder.path()) {
        let open = |place: usize| folder.path().join(&table.files[place]);
        let csv = fields(&std::fs::read(open(0)).expect("CSV"));
        let parquet = ParquetReader::new(File::open(open(1)).expect("Parquet")).finish().expect("Parquet");
        let arrow = IpcReader::new(File::open(open(2)).expect("Arrow")).finish().expect("Arrow");
        for (frame, format) in [(parquet, "parquet"), (arrow, "arrow")] {
            let read = cells(&frame);
            assert_eq!(read.len(), csv.len(), "{} {format}", table.schema.name);
            for (left, right) in read.iter().zip(&csv) {
                assert!(
                    left.iter().zip(right).all(|(left, right)| same(left, right)),
                    "{} {format}: {left:?} {right:?}",
                    table.schema.name
                );
            }
            for (column, schema) in frame.columns().iter().zip(&table.schema.columns) {
                let expected = match schema.kind {
                    ColumnKind::Integer => "i64",
                    ColumnKind::Number => "f64",
                    ColumnKind::Boolean => "bool",
                    ColumnKind::Date => "date",
                    ColumnKind::Text => "str",
                };
                assert_eq!(column.dtype().to_string(), expected, "{}.{}", table.schema.name, schema.name);
                assert!(schema.nullable || column.null_count() == 0, "{}.{} is empty", table.schema.name, schema.name);
            }
        }
        // The key identifies a row, and the rows are sorted by it.
        let places: Vec<usize> =
            table.schema.key.iter().map(|key| csv[0].iter().position(|name| name == key).expect("a key")).collect();
        let numeric = |place: usize| table.schema.columns[place].kind == ColumnKind::Integer;
        let key = |row: &Vec<String>| -> Vec<(i64, String)> {
            let part = |&place: &usize| {
                if numeric(place) {
                    (row[place].parse().expect("a number"), String::new())
                } else {
                    (0, row[place].clone())
                }
            };
            places.iter().map(part).collect()
        };
        assert!(csv[1..].windows(2).all(|rows| key(&rows[0]) < key(&rows[1])), "{} is not sorted", table.schema.name);
    }
}

#[test]
fn codings_read_back_are_those_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    all_tables(folder.path());
    for file in ["codings.csv", "codings.parquet"] {
        let reader = read_codings(&folder.path().join(file), &small_codebook()).expect(file);
        let read: Vec<_> = reader.map(|document| document.expect("a document")).collect();
        let written: Vec<_> =
            small_documents().into_iter().map(|document| (document.info.id, document.codings)).collect();
        assert_eq!(read, written, "{file}");
    }
}

/// The fault in a codings table of the fixture after a change to its text.
fn fault(from: &str, to: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let options = TableOptions {
        tables: Some(vec![TableName::Codings]),
        formats: vec![TableFormat::Csv],
        ..TableOptions::default()
    };
    write_into(folder.path(), &small_codebook(), &[], &options, &[&small_documents()]);
    let path = folder.path().join("codings.csv");
    let text = std::fs::read_to_string(&path).expect("the table");
    assert!(text.contains(from), "nothing to change");
    std::fs::write(&path, text.replacen(from, to, 1)).expect("the changed table");
    let error = match read_codings(&path, &small_codebook()) {
        Err(error) => error,
        Ok(mut reader) => {
            let error = reader.find_map(Result::err).expect("a fault");
            assert!(reader.next().is_none(), "nothing follows a fault");
            error
        }
    };
    let shown = error.to_string();
    shown.strip_prefix(&format!("{}: ", path.display())).expect("the path comes first").to_owned()
}

#[test]
fn faults_of_a_codings_table_are_told_with_their_line() {
    let begins = |shown: String, expected: &str| assert!(shown.starts_with(expected), "{shown}");
    begins(fault("pattern,", "patern,"), "column `pattern` is missing;");
    begins(fault("alpha,t1", "aleph,t1"), "line 2: the codebook has no code `aleph`;");
    begins(fault("beta#1", "alpha#1"), "line 4: the codebook has no pattern of the code `alpha#1`;");
    begins(fault(",40,60,41,", ",forty,60,41,"), "line 4: column `start_char`: `forty` is not a whole number;");
    begins(fault(",40,60,41,", ",61,60,41,"), "line 4: column `end_char`: `60` is not at or after the start;");
    begins(fault(",d1,2,", ",d1,0,"), "line 3: column `turn`: `0` is not a number from 1 up;");
    begins(fault("alpha#1,1,1,", "alpha#1,yes,1,"), "line 3: column `counted`: `yes` is not 0 or 1;");
    begins(fault(",d2,", ",c2,"), "line 10: document `c2` comes after `d1`;");
    begins(fault(",b\n", "\n"), "line 9: not valid CSV");
}

#[test]
fn other_files_are_no_codings() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("codings.xlsx");
    std::fs::write(&path, "").expect("a file");
    assert!(matches!(read_codings(&path, &small_codebook()), Err(ReadCodingsError::Format { .. })));
    let absent = folder.path().join("absent.csv");
    assert!(matches!(read_codings(&absent, &small_codebook()), Err(ReadCodingsError::Open { .. })));
    let parquet = folder.path().join("codings.parquet");
    std::fs::write(&parquet, "no Parquet at all").expect("a file");
    assert!(matches!(read_codings(&parquet, &small_codebook()), Err(ReadCodingsError::Parquet { .. })));
}
