//! `qualcode codebook`.

mod args;
mod diff;
mod explain;
mod new;
mod stats;
mod suggest;

use std::path::Path;

use anyhow::Result;
use qualcode::codebook::{self, FaultSeverity};
use qualcode::diagnostic::Collected;
use qualcode::pipeline::{self, CorpusOptions, PipelineError};
use qualcode::workbench;

use crate::cli::args::Common;
use crate::cli::message::Console;
use crate::cli::{Ending, export, import, print};
pub(crate) use args::CodebookCommand;
use args::CorpusArgs;

pub(crate) fn codebook(command: &CodebookCommand, common: &Common, console: &Console) -> Result<Ending> {
    match command {
        CodebookCommand::Check { codebook } => check(codebook, console),
        CodebookCommand::Explain(args) => explain::explain(args, common, console),
        CodebookCommand::Stats(args) => stats::stats(args, common, console),
        CodebookCommand::Diff(args) => diff::diff(args, common, console),
        CodebookCommand::Suggest(args) => suggest::suggest(args, common, console),
        CodebookCommand::New { output } => new::new(output.as_deref(), console),
        CodebookCommand::Export(args) => export::export(args, common, console),
        CodebookCommand::Import(args) => import::import(args, console),
        CodebookCommand::Schema => {
            print(&schema_text()?)?;
            Ok(Ending::Done)
        }
    }
}

fn schema_text() -> Result<String> {
    Ok(serde_json::to_string_pretty(&codebook::schema())? + "\n")
}

fn corpus_options(corpus: &CorpusArgs, codebook: &Path, common: &Common) -> CorpusOptions {
    CorpusOptions {
        store: corpus.store.clone(),
        codebook: codebook.to_owned(),
        interviewers: corpus.interviewers.clone(),
        threads: common.threads(),
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
