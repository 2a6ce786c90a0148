//! How far a long stage has come. The library tells; only the binary draws.

/// The stages that a person may wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Finding the transcripts.
    Reading,
    /// Reading transcripts and indexing those that are new or have changed.
    Indexing,
    /// Applying the codebook and writing the tables block by block.
    Coding,
    /// Writing the summary tables.
    Tables,
}

/// Takes the progress of a stage; all calls may come from any thread.
pub trait Progress: Sync {
    /// A stage begins; `documents` and `bytes` are its totals where they are known.
    fn begin(&self, stage: Stage, documents: u64, bytes: u64);
    /// So many more documents and bytes of the stage are done.
    fn advance(&self, stage: Stage, documents: u64, bytes: u64);
    /// The stage is over.
    fn end(&self, stage: Stage);
}

/// Shows nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _stage: Stage, _documents: u64, _bytes: u64) {}
    fn advance(&self, _stage: Stage, _documents: u64, _bytes: u64) {}
    fn end(&self, _stage: Stage) {}
}
