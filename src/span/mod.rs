//! The span algebra: what a pattern finds.
//!
//! A pattern is evaluated over *blocks* of turns. Every node of it yields a [`Spans`] list: token ranges inside single
//! turns, sorted by turn, start and end, without duplicates. There is one small pure function per operator, a file
//! each; only the leaves, the spans of a single-token test, come from outside through [`Leaves`], from an index or
//! from memory. No span ever crosses a turn.
//!
//! # What each operator means
//!
//! Token numbers count from 0 and ranges are half-open, so `[1,3)` is tokens 1 and 2. A and B stand for any patterns.
//!
//! | Pattern | Finds |
//! |---|---|
//! | a word, `wild*`, `/regex/`, `stem:word` | every token that passes the test ([`WordMatcher`]) |
//! | `A B` | from the start of A to the end of B, for every B that starts where an A ends |
//! | `A [m..n] B` | the same with m to n tokens between |
//! | <code>A \| B</code>, `A OR B` | the spans of A and those of B |
//! | `A BEFORE/n B` | minimal covers of an A and a B that starts after it, at most n apart |
//! | `A AFTER/n B` | minimal covers of an A and a B that ends before it, at most n apart |
//! | `A NEAR/n B` | minimal covers of an A and a B in either order, at most n apart |
//! | `A AND B` | minimal covers of an A and a B that lie in one sentence |
//! | `A AND NOT B` | the A that touch no sentence which a B touches |
//! | `A EXCEPT B` | the A that share no token with any B |
//! | `A NOT BEFORE/n B`, `NOT AFTER`, `NOT NEAR` | the A that make no such pair with any B |
//! | `code:id` | the codings of another code |
//!
//! **Sequence.** In "take(0) good(1) care(2) of(3)", `take [0..2] care of` finds `[0,4)`. All spans stay: in
//! "a(0) b(1) b(2)", `a [0..1] b` finds `[0,2)` and `[0,3)`. Punctuation and the ends of sentences do not matter.
//!
//! **Alternatives.** In "pay(0) attention(1)", `pay OR pay attention` finds `[0,1)` and `[0,2)`; spans may nest.
//!
//! **Distance** is the number of the later span's first token minus the number of the earlier span's last token, so
//! that neighbours are 1 apart. The two spans of a pair never overlap: in "IT(0) manager(1)", `IT manager NEAR/5
//! manager` finds nothing. In "ask(0) our(1) IT(2) manager(3)", `ask NEAR/2 IT manager` finds `[0,4)`.
//!
//! **Minimal covers.** A cover runs from the first to the last token of the spans it is made of. A cover that
//! contains another cover of the same node is dropped: in "a(0) a(1) b(2) b(3)", `a NEAR/5 b` finds `[1,3)` only; in
//! "a(0) b(1) a(2)" it finds `[0,2)` and `[1,3)`, for neither contains the other. This is done at each node before
//! its parent sees the spans: in "a(0) b(1) b(2) c(3)", `(a BEFORE/5 b) c` finds nothing, since only `[0,2)` is left
//! of the left side, while `(a [0..5] b) c` finds `[0,4)`. That the shortest extents say all that is to be said is
//! the idea of C. L. A. Clarke, G. V. Cormack and F. J. Burkowski, "An algebra for structured text search and a
//! framework for its implementation", *The Computer Journal* 38(1), 1995, 43–56. There every list is an antichain,
//! whose starts and ends rise together; here the operands may nest (alternatives and gaps keep all their spans), so
//! that a nearer span may end later, and their algorithms do not carry over unchanged.
//!
//! **AND.** The spans may overlap, and one span may serve as both: in "the(0) IT(1) manager(2)", `IT manager AND
//! manager` finds `[1,3)`. A span that reaches into a second sentence lies in none.
//!
//! **AND NOT, EXCEPT, NOT NEAR** and their like keep spans of A as they are. In "Never(0) mind(1). It(2) is(3)
//! secure(4).", `secure NOT AFTER/3 never` finds `[4,5)`, for "never" is 4 away; with `/4` it finds nothing. In
//! "Pay(0) attention(1) to(2) pay(3)", `pay EXCEPT pay attention` finds `[3,4)`. In "It(0) is(1) risky(2). It(3)
//! pays(4).", `it AND NOT risky` finds `[3,4)`.
//!
//! What the patterns of one code find together is then resolved ([`resolve()`]): leftmost, longest, first pattern.
//!
//! `tests/patterns/` holds hundreds of worked examples, and `tests/it/reference.rs` these definitions written down as
//! sets.
//!
//! # Example
//!
//! ```
//! use qualcode::pattern::{ParseOptions, parse};
//! use qualcode::span::{Evaluator, LeafTable, MemoryLeaves, Span};
//!
//! let pattern = parse("ask* NEAR/5 IT manager", &ParseOptions::default()).expect("a good pattern").tree;
//! let mut table = LeafTable::default();
//! table.add(&pattern);
//! let leaves = MemoryLeaves::from_text(&table, "en", &["We ask our IT manager."])?;
//! let evaluator = Evaluator::new(&table, &leaves);
//! let spans = evaluator.evaluate(&pattern, &|_| &[])?;
//! assert_eq!(*spans, [Span::new(0, 1, 5)]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

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
mod veto;
mod word;

pub use evaluator::Evaluator;
pub use leaves::{LeafTable, Leaves};
pub use matchers::LeafMatchers;
pub use memory::{MemoryError, MemoryLeaves, MemoryLeavesBuilder, TurnTokens};
pub use resolve::resolve;
pub use veto::{Veto, Vetoed};
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
