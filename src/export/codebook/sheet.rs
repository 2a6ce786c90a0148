//! A codebook as a table, in CSV or as a workbook: the columns that `codebook import` reads, a row for each pattern.
//!
//! What was written is read again, and whatever comes back otherwise is told: that is the surest way to know what a
//! table cannot hold. Workbooks are written by `rust_xlsxwriter`, which has no dependency but the archive; every cell
//! is text, so that no program takes a pattern for a formula or an id for a number.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};
use serde_json::Value;

use crate::codebook::import::{Kind, Loss, import};
use crate::codebook::{
    CodeEntry, CodebookFile, ExamplesEntry, GuardedPattern, PatternEntry, ThemeEntry, TrackEntry, WhereEntry,
};
use crate::diagnostic::Severity;

use super::losses::loss;
use super::{ExportError, Exported};

/// The columns, in order.
const COLUMNS: [&str; 26] = [
    "kind",
    "theme",
    "code",
    "label",
    "pattern",
    "tracks",
    "definition",
    "include",
    "exclude",
    "example_coded",
    "example_not_coded",
    "source",
    "memo",
    "origin",
    "color",
    "segment",
    "pattern_id",
    "pattern_memo",
    "roles",
    "questions",
    "where",
    "parent",
    "group",
    "cue",
    "key",
    "value",
];

/// Most characters of a cell of a workbook.
const LONGEST_CELL: usize = 32_767;

type Row = [String; COLUMNS.len()];

/// The table as comma-separated values, in UTF-8.
pub(super) fn csv(book: &CodebookFile) -> Exported {
    let bytes = csv_of(&rows(book));
    let losses = otherwise(book, &bytes);
    Exported { bytes, losses }
}

/// The table as a workbook with one sheet.
///
/// # Errors
/// If a cell is too long for a workbook.
pub(super) fn xlsx(book: &CodebookFile) -> Result<Exported, ExportError> {
    let rows = rows(book);
    let losses = otherwise(book, &csv_of(&rows));
    let long = rows.iter().flatten().find(|cell| cell.encode_utf16().count() > LONGEST_CELL);
    if let Some(cell) = long {
        let start: String = cell.chars().take(60).collect();
        return Err(ExportError::LongCell { start, most: LONGEST_CELL });
    }
    Ok(Exported { bytes: workbook(&rows)?, losses })
}

fn csv_of(rows: &[Row]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = COLUMNS.map(str::to_owned);
    for row in std::iter::once(&header).chain(rows) {
        writer.write_record(row).expect("rows of one length can be written into memory");
    }
    writer.into_inner().expect("memory can be flushed")
}

fn workbook(rows: &[Row]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The time of day has no place in a file that is the same for the same codebook.
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let sheet = workbook.add_worksheet();
    sheet.set_name("codebook")?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, name) in (0u16..).zip(COLUMNS) {
        sheet.write_string_with_format(0, column, name, &bold)?;
        let width = match name {
            "pattern" | "definition" | "include" | "exclude" | "example_coded" | "example_not_coded" | "memo" => 40,
            "label" | "code" | "theme" | "pattern_memo" | "cue" | "value" => 24,
            _ => 12,
        };
        sheet.set_column_width(column, width)?;
    }
    for (at, row) in (1u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(row).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string_with_format(at, column, cell, &wrapped)?;
        }
    }
    workbook.save_to_buffer()
}

/// Sets a cell.
fn set(row: &mut Row, column: &str, value: impl Into<String>) {
    if let Some(cell) = COLUMNS.iter().position(|name| *name == column).and_then(|at| row.get_mut(at)) {
        *cell = value.into();
    }
}

fn of_kind(kind: &str) -> Row {
    let mut row = Row::default();
    set(&mut row, "kind", kind);
    row
}

fn rows(book: &CodebookFile) -> Vec<Row> {
    let mut rows = keys(book);
    rows.extend(book.tracks.iter().map(track));
    rows.extend(book.themes.iter().map(theme));
    for question in &book.guide {
        let mut row = of_kind("question");
        set(&mut row, "questions", &question.id);
        set(&mut row, "label", &question.label);
        set(&mut row, "group", question.group.as_deref().unwrap_or_default());
        set(&mut row, "cue", question.cues.join("\n"));
        rows.push(row);
    }
    book.codes.iter().for_each(|entry| code(entry, &mut rows));
    rows
}

/// The codebook's own keys, a row each; of lists, a row for each item.
fn keys(book: &CodebookFile) -> Vec<Row> {
    let Ok(Value::Object(root)) = serde_json::to_value(book) else { return Vec::new() };
    let mut rows = Vec::new();
    for (key, value) in &root {
        let values: Vec<&str> = match value {
            Value::String(text) => vec![text],
            Value::Array(items) if key != "roles" => items.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let roles = match value {
            Value::Array(items) if key == "roles" => {
                items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(";")
            }
            _ => String::new(),
        };
        for value in values.into_iter().chain(Some(roles.as_str()).filter(|roles| !roles.is_empty())) {
            let mut row = of_kind("codebook");
            set(&mut row, "key", key);
            set(&mut row, "value", value);
            rows.push(row);
        }
    }
    rows
}

fn track(track: &TrackEntry) -> Row {
    let mut row = of_kind("track");
    set(&mut row, "tracks", &track.id);
    set(&mut row, "label", &track.label);
    set(&mut row, "definition", track.definition.as_deref().unwrap_or_default());
    set(&mut row, "source", track.source.as_deref().unwrap_or_default());
    row
}

fn theme(theme: &ThemeEntry) -> Row {
    let mut row = of_kind("theme");
    set(&mut row, "theme", &theme.id);
    set(&mut row, "label", &theme.label);
    set(&mut row, "definition", theme.definition.as_deref().unwrap_or_default());
    set(&mut row, "parent", theme.parent.as_deref().unwrap_or_default());
    row
}

/// A code: its first row says everything about it, and each pattern after the first has a row of its own.
fn code(code: &CodeEntry, rows: &mut Vec<Row>) {
    let mut row = of_kind("code");
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let name = |value: Option<Value>| value.and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
    let examples = code.examples.clone().unwrap_or(ExamplesEntry { coded: Vec::new(), not_coded: Vec::new() });
    for (column, value) in [
        ("theme", code.theme.clone()),
        ("code", code.id.clone()),
        ("label", code.label.clone()),
        ("tracks", code.tracks.join(";")),
        ("definition", text(&code.definition)),
        ("include", text(&code.include)),
        ("exclude", text(&code.exclude)),
        ("source", text(&code.source)),
        ("memo", text(&code.memo)),
        ("origin", name(code.origin.and_then(|origin| serde_json::to_value(origin).ok()))),
        ("color", text(&code.color)),
        ("segment", name(code.segment.and_then(|segment| serde_json::to_value(segment).ok()))),
        ("example_coded", examples.coded.join("\n")),
        ("example_not_coded", examples.not_coded.join("\n")),
    ] {
        set(&mut row, column, value);
    }
    let mut patterns = code.patterns.iter();
    if let Some(first) = patterns.next() {
        pattern(first, &mut row);
    }
    rows.push(row);
    for next in patterns {
        let mut row = of_kind("pattern");
        set(&mut row, "theme", &code.theme);
        set(&mut row, "code", &code.id);
        pattern(next, &mut row);
        rows.push(row);
    }
}

fn pattern(entry: &PatternEntry, row: &mut Row) {
    let GuardedPattern { id, matches, roles, questions, attributes, memo } = match entry {
        PatternEntry::Text(text) => return set(row, "pattern", text),
        PatternEntry::Guarded(guarded) => guarded,
    };
    set(row, "pattern", matches);
    set(row, "pattern_id", id.as_deref().unwrap_or_default());
    set(row, "pattern_memo", memo.as_deref().unwrap_or_default());
    let names: Vec<String> = roles
        .iter()
        .filter_map(|role| serde_json::to_value(role).ok())
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect();
    set(row, "roles", names.join(";"));
    set(row, "questions", questions.join(";"));
    if attributes.is_empty() {
        return;
    }
    let plain =
        |text: &str| text == text.trim() && !text.is_empty() && !text.contains([';', '|', '=', '{', '\n', '\r']);
    let conditions: Option<Vec<String>> = attributes
        .iter()
        .map(|(name, value)| match value {
            WhereEntry::Text(text) if plain(text) && plain(name) => Some(format!("{name}={text}")),
            _ => None,
        })
        .collect();
    let written =
        conditions.map_or_else(|| serde_json::to_string(attributes).unwrap_or_default(), |all| all.join("; "));
    set(row, "where", written);
}

/// What comes back otherwise when the table is read again.
fn otherwise(book: &CodebookFile, csv: &[u8]) -> Vec<Loss> {
    let Some(kind) = Kind::parse("csv") else { return Vec::new() };
    let back = match import(kind, csv, "codebook.csv") {
        Ok(imported) => imported.file,
        Err(error) => {
            let why = format!("the table cannot be read back ({error}); keep the codebook in JSON beside it");
            return vec![loss(
                "X009",
                Severity::Warning,
                "the codebook",
                "",
                "cannot be read back from the table",
                why,
            )];
        }
    };
    let (Ok(before), Ok(after)) = (serde_json::to_value(book), serde_json::to_value(back)) else { return Vec::new() };
    let mut losses = Vec::new();
    compare("", &before, &after, &mut losses);
    losses
}

/// Tells of every place at which the two differ; the values are as deep as codebooks are.
fn compare(place: &str, before: &Value, after: &Value, losses: &mut Vec<Loss>) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (key, value) in before {
                let inner = if place.is_empty() { key.clone() } else { format!("{place}.{key}") };
                compare(&inner, value, after.get(key).unwrap_or(&Value::Null), losses);
            }
            for key in after.keys().filter(|key| !before.contains_key(*key)) {
                compare(&format!("{place}.{key}"), &Value::Null, after.get(key).unwrap_or(&Value::Null), losses);
            }
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (at, (before, after)) in before.iter().zip(after).enumerate() {
                let name = before.get("id").and_then(Value::as_str).map_or_else(|| (at + 1).to_string(), str::to_owned);
                compare(&format!("{place}[{name}]"), before, after, losses);
            }
        }
        _ if before == after => {}
        _ => losses.push(loss(
            "X009",
            Severity::Warning,
            place,
            before.as_str().unwrap_or(&before.to_string()),
            "comes back otherwise from the table",
            "white space at the ends of cells, line breaks in patterns and examples, and empty values are not kept; write it on one line",
        )),
    }
}

/// A codebook to begin with: a track, a theme, a question, and a code with two patterns.
pub(super) fn template() -> CodebookFile {
    serde_json::from_str(include_str!("template.json")).expect("the template is a codebook; a test reads it")
}
