//! Working on a codebook: what its patterns do.

mod examples;

pub use examples::{ExampleFailure, check_examples};
