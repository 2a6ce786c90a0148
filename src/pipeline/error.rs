//! What can end a command.

use std::path::PathBuf;

use crate::codebook::Fault;
use crate::codebook::import::ImportError;
use crate::corpus::CorpusError;
use crate::export::codebook::ExportError;
use crate::span::{MemoryError, WordError};
use crate::store::StoreError;
use crate::tables::{ReadCodingsError, TableError};

/// Why a command could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// The codebook has faults; all of them are given.
    #[error("{} has {} {}", path.display(), faults.len(), if faults.len() == 1 { "fault" } else { "faults" })]
    Codebook {
        /// The file.
        path: PathBuf,
        /// Errors and warnings by place.
        faults: Vec<Fault>,
    },
    /// A file of another program cannot be made a codebook.
    #[error("{}: {source}", path.display())]
    Import {
        /// The file.
        path: PathBuf,
        /// Why.
        source: ImportError,
    },
    /// A codebook cannot be written in a form.
    #[error("{}: {source}", path.display())]
    Export {
        /// The codebook.
        path: PathBuf,
        /// Why.
        source: ExportError,
    },
    /// The folder for results lies in a corpus.
    #[error("{} lies inside the corpus {}, so the next run would read its own results; give a folder outside of it", inner.display(), corpus.display())]
    Inside {
        /// The folder for results or the store.
        inner: PathBuf,
        /// The corpus folder.
        corpus: PathBuf,
    },
    /// Another process is writing results there.
    #[error("{} is being written by {holder}; wait until it is done, or give another folder with --out", folder.display())]
    Locked {
        /// The folder for results.
        folder: PathBuf,
        /// Process and host.
        holder: String,
    },
    /// The folder for results holds files that would be replaced and are not results.
    #[error("{} would be replaced, and no run of qualcode has written it; give another folder with --out, or move it away", path.display())]
    Foreign {
        /// The file or folder.
        path: PathBuf,
    },
    /// Codebook and store are for different languages.
    #[error("the codebook is for the language {codebook}, but the store {} was made for {store}; index again with --language {codebook} into a new folder, or correct \"language\" in the codebook", folder.display())]
    Language {
        /// The codebook's.
        codebook: String,
        /// The store's.
        store: String,
        /// The store.
        folder: PathBuf,
    },
    /// A file cannot be read or written.
    #[error("cannot {action} {}: {source}; check that it exists, that you may {action} it and that the disk is not full", path.display())]
    Io {
        /// "read" or "write".
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Edited codings do not fit.
    #[error("{}: {what}; write the codings anew with `qualcode code`, or correct the row", path.display())]
    Codings {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        what: String,
    },
    /// What was asked about is not there.
    #[error("there is no {what}; {mend}")]
    Unknown {
        /// What was asked about.
        what: String,
        /// What to ask instead.
        mend: String,
    },
    /// A test of the codebook does not compile.
    #[error(transparent)]
    Word(#[from] WordError),
    /// A sentence cannot be taken to pieces.
    #[error(transparent)]
    Memory(#[from] MemoryError),
    /// The corpus cannot be used.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The tables cannot be written.
    #[error(transparent)]
    Tables(#[from] TableError),
    /// The codings cannot be read.
    #[error(transparent)]
    ReadCodings(#[from] ReadCodingsError),
}
