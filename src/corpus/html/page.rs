//! The tags of a page, told to the flow.

use html5gum::{DefaultEmitter, Token, Tokenizer};

use crate::corpus::flow::Flow;
use crate::corpus::plain;
use crate::corpus::read::{ReadError, Reading};
use crate::diagnostic::Diagnostic;

/// Elements that begin and end a paragraph.
const BLOCKS: &[&[u8]] = &[
    b"address",
    b"article",
    b"aside",
    b"blockquote",
    b"body",
    b"caption",
    b"center",
    b"dd",
    b"details",
    b"dialog",
    b"dir",
    b"div",
    b"dl",
    b"dt",
    b"fieldset",
    b"figcaption",
    b"figure",
    b"footer",
    b"form",
    b"header",
    b"hr",
    b"html",
    b"legend",
    b"li",
    b"main",
    b"menu",
    b"ol",
    b"p",
    b"search",
    b"section",
    b"summary",
    b"ul",
];
/// Elements that hold no text of the page, whatever else they hold.
const SKIPPED: &[&[u8]] = &[
    b"button",
    b"del",
    b"iframe",
    b"math",
    b"nav",
    b"noembed",
    b"noframes",
    b"noscript",
    b"object",
    b"rp",
    b"rt",
    b"script",
    b"select",
    b"style",
    b"svg",
    b"template",
    b"textarea",
    b"title",
    b"xmp",
];
/// Those that the tokeniser ends by itself.
const RAW: &[&[u8]] =
    &[b"iframe", b"noembed", b"noframes", b"noscript", b"script", b"style", b"textarea", b"title", b"xmp"];

/// A page on its way into the flow.
#[derive(Debug)]
pub(super) struct Page {
    flow: Flow,
    /// The skipped element that is open, and how many of its name.
    skipped: Option<(Vec<u8>, usize)>,
    bold: usize,
    /// Whether the paragraph so far is a speaker's name by its element.
    name: bool,
    heading: bool,
    /// Whether a list's number is being passed over.
    number: bool,
    /// The time element that is open, and what it holds.
    time: Option<String>,
    preformatted: usize,
    /// What stands in `<pre>`, and how many bytes stand elsewhere.
    pre_text: String,
    elsewhere: usize,
}

impl Page {
    /// Reads a page; without `skipping`, only scripts and their like are left out.
    pub(super) fn of(text: &str, skipping: bool) -> Self {
        let mut page = Self {
            flow: Flow::default(),
            skipped: None,
            bold: 0,
            name: false,
            heading: false,
            number: false,
            time: None,
            preformatted: 0,
            pre_text: String::new(),
            elsewhere: 0,
        };
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(text, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => page.open(&tag.name, tag.self_closing, skipping),
                Token::EndTag(tag) => page.close(&tag.name),
                Token::String(words) => page.text(&String::from_utf8_lossy(&words)),
                Token::Comment(words) => page.comment(&words),
                Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        page
    }

    /// Whether an element that holds no text was never closed, so that the rest of the page is missing.
    pub(super) fn lost_the_rest(&self) -> bool {
        self.skipped.is_some()
    }

    /// The text of `<pre>`, where it is nearly all there is.
    pub(super) fn preformatted(&mut self) -> Option<String> {
        let is_all = self.pre_text.trim().len() > 9 * self.elsewhere && !self.pre_text.trim().is_empty();
        is_all.then(|| std::mem::take(&mut self.pre_text))
    }

    pub(super) fn finish(mut self, path: &str, diagnostics: Vec<Diagnostic>) -> Result<Reading, ReadError> {
        self.end_paragraph();
        self.flow.finish(path, diagnostics)
    }

    fn open(&mut self, name: &[u8], self_closing: bool, skipping: bool) {
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth += usize::from(name == skipped.as_slice() && !self_closing && !RAW.contains(&name));
            return;
        }
        if SKIPPED.contains(&name) && (skipping || RAW.contains(&name)) {
            if !self_closing || RAW.contains(&name) {
                self.skipped = Some((name.to_vec(), 1));
            }
            return;
        }
        match name {
            b"br" => self.line_break(),
            b"pre" | b"listing" | b"plaintext" => {
                self.end_paragraph();
                self.preformatted += 1;
            }
            b"table" => {
                self.end_paragraph();
                self.flow.open_table();
            }
            b"tr" => {
                self.end_paragraph();
                self.flow.open_row();
            }
            b"td" | b"th" => {
                self.end_paragraph();
                self.flow.open_cell();
            }
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => {
                self.end_paragraph();
                self.heading = true;
            }
            b"time" if !self_closing => self.time = Some(String::new()),
            // A speaker before the words; inside a paragraph it names a work.
            b"cite" => self.name = self.flow.at_start(),
            b"dt" => {
                self.end_paragraph();
                self.name = true;
            }
            b"b" | b"strong" if !self_closing => self.bold += 1,
            _ if BLOCKS.contains(&name) => self.end_paragraph(),
            _ => {}
        }
    }

    fn close(&mut self, name: &[u8]) {
        if let Some((skipped, depth)) = &mut self.skipped {
            if name == skipped.as_slice() {
                *depth -= 1;
                if *depth == 0 {
                    self.skipped = None;
                }
            }
            return;
        }
        match name {
            b"pre" | b"listing" => {
                self.end_paragraph();
                self.preformatted = self.preformatted.saturating_sub(1);
                self.pre_text.push('\n');
            }
            b"table" => {
                self.end_paragraph();
                self.flow.close_table();
            }
            b"td" | b"th" => {
                self.end_paragraph();
                self.flow.close_cell();
            }
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => self.end_paragraph(),
            b"time" => self.end_time(),
            b"b" | b"strong" => self.bold = self.bold.saturating_sub(1),
            b"cite" => self.name = false,
            _ if BLOCKS.contains(&name) => self.end_paragraph(),
            _ => {}
        }
    }

    /// Word puts the numbers of lists between comments of its own.
    fn comment(&mut self, words: &[u8]) {
        if words.starts_with(b"[if !supportLists]") {
            self.number = true;
        } else if words.starts_with(b"[endif]") {
            self.number = false;
        }
    }

    fn is_bold(&self) -> bool {
        self.bold > 0 || self.name
    }

    fn text(&mut self, words: &str) {
        if self.skipped.is_some() || self.number {
            return;
        }
        if let Some(time) = &mut self.time {
            time.push_str(words);
            return;
        }
        if self.preformatted > 0 {
            self.pre_text.push_str(words);
            self.lines(words);
        } else {
            self.elsewhere += words.trim().len();
            self.flow.running(words, self.is_bold());
        }
    }

    /// Words whose lines stay; a blank line parts paragraphs.
    fn lines(&mut self, words: &str) {
        for (index, line) in words.split('\n').enumerate() {
            if index > 0 {
                if self.flow.ends_in_line_break() {
                    self.end_paragraph();
                } else {
                    self.flow.text("\n", self.is_bold());
                }
            }
            self.flow.text(line, self.is_bold());
        }
    }

    fn line_break(&mut self) {
        if self.preformatted > 0 {
            self.pre_text.push('\n');
        }
        // Two breaks are how pages without paragraphs part them.
        if self.flow.ends_in_line_break() {
            self.end_paragraph();
        } else {
            self.flow.text("\n", false);
        }
    }

    fn end_time(&mut self) {
        let Some(time) = self.time.take() else { return };
        let time = time.trim();
        let bracketed = !plain::is_stamp(time) || time.starts_with(['[', '(']);
        let time = if bracketed { format!(" {time} ") } else { format!(" [{time}] ") };
        self.flow.running(&time, self.is_bold());
    }

    fn end_paragraph(&mut self) {
        if self.time.is_some() {
            self.end_time();
        }
        self.name = false;
        self.number = false;
        if self.flow.at_start() {
            return self.flow.drop_paragraph();
        }
        self.flow.end_paragraph(std::mem::take(&mut self.heading));
    }
}
