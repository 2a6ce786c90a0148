//! Which spans overlap which, by label.

use std::collections::BTreeMap;

use crate::span::Span;

/// For each pair of different labels a, b: how many spans of a share a token with a span of b. The spans are sorted.
pub(super) fn overlaps(spans: &[(Span, usize)]) -> BTreeMap<(usize, usize), u64> {
    let mut open: Vec<usize> = Vec::new();
    // A span and the label of one that it overlaps.
    let mut met: Vec<(usize, usize)> = Vec::new();
    for (at, &(span, label)) in spans.iter().enumerate() {
        open.retain(|&other| spans[other].0.turn == span.turn && spans[other].0.end > span.start);
        for &other in &open {
            let other_label = spans[other].1;
            if other_label != label {
                met.push((at, other_label));
                met.push((other, label));
            }
        }
        open.push(at);
    }
    met.sort_unstable();
    met.dedup();
    let mut counts = BTreeMap::new();
    for (at, label) in met {
        *counts.entry((spans[at].1, label)).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::overlaps;
    use crate::span::Span;

    #[test]
    fn a_span_counts_once_for_each_label_it_meets() {
        let span = |turn, start, end, label| (Span::new(turn, start, end), label);
        // Label 0 reaches over two spans of label 1; a third of label 1 stands alone, and so does one in another turn.
        let spans = [span(0, 0, 5, 0), span(0, 1, 2, 1), span(0, 3, 4, 1), span(0, 5, 6, 1), span(1, 0, 9, 1)];
        let counts: Vec<_> = overlaps(&spans).into_iter().collect();
        assert_eq!(counts, [((0, 1), 1), ((1, 0), 2)]);
    }
}
