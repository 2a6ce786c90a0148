//! `NEAR/n`, `BEFORE/n` and `AFTER/n`.

use std::collections::VecDeque;

use super::minimal::minimal;
use super::turns::in_common;
use super::{Span, Spans};
use crate::pattern::Order;

/// The minimal covers of a span of `left` and one of `right` that do not overlap, come in the order asked for and
/// are at most `distance` apart: the later span's first token minus the earlier span's last token.
pub(super) fn near(left: &[Span], right: &[Span], order: Order, distance: u32) -> Spans {
    let mut covers = Spans::new();
    in_common(&[left, right], |_, lists| {
        let from = covers.len();
        if order != Order::RightFirst {
            in_order(lists[0], lists[1], distance, &mut covers);
        }
        if order != Order::LeftFirst {
            in_order(lists[1], lists[0], distance, &mut covers);
        }
        covers[from..].sort();
    });
    minimal(covers)
}

/// Whether `later`, which starts at or after `end`, is at most `distance` from a span that ends there.
pub(super) fn within(end: u32, start: u32, distance: u32) -> bool {
    end <= start && start - end < distance
}

/// Covers of a span of `earlier` and one of `later` of the same turn, all minimal ones among them.
///
/// Of the earlier spans with the same end only the shortest can be in a minimal cover, and for each of them only the
/// reachable later span that ends first. In order of the ends the reachable starts move forward like a window, whose
/// least end a queue of rising ends keeps at hand: linear, however long the distance and however the spans nest.
fn in_order(earlier: &[Span], later: &[Span], distance: u32, covers: &mut Spans) {
    let mut earlier = earlier.to_vec();
    earlier.sort_by_key(|span| (span.end, std::cmp::Reverse(span.start)));
    earlier.dedup_by_key(|span| span.end);

    let mut later = later.iter().peekable();
    let mut window: VecDeque<&Span> = VecDeque::new();
    for first in earlier {
        while let Some(second) =
            later.next_if(|second| second.start < first.end || within(first.end, second.start, distance))
        {
            while window.back().is_some_and(|back| back.end >= second.end) {
                window.pop_back();
            }
            window.push_back(second);
        }
        while window.front().is_some_and(|front| front.start < first.end) {
            window.pop_front();
        }
        if let Some(second) = window.front() {
            covers.push(Span { end: second.end, ..first });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::near;
    use crate::pattern::Order;
    use crate::span::{Span, Spans};

    fn spans(places: &[(u32, u32)]) -> Spans {
        places.iter().map(|&(start, end)| Span::new(0, start, end)).collect()
    }

    #[test]
    fn adjacent_is_one_apart() {
        let a = spans(&[(0, 1)]);
        let b = spans(&[(1, 2)]);
        assert_eq!(near(&a, &b, Order::LeftFirst, 1), spans(&[(0, 2)]));
        assert_eq!(near(&a, &b, Order::RightFirst, 9), []);
        let c = spans(&[(3, 4)]);
        assert_eq!(near(&a, &c, Order::LeftFirst, 2), []);
        assert_eq!(near(&a, &c, Order::LeftFirst, 3), spans(&[(0, 4)]));
        assert_eq!(near(&c, &a, Order::RightFirst, 3), spans(&[(0, 4)]));
        assert_eq!(near(&c, &a, Order::Any, u32::MAX), spans(&[(0, 4)]));
    }

    #[test]
    fn only_minimal_covers_stay() {
        // a a b b: only the inner pair.
        let a = spans(&[(0, 1), (1, 2)]);
        let b = spans(&[(2, 3), (3, 4)]);
        assert_eq!(near(&a, &b, Order::LeftFirst, 5), spans(&[(1, 3)]));
        // a b a: both pairs.
        let a = spans(&[(0, 1), (2, 3)]);
        let b = spans(&[(1, 2)]);
        assert_eq!(near(&a, &b, Order::Any, 5), spans(&[(0, 2), (1, 3)]));
    }

    #[test]
    fn operands_that_overlap_are_no_pair() {
        let a = spans(&[(0, 3)]);
        let b = spans(&[(1, 2), (2, 5), (3, 4)]);
        assert_eq!(near(&a, &b, Order::Any, 9), spans(&[(0, 4)]));
        assert_eq!(near(&a, &a, Order::Any, 9), []);
    }

    #[test]
    fn a_long_near_span_is_taken_when_the_short_one_is_out_of_reach() {
        let a = spans(&[(0, 1)]);
        let b = spans(&[(3, 10), (8, 9)]);
        assert_eq!(near(&a, &b, Order::LeftFirst, 4), spans(&[(0, 10)]));
        assert_eq!(near(&a, &b, Order::LeftFirst, 8), spans(&[(0, 9)]));
    }

    #[test]
    fn a_span_passed_over_by_a_long_one_is_still_found_for_a_short_one() {
        // The second a ends before the first does.
        let a = spans(&[(0, 6), (2, 3)]);
        let b = spans(&[(4, 5), (7, 8)]);
        assert_eq!(near(&a, &b, Order::LeftFirst, 2), spans(&[(2, 5)]));
    }
}
