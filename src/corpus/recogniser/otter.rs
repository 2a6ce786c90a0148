//! Otter's JSON: pieces of transcript with the ids of their speakers, and the speakers' names.
//!
//! Otter documents no format. Its offsets count samples of 16 kHz sound; where the words' own times are given, which
//! are seconds, these are taken.

use std::collections::HashMap;

use serde::Deserialize;

use super::lenient::{Text, Time};
use super::utterance;
use crate::corpus::utterance::Utterance;

const SAMPLES_PER_SECOND: f64 = 16_000.0;

#[derive(Deserialize)]
struct Export<'a> {
    #[serde(borrow, default)]
    speech: Option<Speech<'a>>,
    #[serde(borrow, default)]
    transcripts: Option<Vec<Piece<'a>>>,
    #[serde(borrow, default)]
    speakers: Option<Vec<Speaker<'a>>>,
}

#[derive(Deserialize, Default)]
struct Speech<'a> {
    #[serde(borrow, default)]
    transcripts: Option<Vec<Piece<'a>>>,
    #[serde(borrow, default)]
    speakers: Option<Vec<Speaker<'a>>>,
}

#[derive(Deserialize)]
struct Piece<'a> {
    #[serde(borrow, default)]
    transcript: Text<'a>,
    #[serde(default)]
    start_offset: Time,
    #[serde(default)]
    end_offset: Time,
    #[serde(borrow, default)]
    speaker_id: Text<'a>,
    #[serde(borrow, default)]
    speaker_name: Text<'a>,
    #[serde(borrow, default)]
    speaker_model_label: Text<'a>,
    #[serde(borrow, default)]
    label: Text<'a>,
    #[serde(default)]
    alignment: Option<Vec<Aligned>>,
}

#[derive(Deserialize)]
struct Aligned {
    #[serde(default)]
    start: Time,
    #[serde(default)]
    end: Time,
}

#[derive(Deserialize)]
struct Speaker<'a> {
    #[serde(borrow, default)]
    id: Text<'a>,
    #[serde(borrow, default)]
    speaker_id: Text<'a>,
    #[serde(borrow, default)]
    speaker_name: Text<'a>,
    #[serde(borrow, default)]
    name: Text<'a>,
}

/// The pieces, each with the name of its speaker, else with its label.
///
/// # Errors
/// If the text is not such JSON.
pub(super) fn read(text: &str) -> serde_json::Result<Vec<Utterance>> {
    let Export { speech, transcripts, speakers } = serde_json::from_str(text)?;
    let speech = speech.unwrap_or_default();
    let pieces = speech.transcripts.or(transcripts).unwrap_or_default();
    let speakers = speech.speakers.or(speakers).unwrap_or_default();
    let mut names = HashMap::new();
    for speaker in &speakers {
        if let Some(name) = speaker.speaker_name.get().or(speaker.name.get()) {
            names.extend([&speaker.id, &speaker.speaker_id].into_iter().filter_map(Text::get).map(|id| (id, name)));
        }
    }
    Ok(pieces.iter().map(|piece| piece.said(&names)).collect())
}

impl Piece<'_> {
    fn said(&self, names: &HashMap<&str, &str>) -> Utterance {
        let words = self.alignment.as_deref().unwrap_or_default();
        let first = words.first().and_then(|word| word.start.0);
        let last = words.last().and_then(|word| word.end.0);
        let seconds = |offset: Time| offset.0.map(|offset| offset / SAMPLES_PER_SECOND);
        let (start, end) = match (first, last) {
            (Some(first), Some(last)) => (Some(first), Some(last)),
            _ => (seconds(self.start_offset), seconds(self.end_offset)),
        };
        let named = self.speaker_id.get().and_then(|id| names.get(id).copied());
        let label = named.or(self.speaker_name.get()).or(self.label.get());
        let numbered = self.speaker_model_label.get().map(|number| format!("Speaker {number}"));
        utterance(label.or(numbered.as_deref()), self.transcript.get().unwrap_or_default().to_owned(), start, end)
    }
}
