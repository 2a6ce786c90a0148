//! Other programs that our results are compared with: R, and Python with its statistics and data packages.
//!
//! A test that finds its oracle absent says so and passes, unless `QUALCODE_REQUIRE_ORACLES` is 1: then it fails.
//! `QUALCODE_PYTHON` names the Python to use in place of `python3`.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Python with these modules, or `None` if there is none.
///
/// # Panics
/// If there is none, but oracles are required.
pub(crate) fn python(modules: &[&str]) -> Option<Command> {
    let program = std::env::var("QUALCODE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let probe = "import sys, importlib.util as u; sys.exit(any(u.find_spec(m) is None for m in sys.argv[1:]))";
    let mut command = Command::new(&program);
    // Without byte code left behind in the source folder, and with UTF-8 whatever the locale.
    command.args(["-B", "-X", "utf8"]);
    let found = Command::new(&program).args(["-c", probe]).args(modules).stderr(Stdio::null()).status();
    present(found.is_ok_and(|status| status.success()), &format!("{program} with {}", modules.join(", ")))
        .then_some(command)
}

/// R's script front end, or `None` if there is none.
///
/// # Panics
/// If there is none, but oracles are required.
pub(crate) fn rscript() -> Option<Command> {
    let found = Command::new("Rscript").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    let mut command = Command::new("Rscript");
    command.arg("--vanilla");
    present(found.is_ok_and(|status| status.success()), "Rscript").then_some(command)
}

/// The script of that name among the oracles.
pub(crate) fn script(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracles").join(name)
}

/// Runs the command with that standard input and returns its standard output.
///
/// # Panics
/// If it does not succeed.
pub(crate) fn answer(command: &mut Command, question: &str) -> String {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the oracle was found before");
    // An oracle reads all before it answers; one that dies early is reported by its status below.
    let _ = child.stdin.take().expect("a pipe was asked for").write_all(question.as_bytes());
    let output = child.wait_with_output().expect("the oracle runs");
    assert!(output.status.success(), "{command:?}:\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the oracle answers in UTF-8")
}

/// Passes `found` on; what only the superuser can have is named when it is absent, and required of no one else.
pub(crate) fn present_for_root(found: bool, what: &str) -> bool {
    let root = rustix::process::geteuid().is_root();
    if found || root {
        return present(found, what);
    }
    tell_absent(what);
    false
}

/// Passes `found` on; an absent oracle is named.
fn present(found: bool, what: &str) -> bool {
    if !found {
        let required = std::env::var("QUALCODE_REQUIRE_ORACLES").is_ok_and(|value| value == "1");
        assert!(!required, "oracle absent, but QUALCODE_REQUIRE_ORACLES is 1: {what}");
        tell_absent(what);
    }
    found
}

/// The folder of real corpora, which is no part of the repository: `QUALCODE_CORPORA`, or `shared/corpora` beside
/// it. `None`, and said so, if it is absent.
pub(crate) fn corpora() -> Option<std::path::PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    let folder = std::env::var_os("QUALCODE_CORPORA").map_or_else(beside, Into::into);
    if !folder.is_dir() {
        let test = std::thread::current().name().unwrap_or("a test").to_owned();
        let _ = std::io::stderr().lock().write_all(format!("\nreal corpora absent; not checked: {test}\n").as_bytes());
        return None;
    }
    Some(folder)
}

fn tell_absent(what: &str) {
    let test = std::thread::current().name().unwrap_or("a test").to_owned();
    // The test harness captures the printing macros only; a check that was not made must be seen.
    let _ = std::io::stderr().lock().write_all(format!("\noracle absent: {what}; not checked: {test}\n").as_bytes());
}
