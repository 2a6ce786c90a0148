//! Records put aside on the disk under names, to be taken up in the order of the names: what a table sorted
//! otherwise than the documents come needs, without holding it in memory.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Records being put aside, in a nameless file that vanishes with the program.
#[derive(Debug)]
pub(super) struct LedgerWriter {
    file: BufWriter<File>,
    entries: Vec<Entry>,
    end: u64,
}

#[derive(Debug)]
struct Entry {
    name: Box<str>,
    start: u64,
    len: u32,
    file: u32,
}

impl LedgerWriter {
    /// No records yet; `folder` is where there is room for them.
    ///
    /// # Errors
    /// If no file can be made there.
    pub(super) fn create(folder: &Path) -> io::Result<Self> {
        Ok(Self { file: BufWriter::new(tempfile::tempfile_in(folder)?), entries: Vec::new(), end: 0 })
    }

    /// Puts a record aside. A name may have several.
    ///
    /// # Errors
    /// If it cannot be written, or has 4 GiB or more.
    pub(super) fn put(&mut self, name: &str, record: &[u8]) -> io::Result<()> {
        let len = u32::try_from(record.len()).map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge))?;
        self.file.write_all(record)?;
        self.entries.push(Entry { name: name.into(), start: self.end, len, file: 0 });
        self.end += u64::from(len);
        Ok(())
    }
}

/// All records, in the order of their names as UTF-8 bytes.
#[derive(Debug)]
pub(super) struct Ledger {
    files: Vec<Mutex<File>>,
    entries: Vec<Entry>,
}

impl Ledger {
    /// The records of some writers.
    ///
    /// # Errors
    /// If they cannot be written to their end.
    pub(super) fn of(writers: impl IntoIterator<Item = LedgerWriter>) -> io::Result<Self> {
        let mut ledger = Self { files: Vec::new(), entries: Vec::new() };
        for writer in writers {
            let file = ledger.files.len() as u32;
            ledger.entries.extend(writer.entries.into_iter().map(|entry| Entry { file, ..entry }));
            ledger.files.push(Mutex::new(writer.file.into_inner().map_err(io::IntoInnerError::into_error)?));
        }
        ledger.entries.sort_unstable_by(|a, b| (&a.name, a.file, a.start).cmp(&(&b.name, b.file, b.start)));
        Ok(ledger)
    }

    /// Calls `each` with every name and its records.
    ///
    /// # Errors
    /// If a record cannot be read, and those of `each`.
    pub(super) fn each_name<E: From<io::Error>>(
        &self,
        mut each: impl FnMut(&str, &[Vec<u8>]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut records: Vec<Vec<u8>> = Vec::new();
        for same in self.entries.chunk_by(|a, b| a.name == b.name) {
            records.resize_with(same.len(), Vec::new);
            for (entry, record) in same.iter().zip(&mut records) {
                self.read(entry, record)?;
            }
            each(&same[0].name, &records)?;
        }
        Ok(())
    }

    fn read(&self, entry: &Entry, record: &mut Vec<u8>) -> io::Result<()> {
        let mut file = self.files[entry.file as usize].lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(entry.start))?;
        record.resize(entry.len as usize, 0);
        file.read_exact(record)
    }
}

#[cfg(test)]
mod tests {
    use super::{Ledger, LedgerWriter};

    #[test]
    fn records_come_by_name_from_whichever_writer() {
        let folder = tempfile::tempdir().expect("a folder");
        let put = |records: &[(&str, &str)]| {
            let mut writer = LedgerWriter::create(folder.path()).expect("a file");
            records.iter().for_each(|(name, record)| writer.put(name, record.as_bytes()).expect("room"));
            writer
        };
        let ledger = Ledger::of([put(&[("b", "1"), ("a", "22"), ("b", "")]), put(&[("b", "333"), ("A", "4")])]);
        let mut seen = Vec::new();
        let done: std::io::Result<()> = ledger.expect("written").each_name(|name, records| {
            let records: Vec<_> = records.iter().map(|record| String::from_utf8_lossy(record).into_owned()).collect();
            seen.push(format!("{name} {}", records.join(",")));
            Ok(())
        });
        done.expect("read");
        assert_eq!(seen, ["A 4", "a 22", "b 1,,333"]);
        assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0);
    }
}
