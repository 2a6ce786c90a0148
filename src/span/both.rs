//! `AND`.

use super::minimal::minimal;
use super::turns::in_common;
use super::{Span, Spans};

/// The minimal covers of one span of each list that lie in one sentence. The spans may overlap.
/// `sentence_starts` gives the first tokens of the sentences of a turn.
pub(super) fn both<'s>(lists: &[&[Span]], sentence_starts: impl Fn(u32) -> &'s [u32]) -> Spans {
    let mut covers = Spans::new();
    let mut least_ends = vec![None; lists.len()];
    in_common(lists, |turn, lists| {
        let from = covers.len();
        of_turn(turn, lists, sentence_starts(turn), &mut least_ends, &mut covers);
        covers[from..].reverse();
    });
    minimal(covers)
}

/// Covers of one turn from the last to the first, all minimal ones among them.
///
/// From each start, going backwards, the least cover ends where the last of the operands has its first end; the first
/// end of an operand is a running minimum over the starts passed in the sentence.
fn of_turn(turn: u32, lists: &[&[Span]], sentence_starts: &[u32], least_ends: &mut [Option<u32>], covers: &mut Spans) {
    let mut rest = lists.to_vec();
    let (mut sentence_start, mut sentence_end) = (u32::MAX, u32::MAX);
    while let Some(start) = rest.iter().filter_map(|list| list.last()).map(|span| span.start).max() {
        if start < sentence_start {
            if rest.iter().any(|list| list.is_empty()) {
                return;
            }
            let next = sentence_starts.partition_point(|&first| first <= start);
            sentence_start = next.checked_sub(1).map_or(0, |sentence| sentence_starts[sentence]);
            sentence_end = sentence_starts.get(next).copied().unwrap_or(u32::MAX);
            least_ends.fill(None);
        }
        for (list, least_end) in rest.iter_mut().zip(&mut *least_ends) {
            while let Some((span, before)) = list.split_last().filter(|(span, _)| span.start == start) {
                if span.end <= sentence_end {
                    *least_end = Some(least_end.map_or(span.end, |end: u32| end.min(span.end)));
                }
                *list = before;
            }
        }
        // `None` is less than any end.
        if let Some(end) = least_ends.iter().min().copied().flatten().and(least_ends.iter().max().copied().flatten()) {
            covers.push(Span { turn, start, end });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::both;
    use crate::span::{Span, Spans};

    fn spans(places: &[(u32, u32)]) -> Spans {
        places.iter().map(|&(start, end)| Span::new(0, start, end)).collect()
    }

    #[test]
    fn a_cover_lies_in_one_sentence() {
        let a = spans(&[(0, 1), (5, 6)]);
        let b = spans(&[(2, 3), (9, 10)]);
        assert_eq!(both(&[&a, &b], |_| &[0, 4]), spans(&[(0, 3), (5, 10)]));
        assert_eq!(both(&[&a, &b], |_| &[0, 2, 4, 6]), []);
        assert_eq!(both(&[&a, &b], |_| &[0]), spans(&[(0, 3), (2, 6), (5, 10)]));
    }

    #[test]
    fn a_span_across_a_boundary_is_in_no_sentence() {
        let a = spans(&[(1, 3), (2, 3)]);
        let b = spans(&[(3, 4)]);
        assert_eq!(both(&[&a, &b], |_| &[0, 2]), spans(&[(2, 4)]));
        assert_eq!(both(&[&a[..1], &b], |_| &[0, 2]), []);
    }

    #[test]
    fn operands_may_overlap_or_be_the_same() {
        let a = spans(&[(0, 3)]);
        let b = spans(&[(1, 2), (2, 5)]);
        assert_eq!(both(&[&a, &b], |_| &[0]), spans(&[(0, 3)]));
        assert_eq!(both(&[&b, &b], |_| &[0]), b);
    }

    #[test]
    fn three_operands_in_any_order() {
        let a = spans(&[(0, 1), (4, 5)]);
        let b = spans(&[(1, 2)]);
        let c = spans(&[(2, 3), (3, 4)]);
        assert_eq!(both(&[&a, &b, &c], |_| &[0]), spans(&[(0, 3), (1, 5)]));
    }

    #[test]
    fn several_turns() {
        let a = [Span::new(0, 0, 1), Span::new(1, 0, 1), Span::new(3, 2, 3)];
        let b = [Span::new(0, 1, 2), Span::new(2, 0, 1), Span::new(3, 0, 1)];
        assert_eq!(both(&[&a, &b], |_| &[0]), [Span::new(0, 0, 2), Span::new(3, 0, 3)]);
    }
}
