//! `qualcode codebook`.

use std::path::Path;

use anyhow::Result;
use qualcode::codebook::{self, FaultSeverity};
use qualcode::diagnostic::Collected;
use qualcode::pipeline::{self, PipelineError};
use qualcode::workbench;

use crate::cli::args::{CodebookCommand, Common};
use crate::cli::message::Console;
use crate::cli::{Ending, export, import, print};

pub(crate) fn codebook(command: &CodebookCommand, common: &Common, console: &Console) -> Result<Ending> {
    match command {
        CodebookCommand::Check { codebook } => check(codebook, console),
        CodebookCommand::Export(args) => export::export(args, common, console),
        CodebookCommand::Import(args) => import::import(args, console),
        CodebookCommand::Schema => {
            print(&(serde_json::to_string_pretty(&codebook::schema())? + "\n"))?;
            Ok(Ending::Done)
        }
    }
}

fn check(path: &Path, console: &Console) -> Result<Ending> {
    let report = Collected::default();
    let codebook = match pipeline::read_codebook(path, &report) {
        Ok(codebook) => codebook,
        Err(PipelineError::Codebook { path, faults }) => {
            console.faults(&faults);
            let errors = faults.iter().filter(|fault| fault.severity == FaultSeverity::Error).count();
            let word = if errors == 1 { "fault" } else { "faults" };
            console.say(&format!("{}: {errors} {word}", path.display()));
            return Ok(Ending::NothingFound);
        }
        Err(error) => return Err(error.into()),
    };
    console.diagnostics(&report.into_sorted(), "");
    let failures = workbench::check_examples(&codebook)?;
    for failure in &failures {
        console.say(&failure.to_string());
    }
    let patterns: usize = codebook.codes.iter().map(|code| code.patterns.len()).sum();
    let examples: usize =
        codebook.codes.iter().map(|code| code.examples.coded.len() + code.examples.not_coded.len()).sum();
    print(&format!(
        "{}: {} codes, {patterns} patterns, {} of {examples} examples coded as they should be\n",
        codebook.id,
        codebook.codes.len(),
        examples - failures.len()
    ))?;
    Ok(if failures.is_empty() { Ending::Done } else { Ending::NothingFound })
}
