//! The files that a command starts from.

use std::path::{Path, PathBuf};

use crate::codebook::import::{self, Imported, Kind};
use crate::codebook::{self, Codebook};
use crate::coding::{CodedDocument, CodedTurn, Coding};
use crate::diagnostic::{Diagnostic, Report};
use crate::pipeline::PipelineError;
use crate::tables::{self, CodingsReader, TableOptions};

/// Reads a codebook, or imports it if it is a file of another program; warnings and losses are reported.
///
/// # Errors
/// If the file cannot be read, the codebook has faults, or nothing can be imported.
pub fn read_codebook(path: &Path, report: &dyn Report) -> Result<Codebook, PipelineError> {
    let bytes = read(path)?;
    let name = file_name(path);
    if let Some(kind) = Kind::of(&name, &bytes) {
        let ((codebook, warnings), imported) = import::import_checked(kind, &bytes, &name)
            .map_err(|source| PipelineError::Import { path: path.to_owned(), source })?;
        imported.losses.iter().for_each(|loss| report.report(loss.diagnostic(&name)));
        for warning in warnings.into_iter().filter(|_| kind.holds_our_patterns()) {
            // Its place is one in a file that nobody sees.
            let diagnostic = Diagnostic { line: None, column: None, ..warning.into() };
            report.report(diagnostic);
        }
        return Ok(codebook);
    }
    match codebook::load(&bytes, &name) {
        Ok((codebook, warnings)) => {
            warnings.into_iter().for_each(|warning| report.report(warning.into()));
            Ok(codebook)
        }
        Err(faults) => Err(PipelineError::Codebook { path: path.to_owned(), faults }),
    }
}

/// Makes a codebook of a file of another program, of that kind or of the one that it looks like.
///
/// # Errors
/// If the file cannot be read, its kind is not known, or nothing can be imported.
pub fn import_codebook(path: &Path, kind: Option<&Kind>) -> Result<Imported, PipelineError> {
    let bytes = read(path)?;
    let name = file_name(path);
    let failed = |source| PipelineError::Import { path: path.to_owned(), source };
    let kind = kind.or_else(|| Kind::of(&name, &bytes)).ok_or_else(|| failed(import::unknown()))?;
    import::import(kind, &bytes, &name).map_err(failed)
}

pub(super) fn read(path: &Path) -> Result<Vec<u8>, PipelineError> {
    std::fs::read(path).map_err(|source| PipelineError::Io { action: "read", path: path.to_owned(), source })
}

/// Writes a file that the user has named.
///
/// # Errors
/// If it cannot be written.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), PipelineError> {
    std::fs::write(path, bytes).map_err(|source| PipelineError::Io { action: "write", path: path.to_owned(), source })
}

/// Reads a codebook and applies to it what the command line says of roles and interviewers.
pub(super) fn read_codebook_for(
    path: &Path,
    tables: &TableOptions,
    interviewers: &[String],
    report: &dyn Report,
) -> Result<Codebook, PipelineError> {
    let mut codebook = read_codebook(path, report)?;
    codebook.interviewers.extend_from_slice(interviewers);
    Ok(match &tables.roles {
        Some(roles) => codebook.with_roles(roles),
        None => codebook,
    })
}

/// The name of a file without its folders, which are the machine's business.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// Refuses a folder for results that lies in a corpus.
pub(super) fn refuse_inside(inner: &Path, corpora: &[PathBuf]) -> Result<(), PipelineError> {
    let Some(place) = existing_part(inner) else { return Ok(()) };
    for corpus in corpora {
        if corpus.canonicalize().is_ok_and(|corpus| corpus.is_dir() && place.starts_with(corpus)) {
            return Err(PipelineError::Inside { inner: inner.to_owned(), corpus: corpus.clone() });
        }
    }
    Ok(())
}

/// The nearest folder above (or at) a path that exists, without symbolic links.
fn existing_part(path: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(path).ok()?;
    absolute.ancestors().find_map(|ancestor| ancestor.canonicalize().ok())
}

/// Refuses a codebook for another language than the store's.
///
/// # Errors
/// If they differ.
pub fn refuse_language(codebook: &Codebook, store: &str, folder: &Path) -> Result<(), PipelineError> {
    if codebook.language == store {
        return Ok(());
    }
    Err(PipelineError::Language {
        codebook: codebook.language.clone(),
        store: store.to_owned(),
        folder: folder.to_owned(),
    })
}

/// Codings that were written before, read along with the documents they belong to.
pub(super) struct EditedCodings {
    path: PathBuf,
    reader: CodingsReader,
    next: Option<(String, Vec<Coding>)>,
}

impl EditedCodings {
    pub(super) fn open(path: &Path, codebook: &Codebook) -> Result<Self, PipelineError> {
        let mut reader = tables::read_codings(path, codebook)?;
        let next = reader.next().transpose()?;
        Ok(Self { path: path.to_owned(), reader, next })
    }

    /// Puts the codings of the file in the place of those of the documents.
    pub(super) fn replace(&mut self, documents: &mut [CodedDocument]) -> Result<(), PipelineError> {
        for document in documents {
            document.codings.clear();
            if self.next.as_ref().is_some_and(|(id, _)| *id == document.info.id)
                && let Some((_, codings)) = self.next.take()
            {
                if let Some(misfit) = codings.iter().find(|coding| !fits(coding, &document.turns)) {
                    return Err(self.misfit(format!(
                        "the coding of document \"{}\" at start_char {} does not lie in its turn {} of the store",
                        document.info.id,
                        misfit.chars.start,
                        misfit.turn.saturating_add(1)
                    )));
                }
                document.codings = codings;
                self.next = self.reader.next().transpose()?;
            }
        }
        Ok(())
    }

    /// Refuses what is left over when every document has been seen.
    pub(super) fn all_taken(&mut self) -> Result<(), PipelineError> {
        match &self.next {
            None => Ok(()),
            Some((id, _)) => Err(self.misfit(format!("document \"{id}\" is not in the store"))),
        }
    }

    fn misfit(&self, what: String) -> PipelineError {
        PipelineError::Codings { path: self.path.clone(), what }
    }
}

/// Whether a coding lies inside its turn, in every unit in which its place is given.
fn fits(coding: &Coding, turns: &[CodedTurn]) -> bool {
    let sentences = coding.sentences;
    turns.get(coding.turn).is_some_and(|turn| {
        coding.start_token < coding.end_token
            && coding.end_token <= turn.words
            && turn.chars.start <= coding.chars.start
            && coding.chars.start < coding.chars.end
            && coding.chars.end <= turn.chars.end
            && 1 <= sentences.first
            && sentences.first <= sentences.last
            && sentences.last as usize <= turn.sentence_starts.len()
    })
}
