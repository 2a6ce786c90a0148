//! Working on a codebook: what its patterns do.

mod diff;
mod examples;
mod explain;
mod guide;
mod overlap;
mod stats;
mod suggest;
mod wildcards;

pub use diff::{
    Change, ChangeKind, CodingChange, CodingChangeKind, MovedCell, Recode, changed_codings, changes, moved_cells,
    rebuilt, recode,
};
pub use examples::{ExampleFailure, check_examples};
pub use explain::{ExplainedPassage, Explanation, Outcome, explain};
pub use guide::{Asked, Guide, guide_findings};
pub use stats::{
    CodeOverlap, CodeStats, CodebookStats, PatternStats, StatsBlock, WildcardStats, finish as stats, stats_block,
};
pub use suggest::{
    Gathered, Place, Surroundings, TargetBlock, TargetRow, Variant, VariantKind, candidates, covered, gather,
    phrase_pattern, variants,
};
pub use wildcards::Wildcards;
