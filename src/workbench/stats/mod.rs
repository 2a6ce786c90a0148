//! What the patterns of a codebook do in a corpus: hits, shares, overlaps, and the words their wildcards meet.

mod tally;

use crate::codebook::Codebook;
use crate::text::Stemmer;

use super::wildcards::{self, Wildcards};
pub use tally::{StatsBlock, stats_block};

/// A pattern by its position: code and pattern.
type At = (usize, usize);

/// What a codebook does in a corpus.
#[derive(Debug, Clone, PartialEq)]
pub struct CodebookStats {
    /// In the order of the codebook.
    pub codes: Vec<CodeStats>,
    /// Pairs of codes of which the one mostly overlaps the other, the greatest share first.
    pub overlaps: Vec<CodeOverlap>,
}

/// What a code does.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeStats {
    /// Its id.
    pub code: String,
    /// Its codings: the rows of the table of codings.
    pub codings: u64,
    /// Those of them that count: the role is one of the pattern's, and the turn holds more than backchannels.
    pub counted: u64,
    /// Documents with one of its codings.
    pub documents: u64,
    /// In the order of the codebook.
    pub patterns: Vec<PatternStats>,
}

/// What a pattern does.
#[derive(Debug, Clone, PartialEq)]
pub struct PatternStats {
    /// Its id.
    pub pattern: String,
    /// As written.
    pub text: String,
    /// Spans that it finds, before guards and before overlaps within the code are settled.
    pub found: u64,
    /// Those of them that its questions or attributes keep back.
    pub guarded: u64,
    /// Those of them that lose to an overlapping span of the same code.
    pub lost: u64,
    /// Those of them that are codings: `found` − `guarded` − `lost`.
    pub codings: u64,
    /// Codings that count.
    pub counted: u64,
    /// Documents with one of its codings.
    pub documents: u64,
    /// Its codings as a share of its code's; none if the code has none.
    pub share: Option<f64>,
    /// Patterns of the code without which it never fires: each span that it finds overlaps one of theirs.
    pub never_without: Vec<String>,
    /// Those of them for which the reverse holds, too: they only ever fire together.
    pub always_with: Vec<String>,
    /// What its wildcards met in its codings, in the order of the pattern.
    pub wildcards: Vec<WildcardStats>,
}

impl PatternStats {
    /// Whether it finds nothing.
    pub fn is_dead(&self) -> bool {
        self.found == 0
    }

    /// Whether it makes more than half of the codings of a code with other patterns.
    pub fn carries(&self, code: &CodeStats) -> bool {
        code.patterns.len() > 1 && self.share.is_some_and(|share| share > 0.5)
    }
}

/// The words that one wildcard met in the codings of its pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WildcardStats {
    /// As written.
    pub wildcard: String,
    /// Words (folded) and how often each was met, the most frequent first.
    pub words: Vec<(String, u64)>,
    /// Those of them that were probably not meant: they share no stem with the word met most often.
    pub doubtful: Vec<(String, u64)>,
}

/// A code whose codings mostly overlap another's.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeOverlap {
    /// The code.
    pub code: String,
    /// The other code.
    pub other: String,
    /// Codings of the code that share a word with one of the other.
    pub overlapping: u64,
    /// All its codings.
    pub codings: u64,
    /// `overlapping` / `codings`; more than a half.
    pub share: f64,
}

/// Fewest spans of which it can be said that they only come together.
const FEWEST_TOGETHER: u64 = 2;

/// What was counted of all blocks.
pub fn finish(codebook: &Codebook, wildcards: &Wildcards, sum: &StatsBlock) -> CodebookStats {
    let stemmer = Stemmer::for_language(&codebook.language);
    let codes = codebook.codes.iter().enumerate().map(|(at, code)| {
        let codings: u64 = sum.patterns[at].iter().map(|count| count.codings).sum();
        let patterns = code.patterns.iter().enumerate().map(|(position, pattern)| {
            let count = &sum.patterns[at][position];
            let (never_without, always_with) = companions(codebook, sum, (at, position));
            PatternStats {
                pattern: pattern.id.clone(),
                text: pattern.text.clone(),
                found: count.found,
                guarded: count.guarded,
                lost: count.lost,
                codings: count.codings,
                counted: count.counted,
                documents: count.documents,
                share: (codings > 0).then(|| count.codings as f64 / codings as f64),
                never_without,
                always_with,
                wildcards: met(wildcards, sum, (at, position), stemmer),
            }
        });
        CodeStats {
            code: code.id.clone(),
            codings,
            counted: sum.patterns[at].iter().map(|count| count.counted).sum(),
            documents: sum.documents[at],
            patterns: patterns.collect(),
        }
    });
    let codes: Vec<CodeStats> = codes.collect();
    let mut overlaps: Vec<CodeOverlap> = sum
        .overlaps
        .iter()
        .map(|(&(a, b), &overlapping)| CodeOverlap {
            code: codes[a].code.clone(),
            other: codes[b].code.clone(),
            overlapping,
            codings: codes[a].codings,
            share: overlapping as f64 / codes[a].codings.max(1) as f64,
        })
        .filter(|overlap| overlap.share > 0.5 && overlap.overlapping >= FEWEST_TOGETHER)
        .collect();
    overlaps.sort_by(|a, b| b.share.total_cmp(&a.share).then(b.overlapping.cmp(&a.overlapping)));
    CodebookStats { codes, overlaps }
}

/// The patterns without which one never fires, and those of them for which the reverse holds.
fn companions(codebook: &Codebook, sum: &StatsBlock, (code, pattern): At) -> (Vec<String>, Vec<String>) {
    let patterns = &codebook.codes[code].patterns;
    let eligible = |position: usize| sum.patterns[code][position].found - sum.patterns[code][position].guarded;
    let within = |a: usize, b: usize| {
        eligible(a) >= FEWEST_TOGETHER && sum.together[code].get(&(a, b)).copied().unwrap_or(0) == eligible(a)
    };
    let (mut without, mut with) = (Vec::new(), Vec::new());
    for other in (0..patterns.len()).filter(|&other| other != pattern && within(pattern, other)) {
        without.push(patterns[other].id.clone());
        if within(other, pattern) {
            with.push(patterns[other].id.clone());
        }
    }
    (without, with)
}

fn met(wildcards: &Wildcards, sum: &StatsBlock, (code, pattern): At, stemmer: Option<Stemmer>) -> Vec<WildcardStats> {
    let nothing = wildcards::WordCounts::new();
    let tests = wildcards.tests(code, pattern).iter().map(|&test| {
        let words = sum.words.get(&wildcards::WildcardPlace { code, pattern, test }).unwrap_or(&nothing);
        WildcardStats {
            wildcard: wildcards.text(test),
            words: wildcards::by_count(words.iter().map(|(word, &count)| (word.clone(), count)).collect()),
            doubtful: wildcards.doubtful(test, words, stemmer),
        }
    });
    tests.collect()
}

#[cfg(test)]
mod tests;
