//! Whether any span of a list lies over a place.

use super::Span;

/// The spans of one turn, ready to be asked what they overlap.
#[derive(Debug, Default)]
pub(super) struct Overlap<'s> {
    spans: &'s [Span],
    /// For every span the furthest end among it and those before it.
    furthest: Vec<u32>,
}

impl<'s> Overlap<'s> {
    /// Takes the spans of another turn, sorted by start.
    pub(super) fn set(&mut self, spans: &'s [Span]) {
        self.spans = spans;
        self.furthest.clear();
        self.furthest.extend(spans.iter().scan(0, |furthest: &mut u32, span| {
            *furthest = span.end.max(*furthest);
            Some(*furthest)
        }));
    }

    /// Whether a span shares a token with `[start, end)`: of those that start before its end, the one that ends
    /// furthest must end after its start.
    pub(super) fn any(&self, start: u32, end: u32) -> bool {
        let before = self.spans.partition_point(|span| span.start < end);
        before > 0 && self.furthest[before - 1] > start
    }
}

#[cfg(test)]
mod tests {
    use super::Overlap;
    use crate::span::Span;

    #[test]
    fn a_long_early_span_is_not_forgotten() {
        let spans = [Span::new(0, 1, 9), Span::new(0, 2, 3), Span::new(0, 12, 13)];
        let mut overlap = Overlap::default();
        assert!(!overlap.any(0, 100));
        overlap.set(&spans);
        assert!(overlap.any(8, 9));
        assert!(!overlap.any(9, 12));
        assert!(!overlap.any(0, 1));
        assert!(overlap.any(10, 13));
        assert!(!overlap.any(13, 14));
    }
}
