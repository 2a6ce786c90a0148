//! Tokens: what counts as a word, its form and its fold.
//!
//! A token is a word segment of [UAX #29](https://www.unicode.org/reports/tr29/) that holds a letter or a digit.
//! Its *form* is its text in NFC with typographic apostrophes made straight; its *fold* is the full case folding
//! of the form. Both are made for comparing only: the text itself stays as it is.

use std::borrow::Cow;

use icu_casemap::CaseMapperBorrowed;
use icu_normalizer::ComposingNormalizerBorrowed;
use unicode_segmentation::UnicodeSegmentation;

use super::ByteSpan;

/// A run without a break that is longer than this is no token (it is data, not speech).
pub const MAX_TOKEN_BYTES: usize = 1024;

const CASE: CaseMapperBorrowed<'static> = icu_casemap::CaseMapper::new();
const NFC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfc();

/// Appends the spans of the tokens of `text` to `spans`, in order, each moved by `base` bytes.
pub fn token_spans(text: &str, base: u32, spans: &mut Vec<ByteSpan>) {
    for (start, word) in text.split_word_bound_indices() {
        if word.len() <= MAX_TOKEN_BYTES && holds_word(word) {
            let start = base + start as u32;
            spans.push(ByteSpan::new(start, start + word.len() as u32));
        }
    }
}

/// Whether `segment` holds a letter or a digit of any script.
pub fn holds_word(segment: &str) -> bool {
    match segment.as_bytes() {
        [] => false,
        [first, ..] if first.is_ascii_alphanumeric() => true,
        _ => segment.chars().any(char::is_alphanumeric),
    }
}

/// The form of a token: NFC, with U+2019, U+2018, U+02BC and U+FF07 made U+0027.
pub fn form(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return Cow::Borrowed(word);
    }
    let normal = NFC.normalize(word);
    if normal.contains(is_apostrophe) { Cow::Owned(normal.replace(is_apostrophe, "'")) } else { normal }
}

/// The fold of a form: full case folding (`ß` becomes `ss`), in NFC again.
pub fn fold(form: &str) -> Cow<'_, str> {
    if form.is_ascii() {
        return if form.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(form.to_ascii_lowercase())
        } else {
            Cow::Borrowed(form)
        };
    }
    match CASE.fold_string(form) {
        Cow::Borrowed(folded) => NFC.normalize(folded),
        Cow::Owned(folded) => Cow::Owned(NFC.normalize(&folded).into_owned()),
    }
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{FF07}')
}

#[cfg(test)]
mod tests {
    use super::{fold, form, token_spans};

    fn words(text: &str) -> Vec<&str> {
        let mut spans = Vec::new();
        token_spans(text, 0, &mut spans);
        spans.into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn a_token_holds_a_letter_or_a_digit() {
        assert_eq!(
            words("Well, don't -- 3.5 % of after-action 😀 e-mail…"),
            ["Well", "don't", "3.5", "of", "after", "action", "e", "mail"]
        );
        assert_eq!(words("印度 το έργο مرحبا"), ["印", "度", "το", "έργο", "مرحبا"]);
        assert!(words(&"x".repeat(1025)).is_empty());
    }

    #[test]
    fn form_is_nfc_with_straight_apostrophes_and_fold_is_full() {
        assert_eq!(form("don\u{2019}t"), "don't");
        assert_eq!(form("cafe\u{301}"), "café");
        assert_eq!(fold("Straße"), "strasse");
        assert_eq!(fold("ΣΊΣΥΦΟΣ"), fold("σίσυφος"));
        assert_eq!(fold("İ"), "i\u{307}");
    }
}
