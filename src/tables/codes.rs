//! The `codes` table.

use crate::codebook::Codebook;

use super::cases::CaseTotals;
use super::codings::joined_tracks;
use super::describe::{integer, table, text};
use super::levels::LevelIndex;
use super::sheet::Sheet;
use super::sums::Sums;
use super::{TableError, TableSchema, Unit};

/// Its columns.
pub(super) fn schema() -> TableSchema {
    let columns = vec![
        text("code", "Code."),
        text("theme", "Its theme."),
        text("tracks", "Its tracks, joined by |.").or_empty(),
        text("label", "Brief definition.").or_empty(),
        text("definition", "Full definition; empty where the codebook has none.").or_empty(),
        integer("patterns", "Patterns of the code."),
        integer("codings", "Counted codings.").unit("codings"),
        integer("documents", "Documents with a counted coding.").unit("documents"),
        integer("cases", "Cases with a counted coding.").unit("cases"),
    ];
    table("codes", "code, with hits or without", &["code"], columns)
}

/// Writes all rows.
///
/// # Errors
/// If a file cannot be written.
pub(super) fn write(
    sheet: &mut Sheet,
    codebook: &Codebook,
    level: &LevelIndex,
    sums: &Sums,
    cases: &CaseTotals,
) -> Result<(), TableError> {
    let documents = &sums.unit(Unit::Document).levels[0].documents;
    let [cases, ..] = &cases.with;
    for number in 0..level.len() {
        for position in level.codes_of(number) {
            let code = &codebook.codes[position];
            sheet
                .row()
                .text(&code.id)
                .text(&codebook.themes[code.theme].id)
                .text(&joined_tracks(codebook, position))
                .text(&code.label)
                .text_or_empty(code.definition.as_deref())
                .count(code.patterns.len() as u64)
                .count(sums.codings[position])
                .count(documents[number])
                .count(cases[number]);
        }
    }
    sheet.spill()
}
