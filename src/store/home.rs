//! The store's folder: what it says of itself, and who may write in it.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::lock::{self, Lock, LockError};
use crate::store::StoreError;

/// Number of the store's format; raised whenever records, terms or side files change.
pub const FORMAT: u32 = 2;

const ABOUT: &str = "store.json";
const LOCK: &str = "lock";
const INDEX: &str = "index";

/// What a store says of itself: two stores with the same values cut the same text into the same words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct About {
    pub(super) format: u32,
    pub(super) tokenizer: String,
    pub(super) unicode: String,
    pub(super) language: String,
}

impl About {
    /// What a store made now for this language would say.
    pub(super) fn now(language: &str) -> Self {
        let (major, minor, patch) = unicode_segmentation::UNICODE_VERSION;
        Self {
            format: FORMAT,
            tokenizer: "uax29-words-1".to_owned(),
            unicode: format!("{major}.{minor}.{patch}"),
            language: language.to_owned(),
        }
    }

    fn describe(&self) -> String {
        format!(
            "store format {}, tokeniser {}, Unicode {}, language {}",
            self.format, self.tokenizer, self.unicode, self.language
        )
    }
}

/// The folder of the index proper.
pub(super) fn index_folder(folder: &Path) -> PathBuf {
    folder.join(INDEX)
}

/// What the store in `folder` says of itself.
///
/// # Errors
/// If there is none, or its format is not this program's.
pub(super) fn read(folder: &Path) -> Result<About, StoreError> {
    let path = folder.join(ABOUT);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(StoreError::Missing { folder: folder.to_owned() });
        }
        Err(source) => return Err(StoreError::Io { action: "read", path, source }),
    };
    let found: About = serde_json::from_str(&text).map_err(|error| other_format(folder, &text, &error))?;
    let expected = About::now(&found.language);
    if found == expected { Ok(found) } else { Err(incompatible(folder, &found.describe(), &expected)) }
}

fn incompatible(folder: &Path, found: &str, expected: &About) -> StoreError {
    StoreError::Incompatible {
        folder: folder.to_owned(),
        found: found.to_owned(),
        expected: expected.describe(),
        language: expected.language.clone(),
    }
}

/// A `store.json` with other keys is another format if it has a format number, else damaged.
fn other_format(folder: &Path, text: &str, error: &serde_json::Error) -> StoreError {
    let format = serde_json::from_str::<serde_json::Value>(text).ok().and_then(|value| value.get("format")?.as_u64());
    match format {
        Some(format) => incompatible(folder, &format!("store format {format}"), &About::now("en")),
        None => StoreError::Damaged { folder: folder.to_owned(), what: format!("{ABOUT}: {error}") },
    }
}

/// Makes sure that `folder` holds a store of this format and language, making an empty one where there is nothing.
///
/// # Errors
/// If the folder holds something else or another kind of store, or cannot be written.
pub(super) fn claim(folder: &Path, language: &str) -> Result<(), StoreError> {
    let expected = About::now(language);
    match read(folder) {
        Ok(found) if found == expected => return Ok(()),
        // What `read` returns is of this format, so that only the language can differ.
        Ok(found) => {
            return Err(StoreError::OtherLanguage {
                folder: folder.to_owned(),
                found: found.language,
                expected: language.to_owned(),
            });
        }
        Err(StoreError::Missing { .. }) => {}
        Err(error) => return Err(error),
    }
    let foreign = std::fs::read_dir(folder)
        .map_err(|source| StoreError::Io { action: "read", path: folder.to_owned(), source })?
        .filter_map(Result::ok)
        .any(|entry| entry.file_name() != LOCK && !entry.file_name().to_string_lossy().starts_with(ABOUT));
    if foreign {
        return Err(StoreError::NotAStore { folder: folder.to_owned() });
    }
    let text = serde_json::to_string_pretty(&expected).unwrap_or_default() + "\n";
    write_whole(&folder.join(ABOUT), text.as_bytes())
}

/// Writes a file so that it is there either whole or not at all.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let failed = |source| StoreError::Io { action: "write", path: path.to_owned(), source };
    let mut staged = path.as_os_str().to_owned();
    staged.push(".new");
    let staged = PathBuf::from(staged);
    let mut file = File::create(&staged).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)?;
    std::fs::rename(&staged, path).map_err(failed)
}

/// Takes the write lock of the store in `folder`, which is made if it is not there.
///
/// # Errors
/// If another process holds it, saying which.
pub(super) fn lock(folder: &Path) -> Result<Lock, StoreError> {
    std::fs::create_dir_all(folder).map_err(|source| StoreError::Io {
        action: "make",
        path: folder.to_owned(),
        source,
    })?;
    let path = folder.join(LOCK);
    lock::take(&path).map_err(|error| match error {
        LockError::Held { holder } => StoreError::Locked { folder: folder.to_owned(), holder },
        LockError::Io(source) => StoreError::Io { action: "lock", path, source },
    })
}

#[cfg(test)]
mod tests {
    use super::{claim, lock, read};
    use crate::store::StoreError;

    #[test]
    fn a_second_writer_is_told_who_holds_the_lock() {
        let folder = tempfile::tempdir().expect("a folder");
        let held = lock(folder.path()).expect("free");
        let refused = lock(folder.path()).expect_err("held").to_string();
        assert!(refused.contains(&format!("process {}", std::process::id())), "{refused}");
        drop(held);
        lock(folder.path()).expect("free again");
    }

    #[test]
    fn a_store_is_for_one_format_and_language() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(matches!(read(folder.path()), Err(StoreError::Missing { .. })));
        claim(folder.path(), "en").expect("made");
        claim(folder.path(), "en").expect("found");
        assert!(matches!(claim(folder.path(), "sv"), Err(StoreError::OtherLanguage { .. })));
        std::fs::write(folder.path().join("store.json"), "{\"format\": 99, \"more\": 1}").expect("written");
        let refused = read(folder.path()).expect_err("another format").to_string();
        assert!(refused.contains("store format 99") && refused.contains("qualcode index"), "{refused}");
    }

    #[test]
    fn a_folder_with_other_things_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("thesis.docx"), "mine").expect("written");
        assert!(matches!(claim(folder.path(), "en"), Err(StoreError::NotAStore { .. })));
    }
}
