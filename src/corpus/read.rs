//! Reading one file.

use std::fs;
use std::io;
use std::path::Path;
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::discover::{Discovered, SourceFile};
use super::format::{self, Reader};
use super::options::ColumnNames;
use super::sniff;
use super::spoken::{self, Spoken};
use super::table::{Part, Table};
use super::transcript::{Format, Paragraph, Transcript};
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::text::hexadecimal;

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
    /// A PDF that asks for a password.
    #[error("the PDF is encrypted and asks for a password")]
    Encrypted,
    /// A PDF of pictures.
    #[error("the PDF has no text layer: {pages} pages of pictures, or of letters without a meaning")]
    NoTextLayer {
        /// How many pages it has.
        pages: usize,
    },
    /// Encrypted with a password.
    #[error("the {format} file is protected by a password")]
    Locked {
        /// The format.
        format: &'static str,
    },
    /// Unpacks to far more than a document holds.
    #[error("the {format} file unpacks to more than {most_mib} MiB, far more than its size allows for")]
    Inflates {
        /// The format.
        format: &'static str,
        /// The bound, in units of 2^20 bytes.
        most_mib: u64,
    },
    /// Something that holds no text, or none that can be read.
    #[error("the file is {what}")]
    Foreign {
        /// What it is, with its article.
        what: &'static str,
        /// What to do with it.
        mend: &'static str,
    },
    /// Written to twice while it was read.
    #[error("the file changed while it was being read, twice")]
    Changing,
    /// A variant of its format that is not read, or another format under its name.
    #[error("the file cannot be read as a transcript: {what}")]
    Unsupported {
        /// What it is.
        what: String,
        /// How to mend it.
        mend: &'static str,
    },
    /// A table in which nobody speaks.
    #[error("not read as a transcript; columns found: {columns}")]
    NoColumns {
        /// The names in its first row.
        columns: String,
    },
    /// A table about documents that are in the corpus themselves.
    #[error(
        "not read as a transcript: the documents that its column \"{column}\" names are in the corpus as files, {example} for one"
    )]
    AboutDocuments {
        /// The column.
        column: String,
        /// One of the documents.
        example: String,
    },
    /// One of several files that are joined.
    #[error("its part {path} is at fault: {source}")]
    Part {
        /// The part's path.
        path: String,
        /// Why.
        source: Box<ReadError>,
    },
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
            Self::Locked { .. } => ("T031", "open it with its password and save it without one"),
            Self::Inflates { .. } => {
                ("T032", "if the file is trusted, open it in the program that made it and save it as text (.txt)")
            }
            Self::Foreign { mend, .. } => ("T033", mend),
            Self::UnknownJson { .. } => (
                "T026",
                "export the transcript as WebVTT (.vtt) or text (.txt), or move the file out of the corpus if it is none",
            ),
            Self::Encrypted => {
                ("T050", "open it in a PDF viewer with its password and save or print it as a PDF without one")
            }
            Self::NoTextLayer { .. } => (
                "T051",
                "run text recognition (OCR) over it, or export the transcript as text (.txt) from the program that made it",
            ),
            Self::Changing => ("T007", "wait until the program that writes it has ended, and run again"),
            Self::Unsupported { mend, .. } => ("T040", mend),
            Self::NoColumns { .. } => {
                ("T041", "if it holds turns, name the columns, such as --columns speaker=Who,text=What")
            }
            Self::AboutDocuments { .. } => (
                "T042",
                "nothing needs mending if it is a table about them; if it holds turns, move it or them elsewhere",
            ),
            Self::Part { source, .. } => source.advice(),
        }
    }

    /// Whether the file is no transcript at all, which is no fault of a corpus that holds it.
    pub fn is_no_transcript(&self) -> bool {
        matches!(self, Self::NoColumns { .. } | Self::AboutDocuments { .. })
    }

    /// The diagnostic that `path` was skipped; a note if it is no transcript.
    pub fn diagnostic(&self, path: &str) -> Diagnostic {
        let (code, mend) = self.advice();
        let severity = if self.is_no_transcript() { Severity::Note } else { Severity::Skipped };
        Diagnostic::new(severity, code, path, self.to_string(), mend)
    }
}

/// The bytes of a file, or of the files that are joined, and their hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileBytes {
    parts: Vec<Vec<u8>>,
    sha256: String,
}

impl FileBytes {
    /// Hashes the bytes of one file.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self { sha256: hash(&bytes), parts: vec![bytes] }
    }

    /// SHA-256 in lower-case hexadecimal; of the parts' bytes end to end.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }
}

/// A transcript, and what was guessed or suspicious in it.
pub type Told = (Transcript, Vec<Diagnostic>);

/// The bytes of a file, or of the files that are joined, as they are at one moment.
///
/// # Errors
/// If a file cannot be read, is 4 GiB or larger, or keeps changing.
pub fn fetch(file: &SourceFile) -> Result<FileBytes, ReadError> {
    if file.joined.is_empty() {
        return read_bytes(&file.location).map(FileBytes::new);
    }
    let mut parts = Vec::with_capacity(file.joined.len());
    let mut hasher = Sha256::new();
    for part in &file.joined {
        let bytes = read_bytes(&part.location).map_err(|source| of_part(&part.path, source))?;
        hasher.update(&bytes);
        parts.push(bytes);
    }
    Ok(FileBytes { sha256: hexadecimal(&hasher.finalize()), parts })
}

/// Reads one file of a corpus; a file that cannot be read becomes a diagnostic, and no transcripts.
pub fn read(corpus: &Discovered, file: &SourceFile, report: &dyn Report) -> Vec<Transcript> {
    match fetch(file).and_then(|bytes| documents(corpus, file, bytes)) {
        Ok(documents) => {
            let mut transcripts = Vec::with_capacity(documents.len());
            for (transcript, diagnostics) in documents {
                diagnostics.into_iter().for_each(|diagnostic| report.report(diagnostic));
                transcripts.push(transcript);
            }
            transcripts
        }
        Err(error) => {
            report.report(error.diagnostic(&file.path));
            Vec::new()
        }
    }
}

/// The one transcript in the bytes of a file; reads nothing but these. Tables are read by the usual names of columns.
///
/// # Errors
/// If they are empty, not what their format asks for, too many, or not one transcript.
pub fn parse(id: &str, path: &str, format: Format, file: FileBytes) -> Result<Told, ReadError> {
    let mut documents = one_file(id, path, format, file, &ColumnNames::default(), |_| None)?;
    match (documents.pop(), documents.len()) {
        (Some(document), 0) => Ok(document),
        (_, others) => Err(ReadError::Unsupported {
            what: format!("it is a table of {} documents", others + 1),
            mend: "read it as a part of a corpus",
        }),
    }
}

/// The transcripts in the bytes of a file of a corpus, or of the files that are joined; reads nothing but these.
///
/// # Errors
/// If they are empty, not what their format asks for, too many, or no transcript.
pub fn documents(corpus: &Discovered, file: &SourceFile, bytes: FileBytes) -> Result<Vec<Told>, ReadError> {
    if let (Reader::Spoken(reader), false) = (format::reader_of(file.format), file.joined.is_empty()) {
        let FileBytes { parts, sha256 } = bytes;
        let origin = Origin { path: &file.path, format: file.format, sha256: &sha256 };
        let mut spoken: Vec<(String, Spoken)> = Vec::with_capacity(parts.len());
        for (part, bytes) in file.joined.iter().zip(parts) {
            match reader(&part.path, bytes) {
                Ok(read) => spoken.push((part.name.clone(), read)),
                // Somebody who says nothing.
                Err(ReadError::Empty) => {}
                Err(source) => return Err(of_part(&part.path, source)),
            }
        }
        return Ok(vec![origin.document(file.id.clone(), spoken::join(spoken).reading()?)]);
    }
    let named = |names: &[&str]| corpus.named_by(file, names);
    one_file(&file.id, &file.path, file.format, bytes, &corpus.options.columns, named)
}

/// The transcripts in the bytes of one file, in the format that its content has. `named` gives one of the documents
/// that a table names, if it is a table about documents of the corpus.
fn one_file(
    id: &str,
    path: &str,
    format: Format,
    file: FileBytes,
    columns: &ColumnNames,
    named: impl Fn(&[&str]) -> Option<String>,
) -> Result<Vec<Told>, ReadError> {
    let FileBytes { mut parts, sha256 } = file;
    let bytes = parts.pop().unwrap_or_default();
    let (format, renamed) = sniff::settled(path, format, &bytes)?;
    let origin = Origin { path, format, sha256: &sha256 };
    let mut documents = match format::reader_of(format) {
        Reader::Whole(reader) => vec![origin.document(id.to_owned(), reader(path, bytes)?)],
        Reader::Spoken(reader) => vec![origin.document(id.to_owned(), reader(path, bytes)?.reading()?)],
        Reader::Table(reader) => {
            let table = reader(path, bytes, columns)?;
            if let Some(column) = &table.document_column {
                let names: Vec<&str> = table.parts.iter().filter_map(|part| part.name.as_deref()).collect();
                if let Some(example) = named(&names) {
                    return Err(ReadError::AboutDocuments { column: column.clone(), example });
                }
            }
            origin.documents(id, table)
        }
    };
    if let Some((_, diagnostics)) = documents.first_mut() {
        diagnostics.extend(renamed);
    }
    Ok(documents)
}

/// What the transcripts of a file have in common.
struct Origin<'a> {
    path: &'a str,
    format: Format,
    sha256: &'a str,
}

impl Origin<'_> {
    fn document(&self, id: String, reading: Reading) -> Told {
        let sha256 = self.sha256.to_owned();
        let text_sha256 = if reading.as_in_file { sha256.clone() } else { hash(reading.text.as_bytes()) };
        let transcript = Transcript {
            id,
            path: self.path.to_owned(),
            format: self.format,
            sha256,
            text_sha256,
            text: reading.text,
            paragraphs: reading.paragraphs,
            front_matter: reading.front_matter,
        };
        (transcript, reading.diagnostics)
    }

    /// The documents of a table; what is to be said of the table is said of the first.
    fn documents(&self, id: &str, table: Table) -> Vec<Told> {
        let part = |part: Part| {
            let id = part.name.map_or_else(|| id.to_owned(), |name| format!("{id}/{name}"));
            self.document(id, part.reading)
        };
        let mut documents: Vec<Told> = table.parts.into_iter().map(part).collect();
        if let Some((_, first)) = documents.first_mut() {
            first.splice(..0, table.diagnostics);
        }
        documents
    }
}

fn of_part(path: &str, source: ReadError) -> ReadError {
    ReadError::Part { path: path.to_owned(), source: Box::new(source) }
}

/// The SHA-256 of `bytes` in lower-case hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
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
