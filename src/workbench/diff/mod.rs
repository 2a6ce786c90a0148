//! What a change of the codebook does: to the codebook, to the codings, and to the tables of co-occurrence.

mod cells;
mod changes;
mod codings;
mod recode;

pub use cells::{MovedCell, moved_cells};
pub use changes::{Change, ChangeKind, changes};
pub use codings::{CodingChange, CodingChangeKind, changed_codings, rebuilt};
pub use recode::{Recode, recode};
