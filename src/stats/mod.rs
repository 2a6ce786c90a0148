//! Pure arithmetic on counts; no domain.

mod association;

pub use association::Association;
