//! Lines of printed proceedings ([`super::wrapped`]) to paragraphs.

use super::event;
use super::lines::{Kind, Line};
use super::paragraphs::{normal, preamble};
use super::wrapped::{self, Layout, Step};
use crate::corpus::transcript::{Paragraph, ParagraphKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::ByteSpan;

/// Words of printed matter beyond which the reader says that it left them out.
const MUCH_PRINT: usize = 60;

/// The paragraphs of a document of that layout.
pub(super) fn of(
    path: &str,
    text: &str,
    lines: &[Line],
    layout: &Layout<'_>,
    first_line: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Paragraph> {
    let mut builder = Builder { text, open: None, printed: false, printed_words: 0, paragraphs: Vec::new() };
    let mut first_label = None;
    let mut after_blank = true;
    for (number, line) in lines.iter().enumerate() {
        let words = text[line.start..line.end].trim_end();
        let in_heading = builder.open.as_ref().is_some_and(|open| open.heading);
        match layout.step(number, words, line.kind, after_blank, in_heading) {
            Step::End => builder.close(),
            Step::Label(label) => {
                builder.close();
                builder.printed = false;
                if first_label.is_none() {
                    first_label = Some(builder.paragraphs.len());
                    builder.printed_words = 0;
                }
                let label_name = Some(normal(label.name));
                builder.open =
                    Some(Open { label: label_name, start: line.start + label.words, end: line.end, heading: false });
            }
            Step::Begin => {
                builder.close();
                builder.go_on(line, false);
            }
            Step::GoOn => {
                if after_blank && words.starts_with(char::is_lowercase) {
                    builder.reopen();
                }
                builder.go_on(line, false);
            }
            Step::Heading => builder.go_on(line, true),
        }
        after_blank = matches!(line.kind, Kind::Blank | Kind::Rule);
    }
    builder.close();
    let Builder { mut paragraphs, printed_words, .. } = builder;
    let first = first_label.unwrap_or(0);
    preamble(path, text, first_line, &mut paragraphs[..first], diagnostics);
    if printed_words > MUCH_PRINT {
        let message = format!(
            "{printed_words} words of printed matter, such as prepared statements and appendices, are taken for headings and not coded"
        );
        let mend = "put a label such as `    Mr. Smith. ` before them if somebody says them";
        diagnostics.push(Diagnostic::new(Severity::Note, "T057", path, message, mend));
    }
    paragraphs
}

struct Open {
    label: Option<String>,
    start: usize,
    end: usize,
    heading: bool,
}

struct Builder<'a> {
    text: &'a str,
    open: Option<Open>,
    /// What follows was not said.
    printed: bool,
    printed_words: usize,
    paragraphs: Vec<Paragraph>,
}

impl Builder<'_> {
    fn go_on(&mut self, line: &Line, heading: bool) {
        match &mut self.open {
            Some(open) => open.end = line.end,
            None => self.open = Some(Open { label: None, start: line.start, end: line.end, heading }),
        }
    }

    /// Opens the last paragraph again: a page has ended in the middle of its sentence.
    fn reopen(&mut self) {
        let goes_on = |last: &Paragraph| {
            last.kind == ParagraphKind::Speech
                && !last.words.of(self.text).ends_with(['.', '?', '!', ':', ']', ')', '"', '\''])
                && !last.words.of(self.text).is_empty()
        };
        if self.open.is_none()
            && self.paragraphs.last().is_some_and(goes_on)
            && let Some(last) = self.paragraphs.pop()
        {
            let (start, end) = (last.words.start as usize, last.words.end as usize);
            self.open = Some(Open { label: last.label, start, end, heading: false });
        }
    }

    fn close(&mut self) {
        let Some(Open { label, start, end, heading }) = self.open.take() else { return };
        let part = &self.text[start..end];
        let start = end - part.trim_start().len();
        let words = ByteSpan::new(start as u32, (start + self.text[start..end].trim_end().len()) as u32);
        if words.is_empty() && label.is_none() {
            return;
        }
        let said = words.of(self.text);
        let printed = heading || self.printed;
        let mut silent = Vec::new();
        if wrapped::is_editors(said) && label.is_none() {
            silent.push(words);
        } else {
            event::silent_spans(self.text, words, false, &mut silent);
            if self.printed {
                self.printed_words += said.split_whitespace().count();
            }
        }
        let kind = if printed { ParagraphKind::Heading } else { ParagraphKind::Speech };
        self.paragraphs.push(Paragraph { kind, label, words, silent, start_time: None, end_time: None });
        if wrapped::announces_print(said) {
            self.printed = true;
        }
    }
}
