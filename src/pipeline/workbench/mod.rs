//! Working on a codebook with a store at hand.

mod diff;
mod explain;
mod stats;
mod suggest;

use std::path::{Path, PathBuf};

pub use diff::{CodeDiff, CodebookDiff, CodingDiff, diff};
pub use explain::{ExplainedTurn, explain_pattern, explain_sentence, explain_turn};
pub use stats::stats;
pub use suggest::{Example, SuggestOptions, Suggestion, Suggestions, suggest};

use super::{PipelineError, input};
use crate::codebook::Codebook;
use crate::diagnostic::Report;
use crate::store::Snapshot;

/// A codebook and the store it is held against.
#[derive(Debug, Clone)]
pub struct CorpusOptions {
    /// The store's folder.
    pub store: PathBuf,
    /// The codebook's file.
    pub codebook: PathBuf,
    /// Labels of interviewers besides the codebook's.
    pub interviewers: Vec<String>,
    /// How many threads.
    pub threads: usize,
}

/// Opens the store and reads the codebook.
fn open(options: &CorpusOptions, report: &dyn Report) -> Result<(Codebook, Snapshot), PipelineError> {
    let codebook = codebook_for(&options.codebook, options, report)?;
    let snapshot = Snapshot::open(&options.store)?;
    input::refuse_language(&codebook, snapshot.language(), &options.store)?;
    Ok((codebook, snapshot))
}

fn codebook_for(path: &Path, options: &CorpusOptions, report: &dyn Report) -> Result<Codebook, PipelineError> {
    let mut codebook = input::read_codebook(path, report)?;
    codebook.interviewers.extend_from_slice(&options.interviewers);
    Ok(codebook)
}

/// An error for an id that is not there, with ids that are.
fn unknown<'i>(kind: &str, id: &str, of: &str, ids: impl Iterator<Item = &'i str>) -> PipelineError {
    const SHOWN: usize = 8;
    let ids: Vec<&str> = ids.collect();
    // Those that share most of their beginning first.
    let mut near: Vec<&str> = ids.clone();
    let shared = |other: &str| id.bytes().zip(other.bytes()).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
    near.sort_by_key(|other| std::cmp::Reverse(shared(other)));
    let more = if near.len() > SHOWN { ", …" } else { "" };
    near.truncate(SHOWN);
    PipelineError::Unknown {
        what: format!("{kind} \"{id}\" in {of}"),
        mend: if ids.is_empty() { format!("it has no {kind}") } else { format!("there are {}{more}", near.join(", ")) },
    }
}
