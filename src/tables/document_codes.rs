//! The `document_codes` table.

use crate::codebook::Codebook;
use crate::coding::CodedDocument;
use crate::corpus::AttributeColumn;

use super::chosen::Chosen;
use super::describe::{integer, table, text};
use super::sheet::Sheet;
use super::{TableError, TableSchema, attributes};

/// Its columns; those of the codes are in the order of the codebook.
pub(super) fn schema(codebook: &Codebook, columns: &[AttributeColumn]) -> TableSchema {
    let mut all = vec![
        text("document", "Document."),
        integer("words", "Tokens of the turns of the chosen roles, turns of nothing but backchannels left out.")
            .unit("tokens"),
    ];
    all.extend(attributes::columns(columns));
    all.extend(codebook.codes.iter().map(|code| {
        integer(&code.id, format!("Counted codings of code `{}` ({}).", code.id, code.label)).unit("codings")
    }));
    table("document_codes", "document", &["document"], all)
}

/// Adds the row of a document; `counts` is a scratch list with a place for each code.
///
/// # Errors
/// If an attribute is not of its type, or a file cannot be written.
pub(super) fn push(
    sheet: &mut Sheet,
    columns: &[AttributeColumn],
    document: &CodedDocument,
    chosen: Chosen,
    counts: &mut [u32],
) -> Result<(), TableError> {
    counts.fill(0);
    chosen.codings(document).for_each(|coding| counts[coding.code] += 1);
    let words = document.turns.iter().filter(|turn| chosen.turn(turn)).map(|turn| u64::from(turn.words)).sum();
    let mut row = sheet.row();
    row.text(&document.info.id).count(words);
    attributes::push(&mut row, columns, &document.info)?;
    row.counts(counts);
    sheet.spill()
}
