//! What a reader makes of one file.

use crate::text::ByteSpan;

/// One transcript as read: its immutable text and its paragraphs.
#[derive(Debug, Clone, PartialEq)]
pub struct Transcript {
    /// Path below the corpus folder without its extension, `/`-separated; unique in the corpus.
    pub id: String,
    /// Path below the corpus folder, `/`-separated.
    pub path: String,
    /// The format it was read as.
    pub format: Format,
    /// SHA-256 of the file's bytes, lower-case hexadecimal.
    pub sha256: String,
    /// SHA-256 of `text`, lower-case hexadecimal.
    pub text_sha256: String,
    /// The decoded file: byte-order mark dropped, line ends LF, nothing else changed.
    pub text: String,
    /// The paragraphs in order; none overlaps another.
    pub paragraphs: Vec<Paragraph>,
    /// Attributes of the front matter, in the order written: name, value as written, line (from 1).
    pub front_matter: Vec<(String, String, u32)>,
}

/// The formats that transcripts come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// Word.
    Docx,
    /// OpenDocument text.
    Odt,
    /// Rich Text Format.
    Rtf,
    /// A web page.
    Html,
    /// PDF with a text layer.
    Pdf,
    /// WebVTT captions.
    Vtt,
    /// SubRip captions.
    Srt,
    /// The JSON of a speech recogniser.
    Json,
    /// A table with a turn a row, its cells parted by commas, semicolons or the like.
    Csv,
    /// A table with a turn a row, its cells parted by tabs.
    Tsv,
    /// An Excel workbook with a turn a row.
    Xlsx,
    /// An OpenDocument spreadsheet with a turn a row.
    Ods,
    /// TEI XML.
    Tei,
    /// ELAN annotation.
    Eaf,
    /// Praat annotation.
    TextGrid,
    /// A source of the Reproducible Open Coding Kit.
    Rock,
}

impl Format {
    const ALL: &[Self] = &[
        Self::Text,
        Self::Markdown,
        Self::Docx,
        Self::Odt,
        Self::Rtf,
        Self::Html,
        Self::Pdf,
        Self::Vtt,
        Self::Srt,
        Self::Json,
        Self::Csv,
        Self::Tsv,
        Self::Xlsx,
        Self::Ods,
        Self::Tei,
        Self::Eaf,
        Self::TextGrid,
        Self::Rock,
    ];

    /// The name in the `documents` table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Rtf => "rtf",
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Vtt => "vtt",
            Self::Srt => "srt",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Xlsx => "xlsx",
            Self::Ods => "ods",
            Self::Tei => "tei",
            Self::Eaf => "eaf",
            Self::TextGrid => "textgrid",
            Self::Rock => "rock",
        }
    }

    /// The format of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.as_str() == name)
    }
}

/// One paragraph of a transcript.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// Speech, or a heading.
    pub kind: ParagraphKind,
    /// The speaker's label without its punctuation and markup, where the paragraph begins with one.
    pub label: Option<String>,
    /// The words, label and leading timestamp left out, white space at both ends trimmed; may be empty.
    pub words: ByteSpan,
    /// Parts of `words` that stay in the text but hold no tokens: events and timestamps; ascending, disjoint.
    pub silent: Vec<ByteSpan>,
    /// Seconds from the start of the recording at which the paragraph begins.
    pub start_time: Option<f64>,
    /// Seconds at which it ends.
    pub end_time: Option<f64>,
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParagraphKind {
    /// Somebody's words.
    Speech,
    /// A heading of the transcript; guide cues see it, codes do not.
    Heading,
}
