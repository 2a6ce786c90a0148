//! Word (Office Open XML, transitional and strict).
//!
//! Read: the words of the body with tables, lists, text boxes and content controls, tracked changes as if accepted.
//! Left out and told: comments, foot- and endnotes, heads and feet of pages, field codes, hidden words, symbols of
//! picture fonts, tables of contents. Numbers of lists are no text in Word and are lost.

mod body;
mod styles;

use super::flow::Flow;
use super::markup;
use super::package::Package;
use super::read::{ReadError, Reading};
use body::Body;
use styles::Styles;

const FORMAT: &str = "Word";
const MAIN: &str = "word/document.xml";
/// Heads and feet of pages beyond these are not counted.
const MOST_MARGINS: usize = 60;

/// Reads a Word document.
pub(super) fn read(path: &str, bytes: Vec<u8>) -> Result<Reading, ReadError> {
    let mut package = Package::open(bytes, FORMAT)?;
    let main = main_part(&mut package)?;
    let Some(document) = package.part(&main)? else {
        return Err(ReadError::Damaged { format: FORMAT, what: "it has no document inside".to_owned() });
    };
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let mut styles = Styles::default();
    if let Some(part) = part_named(&package, &folder, &["styles.xml", "styles2.xml"])
        && let Some(xml) = package.part(&part)?
    {
        markup::walk(&xml, FORMAT, &part, &mut styles)?;
    }
    let mut flow = Flow::default();
    let foreign = {
        let mut body = Body::new(&mut flow, &styles);
        let foreign = markup::walk(&document, FORMAT, &main, &mut body)?;
        body.finish();
        foreign
    };
    drop(document);
    margins(&mut package, &folder, &mut flow)?;
    flow.finish(path, markup::entities_kept(path, foreign))
}

/// Counts heads and feet of pages that hold words.
fn margins(package: &mut Package, folder: &str, flow: &mut Flow) -> Result<(), ReadError> {
    let mut parts: Vec<String> = package.names().filter(|name| is_margin(name, folder)).map(str::to_owned).collect();
    parts.truncate(MOST_MARGINS);
    for part in parts {
        let Some(xml) = package.part(&part)? else { continue };
        let mut words = Flow::default();
        let nothing = Styles::default();
        let mut body = Body::new(&mut words, &nothing);
        if markup::walk(&xml, FORMAT, &part, &mut body).is_ok() && body.has_words() {
            flow.leave_out("head or foot of a page", 1);
        }
    }
    Ok(())
}

fn is_margin(name: &str, folder: &str) -> bool {
    let Some((before, file)) = name.rsplit_once('/') else { return false };
    before == folder && (file.starts_with("header") || file.starts_with("footer")) && file.ends_with(".xml")
}

fn part_named(package: &Package, folder: &str, files: &[&str]) -> Option<String> {
    files
        .iter()
        .map(|file| format!("{folder}/{file}"))
        .find(|wanted| package.names().any(|name| name.eq_ignore_ascii_case(wanted)))
}

/// The name of the part that holds the document, by the relations of the package.
fn main_part(package: &mut Package) -> Result<String, ReadError> {
    if package.names().any(|name| name == MAIN) {
        return Ok(MAIN.to_owned());
    }
    let mut found = Relations::default();
    if let Some(xml) = package.part("_rels/.rels")? {
        markup::walk(&xml, FORMAT, "_rels/.rels", &mut found)?;
    }
    Ok(found.document.unwrap_or_else(|| MAIN.to_owned()))
}

#[derive(Default)]
struct Relations {
    document: Option<String>,
}

impl markup::Visit for Relations {
    fn open(&mut self, name: &str, tag: &markup::Tag<'_>) {
        if name == "Relationship" && tag.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument")) {
            self.document = tag.attribute("Target").map(|target| target.trim_start_matches('/').to_owned());
        }
    }

    fn close(&mut self, _: &str) {}

    fn text(&mut self, _: &str) {}
}

#[cfg(test)]
mod tests;
