//! Words as terms of the index.
//!
//! A token is indexed as `fold NUL form`, the form left out where it equals the fold. So a word in any case is the
//! range of terms that start with `fold NUL`, a prefix is a range too, and one case is one term. A passage's words
//! reach tantivy as one string of such terms, each ended by U+0001, which the tokenizer here only cuts up again:
//! the program's own tokens are the index's tokens.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::text::{fold, form};

/// Name under which the tokenizer is registered with an index.
pub(super) const TOKENIZER: &str = "qualcode";

const END: char = '\u{1}';
const BETWEEN: char = '\0';

/// Appends the term of a token, and its end mark.
pub(super) fn push_term(word: &str, terms: &mut String) {
    if word.is_ascii() {
        let from = terms.len();
        terms.push_str(word);
        terms.push(BETWEEN);
        if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            terms[from..].make_ascii_lowercase();
            terms.push_str(word);
        }
        terms.push(END);
        return;
    }
    let form = form(word);
    let fold = fold(&form);
    terms.push_str(&fold);
    terms.push(BETWEEN);
    if fold != form {
        terms.push_str(&form);
    }
    terms.push(END);
}

/// The term of a form and its fold, as bytes of the dictionary.
pub(super) fn term(fold: &str, form: &str) -> Vec<u8> {
    let mut term = Vec::with_capacity(fold.len() + 1 + form.len());
    term.extend_from_slice(fold.as_bytes());
    term.push(0);
    if fold != form {
        term.extend_from_slice(form.as_bytes());
    }
    term
}

/// Fold and form of a term of the dictionary; `None` for bytes that are none of ours.
pub(super) fn parts(term: &[u8]) -> Option<(&str, &str)> {
    let (fold, form) = std::str::from_utf8(term).ok()?.split_once(BETWEEN)?;
    Some((fold, if form.is_empty() { fold } else { form }))
}

/// Cuts a string of terms at its end marks.
#[derive(Debug, Clone, Default)]
pub(super) struct TermTokenizer {
    token: Token,
}

impl Tokenizer for TermTokenizer {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        self.token.reset();
        TermStream { rest: text, token: &mut self.token }
    }
}

/// The terms of one passage.
#[derive(Debug)]
pub(super) struct TermStream<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        // Words are short: going byte by byte is quicker than a search made for long texts. The mark is one byte.
        let Some(end) = self.rest.bytes().position(|byte| byte == END as u8) else { return false };
        self.token.text.clear();
        self.token.text.push_str(&self.rest[..end]);
        self.token.position = self.token.position.wrapping_add(1);
        self.rest = &self.rest[end + 1..];
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::{TermTokenizer, parts, push_term, term};
    use tantivy::tokenizer::{TokenStream, Tokenizer};

    #[test]
    fn terms_are_cut_as_they_were_put_together() {
        let mut terms = String::new();
        for word in ["IT", "manager", "Don\u{2019}t"] {
            push_term(word, &mut terms);
        }
        let mut tokenizer = TermTokenizer::default();
        let mut stream = tokenizer.token_stream(&terms);
        let mut seen = Vec::new();
        while stream.advance() {
            seen.push((stream.token().position, stream.token().text.clone()));
        }
        assert_eq!(seen, [(0, "it\0IT".to_owned()), (1, "manager\0".to_owned()), (2, "don't\0Don't".to_owned())]);
        assert_eq!(parts(&term("it", "IT")), Some(("it", "IT")));
        assert_eq!(parts(&term("it", "it")), Some(("it", "it")));
    }
}
