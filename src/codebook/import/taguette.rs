//! Taguette's codebooks in CSV: a row for each tag, with `tag`, `description` and the number of its highlights.

use super::error::ImportError;
use super::loss::{Loss, Place};
use super::system::{Node, System};
use super::{Imported, text};
use crate::codebook::description::Description;

const KIND: &str = "Taguette codebook";

/// Whether the first line has Taguette's column names.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let start = text::beginning(bytes);
    let first = start.lines().next().unwrap_or_default().to_lowercase();
    first.split(',').map(|name| name.trim().trim_matches('"')).take(2).eq(["tag", "description"])
}

/// Reads one.
///
/// # Errors
/// If it has no column `tag`, or no tags.
pub(super) fn import(bytes: &[u8], name: &str) -> Result<Imported, ImportError> {
    let mut losses = Vec::new();
    let text = text::read(bytes, &mut losses)?;
    let mend = "export the codebook from Taguette again, as CSV";
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| ImportError::malformed(KIND, 1, error.to_string(), mend))?;
    let column = |name: &str| header.iter().position(|column| column.trim().eq_ignore_ascii_case(name));
    let Some(tag) = column("tag") else {
        return Err(ImportError::malformed(KIND, 1, "it has no column \"tag\"", mend));
    };
    let description = column("description");
    let mut system = System::default();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().and_then(|place| u32::try_from(place.line()).ok());
            ImportError::malformed(KIND, line, error.to_string(), mend)
        })?;
        let line = record.position().and_then(|place| u32::try_from(place.line()).ok());
        let name = record.get(tag).unwrap_or_default().trim();
        if name.is_empty() {
            let text = record.iter().collect::<Vec<_>>().join(",");
            let place = Place { line, category: "", text: &text };
            losses.push(Loss::left_out("I010", place, "is left out", "it names no tag"));
            continue;
        }
        let definition = description.and_then(|at| record.get(at)).map(str::trim).filter(|text| !text.is_empty());
        system.nodes.push(Node {
            name: name.to_owned(),
            codable: true,
            description: Description { definition: definition.map(str::to_owned), ..Description::default() },
            ..Node::default()
        });
    }
    system.into_imported(KIND, name, losses)
}
