//! The store: a folder of transcripts indexed once. The only home of tantivy.
//!
//! The store knows no codebook. It holds, per transcript, one document record and one record per passage (see
//! `record`), and beside the index a side file with attributes and speakers (see `side`); tantivy's commit is the
//! manifest of both. [`update()`] brings a store up to date with a corpus; [`Snapshot`] reads it; a [`Block`] is the
//! unit in which everything goes through it, so that memory stays bounded whatever the corpus size.

mod block;
mod dictionary;
mod error;
mod heard;
mod held;
mod home;
mod leaves;
mod permit;
mod record;
mod side;
mod snapshot;
mod update;
mod vocabulary;
mod word;

pub use block::{Block, BlockDocument, Row, RowText, Texts};
pub use error::StoreError;
pub use home::FORMAT;
pub use leaves::BlockLeaves;
pub use snapshot::{Snapshot, StoredDocument};
pub use update::{Update, UpdateOptions, update};
pub use vocabulary::{LeafLimits, Vocabulary};
