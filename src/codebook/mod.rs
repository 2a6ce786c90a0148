//! The checked codebook.

mod checked;

pub use checked::{CasePolicy, Code, Codebook, Examples, Origin, Pattern, Question, SegmentKind, Theme, Track};
