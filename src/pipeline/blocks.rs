//! Going through a store block by block.

use super::PipelineError;
use crate::ordered;
use crate::store::{Block, Snapshot, StoreError};

/// Passages of a block: large enough that opening postings does not show, small enough to be held.
const BLOCK: usize = 8_192;

/// Works on every block of a store on `threads` threads and hands the results to `take`, in the order of the documents.
///
/// # Errors
/// The first error of `work` or `take`.
pub(super) fn each<R: Send>(
    snapshot: &Snapshot,
    threads: usize,
    work: impl Fn(&Block<'_>) -> Result<R, StoreError> + Sync,
    mut take: impl FnMut(R) -> Result<(), PipelineError>,
) -> Result<(), PipelineError> {
    let blocks = snapshot.blocks(BLOCK);
    let work = |at: usize| work(&Block::load(snapshot, blocks[at].clone()));
    ordered::map(blocks.len(), threads, 1, work, |done| take(done?))
}
