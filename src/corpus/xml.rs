//! XML, pulled piece by piece with quick-xml (a maintained pull parser, which does not expand what a document type
//! declares). It reads no external files and knows no entities but XML's own five and numbers; others stay as they
//! are written.

use std::borrow::Cow;

use encoding_rs::Encoding;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::decode;
use super::read::ReadError;
use crate::diagnostic::Diagnostic;

/// Elements nested more deeply than this are no transcript.
const DEEPEST: usize = 256;
/// Bytes in which the declaration of the encoding is looked for.
const DECLARATION: usize = 200;

/// A piece of a document.
#[derive(Debug)]
pub(super) enum Piece<'a> {
    /// An element begins; one without content is followed by its end.
    Open(Element<'a>),
    /// An element ends: its name without a prefix.
    Close(String),
    /// Text, entities resolved.
    Text(Cow<'a, str>),
}

/// The beginning of an element.
#[derive(Debug)]
pub(super) struct Element<'a> {
    start: BytesStart<'a>,
}

impl Element<'_> {
    /// Its name without a prefix.
    pub(super) fn name(&self) -> String {
        self.start.local_name().as_ref().to_owned()
    }

    /// The value of an attribute, by its name without a prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        let found = attributes.with_checks(false).flatten().find(|found| found.key.local_name().as_ref() == name)?;
        let value = found.normalized_value(XmlVersion::Implicit1_0);
        Some(value.map_or_else(|_| found.value.to_string(), Cow::into_owned))
    }
}

/// A walk through a document.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    reader: Reader<&'a [u8]>,
    format: &'static str,
    depth: usize,
}

impl<'a> Walk<'a> {
    /// A walk through `text`; `format` is what messages call it.
    pub(super) fn new(text: &'a str, format: &'static str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, format, depth: 0 }
    }

    /// The next piece; none at the end.
    ///
    /// # Errors
    /// If the document is not well-formed, breaks off, or is nested too deeply.
    pub(super) fn next(&mut self) -> Result<Option<Piece<'a>>, ReadError> {
        loop {
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => return Err(self.damaged(&error.to_string())),
            };
            match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(self.damaged(&format!("elements are nested more than {DEEPEST} deep")));
                    }
                    return Ok(Some(Piece::Open(Element { start })));
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Piece::Close(end.local_name().as_ref().to_owned())));
                }
                Event::Text(text) => return Ok(Some(Piece::Text(text.into_inner()))),
                Event::CData(data) => return Ok(Some(Piece::Text(data.into_inner()))),
                Event::GeneralRef(reference) => {
                    let known = reference.resolve_char_ref().ok().flatten().or(match &*reference {
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "amp" => Some('&'),
                        "quot" => Some('"'),
                        "apos" => Some('\''),
                        _ => None,
                    });
                    let text = known.map_or_else(|| format!("&{};", &*reference), String::from);
                    return Ok(Some(Piece::Text(Cow::Owned(text))));
                }
                Event::Eof if self.depth > 0 => return Err(self.damaged("it ends before its elements do")),
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }

    /// Passes over the rest of the element that has just begun.
    ///
    /// # Errors
    /// As [`Walk::next`].
    pub(super) fn skip(&mut self) -> Result<(), ReadError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside && self.next()?.is_some() {}
        Ok(())
    }

    /// The text of the element that has just begun, up to its end, elements within left out.
    ///
    /// # Errors
    /// As [`Walk::next`].
    pub(super) fn text(&mut self) -> Result<String, ReadError> {
        let outside = self.depth.saturating_sub(1);
        let mut text = String::new();
        while self.depth > outside {
            match self.next()? {
                Some(Piece::Text(piece)) => text.push_str(&piece),
                Some(_) => {}
                None => break,
            }
        }
        Ok(text)
    }

    fn damaged(&self, what: &str) -> ReadError {
        let what = format!("{what}, at byte {}", self.reader.buffer_position());
        ReadError::Damaged { format: self.format, what }
    }
}

/// The text of an XML file: in the encoding that it declares unless a byte-order mark or valid UTF-8 speaks against
/// it, and what was guessed.
///
/// # Errors
/// As [`decode::decode`].
pub(super) fn decoded(path: &str, bytes: Vec<u8>) -> Result<(String, Vec<Diagnostic>), ReadError> {
    if !bytes.contains(&0)
        && std::str::from_utf8(&bytes).is_err()
        && let Some(encoding) = declared(&bytes)
    {
        let (text, damaged) = encoding.decode_without_bom_handling(&bytes);
        if !damaged {
            return Ok((text.replace("\r\n", "\n"), Vec::new()));
        }
    }
    let decoded = decode::decode(bytes)?;
    let diagnostics = decoded.diagnostics(path);
    Ok((decoded.text, diagnostics))
}

fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..DECLARATION).unwrap_or(bytes));
    let declaration = head.strip_prefix("<?xml")?.split("?>").next()?;
    let value = declaration.split("encoding").nth(1)?.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    Encoding::for_label(value[1..].split(quote).next()?.as_bytes())
}

/// Whether one of `names` begins an element, with or without a prefix, in the first few KB of a file in an encoding
/// that keeps ASCII, or in UTF-16.
pub(super) fn opens_with(bytes: &[u8], names: &[&str]) -> bool {
    const HEAD: usize = 4096;
    let head: Vec<u8> = bytes.iter().take(HEAD).copied().filter(|byte| *byte != 0).collect();
    let head = without_comments(&String::from_utf8_lossy(&head));
    let root = head.split('<').skip(1).find(|part| part.starts_with(|first: char| first.is_alphabetic()));
    let Some(name) = root.and_then(|part| part.split(|end: char| end.is_whitespace() || end == '>').next()) else {
        return false;
    };
    names.contains(&name.rsplit(':').next().unwrap_or(name))
}

fn without_comments(head: &str) -> String {
    let mut parts = head.split("<!--");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    parts.for_each(|part| kept.push_str(part.split_once("-->").map_or("", |(_, rest)| rest)));
    kept
}

#[cfg(test)]
mod tests {
    use super::{Piece, Walk, decoded, opens_with};

    fn texts(text: &str) -> Result<String, String> {
        let mut walk = Walk::new(text, "XML");
        let mut found = String::new();
        loop {
            match walk.next() {
                Ok(Some(Piece::Text(piece))) => found.push_str(&piece),
                Ok(Some(_)) => {}
                Ok(None) => return Ok(found),
                Err(error) => return Err(error.to_string()),
            }
        }
    }

    #[test]
    fn entities_of_a_document_are_never_expanded() {
        let bomb = "<!DOCTYPE a [<!ENTITY x \"ha\"><!ENTITY y \"&x;&x;\">]><a>&y;&lt;&#228;&amp;<![CDATA[<b>]]></a>";
        assert_eq!(texts(bomb), Ok("&y;<ä&<b>".to_owned()));
    }

    #[test]
    fn depth_is_bounded_and_ends_are_missed() {
        let deep = "<a>".repeat(100_000);
        assert!(texts(&deep).is_err_and(|told| told.contains("nested more than 256 deep")));
        assert!(texts("<a><b></b>").is_err_and(|told| told.contains("ends before its elements do")));
        assert!(texts("<a></b>").is_err());
    }

    #[test]
    fn the_declared_encoding_holds() {
        let (text, notes) =
            decoded("a.xml", b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE5</a>".to_vec()).expect("text");
        assert!(text.ends_with("<a>å</a>") && notes.is_empty(), "{text}");
    }

    #[test]
    fn the_root_tells_the_format() {
        assert!(opens_with(b"<?xml version='1.0'?>\n<!-- <x> -->\n<tei:TEI xmlns:tei='x'>", &["TEI"]));
        assert!(!opens_with(b"<teiHeader>", &["TEI"]));
        assert!(!opens_with(b"Anna: a < b", &["TEI"]));
    }
}
