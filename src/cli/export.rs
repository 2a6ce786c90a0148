//! `qualcode codebook export`.

use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};
use qualcode::diagnostic::{Collected, Severity};
use qualcode::export::codebook::{self, ExportKind, Exported};
use qualcode::{export, pipeline};

use crate::cli::args::{Common, ExportArgs};
use crate::cli::message::Console;
use crate::cli::progress::Bars;
use crate::cli::{Ending, output};

/// What `--help` adds.
pub(crate) const HELP: &str = "Examples:
  qualcode codebook export codebook.json --to xlsx -o codebook.xlsx
  qualcode codebook export codebook.json --to html --store results/store -o appendix.html
  qualcode codebook export --template --to xlsx -o codebook.xlsx

Kinds: csv, xlsx (tables that `codebook import` reads back), quanteda (YAML), liwc (.dic), qdc (REFI-QDA, for ATLAS.ti,
MAXQDA, NVivo, QualCoder and others), markdown, html (an appendix to print; with --store it says how often each code was
found). FILE may be any file that `codebook import` reads.

What a kind cannot hold is told on standard error, and with --losses in a table with the columns severity, code, line,
category, text, became, what, why. Exit status 3 if anything was left out.
The columns of csv and xlsx: kind, theme, code, label, pattern, tracks, definition, include, exclude, example_coded,
example_not_coded, source, memo, origin, color, segment, pattern_id, pattern_memo, roles, questions, where, parent,
group, cue, key, value.";

/// Carries it out.
pub(crate) fn export(args: &ExportArgs, common: &Common, console: &Console) -> Result<Ending> {
    if args.store.is_some() && !args.to.shows_counts() {
        bail!("{} has no place for counts; --store goes with --to markdown and --to html", args.to.as_str());
    }
    let exported = match (&args.file, args.template) {
        (_, true) if !matches!(args.to, ExportKind::Csv | ExportKind::Xlsx) => {
            bail!("a template is a table; write --to csv or --to xlsx")
        }
        (_, true) => codebook::codebook(&codebook::template(), args.to, None)?,
        (Some(file), false) => from_file(file, args, common, console)?,
        (None, false) => bail!("name the codebook to export, or write --template for a table to begin with"),
    };
    let diagnostics: Vec<_> = exported.losses.iter().map(|loss| loss.diagnostic(args.to.as_str())).collect();
    let more = match &args.losses {
        None => "; --losses FILE writes them all".to_owned(),
        Some(path) => format!(" in {}", path.display()),
    };
    console.diagnostics(&diagnostics, &more);
    if let Some(path) = &args.losses {
        pipeline::write_file(path, &export::losses_csv(&exported.losses))?;
    }
    match &args.output {
        Some(path) => pipeline::write_file(path, &exported.bytes)?,
        None => {
            let mut output = output();
            output.write_all(&exported.bytes)?;
            output.flush()?;
        }
    }
    let left_out = exported.losses.iter().any(|loss| loss.severity == Severity::Skipped);
    Ok(if left_out { Ending::SomeSkipped } else { Ending::Done })
}

fn from_file(file: &Path, args: &ExportArgs, common: &Common, console: &Console) -> Result<Exported> {
    let report = Collected::default();
    let bars = Bars::new(console.shows_progress());
    let exported = pipeline::export_codebook(file, args.to, args.store.as_deref(), common.threads(), &report, &bars)?;
    // What is suspicious in a codebook is the business of `codebook check`; what an import could not carry over is not.
    let lost: Vec<_> = report.into_sorted().into_iter().filter(|found| found.code.starts_with('I')).collect();
    console.diagnostics(&lost, "");
    Ok(exported)
}
