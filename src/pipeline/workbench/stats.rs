//! `qualcode codebook stats`.

use super::{CorpusOptions, open};
use crate::codebook::Codebook;
use crate::coding::{self, Plan};
use crate::diagnostic::Report;
use crate::pipeline::{PipelineError, blocks};
use crate::progress::{Progress, Stage};
use crate::store::{Block, BlockLeaves, Snapshot, StoreError, Vocabulary};
use crate::workbench::{self, CodebookStats, StatsBlock, Wildcards};

/// What the patterns of a codebook do in a store.
///
/// # Errors
/// If the codebook is at fault or the store cannot be read.
pub fn stats(
    options: &CorpusOptions,
    report: &dyn Report,
    progress: &dyn Progress,
) -> Result<CodebookStats, PipelineError> {
    let (codebook, snapshot) = open(options, report)?;
    of_codebook(&codebook, &snapshot, options.threads, progress)
}

pub(super) fn of_codebook(
    codebook: &Codebook,
    snapshot: &Snapshot,
    threads: usize,
    progress: &dyn Progress,
) -> Result<CodebookStats, PipelineError> {
    let plan = Plan::new(codebook);
    let vocabulary = Vocabulary::look_up(snapshot, plan.leaves())?;
    let wildcards = Wildcards::of(codebook)?;
    progress.begin(Stage::Coding, snapshot.len() as u64, 0);
    let count = |block: &Block<'_>| -> Result<StatsBlock, StoreError> {
        let trace = coding::trace(&plan, block, &BlockLeaves::new(block, &vocabulary)?)?;
        let texts = block.texts()?;
        workbench::stats_block(codebook, &wildcards, &trace, |row| {
            texts.read(row).map(|text| (text.words().to_owned(), text.tokens))
        })
    };
    let mut sum = StatsBlock::default();
    blocks::each(snapshot, threads, count, |of_block| {
        sum.merge(of_block);
        Ok(())
    })?;
    if snapshot.is_empty() {
        sum = StatsBlock::empty(codebook);
    }
    progress.end(Stage::Coding);
    Ok(workbench::stats(codebook, &wildcards, &sum))
}
