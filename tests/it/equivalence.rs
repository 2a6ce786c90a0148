//! What the algebra finds by a store's index equals what it finds in the same turns in memory, however the store
//! came to be.
//!
//! More cases: `PROPTEST_CASES=2000 cargo test --test it equivalence`.

use std::cell::Cell;

use proptest::collection::vec;
use proptest::prelude::{BoxedStrategy, Just, Strategy, prop_oneof};
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use qualcode::pattern::{Node, ParseOptions, parse};
use qualcode::span::{Leaves, MemoryLeaves, Spans};

use crate::case::transcript;
use crate::indexed::{Indexed, ways};

/// What turns are made of: words in several cases, composed and decomposed letters, letters whose folding is
/// longer than they are, scripts without spaces, numbers, and punctuation that ends sentences.
const WORDS: &[&str] = &[
    "IT",
    "it",
    "It",
    "manager",
    "Manager",
    "MANAGERS",
    "manage",
    "straße",
    "STRASSE",
    "Straße",
    "Åsa",
    "åsa",
    "A\u{30a}sa",
    "naïve",
    "nai\u{308}ve",
    "don't",
    "don\u{2019}t",
    "e-mail",
    "日本",
    "ОК",
    "ок",
    "İstanbul",
    "ﬁne",
    "fine",
    "😀",
    "3.14",
    "x\u{200d}y",
    "ǅ",
    "ǆ",
    "Σίσυφος",
    "ΣΊΣΥΦΟΣ",
    "the",
    "of",
    "storm",
    ".",
    "?",
    "!",
    "…",
    "\u{00a0}",
    "a_b",
    "C3PO",
];

/// Single tokens of patterns.
const LEAVES: &[&str] = &[
    "it",
    "IT",
    "\"It\"",
    "manager",
    "MANAGERS",
    "straße",
    "strasse",
    "STRASSE",
    "åsa",
    "ÅSA",
    "naïve",
    "don't",
    "*n't",
    "日",
    "日本",
    "ok",
    "ок",
    "istanbul",
    "İstanbul",
    "fine",
    "storm",
    "absent",
    "the",
    "of",
    "man*",
    "*er",
    "m?nager",
    "MAN*",
    "s*e",
    "?",
    "c3*",
    "/[Ii]t/",
    "/m.*s?/",
    "/(?i)STRA.+/",
    "/\\d.*/",
    "stem:manage",
    "stem:managers",
    "code:x",
    "ǆ",
    "σίσυφος",
    "a_b",
];

/// A corpus as it changes: in every step some of the documents are written anew, or removed.
type Steps = Vec<Vec<(usize, Option<Vec<Vec<&'static str>>>)>>;

fn steps() -> impl Strategy<Value = Steps> {
    let turn = vec(select(WORDS), 1..9);
    let document = vec(turn, 1..5);
    let change = (0usize..5, prop_oneof![4 => document.prop_map(Some), 1 => Just(None)]);
    vec(vec(change, 1..4), 1..5)
}

/// Patterns as they are written; every operand in parentheses, so that operators never mix.
fn pattern() -> BoxedStrategy<String> {
    let leaf = select(LEAVES).prop_map(str::to_owned);
    leaf.prop_recursive(3, 12, 3, |inner| {
        let operator = select(
            &[
                "NEAR/1",
                "NEAR/4",
                "BEFORE/2",
                "BEFORE/5",
                "AFTER/1",
                "AFTER/3",
                "NOT NEAR/2",
                "NOT BEFORE/3",
                "NOT AFTER/2",
                "EXCEPT",
                "AND",
                "AND NOT",
                "OR",
                "",
                "[0..2]",
                "[1..1]",
                "*",
            ][..],
        );
        let pair = (inner.clone(), operator, inner.clone())
            .prop_map(|(left, operator, right)| format!("({left}) {operator} ({right})"));
        let many = |between: &'static str| {
            vec(inner.clone(), 2..4)
                .prop_map(move |items| items.iter().map(|item| format!("({item})")).collect::<Vec<_>>().join(between))
        };
        prop_oneof![6 => pair, 1 => many(" | "), 1 => many(" AND "), 1 => many(" ")]
    })
    .boxed()
}

fn tree(pattern: &str) -> Node {
    parse(pattern, &ParseOptions::default()).unwrap_or_else(|faults| panic!("{pattern}: {faults:?}")).tree
}

fn text(turns: &[Vec<&str>], heading: bool) -> String {
    let mut text = String::new();
    if heading {
        text.push_str("# The storm and IT\n\n");
    }
    for (turn, words) in turns.iter().enumerate() {
        text.push_str(["Ann: ", "Bob: "][turn % 2]);
        text.push_str(&words.join(" "));
        text.push_str("\n\n");
    }
    text
}

/// Where the first leaf is found is where code `x` is.
fn coded(leaves: &MemoryLeaves) -> Spans {
    let Ok(spans) = leaves.spans(0);
    spans
}

#[test]
fn the_index_finds_what_memory_finds() {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(60);
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let [evaluated, found_some, several, deleted] = [0, 0, 0, 0].map(Cell::new);
    let count = |cell: &Cell<u32>, holds: bool| cell.set(cell.get() + u32::from(holds));
    let result = TestRunner::new(config).run(&(steps(), vec(pattern(), 10..20)), |(steps, patterns)| {
        let indexed = Indexed::new("en");
        // One document that stays: the corpus is never empty, and a segment with few deletions is not written anew.
        indexed.write("stays.txt", &transcript(7, 40));
        for (number, step) in steps.iter().enumerate() {
            for (document, turns) in step {
                let name = format!("{}.md", ["a", "m/b", "stayz", "y", "Z"][*document].replace('/', "-"));
                match turns {
                    Some(turns) => indexed.write(&name, &text(turns, *document == 1)),
                    None => indexed.remove(&name),
                }
            }
            indexed.update(1 + number % 3).expect("an update");
        }
        let segments = indexed.segments();
        count(&several, segments.0 > 1);
        count(&deleted, segments.1 > 0);
        let trees: Vec<Node> = std::iter::once("it").chain(patterns.iter().map(String::as_str)).map(tree).collect();
        let [usual, others @ ..] = ways();
        let by_usual = [1, 9, 10_000].map(|block| (block, usual));
        for (block, limits) in by_usual.into_iter().chain(others.map(|limits| (9, limits))) {
            indexed.compare(&trees, block, limits, &coded, |tree, found, expected| {
                count(&evaluated, true);
                count(&found_some, !expected.is_empty());
                assert_eq!(found, expected, "{tree:?}");
            });
        }
        Ok(())
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
    // What finds nothing, and what is never deleted, would agree on anything.
    assert!(found_some.get() * 8 > evaluated.get(), "only {found_some:?} of {evaluated:?} found something");
    assert!(several.get() * 4 > cases, "only {several:?} of {cases} corpora have several segments");
    assert!(deleted.get() * 8 > cases, "only {deleted:?} of {cases} corpora have deleted records");
}

/// More different words than postings are opened for in a block.
const CROWD: usize = 9_000;

#[test]
fn a_crowd_of_words_is_found_in_every_way() {
    let indexed = Indexed::new("en");
    let crowd = |from: usize| {
        let mut text = String::new();
        for turn in 0..CROWD / 60 {
            text.push_str(["Ann: IT", "Bob: The storm"][turn % 2]);
            for word in 0..60 {
                let number = from + turn * 60 + word;
                text.push_str(&format!("{} w{number}x", if word % 13 == 12 { "." } else { "" }));
            }
            text.push_str(".\n\n");
        }
        text
    };
    indexed.write("crowd.txt", &crowd(0));
    indexed.update(2).expect("an update");
    indexed.write("few.txt", "Ann: IT w1x w2x. Storm w35x!\n\nBob: W35X, w45X; don't w5x.\n");
    indexed.write("gone.txt", "Ann: w1x w2x w3x\n\nBob: W4x.\n");
    indexed.update(2).expect("an update");
    indexed.remove("gone.txt");
    indexed.write("more.txt", "Ann: Storm w999999x IT\n\nBob: w35x.\n");
    indexed.update(2).expect("an update");
    assert!(indexed.segments().0 > 1, "the words of a leaf are in several segments");
    let patterns = [
        "w*",
        "w*x NEAR/2 IT",
        "*5x",
        "/w.*7x/ w*",
        "storm [0..3] *5x",
        "W35X",
        "(w* | IT) AND NOT storm",
        "IT * *x",
        "w* EXCEPT (w1* | /w2.*x/)",
        "*5x NOT NEAR/9 storm",
    ];
    let trees: Vec<Node> = patterns.into_iter().map(tree).collect();
    for (block, limits) in [1, 10_000].into_iter().flat_map(|block| ways().map(|limits| (block, limits))) {
        let mut found_some = 0;
        indexed.compare(&trees, block, limits, &coded, |tree, found, expected| {
            found_some += usize::from(!expected.is_empty());
            // Not assert_eq: the lists are too long to be read.
            assert!(found == expected, "{tree:?}: {} spans, not {}", found.len(), expected.len());
        });
        assert!(found_some >= patterns.len(), "only {found_some} found something");
    }
}
