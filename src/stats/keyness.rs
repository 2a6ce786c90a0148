//! How much more frequent a word is in one text than in another.

use super::association::g2;

/// The keyness of a word with frequency a in a text of c words and b in another of d words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Keyness {
    /// Log-likelihood ratio 2 Σ O ln(O/E) over the four cells word/other × text/other text (Dunning 1993).
    pub g2: f64,
    /// log₂((a/c) / (b/d)), with ½ for a frequency of 0 (Hardie 2014): 1 is twice as frequent, −1 half as frequent.
    pub log_ratio: f64,
    /// The chance of a G² at least as large if the word were equally frequent: χ² with one degree of freedom. It
    /// takes words to be independent of one another, which they are not.
    pub p: f64,
}

impl Keyness {
    /// The keyness; `None` if one of the texts is empty.
    ///
    /// Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. *Computational
    /// Linguistics, 19*(1), 61–74. Hardie, A. (2014). Log Ratio: An informal introduction. ESRC Centre for Corpus
    /// Approaches to Social Science.
    ///
    /// # Panics
    /// If a word is more frequent than its text has words.
    pub fn of(a: u64, b: u64, c: u64, d: u64) -> Option<Self> {
        assert!(a <= c && b <= d, "{a} of {c} and {b} of {d} words");
        if c == 0 || d == 0 {
            return None;
        }
        let g2 = g2(c + d, c, a + b, a).max(0.0);
        let half = |count: u64| if count == 0 { 0.5 } else { count as f64 };
        let log_ratio = libm::log2((half(a) / c as f64) / (half(b) / d as f64));
        // P(χ²₁ > x) = erfc(√(x/2)).
        Some(Self { g2, log_ratio, p: libm::erfc((g2 / 2.0).sqrt()) })
    }
}

#[cfg(test)]
mod tests {
    use super::Keyness;

    #[test]
    fn the_ratio_counts_doublings() {
        // 8 in 100 against 2 in 100: four times as frequent.
        let key = Keyness::of(8, 2, 100, 100).expect("two texts");
        assert!((key.log_ratio - 2.0).abs() < 1e-12);
        // Never against 1 in 100, taken for a half in 100.
        let key = Keyness::of(0, 1, 100, 100).expect("two texts");
        assert!((key.log_ratio + 1.0).abs() < 1e-12);
    }

    #[test]
    fn equal_frequencies_are_no_surprise() {
        let key = Keyness::of(5, 50, 100, 1000).expect("two texts");
        assert!(key.g2.abs() < 1e-9 && (key.p - 1.0).abs() < 1e-4 && key.log_ratio.abs() < 1e-12);
        assert_eq!(Keyness::of(0, 0, 0, 5), None);
    }

    #[test]
    fn the_likelihood_ratio_by_hand() {
        // Observed 8, 92, 2, 98; expected 5, 95, 5, 95.
        let expected = 2.0
            * (8.0 * (8.0_f64 / 5.0).ln()
                + 2.0 * (2.0_f64 / 5.0).ln()
                + 92.0 * (92.0_f64 / 95.0).ln()
                + 98.0 * (98.0_f64 / 95.0).ln());
        let key = Keyness::of(8, 2, 100, 100).expect("two texts");
        assert!((key.g2 - expected).abs() < 1e-9, "{} {expected}", key.g2);
    }
}
