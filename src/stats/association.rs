//! How strongly two things that are present or absent in each of N units go together.

use super::fisher::fisher_two_sided;

/// Every measure of one pair, from its 2×2 table; `None` where a measure is undefined. The fields are the columns
/// of the `cooccurrence` table.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Association {
    /// Expected number of units with both, `n_a n_b / N`.
    pub expected: Option<f64>,
    /// `n_ab / (n_a + n_b − n_ab)`.
    pub jaccard: Option<f64>,
    /// `2 n_ab / (n_a + n_b)`.
    pub dice: Option<f64>,
    /// `n_ab / √(n_a n_b)`.
    pub ochiai: Option<f64>,
    /// Szymkiewicz–Simpson, `n_ab / min(n_a, n_b)`.
    pub overlap_coefficient: Option<f64>,
    /// `n_ab / expected`.
    pub lift: Option<f64>,
    /// `log2(lift)`; `None` where n_ab is 0.
    pub pmi: Option<f64>,
    /// `pmi / −log2(n_ab / N)`; −1 where n_ab is 0 (Bouma 2009).
    pub npmi: Option<f64>,
    /// Pearson's r of the two 0/1 variables.
    pub phi: Option<f64>,
    /// Odds ratio; with 0.5 added to all four cells where one is 0 (Haldane–Anscombe).
    pub odds_ratio: Option<f64>,
    /// Whether that 0.5 was added.
    pub odds_ratio_corrected: Option<bool>,
    /// `2 Σ O ln(O/E)` (Dunning 1993).
    pub g2: Option<f64>,
    /// Fisher's exact test, two-sided, as if the units were independent.
    pub p_fisher_iid: Option<f64>,
    /// `n_ab / n_a`.
    pub share_b_given_a: Option<f64>,
    /// `n_ab / n_b`.
    pub share_a_given_b: Option<f64>,
    /// Share of b with a, minus share of b without a.
    pub delta_p_b_given_a: Option<f64>,
    /// Share of a with b, minus share of a without b.
    pub delta_p_a_given_b: Option<f64>,
}

impl Association {
    /// The measures of two things of which the one is present in `n_a` of `n` units, the other in `n_b`, and both in
    /// `n_ab`. The formulas are those beside the fields.
    ///
    /// Undefined, hence `None`:
    /// - everything where `n` is 0;
    /// - `jaccard` and `dice` where neither thing is ever present;
    /// - `ochiai`, `overlap_coefficient`, `lift`, `pmi` and `npmi` where one of them is never present;
    /// - `pmi` where they are never together, and `npmi` where they are together in every unit (0/0);
    /// - `phi` and the odds ratio where one of them is present in no unit or in all;
    /// - `share_b_given_a` where a is never present; `delta_p_b_given_a` where a is present in no unit or in all; and
    ///   likewise with a and b exchanged.
    ///
    /// `g2` is then 0 and `p_fisher_iid` 1, as their definitions have it.
    ///
    /// ```
    /// use qualcode::stats::Association;
    /// // 20 turns; "delegation" in 8, "incident" in 5, both in 4. The table is 4 4 / 1 11.
    /// let measures = Association::of(20, 8, 5, 4);
    /// let close = |measure: Option<f64>, expected: f64| (measure.unwrap_or(f64::NAN) - expected).abs() < 1e-12;
    /// assert!(close(measures.expected, 2.0)); // 8 · 5 / 20
    /// assert!(close(measures.jaccard, 4.0 / 9.0)); // 4 of the 9 turns with either
    /// assert!(close(measures.lift, 2.0)); // twice as often as expected
    /// assert!(close(measures.pmi, 1.0)); // log2(2)
    /// assert!(close(measures.odds_ratio, 11.0)); // (4 · 11) / (4 · 1)
    /// assert!(close(measures.delta_p_b_given_a, 5.0 / 12.0)); // 4/8 − 1/12
    /// ```
    ///
    /// # Panics
    /// If the counts are not those of any units: `n_ab` above `n_a` or `n_b`, or more units with either than `n`.
    pub fn of(n: u64, n_a: u64, n_b: u64, n_ab: u64) -> Self {
        assert!(
            n_ab <= n_a && n_ab <= n_b && n_a <= n && n_b - n_ab <= n - n_a,
            "no {n} units have a in {n_a}, b in {n_b} and both in {n_ab}"
        );
        if n == 0 {
            return Self::default();
        }
        let (total, a, b, ab) = (n as f64, n_a as f64, n_b as f64, n_ab as f64);
        let (not_a, not_b) = ((n - n_a) as f64, (n - n_b) as f64);
        let excess = excess(n, n_a, n_b, n_ab);
        let odds_ratio = odds_ratio(n, n_a, n_b, n_ab);
        Self {
            expected: Some(a * b / total),
            jaccard: quotient(ab, (n_a - n_ab) as f64 + b),
            dice: quotient(2.0 * ab, a + b),
            ochiai: quotient(ab, (a * b).sqrt()),
            overlap_coefficient: quotient(ab, a.min(b)),
            lift: quotient(ab * total, a * b),
            pmi: pmi(n, n_a, n_b, n_ab),
            npmi: npmi(n, n_a, n_b, n_ab),
            // Grouped so that complete association is exactly 1: the root of a square.
            phi: quotient(excess, ((a * not_a) * (b * not_b)).sqrt()),
            odds_ratio: odds_ratio.map(|(ratio, _)| ratio),
            odds_ratio_corrected: odds_ratio.map(|(_, corrected)| corrected),
            g2: Some(g2(n, n_a, n_b, n_ab)),
            p_fisher_iid: Some(fisher_two_sided(n_ab, n_a - n_ab, n_b - n_ab, (n - n_a) - (n_b - n_ab))),
            share_b_given_a: quotient(ab, a),
            share_a_given_b: quotient(ab, b),
            // n_ab/n_a − (n_b − n_ab)/(N − n_a), over one denominator.
            delta_p_b_given_a: quotient(excess, a * not_a),
            delta_p_a_given_b: quotient(excess, b * not_b),
        }
    }
}

/// `numerator / denominator`, or `None` where the denominator is 0.
fn quotient(numerator: f64, denominator: f64) -> Option<f64> {
    (denominator > 0.0).then(|| numerator / denominator)
}

/// `N n_ab − n_a n_b`, which is the determinant of the table and N times what is observed beyond expectation. The
/// difference is taken in whole numbers: near independence nothing of it would be left in doubles.
fn excess(n: u64, n_a: u64, n_b: u64, n_ab: u64) -> f64 {
    difference(product(n, n_ab), product(n_a, n_b))
}

/// Without overflow.
fn product(x: u64, y: u64) -> u128 {
    u128::from(x) * u128::from(y)
}

/// `x − y`, rounded once.
fn difference(x: u128, y: u128) -> f64 {
    if x >= y { (x - y) as f64 } else { -((y - x) as f64) }
}

/// `log2(x / y)`, exact to rounding for a ratio near 1 too.
fn log2_ratio(x: u128, y: u128) -> f64 {
    let change = difference(x, y) / y as f64;
    if change.abs() < 0.5 { libm::log1p(change) * std::f64::consts::LOG2_E } else { libm::log2(x as f64 / y as f64) }
}

fn pmi(n: u64, n_a: u64, n_b: u64, n_ab: u64) -> Option<f64> {
    (n_ab > 0).then(|| log2_ratio(product(n, n_ab), product(n_a, n_b)))
}

fn npmi(n: u64, n_a: u64, n_b: u64, n_ab: u64) -> Option<f64> {
    if n_a == 0 || n_b == 0 || n_ab == n {
        return None;
    }
    // The limit for things that occur, but never together.
    let Some(pmi) = pmi(n, n_a, n_b, n_ab) else { return Some(-1.0) };
    Some((pmi / log2_ratio(u128::from(n), u128::from(n_ab))).clamp(-1.0, 1.0))
}

/// The odds ratio and whether 0.5 had to be added.
fn odds_ratio(n: u64, n_a: u64, n_b: u64, n_ab: u64) -> Option<(f64, bool)> {
    if n_a == 0 || n_b == 0 || n_a == n || n_b == n {
        return None;
    }
    let cells = [n_ab, n_a - n_ab, n_b - n_ab, (n - n_a) - (n_b - n_ab)];
    let corrected = cells.contains(&0);
    let [both, only_a, only_b, neither] = cells.map(|cell| cell as f64 + if corrected { 0.5 } else { 0.0 });
    Some((both * neither / (only_a * only_b), corrected))
}

/// `2 Σ O ln(O/E)`. As Σ (O − E) is 0, this is `2 Σ E h((O − E)/E)` with [`h`] below, whose terms are all positive:
/// near independence the terms of the plain sum all but cancel.
pub(super) fn g2(n: u64, n_a: u64, n_b: u64, n_ab: u64) -> f64 {
    let total = n as f64;
    let deviation = excess(n, n_a, n_b, n_ab) / total;
    let cell = |row: u64, column: u64, sign: f64| {
        let expected = row as f64 * column as f64 / total;
        if expected > 0.0 { expected * h(sign * deviation / expected) } else { 0.0 }
    };
    2.0 * (cell(n_a, n_b, 1.0) + cell(n_a, n - n_b, -1.0) + cell(n - n_a, n_b, -1.0) + cell(n - n_a, n - n_b, 1.0))
}

/// `(1 + x) ln(1 + x) − x`, for x ≥ −1; 1 at x = −1, where the cell is empty.
fn h(x: f64) -> f64 {
    if x.abs() < 0.01 {
        // Σ (−x)^k / (k (k − 1)) from k = 2; eight terms leave less than 1e-16 of the first.
        (2..10).rev().fold(0.0, |sum, k| 1.0 / f64::from(k * (k - 1)) - x * sum) * x * x
    } else if x <= -1.0 {
        1.0
    } else {
        (1.0 + x) * libm::log1p(x) - x
    }
}

#[cfg(test)]
mod tests;
