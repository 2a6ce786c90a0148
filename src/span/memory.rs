//! Leaves made from tokens in memory.

use std::collections::HashMap;
use std::convert::Infallible;

use super::{LeafMatchers, LeafTable, Leaves, Span, Spans, WordError};
use crate::text::{self, ByteSpan, LanguageError, SentenceSplitter};

/// The tokens of a turn.
#[derive(Debug, Clone, Default)]
pub struct TurnTokens {
    /// Fold and form of every token.
    pub tokens: Vec<(String, String)>,
    /// First tokens of the sentences, ascending, starting with 0; empty for a turn without tokens.
    pub sentence_starts: Vec<u32>,
}

/// Texts from which no leaves can be made.
#[derive(Debug, thiserror::Error)]
pub enum MemoryError {
    /// A test does not compile.
    #[error(transparent)]
    Word(#[from] WordError),
    /// The texts cannot be split into sentences.
    #[error(transparent)]
    Language(#[from] LanguageError),
}

/// A block of turns in memory: the spans of every leaf, and where sentences start.
#[derive(Debug, Clone)]
pub struct MemoryLeaves {
    spans: Vec<Spans>,
    sentence_starts: Vec<Vec<u32>>,
}

impl MemoryLeaves {
    /// Leaves over tokenised turns.
    ///
    /// # Errors
    /// If a test of the table does not compile in this language.
    pub fn new(
        table: &LeafTable,
        language: &str,
        turns: impl IntoIterator<Item = TurnTokens>,
    ) -> Result<Self, WordError> {
        let matchers = LeafMatchers::new(table, language)?;
        let mut builder = MemoryLeavesBuilder::new(&matchers);
        turns.into_iter().for_each(|turn| builder.push_tokens(turn));
        Ok(builder.finish())
    }

    /// Leaves over plain texts, each of them one turn, split into tokens and sentences as transcripts are.
    ///
    /// # Errors
    /// If a test of the table does not compile, or the language code is malformed.
    pub fn from_text(table: &LeafTable, language: &str, turns: &[&str]) -> Result<Self, MemoryError> {
        let splitter = SentenceSplitter::new(language)?;
        let matchers = LeafMatchers::new(table, language)?;
        let mut builder = MemoryLeavesBuilder::new(&matchers);
        let (mut tokens, mut sentences) = (Vec::new(), Vec::new());
        for turn in turns {
            tokens.clear();
            sentences.clear();
            text::token_spans(turn, 0, &mut tokens);
            splitter.starts(turn, 0, &mut sentences);
            builder.push_words(tokens.iter().map(|token| token.of(turn)), first_tokens(&tokens, &sentences));
        }
        Ok(builder.finish())
    }
}

impl Leaves for MemoryLeaves {
    type Error = Infallible;

    fn spans(&self, leaf: u32) -> Result<Spans, Infallible> {
        Ok(self.spans[leaf as usize].clone())
    }

    fn sentence_starts(&self, turn: u32) -> &[u32] {
        self.sentence_starts.get(turn as usize).map_or(&[], Vec::as_slice)
    }

    fn hint(&self, leaf: u32) -> u64 {
        self.spans[leaf as usize].len() as u64
    }
}

/// Makes [`MemoryLeaves`] turn by turn. The leaves that a word passes are worked out once per distinct word.
#[derive(Debug)]
pub struct MemoryLeavesBuilder<'m> {
    matchers: &'m LeafMatchers,
    /// Leaves passed by words as they stand in a text.
    words: HashMap<String, Vec<u32>>,
    /// Leaves passed by (fold, form).
    pairs: HashMap<(String, String), Vec<u32>>,
    block: MemoryLeaves,
}

impl<'m> MemoryLeavesBuilder<'m> {
    /// A block without turns.
    pub fn new(matchers: &'m LeafMatchers) -> Self {
        let spans = vec![Spans::new(); matchers.leaves() as usize];
        let block = MemoryLeaves { spans, sentence_starts: Vec::new() };
        Self { matchers, words: HashMap::new(), pairs: HashMap::new(), block }
    }

    /// Adds a turn from the words of its tokens as they stand in the text, and the first tokens of its sentences.
    pub fn push_words<'t>(&mut self, words: impl IntoIterator<Item = &'t str>, sentence_starts: Vec<u32>) {
        let turn = self.block.next_turn(sentence_starts);
        for (token, word) in (0..).zip(words) {
            if !self.words.contains_key(word) {
                let form = text::form(word);
                self.words.insert(word.to_owned(), self.matchers.passed(&text::fold(&form), &form));
            }
            self.block.push(turn, token, &self.words[word]);
        }
    }

    /// Adds a turn from the folds and forms of its tokens.
    pub fn push_tokens(&mut self, turn: TurnTokens) {
        let number = self.block.next_turn(turn.sentence_starts);
        for (token, pair) in (0..).zip(turn.tokens) {
            let matchers = self.matchers;
            let leaves = self.pairs.entry(pair).or_insert_with_key(|(fold, form)| matchers.passed(fold, form));
            self.block.push(number, token, leaves);
        }
    }

    /// The block, and what is known of words forgotten.
    pub fn finish(self) -> MemoryLeaves {
        self.block
    }

    /// The block, and a new one begun that still knows the words.
    pub fn take(&mut self) -> MemoryLeaves {
        let spans = vec![Spans::new(); self.matchers.leaves() as usize];
        std::mem::replace(&mut self.block, MemoryLeaves { spans, sentence_starts: Vec::new() })
    }
}

impl MemoryLeaves {
    fn next_turn(&mut self, sentence_starts: Vec<u32>) -> u32 {
        self.sentence_starts.push(sentence_starts);
        self.sentence_starts.len() as u32 - 1
    }

    fn push(&mut self, turn: u32, token: u32, leaves: &[u32]) {
        for &leaf in leaves {
            self.spans[leaf as usize].push(Span::new(turn, token, token + 1));
        }
    }
}

/// The first token at or after the start of each sentence; sentences without tokens are left out.
fn first_tokens(tokens: &[ByteSpan], sentence_starts: &[u32]) -> Vec<u32> {
    let mut firsts = Vec::new();
    for &start in sentence_starts {
        let first = tokens.partition_point(|token| token.start < start);
        if first < tokens.len() && firsts.last() != Some(&(first as u32)) {
            firsts.push(first as u32);
        }
    }
    firsts
}

#[cfg(test)]
mod tests {
    use super::{MemoryLeaves, MemoryLeavesBuilder, TurnTokens};
    use crate::pattern::{Node, WordTest};
    use crate::span::{LeafMatchers, LeafTable, Leaves, Span};

    fn table() -> LeafTable {
        let mut table = LeafTable::default();
        table.add(&Node::Word(WordTest::Literal { text: "it".to_owned(), sensitive: false }));
        table.add(&Node::Word(WordTest::Literal { text: "IT".to_owned(), sensitive: true }));
        table.add(&Node::Word(WordTest::Wildcard { glob: "i*".to_owned(), sensitive: false }));
        table
    }

    #[test]
    fn texts_are_split_into_tokens_and_sentences() {
        let leaves = MemoryLeaves::from_text(&table(), "en", &["... It is. IT? I see!", "", "IT"]).expect("English");
        assert_eq!(leaves.spans(0), Ok(vec![Span::new(0, 0, 1), Span::new(0, 2, 3), Span::new(2, 0, 1)]));
        assert_eq!(leaves.spans(1), Ok(vec![Span::new(0, 2, 3), Span::new(2, 0, 1)]));
        assert_eq!(leaves.spans(2).map(|spans| spans.len()), Ok(5));
        assert_eq!(leaves.hint(2), 5);
        assert_eq!(leaves.sentence_starts(0), [0, 2, 3]);
        assert_eq!(leaves.sentence_starts(1), [] as [u32; 0]);
        assert_eq!(leaves.sentence_starts(2), [0]);
    }

    #[test]
    fn tokens_and_words_give_the_same_leaves() {
        let table = table();
        let tokens = [("it", "It"), ("is", "is"), ("it", "IT"), ("it", "It")];
        let tokens = tokens.map(|(fold, form)| (fold.to_owned(), form.to_owned())).to_vec();
        let from_tokens =
            MemoryLeaves::new(&table, "en", [TurnTokens { tokens, sentence_starts: vec![0] }]).expect("good tests");
        let from_text = MemoryLeaves::from_text(&table, "en", &["It is IT, it"]).expect("English");
        for leaf in 0..3 {
            assert_eq!(from_tokens.spans(leaf), from_text.spans(leaf));
        }
    }

    #[test]
    fn a_block_that_is_taken_leaves_an_empty_one() {
        let matchers = LeafMatchers::new(&table(), "en").expect("good tests");
        let mut builder = MemoryLeavesBuilder::new(&matchers);
        builder.push_words(["it"], vec![0]);
        assert_eq!(builder.take().spans(0), Ok(vec![Span::new(0, 0, 1)]));
        builder.push_words(["is", "it"], vec![0]);
        assert_eq!(builder.finish().spans(0), Ok(vec![Span::new(0, 1, 2)]));
    }

    #[test]
    fn a_language_must_be_one() {
        assert!(MemoryLeaves::from_text(&table(), "no language", &[]).is_err());
    }
}
