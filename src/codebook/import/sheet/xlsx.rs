//! The sheets of a workbook as rows of text.

use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, Xlsx};
use zip::ZipArchive;

use super::super::error::ImportError;
use super::super::table::Row;
use super::super::text;

const KIND: &str = "workbook (xlsx)";
const MEND: &str = "open it in the program that made it and save it again as .xlsx, or save the sheet as CSV";
/// Most bytes of a workbook once unpacked, and of the text of its cells.
const MOST_UNPACKED: u64 = 256 << 20;

/// The rows of every sheet that hold anything.
///
/// # Errors
/// If it is no workbook, is damaged, or is larger than any codebook once unpacked.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Vec<Row>>, ImportError> {
    text::refuse_large(bytes)?;
    refuse_bomb(bytes)?;
    let mut book: Xlsx<Cursor<&[u8]>> = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error.to_string()))?;
    let mut sheets = Vec::new();
    let mut budget = MOST_UNPACKED as usize;
    for name in book.sheet_names() {
        let mut cells = book.worksheet_cells_reader(&name).map_err(|error| damaged(&error.to_string()))?;
        let mut rows: Vec<Row> = Vec::new();
        while let Some(cell) = cells.next_cell().map_err(|error| damaged(&error.to_string()))? {
            let (line, column) = cell.get_position();
            let written = written(cell.get_value());
            // Cells far to the right would make rows of nothing.
            if written.is_empty() || column > 1000 {
                continue;
            }
            let line = line.saturating_add(1);
            if rows.last().is_none_or(|row| row.line != line) {
                rows.push(Row { line, cells: Vec::new() });
            }
            if let Some(row) = rows.last_mut() {
                let column = column as usize;
                let added = (column + 1).saturating_sub(row.cells.len());
                budget = budget.checked_sub(written.len() + added * size_of::<String>()).ok_or_else(too_large)?;
                if added > 0 {
                    row.cells.resize(column + 1, String::new());
                }
                if let Some(place) = row.cells.get_mut(column) {
                    *place = written;
                }
            }
        }
        sheets.push(rows);
    }
    Ok(sheets)
}

fn written(value: &DataRef<'_>) -> String {
    let text = match value {
        DataRef::Empty => return String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(date) => date.as_f64().to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) => String::new(),
    };
    text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}

/// Unpacks every part into nothing, and refuses a workbook whose parts are too large; what the archive claims of
/// their sizes is not believed.
fn refuse_bomb(bytes: &[u8]) -> Result<(), ImportError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error.to_string()))?;
    let mut left = MOST_UNPACKED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| damaged(&error.to_string()))?;
        let size = std::io::copy(&mut part.take(left + 1), &mut std::io::sink())
            .map_err(|error| damaged(&error.to_string()))?;
        left = left.checked_sub(size).ok_or_else(too_large)?;
    }
    Ok(())
}

fn too_large() -> ImportError {
    let what = format!("it has more than {} MB once unpacked", MOST_UNPACKED >> 20);
    ImportError::malformed(KIND, None, what, "save the sheet with the codes alone")
}

fn damaged(what: &str) -> ImportError {
    ImportError::malformed(KIND, None, what.to_owned(), MEND)
}
