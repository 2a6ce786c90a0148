//! Code trees of the Reproducible Open Coding Kit (`.rock`): codes in the text, `[[parent>child>grandchild]]`, and
//! trees in YAML between lines of `---`.
//!
//! ```yaml
//! ---
//! codes:
//!   - id: parent
//!     label: The parent
//!     parentId: other
//!     children:
//!       - id: child
//! ---
//! ```
//!
//! Every id is one code wherever it stands, and every code can be coded with. Ids of utterances and of class instances
//! (`[[uid=…]]`, `[[cid=…]]`, `[[caseId:1]]`) are no codes. YAML is read event by event (`saphyr-parser`), so that
//! neither depth nor aliases can make it grow.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser};

use super::error::ImportError;
use super::loss::{Loss, Place};
use super::system::{Node, System};
use super::tree::DEEPEST;
use super::{Imported, text};
use crate::codebook::description::Description;

const KIND: &str = "ROCK source";

/// Whether a code stands in double square brackets, or a tree of codes between lines of dashes.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let start = text::beginning(bytes);
    let coded =
        start.split("[[").skip(1).any(|rest| rest.split_once("]]").is_some_and(|(inside, _)| !inside.contains('\n')));
    coded || start.starts_with("---\n") && start.contains("\ncodes:")
}

/// Reads one.
///
/// # Errors
/// If there is no code in it.
pub(super) fn import(bytes: &[u8], name: &str) -> Result<Imported, ImportError> {
    let mut losses = Vec::new();
    let text = text::read(bytes, &mut losses)?;
    let mut tree = Tree { losses, ..Tree::default() };
    let mut block: Option<(u32, String)> = None;
    for (line, number) in text.lines().zip(1u32..) {
        if line.trim_end() == "---" {
            match block.take() {
                Some((start, yaml)) => tree.yaml(&yaml, start),
                None => block = Some((number, String::new())),
            }
            continue;
        }
        match &mut block {
            Some((_, yaml)) => {
                yaml.push_str(line);
                yaml.push('\n');
            }
            None if line.starts_with('#') => {}
            None => tree.line(line, number),
        }
    }
    if let Some((start, yaml)) = block {
        tree.yaml(&yaml, start);
    }
    tree.finish(name)
}

/// A code while the file is read.
#[derive(Debug, Default)]
struct Code {
    id: String,
    label: Option<String>,
    definition: Option<String>,
    parent: Option<usize>,
}

#[derive(Debug, Default)]
struct Tree {
    codes: Vec<Code>,
    by_id: HashMap<String, usize>,
    losses: Vec<Loss>,
    /// What was told once.
    told: Vec<&'static str>,
}

impl Tree {
    fn line(&mut self, line: &str, number: u32) {
        for rest in line.split("[[").skip(1) {
            let Some((inside, _)) = rest.split_once("]]") else { continue };
            let inside = inside.trim();
            if inside.contains("->") {
                self.tell(
                    "networks",
                    inside,
                    number,
                    "networks of codes have no equal; the tables of co-occurrence say which codes go together",
                );
            } else if inside.contains("||") {
                self.tell(
                    "values",
                    inside,
                    number,
                    "codes have no values; give the documents or speakers an attribute",
                );
            } else if !inside.contains(['=', ':']) && !inside.is_empty() {
                self.path(inside, number);
            }
        }
    }

    fn tell(&mut self, kind: &'static str, text: &str, line: u32, why: &str) {
        if !self.told.contains(&kind) {
            self.told.push(kind);
            let place = Place { line: Some(line), category: "", text };
            self.losses.push(Loss::left_out("I015", place, "and its like are left out", why));
        }
    }

    fn path(&mut self, path: &str, line: u32) {
        let names: Vec<&str> = path.split('>').map(str::trim).collect();
        if names.len() > DEEPEST || names.iter().any(|name| name.is_empty()) {
            let place = Place { line: Some(line), category: "", text: path };
            let why = format!("a code is a name, or up to {DEEPEST} names with > between");
            return self.losses.push(Loss::left_out("I010", place, "is left out", why));
        }
        let mut parent = None;
        for name in names {
            let at = self.code(name);
            if let Some(parent) = parent {
                self.put_below(at, parent, line);
            }
            parent = Some(at);
        }
    }

    fn code(&mut self, id: &str) -> usize {
        let next = self.codes.len();
        let at = *self.by_id.entry(id.to_owned()).or_insert(next);
        if at == next {
            self.codes.push(Code { id: id.to_owned(), ..Code::default() });
        }
        at
    }

    fn put_below(&mut self, code: usize, parent: usize, line: u32) {
        let known = self.codes.get(code).and_then(|code| code.parent);
        if known == Some(parent) {
            return;
        }
        let mut above = Some(parent);
        let mut steps = 0;
        while let Some(at) = above.filter(|&at| at != code && steps < DEEPEST) {
            above = self.codes.get(at).and_then(|code| code.parent);
            steps += 1;
        }
        if known.is_none() && above.is_none() {
            if let Some(code) = self.codes.get_mut(code) {
                code.parent = Some(parent);
            }
            return;
        }
        let name = |at: usize| self.codes.get(at).map_or("", |code| code.id.as_str());
        let place = Place { line: Some(line), category: name(parent), text: name(code) };
        let why = match known {
            Some(_) => "it lies below another code already; a code is in one theme",
            None => "it lies above that code already, or too deep",
        };
        let loss = Loss::warning("I029", place, "is not put below this code", why);
        self.losses.push(loss);
    }

    /// Reads the block of YAML below line `start`.
    fn yaml(&mut self, yaml: &str, start: u32) {
        if !yaml.lines().any(|line| line.trim_end() == "codes:") {
            return;
        }
        if let Err((line, what)) = Block::default().read(yaml, self, start) {
            let place = Place { line: Some(start + line), category: "", text: "codes:" };
            let why = format!("the YAML cannot be read ({what}); mend it here or just above");
            self.losses.push(Loss::left_out("I010", place, "is left out from here on", why));
        }
    }

    fn finish(self, name: &str) -> Result<Imported, ImportError> {
        let mut below: Vec<Vec<usize>> = vec![Vec::new(); self.codes.len()];
        for (at, code) in self.codes.iter().enumerate() {
            if let Some(below) = code.parent.and_then(|parent| below.get_mut(parent)) {
                below.push(at);
            }
        }
        let mut system = System::default();
        let roots =
            (0..self.codes.len()).rev().filter(|&at| self.codes.get(at).is_some_and(|code| code.parent.is_none()));
        let mut open: Vec<(usize, Option<usize>)> = roots.map(|at| (at, None)).collect();
        while let Some((at, parent)) = open.pop() {
            let Some(code) = self.codes.get(at) else { continue };
            let here = system.nodes.len();
            let description = Description {
                definition: code.definition.clone(),
                id: Some(code.id.clone()),
                ..Description::default()
            };
            let name = code.label.clone().unwrap_or_else(|| code.id.clone());
            system.nodes.push(Node { name, parent, codable: true, description, ..Node::default() });
            open.extend(below.get(at).into_iter().flatten().rev().map(|&child| (child, Some(here))));
        }
        system.into_imported(KIND, name, self.losses)
    }
}

/// An entry of a tree in YAML while it is read.
#[derive(Debug, Default)]
struct Entry {
    id: Option<String>,
    label: Option<String>,
    definition: Option<String>,
    parent: Option<String>,
    /// The key whose value comes next.
    key: Option<String>,
    /// Codes of `children`, which come before the entry's end.
    children: Vec<usize>,
}

/// The walk through a block: which lists and mappings are open.
#[derive(Debug, Default)]
struct Block {
    open: Vec<Open>,
}

#[derive(Debug)]
enum Open {
    Mapping(Entry),
    /// Whether it is a list of codes.
    Sequence(bool),
}

impl Block {
    fn read(mut self, yaml: &str, tree: &mut Tree, start: u32) -> Result<(), (u32, String)> {
        for event in Parser::new_from_str(yaml) {
            let (event, span) =
                event.map_err(|error| (u32::try_from(error.marker().line()).unwrap_or(0), error.info().to_owned()))?;
            let line = start + u32::try_from(span.start.line()).unwrap_or(0);
            if self.open.len() > 2 * DEEPEST {
                return Err((line - start, format!("it is nested more than {DEEPEST} deep")));
            }
            match event {
                Event::MappingStart(..) => self.open.push(Open::Mapping(Entry::default())),
                Event::SequenceStart(..) => {
                    let codes = self.key().is_some_and(|key| key == "codes" || key == "children");
                    self.open.push(Open::Sequence(codes));
                }
                Event::MappingEnd => {
                    if let Some(Open::Mapping(entry)) = self.open.pop() {
                        self.close(entry, tree, line);
                    }
                    self.taken();
                }
                Event::SequenceEnd => {
                    self.open.pop();
                    self.taken();
                }
                Event::Scalar(value, ..) => self.scalar(&value, tree),
                Event::Alias(_) => self.taken(),
                _ => {}
            }
        }
        Ok(())
    }

    /// The key of the innermost mapping whose value comes next.
    fn key(&self) -> Option<&str> {
        match self.open.last() {
            Some(Open::Mapping(entry)) => entry.key.as_deref(),
            _ => None,
        }
    }

    /// A value has come.
    fn taken(&mut self) {
        if let Some(Open::Mapping(entry)) = self.open.last_mut() {
            entry.key = None;
        }
    }

    fn scalar(&mut self, value: &str, tree: &mut Tree) {
        let in_codes = matches!(self.open.last(), Some(Open::Sequence(true)));
        if in_codes && !value.trim().is_empty() {
            // A child may be written as its id alone.
            let at = tree.code(value.trim());
            self.found(at);
            return;
        }
        let Some(Open::Mapping(entry)) = self.open.last_mut() else { return };
        let Some(key) = entry.key.take() else {
            entry.key = Some(value.to_owned());
            return;
        };
        let value = Some(value.trim().to_owned()).filter(|value| !value.is_empty() && value != "~");
        match key.as_str() {
            "id" => entry.id = value,
            "label" => entry.label = value,
            "description" | "definition" => entry.definition = value,
            "parentId" => entry.parent = value,
            _ => {}
        }
    }

    /// A code that is complete goes to the entry around it.
    fn found(&mut self, code: usize) {
        let around = self.open.iter_mut().rev().find_map(|open| match open {
            Open::Mapping(entry) => Some(entry),
            Open::Sequence(_) => None,
        });
        if let Some(entry) = around {
            entry.children.push(code);
        }
    }

    fn close(&mut self, entry: Entry, tree: &mut Tree, line: u32) {
        let is_code = matches!(self.open.last(), Some(Open::Sequence(true)));
        let Some(id) = entry.id.filter(|_| is_code) else { return };
        let at = tree.code(&id);
        if let Some(code) = tree.codes.get_mut(at) {
            code.label = entry.label.or(code.label.take());
            code.definition = entry.definition.or(code.definition.take());
        }
        for child in entry.children {
            tree.put_below(child, at, line);
        }
        if let Some(parent) = entry.parent {
            let parent = tree.code(&parent);
            tree.put_below(at, parent, line);
        }
        self.found(at);
    }
}

#[cfg(test)]
mod tests {
    use super::import;

    const FILE: &str = "---\ncodes:\n  -\n    id: more\n    label: More codes\n    parentId: parent\n    children:\n      -\n        id: m1\n      - m2\n---\n\
        Words. [[parent>child]] [[uid=1]] [[other||2]]\n# [[comment]]\nMore words. [[child]] [[child>grand]] [[x>child]] [[grand>parent]]\n";

    #[test]
    fn trees_and_codes_in_the_text_are_one() {
        let imported = import(FILE.as_bytes(), "a.rock").expect("a source");
        let file = imported.file;
        let themes: Vec<_> = file.themes.iter().map(|theme| (theme.id.as_str(), theme.parent.as_deref())).collect();
        let codes: Vec<_> = file.codes.iter().map(|code| (code.id.as_str(), code.theme.as_str())).collect();
        assert_eq!(themes, [("parent", None), ("More-codes", Some("parent")), ("child", Some("parent")), ("a", None)]);
        assert_eq!(
            codes,
            [
                ("parent", "parent"),
                ("more", "More-codes"),
                ("m1", "More-codes"),
                ("m2", "More-codes"),
                ("child", "child"),
                ("grand", "child"),
                ("x", "a")
            ]
        );
        let codes: Vec<_> = imported.losses.iter().map(|loss| loss.code).collect();
        assert_eq!(codes, ["I015", "I029", "I029", "I028"]);
    }
}
