//! What can go wrong with a store.

use std::path::PathBuf;

use crate::corpus::CorpusError;
use crate::span::WordError;
use crate::text::LanguageError;

/// A store that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no store there.
    #[error("{} holds no store; make one with: qualcode index CORPUS --store {}", folder.display(), folder.display())]
    Missing {
        /// The folder asked for.
        folder: PathBuf,
    },
    /// The folder holds other things.
    #[error("{} is not empty and holds no store; give an empty or a new folder with --store", folder.display())]
    NotAStore {
        /// The folder asked for.
        folder: PathBuf,
    },
    /// Made by another version, or for another language.
    #[error("the store {} was made with {found}, and this is {expected}; delete the folder and build it anew with: qualcode index CORPUS --store {} --language {language}", folder.display(), folder.display())]
    Incompatible {
        /// The store.
        folder: PathBuf,
        /// What it says of itself.
        found: String,
        /// What it would have to say.
        expected: String,
        /// The language asked for.
        language: String,
    },
    /// Made for another language.
    #[error("the store {} was made for the language {found}, not {expected}; give --language {found}, or another folder", folder.display())]
    OtherLanguage {
        /// The store.
        folder: PathBuf,
        /// Its language.
        found: String,
        /// The language asked for.
        expected: String,
    },
    /// Another process is writing.
    #[error("the store {} is being written by {holder}; wait until it is done, or use another folder", folder.display())]
    Locked {
        /// The store.
        folder: PathBuf,
        /// Process and host.
        holder: String,
    },
    /// An index run was cut off before the corpus was complete.
    #[error("the last `qualcode index` of the store {} was interrupted, so it holds only part of the corpus; run it again, it goes on where it stopped", folder.display())]
    Incomplete {
        /// The store.
        folder: PathBuf,
    },
    /// Reading or writing a file failed.
    #[error("cannot {action} {}: {source}; check that the disk is not full and that the folder may be written", path.display())]
    Io {
        /// "read", "write" …
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The index failed.
    #[error("the index in {} failed: {source}; check that the disk is not full, else delete the folder and index again", folder.display())]
    Index {
        /// The store.
        folder: PathBuf,
        /// Why.
        source: tantivy::TantivyError,
    },
    /// A file of the store does not hold what this program writes.
    #[error("the store {} is damaged ({what}); delete the folder and index again", folder.display())]
    Damaged {
        /// The store.
        folder: PathBuf,
        /// What was found.
        what: String,
    },
    /// The tables beside the transcripts are at fault.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// The language has no rules.
    #[error(transparent)]
    Language(#[from] LanguageError),
    /// A word of a pattern cannot be looked up.
    #[error(transparent)]
    Word(#[from] WordError),
}
