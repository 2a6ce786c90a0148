//! The flow of a word processor's document or a web page: paragraphs, headings, tables, text boxes; and its text.
//!
//! A reader tells what it meets; [`Flow`] puts it in order. Tables become paragraphs ([`table`]), speakers that only
//! type or place tells apart get a colon ([`names`]), and the label styles of plain text decide about the result.

mod names;
mod omitted;
mod piece;
mod table;

pub(super) use omitted::Omitted;
use piece::Piece;

use super::plain::{self, Marks};
use super::read::{ReadError, Reading};
use crate::diagnostic::Diagnostic;

/// Tables and boxes inside one another; deeper ones are read as paragraphs of the innermost.
const MOST_FRAMES: usize = 64;

/// A document under way.
#[derive(Debug)]
pub(super) struct Flow {
    frames: Vec<Frame>,
    /// Tables and boxes that [`MOST_FRAMES`] keeps out.
    ignored: usize,
    omitted: Omitted,
}

#[derive(Debug)]
enum Frame {
    Paragraphs(Paragraphs),
    Table { rows: Vec<Row>, row: Row },
}

type Row = Vec<Vec<Piece>>;

/// The body, a cell, or a text box.
#[derive(Debug, Default)]
struct Paragraphs {
    done: Vec<Piece>,
    open: Piece,
    /// Whether the open paragraph has words.
    worded: bool,
    /// Text boxes that the open paragraph anchors; they follow it.
    boxes: Vec<Piece>,
}

impl Paragraphs {
    fn end(&mut self, heading: bool) {
        self.worded = false;
        let mut piece = std::mem::take(&mut self.open);
        if !piece.is_blank() {
            piece.heading = heading;
            self.done.push(piece);
        }
        self.done.append(&mut self.boxes);
    }

    fn finished(mut self) -> Vec<Piece> {
        self.end(false);
        self.done
    }
}

impl Default for Flow {
    fn default() -> Self {
        Self { frames: vec![Frame::Paragraphs(Paragraphs::default())], ignored: 0, omitted: Omitted::default() }
    }
}

impl Flow {
    /// Adds words to the open paragraph.
    pub(super) fn text(&mut self, text: &str, bold: bool) {
        if matches!(self.frames.last(), Some(Frame::Table { .. })) {
            if text.trim().is_empty() {
                return;
            }
            self.open_cell();
        }
        if let Some(Frame::Paragraphs(paragraphs)) = self.frames.last_mut() {
            paragraphs.worded |= !text.trim().is_empty();
            paragraphs.open.push(text, bold);
        }
    }

    /// Adds words in which a stretch of white space stands for one space, as in XML and HTML; at the start of a paragraph for none.
    pub(super) fn running(&mut self, text: &str, bold: bool) {
        const SPACES: [char; 5] = [' ', '\n', '\t', '\r', '\u{C}'];
        let mut rest = text;
        loop {
            let words = rest.trim_start_matches(SPACES);
            if words.len() < rest.len() && !self.after_space() {
                self.text(" ", bold);
            }
            if words.is_empty() {
                return;
            }
            // Up to white space that is more than one space.
            let end = words
                .match_indices(SPACES)
                .find(|(at, space)| *space != " " || words.as_bytes().get(at + 1).is_some_and(u8::is_ascii_whitespace));
            let (now, later) = words.split_at(end.map_or(words.len(), |(at, _)| at));
            self.text(now, bold);
            rest = later;
        }
    }

    fn after_space(&self) -> bool {
        match self.frames.last() {
            Some(Frame::Paragraphs(paragraphs)) => paragraphs.open.ends_in_space(),
            _ => true,
        }
    }

    /// Whether the open paragraph has no words yet.
    pub(super) fn at_start(&self) -> bool {
        !matches!(self.frames.last(), Some(Frame::Paragraphs(paragraphs)) if paragraphs.worded)
    }

    /// Whether the last thing in the open paragraph is a line break.
    pub(super) fn ends_in_line_break(&self) -> bool {
        matches!(self.frames.last(), Some(Frame::Paragraphs(paragraphs)) if paragraphs.open.text.ends_with('\n'))
    }

    /// Ends the open paragraph, if it has words.
    pub(super) fn end_paragraph(&mut self, heading: bool) {
        if let Some(Frame::Paragraphs(paragraphs)) = self.frames.last_mut() {
            paragraphs.end(heading);
        }
    }

    /// Forgets the words of the open paragraph.
    pub(super) fn drop_paragraph(&mut self) {
        if let Some(Frame::Paragraphs(paragraphs)) = self.frames.last_mut() {
            paragraphs.open = Piece::default();
            paragraphs.worded = false;
        }
    }

    /// A table begins.
    pub(super) fn open_table(&mut self) {
        self.end_paragraph(false);
        if matches!(self.frames.last(), Some(Frame::Table { .. })) {
            self.open_cell();
        }
        self.enter(Frame::Table { rows: Vec::new(), row: Vec::new() });
    }

    /// A row begins.
    pub(super) fn open_row(&mut self) {
        self.close_cell();
        if let Some(Frame::Table { rows, row }) = self.frames.last_mut()
            && !row.is_empty()
        {
            rows.push(std::mem::take(row));
        }
    }

    /// A cell begins.
    pub(super) fn open_cell(&mut self) {
        self.close_cell();
        if self.ignored == 0 && matches!(self.frames.last(), Some(Frame::Table { .. })) {
            self.frames.push(Frame::Paragraphs(Paragraphs::default()));
        }
    }

    /// A cell ends.
    pub(super) fn close_cell(&mut self) {
        self.end_paragraph(false);
        if self.ignored > 0 || !self.in_cell() {
            return;
        }
        if let Some(Frame::Paragraphs(cell)) = self.frames.pop()
            && let Some(Frame::Table { row, .. }) = self.frames.last_mut()
        {
            row.push(cell.finished());
        }
    }

    /// A table ends.
    pub(super) fn close_table(&mut self) {
        self.end_paragraph(false);
        if self.ignored > 0 {
            self.ignored -= 1;
            return;
        }
        self.open_row();
        if !matches!(self.frames.last(), Some(Frame::Table { .. })) {
            return;
        }
        if let Some(Frame::Table { rows, .. }) = self.frames.pop() {
            let pieces = table::pieces(rows, &mut self.omitted);
            if let Some(Frame::Paragraphs(around)) = self.frames.last_mut() {
                around.done.extend(pieces);
            }
        }
    }

    /// A text box begins inside a paragraph.
    pub(super) fn open_box(&mut self) {
        if self.ignored == 0 && matches!(self.frames.last(), Some(Frame::Table { .. })) {
            self.open_cell();
        }
        self.enter(Frame::Paragraphs(Paragraphs::default()));
    }

    /// A text box ends.
    pub(super) fn close_box(&mut self) {
        if self.ignored > 0 {
            self.end_paragraph(false);
            self.ignored -= 1;
            return;
        }
        while matches!(self.frames.last(), Some(Frame::Table { .. })) || self.in_cell() {
            self.close_table();
        }
        if self.frames.len() > 1
            && let Some(Frame::Paragraphs(inside)) = self.frames.pop()
            && let Some(Frame::Paragraphs(around)) = self.frames.last_mut()
        {
            around.boxes.extend(inside.finished());
        }
    }

    /// Counts `count` things that are no part of the text, such as `footnote`.
    pub(super) fn leave_out(&mut self, what: &'static str, count: usize) {
        self.omitted.add(what, count);
    }

    /// The reading of the whole document.
    ///
    /// # Errors
    /// If it holds no words, or 4 GiB of them.
    pub(super) fn finish(mut self, path: &str, mut diagnostics: Vec<Diagnostic>) -> Result<Reading, ReadError> {
        while self.frames.len() > 1 {
            self.ignored = 0;
            let depth = self.frames.len();
            self.close_table();
            self.close_box();
            if self.frames.len() == depth {
                self.frames.pop();
            }
        }
        let Some(Frame::Paragraphs(body)) = self.frames.pop() else { return Err(ReadError::Empty) };
        let mut text = String::new();
        let mut marks = Marks::default();
        for piece in names::settled(body.finished()) {
            piece.render(&mut text, &mut marks);
        }
        if text.is_empty() {
            return Err(ReadError::Empty);
        }
        if u32::try_from(text.len()).is_err() {
            return Err(ReadError::TooLarge { bytes: text.len() as u64 });
        }
        diagnostics.extend(self.omitted.diagnostic(path));
        let paragraphs = plain::labelled(path, &text, &marks, &mut diagnostics);
        Ok(Reading { text, as_in_file: false, paragraphs, front_matter: Vec::new(), diagnostics })
    }

    fn enter(&mut self, frame: Frame) {
        if self.ignored > 0 || self.frames.len() >= MOST_FRAMES {
            self.ignored += 1;
        } else {
            self.frames.push(frame);
        }
    }

    fn in_cell(&self) -> bool {
        matches!(self.frames.as_slice(), [.., Frame::Table { .. }, Frame::Paragraphs(_)])
    }
}

#[cfg(test)]
mod tests;
