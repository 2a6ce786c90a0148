//! Fragments to turns: captions and recognised segments end where the screen or the machine wanted it, not where a
//! sentence does, and a phrase must be found across them.

use super::utterance::{self, Utterance};

/// Silence, in seconds, that ends a paragraph of nobody known.
const PAUSE: f64 = 3.0;
/// Length, in seconds, at which a paragraph of nobody known ends.
const LONGEST: f64 = 60.0;
/// The same in bytes, about a minute of speech, where there are no times.
const MOST_BYTES: usize = 1_500;

/// A piece of speech as it came.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Fragment {
    /// What was said, by whom, when.
    pub(super) said: Utterance,
    /// Whether somebody else begins here, although it is not known who.
    pub(super) fresh: bool,
    /// Its line in the file, from 1, where the format has lines.
    pub(super) line: Option<u32>,
}

impl From<Utterance> for Fragment {
    fn from(said: Utterance) -> Self {
        Self { said, fresh: false, line: None }
    }
}

/// Turns, in the order of time: what one speaker says on end, and what nobody known says up to the end of a sentence,
/// a pause of 3 seconds, or a minute.
pub(super) fn turns(fragments: Vec<Fragment>) -> Vec<Utterance> {
    let mut turns: Vec<Utterance> = Vec::new();
    let mut open = false;
    for Fragment { said, fresh, .. } in fragments {
        if said.words.trim().is_empty() {
            continue;
        }
        let nobody = said.label.is_none();
        match turns.last_mut() {
            Some(last) if open && nobody && !fresh && goes_on(last, &said) => {
                last.words.truncate(last.words.trim_end().len());
                last.words.push(' ');
                last.words.push_str(said.words.trim_start());
                last.end_time = last.end_time.into_iter().chain(said.end_time).reduce(f64::max);
            }
            _ => turns.push(said),
        }
        open = nobody;
    }
    utterance::joined(turns)
}

fn goes_on(last: &Utterance, next: &Utterance) -> bool {
    if ends_sentence(&last.words) {
        return false;
    }
    let (Some(first), Some(start)) = (last.start_time, next.start_time) else {
        return last.words.len() < MOST_BYTES;
    };
    let silence = start - last.end_time.unwrap_or(start);
    start >= first && silence < PAUSE && last.end_time.unwrap_or(start) - first < LONGEST
}

/// Whether the last sign of `words`, closing quotes and brackets apart, ends a sentence.
pub(super) fn ends_sentence(words: &str) -> bool {
    words
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」'))
        .ends_with(['.', '?', '!', '…', '。', '？', '！', '؟', '।'])
}

#[cfg(test)]
mod tests {
    use super::{Fragment, turns};
    use crate::corpus::utterance::Utterance;

    fn said(label: Option<&str>, words: &str, times: Option<(f64, f64)>) -> Fragment {
        let (start_time, end_time) = (times.map(|(start, _)| start), times.map(|(_, end)| end));
        Utterance { label: label.map(str::to_owned), words: words.to_owned(), start_time, end_time }.into()
    }

    type Turn = (Option<String>, String, Option<f64>, Option<f64>);

    fn seen(fragments: Vec<Fragment>) -> Vec<Turn> {
        turns(fragments).into_iter().map(|turn| (turn.label, turn.words, turn.start_time, turn.end_time)).collect()
    }

    fn nobody(words: &str, start: f64, end: f64) -> Turn {
        (None, words.to_owned(), Some(start), Some(end))
    }

    #[test]
    fn a_sentence_a_pause_and_a_minute_end_a_paragraph_of_nobody() {
        let found = seen(vec![
            said(None, "The IT", Some((0.0, 2.0))),
            said(None, "manager does (it.)", Some((2.0, 4.0))),
            said(None, "So we", Some((4.0, 6.0))),
            said(None, "wait", Some((8.9, 9.5))),
            said(None, "and", Some((12.5, 13.0))),
            said(None, "on", Some((13.0, 73.0))),
            said(None, "and on", Some((73.0, 74.0))),
        ]);
        assert_eq!(
            found,
            [
                nobody("The IT manager does (it.)", 0.0, 4.0),
                nobody("So we wait", 4.0, 9.5),
                nobody("and on", 12.5, 73.0),
                nobody("and on", 73.0, 74.0)
            ]
        );
    }

    #[test]
    fn a_change_of_speaker_ends_it_too() {
        let mut other = said(None, "no", None);
        other.fresh = true;
        let found = seen(vec![said(None, "yes", None), other, said(Some("A"), "well", None), said(None, "so", None)]);
        let words: Vec<_> = found.iter().map(|(label, words, ..)| (label.as_deref(), words.as_str())).collect();
        assert_eq!(words, [(None, "yes"), (None, "no"), (Some("A"), "well"), (None, "so")]);
    }

    #[test]
    fn without_times_a_paragraph_still_ends() {
        let found = seen(vec![said(None, "word word word", None); 1_000]);
        assert!(found.len() > 5 && found.iter().all(|(_, words, ..)| words.len() < 1_600));
    }
}
