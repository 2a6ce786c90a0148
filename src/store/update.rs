//! Bringing a store up to date with a corpus.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use tantivy::indexer::{NoMergePolicy, UserOperation};
use tantivy::{Index, IndexWriter, TantivyDocument, TantivyError, Term};

use crate::corpus::{self, CorpusError, Discovered, DocumentEntry, SourceFile};
use crate::diagnostic::{Collected, Diagnostic, Report};
use crate::lint;
use crate::ordered;
use crate::progress::{Progress, Stage};
use crate::segment;
use crate::store::permit::{Permits, Permitted};
use crate::store::record::{self, Fields};
use crate::store::side::{self, Side};
use crate::store::word::{TOKENIZER, TermTokenizer};
use crate::store::{Snapshot, StoreError, home};
use crate::text::SentenceSplitter;

/// Memory of all indexing threads together, in bytes.
const MEMORY: usize = 300_000_000;
/// Indexing threads at most; with more, each would have too little memory to make segments of a useful size.
const MOST_THREADS: usize = 8;
/// Bytes of text that may wait for the indexing threads.
const WAITING: usize = 8 << 20;
/// Bytes of text after which the first building of a store is committed, so that a later run goes on from there. An
/// update of a complete store is committed once, at its end: until then the store stays as it was.
const COMMIT_EVERY: usize = 1 << 30;
/// More segments of fewer than `SMALL` records than this are merged into one.
const MOST_SMALL: usize = 8;
const SMALL: u32 = 50_000;

/// How to update.
#[derive(Debug, Clone)]
pub struct UpdateOptions {
    /// BCP 47 code of the language of the transcripts.
    pub language: String,
    /// Threads for reading, and as many for indexing.
    pub threads: usize,
}

/// What an update did, in documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Update {
    /// New in the corpus.
    pub added: u64,
    /// With other bytes, or another path, than before.
    pub changed: u64,
    /// Gone from the corpus, or no longer readable.
    pub removed: u64,
    /// As before.
    pub unchanged: u64,
    /// In the corpus, but could not be read.
    pub skipped: u64,
}

/// Brings the store in `folder` up to date with a corpus, making it if there is none. Only files whose bytes have
/// changed are indexed; those that have vanished are dropped. Whatever happens, the folder holds the last complete
/// state; an update that is cut off is taken up where it was last committed.
///
/// # Errors
/// If another process is writing the store, the store has another format or language, `documents.csv`,
/// `speakers.csv` or front matter are at fault, or the disk fails. A transcript that cannot be read is a diagnostic.
pub fn update(
    folder: &Path,
    corpus: &Discovered,
    options: &UpdateOptions,
    report: &dyn Report,
    progress: &dyn Progress,
) -> Result<Update, StoreError> {
    let splitter = SentenceSplitter::new(&options.language)?;
    let _lock = home::lock(folder)?;
    home::claim(folder, &options.language)?;
    let (index, fields) = open(folder)?;
    let known = Known::of(folder)?;
    check_tables(corpus)?;
    let mut run = Run::begin(folder, &index, fields, options, &known)?;
    run.clear_away()?;
    let bytes = corpus.files.iter().map(|file| file.bytes_len).sum();
    progress.begin(Stage::Indexing, corpus.files.len() as u64, bytes);
    let read = |at: usize| {
        let file = &corpus.files[at];
        let read = read(file, &known, &splitter, &fields);
        progress.advance(Stage::Indexing, 1, file.bytes_len);
        read
    };
    ordered::map(corpus.files.len(), options.threads, 2, read, |read| run.take(read, report))?;
    run.drop_vanished(&known);
    let entries: Vec<DocumentEntry<'_>> = corpus
        .files
        .iter()
        .filter(|file| run.kept.contains(&file.id))
        .map(|file| DocumentEntry {
            id: &file.id,
            path: &file.path,
            front_matter: run.side.front_matter.get(&file.id).map_or(&[], Vec::as_slice),
            folder: file.folder,
        })
        .collect();
    let properties = corpus::properties(&corpus.folders, &entries, report)?;
    run.side.properties = properties;
    let update = run.finish(&known)?;
    progress.end(Stage::Indexing);
    Ok(update)
}

/// Opens the index, making an empty one if there is none yet.
fn open(folder: &Path) -> Result<(Index, Fields), StoreError> {
    let path = home::index_folder(folder);
    std::fs::create_dir_all(&path).map_err(|source| StoreError::Io { action: "make", path: path.clone(), source })?;
    let (schema, fields) = record::schema();
    let failed = |source| StoreError::Index { folder: folder.to_owned(), source };
    let index = if path.join("meta.json").exists() {
        Index::open_in_dir(&path).map_err(failed)?
    } else {
        Index::create_in_dir(&path, schema).map_err(failed)?
    };
    index.tokenizers().register(TOKENIZER, TermTokenizer::default());
    Ok((index, fields))
}

/// Finds faults of `documents.csv` and `speakers.csv` before the work of indexing; front matter comes later.
fn check_tables(corpus: &Discovered) -> Result<(), CorpusError> {
    let entries: Vec<DocumentEntry<'_>> = corpus
        .files
        .iter()
        .map(|file| DocumentEntry { id: &file.id, path: &file.path, front_matter: &[], folder: file.folder })
        .collect();
    corpus::properties(&corpus.folders, &entries, &Collected::default()).map(|_| ())
}

/// What the store knew before.
struct Known {
    documents: HashMap<String, (String, String)>,
    side: Side,
    complete: bool,
}

impl Known {
    fn of(folder: &Path) -> Result<Self, StoreError> {
        let snapshot = Snapshot::open_partial(folder)?;
        let mut documents = HashMap::with_capacity(snapshot.len());
        for document in 0..snapshot.len() {
            let located = snapshot.located(document);
            documents.insert(located.id.clone(), (snapshot.path(document).to_owned(), located.sha256.clone()));
        }
        let (side, complete) = snapshot.side();
        Ok(Self { documents, side: side.clone(), complete })
    }

    fn has(&self, file: &SourceFile, sha256: &str) -> bool {
        self.documents.get(&file.id).is_some_and(|(path, known)| *path == file.path && known == sha256)
    }
}

/// What became of one file.
enum Read {
    Unchanged { id: String },
    Skipped(Diagnostic),
    New(Box<NewDocument>),
}

struct NewDocument {
    id: String,
    bytes: usize,
    records: Vec<TantivyDocument>,
    front_matter: Vec<(String, String, u32)>,
    diagnostics: Vec<Diagnostic>,
}

fn read(file: &SourceFile, known: &Known, splitter: &SentenceSplitter, fields: &Fields) -> Read {
    let skipped = |error: corpus::ReadError| Read::Skipped(error.diagnostic(&file.path));
    let bytes = match corpus::fetch(file) {
        Ok(bytes) => bytes,
        Err(error) => return skipped(error),
    };
    if known.has(file, bytes.sha256()) {
        return Read::Unchanged { id: file.id.clone() };
    }
    match corpus::parse(&file.id, &file.path, file.format, bytes) {
        Ok((transcript, mut diagnostics)) => {
            let passages = segment::by_turn(&transcript, splitter);
            let findings = lint::document(&transcript, &passages, &diagnostics);
            diagnostics.extend(findings.into_iter().map(|finding| finding.diagnostic));
            let records = record::records(&transcript, &passages, fields);
            Read::New(Box::new(NewDocument {
                bytes: transcript.text.len(),
                records,
                id: transcript.id,
                front_matter: transcript.front_matter,
                diagnostics,
            }))
        }
        Err(error) => skipped(error),
    }
}

/// An update under way.
struct Run<'a> {
    folder: &'a Path,
    index: &'a Index,
    fields: Fields,
    writer: IndexWriter<Permitted>,
    permits: Arc<Permits>,
    known: &'a Known,
    side: Side,
    /// Ids of the documents that are in the store now.
    kept: HashSet<String>,
    since_commit: usize,
    update: Update,
}

impl<'a> Run<'a> {
    fn begin(
        folder: &'a Path,
        index: &'a Index,
        fields: Fields,
        options: &UpdateOptions,
        known: &'a Known,
    ) -> Result<Self, StoreError> {
        let threads = options.threads.clamp(1, MOST_THREADS);
        let writer = index
            .writer_with_num_threads(threads, MEMORY)
            .map_err(|source| StoreError::Index { folder: folder.to_owned(), source })?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(Self {
            folder,
            index,
            fields,
            writer,
            permits: Permits::new(WAITING),
            known,
            side: Side::default(),
            kept: HashSet::new(),
            since_commit: 0,
            update: Update::default(),
        })
    }

    /// Removes the files that an update which was cut off, or that found the disk full, has left: they take room,
    /// and nothing refers to them.
    fn clear_away(&self) -> Result<(), StoreError> {
        self.writer.garbage_collect_files().wait().map_err(|source| self.failed(source))?;
        let payload = self.index.load_metas().map_err(|source| self.failed(source))?.payload;
        side::sweep(self.folder, payload.as_deref().unwrap_or_default())
    }

    fn failed(&self, source: TantivyError) -> StoreError {
        StoreError::Index { folder: self.folder.to_owned(), source }
    }

    fn take(&mut self, read: Read, report: &dyn Report) -> Result<(), StoreError> {
        match read {
            Read::Skipped(diagnostic) => {
                self.update.skipped += 1;
                self.side.skipped.push(diagnostic.clone());
                report.report(diagnostic);
            }
            Read::Unchanged { id } => {
                self.update.unchanged += 1;
                let front_matter = self.known.side.front_matter.get(&id).cloned().unwrap_or_default();
                let diagnostics = self.known.side.diagnostics.get(&id).cloned().unwrap_or_default();
                self.note(id, front_matter, diagnostics);
            }
            Read::New(document) => self.add(*document)?,
        }
        Ok(())
    }

    fn note(&mut self, id: String, front_matter: Vec<(String, String, u32)>, diagnostics: Vec<Diagnostic>) {
        if !front_matter.is_empty() {
            self.side.front_matter.insert(id.clone(), front_matter);
        }
        if !diagnostics.is_empty() {
            self.side.diagnostics.insert(id.clone(), diagnostics);
        }
        self.kept.insert(id);
    }

    fn add(&mut self, document: NewDocument) -> Result<(), StoreError> {
        let mut operations = Vec::with_capacity(document.records.len() + 1);
        if self.known.documents.contains_key(&document.id) {
            self.update.changed += 1;
            operations.push(UserOperation::Delete(Term::from_field_text(self.fields.document, &document.id)));
        } else {
            self.update.added += 1;
        }
        let permit = self.permits.take(document.bytes);
        operations
            .extend(document.records.into_iter().map(|record| UserOperation::Add(Permitted::new(record, &permit))));
        drop(permit);
        self.writer.run(operations).map_err(|source| self.failed(source))?;
        self.note(document.id, document.front_matter, document.diagnostics);
        self.since_commit += document.bytes;
        if self.since_commit >= COMMIT_EVERY && !self.known.complete {
            self.commit_so_far()?;
            self.since_commit = 0;
        }
        Ok(())
    }

    /// Documents of the store that the corpus no longer has, or that can no longer be read.
    fn drop_vanished(&mut self, known: &Known) {
        for id in known.documents.keys().filter(|id| !self.kept.contains(*id)) {
            self.writer.delete_term(Term::from_field_text(self.fields.document, id));
            self.update.removed += 1;
        }
    }

    /// Commits what there is of a store that is being built. Documents that this run has not come to yet may be
    /// there from a run that was cut off, and keep what is known of them.
    fn commit_so_far(&mut self) -> Result<(), StoreError> {
        let mut side = self.known.side.clone();
        side.front_matter.extend(self.side.front_matter.clone());
        side.diagnostics.extend(self.side.diagnostics.clone());
        self.commit(&side, false).map(|_| ())
    }

    fn commit(&mut self, side: &Side, complete: bool) -> Result<String, StoreError> {
        let payload = side.write(self.folder, complete)?;
        let folder = self.folder;
        let failed = |source| StoreError::Index { folder: folder.to_owned(), source };
        let mut commit = self.writer.prepare_commit().map_err(failed)?;
        commit.set_payload(&payload);
        commit.commit().map_err(failed)?;
        Ok(payload)
    }

    fn finish(mut self, known: &Known) -> Result<Update, StoreError> {
        let untouched = self.update.added + self.update.changed + self.update.removed == 0;
        if untouched && known.complete && self.side == known.side {
            return Ok(self.update);
        }
        let side = std::mem::take(&mut self.side);
        let payload = self.commit(&side, true)?;
        side::sweep(self.folder, &payload)?;
        let update = self.update;
        self.compact()?;
        Ok(update)
    }

    /// Merges small segments when they have piled up, and rewrites those that are largely deleted.
    fn compact(mut self) -> Result<(), StoreError> {
        let metas = self.index.searchable_segment_metas().map_err(|source| self.failed(source))?;
        let small = metas.iter().filter(|meta| meta.num_docs() < SMALL).count();
        let merged: Vec<_> = metas
            .iter()
            .filter(|meta| {
                (small > MOST_SMALL && meta.num_docs() < SMALL) || meta.num_deleted_docs() * 4 > meta.max_doc()
            })
            .map(|meta| meta.id())
            .collect();
        if !merged.is_empty() {
            self.writer.merge(&merged).wait().map_err(|source| self.failed(source))?;
        }
        self.writer.garbage_collect_files().wait().map_err(|source| self.failed(source))?;
        let folder = self.folder;
        self.writer.wait_merging_threads().map_err(|source| StoreError::Index { folder: folder.to_owned(), source })
    }
}
