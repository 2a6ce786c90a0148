//! The words that the wildcards, expressions and stems of patterns meet in what the patterns find.

use std::collections::{BTreeMap, HashMap};

use crate::codebook::Codebook;
use crate::pattern::{Node, WordTest};
use crate::span::{LeafMatchers, LeafTable, Span, WordError};
use crate::text::{self, Stemmer};

/// Every test of a codebook's patterns that more than one word can pass, and which pattern has which.
#[derive(Debug)]
pub struct Wildcards {
    tests: Vec<WordTest>,
    matchers: LeafMatchers,
    /// Numbers of the tests, by code and pattern.
    of_pattern: Vec<Vec<Vec<u32>>>,
}

/// One wildcard of one pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct WildcardPlace {
    pub(super) code: usize,
    pub(super) pattern: usize,
    pub(super) test: u32,
}

/// Words (folded) and how often each was met.
pub(super) type WordCounts = BTreeMap<String, u64>;

impl Wildcards {
    /// The wildcards of a codebook.
    ///
    /// # Errors
    /// If a test does not compile, which a checked codebook's do.
    pub fn of(codebook: &Codebook) -> Result<Self, WordError> {
        let mut table = LeafTable::default();
        let mut number = |test: &WordTest| {
            table.add(&Node::Word(test.clone()));
            table.number(test).unwrap_or_default()
        };
        let patterns = codebook.codes.iter().map(|code| {
            let of_code = code.patterns.iter().map(|pattern| {
                let mut tests = Vec::new();
                gather(&pattern.tree, &mut |test| tests.push(number(test)));
                tests.sort_unstable();
                tests.dedup();
                tests
            });
            of_code.collect()
        });
        let of_pattern = patterns.collect();
        let matchers = LeafMatchers::new(&table, &codebook.language)?;
        Ok(Self { tests: table.tests().to_vec(), matchers, of_pattern })
    }

    /// Whether a pattern has one.
    pub(super) fn any(&self, code: usize, pattern: usize) -> bool {
        !self.of_pattern[code][pattern].is_empty()
    }

    /// A wildcard as written in patterns.
    pub(super) fn text(&self, test: u32) -> String {
        self.tests[test as usize].to_string()
    }

    /// The words of `words` that a wildcard was probably not meant for; see [`doubtful()`]. Expressions and stems say
    /// what they mean, and so do wildcards without a beginning such as `*n't`.
    pub(super) fn doubtful(&self, test: u32, words: &WordCounts, stemmer: Option<Stemmer>) -> Vec<(String, u64)> {
        let WordTest::Wildcard { glob, .. } = &self.tests[test as usize] else { return Vec::new() };
        let beginning = text::fold(glob.split(['*', '?', '\\']).next().unwrap_or_default());
        let mut words = doubtful(words, stemmer);
        words.retain(|(word, _)| !beginning.is_empty() && *word != beginning);
        words
    }

    /// The tests of a pattern, as numbers.
    pub(super) fn tests(&self, code: usize, pattern: usize) -> &[u32] {
        &self.of_pattern[code][pattern]
    }
}

/// Counts the words of one block.
#[derive(Debug)]
pub(super) struct WordTally<'w> {
    wildcards: &'w Wildcards,
    /// Number in `folds`, and tests passed, of words as they stand in the text.
    known: HashMap<String, (u32, Vec<u32>)>,
    folds: Vec<String>,
    counts: HashMap<(WildcardPlace, u32), u64>,
}

impl<'w> WordTally<'w> {
    pub(super) fn new(wildcards: &'w Wildcards) -> Self {
        Self { wildcards, known: HashMap::new(), folds: Vec::new(), counts: HashMap::new() }
    }

    /// Counts the words of a coding. `words` and `tokens` are those of its row: the text, and the byte ranges of its
    /// tokens.
    pub(super) fn add(&mut self, code: usize, pattern: usize, span: Span, words: &str, tokens: &[(u32, u32)]) {
        let tests = self.wildcards.tests(code, pattern);
        for &(start, end) in tokens.get(span.start as usize..span.end as usize).unwrap_or_default() {
            let word = words.get(start as usize..end as usize).unwrap_or_default();
            if !self.known.contains_key(word) {
                let form = text::form(word);
                let fold = text::fold(&form).into_owned();
                let passed = self.wildcards.matchers.passed(&fold, &form);
                self.folds.push(fold);
                self.known.insert(word.to_owned(), (self.folds.len() as u32 - 1, passed));
            }
            let (number, passed) = &self.known[word];
            for &test in passed.iter().filter(|test| tests.binary_search(test).is_ok()) {
                *self.counts.entry((WildcardPlace { code, pattern, test }, *number)).or_default() += 1;
            }
        }
    }

    /// What was met at each wildcard.
    pub(super) fn finish(self) -> BTreeMap<WildcardPlace, WordCounts> {
        let mut met: BTreeMap<WildcardPlace, WordCounts> = BTreeMap::new();
        for ((place, number), count) in self.counts {
            *met.entry(place).or_default().entry(self.folds[number as usize].clone()).or_default() += count;
        }
        met
    }
}

/// Calls `take` with every wildcard, expression and stem on which a find rests: not those behind an exclusion.
fn gather(node: &Node, take: &mut dyn FnMut(&WordTest)) {
    match node {
        Node::Word(WordTest::Literal { .. }) | Node::Code(_) => {}
        Node::Word(test) => take(test),
        Node::Sequence(steps) => steps.iter().for_each(|step| gather(&step.node, take)),
        Node::Either(nodes) | Node::Both(nodes) => nodes.iter().for_each(|node| gather(node, take)),
        Node::Near { left, right, .. } => {
            gather(left, take);
            gather(right, take);
        }
        Node::AndNot(left, _) | Node::Except(left, _) | Node::NotNear { left, .. } => gather(left, take),
    }
}

/// Words that a wildcard met and that were probably not meant: those with another stem than the word it met most
/// often, unless they are that word with one or two letters more (`taken` beside `take`). A guess, for people to
/// look at; nothing without a stemmer for the language.
fn doubtful(words: &WordCounts, stemmer: Option<Stemmer>) -> Vec<(String, u64)> {
    let Some(stemmer) = stemmer else { return Vec::new() };
    let mut of_stem: BTreeMap<String, u64> = BTreeMap::new();
    for (word, count) in words {
        *of_stem.entry(stemmer.stem(word).into_owned()).or_default() += count;
    }
    let Some((leading, _)) = of_stem.iter().max_by_key(|&(stem, count)| (*count, std::cmp::Reverse(stem))) else {
        return Vec::new();
    };
    let of_leading = words.iter().filter(|(word, _)| stemmer.stem(word) == leading.as_str());
    let Some((head, _)) = of_leading.max_by_key(|&(word, count)| (*count, std::cmp::Reverse(word))) else {
        return Vec::new();
    };
    let lengthened = |word: &str| word.strip_prefix(head.as_str()).is_some_and(|rest| rest.chars().count() <= 2);
    let other = |word: &str| stemmer.stem(word) != leading.as_str() && !lengthened(word);
    by_count(words.iter().filter(|(word, _)| other(word)).map(|(word, &count)| (word.clone(), count)).collect())
}

/// Words with the most frequent first, then by their letters.
pub(super) fn by_count(mut words: Vec<(String, u64)>) -> Vec<(String, u64)> {
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words
}

#[cfg(test)]
mod tests {
    use super::{WordCounts, doubtful};
    use crate::text::Stemmer;

    fn counts(words: &[(&str, u64)]) -> WordCounts {
        words.iter().map(|&(word, count)| (word.to_owned(), count)).collect()
    }

    #[test]
    fn words_of_another_stem_are_doubtful() {
        let words = counts(&[("policy", 9), ("policies", 4), ("police", 5), ("polio", 6)]);
        let doubted = doubtful(&words, Stemmer::for_language("en"));
        assert_eq!(doubted, [("polio".to_owned(), 6), ("police".to_owned(), 5)]);
        assert_eq!(doubtful(&words, None), []);
    }

    #[test]
    fn inflections_are_not() {
        let words = counts(&[("take", 3), ("takes", 2), ("taken", 2), ("taking", 1), ("takeover", 1)]);
        assert_eq!(doubtful(&words, Stemmer::for_language("en")), [("takeover".to_owned(), 1)]);
    }
}
