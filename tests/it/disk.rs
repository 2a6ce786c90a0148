//! A full disk: the results before stay whole, and the message says what to do.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::case::{Case, assert_same, transcript, wide_book};
use crate::oracle;

/// A small disk in memory, for as long as this lives.
struct Disk {
    place: PathBuf,
}

impl Disk {
    /// `None`, said aloud, where nothing may be mounted.
    fn mount(place: &Path, megabytes: usize) -> Option<Self> {
        std::fs::create_dir_all(place).expect("a folder");
        let size = format!("size={megabytes}m");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(place)
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        oracle::present_for_root(mounted, "a small disk (mount -t tmpfs)").then(|| Self { place: place.to_owned() })
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.place).status();
    }
}

fn fill(case: &Case, documents: u64, turns: usize) {
    for number in 0..documents {
        case.write(&format!("corpus/doc-{number:03}.txt"), transcript(number, turns));
    }
}

#[test]
fn a_disk_that_is_full_while_indexing_keeps_the_old_store_and_results() {
    let case = Case::new().book(wide_book());
    let Some(_disk) = Disk::mount(&case.path("disk"), 6) else { return };
    fill(&case, 5, 20);
    case.run("disk/out", &[]).exits(0);
    let before = case.results("disk/out");
    let query = || case.qualcode(&["query", "--store", "disk/out/store", "storm", "--format", "jsonl"]).exits(0).stdout;
    let hits = query();
    fill(&case, 60, 2_000);
    let ran = case.run("disk/out", &[]).exits(2);
    assert!(ran.stderr.contains("check that the disk is not full"), "{}", ran.stderr);
    assert_same(&before, &case.results("disk/out"), "on a full disk");
    assert_eq!(hits, query());
    // With room again it goes on.
    for number in 5..60 {
        case.remove(&format!("corpus/doc-{number:03}.txt"));
    }
    fill(&case, 5, 20);
    case.run("disk/out", &[]).exits(0);
    assert_same(&before, &case.results("disk/out"), "with room again");
}

#[test]
fn a_disk_that_is_full_while_tables_are_written_keeps_the_old_ones() {
    let case = Case::new().book(wide_book());
    let Some(_disk) = Disk::mount(&case.path("disk"), 2) else { return };
    fill(&case, 5, 20);
    case.run("disk/out", &["--store", "store"]).exits(0);
    let before = case.results("disk/out");
    fill(&case, 60, 500);
    for format in ["csv", "parquet,arrow"] {
        let ran = case.run("disk/out", &["--store", "store", "--format", format]).exits(2);
        assert!(ran.stderr.contains("check that the disk has room"), "{}", ran.stderr);
        assert_same(&before, &case.results("disk/out"), "on a full disk");
    }
    let left: Vec<_> = std::fs::read_dir(case.path("disk/out"))
        .expect("the results")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(".qualcode-n") || name.starts_with(".qualcode-o"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}
