//! Sentences: UAX #29 boundaries by ICU4X, less those after a known abbreviation.

use icu_locale_core::LanguageIdentifier;
use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakOptions;

use super::abbreviation;

/// The language code of a corpus or codebook cannot be used.
#[derive(Debug, thiserror::Error)]
#[error(
    "\"{language}\" is no language code that sentences can be split by; give a BCP 47 code such as en, sv or pt-BR"
)]
pub struct LanguageError {
    language: String,
}

/// Splits text into sentences by the rules of one language.
#[derive(Debug)]
pub struct SentenceSplitter {
    segmenter: SentenceSegmenter,
    abbreviations: &'static [&'static str],
}

impl SentenceSplitter {
    /// A splitter for a BCP 47 language code such as `en` or `pt-BR`.
    ///
    /// # Errors
    /// If `language` is not a well-formed language code.
    pub fn new(language: &str) -> Result<Self, LanguageError> {
        let error = || LanguageError { language: language.to_owned() };
        let locale: LanguageIdentifier = language.parse().map_err(|_| error())?;
        let mut options = SentenceBreakOptions::default();
        options.content_locale = Some(&locale);
        let segmenter = SentenceSegmenter::try_new(options).map_err(|_| error())?;
        Ok(Self { segmenter, abbreviations: abbreviation::of_language(locale.language.as_str()) })
    }

    /// Appends the byte offset of every sentence start of `text` to `starts`, each moved by `base` bytes.
    /// The first sentence starts at the first byte. A single line feed is a space here: a line break inside a
    /// paragraph is the typist's, not the speaker's.
    pub fn starts(&self, text: &str, base: u32, starts: &mut Vec<u32>) {
        if text.is_empty() {
            return;
        }
        let unwrapped;
        let text = if text.contains('\n') {
            unwrapped = text.replace('\n', " ");
            &unwrapped
        } else {
            text
        };
        starts.push(base);
        for boundary in self.segmenter.as_borrowed().segment_str(text) {
            if boundary != 0
                && boundary < text.len()
                && !self.ends_in_abbreviation(&text[..boundary], &text[boundary..])
            {
                starts.push(base + boundary as u32);
            }
        }
    }

    fn ends_in_abbreviation(&self, before: &str, after: &str) -> bool {
        let before = before.trim_end();
        if !before.ends_with('.') {
            return false;
        }
        let start = before
            .rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '-' | '–' | '—'))
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let last = &before[start..];
        // "No." is an answer far more often than "number", so it needs its number.
        if last.eq_ignore_ascii_case("no.") || last.eq_ignore_ascii_case("nos.") {
            return after.starts_with(|c: char| c.is_ascii_digit());
        }
        is_initial(last) || self.abbreviations.contains(&last)
    }
}

/// A single capital with its full stop, as in "J. Smith"; "I." is the pronoun at the end of a sentence.
fn is_initial(word: &str) -> bool {
    let mut characters = word.chars();
    matches!((characters.next(), characters.next(), characters.next()), (Some(first), Some('.'), None) if first.is_uppercase() && first != 'I')
}

#[cfg(test)]
mod tests {
    use super::SentenceSplitter;

    fn sentences(text: &str) -> Vec<&str> {
        let mut starts = Vec::new();
        SentenceSplitter::new("en").expect("en").starts(text, 0, &mut starts);
        starts.push(text.len() as u32);
        starts.windows(2).map(|pair| text[pair[0] as usize..pair[1] as usize].trim_end()).collect()
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        assert_eq!(
            sentences("Dr. Berg came. Mr. Holm, e.g. Tuesday, left."),
            ["Dr. Berg came.", "Mr. Holm, e.g. Tuesday, left."]
        );
        assert_eq!(sentences("No. I did not. See No. 5 there."), ["No.", "I did not.", "See No. 5 there."]);
        assert_eq!(
            sentences("It was J. Smith. So was I. Then it rained."),
            ["It was J. Smith.", "So was I.", "Then it rained."]
        );
    }

    #[test]
    fn a_line_break_inside_a_paragraph_is_a_space() {
        assert_eq!(sentences("We walked\nhome. Then\nslept."), ["We walked\nhome.", "Then\nslept."]);
    }

    #[test]
    fn a_language_that_does_not_exist_is_refused() {
        assert!(SentenceSplitter::new("not a language").is_err());
    }
}
