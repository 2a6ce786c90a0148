//! A block of documents: the unit in which coding, tables and queries go through a store.

use std::cell::OnceCell;
use std::ops::Range;

use tantivy::DocId;
use tantivy::store::StoreReader;

use crate::store::record::StoredPassage;
use crate::store::{Snapshot, StoreError};

/// The passages of consecutive documents, numbered as rows from 0. Spans of the algebra name a row as their turn.
#[derive(Debug)]
pub struct Block<'s> {
    snapshot: &'s Snapshot,
    documents: Vec<BlockDocument>,
    runs: Vec<Run>,
    /// Read when first asked for: a query has nothing to ask of a block without a hit.
    passages: OnceCell<Passages>,
}

/// The passages of a block, read from the columns of the index.
#[derive(Debug, Default)]
struct Passages {
    rows: Vec<Row>,
    sentences: Vec<Sentence>,
    sentence_tokens: Vec<u32>,
}

/// A document of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockDocument {
    /// Its number in the store.
    pub document: usize,
    /// Its passages.
    pub rows: Range<usize>,
}

/// A passage of a block.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Number of the turn in its document, from 1; 0 for a heading.
    pub turn: u32,
    /// Number of the speaker's label in [`Snapshot::labels`].
    pub label: Option<u32>,
    /// Number of tokens.
    pub words: u32,
    /// First byte of its words in the document's text.
    pub start_byte: u32,
    /// First code point of its words in the document's text.
    pub start_char: u32,
    /// One past its last code point.
    pub end_char: u32,
    /// Seconds.
    pub start_time: Option<f64>,
    /// Seconds.
    pub end_time: Option<f64>,
    lead: u32,
    segment: usize,
    record: DocId,
    sentences: (u32, u32),
}

#[derive(Debug, Clone, Copy)]
struct Sentence {
    start_byte: u32,
}

/// Consecutive records of a segment and the rows they are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub(super) segment: usize,
    pub(super) first_record: DocId,
    pub(super) end_record: DocId,
    pub(super) first_row: u32,
}

/// The words of a row and where its tokens lie in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowText {
    stored: String,
    lead: usize,
    /// Half-open byte ranges of the tokens, counted from the start of [`RowText::words`].
    pub tokens: Vec<(u32, u32)>,
}

impl RowText {
    /// The words of the passage, from its first word to its last, with all that stands between.
    pub fn words(&self) -> &str {
        &self.stored[self.lead..]
    }
}

impl<'s> Block<'s> {
    /// The passages of some documents, without their texts.
    pub fn load(snapshot: &'s Snapshot, documents: Range<usize>) -> Self {
        let (mut of_block, mut runs) = (Vec::with_capacity(documents.len()), Vec::with_capacity(documents.len()));
        let mut first_row = 0;
        for document in documents {
            let located = snapshot.located(document);
            let end_row = first_row + located.passages;
            of_block.push(BlockDocument { document, rows: first_row as usize..end_row as usize });
            let first_record = located.record + 1;
            runs.push(Run {
                segment: located.segment,
                first_record,
                end_record: first_record + located.passages,
                first_row,
            });
            first_row = end_row;
        }
        runs.sort_unstable_by_key(|run| (run.segment, run.first_record));
        Self { snapshot, documents: of_block, runs, passages: OnceCell::new() }
    }

    /// The store it is of.
    pub fn snapshot(&self) -> &'s Snapshot {
        self.snapshot
    }

    /// The documents, in order of their ids.
    pub fn documents(&self) -> &[BlockDocument] {
        &self.documents
    }

    /// The passages.
    pub fn rows(&self) -> &[Row] {
        &self.passages().rows
    }

    /// First tokens of the sentences of a row, ascending from 0.
    pub fn sentence_tokens(&self, row: usize) -> &[u32] {
        let passages = self.passages();
        let (start, end) = passages.rows[row].sentences;
        &passages.sentence_tokens[start as usize..end as usize]
    }

    /// First bytes of the sentences of a row, counted from the start of its words.
    pub fn sentence_bytes(&self, row: usize) -> impl Iterator<Item = u32> + '_ {
        let passages = self.passages();
        let (start, end) = passages.rows[row].sentences;
        passages.sentences[start as usize..end as usize].iter().map(|sentence| sentence.start_byte)
    }

    /// A reader of the texts of the block's rows.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn texts(&self) -> Result<Texts<'_>, StoreError> {
        let mut readers = Vec::new();
        readers.resize_with(self.snapshot.segments().len(), || None);
        for run in &self.runs {
            if readers[run.segment].is_none() {
                readers[run.segment] = Some(self.snapshot.texts(run.segment)?);
            }
        }
        Ok(Texts { block: self, readers })
    }

    /// The number of passages, which does not take reading them.
    pub(super) fn row_count(&self) -> usize {
        self.documents.last().map_or(0, |document| document.rows.end)
    }

    pub(super) fn runs(&self) -> &[Run] {
        &self.runs
    }

    fn passages(&self) -> &Passages {
        self.passages.get_or_init(|| {
            let mut passages = Passages::default();
            for document in &self.documents {
                let located = self.snapshot.located(document.document);
                for record in located.record + 1..located.record + 1 + located.passages {
                    let row = passages.row(self.snapshot, located.segment, record);
                    passages.rows.push(row);
                }
            }
            passages
        })
    }
}

impl Passages {
    fn row(&mut self, snapshot: &Snapshot, segment: usize, record: DocId) -> Row {
        let columns = snapshot.columns(segment);
        let number = |column: &tantivy::columnar::Column<u64>| column.first(record).unwrap_or(0) as u32;
        let label = columns.speaker.as_ref().and_then(|speaker| speaker.term_ords(record).next());
        let first_sentence = self.sentence_tokens.len() as u32;
        self.sentence_tokens.extend(columns.sentence_token.values_for_doc(record).map(|token| token as u32));
        self.sentences
            .extend(columns.sentence_start.values_for_doc(record).map(|start| Sentence { start_byte: start as u32 }));
        Row {
            turn: number(&columns.turn),
            label: label.map(|ordinal| columns.label_numbers[ordinal as usize]),
            words: number(&columns.word_count),
            start_byte: number(&columns.start_byte),
            start_char: number(&columns.start_char),
            end_char: number(&columns.end_char),
            start_time: columns.start_time.first(record),
            end_time: columns.end_time.first(record),
            lead: number(&columns.lead),
            segment,
            record,
            sentences: (first_sentence, self.sentence_tokens.len() as u32),
        }
    }
}

/// Reads the texts of a block's rows; keeps what it has decompressed last.
pub struct Texts<'b> {
    block: &'b Block<'b>,
    readers: Vec<Option<StoreReader>>,
}

impl Texts<'_> {
    /// The text of a row.
    ///
    /// # Errors
    /// If the index cannot be read or is damaged.
    pub fn read(&self, row: usize) -> Result<RowText, StoreError> {
        let snapshot = self.block.snapshot;
        let damaged = |what: &str| StoreError::Damaged { folder: snapshot.folder().to_owned(), what: what.to_owned() };
        let row = &self.block.rows()[row];
        let reader = self.readers[row.segment].as_ref().ok_or_else(|| damaged("a segment without texts"))?;
        let StoredPassage { text, tokens } = reader.get(row.record).map_err(|source| snapshot.failed(source))?;
        let (Some(stored), Some(tokens)) = (text, tokens) else { return Err(damaged("a passage without text")) };
        let lead = row.lead as usize;
        if !stored.is_char_boundary(lead) {
            return Err(damaged("a passage whose text starts inside a character"));
        }
        Ok(RowText { stored, lead, tokens })
    }
}
