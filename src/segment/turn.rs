//! Paragraphs gathered into passages.

use std::borrow::Cow;

use crate::corpus::{Paragraph, ParagraphKind, Transcript};
use crate::segment::{Passage, Sentence};
use crate::text::{ByteSpan, SentenceSplitter, token_spans};

/// The passages of a transcript, in order.
pub fn by_turn(transcript: &Transcript, splitter: &SentenceSplitter) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    let mut speaker: Option<&str> = None;
    let mut turns = 0;
    let mut boundaries = Vec::new();
    for paragraph in &transcript.paragraphs {
        let goes_on = paragraph.kind == ParagraphKind::Speech
            && passages.last().is_some_and(|last| last.kind() == ParagraphKind::Speech)
            && match paragraph.label.as_deref() {
                // Without any label so far, every paragraph is a turn of its own.
                None => speaker.is_some(),
                label => label == speaker,
            };
        if !goes_on {
            let turn = match paragraph.kind {
                ParagraphKind::Heading => 0,
                ParagraphKind::Speech => {
                    turns += 1;
                    turns
                }
            };
            if paragraph.label.is_some() {
                speaker = paragraph.label.as_deref();
            }
            passages.push(Passage {
                turn,
                speaker: if turn == 0 { None } else { speaker.map(str::to_owned) },
                words: paragraph.words,
                tokens: Vec::new(),
                sentences: Vec::new(),
                start_time: paragraph.start_time,
                end_time: None,
            });
        }
        if let Some(passage) = passages.last_mut() {
            passage.words.end = paragraph.words.end;
            passage.end_time = paragraph.end_time.or(passage.end_time);
            add_words(passage, &transcript.text, paragraph, splitter, &mut boundaries);
        }
    }
    passages
}

fn add_words(
    passage: &mut Passage,
    text: &str,
    paragraph: &Paragraph,
    splitter: &SentenceSplitter,
    boundaries: &mut Vec<u32>,
) {
    let first = passage.tokens.len();
    for stretch in spoken(paragraph) {
        token_spans(stretch.of(text), stretch.start, &mut passage.tokens);
    }
    boundaries.clear();
    splitter.starts(&audible(text, paragraph), paragraph.words.start, boundaries);
    add_sentences(passage, first, boundaries);
}

/// What is left of a paragraph's words without its silent parts.
fn spoken(paragraph: &Paragraph) -> impl Iterator<Item = ByteSpan> + '_ {
    let starts = std::iter::once(paragraph.words.start).chain(paragraph.silent.iter().map(|span| span.end));
    let ends = paragraph.silent.iter().map(|span| span.start).chain(std::iter::once(paragraph.words.end));
    starts.zip(ends).filter(|(start, end)| start < end).map(|(start, end)| ByteSpan::new(start, end))
}

/// The words with spaces, as many bytes, for the silent parts: an event in small letters must not join the sentences
/// on either side of it.
fn audible<'t>(text: &'t str, paragraph: &Paragraph) -> Cow<'t, str> {
    if paragraph.silent.is_empty() {
        return Cow::Borrowed(paragraph.words.of(text));
    }
    let mut audible = String::with_capacity(paragraph.words.len() as usize);
    let mut end = paragraph.words.start;
    for silent in &paragraph.silent {
        audible.push_str(ByteSpan::new(end, silent.start).of(text));
        audible.extend(std::iter::repeat_n(' ', silent.len() as usize));
        end = silent.end;
    }
    audible.push_str(ByteSpan::new(end, paragraph.words.end).of(text));
    Cow::Owned(audible)
}

/// Adds a sentence for every boundary that is followed by a token before the next boundary. A stretch without
/// tokens, such as an event, belongs to the sentence before it, or to the first one.
fn add_sentences(passage: &mut Passage, first: usize, boundaries: &[u32]) {
    let mut token = first;
    for (at, &start) in boundaries.iter().enumerate() {
        let end = boundaries.get(at + 1).copied().unwrap_or(u32::MAX);
        let from = token;
        token += passage.tokens[token..].partition_point(|span| span.start < end);
        if token > from {
            let start = if passage.sentences.is_empty() { passage.words.start } else { start };
            passage.sentences.push(Sentence { start, first_token: from as u32 });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::by_turn;
    use crate::corpus::{Format, Paragraph, ParagraphKind, Transcript};
    use crate::text::{ByteSpan, SentenceSplitter};

    fn paragraph(text: &str, label: Option<&str>, words: &str, silent: &[&str]) -> Paragraph {
        let place = |part: &str| {
            let start = text.find(part).expect("part of the text") as u32;
            ByteSpan::new(start, start + part.len() as u32)
        };
        Paragraph {
            kind: ParagraphKind::Speech,
            label: label.map(str::to_owned),
            words: place(words),
            silent: silent.iter().map(|part| place(part)).collect(),
            start_time: None,
            end_time: None,
        }
    }

    fn transcript(text: &str, paragraphs: Vec<Paragraph>) -> Transcript {
        Transcript {
            id: "a".into(),
            path: "a.txt".into(),
            format: Format::Text,
            sha256: String::new(),
            text_sha256: String::new(),
            text: text.into(),
            paragraphs,
            front_matter: Vec::new(),
        }
    }

    #[test]
    fn paragraphs_of_one_speaker_are_one_turn_and_events_hold_no_tokens() {
        let text = "A: One two. [laughs all] Three.\n\nFour.\n\nB: Five.\n\nB: Six.";
        let paragraphs = vec![
            paragraph(text, Some("A"), "One two. [laughs all] Three.", &["[laughs all]"]),
            paragraph(text, None, "Four.", &[]),
            paragraph(text, Some("B"), "Five.", &[]),
            paragraph(text, Some("B"), "Six.", &[]),
        ];
        let passages = by_turn(&transcript(text, paragraphs), &SentenceSplitter::new("en").expect("en"));
        let words: Vec<Vec<&str>> =
            passages.iter().map(|passage| passage.tokens.iter().map(|token| token.of(text)).collect()).collect();
        assert_eq!(words, [vec!["One", "two", "Three", "Four"], vec!["Five", "Six"]]);
        let sentences: Vec<Vec<u32>> =
            passages.iter().map(|passage| passage.sentences.iter().map(|s| s.first_token).collect()).collect();
        assert_eq!(sentences, [vec![0, 2, 3], vec![0, 1]]);
        assert_eq!(passages[0].words.of(text), "One two. [laughs all] Three.\n\nFour.");
    }

    #[test]
    fn without_labels_every_paragraph_is_a_turn() {
        let text = "One.\n\nTwo.";
        let paragraphs = vec![paragraph(text, None, "One.", &[]), paragraph(text, None, "Two.", &[])];
        let passages = by_turn(&transcript(text, paragraphs), &SentenceSplitter::new("en").expect("en"));
        assert_eq!(passages.iter().map(|passage| passage.turn).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn a_turn_of_events_has_neither_tokens_nor_sentences() {
        let text = "A: [pause]";
        let paragraphs = vec![paragraph(text, Some("A"), "[pause]", &["[pause]"])];
        let passages = by_turn(&transcript(text, paragraphs), &SentenceSplitter::new("en").expect("en"));
        assert!(passages[0].tokens.is_empty() && passages[0].sentences.is_empty());
    }
}
