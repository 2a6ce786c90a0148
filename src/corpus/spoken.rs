//! Formats of timed pieces of speech, which one file holds whole or several hold together.

use std::collections::BTreeSet;

use super::read::{ReadError, Reading};
use super::rendered::Rendered;
use super::utterance::{self, Utterance};
use crate::diagnostic::Diagnostic;

/// Names that a track of speech has when nobody has named it.
const NAMELESS: &[&str] = &[
    "",
    "default",
    "ort",
    "orthography",
    "phrase",
    "phrases",
    "sentence",
    "sentences",
    "speaker",
    "speech",
    "text",
    "tier",
    "transcript",
    "transcription",
    "turn",
    "turns",
    "utt",
    "utterance",
    "utterances",
    "word",
    "words",
];

/// The pieces of speech of one file, not yet turns.
#[derive(Debug, Default)]
pub(super) struct Spoken {
    /// In the order of the file.
    pub(super) utterances: Vec<Utterance>,
    /// What was guessed or left out.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Spoken {
    /// The turns of the file.
    ///
    /// # Errors
    /// If nobody says anything.
    pub(super) fn reading(self) -> Result<Reading, ReadError> {
        let mut rendered = Rendered::default();
        utterance::joined(self.utterances).iter().for_each(|turn| rendered.speech(turn));
        rendered.finish(self.diagnostics)
    }
}

/// Several files of one recording as one. Whoever has no label, and everybody if all files have the same one label,
/// is called by what the file's name has of its own.
pub(super) fn join(parts: Vec<(String, Spoken)>) -> Spoken {
    let labels = |spoken: &Spoken| spoken.utterances.iter().map(|piece| piece.label.clone()).collect::<BTreeSet<_>>();
    let mut sets: Vec<BTreeSet<Option<String>>> = parts.iter().map(|(_, spoken)| labels(spoken)).collect();
    sets.retain(|set| !set.is_empty());
    let same = sets.len() > 1 && sets[0].len() == 1 && sets.iter().all(|set| *set == sets[0]);
    let mut joined = Spoken::default();
    for (name, spoken) in parts {
        for mut utterance in spoken.utterances {
            if same || utterance.label.is_none() {
                utterance.label = Some(name.clone());
            }
            joined.utterances.push(utterance);
        }
        joined.diagnostics.extend(spoken.diagnostics);
    }
    joined
}

/// The label that the name of a track of speech gives, if it names anybody: not `utterances`, `Tier 1` or `words`,
/// and of `Anna - words` the first part.
pub(super) fn label_of_track(name: &str) -> Option<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = match name.rsplit_once(" - ") {
        Some((speaker, kind)) if is_nameless(kind) => speaker.to_owned(),
        _ => name,
    };
    (!is_nameless(&name)).then_some(name)
}

fn is_nameless(name: &str) -> bool {
    let plain = name.trim().trim_end_matches(|end: char| end.is_ascii_digit() || matches!(end, ' ' | '_' | '-')).trim();
    NAMELESS.iter().any(|nameless| nameless.eq_ignore_ascii_case(plain))
}

/// Transcribers' tags as events in brackets, which are no words: `<UNIN/>` becomes `[UNIN]`, `</UNSURE>` `[/UNSURE]`.
pub(super) fn tags_to_events(text: &str) -> String {
    let mut rest = text;
    let mut events = String::with_capacity(text.len());
    while let Some(open) = rest.find('<') {
        events.push_str(&rest[..open]);
        rest = &rest[open..];
        match tag(rest) {
            Some((name, length)) => {
                events.push('[');
                events.push_str(name);
                events.push(']');
                rest = &rest[length..];
            }
            None => {
                events.push('<');
                rest = &rest[1..];
            }
        }
    }
    events.push_str(rest);
    events
}

/// The tag that `text` begins with: its name, with a slash if it ends something, and its length in bytes.
fn tag(text: &str) -> Option<(&str, usize)> {
    const LONGEST: usize = 40;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b'>')?;
    let name = text[1..end].trim_end().trim_end_matches('/').trim_end();
    let word = name.strip_prefix('/').unwrap_or(name);
    let sound = |part: char| part.is_ascii_alphanumeric() || matches!(part, '_' | '-');
    (word.starts_with(|first: char| first.is_ascii_alphabetic()) && word.chars().all(sound)).then_some((name, end + 1))
}

#[cfg(test)]
mod tests {
    use super::{Spoken, Utterance, join, label_of_track, tags_to_events};

    fn spoken(pieces: &[(Option<&str>, &str, f64)]) -> Spoken {
        let piece = |(label, words, start): &(Option<&str>, &str, f64)| Utterance {
            label: label.map(str::to_owned),
            words: (*words).to_owned(),
            start_time: Some(*start),
            end_time: None,
        };
        Spoken { utterances: pieces.iter().map(piece).collect(), diagnostics: Vec::new() }
    }

    #[test]
    fn parts_of_a_recording_are_told_apart_by_tier_or_by_file() {
        let text = |a: Spoken, b: Spoken| {
            join(vec![("doctor".to_owned(), a), ("patient".to_owned(), b)]).reading().expect("turns").text
        };
        let one = || spoken(&[(None, "Hello", 0.0), (None, "why?", 2.0)]);
        let two = || spoken(&[(None, "Hi", 1.0)]);
        assert_eq!(text(one(), two()), "doctor: Hello\n\npatient: Hi\n\ndoctor: why?");
        let same = text(spoken(&[(Some("Mic"), "one", 0.0)]), spoken(&[(Some("Mic"), "two", 1.0)]));
        assert_eq!(same, "doctor: one\n\npatient: two");
        let named =
            text(spoken(&[(Some("Ann"), "one", 0.0)]), spoken(&[(Some("Bo"), "two", 1.0), (None, "three", 2.0)]));
        assert_eq!(named, "Ann: one\n\nBo: two\n\npatient: three");
        assert_eq!(text(one(), Spoken::default()), "doctor: Hello why?");
    }

    #[test]
    fn names_of_tracks() {
        assert_eq!(label_of_track("Doctor").as_deref(), Some("Doctor"));
        assert_eq!(label_of_track("Anna Berg - words").as_deref(), Some("Anna Berg"));
        assert_eq!(label_of_track("Speaker").as_deref(), None);
        assert_eq!(label_of_track("Tier 12").as_deref(), None);
        assert_eq!(label_of_track("  ").as_deref(), None);
    }

    #[test]
    fn tags_are_events() {
        assert_eq!(tags_to_events("a <UNSURE>b</UNSURE> <UNIN /> c"), "a [UNSURE]b[/UNSURE] [UNIN] c");
        assert_eq!(tags_to_events("2 < 3 and 4 > 1 <é> <"), "2 < 3 and 4 > 1 <é> <");
    }
}
