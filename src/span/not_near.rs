//! `NOT NEAR/n`, `NOT BEFORE/n` and `NOT AFTER/n`.

use super::near::within;
use super::turns::with_other;
use super::{Span, Spans};
use crate::pattern::Order;

/// The spans of `left` that make no pair with any span of `right`, where a pair is what `near` with the same order
/// and distance covers.
pub(super) fn not_near(left: &[Span], right: &[Span], order: Order, distance: u32) -> Spans {
    let mut kept = Spans::new();
    let mut ends = Vec::new();
    with_other(left, right, |_, here, there| {
        ends.clear();
        if order != Order::LeftFirst {
            ends.extend(there.iter().map(|span| span.end));
            ends.sort_unstable();
        }
        kept.extend(here.iter().filter(|span| {
            let follows = || order != Order::RightFirst && start_after(there, span.end, distance);
            let precedes = || order != Order::LeftFirst && end_before(&ends, span.start, distance);
            !follows() && !precedes()
        }));
    });
    kept
}

/// Whether a span starts within reach after `end`: if any does, the first one does.
fn start_after(spans: &[Span], end: u32, distance: u32) -> bool {
    let next = spans.partition_point(|span| span.start < end);
    spans.get(next).is_some_and(|span| within(end, span.start, distance))
}

/// Whether a span ends within reach before `start`: if any does, the last one does.
fn end_before(ends: &[u32], start: u32, distance: u32) -> bool {
    let next = ends.partition_point(|&end| end <= start);
    next > 0 && within(ends[next - 1], start, distance)
}

#[cfg(test)]
mod tests {
    use super::not_near;
    use crate::pattern::Order;
    use crate::span::{Span, Spans};

    fn spans(places: &[(u32, u32)]) -> Spans {
        places.iter().map(|&(start, end)| Span::new(0, start, end)).collect()
    }

    #[test]
    fn the_order_says_on_which_side_to_look() {
        // secure [1,2) with "not" at 0; secure [5,6) with "not" at 8.
        let secure = spans(&[(1, 2), (5, 6)]);
        let not = spans(&[(0, 1), (8, 9)]);
        assert_eq!(not_near(&secure, &not, Order::RightFirst, 3), spans(&[(5, 6)]));
        assert_eq!(not_near(&secure, &not, Order::LeftFirst, 3), spans(&[(1, 2)]));
        assert_eq!(not_near(&secure, &not, Order::Any, 3), []);
        assert_eq!(not_near(&secure, &not, Order::Any, 2), spans(&[(5, 6)]));
    }

    #[test]
    fn an_overlapping_span_is_no_neighbour() {
        let a = spans(&[(2, 4)]);
        assert_eq!(not_near(&a, &spans(&[(1, 3), (3, 5)]), Order::Any, 9), a);
        assert_eq!(not_near(&a, &spans(&[(0, 9), (1, 2)]), Order::Any, 1), []);
    }

    #[test]
    fn another_turn_is_out_of_reach() {
        let a = [Span::new(1, 0, 1)];
        let b = [Span::new(0, 0, 1), Span::new(2, 1, 2)];
        assert_eq!(not_near(&a, &b, Order::Any, u32::MAX), a);
    }
}
