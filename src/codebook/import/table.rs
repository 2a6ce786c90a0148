//! Tables as text: cells with commas, semicolons or tabs between.

use super::error::ImportError;

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Line in the file, or number of the row in the sheet; from 1.
    pub(super) line: u32,
    /// Without white space around.
    pub(super) cells: Vec<String>,
}

impl Row {
    /// A cell; empty if the row ends before it.
    pub(super) fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", String::as_str)
    }

    /// Whether no cell holds anything.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(String::is_empty)
    }
}

/// The character that parts the cells of a line of names: the one that occurs most often outside of quotation marks.
pub(super) fn delimiter(line: &str) -> u8 {
    let count = |delimiter: char| line.split('"').step_by(2).map(|part| part.matches(delimiter).count()).sum::<usize>();
    let mut best = (count(','), b',');
    for (character, byte) in [(';', b';'), ('\t', b'\t')] {
        if count(character) > best.0 {
            best = (count(character), byte);
        }
    }
    best.1
}

/// The rows of a text that hold anything, the first included.
///
/// # Errors
/// If it cannot be read as a table.
pub(super) fn rows(text: &str, kind: &'static str) -> Result<Vec<Row>, ImportError> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(first))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().and_then(|place| u32::try_from(place.line()).ok());
            ImportError::malformed(kind, line, error.to_string(), "save it again as CSV, in UTF-8")
        })?;
        let line = record.position().and_then(|place| u32::try_from(place.line()).ok()).unwrap_or(1);
        let row = Row { line, cells: record.iter().map(|cell| cell.trim().to_owned()).collect() };
        if !row.is_blank() {
            rows.push(row);
        }
    }
    Ok(rows)
}
