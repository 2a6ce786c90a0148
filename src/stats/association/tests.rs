//! Worked examples by hand, and the edges.

use super::{Association, h};

fn assert_close(actual: Option<f64>, expected: f64) {
    let actual = actual.expect("defined");
    assert!((actual - expected).abs() <= 1e-12 * expected.abs().max(1e-300), "{actual} instead of {expected}");
}

#[test]
fn worked_example() {
    // 20 units: 4 with both, 4 with a only, 1 with b only, 11 with neither.
    let measures = Association::of(20, 8, 5, 4);
    assert_close(measures.expected, 2.0);
    assert_close(measures.jaccard, 4.0 / 9.0);
    assert_close(measures.dice, 8.0 / 13.0);
    assert_close(measures.ochiai, 4.0 / 40.0_f64.sqrt());
    assert_close(measures.overlap_coefficient, 0.8);
    assert_close(measures.lift, 2.0);
    assert_close(measures.pmi, 1.0);
    assert_close(measures.npmi, 1.0 / 5.0_f64.log2());
    // (4·11 − 4·1) / √(8·12·5·15)
    assert_close(measures.phi, 40.0 / 7200.0_f64.sqrt());
    assert_close(measures.odds_ratio, 11.0);
    assert_eq!(measures.odds_ratio_corrected, Some(false));
    // Expected cells 2, 6, 3, 9.
    let g2 =
        2.0 * (4.0 * 2.0_f64.ln() + 4.0 * (4.0 / 6.0_f64).ln() + (1.0 / 3.0_f64).ln() + 11.0 * (11.0 / 9.0_f64).ln());
    assert_close(measures.g2, g2);
    // C(8,k)·C(12,5−k) for k = 0..5: 792, 3960, 6160, 3696, 840, 56 of 15,504; no likelier than 840: 0, 4, 5.
    assert_close(measures.p_fisher_iid, (792.0 + 840.0 + 56.0) / 15_504.0);
    assert_close(measures.share_b_given_a, 0.5);
    assert_close(measures.share_a_given_b, 0.8);
    assert_close(measures.delta_p_b_given_a, 0.5 - 1.0 / 12.0);
    assert_close(measures.delta_p_a_given_b, 0.8 - 4.0 / 15.0);
}

#[test]
fn no_units() {
    assert_eq!(Association::of(0, 0, 0, 0), Association::default());
}

#[test]
fn neither_is_ever_present() {
    let expected =
        Association { expected: Some(0.0), g2: Some(0.0), p_fisher_iid: Some(1.0), ..Association::default() };
    assert_eq!(Association::of(7, 0, 0, 0), expected);
}

#[test]
fn one_is_never_present() {
    let expected = Association {
        expected: Some(0.0),
        jaccard: Some(0.0),
        dice: Some(0.0),
        g2: Some(0.0),
        p_fisher_iid: Some(1.0),
        share_b_given_a: Some(0.0),
        delta_p_b_given_a: Some(0.0),
        ..Association::default()
    };
    assert_eq!(Association::of(7, 3, 0, 0), expected);
}

#[test]
fn both_are_always_present() {
    let measures = Association::of(7, 7, 7, 7);
    assert_eq!((measures.pmi, measures.npmi, measures.phi), (Some(0.0), None, None));
    assert_eq!((measures.odds_ratio, measures.odds_ratio_corrected), (None, None));
    assert_eq!((measures.delta_p_b_given_a, measures.share_b_given_a), (None, Some(1.0)));
    assert_eq!((measures.g2, measures.p_fisher_iid), (Some(0.0), Some(1.0)));
}

#[test]
fn never_together() {
    let measures = Association::of(10, 4, 3, 0);
    assert_eq!((measures.lift, measures.pmi, measures.npmi), (Some(0.0), None, Some(-1.0)));
    // Cells 0, 4, 3, 3 with 0.5 added: (0.5 · 3.5) / (4.5 · 3.5).
    assert_close(measures.odds_ratio, 1.0 / 9.0);
    assert_eq!(measures.odds_ratio_corrected, Some(true));
}

#[test]
fn complete_association_is_exactly_one() {
    for (n, k) in [(10, 3), (9_999_991, 1_234_567), (49, 1)] {
        let measures = Association::of(n, k, k, k);
        assert_eq!(measures.phi, Some(1.0));
        assert_eq!(measures.jaccard, Some(1.0));
        assert_eq!(measures.delta_p_b_given_a, Some(1.0));
        assert_close(measures.npmi, 1.0);
    }
}

#[test]
fn symmetric_in_a_and_b() {
    let (one, other) = (Association::of(500, 40, 90, 20), Association::of(500, 90, 40, 20));
    assert_eq!(one.g2.map(f64::is_finite), Some(true));
    assert_close(one.g2, other.g2.expect("defined"));
    assert_close(one.p_fisher_iid, other.p_fisher_iid.expect("defined"));
    assert_eq!(one.delta_p_a_given_b, other.delta_p_b_given_a);
    assert_eq!(one.share_a_given_b, other.share_b_given_a);
}

#[test]
fn every_small_table_is_finite() {
    for n in 0..=9_u64 {
        for n_a in 0..=n {
            for n_b in 0..=n {
                for n_ab in (n_a + n_b).saturating_sub(n)..=n_a.min(n_b) {
                    let m = Association::of(n, n_a, n_b, n_ab);
                    let measures = [
                        m.expected,
                        m.jaccard,
                        m.dice,
                        m.ochiai,
                        m.overlap_coefficient,
                        m.lift,
                        m.pmi,
                        m.npmi,
                        m.phi,
                        m.odds_ratio,
                        m.g2,
                        m.p_fisher_iid,
                        m.share_b_given_a,
                        m.share_a_given_b,
                        m.delta_p_b_given_a,
                        m.delta_p_a_given_b,
                    ];
                    assert!(measures.iter().flatten().all(|value| value.is_finite()), "{n} {n_a} {n_b} {n_ab}: {m:?}");
                }
            }
        }
    }
}

#[test]
#[should_panic(expected = "no 5 units have a in 4, b in 4 and both in 1")]
fn impossible_counts() {
    let _ = Association::of(5, 4, 4, 1);
}

#[test]
fn h_has_no_seam() {
    // Either side of the change of method; the slope there is ln(1.01) or ln(0.99).
    for x in [0.01, -0.01] {
        let step = 1e-9_f64;
        let slope = (h(x + step) - h(x - step)) / (2.0 * step);
        assert!((slope - (1.0_f64 + x).ln()).abs() < 1e-7, "{slope}");
    }
}
