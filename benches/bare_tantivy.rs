//! What a search engine alone takes to index the turns of a corpus: the yardstick for `qualcode run`.
//!
//! What's measured: from the words of all turns in memory to the end of tantivy's commit. Tokens are the word
//! segments of UAX #29 that hold a letter or a digit, lower-cased; they are indexed with frequencies and positions;
//! nothing is stored; two indexing threads of 150 MB each; no merging; a folder on the disk.
//!
//! Corpus: the folder given, else a generated one. Reading the files and cutting them into turns, with no sentence or
//! token looked at, is done before the clock starts and reported apart.
//!
//! ```text
//! cargo bench --bench bare_tantivy -- CORPUS
//! ```
//!
//! Notes: one run, printed as seconds. `scripts/measure.sh` runs it in turn with qualcode and prints the ratio.

#![allow(clippy::print_stdout, reason = "its result")]

mod support;

use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

use qualcode::corpus::{ParagraphKind, Transcript};
use qualcode::diagnostic::Collected;
use qualcode::text::{ByteSpan, holds_word};
use qualcode::{corpus, ordered};
use tantivy::indexer::NoMergePolicy;
use tantivy::schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{Index, TantivyDocument};
use unicode_segmentation::{UWordBoundIndices, UnicodeSegmentation};

const THREADS: usize = 2;
const MEMORY: usize = 300_000_000;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with("--")).map(PathBuf::from);
    let generated = tempfile::tempdir()?;
    let folder = match folder {
        Some(folder) => folder,
        None => {
            support::write_corpus(generated.path(), 100, 5_000)?;
            generated.path().to_owned()
        }
    };
    let begun = Instant::now();
    let turns = turns(folder)?;
    let read = begun.elapsed();
    let (begun, ticks) = (Instant::now(), processor_seconds());
    let words: u64 = index(&turns)?;
    let indexed = begun.elapsed();
    let processor = ticks.and_then(|ticks| Some(processor_seconds()? - ticks));
    println!("turns {}", turns.len());
    println!("indexed tokens {words}");
    println!("reading and cutting, seconds {:.3}", read.as_secs_f64());
    println!("all, seconds {:.3}", (read + indexed).as_secs_f64());
    println!("indexing, seconds {:.3}", indexed.as_secs_f64());
    if let Some(processor) = processor {
        println!("indexing, processor seconds {processor:.2}");
    }
    Ok(())
}

/// Processor time of all threads so far, where `/proc` tells it (in hundredths of a second, as Linux has it).
fn processor_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    let ticks: u64 = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    Some(ticks as f64 / 100.0)
}

/// The words of every turn of a corpus.
fn turns(folder: PathBuf) -> Result<Vec<String>, Box<dyn Error>> {
    let report = Collected::default();
    let found = corpus::discover(&[folder], &[], &report)?;
    let mut turns = Vec::new();
    let cut = |at: usize| {
        let transcripts = corpus::read(&found, &found.files[at], &report);
        transcripts.iter().flat_map(turns_of).collect::<Vec<String>>()
    };
    ordered::map(found.files.len(), THREADS, 2, cut, |cut| -> Result<(), Box<dyn Error>> {
        turns.extend(cut);
        Ok(())
    })?;
    Ok(turns)
}

/// The words of the turns of a transcript, cut as `segment::by_turn` cuts them.
fn turns_of(transcript: &Transcript) -> Vec<String> {
    let mut turns: Vec<ByteSpan> = Vec::new();
    let (mut speaker, mut speaks) = (None, false);
    for paragraph in &transcript.paragraphs {
        let label = paragraph.label.as_deref();
        if paragraph.kind == ParagraphKind::Heading {
            speaks = false;
            continue;
        }
        let goes_on = speaks && label.map_or(speaker.is_some(), |label| speaker == Some(label));
        match turns.last_mut() {
            Some(turn) if goes_on => turn.end = paragraph.words.end,
            _ => turns.push(paragraph.words),
        }
        (speaker, speaks) = (label.or(speaker), true);
    }
    turns.into_iter().map(|turn| turn.of(&transcript.text).to_owned()).collect()
}

/// Indexes the turns; the number of tokens in the index.
fn index(turns: &[String]) -> Result<u64, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let mut schema = Schema::builder();
    let indexing =
        TextFieldIndexing::default().set_tokenizer("words").set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let field = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
    let index = Index::create_in_dir(folder.path(), schema.build())?;
    index.tokenizers().register("words", Words::default());
    let mut writer = index.writer_with_num_threads::<TantivyDocument>(THREADS, MEMORY)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    for turn in turns {
        let mut document = TantivyDocument::new();
        document.add_text(field, turn);
        writer.add_document(document)?;
    }
    writer.commit()?;
    let searcher = index.reader()?.searcher();
    let mut tokens = 0;
    for segment in searcher.segment_readers() {
        tokens += segment.inverted_index(field)?.total_num_tokens();
    }
    Ok(tokens)
}

#[derive(Debug, Clone, Default)]
struct Words {
    token: Token,
}

struct WordStream<'a> {
    segments: UWordBoundIndices<'a>,
    token: &'a mut Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.token.reset();
        WordStream { segments: text.split_word_bound_indices(), token: &mut self.token }
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((start, word)) = self.segments.by_ref().find(|(_, segment)| holds_word(segment)) else { return false };
        self.token.text.clear();
        if word.is_ascii() {
            self.token.text.push_str(word);
            self.token.text.make_ascii_lowercase();
        } else {
            self.token.text.extend(word.chars().flat_map(char::to_lowercase));
        }
        self.token.position = self.token.position.wrapping_add(1);
        (self.token.offset_from, self.token.offset_to) = (start, start + word.len());
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
