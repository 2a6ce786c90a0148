//! Why a file of another program cannot be made a codebook.

use crate::codebook::fault::Fault;

/// Why nothing could be imported. The message does not name the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// The file is none of the kinds that are known.
    #[error(
        "this is no codebook or dictionary of a kind that is recognised (a codebook of ours needs no import); name its kind with --from: {kinds}"
    )]
    Unknown {
        /// The kinds, with commas between.
        kinds: String,
    },
    /// The file is not what it should be.
    #[error("{}this is no {kind}: {what}; {mend}", line.map(|line| format!("line {line}: ")).unwrap_or_default())]
    Malformed {
        /// What it should be.
        kind: &'static str,
        /// The line, from 1, if the fault has one.
        line: Option<u32>,
        /// What is wrong.
        what: String,
        /// How to mend it.
        mend: String,
    },
    /// The file is no text.
    #[error("the file holds NUL bytes, so it is no text; save it as text, in UTF-8")]
    Binary,
    /// The file is larger than any codebook.
    #[error("the file has {bytes} bytes; a codebook has at most {most}")]
    TooLarge {
        /// How large it is.
        bytes: usize,
        /// How large it may be.
        most: usize,
    },
    /// What the file holds makes no codebook; all faults are given.
    #[error("this {kind} makes no codebook: {}", shown(faults))]
    Faulty {
        /// What kind of file it is.
        kind: &'static str,
        /// What is wrong with the codebook that it would be.
        faults: Vec<Fault>,
    },
    /// There is nothing in the file that could become a code.
    #[error("nothing in this {kind} could become a code; {}", told(*.losses))]
    Empty {
        /// What kind of file it is.
        kind: &'static str,
        /// How many losses there were.
        losses: usize,
    },
}

impl ImportError {
    /// A file that is not what it should be, at a line (from 1) if it has one.
    pub(super) fn malformed(
        kind: &'static str,
        line: impl Into<Option<u32>>,
        what: impl Into<String>,
        mend: impl Into<String>,
    ) -> Self {
        Self::Malformed { kind, line: line.into(), what: what.into(), mend: mend.into() }
    }
}

/// The first faults, without places: those would be places in a file that nobody sees.
fn shown(faults: &[Fault]) -> String {
    const MOST: usize = 5;
    let told: Vec<String> =
        faults.iter().take(MOST).map(|fault| format!("{} ({}); {}", fault.message, fault.code, fault.mend)).collect();
    let more = faults.len().saturating_sub(MOST);
    let told = told.join(" / ");
    if more > 0 { format!("{told} / … and {more} more") } else { told }
}

fn told(losses: usize) -> String {
    match losses {
        0 => "it names no category with words".to_owned(),
        1 => "its only entry cannot be carried over".to_owned(),
        _ => format!("none of its {losses} entries can be carried over"),
    }
}
