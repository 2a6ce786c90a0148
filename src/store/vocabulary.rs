//! The words of a store that pass the tests of a set of patterns.

use std::collections::HashMap;
use std::io;

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use tantivy::DocId;
use tantivy::postings::TermInfo;
use tantivy::termdict::TermDictionary;

use crate::span::{DictionaryRange, LeafMatchers, LeafTable, WordMatcher};
use crate::store::block::Run;
use crate::store::held::{Held, Stretch, StretchKey, Stretches};
use crate::store::{Snapshot, StoreError, word};
use crate::text::Stemmer;

/// How leaves are read; whatever it says, they are the same.
#[derive(Debug, Clone, Copy)]
pub struct LeafLimits {
    /// Above so many terms to open in a segment, a block is read again word by word, which is then cheaper.
    pub cursors: usize,
    /// Places of rare words that are held at most (8 bytes each).
    pub places: usize,
    /// Records of a segment for which rare words are held together; not 0.
    pub stretch: u32,
    /// A word in no more records of a stretch than this, on average, is rare.
    pub rare: u32,
    /// A record of a word costs so many times as much when it is looked for as when all of them are read.
    pub seek: u32,
}

impl Default for LeafLimits {
    fn default() -> Self {
        Self { cursors: 8_192, places: 2 << 20, stretch: 1 << 18, rare: 512, seek: 8 }
    }
}

/// Where the postings of every leaf are, looked up once for a store and a set of patterns.
#[derive(Debug)]
pub struct Vocabulary {
    segments: Vec<SegmentTerms>,
    matchers: LeafMatchers,
    limits: LeafLimits,
    held: Held,
}

/// The words of a segment that pass the tests.
#[derive(Debug)]
struct SegmentTerms {
    leaves: Vec<LeafTerms>,
    /// How many of them there are.
    frequent: usize,
    rare: usize,
    /// Records of rare words in a stretch, on average.
    rare_records: usize,
}

/// The words of one segment that pass one test.
#[derive(Debug, Clone, Default)]
pub(super) struct LeafTerms {
    /// Terms to be read block by block.
    pub(super) frequent: Vec<TermInfo>,
    /// Terms to be read for a stretch of records at once.
    pub(super) rare: Vec<TermInfo>,
}

impl LeafTerms {
    /// At most how many records have one of the terms; 0 only if none has.
    pub(super) fn records(&self) -> u64 {
        self.frequent.iter().chain(&self.rare).map(|term| u64::from(term.doc_freq)).sum()
    }
}

/// How the leaves of a block are best read.
#[derive(Debug)]
pub(super) enum Reading {
    /// Rare words from these stretches, frequent ones from their postings.
    Stretches(Stretches),
    /// All from their postings.
    Postings,
    /// From the words of the block, read again.
    Again,
}

impl Vocabulary {
    /// Looks up every test of `table` in the store's dictionaries, on as many threads as there are segments.
    ///
    /// # Errors
    /// If a test does not compile in the store's language, or the index cannot be read.
    pub fn look_up(snapshot: &Snapshot, table: &LeafTable) -> Result<Self, StoreError> {
        Self::look_up_within(snapshot, table, LeafLimits::default())
    }

    /// As [`Vocabulary::look_up`], with limits of its own.
    ///
    /// # Errors
    /// As [`Vocabulary::look_up`].
    pub fn look_up_within(snapshot: &Snapshot, table: &LeafTable, limits: LeafLimits) -> Result<Self, StoreError> {
        let language = snapshot.language();
        let matchers: Vec<WordMatcher> =
            table.tests().iter().map(|test| WordMatcher::new(test, language)).collect::<Result<_, _>>()?;
        let tests = Tests::of(&matchers, language);
        let segments = snapshot.segments().par_iter().enumerate().map(|(number, segment)| {
            let index = snapshot.word_index(number)?;
            let terms = tests.terms(index.terms()).map_err(|source| snapshot.unreadable(source))?;
            Ok(SegmentTerms::of(terms, segment.max_doc().div_ceil(limits.stretch), limits.rare))
        });
        let segments = segments.collect::<Result<_, StoreError>>()?;
        let matchers = LeafMatchers::new(table, language)?;
        Ok(Self { segments, matchers, limits, held: Held::new(limits.places) })
    }

    pub(super) fn terms(&self, segment: usize, leaf: u32) -> &LeafTerms {
        &self.segments[segment].leaves[leaf as usize]
    }

    pub(super) fn matchers(&self) -> &LeafMatchers {
        &self.matchers
    }

    /// How the leaves of a block with these runs are read. A block of documents that came into the store at many
    /// different times is in so many stretches that to hold them all would take too much room.
    pub(super) fn reading(&self, snapshot: &Snapshot, runs: &[Run]) -> Result<Reading, StoreError> {
        let mut keys: Vec<StretchKey> = runs.iter().flat_map(|run| self.stretches(run)).collect();
        keys.dedup();
        let places: usize = keys.iter().map(|&(segment, _)| self.segments[segment].rare_records).sum();
        let is_held = places <= self.limits.places;
        let cursors = |terms: &SegmentTerms| terms.frequent + if is_held { 0 } else { terms.rare };
        if keys.iter().any(|&(segment, _)| cursors(&self.segments[segment]) > self.limits.cursors) {
            return Ok(Reading::Again);
        }
        if !is_held {
            return Ok(Reading::Postings);
        }
        let stretch = |key: StretchKey| {
            let stretch = self.held.stretch(key, || self.read_stretch(snapshot, key))?;
            Ok((key, stretch))
        };
        keys.into_iter().map(stretch).collect::<Result<_, _>>().map(Reading::Stretches)
    }

    /// The stretches that a run is in.
    pub(super) fn stretches(&self, run: &Run) -> impl Iterator<Item = StretchKey> + use<> {
        let (segment, length) = (run.segment, self.limits.stretch);
        let first = run.first_record / length;
        let end = run.end_record.div_ceil(length).max(first + 1);
        (first..end).map(move |stretch: DocId| (segment, stretch * length))
    }

    /// Whether it is cheaper to look for a word in `turns` than to read all its `records`.
    pub(super) fn is_sought(&self, turns: usize, records: u64) -> bool {
        turns as u64 * u64::from(self.limits.seek) < records
    }

    fn read_stretch(&self, snapshot: &Snapshot, (segment, first): StretchKey) -> Result<Stretch, StoreError> {
        let index = snapshot.word_index(segment)?;
        let records = first..first.saturating_add(self.limits.stretch);
        Stretch::read(&index, &self.segments[segment].leaves, records).map_err(|source| snapshot.unreadable(source))
    }
}

impl SegmentTerms {
    fn of(leaves: Vec<Vec<TermInfo>>, stretches: DocId, most_rare: u32) -> Self {
        let stretches = stretches.max(1);
        let most_rare = most_rare.saturating_mul(stretches);
        let mut terms = Self { leaves: Vec::with_capacity(leaves.len()), frequent: 0, rare: 0, rare_records: 0 };
        for leaf in leaves {
            let (rare, frequent): (Vec<_>, Vec<_>) = leaf.into_iter().partition(|term| term.doc_freq <= most_rare);
            terms.rare += rare.len();
            terms.frequent += frequent.len();
            terms.rare_records += rare.iter().map(|term| term.doc_freq as usize).sum::<usize>();
            terms.leaves.push(LeafTerms { frequent, rare });
        }
        terms.rare_records /= stretches as usize;
        terms
    }
}

/// The tests of a set of leaves, by the way in which a dictionary is asked for their words.
struct Tests<'m> {
    leaves: usize,
    ranges: Vec<(usize, DictionaryRange)>,
    /// Tests that must be put to every word.
    scans: Vec<(usize, &'m WordMatcher)>,
    /// Leaves by the stem they want: a word has but one.
    stems: HashMap<&'m str, usize>,
    stemmer: Option<Stemmer>,
}

impl<'m> Tests<'m> {
    fn of(matchers: &'m [WordMatcher], language: &str) -> Self {
        let mut tests = Self {
            leaves: matchers.len(),
            ranges: Vec::new(),
            scans: Vec::new(),
            stems: HashMap::new(),
            stemmer: Stemmer::for_language(language),
        };
        for (leaf, matcher) in matchers.iter().enumerate() {
            match matcher.dictionary_range() {
                DictionaryRange::Scan => match matcher.stem() {
                    // Two words of a codebook may have the same stem; the map holds one of them.
                    Some(stem) if !tests.stems.contains_key(stem) => {
                        tests.stems.insert(stem, leaf);
                    }
                    _ => tests.scans.push((leaf, matcher)),
                },
                range => tests.ranges.push((leaf, range)),
            }
        }
        tests
    }

    /// Per leaf, the terms of a dictionary that pass.
    fn terms(&self, terms: &TermDictionary) -> io::Result<Vec<Vec<TermInfo>>> {
        let mut leaves = vec![Vec::new(); self.leaves];
        for (leaf, range) in &self.ranges {
            leaves[*leaf] = match range {
                DictionaryRange::Exact { fold, form: Some(form) } => {
                    terms.get(word::term(fold, form))?.into_iter().collect()
                }
                DictionaryRange::Exact { fold, form: None } => {
                    terms_between(terms, format!("{fold}\0"), Some(format!("{fold}\u{1}")))?
                }
                DictionaryRange::Prefix { fold } => terms_between(terms, fold.clone(), after_prefix(fold.clone()))?,
                DictionaryRange::Scan => continue,
            };
        }
        if !self.scans.is_empty() || !self.stems.is_empty() {
            self.scan(terms, &mut leaves)?;
        }
        Ok(leaves)
    }

    fn scan(&self, terms: &TermDictionary, leaves: &mut [Vec<TermInfo>]) -> io::Result<()> {
        let mut stream = terms.stream()?;
        let (mut last_fold, mut of_stem) = (String::new(), None);
        while let Some((term, info)) = stream.next() {
            let Some((fold, form)) = word::parts(term) else { continue };
            if last_fold != fold {
                last_fold.clear();
                last_fold.push_str(fold);
                let stemmer = self.stemmer.filter(|_| !self.stems.is_empty());
                of_stem = stemmer.and_then(|stemmer| self.stems.get(&*stemmer.stem(fold)));
            }
            if let Some(&leaf) = of_stem {
                leaves[leaf].push(info.clone());
            }
            for &(leaf, matcher) in &self.scans {
                if matcher.matches(fold, form) {
                    leaves[leaf].push(info.clone());
                }
            }
        }
        Ok(())
    }
}

fn terms_between(terms: &TermDictionary, from: String, to: Option<String>) -> io::Result<Vec<TermInfo>> {
    let mut range = terms.range().ge(from);
    if let Some(to) = to {
        range = range.lt(to);
    }
    let mut stream = range.into_stream()?;
    let mut found = Vec::new();
    while let Some((_, info)) = stream.next() {
        found.push(info.clone());
    }
    Ok(found)
}

/// The first string after all that start with `prefix`, in order of code points (which is that of bytes).
fn after_prefix(mut prefix: String) -> Option<String> {
    while let Some(last) = prefix.pop() {
        let next = (u32::from(last) + 1..=u32::from(char::MAX)).find_map(char::from_u32);
        if let Some(next) = next {
            prefix.push(next);
            return Some(prefix);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::after_prefix;

    #[test]
    fn the_end_of_a_prefix_is_the_next_string() {
        assert_eq!(after_prefix("abc".into()), Some("abd".into()));
        assert_eq!(after_prefix("a\u{10FFFF}".into()), Some("b".into()));
        assert_eq!(after_prefix("\u{D7FF}".into()), Some("\u{E000}".into()));
        assert_eq!(after_prefix(String::new()), None);
    }
}
