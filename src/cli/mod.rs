//! The command line.
//!
//! Results go to standard output, everything else to standard error. Exit status: 0 done; 1 a query found nothing,
//! or a check found faults; 2 could not run; 3 done, but some input was skipped.

mod args;
mod codebook;
mod export;
mod import;
mod index;
mod lint;
mod memory;
mod message;
mod progress;
mod query;
mod run;
mod sheet;

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;

use args::{Args, Command};
use message::Console;

/// How a command ended, as the exit status says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Done,
    NothingFound,
    Failed,
    SomeSkipped,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        ExitCode::from(match ending {
            Ending::Done => 0,
            Ending::NothingFound => 1,
            Ending::Failed => 2,
            Ending::SomeSkipped => 3,
        })
    }
}

/// Parses the arguments, runs the command, and says what went wrong if something did.
pub(crate) fn main() -> ExitCode {
    memory::give_back_large_blocks();
    let args = Args::parse();
    let console = Console::new(&args.common);
    match carry_out(&args, &console) {
        Ok(ending) => ending.into(),
        // Whoever closed the pipe has read what they wanted.
        Err(error) if is_broken_pipe(&error) => Ending::Done.into(),
        Err(error) => {
            console.failure(&error);
            Ending::Failed.into()
        }
    }
}

fn carry_out(args: &Args, console: &Console) -> Result<Ending> {
    match &args.command {
        Command::Run(options) => run::run(options, &args.common, console),
        Command::Index(options) => index::index(options, &args.common, console),
        Command::Code(options) => run::code(options, &args.common, console),
        Command::Tables(options) => run::tables(options, &args.common, console),
        Command::Lint(options) => lint::lint(options, &args.common, console),
        Command::Query(options) => query::query(options, console),
        Command::Codebook(command) => codebook::codebook(command, &args.common, console),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| {
            // serde_json gives what it met as its own error, and not as that error's cause.
            let kind = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
            kind.or_else(|| cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind))
        })
        .any(|kind| kind == ErrorKind::BrokenPipe)
}

/// Standard output, buffered.
fn output() -> std::io::BufWriter<std::io::StdoutLock<'static>> {
    std::io::BufWriter::new(std::io::stdout().lock())
}

/// Writes one text to standard output.
fn print(text: &str) -> Result<()> {
    let mut output = output();
    output.write_all(text.as_bytes())?;
    output.flush()?;
    Ok(())
}
