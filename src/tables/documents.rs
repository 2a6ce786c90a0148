//! The `documents` table.

use std::collections::HashSet;

use crate::coding::CodedDocument;
use crate::corpus::{AttributeColumn, Role};

use super::describe::{integer, table, text};
use super::sheet::Sheet;
use super::{TableError, TableSchema, attributes};

/// Its columns.
pub(super) fn schema(columns: &[AttributeColumn]) -> TableSchema {
    let mut all = vec![
        text("document", "Document: path below the corpus folder without its extension."),
        text("path", "Path of the file below the corpus folder."),
        text("sha256", "SHA-256 of the file's bytes, lower-case hexadecimal."),
        text("text_sha256", "SHA-256 of the text that all offsets refer to, as UTF-8."),
        text("format", "Format that the file was read as."),
        integer("turns", "Turns of all roles."),
        integer("sentences", "Sentences of all turns."),
        integer("words", "Tokens of all turns.").unit("tokens"),
        integer("informant_words", "Tokens of the turns of informants.").unit("tokens"),
        integer("speakers", "Distinct speaker labels."),
    ];
    all.extend(attributes::columns(columns));
    table("documents", "document", &["document"], all)
}

/// Adds the row of a document.
///
/// # Errors
/// If an attribute is not of its type, or a file cannot be written.
pub(super) fn push(sheet: &mut Sheet, columns: &[AttributeColumn], document: &CodedDocument) -> Result<(), TableError> {
    let turns = &document.turns;
    let words = |role: Option<Role>| -> u64 {
        turns.iter().filter(|turn| role.is_none_or(|role| turn.role == role)).map(|turn| u64::from(turn.words)).sum()
    };
    let speakers: HashSet<&str> = turns.iter().filter_map(|turn| turn.speaker.as_deref()).collect();
    let mut row = sheet.row();
    row.text(&document.info.id)
        .text(&document.info.path)
        .text(&document.info.sha256)
        .text(&document.info.text_sha256)
        .text(document.info.format.as_str())
        .count(turns.len() as u64)
        .count(turns.iter().map(|turn| turn.sentence_starts.len() as u64).sum())
        .count(words(None))
        .count(words(Some(Role::Informant)))
        .count(speakers.len() as u64);
    attributes::push(&mut row, columns, &document.info)?;
    sheet.spill()
}
