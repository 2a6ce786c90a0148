//! The false discovery rate of a family of tests.

/// P values adjusted by the step-up procedure of Benjamini & Hochberg (1995, *J. R. Statist. Soc. B* 57, 289–300):
/// with the m values sorted, the i-th becomes the least of `p_j · m / j` over j ≥ i, at most 1.
///
/// A `None` stays `None` and does not belong to the family: it does not count in m.
///
/// ```
/// use qualcode::stats::benjamini_hochberg;
/// // By hand, m = 3: 0.01·3/1 = 0.03; 0.04·3/2 = 0.06, but 0.05·3/3 = 0.05 is less; 0.05.
/// let adjusted = benjamini_hochberg(&[Some(0.04), None, Some(0.01), Some(0.05)]);
/// assert_eq!(adjusted[1], None);
/// for (i, expected) in [(0, 0.05), (2, 0.03), (3, 0.05)] {
///     assert!((adjusted[i].unwrap_or(f64::NAN) - expected).abs() < 1e-12);
/// }
/// ```
pub fn benjamini_hochberg(p_values: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut family: Vec<(usize, f64)> = p_values.iter().enumerate().filter_map(|(i, p)| Some((i, (*p)?))).collect();
    family.sort_by(|(_, x), (_, y)| x.total_cmp(y));
    let size = family.len() as f64;
    let mut adjusted = vec![None; p_values.len()];
    let mut least = 1.0_f64;
    for (rank, (i, p)) in family.iter().enumerate().rev() {
        least = least.min(p * size / (rank + 1) as f64);
        adjusted[*i] = Some(least);
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::benjamini_hochberg;

    #[test]
    fn the_fifteen_values_of_the_article() {
        // Section 3.2 of the article: at a rate of 0.05 the four smallest of these are rejected.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
            0.7590, 1.0000,
        ];
        let adjusted = benjamini_hochberg(&p.map(Some));
        let rejected = adjusted.iter().flatten().filter(|q| **q <= 0.05).count();
        assert_eq!(rejected, 4);
        // 0.0095 · 15 / 4
        assert!((adjusted[3].expect("in the family") - 0.035625).abs() < 1e-12);
        assert_eq!(adjusted[14], Some(1.0));
    }

    #[test]
    fn ties_share_their_value() {
        let adjusted = benjamini_hochberg(&[Some(0.02), Some(0.02)]);
        assert_eq!(adjusted, [Some(0.02), Some(0.02)]);
    }

    #[test]
    fn empty_families() {
        assert_eq!(benjamini_hochberg(&[]), []);
        assert_eq!(benjamini_hochberg(&[None, None]), [None, None]);
    }
}
