//! The span algebra against its definitions: a slow evaluator that writes each of them down as a set of token
//! ranges, and random patterns over small texts on which the two must agree.
//!
//! More cases: `PROPTEST_CASES=100000 cargo test --test it reference`.

use std::cell::Cell;
use std::collections::BTreeSet;

use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use proptest::{collection, prop_assert_eq};
use qualcode::pattern::{Gap, Node, Order, Step, WordTest};
use qualcode::span::{Evaluator, LeafTable, MemoryLeaves, Span, TurnTokens};

/// Token range `[start, end)` of a turn.
type Range = (u32, u32);
type Ranges = BTreeSet<Range>;

#[derive(Debug, Clone)]
struct Turn {
    words: Vec<&'static str>,
    /// Whether a sentence starts at the token; one always does at the first.
    starts: Vec<bool>,
    /// The codings of code "x".
    coded: Vec<Range>,
}

impl Turn {
    fn sentence(&self, token: u32) -> usize {
        self.starts.iter().take(token as usize + 1).skip(1).filter(|start| **start).count()
    }

    fn sentences(&self, (start, end): Range) -> BTreeSet<usize> {
        (start..end).map(|token| self.sentence(token)).collect()
    }

    fn all_ranges(&self) -> Ranges {
        let length = self.words.len() as u32;
        (0..length).flat_map(|start| (start + 1..=length).map(move |end| (start, end))).collect()
    }
}

/// The words of the texts.
const WORDS: [&str; 4] = ["a", "A", "b", "ab"];

/// Tests, and which of the words pass them.
fn tests() -> Vec<(WordTest, Vec<&'static str>)> {
    let literal = |text: &str, sensitive| WordTest::Literal { text: text.to_owned(), sensitive };
    let wildcard = |glob: &str, sensitive| WordTest::Wildcard { glob: glob.to_owned(), sensitive };
    let regex = |expression: &str, sensitive| WordTest::Regex { expression: expression.to_owned(), sensitive };
    vec![
        (literal("a", false), vec!["a", "A"]),
        (literal("A", true), vec!["A"]),
        (literal("b", false), vec!["b"]),
        (literal("none", false), vec![]),
        (wildcard("a*", false), vec!["a", "A", "ab"]),
        (wildcard("*b", false), vec!["b", "ab"]),
        (wildcard("?", true), vec!["a", "A", "b"]),
        (regex("a|b", true), vec!["a", "b"]),
        (regex("A.", false), vec!["ab"]),
        (WordTest::Stem { word: "b".to_owned() }, vec!["b"]),
    ]
}

/// What a pattern finds in a turn, by definition.
fn found(node: &Node, turn: &Turn) -> Ranges {
    match node {
        Node::Word(test) => {
            let passing = tests().into_iter().find(|(known, _)| known == test).expect("a test of the table").1;
            let passes = |&(start, end): &Range| end == start + 1 && passing.contains(&turn.words[start as usize]);
            turn.all_ranges().into_iter().filter(passes).collect()
        }
        Node::Code(_) => turn.coded.iter().copied().collect(),
        Node::Either(nodes) => nodes.iter().flat_map(|node| found(node, turn)).collect(),
        Node::Sequence(steps) => {
            let items: Vec<(Gap, Ranges)> = steps.iter().map(|step| (step.gap, found(&step.node, turn))).collect();
            let covered = |&(start, end): &Range| {
                items[0].1.iter().any(|&first| first.0 == start && leads_to(first.1, &items[1..], end))
            };
            turn.all_ranges().into_iter().filter(covered).collect()
        }
        Node::Near { order, distance, left, right } => {
            let (left, right) = (found(left, turn), found(right, turn));
            let covers = |&cover: &Range| {
                left.iter().any(|&a| right.iter().any(|&b| is_pair(a, b, *order, *distance) && hull(&[a, b]) == cover))
            };
            minimal(turn.all_ranges().into_iter().filter(covers).collect())
        }
        Node::Both(nodes) => {
            let operands: Vec<Ranges> = nodes.iter().map(|node| found(node, turn)).collect();
            let covers = choices(&operands).iter().map(|choice| hull(choice)).collect::<Ranges>();
            minimal(
                turn.all_ranges()
                    .into_iter()
                    .filter(|&range| covers.contains(&range) && turn.sentences(range).len() == 1)
                    .collect(),
            )
        }
        Node::AndNot(left, right) => {
            let right = found(right, turn);
            let apart = |&a: &Range| right.iter().all(|&b| turn.sentences(a).is_disjoint(&turn.sentences(b)));
            found(left, turn).into_iter().filter(apart).collect()
        }
        Node::Except(left, right) => {
            let right = found(right, turn);
            found(left, turn).into_iter().filter(|&a| right.iter().all(|&b| !share_token(a, b))).collect()
        }
        Node::NotNear { order, distance, left, right } => {
            let right = found(right, turn);
            found(left, turn)
                .into_iter()
                .filter(|&a| !right.iter().any(|&b| is_pair(a, b, *order, *distance)))
                .collect()
        }
    }
}

/// Whether items can follow a range that ends at `end`, the last of them ending at `goal`.
fn leads_to(end: u32, items: &[(Gap, Ranges)], goal: u32) -> bool {
    let Some((gap, ranges)) = items.first() else {
        return end == goal;
    };
    ranges.iter().any(|&(start, next)| {
        start >= end && (gap.min..=gap.max).contains(&(start - end)) && leads_to(next, &items[1..], goal)
    })
}

fn share_token(a: Range, b: Range) -> bool {
    (a.0..a.1).any(|token| (b.0..b.1).contains(&token))
}

fn is_pair(left: Range, right: Range, order: Order, distance: u32) -> bool {
    let close = |earlier: Range, later: Range| earlier.1 <= later.0 && later.0 - (earlier.1 - 1) <= distance;
    match order {
        Order::LeftFirst => close(left, right),
        Order::RightFirst => close(right, left),
        Order::Any => close(left, right) || close(right, left),
    }
}

fn hull(ranges: &[Range]) -> Range {
    let start = ranges.iter().map(|range| range.0).min().expect("at least one range");
    let end = ranges.iter().map(|range| range.1).max().expect("at least one range");
    (start, end)
}

/// Every choice of one range per operand.
fn choices(operands: &[Ranges]) -> Vec<Vec<Range>> {
    operands.iter().fold(vec![vec![]], |choices, ranges| {
        choices
            .iter()
            .flat_map(|choice| ranges.iter().map(move |&range| [choice.as_slice(), &[range]].concat()))
            .collect()
    })
}

fn minimal(ranges: Ranges) -> Ranges {
    let contains = |a: Range, b: Range| a != b && a.0 <= b.0 && b.1 <= a.1;
    ranges.iter().copied().filter(|&range| !ranges.iter().any(|&other| contains(range, other))).collect()
}

fn turn() -> impl Strategy<Value = Turn> {
    let token = (0..WORDS.len(), proptest::bool::weighted(0.3));
    let coded = collection::vec((any::<u8>(), any::<u8>()), 0..3);
    (collection::vec(token, 0..9), coded).prop_map(|(tokens, coded)| {
        let (words, starts) = tokens.into_iter().map(|(word, starts)| (WORDS[word], starts)).unzip();
        let mut turn = Turn { words, starts, coded: Vec::new() };
        let ranges: Vec<Range> = turn.all_ranges().into_iter().collect();
        if !ranges.is_empty() {
            let coded: Ranges = coded
                .into_iter()
                .map(|(a, b)| ranges[(usize::from(a) * 256 + usize::from(b)) % ranges.len()])
                .collect();
            turn.coded = coded.into_iter().collect();
        }
        turn
    })
}

fn order() -> impl Strategy<Value = Order> + Clone {
    prop_oneof![Just(Order::Any), Just(Order::LeftFirst), Just(Order::RightFirst)]
}

fn pattern() -> BoxedStrategy<Node> {
    let words = (0..tests().len()).prop_map(|at| Node::Word(tests()[at].0.clone()));
    let leaf = prop_oneof![12 => words, 1 => Just(Node::Code("x".to_owned()))];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let gap = (0u32..3, 0u32..3).prop_map(|(min, more)| Gap { min, max: min + more });
        let step = (gap, inner.clone()).prop_map(|(gap, node)| Step { gap, node });
        let pair = (order(), 1u32..6, inner.clone(), inner.clone());
        prop_oneof![
            3 => collection::vec(step, 2..4).prop_map(|mut steps| {
                steps[0].gap = Gap::default();
                Node::Sequence(steps)
            }),
            2 => collection::vec(inner.clone(), 2..4).prop_map(Node::Either),
            2 => collection::vec(inner.clone(), 2..4).prop_map(Node::Both),
            3 => pair.clone().prop_map(|(order, distance, left, right)| Node::Near {
                order,
                distance,
                left: Box::new(left),
                right: Box::new(right),
            }),
            2 => pair.prop_map(|(order, distance, left, right)| Node::NotNear {
                order,
                distance,
                left: Box::new(left),
                right: Box::new(right),
            }),
            1 => (inner.clone(), inner.clone()).prop_map(|(left, right)| Node::AndNot(Box::new(left), Box::new(right))),
            1 => (inner.clone(), inner).prop_map(|(left, right)| Node::Except(Box::new(left), Box::new(right))),
        ]
    })
    .boxed()
}

fn tokens(turn: &Turn) -> TurnTokens {
    let tokens = turn.words.iter().map(|word| (word.to_lowercase(), (*word).to_owned())).collect();
    let starts = (0..turn.words.len() as u32).filter(|&token| token == 0 || turn.starts[token as usize]).collect();
    TurnTokens { tokens, sentence_starts: starts }
}

fn spans_of<'t>(turns: &'t [Turn], ranges: impl Fn(&'t Turn) -> Vec<Range>) -> Vec<Span> {
    let numbered = (0..).zip(turns);
    numbered
        .flat_map(|(number, turn)| ranges(turn).into_iter().map(move |(start, end)| Span::new(number, start, end)))
        .collect()
}

#[test]
fn the_algebra_finds_what_the_definitions_say() {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(4000);
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let (evaluated, found_some) = (Cell::new(0u32), Cell::new(0u32));
    let result = TestRunner::new(config).run(
        &(collection::vec(pattern(), 1..3), collection::vec(turn(), 1..4)),
        |(patterns, turns)| {
            let mut table = LeafTable::default();
            patterns.iter().for_each(|pattern| table.add(pattern));
            let leaves = MemoryLeaves::new(&table, "en", turns.iter().map(tokens)).expect("the tests compile");
            let coded = spans_of(&turns, |turn| turn.coded.clone());
            let codes = |_: &str| coded.as_slice();
            let evaluator = Evaluator::new(&table, &leaves);
            for pattern in &patterns {
                let Ok(spans) = evaluator.evaluate(pattern, &codes);
                let expected = spans_of(&turns, |turn| found(pattern, turn).into_iter().collect());
                evaluated.set(evaluated.get() + 1);
                found_some.set(found_some.get() + u32::from(!expected.is_empty()));
                prop_assert_eq!(&*spans, expected.as_slice(), "{:?}", pattern);
            }
            Ok::<(), TestCaseError>(())
        },
    );
    if let Err(failure) = result {
        panic!("{failure}");
    }
    // Patterns that find nothing would agree on anything.
    assert!(found_some.get() * 3 > evaluated.get(), "only {found_some:?} of {evaluated:?} found something");
}
