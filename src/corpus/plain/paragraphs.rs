//! Lines and labels to paragraphs.

use icu_normalizer::ComposingNormalizerBorrowed;

use super::event;
use super::label::Candidate;
use super::lines::{self, Kind, Lines};
use super::marks::Marks;
use super::proceedings;
use super::stamp::{self, Stamp};
use super::style::{self, Decision};
use super::wrapped::Layout;
use crate::corpus::transcript::{Format, Paragraph, ParagraphKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::ByteSpan;

const NFC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfc();

/// Words before the first label beyond which the reader says that it took them for headings.
const LONG_PREAMBLE: usize = 60;

/// The paragraphs of `text` from byte `from` on.
pub(super) fn of(
    path: &str,
    text: &str,
    from: usize,
    format: Format,
    marks: &Marks,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Paragraph> {
    let mut found = lines::split(text, from, format, marks);
    let decision = if marks.any() { whatever_finds_most(&mut found) } else { style::decide(&found.placed, found.size) };
    let first_line = text[..from].matches('\n').count();
    if format == Format::Text
        && let Some(layout) = Layout::of(text, &found.lines, decision.labels.iter().filter(|label| **label).count())
    {
        return proceedings::of(path, text, &found.lines, &layout, first_line, diagnostics);
    }
    let mut builder =
        Builder { text, links: format == Format::Markdown, open: None, pending: None, paragraphs: Vec::new() };
    let mut first_label = None;
    let mut next = 0;
    for (number, line) in found.lines.iter().enumerate() {
        let candidate = found.placed.get(next).filter(|place| place.line == number).map(|place| &place.candidate);
        let label = candidate.filter(|_| decision.labels[next]);
        next += usize::from(candidate.is_some());
        match line.kind {
            Kind::Blank | Kind::Rule => builder.close(),
            Kind::Heading(start, end) => {
                builder.close();
                builder.push(ParagraphKind::Heading, None, start, end, None);
            }
            Kind::Words => match label {
                Some(label) => {
                    builder.close();
                    first_label.get_or_insert(builder.paragraphs.len());
                    builder.label(label, line.start, line.end);
                }
                None => builder.line(line.start, line.end),
            },
        }
    }
    builder.close();
    let mut paragraphs = builder.paragraphs;
    match first_label {
        Some(first) => preamble(path, text, first_line, &mut paragraphs[..first], diagnostics),
        None => diagnostics.push(unlabelled(path, &decision)),
    }
    doubts(path, first_line, &found, &decision, diagnostics);
    paragraphs
}

/// Makes headings of the paragraphs before the first label, and says so if they are long.
pub(super) fn preamble(
    path: &str,
    text: &str,
    first_line: usize,
    paragraphs: &mut [Paragraph],
    diagnostics: &mut Vec<Diagnostic>,
) {
    paragraphs.iter_mut().for_each(|paragraph| paragraph.kind = ParagraphKind::Heading);
    let words: usize = paragraphs.iter().map(|paragraph| paragraph.words.of(text).split_whitespace().count()).sum();
    if words > LONG_PREAMBLE {
        diagnostics.push(
            Diagnostic::new(
                Severity::Note,
                "T013",
                path,
                format!(
                    "{words} words stand before the first speaker's label; they are taken for headings and not coded"
                ),
                "put a label such as `Interviewer:` before them if somebody says them",
            )
            .at_line(first_line as u32 + 1),
        );
    }
}

/// In a word processor bold type tells labels from words, or tells the interviewer's questions, labels and all, from
/// the answers: what is decided with it and without it, whichever finds more labels.
fn whatever_finds_most(found: &mut Lines<'_>) -> Decision {
    let count = |decision: &Decision| decision.labels.iter().filter(|label| **label).count();
    let with = style::decide(&found.placed, found.size);
    for place in &mut found.placed {
        place.candidate.marked = false;
        place.candidate.outside = false;
    }
    let without = style::decide(&found.placed, found.size);
    let mut decision = if count(&without) > count(&with) { without } else { with };
    for (place, label) in found.placed.iter().zip(&mut decision.labels) {
        *label |= place.certain;
    }
    decision.doubtful.retain(|index| !decision.labels.get(*index).is_some_and(|label| *label));
    decision
}

struct Open<'a> {
    label: Option<&'a Candidate<'a>>,
    start: usize,
    end: usize,
    stamp: Option<Stamp>,
}

struct Builder<'a> {
    text: &'a str,
    links: bool,
    open: Option<Open<'a>>,
    /// A timestamp alone on its line, for the next paragraph.
    pending: Option<Stamp>,
    paragraphs: Vec<Paragraph>,
}

impl<'a> Builder<'a> {
    fn label(&mut self, label: &'a Candidate<'a>, start: usize, end: usize) {
        let stamp = label.stamp.or(self.pending.take());
        self.pending = None;
        self.open = Some(Open { label: Some(label), start: start + label.words, end, stamp });
    }

    fn line(&mut self, start: usize, end: usize) {
        let line = &self.text[start..end];
        let indent = line.len() - line.trim_start().len();
        let leading = stamp::leading(&line[indent..]);
        if let Some(stamp) = leading
            && line[indent + stamp.len..].trim().is_empty()
        {
            match &mut self.open {
                // The time below a label that stands alone on its line.
                Some(open) if open.stamp.is_none() && self.text[open.start..open.end].trim().is_empty() => {
                    open.stamp = Some(stamp);
                    open.start = end;
                    open.end = end;
                }
                _ => {
                    self.close();
                    self.pending = Some(stamp);
                }
            }
            return;
        }
        if let Some(open) = &mut self.open {
            open.end = end;
            return;
        }
        let stamp = leading.filter(|stamp| stamp.bracketed);
        let skipped = indent + stamp.map_or(0, |stamp| stamp.len);
        let stamp = stamp.or(self.pending.take());
        self.pending = None;
        self.open = Some(Open { label: None, start: start + skipped, end, stamp });
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.push(ParagraphKind::Speech, open.label, open.start, open.end, open.stamp);
        }
    }

    fn push(
        &mut self,
        kind: ParagraphKind,
        label: Option<&Candidate<'_>>,
        start: usize,
        end: usize,
        stamp: Option<Stamp>,
    ) {
        let part = &self.text[start..end];
        let start = end - part.trim_start().len();
        let words = ByteSpan::new(start as u32, (start + self.text[start..end].trim_end().len()) as u32);
        let mut silent = Vec::new();
        event::silent_spans(self.text, words, self.links, &mut silent);
        self.paragraphs.push(Paragraph {
            kind,
            label: label.map(|label| normal(label.name)),
            words,
            silent,
            start_time: stamp.map(|stamp| stamp.start),
            end_time: stamp.and_then(|stamp| stamp.end),
        });
    }
}

/// A label as it is compared and shown: NFC, single spaces.
pub(in crate::corpus) fn normal(name: &str) -> String {
    let name = NFC.normalize(name);
    let mut label = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !label.is_empty() {
            label.push(' ');
        }
        label.push_str(word);
    }
    label
}

fn unlabelled(path: &str, decision: &Decision) -> Diagnostic {
    let hint = decision
        .nearest
        .as_ref()
        .map_or(String::new(), |name| format!("; \"{name}:\" comes nearest, and too few lines begin like that"));
    Diagnostic::new(
        Severity::Note,
        "T012",
        path,
        format!("no speakers' labels were found, so each paragraph is a turn of nobody{hint}"),
        "begin each turn with its speaker, as in `Interviewer: …`, if the transcript has speakers",
    )
}

/// How many doubtful lines of one document are told one by one.
const MOST_DOUBTS: usize = 5;

fn doubts(path: &str, first_line: usize, found: &Lines<'_>, decision: &Decision, diagnostics: &mut Vec<Diagnostic>) {
    for &index in decision.doubtful.iter().take(MOST_DOUBTS) {
        let place = &found.placed[index];
        let more = decision.doubtful.len().saturating_sub(MOST_DOUBTS);
        let more = if more > 0 && index == decision.doubtful[MOST_DOUBTS - 1] {
            format!("; so are {more} more")
        } else {
            String::new()
        };
        diagnostics.push(
            Diagnostic::new(
                Severity::Note,
                "T014",
                path,
                format!("\"{}:\" looks like a label, but it occurs too rarely to be sure and is taken for words{more}", place.candidate.name),
                "if it is a speaker, write the label with a capital in each word, as in `Night Porter:`, or beside a timestamp",
            )
            .at_line((first_line + place.line + 1) as u32),
        );
    }
}
