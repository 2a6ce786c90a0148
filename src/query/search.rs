//! Going through a store for a pattern.

use crate::codebook::Codebook;
use crate::coding::{self, Plan};
use crate::pattern::Node;
use crate::query::{Hit, context};
use crate::span::{Evaluator, LeafTable, Span};
use crate::store::{Block, BlockLeaves, Snapshot, StoreError, Vocabulary};
use crate::text::{ByteSpan, CharCounter, CharSpan};

/// Passages of the first block; small, so that the first hits come at once. Later ones are larger, but not by much:
/// the passages of a block with a hit are all read.
const FIRST_BLOCK: usize = 256;
const LATER_BLOCKS: usize = 1_024;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Query<'q> {
    /// The pattern.
    pub pattern: &'q Node,
    /// The codebook that `code:` in the pattern refers to.
    pub codebook: Option<&'q Codebook>,
    /// Tokens of context on either side.
    pub context: usize,
}

/// Gives every hit to `take`, in order of document, turn, start and end, until it returns false.
///
/// # Errors
/// If a word of the pattern does not compile in the store's language, or the index cannot be read.
pub fn search(snapshot: &Snapshot, query: &Query<'_>, mut take: impl FnMut(Hit) -> bool) -> Result<(), StoreError> {
    let mut table = LeafTable::default();
    table.add(query.pattern);
    let vocabulary = Vocabulary::look_up(snapshot, &table)?;
    let coded = match query.codebook {
        Some(codebook) => {
            let plan = Plan::new(codebook);
            let vocabulary = Vocabulary::look_up(snapshot, plan.leaves())?;
            Some((plan, vocabulary))
        }
        None => None,
    };
    for documents in blocks(snapshot) {
        let block = Block::load(snapshot, documents);
        let leaves = BlockLeaves::new(&block, &vocabulary)?;
        let evidence = match &coded {
            Some((plan, vocabulary)) => coding::spans_of_codes(plan, &block, &BlockLeaves::new(&block, vocabulary)?)?,
            None => Vec::new(),
        };
        let codes = |id: &str| -> &[Span] {
            let position = query.codebook.and_then(|codebook| codebook.codes.iter().position(|code| code.id == id));
            position.map_or(&[], |position| evidence[position].as_slice())
        };
        let evaluator = Evaluator::new(&table, &leaves);
        let spans = evaluator.evaluate(query.pattern, &codes)?;
        if !take_hits(&block, &spans, query.context, &mut take)? {
            break;
        }
    }
    Ok(())
}

/// Runs of documents: a small one first.
fn blocks(snapshot: &Snapshot) -> impl Iterator<Item = std::ops::Range<usize>> {
    let first = snapshot.blocks(FIRST_BLOCK).into_iter().next();
    let start = first.as_ref().map_or(0, |first| first.end);
    let later = snapshot.blocks(LATER_BLOCKS).into_iter();
    first.into_iter().chain(later.map(move |block| block.start.max(start)..block.end).filter(|block| !block.is_empty()))
}

fn take_hits(
    block: &Block<'_>,
    spans: &[Span],
    context: usize,
    take: &mut impl FnMut(Hit) -> bool,
) -> Result<bool, StoreError> {
    if spans.is_empty() {
        return Ok(true);
    }
    let texts = block.texts()?;
    let speakers = &block.snapshot().properties().speakers;
    for document in block.documents() {
        let start = spans.partition_point(|span| (span.turn as usize) < document.rows.start);
        let end = spans.partition_point(|span| (span.turn as usize) < document.rows.end);
        for in_row in spans[start..end].chunk_by(|a, b| a.turn == b.turn) {
            let row = &block.rows()[in_row[0].turn as usize];
            if row.turn == 0 {
                continue;
            }
            let text = texts.read(in_row[0].turn as usize)?;
            let sentences = block.sentence_tokens(in_row[0].turn as usize);
            let mut chars = CharCounter::new(text.words(), row.start_char);
            for span in in_row {
                let (first, last) = (text.tokens[span.start as usize].0, text.tokens[span.end as usize - 1].1);
                let [left, found, right] =
                    context::around(text.words(), &text.tokens, span.start as usize, span.end as usize, context);
                let start_char = chars.at(first);
                let hit = Hit {
                    document: block.snapshot().id(document.document).to_owned(),
                    turn: row.turn,
                    speaker: row.label.map(|label| {
                        let label = &block.snapshot().labels()[label as usize];
                        speakers.who(block.snapshot().id(document.document), label).name.to_owned()
                    }),
                    sentence: sentences.partition_point(|&token| token <= span.start) as u32,
                    end_sentence: sentences.partition_point(|&token| token < span.end) as u32,
                    chars: CharSpan::new(
                        start_char,
                        start_char + char_count(&text.words()[first as usize..last as usize]),
                    ),
                    bytes: ByteSpan::new(row.start_byte + first, row.start_byte + last),
                    start_time: row.start_time,
                    left,
                    text: found,
                    right,
                };
                if !take(hit) {
                    return Ok(false);
                }
            }
        }
    }
    Ok(true)
}

fn char_count(text: &str) -> u32 {
    text.chars().count() as u32
}
