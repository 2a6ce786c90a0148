//! The words of a store that pass the tests of a set of patterns.

use tantivy::postings::TermInfo;
use tantivy::termdict::TermDictionary;

use crate::span::{DictionaryRange, LeafMatchers, LeafTable, WordMatcher};
use crate::store::{Snapshot, StoreError, word};

/// Above so many terms in one segment, reading the words of a block again is cheaper than opening a cursor each.
const MOST_CURSORS: usize = 8_192;

/// Where the postings of every leaf are, looked up once for a store and a set of patterns.
#[derive(Debug)]
pub struct Vocabulary {
    /// Per segment and leaf, the terms that pass.
    segments: Vec<Vec<Vec<TermInfo>>>,
    crowded: Vec<bool>,
    matchers: LeafMatchers,
}

impl Vocabulary {
    /// Looks up every test of `table` in the store's dictionaries.
    ///
    /// # Errors
    /// If a test does not compile in the store's language, or the index cannot be read.
    pub fn look_up(snapshot: &Snapshot, table: &LeafTable) -> Result<Self, StoreError> {
        let language = snapshot.language();
        let matchers: Vec<WordMatcher> =
            table.tests().iter().map(|test| WordMatcher::new(test, language)).collect::<Result<_, _>>()?;
        let mut segments = Vec::new();
        for segment in snapshot.segments() {
            let index = segment.inverted_index(snapshot.fields().words).map_err(|source| snapshot.failed(source))?;
            segments.push(terms_of_leaves(index.terms(), &matchers).map_err(|source| StoreError::Io {
                action: "read",
                path: snapshot.folder().to_owned(),
                source,
            })?);
        }
        let crowded = segments.iter().map(|leaves| leaves.iter().map(Vec::len).sum::<usize>() > MOST_CURSORS).collect();
        Ok(Self { segments, crowded, matchers: LeafMatchers::new(table, language)? })
    }

    pub(super) fn terms(&self, segment: usize, leaf: u32) -> &[TermInfo] {
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

fn terms_of_leaves(terms: &TermDictionary, matchers: &[WordMatcher]) -> std::io::Result<Vec<Vec<TermInfo>>> {
    let mut leaves = vec![Vec::new(); matchers.len()];
    let mut scanned = Vec::new();
    for (leaf, matcher) in matchers.iter().enumerate() {
        match matcher.dictionary_range() {
            DictionaryRange::Exact { fold, form: Some(form) } => {
                leaves[leaf].extend(terms.get(word::term(&fold, &form))?)
            }
            DictionaryRange::Exact { fold, form: None } => {
                leaves[leaf] = terms_between(terms, format!("{fold}\0"), Some(format!("{fold}\u{1}")))?;
            }
            DictionaryRange::Prefix { fold } => leaves[leaf] = terms_between(terms, fold.clone(), after_prefix(fold))?,
            DictionaryRange::Scan => scanned.push(leaf),
        }
    }
    if !scanned.is_empty() {
        let mut stream = terms.stream()?;
        while let Some((term, info)) = stream.next() {
            let Some((fold, form)) = word::parts(term) else { continue };
            for &leaf in &scanned {
                if matchers[leaf].matches(fold, form) {
                    leaves[leaf].push(info.clone());
                }
            }
        }
    }
    Ok(leaves)
}

fn terms_between(terms: &TermDictionary, from: String, to: Option<String>) -> std::io::Result<Vec<TermInfo>> {
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
