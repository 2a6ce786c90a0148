//! Characters to lines: by baseline, from left to right, spaces from gaps, column by column.

use super::glyph::Glyph;

/// Characters whose baselines differ by less than this share of their size stand on one line, as a raised figure does.
const SAME_LINE: f32 = 0.45;
/// A gap wider than this share of the size is a space.
const SPACE: f32 = 0.17;
/// A gap wider than this share of the size may part columns.
const WIDE_GAP: f32 = 0.9;
/// A column has at least so many lines.
const FEWEST_LINES: usize = 8;
/// The lines of a column fill at least this share of it, or it is a column of labels or of a table.
const FILLED: f32 = 0.55;

/// One line of words, or its part in one column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Its pieces between wide gaps, from left to right.
    pub(super) chunks: Vec<Chunk>,
    /// Its baseline.
    pub(super) y: f32,
    /// The size of its largest font.
    pub(super) size: f32,
    /// Which column of its page it stands in, from 0; lines across all columns have `None`.
    pub(super) column: Option<usize>,
}

/// Words without a wide gap.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Chunk {
    /// The words, single spaces between them.
    pub(super) text: String,
    /// Left edge.
    pub(super) x0: f32,
    /// Right edge.
    pub(super) x1: f32,
    /// Width of its first word.
    pub(super) first_word: f32,
}

impl Line {
    /// The words.
    pub(super) fn text(&self) -> String {
        let texts: Vec<&str> = self.chunks.iter().map(|chunk| chunk.text.as_str()).collect();
        texts.join(" ")
    }

    /// Left edge.
    pub(super) fn x0(&self) -> f32 {
        self.chunks.first().map_or(0.0, |chunk| chunk.x0)
    }

    /// Right edge.
    pub(super) fn x1(&self) -> f32 {
        self.chunks.last().map_or(0.0, |chunk| chunk.x1)
    }
}

/// The lines of a page in reading order.
pub(super) fn of_page(glyphs: Vec<Glyph>) -> Vec<Line> {
    columns(rows(glyphs))
}

/// Lines by baseline, from top to bottom.
fn rows(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut lines = Vec::new();
    let mut row: Vec<Glyph> = Vec::new();
    let mut top = (0.0, 0.0);
    for glyph in glyphs {
        if !row.is_empty() && top.0 - glyph.y > SAME_LINE * glyph.size.max(top.1) {
            lines.extend(line_of(std::mem::take(&mut row)));
        }
        if row.is_empty() {
            top = (glyph.y, glyph.size);
        }
        row.push(glyph);
    }
    lines.extend(line_of(row));
    lines
}

/// The line that characters of one baseline make; `None` without words.
fn line_of(mut row: Vec<Glyph>) -> Option<Line> {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let size = row.iter().filter(|glyph| glyph.text != " ").map(|glyph| glyph.size).fold(0.0, f32::max);
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut weights: Vec<(f32, f32)> = Vec::new();
    let mut space = false;
    let mut last: Option<&Glyph> = None;
    for glyph in &row {
        if glyph.text.trim().is_empty() {
            space = true;
            continue;
        }
        // Bold made by printing twice, a little aside.
        if last.is_some_and(|last| last.text == glyph.text && glyph.x - last.x < 0.1 * glyph.size) {
            continue;
        }
        weights.push((glyph.y, glyph.size));
        let end = glyph.x + glyph.width;
        match chunks.last_mut() {
            Some(chunk) if glyph.x - chunk.x1 <= WIDE_GAP * glyph.size => {
                if space || glyph.x - chunk.x1 > SPACE * glyph.size {
                    chunk.text.push(' ');
                }
                chunk.text.push_str(&glyph.text);
                chunk.x1 = chunk.x1.max(end);
                if !chunk.text.contains(' ') {
                    chunk.first_word = chunk.x1 - chunk.x0;
                }
            }
            _ => chunks.push(Chunk { text: glyph.text.clone(), x0: glyph.x, x1: end, first_word: glyph.width }),
        }
        space = false;
        last = Some(glyph);
    }
    chunks.iter_mut().for_each(|chunk| chunk.text.truncate(chunk.text.trim_end().len()));
    // A raised figure does not move the line.
    let y = weights.iter().filter(|weight| weight.1 >= 0.8 * size).map(|weight| weight.0).fold(f32::INFINITY, f32::min);
    (!chunks.is_empty()).then_some(Line { chunks, y, size, column: None })
}

/// Puts lines that stand in two columns into reading order: down the left column, then down the right one, between
/// the lines that go across.
fn columns(lines: Vec<Line>) -> Vec<Line> {
    let Some(gutter) = gutter(&lines) else { return lines };
    let mut ordered = Vec::with_capacity(lines.len());
    let mut right = Vec::new();
    for line in lines {
        if line.chunks.iter().any(|chunk| chunk.x0 < gutter && chunk.x1 > gutter) {
            ordered.append(&mut right);
            ordered.push(line);
            continue;
        }
        let Line { chunks, y, size, .. } = line;
        let (left, rest): (Vec<Chunk>, Vec<Chunk>) = chunks.into_iter().partition(|chunk| chunk.x1 <= gutter);
        if !left.is_empty() {
            ordered.push(Line { chunks: left, y, size, column: Some(0) });
        }
        if !rest.is_empty() {
            right.push(Line { chunks: rest, y, size, column: Some(1) });
        }
    }
    ordered.append(&mut right);
    ordered
}

/// Where the space between two columns of running text is, if there are two.
fn gutter(lines: &[Line]) -> Option<f32> {
    let x0 = lines.iter().map(Line::x0).fold(f32::INFINITY, f32::min);
    let x1 = lines.iter().map(Line::x1).fold(f32::NEG_INFINITY, f32::max);
    let width = x1 - x0;
    // A page is a few hundred points wide; more is a damaged file.
    if !(50.0..20_000.0).contains(&width) {
        return None;
    }
    let chunks: Vec<&Chunk> = lines.iter().flat_map(|line| &line.chunks).collect();
    let candidates = (0..=60u8).map(|step| x0 + width * (0.35 + 0.3 * f32::from(step) / 60.0));
    let crossing = |x: f32| chunks.iter().filter(|chunk| chunk.x0 < x && chunk.x1 > x).count();
    let (fewest, first) = candidates.clone().map(|x| (crossing(x), x)).min_by(|a, b| a.0.cmp(&b.0))?;
    let last = candidates.filter(|x| *x >= first).take_while(|x| crossing(*x) == fewest).last().unwrap_or(first);
    let middle = f32::midpoint(first, last);
    let left: Vec<_> = chunks.iter().filter(|chunk| chunk.x1 <= middle).collect();
    let right: Vec<_> = chunks.iter().filter(|chunk| chunk.x0 >= middle).collect();
    if left.len() < FEWEST_LINES || right.len() < FEWEST_LINES || fewest * 4 > lines.len() {
        return None;
    }
    let filled = |side: &[&&Chunk], whole: f32| {
        let sum: f32 = side.iter().map(|chunk| chunk.x1 - chunk.x0).sum();
        sum / side.len() as f32 >= FILLED * whole
    };
    (filled(&left, middle - x0) && filled(&right, x1 - middle)).then_some(middle)
}

#[cfg(test)]
mod tests {
    use super::{Line, of_page};
    use crate::corpus::pdf::glyph::Glyph;

    /// Letters of half their size each; a space leaves a gap.
    fn set(text: &str, x: f32, y: f32) -> Vec<Glyph> {
        let letters = text.chars().enumerate().filter(|(_, letter)| *letter != ' ');
        letters
            .map(|(at, letter)| Glyph { text: letter.into(), x: x + 5.0 * at as f32, y, width: 5.0, size: 10.0 })
            .collect()
    }

    fn texts(glyphs: Vec<Glyph>) -> Vec<String> {
        of_page(glyphs).iter().map(Line::text).collect()
    }

    #[test]
    fn gaps_are_spaces_and_order_is_by_place() {
        let mut glyphs = set("second line", 10.0, 80.0);
        glyphs.extend(set("first", 10.0, 100.0));
        glyphs.extend(set("on", 45.0, 100.4));
        assert_eq!(texts(glyphs), ["first on", "second line"]);
    }

    #[test]
    fn a_raised_figure_stays_on_its_line() {
        let mut glyphs = set("word", 10.0, 100.0);
        glyphs.push(Glyph { text: "2".into(), x: 30.0, y: 104.0, width: 3.0, size: 6.0 });
        let lines = of_page(glyphs);
        assert_eq!((lines[0].text().as_str(), lines[0].y), ("word2", 100.0));
    }

    #[test]
    fn bold_by_double_printing_is_read_once() {
        let mut glyphs = set("ill", 10.0, 100.0);
        glyphs.extend(set("ill", 10.3, 100.0));
        assert_eq!(texts(glyphs), ["ill"]);
    }

    #[test]
    fn two_columns_are_read_one_after_the_other_below_a_title() {
        let mut glyphs = set("a title across the whole of the page and on", 10.0, 300.0);
        for row in 0..10u8 {
            let y = 280.0 - 12.0 * f32::from(row);
            glyphs.extend(set(&format!("left column text {row}"), 10.0, y));
            // The right column stands a little lower, as in real print.
            glyphs.extend(set(&format!("right column text{row}"), 130.0, y - 6.0));
        }
        let lines = texts(glyphs);
        assert_eq!(lines.len(), 21);
        assert!(lines[0].starts_with("a title"));
        assert!(lines[1..11].iter().all(|line| line.starts_with("left")));
        assert!(lines[11..].iter().all(|line| line.starts_with("right")));
    }

    #[test]
    fn labels_beside_words_are_no_column() {
        let mut glyphs = Vec::new();
        for row in 0..10u8 {
            let y = 280.0 - 12.0 * f32::from(row);
            glyphs.extend(set("INT:", 10.0, y));
            glyphs.extend(set("words that go on for a while", 110.0, y));
        }
        assert_eq!(texts(glyphs)[0], "INT: words that go on for a while");
    }
}
