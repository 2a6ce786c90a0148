//! Segments: OpenAI's Whisper and the programs around it, WhisperX with its speakers, the podcast namespace.

use serde::Deserialize;

use super::lenient::{Text, Time};
use super::utterance;
use crate::corpus::utterance::Utterance;

#[derive(Deserialize)]
struct Transcript<'a> {
    #[serde(borrow, default)]
    segments: Option<Vec<Segment<'a>>>,
    #[serde(borrow, default)]
    text: Text<'a>,
    #[serde(borrow, default)]
    words: Option<Vec<Word<'a>>>,
}

#[derive(Deserialize)]
struct Segment<'a> {
    #[serde(default)]
    start: Time,
    #[serde(default)]
    end: Time,
    #[serde(rename = "startTime", default)]
    start_time: Time,
    #[serde(rename = "endTime", default)]
    end_time: Time,
    #[serde(borrow, default)]
    text: Text<'a>,
    #[serde(borrow, default)]
    body: Text<'a>,
    #[serde(borrow, default)]
    speaker: Text<'a>,
    #[serde(borrow, default)]
    words: Option<Vec<Word<'a>>>,
}

#[derive(Deserialize)]
struct Word<'a> {
    #[serde(borrow, default)]
    word: Text<'a>,
    #[serde(default)]
    start: Time,
    #[serde(default)]
    end: Time,
    #[serde(borrow, default)]
    speaker: Text<'a>,
}

/// The utterances of a transcript with `segments`, else of its `words` or its whole `text`.
///
/// # Errors
/// If the text is not such JSON.
pub(super) fn read(text: &str) -> serde_json::Result<Vec<Utterance>> {
    let Transcript { segments, text, words } = serde_json::from_str(text)?;
    let mut said = said(segments.unwrap_or_default());
    if said.is_empty() {
        // Words alone have lost their punctuation, the text has lost its times: a transcript wants the sentences.
        match text.get() {
            Some(text) => said.push(utterance(None, text.to_owned(), None, None)),
            None => said.extend(words.unwrap_or_default().iter().map(Word::said)),
        }
    }
    Ok(said)
}

/// The utterances of a bare list of segments.
///
/// # Errors
/// If the text is not such JSON.
pub(super) fn read_list(text: &str) -> serde_json::Result<Vec<Utterance>> {
    Ok(said(serde_json::from_str(text)?))
}

fn said(segments: Vec<Segment<'_>>) -> Vec<Utterance> {
    let mut said = Vec::with_capacity(segments.len());
    for segment in segments {
        segment.say(&mut said);
    }
    said.retain(|utterance| !utterance.words.trim().is_empty());
    said
}

impl Word<'_> {
    fn said(&self) -> Utterance {
        let words = self.word.get().unwrap_or_default().to_owned();
        utterance(self.speaker.get(), words, self.start.0, self.end.0)
    }
}

/// Words of one speaker on end within a segment.
struct Run<'w> {
    speaker: Option<&'w str>,
    /// Number of its first word.
    first: usize,
    start: Option<f64>,
    end: Option<f64>,
}

impl Segment<'_> {
    /// Appends what the segment says: once, or once for each speaker on end among its words.
    fn say(&self, said: &mut Vec<Utterance>) {
        let start = self.start.or(self.start_time);
        let end = self.end.or(self.end_time);
        let words = self.words.as_deref().unwrap_or_default();
        let text = self.text.get().or(self.body.get());
        let runs = self.runs(words);
        if runs.len() < 2 {
            let speaker = runs.first().map_or(self.speaker.get(), |run| run.speaker);
            let text = text.map_or_else(|| spaced(words), str::to_owned);
            said.push(utterance(speaker, text, start, end));
            return;
        }
        let cuts = text.and_then(|text| cuts(text, words).map(|cuts| (text, cuts)));
        for (number, run) in runs.iter().enumerate() {
            let next = runs.get(number + 1);
            let until = next.map_or(words.len(), |next| next.first);
            let words = match &cuts {
                Some((text, cuts)) => {
                    let from = if number == 0 { 0 } else { cuts.get(run.first).copied().unwrap_or(text.len()) };
                    let to = cuts.get(until).copied().unwrap_or(text.len());
                    text.get(from..to).unwrap_or("").to_owned()
                }
                None => spaced(words.get(run.first..until).unwrap_or_default()),
            };
            let start = if number == 0 { start.or(run.start) } else { run.start };
            let end = if next.is_none() { end.or(run.end) } else { run.end };
            said.push(utterance(run.speaker, words, start, end));
        }
    }

    /// The words by speaker. A word without one belongs to the speaker before it; the first to the segment's.
    fn runs<'w>(&'w self, words: &'w [Word<'w>]) -> Vec<Run<'w>> {
        let mut runs: Vec<Run<'_>> = Vec::new();
        for (number, word) in words.iter().enumerate() {
            let speaker = word.speaker.get();
            match runs.last_mut() {
                Some(run) if speaker.is_none() || speaker == run.speaker => {
                    run.start = run.start.or(word.start.0);
                    run.end = word.end.0.or(run.end);
                }
                before => {
                    let speaker = speaker.or(self.speaker.get());
                    // Without a time of its own a run begins where the one before it ends.
                    let start = word.start.0.or(before.and_then(|before| before.end));
                    runs.push(Run { speaker, first: number, start, end: word.end.0 });
                }
            }
        }
        runs
    }
}

/// For each word the byte of `text` at which it begins; none if the words are not those of the text.
fn cuts(text: &str, words: &[Word<'_>]) -> Option<Vec<usize>> {
    let mut at = 0;
    let mut cuts = Vec::with_capacity(words.len());
    for word in words {
        let rest = text.get(at..)?.trim_start();
        let word = word.word.get().unwrap_or_default();
        if !rest.starts_with(word) {
            return None;
        }
        let start = text.len() - rest.len();
        cuts.push(start);
        at = start + word.len();
    }
    text.get(at..)?.trim().is_empty().then_some(cuts)
}

/// The words with spaces between them.
fn spaced(words: &[Word<'_>]) -> String {
    words.iter().filter_map(|word| word.word.get()).collect::<Vec<_>>().join(" ")
}
