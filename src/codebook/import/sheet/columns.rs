//! Columns by their names.

use std::collections::HashMap;

use super::super::error::ImportError;
use super::super::loss::{Loss, Place};
use super::super::table::Row;
use super::KIND;

/// Names of columns, ours first; white space, hyphens and capitals have been taken out of those of the file.
const NAMES: &[(&str, &[&str])] = &[
    ("kind", &[]),
    ("theme", &["themes", "category"]),
    ("code", &["codes", "codename"]),
    ("label", &["name", "title", "shortdefinition", "briefdefinition"]),
    ("tracks", &["track"]),
    ("definition", &["description", "fulldefinition"]),
    ("include", &["inclusion", "inclusioncriteria", "whentouse"]),
    ("exclude", &["exclusion", "exclusioncriteria", "whennottouse"]),
    ("source", &["sources"]),
    ("memo", &["notes", "note", "comment", "comments"]),
    ("origin", &[]),
    ("color", &["colour"]),
    ("segment", &[]),
    ("pattern", &["patterns", "keyword", "keywords", "word", "words", "phrase", "phrases"]),
    ("pattern_id", &[]),
    ("pattern_memo", &[]),
    ("roles", &["role"]),
    ("questions", &["question"]),
    ("where", &[]),
    ("example_coded", &["example", "examples"]),
    ("example_not_coded", &["counterexample", "counterexamples", "nonexample", "nonexamples"]),
    ("parent", &[]),
    ("group", &[]),
    ("cue", &["cues"]),
    ("key", &[]),
    ("value", &[]),
];

/// Where each column stands.
pub(super) struct Columns {
    places: HashMap<&'static str, usize>,
}

/// The column that a name stands for.
fn column(name: &str) -> Option<&'static str> {
    let plain =
        |name: &str| -> String { name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let name = plain(name);
    NAMES.iter().find(|(ours, others)| plain(ours) == name || others.contains(&name.as_str())).map(|(ours, _)| *ours)
}

/// Whether a row names a column of codes.
pub(super) fn has_code(row: &Row) -> bool {
    row.cells.iter().any(|cell| column(cell) == Some("code"))
}

/// Whether a row names a column of codes, and another that only codebooks have.
pub(super) fn is_header(row: &Row) -> bool {
    let has = |names: &[&str]| row.cells.iter().any(|cell| column(cell).is_some_and(|name| names.contains(&name)));
    has(&["code"]) && has(&["pattern", "tracks", "theme", "example_coded", "include"])
}

impl Columns {
    /// Finds the columns; one that is unknown and holds something is told.
    ///
    /// # Errors
    /// If there is no column of codes, or two for the same.
    pub(super) fn find(header: &Row, rows: &[Row], losses: &mut Vec<Loss>) -> Result<Self, ImportError> {
        let mut places = HashMap::new();
        for (at, name) in header.cells.iter().enumerate() {
            let Some(column) = column(name) else {
                if rows.iter().any(|row| !row.cell(at).is_empty()) {
                    let place = Place { line: Some(header.line), category: "", text: name };
                    losses.push(Loss::left_out(
                        "I015",
                        place,
                        "is a column that codebooks do not have, and is left out",
                        "name it after one of ours (`qualcode codebook export --template` shows them), or take it out",
                    ));
                }
                continue;
            };
            if places.insert(column, at).is_some() {
                let what = format!("two columns stand for `{column}`");
                let mend = "keep one of them, or give the other another name";
                return Err(ImportError::malformed(KIND, header.line, what, mend));
            }
        }
        if !places.contains_key("code") {
            let shown: Vec<&str> = header.cells.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
            let what = format!("there is no column `code` among {}", super::super::word::excerpt(&shown.join(", ")));
            let mend = "write the names of the columns into the first row: theme, code, pattern, tracks, definition";
            return Err(ImportError::malformed(KIND, header.line, what, mend));
        }
        Ok(Self { places })
    }

    /// The cell of a row in a column; empty if there is no such column.
    pub(super) fn cell<'r>(&self, row: &'r Row, column: &str) -> &'r str {
        self.places.get(column).map_or("", |&at| row.cell(at))
    }

    /// The items of a cell with `;` between.
    pub(super) fn items<'r>(&self, row: &'r Row, column: &str) -> impl Iterator<Item = &'r str> {
        self.cell(row, column).split(';').map(str::trim).filter(|item| !item.is_empty())
    }

    /// The lines of a cell.
    pub(super) fn lines<'r>(&self, row: &'r Row, column: &str) -> impl Iterator<Item = &'r str> {
        self.cell(row, column).lines().map(str::trim).filter(|line| !line.is_empty())
    }

    /// The cell as an optional text.
    pub(super) fn text(&self, row: &Row, column: &str) -> Option<String> {
        Some(self.cell(row, column)).filter(|text| !text.is_empty()).map(str::to_owned)
    }
}
