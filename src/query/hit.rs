//! One place where a query was found.

use crate::text::{ByteSpan, CharSpan};

/// A hit of a query: keyword in context.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Document id.
    pub document: String,
    /// Number of the turn in the document, from 1.
    pub turn: u32,
    /// Label of the speaker.
    pub speaker: Option<String>,
    /// First and last sentence of the turn that it touches, from 1.
    pub sentence: u32,
    /// Last sentence.
    pub end_sentence: u32,
    /// Place in code points of the document's text.
    pub chars: CharSpan,
    /// Place in bytes of the document's text.
    pub bytes: ByteSpan,
    /// Seconds at which the turn starts.
    pub start_time: Option<f64>,
    /// Words before, white space collapsed.
    pub left: String,
    /// The words found, white space collapsed.
    pub text: String,
    /// Words after, white space collapsed.
    pub right: String,
}
