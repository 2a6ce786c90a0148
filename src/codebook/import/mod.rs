//! Codebooks and dictionaries of other programs, made codebooks of ours.
//!
//! Each kind of file has a module with `import(bytes, name)` and `looks_like(bytes)`, and a row in [`KINDS`]. What is
//! read becomes a `tree::Forest` of categories, and that a [`CodebookFile`]; words go through `word`, which
//! writes them in our pattern language. What has no equal there is told as a [`Loss`]: nothing becomes a pattern that
//! cannot be found.
//!
//! Categories become codes and themes by one rule, told at `tree`. Dictionaries know neither roles nor tracks:
//! their codes count in every role and belong to the one track `all`.
//!
//! | code | meaning |
//! |---|---|
//! | I001 | skipped: no letter or digit, so no word of a transcript |
//! | I002 | warning: punctuation at the edge of a word is not looked for |
//! | I003 | note: a word that transcripts split, such as one with a hyphen |
//! | I004 | skipped: a wildcard that would stand for any word |
//! | I005 | skipped: too long, or no pattern for another reason |
//! | I006 | skipped: a category without words |
//! | I007 | note: a weight or score |
//! | I008 | skipped: a word under a condition |
//! | I009 | skipped: a category number that the file does not define |
//! | I010 | skipped: a line or entry that cannot be understood |
//! | I011 | note: the encoding was guessed |
//! | I012 | warning: damaged characters were replaced |
//! | I013 | skipped: a regular expression that finds something else here |
//! | I014 | skipped: a word in no category |
//! | I015 | skipped: a column or setting that has no equal |
//! | I020 | skipped: a rule, or a part of one, that has no equal |
//! | I021 | warning: a rule that holds inside another unit than it did |
//! | I022 | note: an attribute that the documents must have |
//! | I023, I024 | warning: a base form, looked for by its stem, or as written |
//! | I025 | warning: a part of speech that is not looked at |
//! | I026 | skipped: a reference to a category or code that leads nowhere, or in a circle |
//! | I027 | note: how a rule was read |
//! | I028 | note: a file that has codes and no patterns |
//! | I029 | warning: a code below two others |

mod dicx;
mod error;
mod id;
mod khcoder;
mod kind;
mod lexicoder;
mod liwc;
mod loss;
mod qdc;
mod qualcoder;
mod quanteda;
mod rock;
mod sheet;
mod system;
mod table;
mod taguette;
mod text;
mod tree;
mod weights;
mod word;
mod wordstat;
mod xml;
mod yoshikoder;

pub use error::ImportError;
pub use kind::{KINDS, Kind};
pub use loss::Loss;

use super::checked::Codebook;
use super::fault::{Fault, FaultSeverity};
use super::file::CodebookFile;
use super::load::{load, sha256};

/// A file of another program as a codebook.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The codebook. Serialised, it loads without errors.
    pub file: CodebookFile,
    /// What could not be carried over, or only changed, in the order of the file.
    pub losses: Vec<Loss>,
}

/// Makes a codebook of a file of that kind. `name` is the file's name without folders; the codebook's id and title
/// come of it, and nothing is read from there.
///
/// # Errors
/// If the file is not of that kind, is damaged, or holds nothing that could become a code.
pub fn import(kind: &Kind, bytes: &[u8], name: &str) -> Result<Imported, ImportError> {
    Ok(import_checked(kind, bytes, name)?.1)
}

/// As [`import()`], with the codebook checked and its warnings. The places of these are places in [`Imported::json`],
/// and the codebook's hash is that of `bytes`.
///
/// # Errors
/// As [`import()`].
pub fn import_checked(
    kind: &Kind,
    bytes: &[u8],
    name: &str,
) -> Result<((Codebook, Vec<Fault>), Imported), ImportError> {
    let imported = (kind.importer)(bytes, name)?;
    match load(imported.json().as_bytes(), name) {
        Ok((mut codebook, warnings)) => {
            codebook.sha256 = sha256(bytes);
            Ok(((codebook, warnings), imported))
        }
        Err(faults) => {
            let errors = faults.into_iter().filter(|fault| fault.severity == FaultSeverity::Error).collect();
            Err(ImportError::Faulty { kind: kind.title, faults: errors })
        }
    }
}

/// What to say of a file whose kind is not known.
pub fn unknown() -> ImportError {
    ImportError::Unknown { kinds: KINDS.iter().map(|kind| kind.name).collect::<Vec<_>>().join(", ") }
}

impl Imported {
    /// The codebook as the text of a file of ours.
    pub fn json(&self) -> String {
        // Its keys are texts, and so it has no value that JSON lacks.
        serde_json::to_string_pretty(&self.file).unwrap_or_default() + "\n"
    }
}
