//! Stems: the Snowball algorithm of a language.

use std::borrow::Cow;

use frostem::Algorithm;

/// Reduces words to their stems by the [Snowball](https://snowballstem.org/) algorithm of one language.
#[derive(Debug, Clone, Copy)]
pub struct Stemmer {
    algorithm: Algorithm,
}

impl Stemmer {
    /// The stemmer of a BCP 47 language code such as `en` or `pt-BR`; none if Snowball has no algorithm for it.
    pub fn for_language(language: &str) -> Option<Self> {
        let primary = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        // The algorithms also answer to names such as "porter", which are no languages.
        if !matches!(primary.len(), 2 | 3) {
            return None;
        }
        let name = match primary.as_str() {
            "nb" | "nn" | "nob" | "nno" => "no",
            other => other,
        };
        Some(Self { algorithm: Algorithm::from_name(name).ok()? })
    }

    /// The stem of the fold of a word.
    pub fn stem<'a>(&self, fold: &'a str) -> Cow<'a, str> {
        frostem::Stemmer::new(self.algorithm).stem(fold)
    }
}

#[cfg(test)]
mod tests {
    use super::Stemmer;

    #[test]
    fn a_region_does_not_change_the_language() {
        let stemmer = Stemmer::for_language("en-GB").expect("English");
        assert_eq!(stemmer.stem("delegated"), stemmer.stem("delegates"));
        assert!(Stemmer::for_language("nb").is_some());
    }

    #[test]
    fn a_language_without_an_algorithm_has_no_stemmer() {
        assert!(Stemmer::for_language("zh").is_none());
        assert!(Stemmer::for_language("porter").is_none());
        assert!(Stemmer::for_language("").is_none());
    }
}
