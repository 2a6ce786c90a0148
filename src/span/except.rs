//! `EXCEPT`.

use super::overlap::Overlap;
use super::turns::with_other;
use super::{Span, Spans};

/// The spans of `left` that no span of `right` overlaps.
pub(super) fn except(left: &[Span], right: &[Span]) -> Spans {
    let mut kept = Spans::new();
    let mut overlap = Overlap::default();
    with_other(left, right, |_, here, there| {
        overlap.set(there);
        kept.extend(here.iter().filter(|span| !overlap.any(span.start, span.end)));
    });
    kept
}

#[cfg(test)]
mod tests {
    use super::except;
    use crate::span::Span;

    #[test]
    fn one_shared_token_is_enough() {
        // pay attention … pay
        let pay = [Span::new(0, 0, 1), Span::new(0, 5, 6), Span::new(1, 0, 1)];
        let pay_attention = [Span::new(0, 0, 2), Span::new(0, 6, 8)];
        assert_eq!(except(&pay, &pay_attention), [Span::new(0, 5, 6), Span::new(1, 0, 1)]);
        assert_eq!(except(&pay, &[]), pay);
        assert_eq!(except(&pay, &pay), []);
    }
}
