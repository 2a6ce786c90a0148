//! A bound on the bytes that wait for the indexer.
//!
//! tantivy bounds its queue by the number of batches, and a batch here is a whole transcript. So every batch holds
//! a permit for its size, given back when the last of its records has been taken up.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use tantivy::TantivyDocument;
use tantivy::schema::Field;
use tantivy::schema::document::Document;

/// The bytes that may wait.
#[derive(Debug)]
pub(super) struct Permits {
    limit: usize,
    taken: Mutex<usize>,
    returned: Condvar,
}

/// Leave to have so many bytes waiting; given back when dropped.
#[derive(Debug)]
pub(super) struct Permit {
    permits: Arc<Permits>,
    bytes: usize,
}

impl Permits {
    /// Permits for `limit` bytes in all.
    pub(super) fn new(limit: usize) -> Arc<Self> {
        Arc::new(Self { limit, taken: Mutex::new(0), returned: Condvar::new() })
    }

    /// Waits until `bytes` more may wait; a batch above the limit gets in alone.
    pub(super) fn take(self: &Arc<Self>, bytes: usize) -> Arc<Permit> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        while *taken > 0 && *taken + bytes > self.limit {
            taken = self.returned.wait(taken).unwrap_or_else(PoisonError::into_inner);
        }
        *taken += bytes;
        Arc::new(Permit { permits: Arc::clone(self), bytes })
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        *self.permits.taken.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        self.permits.returned.notify_all();
    }
}

/// A record of the index together with its batch's permit.
#[derive(Debug)]
pub(super) struct Permitted {
    record: TantivyDocument,
    _permit: Arc<Permit>,
}

impl Permitted {
    /// A record of the batch that holds `permit`.
    pub(super) fn new(record: TantivyDocument, permit: &Arc<Permit>) -> Self {
        Self { record, _permit: Arc::clone(permit) }
    }
}

impl Document for Permitted {
    type Value<'a> = Borrowed<'a>;
    type FieldsValuesIter<'a> = Box<dyn Iterator<Item = (Field, Borrowed<'a>)> + 'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        Box::new(self.record.iter_fields_and_values())
    }

    fn into_tantivy_document(self) -> TantivyDocument {
        self.record
    }
}

type Borrowed<'a> = <TantivyDocument as Document>::Value<'a>;
