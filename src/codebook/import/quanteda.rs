//! quanteda dictionaries in YAML (`.yml`), and lists within lists of the same form, in JSON too.
//!
//! ```yaml
//! Economy:
//!   State: [tax*, "public sector"]
//!   Market:
//!     - trad*
//!     - Foreign: [import, export]
//! ```
//!
//! A word is a glob over one token, in which `*` is any run of characters and `?` one; a space parts the words of a
//! phrase. Capitals do not count. A name that stands twice is one category. The file is read event by event
//! (`saphyr-parser`), so that neither depth nor aliases can make it grow; aliases are told and left out.

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::error::ImportError;
use super::loss::{Loss, Place};
use super::tree::{DEEPEST, Forest, Settings, Wordless};
use super::word::{self, Notation};
use super::{Imported, text};
use crate::codebook::file::CaseEntry;

const KIND: &str = "dictionary in YAML";

/// Whether the file begins with a name, a colon and a list.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let start = text::beginning(bytes);
    let is_words = |line: &&str| !line.is_empty() && !line.starts_with('#') && *line != "---";
    let mut lines = start.lines().map(str::trim).filter(is_words);
    let Some((name, behind)) = lines.next().and_then(|line| line.split_once(':')) else { return false };
    let next = lines.next().unwrap_or_default();
    let opens = behind.trim_start().starts_with('[')
        || behind.trim().is_empty() && (next.starts_with("- ") || next.ends_with(':') || next.contains(": ["));
    opens && !name.trim().is_empty() && !name.contains(['{', '<', '\t'])
}

/// Whether JSON holds lists within lists and none of the keys of our codebooks.
pub(super) fn is_lists(json: &str) -> bool {
    const OURS: [&str; 6] = ["format", "id", "language", "tracks", "themes", "codes"];
    match serde_json::from_str(json) {
        Ok(serde_json::Value::Object(lists)) => {
            !lists.is_empty()
                && !OURS.iter().any(|key| lists.contains_key(*key))
                && lists.values().all(|value| value.is_array() || value.is_object() || value.is_string())
        }
        _ => false,
    }
}

/// Reads one.
///
/// # Errors
/// If it is no such dictionary or has nothing that can be carried over.
pub(super) fn import(bytes: &[u8], name: &str) -> Result<Imported, ImportError> {
    let mut losses = Vec::new();
    let text = text::read(bytes, &mut losses)?;
    let mut reader = Reader { forest: Forest::default(), open: Vec::new(), losses };
    for event in Parser::new_from_str(&text) {
        let (event, span) = event.map_err(|error| {
            let line = u32::try_from(error.marker().line()).ok();
            let mend = "mend it here or just above; names end with a colon, and lists are indented by spaces";
            ImportError::malformed(KIND, line, format!("the YAML cannot be read ({})", error.info()), mend)
        })?;
        reader.event(event, u32::try_from(span.start.line()).unwrap_or(u32::MAX))?;
    }
    let settings = Settings { kind: KIND, name, case: CaseEntry::Insensitive, wordless: Wordless::LeftOut };
    reader.forest.into_imported(settings, reader.losses)
}

struct Reader {
    forest: Forest,
    open: Vec<Open>,
    losses: Vec<Loss>,
}

/// A list or mapping that is open.
struct Open {
    /// The category that it belongs to.
    category: Option<usize>,
    is_mapping: bool,
    /// The name whose value comes next.
    name: Option<(String, u32)>,
}

impl Reader {
    fn event(&mut self, event: Event<'_>, line: u32) -> Result<(), ImportError> {
        match event {
            Event::MappingStart(..) => self.begin(true, line),
            Event::SequenceStart(..) => self.begin(false, line),
            Event::MappingEnd | Event::SequenceEnd => {
                self.open.pop();
                Ok(())
            }
            Event::Scalar(text, style, ..) => self.scalar(&text, style, line),
            Event::Alias(_) => {
                let at = self.value(line)?;
                let category = at.map(|at| self.forest.path(at)).unwrap_or_default();
                let place = Place { line: Some(line), category: &category, text: "" };
                self.losses.push(Loss::left_out(
                    "I010",
                    place,
                    "refers to another place of the file by `*`, and what stands there is left out here",
                    "write the words in both places; a word that begins with `*` goes between quotation marks",
                ));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn begin(&mut self, is_mapping: bool, line: u32) -> Result<(), ImportError> {
        if self.open.len() == DEEPEST {
            let what = format!("lists lie more than {DEEPEST} deep in one another");
            return Err(ImportError::malformed(KIND, line, what, "take out levels"));
        }
        let category = self.value(line)?;
        self.open.push(Open { category, is_mapping, name: None });
        Ok(())
    }

    /// The category of the value that comes now: one of its own below the open mapping, else that of the open list.
    fn value(&mut self, line: u32) -> Result<Option<usize>, ImportError> {
        let Some(open) = self.open.last_mut() else { return Ok(None) };
        if !open.is_mapping {
            return Ok(open.category);
        }
        let Some((name, line_of_name)) = open.name.take() else {
            let mend = "write a name, a colon, and the words behind it";
            return Err(ImportError::malformed(KIND, line, "a list stands where a name is expected", mend));
        };
        let parent = open.category;
        Ok(Some(self.forest.add(parent, &name, Some(line_of_name))))
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, line: u32) -> Result<(), ImportError> {
        if let Some(open) = self.open.last_mut()
            && open.is_mapping
            && open.name.is_none()
        {
            open.name = Some((text.to_owned(), line));
            return Ok(());
        }
        let at = self.value(line)?;
        if style == ScalarStyle::Plain && matches!(text, "" | "~" | "null") {
            return Ok(());
        }
        let Some(at) = at else {
            let mend = "write the name of a category and a colon on the line above the words";
            let what = format!("\"{}\" stands in no category", word::excerpt(text));
            return Err(ImportError::malformed(KIND, line, what, mend));
        };
        let category = self.forest.path(at);
        let place = Place { line: Some(line), category: &category, text };
        if let Some(pattern) = word::pattern(place, Notation::GLOB, &mut self.losses) {
            self.forest.add_pattern(at, pattern, None);
        }
        Ok(())
    }
}
