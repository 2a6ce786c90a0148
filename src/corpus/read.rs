//! Reading one file.

use std::fs;
use std::io;
use std::path::Path;
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::discover::SourceFile;
use super::format;
use super::transcript::{Format, Paragraph, Transcript};
use crate::diagnostic::{Diagnostic, Report, Severity};

/// What a reader makes of one file's bytes.
#[derive(Debug)]
pub(super) struct Reading {
    /// The text; all spans are in it.
    pub(super) text: String,
    /// Whether the text's bytes are the file's, so that one hash is enough.
    pub(super) as_in_file: bool,
    /// The paragraphs.
    pub(super) paragraphs: Vec<Paragraph>,
    /// Name, value, line.
    pub(super) front_matter: Vec<(String, String, u32)>,
    /// What was guessed or suspicious.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A file that cannot be read as a transcript.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The operating system refuses.
    #[error("the file cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// Nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// NUL bytes.
    #[error("the file is not text: there is a NUL byte at byte {at}")]
    Binary {
        /// Where, from 0.
        at: usize,
    },
    /// 4 GiB or more.
    #[error("the file is too large: {bytes} bytes, and a transcript has less than 4 GiB")]
    TooLarge {
        /// How large.
        bytes: u64,
    },
    /// Damaged, or not in the format of its name.
    #[error("the file cannot be read as {format}: {what}")]
    Damaged {
        /// The format, as people call it.
        format: &'static str,
        /// What is wrong, and where.
        what: String,
    },
    /// JSON of another kind.
    #[error("the JSON is no transcript that qualcode knows: {found}; looked for {wanted}")]
    UnknownJson {
        /// What stands in the file.
        found: String,
        /// What would have been read.
        wanted: &'static str,
    },
    /// Written to twice while it was read.
    #[error("the file changed while it was being read, twice")]
    Changing,
}

impl ReadError {
    /// The stable code and the mend.
    fn advice(&self) -> (&'static str, &'static str) {
        match self {
            Self::Unreadable(_) => {
                ("T003", "give the user who runs qualcode the right to read it, or move it out of the corpus")
            }
            Self::Empty => ("T004", "move it out of the corpus, or fetch the transcript again"),
            Self::Binary { .. } => (
                "T005",
                "save it as plain text in UTF-8; if it is a Word file or a recording under another name, export it first",
            ),
            Self::TooLarge { .. } => ("T006", "split it into one file for each interview"),
            Self::Damaged { .. } => {
                ("T018", "open it in the program that made it and save it again, or fetch it again")
            }
            Self::UnknownJson { .. } => (
                "T026",
                "export the transcript as WebVTT (.vtt) or text (.txt), or move the file out of the corpus if it is none",
            ),
            Self::Changing => ("T007", "wait until the program that writes it has ended, and run again"),
        }
    }

    /// The diagnostic that `path` was skipped.
    pub fn diagnostic(&self, path: &str) -> Diagnostic {
        let (code, mend) = self.advice();
        Diagnostic::new(Severity::Skipped, code, path, self.to_string(), mend)
    }
}

/// The bytes of a file, and their hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileBytes {
    bytes: Vec<u8>,
    sha256: String,
}

impl FileBytes {
    /// Hashes the bytes of a file.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self { sha256: hash(&bytes), bytes }
    }

    /// SHA-256 in lower-case hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }
}

/// The bytes of a file as they are at one moment.
///
/// # Errors
/// If the file cannot be read, is 4 GiB or larger, or keeps changing.
pub fn fetch(file: &SourceFile) -> Result<FileBytes, ReadError> {
    read_bytes(&file.location).map(FileBytes::new)
}

/// Reads one file; a file that cannot be read becomes a diagnostic, and `None`.
pub fn read(file: &SourceFile, report: &dyn Report) -> Option<Transcript> {
    match fetch(file).and_then(|bytes| parse(&file.id, &file.path, file.format, bytes)) {
        Ok((transcript, diagnostics)) => {
            diagnostics.into_iter().for_each(|diagnostic| report.report(diagnostic));
            Some(transcript)
        }
        Err(error) => {
            report.report(error.diagnostic(&file.path));
            None
        }
    }
}

/// A transcript from the bytes of its file; reads nothing but these.
///
/// # Errors
/// If they are empty, no text, or too many.
pub fn parse(
    id: &str,
    path: &str,
    format: Format,
    file: FileBytes,
) -> Result<(Transcript, Vec<Diagnostic>), ReadError> {
    let FileBytes { bytes, sha256 } = file;
    let reading = format::reader_of(format)(path, bytes)?;
    let text_sha256 = if reading.as_in_file { sha256.clone() } else { hash(reading.text.as_bytes()) };
    let transcript = Transcript {
        id: id.to_owned(),
        path: path.to_owned(),
        format,
        sha256,
        text_sha256,
        text: reading.text,
        paragraphs: reading.paragraphs,
        front_matter: reading.front_matter,
    };
    Ok((transcript, reading.diagnostics))
}

/// The SHA-256 of `bytes` in lower-case hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        hex.push(char::from(DIGITS[usize::from(byte >> 4)]));
        hex.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    hex
}

/// The bytes of a file as they are at one moment.
fn read_bytes(location: &Path) -> Result<Vec<u8>, ReadError> {
    let state =
        || fs::metadata(location).map(|metadata| State { bytes: metadata.len(), modified: metadata.modified().ok() });
    read_unchanging(state, || fs::read(location))
}

/// What shows that a file has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    bytes: u64,
    modified: Option<SystemTime>,
}

/// Reads, and reads a second time if the file changed in between.
fn read_unchanging(
    mut state: impl FnMut() -> io::Result<State>,
    mut load: impl FnMut() -> io::Result<Vec<u8>>,
) -> Result<Vec<u8>, ReadError> {
    for _ in 0..2 {
        let before = state()?;
        if u32::try_from(before.bytes).is_err() {
            return Err(ReadError::TooLarge { bytes: before.bytes });
        }
        let bytes = load()?;
        if before == state()? && bytes.len() as u64 == before.bytes {
            return Ok(bytes);
        }
    }
    Err(ReadError::Changing)
}

#[cfg(test)]
mod tests {
    use super::{ReadError, State, read_unchanging};

    fn read(sizes: &[u64]) -> Result<Vec<u8>, ReadError> {
        let mut sizes = sizes.iter();
        let state = || Ok(State { bytes: *sizes.next().expect("another look"), modified: None });
        read_unchanging(state, || Ok(b"abc".to_vec()))
    }

    #[test]
    fn a_file_that_changes_is_read_once_more_and_then_skipped() {
        assert_eq!(read(&[3, 3]).expect("bytes"), b"abc");
        assert_eq!(read(&[2, 3, 3, 3]).expect("bytes"), b"abc");
        let error = read(&[2, 3, 3, 4]).expect_err("changing");
        let told = error.diagnostic("a.txt");
        assert_eq!((told.code, told.message.as_str()), ("T007", "the file changed while it was being read, twice"));
    }

    #[test]
    fn a_file_of_four_gibibytes_is_not_opened() {
        let error = read(&[1 << 32]).expect_err("too large");
        assert_eq!(error.diagnostic("a.txt").code, "T006");
        assert!(error.to_string().contains("4294967296 bytes"));
    }
}
