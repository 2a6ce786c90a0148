//! Single-token tests, compiled.

use regex::{Regex, RegexBuilder};

use super::glob::Glob;
use crate::pattern::WordTest;
use crate::text::{self, Stemmer};

/// Most bytes that one compiled regular expression may take: a codebook is untrusted input.
const REGEX_BYTES: usize = 1 << 20;

/// A single-token test that cannot be compiled.
#[derive(Debug, thiserror::Error)]
pub enum WordError {
    /// The regular expression is malformed or too large.
    #[error(
        "the regular expression /{expression}/ cannot be used; mend it as the reason says, or write a wildcard or alternatives instead"
    )]
    Regex {
        /// The expression between the slashes.
        expression: String,
        /// Why.
        #[source]
        source: Box<regex::Error>,
    },
    /// `stem:` in a language without a stemmer.
    #[error(
        "stem:{word} cannot be used: there is no Snowball stemmer for the language \"{language}\"; write out the word's forms, or a wildcard such as {word}*"
    )]
    Stem {
        /// The word as written.
        word: String,
        /// The language code.
        language: String,
    },
}

/// How the words that pass a test can be found in a dictionary sorted by fold and then form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DictionaryRange {
    /// The words of this fold; of these, the one with this form if it is given.
    Exact {
        /// The fold.
        fold: String,
        /// The form, if case counts.
        form: Option<String>,
    },
    /// All words whose fold starts with this.
    Prefix {
        /// First bytes of the fold; empty for every word.
        fold: String,
    },
    /// Any words: ask [`WordMatcher::matches`] of each.
    Scan,
}

/// A [`WordTest`], compiled for one language.
#[derive(Debug, Clone)]
pub struct WordMatcher(Test);

#[derive(Debug, Clone)]
enum Test {
    Fold(String),
    Form(String),
    FoldGlob(Glob),
    FormGlob(Glob),
    Regex(Regex),
    Stem { stemmer: Stemmer, stem: String },
}

impl WordMatcher {
    /// Compiles a test; `language` is the BCP 47 code of the codebook and counts for stems only.
    ///
    /// # Errors
    /// If a regular expression does not compile, or the language has no stemmer.
    pub fn new(test: &WordTest, language: &str) -> Result<Self, WordError> {
        Ok(Self(match test {
            WordTest::Literal { text, sensitive: false } => Test::Fold(text.clone()),
            WordTest::Literal { text, sensitive: true } => Test::Form(text.clone()),
            WordTest::Wildcard { glob, sensitive: false } => Test::FoldGlob(Glob::new(glob)),
            WordTest::Wildcard { glob, sensitive: true } => Test::FormGlob(Glob::new(glob)),
            WordTest::Regex { expression, sensitive } => Test::Regex(whole_word(expression, *sensitive)?),
            WordTest::Stem { word } => {
                let stemmer = Stemmer::for_language(language)
                    .ok_or_else(|| WordError::Stem { word: word.clone(), language: language.to_owned() })?;
                Test::Stem { stem: stemmer.stem(word).into_owned(), stemmer }
            }
        }))
    }

    /// Whether a word with this fold and form passes. Literals and wildcards look at the form when case counts and
    /// at the fold otherwise, regular expressions at the form, stems at the fold.
    pub fn matches(&self, fold: &str, form: &str) -> bool {
        match &self.0 {
            Test::Fold(text) => text == fold,
            Test::Form(text) => text == form,
            Test::FoldGlob(glob) => glob.matches(fold),
            Test::FormGlob(glob) => glob.matches(form),
            Test::Regex(regex) => regex.is_match(form),
            Test::Stem { stemmer, stem } => stemmer.stem(fold) == stem.as_str(),
        }
    }

    /// The stem that words must have, if that is the test.
    pub fn stem(&self) -> Option<&str> {
        match &self.0 {
            Test::Stem { stem, .. } => Some(stem),
            _ => None,
        }
    }

    /// Where in a sorted dictionary the words that pass are. The range holds exactly these words, so that nothing
    /// found through [`DictionaryRange::Exact`] or [`DictionaryRange::Prefix`] need be tested again.
    pub fn dictionary_range(&self) -> DictionaryRange {
        let exact =
            |form: &str| DictionaryRange::Exact { fold: text::fold(form).into_owned(), form: Some(form.to_owned()) };
        match &self.0 {
            Test::Fold(text) => DictionaryRange::Exact { fold: text.clone(), form: None },
            Test::Form(text) => exact(text),
            Test::FoldGlob(glob) => match (glob.literal(), glob.only_prefix()) {
                (Some(literal), _) => DictionaryRange::Exact { fold: literal.to_owned(), form: None },
                (None, Some(prefix)) => DictionaryRange::Prefix { fold: prefix.to_owned() },
                (None, None) => DictionaryRange::Scan,
            },
            Test::FormGlob(glob) => glob.literal().map_or(DictionaryRange::Scan, exact),
            Test::Regex(_) | Test::Stem { .. } => DictionaryRange::Scan,
        }
    }
}

/// The expression, to match a whole form.
fn whole_word(expression: &str, sensitive: bool) -> Result<Regex, WordError> {
    let compile = |text: &str| {
        RegexBuilder::new(text)
            .case_insensitive(!sensitive)
            .size_limit(REGEX_BYTES)
            .dfa_size_limit(REGEX_BYTES)
            .build()
            .map_err(|source| WordError::Regex { expression: expression.to_owned(), source: Box::new(source) })
    };
    // On its own first: `a)|(b` is malformed, but would not be between our parentheses.
    compile(expression)?;
    compile(&format!("^(?:{expression})$"))
}

#[cfg(test)]
mod tests {
    use super::{DictionaryRange, WordError, WordMatcher};
    use crate::pattern::WordTest;

    fn compile(test: WordTest) -> WordMatcher {
        WordMatcher::new(&test, "en").expect("a good test")
    }

    fn literal(text: &str, sensitive: bool) -> WordMatcher {
        compile(WordTest::Literal { text: text.to_owned(), sensitive })
    }

    fn wildcard(glob: &str, sensitive: bool) -> WordMatcher {
        compile(WordTest::Wildcard { glob: glob.to_owned(), sensitive })
    }

    fn regex(expression: &str, sensitive: bool) -> WordMatcher {
        compile(WordTest::Regex { expression: expression.to_owned(), sensitive })
    }

    #[test]
    fn case_counts_only_when_asked() {
        assert!(literal("it", false).matches("it", "IT"));
        assert!(literal("IT", true).matches("it", "IT"));
        assert!(!literal("IT", true).matches("it", "it"));
        assert!(wildcard("Vir*", true).matches("virus", "Virus"));
        assert!(!wildcard("Vir*", true).matches("virus", "virus"));
        assert!(regex("it", false).matches("it", "IT"));
        assert!(!regex("it", true).matches("it", "IT"));
    }

    #[test]
    fn a_regex_covers_the_whole_form() {
        let either = regex("a|ab", true);
        assert!(either.matches("ab", "ab"));
        assert!(!either.matches("abc", "abc"));
        assert!(!either.matches("xa", "xa"));
    }

    #[test]
    fn a_malformed_or_huge_regex_is_refused() {
        for expression in ["(", "a)|(b", "(?:a{1000}){1000}"] {
            let test = WordTest::Regex { expression: expression.to_owned(), sensitive: true };
            assert!(matches!(WordMatcher::new(&test, "en"), Err(WordError::Regex { .. })), "{expression}");
        }
    }

    #[test]
    fn a_stem_needs_a_language_that_has_one() {
        let test = WordTest::Stem { word: "delegate".to_owned() };
        let english = compile(test.clone());
        assert!(english.matches("delegation", "Delegation") && english.matches("delegated", "delegated"));
        assert!(!english.matches("delicate", "delicate"));
        assert!(matches!(WordMatcher::new(&test, "zh"), Err(WordError::Stem { .. })));
    }

    #[test]
    fn literals_and_prefixes_are_ranges_of_the_dictionary() {
        let exact = |fold: &str, form: Option<&str>| DictionaryRange::Exact {
            fold: fold.to_owned(),
            form: form.map(str::to_owned),
        };
        assert_eq!(literal("it", false).dictionary_range(), exact("it", None));
        assert_eq!(literal("IT", true).dictionary_range(), exact("it", Some("IT")));
        assert_eq!(literal("Straße", true).dictionary_range(), exact("strasse", Some("Straße")));
        assert_eq!(wildcard("secur*", false).dictionary_range(), DictionaryRange::Prefix { fold: "secur".to_owned() });
        assert_eq!(wildcard("a\\*", false).dictionary_range(), exact("a*", None));
        for scan in [wildcard("Secur*", true), wildcard("*ity", false), wildcard("s?r*", false), regex("it", true)] {
            assert_eq!(scan.dictionary_range(), DictionaryRange::Scan);
        }
    }
}
