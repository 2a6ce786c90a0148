//! The `turns` table.

use crate::codebook::Codebook;
use crate::coding::CodedDocument;

use super::describe::{integer, number, table, text};
use super::sheet::Sheet;
use super::{TableError, TableSchema};

/// Its columns.
pub(super) fn schema() -> TableSchema {
    let columns = vec![
        text("document", "Document."),
        integer("turn", "Number of the turn in its document, from 1."),
        text("case", "The person who speaks; empty without a speaker.").or_empty(),
        text("speaker", "Label in the transcript, or the name it counts as; empty without labels.").or_empty(),
        text("role", "interviewer, informant or other."),
        text("question", "Guide question that the turn stands under; empty before the first.").or_empty(),
        integer("exchange", "Number of the exchange in its document, from 1."),
        integer("start_char", "Start of the turn's words in the document's text, from 0.").unit("code points"),
        integer("end_char", "End of the turn's words, one past the last.").unit("code points"),
        number("start_time", "When the turn begins in the recording; empty where the transcript does not tell.")
            .unit("seconds"),
        number("end_time", "When the turn ends in the recording; empty where the transcript does not tell.")
            .unit("seconds"),
        integer("sentences", "Sentences of the turn."),
        integer("words", "Tokens of the turn.").unit("tokens"),
    ];
    table("turns", "turn", &["document", "turn"], columns)
}

/// Adds the rows of a document.
///
/// # Errors
/// If a file cannot be written.
pub(super) fn push(sheet: &mut Sheet, codebook: &Codebook, document: &CodedDocument) -> Result<(), TableError> {
    for turn in &document.turns {
        sheet
            .row()
            .text(&document.info.id)
            .integer(turn.turn)
            .text_or_empty(turn.case.as_deref())
            .text_or_empty(turn.speaker.as_deref())
            .text(turn.role.as_str())
            .text_or_empty(turn.question.map(|question| codebook.questions[question].id.as_str()))
            .integer(turn.exchange)
            .integer(turn.chars.start)
            .integer(turn.chars.end)
            .number(turn.start_time)
            .number(turn.end_time)
            .count(turn.sentence_starts.len() as u64)
            .integer(turn.words);
    }
    sheet.spill()
}
