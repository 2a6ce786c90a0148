//! Which leaves a word passes.

use std::collections::HashMap;

use super::{DictionaryRange, LeafTable, WordError, WordMatcher};

/// The tests of a leaf table, compiled for one language, to be asked word by word. Made once for many blocks.
#[derive(Debug, Clone)]
pub struct LeafMatchers {
    leaves: u32,
    exact: HashMap<String, Vec<Exact>>,
    /// Prefixes by their first code point, since a codebook may hold hundreds.
    prefixes: HashMap<char, Vec<(u32, String)>>,
    others: Vec<(u32, WordMatcher)>,
}

#[derive(Debug, Clone)]
struct Exact {
    leaf: u32,
    form: Option<String>,
}

impl LeafMatchers {
    /// Compiles every test of the table; `language` is the BCP 47 code of the codebook.
    ///
    /// # Errors
    /// At the first test that does not compile.
    pub fn new(table: &LeafTable, language: &str) -> Result<Self, WordError> {
        let mut matchers = Self {
            leaves: table.tests().len() as u32,
            exact: HashMap::new(),
            prefixes: HashMap::new(),
            others: Vec::new(),
        };
        for (leaf, test) in (0..).zip(table.tests()) {
            let matcher = WordMatcher::new(test, language)?;
            match matcher.dictionary_range() {
                DictionaryRange::Exact { fold, form } => {
                    matchers.exact.entry(fold).or_default().push(Exact { leaf, form })
                }
                DictionaryRange::Prefix { fold } => match fold.chars().next() {
                    Some(first) => matchers.prefixes.entry(first).or_default().push((leaf, fold)),
                    None => matchers.others.push((leaf, matcher)),
                },
                DictionaryRange::Scan => matchers.others.push((leaf, matcher)),
            }
        }
        Ok(matchers)
    }

    /// How many leaves there are.
    pub(super) fn leaves(&self) -> u32 {
        self.leaves
    }

    /// The leaves whose test a word passes, in no order.
    pub fn passed(&self, fold: &str, form: &str) -> Vec<u32> {
        let exact = self.exact.get(fold).into_iter().flatten();
        let exact =
            exact.filter(|exact| exact.form.as_deref().is_none_or(|wanted| wanted == form)).map(|exact| exact.leaf);
        let prefixes = fold.chars().next().and_then(|first| self.prefixes.get(&first)).into_iter().flatten();
        let prefixes = prefixes.filter(|(_, prefix)| fold.starts_with(prefix.as_str())).map(|&(leaf, _)| leaf);
        let others = self.others.iter().filter(|(_, matcher)| matcher.matches(fold, form)).map(|&(leaf, _)| leaf);
        exact.chain(prefixes).chain(others).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::LeafMatchers;
    use crate::pattern::{Node, WordTest};
    use crate::span::LeafTable;

    #[test]
    fn a_word_may_pass_several_leaves() {
        let mut table = LeafTable::default();
        let tests = [
            WordTest::Literal { text: "it".to_owned(), sensitive: false },
            WordTest::Literal { text: "IT".to_owned(), sensitive: true },
            WordTest::Wildcard { glob: "i*".to_owned(), sensitive: false },
            WordTest::Wildcard { glob: "*".to_owned(), sensitive: false },
            WordTest::Wildcard { glob: "?T".to_owned(), sensitive: true },
            WordTest::Literal { text: "is".to_owned(), sensitive: false },
        ];
        tests.into_iter().for_each(|test| table.add(&Node::Word(test)));
        let matchers = LeafMatchers::new(&table, "en").expect("good tests");
        let passed = |fold: &str, form: &str| {
            let mut leaves = matchers.passed(fold, form);
            leaves.sort_unstable();
            leaves
        };
        assert_eq!(passed("it", "IT"), [0, 1, 2, 3, 4]);
        assert_eq!(passed("it", "it"), [0, 2, 3]);
        assert_eq!(passed("is", "Is"), [2, 3, 5]);
        assert_eq!(passed("x", "x"), [3]);
    }
}
