//! Results are made in a folder beside their place and put there whole.

use std::fs;
use std::path::{Path, PathBuf};

use crate::pipeline::PipelineError;

const STAGED: &str = ".qualcode-new";
const REPLACED: &str = ".qualcode-old";

/// Everything that a run puts into its folder, `run.json` last: who finds it finds the rest.
const RESULTS: [&str; 5] = ["tables", "load.R", "load.py", "diagnostics.csv", "run.json"];

/// A folder for results under way; what is in it is lost unless [`Staging::put_in_place`] is called.
#[derive(Debug)]
pub(super) struct Staging {
    out: PathBuf,
    folder: PathBuf,
}

impl Staging {
    /// Makes the staging folder in `out`, which is made too if it is not there. What a run before left unfinished is
    /// cleared away.
    pub(super) fn begin(out: &Path) -> Result<Self, PipelineError> {
        let folder = out.join(STAGED);
        remove(&folder)?;
        let staging = Self { out: out.to_owned(), folder };
        fs::create_dir_all(&staging.folder).map_err(|source| writing(&staging.folder, source))?;
        Ok(staging)
    }

    /// The staged folder of tables.
    pub(super) fn tables(&self) -> Result<PathBuf, PipelineError> {
        let folder = self.folder.join("tables");
        fs::create_dir_all(&folder).map_err(|source| writing(&folder, source))?;
        Ok(folder)
    }

    /// Where a staged result is.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Writes a result whole.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), PipelineError> {
        let path = self.path(name);
        fs::write(&path, bytes).map_err(|source| writing(&path, source))
    }

    /// Puts the results in the place of those before.
    pub(super) fn put_in_place(self) -> Result<(), PipelineError> {
        let replaced = self.out.join(REPLACED);
        remove(&replaced)?;
        fs::create_dir_all(&replaced).map_err(|source| writing(&replaced, source))?;
        for name in RESULTS.iter().rev() {
            let place = self.out.join(name);
            if place.symlink_metadata().is_ok() {
                fs::rename(&place, replaced.join(name)).map_err(|source| writing(&place, source))?;
            }
        }
        for name in RESULTS {
            let place = self.out.join(name);
            fs::rename(self.path(name), &place).map_err(|source| writing(&place, source))?;
        }
        remove(&replaced)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Nothing more can be done about a folder that cannot be removed; the next run tries again.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn remove(folder: &Path) -> Result<(), PipelineError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(writing(folder, error)),
        _ => Ok(()),
    }
}

fn writing(path: &Path, source: std::io::Error) -> PipelineError {
    PipelineError::Io { action: "write", path: path.to_owned(), source }
}
