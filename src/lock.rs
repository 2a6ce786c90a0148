//! Leave to write in a folder, for one process at a time.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// The lock, held for as long as this lives; the system ends it when the process ends, however it does.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing alone would not do: a child process that another thread is just starting has the file open too.
        let _ = self.file.unlock();
    }
}

/// Why a lock was not given.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another process has it.
    #[error("held by {holder}")]
    Held {
        /// Process and host.
        holder: String,
    },
    /// The lock file cannot be opened or written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// Takes the lock that the file at `path` stands for, which is made if it is not there, and writes into it which
/// process on which host has it. The file may be removed while the lock is held.
///
/// # Errors
/// If another process holds it, or the file cannot be written.
pub fn take(path: &Path) -> Result<Lock, LockError> {
    loop {
        let mut file = File::options().read(true).write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(LockError::Held { holder: holder(&mut file) }),
            Err(TryLockError::Error(source)) => return Err(source.into()),
        }
        // Who held it before may have removed the file between our opening and our locking it.
        if !is_at(&file, path) {
            continue;
        }
        let host = rustix::system::uname().nodename().to_string_lossy().into_owned();
        file.set_len(0)?;
        file.rewind()?;
        writeln!(file, "process {} on host {host}", std::process::id())?;
        return Ok(Lock { file });
    }
}

fn holder(file: &mut File) -> String {
    let mut holder = String::new();
    // A name that cannot be read is no reason to say nothing.
    let _ = file.read_to_string(&mut holder);
    if holder.trim().is_empty() { "another process".to_owned() } else { holder.trim().to_owned() }
}

fn is_at(file: &File, path: &Path) -> bool {
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(ours), Ok(there)) => (ours.dev(), ours.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{LockError, take};

    #[test]
    fn the_second_is_told_who_the_first_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lock");
        let first = take(&path).expect("free");
        let Err(LockError::Held { holder }) = take(&path) else { panic!("taken twice") };
        assert!(holder.starts_with(&format!("process {} on host ", std::process::id())), "{holder}");
        drop(first);
        take(&path).expect("free again");
    }

    #[test]
    fn a_lock_whose_file_is_removed_can_be_taken_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lock");
        let _first = take(&path).expect("free");
        std::fs::remove_file(&path).expect("removed");
        let _second = take(&path).expect("another file");
        assert!(matches!(take(&path), Err(LockError::Held { .. })));
    }
}
