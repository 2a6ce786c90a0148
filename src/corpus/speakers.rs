//! `speakers.csv`: who the labels are.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use icu_normalizer::ComposingNormalizerBorrowed;

use super::attribute::{AttributeColumn, AttributeType};
use super::discover::SPEAKERS;
use super::documents::{self, DocumentEntry};
use super::role::{Role, folded};
use super::same_as::{self, cleaned};
use super::sheet::{self, Codes, Sheet, fault};
use crate::diagnostic::{Diagnostic, Report};

const NFC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfc();
const CODES: Codes = Codes { unreadable: "S001", ragged: "S003", column: "S006" };

/// One row of `speakers.csv`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpeakerRow {
    /// The role, if one is given.
    pub role: Option<Role>,
    /// The person, if one is given.
    pub case: Option<String>,
    /// A value for each of [`Speakers::columns`].
    pub attributes: Vec<Option<String>>,
    /// The label that it counts as, if it is another name of somebody.
    #[serde(default)]
    pub same_as: Option<String>,
}

/// Who a label stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Who<'a> {
    /// The name in the tables: the label, or the one that it counts as.
    pub name: &'a str,
    /// The row of that name.
    pub row: Option<&'a SpeakerRow>,
}

/// What `speakers.csv` says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speakers {
    columns: Vec<AttributeColumn>,
    /// Rows for all documents of a corpus folder, by its position.
    pub(super) by_folder: Vec<Labels>,
    pub(super) by_document: BTreeMap<String, Labels>,
    /// The folder of each document that is not in the first.
    folders: BTreeMap<String, Option<usize>>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Labels {
    pub(super) exact: BTreeMap<String, SpeakerRow>,
    /// The label, by its folded form.
    folded: BTreeMap<String, String>,
}

impl Labels {
    pub(super) fn get(&self, label: &str) -> Option<(&str, &SpeakerRow)> {
        let found = self.exact.get_key_value(label);
        let (label, row) = found.or_else(|| self.exact.get_key_value(self.folded.get(&folded(label))?))?;
        Some((label, row))
    }

    pub(super) fn insert(&mut self, label: String, row: SpeakerRow) {
        self.folded.entry(folded(&label)).or_insert_with(|| label.clone());
        self.exact.insert(label, row);
    }
}

impl Speakers {
    /// The attributes of speakers.
    pub fn columns(&self) -> &[AttributeColumn] {
        &self.columns
    }

    /// The row of the speaker `label` in `document`. A row for that document goes before a row for all documents of
    /// its corpus folder; a label in the same case goes before one that differs in case only. White space, emphasis
    /// and a colon at the ends of a label do not count.
    pub fn lookup(&self, document: &str, label: &str) -> Option<&SpeakerRow> {
        self.find(document, label).map(|(_, row)| row)
    }

    /// Who `label` stands for in `document`: the label itself, or the one that its row says it is the same as.
    pub fn who<'a>(&'a self, document: &str, label: &'a str) -> Who<'a> {
        let Some((_, mut row)) = self.find(document, label) else { return Who { name: label, row: None } };
        let mut name = label;
        // No row comes twice, since a circle of names is a fault.
        while let Some((next, target)) = row.same_as.as_deref().and_then(|same| self.written_so(document, same)) {
            (name, row) = (next, target);
        }
        Who { name, row: Some(row) }
    }

    /// The label as the table has it, and its row.
    fn find(&self, document: &str, label: &str) -> Option<(&str, &SpeakerRow)> {
        let label = cleaned(&NFC.normalize(label)).into_owned();
        let folder = || self.by_folder.get(self.folder_of(document)?);
        let own = self.by_document.get(document).and_then(|labels| labels.get(&label));
        own.or_else(|| folder()?.get(&label))
    }

    /// The row of a label as the table has it.
    fn written_so(&self, document: &str, label: &str) -> Option<(&str, &SpeakerRow)> {
        let folder = || self.by_folder.get(self.folder_of(document)?);
        let own = self.by_document.get(document).and_then(|labels| labels.exact.get_key_value(label));
        let (label, row) = own.or_else(|| folder()?.exact.get_key_value(label))?;
        Some((label, row))
    }

    /// The corpus folder of a document, by its position; none for a transcript given by itself.
    pub(super) fn folder_of(&self, document: &str) -> Option<usize> {
        self.folders.get(document).copied().unwrap_or(Some(0))
    }

    /// The value of one attribute of a row.
    pub fn value<'a>(&self, row: &'a SpeakerRow, column: &str) -> Option<&'a str> {
        let index = self.columns.iter().position(|known| known.name == column)?;
        row.attributes.get(index)?.as_deref()
    }
}

/// Reads every `speakers.csv`; what cannot be used is added to `faults`.
pub(super) fn gather(
    folders: &[PathBuf],
    documents: &[DocumentEntry<'_>],
    faults: &mut Vec<Diagnostic>,
    report: &dyn Report,
) -> Speakers {
    let known: HashMap<&str, ()> = documents.iter().map(|entry| (entry.id, ())).collect();
    let elsewhere = documents.iter().filter(|entry| entry.folder != Some(0));
    let speakers = Speakers {
        by_folder: vec![Labels::default(); folders.len()],
        folders: elsewhere.map(|entry| (entry.id.to_owned(), entry.folder)).collect(),
        ..Speakers::default()
    };
    let mut gathered = Gathered { known, speakers, folder: 0, names: Vec::new(), lines: HashMap::new() };
    for (index, folder) in folders.iter().enumerate() {
        gathered.folder = index;
        let path = sheet::shown(folders, index, SPEAKERS);
        if let Some(sheet) = Sheet::read(&folder.join(SPEAKERS), &path, CODES, faults, report) {
            gathered.sheet(&sheet, faults, report);
        }
    }
    gathered.finish(faults)
}

struct Gathered<'a> {
    known: HashMap<&'a str, ()>,
    speakers: Speakers,
    /// Position of the corpus folder whose table is read.
    folder: usize,
    names: Vec<String>,
    lines: HashMap<Place, Line>,
}

/// A row by what it is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Place {
    /// Position of the corpus folder; 0 for a row that is narrowed to a document.
    pub(super) folder: usize,
    /// The document that it is narrowed to; empty: all.
    pub(super) document: String,
    /// The label, cleaned.
    pub(super) label: String,
}

/// Where a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) path: String,
    pub(super) line: u32,
    /// The label as written.
    pub(super) written: String,
}

fn says_nothing(row: &SpeakerRow) -> bool {
    let SpeakerRow { role, case, attributes, same_as } = row;
    role.is_none() && case.is_none() && same_as.is_none() && attributes.iter().all(Option::is_none)
}

impl Gathered<'_> {
    fn sheet(&mut self, sheet: &Sheet, faults: &mut Vec<Diagnostic>, report: &dyn Report) {
        let Some(speaker) = sheet.column("speaker") else {
            faults.push(
                fault(
                    "S002",
                    &sheet.path,
                    "there is no column `speaker`",
                    "name the column with the labels of the transcripts `speaker`",
                )
                .at_line(1),
            );
            return;
        };
        let own = [
            Some(speaker),
            sheet.column("role"),
            sheet.column("case"),
            sheet.column("document"),
            sheet.column("same_as"),
        ];
        let [_, role, case, document, same_as] = own;
        let mut columns = Vec::new();
        for (index, name) in sheet.header.iter().enumerate().filter(|(index, _)| !own.contains(&Some(*index))) {
            if sheet::is_reserved(name) {
                let message = format!("\"{name}\" is the name of a column of qualcode's own");
                faults.push(fault("S005", &sheet.path, message, "give the column another name").at_line(1));
            }
            columns.push((index, self.column(name)));
        }
        for (line, cells) in &sheet.rows {
            let cell =
                |column: Option<usize>| column.map(|column| cells[column].as_str()).filter(|cell| !cell.is_empty());
            let Some(label) = cell(Some(speaker)) else {
                faults.push(
                    fault(
                        "S008",
                        &sheet.path,
                        "the row names no speaker",
                        "put the label of the transcripts into `speaker`",
                    )
                    .at_line(*line),
                );
                continue;
            };
            let label = NFC.normalize(label).into_owned();
            let same_as = cell(same_as).map(|name| cleaned(&NFC.normalize(name)).into_owned());
            let document = NFC.normalize(cell(document).unwrap_or("")).into_owned();
            if !document.is_empty() && !self.known.contains_key(document.as_str()) {
                report.report(documents::absent("S009", &sheet.path, &document, &self.known).at_line(*line));
                continue;
            }
            let mut row = SpeakerRow {
                role: None,
                case: cell(case).map(str::to_owned),
                attributes: vec![None; self.names.len()],
                same_as: same_as.filter(|name| *name != cleaned(&label)),
            };
            if let Some(name) = cell(role) {
                row.role = Role::parse(&name.to_lowercase());
                if row.role.is_none() {
                    let message = format!("\"{name}\" is no role");
                    faults.push(
                        fault(
                            "S004",
                            &sheet.path,
                            message,
                            "write interviewer, informant or other, or leave the cell empty",
                        )
                        .at_line(*line),
                    );
                }
            }
            for (index, column) in &columns {
                row.attributes[*column] = cell(Some(*index)).map(str::to_owned);
            }
            self.put(&sheet.path, *line, document, label, row, faults);
        }
    }

    /// Adds a row. `**Anna**` and `Anna:` are written otherwise and are the label `Anna`: such a row may be there
    /// beside Anna's own if it says nothing else.
    fn put(
        &mut self,
        path: &str,
        line: u32,
        document: String,
        written: String,
        row: SpeakerRow,
        faults: &mut Vec<Diagnostic>,
    ) {
        let label = cleaned(&written).into_owned();
        let folder = if document.is_empty() { self.folder } else { 0 };
        let place = Place { folder, document, label };
        let known = self.lines.get(&place);
        let labels = if place.document.is_empty() {
            &mut self.speakers.by_folder[self.folder]
        } else {
            self.speakers.by_document.entry(place.document.clone()).or_default()
        };
        if let (Some(known), Some(there)) = (known, labels.exact.get(&place.label)) {
            let spelled = known.written != written;
            if spelled && says_nothing(&row) {
                return;
            }
            if !(spelled && says_nothing(there)) {
                let scope = match place.document.as_str() {
                    "" => String::new(),
                    document => format!(" in document \"{document}\""),
                };
                let Line { path: path_before, line: line_before, .. } = known;
                let message =
                    format!("speaker \"{}\"{scope} has a row already, {path_before}:{line_before}", place.label);
                faults.push(fault("S007", path, message, "keep one of the rows").at_line(line));
                return;
            }
        }
        labels.insert(place.label.clone(), row);
        self.lines.insert(place, Line { path: path.to_owned(), line, written });
    }

    fn column(&mut self, name: &str) -> usize {
        let name = NFC.normalize(name);
        self.names.iter().position(|known| known.to_lowercase() == name.to_lowercase()).unwrap_or_else(|| {
            self.names.push(name.into_owned());
            self.names.len() - 1
        })
    }

    fn finish(mut self, faults: &mut Vec<Diagnostic>) -> Speakers {
        let width = self.names.len();
        let all = self.speakers.by_folder.iter_mut().chain(self.speakers.by_document.values_mut());
        all.flat_map(|labels| labels.exact.values_mut()).for_each(|row| row.attributes.resize(width, None));
        same_as::settle(&mut self.speakers, &mut self.lines, &self.names, faults);
        let rows: Vec<&SpeakerRow> = self
            .speakers
            .by_folder
            .iter()
            .chain(self.speakers.by_document.values())
            .flat_map(|labels| labels.exact.values())
            .collect();
        let columns = self.names.into_iter().enumerate().map(|(index, name)| {
            let values = rows.iter().filter_map(|row| row.attributes[index].as_deref());
            AttributeColumn { name, kind: AttributeType::infer(values) }
        });
        self.speakers.columns = columns.collect();
        self.speakers
    }
}
