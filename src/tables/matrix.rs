//! The `cooccurrence_matrix_LEVEL_UNIT` tables.

use super::describe::{integer, table, text};
use super::levels::LevelIndex;
use super::presence::LevelCounts;
use super::sheet::Sheet;
use super::{TableError, TableSchema, Unit};

/// The columns of one, rows and columns both in the order of the ids as UTF-8 bytes.
pub(super) fn schema(level: &LevelIndex, unit: Unit) -> TableSchema {
    let word = level.level.as_str();
    let mut columns = vec![text("id", format!("The {word} of the row."))];
    columns.extend(level.ids.iter().map(|id| {
        integer(
            id,
            format!("Units ({unit}) with both {word} `{id}` and the {word} of the row; on the diagonal, with `{id}`."),
        )
        .unit("units")
    }));
    table(format!("cooccurrence_matrix_{word}_{}", unit.file_part()), word, &["id"], columns)
}

/// Writes all rows.
///
/// # Errors
/// If a file cannot be written.
pub(super) fn write(sheet: &mut Sheet, level: &LevelIndex, counts: &LevelCounts) -> Result<(), TableError> {
    for a in 0..level.len() {
        let mut row = sheet.row();
        row.text(&level.ids[a]);
        for b in 0..level.len() {
            row.count(match (a.cmp(&b), &counts.pairs) {
                (std::cmp::Ordering::Equal, _) => counts.units[a],
                (_, Some(pairs)) => pairs.get(a.min(b), a.max(b)).both,
                (_, None) => 0,
            });
        }
        sheet.spill()?;
    }
    Ok(())
}
