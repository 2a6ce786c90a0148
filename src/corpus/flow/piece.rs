//! One paragraph before it has its place in the text.

use std::ops::Range;

use crate::corpus::plain::Marks;

/// A paragraph: its words and where they are bold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Ranges of bytes, ascending, disjoint.
    pub(super) bold: Vec<Range<usize>>,
    pub(super) heading: bool,
    /// Whether it begins with a speaker's label that a table or the type gave it.
    pub(super) label: bool,
}

impl Piece {
    /// Adds words. Soft hyphens and marks of byte order go, for they part words that are one; so do control
    /// characters.
    pub(super) fn push(&mut self, text: &str, bold: bool) {
        let start = self.text.len();
        let is_dropped = |c: char| matches!(c, '\u{AD}' | '\u{FEFF}') || (c.is_control() && !matches!(c, '\n' | '\t'));
        if text.contains(is_dropped) {
            self.text.extend(text.chars().filter(|c| !is_dropped(*c)));
        } else {
            self.text.push_str(text);
        }
        if !bold || self.text.len() == start {
            return;
        }
        let end = self.text.len();
        match self.bold.last_mut() {
            Some(last) if self.text[last.end..start].trim().is_empty() => last.end = end,
            _ => self.bold.push(start..end),
        }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    pub(super) fn ends_in_space(&self) -> bool {
        self.text.is_empty() || self.text.ends_with(char::is_whitespace)
    }

    /// A piece with `start` in front, a speaker's label whose name is `bold`, and this one's text from byte `from` on.
    pub(super) fn behind(self, start: &str, bold: Range<usize>, from: usize) -> Self {
        let mut ranges: Vec<_> = Some(bold).into_iter().filter(|bold| !bold.is_empty()).collect();
        ranges.extend(
            self.bold
                .iter()
                .filter(|range| range.end > from)
                .map(|range| range.start.max(from) - from + start.len()..range.end - from + start.len()),
        );
        Self {
            text: format!("{start}{}", self.text.get(from..).unwrap_or("")),
            bold: ranges,
            heading: false,
            label: true,
        }
    }

    /// Appends the paragraph to `text`, a blank line before it; blank lines inside it go.
    pub(super) fn render(&self, text: &mut String, marks: &mut Marks) {
        if self.is_blank() {
            return;
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let first = text.len();
        let mut bold = self.bold.as_slice();
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let words = line.trim_end();
            if words.is_empty() {
                continue;
            }
            let indent = if text.len() == first { words.len() - words.trim_start().len() } else { 0 };
            if text.len() > first {
                text.push('\n');
            }
            let (from, to) = (start + indent, start + words.len());
            while let Some((range, rest)) = bold.split_first() {
                let (begin, end) = (range.start.max(from), range.end.min(to));
                if begin < end {
                    marks.bold.push(begin - from + text.len()..end - from + text.len());
                }
                if range.end > to {
                    break;
                }
                bold = rest;
            }
            text.push_str(&words[indent..]);
        }
        if self.label {
            marks.labels.push(first);
        }
        if self.heading {
            marks.headings.push(first..text.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Piece;
    use crate::corpus::plain::Marks;

    #[test]
    fn bold_type_keeps_its_place() {
        let mut piece = Piece::default();
        piece.push("  Ja\u{AD}ne:", true);
        piece.push(" ", false);
        piece.push("B ", true);
        piece.push("yes\n \n", false);
        piece.push("no", true);
        let mut text = "first".to_owned();
        let mut marks = Marks::default();
        piece.render(&mut text, &mut marks);
        assert_eq!(text, "first\n\nJane: B yes\nno");
        let bold: Vec<_> = marks.bold.iter().map(|range| &text[range.clone()]).collect();
        assert_eq!(bold, ["Jane: B ", "no"]);
    }
}
