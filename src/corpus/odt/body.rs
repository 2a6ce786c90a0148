//! The parts of an OpenDocument text, told to the flow: first the styles, then the body.

use std::collections::HashMap;

use crate::corpus::flow::Flow;
use crate::corpus::markup::{Tag, Visit};

/// Styles based on one another beyond which a chain is given up.
const MOST_BASES: usize = 32;
/// Spaces that one element may stand for.
const MOST_SPACES: usize = 1_000;

/// Elements without text of the document as it stands, and what is told of them.
const SKIPPED: &[(&str, Option<&str>)] = &[
    ("annotation", Some("comment")),
    ("tracked-changes", None),
    ("forms", None),
    ("ruby-text", None),
    ("title", None),
    ("desc", None),
    ("event-listeners", None),
    ("table-of-content", Some("table of contents")),
    ("alphabetical-index", Some("index")),
    ("bibliography", Some("bibliography")),
];

#[derive(Debug, Default)]
struct Style {
    parent: Option<String>,
    bold: Option<bool>,
}

/// Walks through styles.xml and content.xml, or through both in one.
#[derive(Debug)]
pub(super) struct Body<'a> {
    flow: &'a mut Flow,
    /// By family and name.
    styles: HashMap<(bool, String), Style>,
    open_style: Option<((bool, String), Style)>,
    in_body: bool,
    /// Elements open inside a skipped one, itself included.
    skipped: usize,
    /// Elements open inside a head or foot of pages, itself included, and whether it has words.
    margin: usize,
    margin_words: bool,
    paragraphs: Vec<Paragraph>,
}

#[derive(Debug)]
struct Paragraph {
    heading: bool,
    bold: bool,
    spans: Vec<bool>,
}

impl<'a> Body<'a> {
    pub(super) fn new(flow: &'a mut Flow) -> Self {
        Self {
            flow,
            styles: HashMap::new(),
            open_style: None,
            in_body: false,
            skipped: 0,
            margin: 0,
            margin_words: false,
            paragraphs: Vec::new(),
        }
    }

    /// The style and those it is based on.
    fn chain(&self, text: bool, name: &str) -> impl Iterator<Item = (&str, &Style)> {
        let look = move |name: &str| self.styles.get_key_value(&(text, name.to_owned()));
        let base = move |found: &(&'_ (bool, String), &'_ Style)| found.1.parent.as_deref().and_then(look);
        std::iter::successors(look(name), base).take(MOST_BASES).map(|((_, name), style)| (name.as_str(), style))
    }

    fn style_bold(&self, text: bool, tag: &Tag<'_>) -> Option<bool> {
        self.chain(text, &tag.attribute("style-name")?).find_map(|(_, style)| style.bold)
    }

    fn is_title(&self, tag: &Tag<'_>) -> bool {
        let Some(name) = tag.attribute("style-name") else { return false };
        let is_title = |name: &str| matches!(name, "Title" | "Subtitle");
        is_title(&name) || self.chain(false, &name).any(|(name, _)| is_title(name))
    }

    fn open_style(&mut self, name: &str, tag: &Tag<'_>) {
        match name {
            "style" => {
                let text = tag.attribute("family").as_deref() == Some("text");
                let name = tag.attribute("name").unwrap_or_default().into_owned();
                let parent = tag.attribute("parent-style-name").map(|parent| parent.into_owned());
                self.open_style = Some(((text, name), Style { parent, bold: None }));
            }
            "text-properties" => {
                if let Some((_, style)) = &mut self.open_style
                    && let Some(weight) = tag.attribute("font-weight")
                {
                    style.bold = Some(weight == "bold" || weight.parse().is_ok_and(|weight: u32| weight >= 600));
                }
            }
            "header" | "footer" | "header-left" | "footer-left" | "header-first" | "footer-first" => self.margin = 1,
            _ => {}
        }
    }

    fn open_text(&mut self, name: &str, tag: &Tag<'_>) {
        match name {
            "p" | "h" => {
                let heading = name == "h" || self.is_title(tag);
                let bold = self.style_bold(false, tag).unwrap_or(false);
                self.paragraphs.push(Paragraph { heading, bold, spans: Vec::new() });
            }
            "span" => {
                let bold = self.style_bold(true, tag).unwrap_or_else(|| self.is_bold());
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.spans.push(bold);
                }
            }
            "s" => {
                let count = tag.attribute("c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.say(&" ".repeat(count.min(MOST_SPACES)));
            }
            "tab" => self.say("\t"),
            "line-break" => self.say("\n"),
            "table" => self.flow.open_table(),
            "table-row" => self.flow.open_row(),
            "table-cell" | "covered-table-cell" => self.flow.open_cell(),
            "text-box" => self.flow.open_box(),
            _ => {}
        }
    }

    fn is_bold(&self) -> bool {
        let Some(paragraph) = self.paragraphs.last() else { return false };
        paragraph.spans.last().copied().unwrap_or(paragraph.bold)
    }

    fn say(&mut self, words: &str) {
        if !self.paragraphs.is_empty() {
            let bold = self.is_bold();
            self.flow.text(words, bold);
        }
    }
}

impl Visit for Body<'_> {
    fn open(&mut self, name: &str, tag: &Tag<'_>) {
        if self.skipped > 0 {
            self.skipped += 1;
            return;
        }
        if self.margin > 0 {
            self.margin += 1;
            return;
        }
        if !self.in_body {
            self.in_body = name == "body";
            return self.open_style(name, tag);
        }
        if name == "note" {
            let end = tag.attribute("note-class").as_deref() == Some("endnote");
            self.flow.leave_out(if end { "endnote" } else { "footnote" }, 1);
            self.skipped = 1;
        } else if let Some((_, told)) = SKIPPED.iter().find(|(skipped, _)| *skipped == name) {
            told.iter().for_each(|what| self.flow.leave_out(what, 1));
            self.skipped = 1;
        } else {
            self.open_text(name, tag);
        }
    }

    fn close(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        if self.margin > 0 {
            self.margin -= 1;
            if self.margin == 0 && std::mem::take(&mut self.margin_words) {
                self.flow.leave_out("head or foot of a page", 1);
            }
            return;
        }
        match name {
            "style" => self.styles.extend(self.open_style.take()),
            "body" => self.in_body = false,
            "p" | "h" => {
                if let Some(paragraph) = self.paragraphs.pop() {
                    self.flow.end_paragraph(paragraph.heading);
                }
            }
            "span" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.spans.pop();
                }
            }
            "table" if self.in_body => self.flow.close_table(),
            "table-cell" | "covered-table-cell" => self.flow.close_cell(),
            "text-box" => self.flow.close_box(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.margin > 0 {
            self.margin_words |= !text.trim().is_empty();
        } else if self.in_body && self.skipped == 0 && !self.paragraphs.is_empty() {
            let bold = self.is_bold();
            self.flow.running(text, bold);
        }
    }
}
