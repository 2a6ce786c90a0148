//! The script that opens the tables in R.

use super::literal::literal;
use super::table_files::{TableFiles, is_presence};
use crate::tables::{ColumnKind, ColumnSchema};

const TEMPLATE: &str = include_str!("load.R");

/// `load.R`, to be written beside the folder `tables`: reads every table that has a CSV file into the named list
/// `qualcode`, with base R only, and puts each column's meaning into its attribute `label`. A table without a CSV file
/// is left out, since base R reads no other format of ours.
pub fn load_r(tables: &[TableFiles<'_>]) -> String {
    let entries: Vec<String> = tables.iter().filter_map(entry).collect();
    TEMPLATE.replacen("@TABLES@", &entries.join(",\n"), 1)
}

fn entry(table: &TableFiles<'_>) -> Option<String> {
    let file = table.file("csv")?;
    let columns = &table.schema.columns;
    let vector = |of: &dyn Fn(&ColumnSchema) -> String| {
        let values: Vec<String> = columns.iter().map(|column| literal(&of(column))).collect();
        format!("c(\n        {}\n      )", values.join(",\n        "))
    };
    Some(format!(
        "    {} = list(\n      file = {},\n      columns = {},\n      types = {},\n      labels = {}\n    )",
        literal(&table.schema.name),
        literal(file),
        vector(&|column| column.name.clone()),
        vector(&|column| kind(column).to_owned()),
        vector(&|column| column.meaning.clone()),
    ))
}

fn kind(column: &ColumnSchema) -> &'static str {
    match column.kind {
        ColumnKind::Integer if is_presence(column) => "presence",
        ColumnKind::Integer => "integer",
        ColumnKind::Number => "number",
        ColumnKind::Boolean => "boolean",
        ColumnKind::Date => "date",
        ColumnKind::Text => "text",
    }
}
