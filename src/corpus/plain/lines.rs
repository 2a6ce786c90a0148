//! The lines of a text and what each of them is by itself.

use super::label::Candidate;
use super::marks::{Marked, Marks};
use super::style::{Placed, Size};
use crate::corpus::transcript::Format;

/// One line without its line feed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// First byte in the text.
    pub(super) start: usize,
    /// One past its last byte.
    pub(super) end: usize,
    /// What it is.
    pub(super) kind: Kind,
}

/// What a line is by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// White space only.
    Blank,
    /// Words, perhaps with a label.
    Words,
    /// A heading; its title is this range of bytes in the text.
    Heading(usize, usize),
    /// Dashes, stars, underscores or equals signs only.
    Rule,
}

/// The lines of a text, with what may be labels.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    /// Every line, in order.
    pub(super) lines: Vec<Line>,
    /// The candidates, in order.
    pub(super) placed: Vec<Placed<'a>>,
    /// How much there is.
    pub(super) size: Size,
}

/// Splits `text` from byte `from` on.
pub(super) fn split<'a>(text: &'a str, from: usize, format: Format, marks: &Marks) -> Lines<'a> {
    let mut found = Lines { lines: Vec::new(), placed: Vec::new(), size: Size { blocks: 0, openings: 0 } };
    let mut start = from;
    let mut marks = marks.cursor();
    for line in text[from..].split('\n') {
        found.push(text, start, line, format, marks.line(start, line));
        start += line.len() + 1;
    }
    found
}

impl<'a> Lines<'a> {
    fn push(&mut self, text: &'a str, start: usize, line: &'a str, format: Format, marked: Marked) {
        let end = start + line.len();
        let mut kind = Kind::Words;
        let trimmed = line.trim_start();
        match trimmed.as_bytes().first() {
            None => kind = Kind::Blank,
            Some(_) if marked.heading => kind = Kind::Heading(end - trimmed.len(), end),
            Some(b'#') if format == Format::Markdown => {
                if let Some(title) = heading(trimmed) {
                    let from = end - trimmed.len() + title.0;
                    kind = Kind::Heading(from, from + title.1);
                }
            }
            Some(&mark @ (b'-' | b'=' | b'*' | b'_')) if is_rule(trimmed, mark) => {
                kind = Kind::Rule;
                if format == Format::Markdown && matches!(mark, b'-' | b'=') {
                    self.underline();
                }
            }
            Some(_) => {}
        }
        if kind == Kind::Words {
            let previous = self.lines.last();
            let in_block = previous.is_some_and(|previous| previous.kind == Kind::Words);
            let opens =
                !in_block || previous.is_some_and(|previous| ends_utterance(&text[previous.start..previous.end]));
            let first = self.size.blocks == 0;
            self.size.blocks += usize::from(!in_block);
            self.size.openings += usize::from(opens);
            if let Some(candidate) = Candidate::parse(line, marked.bold) {
                let certain = marked.label;
                self.placed.push(Placed { line: self.lines.len(), opens, first, certain, candidate });
            }
        }
        self.lines.push(Line { start, end, kind });
    }

    /// Makes the line before a heading, if it is a block of one line without a label.
    fn underline(&mut self) {
        let count = self.lines.len();
        let alone = count < 2 || self.lines[count - 2].kind != Kind::Words;
        let labelled = self.placed.last().is_some_and(|place| place.line + 1 == count);
        if let Some(line) = self.lines.last_mut()
            && line.kind == Kind::Words
            && alone
            && !labelled
        {
            line.kind = Kind::Heading(line.start, line.end);
            self.size.blocks -= 1;
            self.size.openings -= 1;
        }
    }
}

/// The title of an ATX heading: byte offset in the line and length.
fn heading(line: &str) -> Option<(usize, usize)> {
    let marks = line.bytes().take_while(|byte| *byte == b'#').count();
    let rest = &line[marks..];
    if marks > 6 || !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    let title = rest.trim_start();
    let at = line.len() - title.len();
    let closed = title.trim_end();
    let open = closed.trim_end_matches('#');
    let title = if open.is_empty() || open.ends_with([' ', '\t']) { open.trim_end() } else { closed };
    Some((at, title.len()))
}

fn is_rule(line: &str, mark: u8) -> bool {
    let mut marks = 0;
    for byte in line.bytes() {
        if byte == mark {
            marks += 1;
        } else if !byte.is_ascii_whitespace() {
            return false;
        }
    }
    marks >= 3
}

fn ends_utterance(line: &str) -> bool {
    line.trim_end().ends_with(['.', '?', '!', '…', ']', ')', '"', '”', ':', '-', '–', '—', '。', '？', '！', '*'])
}
