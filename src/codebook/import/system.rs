//! Systems of codes that people code with: no patterns, but codes within codes, descriptions, colours and sets.
//!
//! The rule: what has something below it, or cannot be coded with, becomes a theme; what can be coded with becomes a
//! code without patterns, in its own theme if it has one, else in the theme of what is above it, else in a theme named
//! after the codebook. Sets become tracks; without sets there is the one track `all`.

use std::collections::HashSet;

use super::Imported;
use super::error::ImportError;
use super::id::Ids;
use super::loss::{Loss, Place};
use super::tree::{TRACK, empty, title};
use crate::codebook::description::Description;
use crate::codebook::file::{CodeEntry, CodebookFile, ExamplesEntry, ThemeEntry, TrackEntry};

/// A code or category of the source.
#[derive(Debug, Clone, Default)]
pub(super) struct Node {
    pub(super) name: String,
    /// What it lies in; it comes before.
    pub(super) parent: Option<usize>,
    /// Whether it can be coded with.
    pub(super) codable: bool,
    pub(super) description: Description,
    /// `#rrggbb`.
    pub(super) color: Option<String>,
    /// Positions of its sets.
    pub(super) sets: Vec<usize>,
}

/// A set of codes.
#[derive(Debug, Clone, Default)]
pub(super) struct Set {
    pub(super) name: String,
    pub(super) description: Description,
}

/// All of it.
#[derive(Debug, Default)]
pub(super) struct System {
    pub(super) nodes: Vec<Node>,
    pub(super) sets: Vec<Set>,
}

impl System {
    /// The codebook. `kind` is what the source is called, `name` the name of the file.
    ///
    /// # Errors
    /// If there is no code.
    pub(super) fn into_imported(
        self,
        kind: &'static str,
        name: &str,
        mut losses: Vec<Loss>,
    ) -> Result<Imported, ImportError> {
        if !self.nodes.iter().any(|node| node.codable) {
            return Err(ImportError::Empty { kind, losses: losses.len() });
        }
        let mut file = empty(&title(name));
        file.roles = Vec::new();
        let track_ids = self.tracks(&mut file);
        let theme_ids = self.themes(&mut file);
        self.codes(&mut file, &theme_ids, &track_ids);
        losses.push(Loss::note(
            "I028",
            Place { line: None, category: "", text: "" },
            None,
            "the codes have no patterns",
            format!("a {kind} has none; nothing is found for a code until \"patterns\" of it says what evidences it"),
        ));
        Ok(Imported { file, losses })
    }

    fn tracks(&self, file: &mut CodebookFile) -> Vec<String> {
        let ids = ids(self.sets.iter().map(|set| (set.name.as_str(), "", &set.description)), "track");
        if !self.sets.is_empty() {
            let entries = self.sets.iter().zip(&ids).map(|(set, id)| TrackEntry {
                id: id.clone(),
                label: label(&set.name, id),
                definition: set.description.definition.clone(),
                source: set.description.source.clone(),
            });
            file.tracks = entries.collect();
        }
        ids
    }

    /// The id of the theme that each node became, if it did.
    fn themes(&self, file: &mut CodebookFile) -> Vec<Option<String>> {
        let mut is_theme: Vec<bool> = self.nodes.iter().map(|node| !node.codable).collect();
        for parent in self.nodes.iter().filter_map(|node| node.parent) {
            if let Some(above) = is_theme.get_mut(parent) {
                *above = true;
            }
        }
        let nodes = || self.nodes.iter().zip(&is_theme).filter(|(_, theme)| **theme).map(|(node, _)| node);
        let mut given = ids(nodes().map(|node| self.named(node, !node.codable)), "theme").into_iter();
        let mut themes: Vec<Option<String>> = Vec::with_capacity(self.nodes.len());
        for (node, is_theme) in self.nodes.iter().zip(is_theme) {
            let id = is_theme.then(|| given.next()).flatten();
            if let Some(id) = &id {
                file.themes.push(ThemeEntry {
                    id: id.clone(),
                    label: label(&node.name, id),
                    definition: node.description.definition.clone().filter(|_| !node.codable),
                    parent: node.parent.and_then(|parent| themes.get(parent).cloned().flatten()),
                });
            }
            themes.push(id);
        }
        themes
    }

    fn codes(&self, file: &mut CodebookFile, themes: &[Option<String>], tracks: &[String]) {
        let codes = || self.nodes.iter().enumerate().filter(|(_, node)| node.codable);
        let given = ids(codes().map(|(_, node)| self.named(node, true)), "code");
        let (mut top, mut loose) = (None, false);
        for ((at, node), id) in codes().zip(given) {
            let above = node.parent.and_then(|parent| themes.get(parent).cloned().flatten());
            let theme = themes.get(at).cloned().flatten().or(above);
            let theme = theme.unwrap_or_else(|| top.get_or_insert_with(|| top_theme(file)).clone());
            let mut of_code: Vec<String> = node.sets.iter().filter_map(|&set| tracks.get(set).cloned()).collect();
            if of_code.is_empty() {
                of_code.push(TRACK.to_owned());
                loose = true;
            }
            let Description { definition, include, exclude, coded, not_coded, source, memo, id: _ } =
                node.description.clone();
            let has_examples = !coded.is_empty() || !not_coded.is_empty();
            file.codes.push(CodeEntry {
                label: label(&node.name, &id),
                id,
                theme,
                tracks: of_code,
                definition,
                include,
                exclude,
                source,
                memo,
                origin: None,
                color: node.color.clone(),
                segment: None,
                patterns: Vec::new(),
                examples: has_examples.then_some(ExamplesEntry { coded, not_coded }),
            });
        }
        if loose && !tracks.is_empty() && !tracks.iter().any(|id| id == TRACK) {
            file.tracks.push(TrackEntry {
                id: TRACK.to_owned(),
                label: "In no set".to_owned(),
                definition: None,
                source: None,
            });
        }
    }

    /// Name, name above and description; the id of the description counts only where `own` is true.
    fn named<'a>(&'a self, node: &'a Node, own: bool) -> (&'a str, &'a str, &'a Description) {
        static NONE: Description = Description {
            definition: None,
            include: None,
            exclude: None,
            coded: Vec::new(),
            not_coded: Vec::new(),
            source: None,
            memo: None,
            id: None,
        };
        let above = node.parent.and_then(|parent| self.nodes.get(parent)).map_or("", |above| above.name.as_str());
        (&node.name, above, if own { &node.description } else { &NONE })
    }
}

/// An id for each name: the one of its description if that is legal and not taken.
fn ids<'a>(named: impl Iterator<Item = (&'a str, &'a str, &'a Description)>, kind: &str) -> Vec<String> {
    let named: Vec<_> = named.collect();
    let mut ids = Ids::default();
    let mut kept: HashSet<usize> = HashSet::new();
    for (at, (_, _, description)) in named.iter().enumerate() {
        if description.id.as_deref().is_some_and(|id| ids.keep(id)) {
            kept.insert(at);
        }
    }
    let give = |(at, (name, above, description)): (usize, (&str, &str, &Description))| match &description.id {
        Some(id) if kept.contains(&at) => id.clone(),
        _ => ids.give(name, above, kind),
    };
    named.into_iter().enumerate().map(give).collect()
}

fn top_theme(file: &mut CodebookFile) -> String {
    let mut ids = Ids::default();
    for theme in &file.themes {
        let _ = ids.keep(&theme.id);
    }
    let name = file.title.clone().unwrap_or_else(|| file.id.clone());
    let id = ids.give(&name, "", "theme");
    file.themes.push(ThemeEntry { id: id.clone(), label: label(&name, &id), definition: None, parent: None });
    id
}

/// The name, but for one that only tells the id apart from others: `Name (id)`.
fn label(name: &str, id: &str) -> String {
    let plain = name.strip_suffix(&format!(" ({id})")).unwrap_or(name);
    if plain.trim().is_empty() { id.to_owned() } else { plain.to_owned() }
}
