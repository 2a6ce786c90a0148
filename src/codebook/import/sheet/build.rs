//! From the rows of a table to the codebook.

use std::collections::HashMap;

use super::super::error::ImportError;
use super::super::id::Ids;
use super::super::loss::{Loss, Place};
use super::super::table::Row;
use super::super::tree::{self, title};
use super::super::{Imported, word};
use super::KIND;
use super::columns::Columns;
use super::guards;
use crate::codebook::file::{CodeEntry, CodebookFile, ExamplesEntry, QuestionEntry, ThemeEntry, TrackEntry};
use crate::pattern::{CasePolicy, ParseOptions, parse};

/// Makes the codebook.
///
/// # Errors
/// If no row holds a code, or the rows before the first code have a pattern.
pub(super) fn codebook(
    columns: &Columns,
    rows: &[Row],
    name: &str,
    losses: Vec<Loss>,
) -> Result<Imported, ImportError> {
    let mut builder = Builder::new(columns, name, losses);
    if rows.iter().any(|row| columns.cell(row, "kind").eq_ignore_ascii_case("codebook")) {
        // Rows of its own say whether the codebook has a title.
        // A table with keys of the codebook has all that are meant.
        builder.file.roles.clear();
        builder.file.title = None;
    }
    // Themes, tracks and settings first, wherever they stand: codes refer to them.
    for row in rows {
        match columns.cell(row, "kind").to_ascii_lowercase().as_str() {
            "codebook" => guards::set_key(&mut builder.file, columns, row, &mut builder.losses),
            "track" => builder.track_row(row),
            "theme" => builder.theme_row(row),
            "question" | "guide" => builder.question_row(row),
            "" | "code" | "pattern" | "example" => {}
            other => builder.lose(
                row,
                other,
                "is no kind of row, and the row is left out",
                "write code, track, theme, question or codebook, or nothing",
            ),
        }
    }
    builder.case = builder.file.case.map_or(CasePolicy::Smart, guards::case_policy);
    for row in rows {
        if matches!(columns.cell(row, "kind").to_ascii_lowercase().as_str(), "" | "code" | "pattern" | "example") {
            builder.code_row(row)?;
        }
    }
    builder.finish()
}

struct Builder<'a> {
    columns: &'a Columns,
    title: String,
    file: CodebookFile,
    case: CasePolicy,
    losses: Vec<Loss>,
    codes: Named,
    themes: Named,
    tracks: Named,
    /// Position of the code that rows without one belong to.
    current: Option<usize>,
}

/// Ids by what the table calls them.
#[derive(Default)]
struct Named {
    ids: Ids,
    /// By name and by id, in lower case: position in the list.
    places: HashMap<String, usize>,
}

impl Named {
    fn find(&self, name: &str) -> Option<usize> {
        self.places.get(&name.to_lowercase()).copied()
    }

    /// An id for something new that will stand at `place`.
    fn add(&mut self, name: &str, kind: &str, place: usize) -> String {
        let id = if self.ids.keep(name) { name.to_owned() } else { self.ids.give(name, "", kind) };
        self.places.insert(name.to_lowercase(), place);
        self.places.entry(id.to_lowercase()).or_insert(place);
        id
    }
}

impl<'a> Builder<'a> {
    fn new(columns: &'a Columns, name: &str, losses: Vec<Loss>) -> Self {
        let title = title(name);
        let mut file = tree::empty(&title);
        file.tracks.clear();
        // Unlike a dictionary, such a table is made for interviews: what codebooks leave out goes for it, too.
        file.roles.clear();
        Self {
            columns,
            title,
            file,
            case: CasePolicy::Smart,
            losses,
            codes: Named::default(),
            themes: Named::default(),
            tracks: Named::default(),
            current: None,
        }
    }

    fn lose(&mut self, row: &Row, text: &str, what: &str, why: &str) {
        let place = Place { line: Some(row.line), category: "", text };
        self.losses.push(Loss::left_out("I010", place, what, why));
    }

    fn track_row(&mut self, row: &Row) {
        let name = self.first(row, ["tracks", "code"]);
        if name.is_empty() {
            return self.lose(row, "", "is a track without an id", "write its id into the column tracks");
        }
        let id = self.tracks.add(&name, "track", self.file.tracks.len());
        self.file.tracks.push(TrackEntry {
            label: self.columns.text(row, "label").unwrap_or(name),
            id,
            definition: self.columns.text(row, "definition"),
            source: self.columns.text(row, "source"),
        });
    }

    fn theme_row(&mut self, row: &Row) {
        let name = self.first(row, ["theme", "code"]);
        if name.is_empty() {
            return self.lose(row, "", "is a theme without an id", "write its id into the column theme");
        }
        let id = self.themes.add(&name, "theme", self.file.themes.len());
        self.file.themes.push(ThemeEntry {
            label: self.columns.text(row, "label").unwrap_or(name),
            id,
            definition: self.columns.text(row, "definition"),
            parent: self.columns.text(row, "parent"),
        });
    }

    fn question_row(&mut self, row: &Row) {
        let id = self.first(row, ["questions", "code"]);
        let cues: Vec<String> = self.columns.lines(row, "cue").map(str::to_owned).collect();
        if let Some(question) = self.file.guide.iter_mut().find(|question| question.id == id || id.is_empty()) {
            question.cues.extend(cues);
            return;
        }
        self.file.guide.push(QuestionEntry {
            label: self.columns.text(row, "label").unwrap_or_else(|| id.clone()),
            id,
            group: self.columns.text(row, "group"),
            cues,
        });
    }

    /// The first of two cells that holds anything.
    fn first(&self, row: &Row, columns: [&str; 2]) -> String {
        let cell = columns.into_iter().map(|column| self.columns.cell(row, column)).find(|cell| !cell.is_empty());
        cell.unwrap_or_default().to_owned()
    }

    fn code_row(&mut self, row: &Row) -> Result<(), ImportError> {
        let name = self.columns.cell(row, "code").to_owned();
        let at = match (name.is_empty(), self.current) {
            (true, Some(at)) => at,
            (true, None) => {
                let mend = "write the name of the code into the first row of its patterns";
                return Err(ImportError::malformed(KIND, row.line, "the row stands below no code", mend));
            }
            (false, _) => match self.codes.find(&name) {
                Some(at) => at,
                None => self.add_code(row, &name),
            },
        };
        self.current = Some(at);
        self.fill(at, row);
        for example in ["example_coded", "example_not_coded"] {
            let lines: Vec<String> = self.columns.lines(row, example).map(str::to_owned).collect();
            if let (Some(code), false) = (self.file.codes.get_mut(at), lines.is_empty()) {
                let empty = || ExamplesEntry { coded: Vec::new(), not_coded: Vec::new() };
                let examples = code.examples.get_or_insert_with(empty);
                let list = if example == "example_coded" { &mut examples.coded } else { &mut examples.not_coded };
                list.extend(lines);
            }
        }
        self.add_patterns(at, row);
        Ok(())
    }

    fn add_code(&mut self, row: &Row, name: &str) -> usize {
        let at = self.file.codes.len();
        let id = self.codes.add(name, "code", at);
        let theme = self.theme(row);
        self.file.codes.push(CodeEntry {
            label: self.columns.text(row, "label").unwrap_or_else(|| name.to_owned()),
            id,
            theme,
            tracks: Vec::new(),
            definition: None,
            include: None,
            exclude: None,
            source: None,
            memo: None,
            origin: None,
            color: None,
            segment: None,
            patterns: Vec::new(),
            examples: None,
        });
        at
    }

    /// The theme of a row: its own, else that of the code before, else one for all.
    fn theme(&mut self, row: &Row) -> String {
        let cell = self.columns.cell(row, "theme").to_owned();
        let above = self.current.and_then(|at| self.file.codes.get(at)).map(|code| code.theme.clone());
        let name = match (cell.is_empty(), above) {
            (false, _) => cell,
            (true, Some(above)) => above,
            (true, None) => self.title.clone(),
        };
        if let Some(theme) = self.themes.find(&name).and_then(|at| self.file.themes.get(at)) {
            return theme.id.clone();
        }
        let id = self.themes.add(&name, "theme", self.file.themes.len());
        self.file.themes.push(ThemeEntry { id: id.clone(), label: name, definition: None, parent: None });
        id
    }

    /// The ids of the tracks that a row names; those that are new are added.
    fn track_ids(&mut self, row: &Row) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for name in self.columns.items(row, "tracks") {
            let known = self.tracks.find(name).and_then(|at| self.file.tracks.get(at)).map(|track| track.id.clone());
            let id = known.unwrap_or_else(|| {
                let id = self.tracks.add(name, "track", self.file.tracks.len());
                let track = TrackEntry { id: id.clone(), label: name.to_owned(), definition: None, source: None };
                self.file.tracks.push(track);
                id
            });
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    /// Takes over what the row says of its code; what an earlier row of the code has said otherwise is told.
    fn fill(&mut self, at: usize, row: &Row) {
        let tracks = self.track_ids(row);
        let origin = guards::origin(self.columns, row, &mut self.losses);
        let segment = guards::segment(self.columns, row, &mut self.losses);
        let color = guards::color(self.columns, row, &mut self.losses);
        let columns = self.columns;
        let Some(code) = self.file.codes.get_mut(at) else { return };
        for track in tracks {
            if !code.tracks.contains(&track) {
                code.tracks.push(track);
            }
        }
        let mut differing = Vec::new();
        for (name, place) in [
            ("definition", &mut code.definition),
            ("include", &mut code.include),
            ("exclude", &mut code.exclude),
            ("source", &mut code.source),
            ("memo", &mut code.memo),
        ] {
            match (&*place, columns.text(row, name)) {
                (None, text) => *place = text,
                (Some(before), Some(text)) if *before != text => differing.push((name, text)),
                _ => {}
            }
        }
        code.origin = code.origin.or(origin);
        code.segment = code.segment.or(segment);
        code.color = code.color.take().or(color);
        let category = code.label.clone();
        for (name, text) in differing {
            let place = Place { line: Some(row.line), category: &category, text: &text };
            let what = format!("is another {name} than in a row of the code above, and is left out");
            self.losses.push(Loss::left_out("I010", place, what, "write it in one row of the code only"));
        }
    }

    fn add_patterns(&mut self, at: usize, row: &Row) {
        let guard = guards::read(self.columns, row, &mut self.losses);
        let lines: Vec<&str> = self.columns.lines(row, "pattern").collect();
        let category = self.file.codes.get(at).map(|code| code.label.clone()).unwrap_or_default();
        for (number, text) in lines.iter().enumerate() {
            let place = Place { line: Some(row.line), category: &category, text };
            if let Err(faults) = parse(text, &ParseOptions { case: self.case, cue: false }) {
                let why = faults.first().map_or_else(String::new, |fault| format!("{}; {}", fault.message, fault.mend));
                self.losses.push(Loss::left_out("I005", place, "is no pattern, and is left out", why));
                continue;
            }
            // An id names one pattern, the first of the cell.
            let entry = guards::guarded(text, &guard, number == 0);
            if let Some(code) = self.file.codes.get_mut(at) {
                code.patterns.push(entry);
            }
        }
        if lines.is_empty() && guard.is_some() {
            let cells = word::excerpt(&row.cells.join(" "));
            self.lose(row, &cells, "has guards but no pattern", "write the pattern into the same row");
        }
    }

    fn finish(mut self) -> Result<Imported, ImportError> {
        if self.file.codes.is_empty() {
            return Err(ImportError::Empty { kind: KIND, losses: self.losses.len() });
        }
        if self.file.codes.iter().any(|code| code.tracks.is_empty()) {
            let known = self.tracks.find(tree::TRACK).and_then(|at| self.file.tracks.get(at));
            let id = known.map(|track| track.id.clone()).unwrap_or_else(|| {
                let id = self.tracks.add(tree::TRACK, "track", self.file.tracks.len());
                let track = TrackEntry { id: id.clone(), label: "All".to_owned(), definition: None, source: None };
                self.file.tracks.push(track);
                id
            });
            for code in self.file.codes.iter_mut().filter(|code| code.tracks.is_empty()) {
                code.tracks.push(id.clone());
            }
        }
        Ok(Imported { file: self.file, losses: self.losses })
    }
}
