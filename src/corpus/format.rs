//! The table of readers: an extension, a format, and the function that turns a file's bytes into text and
//! labelled paragraphs. Another format is a file beside this one and a row here: in [`READERS`] if a file is one
//! transcript, in [`SPOKEN`] if several files can also be one, in [`TABLES`] if one file can be several.

use super::captions;
use super::docx;
use super::eaf;
use super::html;
use super::odt;
use super::options::ColumnNames;
use super::pdf;
use super::plain;
use super::read::{ReadError, Reading};
use super::recogniser;
use super::rock;
use super::rtf;
use super::spoken::Spoken;
use super::table::{self, Table};
use super::tei;
use super::textgrid;
use super::transcript::Format;

/// A file's path for messages and its bytes, to text and paragraphs.
type WholeReader = fn(&str, Vec<u8>) -> Result<Reading, ReadError>;
/// A file's path for messages and its bytes, to pieces of speech.
pub(super) type SpokenReader = fn(&str, Vec<u8>) -> Result<Spoken, ReadError>;
/// A file's path for messages, its bytes and the names of its columns, to one transcript or several.
type TableReader = fn(&str, Vec<u8>, &ColumnNames) -> Result<Table, ReadError>;

/// How a format is read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Reader {
    /// A file is a transcript.
    Whole(WholeReader),
    /// A file is a transcript, or a part of one.
    Spoken(SpokenReader),
    /// A file is a transcript, or several.
    Table(TableReader),
}

struct Row<R = WholeReader> {
    extensions: &'static [&'static str],
    format: Format,
    reader: R,
}

const READERS: &[Row] = &[
    Row { extensions: &["txt", "text"], format: Format::Text, reader: plain::read_text },
    Row { extensions: &["md", "markdown"], format: Format::Markdown, reader: plain::read_markdown },
    Row { extensions: &["pdf"], format: Format::Pdf, reader: pdf::read },
    // Much that ends in .doc is no binary Word file; the content decides.
    Row { extensions: &["docx", "docm", "dotx", "dotm", "doc", "dot"], format: Format::Docx, reader: docx::read },
    Row { extensions: &["odt", "ott", "fodt"], format: Format::Odt, reader: odt::read },
    Row { extensions: &["rtf"], format: Format::Rtf, reader: rtf::read },
    Row { extensions: &["html", "htm", "xhtml"], format: Format::Html, reader: html::read },
    Row { extensions: &["vtt"], format: Format::Vtt, reader: captions::read_vtt },
    Row { extensions: &["srt", "sbv"], format: Format::Srt, reader: captions::read_srt },
    Row { extensions: &["json"], format: Format::Json, reader: recogniser::read_json },
    Row { extensions: &["tei", "xml"], format: Format::Tei, reader: tei::read },
    Row { extensions: &["rock"], format: Format::Rock, reader: rock::read },
];

/// Formats of timed pieces: files of one recording can be joined.
const SPOKEN: &[Row<SpokenReader>] = &[
    Row { extensions: &["eaf"], format: Format::Eaf, reader: eaf::read },
    Row { extensions: &["textgrid"], format: Format::TextGrid, reader: textgrid::read },
];

/// Formats with a turn a row: a column of documents makes one file several.
const TABLES: &[Row<TableReader>] = &[
    Row { extensions: &["csv"], format: Format::Csv, reader: table::read_csv },
    Row { extensions: &["tsv", "tab"], format: Format::Tsv, reader: table::read_tsv },
    Row { extensions: &["xlsx", "xlsm"], format: Format::Xlsx, reader: table::read_xlsx },
    Row { extensions: &["ods"], format: Format::Ods, reader: table::read_ods },
];

/// Formats in which transcripts come and that cannot be read yet, with the mend.
const FOREIGN: &[(&[&str], &str)] = &[
    (&["ass", "ttml"], "export the transcript with speakers as text (.txt) from the program that made the subtitles"),
    (&["cha", "trs"], "export the transcript as text (.txt), a label such as `Interviewer:` before each turn"),
];

/// The format of files with this extension.
pub(super) fn of_extension(extension: &str) -> Option<Format> {
    rows().find(|(extensions, ..)| is_any(extensions, extension)).map(|(_, format, _)| format)
}

fn rows() -> impl Iterator<Item = (&'static [&'static str], Format, Reader)> {
    let whole = READERS.iter().map(|row| (row.extensions, row.format, Reader::Whole(row.reader)));
    let spoken = SPOKEN.iter().map(|row| (row.extensions, row.format, Reader::Spoken(row.reader)));
    let tables = TABLES.iter().map(|row| (row.extensions, row.format, Reader::Table(row.reader)));
    whole.chain(spoken).chain(tables)
}

/// Whether there is a reader of `format`.
pub(super) fn is_read(format: Format) -> bool {
    rows().any(|(_, known, _)| known == format)
}

/// How to mend a file with this extension, if transcripts come in it.
pub(super) fn mend_for(extension: &str) -> Option<&'static str> {
    FOREIGN.iter().find(|(extensions, _)| is_any(extensions, extension)).map(|(_, mend)| *mend)
}

/// The reader of `format`.
pub(super) fn reader_of(format: Format) -> Reader {
    rows().find(|row| row.1 == format).map_or(Reader::Whole(plain::read_text), |(_, _, reader)| reader)
}

/// Whether several files of this format can be one transcript.
pub(super) fn can_be_joined(format: Format) -> bool {
    matches!(reader_of(format), Reader::Spoken(_))
}

/// Whether a file of this format can be several transcripts, by the names of its columns.
pub(super) fn has_columns(format: Format) -> bool {
    matches!(reader_of(format), Reader::Table(_))
}

fn is_any(list: &[&str], extension: &str) -> bool {
    list.iter().any(|entry| entry.eq_ignore_ascii_case(extension))
}
