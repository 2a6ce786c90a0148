//! XML files as a flat list of elements.
//!
//! quick-xml reads them, a maintained pull parser that never recurses and never expands an entity of the file's own.
//! It does not check a file against its DTD, and neither do we.

use encoding_rs::Encoding;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::error::ImportError;
use super::loss::Loss;
use super::text;
use super::tree::DEEPEST;

/// An element; those within it come after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    /// Without the prefix of its name space.
    pub(super) name: String,
    /// Names without prefix, and values.
    pub(super) attributes: Vec<(String, String)>,
    /// The element that it lies in; it came before.
    pub(super) parent: Option<usize>,
    /// The text directly in it.
    pub(super) text: String,
    /// From 1.
    pub(super) line: u32,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

/// The beginning of an XML file whose first element has one of these names.
pub(super) fn begins_with(bytes: &[u8], names: &[&str]) -> bool {
    let start = text::beginning(bytes);
    let mut rest = start.trim_start();
    if !rest.starts_with('<') {
        return false;
    }
    // Declarations and comments come first.
    while rest.starts_with("<?") || rest.starts_with("<!") {
        let end = if rest.starts_with("<!--") { "-->" } else { ">" };
        let Some((_, behind)) = rest.split_once(end) else { return false };
        rest = behind.trim_start();
    }
    let name: String =
        rest.chars().skip(1).take_while(|c| c.is_alphanumeric() || matches!(c, ':' | '_' | '-')).collect();
    let local = name.rsplit(':').next().unwrap_or(&name);
    names.contains(&local)
}

/// Reads the elements of a file of that kind, in its order.
///
/// # Errors
/// If it is no XML, refers to entities of its own, or is nested deeper than any codebook.
pub(super) fn elements(bytes: &[u8], kind: &'static str, losses: &mut Vec<Loss>) -> Result<Vec<Element>, ImportError> {
    let text = decoded(bytes, losses)?;
    if !text.trim_start().starts_with('<') {
        return Err(ImportError::malformed(kind, 1, "it does not begin like XML, with `<`", MEND));
    }
    let mut reader = Reader::from_str(&text);
    let mut lines = Lines { text: &text, byte: 0, line: 1 };
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        let at = reader.buffer_position();
        let line = lines.of(at);
        let damaged = |what: String| ImportError::malformed(kind, line, what, MEND);
        match reader.read_event().map_err(|error| damaged(format!("the XML is damaged ({error})")))? {
            Event::Start(start) => {
                if open.len() == DEEPEST {
                    return Err(damaged(format!("elements lie more than {DEEPEST} deep in one another")));
                }
                let element = element(&start, open.last().copied(), line).map_err(damaged)?;
                open.push(elements.len());
                elements.push(element);
            }
            Event::Empty(start) => {
                elements.push(element(&start, open.last().copied(), line).map_err(damaged)?);
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Text(words) => add_text(&mut elements, &open, &words.xml10_content()),
            Event::CData(words) => add_text(&mut elements, &open, &words.xml10_content()),
            Event::GeneralRef(name) => {
                let character = name.resolve_char_ref().ok().flatten();
                let named = predefined(&name.xml10_content());
                let Some(character) = character.or(named) else {
                    return Err(damaged("it refers to an entity that XML itself does not know".to_owned()));
                };
                add_text(&mut elements, &open, character.encode_utf8(&mut [0; 4]));
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    if elements.is_empty() {
        return Err(ImportError::malformed(kind, None, "there is no element in it", MEND));
    }
    if let Some(element) = open.last().and_then(|&at| elements.get(at)) {
        let what = format!("the element <{}> is never closed, so the end of the file is missing", element.name);
        return Err(ImportError::malformed(kind, element.line, what, MEND));
    }
    Ok(elements)
}

const MEND: &str = "open it in the program that made it and save it again, or fetch it again";

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => return None,
    })
}

fn add_text(elements: &mut [Element], open: &[usize], text: &str) {
    if let Some(element) = open.last().and_then(|&at| elements.get_mut(at)) {
        element.text.push_str(text);
    }
}

fn element(start: &BytesStart<'_>, parent: Option<usize>, line: u32) -> Result<Element, String> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| format!("an attribute is damaged ({error})"))?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| format!("an attribute is damaged ({error})"))?;
        attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
    }
    Ok(Element { name: start.local_name().as_ref().to_owned(), attributes, parent, text: String::new(), line })
}

/// The text in the encoding that the file declares, else as any other text.
fn decoded(bytes: &[u8], losses: &mut Vec<Loss>) -> Result<String, ImportError> {
    text::refuse_large(bytes)?;
    let start = text::beginning(bytes);
    let declared = start.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).and_then(|(declaration, _)| {
        let (_, value) = declaration.split_once("encoding")?;
        let value = value.trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        Encoding::for_label(value.get(1..)?.split(quote).next()?.as_bytes())
    });
    let marked = Encoding::for_bom(bytes).is_some();
    if let Some(encoding) = declared.filter(|_| !marked) {
        let (text, damaged) = encoding.decode_without_bom_handling(bytes);
        if !damaged && !text.contains('\0') {
            return Ok(text.into_owned());
        }
    }
    text::read(bytes, losses)
}

/// Lines of ascending places.
struct Lines<'a> {
    text: &'a str,
    byte: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line, from 1, of a byte that is not before those asked for so far.
    fn of(&mut self, byte: u64) -> u32 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX).min(self.text.len());
        let passed = self.text.as_bytes().get(self.byte..byte).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u32;
        self.byte = self.byte.max(byte);
        self.line
    }
}
