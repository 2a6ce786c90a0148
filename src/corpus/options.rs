//! What the reader of transcripts is told on the command line.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How transcripts are read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingOptions {
    /// Names of columns in tables with a turn a row, besides those that are known.
    #[serde(default)]
    pub columns: ColumnNames,
    /// Whether files whose names differ only in a last part are one document.
    #[serde(default)]
    pub join: bool,
}

/// A column of a table with a turn a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Column {
    /// Who speaks.
    Speaker,
    /// The words.
    Text,
    /// When the turn begins.
    Start,
    /// When it ends.
    End,
    /// The document that the turn is part of.
    Document,
}

impl Column {
    /// Every column.
    pub const ALL: [Self; 5] = [Self::Speaker, Self::Text, Self::Start, Self::End, Self::Document];

    /// Its name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Text => "text",
            Self::Start => "start",
            Self::End => "end",
            Self::Document => "document",
        }
    }

    /// The column of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.as_str() == name)
    }
}

/// The names that columns have in the tables of a corpus, where they are not the usual ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ColumnNames(BTreeMap<Column, String>);

impl ColumnNames {
    /// The name of `column`, where one is given.
    pub fn name(&self, column: Column) -> Option<&str> {
        self.0.get(&column).map(String::as_str)
    }

    /// Whether none is given.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The columns that have a name, with it.
    pub fn iter(&self) -> impl Iterator<Item = (Column, &str)> {
        self.0.iter().map(|(column, name)| (*column, name.as_str()))
    }
}

impl FromIterator<(Column, String)> for ColumnNames {
    fn from_iter<I: IntoIterator<Item = (Column, String)>>(names: I) -> Self {
        Self(names.into_iter().collect())
    }
}
