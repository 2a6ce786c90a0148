//! The body of a Word document, told to the flow.

use super::styles::{Styles, is_on};
use crate::corpus::flow::Flow;
use crate::corpus::markup::{Tag, Visit};

/// Elements whose content is no text of the document as it stands.
const SKIPPED: &[&str] = &[
    "del",
    "moveFrom",
    "Fallback",
    "pPrChange",
    "rPrChange",
    "sdtPr",
    "instrText",
    "delInstrText",
    "delText",
    "tblPr",
    "rt",
];

/// Walks through the body.
#[derive(Debug)]
pub(super) struct Body<'a> {
    flow: &'a mut Flow,
    styles: &'a Styles,
    /// Elements open inside a skipped one, itself included.
    skipped: usize,
    /// The open paragraphs, a text box's inside its anchor's.
    paragraphs: Vec<Properties>,
    in_paragraph_properties: bool,
    run: Option<Run>,
    in_text: bool,
    words: bool,
}

#[derive(Debug, Default)]
struct Properties {
    style: Option<String>,
    level: Option<u32>,
    /// Its mark is deleted, so that the next paragraph goes on in it.
    goes_on: bool,
    /// The run that a text box interrupts.
    run: Option<Run>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Run {
    bold: Option<bool>,
    hidden: bool,
}

impl<'a> Body<'a> {
    pub(super) fn new(flow: &'a mut Flow, styles: &'a Styles) -> Self {
        Self {
            flow,
            styles,
            skipped: 0,
            paragraphs: Vec::new(),
            in_paragraph_properties: false,
            run: None,
            in_text: false,
            words: false,
        }
    }

    /// Whether any words were met.
    pub(super) fn has_words(&self) -> bool {
        self.words
    }

    /// Ends what is open.
    pub(super) fn finish(self) {
        self.flow.end_paragraph(false);
    }

    fn say(&mut self, words: &str) {
        let Some(run) = self.run else { return };
        if run.hidden {
            return;
        }
        let style = self.paragraphs.last().and_then(|paragraph| paragraph.style.as_deref());
        let bold = run.bold.or_else(|| self.styles.bold(style?)).unwrap_or(false);
        self.words |= !words.trim().is_empty();
        self.flow.text(words, bold);
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        self.run = paragraph.run;
        let style = paragraph.style.as_deref();
        if style.is_some_and(|style| self.styles.is_contents(style)) {
            self.flow.drop_paragraph();
            self.flow.leave_out("line of a table of contents", 1);
        } else if !paragraph.goes_on {
            let own = paragraph.level.map(|level| level < 9);
            let heading = own.unwrap_or_else(|| style.is_some_and(|style| self.styles.is_heading(style)));
            self.flow.end_paragraph(heading);
        }
    }

    /// A property of a run, or of a paragraph's mark.
    fn property(&mut self, name: &str, tag: &Tag<'_>) {
        match name {
            "b" => self.in_run(|run| run.bold = Some(is_on(tag))),
            "rStyle" => {
                let bold = tag.attribute("val").and_then(|style| self.styles.bold(&style));
                self.in_run(|run| run.bold = run.bold.or(bold));
            }
            "vanish" if is_on(tag) && !self.in_paragraph_properties => {
                self.in_run(|run| run.hidden = true);
                self.flow.leave_out("hidden stretch of word", usize::from(self.run.is_some()));
            }
            _ => {}
        }
    }

    fn in_run(&mut self, change: impl FnOnce(&mut Run)) {
        if let Some(run) = self.run.as_mut().filter(|_| !self.in_paragraph_properties) {
            change(run);
        }
    }

    fn in_paragraph(&mut self, change: impl FnOnce(&mut Properties)) {
        if let Some(paragraph) = self.paragraphs.last_mut().filter(|_| self.in_paragraph_properties) {
            change(paragraph);
        }
    }

    fn symbol(&mut self, tag: &Tag<'_>) {
        let code = tag.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
        match code.and_then(char::from_u32) {
            // Picture fonts live in the private area.
            None | Some('\u{E000}'..='\u{F8FF}') => self.flow.leave_out("symbol of a picture font", 1),
            Some(character) => self.say(character.encode_utf8(&mut [0; 4])),
        }
    }
}

impl Visit for Body<'_> {
    fn open(&mut self, name: &str, tag: &Tag<'_>) {
        if self.skipped > 0 {
            self.skipped += 1;
            return;
        }
        if self.in_paragraph_properties && matches!(name, "del" | "moveFrom") {
            self.in_paragraph(|paragraph| paragraph.goes_on = true);
        }
        if SKIPPED.contains(&name) {
            self.skipped = 1;
            self.flow.leave_out("field code", usize::from(name == "instrText"));
            return;
        }
        match name {
            "p" => {
                let run = self.run.take();
                self.paragraphs.push(Properties { run, ..Properties::default() });
            }
            "pPr" => self.in_paragraph_properties = true,
            "pStyle" => self.in_paragraph(|paragraph| paragraph.style = tag.attribute("val").map(|id| id.into_owned())),
            "outlineLvl" => {
                let level = tag.attribute("val").and_then(|level| level.parse().ok());
                self.in_paragraph(|paragraph| paragraph.level = level);
            }
            "r" => self.run = Some(Run::default()),
            "t" => self.in_text = true,
            "tab" | "ptab" if !self.in_paragraph_properties => self.say("\t"),
            "br" | "cr" => self.say("\n"),
            "noBreakHyphen" => self.say("-"),
            "sym" => self.symbol(tag),
            "tbl" => self.flow.open_table(),
            "tr" => self.flow.open_row(),
            "tc" => self.flow.open_cell(),
            "txbxContent" => self.flow.open_box(),
            "commentReference" => self.flow.leave_out("comment", 1),
            "footnoteReference" => self.flow.leave_out("footnote", 1),
            "endnoteReference" => self.flow.leave_out("endnote", 1),
            "altChunk" => self.flow.leave_out("embedded file", 1),
            _ => self.property(name, tag),
        }
    }

    fn close(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "p" => self.end_paragraph(),
            "pPr" => self.in_paragraph_properties = false,
            "r" => self.run = None,
            "t" => self.in_text = false,
            "tbl" => self.flow.close_table(),
            "tc" => self.flow.close_cell(),
            "txbxContent" => self.flow.close_box(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if !self.in_text || self.skipped > 0 {
            return;
        }
        if text.contains(['\n', '\t']) {
            self.say(&text.replace(['\n', '\t'], " "));
        } else {
            self.say(text);
        }
    }
}
