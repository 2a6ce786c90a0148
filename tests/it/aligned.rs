//! A transcript beside what is known to be said in it, word by word.

use qualcode::corpus::{ParagraphKind, Transcript};

/// What somebody is known to say.
#[derive(Debug, Clone, Default)]
pub(crate) struct Said {
    /// The label that the format carries.
    pub(crate) label: Option<String>,
    pub(crate) words: String,
    pub(crate) start: Option<f64>,
    pub(crate) end: Option<f64>,
}

/// The words of `text` that hold a letter or digit, as tokens do.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric))
}

/// The speech of a transcript: label, words, times.
pub(crate) fn speech(transcript: &Transcript) -> Vec<Said> {
    let speech = transcript.paragraphs.iter().filter(|paragraph| paragraph.kind == ParagraphKind::Speech);
    speech
        .map(|paragraph| Said {
            label: paragraph.label.clone(),
            words: paragraph.words.of(&transcript.text).to_owned(),
            start: paragraph.start_time,
            end: paragraph.end_time,
        })
        .collect()
}

/// Holds a transcript to what is said: the same words in the same order, every paragraph of one label, from the start
/// of the first piece that it holds words of to the latest end of those, give or take `within` seconds.
#[track_caller]
pub(crate) fn assert_aligned(transcript: &Transcript, said: &[Said], within: f64, what: &str) {
    let mut known = said.iter().flat_map(|said| words(&said.words).map(move |word| (word, said)));
    for paragraph in speech(transcript) {
        let (mut start, mut end, mut first) = (None, None, true);
        for word in words(&paragraph.words) {
            let Some((expected, piece)) = known.next() else { panic!("{what}: {word:?} is one word too many") };
            assert_eq!(word, expected, "{what}");
            assert_eq!(paragraph.label, piece.label, "{what}: the speaker of {word:?}");
            if first {
                (start, first) = (piece.start, false);
            }
            end = f64::max(end.unwrap_or(f64::MIN), piece.end.unwrap_or(f64::MIN)).into();
        }
        let end = end.filter(|end| *end > f64::MIN);
        for (found, expected) in [(paragraph.start, start), (paragraph.end, end)] {
            let near = match (found, expected) {
                (Some(found), Some(expected)) => (found - expected).abs() <= within,
                (found, expected) => found == expected,
            };
            assert!(near, "{what}: {found:?} is not {expected:?}, a time of {:?}", paragraph.words);
        }
    }
    assert_eq!(known.next().map(|(word, _)| word), None, "{what}: lost");
}
