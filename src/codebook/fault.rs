//! What can be wrong with a codebook.

use crate::diagnostic::{Diagnostic, Severity};

/// How much a fault matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaultSeverity {
    /// The codebook cannot be used.
    Error,
    /// Legal, but probably not meant.
    Warning,
    /// Legal and probably meant, but worth knowing.
    Note,
}

impl FaultSeverity {
    /// The word for it on the terminal.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// One thing that is wrong with a codebook, or suspicious.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{path}:{line}:{column}: {} {code}: {message}; {mend}", severity.as_str())]
pub struct Fault {
    /// The file, as given.
    pub path: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in code points, from 1.
    pub column: u32,
    /// Stable code: `C0…` and `P0…` for errors, `C1…` and `P1…` for the rest; `codebooks/README.md` lists them.
    pub code: &'static str,
    /// How much it matters.
    pub severity: FaultSeverity,
    /// What is wrong, with the offending text.
    pub message: String,
    /// How to mend it.
    pub mend: String,
}

/// An error becomes [`Severity::Skipped`]: a codebook with one is not used at all.
impl From<Fault> for Diagnostic {
    fn from(fault: Fault) -> Self {
        let severity = match fault.severity {
            FaultSeverity::Error => Severity::Skipped,
            FaultSeverity::Warning => Severity::Warning,
            FaultSeverity::Note => Severity::Note,
        };
        Diagnostic::new(severity, fault.code, fault.path, fault.message, fault.mend).at(fault.line, fault.column)
    }
}
