//! `qualcode codebook new`.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use qualcode::codebook;

use super::schema_text;
use crate::cli::message::Console;
use crate::cli::{Ending, print};

/// The name by which the starter knows its schema.
const SCHEMA: &str = "codebook.schema.json";

pub(super) fn new(output: Option<&Path>, console: &Console) -> Result<Ending> {
    let Some(path) = output else {
        print(codebook::STARTER)?;
        return Ok(Ending::Done);
    };
    if !write(path, codebook::STARTER)? {
        bail!("{} is there already; give another name with -o, or move it away", path.display());
    }
    let schema = path.with_file_name(SCHEMA);
    let with = if write(&schema, &schema_text()?)? {
        format!(", and {} for editors", schema.display())
    } else {
        String::new()
    };
    console.say(&format!("wrote {}{with}", path.display()));
    Ok(Ending::Done)
}

/// Writes a file that is not there yet; false if it is.
fn write(path: &Path, text: &str) -> Result<bool> {
    let cannot =
        || format!("cannot write {}; check that its folder exists and that you may write there", path.display());
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => {
            file.write_all(text.as_bytes()).with_context(cannot)?;
            Ok(true)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error).with_context(cannot),
    }
}
