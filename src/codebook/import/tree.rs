//! Categories within categories, and the codebook that they become.
//!
//! The rule: a category that has categories below it becomes a theme, within the theme of the category above it; a
//! category that has words becomes a code, in the theme of the category above it. A category with both becomes a
//! theme, and in it a code of the same name. Codes at the top stand in a theme named after the codebook. Categories
//! of one name below the same category are one.

use std::collections::{BTreeMap, HashMap};

use super::Imported;
use super::error::ImportError;
use super::id::{Ids, plain};
use super::loss::{Loss, Place};
use crate::codebook::file::{
    CaseEntry, CodeEntry, CodebookFile, GuardedPattern, PatternEntry, RoleEntry, ThemeEntry, TrackEntry,
};

/// Most levels of categories.
pub(super) const DEEPEST: usize = 100;

/// Most categories: what is read goes through checks that hold each against each.
const MOST: usize = 20_000;

/// A category of the source.
#[derive(Debug, Clone, Default)]
pub(super) struct Category {
    /// Its name as in the source.
    pub(super) name: String,
    /// The category above; it was added before.
    pub(super) parent: Option<usize>,
    /// Line in the source, from 1.
    pub(super) line: Option<u32>,
    pub(super) definition: Option<String>,
    pub(super) memo: Option<String>,
    /// `#rrggbb`.
    pub(super) color: Option<String>,
    /// Each once.
    pub(super) patterns: Vec<PatternEntry>,
    children: usize,
}

/// What becomes of a category at the bottom that has no words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wordless {
    /// It is left out, and that is told: for dictionaries, where it can find nothing.
    LeftOut,
    /// It becomes a code without patterns, for people to code with.
    Code,
}

/// The settings of the codebook that is made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Settings<'a> {
    /// What the source is called in messages: "LIWC dictionary".
    pub(super) kind: &'static str,
    /// The name of the file, with its ending.
    pub(super) name: &'a str,
    pub(super) case: CaseEntry,
    pub(super) wordless: Wordless,
}

/// The categories of a source.
#[derive(Debug, Default)]
pub(super) struct Forest {
    categories: Vec<Category>,
    by_name: HashMap<(Option<usize>, String), usize>,
}

impl Forest {
    /// The category of that name below `parent`, added unless it is there.
    pub(super) fn add(&mut self, parent: Option<usize>, name: &str, line: Option<u32>) -> usize {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let next = self.categories.len();
        let at = *self.by_name.entry((parent, name.clone())).or_insert(next);
        if at == next {
            if let Some(above) = parent.and_then(|parent| self.categories.get_mut(parent)) {
                above.children += 1;
            }
            self.categories.push(Category { name, parent, line, ..Category::default() });
        }
        at
    }

    /// A category that was added.
    pub(super) fn get_mut(&mut self, at: usize) -> Option<&mut Category> {
        self.categories.get_mut(at)
    }

    /// Adds a pattern to a category, with a note on it if there is one. Of the same pattern without a note, one is
    /// kept in the end.
    pub(super) fn add_pattern(&mut self, at: usize, pattern: String, memo: Option<&str>) {
        let Some(category) = self.categories.get_mut(at) else { return };
        category.patterns.push(match memo {
            None => PatternEntry::Text(pattern),
            Some(memo) => PatternEntry::Guarded(GuardedPattern {
                id: None,
                matches: pattern,
                roles: Vec::new(),
                questions: Vec::new(),
                attributes: BTreeMap::new(),
                memo: Some(memo.to_owned()),
            }),
        });
    }

    /// The names of a category and of those above it, from the top: `Economy > State`.
    pub(super) fn path(&self, at: usize) -> String {
        let mut names: Vec<&str> = Vec::new();
        let mut next = self.categories.get(at);
        while let Some(category) = next {
            names.push(&category.name);
            next = category.parent.and_then(|parent| self.categories.get(parent));
        }
        names.reverse();
        names.join(" > ")
    }

    /// Whether there is a category.
    pub(super) fn is_empty(&self) -> bool {
        self.categories.is_empty()
    }

    /// The codebook of these categories.
    ///
    /// # Errors
    /// If there is no code, or there are too many categories.
    pub(super) fn into_imported(
        mut self,
        settings: Settings<'_>,
        mut losses: Vec<Loss>,
    ) -> Result<Imported, ImportError> {
        if self.categories.len() > MOST {
            let what = format!("it has {} categories; at most {MOST} can be read", self.categories.len());
            return Err(ImportError::malformed(settings.kind, None, what, "make several files of it"));
        }
        for category in &mut self.categories {
            let mut seen = std::collections::HashSet::new();
            category.patterns.retain(|pattern| match pattern {
                PatternEntry::Text(text) => seen.insert(text.clone()),
                PatternEntry::Guarded(_) => true,
            });
        }
        let mut draft = Draft::new(settings.name);
        let mut themes: Vec<Option<String>> = Vec::with_capacity(self.categories.len());
        for (at, category) in self.categories.iter().enumerate() {
            let above = category.parent.and_then(|parent| self.categories.get(parent));
            let above_name = above.map_or("", |above| above.name.as_str());
            let parent_theme = category.parent.and_then(|parent| themes.get(parent).cloned().flatten());
            let theme = (category.children > 0).then(|| draft.theme(category, above_name, parent_theme.clone()));
            themes.push(theme.clone());
            let keep = settings.wordless == Wordless::Code && category.children == 0;
            if !category.patterns.is_empty() || keep {
                let theme = theme.or(parent_theme);
                draft.code(category, above_name, theme);
            } else if category.children == 0 {
                let path = self.path(at);
                let place = Place { line: category.line, category: &path, text: "" };
                losses.push(Loss::left_out(
                    "I006",
                    place,
                    "has no words that could be carried over, so there is no code for it",
                    "give it words, or leave it out of the source",
                ));
            }
        }
        let Some(file) = draft.finish(settings) else {
            return Err(ImportError::Empty { kind: settings.kind, losses: losses.len() });
        };
        Ok(Imported { file, losses })
    }
}

/// The codebook while it is made.
struct Draft {
    title: String,
    theme_ids: Ids,
    code_ids: Ids,
    themes: Vec<ThemeEntry>,
    codes: Vec<CodeEntry>,
    /// The theme of codes that lie below none.
    top: Option<String>,
}

impl Draft {
    fn new(name: &str) -> Self {
        Self {
            title: title(name),
            theme_ids: Ids::default(),
            code_ids: Ids::default(),
            themes: Vec::new(),
            codes: Vec::new(),
            top: None,
        }
    }

    fn theme(&mut self, category: &Category, above: &str, parent: Option<String>) -> String {
        let id = self.theme_ids.give(&category.name, above, "theme");
        self.themes.push(ThemeEntry {
            id: id.clone(),
            label: label(&category.name, &id),
            definition: category.definition.clone(),
            parent,
        });
        id
    }

    fn code(&mut self, category: &Category, above: &str, theme: Option<String>) {
        let theme = theme.unwrap_or_else(|| self.top_theme());
        let id = self.code_ids.give(&category.name, above, "code");
        self.codes.push(CodeEntry {
            label: label(&category.name, &id),
            id,
            theme,
            tracks: vec![TRACK.to_owned()],
            definition: category.definition.clone(),
            include: None,
            exclude: None,
            source: None,
            memo: category.memo.clone(),
            origin: None,
            color: category.color.clone(),
            segment: None,
            patterns: category.patterns.clone(),
            examples: None,
        });
    }

    fn top_theme(&mut self) -> String {
        if let Some(top) = &self.top {
            return top.clone();
        }
        let id = self.theme_ids.give(&self.title, "", "theme");
        let theme = ThemeEntry { id: id.clone(), label: label(&self.title, &id), definition: None, parent: None };
        self.themes.push(theme);
        self.top = Some(id.clone());
        id
    }

    fn finish(self, settings: Settings<'_>) -> Option<CodebookFile> {
        if self.codes.is_empty() {
            return None;
        }
        let mut file = empty(&self.title);
        file.case = Some(settings.case);
        file.themes = self.themes;
        file.codes = self.codes;
        Some(file)
    }
}

/// The track of codes whose source knows no tracks.
pub(super) const TRACK: &str = "all";

/// A codebook without themes and codes, with that title, counting in every role.
pub(super) fn empty(title: &str) -> CodebookFile {
    let id = match plain(title) {
        id if id.is_empty() => "imported".to_owned(),
        id => id,
    };
    CodebookFile {
        schema: None,
        format: 1,
        title: Some(label(title, &id)),
        id,
        version: None,
        language: "en".to_owned(),
        case: None,
        references: Vec::new(),
        memo: None,
        roles: vec![RoleEntry::Informant, RoleEntry::Interviewer, RoleEntry::Other],
        interviewers: Vec::new(),
        backchannels: Vec::new(),
        tracks: vec![TrackEntry { id: TRACK.to_owned(), label: "All".to_owned(), definition: None, source: None }],
        themes: Vec::new(),
        guide: Vec::new(),
        codes: Vec::new(),
    }
}

/// The name of a file without its ending.
pub(super) fn title(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem.to_owned(),
        _ => name.to_owned(),
    }
}

fn label(name: &str, id: &str) -> String {
    if name.trim().is_empty() { id.to_owned() } else { name.to_owned() }
}
