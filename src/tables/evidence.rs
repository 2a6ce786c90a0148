//! Which codes are present in which units of a document.

use crate::coding::CodedDocument;

use super::chosen::Chosen;
use super::units::DocumentUnits;

/// A counted coding in a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Evidence {
    /// Number of the unit in its document.
    pub(super) unit: u32,
    /// Position of the code in the codebook.
    pub(super) code: u32,
    /// Place of the coding in code points.
    pub(super) start: u32,
    /// One past its last code point.
    pub(super) end: u32,
}

/// Puts the counted codings of a document into `evidence`, once for each unit they lie in, in the order of the units.
pub(super) fn gather(document: &CodedDocument, units: &DocumentUnits, chosen: Chosen, evidence: &mut Vec<Evidence>) {
    evidence.clear();
    for coding in chosen.codings(document) {
        for unit in units.of_coding(document, coding) {
            let (start, end) = (coding.chars.start, coding.chars.end);
            evidence.push(Evidence { unit, code: coding.code as u32, start, end });
        }
    }
    if !evidence.is_sorted_by_key(|evidence| evidence.unit) {
        evidence.sort_by_key(|evidence| evidence.unit);
    }
}
