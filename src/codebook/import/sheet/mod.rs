//! Codebooks as tables (CSV, xlsx): a row for each pattern.
//!
//! Columns are found by their names, in any order; capitals and white space in names do not count. Only `code` is
//! needed. A cell that is empty below a code means the same as above: a row without a code belongs to the code above
//! it. Names in words become ids, and a code, theme or track may be written either way.
//!
//! | column | also called | holds |
//! |---|---|---|
//! | kind | | what the row is: nothing or `code`, `track`, `theme`, `question`, `codebook` |
//! | theme | category | id or name of the code's theme |
//! | code | | id or name of the code |
//! | label | name | its name in words |
//! | tracks | track | ids or names, with `;` between |
//! | definition | description | |
//! | include | when to use, inclusion | |
//! | exclude | when not to use, exclusion | |
//! | source, memo | notes | |
//! | origin | | theory, data or in-vivo |
//! | color | colour | `#rrggbb` |
//! | segment | | match, sentence, turn or exchange |
//! | pattern | patterns, keywords, words | one pattern a line, in our pattern language |
//! | pattern_id, pattern_memo | | |
//! | roles | | of the pattern: with `;` between |
//! | questions | | ids of guide questions or groups, with `;` between |
//! | where | | `site=north; wave=1\|2`, or the JSON object of the codebook |
//! | example_coded | example, examples | sentences that must be coded, one a line |
//! | example_not_coded | counterexample | sentences that must not |
//! | parent | | of a theme: the id of the theme above |
//! | group, cue | | of a question: its group, and its cues, one a line |
//! | key, value | | of the codebook: the name of one of its own keys, and its value; a row for each item of a list |
//!
//! A row of kind `track` has its id in `tracks` (or `code`), and label, definition and source; one of kind `theme` its
//! id in `theme`, and label, definition and parent; one of kind `question` its id in `questions` (or `code`), and label,
//! group and cue. A row of the same question with another cue adds it. Themes and tracks without a row of their own
//! are made of their names; codes without either are put into one for all. A codebook of ours written this way
//! (`codebook export`) is read back as it was, but for white space at the ends of cells and line breaks in sentences.
//!
//! Workbooks are read by `calamine`, cell by cell, so that an empty sheet that claims to be huge costs nothing; of
//! several sheets the first that has a column `code` is read.

mod build;
mod columns;
mod guards;
mod xlsx;

use super::error::ImportError;
use super::table::{self, Row};
use super::{Imported, text};
use columns::Columns;

const KIND: &str = "codebook as a table";

/// Whether the first line names a column of codes, and one of patterns or definitions.
pub(super) fn looks_like_csv(bytes: &[u8]) -> bool {
    let start = text::beginning(bytes);
    let first = start.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let Ok(rows) = table::rows(first, KIND) else { return false };
    rows.first().is_some_and(columns::is_header)
}

/// Whether the file is an archive, as workbooks are.
pub(super) fn looks_like_xlsx(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") && bytes.windows(3).take(64 << 10).any(|name| name == b"xl/")
}

/// Reads a codebook as comma-separated values.
///
/// # Errors
/// If it has no column of codes, or nothing that can be carried over.
pub(super) fn import_csv(bytes: &[u8], name: &str) -> Result<Imported, ImportError> {
    let mut losses = Vec::new();
    let text = text::read(bytes, &mut losses)?;
    import_rows(&table::rows(&text, KIND)?, name, losses)
}

/// Reads a codebook in a workbook.
///
/// # Errors
/// As [`import_csv`], and if the workbook is damaged.
pub(super) fn import_xlsx(bytes: &[u8], name: &str) -> Result<Imported, ImportError> {
    let sheets = xlsx::sheets(bytes)?;
    let rows = sheets.iter().find(|rows| rows.first().is_some_and(columns::has_code)).or(sheets.first());
    import_rows(rows.map_or(&[], Vec::as_slice), name, Vec::new())
}

fn import_rows(rows: &[Row], name: &str, mut losses: Vec<super::Loss>) -> Result<Imported, ImportError> {
    let Some((header, rows)) = rows.split_first() else {
        return Err(ImportError::malformed(
            KIND,
            None,
            "it is empty",
            "write the names of the columns into the first row",
        ));
    };
    let columns = Columns::find(header, rows, &mut losses)?;
    build::codebook(&columns, rows, name, losses)
}
