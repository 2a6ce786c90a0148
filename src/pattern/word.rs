//! Bare and quoted words: from their characters to tests of tokens.

use std::ops::Range;

use crate::text::{ByteSpan, fold, form, token_spans};

use super::case::CasePolicy;
use super::tree::{Gap, Node, Step, WordTest};

/// One character of a pattern word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letter {
    pub(super) character: char,
    /// Whether a backslash made it literal.
    pub(super) escaped: bool,
}

impl Letter {
    fn is_wildcard(self) -> bool {
        !self.escaped && matches!(self.character, '*' | '?')
    }
}

/// What a run of characters without white space turns out to be.
#[derive(Debug, PartialEq)]
pub(super) enum Word {
    /// Adjacent tokens; none if the word is punctuation only.
    Tokens(Vec<WordTest>),
    /// A bare `*`.
    Any,
    /// `**` and more.
    Stars,
    /// A word with wildcards that the tokeniser would split: its parts.
    Split(String),
}

/// Classifies a bare word.
pub(super) fn classify(letters: &[Letter], case: CasePolicy) -> Word {
    if !letters.iter().any(|letter| letter.is_wildcard()) {
        let text: String = letters.iter().map(|letter| letter.character).collect();
        return Word::Tokens(literals(&text, case));
    }
    if letters.iter().all(|letter| letter.is_wildcard() && letter.character == '*') {
        return if letters.len() == 1 { Word::Any } else { Word::Stars };
    }
    if letters.iter().all(|letter| letter.is_wildcard()) {
        return Word::Tokens(vec![wildcard(letters, case)]);
    }
    let parts: Vec<&[Letter]> = split(letters).into_iter().map(|range| &letters[range]).collect();
    match parts.as_slice() {
        [part] if !part.iter().all(|letter| letter.is_wildcard()) => Word::Tokens(vec![wildcard(part, case)]),
        _ => Word::Split(parts.iter().map(|part| written(part)).collect::<Vec<_>>().join(" ")),
    }
}

/// The tokens of a word in which some characters are wildcards (`true`), each as a range of its characters: where
/// transcripts would split it.
pub(crate) fn tokens(word: &[(char, bool)]) -> Vec<Range<usize>> {
    let letters: Vec<Letter> =
        word.iter().map(|&(character, wildcard)| Letter { character, escaped: !wildcard }).collect();
    split(&letters)
}

/// The tests for the tokens of literal text.
pub(super) fn literals(text: &str, case: CasePolicy) -> Vec<WordTest> {
    let mut spans: Vec<ByteSpan> = Vec::new();
    token_spans(text, 0, &mut spans);
    spans.into_iter().map(|span| literal(span.of(text), case)).collect()
}

/// The pattern that finds exactly the words of `text`; `None` if there are none.
pub fn words(text: &str, case: CasePolicy) -> Option<Node> {
    let tests = literals(text, case);
    if tests.is_empty() {
        return None;
    }
    Some(sequence(tests.into_iter().map(|test| Step { gap: Gap::default(), node: Node::Word(test) }).collect()))
}

/// Steps as one tree: sequences in it are taken in, and one step alone is its node.
pub(super) fn sequence(steps: Vec<Step>) -> Node {
    let mut flat = Vec::with_capacity(steps.len());
    for Step { gap, node } in steps {
        match node {
            Node::Sequence(inner) => flat.extend(
                inner
                    .into_iter()
                    .enumerate()
                    .map(|(at, step)| Step { gap: if at == 0 { gap } else { step.gap }, node: step.node }),
            ),
            node => flat.push(Step { gap, node }),
        }
    }
    if flat.len() == 1 { flat.remove(0).node } else { Node::Sequence(flat) }
}

fn literal(token: &str, case: CasePolicy) -> WordTest {
    let sensitive = case.is_sensitive(token);
    WordTest::Literal { text: comparable(token, sensitive), sensitive }
}

fn comparable(text: &str, sensitive: bool) -> String {
    let form = form(text);
    if sensitive { form.into_owned() } else { fold(&form).into_owned() }
}

fn wildcard(letters: &[Letter], case: CasePolicy) -> WordTest {
    let literal: String =
        letters.iter().filter(|letter| !letter.is_wildcard()).map(|letter| letter.character).collect();
    let sensitive = case.is_sensitive(&literal);
    let mut glob = String::new();
    let mut run = String::new();
    for letter in letters {
        if letter.is_wildcard() {
            push_literal(&mut glob, &mut run, sensitive);
            if !(letter.character == '*' && glob.ends_with('*') && !glob.ends_with("\\*")) {
                glob.push(letter.character);
            }
        } else {
            run.push(letter.character);
        }
    }
    push_literal(&mut glob, &mut run, sensitive);
    WordTest::Wildcard { glob, sensitive }
}

fn push_literal(glob: &mut String, run: &mut String, sensitive: bool) {
    for character in comparable(run, sensitive).chars() {
        if matches!(character, '*' | '?' | '\\') {
            glob.push('\\');
        }
        glob.push(character);
    }
    run.clear();
}

/// The tokens of a word with wildcards, each wildcard standing for a character like its neighbours.
fn split(letters: &[Letter]) -> Vec<Range<usize>> {
    let mut probe = String::new();
    let mut starts = Vec::with_capacity(letters.len() + 1);
    for (at, letter) in letters.iter().enumerate() {
        starts.push(probe.len() as u32);
        probe.push(if letter.is_wildcard() { stand_in(letters, at) } else { letter.character });
    }
    let mut spans: Vec<ByteSpan> = Vec::new();
    token_spans(&probe, 0, &mut spans);
    let index = |byte: u32| starts.partition_point(|&start| start < byte);
    spans.into_iter().map(|span| index(span.start)..index(span.end)).collect()
}

fn stand_in(letters: &[Letter], at: usize) -> char {
    let is_word = |letter: &&Letter| !letter.is_wildcard() && letter.character.is_alphanumeric();
    letters[..at]
        .iter()
        .rev()
        .find(is_word)
        .or_else(|| letters[at..].iter().find(is_word))
        .map_or('x', |letter| letter.character)
}

fn written(letters: &[Letter]) -> String {
    let mut text = String::new();
    for letter in letters {
        if letter.escaped {
            text.push('\\');
        }
        text.push(letter.character);
    }
    text
}
