//! The stages of a run, one by one.
//!
//! What's measured: cutting into tokens and sentences (bytes per second), indexing (bytes per second), coding and
//! co-occurrence (words per second), each from input in memory or on the disk to its result.
//!
//! Corpus: forty generated interviews of 5,000 words, the same in every run (see `support`); a codebook of twenty
//! codes and two hundred patterns with every operator.
//!
//! Notes: `cargo bench --bench stages`. The corpus is small and its vocabulary poor, so figures serve to compare one
//! state of the program with another; for what a user waits for see `scripts/measure.sh`.

use std::hint::black_box;
use std::path::Path;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use qualcode::codebook::Codebook;
use qualcode::coding::{self, CodedDocument, Plan};
use qualcode::diagnostic::Collected;
use qualcode::progress::Silent;
use qualcode::store::{self, Block, BlockLeaves, Snapshot, UpdateOptions, Vocabulary};
use qualcode::tables::{TableFormat, TableName, TableOptions, Tables};
use qualcode::text::{SentenceSplitter, token_spans};
use qualcode::{corpus, pipeline};

mod support;

const DOCUMENTS: u64 = 40;
const WORDS: usize = 5_000;

fn text(criterion: &mut Criterion) {
    let text: String = (1..=DOCUMENTS).map(|number| support::interview(number, WORDS)).collect();
    let mut group = criterion.benchmark_group("text");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("tokens", |bencher| {
        let mut spans = Vec::new();
        bencher.iter(|| {
            spans.clear();
            token_spans(black_box(&text), 0, &mut spans);
            spans.len()
        });
    });
    let splitter = SentenceSplitter::new("en").expect("a language");
    group.bench_function("sentences", |bencher| {
        let mut starts = Vec::new();
        bencher.iter(|| {
            starts.clear();
            text.split("\n\n").for_each(|turn| splitter.starts(black_box(turn), 0, &mut starts));
            starts.len()
        });
    });
}

fn build(folder: &Path, store: &Path) {
    let report = Collected::default();
    let found = corpus::discover(&[folder.to_owned()], &[], &report).expect("a corpus");
    let options = UpdateOptions { language: "en".to_owned(), threads: 2 };
    store::update(store, &found, &options, &report, &Silent).expect("a store");
}

fn indexing(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    support::write_corpus(folder.path(), DOCUMENTS, WORDS).expect("written");
    let bytes: u64 = (1..=DOCUMENTS).map(|number| support::interview(number, WORDS).len() as u64).sum();
    let mut group = criterion.benchmark_group("store");
    group.sample_size(10).throughput(Throughput::Bytes(bytes));
    group.bench_function("update", |bencher| {
        bencher.iter_batched(
            || tempfile::tempdir().expect("a folder"),
            |store| {
                build(folder.path(), store.path());
                store
            },
            BatchSize::PerIteration,
        );
    });
}

fn code(snapshot: &Snapshot, codebook: &Codebook) -> Vec<CodedDocument> {
    let plan = Plan::new(codebook);
    let vocabulary = Vocabulary::look_up(snapshot, plan.leaves()).expect("good tests");
    let mut coded = Vec::new();
    for documents in snapshot.blocks(8_192) {
        let block = Block::load(snapshot, documents);
        let leaves = BlockLeaves::new(&block, &vocabulary).expect("readable");
        coded.extend(coding::apply(&plan, &block, &leaves).expect("readable"));
    }
    coded
}

fn coding(criterion: &mut Criterion) {
    let (folder, store) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    support::write_corpus(folder.path(), DOCUMENTS, WORDS).expect("written");
    build(folder.path(), store.path());
    let file = store.path().with_extension("json");
    std::fs::write(&file, support::codebook(20)).expect("written");
    let codebook = pipeline::read_codebook(&file, &Collected::default()).expect("a good codebook");
    std::fs::remove_file(&file).expect("removed");
    let snapshot = Snapshot::open(store.path()).expect("a store");
    let mut group = criterion.benchmark_group("coding");
    group.sample_size(20).throughput(Throughput::Elements(DOCUMENTS * WORDS as u64));
    group.bench_function("apply", |bencher| bencher.iter(|| code(&snapshot, &codebook).len()));
    let coded = code(&snapshot, &codebook);
    let options = TableOptions {
        tables: Some(vec![TableName::Cooccurrence]),
        formats: vec![TableFormat::Parquet],
        ..TableOptions::default()
    };
    group.bench_function("cooccurrence", |bencher| {
        bencher.iter_batched(
            || tempfile::tempdir().expect("a folder"),
            |out| {
                let mut tables = Tables::begin(out.path(), &codebook, &[], &options).expect("begun");
                tables.push(&coded).expect("counted");
                tables.finish().expect("written");
                out
            },
            BatchSize::PerIteration,
        );
    });
}

criterion_group!(benches, text, indexing, coding);
criterion_main!(benches);
