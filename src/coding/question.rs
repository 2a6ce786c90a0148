//! Which guide question each passage belongs to.

use crate::span::Span;

/// A cue that was found: its row, first token, and the position of its question in the guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cue {
    pub(super) row: u32,
    pub(super) token: u32,
    pub(super) question: usize,
}

impl Cue {
    pub(super) fn new(span: Span, question: usize) -> Self {
        Self { row: span.turn, token: span.start, question }
    }
}

/// The question of every row of one document: the last one whose cue an asking row (an interviewer turn or a
/// heading) has held. Of several questions in one row the one that is asked last counts, since that is what is
/// answered; of several at one place the first of the guide. The cues come in order of their rows.
pub(super) fn of_rows(rows: std::ops::Range<usize>, cues: &[Cue]) -> Vec<Option<usize>> {
    let (mut current, mut rest) = (None, cues);
    rows.map(|row| {
        let (asked, later) = rest.split_at(rest.partition_point(|cue| cue.row as usize <= row));
        rest = later;
        let last = asked.iter().max_by_key(|cue| (cue.token, std::cmp::Reverse(cue.question)));
        current = last.map(|cue| cue.question).or(current);
        current
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::{Cue, of_rows};

    #[test]
    fn a_question_holds_until_the_next_cue() {
        let cue = |row, token, question| Cue { row, token, question };
        let cues = [cue(11, 0, 0), cue(13, 4, 2), cue(13, 9, 1), cue(13, 9, 3), cue(15, 0, 0)];
        assert_eq!(of_rows(10..16, &cues), [None, Some(0), Some(0), Some(1), Some(1), Some(0)]);
    }
}
