//! Labels without words behind them.

use std::collections::{BTreeMap, HashSet};

use super::document::line_of;
use super::finding::Finding;
use super::voices::Voices;
use crate::corpus::Transcript;
use crate::segment::Passage;

/// Turns from which a label that never has words is a mark, such as `Break:`, rather than a slip.
const MARK: u64 = 2;

/// Tells the empty turns of speakers who say something elsewhere in the document; `[laughs]` is something.
pub(super) fn find(transcript: &Transcript, passages: &[Passage]) -> Option<Finding> {
    let turns = || passages.iter().filter(|passage| passage.turn > 0);
    turns().find(|passage| passage.words.is_empty())?;
    let speaking: HashSet<Option<&str>> =
        turns().filter(|passage| !passage.words.is_empty()).map(|passage| passage.speaker.as_deref()).collect();
    let empty: Vec<&Passage> =
        turns().filter(|passage| passage.words.is_empty() && speaking.contains(&passage.speaker.as_deref())).collect();
    let first = empty.first()?;
    let message = match (empty.len(), &first.speaker) {
        (1, Some(speaker)) => format!("turn {} of \"{speaker}\" is empty", first.turn),
        (1, None) => format!("turn {} is empty", first.turn),
        (count, _) => format!("{count} turns are empty, the first of them turn {}", first.turn),
    };
    let mend = "fill in what was said, or remove the label";
    let line = line_of(&transcript.text, first.words.start);
    let finding = Finding::warning("L013", (&transcript.id, &transcript.path), message, mend);
    Some(finding.in_turn(first.turn).at_line(Some(line)))
}

/// Tells the labels that never have words, each once for the corpus. `name` is the name that a label counts as.
pub(super) fn never_speaking<'a>(documents: &'a [Voices], name: impl Fn(&Voices, &'a str) -> &'a str) -> Vec<Finding> {
    #[derive(Default)]
    struct Label {
        turns: u64,
        documents: u64,
        speaks: bool,
        first: Option<(usize, usize)>,
    }
    let mut labels: BTreeMap<&str, Label> = BTreeMap::new();
    for (document, voices) in documents.iter().enumerate() {
        for (at, voice) in voices.labels.iter().enumerate() {
            let label = labels.entry(name(voices, &voice.label)).or_default();
            label.turns += u64::from(voice.turns);
            label.documents += 1;
            label.speaks |= voice.empty < voice.turns;
            label.first.get_or_insert((document, at));
        }
    }
    let told = |(name, label): (&str, Label)| {
        let (document, at) = label.first.filter(|_| !label.speaks)?;
        let voices = documents.get(document)?;
        let voice = voices.labels.get(at)?;
        let mark = label.turns >= MARK;
        let message = if mark {
            let (turns, documents) = (label.turns, listed(label.documents));
            format!("\"{name}\" is a mark rather than a speaker: {turns} turns in {documents} and no words")
        } else {
            format!("turn {} of \"{name}\" is empty, and there is no other", voice.turn)
        };
        let mend = if mark {
            "nothing needs mending if it is one; its role in speakers.csv may be `other`"
        } else {
            "fill in what was said, or remove the label"
        };
        let finding = Finding::warning("L013", (&voices.document, &voices.path), message, mend);
        let finding = finding.in_turn(voice.turn).at_line(voice.line);
        Some(if mark { finding.noted() } else { finding })
    };
    labels.into_iter().filter_map(told).collect()
}

fn listed(documents: u64) -> String {
    if documents == 1 { "1 document".to_owned() } else { format!("{documents} documents") }
}
