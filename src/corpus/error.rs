//! Why a corpus cannot be used at all.

use std::fmt;
use std::path::PathBuf;

use crate::diagnostic::Diagnostic;

/// A corpus that cannot be used; a single bad file is a [`Diagnostic`] instead.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CorpusError {
    /// A corpus folder that isn't there.
    #[error("the corpus {root} cannot be opened: {source}; give the folder that holds the transcripts", root = root.display())]
    Root {
        /// The folder.
        root: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// One corpus folder inside another.
    #[error("the corpus {inner} lies inside the corpus {outer}, so its transcripts would be read twice; give only one of them",
        inner = inner.display(), outer = outer.display())]
    Nested {
        /// The inner folder.
        inner: PathBuf,
        /// The outer folder.
        outer: PathBuf,
    },
    /// Nothing to read.
    #[error("no transcripts in {}; they may be text, Word, PDF, captions, JSON of a recogniser, tables and more{}", List(roots), skipped_hint(*unsupported))]
    NoTranscripts {
        /// The corpus folders.
        roots: Vec<PathBuf>,
        /// How many files look like transcripts in a format that cannot be read.
        unsupported: usize,
    },
    /// Tables in which nobody speaks, and nothing else.
    #[error(
        "no transcripts in the corpus: {path}: {message}; if it holds turns, name the columns, such as --columns speaker=Who,text=What"
    )]
    NoTurns {
        /// The first of the tables.
        path: String,
        /// What was found in it.
        message: String,
    },
    /// Documents with the same id.
    #[error(
        "two transcripts have the same id, so their codings could not be told apart; rename or remove one of each pair:{}",
        Pairs(duplicates)
    )]
    Duplicates {
        /// The id and both files of each pair, sorted.
        duplicates: Vec<(String, PathBuf, PathBuf)>,
    },
    /// `documents.csv`, `speakers.csv` and the front matter cannot be used as they are.
    #[error("the attributes cannot be used as they are: {} {}", faults.len(), if faults.len() == 1 { "fault" } else { "faults" })]
    Tables {
        /// Every fault, sorted by place. All are fatal; their severity means nothing.
        faults: Vec<Diagnostic>,
    },
}

fn skipped_hint(unsupported: usize) -> String {
    match unsupported {
        0 => "; check the folder's name".to_owned(),
        count => format!("; {count} file(s) in formats that cannot be read were skipped: save them as text or .docx"),
    }
}

struct List<'a>(&'a [PathBuf]);

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, path) in self.0.iter().enumerate() {
            write!(f, "{}{}", if index == 0 { "" } else { ", " }, path.display())?;
        }
        Ok(())
    }
}

struct Pairs<'a>(&'a [(String, PathBuf, PathBuf)]);

impl fmt::Display for Pairs<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (id, first, second) in self.0 {
            write!(f, "\n  {id}: {} and {}", first.display(), second.display())?;
        }
        Ok(())
    }
}
