//! What is said on standard error.

use std::io::{IsTerminal, Write};

use qualcode::codebook::Fault;
use qualcode::corpus::CorpusError;
use qualcode::diagnostic::{Diagnostic, Severity};
use qualcode::pipeline::PipelineError;
use qualcode::store::StoreError;

use crate::cli::args::Common;

/// Diagnostics that are shown before the rest is only counted.
const SHOWN: usize = 12;

/// Standard error.
pub(crate) struct Console {
    pub(crate) quiet: bool,
    color: bool,
}

impl Console {
    pub(crate) fn new(common: &Common) -> Self {
        let color = !common.no_color && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Self { quiet: common.quiet, color }
    }

    /// Whether standard error may be coloured.
    fn colors_errors(&self) -> bool {
        self.color && std::io::stderr().is_terminal()
    }

    /// Whether standard output may be coloured.
    pub(crate) fn colors_output(&self) -> bool {
        self.color && std::io::stdout().is_terminal()
    }

    /// Whether progress may be drawn.
    pub(crate) fn shows_progress(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// Says a line unless it is to be quiet. A standard error that is closed takes nothing, and that is no fault.
    pub(crate) fn say(&self, line: &str) {
        if !self.quiet {
            let _ = writeln!(std::io::stderr().lock(), "{line}");
        }
    }

    fn always(&self, line: &str) {
        let _ = writeln!(std::io::stderr().lock(), "{line}");
    }

    /// Says why a command failed, with every fault of a codebook or of the tables beside the transcripts.
    pub(crate) fn failure(&self, error: &anyhow::Error) {
        match error.downcast_ref::<PipelineError>() {
            Some(PipelineError::Codebook { faults, .. }) => self.faults(faults),
            Some(
                PipelineError::Corpus(CorpusError::Tables { faults })
                | PipelineError::Store(StoreError::Corpus(CorpusError::Tables { faults })),
            ) => {
                faults.iter().for_each(|fault| self.diagnostic(fault, "error"));
                // The error's own text would tell every fault once more.
                let count = if faults.len() == 1 { "1 fault".to_owned() } else { format!("{} faults", faults.len()) };
                self.always(&format!(
                    "{} documents.csv, speakers.csv and front matter have {count}",
                    self.paint("error:", "1;31")
                ));
                return;
            }
            _ => {}
        }
        let mut said = error.to_string();
        for cause in error.chain().skip(1).map(ToString::to_string) {
            if !said.contains(&cause) {
                said.push_str(": ");
                said.push_str(&cause);
            }
        }
        self.always(&format!("{} {said}", self.paint("error:", "1;31")));
    }

    /// Says every fault of a codebook.
    pub(crate) fn faults(&self, faults: &[Fault]) {
        for fault in faults {
            let diagnostic: Diagnostic = fault.clone().into();
            let word = fault.severity.as_str();
            self.diagnostic(&diagnostic, word);
        }
    }

    /// Says what was skipped and what is suspicious; of much, the first and the number of the rest.
    pub(crate) fn diagnostics(&self, diagnostics: &[Diagnostic], table: &str) {
        if self.quiet {
            return;
        }
        let mut told: Vec<&Diagnostic> =
            diagnostics.iter().filter(|diagnostic| diagnostic.severity != Severity::Note).collect();
        told.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.severity));
        for diagnostic in told.iter().take(SHOWN) {
            self.diagnostic(diagnostic, diagnostic.severity.as_str());
        }
        let (more, notes) = (told.len().saturating_sub(SHOWN), diagnostics.len() - told.len());
        if more > 0 {
            self.say(&format!("… and {more} more{table}"));
        }
        if notes > 0 {
            let word = if notes == 1 { "note" } else { "notes" };
            self.say(&format!("{notes} {word}{table}"));
        }
    }

    fn diagnostic(&self, diagnostic: &Diagnostic, word: &str) {
        let mut place = shown(&diagnostic.path);
        for number in [diagnostic.line, diagnostic.column].into_iter().flatten() {
            place.push_str(&format!(":{number}"));
        }
        let color = match word {
            "error" | "skipped" => "1;31",
            "warning" => "1;33",
            _ => "1;36",
        };
        let word = self.paint(&format!("{word}:"), color);
        self.always(&format!(
            "{place}: {word} {} [{}]\n    {}",
            shown(&diagnostic.message),
            diagnostic.code,
            shown(&diagnostic.mend)
        ));
    }

    fn paint(&self, text: &str, color: &str) -> String {
        if self.colors_errors() { format!("\u{1b}[{color}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// A text of the input without control characters and changes of direction, which would act on the terminal.
pub(crate) fn shown(text: &str) -> String {
    let acts = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if acts(c) && c != '\n' { '\u{fffd}' } else { c }).collect()
}
