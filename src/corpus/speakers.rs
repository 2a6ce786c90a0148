//! `speakers.csv`: who the labels are.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use icu_normalizer::ComposingNormalizerBorrowed;

use super::attribute::{AttributeColumn, AttributeType};
use super::discover::SPEAKERS;
use super::documents::{self, DocumentEntry};
use super::role::{Role, folded};
use super::sheet::{self, Codes, Sheet, fault};
use crate::diagnostic::{Diagnostic, Report, Severity};

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
}

/// What `speakers.csv` says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speakers {
    columns: Vec<AttributeColumn>,
    /// Rows for all documents of a corpus folder, by its position.
    by_folder: Vec<Labels>,
    by_document: BTreeMap<String, Labels>,
    /// The folder of each document that is not in the first.
    folders: BTreeMap<String, Option<usize>>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Labels {
    exact: BTreeMap<String, SpeakerRow>,
    /// The label, by its folded form.
    folded: BTreeMap<String, String>,
}

impl Labels {
    fn get(&self, label: &str) -> Option<&SpeakerRow> {
        self.exact.get(label).or_else(|| self.exact.get(self.folded.get(&folded(label))?))
    }
}

impl Speakers {
    /// The attributes of speakers.
    pub fn columns(&self) -> &[AttributeColumn] {
        &self.columns
    }

    /// The row of the speaker `label` in `document`. A row for that document goes before a row for all documents of
    /// its corpus folder; a label in
    /// the same case goes before one that differs in case only.
    pub fn lookup(&self, document: &str, label: &str) -> Option<&SpeakerRow> {
        let label = NFC.normalize(label.trim());
        let folder = || self.by_folder.get(self.folders.get(document).copied().unwrap_or(Some(0))?);
        let own = self.by_document.get(document).and_then(|labels| labels.get(&label));
        own.or_else(|| folder()?.get(&label))
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
    gathered.finish()
}

struct Gathered<'a> {
    known: HashMap<&'a str, ()>,
    speakers: Speakers,
    /// Position of the corpus folder whose table is read.
    folder: usize,
    names: Vec<String>,
    /// Where the row of a folder, document (empty: all) and label is.
    lines: HashMap<(usize, String, String), (String, u32)>,
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
        if same_as.is_some() {
            let mend = "give the labels of one person the same `case`";
            report.report(
                Diagnostic::new(Severity::Warning, "S010", &sheet.path, "the column `same_as` is not used yet", mend)
                    .at_line(1),
            );
        }
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
            let document = NFC.normalize(cell(document).unwrap_or("")).into_owned();
            if !document.is_empty() && !self.known.contains_key(document.as_str()) {
                report.report(documents::absent("S009", &sheet.path, &document, &self.known).at_line(*line));
                continue;
            }
            let mut row = SpeakerRow {
                role: None,
                case: cell(case).map(str::to_owned),
                attributes: vec![None; self.names.len()],
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

    fn put(
        &mut self,
        path: &str,
        line: u32,
        document: String,
        label: String,
        row: SpeakerRow,
        faults: &mut Vec<Diagnostic>,
    ) {
        let place = (path.to_owned(), line);
        if let Some((path_before, line_before)) =
            self.lines.insert((self.folder, document.clone(), label.clone()), place)
        {
            let scope = if document.is_empty() { String::new() } else { format!(" in document \"{document}\"") };
            let message = format!("speaker \"{label}\"{scope} has a row already, {path_before}:{line_before}");
            faults.push(fault("S007", path, message, "keep one of the rows").at_line(line));
            return;
        }
        let labels = if document.is_empty() {
            &mut self.speakers.by_folder[self.folder]
        } else {
            self.speakers.by_document.entry(document).or_default()
        };
        labels.folded.entry(folded(&label)).or_insert_with(|| label.clone());
        labels.exact.insert(label, row);
    }

    fn column(&mut self, name: &str) -> usize {
        let name = NFC.normalize(name);
        self.names.iter().position(|known| known.to_lowercase() == name.to_lowercase()).unwrap_or_else(|| {
            self.names.push(name.into_owned());
            self.names.len() - 1
        })
    }

    fn finish(mut self) -> Speakers {
        let width = self.names.len();
        let all = self.speakers.by_folder.iter_mut().chain(self.speakers.by_document.values_mut());
        all.flat_map(|labels| labels.exact.values_mut()).for_each(|row| row.attributes.resize(width, None));
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
