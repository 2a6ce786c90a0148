//! The table of readers: an extension, a format, and the function that turns a file's bytes into text and
//! labelled paragraphs. Another format is a file beside this one and a row here.

use super::captions;
use super::plain;
use super::read::{ReadError, Reading};
use super::recogniser;
use super::transcript::Format;

/// A file's path for messages and its bytes, to text and paragraphs.
pub(super) type Reader = fn(&str, Vec<u8>) -> Result<Reading, ReadError>;

struct Row {
    extensions: &'static [&'static str],
    format: Format,
    reader: Reader,
}

const READERS: &[Row] = &[
    Row { extensions: &["txt", "text"], format: Format::Text, reader: plain::read_text },
    Row { extensions: &["md", "markdown"], format: Format::Markdown, reader: plain::read_markdown },
    Row { extensions: &["vtt"], format: Format::Vtt, reader: captions::read_vtt },
    Row { extensions: &["srt", "sbv"], format: Format::Srt, reader: captions::read_srt },
    Row { extensions: &["json"], format: Format::Json, reader: recogniser::read_json },
];

/// Formats in which transcripts come and that cannot be read yet, with the mend.
const FOREIGN: &[(&[&str], &str)] = &[
    (&["docx", "doc", "odt", "rtf", "pages"], "save it from the word processor as plain text in UTF-8 (.txt)"),
    (&["pdf"], "export the transcript as text (.txt) from the program that made the PDF"),
    (&["ass", "ttml"], "export the transcript with speakers as text (.txt) from the program that made the subtitles"),
    (
        &["xml", "tei", "eaf", "textgrid", "html", "htm", "cha", "trs"],
        "export the transcript as text (.txt), a label such as `Interviewer:` before each turn",
    ),
];

/// The format of files with this extension.
pub(super) fn of_extension(extension: &str) -> Option<Format> {
    READERS.iter().find(|row| is_any(row.extensions, extension)).map(|row| row.format)
}

/// How to mend a file with this extension, if transcripts come in it.
pub(super) fn mend_for(extension: &str) -> Option<&'static str> {
    FOREIGN.iter().find(|(extensions, _)| is_any(extensions, extension)).map(|(_, mend)| *mend)
}

/// The reader of `format`.
pub(super) fn reader_of(format: Format) -> Reader {
    match READERS.iter().find(|row| row.format == format) {
        Some(row) => row.reader,
        None => plain::read_text,
    }
}

fn is_any(list: &[&str], extension: &str) -> bool {
    list.iter().any(|entry| entry.eq_ignore_ascii_case(extension))
}
