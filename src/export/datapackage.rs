//! The Frictionless Data Package of a folder of tables.

use super::table_files::{TableFiles, has_ending, is_presence};
use crate::tables::{ColumnKind, ColumnSchema, TableSchema};
use serde_json::{Map, Value, json};
use std::collections::HashSet;

/// `tables/datapackage.json`: what every file and column is, by the Data Package specifications, version 1
/// (<https://specs.frictionlessdata.io>).
///
/// A CSV file is a tabular data resource with a table schema; files in other formats are plain data resources. The
/// package is a tabular data package if all its files are CSV, as that profile demands; else a data package. `unit`,
/// `row` and `rows` are properties of our own: the unit of a column, what a row stands for, and their number.
pub fn datapackage(tables: &[TableFiles<'_>]) -> String {
    let mut names = HashSet::new();
    let mut tabular = true;
    let mut resources = Vec::new();
    for table in tables {
        for file in table.files {
            let is_csv = has_ending(file, "csv");
            tabular &= is_csv;
            resources.push(resource(table, file, is_csv, &mut names));
        }
    }
    let package = json!({
        "profile": if tabular { "tabular-data-package" } else { "data-package" },
        "name": "qualcode-tables",
        "title": "Coded interview transcripts",
        "resources": resources,
    });
    // Pretty-printing a value of strings, numbers and booleans cannot fail.
    format!("{package:#}\n")
}

fn resource(table: &TableFiles<'_>, file: &str, is_csv: bool, names: &mut HashSet<String>) -> Value {
    let (format, media_type) = format_of(file);
    let mut resource = Map::new();
    resource.insert("profile".into(), if is_csv { "tabular-data-resource" } else { "data-resource" }.into());
    resource.insert("name".into(), resource_name(&table.schema.name, (!is_csv).then_some(&*format), names).into());
    resource.insert("path".into(), file.into());
    resource.insert("description".into(), format!("One row per {}.", table.schema.row).into());
    resource.insert("format".into(), format.into());
    resource.insert("mediatype".into(), media_type.into());
    if is_csv {
        resource.insert("encoding".into(), "utf-8".into());
    }
    resource.insert("row".into(), table.schema.row.clone().into());
    resource.insert("rows".into(), table.rows.into());
    if is_csv {
        resource.insert("schema".into(), table_schema(table.schema));
    }
    Value::Object(resource)
}

/// Format and media type by the file's ending; an unknown one is a row of bytes.
fn format_of(file: &str) -> (String, &'static str) {
    let format = file.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let media_type = match &*format {
        "csv" => "text/csv",
        "parquet" => "application/vnd.apache.parquet",
        "arrow" => "application/vnd.apache.arrow.file",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    };
    (format, media_type)
}

/// A name of lower-case letters, digits, `.`, `_` and `-`, as the specification wants, that no other resource has.
fn resource_name(table: &str, format: Option<&str>, names: &mut HashSet<String>) -> String {
    let full = format.map_or(table.to_owned(), |format| format!("{table}.{format}"));
    let plain = |c: char| {
        let c = c.to_ascii_lowercase();
        if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-') { c } else { '-' }
    };
    let name: String = full.chars().map(plain).collect();
    let mut unique = name.clone();
    let mut number = 2;
    while !names.insert(unique.clone()) {
        unique = format!("{name}-{number}");
        number += 1;
    }
    unique
}

fn table_schema(table: &TableSchema) -> Value {
    let mut schema = Map::new();
    schema.insert("fields".into(), table.columns.iter().map(field).collect());
    schema.insert("missingValues".into(), json!([""]));
    // A primary key must not be empty.
    let never_empty = |key: &String| table.columns.iter().any(|column| column.name == *key && !column.nullable);
    if !table.key.is_empty() && table.key.iter().all(never_empty) {
        schema.insert("primaryKey".into(), json!(table.key));
    }
    Value::Object(schema)
}

fn field(column: &ColumnSchema) -> Value {
    let kind = match column.kind {
        ColumnKind::Integer => "integer",
        ColumnKind::Number => "number",
        ColumnKind::Boolean => "boolean",
        ColumnKind::Date => "date",
        ColumnKind::Text => "string",
    };
    let mut constraints = Map::new();
    if !column.nullable {
        constraints.insert("required".into(), true.into());
    }
    if is_presence(column) {
        constraints.insert("enum".into(), json!([0, 1]));
    }
    let mut field = Map::new();
    field.insert("name".into(), column.name.clone().into());
    field.insert("type".into(), kind.into());
    field.insert("description".into(), column.meaning.clone().into());
    if let Some(unit) = &column.unit {
        field.insert("unit".into(), unit.clone().into());
    }
    if !constraints.is_empty() {
        field.insert("constraints".into(), Value::Object(constraints));
    }
    Value::Object(field)
}

#[cfg(test)]
mod tests {
    use super::datapackage;
    use crate::export::TableFiles;
    use crate::tables::{ColumnKind, ColumnSchema, TableSchema};
    use serde_json::{Value, json};

    fn column(name: &str, kind: ColumnKind, unit: Option<&str>, nullable: bool) -> ColumnSchema {
        ColumnSchema { name: name.into(), kind, unit: unit.map(Into::into), meaning: format!("The {name}."), nullable }
    }

    fn schema() -> TableSchema {
        TableSchema {
            name: "unit_codes_window:3".into(),
            row: "unit".into(),
            columns: vec![
                column("unit_id", ColumnKind::Text, None, false),
                column("words", ColumnKind::Integer, Some("words"), true),
                column("owns-it", ColumnKind::Integer, Some("0/1"), false),
            ],
            key: vec!["unit_id".into()],
        }
    }

    fn package(files: &[&str]) -> Value {
        let files: Vec<String> = files.iter().map(|file| (*file).to_owned()).collect();
        let schema = schema();
        serde_json::from_str(&datapackage(&[TableFiles { schema: &schema, rows: 7, files: &files }])).expect("JSON")
    }

    #[test]
    fn csv_files_make_a_tabular_package() {
        let package = package(&["unit_codes_window_3.csv"]);
        assert_eq!(package["profile"], "tabular-data-package");
        assert_eq!(
            package["resources"],
            json!([{
                "profile": "tabular-data-resource",
                "name": "unit_codes_window-3",
                "path": "unit_codes_window_3.csv",
                "description": "One row per unit.",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "row": "unit",
                "rows": 7,
                "schema": {
                    "fields": [
                        {"name": "unit_id", "type": "string", "description": "The unit_id.",
                         "constraints": {"required": true}},
                        {"name": "words", "type": "integer", "description": "The words.", "unit": "words"},
                        {"name": "owns-it", "type": "integer", "description": "The owns-it.", "unit": "0/1",
                         "constraints": {"required": true, "enum": [0, 1]}},
                    ],
                    "missingValues": [""],
                    "primaryKey": ["unit_id"],
                },
            }])
        );
    }

    #[test]
    fn other_formats_are_plain_resources() {
        let package = package(&["u.csv", "u.parquet"]);
        assert_eq!(package["profile"], "data-package");
        let parquet = &package["resources"][1];
        assert_eq!(parquet["profile"], "data-resource");
        assert_eq!(parquet["name"], "unit_codes_window-3.parquet");
        assert_eq!(parquet.get("schema"), None);
    }

    #[test]
    fn names_are_unique() {
        let package = package(&["a.csv", "b.csv"]);
        assert_eq!(package["resources"][1]["name"], "unit_codes_window-3-2");
    }

    #[test]
    fn a_key_that_may_be_empty_is_no_primary_key() {
        let mut schema = schema();
        schema.key.push("words".into());
        let files = ["u.csv".to_owned()];
        let text = datapackage(&[TableFiles { schema: &schema, rows: 0, files: &files }]);
        assert!(!text.contains("primaryKey"));
    }
}
