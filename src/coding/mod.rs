//! Codebook × leaves → codings.

mod coded;

pub use coded::{CodedDocument, CodedTurn, Coding, DocumentInfo, SentenceRange};
