//! Measures of association against exact arithmetic, scipy and statsmodels.

use crate::oracle;
use qualcode::stats::{Association, benjamini_hochberg};
use serde_json::{Value, json};

/// Counts n, n_a, n_b, n_ab of all kinds: every table of few units, margins of 0 and N, tables near and far from
/// independence, and large counts.
fn tables() -> Vec<[u64; 4]> {
    let mut tables = Vec::new();
    for n in 0..=4 {
        for n_a in 0..=n {
            for n_b in 0..=n {
                tables.extend(together(n, n_a, n_b).map(|n_ab| [n, n_a, n_b, n_ab]));
            }
        }
    }
    let mut draw = Draw(20_091_014);
    for n in [20, 97, 400, 1_000, 2_500, 60_000, 1_000_000, 10_000_000] {
        for _ in 0..24 {
            // Margins of all magnitudes, and joint counts anywhere, at the ends, and about the expected one.
            let (n_a, n_b) = (draw.magnitude(n), draw.magnitude(n));
            let range = together(n, n_a, n_b);
            let expected = u64::try_from(u128::from(n_a) * u128::from(n_b) / u128::from(n)).expect("at most n");
            let n_ab = match draw.below(4) {
                0 => *range.start(),
                1 => *range.end(),
                2 => range.start() + draw.below(range.end() - range.start() + 1),
                _ => (expected + draw.below(5)).saturating_sub(2),
            };
            tables.push([n, n_a, n_b, n_ab.clamp(*range.start(), *range.end())]);
        }
    }
    tables.extend([
        [10_000_000, 5_000_000, 5_000_000, 2_500_000],
        [10_000_000, 5_000_000, 5_000_000, 2_500_900],
        [10_000_000, 10_000_000, 37, 37],
        [10_000_000, 0, 1_000, 0],
        [9_999_991, 3_000, 3_000, 3_000],
        [441_000, 1_200, 900, 30],
    ]);
    tables
}

/// The possible numbers of units with both.
fn together(n: u64, n_a: u64, n_b: u64) -> std::ops::RangeInclusive<u64> {
    (n_a + n_b).saturating_sub(n)..=n_a.min(n_b)
}

/// A linear congruential generator (Knuth's MMIX constants): the same tables in every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    /// From 0 to `n`, small numbers as likely as large ones.
    fn magnitude(&mut self, n: u64) -> u64 {
        let end = (n >> self.below(u64::from(n.ilog2()) + 1)).max(1);
        self.below(end + 1)
    }
}

#[test]
fn association_agrees_with_exact_arithmetic() {
    let Some(mut python) = oracle::python(&["numpy", "scipy", "statsmodels"]) else { return };
    let tables = tables();
    let answer = oracle::answer(python.arg(oracle::script("association.py")), &json!({ "tables": tables }).to_string());
    let answer: Value = serde_json::from_str(&answer).expect("JSON");
    let expected = answer["tables"].as_array().expect("an array");
    assert_eq!(expected.len(), tables.len());
    let mut faults = Vec::new();
    for (counts, expected) in tables.iter().zip(expected) {
        let [n, n_a, n_b, n_ab] = *counts;
        for (name, measure, tolerance) in measures(&Association::of(n, n_a, n_b, n_ab)) {
            let expected = expected.get(name).unwrap_or_else(|| panic!("the oracle does not know {name}"));
            if !agree(measure, expected.as_f64(), tolerance) {
                faults.push(format!("{counts:?} {name}: {measure:?} instead of {expected}"));
            }
        }
    }
    assert!(faults.is_empty(), "{} differences:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn false_discovery_agrees_with_statsmodels() {
    let Some(mut python) = oracle::python(&["numpy", "scipy", "statsmodels"]) else { return };
    let mut draw = Draw(1995);
    let families: Vec<Vec<Option<f64>>> = [1, 2, 15, 300]
        .into_iter()
        .map(|size| {
            // A coarse grid makes ties; every tenth is undefined.
            let p = |draw: &mut Draw| (draw.below(10) > 0).then(|| (draw.below(41) as f64 / 40.0).powi(3));
            (0..size).map(|_| p(&mut draw)).collect()
        })
        .collect();
    let question = json!({ "families": families }).to_string();
    let answer = oracle::answer(python.arg(oracle::script("association.py")), &question);
    let answer: Value = serde_json::from_str(&answer).expect("JSON");
    for (family, expected) in families.iter().zip(answer["families"].as_array().expect("an array")) {
        let adjusted = benjamini_hochberg(family);
        let expected: Vec<Option<f64>> = expected.as_array().expect("an array").iter().map(Value::as_f64).collect();
        assert_eq!(adjusted.len(), expected.len());
        for (ours, theirs) in adjusted.iter().zip(&expected) {
            assert!(agree(*ours, *theirs, 1e-12), "{ours:?} instead of {theirs:?} in {family:?}");
        }
    }
}

/// Whether both are undefined, or both defined and equal up to a relative difference.
fn agree(ours: Option<f64>, theirs: Option<f64>, tolerance: f64) -> bool {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => (ours - theirs).abs() <= tolerance * theirs.abs(),
        (ours, theirs) => ours.is_none() && theirs.is_none(),
    }
}

/// Name, value and the relative difference allowed.
fn measures(of: &Association) -> [(&'static str, Option<f64>, f64); 17] {
    const FINE: f64 = 1e-9;
    [
        ("expected", of.expected, FINE),
        ("jaccard", of.jaccard, FINE),
        ("dice", of.dice, FINE),
        ("ochiai", of.ochiai, FINE),
        ("overlap_coefficient", of.overlap_coefficient, FINE),
        ("lift", of.lift, FINE),
        ("pmi", of.pmi, FINE),
        ("npmi", of.npmi, FINE),
        ("phi", of.phi, FINE),
        ("odds_ratio", of.odds_ratio, FINE),
        ("odds_ratio_corrected", of.odds_ratio_corrected.map(|yes| f64::from(u8::from(yes))), 0.0),
        ("g2", of.g2, FINE),
        ("p_fisher_iid", of.p_fisher_iid, 1e-7),
        ("share_b_given_a", of.share_b_given_a, FINE),
        ("share_a_given_b", of.share_a_given_b, FINE),
        ("delta_p_b_given_a", of.delta_p_b_given_a, FINE),
        ("delta_p_a_given_b", of.delta_p_a_given_b, FINE),
    ]
}
