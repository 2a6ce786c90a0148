//! Working on a codebook: what its patterns do.

mod examples;
mod explain;
mod overlap;
mod stats;
mod wildcards;

pub use examples::{ExampleFailure, check_examples};
pub use explain::{ExplainedPassage, Explanation, Outcome, explain};
pub use stats::{
    CodeOverlap, CodeStats, CodebookStats, PatternStats, StatsBlock, WildcardStats, finish as stats, stats_block,
};
pub use wildcards::Wildcards;
