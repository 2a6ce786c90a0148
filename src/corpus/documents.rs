//! The attributes of documents: `documents.csv` beside the transcripts, and their front matter.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use icu_normalizer::ComposingNormalizerBorrowed;

use super::attribute::{AttributeColumn, AttributeType};
use super::discover::DOCUMENTS;
use super::sheet::{self, Codes, Sheet, fault};
use crate::diagnostic::{Diagnostic, Report, Severity};

const NFC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfc();
const CODES: Codes = Codes { unreadable: "D001", ragged: "D003", column: "D007" };

/// What is known of a document when its attributes are gathered.
#[derive(Debug, Clone, Copy)]
pub struct DocumentEntry<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its path, for messages.
    pub path: &'a str,
    /// Name, value, line (from 1), as in [`super::Transcript::front_matter`].
    pub front_matter: &'a [(String, String, u32)],
    /// Position of its corpus folder, as in [`super::SourceFile::folder`].
    pub folder: Option<usize>,
}

/// The attributes of all documents.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attributes {
    columns: Vec<AttributeColumn>,
    rows: BTreeMap<String, Vec<Option<String>>>,
}

impl Attributes {
    /// The columns: those of `documents.csv` in its order, then those of the front matter as they first appear in
    /// documents sorted by id.
    pub fn columns(&self) -> &[AttributeColumn] {
        &self.columns
    }

    /// The values of `document`, one for each column; `None` for a document without attributes.
    pub fn of(&self, document: &str) -> Option<&[Option<String>]> {
        self.rows.get(document).map(Vec::as_slice)
    }

    /// The value of one attribute of `document`.
    pub fn value(&self, document: &str, column: &str) -> Option<&str> {
        let index = self.columns.iter().position(|known| known.name == column)?;
        self.of(document)?.get(index)?.as_deref()
    }
}

/// Gathers the attributes of `documents`; what cannot be is added to `faults`.
pub(super) fn gather(
    folders: &[PathBuf],
    documents: &[DocumentEntry<'_>],
    faults: &mut Vec<Diagnostic>,
    report: &dyn Report,
) -> Attributes {
    let mut gathered = Gathered::default();
    let mut documents: Vec<_> = documents.iter().collect();
    documents.sort_by_key(|entry| entry.id);
    let known: HashMap<&str, &DocumentEntry<'_>> = documents.iter().map(|entry| (entry.id, *entry)).collect();
    for (index, folder) in folders.iter().enumerate() {
        let path = sheet::shown(folders, index, DOCUMENTS);
        if let Some(sheet) = Sheet::read(&folder.join(DOCUMENTS), &path, CODES, faults, report) {
            gathered.sheet(&sheet, &known, faults, report);
        }
    }
    for entry in documents {
        gathered.front_matter(entry, faults);
    }
    gathered.finish()
}

/// A value and where it is written.
struct Cell {
    value: String,
    path: String,
    line: u32,
}

#[derive(Default)]
struct Gathered {
    names: Vec<String>,
    /// Column by its name in lower case: other programs do not tell `Site` from `site`.
    columns: HashMap<String, usize>,
    cells: BTreeMap<String, BTreeMap<usize, Cell>>,
}

impl Gathered {
    fn column(&mut self, name: &str) -> usize {
        let name = NFC.normalize(name);
        *self.columns.entry(name.to_lowercase()).or_insert_with(|| {
            self.names.push(name.into_owned());
            self.names.len() - 1
        })
    }

    fn sheet(
        &mut self,
        sheet: &Sheet,
        known: &HashMap<&str, &DocumentEntry<'_>>,
        faults: &mut Vec<Diagnostic>,
        report: &dyn Report,
    ) {
        let path = &sheet.path;
        if sheet.header.first().is_none_or(|first| !first.eq_ignore_ascii_case("document")) {
            faults.push(
                fault(
                    "D002",
                    path,
                    "the first column must be `document`",
                    "put the documents' ids there: path below the corpus folder, without extension",
                )
                .at_line(1),
            );
            return;
        }
        let mut columns = Vec::new();
        for name in &sheet.header[1..] {
            if sheet::is_reserved(name) {
                faults.push(
                    fault(
                        "D006",
                        path,
                        format!("\"{name}\" is the name of a column of qualcode's own"),
                        "give the column another name",
                    )
                    .at_line(1),
                );
            }
            columns.push(self.column(name));
        }
        let mut lines: HashMap<&str, u32> = HashMap::new();
        for (line, cells) in &sheet.rows {
            let id = NFC.normalize(&cells[0]);
            if id.is_empty() {
                faults.push(
                    fault("D010", path, "the row names no document", "put the document's id into the first column")
                        .at_line(*line),
                );
                continue;
            }
            let Some(entry) = known.get(id.as_ref()) else {
                report.report(absent("D004", path, &id, known).at_line(*line));
                continue;
            };
            if let Some(first) = lines.insert(entry.id, *line) {
                faults.push(
                    fault(
                        "D005",
                        path,
                        format!("document \"{id}\" has a row already, line {first}"),
                        "keep one row for each document",
                    )
                    .at_line(*line),
                );
                continue;
            }
            for (column, value) in columns.iter().zip(&cells[1..]).filter(|(_, value)| !value.is_empty()) {
                self.put(entry.id, *column, Cell { value: value.clone(), path: path.clone(), line: *line }, faults);
            }
        }
    }

    fn front_matter(&mut self, entry: &DocumentEntry<'_>, faults: &mut Vec<Diagnostic>) {
        for (name, value, line) in entry.front_matter {
            if sheet::is_reserved(name) {
                let message = format!("\"{name}\" of the front matter is the name of a column of qualcode's own");
                faults.push(fault("D009", entry.path, message, "give the attribute another name").at_line(*line));
                continue;
            }
            let column = self.column(name);
            self.put(entry.id, column, Cell { value: value.clone(), path: entry.path.to_owned(), line: *line }, faults);
        }
    }

    fn put(&mut self, document: &str, column: usize, cell: Cell, faults: &mut Vec<Diagnostic>) {
        let row = self.cells.entry(document.to_owned()).or_default();
        match row.get(&column) {
            Some(other) if other.value != cell.value => {
                let message = format!(
                    "\"{}\" of document \"{document}\" is \"{}\" here and \"{}\" in {}:{}",
                    self.names[column], cell.value, other.value, other.path, other.line
                );
                faults.push(
                    fault("D008", &cell.path, message, "correct one of the two places, or remove it")
                        .at_line(cell.line),
                );
            }
            Some(_) => {}
            None => {
                row.insert(column, cell);
            }
        }
    }

    fn finish(self) -> Attributes {
        let columns = self.names.into_iter().enumerate().map(|(index, name)| {
            let values = self.cells.values().filter_map(|row| row.get(&index)).map(|cell| cell.value.as_str());
            AttributeColumn { name, kind: AttributeType::infer(values) }
        });
        let columns: Vec<_> = columns.collect();
        let rows = self
            .cells
            .into_iter()
            .map(|(id, mut row)| {
                (id, (0..columns.len()).map(|column| row.remove(&column).map(|cell| cell.value)).collect())
            })
            .collect();
        Attributes { columns, rows }
    }
}

/// The warning about a row for a document that isn't in the corpus.
pub(super) fn absent<T>(code: &'static str, path: &str, id: &str, known: &HashMap<&str, T>) -> Diagnostic {
    let plain = id.replace('\\', "/");
    let plain = plain.strip_prefix("./").unwrap_or(&plain);
    let stem = plain.rsplit_once('.').map_or(plain, |(stem, _)| stem);
    let meant = [plain, stem].into_iter().find(|meant| known.contains_key(meant)).map(str::to_owned).or_else(|| {
        known.keys().filter(|known| known.to_lowercase() == plain.to_lowercase()).min().map(|known| (*known).to_owned())
    });
    let mend = match meant {
        Some(meant) => format!("write \"{meant}\", the path below the corpus folder without extension"),
        None => {
            "correct the id, which is the path below the corpus folder without extension, or remove the row".to_owned()
        }
    };
    Diagnostic::new(
        Severity::Warning,
        code,
        path,
        format!("the corpus has no document \"{id}\"; the row is left out"),
        mend,
    )
}
