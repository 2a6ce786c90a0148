//! The side file: what a generation of the store knows beside its index.
//!
//! Attributes, speakers, front matter and the messages of reading are small and change without any transcript
//! changing, so they are kept in one JSON file whose name is made from its content. The payload of the index's
//! commit names the file, so index and side file change in one step.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::corpus::{ColumnNames, Properties, ReadingOptions};
use crate::diagnostic::Diagnostic;
use crate::store::{StoreError, home};
use crate::text::hexadecimal;

const PREFIX: &str = "side-";

/// What a generation of the store knows beside its index.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Side {
    /// Attributes and speakers of the corpus.
    pub(super) properties: Properties,
    /// Per document id: name, value and line of its front matter.
    pub(super) front_matter: BTreeMap<String, Vec<(String, String, u32)>>,
    /// Per document id: what reading it had to say.
    pub(super) diagnostics: BTreeMap<String, Vec<Diagnostic>>,
    /// What was in the corpus and could not be read, or is no transcript.
    pub(super) skipped: Vec<Diagnostic>,
    /// Per document id: the names of columns that its table was read by, where any were told.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) columns: BTreeMap<String, ColumnNames>,
    /// Paths of tables of which a document was left out for the sake of another file; they are read anew each time.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) partial: BTreeSet<String>,
    /// How the transcripts of this generation were read.
    #[serde(default)]
    pub(super) reading: ReadingOptions,
}

#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    complete: bool,
    side: String,
}

impl Side {
    /// Writes the side file unless it is there, and gives the payload that names it.
    pub(super) fn write(&self, folder: &Path, complete: bool) -> Result<String, StoreError> {
        let text = serde_json::to_vec(self).map_err(|error| damaged(folder, &error))?;
        let hash = hexadecimal(&Sha256::digest(&text)[..8]);
        let side = format!("{PREFIX}{hash}.json");
        if !folder.join(&side).exists() {
            home::write_whole(&folder.join(&side), &text)?;
        }
        serde_json::to_string(&Payload { complete, side }).map_err(|error| damaged(folder, &error))
    }

    /// Reads the side file that a payload names, and whether that generation is complete. An index without a
    /// payload has just been made.
    pub(super) fn read(folder: &Path, payload: Option<&str>) -> Result<(Self, bool), StoreError> {
        let Some(payload) = payload else { return Ok((Self::default(), false)) };
        let payload: Payload = serde_json::from_str(payload).map_err(|error| damaged(folder, &error))?;
        let path = folder.join(&payload.side);
        let text = std::fs::read(&path).map_err(|source| StoreError::Io { action: "read", path, source })?;
        let side = serde_json::from_slice(&text).map_err(|error| damaged(folder, &error))?;
        Ok((side, payload.complete))
    }
}

/// Removes the side files that the payload does not name.
pub(super) fn sweep(folder: &Path, payload: &str) -> Result<(), StoreError> {
    let failed = |source| StoreError::Io { action: "clean up", path: folder.to_owned(), source };
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(PREFIX) && !payload.contains(&*name) {
            std::fs::remove_file(entry.path()).map_err(failed)?;
        }
    }
    Ok(())
}

fn damaged(folder: &Path, error: &serde_json::Error) -> StoreError {
    StoreError::Damaged { folder: folder.to_owned(), what: format!("side file: {error}") }
}
