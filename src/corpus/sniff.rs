//! What a file is by its content, whatever its name ends in.
//!
//! Recognised by magic bytes and the first few KB; an archive by the names in it, a table by its header. Plain text
//! and Markdown have no mark of their own and are told by their ending alone.

use super::captions;
use super::eaf;
use super::foreign::{self, Foreign};
use super::format;
use super::html;
use super::odt;
use super::pdf;
use super::read::ReadError;
use super::recogniser;
use super::rock;
use super::rtf;
use super::table;
use super::tei;
use super::textgrid;
use super::transcript::Format;
use crate::diagnostic::{Diagnostic, Severity};

/// So much of a file is looked at, at its start and at its end.
pub(super) const WINDOW: usize = 64 << 10;

/// A format with an unmistakable mark.
struct Row {
    format: Format,
    looks_like: fn(&[u8]) -> bool,
}

const ROWS: &[Row] = &[
    Row { format: Format::Docx, looks_like: |bytes| has_part(bytes, b"word/document") },
    Row { format: Format::Odt, looks_like: odt::looks_like },
    Row { format: Format::Xlsx, looks_like: |bytes| has_part(bytes, b"xl/workbook.") },
    Row {
        format: Format::Ods,
        looks_like: |bytes| is_package_of(bytes, b"application/vnd.oasis.opendocument.spreadsheet"),
    },
    Row { format: Format::Rtf, looks_like: rtf::looks_like },
    Row { format: Format::Pdf, looks_like: pdf::looks_like },
    Row { format: Format::Html, looks_like: html::looks_like },
    Row { format: Format::Vtt, looks_like: captions::looks_like_vtt },
    Row { format: Format::Srt, looks_like: captions::looks_like_srt },
    Row { format: Format::Json, looks_like: recogniser::looks_like },
    Row { format: Format::Tei, looks_like: tei::looks_like },
    Row { format: Format::Eaf, looks_like: eaf::looks_like },
    Row { format: Format::TextGrid, looks_like: textgrid::looks_like },
    Row { format: Format::Rock, looks_like: rock::looks_like },
    Row { format: Format::Csv, looks_like: table::looks_like },
];

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Surely this format.
    Transcript(Format),
    /// Surely something else.
    Foreign(&'static Foreign),
    /// Text without control characters, of no certain format.
    Text,
    /// Anything else.
    Unknown,
}

/// Looks at the bytes of a file, or at its first and last [`WINDOW`] of them put together.
pub(super) fn content(bytes: &[u8]) -> Content {
    let found = ROWS.iter().find(|row| (row.looks_like)(bytes));
    if let Some(row) = found {
        return Content::Transcript(row.format);
    }
    if let Some(foreign) = foreign::of_content(bytes) {
        return Content::Foreign(foreign);
    }
    let start = head(bytes);
    let wide = start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF");
    let is_control = |byte: &u8| matches!(byte, 0..=8 | 14..=26 | 28..=31);
    if wide || !start.iter().any(is_control) { Content::Text } else { Content::Unknown }
}

/// The format to read a file in, whose name says `named`, with a note if its content says something else.
///
/// # Errors
/// If its content is of a kind that cannot be read.
pub(super) fn settled(path: &str, named: Format, bytes: &[u8]) -> Result<(Format, Option<Diagnostic>), ReadError> {
    let found = match content(bytes) {
        // Captions without WebVTT's first line; its own reader tells of that.
        Content::Transcript(Format::Srt) if named == Format::Vtt => named,
        // The reader of tables finds out what parts their cells.
        Content::Transcript(Format::Csv) if named == Format::Tsv => named,
        Content::Transcript(found) if format::is_read(found) => found,
        Content::Foreign(Foreign { what, mend, .. }) => return Err(ReadError::Foreign { what, mend }),
        Content::Text if has_mark(named) && !bytes.is_empty() => Format::Text,
        _ => named,
    };
    if found == named {
        return Ok((named, None));
    }
    let (wrong, right) = (named.as_str(), found.as_str());
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    let message = if ending == wrong {
        format!("the name ends in .{ending}, but the content is {right}; it is read as {right}")
    } else {
        format!(
            "the name ends in .{ending}, which stands for {wrong}, but the content is {right}; it is read as {right}"
        )
    };
    let mend = format!("give the file's name the ending .{right}");
    Ok((found, Some(Diagnostic::new(Severity::Note, "T030", path, message, mend))))
}

/// Whether every file of the format has a mark here; HTML and text may begin with anything.
fn has_mark(named: Format) -> bool {
    matches!(named, Format::Docx | Format::Odt | Format::Rtf | Format::Xlsx | Format::Ods)
}

/// The first bytes.
pub(super) fn head(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(WINDOW)]
}

fn tail(bytes: &[u8]) -> &[u8] {
    &bytes[bytes.len().saturating_sub(WINDOW)..]
}

/// Whether the bytes are a zip archive.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Whether they are an archive with a part whose name begins like this.
pub(super) fn has_part(bytes: &[u8], name: &[u8]) -> bool {
    is_zip(bytes) && (holds(tail(bytes), name) || holds(head(bytes), name))
}

/// Whether they are an OpenDocument package that says it is of this type, or of a template for it.
pub(super) fn is_package_of(bytes: &[u8], kind: &[u8]) -> bool {
    const NAME: &[u8] = b"mimetype";
    // The type stands unpacked in the first part, right behind a header of 30 bytes and its name.
    let start = &bytes[..bytes.len().min(200)];
    is_zip(bytes) && holds(start, NAME) && holds(start, kind)
}

/// Whether `needle` occurs in `bytes`.
pub(super) fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(bytes, needle).is_some()
}

/// The text that a file begins with, without byte-order mark and white space, in lower case where it is ASCII.
pub(super) fn opening(bytes: &[u8], length: usize) -> Vec<u8> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text: Vec<u8> = match bytes {
        [0xFF, 0xFE, rest @ ..] => rest.iter().step_by(2).take(length).copied().collect(),
        [0xFE, 0xFF, rest @ ..] => rest.iter().skip(1).step_by(2).take(length).copied().collect(),
        _ => bytes.iter().take(length).copied().collect(),
    };
    text.trim_ascii_start().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{Content, content};
    use crate::corpus::package::tests::packed;
    use crate::corpus::transcript::Format;

    #[test]
    fn formats_by_their_marks() {
        for (bytes, format) in [
            (packed(&[("[Content_Types].xml", b""), ("word/document.xml", b"")]), Format::Docx),
            (packed(&[("[Content_Types].xml", b""), ("xl/workbook.xml", b"")]), Format::Xlsx),
            (b"{\\rtf1\\ansi Hello}".to_vec(), Format::Rtf),
            (b"\xEF\xBB\xBF\n<!DOCTYPE html><p>Hello".to_vec(), Format::Html),
            (b"%PDF-1.7".to_vec(), Format::Pdf),
            (b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello".to_vec(), Format::Vtt),
            (b"1\r\n00:00:01,000 --> 00:00:02,000\r\nHello\r\n".to_vec(), Format::Srt),
        ] {
            assert_eq!(content(&bytes), Content::Transcript(format), "{format:?}");
        }
    }

    #[test]
    fn everything_else() {
        assert_eq!(content(b"Anna: hello"), Content::Text);
        assert_eq!(content(b""), Content::Text);
        assert_eq!(content(b"\0\x01\x02"), Content::Unknown);
        assert_eq!(content(b"PK\x03\x04"), Content::Unknown);
        assert!(matches!(content(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"), Content::Foreign(_)));
        assert!(matches!(content(b"ID3\x04\0\0\0"), Content::Foreign(_)));
        assert!(matches!(content(b"\0\0\0\x20ftypM4A \0"), Content::Foreign(_)));
    }
}
