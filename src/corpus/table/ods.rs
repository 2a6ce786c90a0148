//! OpenDocument spreadsheets (ODF 1.3, part 3, section 9): the first table with a column of words.

use std::borrow::Cow;

use super::super::options::ColumnNames;
use super::super::read::ReadError;
use super::super::xml::{Element, Piece, Walk};
use super::Table;
use super::package::Package;
use super::rows::{Cell, Exact, Rows, Wanted};

const FORMAT: &str = "OpenDocument";
/// Rows and columns that a spreadsheet has at most; more repetitions are not believed.
const MOST_ROWS: u32 = 1 << 20;
const MOST_COLUMNS: usize = 1 << 14;
/// Bytes that repeated cells of a row take at most; a text that is repeated further is left out.
const MOST_REPEATED: usize = 1 << 20;

/// Reads a spreadsheet.
pub(in crate::corpus) fn read(path: &str, bytes: Vec<u8>, names: &ColumnNames) -> Result<Table, ReadError> {
    let content = Package::open(&bytes, FORMAT)?.required("content.xml")?;
    let mut walk = Walk::new(&content, FORMAT);
    let mut first = None;
    while let Some(piece) = walk.next()? {
        if let Piece::Open(element) = piece
            && element.name() == "table"
        {
            let mut rows = Rows::new(names, None);
            sheet(&mut walk, &mut rows)?;
            if rows.columns_found() > 0 {
                return rows.finish(path, Vec::new());
            }
            first.get_or_insert(rows);
        }
    }
    first.unwrap_or_else(|| Rows::new(names, None)).finish(path, Vec::new())
}

/// The rows of the table that has just begun, to its end.
fn sheet(walk: &mut Walk<'_>, rows: &mut Rows<'_>) -> Result<(), ReadError> {
    let mut line = 0u32;
    let mut inner = 0u32;
    while let Some(piece) = walk.next()? {
        match piece {
            Piece::Open(element) if element.name() == "table" => inner += 1,
            Piece::Close(name) if name == "table" && inner == 0 => break,
            Piece::Close(name) if name == "table" => inner -= 1,
            Piece::Open(element) if element.name() == "table-row" => {
                let repeated = repeated(&element, "number-rows-repeated").min(MOST_ROWS.saturating_sub(line));
                let cells = row(walk)?;
                // Most rows that are repeated are the empty ones at the end.
                let times = if cells.is_empty() { 0 } else { repeated };
                for time in 0..times {
                    if rows.row(line + time + 1, &cells)? == Wanted::NoMore {
                        return Ok(());
                    }
                }
                line += repeated;
            }
            _ => {}
        }
    }
    Ok(())
}

/// The cells of the row that has just begun.
fn row(walk: &mut Walk<'_>) -> Result<Vec<Cell<'static>>, ReadError> {
    let mut cells = Vec::new();
    let (mut at, mut left) = (0usize, MOST_REPEATED);
    while let Some(piece) = walk.next()? {
        match piece {
            Piece::Open(element) if matches!(element.name().as_str(), "table-cell" | "covered-table-cell") => {
                let repeated = repeated(&element, "number-columns-repeated") as usize;
                let exact = exact(&element);
                let text = cell(walk)?;
                let copies = if text.trim().is_empty() { 0 } else { repeated.min(1 + left / text.len()) };
                left = left.saturating_sub(copies.saturating_sub(1) * text.len());
                let end = at.saturating_add(copies).min(MOST_COLUMNS);
                cells.extend((at..end).map(|at| Cell { at, text: Cow::Owned(text.clone()), exact }));
                at = at.saturating_add(repeated);
            }
            Piece::Close(name) if name == "table-row" => break,
            _ => {}
        }
    }
    Ok(cells)
}

/// The text of the cell that has just begun: its paragraphs, without annotations.
fn cell(walk: &mut Walk<'_>) -> Result<String, ReadError> {
    let mut text = String::new();
    let mut paragraphs = 0u32;
    while let Some(piece) = walk.next()? {
        match piece {
            Piece::Open(element) => match element.name().as_str() {
                "annotation" => walk.skip()?,
                "p" => {
                    if paragraphs > 0 {
                        text.push('\n');
                    }
                    paragraphs += 1;
                }
                "line-break" => text.push('\n'),
                "tab" => text.push('\t'),
                "s" => text.push(' '),
                _ => {}
            },
            // Line breaks of the file are spaces; white space is collapsed.
            Piece::Text(piece) if paragraphs > 0 => {
                for part in piece.chars() {
                    match part {
                        part if !part.is_ascii_whitespace() => text.push(part),
                        _ if text.ends_with(char::is_whitespace) || text.is_empty() => {}
                        _ => text.push(' '),
                    }
                }
            }
            Piece::Close(name) if matches!(name.as_str(), "table-cell" | "covered-table-cell") => break,
            Piece::Text(_) | Piece::Close(_) => {}
        }
    }
    Ok(text)
}

fn repeated(element: &Element<'_>, name: &str) -> u32 {
    element.attribute(name).and_then(|times| times.trim().parse().ok()).unwrap_or(1).max(1)
}

/// The number or the time that a cell stands for; it may show less of it.
fn exact(element: &Element<'_>) -> Option<Exact> {
    match element.attribute("value-type")?.as_str() {
        "float" => {
            element.attribute("value")?.trim().parse().ok().filter(|number: &f64| number.is_finite()).map(Exact::Number)
        }
        "time" => duration(&element.attribute("time-value")?).map(Exact::Seconds),
        _ => None,
    }
}

/// The seconds of a duration such as `PT01H02M03.5S`.
fn duration(value: &str) -> Option<f64> {
    let mut rest = value.strip_prefix("PT")?;
    let mut seconds = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|part: char| !part.is_ascii_digit() && part != '.' && part != ',')?;
        let number: f64 = rest[..digits].replace(',', ".").parse().ok()?;
        let mut unit = rest[digits..].chars();
        seconds += number
            * match unit.next()? {
                'H' => 3600.0,
                'M' => 60.0,
                'S' => 1.0,
                _ => return None,
            };
        rest = unit.as_str();
    }
    Some(seconds).filter(|seconds| seconds.is_finite())
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn durations() {
        assert_eq!(duration("PT00H00M05.5S"), Some(5.5));
        assert_eq!(duration("PT01H02M03S"), Some(3723.0));
        assert_eq!(duration("PT30H"), Some(108_000.0));
        for wrong in ["", "P1D", "PT", "PT5", "PTxS", "PT1X"].into_iter().filter(|wrong| *wrong != "PT") {
            assert_eq!(duration(wrong), None, "{wrong}");
        }
    }
}
