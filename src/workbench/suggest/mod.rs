//! Words and phrases that might become patterns of a code: what is said around its codings more often than
//! elsewhere, and other forms of the words that its patterns have.

mod gather;
mod variants;

use std::collections::BTreeMap;

use crate::codebook::Code;
use crate::pattern::{Gap, Node, Step, WordTest};
use crate::span::{Evaluator, LeafTable, MemoryError, MemoryLeaves};

pub use gather::{Gathered, Place, Surroundings, TargetBlock, TargetRow, gather};
pub use variants::{Variant, VariantKind, variants};

/// Words of the longest phrase.
pub(super) const LONGEST: usize = 4;

/// Of the phrases gathered, the most promising ones, at most `most` single words and as many phrases of two to four
/// words: those that occur `least` times or more. `passages` tells of every word in how many passages it is at most,
/// of which there are `of`; it only orders, so that it need not be exact. In the order of the phrases.
pub fn candidates(gathered: &TargetBlock, passages: &BTreeMap<String, u64>, least: u64, most: usize) -> Vec<String> {
    let tokens = gathered.tokens.max(1) as f64;
    let total = passages.values().sum::<u64>().max(1) as f64;
    let mut ranked: [Vec<(f64, &str)>; 2] = Default::default();
    for (phrase, found) in gathered.phrases.iter().filter(|(_, found)| found.count >= least) {
        let rarest = phrase.split(' ').map(|word| passages.get(word).copied().unwrap_or(1)).min().unwrap_or(1);
        let ratio = (found.count as f64 / tokens) / (rarest.max(1) as f64 / total);
        if ratio > 1.0 {
            ranked[usize::from(phrase.contains(' '))].push((found.count as f64 * ratio.ln(), phrase));
        }
    }
    let mut chosen = Vec::new();
    for list in &mut ranked {
        list.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        chosen.extend(list.iter().take(most).map(|(_, phrase)| (*phrase).to_owned()));
    }
    chosen.sort_unstable();
    chosen
}

/// A phrase (folded words with spaces between) as a pattern that finds it in any case.
pub fn phrase_pattern(phrase: &str) -> Node {
    let word = |text: &str| Node::Word(WordTest::Literal { text: text.to_owned(), sensitive: false });
    let words: Vec<&str> = phrase.split(' ').collect();
    match words.as_slice() {
        [one] => word(one),
        words => Node::Sequence(words.iter().map(|one| Step { gap: Gap::default(), node: word(one) }).collect()),
    }
}

/// Of each text, whether a pattern of the code finds something in it. References to other codes find nothing.
///
/// # Errors
/// If a pattern does not compile, which a checked codebook's do.
pub fn covered(code: &Code, language: &str, texts: &[&str]) -> Result<Vec<bool>, MemoryError> {
    let mut table = LeafTable::default();
    code.patterns.iter().for_each(|pattern| table.add(&pattern.tree));
    let leaves = MemoryLeaves::from_text(&table, language, texts)?;
    let evaluator = Evaluator::new(&table, &leaves);
    let mut covered = vec![false; texts.len()];
    for pattern in &code.patterns {
        let Ok(spans) = evaluator.evaluate(&pattern.tree, &|_| &[]);
        spans.iter().for_each(|span| covered[span.turn as usize] = true);
    }
    Ok(covered)
}

#[cfg(test)]
mod tests;
