//! A codebook in another form.

use std::path::Path;

use super::input::{file_name, read, read_codebook, refuse_language};
use super::{PipelineError, blocks};
use crate::codebook::import::{self, Kind};
use crate::codebook::{Codebook, CodebookFile};
use crate::coding::{self, Plan};
use crate::diagnostic::Report;
use crate::export::codebook::{self as form, CodeCounts, ExportKind, Exported};
use crate::progress::{Progress, Stage};
use crate::store::{Block, BlockLeaves, Snapshot, Vocabulary};
use crate::tables::CodeCounter;

/// `qualcode codebook export`: a codebook, or a file of another program that can be imported as one, in another form.
/// With a store, what the codebook finds in it is counted for forms that show it.
///
/// # Errors
/// If the codebook is at fault, the store cannot be read or is for another language, or the form cannot hold it.
pub fn export_codebook(
    path: &Path,
    kind: ExportKind,
    store: Option<&Path>,
    threads: usize,
    report: &dyn Report,
    progress: &dyn Progress,
) -> Result<Exported, PipelineError> {
    let checked = read_codebook(path, report)?;
    let file = codebook_file(path)?;
    let counts = store.map(|store| count(&checked, store, threads, progress)).transpose()?;
    form::codebook(&file, kind, counts.as_deref())
        .map_err(|source| PipelineError::Export { path: path.to_owned(), source })
}

/// The file of a codebook that has been found without faults, key by key.
fn codebook_file(path: &Path) -> Result<CodebookFile, PipelineError> {
    let bytes = read(path)?;
    let name = file_name(path);
    if let Some(kind) = Kind::of(&name, &bytes) {
        let imported = import::import(kind, &bytes, &name);
        return imported
            .map(|imported| imported.file)
            .map_err(|source| PipelineError::Import { path: path.to_owned(), source });
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    serde_json::from_slice(bytes).map_err(|error| PipelineError::Io {
        action: "read",
        path: path.to_owned(),
        source: error.into(),
    })
}

/// What a codebook finds in a store, code by code.
fn count(
    codebook: &Codebook,
    store: &Path,
    threads: usize,
    progress: &dyn Progress,
) -> Result<Vec<CodeCounts>, PipelineError> {
    let snapshot = Snapshot::open(store)?;
    refuse_language(codebook, snapshot.language(), store)?;
    let plan = Plan::new(codebook);
    let vocabulary = Vocabulary::look_up(&snapshot, plan.leaves())?;
    let mut counter = CodeCounter::new(codebook)?;
    progress.begin(Stage::Coding, snapshot.len() as u64, 0);
    let code = |block: &Block<'_>| coding::apply(&plan, block, &BlockLeaves::new(block, &vocabulary)?);
    blocks::each(&snapshot, threads, code, |coded| {
        counter.push(&coded)?;
        progress.advance(Stage::Coding, coded.len() as u64, 0);
        Ok(())
    })?;
    progress.end(Stage::Coding);
    let counts = counter.finish()?.into_iter();
    Ok(counts
        .map(|found| CodeCounts { codings: found.codings, documents: found.documents, cases: found.cases })
        .collect())
}
