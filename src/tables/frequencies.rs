//! The `frequencies` table.

use crate::codebook::Codebook;

use super::cases::Questions;
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
    codebook: &Codebook,
    levels: &[LevelIndex; 3],
    wanted: &[Level],
    sums: &Sums,
) -> Result<(), TableError> {
    let [sentences, turns, exchanges, documents] =
        [Unit::Sentence, Unit::Turn, Unit::Exchange, Unit::Document].map(|unit| sums.unit(unit));
    for (place, level) in levels.iter().enumerate().filter(|(_, level)| wanted.contains(&level.level)) {
        let cases = cases_with(level, sums);
        let eligible = eligible_cases(codebook, level, sums);
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

/// For each id of a level, the cases with a counted coding.
pub(super) fn cases_with(level: &LevelIndex, sums: &Sums) -> Vec<u64> {
    let mut counts = vec![0; level.len()];
    let mut last_case = vec![0; level.len()];
    for (number, case) in (1_u64..).zip(sums.cases.iter()) {
        for id in case.codes().flat_map(|code| &level.of_code[code]).map(|&id| id as usize) {
            if last_case[id] != number {
                last_case[id] = number;
                counts[id] += 1;
            }
        }
    }
    counts
}

/// For each id of a level, the cases with a turn under a question that the guards of one of its codes allow.
fn eligible_cases(codebook: &Codebook, level: &LevelIndex, sums: &Sums) -> Vec<u64> {
    let questions: Vec<Option<Questions>> = (0..level.len())
        .map(|id| level.codes_of(id).map(|code| Questions::of_code(codebook, code)).reduce(|all, other| all.or(&other)))
        .collect();
    // Most codes have no guards, or the same ones, so each set of questions is looked up once.
    let mut known: Vec<(&Questions, u64)> = Vec::new();
    questions
        .iter()
        .map(|questions| {
            let Some(questions) = questions else { return 0 };
            if let Some((_, count)) = known.iter().find(|(other, _)| *other == questions) {
                return *count;
            }
            let count = sums.cases.iter().filter(|case| case.words_under(questions).is_some()).count() as u64;
            known.push((questions, count));
            count
        })
        .collect()
}
