//! Excel workbooks (ISO/IEC 29500, part 1, section 18): the first sheet with a column of words.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::options::ColumnNames;
use super::super::read::ReadError;
use super::super::xml::{Element, Piece, Walk};
use super::Table;
use super::package::Package;
use super::rows::{Cell, Exact, Rows, Wanted};
use super::serial::{self, Kind};

const FORMAT: &str = "Excel";
/// Columns that a sheet has at most.
const MOST_COLUMNS: usize = 1 << 14;

/// Reads a workbook.
pub(in crate::corpus) fn read(path: &str, bytes: Vec<u8>, names: &ColumnNames) -> Result<Table, ReadError> {
    let mut package = Package::open(&bytes, FORMAT)?;
    let workbook = Workbook::read(&mut package)?;
    let mut first = None;
    for sheet in &workbook.sheets {
        let Some(sheet) = package.part(sheet)? else { continue };
        let mut rows = Rows::new(names, None);
        workbook.rows(&sheet, &mut rows)?;
        if rows.columns_found() > 0 {
            return rows.finish(path, Vec::new());
        }
        first.get_or_insert(rows);
    }
    first.unwrap_or_else(|| Rows::new(names, None)).finish(path, Vec::new())
}

/// What the sheets of a workbook share.
struct Workbook {
    /// The names of the sheets' parts, in order.
    sheets: Vec<String>,
    strings: Strings,
    /// What the numbers of each cell format are.
    kinds: Vec<Kind>,
    /// Whether days are counted from 1904.
    from_1904: bool,
}

/// The shared strings, end to end: a workbook may have millions of empty ones.
#[derive(Default)]
struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    fn get(&self, number: usize) -> Option<&str> {
        let start = if number == 0 { 0 } else { *self.ends.get(number - 1)? };
        self.text.get(start..*self.ends.get(number)?)
    }

    fn read(text: &str) -> Result<Self, ReadError> {
        let mut strings = Self::default();
        let mut walk = Walk::new(text, FORMAT);
        while let Some(piece) = walk.next()? {
            if let Piece::Open(element) = piece
                && element.name() == "si"
            {
                rich_text(&mut walk, "si", &mut strings.text)?;
                strings.ends.push(strings.text.len());
            }
        }
        Ok(strings)
    }
}

impl Workbook {
    fn read(package: &mut Package<'_>) -> Result<Self, ReadError> {
        let strings = match package.part("xl/sharedStrings.xml")? {
            Some(text) => Strings::read(&text)?,
            None => Strings::default(),
        };
        let kinds = match package.part("xl/styles.xml")? {
            Some(text) => kinds(&text)?,
            None => Vec::new(),
        };
        let targets = match package.part("xl/_rels/workbook.xml.rels")? {
            Some(text) => targets(&text)?,
            None => HashMap::new(),
        };
        let (mut sheets, mut from_1904) = (Vec::new(), false);
        let text = package.required("xl/workbook.xml")?;
        let mut walk = Walk::new(&text, FORMAT);
        while let Some(piece) = walk.next()? {
            let Piece::Open(element) = piece else { continue };
            match element.name().as_str() {
                "sheet" => {
                    let target = element.attribute("id").and_then(|id| targets.get(&id).cloned());
                    sheets.push(target.unwrap_or_else(|| format!("xl/worksheets/sheet{}.xml", sheets.len() + 1)));
                }
                "workbookPr" => {
                    from_1904 = element.attribute("date1904").is_some_and(|value| value == "1" || value == "true");
                }
                _ => {}
            }
        }
        Ok(Self { sheets, strings, kinds, from_1904 })
    }

    /// The rows of a sheet. Only cells that are there cost memory, wherever they say that they are.
    fn rows(&self, sheet: &str, rows: &mut Rows<'_>) -> Result<(), ReadError> {
        let mut walk = Walk::new(sheet, FORMAT);
        let (mut line, mut next) = (0u32, 0usize);
        let mut cells: Vec<Cell<'_>> = Vec::new();
        while let Some(piece) = walk.next()? {
            match piece {
                Piece::Open(element) => match element.name().as_str() {
                    "row" => {
                        let number = element.attribute("r").and_then(|number| number.parse().ok());
                        line = number.unwrap_or_else(|| line.saturating_add(1));
                        next = 0;
                        cells.clear();
                    }
                    "c" => {
                        let at = element.attribute("r").as_deref().and_then(column).unwrap_or(next);
                        next = at.saturating_add(1);
                        let cell = self.cell(&element, &mut walk, at)?;
                        cells.extend(cell.filter(|cell| at < MOST_COLUMNS && !cell.text.trim().is_empty()));
                    }
                    _ => {}
                },
                Piece::Close(name) if name == "row" => {
                    cells.sort_by_key(|cell| cell.at);
                    cells.dedup_by_key(|cell| cell.at);
                    if rows.row(line, &cells)? == Wanted::NoMore {
                        return Ok(());
                    }
                    cells.clear();
                }
                Piece::Close(_) | Piece::Text(_) => {}
            }
        }
        Ok(())
    }

    fn cell<'w>(
        &'w self,
        element: &Element<'_>,
        walk: &mut Walk<'_>,
        at: usize,
    ) -> Result<Option<Cell<'w>>, ReadError> {
        let style = element.attribute("s").and_then(|style| style.parse::<usize>().ok()).unwrap_or(0);
        let kind = self.kinds.get(style).copied().unwrap_or_default();
        let of_type = element.attribute("t").unwrap_or_default();
        let (mut value, mut inline) = (String::new(), String::new());
        while let Some(piece) = walk.next()? {
            match piece {
                Piece::Open(element) => match element.name().as_str() {
                    "v" => value = walk.text()?,
                    "is" => rich_text(walk, "is", &mut inline)?,
                    _ => walk.skip()?,
                },
                Piece::Close(name) if name == "c" => break,
                Piece::Close(_) | Piece::Text(_) => {}
            }
        }
        let text = |text| Some(Cell { at, text, exact: None });
        Ok(match of_type.as_str() {
            "s" => value
                .trim()
                .parse()
                .ok()
                .and_then(|number| self.strings.get(number))
                .and_then(|found| text(Cow::Borrowed(found))),
            "inlineStr" => text(Cow::Owned(inline)),
            "b" => text(Cow::Borrowed(if value.trim() == "1" { "TRUE" } else { "FALSE" })),
            "str" | "e" | "d" => text(Cow::Owned(unescaped(&value))),
            _ => match value.trim().parse::<f64>().ok().filter(|number| number.is_finite()) {
                Some(number) => {
                    let exact = match kind {
                        Kind::Number => Exact::Number(number),
                        Kind::Time => Exact::Seconds(serial::seconds(number)),
                        Kind::Date | Kind::DateTime => {
                            return Ok(text(Cow::Owned(serial::shown(number, kind, self.from_1904))));
                        }
                    };
                    let shown = serial::shown(number, kind, self.from_1904);
                    Some(Cell { at, text: Cow::Owned(shown), exact: Some(exact) })
                }
                None => text(Cow::Owned(value)),
            },
        })
    }
}

/// The text of the `si` or `is` that has just begun: its runs, without the readings of East Asian words.
fn rich_text(walk: &mut Walk<'_>, end: &str, text: &mut String) -> Result<(), ReadError> {
    while let Some(piece) = walk.next()? {
        match piece {
            Piece::Open(element) => match element.name().as_str() {
                "t" => text.push_str(&unescaped(&walk.text()?)),
                "rPh" => walk.skip()?,
                _ => {}
            },
            Piece::Close(name) if name == end => break,
            Piece::Close(_) | Piece::Text(_) => {}
        }
    }
    Ok(())
}

/// Excel writes control characters as `_x000D_`, of which only the ends of lines matter.
fn unescaped(text: &str) -> String {
    text.replace("_x000D_\n", "\n").replace("_x000D_", "\n").replace("\r\n", "\n").replace("_x000A_", "\n")
}

/// The parts that the relations of a workbook lead to.
fn targets(text: &str) -> Result<HashMap<String, String>, ReadError> {
    let mut targets = HashMap::new();
    let mut walk = Walk::new(text, FORMAT);
    while let Some(piece) = walk.next()? {
        if let Piece::Open(element) = piece
            && let (Some(id), Some(target)) = (element.attribute("Id"), element.attribute("Target"))
        {
            let part = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
            targets.insert(id, part);
        }
    }
    Ok(targets)
}

/// What the numbers of each cell format are.
fn kinds(text: &str) -> Result<Vec<Kind>, ReadError> {
    let mut named: HashMap<u32, Kind> = HashMap::new();
    let mut kinds = Vec::new();
    let mut walk = Walk::new(text, FORMAT);
    let mut in_cells = false;
    while let Some(piece) = walk.next()? {
        match piece {
            Piece::Open(element) => match element.name().as_str() {
                "numFmt" => {
                    let id = element.attribute("numFmtId").and_then(|id| id.parse().ok());
                    if let (Some(id), Some(code)) = (id, element.attribute("formatCode")) {
                        named.insert(id, Kind::of_code(&code));
                    }
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells => {
                    let id = element.attribute("numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                    kinds.push(named.get(&id).copied().unwrap_or_else(|| Kind::built_in(id)));
                }
                _ => {}
            },
            Piece::Close(name) if name == "cellXfs" => in_cells = false,
            Piece::Close(_) | Piece::Text(_) => {}
        }
    }
    Ok(kinds)
}

/// The column (from 0) of a place such as `AB12`.
fn column(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let number = letters
        .take(5)
        .fold(0usize, |number, letter| number * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    number.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::column;

    #[test]
    fn places() {
        assert_eq!(
            ["A1", "Z9", "AA1", "XFD1048576", "7"].map(column),
            [Some(0), Some(25), Some(26), Some(16_383), None]
        );
    }
}
