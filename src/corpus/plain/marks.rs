//! What a word processor knows of its text beyond the words: headings and bold type.

use std::ops::Range;

/// Ranges of bytes in a text, each list ascending and disjoint.
#[derive(Debug, Clone, Default)]
pub(in crate::corpus) struct Marks {
    /// Headings, whole lines.
    pub(in crate::corpus) headings: Vec<Range<usize>>,
    /// Bold type.
    pub(in crate::corpus) bold: Vec<Range<usize>>,
    /// First bytes of lines that surely begin with a label, because a table or the type says so.
    pub(in crate::corpus) labels: Vec<usize>,
}

/// The marks of one line.
#[derive(Debug, Default)]
pub(super) struct Marked {
    /// Whether it is a heading.
    pub(super) heading: bool,
    /// Whether it surely begins with a label.
    pub(super) label: bool,
    /// Its first bold bytes, counted from its start.
    pub(super) bold: Option<Range<usize>>,
}

/// Walks the marks along with the lines.
#[derive(Debug)]
pub(super) struct Cursor<'a> {
    headings: &'a [Range<usize>],
    bold: &'a [Range<usize>],
    labels: &'a [usize],
}

impl Marks {
    /// Whether there is anything that plain text lacks.
    pub(super) fn any(&self) -> bool {
        !self.bold.is_empty() || !self.labels.is_empty()
    }

    pub(super) fn cursor(&self) -> Cursor<'_> {
        Cursor { headings: &self.headings, bold: &self.bold, labels: &self.labels }
    }
}

impl Cursor<'_> {
    /// The marks of the line at `start`; lines are asked for in order.
    pub(super) fn line(&mut self, start: usize, line: &str) -> Marked {
        while let Some((first, rest)) = self.headings.split_first()
            && first.end <= start
        {
            self.headings = rest;
        }
        while let Some((first, rest)) = self.bold.split_first()
            && first.end <= start
        {
            self.bold = rest;
        }
        while let Some((first, rest)) = self.labels.split_first()
            && *first < start
        {
            self.labels = rest;
        }
        let end = start + line.len();
        let bold = self.bold.first().filter(|bold| bold.start < end);
        Marked {
            heading: self.headings.first().is_some_and(|heading| heading.start < end),
            label: self.labels.first() == Some(&start),
            bold: bold.map(|bold| bold.start.max(start) - start..bold.end.min(end) - start),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Marks;

    #[test]
    fn each_line_gets_its_part() {
        let marks = Marks { headings: vec![0..3, 40..42], bold: vec![4..9, 12..14], labels: vec![4] };
        let mut cursor = marks.cursor();
        let first = cursor.line(0, "one");
        assert!(first.heading && first.bold.is_none());
        let second = cursor.line(4, "two");
        assert!(!second.heading && second.label && !first.label);
        assert_eq!(second.bold, Some(0..3));
        assert_eq!(cursor.line(8, "three and").bold, Some(0..1));
    }
}
