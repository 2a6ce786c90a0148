//! The places of rare words, held for a stretch of a segment's records at a time.
//!
//! A codebook's wildcards pass thousands of words of which most occur a few times. To open the postings of each of
//! them for every block would cost more than all the rest of coding, so they are read once for a stretch of records,
//! which many blocks are in. Blocks follow the documents, and so do the records of a store that was built at once: the
//! stretches that are no longer asked for give way, and memory stays bounded however large the store.

use std::collections::HashMap;
use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::postings::{Postings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, InvertedIndexReader};

use crate::store::vocabulary::LeafTerms;

/// Number of a segment, and first record of a stretch of it.
pub(super) type StretchKey = (usize, DocId);

/// The stretches that a block is in.
pub(super) type Stretches = HashMap<StretchKey, Arc<Stretch>>;

/// The places of the rare words of every leaf in a stretch of records.
#[derive(Debug, Default)]
pub(super) struct Stretch {
    /// Record and position, by leaf, ascending.
    places: Vec<(DocId, u32)>,
    /// Where the places of each leaf end.
    ends: Vec<usize>,
}

impl Stretch {
    /// Reads the places from the postings of a segment.
    pub(super) fn read(index: &InvertedIndexReader, leaves: &[LeafTerms], records: Range<DocId>) -> io::Result<Self> {
        let mut stretch = Self { places: Vec::new(), ends: Vec::with_capacity(leaves.len()) };
        let mut positions = Vec::new();
        for leaf in leaves {
            let from = stretch.places.len();
            for term in &leaf.rare {
                stretch.read_term(index, term, &records, &mut positions)?;
            }
            stretch.places[from..].sort_unstable_by_key(|&(record, at)| u64::from(record) << 32 | u64::from(at));
            stretch.ends.push(stretch.places.len());
        }
        stretch.places.shrink_to_fit();
        Ok(stretch)
    }

    fn read_term(
        &mut self,
        index: &InvertedIndexReader,
        term: &TermInfo,
        records: &Range<DocId>,
        positions: &mut Vec<u32>,
    ) -> io::Result<()> {
        let mut postings = index.read_postings_from_terminfo(term, IndexRecordOption::WithFreqsAndPositions)?;
        if postings.doc() < records.start {
            postings.seek(records.start);
        }
        // The end of postings is a record beyond all stretches.
        while postings.doc() < records.end {
            postings.positions(positions);
            self.places.extend(positions.iter().map(|&position| (postings.doc(), position)));
            postings.advance();
        }
        Ok(())
    }

    /// Record and position of the rare words of a leaf, ascending.
    pub(super) fn places(&self, leaf: u32) -> &[(DocId, u32)] {
        let leaf = leaf as usize;
        let from = if leaf == 0 { 0 } else { self.ends[leaf - 1] };
        &self.places[from..self.ends[leaf]]
    }
}

/// The stretches that were asked for last.
#[derive(Debug)]
pub(super) struct Held {
    most_places: usize,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    asked: u64,
    entries: HashMap<StretchKey, Entry>,
}

#[derive(Debug, Default)]
struct Entry {
    /// When it was asked for last.
    asked: u64,
    places: usize,
    /// Locked while it is read, so that a second thread waits for it instead of reading it too.
    stretch: Arc<Mutex<Option<Arc<Stretch>>>>,
}

impl Held {
    /// Keeps stretches of `most_places` together, and the one asked for last whatever its size.
    pub(super) fn new(most_places: usize) -> Self {
        Self { most_places, kept: Mutex::default() }
    }

    /// A stretch, which `read` reads if it is not kept.
    pub(super) fn stretch<E>(
        &self,
        key: StretchKey,
        read: impl FnOnce() -> Result<Stretch, E>,
    ) -> Result<Arc<Stretch>, E> {
        let slot = {
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.asked += 1;
            let asked = kept.asked;
            let entry = kept.entries.entry(key).or_default();
            entry.asked = asked;
            Arc::clone(&entry.stretch)
        };
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(stretch) = &*slot {
            return Ok(Arc::clone(stretch));
        }
        let stretch = Arc::new(read()?);
        *slot = Some(Arc::clone(&stretch));
        self.make_room(key, stretch.places.len());
        Ok(stretch)
    }

    /// Lets go of the stretches that were not asked for the longest.
    fn make_room(&self, read: StretchKey, places: usize) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = kept.entries.get_mut(&read) {
            entry.places = places;
        }
        let mut all: usize = kept.entries.values().map(|entry| entry.places).sum();
        while all > self.most_places {
            let others = kept.entries.iter().filter(|(key, entry)| **key != read && entry.places > 0);
            let Some(oldest) = others.min_by_key(|(_, entry)| entry.asked).map(|(key, _)| *key) else { break };
            all -= kept.entries.remove(&oldest).map_or(0, |entry| entry.places);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::convert::Infallible;

    use super::{Held, Stretch};

    #[test]
    fn the_stretch_that_was_not_asked_for_the_longest_gives_way() {
        let held = Held::new(25);
        let reads = Cell::new(0);
        let ask = |key| {
            let stretch = held.stretch((0, key), || {
                reads.set(reads.get() + 1);
                Ok::<_, Infallible>(Stretch { places: vec![(key, 0); 10], ends: vec![10] })
            });
            assert_eq!(stretch.expect("read").places(0)[0].0, key);
            reads.get()
        };
        assert_eq!((ask(1), ask(2), ask(1)), (1, 2, 2));
        // Room for two: 2 gives way to 3, and 1 stays.
        assert_eq!((ask(3), ask(1), ask(2)), (3, 3, 4));
    }

    #[test]
    fn a_stretch_that_could_not_be_read_is_read_again() {
        let held = Held::new(0);
        assert_eq!(held.stretch((0, 0), || Err("gone")).expect_err("gone"), "gone");
        assert!(held.stretch((0, 0), || Ok::<_, Infallible>(Stretch::default())).is_ok());
    }
}
