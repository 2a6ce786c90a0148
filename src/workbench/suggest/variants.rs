//! Other forms of the words that a code's patterns have: inflections and misspellings.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::Code;
use crate::pattern::{Node, WordTest};
use crate::text::Stemmer;

/// Fewest letters of a word whose misspellings are looked for: shorter ones have too many neighbours.
const SPELLED: usize = 5;

/// A word of the store that is close to one of the code's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Variant {
    /// The word, folded.
    pub word: String,
    /// The word of the code's patterns, folded.
    pub of: String,
    /// How the two are close.
    pub kind: VariantKind,
}

/// How two words are close.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum VariantKind {
    /// They have one stem.
    Inflection,
    /// One letter more, less, other, or two neighbours exchanged.
    Spelling,
}

impl VariantKind {
    /// Its name in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Inflection => "inflection",
            Self::Spelling => "spelling",
        }
    }
}

/// The words of a store that have the stem of a word in the code's patterns, or differ from it by one letter. Words
/// that are written in the patterns are left out. In the order of the words, each once.
pub fn variants(code: &Code, language: &str, words: &BTreeMap<String, u64>) -> Vec<Variant> {
    let mut own = BTreeSet::new();
    code.patterns.iter().for_each(|pattern| literals(&pattern.tree, &mut own));
    let stemmer = Stemmer::for_language(language);
    let mut of_stem: BTreeMap<String, &str> = BTreeMap::new();
    if let Some(stemmer) = stemmer {
        own.iter().for_each(|word| {
            of_stem.entry(stemmer.stem(word).into_owned()).or_insert(word);
        });
    }
    let mut spelled: BTreeMap<char, Vec<(&str, Vec<char>)>> = BTreeMap::new();
    for word in &own {
        let letters: Vec<char> = word.chars().collect();
        if letters.len() >= SPELLED {
            spelled.entry(letters[0]).or_default().push((word, letters));
        }
    }
    let mut found = Vec::new();
    for word in words.keys().filter(|word| !own.contains(*word) && word.chars().any(char::is_alphabetic)) {
        let stem = stemmer.and_then(|stemmer| of_stem.get(&*stemmer.stem(word)));
        if let Some(of) = stem {
            found.push(Variant { word: word.clone(), of: (*of).to_owned(), kind: VariantKind::Inflection });
            continue;
        }
        let near = word.chars().next().and_then(|first| spelled.get(&first)).into_iter().flatten();
        let letters: Vec<char> = word.chars().collect();
        if let Some((of, _)) = near.into_iter().find(|(_, other)| one_apart(&letters, other)) {
            found.push(Variant { word: word.clone(), of: (*of).to_owned(), kind: VariantKind::Spelling });
        }
    }
    found
}

/// The literal words on which finds rest, folded.
fn literals(node: &Node, words: &mut BTreeSet<String>) {
    match node {
        Node::Word(WordTest::Literal { text, sensitive: false }) => {
            words.insert(text.clone());
        }
        Node::Word(_) | Node::Code(_) => {}
        Node::Sequence(steps) => steps.iter().for_each(|step| literals(&step.node, words)),
        Node::Either(nodes) | Node::Both(nodes) => nodes.iter().for_each(|node| literals(node, words)),
        Node::Near { left, right, .. } => {
            literals(left, words);
            literals(right, words);
        }
        Node::AndNot(left, _) | Node::Except(left, _) | Node::NotNear { left, .. } => literals(left, words),
    }
}

/// Whether two different words become one by a letter put in, taken out or replaced, or by two neighbouring letters
/// exchanged (the distance of Damerau, 1964, is 1).
fn one_apart(a: &[char], b: &[char]) -> bool {
    if a.len().abs_diff(b.len()) > 1 || a == b {
        return false;
    }
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    match (a, b) {
        ([_], []) | ([], [_]) | ([_], [_]) => true,
        ([first, second], [other_first, other_second]) => first == other_second && second == other_first,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::one_apart;

    #[test]
    fn one_letter_or_two_exchanged() {
        let apart = |a: &str, b: &str| one_apart(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        for (a, b) in [("virus", "viru"), ("virus", "virrus"), ("virus", "vires"), ("virus", "vrius"), ("aa", "aaa")] {
            assert!(apart(a, b) && apart(b, a), "{a} {b}");
        }
        for (a, b) in [("virus", "virus"), ("virus", "vir"), ("virus", "svirus1"), ("abcd", "badc"), ("", "ab")] {
            assert!(!apart(a, b) && !apart(b, a), "{a} {b}");
        }
    }
}
