//! XML as a row of tags and text.
//!
//! `quick-xml` splits the markup. It expands no entity but XML's own five and character references; those that a
//! document defines for itself stay as they are written, so that no definition can grow.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use super::read::ReadError;
use crate::diagnostic::{Diagnostic, Severity};

/// Elements inside one another beyond which a file is taken for damaged.
const MOST_DEPTH: usize = 1_000;

/// Takes the parts of a document in order. Names come without their namespace's prefix, because prefixes and
/// namespaces vary between the kinds of one format, and local names do not.
pub(super) trait Visit {
    /// An element begins.
    fn open(&mut self, name: &str, tag: &Tag<'_>);
    /// An element ends.
    fn close(&mut self, name: &str);
    /// Text between them; one stretch may come in several pieces.
    fn text(&mut self, text: &str);
}

/// The start of an element.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    start: BytesStart<'a>,
}

impl Tag<'_> {
    /// The value of the first attribute with this local name.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.start.attributes();
        let found = attributes.with_checks(false).flatten().find(|found| found.key.local_name().as_ref() == name)?;
        let raw = found.value.clone();
        Some(found.normalized_value(XmlVersion::Implicit1_0).unwrap_or(raw))
    }
}

/// Walks through `xml` and gives the number of entities that stayed as they were written.
///
/// # Errors
/// If the XML breaks off, its tags do not match, or it nests deeper than any document does.
pub(super) fn walk(xml: &str, format: &'static str, part: &str, visitor: &mut impl Visit) -> Result<usize, ReadError> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().allow_dangling_amp = true;
    let mut depth = 0usize;
    let mut foreign = 0;
    let damaged = |what: String| ReadError::Damaged { format, what };
    loop {
        let event = reader.read_event();
        match event
            .map_err(|error| damaged(format!("{part} is broken at byte {} ({error})", reader.error_position())))?
        {
            Event::Start(start) => {
                depth += 1;
                if depth > MOST_DEPTH {
                    return Err(damaged(format!("{part} has more than {MOST_DEPTH} elements inside one another")));
                }
                let tag = Tag { start };
                visitor.open(tag.start.local_name().as_ref(), &tag);
            }
            Event::Empty(start) => {
                let tag = Tag { start };
                let name = tag.start.local_name();
                visitor.open(name.as_ref(), &tag);
                visitor.close(name.as_ref());
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                visitor.close(end.local_name().as_ref());
            }
            Event::Text(text) => visitor.text(&text.into_inner()),
            Event::CData(text) => visitor.text(&text.into_inner()),
            Event::GeneralRef(entity) => foreign += usize::from(!reference(&entity, visitor)),
            Event::Eof if depth > 0 => return Err(damaged(format!("{part} breaks off"))),
            Event::Eof => return Ok(foreign),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// The warning that `count` entities stayed as they were written.
pub(super) fn entities_kept(path: &str, count: usize) -> Vec<Diagnostic> {
    if count == 0 {
        return Vec::new();
    }
    vec![Diagnostic::new(
        Severity::Warning,
        "T035",
        path,
        format!(
            "{count} references such as `&name;` to what the file defines for itself stand in the text as they are written"
        ),
        "open it in the program that made it and save it again",
    )]
}

/// Gives the visitor what an entity stands for; false if the document itself would have to say.
fn reference(entity: &BytesRef<'_>, visitor: &mut impl Visit) -> bool {
    if entity.is_char_ref() {
        let character = entity.resolve_char_ref().ok().flatten().unwrap_or(char::REPLACEMENT_CHARACTER);
        visitor.text(character.encode_utf8(&mut [0; 4]));
        return true;
    }
    let known = match &**entity {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        name => {
            visitor.text("&");
            visitor.text(name);
            visitor.text(";");
            return false;
        }
    };
    visitor.text(known);
    true
}

#[cfg(test)]
mod tests {
    use super::{Tag, Visit, walk};

    #[derive(Default)]
    struct Seen(String);

    impl Visit for Seen {
        fn open(&mut self, name: &str, tag: &Tag<'_>) {
            let value = tag.attribute("val").map(|value| format!("={value}")).unwrap_or_default();
            self.0 += &format!("<{name}{value}>");
        }
        fn close(&mut self, name: &str) {
            self.0 += &format!("</{name}>");
        }
        fn text(&mut self, text: &str) {
            self.0 += text;
        }
    }

    fn seen(xml: &str) -> Result<(String, usize), String> {
        let mut seen = Seen::default();
        let foreign = walk(xml, "Word", "document.xml", &mut seen).map_err(|error| error.to_string())?;
        Ok((seen.0, foreign))
    }

    #[test]
    fn names_lose_their_prefix_and_entities_become_text() {
        let found =
            seen("<?xml version='1.0'?><w:a><w:b w:val='x &amp; y'/>a &lt; b&#xE9;&#233; & c<![CDATA[<d>]]></w:a>");
        assert_eq!(found, Ok(("<a><b=x & y></b>a < béé & c<d></a>".to_owned(), 0)));
    }

    #[test]
    fn entities_of_the_document_are_never_expanded() {
        let bomb = "<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;&b;'>]><a>&c;</a>";
        assert_eq!(seen(bomb), Ok(("<a>&c;</a>".to_owned(), 1)));
    }

    #[test]
    fn what_is_broken_says_where() {
        let error = seen("<a><b>").expect_err("broken off");
        assert!(error.contains("document.xml breaks off"), "{error}");
        assert!(seen("<a></b>").is_err());
        let error = seen(&"<a>".repeat(100_000)).expect_err("deep");
        assert!(error.contains("inside one another"), "{error}");
    }
}
