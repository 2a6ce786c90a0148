//! `qualcode codebook import`.

use std::path::Path;

use anyhow::Result;
use qualcode::codebook::CodebookFile;
use qualcode::codebook::import::Loss;
use qualcode::diagnostic::Severity;
use qualcode::{export, pipeline};

use crate::cli::args::ImportArgs;
use crate::cli::message::Console;
use crate::cli::{Ending, print};

/// What `--help` adds.
pub(crate) const HELP: &str = "Examples:
  qualcode codebook import dictionary.dic -o codebook.json --losses losses.csv
  qualcode run interviews --codebook dictionary.ykd --out results

Kinds: csv and xlsx (tables with a column `code`), quanteda (YAML, lists in JSON), liwc (.dic),
dicx (LIWC-22), yoshikoder (.ykd, .lcd), lexicoder (.lc3), wordstat (.cat), khcoder (.cod), qdc
(REFI-QDA), taguette, qualcoder, rock. Every command that takes a codebook takes any of these
files, too.

Categories with categories below them become themes, and categories with words become codes. What
a file says that codebooks cannot say is told on standard error, and with --losses in a table with
the columns severity, code, line, category, text, became, what, why: `skipped` was left out,
`warning` now finds something else, `note` finds the same. Exit status 3 if anything was left out.";

/// Carries it out.
pub(crate) fn import(args: &ImportArgs, console: &Console) -> Result<Ending> {
    let imported = pipeline::import_codebook(&args.file, args.from)?;
    let name = args.file.file_name().map_or_else(Default::default, |name| name.to_string_lossy());
    let diagnostics: Vec<_> = imported.losses.iter().map(|loss| loss.diagnostic(&name)).collect();
    let more = args
        .losses
        .as_ref()
        .map_or_else(|| "; --losses FILE writes them all".to_owned(), |path| format!(" in {}", path.display()));
    console.diagnostics(&diagnostics, &more);
    if let Some(path) = &args.losses {
        pipeline::write_file(path, &export::losses_csv(&imported.losses))?;
    }
    let json = imported.json();
    match &args.output {
        Some(path) => {
            pipeline::write_file(path, json.as_bytes())?;
            console.say(&summary(path, &imported.file, &imported.losses));
        }
        None => print(&json)?,
    }
    let left_out = imported.losses.iter().any(|loss| loss.severity == Severity::Skipped);
    Ok(if left_out { Ending::SomeSkipped } else { Ending::Done })
}

fn summary(path: &Path, file: &CodebookFile, losses: &[Loss]) -> String {
    let patterns: usize = file.codes.iter().map(|code| code.patterns.len()).sum();
    let left_out = losses.iter().filter(|loss| loss.severity == Severity::Skipped).count();
    let changed = losses.iter().filter(|loss| loss.severity == Severity::Warning).count();
    format!(
        "{}: {}, {}, {}; {left_out} left out, {changed} changed",
        path.display(),
        counted(file.themes.len(), "theme"),
        counted(file.codes.len(), "code"),
        counted(patterns, "pattern")
    )
}

fn counted(count: usize, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}
