//! The `codings` table.

use crate::codebook::Codebook;
use crate::coding::CodedDocument;

use super::describe::{flag, integer, table, text};
use super::sheet::Sheet;
use super::{CodingIds, TableError, TableSchema};

/// Its columns.
pub(super) fn schema() -> TableSchema {
    let columns = vec![
        text("coding_id", "Stable id in GUID form, made from document, code, start_char, end_char and text."),
        text("document", "Document."),
        integer("turn", "Turn in the document, from 1."),
        integer("sentence", "First sentence of the turn that the coding touches, from 1."),
        integer("end_sentence", "Last sentence that it touches."),
        text("case", "The person who speaks; empty without a speaker.").or_empty(),
        text("speaker", "Label in the transcript, or the name it counts as; empty without labels.").or_empty(),
        text("role", "interviewer, informant or other."),
        text("question", "Guide question that the turn stands under; empty before the first.").or_empty(),
        text("code", "Code."),
        text("theme", "Theme of the code."),
        text("tracks", "Tracks of the code, joined by |.").or_empty(),
        text("pattern", "Pattern that found it."),
        flag("counted", "1 if the turn's role is one of the pattern's; all other tables use only such codings."),
        flag("prompted_exchange", "1 if the code matched an interviewer turn earlier in the same exchange."),
        flag("prompted_document", "1 if the code matched an interviewer turn earlier in the document."),
        integer("start_char", "Start in the document's text, from 0.").unit("code points"),
        integer("end_char", "End, one past the last.").unit("code points"),
        integer("start_byte", "Start in the document's text as UTF-8, from 0.").unit("bytes"),
        integer("end_byte", "End, one past the last.").unit("bytes"),
        integer("start_token", "First token in the turn, from 0.").unit("tokens"),
        integer("end_token", "One past the last token.").unit("tokens"),
        integer("segment_start_char", "Start of the passage that the coding stands for in other programs: match, sentence, turn or exchange, as the code has it.").unit("code points"),
        integer("segment_end_char", "End of that passage, one past the last.").unit("code points"),
        text("text", "The words coded, runs of white space made one space.").or_empty(),
    ];
    table("codings", "coding", &["document", "start_char", "end_char", "code"], columns)
}

/// What repeats from coding to coding, by code.
pub(super) struct CodeNames {
    themes: Vec<String>,
    tracks: Vec<String>,
    /// Place of each code among all in the order of their ids as UTF-8 bytes.
    ranks: Vec<usize>,
}

impl CodeNames {
    /// The names of a codebook.
    pub(super) fn of(codebook: &Codebook) -> Self {
        let mut order: Vec<usize> = (0..codebook.codes.len()).collect();
        order.sort_by_key(|&code| codebook.codes[code].id.as_bytes());
        let mut ranks = vec![0; order.len()];
        order.iter().enumerate().for_each(|(rank, &code)| ranks[code] = rank);
        Self {
            themes: codebook.codes.iter().map(|code| codebook.themes[code.theme].id.clone()).collect(),
            tracks: (0..codebook.codes.len()).map(|code| joined_tracks(codebook, code)).collect(),
            ranks,
        }
    }
}

/// The ids of a code's tracks, joined by `|`, in the order of the codebook.
pub(super) fn joined_tracks(codebook: &Codebook, code: usize) -> String {
    let ids: Vec<&str> = codebook.codes[code].tracks.iter().map(|&track| codebook.tracks[track].id.as_str()).collect();
    ids.join("|")
}

/// Adds the rows of a document.
///
/// # Errors
/// If a file cannot be written.
pub(super) fn push(
    sheet: &mut Sheet,
    codebook: &Codebook,
    names: &CodeNames,
    document: &CodedDocument,
) -> Result<(), TableError> {
    let ids = CodingIds::of(&document.info.id);
    let key = |place: &usize| {
        let coding = &document.codings[*place];
        (coding.chars.start, coding.chars.end, names.ranks[coding.code])
    };
    let mut order: Vec<usize> = (0..document.codings.len()).collect();
    if !order.is_sorted_by_key(key) {
        order.sort_by_key(key);
    }
    for place in order {
        let coding = &document.codings[place];
        let turn = &document.turns[coding.turn];
        let code = &codebook.codes[coding.code];
        sheet
            .row()
            .text(&ids.id(&code.id, coding))
            .text(&document.info.id)
            .integer(turn.turn)
            .integer(coding.sentences.first)
            .integer(coding.sentences.last)
            .text_or_empty(turn.case.as_deref())
            .text_or_empty(turn.speaker.as_deref())
            .text(turn.role.as_str())
            .text_or_empty(turn.question.map(|question| codebook.questions[question].id.as_str()))
            .text(&code.id)
            .text(&names.themes[coding.code])
            .text(&names.tracks[coding.code])
            .text(&code.patterns[coding.pattern].id)
            .flag(coding.counted)
            .flag(coding.prompted_exchange)
            .flag(coding.prompted_document)
            .integer(coding.chars.start)
            .integer(coding.chars.end)
            .integer(coding.bytes.start)
            .integer(coding.bytes.end)
            .integer(coding.start_token)
            .integer(coding.end_token)
            .integer(coding.segment.start)
            .integer(coding.segment.end)
            .text(&coding.text);
    }
    sheet.spill()
}
