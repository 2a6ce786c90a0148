//! Paragraphs to passages: turns with their tokens and sentences, and the headings between them.
//!
//! A *turn* is what one speaker says until another speaks: paragraphs without a label, or with the same label
//! again, go on with it; a heading ends it. Labels, timestamps and events inside a turn stay in its text and hold
//! no tokens. Exchanges are not here: who interviews is the codebook's business.

mod passage;
mod turn;

pub use passage::{Passage, Sentence};
pub use turn::by_turn;
