//! Working on a codebook: what its patterns do.

mod examples;
mod guide;

pub use examples::{ExampleFailure, check_examples};
pub use guide::{Asked, Guide, guide_findings};
