//! What is known of documents and speakers beside their words.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

use super::documents::{self, Attributes, DocumentEntry};
use super::error::CorpusError;
use super::speakers::{self, Speakers};
use crate::diagnostic::Report;

/// The properties of a corpus.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Properties {
    /// Of documents.
    pub attributes: Attributes,
    /// Of speakers.
    pub speakers: Speakers,
}

/// Reads `documents.csv` and `speakers.csv` of the corpus folders ([`super::Discovered::folders`]) and adds the front
/// matter of `documents`.
///
/// # Errors
/// With every fault at once, if the files or the front matter cannot be used as they are.
pub fn properties(
    folders: &[PathBuf],
    documents: &[DocumentEntry<'_>],
    report: &dyn Report,
) -> Result<Properties, CorpusError> {
    let mut faults = Vec::new();
    let attributes = documents::gather(folders, documents, &mut faults, report);
    let speakers = speakers::gather(folders, documents, &mut faults, report);
    if faults.is_empty() {
        return Ok(Properties { attributes, speakers });
    }
    faults.sort();
    faults.dedup();
    Err(CorpusError::Tables { faults })
}
