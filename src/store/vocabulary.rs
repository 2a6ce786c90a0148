//! The words of a store that pass the tests of a set of patterns.

use std::collections::HashMap;
use std::io;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use tantivy::postings::{Postings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::termdict::TermDictionary;
use tantivy::{DocId, DocSet, InvertedIndexReader, TERMINATED};

use crate::span::{DictionaryRange, LeafMatchers, LeafTable, WordMatcher};
use crate::store::{Snapshot, StoreError, word};
use crate::text::Stemmer;

/// Above so many cursors in one segment, reading the words of a block again is cheaper than opening each of them.
const MOST_CURSORS: usize = 8_192;
/// A term in no more records than this is read whole at once: opening a cursor in every block would cost more.
const RARE: u32 = 512;
/// Places of rare terms that are held at most, in all segments together (8 bytes each).
const MOST_HELD: usize = 2 << 20;

/// Where the postings of every leaf are, looked up once for a store and a set of patterns.
#[derive(Debug)]
pub struct Vocabulary {
    /// Per segment and leaf.
    segments: Vec<Vec<LeafTerms>>,
    crowded: Vec<bool>,
    matchers: LeafMatchers,
}

/// The words of one segment that pass one test.
#[derive(Debug, Clone, Default)]
pub(super) struct LeafTerms {
    /// Terms to be read block by block.
    pub(super) cursors: Vec<TermInfo>,
    /// Record and position of the other terms, ascending.
    pub(super) places: Vec<(DocId, u32)>,
}

impl LeafTerms {
    /// At most how many records have one of the terms; 0 only if none has.
    pub(super) fn records(&self) -> u64 {
        self.places.len() as u64 + self.cursors.iter().map(|term| u64::from(term.doc_freq)).sum::<u64>()
    }
}

impl Vocabulary {
    /// Looks up every test of `table` in the store's dictionaries, on as many threads as there are segments.
    ///
    /// # Errors
    /// If a test does not compile in the store's language, or the index cannot be read.
    pub fn look_up(snapshot: &Snapshot, table: &LeafTable) -> Result<Self, StoreError> {
        let language = snapshot.language();
        let matchers: Vec<WordMatcher> =
            table.tests().iter().map(|test| WordMatcher::new(test, language)).collect::<Result<_, _>>()?;
        let tests = Tests::of(&matchers, language);
        let most_held = MOST_HELD / snapshot.segments().len().max(1);
        let segments = snapshot.segments().par_iter().map(|segment| {
            let index = segment.inverted_index(snapshot.fields().words).map_err(|source| snapshot.failed(source))?;
            let terms = tests.terms(index.terms());
            terms.and_then(|terms| hold_rare(&index, terms, most_held)).map_err(|source| StoreError::Io {
                action: "read",
                path: snapshot.folder().to_owned(),
                source,
            })
        });
        let segments: Vec<Vec<LeafTerms>> = segments.collect::<Result<_, _>>()?;
        let cursors = |leaves: &[LeafTerms]| leaves.iter().map(|leaf| leaf.cursors.len()).sum::<usize>();
        let crowded = segments.iter().map(|leaves| cursors(leaves) > MOST_CURSORS).collect();
        Ok(Self { segments, crowded, matchers: LeafMatchers::new(table, language)? })
    }

    pub(super) fn terms(&self, segment: usize, leaf: u32) -> &LeafTerms {
        &self.segments[segment][leaf as usize]
    }

    /// Whether the leaves have too many terms in a segment to go by its postings.
    pub(super) fn is_crowded(&self, segment: usize) -> bool {
        self.crowded[segment]
    }

    pub(super) fn matchers(&self) -> &LeafMatchers {
        &self.matchers
    }
}

/// Reads the places of rare terms, as long as there is room for them.
fn hold_rare(index: &InvertedIndexReader, leaves: Vec<Vec<TermInfo>>, most: usize) -> io::Result<Vec<LeafTerms>> {
    let mut held = 0;
    let mut positions = Vec::new();
    leaves
        .into_iter()
        .map(|terms| {
            let mut leaf = LeafTerms::default();
            for term in terms {
                if term.doc_freq > RARE || held >= most {
                    leaf.cursors.push(term);
                    continue;
                }
                let from = leaf.places.len();
                let mut postings =
                    index.read_postings_from_terminfo(&term, IndexRecordOption::WithFreqsAndPositions)?;
                while postings.doc() != TERMINATED {
                    postings.positions(&mut positions);
                    leaf.places.extend(positions.iter().map(|&position| (postings.doc(), position)));
                    postings.advance();
                }
                held += leaf.places.len() - from;
            }
            leaf.places.sort_unstable_by_key(|&(record, position)| u64::from(record) << 32 | u64::from(position));
            leaf.places.shrink_to_fit();
            Ok(leaf)
        })
        .collect()
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
