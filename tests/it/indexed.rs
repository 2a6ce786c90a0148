//! Corpora that are indexed in steps, and what the algebra finds in them by the index and without it.

use std::convert::Infallible;
use std::fs;
use std::path::{Path, PathBuf};

use qualcode::corpus::{self, Discovered};
use qualcode::diagnostic::Collected;
use qualcode::pattern::Node;
use qualcode::progress::Silent;
use qualcode::segment;
use qualcode::span::{Evaluator, LeafTable, Leaves, MemoryLeaves, Span, Spans};
use qualcode::store::{self, Block, BlockLeaves, LeafLimits, Snapshot, StoreError, UpdateOptions, Vocabulary};
use qualcode::text::SentenceSplitter;
use tempfile::TempDir;

/// Limits by which leaves are read in every way there is, however small a corpus: as a rule, rare words over the ends
/// of stretches, rare words from their postings, frequent words where others are found, and words read again.
pub(crate) fn ways() -> [LeafLimits; 5] {
    let usual = LeafLimits::default();
    [
        usual,
        LeafLimits { stretch: 3, places: 8, ..usual },
        LeafLimits { places: 0, ..usual },
        LeafLimits { rare: 0, seek: 0, ..usual },
        LeafLimits { cursors: 0, rare: 0, ..usual },
    ]
}

/// A corpus and its store.
pub(crate) struct Indexed {
    folder: TempDir,
    language: String,
}

/// Code to spans, as patterns with `code:` ask for them.
type CodesOf<'c> = &'c dyn Fn(&MemoryLeaves) -> Spans;

impl Indexed {
    pub(crate) fn new(language: &str) -> Self {
        // Every update is flushed to disk, which takes longer than all the rest; memory needs no flushing.
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        let folder = folder.expect("a folder");
        fs::create_dir(folder.path().join("corpus")).expect("a corpus");
        Self { folder, language: language.to_owned() }
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.corpus().join(name), text).expect("a transcript");
    }

    pub(crate) fn remove(&self, name: &str) {
        // A transcript that was never written needs no removing.
        let _ = fs::remove_file(self.corpus().join(name));
    }

    fn corpus(&self) -> PathBuf {
        self.folder.path().join("corpus")
    }

    fn store(&self) -> PathBuf {
        self.folder.path().join("store")
    }

    fn discovered(&self) -> Discovered {
        corpus::discover(&[self.corpus()], &[], &Collected::default()).expect("transcripts")
    }

    pub(crate) fn update(&self, threads: usize) -> Result<(), StoreError> {
        let options = UpdateOptions { language: self.language.clone(), threads };
        store::update(&self.store(), &self.discovered(), &options, &Collected::default(), &Silent).map(drop)
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot::open(&self.store()).expect("a complete store")
    }

    /// How many segments the index has, and how many of them have deleted records.
    pub(crate) fn segments(&self) -> (usize, usize) {
        let meta = fs::read(self.store().join("index/meta.json")).expect("the index's list of segments");
        let meta: serde_json::Value = serde_json::from_slice(&meta).expect("JSON");
        let segments = meta["segments"].as_array().expect("segments");
        (segments.len(), segments.iter().filter(|segment| !segment["deletes"].is_null()).count())
    }

    /// The words of every passage of every document that can be read, from the files.
    pub(crate) fn passages(&self) -> Vec<Vec<String>> {
        let splitter = SentenceSplitter::new(&self.language).expect("a language");
        let discovered = self.discovered();
        let read = |file| corpus::read(&discovered, file, &Collected::default());
        let texts = |transcript: corpus::Transcript| {
            let passages = segment::by_turn(&transcript, &splitter);
            passages.iter().map(|passage| passage.words.of(&transcript.text).to_owned()).collect()
        };
        discovered.files.iter().flat_map(read).map(texts).collect()
    }

    /// Evaluates the patterns block by block, by the index within `limits` and in memory, and hands both to `compare`.
    pub(crate) fn compare(
        &self,
        trees: &[Node],
        block: usize,
        limits: LeafLimits,
        codes: CodesOf<'_>,
        mut compare: impl FnMut(&Node, &[Span], &[Span]),
    ) {
        let (snapshot, passages) = (self.snapshot(), self.passages());
        assert_eq!(snapshot.len(), passages.len(), "documents in the store and in the folder");
        let mut table = LeafTable::default();
        trees.iter().for_each(|tree| table.add(tree));
        let vocabulary = Vocabulary::look_up_within(&snapshot, &table, limits).expect("the patterns compile");
        for documents in snapshot.blocks(block) {
            let turns: Vec<&str> = passages[documents.clone()].iter().flatten().map(String::as_str).collect();
            let memory = MemoryLeaves::from_text(&table, &self.language, &turns).expect("the patterns compile");
            let block = Block::load(&snapshot, documents);
            assert_words(&block, &turns);
            let indexed = BlockLeaves::new(&block, &vocabulary).expect("a readable store");
            for turn in 0..turns.len() as u32 {
                assert_eq!(indexed.sentence_starts(turn), memory.sentence_starts(turn), "{}", turns[turn as usize]);
            }
            let coded = codes(&memory);
            let codes = |_: &str| coded.as_slice();
            let (by_index, in_memory) = (Evaluator::new(&table, &indexed), Evaluator::new(&table, &memory));
            for tree in trees {
                let found = by_index.evaluate(tree, &codes).expect("a readable store");
                let expected = in_memory.evaluate(tree, &codes).unwrap_or_else(|never: Infallible| match never {});
                compare(tree, &found, &expected);
            }
        }
    }
}

/// The store must give back the words of every passage as they stand in the file.
fn assert_words(block: &Block<'_>, turns: &[&str]) {
    assert_eq!(block.rows().len(), turns.len());
    let texts = block.texts().expect("a readable store");
    for (row, turn) in turns.iter().enumerate() {
        let text = texts.read(row).expect("a readable store");
        assert_eq!(text.words(), *turn);
        assert_eq!(text.tokens.len(), block.rows()[row].words as usize);
    }
}
