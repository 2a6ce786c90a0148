//! Counting a block.

use std::collections::BTreeMap;

use crate::codebook::Codebook;
use crate::coding::{Candidate, Fate, Trace};
use crate::workbench::overlap::overlaps;
use crate::workbench::wildcards::{WildcardPlace, Wildcards, WordCounts, WordTally};

/// Counts of one block, or of several added up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatsBlock {
    /// By code and pattern.
    pub(super) patterns: Vec<Vec<PatternCount>>,
    /// Documents with a coding, by code.
    pub(super) documents: Vec<u64>,
    /// By code: of two patterns a, b the spans of a that overlap one of b.
    pub(super) together: Vec<BTreeMap<(usize, usize), u64>>,
    /// Of two codes a, b the codings of a that overlap one of b.
    pub(super) overlaps: BTreeMap<(usize, usize), u64>,
    /// What wildcards met in codings.
    pub(super) words: BTreeMap<WildcardPlace, WordCounts>,
}

/// Counts of one pattern.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct PatternCount {
    pub(super) found: u64,
    pub(super) guarded: u64,
    pub(super) lost: u64,
    pub(super) codings: u64,
    pub(super) counted: u64,
    pub(super) documents: u64,
    /// The last document counted, plus one.
    last: usize,
}

/// Counts a block. `read` gives the words of a row and the byte ranges of its tokens.
///
/// # Errors
/// What `read` could not read.
pub fn stats_block<E>(
    codebook: &Codebook,
    wildcards: &Wildcards,
    trace: &Trace,
    read: impl FnMut(usize) -> Result<(String, Vec<(u32, u32)>), E>,
) -> Result<StatsBlock, E> {
    let mut block = StatsBlock::default();
    let mut codings = Vec::new();
    for (at, found) in trace.codes.iter().enumerate() {
        block.patterns.push(vec![PatternCount::default(); codebook.codes[at].patterns.len()]);
        let (mut documents, mut last) = (0, None);
        for candidate in found {
            let row = &trace.rows[candidate.span.turn as usize];
            let count = &mut block.patterns[at][candidate.pattern];
            count.found += 1;
            match candidate.fate {
                Fate::Guarded => count.guarded += 1,
                Fate::Lost { .. } => count.lost += 1,
                Fate::Coded => {
                    count.codings += 1;
                    let roles = &codebook.codes[at].patterns[candidate.pattern].roles;
                    count.counted += u64::from(!row.backchannel && roles.contains(&row.role));
                    count.documents += u64::from(count.last != row.document + 1);
                    count.last = row.document + 1;
                    documents += u64::from(last != Some(row.document));
                    last = Some(row.document);
                    codings.push((candidate.span, at));
                }
            }
        }
        block.documents.push(documents);
        block.together.push(overlaps(&eligible(found)));
    }
    codings.sort_unstable();
    block.overlaps = overlaps(&codings);
    block.words = words(wildcards, trace, read)?;
    Ok(block)
}

fn eligible(found: &[Candidate]) -> Vec<(crate::span::Span, usize)> {
    let kept = found.iter().filter(|candidate| candidate.fate != Fate::Guarded);
    kept.map(|candidate| (candidate.span, candidate.pattern)).collect()
}

fn words<E>(
    wildcards: &Wildcards,
    trace: &Trace,
    mut read: impl FnMut(usize) -> Result<(String, Vec<(u32, u32)>), E>,
) -> Result<BTreeMap<WildcardPlace, WordCounts>, E> {
    let mut wanted: Vec<(usize, &Candidate)> = Vec::new();
    for (at, found) in trace.codes.iter().enumerate() {
        let coded = found.iter().filter(|candidate| candidate.fate == Fate::Coded);
        wanted.extend(coded.filter(|candidate| wildcards.any(at, candidate.pattern)).map(|candidate| (at, candidate)));
    }
    wanted.sort_unstable_by_key(|(_, candidate)| candidate.span.turn);
    let mut tally = WordTally::new(wildcards);
    for of_row in wanted.chunk_by(|a, b| a.1.span.turn == b.1.span.turn) {
        let (words, tokens) = read(of_row[0].1.span.turn as usize)?;
        for (code, candidate) in of_row {
            tally.add(*code, candidate.pattern, candidate.span, &words, &tokens);
        }
    }
    Ok(tally.finish())
}

impl StatsBlock {
    /// The counts of nothing.
    pub fn empty(codebook: &Codebook) -> Self {
        let patterns = codebook.codes.iter().map(|code| vec![PatternCount::default(); code.patterns.len()]);
        Self {
            patterns: patterns.collect(),
            documents: vec![0; codebook.codes.len()],
            together: vec![BTreeMap::new(); codebook.codes.len()],
            ..Self::default()
        }
    }

    /// Adds the counts of other documents, counted with the same codebook.
    pub fn merge(&mut self, other: Self) {
        if self.patterns.is_empty() {
            *self = other;
            return;
        }
        for (count, other) in self.patterns.iter_mut().flatten().zip(other.patterns.into_iter().flatten()) {
            count.found += other.found;
            count.guarded += other.guarded;
            count.lost += other.lost;
            count.codings += other.codings;
            count.counted += other.counted;
            count.documents += other.documents;
        }
        self.documents.iter_mut().zip(other.documents).for_each(|(count, other)| *count += other);
        for (pairs, other) in self.together.iter_mut().zip(other.together) {
            add(pairs, other);
        }
        add(&mut self.overlaps, other.overlaps);
        for (place, words) in other.words {
            add(self.words.entry(place).or_default(), words);
        }
    }
}

fn add<K: Ord>(counts: &mut BTreeMap<K, u64>, others: BTreeMap<K, u64>) {
    for (key, count) in others {
        *counts.entry(key).or_default() += count;
    }
}
