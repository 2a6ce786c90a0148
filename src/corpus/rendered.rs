//! The text of a format that is not plain text: one `Label: words` paragraph per turn, separated by blank lines.

use super::plain;
use super::read::{ReadError, Reading};
use super::transcript::{Paragraph, ParagraphKind};
use super::utterance::Utterance;
use crate::diagnostic::Diagnostic;
use crate::text::ByteSpan;

/// A text under way, with its paragraphs.
#[derive(Debug, Default)]
pub(super) struct Rendered {
    text: String,
    paragraphs: Vec<Paragraph>,
}

impl Rendered {
    /// Adds a paragraph of speech. Line breaks in the words stay, except that a blank line becomes one line break;
    /// white space at the ends is dropped. Without words nothing is added.
    pub(super) fn speech(&mut self, utterance: &Utterance) {
        let Utterance { label, words, start_time, end_time } = utterance;
        if let Some(words) = self.append(label.as_deref(), words) {
            let mut silent = Vec::new();
            plain::silent_spans(&self.text, words, false, &mut silent);
            let label = label.as_deref().map(str::trim).filter(|label| !label.is_empty()).map(str::to_owned);
            let (start_time, end_time) = (*start_time, *end_time);
            let kind = ParagraphKind::Speech;
            self.paragraphs.push(Paragraph { kind, label, words, silent, start_time, end_time });
        }
    }

    /// Adds a heading.
    pub(super) fn heading(&mut self, words: &str) {
        if let Some(words) = self.append(None, words) {
            let kind = ParagraphKind::Heading;
            let paragraph =
                Paragraph { kind, label: None, words, silent: Vec::new(), start_time: None, end_time: None };
            self.paragraphs.push(paragraph);
        }
    }

    /// The reading of the whole file.
    ///
    /// # Errors
    /// If nothing has been added, or the text has 4 GiB or more.
    pub(super) fn finish(self, diagnostics: Vec<Diagnostic>) -> Result<Reading, ReadError> {
        if self.paragraphs.is_empty() {
            return Err(ReadError::Empty);
        }
        if u32::try_from(self.text.len()).is_err() {
            return Err(ReadError::TooLarge { bytes: self.text.len() as u64 });
        }
        let Self { text, paragraphs } = self;
        Ok(Reading { text, as_in_file: false, paragraphs, front_matter: Vec::new(), diagnostics })
    }

    /// Appends a paragraph and gives the place of its words. Positions wrap beyond 4 GiB, which `finish` refuses.
    fn append(&mut self, label: Option<&str>, words: &str) -> Option<ByteSpan> {
        let words = words.trim();
        if words.is_empty() {
            return None;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        if let Some(label) = label.map(str::trim).filter(|label| !label.is_empty()) {
            self.text.push_str(label);
            self.text.push_str(": ");
        }
        let start = self.text.len();
        for (number, line) in words.lines().filter(|line| !line.trim().is_empty()).enumerate() {
            if number > 0 {
                self.text.push('\n');
            }
            self.text.push_str(line);
        }
        Some(ByteSpan::new(start as u32, self.text.len() as u32))
    }
}
