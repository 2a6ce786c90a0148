//! The phrases around the codings of a code.

use std::collections::BTreeMap;

use crate::span::Span;
use crate::text;

use super::LONGEST;

/// What counts as being around a coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surroundings {
    /// The sentences that it touches.
    Sentence,
    /// So many words before and behind it, in its turn.
    Words(u32),
}

/// Where a phrase was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Number of the document in the store.
    pub document: usize,
    /// Number of the turn in the document.
    pub turn: u32,
    /// Its first token in the turn.
    pub start: u32,
    /// One past its last token.
    pub end: u32,
}

/// A phrase around codings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gathered {
    /// How often.
    pub count: u64,
    /// The first places, in different turns.
    pub places: Vec<Place>,
}

/// The phrases around the codings of some blocks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TargetBlock {
    /// By folded words with a space between.
    pub phrases: BTreeMap<String, Gathered>,
    /// Words around codings, those of the codings themselves left out.
    pub tokens: u64,
    /// Words of the codings.
    pub inside: u64,
}

/// Places of a phrase that are kept.
const PLACES: usize = 3;

/// A row with codings.
#[derive(Debug, Clone, Copy)]
pub struct TargetRow<'r> {
    /// Number of its document in the store.
    pub document: usize,
    /// Number of its turn in the document.
    pub turn: u32,
    /// Its words.
    pub words: &'r str,
    /// Byte ranges of its tokens.
    pub tokens: &'r [(u32, u32)],
    /// First tokens of its sentences, ascending from 0.
    pub sentences: &'r [u32],
    /// Its codings, sorted; they do not overlap.
    pub spans: &'r [Span],
}

/// Adds the phrases of one to four words around the codings of a row. A phrase lies in one sentence and shares no
/// word with a coding.
pub fn gather(block: &mut TargetBlock, row: TargetRow<'_>, around: Surroundings) {
    let count = row.tokens.len() as u32;
    let mut near = vec![false; row.tokens.len()];
    for span in row.spans {
        let (from, to) = match around {
            Surroundings::Words(words) => (span.start.saturating_sub(words), span.end.saturating_add(words)),
            Surroundings::Sentence => sentences(row.sentences, span, count),
        };
        near.iter_mut().take(to.min(count) as usize).skip(from as usize).for_each(|near| *near = true);
    }
    for span in row.spans {
        for token in span.start..span.end.min(count) {
            block.inside += 1;
            near[token as usize] = false;
        }
    }
    let folds: Vec<Option<String>> = row
        .tokens
        .iter()
        .zip(&near)
        .map(|(&(start, end), near)| {
            let word = row.words.get(start as usize..end as usize).filter(|_| *near)?;
            Some(text::fold(&text::form(word)).into_owned())
        })
        .collect();
    block.tokens += folds.iter().flatten().count() as u64;
    for start in 0..folds.len() {
        let mut phrase = String::new();
        for (length, fold) in folds[start..].iter().take(LONGEST).enumerate() {
            let at = start + length;
            let Some(fold) = fold else { break };
            if length > 0 {
                if row.sentences.binary_search(&(at as u32)).is_ok() {
                    break;
                }
                phrase.push(' ');
            }
            phrase.push_str(fold);
            let place = Place { document: row.document, turn: row.turn, start: start as u32, end: at as u32 + 1 };
            block.add(&phrase, place);
        }
    }
}

/// From the first token of the first sentence that a span touches to one past the last token of the last.
fn sentences(starts: &[u32], span: &Span, count: u32) -> (u32, u32) {
    let first = starts.partition_point(|&start| start <= span.start);
    let next = starts.partition_point(|&start| start < span.end);
    (starts.get(first.wrapping_sub(1)).copied().unwrap_or(0), starts.get(next).copied().unwrap_or(count))
}

impl TargetBlock {
    fn add(&mut self, phrase: &str, place: Place) {
        if !self.phrases.contains_key(phrase) {
            self.phrases.insert(phrase.to_owned(), Gathered::default());
        }
        let Some(found) = self.phrases.get_mut(phrase) else { return };
        found.count += 1;
        let same = |other: &Place| (other.document, other.turn) == (place.document, place.turn);
        if found.places.len() < PLACES && !found.places.last().is_some_and(same) {
            found.places.push(place);
        }
    }

    /// Adds what was gathered in later documents.
    pub fn merge(&mut self, other: Self) {
        for (phrase, other) in other.phrases {
            let found = self.phrases.entry(phrase).or_default();
            found.count += other.count;
            let room = PLACES.saturating_sub(found.places.len());
            found.places.extend(other.places.into_iter().take(room));
        }
        self.tokens += other.tokens;
        self.inside += other.inside;
    }
}
