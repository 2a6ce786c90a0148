//! `qualcode codebook diff`.

use anyhow::Result;
use qualcode::diagnostic::Collected;
use qualcode::pipeline::{self, CodebookDiff, CodingDiff};
use qualcode::tables::{Level, TableOptions};
use qualcode::workbench::{ChangeKind, CodingChangeKind};
use serde_json::{Value, json};

use super::args::{DiffArgs, ReportFormat};
use super::corpus_options;
use crate::cli::args::Common;
use crate::cli::message::{Console, shown};
use crate::cli::progress::Bars;
use crate::cli::sheet::{Sheet, WIDTH, aligned, cut, in_context, wrapped};
use crate::cli::{Ending, print};

const COLUMNS: &[&str] = &[
    "change",
    "code",
    "pattern",
    "counted",
    "document",
    "turn",
    "speaker",
    "start_char",
    "end_char",
    "left",
    "text",
    "right",
];

/// Codings of each code and kind, and cells, that text shows.
const CODINGS: usize = 5;
const CELLS: usize = 20;

pub(super) fn diff(args: &DiffArgs, common: &Common, console: &Console) -> Result<Ending> {
    let options = corpus_options(&args.corpus, &args.new, common);
    let as_text = args.corpus.format == ReportFormat::Text;
    let most = args.limit.unwrap_or(if as_text { CODINGS } else { usize::MAX });
    let tables = TableOptions {
        units: args.units.clone(),
        levels: args.levels.clone().unwrap_or_else(|| Level::ALL.to_vec()),
        ..TableOptions::default()
    };
    let report = Collected::default();
    let mut diff = pipeline::diff(&options, &args.old, &tables, most, &report, &Bars::new(console.shows_progress()))?;
    let moved = diff.cells.len();
    diff.cells.truncate(args.limit.unwrap_or(if as_text { CELLS } else { usize::MAX }));
    match args.corpus.format {
        ReportFormat::Csv => print(&sheet(&diff).csv()?)?,
        ReportFormat::Json => print(&format!("{:#}\n", object(&diff)))?,
        ReportFormat::Text => print(&text(&diff, moved, console.colors_output()))?,
    }
    Ok(Ending::Done)
}

fn sheet(diff: &CodebookDiff) -> Sheet {
    let row = |one: &CodingDiff| -> Vec<Value> {
        let change = &one.change;
        vec![
            json!(change.kind.as_str()),
            json!(change.code),
            json!(change.pattern),
            json!(u8::from(change.counted)),
            json!(one.document),
            json!(one.turn),
            json!(one.speaker),
            json!(change.start_char),
            json!(change.end_char),
            json!(one.left),
            json!(change.text),
            json!(one.right),
        ]
    };
    Sheet { columns: COLUMNS, rows: diff.codings.iter().map(row).collect() }
}

fn object(diff: &CodebookDiff) -> Value {
    let changes = diff.changes.iter().map(|change| {
        json!({
            "kind": change.kind.as_str(), "code": (!change.code.is_empty()).then_some(&change.code),
            "what": (!change.what.is_empty()).then_some(&change.what), "before": change.before, "after": change.after,
        })
    });
    let codes = diff.codes.iter().map(|code| {
        let mut object = json!({"code": code.code});
        for (kind, number) in CodingChangeKind::ALL.iter().zip(code.numbers) {
            object[kind.as_str()] = json!(number);
        }
        object
    });
    let cells = diff.cells.iter().map(|cell| {
        json!({
            "unit": cell.unit, "level": cell.level, "a": cell.a, "b": cell.b, "n_ab_before": cell.n_ab_before,
            "n_ab_after": cell.n_ab_after, "jaccard_before": cell.jaccard_before, "jaccard_after": cell.jaccard_after,
        })
    });
    json!({
        "changes": changes.collect::<Vec<_>>(),
        "codes": codes.collect::<Vec<_>>(),
        "codings": sheet(diff).objects(),
        "cells": cells.collect::<Vec<_>>(),
    })
}

fn text(diff: &CodebookDiff, moved: usize, color: bool) -> String {
    let paint = |text: &str, style: &str| {
        if color { format!("\u{1b}[{style}m{text}\u{1b}[0m") } else { text.to_owned() }
    };
    let mut text = String::new();
    text.push_str(&format!("{}\n", paint("Changes of the codebook", "1")));
    if diff.changes.is_empty() {
        text.push_str("  none in codes, patterns or settings\n");
    }
    for change in &diff.changes {
        let place = match (change.code.as_str(), change.what.as_str()) {
            ("", what) => what.to_owned(),
            (code, "") => code.to_owned(),
            // A pattern without an id of its own is named after its code.
            (code, what) if what.starts_with(code) || change.kind != ChangeKind::CodeReworded => what.to_owned(),
            (code, what) => format!("{code}, {what}"),
        };
        text.push_str(&wrapped(&shown(&format!("{} {place}", change.kind.as_str())), 2));
        for (sign, value, style) in [("−", &change.before, "31"), ("+", &change.after, "32")] {
            if let Some(value) = value {
                let lines = wrapped(&shown(value), 8);
                let signed = format!("      {sign} {}", lines.trim_start());
                signed.lines().for_each(|line| text.push_str(&format!("{}\n", paint(line, style))));
            }
        }
    }
    let [gained, lost, counted, uncounted] = diff.numbers();
    let mut sum = format!("{gained} gained, {lost} lost");
    if counted + uncounted > 0 {
        sum.push_str(&format!("; {counted} more count, {uncounted} no longer do"));
    }
    text.push_str(&format!("\n{}: {sum}\n", paint("Codings", "1")));
    for code in diff.codes.iter().filter(|code| code.numbers.iter().any(|&number| number > 0)) {
        let numbers: Vec<String> = CodingChangeKind::ALL
            .iter()
            .zip(code.numbers)
            .filter(|(_, number)| *number > 0)
            .map(|(kind, number)| format!("{number} {}", kind.as_str()))
            .collect();
        text.push_str(&format!("\n  {}: {}\n", paint(&code.code, "1"), numbers.join(", ")));
        for kind in CodingChangeKind::ALL {
            let list: Vec<&CodingDiff> =
                diff.codings.iter().filter(|one| one.change.code == code.code && one.change.kind == kind).collect();
            let (sign, style) = match kind {
                CodingChangeKind::Gained | CodingChangeKind::Counted => ("+", "32"),
                CodingChangeKind::Lost | CodingChangeKind::Uncounted => ("−", "31"),
            };
            for one in &list {
                let speaker = one.speaker.as_ref().map(|speaker| format!(" {speaker}")).unwrap_or_default();
                let uncounted = if one.change.counted { "" } else { " (does not count)" };
                let place = format!("{}#{}{speaker}, {}{uncounted}", one.document, one.turn, one.change.pattern);
                text.push_str(&cut(&format!("    {} {}", paint(sign, style), shown(&place)), 2 * WIDTH));
                let (on, off) = if color { (format!("\u{1b}[1;{style}m"), "\u{1b}[0m") } else { (String::new(), "") };
                let words = in_context(&one.left, &one.change.text, &one.right, WIDTH - 6, &on, off);
                text.push_str(&format!("\n      {words}\n"));
            }
            let more = code.numbers[kind as usize].saturating_sub(list.len() as u64);
            if more > 0 {
                text.push_str(&format!("    {sign} … and {more} more {}\n", kind.as_str()));
            }
        }
    }
    text.push_str(&format!("\n{}: {moved} cells moved\n", paint("Co-occurrence", "1")));
    if !diff.cells.is_empty() {
        let mut rows = vec![["units", "was", "is", "Jaccard", "unit", "level", "pair"].map(str::to_owned).to_vec()];
        rows.extend(diff.cells.iter().map(|cell| {
            let change = if cell.n_ab_after > cell.n_ab_before { "+" } else { "−" };
            let jaccard = |value: Option<f64>| value.map_or_else(|| "none".to_owned(), |value| format!("{value:.2}"));
            vec![
                format!("{change}{}", cell.distance()),
                cell.n_ab_before.to_string(),
                cell.n_ab_after.to_string(),
                format!("{} → {}", jaccard(cell.jaccard_before), jaccard(cell.jaccard_after)),
                cell.unit.clone(),
                cell.level.clone(),
                format!("{} + {}", cell.a, cell.b),
            ]
        }));
        text.push_str(&aligned(&rows));
        if moved > diff.cells.len() {
            text.push_str(&format!("  … and {} more; --format json has them all\n", moved - diff.cells.len()));
        }
    }
    text
}
