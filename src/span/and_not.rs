//! `AND NOT`.

use super::overlap::Overlap;
use super::turns::with_other;
use super::{Span, Spans};

/// The spans of `left` that touch no sentence which a span of `right` touches.
/// `sentence_starts` gives the first tokens of the sentences of a turn.
pub(super) fn and_not<'s>(left: &[Span], right: &[Span], sentence_starts: impl Fn(u32) -> &'s [u32]) -> Spans {
    let mut kept = Spans::new();
    let mut overlap = Overlap::default();
    with_other(left, right, |turn, here, there| {
        overlap.set(there);
        let starts = sentence_starts(turn);
        kept.extend(here.iter().filter(|span| {
            let (start, end) = sentences_around(**span, starts);
            !overlap.any(start, end)
        }));
    });
    kept
}

/// From the start of the first sentence that a span touches to the end of the last.
fn sentences_around(span: Span, sentence_starts: &[u32]) -> (u32, u32) {
    let first = sentence_starts.partition_point(|&start| start <= span.start);
    let next = sentence_starts.partition_point(|&start| start < span.end);
    let start = first.checked_sub(1).map_or(0, |sentence| sentence_starts[sentence]);
    (start, sentence_starts.get(next).copied().unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::and_not;
    use crate::span::{Span, Spans};

    fn spans(places: &[(u32, u32)]) -> Spans {
        places.iter().map(|&(start, end)| Span::new(0, start, end)).collect()
    }

    #[test]
    fn one_touch_of_the_sentence_is_enough() {
        let a = spans(&[(0, 1), (4, 5), (8, 9)]);
        let b = spans(&[(2, 3), (7, 8)]);
        // Sentences [0,3), [3,6), [6,…): b is in the first and the last.
        assert_eq!(and_not(&a, &b, |_| &[0, 3, 6]), spans(&[(4, 5)]));
        assert_eq!(and_not(&a, &b, |_| &[0]), []);
        assert_eq!(and_not(&a, &[], |_| &[0]), a);
    }

    #[test]
    fn a_span_over_two_sentences_touches_both() {
        let a = spans(&[(2, 4)]);
        assert_eq!(and_not(&a, &spans(&[(0, 1)]), |_| &[0, 3, 6]), []);
        assert_eq!(and_not(&a, &spans(&[(5, 6)]), |_| &[0, 3, 6]), []);
        assert_eq!(and_not(&a, &spans(&[(6, 7)]), |_| &[0, 3, 6]), a);
        // The other way round: b reaches from the first into the second.
        assert_eq!(and_not(&spans(&[(4, 5)]), &spans(&[(2, 4)]), |_| &[0, 3, 6]), []);
    }

    #[test]
    fn another_turn_does_not_matter() {
        let a = [Span::new(0, 0, 1), Span::new(2, 0, 1)];
        let b = [Span::new(1, 0, 1), Span::new(2, 1, 2)];
        assert_eq!(and_not(&a, &b, |_| &[0]), [Span::new(0, 0, 1)]);
    }
}
