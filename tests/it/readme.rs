//! The commands of the README, run as they stand.

use std::path::Path;

/// Every `$ …` line of the console blocks of the README, in order.
fn commands() -> Vec<String> {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("a README");
    let mut commands = Vec::new();
    let mut console = false;
    for line in readme.lines() {
        match line.strip_prefix("```") {
            Some(language) => console = language == "console",
            None if console => commands.extend(line.strip_prefix("$ ").map(str::to_owned)),
            None => {}
        }
    }
    commands
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Splits a command as a shell would, as far as the README goes: words, and words in single quotes.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = command.trim_start();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('\'') {
            Some(quoted) => quoted.split_once('\'').expect("a closing quote"),
            None => rest.split_once(' ').unwrap_or((rest, "")),
        };
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    words
}

#[test]
fn the_first_two_commands_are_the_main_job_and_the_tests() {
    let commands = commands();
    assert_eq!(
        commands[..2],
        [
            "cargo run --release -- run corpora/utility-company --codebook codebooks/ism-three-tracks.json --out results",
            "cargo test"
        ]
    );
}

#[test]
fn every_command_of_the_readme_works() {
    let work = tempfile::tempdir().expect("a folder");
    for folder in ["corpora", "codebooks"] {
        std::os::unix::fs::symlink(root().join(folder), work.path().join(folder)).expect("a link");
    }
    let mut ran = 0;
    for command in commands() {
        let mut words = words(&command);
        if command.starts_with("cargo run --release -- ") {
            words.drain(..4);
            words.insert(0, "qualcode".to_owned());
        }
        if words[0] != "qualcode" {
            // `cargo test` is what runs this.
            assert!(words[0] == "cargo", "{command}");
            continue;
        }
        assert_cmd::Command::new(env!("CARGO_BIN_EXE_qualcode"))
            .current_dir(work.path())
            .args(&words[1..])
            .assert()
            .success();
        ran += 1;
    }
    assert!(ran >= 5, "{ran} commands");
}

#[test]
fn the_smallest_codebook_of_the_readme_is_sound() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("a README");
    let start = readme.find("```json\n").expect("a codebook") + "```json\n".len();
    let json = &readme[start..start + readme[start..].find("```").expect("its end")];
    let work = tempfile::tempdir().expect("a folder");
    let path = work.path().join("first-look.json");
    std::fs::write(&path, json).expect("written");
    let checked = assert_cmd::Command::new(env!("CARGO_BIN_EXE_qualcode"))
        .args(["codebook", "check"])
        .arg(&path)
        .assert()
        .success();
    let said = String::from_utf8_lossy(&checked.get_output().stdout).into_owned();
    assert!(said.contains("2 of 2 examples coded as they should be"), "{said}");
}
