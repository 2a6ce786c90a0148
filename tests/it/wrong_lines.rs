//! Lines that people write: the message each gets, and the corrected line in it.

use std::path::Path;

use qualcode::pattern::{ParseOptions, PatternFault, parse};
use serde::Deserialize;

#[derive(Deserialize)]
struct Lines {
    line: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    wrong: String,
    code: String,
    says: String,
    corrected: String,
}

/// Everything that is said of a line, faults or warnings.
fn said(line: &str) -> Vec<PatternFault> {
    match parse(line, &ParseOptions::default()) {
        Ok(parsed) => parsed.warnings,
        Err(faults) => faults,
    }
}

#[test]
fn every_wrong_line_is_told_how_it_is_written() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wrong-lines.toml");
    let lines: Lines = toml::from_str(&std::fs::read_to_string(path).expect("the lines")).expect("TOML");
    assert!(lines.line.len() > 30);
    let mut failures = Vec::new();
    for Line { wrong, code, says, corrected } in lines.line {
        let said_of = said(&wrong);
        let told = said_of.iter().any(|fault| {
            fault.code == code && fault.message.contains(&says) && fault.mend.contains(&format!("`{corrected}`"))
        });
        if !told {
            failures.push(format!("{wrong}: {said_of:?}"));
        }
        if let Err(faults) = parse(&corrected, &ParseOptions::default()) {
            failures.push(format!("corrected {corrected}: {faults:?}"));
        }
        if let Some(again) = said(&corrected).iter().find(|fault| fault.code == code) {
            failures.push(format!("corrected {corrected} is told the same: {again:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
