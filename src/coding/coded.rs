//! A document with its codings: all that the tables need, one document at a time.

use crate::corpus::{Format, Role};
use crate::text::{ByteSpan, CharSpan};

/// One document as coded.
#[derive(Debug, Clone, PartialEq)]
pub struct CodedDocument {
    /// What the store knows of the document.
    pub info: DocumentInfo,
    /// Its turns, in order.
    pub turns: Vec<CodedTurn>,
    /// Its codings, counted or not, in order of start, end and code.
    pub codings: Vec<Coding>,
}

/// What the store knows of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentInfo {
    /// Document id.
    pub id: String,
    /// Path below the corpus folder.
    pub path: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// SHA-256 of the text.
    pub text_sha256: String,
    /// Format it was read as.
    pub format: Format,
    /// Values of the document attributes (as written), by column of the corpus's attribute table.
    pub attributes: Vec<Option<String>>,
}

/// One turn as coded.
#[derive(Debug, Clone, PartialEq)]
pub struct CodedTurn {
    /// Number in the document, from 1.
    pub turn: u32,
    /// Label in the transcript, or the name that it counts as; `None` without labels.
    pub speaker: Option<String>,
    /// The person.
    pub case: Option<String>,
    /// What the speaker is.
    pub role: Role,
    /// Position of the guide question in the codebook.
    pub question: Option<usize>,
    /// Number of the exchange in the document, from 1.
    pub exchange: u32,
    /// The words of the turn in the document's text.
    pub chars: CharSpan,
    /// Seconds.
    pub start_time: Option<f64>,
    /// Seconds.
    pub end_time: Option<f64>,
    /// Number of tokens.
    pub words: u32,
    /// First tokens of the sentences, ascending from 0; empty for a turn without tokens.
    pub sentence_starts: Vec<u32>,
    /// Whether the turn holds nothing but backchannels: it counts nowhere.
    pub backchannel: bool,
}

/// One code applied to one span.
#[derive(Debug, Clone, PartialEq)]
pub struct Coding {
    /// Position of the code in the codebook.
    pub code: usize,
    /// Position of the pattern in the code.
    pub pattern: usize,
    /// Position of the turn in [`CodedDocument::turns`].
    pub turn: usize,
    /// Sentences of the turn that it touches.
    pub sentences: SentenceRange,
    /// Whether the turn's role is one of the pattern's, and the turn holds more than backchannels.
    pub counted: bool,
    /// Whether the code matched an interviewer turn earlier in the same exchange.
    pub prompted_exchange: bool,
    /// Whether the code matched an interviewer turn earlier in the document.
    pub prompted_document: bool,
    /// Place in code points.
    pub chars: CharSpan,
    /// Place in bytes.
    pub bytes: ByteSpan,
    /// First token in the turn.
    pub start_token: u32,
    /// One past the last token in the turn.
    pub end_token: u32,
    /// The passage it stands for in other programs.
    pub segment: CharSpan,
    /// The words, white space collapsed.
    pub text: String,
}

/// First and last sentence, both counted from 1 and both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SentenceRange {
    /// First.
    pub first: u32,
    /// Last.
    pub last: u32,
}
