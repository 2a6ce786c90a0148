//! Codebook × leaves → codings.
//!
//! A block of documents goes through in this order: who speaks (`people`), which turns are mere backchannels
//! (`backchannel`), which exchange (`exchange`) and which guide question (`question`) each turn belongs to, what
//! every code finds once its guards have dropped spans and its overlapping spans are resolved (`evidence`), and
//! where in the text that is (`place`). [`apply()`] is the whole of it.

mod apply;
mod backchannel;
mod coded;
mod evidence;
mod exchange;
mod guard;
mod people;
mod place;
mod plan;
mod question;
mod trace;

pub use apply::{apply, spans_of_codes, trace};
pub use coded::{CodedDocument, CodedTurn, Coding, DocumentInfo, SentenceRange};
pub use evidence::{Evidence, evidence};
pub use guard::unknown_attributes;
pub use plan::Plan;
pub use trace::{Candidate, Fate, Trace, TracedRow, candidates};
