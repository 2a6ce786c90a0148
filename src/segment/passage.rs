//! A passage: a turn or a heading, cut into tokens and sentences.

use crate::corpus::ParagraphKind;
use crate::text::ByteSpan;

/// A turn or a heading of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Number of the turn in the document, from 1; 0 for a heading.
    pub turn: u32,
    /// The speaker's label; `None` without labels and for headings.
    pub speaker: Option<String>,
    /// From the first word of its first paragraph to the last of its last, in the document's text.
    pub words: ByteSpan,
    /// Its tokens, in the document's text, ascending.
    pub tokens: Vec<ByteSpan>,
    /// Its sentences, ascending; each holds a token, so a passage without tokens has none.
    pub sentences: Vec<Sentence>,
    /// Seconds.
    pub start_time: Option<f64>,
    /// Seconds.
    pub end_time: Option<f64>,
}

/// Where a sentence starts; it ends where the next one does, or with its passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// First byte, in the document's text.
    pub start: u32,
    /// First token, counted from 0 in the passage.
    pub first_token: u32,
}

impl Passage {
    /// Whether it is a turn or a heading.
    pub fn kind(&self) -> ParagraphKind {
        if self.turn == 0 { ParagraphKind::Heading } else { ParagraphKind::Speech }
    }
}
