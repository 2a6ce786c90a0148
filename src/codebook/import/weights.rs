//! Weights and scores of words, for which codebooks have no place.

use super::loss::{Loss, Place};

/// A weight in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Weight {
    /// From 1.
    pub(super) line: Option<u32>,
    /// As in [`Loss::category`].
    pub(super) category: String,
    /// What has the weight.
    pub(super) text: String,
    /// As written.
    pub(super) weight: String,
}

const WHY: &str = "codings are counted, not weighed; weigh the counts of the tables afterwards";

/// Tells of them: one warning for the file and a note for each.
pub(super) fn tell(weights: &[Weight], losses: &mut Vec<Loss>) {
    let Some(first) = weights.first() else { return };
    let whole = Place { line: first.line, category: "", text: "" };
    let count = weights.len();
    let what = if count == 1 {
        "the weight of one entry is not carried over".to_owned()
    } else {
        format!("the weights of {count} entries are not carried over")
    };
    losses.push(Loss::warning("I007", whole, what, WHY));
    for Weight { line, category, text, weight } in weights {
        let place = Place { line: *line, category, text };
        losses.push(Loss::note(
            "I007",
            place,
            None,
            format!("has the weight {weight}, which is not carried over"),
            WHY,
        ));
    }
}
