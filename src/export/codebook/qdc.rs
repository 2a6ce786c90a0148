//! A REFI-QDA codebook (.qdc, standard 1.5): themes are codes that cannot be coded with, tracks are sets.
//!
//! What the standard has no place for and people can read stands in the description, part by part as
//! [`Description`] writes it. `quick-xml` writes and escapes the elements; it does not check them against the schema,
//! which tests do.

use std::collections::HashSet;

use quick_xml::Writer;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::name::QName;

use crate::codebook::CodebookFile;
use crate::codebook::description::{self, Description};
use crate::codebook::import::Loss;
use crate::diagnostic::Severity;

use super::Exported;
use super::dictionary::Below;
use super::guid::{Entry, guid};
use super::losses::{loss, unheld};

const FORMAT: &str = "a REFI-QDA codebook";
const KEPT: &[&str] = &[
    "codes.id",
    "codes.theme",
    "codes.tracks",
    "codes.label",
    "codes.definition",
    "codes.include",
    "codes.exclude",
    "codes.source",
    "codes.memo",
    "codes.color",
    "codes.examples.coded",
    "codes.examples.not_coded",
    "themes.id",
    "themes.label",
    "themes.definition",
    "themes.parent",
    "tracks.id",
    "tracks.label",
    "tracks.definition",
    "tracks.source",
];

/// The codebook.
pub(super) fn export(book: &CodebookFile) -> Exported {
    let losses = unheld(book, FORMAT, KEPT);
    let mut file = File { book, writer: Writer::new_with_indent(Vec::new(), b' ', 2), names: HashSet::new(), losses };
    file.write();
    let mut bytes = file.writer.into_inner();
    bytes.push(b'\n');
    Exported { bytes, losses: file.losses }
}

struct File<'a> {
    book: &'a CodebookFile,
    writer: Writer<Vec<u8>>,
    names: HashSet<String>,
    losses: Vec<Loss>,
}

impl File<'_> {
    fn write(&mut self) {
        self.event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        let mut root = BytesStart::new("CodeBook");
        root.push_attribute(("xmlns", "urn:QDA-XML:codebook:1.0"));
        root.push_attribute(("origin", concat!("qualcode ", env!("CARGO_PKG_VERSION"))));
        self.event(Event::Start(root));
        self.event(Event::Start(BytesStart::new("Codes")));
        self.codes();
        self.event(Event::End(BytesEnd::new("Codes")));
        if !self.book.tracks.is_empty() {
            self.event(Event::Start(BytesStart::new("Sets")));
            self.sets();
            self.event(Event::End(BytesEnd::new("Sets")));
        }
        self.event(Event::End(BytesEnd::new("CodeBook")));
    }

    fn codes(&mut self) {
        let book = self.book;
        let below = Below::of(book, true);
        let mut open: Vec<usize> = Vec::new();
        let mut order = Vec::new();
        for (level, theme, code) in below.walk() {
            let Some(code) = code else {
                while open.len() > level {
                    open.pop();
                    self.event(Event::End(BytesEnd::new("Code")));
                }
                open.push(theme);
                self.theme(theme);
                continue;
            };
            order.push(code);
            self.code(code);
        }
        for _ in open {
            self.event(Event::End(BytesEnd::new("Code")));
        }
        if !order.is_sorted() {
            self.losses.push(loss(
                "X005",
                Severity::Note,
                "the codebook",
                "",
                "has its codes in another order there: theme by theme",
                format!("{FORMAT} holds codes inside their themes"),
            ));
        }
    }

    fn theme(&mut self, at: usize) {
        let Some(theme) = self.book.themes.get(at) else { return };
        let entry = format!("theme {}", theme.id);
        let guid = guid(&self.book.id, Entry::Theme, &theme.id);
        let name = self.name(&entry, &theme.label, &theme.id);
        let id = Some(theme.id.clone());
        let description = Description { definition: theme.definition.clone(), id, ..Description::default() };
        let start = self.start("Code", &entry, &guid, &name, Some(false));
        self.event(Event::Start(start));
        self.description(&entry, &description);
    }

    fn code(&mut self, at: usize) {
        let Some(code) = self.book.codes.get(at) else { return };
        let entry = format!("code {}", code.id);
        let guid = guid(&self.book.id, Entry::Code, &code.id);
        let name = self.name(&entry, &code.label, &code.id);
        let examples = code.examples.clone();
        let (coded, not_coded) = examples.map_or_else(Default::default, |all| (all.coded, all.not_coded));
        let description = Description {
            definition: code.definition.clone(),
            include: code.include.clone(),
            exclude: code.exclude.clone(),
            coded,
            not_coded,
            source: code.source.clone(),
            memo: code.memo.clone(),
            id: Some(code.id.clone()),
        };
        let mut start = self.start("Code", &entry, &guid, &name, Some(true));
        if let Some(color) = &code.color {
            start.push_attribute(("color", color.as_str()));
        }
        self.event(Event::Start(start));
        self.description(&entry, &description);
        self.event(Event::End(BytesEnd::new("Code")));
    }

    fn sets(&mut self) {
        let book = self.book;
        for track in &book.tracks {
            let entry = format!("track {}", track.id);
            let set = guid(&book.id, Entry::Track, &track.id);
            let start = self.start("Set", &entry, &set, &track.label, None);
            self.event(Event::Start(start));
            let id = Some(track.id.clone());
            let description = Description {
                definition: track.definition.clone(),
                source: track.source.clone(),
                id,
                ..Description::default()
            };
            self.description(&entry, &description);
            for code in book.codes.iter().filter(|code| code.tracks.contains(&track.id)) {
                let mut member = BytesStart::new("MemberCode");
                member.push_attribute(("guid", guid(&book.id, Entry::Code, &code.id).as_str()));
                self.event(Event::Empty(member));
            }
            self.event(Event::End(BytesEnd::new("Set")));
        }
    }

    /// A name that no other code has: programs such as QualCoder take codes of one name for one.
    fn name(&mut self, entry: &str, label: &str, id: &str) -> String {
        if self.names.insert(label.to_lowercase()) {
            return label.to_owned();
        }
        let name = format!("{label} ({id})");
        self.names.insert(name.to_lowercase());
        self.losses.push(loss(
            "X006",
            Severity::Warning,
            entry,
            label,
            format!("is named \"{name}\" there"),
            "another code or theme has that name, and some programs take codes of one name for one",
        ));
        name
    }

    fn start(
        &mut self,
        element: &'static str,
        entry: &str,
        guid: &str,
        name: &str,
        codable: Option<bool>,
    ) -> BytesStart<'static> {
        let mut start = BytesStart::new(element);
        let name = self.legal(entry, name);
        start.push_attribute(("guid", guid));
        start.push_attribute(Attribute { key: QName("name"), value: attribute(&name).into() });
        if let Some(codable) = codable {
            start.push_attribute(("isCodable", if codable { "true" } else { "false" }));
        }
        start
    }

    fn description(&mut self, entry: &str, description: &Description) {
        let text = description.compose();
        if text.is_empty() {
            return;
        }
        if description::split(&text) != *description {
            self.losses.push(loss(
                "X007",
                Severity::Warning,
                entry,
                "",
                "has parts that cannot be told apart in its description there",
                "a paragraph of it begins like the name of another part; put it otherwise",
            ));
        }
        let text = self.legal(entry, &text);
        self.event(Event::Start(BytesStart::new("Description")));
        // A carriage return would be read as a line end.
        let escaped = quick_xml::escape::partial_escape(&text).replace('\r', "&#13;");
        self.event(Event::Text(BytesText::from_escaped(escaped)));
        self.event(Event::End(BytesEnd::new("Description")));
    }

    /// The text without the characters that XML 1.0 cannot hold.
    fn legal(&mut self, entry: &str, text: &str) -> String {
        let is_legal = |c: char| matches!(c, '\t' | '\n' | '\r') || c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}');
        if text.chars().all(is_legal) {
            return text.to_owned();
        }
        self.losses.push(loss(
            "X008",
            Severity::Warning,
            entry,
            "",
            "has control characters, which stand as \u{FFFD} there",
            "XML cannot hold them; take them out of the codebook",
        ));
        text.chars().map(|c| if is_legal(c) { c } else { '\u{FFFD}' }).collect()
    }

    fn event(&mut self, event: Event<'_>) {
        // Writing into memory cannot fail.
        let _ = self.writer.write_event(event);
    }
}

/// A text between double quotes, in which white space is not to become a space.
fn attribute(text: &str) -> String {
    let escaped = quick_xml::escape::escape(text);
    escaped.replace('\n', "&#10;").replace('\t', "&#9;").replace('\r', "&#13;")
}
