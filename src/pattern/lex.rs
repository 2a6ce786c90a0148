//! From the text of a pattern to its items and operators, each with its place.

use std::ops::Range;

use super::fault::{PatternFault, corrected, excerpt};
use super::lex_word;
use super::operator::Operator;
use super::parse::ParseOptions;
use super::regex_check;
use super::tree::{Gap, Node, WordTest};
use super::word::{self, Letter};

/// Most tokens a gap may span.
pub(super) const LARGEST_GAP: u32 = 1000;

/// One item or operator.
#[derive(Debug)]
pub(super) struct Lexeme {
    pub(super) kind: Kind,
    /// In bytes of the pattern.
    pub(super) span: Range<usize>,
    /// The operator that a word in lower case might have been meant as.
    pub(super) resembles: Option<String>,
}

/// What a lexeme is.
#[derive(Debug)]
pub(super) enum Kind {
    /// Adjacent tokens; none where a word held punctuation only.
    Tokens(Vec<WordTest>),
    /// `code:id`.
    Code(String),
    Gap(Gap),
    Open,
    Close,
    Operator(Operator),
    /// `NOT`, until it is joined to its neighbour.
    Not,
    /// An item with a fault that has been reported.
    Bad,
}

impl Kind {
    /// A node that stands for an item whose fault has been reported; it never leaves the parser.
    pub(super) fn placeholder() -> Node {
        Node::Either(Vec::new())
    }
}

/// What lexing gives.
#[derive(Debug, Default)]
pub(super) struct Lexed {
    pub(super) lexemes: Vec<Lexeme>,
    pub(super) faults: Vec<PatternFault>,
    pub(super) warnings: Vec<PatternFault>,
    /// Whether a quotation or an expression ran to the end, so that unclosed parentheses mean nothing.
    pub(super) truncated: bool,
}

/// Splits a pattern into lexemes.
pub(super) fn lex(text: &str, options: &ParseOptions) -> Lexed {
    let mut lexer = Lexer { text, options, at: 0, out: Lexed::default() };
    while let Some(character) = lexer.peek() {
        lexer.step(character);
    }
    join_not(&mut lexer.out, text);
    lexer.out
}

/// Reads forward through a pattern.
pub(super) struct Lexer<'a> {
    pub(super) text: &'a str,
    pub(super) options: &'a ParseOptions,
    /// Byte offset of the next character.
    pub(super) at: usize,
    pub(super) out: Lexed,
}

impl Lexer<'_> {
    pub(super) fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    pub(super) fn push(&mut self, kind: Kind, start: usize) {
        self.out.lexemes.push(Lexeme { kind, span: start..self.at, resembles: None });
    }

    pub(super) fn fault(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
        mend: impl Into<String>,
    ) {
        self.out.faults.push(PatternFault::new(code, span, message, mend));
    }

    pub(super) fn warn(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
        mend: impl Into<String>,
    ) {
        self.out.warnings.push(PatternFault::new(code, span, message, mend));
    }

    fn step(&mut self, character: char) {
        let start = self.at;
        if self.text[start..].starts_with("||") {
            return self.double_bar();
        }
        let mut single = |kind| {
            self.at += character.len_utf8();
            self.push(kind, start);
        };
        match character {
            ' ' | '\n' => self.at += 1,
            _ if character.is_whitespace() => self.at += character.len_utf8(),
            '(' => {
                self.warn_if_glued();
                self.at += 1;
                self.push(Kind::Open, start);
            }
            ')' => single(Kind::Close),
            '|' => single(Kind::Operator(Operator::Or)),
            '[' => self.gap(),
            ']' => {
                single(Kind::Bad);
                self.fault("P010", start..start + 1, "`]` closes nothing", "take it out, or open the gap: `[0..3]`");
            }
            '"' | '“' | '”' | '„' => self.quotation(character),
            '/' => self.regex(),
            _ => lex_word::read(self),
        }
    }

    fn double_bar(&mut self) {
        let span = self.at..self.at + 2;
        self.at = span.end;
        let mend = format!("write {}", corrected(self.text, &span, "|"));
        self.warn("P106", span.clone(), "`||` is written `|` here, and is taken for it", mend);
        self.push(Kind::Operator(Operator::Or), span.start);
    }

    fn warn_if_glued(&mut self) {
        let before = &self.text[..self.at];
        if before.chars().next_back().is_some_and(char::is_alphanumeric) {
            let word = before.rsplit(|c: char| c.is_whitespace() || is_delimiter(c)).next().unwrap_or(before);
            let word_start = before.len() - word.len();
            self.warn(
                "P104",
                word_start..self.at + 1,
                format!("`{word}(` has no space in it, but is a word and then another: parentheses do not glue parts of words together"),
                format!("put a space before the parenthesis, or use a wildcard such as `{word}*`"),
            );
        }
    }

    fn gap(&mut self) {
        let start = self.at;
        let Some(length) = self.text[start..].find(']') else {
            self.at = self.text.len();
            self.fault("P010", start..start + 1, "`[` is never closed", "close the gap: `[0..3]`");
            self.out.truncated = true;
            return self.push(Kind::Bad, start);
        };
        self.at = start + length + 1;
        let span = start..self.at;
        match read_gap(&self.text[start + 1..start + length]) {
            Ok(gap) => self.push(Kind::Gap(gap), start),
            Err((message, replacement)) => {
                let mend = match replacement {
                    Some(replacement) => format!("write {}", corrected(self.text, &span, &replacement)),
                    None => "a gap of none to three words is written `[0..3]`".to_owned(),
                };
                self.fault("P011", span.clone(), format!("{}: {message}", excerpt(&self.text[span])), mend);
                self.push(Kind::Bad, start);
            }
        }
    }

    fn quotation(&mut self, opening: char) {
        let start = self.at;
        self.at += opening.len_utf8();
        let mut content = String::new();
        loop {
            let Some(character) = self.peek() else {
                self.fault(
                    "P007",
                    start..start + opening.len_utf8(),
                    "the quotation mark is never closed",
                    "close it behind the last literal word (in a JSON file each is written \\\"), or put a backslash before it if it is no quotation mark",
                );
                self.out.truncated = true;
                return self.push(Kind::Bad, start);
            };
            self.at += character.len_utf8();
            match character {
                '\\' => match self.peek() {
                    Some(escaped) => {
                        self.at += escaped.len_utf8();
                        content.push(escaped);
                    }
                    None => continue,
                },
                '"' if opening == '"' => break,
                '”' | '“' if opening != '"' => break,
                _ => content.push(character),
            }
        }
        if opening != '"' {
            self.warn(
                "P103",
                start..self.at,
                format!(
                    "{} has typographic quotation marks; they are taken for straight ones",
                    excerpt(&self.text[start..self.at])
                ),
                format!(
                    "write straight quotation marks (in a JSON file \\\"): {}",
                    corrected(self.text, &(start..self.at), &format!("\"{content}\""))
                ),
            );
        }
        if has_wildcard(&content) {
            let span = start..self.at;
            self.warn(
                "P108",
                span.clone(),
                format!(
                    "{} has a wildcard in quotation marks, where it stands for nothing",
                    excerpt(&self.text[span.clone()])
                ),
                format!("take the quotation marks away: {}", corrected(self.text, &span, content.trim())),
            );
        }
        let tests = word::literals(&content, self.options.case);
        if tests.is_empty() {
            self.warn_punctuation(start);
        }
        self.push(Kind::Tokens(tests), start);
    }

    pub(super) fn warn_punctuation(&mut self, start: usize) {
        let span = start..self.at;
        self.warn(
            "P101",
            span.clone(),
            format!("{} holds no letter or digit and is left out", excerpt(&self.text[span])),
            "take it out: punctuation is no word, in transcripts and patterns alike",
        );
    }

    fn regex(&mut self) {
        let start = self.at;
        let mut escaped = false;
        let end = self.text[start + 1..].char_indices().find_map(|(at, character)| {
            let closes = character == '/' && !escaped;
            escaped = character == '\\' && !escaped;
            closes.then_some(start + 1 + at)
        });
        let Some(end) = end else {
            self.at = self.text.len();
            let alone =
                self.text[start + 1..].starts_with(char::is_whitespace) && !self.text[..start].trim().is_empty();
            let mend = if alone {
                format!("for the one or the other write {}", corrected(self.text, &(start..start + 1), "|"))
            } else {
                "close it with a slash: `/colou?r/`; a slash that begins a word is written `\\/`".to_owned()
            };
            self.fault("P008", start..start + 1, "the regular expression is never closed", mend);
            self.out.truncated = true;
            return self.push(Kind::Bad, start);
        };
        self.at = end + 1;
        let expression = &self.text[start + 1..end];
        let sensitive = self.options.case == super::CasePolicy::Sensitive;
        if let Err(fault) = regex_check::check(expression, sensitive, start + 1) {
            self.out.faults.push(fault);
            return self.push(Kind::Bad, start);
        }
        if self.peek().is_some_and(|next| !next.is_whitespace() && !is_delimiter(next)) {
            let rest: String =
                self.text[self.at..].chars().take_while(|c| !c.is_whitespace() && !is_delimiter(*c)).collect();
            let tail = self.at..self.at + rest.len();
            self.at = tail.end;
            self.fault(
                "P009",
                tail,
                format!("`{rest}` follows the closing slash of a regular expression"),
                "put a space there; flags go inside, as in `/(?i)colou?r/`, and a slash inside is written `\\/`",
            );
            return self.push(Kind::Bad, start);
        }
        if expression.contains(char::is_whitespace) {
            self.warn(
                "P105",
                start..self.at,
                format!(
                    "{} holds a space, but is held against one word at a time",
                    excerpt(&self.text[start..self.at])
                ),
                "write one regular expression per word",
            );
        }
        let test = WordTest::Regex { expression: expression.to_owned(), sensitive };
        self.push(Kind::Tokens(vec![test]), start);
    }

    /// Reads a run up to white space or a delimiter; the flag tells whether a backslash ended the text.
    pub(super) fn letters(&mut self) -> (Vec<Letter>, bool) {
        let mut letters = Vec::new();
        while let Some(character) = self.peek() {
            if character.is_whitespace() || is_delimiter(character) {
                break;
            }
            self.at += character.len_utf8();
            if character != '\\' {
                letters.push(Letter { character, escaped: false });
                continue;
            }
            let Some(escaped) = self.peek() else {
                return (letters, true);
            };
            self.at += escaped.len_utf8();
            letters.push(Letter { character: escaped, escaped: true });
        }
        (letters, false)
    }
}

pub(super) fn is_delimiter(character: char) -> bool {
    matches!(character, '(' | ')' | '|' | '[' | ']' | '"' | '“' | '”' | '„')
}

/// Whether quoted words hold a star beside a letter, or a question mark inside a word.
fn has_wildcard(content: &str) -> bool {
    let letters: Vec<char> = content.chars().collect();
    let word = |at: usize| letters.get(at).is_some_and(|letter| letter.is_alphanumeric());
    letters.iter().enumerate().any(|(at, &letter)| {
        let before = at > 0 && word(at - 1);
        letter == '*' && (before || word(at + 1)) || letter == '?' && before && word(at + 1)
    })
}

/// The gap between the brackets, or what is wrong with it and what to write instead.
fn read_gap(content: &str) -> Result<Gap, (String, Option<String>)> {
    let content = content.trim();
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let (min, max) = match content.split_once("..") {
        Some((min, max)) => (number(min), number(max)),
        None => (number(content), number(content)),
    };
    let (Some(min), Some(max)) = (min, max) else {
        let numbers: Vec<&str> = content.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
        let only_numbers = !content.chars().any(char::is_alphabetic);
        return match numbers.as_slice() {
            [one] if only_numbers => {
                let gap = if content.starts_with("..") { format!("[0..{one}]") } else { format!("[{one}..{one}]") };
                Err(("a gap has a smallest and a largest number of words".to_owned(), Some(gap)))
            }
            [min, max] if only_numbers => {
                Err(("the two numbers of a gap have two dots between them".to_owned(), Some(format!("[{min}..{max}]"))))
            }
            _ => Err(("square brackets hold a gap, a number of words (events such as [laughs] are no words and cannot be searched)".to_owned(), None)),
        };
    };
    if min > max {
        return Err((format!("{min} is more than {max}"), Some(format!("[{max}..{min}]"))));
    }
    if max > LARGEST_GAP {
        return Err((
            format!("a gap has at most {LARGEST_GAP} words"),
            Some(format!("[{}..{LARGEST_GAP}]", min.min(LARGEST_GAP))),
        ));
    }
    Ok(Gap { min, max })
}

/// Joins `AND` + `NOT` and `NOT` + `NEAR/n`; a `NOT` that is neither is a fault.
fn join_not(out: &mut Lexed, text: &str) {
    let mut joined: Vec<Lexeme> = Vec::with_capacity(out.lexemes.len());
    let mut lexemes = std::mem::take(&mut out.lexemes).into_iter().peekable();
    while let Some(mut lexeme) = lexemes.next() {
        if !matches!(lexeme.kind, Kind::Not) {
            joined.push(lexeme);
            continue;
        }
        if let Some(Lexeme { kind: kind @ Kind::Operator(Operator::And), span, .. }) = joined.last_mut() {
            *kind = Kind::Operator(Operator::AndNot);
            span.end = lexeme.span.end;
            continue;
        }
        let near = lexemes.next_if(|next| matches!(next.kind, Kind::Operator(Operator::Near(..))));
        if let Some(Lexeme { kind: Kind::Operator(Operator::Near(order, distance)), span, .. }) = near {
            lexeme.span.end = span.end;
            lexeme.kind = Kind::Operator(Operator::NotNear(order, distance));
        } else {
            let behind = &text[lexeme.span.end..];
            let last = joined.last().and_then(|last| match last.kind {
                Kind::Operator(operator) => Some((operator, last.span.clone())),
                _ => None,
            });
            let mend = if joined.is_empty() {
                "a pattern finds words, never their absence: say what is to be found first, as in `secure AND NOT fence`; the word itself is written `\"NOT\"`".to_owned()
            } else if behind.trim().is_empty() {
                format!("take it out: {}", corrected(text, &lexeme.span, "").replace(" `", "`"))
            } else {
                let instead = match &last {
                    Some((Operator::Near(order, distance), _)) => Operator::NotNear(*order, *distance).text(),
                    Some((Operator::Except, _)) => Operator::Except.text(),
                    _ => Operator::AndNot.text(),
                };
                let from = last.map_or(lexeme.span.start, |(_, span)| span.start);
                format!(
                    "write {}, or NOT NEAR/n, NOT BEFORE/n, NOT AFTER/n; the word itself is written `\"NOT\"`",
                    corrected(text, &(from..lexeme.span.end), &instead)
                )
            };
            out.faults.push(PatternFault::new("P017", lexeme.span.clone(), "NOT does not stand alone", mend));
            lexeme.kind = Kind::Bad;
        }
        joined.push(lexeme);
    }
    out.lexemes = joined;
}
