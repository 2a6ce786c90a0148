//! CSV and its kin: cells parted by commas, semicolons, tabs or bars.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};

use super::super::decode;
use super::super::options::ColumnNames;
use super::super::read::ReadError;
use super::Table;
use super::rows::{Cell, Rows, Wanted};
use crate::diagnostic::{Diagnostic, Severity};

const SEPARATORS: [(u8, &str); 4] = [(b',', ","), (b';', ";"), (b'\t', "\t"), (b'|', "|")];
/// Lines by which the separator is told.
const SNIFFED_LINES: usize = 20;
/// Bytes at the start of a file that tell what it is.
const HEAD: usize = 4096;

/// Reads cells parted by whatever parts them; commas if that cannot be told.
pub(in crate::corpus) fn read_csv(path: &str, bytes: Vec<u8>, names: &ColumnNames) -> Result<Table, ReadError> {
    read(path, bytes, names, b',')
}

/// Reads cells parted by whatever parts them; tabs if that cannot be told.
pub(in crate::corpus) fn read_tsv(path: &str, bytes: Vec<u8>, names: &ColumnNames) -> Result<Table, ReadError> {
    read(path, bytes, names, b'\t')
}

/// Whether the first line of a file in an encoding that keeps ASCII is the header of a table with a turn a row: a
/// column of words and at least one other that is known.
pub(in crate::corpus) fn looks_like(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..HEAD).unwrap_or(bytes));
    let head = head.trim_start_matches('\u{FEFF}');
    let line = head.lines().next().unwrap_or_default();
    let names = ColumnNames::default();
    // Every file that is read comes by here, and to begin with CSV is dear.
    let mut parting = SEPARATORS.iter().filter(|(_, separator)| line.contains(separator));
    parting.any(|separator| columns_by(line, *separator, &names).0 > 1)
}

fn read(path: &str, bytes: Vec<u8>, names: &ColumnNames, usual: u8) -> Result<Table, ReadError> {
    let decoded = decode::decode(bytes)?;
    let mut diagnostics = decoded.diagnostics(path);
    let mut text = decoded.text.as_str();
    let mut skipped_lines = 0;
    let mut separator = separator_of(text, names, usual);
    // Excel writes and reads a first line that names the separator.
    if let Some(rest) = text.strip_prefix("sep=")
        && let Some((line, after)) = rest.split_once('\n')
        && let Some(named) = SEPARATORS.into_iter().find(|(_, separator)| *separator == line)
    {
        (separator, text, skipped_lines) = (named, after, 1);
    }
    let open = unclosed_quote(text, separator.0);
    if let Some(line) = open {
        let told = Diagnostic::new(
            Severity::Warning,
            "T044",
            path,
            "a quotation mark that opens a cell is never closed; quotation marks were taken as they stand",
            "close it, or double quotation marks within a cell",
        );
        diagnostics.push(told.at_line(line.saturating_add(skipped_lines)));
    }
    let mut rows = Rows::new(names, Some(separator.1));
    let mut reader = reader(text, separator.0, open.is_none());
    let mut record = StringRecord::new();
    let mut cells = Vec::new();
    while reader.read_record(&mut record).map_err(|error| damaged(&error))? {
        let line = record.position().map_or(1, |position| u32::try_from(position.line()).unwrap_or(u32::MAX));
        for (at, cell) in record.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()) {
            cells.push(Cell { at, text: Cow::Owned(cell.to_owned()), exact: None });
        }
        let wanted = rows.row(line.saturating_add(skipped_lines), &cells)?;
        cells.clear();
        if wanted == Wanted::NoMore {
            break;
        }
    }
    rows.finish(path, diagnostics)
}

fn damaged(error: &csv::Error) -> ReadError {
    ReadError::Damaged { format: "CSV", what: error.to_string() }
}

fn reader(text: &str, separator: u8, quoting: bool) -> csv::Reader<&[u8]> {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(separator).quoting(quoting).from_reader(text.as_bytes())
}

/// The separator by which the first lines have the most columns of a transcript, or else the most cells.
fn separator_of(text: &str, names: &ColumnNames, usual: u8) -> (u8, &'static str) {
    let head: usize = text.split_inclusive('\n').take(SNIFFED_LINES).map(str::len).sum();
    let head = &text[..head];
    let mut best = (0, 0, false);
    let mut found = SEPARATORS[0];
    for separator in SEPARATORS {
        let (columns, cells) = columns_by(head, separator, names);
        let score = (columns, cells, separator.0 == usual);
        if score > best {
            (best, found) = (score, separator);
        }
    }
    found
}

/// How many columns of a transcript the lines have by a separator, and how many cells the first.
fn columns_by(head: &str, separator: (u8, &'static str), names: &ColumnNames) -> (usize, usize) {
    let mut rows = Rows::new(names, Some(separator.1));
    let mut width = 0;
    for record in reader(head, separator.0, true).records().map_while(Result::ok) {
        width = width.max(if width == 0 { record.len() } else { 0 });
        let cell = |(at, text): (usize, &str)| Cell { at, text: Cow::Owned(text.to_owned()), exact: None };
        let cells: Vec<Cell<'_>> =
            record.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()).map(cell).collect();
        if rows.columns_found() > 0 || !matches!(rows.row(1, &cells), Ok(Wanted::More)) {
            break;
        }
    }
    (rows.columns_found(), width)
}

/// The line of a quotation mark that opens a cell and is never closed. The csv crate ends such a cell with the file.
fn unclosed_quote(text: &str, separator: u8) -> Option<u32> {
    let (mut line, mut opened) = (1u32, None);
    let (mut at_start, mut bytes) = (true, text.bytes().peekable());
    while let Some(byte) = bytes.next() {
        line = line.saturating_add(u32::from(byte == b'\n'));
        match (byte, opened) {
            (b'"', None) if at_start => opened = Some(line),
            (b'"', Some(_)) if bytes.peek() == Some(&b'"') => _ = bytes.next(),
            (b'"', Some(_)) => opened = None,
            _ => {}
        }
        at_start = opened.is_none() && (byte == separator || byte == b'\n');
    }
    opened
}

#[cfg(test)]
mod tests {
    use super::super::super::options::ColumnNames;
    use super::super::super::read::ReadError;
    use super::super::Table;
    use super::{looks_like, read_csv, read_tsv, unclosed_quote};

    fn csv(text: &str) -> Result<Table, ReadError> {
        read_csv("a.csv", text.as_bytes().to_vec(), &ColumnNames::default())
    }

    fn texts(table: &Table) -> Vec<(Option<&str>, &str)> {
        table.parts.iter().map(|part| (part.name.as_deref(), part.reading.text.as_str())).collect()
    }

    #[test]
    fn whatever_parts_the_cells() {
        for separator in [",", ";", "\t", "|"] {
            let text = "Speaker,Text\nAnna,\"So, we; lost\tit|all\"\nBo,Yes\n".replacen(',', separator, 1);
            let text =
                text.replacen("Anna,", &format!("Anna{separator}"), 1).replacen("Bo,", &format!("Bo{separator}"), 1);
            let table = csv(&text).expect("turns");
            assert_eq!(texts(&table), [(None, "Anna: So, we; lost\tit|all\n\nBo: Yes")], "{separator:?}");
            assert!(looks_like(text.as_bytes()));
        }
        assert!(!looks_like(b"document,turn,site\n"));
        assert!(!looks_like(b"Anna: the text, you mean\n"));
    }

    #[test]
    fn quoted_line_breaks_stay_in_the_turn() {
        let table = csv("who,what,begin,end\nAnna,\"one\n\ntwo\",00:01,00:02\n").expect("turns");
        assert_eq!(texts(&table), [(None, "Anna: one\ntwo")]);
        let turn = &table.parts[0].reading.paragraphs[0];
        assert_eq!((turn.start_time, turn.end_time), (Some(1.0), Some(2.0)));
    }

    #[test]
    fn rows_of_a_document_are_gathered() {
        let table =
            csv("interview,speaker,text\ni1,A,one\ni2,B,two\ni1,A,three\n../i 2,B,four\n,C,five\n").expect("turns");
        let expected =
            [(Some("i1"), "A: one three"), (Some("i2"), "B: two"), (Some("i 2"), "B: four"), (None, "C: five")];
        assert_eq!(texts(&table), expected);
        let told: Vec<_> = table.diagnostics.iter().map(|told| (told.code, told.line)).collect();
        assert_eq!(told, [("T043", Some(6))]);
    }

    #[test]
    fn what_is_wrong_in_rows_is_told_and_no_word_is_lost() {
        let table = csv("speaker,start,text\nA,soon,yes, well, no\nB,-3,hm\n").expect("turns");
        assert_eq!(texts(&table), [(None, "A: yes, well, no\n\nB: hm")]);
        let told: Vec<_> = table.diagnostics.iter().map(|told| (told.code, told.line)).collect();
        assert_eq!(told, [("T044", Some(2)), ("T045", Some(2))]);
    }

    #[test]
    fn a_quotation_mark_left_open_does_not_swallow_the_rest() {
        let text = "speaker\ttext\nA\t\"Well, I said\nB\tYes\n";
        let table = read_tsv("a.tsv", text.as_bytes().to_vec(), &ColumnNames::default()).expect("turns");
        assert_eq!(texts(&table), [(None, "A: \"Well, I said\n\nB: Yes")]);
        assert_eq!(table.diagnostics[0].code, "T044");
        assert_eq!(unclosed_quote("a,\"b \"\" c\"\n\"d\",e\"f\n", b','), None);
        assert_eq!(unclosed_quote("a,b\n\"c\"\"", b','), Some(2));
    }

    #[test]
    fn a_table_without_words_tells_its_columns() {
        let told = |text: &str| csv(text).expect_err("no turns").diagnostic("a.csv");
        let note = told("case,age\nanna,44\n");
        assert_eq!((note.code, note.message.as_str()), ("T041", "not read as a transcript; columns found: case, age"));
        assert_eq!(told("document,words\na,44\n").code, "T041");
        assert_eq!(told("").code, "T004");
        assert_eq!(told("speaker,text\n").code, "T004");
    }

    #[test]
    fn a_title_and_the_separator_of_excel_may_stand_above_the_header() {
        let table = csv("sep=;\nSpeaker;Text\nA;one\n").expect("turns");
        assert_eq!(texts(&table), [(None, "A: one")]);
        let table = csv("Interview 4\n\nSpeaker,Text\nA,one\n").expect("turns");
        assert_eq!(texts(&table), [(None, "A: one")]);
    }
}
