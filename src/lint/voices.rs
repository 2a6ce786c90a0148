//! Who speaks in a document, and how much.

use std::collections::HashMap;

use super::document::line_of;
use crate::corpus::Transcript;
use crate::segment::Passage;

/// One label of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// The label as the transcript has it.
    pub label: String,
    /// Its turns.
    pub turns: u32,
    /// Those of its turns that hold nothing, not even an event.
    pub empty: u32,
    /// The number of its first turn, from 1.
    pub turn: u32,
    /// The line of its first turn, from 1, if it is known.
    pub line: Option<u32>,
}

/// The labels of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Voices {
    /// Document id.
    pub document: String,
    /// Path below the corpus folder.
    pub path: String,
    /// All turns, with label or without.
    pub turns: u32,
    /// The labels, in order of their first turns.
    pub labels: Vec<Voice>,
}

/// The labels of a transcript.
pub fn voices(transcript: &Transcript, passages: &[Passage]) -> Voices {
    let mut voices = Voices { document: transcript.id.clone(), path: transcript.path.clone(), ..Voices::default() };
    let mut at: HashMap<&str, usize> = HashMap::new();
    let (mut end, mut line, mut counted) = (0u32, 1u32, 0u32);
    for passage in passages {
        if passage.turn > 0 {
            voices.turns += 1;
            if let Some(label) = &passage.speaker {
                let number = *at.entry(label).or_insert_with(|| {
                    let place = label_place(&transcript.text, end, passage.words.start, label);
                    line += line_of(&transcript.text[counted as usize..], place - counted) - 1;
                    counted = place;
                    let voice =
                        Voice { label: label.clone(), turns: 0, empty: 0, turn: passage.turn, line: Some(line) };
                    voices.labels.push(voice);
                    voices.labels.len() - 1
                });
                voices.labels[number].turns += 1;
                voices.labels[number].empty += u32::from(passage.words.is_empty());
            }
        }
        end = passage.words.end;
    }
    voices
}

/// The byte at which a label stands before its words, which begin at `start`; else that of the words.
fn label_place(text: &str, end: u32, start: u32, label: &str) -> u32 {
    let before = text.get(end as usize..start as usize).unwrap_or("");
    before.rfind(label).map_or(start, |at| end + at as u32)
}
