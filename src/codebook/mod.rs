//! The checked codebook.

mod checked;

pub use checked::{Code, Codebook, Examples, Origin, Pattern, Question, SegmentKind, Theme, Track};

pub use crate::pattern::CasePolicy;
