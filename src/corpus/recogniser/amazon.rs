//! Amazon Transcribe: words and punctuation marks as items, with speakers beside them or by channel, or the newer
//! audio segments.

use std::collections::HashMap;

use serde::Deserialize;

use super::lenient::{Text, Time};
use super::utterance;
use crate::corpus::fragment::{self, Fragment};
use crate::corpus::utterance::Utterance;

#[derive(Deserialize)]
struct Job<'a> {
    #[serde(borrow)]
    results: Results<'a>,
}

#[derive(Deserialize)]
struct Results<'a> {
    #[serde(borrow, default)]
    items: Option<Vec<Item<'a>>>,
    #[serde(borrow, default)]
    speaker_labels: Option<SpeakerLabels<'a>>,
    #[serde(borrow, default)]
    channel_labels: Option<ChannelLabels<'a>>,
    #[serde(borrow, default)]
    audio_segments: Option<Vec<AudioSegment<'a>>>,
    #[serde(borrow, default)]
    transcripts: Option<Vec<Whole<'a>>>,
}

#[derive(Deserialize)]
struct Item<'a> {
    #[serde(rename = "type", borrow, default)]
    kind: Text<'a>,
    #[serde(borrow, default)]
    start_time: Text<'a>,
    #[serde(default)]
    end_time: Time,
    #[serde(borrow, default)]
    speaker_label: Text<'a>,
    #[serde(borrow, default)]
    alternatives: Vec<Alternative<'a>>,
}

#[derive(Deserialize)]
struct Alternative<'a> {
    #[serde(borrow, default)]
    content: Text<'a>,
}

#[derive(Deserialize)]
struct SpeakerLabels<'a> {
    #[serde(borrow, default)]
    segments: Vec<SpeakerSegment<'a>>,
}

#[derive(Deserialize)]
struct SpeakerSegment<'a> {
    #[serde(borrow, default)]
    items: Vec<SpeakerItem<'a>>,
}

#[derive(Deserialize)]
struct SpeakerItem<'a> {
    #[serde(borrow, default)]
    start_time: Text<'a>,
    #[serde(borrow, default)]
    speaker_label: Text<'a>,
}

#[derive(Deserialize)]
struct ChannelLabels<'a> {
    #[serde(borrow, default)]
    channels: Vec<Channel<'a>>,
}

#[derive(Deserialize)]
struct Channel<'a> {
    #[serde(borrow, default)]
    channel_label: Text<'a>,
    #[serde(borrow, default)]
    items: Vec<Item<'a>>,
}

#[derive(Deserialize)]
struct AudioSegment<'a> {
    #[serde(borrow, default)]
    transcript: Text<'a>,
    #[serde(default)]
    start_time: Time,
    #[serde(default)]
    end_time: Time,
    #[serde(borrow, default)]
    speaker_label: Text<'a>,
    #[serde(borrow, default)]
    channel_label: Text<'a>,
}

#[derive(Deserialize)]
struct Whole<'a> {
    #[serde(borrow, default)]
    transcript: Text<'a>,
}

/// The utterances: of the channels, else of the audio segments if they name speakers, else of the items.
///
/// # Errors
/// If the text is not such JSON.
pub(super) fn read(text: &str) -> serde_json::Result<Vec<Utterance>> {
    let Job { results } = serde_json::from_str(text)?;
    let Results { items, speaker_labels, channel_labels, audio_segments, transcripts } = results;
    let channels = channel_labels.map(|labels| labels.channels).unwrap_or_default();
    if channels.iter().any(|channel| !channel.items.is_empty()) {
        return Ok(by_channel(&channels));
    }
    let segments = audio_segments.unwrap_or_default();
    if segments.iter().any(|segment| segment.label().is_some()) {
        return Ok(segments.iter().map(AudioSegment::said).collect());
    }
    let items = items.unwrap_or_default();
    if items.is_empty() {
        let whole = transcripts.unwrap_or_default();
        let whole = whole.iter().filter_map(|whole| whole.transcript.get());
        return Ok(whole.map(|text| utterance(None, text.to_owned(), None, None)).collect());
    }
    let labels = speaker_labels.map(|labels| labels.segments).unwrap_or_default();
    let mut speakers = HashMap::new();
    for item in labels.iter().flat_map(|segment| &segment.items) {
        if let (Some(start), Some(label)) = (item.start_time.get(), item.speaker_label.get()) {
            speakers.insert(start, label);
        }
    }
    Ok(said(&items, |item| item.speaker_label.get().or_else(|| speakers.get(item.start_time.get()?).copied())))
}

/// Each channel's words in sentences, so that words said at the same time on two channels don't mix one by one.
fn by_channel(channels: &[Channel<'_>]) -> Vec<Utterance> {
    let mut all = Vec::new();
    for channel in channels {
        let words = said(&channel.items, |_| None).into_iter().map(Fragment::from).collect();
        for mut sentence in fragment::turns(words) {
            sentence.label = channel.channel_label.get().map(str::to_owned);
            all.push(sentence);
        }
    }
    all.sort_by(|a, b| a.start_time.unwrap_or_default().total_cmp(&b.start_time.unwrap_or_default()));
    all
}

impl AudioSegment<'_> {
    fn label(&self) -> Option<&str> {
        self.speaker_label.get().or(self.channel_label.get())
    }

    fn said(&self) -> Utterance {
        let words = self.transcript.get().unwrap_or_default().to_owned();
        utterance(self.label(), words, self.start_time.0, self.end_time.0)
    }
}

/// One utterance for each word; a punctuation mark joins the word before it.
fn said<'i>(items: &'i [Item<'i>], speaker: impl Fn(&'i Item<'i>) -> Option<&'i str>) -> Vec<Utterance> {
    let mut said: Vec<Utterance> = Vec::with_capacity(items.len());
    for item in items {
        let Some(content) = item.alternatives.first().and_then(|first| first.content.get()) else { continue };
        match said.last_mut() {
            Some(last) if item.kind.get() == Some("punctuation") => last.words.push_str(content),
            _ => {
                let start =
                    item.start_time.get().and_then(|start| start.parse().ok()).filter(|start: &f64| start.is_finite());
                said.push(utterance(speaker(item), content.to_owned(), start, item.end_time.0));
            }
        }
    }
    said
}
