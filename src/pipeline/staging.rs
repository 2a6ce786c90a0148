//! Results are made in a folder beside their place and put there whole.

use std::fs;
use std::path::{Path, PathBuf};

use crate::lock::{self, Lock, LockError};
use crate::pipeline::PipelineError;

const STAGED: &str = ".qualcode-new";
const REPLACED: &str = ".qualcode-old";
/// The staging folder's lock file, which goes with it.
const LOCK: &str = "lock";

const MANIFEST: &str = "run.json";
const TABLES: &str = "tables";
/// The file among the tables that lists them.
const DESCRIPTION: &str = "datapackage.json";

/// Everything that a run puts into its folder, `run.json` last: who finds it finds the rest.
const RESULTS: [&str; 5] = [TABLES, "load.R", "load.py", "diagnostics.csv", MANIFEST];

/// A folder for results under way; what is in it is lost unless [`Staging::put_in_place`] is called.
#[derive(Debug)]
pub(super) struct Staging {
    out: PathBuf,
    folder: PathBuf,
    _lock: Lock,
}

impl Staging {
    /// Makes the staging folder in `out`, which is made too if it is not there. What a run before left unfinished is
    /// cleared away.
    ///
    /// # Errors
    /// If another process writes into `out`, it holds files of the same names that are not results, or it cannot be
    /// written.
    pub(super) fn begin(out: &Path) -> Result<Self, PipelineError> {
        let folder = out.join(STAGED);
        fs::create_dir_all(&folder).map_err(|source| writing(&folder, source))?;
        let path = folder.join(LOCK);
        let lock = lock::take(&path).map_err(|error| match error {
            LockError::Held { holder } => PipelineError::Locked { folder: out.to_owned(), holder },
            LockError::Io(source) => writing(&path, source),
        })?;
        let staging = Self { out: out.to_owned(), folder, _lock: lock };
        staging.clear()?;
        refuse_foreign(out)?;
        Ok(staging)
    }

    /// Removes what a run before left unfinished.
    fn clear(&self) -> Result<(), PipelineError> {
        for name in RESULTS {
            let path = self.path(name);
            if path.is_dir() {
                remove(&path)?;
            } else if path.symlink_metadata().is_ok() {
                fs::remove_file(&path).map_err(|source| writing(&path, source))?;
            }
        }
        Ok(())
    }

    /// The staged folder of tables.
    pub(super) fn tables(&self) -> Result<PathBuf, PipelineError> {
        let folder = self.folder.join(TABLES);
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

/// Refuses to replace files that no run has written. Where a run has put its results, there is its `run.json`, or,
/// if it was cut off in between, the folder of what it replaced.
fn refuse_foreign(out: &Path) -> Result<(), PipelineError> {
    let foreign = if out.join(REPLACED).exists() || is_ours(&out.join(MANIFEST)) {
        among_tables(&out.join(TABLES))
    } else {
        RESULTS.iter().map(|name| out.join(name)).find(|path| path.symlink_metadata().is_ok())
    };
    foreign.map_or(Ok(()), |path| Err(PipelineError::Foreign { path }))
}

/// What lies among the tables and is none of those that their description lists. Hidden files, such as those in
/// which a desktop keeps its icons, are nobody's work.
fn among_tables(tables: &Path) -> Option<PathBuf> {
    let described: serde_json::Value = serde_json::from_slice(&fs::read(tables.join(DESCRIPTION)).ok()?).ok()?;
    let listed: Vec<&str> = described["resources"].as_array()?.iter().filter_map(|one| one["path"].as_str()).collect();
    let is_table = |name: &str| name == DESCRIPTION || name.starts_with('.') || listed.contains(&name);
    let mut foreign: Vec<PathBuf> = fs::read_dir(tables)
        .ok()?
        .filter_map(Result::ok)
        .filter(|entry| !is_table(&entry.file_name().to_string_lossy()))
        .map(|entry| entry.path())
        .collect();
    foreign.sort();
    foreign.into_iter().next()
}

fn is_ours(manifest: &Path) -> bool {
    let manifest = fs::read(manifest).ok().and_then(|text| serde_json::from_slice::<serde_json::Value>(&text).ok());
    manifest.is_some_and(|manifest| manifest["program"] == "qualcode")
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
