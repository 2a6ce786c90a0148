use std::convert::Infallible;

use super::{finish, stats_block};
use crate::codebook::{Codebook, load};
use crate::coding::{self, Trace, TracedRow};
use crate::corpus::Role;
use crate::span::{Evaluator, LeafTable, MemoryLeaves};
use crate::text;
use crate::workbench::Wildcards;

fn codebook(codes: &str) -> Codebook {
    let file = format!(
        r#"{{"format": 1, "id": "b", "language": "en", "tracks": [{{"id": "m", "label": "M"}}],
            "themes": [{{"id": "t", "label": "T"}}], "codes": [{codes}]}}"#
    );
    load(file.as_bytes(), "b.json").expect("a good codebook").0
}

fn code(id: &str, patterns: &str) -> String {
    format!(r#"{{"id": "{id}", "theme": "t", "tracks": ["m"], "label": "{id}", "patterns": [{patterns}]}}"#)
}

/// Each text is a turn of an informant in a document of its own; those that begin with `Q:` are an interviewer's.
fn stats(codebook: &Codebook, texts: &[&str]) -> super::CodebookStats {
    let mut table = LeafTable::default();
    codebook.codes.iter().flat_map(|code| &code.patterns).for_each(|pattern| table.add(&pattern.tree));
    let leaves = MemoryLeaves::from_text(&table, "en", texts).expect("English");
    let Ok(codes) = coding::candidates(codebook, &Evaluator::new(&table, &leaves), |_, _, _| true);
    let rows = texts.iter().enumerate().map(|(document, text)| TracedRow {
        document,
        turn: 1,
        role: if text.starts_with("Q:") { Role::Interviewer } else { Role::Informant },
        question: None,
        backchannel: false,
    });
    let trace = Trace { codes, rows: rows.collect() };
    let wildcards = Wildcards::of(codebook).expect("good tests");
    let read = |row: usize| {
        let mut tokens = Vec::new();
        text::token_spans(texts[row], 0, &mut tokens);
        Ok::<_, Infallible>((texts[row].to_owned(), tokens.iter().map(|token| (token.start, token.end)).collect()))
    };
    let Ok(block) = stats_block(codebook, &wildcards, &trace, read);
    finish(codebook, &wildcards, &block)
}

#[test]
fn every_number_can_be_counted_by_hand() {
    let codebook = codebook(
        &[code("a", r#""storm*", "big storm", "thunder", "(snow EXCEPT snow ball)""#), code("b", r#""storm""#)]
            .join(","),
    );
    let texts = ["A storm, a big storm, stormy.", "Q: A storm?", "No. Big storm.", "Snow ball. Snow."];
    let stats = stats(&codebook, &texts);
    let a = &stats.codes[0];
    let numbers: Vec<[u64; 5]> = a
        .patterns
        .iter()
        .map(|pattern| [pattern.found, pattern.lost, pattern.codings, pattern.counted, pattern.documents])
        .collect();
    // storm*: three in the first text, of which one lies in "big storm", one asked, one in "Big storm".
    assert_eq!(numbers, [[5, 2, 3, 2, 2], [2, 0, 2, 2, 2], [0, 0, 0, 0, 0], [1, 0, 1, 1, 1]]);
    assert_eq!((a.codings, a.counted, a.documents), (6, 5, 4));
    assert_eq!(a.patterns[0].share, Some(0.5));
    assert!(a.patterns[2].is_dead() && !a.patterns[0].is_dead());
    assert!(!a.patterns[0].carries(a));
    assert_eq!(a.patterns[1].never_without, ["a#1"]);
    assert!(a.patterns[1].always_with.is_empty() && a.patterns[0].never_without.is_empty());
    assert_eq!(a.patterns[0].wildcards[0].words, [("storm".to_owned(), 2), ("stormy".to_owned(), 1)]);
    // All four codings of b lie in codings of a; of the six of a, four have one of b.
    let overlaps: Vec<_> = stats
        .overlaps
        .iter()
        .map(|one| (one.code.as_str(), one.other.as_str(), one.overlapping, one.codings))
        .collect();
    assert_eq!(overlaps, [("b", "a", 4, 4), ("a", "b", 4, 6)]);
}

#[test]
fn patterns_that_only_fire_together_name_each_other() {
    let codebook = codebook(&code("a", r#""IT manager", "manager BEFORE/3 asks""#));
    let stats = stats(&codebook, &["The IT manager asks.", "Our IT manager never asks."]);
    let patterns = &stats.codes[0].patterns;
    assert_eq!(patterns[0].always_with, ["a#2"]);
    assert_eq!(patterns[1].always_with, ["a#1"]);
    assert!(patterns[0].carries(&stats.codes[0]));
}
