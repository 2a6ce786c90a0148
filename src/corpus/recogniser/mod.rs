//! The JSON of speech recognisers.
//!
//! Read without a tree of values: one pass over the outermost names tells whose JSON it is, a second one reads it into
//! that recogniser's own types and passes over everything else. `serde_json` bounds the depth and takes no size from
//! the file.

mod amazon;
mod assembly;
mod lenient;
mod otter;
mod segments;
mod shape;

use self::shape::Shape;
use super::decode;
use super::fragment::{self, Fragment};
use super::plain;
use super::read::{ReadError, Reading};
use super::rendered::Rendered;
use super::timing;
use super::utterance::Utterance;
use crate::diagnostic::{Diagnostic, Severity};

const WANTED: &str = "`segments` (Whisper, WhisperX, podcasts), `utterances` or `words` (AssemblyAI), `results` with `items` \
                      (Amazon Transcribe), `speech` or `transcripts` (Otter)";

/// Reads a recogniser's JSON.
///
/// # Errors
/// If it is not JSON, no recogniser's that we know, or without words.
pub(super) fn read_json(path: &str, bytes: Vec<u8>) -> Result<Reading, ReadError> {
    let decoded = decode::decode(bytes)?;
    let mut diagnostics = decoded.diagnostics(path);
    let text = decoded.text.trim();
    if text.is_empty() {
        return Err(ReadError::Empty);
    }
    let shape = shape::of(text).map_err(|error| refused(&error))?;
    let read = match shape {
        Shape::Segments => segments::read(text),
        Shape::List => segments::read_list(text),
        Shape::Assembly => assembly::read(text),
        Shape::Amazon => amazon::read(text),
        Shape::Otter => otter::read(text),
        Shape::Unknown(found) => return Err(ReadError::UnknownJson { found, wanted: WANTED }),
    };
    let mut fragments: Vec<Fragment> = read.map_err(|error| refused(&error))?.into_iter().map(Fragment::from).collect();
    timing::check(path, "segment", &mut fragments, &mut diagnostics);
    if fragments.iter().all(|fragment| fragment.said.label.is_none()) {
        diagnostics.push(nameless(path));
    }
    let mut rendered = Rendered::default();
    for turn in &fragment::turns(fragments) {
        rendered.speech(turn);
    }
    rendered.finish(diagnostics)
}

/// Whether a file that begins with `bytes` is a recogniser's JSON.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    const NAMES: &[&str] = &["segments", "text", "utterances", "words", "results", "transcripts", "speech", "body"];
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let beginning = String::from_utf8_lossy(bytes.get(..4096).unwrap_or(bytes));
    let text = beginning.trim_start();
    let inside = text.strip_prefix('[').map_or(text, str::trim_start).strip_prefix('{').map(str::trim_start);
    inside.is_some_and(|inside| inside.starts_with('"'))
        && NAMES.iter().any(|name| text.contains(&format!("\"{name}\"")))
}

/// What a parser could not read: damaged, or made otherwise than we know.
fn refused(error: &serde_json::Error) -> ReadError {
    match error.classify() {
        serde_json::error::Category::Data => ReadError::UnknownJson { found: error.to_string(), wanted: WANTED },
        _ => ReadError::Damaged { format: "JSON", what: error.to_string() },
    }
}

/// A piece of speech; a label is kept as it is but for its spaces.
fn utterance(label: Option<&str>, words: String, start_time: Option<f64>, end_time: Option<f64>) -> Utterance {
    let label = label.map(plain::normal).filter(|label| !label.is_empty());
    // Line breaks are the screen's, and a blank line would end the paragraph.
    let words = if words.contains(['\n', '\r']) { words.replace(['\n', '\r'], " ") } else { words };
    Utterance { label, words, start_time, end_time }
}

fn nameless(path: &str) -> Diagnostic {
    Diagnostic::new(
        Severity::Note,
        "T012",
        path,
        "no speakers' labels were found, so segments are joined to sentences of nobody",
        "let the recogniser tell speakers apart (diarisation) if there are several",
    )
}

#[cfg(test)]
mod tests;
