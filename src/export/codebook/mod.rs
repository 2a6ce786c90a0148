//! Codebooks in the forms of other programs, and as an appendix to print.
//!
//! Each form has a module with a pure function from the codebook to bytes, and a variant of [`ExportKind`]. What a
//! form has no place for is told as a [`Loss`].
//!
//! | code | meaning |
//! |---|---|
//! | X001 | skipped: a value that the form has no place for |
//! | X002 | skipped: a pattern that is more than words |
//! | X003 | warning: a pattern in which capitals count |
//! | X004 | skipped: a code without a pattern that can be written |
//! | X005 | note: codes in another order |
//! | X006 | warning: a name that was taken |
//! | X007 | warning: parts of a description that cannot be told apart |
//! | X008 | warning: characters that the form cannot hold |
//! | X009 | warning: a value that a table does not give back as it was |

mod appendix;
mod dictionary;
mod guid;
mod html;
mod liwc;
mod losses;
mod markdown;
mod phrases;
mod qdc;
mod quanteda;
mod sheet;

use crate::codebook::CodebookFile;
use crate::codebook::import::Loss;

/// A codebook in another form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The file.
    pub bytes: Vec<u8>,
    /// What it does not hold, or holds otherwise, by entry.
    pub losses: Vec<Loss>,
}

/// Why a codebook cannot be written in a form at all.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A text is too long for a workbook.
    #[error(
        "a cell of a workbook has at most {most} characters, and the text that begins \"{start}…\" has more; write CSV instead"
    )]
    LongCell {
        /// Its beginning.
        start: String,
        /// How long it may be.
        most: usize,
    },
    /// The workbook cannot be made.
    #[error("the workbook cannot be made ({0}); write CSV instead")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}

/// What was found for a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CodeCounts {
    /// Counted codings.
    pub codings: u64,
    /// Documents with one.
    pub documents: u64,
    /// Cases with one.
    pub cases: u64,
}

/// The forms that a codebook can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportKind {
    /// A table as CSV.
    Csv,
    /// A table as a workbook.
    Xlsx,
    /// A dictionary for quanteda.
    Quanteda,
    /// A LIWC dictionary.
    Liwc,
    /// A REFI-QDA codebook.
    Qdc,
    /// An appendix as Markdown.
    Markdown,
    /// An appendix as HTML.
    Html,
}

impl ExportKind {
    /// Every form.
    pub const ALL: [Self; 7] =
        [Self::Csv, Self::Xlsx, Self::Quanteda, Self::Liwc, Self::Qdc, Self::Markdown, Self::Html];

    /// Its name for `--to`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Quanteda => "quanteda",
            Self::Liwc => "liwc",
            Self::Qdc => "qdc",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }

    /// The form of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Whether it shows how often each code was found.
    pub fn shows_counts(self) -> bool {
        matches!(self, Self::Markdown | Self::Html)
    }
}

/// Writes a codebook in a form. `counts` holds what was found for each code, in the order of the codebook; only the
/// appendix shows them.
///
/// # Errors
/// If the form cannot hold it at all.
pub fn codebook(book: &CodebookFile, kind: ExportKind, counts: Option<&[CodeCounts]>) -> Result<Exported, ExportError> {
    Ok(match kind {
        ExportKind::Csv => sheet::csv(book),
        ExportKind::Xlsx => sheet::xlsx(book)?,
        ExportKind::Quanteda => quanteda::export(book),
        ExportKind::Liwc => liwc::export(book),
        ExportKind::Qdc => qdc::export(book),
        ExportKind::Markdown => Exported { bytes: markdown::export(book, counts), losses: Vec::new() },
        ExportKind::Html => Exported { bytes: html::export(book, counts), losses: Vec::new() },
    })
}

/// A codebook to begin with: an example row for everything that a table of codes can hold.
pub fn template() -> CodebookFile {
    sheet::template()
}
