//! The `cooccurrence` table.

use crate::stats::{Association, benjamini_hochberg};

use super::describe::{integer, number, table, text};
use super::levels::LevelIndex;
use super::pairs::{Pairs, number_of_pairs};
use super::presence::{LevelCounts, UnitCounts};
use super::sheet::Sheet;
use super::{Level, TableError, TableSchema};

/// Its columns.
pub(super) fn schema() -> TableSchema {
    let columns = vec![
        text(
            "unit",
            "What is counted: document, exchange, question, sentence, turn or window:k (a turn with the k-1 before it in its document). Only turns of the chosen roles count, those of nothing but backchannels left out.",
        ),
        text(
            "level",
            "code, theme or track. A theme is present in a unit when any of its codes, or of the themes below it, is; a track when any of its codes is.",
        ),
        text("a", "First of the pair, in the order of UTF-8 bytes."),
        text("b", "Second of the pair."),
        integer("n", "N: units that hold a turn of the chosen roles with a token.").unit("units"),
        integer("n_a", "Units with a.").unit("units"),
        integer("n_b", "Units with b.").unit("units"),
        integer("n_ab", "Units with both.").unit("units"),
        integer("n_ab_distinct", "Units in which a and b rest on different codings that do not overlap.").unit("units"),
        integer("shared_codes", "Codes that belong to both a and b; with any, they co-occur by construction.")
            .unit("codes"),
        integer("documents_a", "Documents with a unit that has a.").unit("documents"),
        integer("documents_b", "Documents with a unit that has b.").unit("documents"),
        integer("documents_ab", "Documents with a unit that has both.").unit("documents"),
        number("expected", "n_a n_b / N: units expected with both if a and b were independent.").unit("units"),
        number("jaccard", "n_ab / (n_a + n_b - n_ab) (Jaccard 1901)."),
        number("dice", "2 n_ab / (n_a + n_b) (Dice 1945)."),
        number("ochiai", "n_ab / sqrt(n_a n_b) (Ochiai 1957)."),
        number("overlap_coefficient", "n_ab / min(n_a, n_b) (Szymkiewicz 1934, Simpson 1943)."),
        number("lift", "n_ab / expected: above 1 together more often than by chance."),
        number("pmi", "log2(lift) (Church & Hanks 1990); empty at n_ab = 0.").unit("bits"),
        number("npmi", "pmi / -log2(n_ab / N); -1 at n_ab = 0 (Bouma 2009)."),
        number("phi", "Pearson's r of the two 0/1 variables."),
        number(
            "odds_ratio",
            "Odds ratio; 0.5 is added to all four cells if one is 0 (Haldane 1940, Anscombe 1956); empty if a margin is 0.",
        ),
        integer("odds_ratio_corrected", "1 if that 0.5 was added.").unit("0/1").or_empty(),
        number(
            "g2",
            "Log-likelihood ratio 2 sum O ln(O / E) over the four cells, with 0 ln 0 = 0 (Dunning 1993); lift gives the direction.",
        ),
        number(
            "p_fisher_iid",
            "Fisher's exact test (Fisher 1935), two-sided: the sum of the tables no likelier than this one. It assumes independent units, which sentences and turns are not. Empty for windows, which overlap, and for pairs with shared codes or whose patterns refer to one another by code:.",
        ),
        number(
            "p_fisher_iid_bh",
            "p_fisher_iid adjusted for the false discovery rate (Benjamini & Hochberg 1995), one family per unit and level.",
        ),
        number("share_b_given_a", "n_ab / n_a: share of the units with a that have b."),
        number("share_a_given_b", "n_ab / n_b: share of the units with b that have a."),
        number(
            "delta_p_b_given_a",
            "Share of b among units with a, less its share among units without a (Delta P, Allan 1980).",
        ),
        number(
            "delta_p_a_given_b",
            "Share of a among units with b, less its share among units without b (Delta P, Allan 1980).",
        ),
    ];
    table("cooccurrence", "unit, level and pair a < b, zeros included", &["unit", "level", "a", "b"], columns)
}

/// Writes the rows of one kind of unit.
///
/// # Errors
/// If a file cannot be written.
pub(super) fn write(
    sheet: &mut Sheet,
    levels: &[LevelIndex; 3],
    wanted: &[Level],
    counts: &UnitCounts,
) -> Result<(), TableError> {
    let unit = counts.unit.to_string();
    for (level, level_counts) in levels.iter().zip(&counts.levels) {
        if let Some(pairs) = level_counts.pairs.as_ref().filter(|_| wanted.contains(&level.level)) {
            let family = Family {
                unit: &unit,
                tested: !counts.unit.overlaps(),
                n: counts.n,
                level,
                counts: level_counts,
                pairs,
            };
            family.write(sheet)?;
        }
    }
    Ok(())
}

/// The pairs of one level in one kind of unit.
struct Family<'a> {
    unit: &'a str,
    /// Whether the units do not overlap.
    tested: bool,
    n: u64,
    level: &'a LevelIndex,
    counts: &'a LevelCounts,
    pairs: &'a Pairs,
}

impl Family<'_> {
    /// The measures are worked out twice, once for the p values alone, so that only these are held whole.
    fn write(&self, sheet: &mut Sheet) -> Result<(), TableError> {
        let mut p_values = Vec::with_capacity(number_of_pairs(self.level.len()));
        self.all_pairs().for_each(|(a, b)| p_values.push(self.p_value(a, b)));
        let adjusted = benjamini_hochberg(&p_values);
        for (place, (a, b)) in self.all_pairs().enumerate() {
            self.push(sheet, a, b, p_values[place], adjusted[place]);
            sheet.spill()?;
        }
        Ok(())
    }

    fn all_pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let size = self.level.len();
        (0..size).flat_map(move |a| (a + 1..size).map(move |b| (a, b)))
    }

    fn measures(&self, a: usize, b: usize) -> Association {
        Association::of(self.n, self.counts.units[a], self.counts.units[b], self.pairs.get(a, b).both)
    }

    fn p_value(&self, a: usize, b: usize) -> Option<f64> {
        let tested = self.tested && self.level.shared_codes(a, b) == 0 && !self.level.refer(a, b);
        tested.then(|| self.measures(a, b).p_fisher_iid).flatten()
    }

    fn push(&self, sheet: &mut Sheet, a: usize, b: usize, p_value: Option<f64>, adjusted: Option<f64>) {
        let pair = self.pairs.get(a, b);
        let measures = self.measures(a, b);
        let mut row = sheet.row();
        row.text(self.unit)
            .text(self.level.level.as_str())
            .text(&self.level.ids[a])
            .text(&self.level.ids[b])
            .count(self.n)
            .count(self.counts.units[a])
            .count(self.counts.units[b])
            .count(pair.both)
            .count(pair.distinct)
            .count(self.level.shared_codes(a, b))
            .count(self.counts.documents[a])
            .count(self.counts.documents[b])
            .count(pair.documents)
            .number(measures.expected)
            .number(measures.jaccard)
            .number(measures.dice)
            .number(measures.ochiai)
            .number(measures.overlap_coefficient)
            .number(measures.lift)
            .number(measures.pmi)
            .number(measures.npmi)
            .number(measures.phi)
            .number(measures.odds_ratio);
        match measures.odds_ratio_corrected {
            Some(corrected) => row.flag(corrected),
            None => row.empty(),
        };
        row.number(measures.g2)
            .number(p_value)
            .number(adjusted)
            .number(measures.share_b_given_a)
            .number(measures.share_a_given_b)
            .number(measures.delta_p_b_given_a)
            .number(measures.delta_p_a_given_b);
    }
}
