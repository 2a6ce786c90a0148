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
    let bytes = text.as_bytes();
    let mut start = 0;
    while start < bytes.len() {
        start = match ascii_tokens(bytes, start, base, spans) {
            Ok(end) => end,
            Err(chunk) => {
                let end = chunk_end(bytes, chunk);
                any_tokens(&text[chunk..end], base + chunk as u32, spans);
                end
            }
        };
    }
}

/// The tokens of text of any script, by the crate that has UAX #29's tables.
fn any_tokens(text: &str, base: u32, spans: &mut Vec<ByteSpan>) {
    for (start, word) in text.split_word_bound_indices() {
        if word.len() <= MAX_TOKEN_BYTES && holds_word(word) {
            let start = base + start as u32;
            spans.push(ByteSpan::new(start, start + word.len() as u32));
        }
    }
}

/// The tokens of ASCII text from `start` on; where it ends. Of ASCII, UAX #29 joins letters, digits and `_` (rules
/// WB5, WB8 to WB10, WB13a and WB13b), letters across one of `:.'` (WB6, WB7) and digits across one of `,;.'` (WB11,
/// WB12). Transcripts are ASCII but for a few words, and this is several times as fast as looking up categories.
///
/// # Errors
/// At the first byte that is not ASCII: the start of the chunk that holds it, whose tokens are not in `spans`.
fn ascii_tokens(bytes: &[u8], start: usize, base: u32, spans: &mut Vec<ByteSpan>) -> Result<usize, usize> {
    // Where the text may be cut without changing a token, and how many tokens there were: behind white space.
    let (mut chunk, mut known) = (start, spans.len());
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        if is_joined(byte) {
            let end = ascii_word_end(bytes, at);
            if end - at <= MAX_TOKEN_BYTES && bytes[at..end].iter().any(u8::is_ascii_alphanumeric) {
                spans.push(ByteSpan::new(base + at as u32, base + end as u32));
            }
            at = end;
        } else if byte.is_ascii() {
            at += 1;
            if is_space(byte) {
                (chunk, known) = (at, spans.len());
            }
        } else {
            // A mark that is not ASCII may belong to the white space before it, all of it.
            if at == chunk {
                chunk -= bytes[start..chunk].iter().rev().take_while(|byte| is_space(**byte)).count();
            }
            spans.truncate(known);
            return Err(chunk);
        }
    }
    Ok(at)
}

fn is_joined(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n')
}

/// The end of the ASCII word that starts at `start`.
fn ascii_word_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        if is_joined(byte) {
            at += 1;
            continue;
        }
        let (before, after) = (bytes[at - 1], bytes.get(at + 1).copied().unwrap_or(0));
        let joins = match byte {
            b'.' | b'\'' => {
                before.is_ascii_alphabetic() && after.is_ascii_alphabetic()
                    || before.is_ascii_digit() && after.is_ascii_digit()
            }
            b':' => before.is_ascii_alphabetic() && after.is_ascii_alphabetic(),
            b',' | b';' => before.is_ascii_digit() && after.is_ascii_digit(),
            _ => false,
        };
        if !joins {
            break;
        }
        at += 2;
    }
    at
}

/// The end of a chunk that isn't all ASCII: behind the next white space that is followed by ASCII other than white
/// space, which no rule of UAX #29 joins to it.
fn chunk_end(bytes: &[u8], start: usize) -> usize {
    let beyond_ascii = bytes[start..].iter().position(|byte| !byte.is_ascii()).map_or(bytes.len(), |at| start + at);
    let rest = &bytes[beyond_ascii..];
    let space = rest.windows(2).position(|pair| is_space(pair[0]) && pair[1].is_ascii() && !is_space(pair[1]));
    space.map_or(bytes.len(), |at| beyond_ascii + at + 1)
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
    use proptest::{prop_assert_eq, proptest};

    use super::{any_tokens, fold, form, token_spans};

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

    proptest! {
        #[test]
        fn the_quick_way_finds_the_same_tokens(text in "[ab1_:;,.' \n\r\t\\-é\u{300}\u{200d}א\"印1\u{2019}\u{93e}😀\u{1f1e6}]{0,40}") {
            let (mut quick, mut slow) = (Vec::new(), Vec::new());
            token_spans(&text, 7, &mut quick);
            any_tokens(&text, 7, &mut slow);
            prop_assert_eq!(quick, slow);
        }
    }

    #[test]
    fn all_of_ascii_in_threes_is_cut_alike() {
        for code in 0..128u32.pow(3) {
            let text: String = [code >> 14, code >> 7, code].map(|byte| char::from(byte as u8 & 127)).iter().collect();
            let (mut quick, mut slow) = (Vec::new(), Vec::new());
            token_spans(&text, 0, &mut quick);
            any_tokens(&text, 0, &mut slow);
            assert_eq!(quick, slow, "{text:?}");
        }
    }
}
