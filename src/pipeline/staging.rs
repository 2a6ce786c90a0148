//! Results are made in a folder beside their place and put there whole.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::lock::{self, Lock, LockError};
use crate::pipeline::PipelineError;

const STAGED: &str = ".qualcode-new";
const REPLACED: &str = ".qualcode-old";
const LOCK: &str = ".qualcode-lock";
const MANIFEST: &str = "run.json";

/// Everything that a run puts into its folder, `run.json` last: who finds it finds the rest.
const RESULTS: [&str; 5] = ["tables", "load.R", "load.py", "diagnostics.csv", MANIFEST];

/// A folder for results under way; what is in it is lost unless [`Staging::put_in_place`] is called. While it lives,
/// no other process can stage results for the same place.
#[derive(Debug)]
pub(super) struct Staging {
    out: PathBuf,
    folder: PathBuf,
    _lock: Lock,
}

impl Staging {
    /// Makes the staging folder in `out`, which is made too if it is not there. What a run before left unfinished is
    /// cleared away, and results that it had moved aside are put back.
    ///
    /// # Errors
    /// If another process is writing results there, the folder holds files of the same names that are no results, or
    /// it cannot be written.
    pub(super) fn begin(out: &Path) -> Result<Self, PipelineError> {
        fs::create_dir_all(out).map_err(|source| writing(out, source))?;
        let path = out.join(LOCK);
        let lock = lock::take(&path).map_err(|error| match error {
            LockError::Held { holder } => PipelineError::Locked { folder: out.to_owned(), holder },
            LockError::Io(source) => writing(&path, source),
        })?;
        let staging = Self { out: out.to_owned(), folder: out.join(STAGED), _lock: lock };
        staging.restore()?;
        staging.refuse_foreign()?;
        remove(&staging.folder)?;
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

    /// Puts the results in the place of those before. Files that a user has put among the tables stay.
    pub(super) fn put_in_place(self) -> Result<(), PipelineError> {
        self.keep_users_files()?;
        let replaced = self.out.join(REPLACED);
        fs::create_dir_all(&replaced).map_err(|source| writing(&replaced, source))?;
        let moved = self.swap(&replaced);
        if moved.is_err() {
            // Whatever could not be put in place, the results before come back.
            self.restore()?;
        }
        moved?;
        remove(&replaced)
    }

    fn swap(&self, replaced: &Path) -> Result<(), PipelineError> {
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
        Ok(())
    }

    /// Puts results back that were moved aside by a run that could not put its own in place.
    fn restore(&self) -> Result<(), PipelineError> {
        let replaced = self.out.join(REPLACED);
        if !self.out.join(MANIFEST).exists() && replaced.is_dir() {
            for name in RESULTS {
                let (aside, place) = (replaced.join(name), self.out.join(name));
                if aside.symlink_metadata().is_ok() {
                    remove(&place)?;
                    fs::rename(&aside, &place).map_err(|source| writing(&place, source))?;
                }
            }
        }
        remove(&replaced)
    }

    /// Refuses a folder that has files of our names which are not ours.
    fn refuse_foreign(&self) -> Result<(), PipelineError> {
        let present = |name: &&&str| self.out.join(name).symlink_metadata().is_ok();
        match RESULTS.iter().find(present) {
            Some(name) if self.manifest().is_none() => Err(PipelineError::Foreign { path: self.out.join(name) }),
            _ => Ok(()),
        }
    }

    /// The `run.json` that is in place, if it is one of this program.
    fn manifest(&self) -> Option<Value> {
        let manifest: Value = serde_json::from_slice(&fs::read(self.out.join(MANIFEST)).ok()?).ok()?;
        (manifest.get("program")?.as_str()? == "qualcode").then_some(manifest)
    }

    /// Moves files of the tables in place that no run has written, and no staged result replaces, to those staged.
    fn keep_users_files(&self) -> Result<(), PipelineError> {
        let Some(manifest) = self.manifest() else { return Ok(()) };
        let outputs = manifest.get("outputs").and_then(Value::as_array).into_iter().flatten();
        let ours: BTreeSet<&str> = outputs.filter_map(|output| output.get("path")?.as_str()).collect();
        let Ok(entries) = fs::read_dir(self.out.join("tables")) else { return Ok(()) };
        for entry in entries.filter_map(Result::ok) {
            let name = format!("tables/{}", entry.file_name().to_string_lossy());
            let staged = self.path(&name);
            if !ours.contains(name.as_str()) && staged.symlink_metadata().is_err() {
                fs::rename(entry.path(), &staged).map_err(|source| writing(&staged, source))?;
            }
        }
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Nothing more can be done about what cannot be removed; the next run tries again.
        let _ = fs::remove_dir_all(&self.folder);
        let _ = fs::remove_file(self.out.join(LOCK));
    }
}

fn remove(path: &Path) -> Result<(), PipelineError> {
    let Ok(found) = path.symlink_metadata() else { return Ok(()) };
    let removed = if found.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    removed.map_err(|source| writing(path, source))
}

fn writing(path: &Path, source: std::io::Error) -> PipelineError {
    PipelineError::Io { action: "write", path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{RESULTS, Staging};
    use crate::pipeline::PipelineError;

    const MANIFEST: &str = r#"{"program": "qualcode", "outputs": [{"path": "tables/codings.csv"}]}"#;

    fn stage(out: &Path, text: &str) -> Result<(), PipelineError> {
        let staging = Staging::begin(out)?;
        fs::write(staging.tables()?.join("codings.csv"), text).expect("written");
        for name in &RESULTS[1..4] {
            staging.write(name, text.as_bytes())?;
        }
        staging.write("run.json", MANIFEST.as_bytes())?;
        staging.put_in_place()
    }

    #[test]
    fn results_replace_results_and_leave_a_users_files() {
        let out = tempfile::tempdir().expect("a folder");
        stage(out.path(), "old").expect("staged");
        fs::write(out.path().join("tables/mine.txt"), "mine").expect("written");
        stage(out.path(), "new").expect("staged");
        let read = |name: &str| fs::read_to_string(out.path().join(name)).expect("a file");
        assert_eq!((read("tables/codings.csv"), read("tables/mine.txt")), ("new".to_owned(), "mine".to_owned()));
        let left: Vec<_> = fs::read_dir(out.path()).expect("a folder").collect();
        assert_eq!(left.len(), RESULTS.len(), "{left:?}");
    }

    #[test]
    fn a_folder_with_files_of_our_names_is_left_alone() {
        let out = tempfile::tempdir().expect("a folder");
        fs::write(out.path().join("load.R"), "mine").expect("written");
        assert!(matches!(stage(out.path(), "new"), Err(PipelineError::Foreign { .. })));
        assert_eq!(fs::read_to_string(out.path().join("load.R")).expect("a file"), "mine");
    }

    #[test]
    fn only_one_process_stages_at_a_time() {
        let out = tempfile::tempdir().expect("a folder");
        let first = Staging::begin(out.path()).expect("free");
        assert!(matches!(Staging::begin(out.path()), Err(PipelineError::Locked { .. })));
        drop(first);
        stage(out.path(), "new").expect("free again");
    }

    #[test]
    fn results_that_were_moved_aside_come_back() {
        let out = tempfile::tempdir().expect("a folder");
        stage(out.path(), "old").expect("staged");
        let aside = out.path().join(super::REPLACED);
        fs::create_dir(&aside).expect("a folder");
        for name in ["run.json", "tables"] {
            fs::rename(out.path().join(name), aside.join(name)).expect("moved");
        }
        drop(Staging::begin(out.path()).expect("free"));
        assert_eq!(fs::read_to_string(out.path().join("tables/codings.csv")).expect("a file"), "old");
        assert!(out.path().join("run.json").exists());
    }
}
