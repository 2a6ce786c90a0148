//! The words of a store.

use std::collections::BTreeMap;
use std::io;

use crate::store::{Snapshot, StoreError, word};

impl Snapshot {
    /// Every word of the store, folded, with a bound: at most so many passages hold it. Documents that were replaced
    /// since may still be part of the bound, so it is good for ordering words and not for telling how many there are.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn words(&self) -> Result<BTreeMap<String, u64>, StoreError> {
        let mut words = BTreeMap::new();
        for segment in 0..self.segments().len() {
            let index = self.word_index(segment)?;
            let mut read = || -> io::Result<()> {
                let mut stream = index.terms().stream()?;
                while let Some((term, info)) = stream.next() {
                    let Some((fold, _)) = word::parts(term) else { continue };
                    match words.get_mut(fold) {
                        Some(passages) => *passages += u64::from(info.doc_freq),
                        None => {
                            words.insert(fold.to_owned(), u64::from(info.doc_freq));
                        }
                    }
                }
                Ok(())
            };
            read().map_err(|source| self.unreadable(source))?;
        }
        Ok(words)
    }
}
