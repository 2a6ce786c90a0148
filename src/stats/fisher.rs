//! Fisher's exact test of a 2×2 table.

/// How much likelier than the observed table another may seem and still count as no likelier: equally likely tables
/// differ by rounding. R's `fisher.test` uses the same.
const TIE: f64 = 1.0 + 1e-7;

/// The weight of the likeliest table. Only ratios of weights matter; starting high leaves room below, so that no
/// p value that a double can hold is lost to underflow.
const MODE_WEIGHT: f64 = 1e290;

/// Terms that are smaller than this share of what has been summed no longer change it.
const NEGLIGIBLE: f64 = 1e-20;

/// The two-sided p value of Fisher's exact test of the table
///
/// ```text
/// a b
/// c d
/// ```
///
/// Among all tables with the same margins, the sum of the hypergeometric probabilities of those no likelier than the
/// observed one, up to a relative tolerance of 1e-7 (Fisher 1935, *The Design of Experiments*, ch. 2; the two-sided
/// sum is that of R's `fisher.test`). It assumes that the units counted are independent.
///
/// A table with a margin of 0 is the only one with its margins; its p value is 1. A p value below the smallest double
/// (5e-324) is 0.
///
/// Probabilities are taken relative to that of the likeliest table and reached from it by the ratio of neighbouring
/// tables, outwards until they no longer matter: some dozen standard deviations, at most in the order of √N steps.
///
/// ```
/// // The lady tasting tea: of 8 cups, milk first in 4; she names 3 of the 4. By hand: (16 + 1 + 16 + 1) / 70.
/// let p = qualcode::stats::fisher_two_sided(3, 1, 1, 3);
/// assert!((p - 34.0 / 70.0).abs() < 1e-12);
/// ```
pub fn fisher_two_sided(a: u64, b: u64, c: u64, d: u64) -> f64 {
    let margins = Margins { row: a + b, column: a + c, total: a + b + c + d };
    let mode = margins.mode();
    let observed = if a >= mode {
        margins.above(mode).find(|(cell, _)| *cell == a).map_or(0.0, |(_, weight)| weight)
    } else {
        margins.below(mode).find(|(cell, _)| *cell == a).map_or(0.0, |(_, weight)| weight)
    };
    if observed == 0.0 {
        return 0.0;
    }
    let mut sums = Sums { no_likelier: 0.0, likelier: 0.0, limit: observed * TIE };
    sums.add(margins.above(mode));
    sums.add(margins.below(mode).skip(1));
    sums.no_likelier / (sums.no_likelier + sums.likelier)
}

/// What all tables of a test share.
#[derive(Clone, Copy)]
struct Margins {
    row: u64,
    column: u64,
    total: u64,
}

impl Margins {
    /// The least and the greatest value that the upper left cell can have.
    fn support(self) -> (u64, u64) {
        ((self.row + self.column).saturating_sub(self.total), self.row.min(self.column))
    }

    /// The likeliest value of the upper left cell.
    fn mode(self) -> u64 {
        let product = (u128::from(self.row) + 1) * (u128::from(self.column) + 1);
        let mode = product / (u128::from(self.total) + 2);
        let (least, greatest) = self.support();
        u64::try_from(mode).unwrap_or(greatest).clamp(least, greatest)
    }

    /// How much likelier a table with `cell + 1` is than one with `cell`.
    fn ratio(self, cell: u64) -> f64 {
        // The lower right cell after the step, ordered so that no intermediate value is negative.
        let opposite = (self.total - self.row) - (self.column - cell) + 1;
        ((self.row - cell) as f64 * (self.column - cell) as f64) / ((cell + 1) as f64 * opposite as f64)
    }

    /// Cells and weights from the mode upwards, until the support or the range of a double ends.
    fn above(self, mode: u64) -> impl Iterator<Item = (u64, f64)> {
        let (_, greatest) = self.support();
        let step = move |(cell, weight): &(u64, f64)| {
            let next = (cell + 1, weight * if *cell < greatest { self.ratio(*cell) } else { 0.0 });
            (next.1 > 0.0).then_some(next)
        };
        std::iter::successors(Some((mode, MODE_WEIGHT)), step)
    }

    /// Cells and weights from the mode downwards, until the support or the range of a double ends.
    fn below(self, mode: u64) -> impl Iterator<Item = (u64, f64)> {
        let (least, _) = self.support();
        let step = move |(cell, weight): &(u64, f64)| {
            let next = if *cell > least { (cell - 1, weight / self.ratio(cell - 1)) } else { (*cell, 0.0) };
            (next.1 > 0.0).then_some(next)
        };
        std::iter::successors(Some((mode, MODE_WEIGHT)), step)
    }
}

/// Weights of the tables met so far, parted by the observed table's weight.
struct Sums {
    no_likelier: f64,
    likelier: f64,
    limit: f64,
}

impl Sums {
    fn add(&mut self, weights: impl Iterator<Item = (u64, f64)>) {
        for (_, weight) in weights {
            // Weights fall outwards, so what follows is smaller still; a likelier table is never negligible, since
            // the observed one has been summed or is yet to come on this side.
            if weight < self.no_likelier * NEGLIGIBLE {
                break;
            }
            if weight <= self.limit {
                self.no_likelier += weight;
            } else {
                self.likelier += weight;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fisher_two_sided;

    fn assert_close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() <= 1e-12 * expected.abs(), "{actual} instead of {expected}");
    }

    #[test]
    fn tea_tasting() {
        // C(4,k)² / C(8,4) for k = 0..4: 1, 16, 36, 16, 1 of 70.
        assert_close(fisher_two_sided(4, 0, 0, 4), 2.0 / 70.0);
        assert_close(fisher_two_sided(3, 1, 1, 3), 34.0 / 70.0);
        assert_close(fisher_two_sided(1, 3, 3, 1), 34.0 / 70.0);
        assert_eq!(fisher_two_sided(2, 2, 2, 2), 1.0);
    }

    #[test]
    fn convictions_of_twins() {
        // Fisher 1925: 10 of 13 monozygotic and 2 of 17 dizygotic twins of convicts were convicted. Weights
        // C(13,k)·C(17,12−k) over C(30,12) = 86,493,225. No likelier than k = 10 (286·136 = 38,896): k = 11
        // (78·17 = 1,326), k = 12 (13), and from below k = 0 (6,188); k = 1 (13·12,376 = 160,888) is likelier.
        assert_close(fisher_two_sided(10, 3, 2, 15), (38_896.0 + 1_326.0 + 13.0 + 6_188.0) / 86_493_225.0);
    }

    #[test]
    fn the_sole_table_of_its_margins() {
        for (a, b, c, d) in [(0, 0, 0, 0), (0, 0, 3, 4), (0, 5, 0, 7), (6, 0, 2, 0), (3, 9, 0, 0)] {
            assert_eq!(fisher_two_sided(a, b, c, d), 1.0);
        }
    }

    #[test]
    fn symmetric_in_rows_and_columns() {
        let p = fisher_two_sided(12, 30, 45, 913);
        for turned in [(12, 45, 30, 913), (913, 45, 30, 12), (30, 12, 913, 45), (45, 913, 12, 30)] {
            assert_close(fisher_two_sided(turned.0, turned.1, turned.2, turned.3), p);
        }
    }

    #[test]
    fn ten_million_units() {
        // Exactly independent halves: the observed table is the likeliest one.
        assert_eq!(fisher_two_sided(2_500_000, 2_500_000, 2_500_000, 2_500_000), 1.0);
        // Complete association of halves: 2 / C(10^7, 5·10^6), far below the smallest double.
        assert_eq!(fisher_two_sided(5_000_000, 0, 0, 5_000_000), 0.0);
        // One unit with both, where a and b have one each: 1 / 10^7.
        assert_close(fisher_two_sided(1, 0, 0, 9_999_999), 1e-7);
    }

    #[test]
    fn smallest_p_values_are_kept() {
        // 2 / C(1020, 510); ln C(2m, m) = 2m ln 2 − ln(πm)/2 − 1/(8m) + 1/(192 m³) − …
        let m = 510.0_f64;
        let ln_c = 2.0 * m * 2.0_f64.ln() - (std::f64::consts::PI * m).ln() / 2.0 - 1.0 / (8.0 * m)
            + 1.0 / (192.0 * m.powi(3));
        let expected = (2.0_f64.ln() - ln_c).exp();
        let p = fisher_two_sided(510, 0, 0, 510);
        assert!((p / expected - 1.0).abs() < 1e-9, "{p} instead of {expected}");
    }
}
