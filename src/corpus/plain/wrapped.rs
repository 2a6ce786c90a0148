//! Printed proceedings as plain text: lines broken at a fixed width, paragraphs told by an indent and not by blank
//! lines, labels such as `    Mr. Smith. Thank you` ([`super::titled`]).
//!
//! A document is read so only as a whole, and only where such labels recur and outnumber labels with a colon; all
//! other plain text is read as before. Lines that stand further in, or in capitals after a blank line, are headings.
//! A paragraph in square brackets is the editor's and holds no words. What is printed without having been said – a
//! prepared statement after `[… follows:]` or under its own heading, and all after `[Whereupon, …]` – is taken for
//! headings up to the next label. A word divided at the end of a line stays two tokens, for the text is not changed.

use std::collections::HashMap;

use super::lines::{Kind, Line};
use super::titled::Titled;

/// Widths that lines are broken at.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=110;
/// Indents of a paragraph.
const INDENTS: std::ops::RangeInclusive<usize> = 2..=10;
/// Labels in a document that is read so, at least.
const FEWEST_LABELS: usize = 5;

/// A document's layout.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    indent: usize,
    /// By number of line.
    labels: HashMap<usize, Titled<'a>>,
}

/// What to do with one line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Step<'a> {
    /// Ends the paragraph.
    End,
    /// Begins a turn.
    Label(Titled<'a>),
    /// Begins a paragraph.
    Begin,
    /// Goes on with the paragraph, or begins one.
    GoOn,
    /// Belongs to a heading.
    Heading,
}

impl<'a> Layout<'a> {
    /// The layout of lines that are printed proceedings; `None` if they are not. `colons`: how many labels with a
    /// colon there are.
    pub(super) fn of(text: &'a str, lines: &[Line], colons: usize) -> Option<Self> {
        let texts: Vec<&str> = lines.iter().map(|line| text[line.start..line.end].trim_end()).collect();
        let mut widths: Vec<usize> =
            texts.iter().filter(|line| !line.is_empty()).map(|line| line.chars().count()).collect();
        widths.sort_unstable();
        let width = *widths.get(widths.len() * 19 / 20)?;
        let full = widths.len() - widths.partition_point(|each| *each * 10 < width * 8);
        let beyond = widths.len() - widths.partition_point(|each| *each <= width + width / 4);
        if !WIDTHS.contains(&width) || full * 3 < widths.len() || beyond * 20 > widths.len() {
            return None;
        }
        // The indent of the paragraphs is the one that labels have; notes and tables have others.
        let mut indents: HashMap<usize, usize> = HashMap::new();
        for line in &texts {
            let indent = indent(line);
            if INDENTS.contains(&indent) && Titled::parse(line).is_some() {
                *indents.entry(indent).or_default() += 1;
            }
        }
        let (&indent, _) = indents.iter().max_by_key(|(indent, count)| (**count, usize::MAX - **indent))?;
        let mut labels: HashMap<usize, Titled<'a>> = HashMap::new();
        let mut seen: HashMap<&str, (usize, bool)> = HashMap::new();
        for (number, line) in texts.iter().enumerate().filter(|(_, line)| self::indent(line) == indent) {
            if let Some(label) = Titled::parse(line) {
                let seen = seen.entry(label.name).or_default();
                *seen = (seen.0 + 1, seen.1 || !label.alone);
                labels.insert(number, label);
            }
        }
        // A name alone on its line is a call for somebody, unless he speaks elsewhere.
        labels.retain(|_, label| {
            seen.get(label.name).is_some_and(|(count, speaks)| (label.sure && *speaks) || *count >= 2)
        });
        (labels.len() >= FEWEST_LABELS && labels.len() > 2 * colons).then_some(Self { indent, labels })
    }

    /// What to do with line `number`, whose text is `line`. `after_blank`: a blank line or a rule stands before it;
    /// `in_heading`: the line before it is a heading.
    pub(super) fn step(&self, number: usize, line: &str, kind: Kind, after_blank: bool, in_heading: bool) -> Step<'a> {
        if let Some(label) = self.labels.get(&number) {
            return Step::Label(*label);
        }
        match indent(line) {
            _ if matches!(kind, Kind::Blank | Kind::Rule) => Step::End,
            _ if in_heading && !after_blank => Step::Heading,
            _ if after_blank && is_capitals(line) => Step::Heading,
            indent if after_blank && indent > self.indent => Step::Heading,
            indent if indent == self.indent => Step::Begin,
            _ => Step::GoOn,
        }
    }
}

/// The white space a line begins with, in characters; a tab is eight.
fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 8 } else { 1 }).sum()
}

fn is_capitals(line: &str) -> bool {
    line.chars().filter(|c| c.is_uppercase()).count() >= 4 && !line.contains(char::is_lowercase)
}

/// Whether a paragraph is the editor's, in square brackets throughout.
pub(super) fn is_editors(words: &str) -> bool {
    words.starts_with('[') && words.ends_with(']')
}

/// Whether a paragraph or heading says that what follows it was not said.
pub(super) fn announces_print(words: &str) -> bool {
    let lower = words.to_lowercase();
    if is_editors(words) {
        let end = lower.trim_end_matches([']', ':', '.']);
        return lower.starts_with("[whereupon") || end.ends_with("follows") || end.ends_with("follow");
    }
    lower.starts_with("prepared statement") || lower.starts_with("a p p e n d i x") || lower.trim() == "appendix"
}
