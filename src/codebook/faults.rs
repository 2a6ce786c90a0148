//! Collecting faults while a codebook is read.

use crate::pattern::PatternFault;

use super::fault::{Fault, FaultSeverity};
use super::locate::Source;

/// Everything found wrong so far.
#[derive(Debug)]
pub(super) struct Faults<'a> {
    path: &'a str,
    source: &'a Source<'a>,
    list: Vec<Fault>,
}

impl<'a> Faults<'a> {
    pub(super) fn new(path: &'a str, source: &'a Source<'a>) -> Self {
        Self { path, source, list: Vec::new() }
    }

    /// Records an error at a byte of the file.
    pub(super) fn error(
        &mut self,
        code: &'static str,
        byte: usize,
        message: impl Into<String>,
        mend: impl Into<String>,
    ) {
        self.push(FaultSeverity::Error, code, byte, message.into(), mend.into());
    }

    /// Records a warning at a byte of the file.
    pub(super) fn warning(
        &mut self,
        code: &'static str,
        byte: usize,
        message: impl Into<String>,
        mend: impl Into<String>,
    ) {
        self.push(FaultSeverity::Warning, code, byte, message.into(), mend.into());
    }

    /// Records a note at a byte of the file.
    pub(super) fn note(
        &mut self,
        code: &'static str,
        byte: usize,
        message: impl Into<String>,
        mend: impl Into<String>,
    ) {
        self.push(FaultSeverity::Note, code, byte, message.into(), mend.into());
    }

    /// Records what is wrong with a pattern in the string literal at byte `literal`; `owner` says whose it is.
    pub(super) fn pattern(&mut self, severity: FaultSeverity, literal: usize, owner: &str, fault: PatternFault) {
        let byte = self.source.inside_string(literal, fault.span.start);
        self.push(severity, fault.code, byte, format!("{owner}: {}", fault.message), fault.mend);
    }

    /// The byte of the file at which byte `offset` of the value of the string literal at byte `literal` is written.
    pub(super) fn inside_string(&self, literal: usize, offset: usize) -> usize {
        self.source.inside_string(literal, offset)
    }

    pub(super) fn has_errors(&self) -> bool {
        self.list.iter().any(|fault| fault.severity == FaultSeverity::Error)
    }

    /// The faults by place.
    pub(super) fn into_sorted(mut self) -> Vec<Fault> {
        self.list.sort();
        self.list.dedup();
        self.list
    }

    fn push(&mut self, severity: FaultSeverity, code: &'static str, byte: usize, message: String, mend: String) {
        let (line, column) = self.source.line_column(byte);
        self.list.push(Fault { path: self.path.to_owned(), line, column, code, severity, message, mend });
    }
}
