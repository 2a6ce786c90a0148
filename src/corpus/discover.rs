//! Finding the transcripts of a corpus.

use std::cell::RefCell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::{Component, Path, PathBuf};

use icu_normalizer::ComposingNormalizerBorrowed;
use walkdir::{DirEntry, WalkDir};

use super::error::CorpusError;
use super::foreign::{self, Foreign};
use super::format;
use super::join;
use super::options::{ColumnNames, ReadingOptions};
use super::sniff::{self, Content};
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
    /// How the transcripts are to be read.
    pub options: ReadingOptions,
}

impl Discovered {
    /// The names of columns that a file is read by, if it is a table and any were told.
    pub fn columns_for(&self, file: &SourceFile) -> Option<&ColumnNames> {
        Some(&self.options.columns).filter(|columns| format::has_columns(file.format) && !columns.is_empty())
    }

    /// Whether a file that gave documents with these ids would still: a table does not if the corpus now has files for
    /// them.
    pub fn holds(&self, file: &SourceFile, ids: &[String]) -> bool {
        let names: Vec<&str> =
            ids.iter().filter_map(|id| id.strip_prefix(file.id.as_str())?.strip_prefix('/')).collect();
        self.named_by(file, &names).is_none()
    }

    /// If more than half of the documents that a table names in `names` are files of the corpus: the first of them. The
    /// table then tells something about them, and holds none itself.
    pub(super) fn named_by(&self, table: &SourceFile, names: &[&str]) -> Option<String> {
        let folder = table.id.rfind('/').map_or("", |end| &table.id[..=end]);
        let has = |id: &str| {
            self.files
                .binary_search_by(|file| file.id.as_str().cmp(id))
                .ok()
                .filter(|at| self.files[*at].id != table.id)
        };
        let known = |name: &&&str| {
            let stem = name.rsplit_once('.').map_or("", |(stem, _)| stem);
            [**name, stem].iter().any(|name| has(name).or_else(|| has(&format!("{folder}{name}"))).is_some())
        };
        let found: Vec<&&str> = names.iter().filter(known).collect();
        if found.len() * 2 > names.len() { found.first().map(|name| (**name).to_owned()) } else { None }
    }
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
    /// Position in [`Discovered::folders`] of the corpus folder it lies in; none for a root that is a single file.
    pub folder: Option<usize>,
    /// If it is several files of one recording: these, in order of their paths. `path` is then their paths joined by
    /// `+`, `location` that of the first, and `bytes_len` the sum.
    pub joined: Vec<JoinedFile>,
}

/// One of several files that are one transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinedFile {
    /// Path below the corpus folder.
    pub path: String,
    /// Where to open it.
    pub location: PathBuf,
    /// What its name has of its own.
    pub name: String,
}

/// Finds the transcripts below `roots` (folders, or single files), not descending into `exclude`.
///
/// Symbolic links are followed; a loop becomes a diagnostic, and so does each file that is no transcript.
///
/// # Errors
/// If a root cannot be opened or lies in another, two files have one id, or there is no transcript at all.
pub fn discover(roots: &[PathBuf], exclude: &[PathBuf], report: &dyn Report) -> Result<Discovered, CorpusError> {
    discover_with(roots, exclude, ReadingOptions::default(), report)
}

/// As [`discover()`], for transcripts that are read in another than the usual way.
///
/// # Errors
/// As [`discover()`].
pub fn discover_with(
    roots: &[PathBuf],
    exclude: &[PathBuf],
    options: ReadingOptions,
    report: &dyn Report,
) -> Result<Discovered, CorpusError> {
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
            walk.folder(root, folders.len())?;
            folders.push(root.clone());
        }
    }
    let mut files = if options.join { join::files(walk.files, report) } else { walk.files };
    // Of files with one id a table comes last: it may turn out to hold no turns, and is told of only if it does.
    let is_table = |file: &SourceFile| format::has_columns(file.format);
    files.sort_by(|a, b| (&a.id, is_table(a), &a.location).cmp(&(&b.id, is_table(b), &b.location)));
    let duplicates: Vec<_> = files
        .windows(2)
        .filter(|pair| pair[0].id == pair[1].id && !is_table(&pair[1]))
        .map(|pair| (pair[0].id.clone(), pair[0].location.clone(), pair[1].location.clone()))
        .collect();
    if !duplicates.is_empty() {
        return Err(CorpusError::Duplicates { duplicates });
    }
    if files.is_empty() {
        return Err(CorpusError::NoTranscripts { roots: roots.to_vec(), unsupported: walk.unsupported });
    }
    Ok(Discovered { files, folders, options })
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
        self.file(folder, root, metadata.len(), None);
        Ok(())
    }

    fn folder(&mut self, root: &Path, number: usize) -> Result<(), CorpusError> {
        let exclude = self.exclude.clone();
        let canonical = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        let upward = RefCell::new(Vec::new());
        let enter = |entry: &DirEntry| {
            if entry.depth() == 0 {
                return true;
            }
            if entry.path_is_symlink() && leads_above(entry.path(), &canonical) {
                upward.borrow_mut().push(entry.path().to_owned());
                return false;
            }
            !(is_dotfile(entry) || is_lock(entry) || (entry.file_type().is_dir() && is_one_of(&exclude, entry.path())))
        };
        let (first, mut links) = (self.files.len(), false);
        for entry in WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter().filter_entry(enter) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => links |= entry.depth() > 0 && entry.path_is_symlink(),
                Ok(entry) if entry.file_type().is_file() => {
                    links |= entry.path_is_symlink();
                    if !is_companion(&entry.file_name().to_string_lossy(), entry.depth()) {
                        let size = entry.metadata().map_or(0, |metadata| metadata.len());
                        self.file(root, entry.path(), size, Some(number));
                    }
                }
                Ok(_) => {}
                Err(error) if error.depth() == 0 => {
                    return Err(CorpusError::Root { root: root.to_owned(), source: error.into() });
                }
                Err(error) => self.broken(root, &error),
            }
        }
        for link in upward.into_inner() {
            let path = relative(root, &link).unwrap_or_else(|| link.to_string_lossy().into_owned());
            let message = "the symbolic link leads to a folder that holds the corpus; it is not followed".to_owned();
            self.tell(Severity::Skipped, "T008", path, message, "remove the link");
        }
        if links {
            self.drop_repeated(first, &canonical);
        }
        Ok(())
    }

    /// Of files of one folder that links make the same, keeps the one that is no link, or else the first.
    fn drop_repeated(&mut self, first: usize, root: &Path) {
        let mut found: Vec<SourceFile> = self.files.split_off(first);
        let target = |file: &SourceFile| fs::canonicalize(&file.location).unwrap_or_else(|_| file.location.clone());
        let is_link = |file: &SourceFile, target: &Path| target.strip_prefix(root).ok() != Some(Path::new(&file.path));
        found.sort_by_cached_key(|file| {
            let target = target(file);
            (is_link(file, &target), file.path.clone())
        });
        let mut kept: HashMap<PathBuf, String> = HashMap::new();
        for file in found {
            match kept.entry(target(&file)) {
                Entry::Occupied(same) => {
                    let message = format!("it is the same file as {}, which is read", same.get());
                    self.tell(Severity::Note, "T017", file.path, message, "remove the link if that was not meant");
                }
                Entry::Vacant(place) => {
                    place.insert(file.path.clone());
                    self.files.push(file);
                }
            }
        }
    }

    fn file(&mut self, root: &Path, location: &Path, bytes_len: u64, folder: Option<usize>) {
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
            let location = location.to_owned();
            self.files.push(SourceFile { id, path, location, bytes_len, format, folder, joined: Vec::new() });
        } else if let Some(Foreign { what, mend, holds_words, .. }) = extension.and_then(foreign::of_extension) {
            self.unsupported += usize::from(*holds_words);
            let severity = if *holds_words { Severity::Skipped } else { Severity::Note };
            self.tell(severity, "T033", path, format!("the file is {what}"), mend);
        } else if let Content::Transcript(format) = peek(location)
            && format::is_read(format)
            // Much JSON lies about that is no transcript, and has an ending of its own.
            && format != Format::Json
        {
            let message =
                format!("the ending of the name says nothing; by its content it is read as {}", format.as_str());
            let mend = format!("give the file's name the ending .{}", format.as_str());
            self.tell(Severity::Note, "T036", path.clone(), message, &mend);
            // What follows the last dot is no known ending, so it may well be all that tells two names apart.
            let id = path.clone();
            let location = location.to_owned();
            self.files.push(SourceFile { id, path, location, bytes_len, format, folder, joined: Vec::new() });
        } else if let Some((extension, mend)) =
            extension.and_then(|extension| Some((extension, format::mend_for(extension)?)))
        {
            let message = format!("transcripts in .{} cannot be read yet", extension.to_lowercase());
            self.unsupported += 1;
            self.tell(Severity::Skipped, "T001", path, message, mend);
        } else {
            let mend =
                "nothing needs mending if it is none; a transcript's name ends in its format, such as .txt or .docx";
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

/// What a file is by its first and last bytes.
fn peek(location: &Path) -> Content {
    let window = |file: &mut File, from: SeekFrom, bytes: &mut Vec<u8>| {
        file.seek(from).and_then(|_| file.take(sniff::WINDOW as u64).read_to_end(bytes)).is_ok()
    };
    let mut bytes = Vec::new();
    let Ok(mut file) = File::open(location) else { return Content::Unknown };
    if !window(&mut file, SeekFrom::Start(0), &mut bytes) {
        return Content::Unknown;
    }
    if bytes.len() == sniff::WINDOW {
        // A file of less than two windows gives some bytes twice, which does no harm.
        window(&mut file, SeekFrom::End(-(sniff::WINDOW as i64)), &mut bytes);
    }
    sniff::content(&bytes)
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

/// Whether a link leads to the corpus folder or to a folder above it.
fn leads_above(link: &Path, root: &Path) -> bool {
    fs::canonicalize(link).is_ok_and(|target| root.starts_with(target))
}

fn is_dotfile(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// What Office leaves beside a file that is open in it.
fn is_lock(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b"~$")
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
