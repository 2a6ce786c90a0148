//! qualcode codes interview transcripts by phrase patterns and turns them into tables.
//!
//! It reads a folder of transcripts, indexes it once, applies a codebook that maps phrases to codes, themes and
//! tracks, and writes coded spans and co-occurrence tables that statistics programs open as they are. Every number
//! can be traced to a span of text, and every coding is a candidate until people have confirmed it.
//!
//! Data flows down, imports point up; `tests/architecture.rs` holds the modules to it. Read [`pipeline`] first.
//!
//! ```text
//! L0  text · diagnostic · progress · stats · ordered · lock   spans and tokens; messages; arithmetic; order of work
//! L1  corpus ∥ pattern                 files → text + labelled paragraphs; pattern text → syntax tree
//! L2  segment ∥ codebook               paragraphs → turns, tokens, sentences; the checked codebook
//! L3  span ∥ lint                      the span algebra, in-memory leaves; what looks wrong in transcripts; pure
//! L4  store                            the only home of tantivy: build, update, leaves from postings, text by row
//! L5  coding                           codebook × leaves → codings: guards, resolution, exchanges, questions
//! L6  tables ∥ query                   tables is the only home of polars: frames and their files
//! L7  export ∥ workbench               other formats; what helps to work on a codebook
//! L8  pipeline                         the whole flow on one page
//! bin cli                              argument text ↔ pipeline; the only printer (declared in main.rs)
//! ```
//!
//! # Words
//!
//! | word | meaning |
//! |---|---|
//! | corpus | the folder or folders of transcripts given to one store |
//! | document | one transcript; its id is its path below the corpus folder without the extension |
//! | turn | what one speaker says until another speaks; numbered from 1 in its document |
//! | sentence | part of a turn; numbered from 1 in its turn |
//! | token | one word of a turn; numbered from 0 in its turn |
//! | passage | a turn, or a heading between turns |
//! | speaker, role | the label in the transcript; `interviewer`, `informant` or `other` |
//! | case | the person: from `speakers.csv`, else document/speaker |
//! | attribute | a named property of a document or speaker |
//! | guide question | the part of the interview guide that a turn answers |
//! | exchange | interviewer turns and the answer up to the next interviewer turn |
//! | pattern, code, theme, track | patterns evidence a code; a code belongs to a theme and to one or more tracks, which may overlap |
//! | coding | one code applied to one span of a document; a candidate until reviewed |
//! | segment | the passage that a coding stands for in other programs |
//! | unit | what co-occurrence is counted in: sentence, turn, exchange, question, window, document |
//! | store | the index folder; a *block* of it is what is worked on at a time, its *rows* are passages |
//! | leaf | the spans of a single-token test, from which the algebra starts |

pub mod codebook;
pub mod coding;
pub mod corpus;
pub mod diagnostic;
pub mod export;
pub mod lint;
pub mod lock;
pub mod ordered;
pub mod pattern;
pub mod pipeline;
pub mod progress;
pub mod query;
pub mod segment;
pub mod span;
pub mod stats;
pub mod store;
pub mod tables;
pub mod text;
pub mod workbench;
