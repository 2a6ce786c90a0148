//! The groups of Rich Text, told to the flow.

use std::collections::{HashMap, HashSet};

use encoding_rs::{Encoding, WINDOWS_1252};

use super::charset;
use super::token::Token;
use crate::corpus::flow::Flow;

/// Groups whose content is no text, marked by `\*` or not.
const SKIPPED: &[&str] = &[
    "colortbl",
    "filetbl",
    "listtable",
    "listoverridetable",
    "revtbl",
    "rsidtbl",
    "generator",
    "info",
    "pict",
    "object",
    "themedata",
    "colorschememapping",
    "latentstyles",
    "datastore",
    "xmlnstbl",
    "bkmkstart",
    "bkmkend",
    "listtext",
    "pntext",
    "pn",
    "xe",
    "tc",
    "sp",
    "shprslt",
    "nonshppict",
    "nonesttables",
    "atnid",
    "atnauthor",
    "atrfstart",
    "atrfend",
    "fontemb",
    "falt",
    "panose",
    "upr",
    "ftnsep",
    "ftnsepc",
    "aftnsep",
    "aftnsepc",
    "background",
    "do",
];
/// Groups that are marked as passed over by programs that do not know them, and hold text.
const KNOWN: &[&str] = &["shpinst", "shptxt", "ud"];
const HEADERS: &[&str] = &["header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"];

/// What a group holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Holds {
    #[default]
    Text,
    Nothing,
    Margin,
    Fonts,
    Styles,
    /// A text box.
    Box,
}

/// What holds until a group ends.
#[derive(Debug, Clone, Default)]
struct State {
    holds: Holds,
    bold: bool,
    hidden: bool,
    deleted: bool,
    font: i32,
    style: i32,
    level: Option<i32>,
    in_table: bool,
    /// Bytes that stand for a `\u` in programs without Unicode; none means one.
    fallback: Option<usize>,
}

/// Walks through a file.
#[derive(Debug)]
pub(super) struct Body {
    flow: Flow,
    state: State,
    outer: Vec<State>,
    /// Whether `\*` came just before.
    starred: bool,
    /// Bytes that wait for their neighbours, which may be of the same character.
    bytes: Vec<u8>,
    /// Fallback characters still to be passed over.
    passed: usize,
    high: Option<u16>,
    page: &'static Encoding,
    default_font: i32,
    fonts: HashMap<i32, &'static Encoding>,
    headings: HashSet<i32>,
    style_name: Vec<u8>,
    table: bool,
    cell: bool,
    in_row: bool,
    margin_words: bool,
}

impl Default for Body {
    fn default() -> Self {
        Self {
            flow: Flow::default(),
            state: State::default(),
            outer: Vec::new(),
            starred: false,
            bytes: Vec::new(),
            passed: 0,
            high: None,
            page: WINDOWS_1252,
            default_font: 0,
            fonts: HashMap::new(),
            headings: HashSet::new(),
            style_name: Vec::new(),
            table: false,
            cell: false,
            in_row: false,
            margin_words: false,
        }
    }
}

impl Body {
    /// Groups that are open.
    pub(super) fn depth(&self) -> usize {
        self.outer.len()
    }

    /// The flow of the whole file.
    pub(super) fn finish(mut self) -> Flow {
        self.flush();
        self.end_paragraph();
        self.flow
    }

    /// Takes the next part.
    pub(super) fn take(&mut self, token: Token<'_>) {
        let starred = std::mem::take(&mut self.starred);
        match token {
            Token::Bytes(bytes) => {
                let passed = self.passed.min(bytes.len());
                self.passed -= passed;
                self.byte_text(bytes.get(passed..).unwrap_or(b""));
            }
            Token::Hex(byte) if self.passed == 0 => self.byte_text(&[byte]),
            Token::Hex(_) => self.passed -= 1,
            Token::Open => {
                self.flush();
                self.passed = 0;
                self.outer.push(self.state.clone());
            }
            Token::Close => self.close(),
            Token::Symbol(b'*') => self.starred = true,
            Token::Symbol(symbol) => {
                self.flush();
                self.symbol(symbol);
            }
            Token::Word("u", number) => self.unicode(number.unwrap_or(0)),
            Token::Word(_, _) if self.passed > 0 => self.passed -= 1,
            Token::Word(word, number) => {
                self.flush();
                if !self.destination(word, starred) {
                    self.word(word, number);
                }
            }
        }
    }

    fn byte_text(&mut self, bytes: &[u8]) {
        match self.state.holds {
            Holds::Styles => self.style_name.extend(bytes),
            Holds::Text | Holds::Box | Holds::Margin => self.bytes.extend(bytes),
            Holds::Nothing | Holds::Fonts => {}
        }
    }

    /// Decodes the bytes that wait, in the encoding of their font.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        if bytes.is_ascii() {
            self.say(std::str::from_utf8(&bytes).unwrap_or(""));
        } else {
            let encoding = self.fonts.get(&self.state.font).copied().unwrap_or(self.page);
            self.say(&encoding.decode_without_bom_handling(&bytes).0);
        }
        self.bytes = bytes;
        self.bytes.clear();
    }

    fn unicode(&mut self, number: i32) {
        self.flush();
        self.passed = self.state.fallback.unwrap_or(1);
        let unit = number as u16;
        let units = match self.high.take() {
            Some(high) => vec![high, unit],
            None if (0xD800..0xDC00).contains(&unit) => {
                self.high = Some(unit);
                return;
            }
            None => vec![unit],
        };
        let text = String::from_utf16_lossy(&units);
        if self.state.holds == Holds::Styles {
            self.style_name.extend(text.bytes());
        } else {
            self.say(&text);
        }
    }

    fn say(&mut self, words: &str) {
        match self.state.holds {
            Holds::Margin => self.margin_words |= !words.trim().is_empty(),
            Holds::Text | Holds::Box if !self.state.hidden && !self.state.deleted => {
                self.settle_table();
                self.flow.text(words, self.state.bold);
            }
            _ => {}
        }
    }

    /// Begins or ends a table, as the paragraph that gets words wants it.
    fn settle_table(&mut self) {
        if self.state.holds == Holds::Box {
            return;
        }
        let wanted = self.state.in_table || self.in_row;
        if !wanted && self.table {
            self.flow.close_table();
            self.table = false;
            self.cell = false;
        }
        if wanted && !self.table {
            self.flow.open_table();
            self.flow.open_row();
            self.table = true;
            self.cell = false;
        }
        if wanted && !self.cell {
            self.flow.open_cell();
            self.cell = true;
        }
    }

    fn is_text(&self) -> bool {
        matches!(self.state.holds, Holds::Text | Holds::Box)
    }

    fn close(&mut self) {
        self.flush();
        self.passed = 0;
        let Some(outer) = self.outer.pop() else { return };
        let inner = std::mem::replace(&mut self.state, outer);
        match inner.holds {
            Holds::Box if self.state.holds != Holds::Box => self.flow.close_box(),
            Holds::Styles => self.end_style(&inner),
            Holds::Margin if self.state.holds != Holds::Margin && std::mem::take(&mut self.margin_words) => {
                self.flow.leave_out("head or foot of a page", 1);
            }
            _ => {}
        }
    }

    fn end_style(&mut self, style: &State) {
        let name = String::from_utf8_lossy(&self.style_name).trim().trim_end_matches(';').to_ascii_lowercase();
        self.style_name.clear();
        let is_named = name.strip_prefix("heading").is_some_and(|rest| rest.trim().parse::<u8>().is_ok());
        let heading = is_named || name == "title" || name == "subtitle" || style.level.is_some_and(|level| level < 9);
        if heading {
            self.headings.insert(style.style);
        }
    }

    fn end_paragraph(&mut self) {
        if self.state.deleted || !self.is_text() {
            return;
        }
        let own = self.state.level.map(|level| level < 9);
        let heading = own.unwrap_or_else(|| self.headings.contains(&self.state.style));
        self.flow.end_paragraph(heading);
    }

    fn symbol(&mut self, symbol: u8) {
        if self.passed > 0 {
            self.passed -= 1;
            return;
        }
        match symbol {
            b'~' => self.say("\u{A0}"),
            b'_' => self.say("-"),
            b'\\' => self.say("\\"),
            b'{' => self.say("{"),
            b'}' => self.say("}"),
            b'\r' | b'\n' => self.end_paragraph(),
            b'\t' => self.say("\t"),
            _ => {}
        }
    }

    /// Begins a group of another kind; false if the word is none of that.
    fn destination(&mut self, word: &str, starred: bool) -> bool {
        let before = self.state.holds;
        let (holds, told) = match word {
            "footnote" => (Holds::Nothing, Some("footnote")),
            "ftnalt" if before == Holds::Nothing => return true,
            "annotation" => (Holds::Nothing, Some("comment")),
            "fldinst" => (Holds::Nothing, Some("field code")),
            "fonttbl" => (Holds::Fonts, None),
            "stylesheet" => (Holds::Styles, None),
            "shptxt" if before == Holds::Text => (Holds::Box, None),
            _ if HEADERS.contains(&word) => (Holds::Margin, None),
            _ if SKIPPED.contains(&word) => (Holds::Nothing, None),
            _ if starred && before == Holds::Styles => return false,
            _ if starred && !KNOWN.contains(&word) => (Holds::Nothing, None),
            _ => return false,
        };
        let told = told.filter(|_| before == Holds::Text || before == Holds::Box);
        if before == Holds::Nothing {
            return true;
        }
        if holds == Holds::Box {
            self.settle_table();
            self.state.bold = false;
            self.flow.open_box();
        }
        told.iter().for_each(|what| self.flow.leave_out(what, 1));
        self.state.holds = holds;
        true
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let on = number != Some(0);
        match word {
            "par" | "sect" => self.end_paragraph(),
            "line" | "page" | "column" | "lbr" => self.say("\n"),
            "tab" => self.say("\t"),
            "emdash" => self.say("—"),
            "endash" => self.say("–"),
            "bullet" => self.say("•"),
            "lquote" => self.say("‘"),
            "rquote" => self.say("’"),
            "ldblquote" => self.say("“"),
            "rdblquote" => self.say("”"),
            "emspace" | "enspace" | "qmspace" => self.say(" "),
            "zwj" => self.say("\u{200D}"),
            "zwnj" => self.say("\u{200C}"),
            "cell" | "row" | "nestcell" | "nestrow" | "trowd" | "intbl" | "pard" if self.is_text() => self.table(word),
            "pard" => self.state.level = None,
            "b" => self.state.bold = on,
            "v" => {
                if on && !self.state.hidden && self.is_text() {
                    self.flow.leave_out("hidden stretch of word", 1);
                }
                self.state.hidden = on;
            }
            "deleted" => self.state.deleted = on,
            "plain" => {
                self.state.bold = false;
                self.state.hidden = false;
                self.state.deleted = false;
                self.state.font = self.default_font;
            }
            "f" => self.state.font = number.unwrap_or(0),
            "s" => self.state.style = number.unwrap_or(0),
            "outlinelevel" => self.state.level = number,
            "uc" => self.state.fallback = number.and_then(|count| usize::try_from(count).ok()),
            "deff" => self.default_font = number.unwrap_or(0),
            "ansicpg" => self.page = charset::of_page(number.unwrap_or(1252)),
            "mac" => self.page = charset::of_page(10000),
            "fcharset" if self.state.holds == Holds::Fonts => {
                if let Some(encoding) = charset::of_charset(number.unwrap_or(1)) {
                    self.fonts.insert(self.state.font, encoding);
                }
            }
            "cpg" if self.state.holds == Holds::Fonts => {
                self.fonts.insert(self.state.font, charset::of_page(number.unwrap_or(1252)));
            }
            _ => {}
        }
    }

    fn table(&mut self, word: &str) {
        match word {
            "intbl" => self.state.in_table = true,
            "pard" => {
                self.state.in_table = false;
                self.state.level = None;
                self.state.style = 0;
            }
            "trowd" if self.flow.at_start() || self.table => self.in_row = true,
            "nestcell" | "nestrow" => self.end_paragraph(),
            "cell" => {
                self.in_row = true;
                self.settle_table();
                self.end_paragraph();
                self.flow.close_cell();
                self.cell = false;
            }
            "row" if self.table => {
                self.flow.open_row();
                self.in_row = false;
                self.cell = false;
            }
            _ => {}
        }
    }
}
