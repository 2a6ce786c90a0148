//! The leaves of the algebra, from the index.

use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, InvertedIndexReader, TERMINATED};

use crate::span::{Leaves, MemoryLeaves, MemoryLeavesBuilder, Span, Spans};
use crate::store::block::Run;
use crate::store::held::Stretches;
use crate::store::vocabulary::Reading;
use crate::store::{Block, StoreError, Vocabulary};

/// The single-token spans of a block: from the postings, or, where a set of patterns passes too many different
/// words, from the words of the block read again.
#[derive(Debug)]
pub struct BlockLeaves<'b> {
    block: &'b Block<'b>,
    vocabulary: &'b Vocabulary,
    source: Source,
}

#[derive(Debug)]
enum Source {
    Index {
        /// Places of rare words; none if they are read from the postings as the others.
        stretches: Option<Stretches>,
    },
    Words(MemoryLeaves),
}

impl<'b> BlockLeaves<'b> {
    /// The leaves of a block; `vocabulary` must have been looked up in the same snapshot.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn new(block: &'b Block<'b>, vocabulary: &'b Vocabulary) -> Result<Self, StoreError> {
        let source = match vocabulary.reading(block.snapshot(), block.runs())? {
            Reading::Stretches(stretches) => Source::Index { stretches: Some(stretches) },
            Reading::Postings => Source::Index { stretches: None },
            Reading::Again => Source::Words(reread(block, vocabulary)?),
        };
        Ok(Self { block, vocabulary, source })
    }

    fn read_segment(
        &self,
        stretches: Option<&Stretches>,
        runs: &[Run],
        leaf: u32,
        spans: &mut Vec<Place>,
    ) -> Result<(), StoreError> {
        let Some(&Run { segment, .. }) = runs.first() else { return Ok(()) };
        let snapshot = self.block.snapshot();
        let terms = self.vocabulary.terms(segment, leaf);
        let mut opened = &terms.rare[..];
        if let Some(stretches) = stretches {
            self.read_rare(stretches, runs, leaf, spans);
            opened = &[];
        }
        if terms.frequent.is_empty() && opened.is_empty() {
            return Ok(());
        }
        let index = snapshot.word_index(segment)?;
        let mut positions = Vec::new();
        for term in terms.frequent.iter().chain(opened) {
            let mut postings = self.postings(&index, term)?;
            for run in runs {
                if !read_run(&mut postings, run, &mut positions, spans) {
                    break;
                }
            }
        }
        Ok(())
    }

    fn postings(&self, index: &InvertedIndexReader, term: &TermInfo) -> Result<SegmentPostings, StoreError> {
        index
            .read_postings_from_terminfo(term, IndexRecordOption::WithFreqsAndPositions)
            .map_err(|source| self.block.snapshot().unreadable(source))
    }

    /// How many frequent terms of a leaf are in a segment, and about how many of the records of `runs` have one.
    fn frequent(&self, runs: &[Run], leaf: u32) -> (usize, u64) {
        let Some(&Run { segment, .. }) = runs.first() else { return (0, 0) };
        let terms = &self.vocabulary.terms(segment, leaf).frequent;
        let records: u64 = runs.iter().map(|run| u64::from(run.end_record - run.first_record)).sum();
        let all = u64::from(self.block.snapshot().segments()[segment].max_doc().max(1));
        (terms.len(), terms.iter().map(|term| u64::from(term.doc_freq)).sum::<u64>() * records / all)
    }

    /// Adds the spans of the rare words of a leaf in the runs.
    fn read_rare(&self, stretches: &Stretches, runs: &[Run], leaf: u32, spans: &mut Vec<Place>) {
        for run in runs {
            let held = self.vocabulary.stretches(run).filter_map(|key| stretches.get(&key));
            held.for_each(|stretch| read_places(stretch.places(leaf), run, spans));
        }
    }

    /// Adds the spans of the frequent terms of a leaf in the rows `turns` that are in the runs, all of one segment.
    fn look_for(&self, runs: &[Run], leaf: u32, turns: &[u32], spans: &mut Vec<Place>) -> Result<(), StoreError> {
        let Some(&Run { segment, .. }) = runs.first() else { return Ok(()) };
        let terms = &self.vocabulary.terms(segment, leaf).frequent;
        if terms.is_empty() {
            return Ok(());
        }
        let index = self.block.snapshot().word_index(segment)?;
        let mut positions = Vec::new();
        for term in terms {
            let mut postings = self.postings(&index, term)?;
            for run in runs {
                let from = &turns[turns.partition_point(|&row| row < run.first_row)..];
                let end_row = run.first_row + (run.end_record - run.first_record);
                for &row in from.iter().take_while(|&&row| row < end_row) {
                    let record = run.first_record + (row - run.first_row);
                    if postings.doc() < record {
                        postings.seek(record);
                    }
                    if postings.doc() == record {
                        positions.clear();
                        postings.positions(&mut positions);
                        spans.extend(positions.iter().map(|&position| place(row, position)));
                    }
                }
            }
        }
        Ok(())
    }
}

/// Row and position in one number, which is quicker to sort than a span.
type Place = u64;

fn place(row: u32, position: u32) -> Place {
    u64::from(row) << 32 | u64::from(position)
}

fn span(place: Place) -> Span {
    let position = place as u32;
    Span::new((place >> 32) as u32, position, position + 1)
}

/// The spans of the places, sorted. The places of each term ascend, but the terms come one after another: many places
/// are dealt out to their rows, which takes two passes; few are sorted.
fn sorted(places: &[Place], rows: usize) -> Spans {
    if places.is_sorted() {
        return places.iter().map(|&place| span(place)).collect();
    }
    if places.len() < rows / 4 {
        let mut places = places.to_vec();
        places.sort_unstable();
        return places.into_iter().map(span).collect();
    }
    let mut next = vec![0u32; rows + 1];
    places.iter().for_each(|&place| next[(place >> 32) as usize + 1] += 1);
    for row in 0..rows {
        next[row + 1] += next[row];
    }
    let mut spans = vec![span(0); places.len()];
    for &place in places {
        let slot = &mut next[(place >> 32) as usize];
        spans[*slot as usize] = span(place);
        *slot += 1;
    }
    // Now each entry is the end of its row.
    let mut start = 0;
    for &end in &next[..rows] {
        let row = &mut spans[start..end as usize];
        if row.len() > 1 && !row.is_sorted_by_key(|span| span.start) {
            row.sort_unstable_by_key(|span| span.start);
        }
        start = end as usize;
    }
    spans
}

/// Adds the spans of the places, ascending, that are in the run.
fn read_places(places: &[(DocId, u32)], run: &Run, spans: &mut Vec<Place>) {
    let places = &places[places.partition_point(|place| place.0 < run.first_record)..];
    let in_run = places.iter().take_while(|place| place.0 < run.end_record);
    spans.extend(in_run.map(|&(record, position)| place(run.first_row + (record - run.first_record), position)));
}

/// Adds the spans of one term in one run; false when the postings have ended.
fn read_run(postings: &mut SegmentPostings, run: &Run, positions: &mut Vec<u32>, spans: &mut Vec<Place>) -> bool {
    if postings.doc() < run.first_record {
        postings.seek(run.first_record);
    }
    while postings.doc() < run.end_record {
        positions.clear();
        postings.positions(positions);
        let row = run.first_row + (postings.doc() - run.first_record);
        spans.extend(positions.iter().map(|&position| place(row, position)));
        postings.advance();
    }
    postings.doc() != TERMINATED
}

impl Leaves for BlockLeaves<'_> {
    type Error = StoreError;

    fn spans(&self, leaf: u32) -> Result<Spans, StoreError> {
        let stretches = match &self.source {
            Source::Index { stretches } => stretches.as_ref(),
            Source::Words(words) => {
                return match words.spans(leaf) {
                    Ok(spans) => Ok(spans),
                    Err(never) => match never {},
                };
            }
        };
        let mut places = Vec::new();
        for runs in self.block.runs().chunk_by(|a, b| a.segment == b.segment) {
            self.read_segment(stretches, runs, leaf, &mut places)?;
        }
        Ok(sorted(&places, self.block.row_count()))
    }

    fn spans_in(&self, leaf: u32, turns: &[u32]) -> Result<Option<Spans>, StoreError> {
        let Source::Index { stretches: Some(stretches) } = &self.source else { return Ok(None) };
        let segments = || self.block.runs().chunk_by(|a, b| a.segment == b.segment);
        let (terms, records) = segments()
            .map(|runs| self.frequent(runs, leaf))
            .fold((0, 0), |all, (terms, records)| (all.0 + terms, all.1 + records));
        if !self.vocabulary.is_sought(turns.len() * terms, records) {
            return Ok(None);
        }
        let mut places = Vec::new();
        for runs in segments() {
            self.read_rare(stretches, runs, leaf, &mut places);
            self.look_for(runs, leaf, turns, &mut places)?;
        }
        Ok(Some(sorted(&places, self.block.row_count())))
    }

    fn sentence_starts(&self, turn: u32) -> &[u32] {
        self.block.sentence_tokens(turn as usize)
    }

    fn hint(&self, leaf: u32) -> u64 {
        if let Source::Words(words) = &self.source {
            return words.hint(leaf);
        }
        let segments = self.block.runs().chunk_by(|a, b| a.segment == b.segment);
        segments.map(|runs| self.vocabulary.terms(runs[0].segment, leaf).records()).sum()
    }
}

fn reread(block: &Block<'_>, vocabulary: &Vocabulary) -> Result<MemoryLeaves, StoreError> {
    let texts = block.texts()?;
    let mut leaves = MemoryLeavesBuilder::new(vocabulary.matchers());
    for row in 0..block.rows().len() {
        let text = texts.read(row)?;
        let words = text.words();
        leaves.push_words(
            text.tokens.iter().map(|&(start, end)| &words[start as usize..end as usize]),
            block.sentence_tokens(row).to_vec(),
        );
    }
    Ok(leaves.finish())
}

#[cfg(test)]
mod tests {
    use super::{place, sorted};
    use crate::span::Span;

    #[test]
    fn many_places_and_few_are_sorted_alike() {
        // Two terms of three rows, each ascending.
        let places = [(0, 4), (2, 1), (2, 9), (0, 2), (2, 5)].map(|(row, position)| place(row, position));
        let expected = [(0, 2), (0, 4), (2, 1), (2, 5), (2, 9)].map(|(row, start)| Span::new(row, start, start + 1));
        assert_eq!(sorted(&places, 3), expected);
        assert_eq!(sorted(&places, 100), expected);
        assert_eq!(sorted(&places[..3], 3), [expected[1], expected[2], expected[4]]);
        assert!(sorted(&[], 0).is_empty());
    }
}
