//! What can go wrong while tables are written.

use std::path::PathBuf;

use polars::prelude::PolarsError;

use crate::corpus::AttributeType;

/// Why tables could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// A file could not be made.
    #[error("cannot create {path}; check that the folder exists and may be written to")]
    Create {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A file could not be written to its end.
    #[error("cannot write {path}; check that the disk has room and that the file may be written to")]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: PolarsError,
    },
    /// The counts of the cases could not be put aside, or not be taken up again.
    #[error("cannot keep the counts of the cases in a temporary file in {folder}; check that the disk has room")]
    Cases {
        /// Where.
        folder: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Two columns of a table have the same name.
    #[error("table `{table}` would have two columns `{column}`; rename the code, theme, track or attribute `{column}`")]
    Column {
        /// The table.
        table: String,
        /// The name.
        column: String,
    },
    /// The value of an attribute is not of its column's type.
    #[error(
        "attribute `{column}` of document `{document}` is `{value}`, which is no {kind:?} as the rest of its column; correct the value in `documents.csv` or in the document's front matter"
    )]
    Attribute {
        /// The document.
        document: String,
        /// The attribute.
        column: String,
        /// Its value as written.
        value: String,
        /// The type of the column.
        kind: AttributeType,
    },
    /// Documents came out of order.
    #[error(
        "document `{document}` came after `{before}`; give the documents in ascending order of their ids, each once"
    )]
    Order {
        /// The document.
        document: String,
        /// The one that came before it.
        before: String,
    },
    /// A coding lies in a turn that its document does not have.
    #[error(
        "a coding of document `{document}` lies in turn {turn}, but the document has {turns}; the codings were made from another text: code anew"
    )]
    Turn {
        /// The document.
        document: String,
        /// Number of the turn, from 1.
        turn: usize,
        /// How many turns there are.
        turns: usize,
    },
}
