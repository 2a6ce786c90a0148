//! A corpus, a codebook and the real program, in a folder of their own.
//!
//! The program runs inside that folder and is given relative paths, so that what it says holds no path of this
//! machine.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

/// One row of a table, by column.
pub(crate) type Row = BTreeMap<String, String>;

/// The folder: `corpus` below it holds the transcripts, `codebook.json` lies beside.
pub(crate) struct Case {
    folder: TempDir,
}

impl Case {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("corpus")).expect("a corpus");
        Self { folder }
    }

    /// With a file below `corpus`.
    pub(crate) fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.write(&format!("corpus/{path}"), bytes);
        self
    }

    pub(crate) fn book(self, book: Book) -> Self {
        self.write("codebook.json", book.to_json());
        self
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn remove(&self, path: &str) {
        let path = self.path(path);
        let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    pub(crate) fn rename(&self, from: &str, to: &str) {
        fs::rename(self.path(from), self.path(to)).expect("renamed");
    }

    /// The program with these arguments, to be run in the folder.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_qualcode"));
        command.args(args).current_dir(self.folder.path()).stdin(Stdio::null()).env_remove("NO_COLOR");
        command
    }

    /// Starts the program, its output thrown away.
    pub(crate) fn start(&self, args: &[&str]) -> Child {
        self.command(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts")
    }

    /// Runs the program. What hangs is ended, so that a test fails instead of waiting.
    pub(crate) fn qualcode(&self, args: &[&str]) -> Ran {
        let output = assert_cmd::Command::from_std(self.command(args))
            .timeout(Duration::from_secs(120))
            .output()
            .expect("the program starts");
        Ran::new(args, &output)
    }

    /// `qualcode run` of corpus and codebook into `out`.
    pub(crate) fn run(&self, out: &str, more: &[&str]) -> Ran {
        self.qualcode(&[&["run", "corpus", "--codebook", "codebook.json", "--out", out], more].concat())
    }

    pub(crate) fn index(&self, store: &str, more: &[&str]) -> Ran {
        self.qualcode(&[&["index", "corpus", "--store", store], more].concat())
    }

    /// All results below `out` but the store: name to bytes.
    pub(crate) fn results(&self, out: &str) -> BTreeMap<String, Vec<u8>> {
        let mut results = BTreeMap::new();
        let root = self.path(out);
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
                let path = entry.expect("an entry").path();
                let name = path.strip_prefix(&root).expect("below the root").to_string_lossy().into_owned();
                if path.is_dir() && name != "store" {
                    folders.push(path);
                } else if path.is_file() {
                    results.insert(name, fs::read(&path).expect("a result"));
                }
            }
        }
        results
    }

    /// The rows of a table of `out`.
    pub(crate) fn rows(&self, out: &str, table: &str) -> Vec<Row> {
        rows(&self.read(&format!("{out}/tables/{table}.csv")))
    }
}

/// The rows of a CSV text with a header.
pub(crate) fn rows(text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names = reader.headers().expect("a header").clone();
    let row =
        |record: csv::StringRecord| names.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect();
    reader.records().map(|record| row(record.expect("a row"))).collect()
}

/// The cells of some columns.
pub(crate) fn cells<'r, const N: usize>(rows: &'r [Row], columns: [&str; N]) -> Vec<[&'r str; N]> {
    rows.iter()
        .map(|row| columns.map(|name| row.get(name).unwrap_or_else(|| panic!("no column {name}")).as_str()))
        .collect()
}

/// Says which results differ, not how: they may be long and binary.
pub(crate) fn assert_same(these: &BTreeMap<String, Vec<u8>>, those: &BTreeMap<String, Vec<u8>>, when: &str) {
    let names: Vec<_> = these.keys().collect();
    assert_eq!(names, those.keys().collect::<Vec<_>>(), "{when}: other files");
    let differing: Vec<_> = names.into_iter().filter(|name| these[*name] != those[*name]).collect();
    assert!(differing.is_empty(), "{when}: {differing:?} differ");
}

/// What the program did.
#[derive(Debug)]
pub(crate) struct Ran {
    args: String,
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    pub(crate) fn new(args: &[&str], output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("the program writes UTF-8");
        let said = text(&output.stderr);
        assert!(!said.contains("panicked at"), "qualcode {}: {said}", args.join(" "));
        Self { args: args.join(" "), status: output.status.code(), stdout: text(&output.stdout), stderr: said }
    }

    #[track_caller]
    pub(crate) fn exits(self, status: i32) -> Self {
        assert_eq!(
            self.status,
            Some(status),
            "qualcode {}\nstdout: {}\nstderr: {}",
            self.args,
            self.stdout,
            self.stderr
        );
        self
    }

    /// On standard error.
    #[track_caller]
    pub(crate) fn says(self, part: &str) -> Self {
        assert!(self.stderr.contains(part), "qualcode {} does not say {part:?} but: {}", self.args, self.stderr);
        self
    }

    /// On standard output.
    #[track_caller]
    pub(crate) fn prints(self, part: &str) -> Self {
        assert!(self.stdout.contains(part), "qualcode {} does not print {part:?} but: {}", self.args, self.stdout);
        self
    }
}

/// A small codebook, with one theme `t` and one track `m` unless more are asked for.
#[derive(Clone)]
pub(crate) struct Book {
    json: Value,
}

impl Book {
    pub(crate) fn new() -> Self {
        Self {
            json: json!({
                "format": 1, "id": "book", "title": "A small codebook", "language": "en",
                "tracks": [{"id": "m", "label": "Micro"}],
                "themes": [{"id": "t", "label": "Theme"}],
                "codes": [],
            }),
        }
    }

    /// With another value of a key.
    pub(crate) fn with(mut self, key: &str, value: Value) -> Self {
        self.json[key] = value;
        self
    }

    /// With one more code of theme `t` and track `m`.
    pub(crate) fn code(self, id: &str, patterns: Value) -> Self {
        self.entry(json!({
            "id": id, "theme": "t", "tracks": ["m"], "label": id, "definition": "what the test needs",
            "patterns": patterns,
        }))
    }

    /// With one more code as it would stand in the file.
    pub(crate) fn entry(mut self, code: Value) -> Self {
        self.json["codes"].as_array_mut().expect("a list of codes").push(code);
        self
    }

    fn to_json(&self) -> String {
        serde_json::to_string_pretty(&self.json).expect("JSON")
    }
}

/// A transcript of some thousand words that is the same on every machine: `number` picks which.
pub(crate) fn transcript(number: u64, turns: usize) -> String {
    const WORDS: [&str; 24] = [
        "security",
        "the",
        "IT",
        "manager",
        "it",
        "storm",
        "we",
        "trust",
        "him",
        "never",
        "policy",
        "Åsa",
        "patched",
        "servers",
        "is",
        "responsible",
        "for",
        "phishing",
        "and",
        "awareness",
        "nobody",
        "reads",
        "straße",
        "don't",
    ];
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = move |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % bound as u64) as usize
    };
    let mut text = String::new();
    for turn in 0..turns {
        text.push_str(if turn % 2 == 0 { "Interviewer:" } else { "Anna:" });
        for sentence in 0..1 + next(4) {
            for word in 0..3 + next(12) {
                let word_of = WORDS[next(WORDS.len())];
                text.push(' ');
                text.push_str(&if word == 0 && sentence > 0 { capital(word_of) } else { word_of.to_owned() });
            }
            text.push(if next(5) == 0 { '?' } else { '.' });
        }
        text.push_str("\n\n");
    }
    text
}

fn capital(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// A codebook for [`transcript`] that uses every operator.
pub(crate) fn wide_book() -> Book {
    Book::new()
        .code("owner", json!(["(IT manager | he) [0..3] (is | responsible)", "manager NEAR/4 responsible"]))
        .code("storm", json!(["storm* BEFORE/6 (patched | servers)", "phishing AFTER/3 policy"]))
        .code("aware", json!(["awareness AND NOT nobody", "secur* NOT NEAR/3 never"]))
        .code("trust", json!(["trust EXCEPT trust him", "stem:trusting AND (we OR /[ÅÄ].*/)"]))
        .code("cites", json!(["code:owner NEAR/8 code:storm", "*n't", "STRASSE"]))
}

/// The files of a folder and of those in it.
pub(crate) fn count_files(folder: &Path) -> usize {
    fs::read_dir(folder)
        .expect("a folder")
        .filter(|entry| entry.as_ref().is_ok_and(|entry| entry.path().is_file()))
        .count()
}
