//! Minimal covers.

use super::Spans;

/// Drops every span that contains another one of the list. Linear: those that remain at any point rise in both
/// start and end, so that only the last of them need be compared.
pub(super) fn minimal(spans: Spans) -> Spans {
    let mut kept = Spans::with_capacity(spans.len());
    for span in spans {
        if kept.last().is_some_and(|last| (last.turn, last.start) == (span.turn, span.start)) {
            continue;
        }
        while kept.last().is_some_and(|last| last.turn == span.turn && last.end >= span.end) {
            kept.pop();
        }
        kept.push(span);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::minimal;
    use crate::span::Span;

    #[test]
    fn a_span_that_contains_another_is_dropped() {
        let spans = [(0, 0, 9), (0, 1, 4), (0, 1, 5), (0, 2, 4), (0, 3, 8), (1, 0, 2), (1, 2, 3)];
        let spans = spans.map(|(turn, start, end)| Span::new(turn, start, end)).to_vec();
        assert_eq!(minimal(spans), [Span::new(0, 2, 4), Span::new(0, 3, 8), Span::new(1, 0, 2), Span::new(1, 2, 3)]);
    }
}
