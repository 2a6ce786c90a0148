//! The span algebra: what a pattern finds.
//!
//! A pattern is evaluated over *blocks* of turns. Every node yields a [`Spans`] list: token ranges inside single
//! turns, sorted by turn, start and end, without duplicates. There is one small pure function per operator; only
//! the leaves, the spans of a single-token test, come from outside through [`Leaves`].

mod and_not;
mod both;
mod either;
mod evaluator;
mod except;
mod glob;
mod leaves;
mod matchers;
mod memory;
mod minimal;
mod near;
mod not_near;
mod overlap;
mod resolve;
mod sequence;
mod turns;
mod word;

pub use evaluator::Evaluator;
pub use leaves::{LeafTable, Leaves};
pub use matchers::LeafMatchers;
pub use memory::{MemoryError, MemoryLeaves, MemoryLeavesBuilder, TurnTokens};
pub use resolve::resolve;
pub use word::{DictionaryRange, WordError, WordMatcher};

/// A half-open range of tokens `[start, end)` of one turn of a block; never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Number of the turn in the block, from 0.
    pub turn: u32,
    /// First token, counted from 0 in the turn.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
}

impl Span {
    /// The span of tokens `[start, end)` of turn `turn`.
    pub fn new(turn: u32, start: u32, end: u32) -> Self {
        debug_assert!(start < end);
        Self { turn, start, end }
    }

    /// Whether the two share a token.
    pub fn overlaps(self, other: Span) -> bool {
        self.turn == other.turn && self.start < other.end && other.start < self.end
    }
}

/// Spans in order of turn, start and end, without duplicates.
pub type Spans = Vec<Span>;
