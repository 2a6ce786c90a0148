//! The house rules that the compiler does not check: who may see whom, where tantivy and polars live, how long a file
//! may be. This test reads source files only.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the library, top layer first. A module sees those in the rows above its own, and not its peers.
const LAYERS: &[&[&str]] = &[
    &["text", "diagnostic", "progress", "stats", "ordered", "lock"],
    &["corpus", "pattern"],
    &["segment", "codebook"],
    &["span", "lint"],
    &["store"],
    &["coding"],
    &["tables", "query"],
    &["export", "report", "workbench"],
    &["pipeline"],
];

/// Modules of the binary; the library cannot see them.
const BINARY: &[&str] = &["cli"];

/// Crates with one home.
const HOMES: &[(&str, &str)] = &[("tantivy", "store"), ("polars", "tables")];

const LONGEST: usize = 500;

const PRINTING: &[&str] = &["println!", "print!", "eprintln!", "eprint!", "dbg!", "io::stdout", "io::stderr"];

/// A source file, comments and the contents of its string literals taken out.
struct Source {
    path: String,
    code: String,
    lines: usize,
}

impl Source {
    /// The top-level module it belongs to; `main` and `lib` are the roots.
    fn module(&self) -> &str {
        let below = self.path.strip_prefix("src/").unwrap_or(&self.path);
        below.split(['/', '.']).next().unwrap_or(below)
    }

    /// How many modules deep it is: 1 for `src/store.rs` and `src/store/mod.rs`.
    fn depth(&self) -> usize {
        let below = self.path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
        below.split('/').count()
    }

    fn in_binary(&self) -> bool {
        self.module() == "main" || BINARY.contains(&self.module())
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn sources(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    files(&root().join(folder), &mut found);
    found.sort();
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).expect("a source file");
        let path = path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/");
        Source { path, code: code_only(&text), lines: text.lines().count() }
    };
    found.iter().map(read).collect()
}

/// The text without comments and without what stands in string and character literals.
fn code_only(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(hashes) = raw_string(rest) {
            let end = format!("\"{}", "#".repeat(hashes));
            let start = hashes + 2;
            rest[start..].find(&end).map_or(rest.len(), |at| start + at + end.len())
        } else if character == '"' {
            string_end(rest)
        } else if character == '\'' {
            character_end(rest)
        } else {
            0
        };
        if skipped == 0 {
            code.push(character);
            rest = &rest[character.len_utf8()..];
        } else {
            code.extend(rest[..skipped].chars().filter(|&character| character == '\n'));
            rest = &rest[skipped..];
        }
    }
    code
}

/// The number of hashes of a raw string that starts here.
fn raw_string(text: &str) -> Option<usize> {
    let after = text.strip_prefix('r')?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    after[hashes..].starts_with('"').then_some(hashes)
}

fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The end of a character literal; 0 for a lifetime.
fn character_end(text: &str) -> usize {
    let mut characters = text.char_indices().skip(1);
    let first = characters.next().map_or(' ', |(_, character)| character);
    if first == '\\' {
        return text[2..].char_indices().skip(1).find(|&(_, character)| character == '\'').map_or(0, |(at, _)| at + 3);
    }
    characters.next().filter(|&(_, character)| character == '\'').map_or(0, |(at, _)| at + 1)
}

/// The names that follow `prefix`, also those in the braces of `prefix{a, b::c}`, with the number of their line.
fn names_after(code: &str, prefix: &str) -> Vec<(usize, String)> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        if code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == ':') {
            continue;
        }
        let line = code[..at].matches('\n').count() + 1;
        let after = &code[at + prefix.len()..];
        match after.strip_prefix('{') {
            None => names.push((line, name(after))),
            Some(inside) => names.extend(outer_names(inside).into_iter().map(|name| (line, name))),
        }
    }
    names
}

fn name(text: &str) -> String {
    text.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
}

/// The first name of every entry up to the brace that closes this list.
fn outer_names(inside: &str) -> Vec<String> {
    let (mut depth, mut names, mut fresh) = (0usize, Vec::new(), true);
    for (at, character) in inside.char_indices() {
        match character {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            _ if fresh && (character.is_alphabetic() || character == '_') => {
                names.push(name(&inside[at..]));
                fresh = false;
            }
            _ => {}
        }
    }
    names
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|row| row.contains(&module))
}

/// The modules that a library file names by `crate::` or by climbing to the root.
fn seen(source: &Source) -> Vec<(usize, String)> {
    let mut seen = names_after(&source.code, "crate::");
    let climb = "super::".repeat(source.depth());
    for (number, line) in source.code.lines().enumerate() {
        // A module inside the file is one level deeper, so only lines that are not indented are at the file's own.
        let climb = if line.starts_with(' ') { format!("{climb}super::") } else { climb.clone() };
        seen.extend(names_after(line, &climb).into_iter().map(|(_, name)| (number + 1, name)));
    }
    seen
}

#[test]
fn imports_point_upwards() {
    let mut faults = String::new();
    for source in sources("src").iter().filter(|source| !source.in_binary() && source.module() != "lib") {
        let module = source.module();
        let Some(own) = layer(module) else {
            writeln!(faults, "{}: the module {module} has no layer", source.path).expect("a string grows");
            continue;
        };
        for (line, name) in seen(source) {
            let fault = match layer(&name) {
                _ if name == module => continue,
                Some(other) if other < own => continue,
                Some(_) => "is not in a layer above",
                None if BINARY.contains(&name.as_str()) => "belongs to the binary",
                None => "is not a module with a layer",
            };
            writeln!(faults, "{}:{line}: {module} uses {name}, which {fault}", source.path).expect("a string grows");
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn every_module_of_the_library_has_a_layer_and_is_there() {
    let lib = sources("src").into_iter().find(|source| source.path == "src/lib.rs").expect("the library");
    let declared: BTreeSet<String> = names_after(&lib.code, "mod ").into_iter().map(|(_, name)| name).collect();
    for module in &declared {
        assert!(layer(module).is_some(), "src/lib.rs declares {module}, which has no layer");
    }
    let at_home: BTreeSet<String> = sources("src")
        .iter()
        .filter(|source| !source.in_binary() && source.module() != "lib")
        .map(|source| source.module().to_owned())
        .collect();
    assert_eq!(declared, at_home, "modules declared, and modules that have files");
}

#[test]
fn only_main_declares_the_command_line() {
    for source in sources("src") {
        let declares = names_after(&source.code, "mod ").iter().any(|(_, name)| BINARY.contains(&name.as_str()));
        assert_eq!(declares, source.path == "src/main.rs", "{}", source.path);
        if source.in_binary() {
            let seen = names_after(&source.code, "crate::");
            assert!(seen.iter().all(|(_, name)| BINARY.contains(&name.as_str())), "{}: {seen:?}", source.path);
        } else {
            assert!(names_after(&source.code, "qualcode::").is_empty(), "{} names its own crate", source.path);
        }
    }
}

#[test]
fn tantivy_and_polars_have_one_home_each() {
    let mut at_home = BTreeSet::new();
    for source in sources("src") {
        for (krate, home) in HOMES {
            let prefix = format!("{krate}::");
            let named = !names_after(&source.code, &prefix).is_empty()
                || source.code.lines().any(|line| line.trim_start().starts_with(&format!("use {krate}")));
            assert!(!named || source.module() == *home, "{} names {krate}, whose home is src/{home}", source.path);
            if named {
                at_home.insert(*krate);
            }
        }
    }
    assert_eq!(at_home.len(), HOMES.len(), "a crate with a home is used nowhere: {at_home:?}");
}

#[test]
fn no_file_is_long() {
    for source in sources("src").iter().chain(&sources("tests")) {
        assert!(source.lines <= LONGEST, "{} has {} lines; {LONGEST} are the most", source.path, source.lines);
    }
}

#[test]
fn imports_say_what_they_import() {
    for source in sources("src").iter().chain(&sources("tests")) {
        for (number, line) in source.code.lines().enumerate() {
            assert!(!line.contains("::*"), "{}:{}: a wildcard import", source.path, number + 1);
        }
    }
}

#[test]
fn the_library_prints_nothing() {
    for source in sources("src").iter().filter(|source| !source.in_binary()) {
        for word in PRINTING {
            assert!(!source.code.contains(word), "{}: the library prints with {word}", source.path);
        }
    }
}

#[test]
fn the_scanner_sees_what_it_must() {
    let code = code_only(
        "use crate::{store, span::{a, b}}; // crate::x\nlet q = '\"'; \"crate::y\" r#\"crate::z\"# 'a crate::text::t",
    );
    let names: Vec<String> = names_after(&code, "crate::").into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["store", "span", "text"]);
    let source = |path: &str, code: &str| Source { path: path.to_owned(), code: code.to_owned(), lines: 1 };
    let climbing = source("src/tables/rows.rs", "use super::super::query;\n    use super::super::rows;");
    assert_eq!(seen(&climbing), [(1, "query".to_owned())]);
    assert_eq!(source("src/pipeline.rs", "").depth(), 1);
    assert_eq!(source("src/store/mod.rs", "").depth(), 1);
    assert_eq!(source("src/store/home.rs", "").module(), "store");
}
