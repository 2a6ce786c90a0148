//! `qualcode lint`.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use qualcode::diagnostic::Severity;
use qualcode::lint::{Finding, speakers_csv};
use qualcode::pipeline::{self, LintOptions, LintOutcome};
use serde_json::{Value, json};

use crate::cli::args::{Common, LintArgs, LintFormat};
use crate::cli::message::{Console, shown};
use crate::cli::progress::Bars;
use crate::cli::{Ending, print};

pub(crate) const LINT_HELP: &str = "\
Examples:
  qualcode lint corpora/utility-company --codebook codebooks/ism-three-tracks.json
  qualcode lint interviews --format csv > findings.csv
  qualcode lint interviews --write-speakers

What is told, each with its place and a mend:
  L001  a label that looks like a misspelling of another
  L002  a label that looks like another way to write one, or a short form
  L003  labels that occur once (note)
  L004  a label that hardly is a speaker
  L005  documents in which nobody interviews
  L006  guide questions that are not found (with --codebook)
  L007  a turn of over 5,000 words
  L008  characters that were decoded wrongly, such as \u{c3}\u{a9}
  L009  characters that were lost
  L010  mixed encodings
  L011  times that go backwards
  L012  documents that are nearly the same
  L013  empty turns
  L014  a document without labels among documents with labels
and what reading the transcripts has to say. A label with a row in speakers.csv is taken as right.
`run` and `index` warn of the same, but not of L006 and L012, and `index` not of L005.

The columns of csv and json: severity, code, document, path, line, column, turn, message, mend.
--write-speakers writes the columns speaker, role, case, same_as, document.

Exit status: 0 nothing but notes; 1 something looks wrong; 3 some transcripts could not be read.";

const COLUMNS: [&str; 9] = ["severity", "code", "document", "path", "line", "column", "turn", "message", "mend"];

pub(crate) fn lint(args: &LintArgs, common: &Common, console: &Console) -> Result<Ending> {
    let options = LintOptions {
        corpora: args.corpora.clone(),
        reading: args.reading.options(),
        codebook: args.codebook.clone(),
        interviewers: args.interviewers.clone(),
        threads: common.threads(),
    };
    let outcome = pipeline::lint(&options, &Bars::new(console.shows_progress()))?;
    let to_output = args.write_speakers.as_ref().is_some_and(|file| file.as_deref() == Some(Path::new("-")));
    if to_output {
        print(&String::from_utf8(speakers_csv(&outcome.start))?)?;
    } else {
        print(&rendered(&outcome.findings, args.format)?)?;
        if let Some(file) = &args.write_speakers {
            write_speakers(file.as_deref(), &outcome, console)?;
        }
    }
    console.say(&summary(&outcome));
    Ok(match outcome.worst() {
        Some(Severity::Skipped) => Ending::SomeSkipped,
        Some(Severity::Warning) => Ending::NothingFound,
        Some(Severity::Note) | None => Ending::Done,
    })
}

fn rendered(findings: &[Finding], format: LintFormat) -> Result<String> {
    Ok(match format {
        LintFormat::Text => findings.iter().map(lines).collect(),
        LintFormat::Csv => {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(COLUMNS)?;
            for finding in findings {
                writer.write_record(cells(finding))?;
            }
            String::from_utf8(writer.into_inner().map_err(csv::IntoInnerError::into_error)?)?
        }
        LintFormat::Json => {
            let all: Vec<Value> = findings.iter().map(object).collect();
            serde_json::to_string_pretty(&all)? + "\n"
        }
    })
}

/// A finding for a person.
fn lines(finding: &Finding) -> String {
    let told = &finding.diagnostic;
    let mut place = shown(&told.path);
    for number in [told.line, told.column].into_iter().flatten() {
        place.push_str(&format!(":{number}"));
    }
    let (word, message, mend) = (told.severity.as_str(), shown(&told.message), shown(&told.mend));
    format!("{place}: {word}: {message} [{}]\n    {mend}\n", told.code)
}

fn cells(finding: &Finding) -> [String; 9] {
    let told = &finding.diagnostic;
    let number = |number: Option<u32>| number.map_or_else(String::new, |number| number.to_string());
    [
        told.severity.as_str().to_owned(),
        told.code.to_owned(),
        finding.document.clone().unwrap_or_default(),
        told.path.clone(),
        number(told.line),
        number(told.column),
        number(finding.turn),
        told.message.clone(),
        told.mend.clone(),
    ]
}

fn object(finding: &Finding) -> Value {
    let told = &finding.diagnostic;
    json!({
        "severity": told.severity.as_str(),
        "code": told.code,
        "document": finding.document,
        "path": told.path,
        "line": told.line,
        "column": told.column,
        "turn": finding.turn,
        "message": told.message,
        "mend": told.mend,
    })
}

fn summary(outcome: &LintOutcome) -> String {
    let count = |severity| outcome.findings.iter().filter(|found| found.diagnostic.severity == severity).count();
    let documents = match outcome.documents {
        1 => "1 document".to_owned(),
        documents => format!("{documents} documents"),
    };
    let counted = [(Severity::Skipped, "skipped"), (Severity::Warning, "warning"), (Severity::Note, "note")]
        .into_iter()
        .filter_map(|(severity, word)| match (count(severity), word) {
            (0, _) => None,
            (count, "skipped") => Some(format!("{count} skipped")),
            (1, word) => Some(format!("1 {word}")),
            (count, word) => Some(format!("{count} {word}s")),
        });
    let counted: Vec<String> = counted.collect();
    if counted.is_empty() {
        format!("{documents}: nothing looks wrong")
    } else {
        format!("{documents}: {}", counted.join(", "))
    }
}

/// Writes the rows into a file that must not be there yet: beside the transcripts unless one is named.
fn write_speakers(file: Option<&Path>, outcome: &LintOutcome, console: &Console) -> Result<()> {
    let path: PathBuf = match (file, outcome.folders.as_slice()) {
        (Some(file), _) => file.to_owned(),
        (None, [folder]) => folder.join("speakers.csv"),
        (None, folders) => bail!(
            "there {} to put speakers.csv into; name the file, as in --write-speakers=FILE",
            if folders.is_empty() { "is no corpus folder" } else { "are several corpus folders" }
        ),
    };
    if outcome.start.is_empty() {
        console.say("every label has a row in speakers.csv already; nothing is written");
        return Ok(());
    }
    let mut opened = match OpenOptions::new().write(true).create_new(true).open(&path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => bail!(
            "{} is there already and is left as it is; write the {} labels that have no row to another file with \
             --write-speakers=FILE, or to standard output with --write-speakers=-, and add what you need",
            path.display(),
            outcome.start.len()
        ),
        opened => opened.with_context(|| format!("cannot write {}", path.display()))?,
    };
    opened.write_all(&speakers_csv(&outcome.start)).with_context(|| format!("cannot write {}", path.display()))?;
    let row = if outcome.start.len() == 1 { "row" } else { "rows" };
    console.say(&format!(
        "{}: {} {row} written; look at the roles and at same_as, and give one person the same case",
        path.display(),
        outcome.start.len()
    ));
    Ok(())
}
