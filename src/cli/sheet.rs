//! Rows for other programs (CSV, JSON) and aligned columns for people.

use anyhow::Result;
use serde_json::{Map, Value};

/// Columns of a line for people.
pub(crate) const WIDTH: usize = 80;

/// A table: column names and rows of as many cells; `null` is an empty cell.
pub(crate) struct Sheet {
    pub(crate) columns: &'static [&'static str],
    pub(crate) rows: Vec<Vec<Value>>,
}

impl Sheet {
    /// Comma-separated values with a header.
    pub(crate) fn csv(&self) -> Result<String> {
        let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
        writer.write_record(self.columns)?;
        for row in &self.rows {
            writer.write_record(row.iter().map(cell))?;
        }
        let bytes = writer.into_inner().map_err(|error| error.into_error())?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The rows as objects.
    pub(crate) fn objects(&self) -> Value {
        let object = |row: &Vec<Value>| -> Map<String, Value> {
            self.columns.iter().map(|&name| name.to_owned()).zip(row.iter().cloned()).collect()
        };
        Value::Array(self.rows.iter().map(|row| Value::Object(object(row))).collect())
    }
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(flag) => u8::from(*flag).to_string(),
        Value::Array(values) => values.iter().map(cell).collect::<Vec<_>>().join("|"),
        other => other.to_string(),
    }
}

/// Most columns of a cell that is not the last of its line.
const CELL: usize = 34;

/// Lines of aligned cells, two spaces in front of each; numbers are set to the right, the last column is cut where
/// the line is full.
pub(crate) fn aligned(rows: &[Vec<String>]) -> String {
    let last = rows.iter().map(Vec::len).max().unwrap_or(0).saturating_sub(1);
    let narrow = |(at, cell): (usize, &String)| if at == last { cell.clone() } else { cut(cell, CELL) };
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().enumerate().map(narrow).collect()).collect();
    let rows = rows.as_slice();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let length = |text: &str| text.chars().count();
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| length(cell)).max().unwrap_or(0);
    let numbers = |column: usize| {
        let mut cells =
            rows.iter().skip(1).filter_map(|row| row.get(column)).filter(|cell| !cell.is_empty()).peekable();
        cells.peek().is_some() && cells.all(|cell| cell.starts_with(|c: char| c.is_ascii_digit() || "−-+<".contains(c)))
    };
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            line.push_str("  ");
            if column + 1 == columns {
                line.push_str(&cut(cell, WIDTH.saturating_sub(length(&line)).max(24)));
            } else {
                let pad = " ".repeat(width(column).saturating_sub(length(cell)));
                let (before, behind) = if numbers(column) { (pad.as_str(), "") } else { ("", pad.as_str()) };
                line.push_str(&format!("{before}{cell}{behind}"));
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// The start of a text, so that it fills no more than `width` columns.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let mut start: String = text.chars().take(width.saturating_sub(1)).collect();
    start.truncate(start.trim_end().len());
    start.push('…');
    start
}

/// Words in lines, each after `indent` spaces.
pub(crate) fn wrapped(text: &str, indent: usize) -> String {
    let mut lines = String::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let length = line.chars().count() + 1 + word.chars().count();
        if !line.is_empty() && indent + length > WIDTH {
            lines.push_str(&format!("{:indent$}{line}\n", ""));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    format!("{lines}{:indent$}{line}\n", "")
}

/// A passage in its context, what was found in the middle, in one line.
pub(crate) fn in_context(left: &str, found: &str, right: &str, width: usize, on: &str, off: &str) -> String {
    let clean = |text: &str| crate::cli::message::shown(text).replace('\n', " ");
    let (left, found, right) = (clean(left), cut(&clean(found), width / 2), clean(right));
    let room = width.saturating_sub(found.chars().count() + 2);
    let left_room = (room / 2).max(room.saturating_sub(right.chars().count()));
    let left_length = left.chars().count();
    let mut shown_left: String = left.chars().skip(left_length.saturating_sub(left_room)).collect();
    if left_length > left_room {
        // A word that was cut is no word.
        shown_left = shown_left.split_once(' ').map_or(String::new(), |(_, whole)| whole.to_owned());
    }
    let right_room = room.saturating_sub(shown_left.chars().count());
    let mut shown_right: String = right.chars().take(right_room).collect();
    if right.chars().count() > right_room {
        shown_right.truncate(shown_right.rfind(' ').unwrap_or(0));
    }
    let (left, right) = (shown_left, shown_right);
    format!("{}{on}[{found}]{off}{}", left.trim_start(), right.trim_end())
}

#[cfg(test)]
mod tests {
    use super::{aligned, cut, in_context, wrapped};

    #[test]
    fn numbers_stand_to_the_right() {
        let rows =
            [["word", "n", "what"], ["a", "1", "x"], ["bcd", "20", "y"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(aligned(&rows), "  word   n  what\n  a      1  x\n  bcd   20  y\n");
    }

    #[test]
    fn long_texts_are_cut_and_wrapped() {
        assert_eq!(cut("storm watch", 8), "storm w…");
        assert_eq!(cut("storm", 5), "storm");
        let text = wrapped(&"word ".repeat(20), 4);
        assert!(text.lines().all(|line| line.chars().count() <= 80 && line.starts_with("    word")));
        assert_eq!(text.lines().count(), 2);
    }

    #[test]
    fn what_was_found_keeps_its_neighbours() {
        assert_eq!(in_context("far away the big ", "storm", " came then", 20, "", ""), "big [storm] came");
    }
}
