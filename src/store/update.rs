//! Bringing a store up to date with a corpus.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tantivy::directory::error::LockError;
use tantivy::indexer::{NoMergePolicy, UserOperation};
use tantivy::{Index, IndexWriter, TantivyDocument, TantivyError, Term};

use crate::corpus::{self, ColumnNames, CorpusError, Discovered, DocumentEntry, SourceFile, Transcript};
use crate::diagnostic::{Collected, Diagnostic, Report, Severity};
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
const MEMORY: usize = 120_000_000;
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
    /// In the corpus, but could not be read: files, and documents of tables.
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
        let read = read(corpus, file, &known, &splitter, &fields);
        progress.advance(Stage::Indexing, 1, file.bytes_len);
        (at, read)
    };
    ordered::map(corpus.files.len(), options.threads, 2, read, |(at, read)| {
        run.take(&corpus.files[at], at, read, report)
    })?;
    refuse_tables_only(&run)?;
    run.drop_vanished(&known);
    let entries: Vec<DocumentEntry<'_>> = run
        .kept
        .iter()
        .map(|(id, at)| DocumentEntry {
            id,
            path: &corpus.files[*at].path,
            front_matter: run.side.front_matter.get(id).map_or(&[], Vec::as_slice),
            folder: corpus.files[*at].folder,
        })
        .collect();
    let properties = corpus::properties(&corpus.folders, &entries, report)?;
    run.side.properties = properties;
    run.side.reading = corpus.options.clone();
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

/// A corpus in which nothing is a transcript, but tables are that might be, is one whose columns are to be told.
fn refuse_tables_only(run: &Run<'_>) -> Result<(), CorpusError> {
    match run.side.skipped.iter().find(|told| told.severity == Severity::Note) {
        Some(told) if run.kept.is_empty() && run.update.skipped == 0 => {
            Err(CorpusError::NoTurns { path: told.path.clone(), message: told.message.clone() })
        }
        _ => Ok(()),
    }
}

/// What the store knew before.
struct Known {
    /// Path and hash per document id.
    documents: HashMap<String, (String, String)>,
    /// The ids of the documents of each path, sorted.
    of_path: HashMap<String, Vec<String>>,
    side: Side,
    complete: bool,
}

impl Known {
    fn of(folder: &Path) -> Result<Self, StoreError> {
        let snapshot = Snapshot::open_partial(folder)?;
        let mut documents = HashMap::with_capacity(snapshot.len());
        let mut of_path: HashMap<String, Vec<String>> = HashMap::with_capacity(snapshot.len());
        for document in 0..snapshot.len() {
            let located = snapshot.located(document);
            documents.insert(located.id.clone(), (located.path.clone(), located.sha256.clone()));
            of_path.entry(located.path.clone()).or_default().push(located.id.clone());
        }
        let (side, complete) = snapshot.side();
        Ok(Self { documents, of_path, side: side.clone(), complete })
    }

    /// The documents of a file, if reading it would give them again.
    fn unchanged(&self, corpus: &Discovered, file: &SourceFile, sha256: &str) -> Option<&[String]> {
        let ids = self.of_path.get(&file.path)?;
        let same = ids.iter().all(|id| self.has(corpus, file, id, sha256));
        (same && !self.side.partial.contains(&file.path) && corpus.holds(file, ids)).then_some(ids)
    }

    /// Whether the store has a document as a file now gives it.
    fn has(&self, corpus: &Discovered, file: &SourceFile, id: &str, sha256: &str) -> bool {
        let known = self.documents.get(id).is_some_and(|(path, known)| *path == file.path && known == sha256);
        known && self.side.columns.get(id) == corpus.columns_for(file)
    }
}

/// What became of one file.
enum Read {
    Unchanged { ids: Vec<String> },
    Skipped(Diagnostic),
    New(Vec<NewDocument>),
}

struct NewDocument {
    id: String,
    /// Whether the store has it as it is; it was read because of others in its file.
    known: bool,
    bytes: usize,
    records: Vec<TantivyDocument>,
    front_matter: Vec<(String, String, u32)>,
    diagnostics: Vec<Diagnostic>,
    columns: Option<ColumnNames>,
}

fn read(corpus: &Discovered, file: &SourceFile, known: &Known, splitter: &SentenceSplitter, fields: &Fields) -> Read {
    let skipped = |error: corpus::ReadError| Read::Skipped(error.diagnostic(&file.path));
    let bytes = match corpus::fetch(file) {
        Ok(bytes) => bytes,
        Err(error) => return skipped(error),
    };
    if let Some(ids) = known.unchanged(corpus, file, bytes.sha256()) {
        return Read::Unchanged { ids: ids.to_vec() };
    }
    let document = |(transcript, mut diagnostics): (Transcript, Vec<Diagnostic>)| {
        let known = known.has(corpus, file, &transcript.id, &transcript.sha256);
        let passages = segment::by_turn(&transcript, splitter);
        let findings = lint::document(&transcript, &passages, &diagnostics);
        diagnostics.extend(findings.into_iter().map(|finding| finding.diagnostic));
        let records = if known { Vec::new() } else { record::records(&transcript, &passages, fields) };
        NewDocument {
            known,
            bytes: transcript.text.len(),
            records,
            id: transcript.id,
            front_matter: transcript.front_matter,
            diagnostics,
            columns: corpus.columns_for(file).cloned(),
        }
    };
    match corpus::documents(corpus, file, bytes) {
        Ok(documents) => Read::New(documents.into_iter().map(document).collect()),
        Err(error) => skipped(error),
    }
}

/// The writer of an index. The store's own lock shuts everybody else out; but tantivy's goes with its file, which a
/// program that another thread is just starting holds open for a moment.
fn writer(index: &Index, threads: usize) -> tantivy::Result<IndexWriter<Permitted>> {
    const TRIES: usize = 50;
    const PAUSE: Duration = Duration::from_millis(10);
    for _ in 1..TRIES {
        match index.writer_with_num_threads(threads, MEMORY) {
            Err(TantivyError::LockFailure(LockError::LockBusy, _)) => thread::sleep(PAUSE),
            opened => return opened,
        }
    }
    index.writer_with_num_threads(threads, MEMORY)
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
    /// Ids of the documents that are in the store now, and the place of their files in the corpus.
    kept: BTreeMap<String, usize>,
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
        let writer =
            writer(index, threads).map_err(|source| StoreError::Index { folder: folder.to_owned(), source })?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(Self {
            folder,
            index,
            fields,
            writer,
            permits: Permits::new(WAITING),
            known,
            side: Side::default(),
            kept: BTreeMap::new(),
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

    fn take(&mut self, file: &SourceFile, at: usize, read: Read, report: &dyn Report) -> Result<(), StoreError> {
        match read {
            Read::Skipped(diagnostic) => {
                self.update.skipped += u64::from(diagnostic.severity == Severity::Skipped);
                self.skip(diagnostic, report);
            }
            Read::Unchanged { ids } => {
                for id in ids {
                    if !self.is_taken(&id, file, report) {
                        self.keep(id, at);
                    }
                }
            }
            Read::New(documents) => {
                for document in documents {
                    if self.is_taken(&document.id, file, report) {
                        continue;
                    }
                    self.since_commit += document.bytes;
                    if document.known {
                        self.update.unchanged += 1;
                        self.note(document, at);
                    } else {
                        self.add(document, at)?;
                    }
                }
                // Between files only: a file of which a part is in the store would be taken for unchanged.
                if self.since_commit >= COMMIT_EVERY && !self.known.complete {
                    self.commit_so_far()?;
                    self.since_commit = 0;
                }
            }
        }
        Ok(())
    }

    fn skip(&mut self, diagnostic: Diagnostic, report: &dyn Report) {
        self.side.skipped.push(diagnostic.clone());
        report.report(diagnostic);
    }

    /// Whether a file before this one has given a document of this id; this one's is then left out.
    fn is_taken(&mut self, id: &str, file: &SourceFile, report: &dyn Report) -> bool {
        if !self.kept.contains_key(id) {
            return false;
        }
        let message =
            format!("a document with the id \"{id}\" has been read from another file, so this one is left out");
        let mend = "rename one of the files, or change the name in the column of documents";
        self.update.skipped += 1;
        self.side.partial.insert(file.path.clone());
        self.skip(Diagnostic::new(Severity::Skipped, "T048", file.path.clone(), message, mend), report);
        true
    }

    /// Keeps a document of the store, with what was known of it.
    fn keep(&mut self, id: String, at: usize) {
        self.update.unchanged += 1;
        let side = &self.known.side;
        let document = NewDocument {
            known: true,
            bytes: 0,
            records: Vec::new(),
            front_matter: side.front_matter.get(&id).cloned().unwrap_or_default(),
            diagnostics: side.diagnostics.get(&id).cloned().unwrap_or_default(),
            columns: side.columns.get(&id).cloned(),
            id,
        };
        self.note(document, at);
    }

    fn note(&mut self, document: NewDocument, at: usize) {
        let NewDocument { id, front_matter, diagnostics, columns, .. } = document;
        if !front_matter.is_empty() {
            self.side.front_matter.insert(id.clone(), front_matter);
        }
        if !diagnostics.is_empty() {
            self.side.diagnostics.insert(id.clone(), diagnostics);
        }
        if let Some(columns) = columns {
            self.side.columns.insert(id.clone(), columns);
        }
        self.kept.insert(id, at);
    }

    fn add(&mut self, mut document: NewDocument, at: usize) -> Result<(), StoreError> {
        let records = std::mem::take(&mut document.records);
        let mut operations = Vec::with_capacity(records.len() + 1);
        if self.known.documents.contains_key(&document.id) {
            self.update.changed += 1;
            operations.push(UserOperation::Delete(Term::from_field_text(self.fields.document, &document.id)));
        } else {
            self.update.added += 1;
        }
        let permit = self.permits.take(document.bytes);
        operations.extend(records.into_iter().map(|record| UserOperation::Add(Permitted::new(record, &permit))));
        drop(permit);
        self.writer.run(operations).map_err(|source| self.failed(source))?;
        self.note(document, at);
        Ok(())
    }

    /// Documents of the store that the corpus no longer has, or that can no longer be read.
    fn drop_vanished(&mut self, known: &Known) {
        for id in known.documents.keys().filter(|id| !self.kept.contains_key(*id)) {
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
        side.columns.extend(self.side.columns.clone());
        side.partial.extend(self.side.partial.clone());
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
