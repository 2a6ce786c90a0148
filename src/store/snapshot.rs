//! A store opened for reading: the last complete state, whatever is being written meanwhile.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::Value;
use tantivy::store::StoreReader;
use tantivy::{DocId, Index, InvertedIndexReader, SegmentReader, TantivyDocument, TantivyError};

use crate::corpus::{Format, Properties, ReadingOptions};
use crate::diagnostic::Diagnostic;
use crate::store::record::{self, DocumentMeta, Fields};
use crate::store::side::Side;
use crate::store::{StoreError, home};

/// Blocks of decompressed text that a reader keeps for the next passage.
const TEXT_BLOCKS: usize = 8;

/// A store opened for reading.
pub struct Snapshot {
    folder: PathBuf,
    language: String,
    segments: Vec<SegmentReader>,
    fields: Fields,
    documents: Vec<Located>,
    labels: Vec<String>,
    columns: Vec<Columns>,
    side: Side,
    complete: bool,
}

/// Where the records of a document are.
#[derive(Debug, Clone)]
pub(super) struct Located {
    pub(super) id: String,
    pub(super) path: String,
    pub(super) sha256: String,
    pub(super) segment: usize,
    /// The document record; the passages follow it.
    pub(super) record: DocId,
    pub(super) passages: u32,
}

/// What the store knows of a document besides its passages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDocument {
    /// Document id.
    pub id: String,
    /// Path below the corpus folder.
    pub path: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// SHA-256 of the text.
    pub text_sha256: String,
    /// Format it was read as.
    pub format: Format,
}

/// The columns of one segment.
pub(super) struct Columns {
    pub(super) turn: Column<u64>,
    pub(super) lead: Column<u64>,
    pub(super) start_byte: Column<u64>,
    pub(super) start_char: Column<u64>,
    pub(super) end_char: Column<u64>,
    pub(super) word_count: Column<u64>,
    pub(super) start_time: Column<f64>,
    pub(super) end_time: Column<f64>,
    pub(super) sentence_token: Column<u64>,
    pub(super) sentence_start: Column<u64>,
    pub(super) speaker: Option<StrColumn>,
    /// Number in [`Snapshot::labels`] of each speaker ordinal.
    pub(super) label_numbers: Vec<u32>,
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Snapshot")
            .field("folder", &self.folder)
            .field("documents", &self.documents.len())
            .finish()
    }
}

impl Snapshot {
    /// Opens the store in `folder`.
    ///
    /// # Errors
    /// If there is no store, it has another format, its last update was cut off, or it cannot be read.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let snapshot = Self::open_partial(folder)?;
        if snapshot.complete { Ok(snapshot) } else { Err(StoreError::Incomplete { folder: folder.to_owned() }) }
    }

    /// Opens the store even if its last update was cut off.
    pub(super) fn open_partial(folder: &Path) -> Result<Self, StoreError> {
        let about = home::read(folder)?;
        let failed = |source| StoreError::Index { folder: folder.to_owned(), source };
        let (_, fields) = record::schema();
        let index_folder = home::index_folder(folder);
        if !index_folder.join("meta.json").exists() {
            return Err(StoreError::Missing { folder: folder.to_owned() });
        }
        let (segments, side, complete) = generation(folder, &index_folder)?;
        let mut snapshot = Self {
            folder: folder.to_owned(),
            language: about.language,
            documents: locate(&segments).map_err(failed)?,
            labels: Vec::new(),
            columns: Vec::new(),
            segments,
            fields,
            side,
            complete,
        };
        snapshot.read_columns().map_err(failed)?;
        Ok(snapshot)
    }

    /// The language that the transcripts were split by.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// How many documents there are; they are numbered from 0 in order of their ids.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether there are no documents.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// The id of a document.
    pub fn id(&self, document: usize) -> &str {
        &self.documents[document].id
    }

    /// The number of the document with this id.
    pub(super) fn position(&self, id: &str) -> Option<usize> {
        self.documents.binary_search_by(|located| located.id.as_str().cmp(id)).ok()
    }

    /// The path of a document below its corpus folder.
    pub fn path(&self, document: usize) -> &str {
        &self.documents[document].path
    }

    /// SHA-256 of a document's file, lower-case hexadecimal.
    pub fn sha256(&self, document: usize) -> &str {
        &self.documents[document].sha256
    }

    /// Every speaker label, sorted; rows refer to them by number.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The attributes and speakers of the corpus.
    pub fn properties(&self) -> &Properties {
        &self.side.properties
    }

    /// How the transcripts were read.
    pub fn reading(&self) -> &ReadingOptions {
        &self.side.reading
    }

    /// What reading the documents had to say, in order of their ids, and which files could not be read.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.side.diagnostics.values().flatten().chain(&self.side.skipped)
    }

    /// What reading a document had to say.
    pub fn told(&self, document: usize) -> &[Diagnostic] {
        self.side.diagnostics.get(&self.documents[document].id).map_or(&[], Vec::as_slice)
    }

    /// What the store knows of a document.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn document(&self, document: usize) -> Result<StoredDocument, StoreError> {
        let located = &self.documents[document];
        let record = self.stored(&self.texts(located.segment)?, located.record)?;
        let damaged = |what: String| StoreError::Damaged { folder: self.folder.clone(), what };
        let meta = record.get_first(self.fields.meta).and_then(|value| value.as_str()).unwrap_or_default();
        let meta: DocumentMeta =
            serde_json::from_str(meta).map_err(|error| damaged(format!("document {}: {error}", located.id)))?;
        let format = Format::parse(&meta.format)
            .ok_or_else(|| damaged(format!("document {} has the format {}", located.id, meta.format)))?;
        Ok(StoredDocument {
            id: located.id.clone(),
            path: located.path.clone(),
            sha256: located.sha256.clone(),
            text_sha256: meta.text_sha256,
            format,
        })
    }

    /// The documents in runs of about `passages` passages, each at least one document.
    pub fn blocks(&self, passages: usize) -> Vec<std::ops::Range<usize>> {
        let mut blocks = Vec::new();
        let (mut start, mut held) = (0, 0);
        for (at, document) in self.documents.iter().enumerate() {
            held += document.passages as usize + 1;
            if held >= passages {
                blocks.push(start..at + 1);
                (start, held) = (at + 1, 0);
            }
        }
        if start < self.documents.len() {
            blocks.push(start..self.documents.len());
        }
        blocks
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn fields(&self) -> &Fields {
        &self.fields
    }

    pub(super) fn located(&self, document: usize) -> &Located {
        &self.documents[document]
    }

    pub(super) fn columns(&self, segment: usize) -> &Columns {
        &self.columns[segment]
    }

    pub(super) fn segments(&self) -> &[SegmentReader] {
        &self.segments
    }

    pub(super) fn side(&self) -> (&Side, bool) {
        (&self.side, self.complete)
    }

    /// A reader of the stored texts of a segment.
    pub(super) fn texts(&self, segment: usize) -> Result<StoreReader, StoreError> {
        self.segments()[segment].get_store_reader(TEXT_BLOCKS).map_err(|source| self.unreadable(source))
    }

    /// The words of a segment.
    pub(super) fn word_index(&self, segment: usize) -> Result<Arc<InvertedIndexReader>, StoreError> {
        self.segments()[segment].inverted_index(self.fields().words).map_err(|source| self.failed(source))
    }

    /// The error that a file of the store cannot be read.
    pub(super) fn unreadable(&self, source: io::Error) -> StoreError {
        StoreError::Io { action: "read", path: self.folder.clone(), source }
    }

    /// The stored fields of a record.
    pub(super) fn stored(&self, texts: &StoreReader, record: DocId) -> Result<TantivyDocument, StoreError> {
        texts.get(record).map_err(|source| self.failed(source))
    }

    pub(super) fn failed(&self, source: TantivyError) -> StoreError {
        StoreError::Index { folder: self.folder.clone(), source }
    }

    fn read_columns(&mut self) -> Result<(), TantivyError> {
        let mut labels = BTreeSet::new();
        let mut speakers = Vec::new();
        for reader in &self.segments {
            let column = reader.fast_fields().str("speaker")?;
            let names = column.as_ref().map_or(Ok(Vec::new()), names)?;
            labels.extend(names.iter().cloned());
            speakers.push((column, names));
        }
        self.labels = labels.into_iter().collect();
        for (reader, (speaker, names)) in self.segments.iter().zip(speakers) {
            let fast = reader.fast_fields();
            self.columns.push(Columns {
                turn: fast.u64("turn")?,
                lead: fast.u64("lead")?,
                start_byte: fast.u64("start_byte")?,
                start_char: fast.u64("start_char")?,
                end_char: fast.u64("end_char")?,
                word_count: fast.u64("word_count")?,
                start_time: fast.f64("start_time")?,
                end_time: fast.f64("end_time")?,
                sentence_token: fast.u64("sentence_token")?,
                sentence_start: fast.u64("sentence_start")?,
                speaker,
                label_numbers: names
                    .iter()
                    .map(|name| self.labels.partition_point(|label| label < name) as u32)
                    .collect(),
            });
        }
        Ok(())
    }
}

/// Every name of a text column, by ordinal: one walk over its dictionary, which is dear to be asked name by name.
fn names(column: &StrColumn) -> Result<Vec<String>, TantivyError> {
    let mut names = Vec::with_capacity(column.num_terms());
    let mut stream = column.dictionary().stream()?;
    while stream.advance() {
        let name = std::str::from_utf8(stream.key()).map_err(|error| TantivyError::InternalError(error.to_string()))?;
        names.push(name.to_owned());
    }
    Ok(names)
}

/// The segments and the side file of one generation. A writer that commits meanwhile may remove the files of the
/// generation before; then the new one is read.
fn generation(folder: &Path, index_folder: &Path) -> Result<(Vec<SegmentReader>, Side, bool), StoreError> {
    const TRIES: usize = 5;
    let mut tries = 0;
    loop {
        tries += 1;
        match read_generation(folder, index_folder) {
            Err(_) if tries < TRIES => {}
            result => return result,
        }
    }
}

/// Segments are opened one by one: tantivy's own reader takes a lock, for which the store would have to be writable.
fn read_generation(folder: &Path, index_folder: &Path) -> Result<(Vec<SegmentReader>, Side, bool), StoreError> {
    let failed = |source| StoreError::Index { folder: folder.to_owned(), source };
    let index = Index::open_in_dir(index_folder).map_err(failed)?;
    let metas = index.load_metas().map_err(failed)?;
    let (side, complete) = Side::read(folder, metas.payload.as_deref())?;
    let segments: Result<_, _> =
        metas.segments.into_iter().map(|segment| SegmentReader::open(&index.segment(segment))).collect();
    Ok((segments.map_err(failed)?, side, complete))
}

/// Every document that is not deleted, in order of ids.
fn locate(segments: &[SegmentReader]) -> Result<Vec<Located>, TantivyError> {
    let mut documents = Vec::new();
    for (segment, reader) in segments.iter().enumerate() {
        let fast = reader.fast_fields();
        let passages = fast.u64("passages")?;
        let (Some(id), Some(path), Some(sha256)) = (fast.str("id")?, fast.str("path")?, fast.str("sha256")?) else {
            continue;
        };
        let (id, path, sha256) = (Values::of(id)?, Values::of(path)?, Values::of(sha256)?);
        let alive = reader.alive_bitset();
        let mut record = 0;
        // The passages of a document follow its record, so the next document is right behind them.
        while record < reader.max_doc() {
            let count = passages.first(record).unwrap_or(0) as u32;
            if alive.is_none_or(|alive| alive.is_alive(record)) {
                documents.push(Located {
                    id: id.get(record),
                    path: path.get(record),
                    sha256: sha256.get(record),
                    segment,
                    record,
                    passages: count,
                });
            }
            record += 1 + count;
        }
    }
    documents.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    Ok(documents)
}

/// A text column and all its values.
struct Values {
    column: StrColumn,
    names: Vec<String>,
}

impl Values {
    fn of(column: StrColumn) -> Result<Self, TantivyError> {
        Ok(Self { names: names(&column)?, column })
    }

    fn get(&self, record: DocId) -> String {
        let ordinal = self.column.term_ords(record).next();
        ordinal.and_then(|ordinal| self.names.get(ordinal as usize)).cloned().unwrap_or_default()
    }
}
