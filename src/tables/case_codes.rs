//! The `case_codes` table.

use crate::codebook::Codebook;

use super::case_counts::CaseCounts;
use super::cases::Cases;
use super::codings::joined_tracks;
use super::describe::{flag, integer, table, text};
use super::levels::LevelIndex;
use super::questions::Questions;
use super::sheet::Sheet;
use super::{TableError, TableSchema};

/// Its columns.
pub(super) fn schema() -> TableSchema {
    let columns = vec![
        text("case", "The person. Every case with a turn of the chosen roles that holds a token and more than backchannels."),
        text("document", "The document with such turns of the case; empty if there are several.").or_empty(),
        text("code", "Code."),
        text("theme", "Theme of the code."),
        text("tracks", "Tracks of the code, joined by |.").or_empty(),
        flag("asked", "1 if one of those turns stands under a question that the code's guards allow; always 1 for a code without such guards."),
        integer("codings", "Counted codings; empty if the case was not asked.").unit("codings").or_empty(),
        integer("turns", "Turns with a counted coding; empty if the case was not asked.").unit("turns").or_empty(),
        integer("words", "Tokens of the case's turns under questions that the code's guards allow, the base of a rate; empty if the case was not asked.").unit("tokens").or_empty(),
        integer("first_start_char", "Start of the first counted coding in the document; empty without one, and if the case has several documents.").unit("code points").or_empty(),
    ];
    table("case_codes", "case and code", &["case", "code"], columns)
}

/// What does not change from case to case.
struct Line<'a> {
    code: usize,
    id: &'a str,
    theme: &'a str,
    tracks: String,
    questions: Questions,
}

/// Writes all rows.
///
/// # Errors
/// If a file cannot be written.
pub(super) fn write(
    sheet: &mut Sheet,
    codebook: &Codebook,
    level: &LevelIndex,
    cases: &Cases,
) -> Result<(), TableError> {
    let lines: Vec<Line<'_>> = (0..level.len())
        .flat_map(|number| level.codes_of(number))
        .map(|code| Line {
            code,
            id: &codebook.codes[code].id,
            theme: &codebook.themes[codebook.codes[code].theme].id,
            tracks: joined_tracks(codebook, code),
            questions: Questions::of_code(codebook, code),
        })
        .collect();
    cases.each(|name, case| {
        lines.iter().for_each(|line| push(sheet, name, case, line));
        sheet.spill()
    })
}

fn push(sheet: &mut Sheet, name: &str, case: &CaseCounts, line: &Line<'_>) {
    let words = case.words_under(&line.questions);
    let mut row = sheet.row();
    row.text(name)
        .text_or_empty(case.document.as_deref())
        .text(line.id)
        .text(line.theme)
        .text(&line.tracks)
        .flag(words.is_some());
    let Some(words) = words else {
        row.empty().empty().empty().empty();
        return;
    };
    let counts = case.code(line.code);
    row.count(counts.map_or(0, |counts| counts.codings)).count(counts.map_or(0, |counts| counts.turns)).count(words);
    match counts.filter(|_| case.document.is_some()) {
        Some(counts) => row.integer(counts.first_start_char),
        None => row.empty(),
    };
}
