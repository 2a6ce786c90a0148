//! The kinds of files that can be imported, and how one is recognised.

use super::error::ImportError;
use super::{
    Imported, dicx, khcoder, lexicoder, liwc, qdc, qualcoder, quanteda, rock, sheet, taguette, wordstat, yoshikoder,
};

/// Reads a file of one kind; its second argument is the file's name without folders.
pub(super) type Importer = fn(&[u8], &str) -> Result<Imported, ImportError>;

/// A kind of file that can be imported.
#[derive(Debug)]
pub struct Kind {
    /// Its name for `--from`.
    pub name: &'static str,
    /// What it is, in words.
    pub title: &'static str,
    /// Endings of file names, in lower case and without the full stop.
    pub endings: &'static [&'static str],
    /// Whether these bytes begin like a file of the kind, whatever its name; cheap.
    pub(super) looks_like: fn(&[u8]) -> bool,
    pub(super) importer: Importer,
}

/// Every kind. Where the contents of a file look like several and its ending tells nothing, the first is taken, so
/// those with the surest signs come first.
pub static KINDS: &[Kind] = &[
    Kind {
        name: "xlsx",
        title: "codebook as a workbook",
        endings: &["xlsx"],
        looks_like: sheet::looks_like_xlsx,
        importer: sheet::import_xlsx,
    },
    Kind {
        name: "yoshikoder",
        title: "Yoshikoder or Lexicoder 2 dictionary",
        endings: &["ykd", "lcd"],
        looks_like: yoshikoder::looks_like,
        importer: yoshikoder::import,
    },
    Kind {
        name: "liwc",
        title: "LIWC dictionary (2007, 2015)",
        endings: &["dic"],
        looks_like: liwc::looks_like,
        importer: liwc::import,
    },
    Kind {
        name: "khcoder",
        title: "KH Coder coding rules",
        endings: &["cod"],
        looks_like: khcoder::looks_like,
        importer: khcoder::import,
    },
    Kind {
        name: "wordstat",
        title: "WordStat dictionary",
        endings: &["cat"],
        looks_like: wordstat::looks_like,
        importer: wordstat::import,
    },
    Kind {
        name: "dicx",
        title: "LIWC-22 dictionary",
        endings: &["dicx"],
        looks_like: dicx::looks_like,
        importer: dicx::import,
    },
    Kind {
        name: "lexicoder",
        title: "Lexicoder 3 dictionary",
        endings: &["lc3"],
        looks_like: lexicoder::looks_like,
        importer: lexicoder::import,
    },
    Kind {
        name: "csv",
        title: "codebook as a table",
        endings: &["csv", "tsv"],
        looks_like: sheet::looks_like_csv,
        importer: sheet::import_csv,
    },
    Kind {
        name: "quanteda",
        title: "quanteda dictionary in YAML",
        endings: &["yml", "yaml"],
        looks_like: quanteda::looks_like,
        importer: quanteda::import,
    },
    Kind {
        name: "qdc",
        title: "REFI-QDA codebook or project",
        endings: &["qdc", "qdpx", "qde"],
        looks_like: qdc::looks_like,
        importer: qdc::import,
    },
    Kind {
        name: "taguette",
        title: "Taguette codebook in CSV",
        endings: &[],
        looks_like: taguette::looks_like,
        importer: taguette::import,
    },
    Kind {
        name: "rock",
        title: "ROCK source or code tree",
        endings: &["rock"],
        looks_like: rock::looks_like,
        importer: rock::import,
    },
    Kind {
        name: "qualcoder",
        title: "QualCoder list of codes",
        endings: &[],
        looks_like: qualcoder::looks_like,
        importer: qualcoder::import,
    },
];

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Kind {
    /// The kind of that name.
    pub fn parse(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }

    /// The kind of a file with that name and those contents. Contents count for more than the ending, which decides
    /// between several that fit, or where none does. `None` for codebooks of ours, which are not imported, and for
    /// what is not known.
    pub fn of(name: &str, bytes: &[u8]) -> Option<&'static Self> {
        if let Some(json) = as_json(bytes) {
            return quanteda::is_lists(json).then(|| Self::parse("quanteda")).flatten();
        }
        let alike: Vec<&Self> = KINDS.iter().filter(|kind| (kind.looks_like)(bytes)).collect();
        let ends = |kind: &&Self| kind.ends(name);
        alike.iter().copied().find(ends).or_else(|| alike.first().copied()).or_else(|| KINDS.iter().find(ends))
    }

    /// Whether the patterns in such files are in our language, so that what is suspicious about them is worth telling.
    pub fn holds_our_patterns(&self) -> bool {
        matches!(self.name, "csv" | "xlsx")
    }

    /// Whether the ending of a file's name is one of this kind.
    pub fn ends(&self, name: &str) -> bool {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        ending.is_some_and(|ending| self.endings.contains(&ending.as_str()))
    }
}

/// The text of what looks like JSON.
fn as_json(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.trim_start().starts_with('{').then_some(text)
}
