//! What the library says about its input: messages with a place and a mend. Only the binary prints them.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Deserializer, Serialize};

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Something was guessed, and the guess is probably right.
    Note,
    /// Something is legal but suspicious.
    Warning,
    /// Some input was skipped; the run ends with status 3.
    Skipped,
}

impl Severity {
    /// The word for it in tables and on the terminal.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Skipped => "skipped",
        }
    }
}

/// A stable code such as `T003`.
pub type DiagnosticCode = &'static str;

/// One message about the input: what was wrong, where, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The file, relative to its corpus folder where it lies in one.
    pub path: String,
    /// Line in the file, from 1.
    pub line: Option<u32>,
    /// Column in code points, from 1.
    pub column: Option<u32>,
    /// How much it matters.
    pub severity: Severity,
    /// Stable code, such as `T003`; `codebooks/README.md` and `corpora/README.md` list them.
    #[serde(deserialize_with = "interned")]
    pub code: DiagnosticCode,
    /// What was wrong.
    pub message: String,
    /// How to mend it.
    pub mend: String,
}

impl Diagnostic {
    /// A diagnostic about a whole file.
    pub fn new(
        severity: Severity,
        code: &'static str,
        path: impl Into<String>,
        message: impl Into<String>,
        mend: impl Into<String>,
    ) -> Self {
        Self { path: path.into(), line: None, column: None, severity, code, message: message.into(), mend: mend.into() }
    }

    /// The same diagnostic at a line (from 1).
    pub fn at_line(mut self, line: u32) -> Self {
        self.line = Some(line);
        self
    }

    /// The same diagnostic at a line and a column (both from 1, the column in code points).
    pub fn at(mut self, line: u32, column: u32) -> Self {
        self.line = Some(line);
        self.column = Some(column);
        self
    }
}

/// Takes the diagnostics of a run.
pub trait Report: Sync {
    /// Takes one.
    fn report(&self, diagnostic: Diagnostic);
}

/// Keeps the diagnostics of a run until they are written.
#[derive(Debug, Default)]
pub struct Collected {
    diagnostics: Mutex<Vec<Diagnostic>>,
}

impl Collected {
    /// The diagnostics so far, sorted by place, so that they do not depend on threads.
    pub fn into_sorted(self) -> Vec<Diagnostic> {
        let mut diagnostics = self.diagnostics.into_inner().unwrap_or_else(PoisonError::into_inner);
        diagnostics.sort();
        diagnostics.dedup();
        diagnostics
    }
}

impl Report for Collected {
    fn report(&self, diagnostic: Diagnostic) {
        self.diagnostics.lock().unwrap_or_else(PoisonError::into_inner).push(diagnostic);
    }
}

/// A code that was written before, kept for good; there are few, so each is kept once.
fn interned<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static str, D::Error> {
    static CODES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let code = String::deserialize(deserializer)?;
    let mut codes = CODES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = codes.get(code.as_str()) {
        return Ok(known);
    }
    let kept: &'static str = Box::leak(code.into_boxed_str());
    codes.insert(kept);
    Ok(kept)
}
