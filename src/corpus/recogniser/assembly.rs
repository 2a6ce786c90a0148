//! AssemblyAI: utterances by speaker, or words; times in milliseconds.

use serde::Deserialize;

use super::lenient::{Text, Time};
use super::utterance;
use crate::corpus::utterance::Utterance;

const MILLISECONDS: f64 = 1_000.0;

#[derive(Deserialize)]
struct Transcript<'a> {
    #[serde(borrow, default)]
    utterances: Option<Vec<Piece<'a>>>,
    #[serde(borrow, default)]
    words: Option<Vec<Piece<'a>>>,
    #[serde(borrow, default)]
    text: Text<'a>,
}

/// An utterance or a word.
#[derive(Deserialize)]
struct Piece<'a> {
    #[serde(borrow, default)]
    text: Text<'a>,
    #[serde(default)]
    start: Time,
    #[serde(default)]
    end: Time,
    #[serde(borrow, default)]
    speaker: Text<'a>,
    #[serde(borrow, default)]
    channel: Text<'a>,
}

/// The utterances, else the words, else the whole text.
///
/// # Errors
/// If the text is not such JSON.
pub(super) fn read(text: &str) -> serde_json::Result<Vec<Utterance>> {
    let Transcript { utterances, words, text } = serde_json::from_str(text)?;
    let pieces = utterances.filter(|pieces| !pieces.is_empty()).or(words).unwrap_or_default();
    let mut said: Vec<Utterance> = pieces.iter().map(Piece::said).collect();
    if said.is_empty() {
        said.extend(text.get().map(|text| utterance(None, text.to_owned(), None, None)));
    }
    Ok(said)
}

impl Piece<'_> {
    fn said(&self) -> Utterance {
        let seconds = |time: Time| time.0.map(|time| time / MILLISECONDS);
        let label = self.speaker.get().or(self.channel.get());
        let words = self.text.get().unwrap_or_default().to_owned();
        utterance(label, words, seconds(self.start), seconds(self.end))
    }
}
