//! OpenDocument text, packed (.odt) and flat (.fodt).
//!
//! Read: the words of the body with tables, lists, sections and text boxes, tracked changes as if accepted. Left out
//! and told: comments, foot- and endnotes, heads and feet of pages, indexes. Numbers of lists are no text and are lost.

mod body;

use super::decode;
use super::flow::Flow;
use super::markup::{self, Tag, Visit};
use super::package::Package;
use super::read::{ReadError, Reading};
use super::sniff;
use body::Body;

const FORMAT: &str = "OpenDocument";
const KIND: &[u8] = b"application/vnd.oasis.opendocument.text";

/// Whether the bytes are a text of OpenDocument.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    sniff::is_package_of(bytes, KIND) || is_flat(bytes)
}

fn is_flat(bytes: &[u8]) -> bool {
    let start = sniff::opening(bytes, 16 << 10);
    start.starts_with(b"<?xml") && sniff::holds(&start, b"<office:document") && sniff::holds(&start, KIND)
}

/// Reads a text of OpenDocument.
pub(super) fn read(path: &str, bytes: Vec<u8>) -> Result<Reading, ReadError> {
    let mut flow = Flow::default();
    let mut body = Body::new(&mut flow);
    let mut foreign = 0;
    if sniff::is_zip(&bytes) {
        let mut package = Package::open(bytes, FORMAT)?;
        refuse_encrypted(&mut package)?;
        for part in ["styles.xml", "content.xml"] {
            match package.part(part)? {
                Some(xml) => foreign += markup::walk(&xml, FORMAT, part, &mut body)?,
                None if part == "content.xml" => {
                    return Err(ReadError::Damaged { format: FORMAT, what: "it has no content.xml inside".to_owned() });
                }
                None => {}
            }
        }
    } else {
        let text = match decode::decode(bytes) {
            Ok(decoded) => decoded.text,
            Err(error) => return Err(ReadError::Damaged { format: FORMAT, what: error.to_string() }),
        };
        foreign += markup::walk(&text, FORMAT, "the file", &mut body)?;
    }
    flow.finish(path, markup::entities_kept(path, foreign))
}

fn refuse_encrypted(package: &mut Package) -> Result<(), ReadError> {
    const MANIFEST: &str = "META-INF/manifest.xml";
    #[derive(Default)]
    struct Encrypted(bool);
    impl Visit for Encrypted {
        fn open(&mut self, name: &str, _: &Tag<'_>) {
            self.0 |= name == "encryption-data";
        }
        fn close(&mut self, _: &str) {}
        fn text(&mut self, _: &str) {}
    }
    let mut seen = Encrypted::default();
    if let Some(xml) = package.part(MANIFEST)? {
        markup::walk(&xml, FORMAT, MANIFEST, &mut seen)?;
    }
    if seen.0 { Err(ReadError::Locked { format: FORMAT }) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
