//! Praat annotation (.TextGrid), in its long and its short text form.
//!
//! Both forms are one row of numbers, texts in quotation marks and flags in angle brackets; everything else in the
//! long form is there for people (Praat manual, "TextGrid file formats"). No maintained library reads TextGrids.
//! Interval tiers are speech; points, sounds and syllables are not, and are left out with a note.

use super::decode;
use super::read::ReadError;
use super::spoken::{self, Spoken};
use super::utterance::Utterance;
use crate::diagnostic::{Diagnostic, Severity};

const FORMAT: &str = "TextGrid";
/// What programs that align speech call tiers that hold the same speech once more, in smaller pieces.
const SOUNDS: &[&str] = &["mau", "kan", "phone", "phones", "phoneme", "phonemes", "segments", "syllable", "syllables"];

/// Whether the bytes are those of a TextGrid in one of its text forms or the binary one.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    const HEAD: usize = 400;
    let head: Vec<u8> = bytes.iter().take(HEAD).copied().filter(|byte| *byte != 0).collect();
    let holds = |name: &[u8]| head.windows(name.len()).any(|part| part == name);
    (holds(b"ooTextFile") || head.starts_with(b"ooBinaryFile")) && holds(b"TextGrid")
}

/// The intervals of a TextGrid.
pub(super) fn read(path: &str, bytes: Vec<u8>) -> Result<Spoken, ReadError> {
    if bytes.starts_with(b"ooBinaryFile") {
        return Err(ReadError::Unsupported {
            what: "it is a binary TextGrid".to_owned(),
            mend: "open it in Praat and save it with Save as text file…",
        });
    }
    let decoded = decode::decode(bytes)?;
    if decoded.text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let mut file = File { tokens: Tokens { rest: &decoded.text }, place: "at its beginning".to_owned() };
    let mut spoken = Spoken { utterances: Vec::new(), diagnostics: decoded.diagnostics(path) };
    let kind = file.text()?;
    let class = file.text()?;
    if !kind.starts_with("ooTextFile") || class != "TextGrid" {
        return Err(file.damaged("it does not begin as a TextGrid does"));
    }
    file.number()?;
    file.number()?;
    let tiers = if file.flag()? == "exists" { file.number()? } else { 0.0 };
    let mut left_out = Vec::new();
    let mut number = 0.0;
    while number < tiers {
        number += 1.0;
        file.place = format!("in tier {number}");
        let class = file.text()?;
        let name = file.text()?;
        file.place = format!("in tier {number}, \"{name}\"");
        file.number()?;
        file.number()?;
        let pieces = file.number()?;
        match class.as_str() {
            "IntervalTier" => {
                let label = spoken::label_of_track(&name);
                let sounds = is_sounds(&name);
                let mut piece = 0.0;
                while piece < pieces {
                    piece += 1.0;
                    let (start, end, words) = (file.number()?, file.number()?, file.text()?);
                    if !sounds && !words.trim().is_empty() {
                        let words = spoken::tags_to_events(&words);
                        let (start_time, end_time) = (Some(start), Some(end));
                        spoken.utterances.push(Utterance { label: label.clone(), words, start_time, end_time });
                    }
                }
                if sounds {
                    left_out.push(name);
                }
            }
            "TextTier" => {
                let mut piece = 0.0;
                while piece < pieces {
                    piece += 1.0;
                    file.number()?;
                    file.text()?;
                }
                left_out.push(name);
            }
            other => return Err(file.damaged(&format!("it is neither intervals nor points, but \"{other}\""))),
        }
    }
    if !left_out.is_empty() {
        let message = format!(
            "tiers of points, sounds or syllables are not read as speech and were left out: {}",
            left_out.join(", ")
        );
        let mend = "nothing needs mending unless they hold speech; then make interval tiers of them, under other names";
        spoken.diagnostics.push(Diagnostic::new(Severity::Note, "T046", path, message, mend));
    }
    Ok(spoken)
}

fn is_sounds(name: &str) -> bool {
    let kind = name.rsplit(" - ").next().unwrap_or(name).trim();
    SOUNDS.iter().any(|sounds| sounds.eq_ignore_ascii_case(kind))
}

/// What is read of a file, and where that is.
struct File<'a> {
    tokens: Tokens<'a>,
    place: String,
}

enum Token {
    Text(String),
    Number(f64),
    Flag(String),
}

impl File<'_> {
    fn text(&mut self) -> Result<String, ReadError> {
        match self.tokens.next() {
            Some(Token::Text(text)) => Ok(text),
            other => Err(self.missing("a text in quotation marks", other.is_none())),
        }
    }

    fn number(&mut self) -> Result<f64, ReadError> {
        match self.tokens.next() {
            Some(Token::Number(number)) => Ok(number),
            other => Err(self.missing("a number", other.is_none())),
        }
    }

    fn flag(&mut self) -> Result<String, ReadError> {
        match self.tokens.next() {
            Some(Token::Flag(flag)) => Ok(flag),
            other => Err(self.missing("<exists>", other.is_none())),
        }
    }

    fn missing(&self, what: &str, at_end: bool) -> ReadError {
        let found = if at_end { "it ends" } else { "there is something else" };
        self.damaged(&format!("{found} where {what} should be"))
    }

    fn damaged(&self, what: &str) -> ReadError {
        ReadError::Damaged { format: FORMAT, what: format!("{what}, {}", self.place) }
    }
}

/// The numbers, texts and flags of a text file of Praat. Numbers in brackets, names and comments are no tokens.
struct Tokens<'a> {
    rest: &'a str,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            self.rest = self.rest.trim_start();
            let first = self.rest.chars().next()?;
            match first {
                '"' => return self.quoted(),
                '!' => self.rest = self.rest.split_once('\n').map_or("", |(_, rest)| rest),
                '[' => self.rest = self.rest.split_once(']').map_or("", |(_, rest)| rest),
                _ => {
                    let end = self.rest.find(|end: char| end.is_whitespace() || end == '[').unwrap_or(self.rest.len());
                    let (word, rest) = self.rest.split_at(end.max(first.len_utf8()));
                    self.rest = rest;
                    if let Some(flag) = word.strip_prefix('<').and_then(|flag| flag.strip_suffix('>')) {
                        return Some(Token::Flag(flag.to_owned()));
                    }
                    let is_number =
                        word.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '+'));
                    if let Some(number) = word.parse().ok().filter(|number: &f64| is_number && number.is_finite()) {
                        return Some(Token::Number(number));
                    }
                }
            }
        }
    }
}

impl Tokens<'_> {
    /// The text in quotation marks that comes next; one that is never closed is none.
    fn quoted(&mut self) -> Option<Token> {
        let mut text = String::new();
        let mut rest = self.rest.get(1..)?;
        loop {
            let Some((part, after)) = rest.split_once('"') else {
                self.rest = "";
                return None;
            };
            text.push_str(part);
            match after.strip_prefix('"') {
                Some(after) => {
                    text.push('"');
                    rest = after;
                }
                None => {
                    self.rest = after;
                    return Some(Token::Text(text));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{looks_like, read};

    const LONG: &str = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0 \nxmax = 4.5 \ntiers? <exists> \nsize = 2 \nitem []: \n    item [1]:\n        class = \"IntervalTier\" \n        name = \"Anna 2\" \n        xmin = 0 \n        xmax = 4.5 \n        intervals: size = 2 \n        intervals [1]:\n            xmin = 0 \n            xmax = 1.5 \n            text = \"\" \n        intervals [2]:\n            xmin = 1.5 \n            xmax = 4.5 \n            text = \"I said \"\"no\"\" ! 3 [times] <UNIN/>\" \n    item [2]:\n        class = \"TextTier\" \n        name = \"clicks\" \n        xmin = 0 \n        xmax = 4.5 \n        points: size = 1 \n        points [1]:\n            number = 2 \n            mark = \"click\" \n";
    const SHORT: &str = "File type = \"ooTextFile\"\r\n\"TextGrid\"\r\n\r\n0\r\n4.5\r\n<exists>\r\n2\r\n\"IntervalTier\"\r\n\"Anna 2\"\r\n0\r\n4.5\r\n2\r\n0\r\n1.5\r\n\"\"\r\n1.5\r\n4.5\r\n\"I said \"\"no\"\" ! 3 [times] <UNIN/>\"\r\n\"TextTier\"\r\n\"clicks\"\r\n0\r\n4.5\r\n1\r\n2\r\n\"click\"\r\n";

    #[test]
    fn both_forms_in_both_encodings() {
        let utf16: Vec<u8> = std::iter::once(0xFEFF).chain(SHORT.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        for bytes in [LONG.as_bytes().to_vec(), SHORT.as_bytes().to_vec(), utf16] {
            assert!(looks_like(&bytes));
            let spoken = read("a.TextGrid", bytes).expect("intervals");
            let [piece] = spoken.utterances.as_slice() else { panic!("{:?}", spoken.utterances) };
            assert_eq!(piece.label.as_deref(), Some("Anna 2"));
            assert_eq!(piece.words, "I said \"no\" ! 3 [times] [UNIN]");
            assert_eq!((piece.start_time, piece.end_time), (Some(1.5), Some(4.5)));
            assert_eq!(spoken.diagnostics[0].code, "T046");
            assert!(spoken.diagnostics[0].message.ends_with(": clicks"), "{}", spoken.diagnostics[0].message);
        }
    }

    #[test]
    fn what_breaks_off_is_damaged() {
        for (at, _) in LONG.char_indices().take(LONG.len() - 12).skip(1) {
            let error = read("a.TextGrid", LONG.as_bytes()[..at].to_vec()).expect_err("damaged");
            assert!(matches!(error.diagnostic("a.TextGrid").code, "T018"), "{at}: {error}");
        }
        let claimed = LONG.replace("intervals: size = 2", "intervals: size = 4000000000");
        let told = read("a.TextGrid", claimed.into_bytes()).expect_err("damaged").to_string();
        assert_eq!(
            told,
            "the file cannot be read as TextGrid: there is something else where a number should be, in tier 1, \"Anna 2\""
        );
        let told = read("a.TextGrid", b"ooBinaryFile\x08TextGrid\0\0".to_vec()).expect_err("binary").diagnostic("a");
        assert_eq!((told.code, told.mend.as_str()), ("T040", "open it in Praat and save it with Save as text file…"));
    }
}
