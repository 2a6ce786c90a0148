//! The qualcode program: argument text to pipeline, and the only printer.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
