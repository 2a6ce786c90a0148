//! Asking a store: where a pattern is found, with the words around it.

mod context;
mod hit;
mod search;

pub use context::around;
pub use hit::Hit;
pub use search::{Query, search};
