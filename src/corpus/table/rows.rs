//! Rows of a table to the documents that they are turns of.

use std::borrow::Cow;
use std::collections::HashMap;

use icu_normalizer::ComposingNormalizerBorrowed;

use super::super::options::ColumnNames;
use super::super::read::ReadError;
use super::super::rendered::Rendered;
use super::super::utterance::{self, Utterance};
use super::clock;
use super::columns::{Columns, TimeColumn};
use super::{Part, Table};
use crate::diagnostic::{Diagnostic, Severity};

const NFC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfc();

/// Rows among which the header may be; a title and remarks may stand above it.
const HEADER_WITHIN: usize = 10;
/// Bytes of a table's turns at most. A workbook can refer to one long text from any number of cells.
const MOST_BYTES: usize = 1 << 29;
/// What a row costs besides its words.
const ROW_BYTES: usize = 128;
/// Columns named in a message at most, and characters of each.
const MOST_SHOWN: usize = 12;
const MOST_CHARS: usize = 40;

/// A cell that is not empty.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell<'a> {
    /// Its column, from 0.
    pub(super) at: usize,
    /// What it shows.
    pub(super) text: Cow<'a, str>,
    /// What it stands for, where it is not a text.
    pub(super) exact: Option<Exact>,
}

/// The value of a cell that shows something else, or less of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Exact {
    /// A number.
    Number(f64),
    /// A time of day or a duration, in seconds.
    Seconds(f64),
}

/// Whether more rows are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    More,
    /// The header is not where it can be.
    NoMore,
}

/// Takes the rows of a table, one by one.
#[derive(Debug)]
pub(super) struct Rows<'n> {
    names: &'n ColumnNames,
    separator: Option<&'static str>,
    header: Option<Header>,
    /// The names of the first row, for messages.
    first: Option<Vec<String>>,
    seen: usize,
    documents: Vec<(Option<String>, Vec<Utterance>)>,
    numbers: HashMap<Option<String>, usize>,
    bytes: usize,
    all_numbers: bool,
    nameless: Count,
    long: Count,
    timeless: Count,
}

#[derive(Debug)]
struct Header {
    columns: Columns,
    width: usize,
    /// The name of the document column.
    document: String,
}

/// How many rows something is wrong with, and where the first is.
#[derive(Debug, Default)]
struct Count {
    rows: usize,
    line: u32,
    example: String,
}

impl Count {
    fn add(&mut self, line: u32, example: &str) {
        if self.rows == 0 {
            self.line = line;
            self.example = shortened(example);
        }
        self.rows += 1;
    }

    fn tell(&self, code: &'static str, path: &str, what: &str, mend: &str) -> Option<Diagnostic> {
        let example = if self.example.is_empty() { String::new() } else { format!(" (\"{}\")", self.example) };
        let message = format!("{} {what}, the first of them here{example}", self.rows);
        let told = Diagnostic::new(Severity::Warning, code, path, message, mend).at_line(self.line);
        (self.rows > 0).then_some(told)
    }
}

impl<'n> Rows<'n> {
    /// An empty table. If it is text, cells beyond the header's last column are words that hold the `separator`; in a
    /// workbook they are something else.
    pub(super) fn new(names: &'n ColumnNames, separator: Option<&'static str>) -> Self {
        Self {
            names,
            separator,
            header: None,
            first: None,
            seen: 0,
            documents: Vec::new(),
            numbers: HashMap::new(),
            bytes: 0,
            all_numbers: true,
            nameless: Count::default(),
            long: Count::default(),
            timeless: Count::default(),
        }
    }

    /// Takes the cells of a row that are not empty, in order of their columns. `line` is from 1.
    ///
    /// # Errors
    /// If the table holds more words than a table can.
    pub(super) fn row(&mut self, line: u32, cells: &[Cell<'_>]) -> Result<Wanted, ReadError> {
        if cells.is_empty() {
            return Ok(Wanted::More);
        }
        let Some(header) = &self.header else { return Ok(self.try_header(cells)) };
        let columns = &header.columns;
        let cell = |at: usize| cells.binary_search_by_key(&at, |cell| cell.at).ok().map(|found| &cells[found]);
        let mut words = cell(columns.text).map_or(Cow::Borrowed(""), |cell| Cow::Borrowed(&*cell.text));
        let beyond = &cells[cells.partition_point(|cell| cell.at < header.width)..];
        if let (Some(separator), Some(first)) = (self.separator, beyond.first()) {
            self.long.add(line, &first.text);
            if columns.text + 1 == header.width {
                for cell in beyond {
                    words.to_mut().push_str(separator);
                    words.to_mut().push_str(&cell.text);
                }
            }
        }
        if words.trim().is_empty() {
            return Ok(Wanted::More);
        }
        let mut time = |column: Option<TimeColumn>| {
            let column = column?;
            let cell = cell(column.at)?;
            let seconds = match cell.exact {
                Some(Exact::Seconds(seconds)) => Some(seconds).filter(|seconds| *seconds >= 0.0),
                Some(Exact::Number(number)) if number < 0.0 => None,
                Some(Exact::Number(number)) => Some(if column.milliseconds { number / 1000.0 } else { number }),
                None => clock::seconds(&cell.text, column.milliseconds),
            };
            if seconds.is_none() && !cell.text.trim().is_empty() {
                self.timeless.add(line, &cell.text);
            }
            seconds
        };
        let (start_time, end_time) = (time(columns.start), time(columns.end));
        let label = columns.speaker.and_then(cell).map(|cell| one_line(&cell.text)).filter(|label| !label.is_empty());
        let document = columns.document.map(|at| cell(at).and_then(|cell| as_id(&cell.text)));
        if document == Some(None) {
            self.nameless.add(line, "");
        }
        self.all_numbers &= words.trim().parse::<f64>().is_ok();
        self.bytes += words.len() + ROW_BYTES;
        if self.bytes > MOST_BYTES {
            return Err(ReadError::Unsupported {
                what: format!("its turns hold more than {} MB", MOST_BYTES >> 20),
                mend: "split the table into several files",
            });
        }
        let number = *self.numbers.entry(document.flatten()).or_insert_with_key(|document| {
            self.documents.push((document.clone(), Vec::new()));
            self.documents.len() - 1
        });
        let words = words.into_owned();
        self.documents[number].1.push(Utterance { label, words, start_time, end_time });
        Ok(Wanted::More)
    }

    fn try_header(&mut self, cells: &[Cell<'_>]) -> Wanted {
        let names: Vec<(usize, String)> = cells.iter().map(|cell| (cell.at, cell.text.trim().to_owned())).collect();
        if let Some(columns) = Columns::find(&names, self.names) {
            let document = columns.document.and_then(|at| names.iter().find(|(place, _)| *place == at));
            let document = document.map(|(_, name)| name.clone()).unwrap_or_default();
            let width = names.last().map_or(0, |(at, _)| at + 1);
            self.header = Some(Header { columns, width, document });
            return Wanted::More;
        }
        self.first.get_or_insert_with(|| names.into_iter().map(|(_, name)| name).collect());
        self.seen += 1;
        if self.seen < HEADER_WITHIN { Wanted::More } else { Wanted::NoMore }
    }

    /// How many columns were found; 0 without those of a transcript.
    pub(super) fn columns_found(&self) -> usize {
        self.header.as_ref().map_or(0, |header| header.columns.count())
    }

    /// The documents of the table.
    ///
    /// # Errors
    /// If it has no header with a column of words, or no words.
    pub(super) fn finish(self, path: &str, mut diagnostics: Vec<Diagnostic>) -> Result<Table, ReadError> {
        let columns = self.first.unwrap_or_default();
        let Some(header) = self.header else {
            if columns.is_empty() {
                return Err(ReadError::Empty);
            }
            return Err(ReadError::NoColumns { columns: shown(&columns) });
        };
        if self.documents.is_empty() {
            return Err(ReadError::Empty);
        }
        if self.all_numbers && !header.columns.told {
            let columns = "that of the words holds numbers only".to_owned();
            return Err(ReadError::NoColumns { columns });
        }
        diagnostics.extend(self.nameless.tell(
            "T043",
            path,
            &format!(
                "rows name no document in the column \"{}\"; they are kept as a document of their own",
                header.document
            ),
            "fill the column in every row",
        ));
        diagnostics.extend(self.long.tell(
            "T044",
            path,
            "rows have more cells than the header",
            "put words that hold the separator into quotation marks",
        ));
        diagnostics.extend(self.timeless.tell(
            "T045",
            path,
            "times cannot be read and are left empty",
            "write seconds (12.5), hh:mm:ss, or milliseconds in a column whose name ends in ms",
        ));
        let document_column = header.columns.document.map(|_| header.document);
        let mut parts = Vec::with_capacity(self.documents.len());
        for (name, utterances) in self.documents {
            let mut rendered = Rendered::default();
            utterance::joined(utterances).iter().for_each(|turn| rendered.speech(turn));
            parts.push(Part { name, reading: rendered.finish(Vec::new())? });
        }
        Ok(Table { document_column, parts, diagnostics })
    }
}

/// A document's name as part of an id: no control characters, no empty parts between slashes and none of dots.
fn as_id(cell: &str) -> Option<String> {
    let plain: String = one_line(cell).chars().filter(|part| !part.is_control()).collect();
    let parts: Vec<&str> =
        plain.split('/').map(str::trim).filter(|part| !part.is_empty() && *part != "." && *part != "..").collect();
    let id = parts.join("/");
    (!id.is_empty()).then(|| NFC.normalize(&id).into_owned())
}

fn one_line(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shown(columns: &[String]) -> String {
    let mut shown: Vec<String> = columns.iter().take(MOST_SHOWN).map(|name| shortened(name)).collect();
    if columns.len() > MOST_SHOWN {
        shown.push(format!("and {} more", columns.len() - MOST_SHOWN));
    }
    shown.join(", ")
}

fn shortened(text: &str) -> String {
    let text = one_line(text);
    let cut: String = text.chars().take(MOST_CHARS).collect();
    if cut.len() < text.len() { cut + "…" } else { text }
}
