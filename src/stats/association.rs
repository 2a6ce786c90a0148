//! How strongly two things that are present or absent in each of N units go together.

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
