//! Codebooks: what is looked for, and what it means.
//!
//! [`load()`] turns a file into the checked [`Codebook`], in which names have become positions, or tells everything
//! that is wrong with it at once. [`CodebookFile`] is the file key by key, and [`schema()`] its JSON Schema.

mod checked;
mod code;
pub(crate) mod description;
mod fault;
mod faults;
mod file;
pub mod import;
mod json;
mod load;
mod locate;
mod order;
mod pattern;
mod read;
mod schema;
mod spell;
mod structure;
mod subsume;
mod warn;

pub use crate::pattern::CasePolicy;
pub use checked::{Code, Codebook, Examples, Origin, Pattern, Question, SegmentKind, Theme, Track};
pub use fault::{Fault, FaultSeverity};
pub use file::{
    CaseEntry, CodeEntry, CodebookFile, ExamplesEntry, GuardedPattern, OriginEntry, PatternEntry, QuestionEntry,
    RoleEntry, SegmentEntry, ThemeEntry, TrackEntry, WhereEntry, WhereValue,
};
pub use load::load;
pub use schema::schema;

/// A small codebook to begin with: its memos tell what to write where.
pub const STARTER: &str = include_str!("starter.json");
