//! What formats with times hold: pieces of speech, which have yet to become turns.

/// A caption, a row of a table, an annotation: words of one speaker, or of nobody known.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Utterance {
    /// The speaker's label, where there is one.
    pub(super) label: Option<String>,
    /// What was said.
    pub(super) words: String,
    /// Seconds from the start of the recording.
    pub(super) start_time: Option<f64>,
    /// Seconds at which it ends.
    pub(super) end_time: Option<f64>,
}

/// Utterances in the order of their start, those of one speaker that follow each other as one: their words parted by
/// a space, from the first start to the last end. Without words an utterance is left out. Utterances without a label
/// stay apart. If one has no start, all keep the order they came in.
pub(super) fn joined(mut utterances: Vec<Utterance>) -> Vec<Utterance> {
    utterances.retain(|utterance| !utterance.words.trim().is_empty());
    if utterances.iter().all(|utterance| utterance.start_time.is_some()) {
        let start = |utterance: &Utterance| utterance.start_time.unwrap_or_default();
        utterances.sort_by(|a, b| start(a).total_cmp(&start(b)));
    }
    let mut turns: Vec<Utterance> = Vec::new();
    for next in utterances {
        match turns.last_mut() {
            Some(last) if next.label.is_some() && last.label == next.label => {
                last.words.truncate(last.words.trim_end().len());
                last.words.push(' ');
                last.words.push_str(next.words.trim_start());
                last.end_time = match (last.end_time, next.end_time) {
                    (Some(last), Some(next)) => Some(last.max(next)),
                    (last, next) => next.or(last),
                };
            }
            _ => turns.push(next),
        }
    }
    turns
}

#[cfg(test)]
mod tests {
    use super::{Utterance, joined};

    fn said(label: &str, words: &str, times: Option<(f64, f64)>) -> Utterance {
        Utterance {
            label: (!label.is_empty()).then(|| label.to_owned()),
            words: words.to_owned(),
            start_time: times.map(|(start, _)| start),
            end_time: times.map(|(_, end)| end),
        }
    }

    #[test]
    fn what_one_speaker_says_on_end_is_one_turn() {
        let turns = joined(vec![
            said("A", "So we", Some((0.0, 1.0))),
            said("B", "right", Some((2.5, 2.8))),
            said("A", "lost it. ", Some((1.0, 2.0))),
            said("A", " ", Some((2.0, 2.1))),
            said("A", "All of it.", Some((3.0, 4.0))),
        ]);
        let expected = [
            said("A", "So we lost it. ", Some((0.0, 2.0))),
            said("B", "right", Some((2.5, 2.8))),
            said("A", "All of it.", Some((3.0, 4.0))),
        ];
        assert_eq!(turns, expected);
    }

    #[test]
    fn without_a_time_the_order_of_the_file_holds() {
        let turns = joined(vec![said("A", "one", Some((5.0, 6.0))), said("B", "two", None), said("B", "three", None)]);
        assert_eq!(turns, [said("A", "one", Some((5.0, 6.0))), said("B", "two three", None)]);
    }

    #[test]
    fn nobody_twice_stays_two_pieces() {
        assert_eq!(joined(vec![said("", "one", None), said("", "two", None)]).len(), 2);
    }
}
