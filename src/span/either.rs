//! `OR` and `|`.

use super::{Span, Spans};

/// The spans of every list, without duplicates.
pub(super) fn either(lists: &[&[Span]]) -> Spans {
    let mut spans = lists.concat();
    // The stable sort finds the sorted runs and merges them.
    spans.sort();
    spans.dedup();
    spans
}

#[cfg(test)]
mod tests {
    use super::either;
    use crate::span::Span;

    #[test]
    fn a_span_of_two_alternatives_is_found_once_and_nesting_ones_stay() {
        let a = [Span::new(0, 1, 2), Span::new(1, 0, 1)];
        let b = [Span::new(0, 0, 4), Span::new(0, 1, 2), Span::new(0, 1, 3)];
        let found = [Span::new(0, 0, 4), Span::new(0, 1, 2), Span::new(0, 1, 3), Span::new(1, 0, 1)];
        assert_eq!(either(&[&a, &b, &[]]), found);
    }
}
