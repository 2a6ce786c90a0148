//! Text, and the units in which a place in it is named.
//!
//! A document's text never changes once it has been read. Everything that the program says about it is a
//! half-open span of that text, in bytes ([`ByteSpan`]) or in Unicode code points ([`CharSpan`]); the two are
//! different types, so that one cannot be taken for the other.

mod abbreviation;
mod hexadecimal;
mod offset;
mod sentence;
mod stem;
mod token;

pub use hexadecimal::hexadecimal;
pub use offset::{ByteSpan, CharCounter, CharSpan};
pub use sentence::{LanguageError, SentenceSplitter};
pub use stem::Stemmer;
pub use token::{MAX_TOKEN_BYTES, fold, form, holds_word, token_spans};
