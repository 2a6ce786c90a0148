//! From a pattern and its leaves to its spans.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::and_not::and_not;
use super::both::both;
use super::either::either;
use super::except::except;
use super::near::near;
use super::not_near::not_near;
use super::sequence::sequence;
use super::{LeafTable, Leaves, Span, Spans};
use crate::pattern::{Node, WordTest};

/// The spans of a node, borrowed when they are a leaf's or a code's.
type Operand<'s> = Cow<'s, [Span]>;

/// Finds the spans of patterns in one block of turns, fetching each leaf once however many patterns ask for it.
#[derive(Debug)]
pub struct Evaluator<'a, L> {
    table: &'a LeafTable,
    leaves: &'a L,
    fetched: Vec<OnceLock<Spans>>,
}

impl<'a, L: Leaves> Evaluator<'a, L> {
    /// An evaluator over the leaves of a block; `table` is the one that the leaves were made for.
    pub fn new(table: &'a LeafTable, leaves: &'a L) -> Self {
        let fetched = table.tests().iter().map(|_| OnceLock::new()).collect();
        Self { table, leaves, fetched }
    }

    /// The spans of a pattern. `codes` gives the spans of a code, sorted, for `code:id`.
    ///
    /// Of operands that must all be found, the one with the lowest [hint](Leaves::hint) is evaluated first; when one
    /// is not found, the leaves of the others are left alone, and else they are read where it was found.
    ///
    /// # Errors
    /// If a leaf cannot be read.
    ///
    /// # Panics
    /// If the pattern was not added to the leaf table.
    pub fn evaluate<'s>(&'s self, node: &Node, codes: &dyn Fn(&str) -> &'s [Span]) -> Result<Operand<'s>, L::Error> {
        self.evaluate_in(node, codes, None)
    }

    /// The spans of a pattern in `turns`, if any are given, and perhaps others: an operator looks at one turn at a time.
    fn evaluate_in<'s>(
        &'s self,
        node: &Node,
        codes: &dyn Fn(&str) -> &'s [Span],
        turns: Option<&[u32]>,
    ) -> Result<Operand<'s>, L::Error> {
        let sentence_starts = |turn| self.leaves.sentence_starts(turn);
        Ok(match node {
            Node::Word(test) => self.leaf(test, turns)?,
            Node::Code(id) => Cow::Borrowed(codes(id)),
            Node::Either(nodes) => self.any(nodes, codes, turns)?,
            Node::Sequence(steps) => {
                let nodes: Vec<&Node> = steps.iter().map(|step| &step.node).collect();
                let gaps: Vec<_> = steps.iter().map(|step| step.gap).collect();
                found(self.all(&nodes, codes, turns)?.map(|operands| sequence(&slices(&operands), &gaps)))
            }
            Node::Both(nodes) => {
                let nodes: Vec<&Node> = nodes.iter().collect();
                found(self.all(&nodes, codes, turns)?.map(|operands| both(&slices(&operands), sentence_starts)))
            }
            Node::Near { order, distance, left, right } => {
                let operands = self.all(&[left, right], codes, turns)?;
                found(operands.map(|operands| near(&operands[0], &operands[1], *order, *distance)))
            }
            Node::AndNot(left, right) => {
                self.without(left, right, codes, turns, |left, right| and_not(left, right, sentence_starts))?
            }
            Node::Except(left, right) => self.without(left, right, codes, turns, except)?,
            Node::NotNear { order, distance, left, right } => {
                self.without(left, right, codes, turns, |left, right| not_near(left, right, *order, *distance))?
            }
        })
    }

    /// The first tokens of the sentences of a turn.
    pub(super) fn sentence_starts(&self, turn: u32) -> &[u32] {
        self.leaves.sentence_starts(turn)
    }

    fn leaf(&self, test: &WordTest, turns: Option<&[u32]>) -> Result<Operand<'_>, L::Error> {
        let leaf = self.number(test);
        let cell = &self.fetched[leaf as usize];
        if let Some(spans) = cell.get() {
            return Ok(Cow::Borrowed(spans));
        }
        if let Some(turns) = turns
            && let Some(spans) = self.leaves.spans_in(leaf, turns)?
        {
            return Ok(Cow::Owned(spans));
        }
        let spans = self.leaves.spans(leaf)?;
        Ok(Cow::Borrowed(cell.get_or_init(|| spans)))
    }

    fn number(&self, test: &WordTest) -> u32 {
        self.table.number(test).expect("the pattern was added to the leaf table")
    }

    /// The spans of every operand, or nothing as soon as one has none.
    fn all<'s>(
        &'s self,
        nodes: &[&Node],
        codes: &dyn Fn(&str) -> &'s [Span],
        turns: Option<&[u32]>,
    ) -> Result<Option<Vec<Operand<'s>>>, L::Error> {
        let mut order: Vec<(u64, usize)> =
            nodes.iter().enumerate().map(|(at, node)| (self.hint(node, codes), at)).collect();
        order.sort_unstable();
        let mut operands = vec![Cow::Borrowed(&[][..]); nodes.len()];
        let mut fewest: Option<Vec<u32>> = None;
        for (hint, at) in order {
            if hint == 0 {
                return Ok(None);
            }
            operands[at] = self.evaluate_in(nodes[at], codes, fewest.as_deref().or(turns))?;
            if operands[at].is_empty() {
                return Ok(None);
            }
            if fewest.is_none() {
                fewest = Some(turns_of(&operands[at]));
            }
        }
        Ok(Some(operands))
    }

    fn any<'s>(
        &'s self,
        nodes: &[Node],
        codes: &dyn Fn(&str) -> &'s [Span],
        turns: Option<&[u32]>,
    ) -> Result<Operand<'s>, L::Error> {
        let mut operands = Vec::with_capacity(nodes.len());
        for node in nodes {
            let operand = self.evaluate_in(node, codes, turns)?;
            if !operand.is_empty() {
                operands.push(operand);
            }
        }
        Ok(match operands.len() {
            0 | 1 => operands.pop().unwrap_or_default(),
            _ => Cow::Owned(either(&slices(&operands))),
        })
    }

    /// The spans of `left` that `keep` lets stand beside those of `right`, which is left alone if there are none.
    fn without<'s>(
        &'s self,
        left: &Node,
        right: &Node,
        codes: &dyn Fn(&str) -> &'s [Span],
        turns: Option<&[u32]>,
        keep: impl Fn(&[Span], &[Span]) -> Spans,
    ) -> Result<Operand<'s>, L::Error> {
        let left = self.evaluate_in(left, codes, turns)?;
        if left.is_empty() {
            return Ok(left);
        }
        let right = self.evaluate_in(right, codes, Some(&turns_of(&left)))?;
        Ok(if right.is_empty() { left } else { Cow::Owned(keep(&left, &right)) })
    }

    /// A guess at how dear an operand is; 0 only if it is certain that it has no spans.
    fn hint<'s>(&'s self, node: &Node, codes: &dyn Fn(&str) -> &'s [Span]) -> u64 {
        let least =
            |nodes: &mut dyn Iterator<Item = &Node>| nodes.map(|node| self.hint(node, codes)).min().unwrap_or(0);
        match node {
            Node::Word(test) => {
                let leaf = self.number(test);
                self.fetched[leaf as usize].get().map_or_else(|| self.leaves.hint(leaf), |spans| spans.len() as u64)
            }
            Node::Code(id) => codes(id).len() as u64,
            Node::Either(nodes) => nodes.iter().fold(0, |sum: u64, node| sum.saturating_add(self.hint(node, codes))),
            Node::Sequence(steps) => least(&mut steps.iter().map(|step| &step.node)),
            Node::Both(nodes) => least(&mut nodes.iter()),
            Node::Near { left, right, .. } => least(&mut [&**left, &**right].into_iter()),
            Node::AndNot(left, _) | Node::Except(left, _) | Node::NotNear { left, .. } => self.hint(left, codes),
        }
    }
}

fn found<'s>(spans: Option<Spans>) -> Operand<'s> {
    Cow::Owned(spans.unwrap_or_default())
}

/// The turns that hold the spans, each once.
fn turns_of(spans: &[Span]) -> Vec<u32> {
    let mut turns: Vec<u32> = spans.iter().map(|span| span.turn).collect();
    turns.dedup();
    turns
}

fn slices<'c>(operands: &'c [Operand<'_>]) -> Vec<&'c [Span]> {
    operands.iter().map(|operand| &**operand).collect()
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::cell::RefCell;

    use super::Evaluator;
    use crate::pattern::{Gap, Node, Order, Step, WordTest};
    use crate::span::{LeafTable, Leaves, Span, Spans};

    /// One turn, "a b a b c" in one sentence; notes which leaves are fetched.
    struct Recorder {
        leaves: Vec<Spans>,
        fetched: RefCell<Vec<u32>>,
    }

    impl Leaves for Recorder {
        type Error = String;

        fn spans(&self, leaf: u32) -> Result<Spans, String> {
            self.fetched.borrow_mut().push(leaf);
            self.leaves.get(leaf as usize).cloned().ok_or_else(|| format!("leaf {leaf} is gone"))
        }

        fn sentence_starts(&self, _turn: u32) -> &[u32] {
            &[0]
        }

        fn hint(&self, leaf: u32) -> u64 {
            self.leaves.get(leaf as usize).map_or(u64::MAX, |spans| spans.len() as u64 + 10)
        }
    }

    fn word(text: &str) -> Node {
        Node::Word(WordTest::Literal { text: text.to_owned(), sensitive: false })
    }

    fn tokens(starts: &[u32]) -> Spans {
        starts.iter().map(|&start| Span::new(0, start, start + 1)).collect()
    }

    fn table() -> LeafTable {
        let mut table = LeafTable::default();
        table.add(&Node::Either(["a", "b", "c", "d", "e"].map(word).to_vec()));
        table
    }

    fn recorder() -> Recorder {
        // Leaf 4, "e", cannot be read.
        Recorder { leaves: vec![tokens(&[0, 2]), tokens(&[1, 3]), tokens(&[4]), vec![]], fetched: RefCell::default() }
    }

    fn next(items: Vec<Node>) -> Node {
        Node::Sequence(items.into_iter().map(|node| Step { gap: Gap::default(), node }).collect())
    }

    fn no_codes<'s>(_: &str) -> &'s [Span] {
        &[]
    }

    #[test]
    fn a_leaf_is_fetched_once_and_not_copied() {
        let (table, leaves) = (table(), recorder());
        let evaluator = Evaluator::new(&table, &leaves);
        let found = evaluator.evaluate(&word("a"), &no_codes).expect("readable");
        assert!(matches!(found, Cow::Borrowed(_)));
        let found = evaluator.evaluate(&next(vec![word("a"), word("b"), word("a")]), &no_codes).expect("readable");
        assert_eq!(*found, [Span::new(0, 0, 3)]);
        assert_eq!(*leaves.fetched.borrow(), [0, 1]);
    }

    #[test]
    fn the_rarest_operand_comes_first_and_an_empty_one_ends_it() {
        let (table, leaves) = (table(), recorder());
        let evaluator = Evaluator::new(&table, &leaves);
        let found =
            evaluator.evaluate(&Node::Both(vec![word("a"), word("c"), word("d")]), &no_codes).expect("readable");
        assert!(found.is_empty());
        assert_eq!(*leaves.fetched.borrow(), [3]);
    }

    #[test]
    fn nothing_is_taken_from_nothing() {
        let (table, leaves) = (table(), recorder());
        let evaluator = Evaluator::new(&table, &leaves);
        let not = Node::AndNot(Box::new(word("d")), Box::new(word("e")));
        assert!(evaluator.evaluate(&not, &no_codes).expect("e is not read").is_empty());
        let except = Node::Except(Box::new(word("a")), Box::new(word("d")));
        let found = evaluator.evaluate(&except, &no_codes).expect("readable");
        assert!(matches!(found, Cow::Borrowed([_, _])));
    }

    #[test]
    fn a_leaf_that_cannot_be_read_is_an_error() {
        let (table, leaves) = (table(), recorder());
        let evaluator = Evaluator::new(&table, &leaves);
        let both = Node::Both(vec![word("a"), word("e")]);
        assert_eq!(evaluator.evaluate(&both, &no_codes).expect_err("e is gone"), "leaf 4 is gone");
    }

    #[test]
    fn codes_are_operands_like_any_other() {
        let (table, leaves) = (table(), recorder());
        let evaluator = Evaluator::new(&table, &leaves);
        let coded = [Span::new(0, 1, 3)];
        let codes = |id: &str| -> &[Span] { if id == "x" { &coded } else { &[] } };
        let near = |id: &str| Node::Near {
            order: Order::LeftFirst,
            distance: 2,
            left: Box::new(Node::Code(id.to_owned())),
            right: Box::new(word("c")),
        };
        assert_eq!(*evaluator.evaluate(&near("x"), &codes).expect("readable"), [Span::new(0, 1, 5)]);
        assert!(evaluator.evaluate(&near("y"), &codes).expect("readable").is_empty());
    }
}
