//! The `frequencies` table.

use super::cases::CaseTotals;
use super::describe::{integer, number, table, text};
use super::levels::LevelIndex;
use super::sheet::Sheet;
use super::sums::Sums;
use super::{Level, TableError, TableSchema, Unit};

/// Its columns.
pub(super) fn schema() -> TableSchema {
    let columns = vec![
        text(
            "level",
            "code, theme or track. A theme has the codings of its codes and of the themes below it, a track those of its codes.",
        ),
        text("id", "Code, theme or track."),
        text("label", "Its short name.").or_empty(),
        integer("codings", "Counted codings.").unit("codings"),
        integer("sentences", "Sentences that a counted coding touches.").unit("sentences"),
        integer("turns", "Turns with a counted coding.").unit("turns"),
        integer("exchanges", "Exchanges with a counted coding.").unit("exchanges"),
        integer("documents", "Documents with a counted coding.").unit("documents"),
        integer("cases", "Cases with a counted coding.").unit("cases"),
        number(
            "per_1000_words",
            "codings / words × 1000, words being the tokens of all turns of the chosen roles, turns of nothing but backchannels left out; empty without words.",
        ),
        number(
            "share_of_cases",
            "cases / cases with an eligible turn: a turn of the chosen roles with a token, not of nothing but backchannels, under a question that the guards of a code allow; empty without such cases.",
        ),
    ];
    table("frequencies", "code, theme and track", &["level", "id"], columns)
}

/// Writes all rows.
///
/// # Errors
/// If a file cannot be written.
pub(super) fn write(
    sheet: &mut Sheet,
    levels: &[LevelIndex; 3],
    wanted: &[Level],
    sums: &Sums,
    cases: &CaseTotals,
) -> Result<(), TableError> {
    let [sentences, turns, exchanges, documents] =
        [Unit::Sentence, Unit::Turn, Unit::Exchange, Unit::Document].map(|unit| sums.unit(unit));
    for (place, level) in levels.iter().enumerate().filter(|(_, level)| wanted.contains(&level.level)) {
        let (cases, eligible) = (&cases.with[place], &cases.eligible[place]);
        for id in 0..level.len() {
            let codings: u64 = level.codes_of(id).map(|code| sums.codings[code]).sum();
            sheet
                .row()
                .text(level.level.as_str())
                .text(&level.ids[id])
                .text(&level.labels[id])
                .count(codings)
                .count(sentences.levels[place].units[id])
                .count(turns.levels[place].units[id])
                .count(exchanges.levels[place].units[id])
                .count(documents.levels[place].documents[id])
                .count(cases[id])
                .number(ratio(codings * 1000, sums.words))
                .number(ratio(cases[id], eligible[id]));
        }
    }
    sheet.spill()
}

fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
