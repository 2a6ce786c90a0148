//! The script that opens the tables in Python.

use super::literal::literal;
use super::table_files::TableFiles;
use crate::tables::ColumnKind;

const TEMPLATE: &str = include_str!("load.py");

/// `load.py`, to be written beside the folder `tables`: its `load()` returns every table as a frame of polars or, where
/// that is not installed, of pandas. A table is read from its CSV file, or else from its Parquet file; one that has
/// neither is left out.
pub fn load_py(tables: &[TableFiles<'_>]) -> String {
    let entries: Vec<String> = tables.iter().filter_map(entry).collect();
    TEMPLATE.replacen("@TABLES@", &entries.join("\n"), 1)
}

fn entry(table: &TableFiles<'_>) -> Option<String> {
    let file = table.file("csv").or_else(|| table.file("parquet"))?;
    let mut lines = vec![format!("    {}: ({}, [", literal(&table.schema.name), literal(file))];
    for column in &table.schema.columns {
        let kind = match column.kind {
            ColumnKind::Integer => "integer",
            ColumnKind::Number => "number",
            ColumnKind::Boolean => "boolean",
            ColumnKind::Date => "date",
            ColumnKind::Text => "text",
        };
        lines.push(format!("        ({}, \"{kind}\", {}),", literal(&column.name), literal(&column.meaning)));
    }
    lines.push("    ]),".to_owned());
    Some(lines.join("\n"))
}
