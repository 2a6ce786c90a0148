//! Finding the transcripts of a corpus.

use std::fs;
use std::path::{Component, Path, PathBuf};

use icu_normalizer::ComposingNormalizerBorrowed;
use walkdir::{DirEntry, WalkDir};

use super::error::CorpusError;
use super::format;
use super::transcript::Format;
use crate::diagnostic::{Diagnostic, Report, Severity};

const NFC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfc();

/// The names of the tables beside the transcripts.
pub(super) const DOCUMENTS: &str = "documents.csv";
pub(super) const SPEAKERS: &str = "speakers.csv";

/// What a corpus holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discovered {
    /// The transcripts, sorted by id.
    pub files: Vec<SourceFile>,
    /// The corpus folders in the order given, without roots that are single files.
    pub folders: Vec<PathBuf>,
}

/// A file that can be read as a transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path below the corpus folder without its extension, `/`-separated, in NFC; unique in the corpus.
    pub id: String,
    /// Path below the corpus folder, `/`-separated, in NFC.
    pub path: String,
    /// Where to open it.
    pub location: PathBuf,
    /// Its size in bytes when it was found.
    pub bytes_len: u64,
    /// The format to read it as.
    pub format: Format,
}

/// Finds the transcripts below `roots` (folders, or single files), not descending into `exclude`.
///
/// Symbolic links are followed; a loop becomes a diagnostic, and so does each file that is no transcript.
///
/// # Errors
/// If a root cannot be opened or lies in another, two files have one id, or there is no transcript at all.
pub fn discover(roots: &[PathBuf], exclude: &[PathBuf], report: &dyn Report) -> Result<Discovered, CorpusError> {
    let mut canonical = Vec::with_capacity(roots.len());
    for root in roots {
        canonical.push(fs::canonicalize(root).map_err(|source| CorpusError::Root { root: root.clone(), source })?);
    }
    refuse_nested(roots, &canonical)?;
    let exclude: Vec<PathBuf> = exclude.iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
    let mut walk = Walk { report, exclude, files: Vec::new(), unsupported: 0 };
    let mut folders = Vec::new();
    for root in roots {
        if root.is_file() {
            walk.single(root)?;
        } else {
            walk.folder(root)?;
            folders.push(root.clone());
        }
    }
    let mut files = walk.files;
    files.sort_by(|a, b| (&a.id, &a.location).cmp(&(&b.id, &b.location)));
    let duplicates: Vec<_> = files
        .windows(2)
        .filter(|pair| pair[0].id == pair[1].id)
        .map(|pair| (pair[0].id.clone(), pair[0].location.clone(), pair[1].location.clone()))
        .collect();
    if !duplicates.is_empty() {
        return Err(CorpusError::Duplicates { duplicates });
    }
    if files.is_empty() {
        return Err(CorpusError::NoTranscripts { roots: roots.to_vec(), unsupported: walk.unsupported });
    }
    Ok(Discovered { files, folders })
}

fn refuse_nested(roots: &[PathBuf], canonical: &[PathBuf]) -> Result<(), CorpusError> {
    for (outer, outer_path) in canonical.iter().enumerate() {
        for (inner, inner_path) in canonical.iter().enumerate() {
            if inner != outer && inner_path.starts_with(outer_path) && (inner_path != outer_path || outer < inner) {
                return Err(CorpusError::Nested { inner: roots[inner].clone(), outer: roots[outer].clone() });
            }
        }
    }
    Ok(())
}

struct Walk<'a> {
    report: &'a dyn Report,
    exclude: Vec<PathBuf>,
    files: Vec<SourceFile>,
    unsupported: usize,
}

impl Walk<'_> {
    fn single(&mut self, root: &Path) -> Result<(), CorpusError> {
        let folder = root.parent().unwrap_or(Path::new(""));
        let metadata = fs::metadata(root).map_err(|source| CorpusError::Root { root: root.to_owned(), source })?;
        self.file(folder, root, metadata.len());
        Ok(())
    }

    fn folder(&mut self, root: &Path) -> Result<(), CorpusError> {
        let exclude = self.exclude.clone();
        let enter = move |entry: &DirEntry| {
            entry.depth() == 0
                || !(is_dotfile(entry) || (entry.file_type().is_dir() && is_one_of(&exclude, entry.path())))
        };
        for entry in WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter().filter_entry(enter) {
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    if !is_companion(&entry.file_name().to_string_lossy(), entry.depth()) {
                        let size = entry.metadata().map_or(0, |metadata| metadata.len());
                        self.file(root, entry.path(), size);
                    }
                }
                Ok(_) => {}
                Err(error) if error.depth() == 0 => {
                    return Err(CorpusError::Root { root: root.to_owned(), source: error.into() });
                }
                Err(error) => self.broken(root, &error),
            }
        }
        Ok(())
    }

    fn file(&mut self, root: &Path, location: &Path, bytes_len: u64) {
        let Some(path) = relative(root, location) else {
            self.tell(
                Severity::Skipped,
                "T009",
                location.strip_prefix(root).unwrap_or(location).to_string_lossy().into_owned(),
                "the file's name is not Unicode text, so it cannot be an id".to_owned(),
                "rename the file",
            );
            return;
        };
        let name = path.rsplit('/').next().unwrap_or(&path);
        let extension = name.rfind('.').filter(|dot| *dot > 0).map(|dot| &name[dot + 1..]);
        if let Some(format) = extension.and_then(format::of_extension) {
            let id = path[..path.len() - extension.map_or(0, |extension| extension.len() + 1)].to_owned();
            self.files.push(SourceFile { id, path, location: location.to_owned(), bytes_len, format });
        } else if let Some((extension, mend)) =
            extension.and_then(|extension| Some((extension, format::mend_for(extension)?)))
        {
            let message = format!("transcripts in .{} cannot be read yet", extension.to_lowercase());
            self.unsupported += 1;
            self.tell(Severity::Skipped, "T001", path, message, mend);
        } else {
            let mend = "nothing needs mending if it is none; transcripts are .txt and .md files";
            self.tell(Severity::Note, "T002", path, "the file is not read as a transcript".to_owned(), mend);
        }
    }

    fn broken(&mut self, root: &Path, error: &walkdir::Error) {
        let location = error.path().unwrap_or(root);
        let path = relative(root, location).unwrap_or_else(|| location.to_string_lossy().into_owned());
        if let Some(ancestor) = error.loop_ancestor() {
            let ancestor = relative(root, ancestor)
                .filter(|path| !path.is_empty())
                .unwrap_or_else(|| "the corpus folder itself".to_owned());
            let message = format!("the symbolic link leads back to {ancestor}; it is not followed");
            self.tell(Severity::Skipped, "T008", path, message, "remove the link");
            return;
        }
        let reason = error.io_error().map_or_else(|| "unknown reason".to_owned(), ToString::to_string);
        let mend = "give the user who runs qualcode the right to read it, or move it out of the corpus; a link must lead to a file that exists";
        self.tell(Severity::Skipped, "T003", path, format!("it cannot be read: {reason}"), mend);
    }

    fn tell(&self, severity: Severity, code: &'static str, path: String, message: String, mend: &str) {
        self.report.report(Diagnostic::new(severity, code, path, message, mend));
    }
}

/// The path below `root`, `/`-separated, in NFC.
fn relative(root: &Path, location: &Path) -> Option<String> {
    let mut path = String::new();
    for component in location.strip_prefix(root).ok()?.components() {
        let Component::Normal(name) = component else { return None };
        if !path.is_empty() {
            path.push('/');
        }
        path.push_str(&NFC.normalize(name.to_str()?));
    }
    Some(path)
}

fn is_dotfile(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn is_one_of(folders: &[PathBuf], path: &Path) -> bool {
    !folders.is_empty() && fs::canonicalize(path).is_ok_and(|path| folders.contains(&path))
}

/// Files that come with a corpus and are no transcripts. `README*` is meant in capitals: a transcript may well be
/// called `changelog-12.md`.
fn is_companion(name: &str, depth: usize) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    ["README", "LICENSE", "CHANGELOG"].iter().any(|word| name.starts_with(word) || stem.eq_ignore_ascii_case(word))
        || (depth == 1 && (name == DOCUMENTS || name == SPEAKERS))
}
