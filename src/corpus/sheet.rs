//! A table beside the transcripts: `documents.csv` or `speakers.csv`.

use std::fs;
use std::io;
use std::path::Path;

use super::decode;
use crate::diagnostic::{Diagnostic, Report, Severity};

/// The names of our own columns; an attribute cannot have one of them.
pub const RESERVED: &[&str] = &[
    "a",
    "asked",
    "b",
    "case",
    "cases",
    "code",
    "codes",
    "coding_id",
    "codings",
    "counted",
    "definition",
    "delta_p_a_given_b",
    "delta_p_b_given_a",
    "dice",
    "document",
    "documents",
    "documents_a",
    "documents_ab",
    "documents_b",
    "end_byte",
    "end_char",
    "end_sentence",
    "end_time",
    "end_token",
    "exchange",
    "exchanges",
    "expected",
    "first_start_char",
    "format",
    "g2",
    "id",
    "informant_words",
    "jaccard",
    "label",
    "level",
    "lift",
    "n",
    "n_a",
    "n_ab",
    "n_ab_distinct",
    "n_b",
    "npmi",
    "ochiai",
    "odds_ratio",
    "odds_ratio_corrected",
    "overlap_coefficient",
    "p_fisher_iid",
    "p_fisher_iid_bh",
    "path",
    "pattern",
    "patterns",
    "per_1000_words",
    "phi",
    "pmi",
    "prompted_document",
    "prompted_exchange",
    "question",
    "role",
    "segment_end_char",
    "segment_start_char",
    "sentence",
    "sentences",
    "sha256",
    "share_a_given_b",
    "share_b_given_a",
    "share_of_cases",
    "shared_codes",
    "speaker",
    "speakers",
    "start_byte",
    "start_char",
    "start_time",
    "start_token",
    "text",
    "text_sha256",
    "theme",
    "tracks",
    "turn",
    "turns",
    "unit",
    "unit_id",
    "words",
];

/// Whether an attribute cannot have this name; case is ignored, because other programs ignore it.
pub(super) fn is_reserved(name: &str) -> bool {
    RESERVED.iter().any(|reserved| reserved.eq_ignore_ascii_case(name))
}

/// The codes of the faults that every such table can have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Codes {
    pub(super) unreadable: &'static str,
    pub(super) ragged: &'static str,
    pub(super) column: &'static str,
}

/// A table as read: trimmed cells, rows as wide as the header.
#[derive(Debug)]
pub(super) struct Sheet {
    /// The path for messages.
    pub(super) path: String,
    /// The header.
    pub(super) header: Vec<String>,
    /// Line (from 1) and cells of each row.
    pub(super) rows: Vec<(u32, Vec<String>)>,
}

impl Sheet {
    /// Reads `location`, called `path` in messages; nothing without such a file, or if it cannot be used at all,
    /// which is then among `faults`.
    pub(super) fn read(
        location: &Path,
        path: &str,
        codes: Codes,
        faults: &mut Vec<Diagnostic>,
        report: &dyn Report,
    ) -> Option<Self> {
        let bytes = match fs::read(location) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(error) => {
                faults.push(fault(
                    codes.unreadable,
                    path,
                    format!("the file cannot be read: {error}"),
                    "give the user who runs qualcode the right to read it",
                ));
                return None;
            }
        };
        match decode::decode(bytes) {
            Ok(decoded) => {
                decoded.diagnostics(path).into_iter().for_each(|diagnostic| report.report(diagnostic));
                Self::parse(&decoded.text, path, codes, faults)
            }
            Err(error) => {
                faults.push(fault(
                    codes.unreadable,
                    path,
                    error.to_string(),
                    "save it as CSV in UTF-8; an Excel workbook is no CSV",
                ));
                None
            }
        }
    }

    fn parse(text: &str, path: &str, codes: Codes, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter(text))
            .from_reader(text.as_bytes());
        let mut sheet = Self { path: path.to_owned(), header: Vec::new(), rows: Vec::new() };
        let (mut line, mut counted) = (1, 0);
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    faults.push(fault(codes.unreadable, path, error.to_string(), "save it as CSV in UTF-8"));
                    return None;
                }
            };
            // The position lies before blank lines that were passed over.
            let start = record.position().map_or(counted, |position| position.byte() as usize);
            let start = text.len() - text[start..].trim_start_matches(['\n', '\r']).len();
            line += text[counted..start].matches('\n').count() as u32;
            counted = start;
            let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
            if cells.iter().all(String::is_empty) {
                continue;
            }
            if sheet.header.is_empty() {
                sheet.header = cells;
                sheet.check_header(line, codes, faults);
            } else if cells.len() != sheet.header.len() {
                let message = format!("the row has {} cells and the header {}", cells.len(), sheet.header.len());
                faults.push(
                    fault(
                        codes.ragged,
                        path,
                        message,
                        "give it a cell for every column; a cell with a comma or a quote needs quotes",
                    )
                    .at_line(line),
                );
            } else {
                sheet.rows.push((line, cells));
            }
        }
        Some(sheet)
    }

    fn check_header(&self, line: u32, codes: Codes, faults: &mut Vec<Diagnostic>) {
        for (index, name) in self.header.iter().enumerate() {
            let message = if name.is_empty() {
                format!("column {} has no name", index + 1)
            } else if self.header[..index].iter().any(|other| other.eq_ignore_ascii_case(name)) {
                format!("two columns are called \"{name}\"")
            } else {
                continue;
            };
            faults.push(fault(codes.column, &self.path, message, "give every column a name of its own").at_line(line));
        }
    }

    /// The column called `name`, ignoring case.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column.eq_ignore_ascii_case(name))
    }
}

/// A fault of a table; all of them are fatal.
pub(super) fn fault(code: &'static str, path: &str, message: impl Into<String>, mend: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Severity::Skipped, code, path, message, mend)
}

/// The delimiter that the header has most of.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in header.bytes() {
        quoted ^= byte == b'"';
        if !quoted && let Some((_, count)) = counts.iter_mut().find(|(delimiter, _)| *delimiter == byte) {
            *count += 1;
        }
    }
    // The first of equals: a header of one column has none of them.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| *delimiter)
}

/// The name of a table for messages: with one corpus folder its name alone, with several the folder's, too.
pub(super) fn shown(folders: &[std::path::PathBuf], index: usize, name: &str) -> String {
    if folders.len() == 1 { name.to_owned() } else { folders[index].join(name).to_string_lossy().replace('\\', "/") }
}

#[cfg(test)]
mod tests {
    use super::{Codes, Sheet, delimiter};

    #[test]
    fn the_delimiter_is_the_headers() {
        assert_eq!(delimiter("document,site\n"), b',');
        assert_eq!(delimiter("document;\"a,b,c\";wave\n"), b';');
        assert_eq!(delimiter("\ndocument\tsite, or place\tage\n"), b'\t');
        assert_eq!(delimiter("document\n"), b',');
    }

    #[test]
    fn rows_keep_their_lines_and_empty_rows_vanish() {
        let codes = Codes { unreadable: "X1", ragged: "X2", column: "X3" };
        let mut faults = Vec::new();
        let sheet =
            Sheet::parse("document;site\na;\"x\ny\"\n;\n\nb ; z\nc\n", "d.csv", codes, &mut faults).expect("sheet");
        let rows: Vec<(u32, Vec<&str>)> =
            sheet.rows.iter().map(|(line, cells)| (*line, cells.iter().map(String::as_str).collect())).collect();
        assert_eq!(rows, [(2, vec!["a", "x\ny"]), (6, vec!["b", "z"])]);
        assert_eq!(faults.iter().map(|fault| (fault.code, fault.line)).collect::<Vec<_>>(), [("X2", Some(7))]);
    }
}
