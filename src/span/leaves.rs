//! Where single-token spans come from.

use std::collections::HashMap;

use crate::pattern::{Node, WordTest};
use crate::span::Spans;

/// The distinct single-token tests of a set of patterns, numbered from 0 in order of first use, so that each is
/// looked up once however many patterns share it.
#[derive(Debug, Clone, Default)]
pub struct LeafTable {
    tests: Vec<WordTest>,
    numbers: HashMap<WordTest, u32>,
}

impl LeafTable {
    /// Adds every test of a pattern.
    pub fn add(&mut self, node: &Node) {
        match node {
            Node::Word(test) => {
                if !self.numbers.contains_key(test) {
                    self.numbers.insert(test.clone(), self.tests.len() as u32);
                    self.tests.push(test.clone());
                }
            }
            Node::Sequence(steps) => steps.iter().for_each(|step| self.add(&step.node)),
            Node::Either(nodes) | Node::Both(nodes) => nodes.iter().for_each(|node| self.add(node)),
            Node::AndNot(left, right)
            | Node::Except(left, right)
            | Node::Near { left, right, .. }
            | Node::NotNear { left, right, .. } => {
                self.add(left);
                self.add(right);
            }
            Node::Code(_) => {}
        }
    }

    /// The tests, by number.
    pub fn tests(&self) -> &[WordTest] {
        &self.tests
    }

    /// The number of a test that was added.
    pub fn number(&self, test: &WordTest) -> Option<u32> {
        self.numbers.get(test).copied()
    }
}

/// A block of turns as the algebra sees it: single-token spans, and where sentences start.
pub trait Leaves {
    /// What can go wrong while reading; `Infallible` in memory.
    type Error;

    /// The one-token spans that pass test `leaf` of the table which the source was made for.
    ///
    /// # Errors
    /// If the source cannot be read.
    fn spans(&self, leaf: u32) -> Result<Spans, Self::Error>;

    /// The spans of [`Leaves::spans`] that are in `turns`, ascending and each once, and perhaps others; none where it
    /// would be no cheaper than to read all.
    ///
    /// # Errors
    /// If the source cannot be read.
    fn spans_in(&self, _leaf: u32, _turns: &[u32]) -> Result<Option<Spans>, Self::Error> {
        Ok(None)
    }

    /// The first tokens of the sentences of a turn, ascending, starting with 0; empty for a turn without tokens.
    fn sentence_starts(&self, turn: u32) -> &[u32];

    /// At most how many spans the leaf has, as far as can be told without reading them; 0 only if it has none.
    fn hint(&self, _leaf: u32) -> u64 {
        u64::MAX
    }
}
