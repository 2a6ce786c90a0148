//! The words of an utterance.

use super::super::read::ReadError;
use super::super::xml::{Piece, Walk};

/// What an utterance holds.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Its words, and events in brackets.
    pub(super) text: String,
    /// The speaker's name in front of the words, as plays have it.
    pub(super) speaker: Option<String>,
    /// What the anchors in it point to, in order.
    pub(super) anchors: Vec<String>,
}

impl Words {
    /// The words of the element that has just begun, which is called `outer`.
    pub(super) fn read(walk: &mut Walk<'_>, outer: &str) -> Result<Self, ReadError> {
        let mut words = Self::default();
        let mut depth = 0u32;
        while let Some(piece) = walk.next()? {
            match piece {
                Piece::Text(text) => words.push(&text),
                Piece::Close(name) if depth == 0 && name == outer => break,
                Piece::Close(name) => {
                    depth = depth.saturating_sub(1);
                    match name.as_str() {
                        "unclear" => words.event("?"),
                        "p" | "l" | "ab" | "lg" => words.line(),
                        _ => {}
                    }
                }
                Piece::Open(element) => {
                    depth += 1;
                    let name = element.name();
                    match name.as_str() {
                        "note" | "reg" | "corr" | "expan" | "spanGrp" | "fw" | "del" => {
                            walk.skip()?;
                            depth -= 1;
                        }
                        "speaker" => {
                            let speaker = one_line(&walk.text()?);
                            words.speaker = Some(speaker.trim_end_matches([':', '.', ' ']).to_owned());
                            depth -= 1;
                        }
                        "pause" | "vocal" | "incident" | "kinesic" | "writing" | "event" | "gap" | "stage" => {
                            let said = element.attribute("reason").or_else(|| element.attribute("desc"));
                            let described = one_line(&walk.text()?);
                            let described = if described.is_empty() { said.unwrap_or(name) } else { described };
                            words.event(&described);
                            depth -= 1;
                        }
                        "anchor" => words.anchors.extend(element.attribute("synch")),
                        "w" | "s" | "p" | "l" | "ab" | "lb" | "lg" => words.space(),
                        _ => {}
                    }
                }
            }
        }
        let end = words.text.trim_end().len();
        words.text.truncate(end);
        Ok(words)
    }

    /// Appends words, white space collapsed.
    fn push(&mut self, text: &str) {
        for part in text.chars() {
            if part.is_whitespace() {
                self.space();
                continue;
            }
            if part.is_alphanumeric() && self.text.ends_with(']') {
                self.text.push(' ');
            }
            self.text.push(part);
        }
    }

    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(char::is_whitespace) {
            self.text.push(' ');
        }
    }

    fn line(&mut self) {
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    fn event(&mut self, what: &str) {
        self.space();
        self.text.push('[');
        self.text.push_str(what);
        self.text.push(']');
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
