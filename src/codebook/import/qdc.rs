//! REFI-QDA codebooks (`.qdc`) and the codebooks of REFI-QDA projects (`.qdpx`, `.qde`), as ATLAS.ti, MAXQDA, NVivo,
//! QualCoder, Taguette and others write them.
//!
//! Codes keep their names, descriptions, colours and places in one another; sets become tracks. Any namespace is
//! taken, for ATLAS.ti 9 writes one of a draft; an attribute `description` is read as the element, and empty
//! containers, which the schema forbids and some programs write, are fine. Descriptions that qualcode wrote are taken
//! apart again. Projects are opened with `zip`, of which at most 64 MB are read.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::Imported;
use super::error::ImportError;
use super::loss::{Loss, Place};
use super::system::{Node, Set, System};
use super::xml::{self, Element};
use crate::codebook::description::{self, Description};

const KIND: &str = "REFI-QDA codebook";
const MOST_BYTES: u64 = 64 << 20;

/// Whether it is XML of a codebook or project, or an archive that begins with a project.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let names_project = |name: &[u8]| name == b".qde";
    xml::begins_with(bytes, &["CodeBook", "Project"])
        || bytes.starts_with(b"PK\x03\x04") && bytes.windows(4).take(4096).any(names_project)
        || bytes.starts_with(b"PK\x03\x04") && tail(bytes).windows(4).any(names_project)
}

/// The end of an archive, where it lists its files.
fn tail(bytes: &[u8]) -> &[u8] {
    bytes.get(bytes.len().saturating_sub(64 << 10)..).unwrap_or(bytes)
}

/// Reads one.
///
/// # Errors
/// If it is no such file, is damaged, or has no codes.
pub(super) fn import(bytes: &[u8], name: &str) -> Result<Imported, ImportError> {
    let mut losses = Vec::new();
    let elements = if bytes.starts_with(b"PK\x03\x04") {
        xml::elements(&project(bytes)?, KIND, &mut losses)?
    } else {
        xml::elements(bytes, KIND, &mut losses)?
    };
    let root = elements.first().map_or("", |element| element.name.as_str());
    if !matches!(root, "CodeBook" | "Project") {
        let what = format!("its first element is <{root}>, not <CodeBook> or <Project>");
        return Err(ImportError::malformed(KIND, 1, what, "export the codebook again, as REFI-QDA codebook (.qdc)"));
    }
    let own = elements
        .first()
        .and_then(|element| element.attribute("origin"))
        .is_some_and(|origin| origin.starts_with("qualcode "));
    let mut reader = Reader { elements: &elements, own, system: System::default(), by_guid: HashMap::new(), losses };
    reader.codes();
    reader.sets();
    reader.system.into_imported(KIND, name, reader.losses)
}

/// The description of a project in its archive.
fn project(bytes: &[u8]) -> Result<Vec<u8>, ImportError> {
    let mend = "open it in the program that made it and save it again";
    let damaged = |error: &dyn std::fmt::Display| {
        ImportError::malformed(KIND, None, format!("the archive is damaged ({error})"), mend)
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let is_project = |name: &String| name.to_ascii_lowercase().ends_with(".qde") && !name.contains('/');
    let name = archive.file_names().filter_map(Result::ok).map(Cow::into_owned).find(is_project);
    let Some(name) = name else {
        return Err(ImportError::malformed(
            KIND,
            None,
            "the archive holds no project.qde",
            "export the project again, as REFI-QDA project (.qdpx)",
        ));
    };
    let file = archive.by_name(&name).map_err(|error| damaged(&error))?;
    let mut content = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut content).map_err(|error| damaged(&error))?;
    if content.len() as u64 > MOST_BYTES {
        return Err(ImportError::malformed(
            KIND,
            None,
            "its project.qde has more than 64 MB",
            "export the codebook alone, as .qdc",
        ));
    }
    Ok(content)
}

struct Reader<'a> {
    elements: &'a [Element],
    /// Whether qualcode wrote the file.
    own: bool,
    system: System,
    by_guid: HashMap<String, usize>,
    losses: Vec<Loss>,
}

impl Reader<'_> {
    fn codes(&mut self) {
        let descriptions = self.descriptions();
        let mut node_of: HashMap<usize, usize> = HashMap::new();
        for (at, element) in self.elements.iter().enumerate().filter(|(_, element)| element.name == "Code") {
            let guid = guid(element.attribute("guid").unwrap_or_default());
            let node = self.system.nodes.len();
            let name = element.attribute("name").unwrap_or_default().to_owned();
            let place = Place { line: Some(element.line), category: &name, text: "" };
            if self.by_guid.insert(guid, node).is_some() {
                self.losses.push(Loss::warning(
                    "I010",
                    place,
                    "has the GUID of another code",
                    "sets that name it may mean the other one; export the codebook again",
                ));
            }
            let color = element.attribute("color").and_then(color);
            if let (Some(written), None) = (element.attribute("color"), &color) {
                let why = format!("a colour is written #rrggbb, not {written}");
                self.losses.push(Loss::left_out("I015", place, "loses its colour", why));
            }
            node_of.insert(at, node);
            self.system.nodes.push(Node {
                parent: element.parent.and_then(|parent| node_of.get(&parent).copied()),
                codable: element.attribute("isCodable").is_none_or(|codable| !matches!(codable.trim(), "false" | "0")),
                description: descriptions.get(&at).cloned().unwrap_or_default(),
                color,
                sets: Vec::new(),
                name,
            });
        }
    }

    fn sets(&mut self) {
        let descriptions = self.descriptions();
        let mut set_of: HashMap<usize, usize> = HashMap::new();
        for (at, element) in self.elements.iter().enumerate() {
            // The sets of a project may hold sources too; only those of codes are tracks.
            let holds_codes = |at: usize| {
                let inside = |other: &&Element| other.parent == Some(at);
                self.elements
                    .iter()
                    .skip(at + 1)
                    .take_while(|other| other.parent.is_some_and(|above| above >= at))
                    .filter(inside)
                    .any(|other| other.name == "MemberCode")
                    || self.elements.first().is_some_and(|root| root.name == "CodeBook")
            };
            if element.name == "Set" && holds_codes(at) {
                set_of.insert(at, self.system.sets.len());
                let description = descriptions.get(&at).cloned().unwrap_or_default();
                let name = element.attribute("name").unwrap_or_default().to_owned();
                self.system.sets.push(Set { name, description });
            }
            let set = element.parent.and_then(|parent| set_of.get(&parent).copied());
            if let (Some(set), "MemberCode") = (set, element.name.as_str()) {
                self.member(element, set);
            }
        }
    }

    fn member(&mut self, element: &Element, set: usize) {
        let written = element.attribute("guid").or_else(|| element.attribute("targetGUID")).unwrap_or_default();
        let name = self.system.sets.get(set).map_or("", |set| set.name.as_str()).to_owned();
        let place = Place { line: Some(element.line), category: &name, text: written };
        let node = self.by_guid.get(&guid(written)).and_then(|&node| self.system.nodes.get_mut(node));
        match node {
            Some(node) if node.codable => {
                if !node.sets.contains(&set) {
                    node.sets.push(set);
                }
            }
            Some(_) => self.losses.push(Loss::left_out(
                "I026",
                place,
                "is not carried over as a member of the set",
                "it cannot be coded with, so it became a theme; a track has codes. Add the track to its codes",
            )),
            None => self.losses.push(Loss::left_out(
                "I026",
                place,
                "is no code of the file",
                "the set names it; export the codebook again",
            )),
        }
    }

    /// The descriptions of codes and sets, by the element that has them.
    fn descriptions(&self) -> HashMap<usize, Description> {
        let mut found = HashMap::new();
        let mut add = |at: usize, text: &str| {
            let description = if self.own {
                description::split(text)
            } else {
                let definition = Some(text.to_owned()).filter(|text| !text.trim().is_empty());
                Description { definition, ..Description::default() }
            };
            found.insert(at, description);
        };
        for (at, element) in self.elements.iter().enumerate() {
            if let Some(text) = element.attribute("description") {
                add(at, text);
            }
            if let (Some(parent), "Description") = (element.parent, element.name.as_str()) {
                add(parent, &element.text);
            }
        }
        found
    }
}

/// A GUID for comparing: small letters, without braces.
fn guid(text: &str) -> String {
    text.trim().trim_start_matches('{').trim_end_matches('}').to_ascii_lowercase()
}

/// `#rrggbb` of that or of `#rgb`.
fn color(text: &str) -> Option<String> {
    let digits = text.trim().strip_prefix('#').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    match digits.len() {
        6 => Some(format!("#{digits}")),
        3 => Some(digits.chars().fold("#".to_owned(), |color, digit| format!("{color}{digit}{digit}"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::import;

    const FILE: &str = r##"<?xml version="1.0"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>
        <Code guid="{A}" name="Talk" isCodable="false"><Description>About talk</Description>
          <Code guid="B" name="Asking" isCodable="true" color="#4a7"><Description>Asks &amp; waits</Description>
            <Code guid="C" name="Asking twice" isCodable="true"/></Code></Code>
        <Code guid="D" name="Alone" isCodable="true"/></Codes>
        <Sets><Set guid="E" name="Micro"><MemberCode guid="b"/><MemberCode guid="A"/><MemberCode guid="F"/></Set></Sets></CodeBook>"##;

    #[test]
    fn codes_themes_and_sets_are_read() {
        let imported = import(FILE.as_bytes(), "My codes.qdc").expect("a codebook");
        let file = imported.file;
        let themes: Vec<_> = file.themes.iter().map(|theme| (theme.id.as_str(), theme.parent.as_deref())).collect();
        assert_eq!(themes, [("Talk", None), ("Asking", Some("Talk")), ("My-codes", None)]);
        let codes: Vec<_> =
            file.codes.iter().map(|code| (code.id.as_str(), code.theme.as_str(), code.tracks.join(" "))).collect();
        assert_eq!(
            codes,
            [
                ("Asking", "Asking", "Micro".to_owned()),
                ("Asking-twice", "Asking", "all".to_owned()),
                ("Alone", "My-codes", "all".to_owned())
            ]
        );
        assert_eq!(file.codes[0].definition.as_deref(), Some("Asks & waits"));
        assert_eq!(file.codes[0].color.as_deref(), Some("#44aa77"));
        let codes: Vec<_> = imported.losses.iter().map(|loss| loss.code).collect();
        assert_eq!(codes, ["I026", "I026", "I028"]);
    }
}
