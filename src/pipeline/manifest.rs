//! `run.json`: what was made from what. It holds nothing that changes when nothing has changed: no clock times, no
//! number of threads, no absolute paths.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::codebook::Codebook;
use crate::corpus::ReadingOptions;
use crate::pipeline::staging::Staging;
use crate::pipeline::{PipelineError, input};
use crate::store::Snapshot;
use crate::tables::{TableOptions, WrittenTable};
use crate::text::hexadecimal;

/// What `run.json` says.
#[derive(Debug, Serialize)]
pub(super) struct Manifest {
    program: &'static str,
    version: &'static str,
    command: &'static str,
    codebook: CodebookEntry,
    options: Options,
    documents: Vec<Input>,
    inputs: Vec<Input>,
    outputs: Vec<Output>,
}

#[derive(Debug, Serialize)]
struct CodebookEntry {
    id: String,
    version: Option<String>,
    file: String,
    sha256: String,
}

#[derive(Debug, Serialize)]
struct Options {
    language: String,
    tables: Option<Vec<&'static str>>,
    units: Option<Vec<String>>,
    levels: Vec<&'static str>,
    roles: Vec<&'static str>,
    interviewers: Vec<String>,
    formats: Vec<&'static str>,
    /// How the transcripts were read, where that was not the usual way.
    #[serde(skip_serializing_if = "Option::is_none")]
    reading: Option<ReadingOptions>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct Input {
    path: String,
    sha256: String,
}

#[derive(Debug, Serialize)]
struct Output {
    path: String,
    bytes: u64,
    sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<u64>,
}

impl Manifest {
    pub(super) fn new(
        command: &'static str,
        codebook: &Codebook,
        path: &Path,
        options: &TableOptions,
        interviewers: &[String],
    ) -> Self {
        let roles = options.roles.as_ref().unwrap_or(&codebook.roles);
        Self {
            program: "qualcode",
            version: env!("CARGO_PKG_VERSION"),
            command,
            codebook: CodebookEntry {
                id: codebook.id.clone(),
                version: codebook.version.clone(),
                file: input::file_name(path),
                sha256: codebook.sha256.clone(),
            },
            options: Options {
                language: codebook.language.clone(),
                tables: options.tables.as_ref().map(|tables| tables.iter().map(|table| table.as_str()).collect()),
                units: options.units.as_ref().map(|units| units.iter().map(ToString::to_string).collect()),
                levels: options.levels.iter().map(|level| level.as_str()).collect(),
                roles: roles.iter().map(|role| role.as_str()).collect(),
                interviewers: interviewers.to_vec(),
                formats: options.formats.iter().map(|format| format.as_str()).collect(),
                reading: None,
            },
            documents: Vec::new(),
            inputs: Vec::new(),
            outputs: Vec::new(),
        }
    }

    /// Names every document, and the tables beside the transcripts of the corpus folders.
    pub(super) fn add_inputs(&mut self, snapshot: &Snapshot, folders: &[PathBuf]) -> Result<(), PipelineError> {
        self.options.reading = Some(snapshot.reading().clone()).filter(|reading| *reading != ReadingOptions::default());
        self.documents = (0..snapshot.len())
            .map(|document| Input {
                path: snapshot.path(document).to_owned(),
                sha256: snapshot.sha256(document).to_owned(),
            })
            .collect();
        // The documents of a table have one file.
        self.documents.dedup();
        for (number, folder) in folders.iter().enumerate() {
            for name in ["documents.csv", "speakers.csv"] {
                let path = folder.join(name);
                if path.is_file() {
                    let (_, sha256) = hash(&path)?;
                    // Of several corpus folders, each is known by its place on the command line.
                    let path =
                        if folders.len() == 1 { name.to_owned() } else { format!("corpus-{}/{name}", number + 1) };
                    self.inputs.push(Input { path, sha256 });
                }
            }
        }
        Ok(())
    }

    /// Names one more file that the results are made from.
    pub(super) fn add_input_file(&mut self, path: &Path) -> Result<(), PipelineError> {
        let (_, sha256) = hash(path)?;
        self.inputs.push(Input { path: input::file_name(path), sha256 });
        Ok(())
    }

    /// Names every result that is staged so far.
    pub(super) fn add_outputs(&mut self, staging: &Staging, written: &[WrittenTable]) -> Result<(), PipelineError> {
        let tables = written
            .iter()
            .flat_map(|table| table.files.iter().map(|file| (format!("tables/{file}"), Some(table.rows))));
        let others = ["tables/datapackage.json", "load.R", "load.py", "diagnostics.csv"];
        let mut results: Vec<(String, Option<u64>)> =
            tables.chain(others.map(|name| (name.to_owned(), None))).collect();
        results.sort();
        let hashed = results.into_par_iter().map(|(path, rows)| {
            let (bytes, sha256) = hash(&staging.path(&path))?;
            Ok(Output { path, bytes, sha256, rows })
        });
        self.outputs = hashed.collect::<Result<_, PipelineError>>()?;
        Ok(())
    }

    pub(super) fn to_json(&self) -> String {
        // Serialising plain strings and numbers cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

/// Size and SHA-256 of a file, read piece by piece.
fn hash(path: &Path) -> Result<(u64, String), PipelineError> {
    let failed = |source| PipelineError::Io { action: "read", path: path.to_owned(), source };
    let mut file = File::open(path).map_err(failed)?;
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        let read = file.read(&mut piece).map_err(failed)?;
        if read == 0 {
            break;
        }
        hasher.update(&piece[..read]);
        bytes += read as u64;
    }
    Ok((bytes, hexadecimal(&hasher.finalize())))
}
