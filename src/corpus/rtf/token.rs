//! The parts of Rich Text: braces, control words, bytes.

/// One part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\word` or `\word7`; ASCII letters only.
    Word(&'a str, Option<i32>),
    /// A backslash and what is no letter, as in `\~`.
    Symbol(u8),
    /// `\'e9`
    Hex(u8),
    /// Text in the encoding of its font; line ends of the file are none of it.
    Bytes(&'a [u8]),
}

/// The parts of a file in order.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    rest: &'a [u8],
}

/// A control word has at most so many letters and its number so many digits; more are cut off as text.
const MOST_LETTERS: usize = 64;
const MOST_DIGITS: usize = 10;

impl<'a> Tokens<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(count.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    /// What follows a backslash.
    fn control(&mut self) -> Option<Token<'a>> {
        let first = *self.rest.first()?;
        if !first.is_ascii_alphabetic() {
            self.take(1);
            if first != b'\'' {
                return Some(Token::Symbol(first));
            }
            let digits = std::str::from_utf8(self.rest.get(..2)?).ok();
            let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) else {
                return Some(Token::Bytes(b""));
            };
            self.take(2);
            return Some(Token::Hex(byte));
        }
        let letters = self.rest.iter().take(MOST_LETTERS).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word = std::str::from_utf8(self.take(letters)).unwrap_or("");
        let minus = usize::from(self.rest.first() == Some(&b'-'));
        let digits = self.rest.iter().skip(minus).take(MOST_DIGITS).take_while(|byte| byte.is_ascii_digit()).count();
        let mut number = None;
        if digits > 0 {
            let written = std::str::from_utf8(self.take(minus + digits)).unwrap_or("");
            number = Some(written.parse().unwrap_or(0));
        }
        if self.rest.first() == Some(&b' ') {
            self.take(1);
        }
        if word == "bin" {
            // So many bytes of a picture follow.
            self.take(usize::try_from(number.unwrap_or(0)).unwrap_or(0));
        }
        Some(Token::Word(word, number))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            match *self.rest.first()? {
                b'{' => {
                    self.take(1);
                    return Some(Token::Open);
                }
                b'}' => {
                    self.take(1);
                    return Some(Token::Close);
                }
                b'\\' => {
                    self.take(1);
                    return self.control();
                }
                b'\r' | b'\n' | 0 => {
                    self.take(1);
                }
                _ => {
                    let is_end = |byte: &u8| matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0);
                    let length = self.rest.iter().position(is_end).unwrap_or(self.rest.len());
                    return Some(Token::Bytes(self.take(length)));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Token, Tokens};

    #[test]
    fn every_kind() {
        let found: Vec<_> = Tokens::of(b"{\\rtf1\\b0 x\\'e9\\~\\\\y\r\nz\\u-10179?\\par}\\bin3 }{}q\\").collect();
        assert_eq!(
            found,
            [
                Token::Open,
                Token::Word("rtf", Some(1)),
                Token::Word("b", Some(0)),
                Token::Bytes(b"x"),
                Token::Hex(0xE9),
                Token::Symbol(b'~'),
                Token::Symbol(b'\\'),
                Token::Bytes(b"y"),
                Token::Bytes(b"z"),
                Token::Word("u", Some(-10179)),
                Token::Bytes(b"?"),
                Token::Word("par", None),
                Token::Close,
                Token::Word("bin", Some(3)),
                Token::Bytes(b"q"),
            ]
        );
    }

    #[test]
    fn numbers_and_lengths_that_lie() {
        let found: Vec<_> = Tokens::of(b"\\fs99999999999 \\bin2147483647 x").collect();
        assert_eq!(found[0], Token::Word("fs", Some(0)));
        assert_eq!(found.last(), Some(&Token::Word("bin", Some(i32::MAX))));
    }
}
