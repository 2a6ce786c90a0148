//! Overlapping codings of one code.

use std::cmp::Reverse;

use super::Span;

/// Of the spans that the patterns of one code found, those that stand: leftmost first, then the longest, then the
/// one of the first pattern; each kept span rules out those that overlap it. The number is the pattern's.
pub fn resolve(mut found: Vec<(Span, usize)>) -> Vec<(Span, usize)> {
    // Turn and start in one number: most comparisons end there. The lists of the patterns ascend, so the stable sort
    // merges them.
    found.sort_by_key(|&(span, pattern)| {
        (u64::from(span.turn) << 32 | u64::from(span.start), Reverse(span.end), pattern)
    });
    let mut last: Option<Span> = None;
    found.retain(|&(span, _)| {
        // The last one kept reaches furthest, so it alone need be asked.
        let stands = last.is_none_or(|last| !last.overlaps(span));
        if stands {
            last = Some(span);
        }
        stands
    });
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Strategy, any, proptest};
    use proptest::{collection, prop_assert_eq};

    use super::resolve;
    use crate::span::Span;

    fn span(start: u32, end: u32) -> Span {
        Span::new(0, start, end)
    }

    #[test]
    fn leftmost_then_longest_then_first_pattern() {
        let found = vec![(span(1, 9), 0), (span(0, 2), 3), (span(0, 3), 2), (span(0, 3), 1), (span(3, 4), 5)];
        assert_eq!(resolve(found), [(span(0, 3), 1), (span(3, 4), 5)]);
    }

    #[test]
    fn a_dropped_span_rules_nothing_out() {
        let found = vec![(span(0, 2), 0), (span(1, 5), 0), (span(4, 6), 0)];
        assert_eq!(resolve(found), [(span(0, 2), 0), (span(4, 6), 0)]);
    }

    #[test]
    fn turns_do_not_overlap() {
        let found = vec![(Span::new(1, 0, 2), 0), (Span::new(0, 0, 2), 1)];
        assert_eq!(resolve(found), [(Span::new(0, 0, 2), 1), (Span::new(1, 0, 2), 0)]);
    }

    /// Takes the best of all that are left, again and again.
    fn naive(mut found: Vec<(Span, usize)>) -> Vec<(Span, usize)> {
        let mut kept = Vec::new();
        while let Some(best) = found.iter().copied().reduce(|a, b| if precedes(b, a) { b } else { a }) {
            found.retain(|(span, _)| {
                span.turn != best.0.turn
                    || (span.start..span.end).all(|token| token < best.0.start || token >= best.0.end)
            });
            kept.push(best);
        }
        kept
    }

    fn precedes(a: (Span, usize), b: (Span, usize)) -> bool {
        if a.0.turn != b.0.turn {
            a.0.turn < b.0.turn
        } else if a.0.start != b.0.start {
            a.0.start < b.0.start
        } else if a.0.end != b.0.end {
            a.0.end > b.0.end
        } else {
            a.1 < b.1
        }
    }

    fn found() -> impl Strategy<Value = Vec<(Span, usize)>> {
        let one = (0u32..3, 0u32..12, 1u32..6, any::<u8>());
        let one = one.prop_map(|(turn, start, length, pattern)| {
            (Span::new(turn, start, start + length), usize::from(pattern % 4))
        });
        collection::vec(one, 0..24)
    }

    proptest! {
        #[test]
        fn agrees_with_taking_the_best_again_and_again(found in found()) {
            prop_assert_eq!(resolve(found.clone()), naive(found));
        }
    }
}
