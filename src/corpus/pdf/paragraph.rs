//! Lines to paragraphs: where one ends is told by gaps, indents, lines that end before they are full, numbers in the
//! margin, and labels that recur at the start of lines.
//!
//! Too many breaks do little harm: a paragraph without a label goes on with its speaker's turn.

use std::collections::HashMap;

use super::furniture::Body;
use super::hyphen::Hyphens;
use super::line::Line;

/// Edges that differ by more than this share of the size differ.
const INDENT: f32 = 0.8;
/// A paragraph's gap is at least this many times the distance of its lines.
const GAP: f32 = 1.25;
/// Sizes that differ by more than this share differ.
const OTHER_SIZE: f32 = 0.15;
/// A distance between lines is common if the most frequent one is at most so many times as frequent.
const COMMON: usize = 8;
/// A label has at most so many characters.
const MOST_LABEL: usize = 40;

/// The usual distance between lines, 12 points if there is none.
pub(super) fn leading<'a>(pages: impl Iterator<Item = &'a [Line]>) -> f32 {
    let mut distances: HashMap<i32, usize> = HashMap::new();
    for page in pages {
        for pair in page.windows(2) {
            let distance = pair[0].y - pair[1].y;
            if pair[0].column == pair[1].column && (4.0..100.0).contains(&distance) {
                *distances.entry((distance * 2.0).round() as i32).or_default() += 1;
            }
        }
    }
    // The smallest that is common: in talk, most distances are those between paragraphs of one line.
    let most = distances.values().copied().max().unwrap_or(0);
    let common = distances.into_iter().filter(|(_, count)| count * COMMON >= most).map(|(distance, _)| distance);
    common.min().map_or(12.0, |distance| distance as f32 / 2.0)
}

/// Where the text of a column begins and ends.
#[derive(Debug, Clone, Copy)]
struct Measure {
    left: f32,
    right: f32,
}

/// The text of all pages, paragraphs parted by blank lines.
pub(super) fn text(pages: &[Vec<Body>], leading: f32) -> String {
    let bodies: Vec<(usize, &Body)> =
        pages.iter().enumerate().flat_map(|(number, page)| page.iter().map(move |body| (number, body))).collect();
    let measures = measures(&bodies);
    let labels = labels(&bodies);
    let texts: Vec<String> = bodies.iter().map(|(_, body)| body.line.text()).collect();
    let hyphens = Hyphens::learn(&texts);
    let mut text = String::new();
    let mut before: Option<usize> = None;
    for (at, (_, body)) in bodies.iter().enumerate() {
        if let Some(last) = before {
            let breaks = Breaks { leading, measures: &measures, labels: &labels };
            let ends = body.numbered || breaks.between(&bodies[last], &bodies[at], &texts[last], &texts[at]);
            if ends {
                text.push_str("\n\n");
            } else if !hyphens.join(&mut text, &texts[at]) {
                text.push(' ');
            }
        }
        text.push_str(&texts[at]);
        before = Some(at);
    }
    text
}

struct Breaks<'a> {
    leading: f32,
    measures: &'a HashMap<Option<usize>, Measure>,
    labels: &'a HashMap<String, usize>,
}

impl Breaks<'_> {
    fn between(&self, before: &(usize, &Body), after: &(usize, &Body), before_text: &str, after_text: &str) -> bool {
        let (one, two) = (&before.1.line, &after.1.line);
        if label(after_text).is_some_and(|label| self.labels.get(label).copied().unwrap_or(0) >= 2) {
            return true;
        }
        let size = one.size.max(two.size);
        if (one.size - two.size).abs() > OTHER_SIZE * size {
            return true;
        }
        let follows = before.0 == after.0 && one.column == two.column;
        let down = one.y - two.y;
        if follows && down > GAP * self.leading.max(0.9 * size) {
            return true;
        }
        if after_text.starts_with(char::is_lowercase) {
            return false;
        }
        let Some(measure) = self.measures.get(&two.column) else { return false };
        let elsewhere = |x: f32, y: f32| (x - y).abs() > INDENT * size;
        if follows && elsewhere(one.x0(), two.x0()) && elsewhere(two.x0(), measure.left) {
            return true;
        }
        // The line ended though the next word would have fitted: somebody ended it.
        let first = two.chunks.first().map_or(0.0, |chunk| chunk.first_word);
        let right = self.measures.get(&one.column).map_or(measure.right, |measure| measure.right);
        let room = right - one.x1() - 0.3 * size;
        first < room && (before_text.ends_with(ENDS) || first * 2.0 < room)
    }
}

/// What sentences end in.
const ENDS: [char; 11] = ['.', '?', '!', '…', ':', ']', ')', '"', '”', '’', '—'];

/// The left edge that most lines of a column have, and the right edge that hardly any line passes.
fn measures(bodies: &[(usize, &Body)]) -> HashMap<Option<usize>, Measure> {
    let mut lines: HashMap<Option<usize>, Vec<&Line>> = HashMap::new();
    for (_, body) in bodies {
        lines.entry(body.line.column).or_default().push(&body.line);
    }
    let measure = |(column, lines): (Option<usize>, Vec<&Line>)| {
        let mut lefts: HashMap<i32, usize> = HashMap::new();
        for line in &lines {
            *lefts.entry(line.x0().round() as i32).or_default() += 1;
        }
        let left = lefts.into_iter().max_by_key(|(edge, count)| (*count, -edge)).map_or(0.0, |(edge, _)| edge as f32);
        let mut rights: Vec<f32> = lines.iter().map(|line| line.x1()).collect();
        rights.sort_by(f32::total_cmp);
        let right = rights.get(rights.len() * 98 / 100).or(rights.last()).copied().unwrap_or(0.0);
        (column, Measure { left, right })
    };
    lines.into_iter().map(measure).collect()
}

/// What may be a label at the start of a line, with how many lines begin with it.
fn labels(bodies: &[(usize, &Body)]) -> HashMap<String, usize> {
    let mut labels = HashMap::new();
    for (_, body) in bodies {
        let text = body.line.text();
        if let Some(label) = label(&text) {
            *labels.entry(label.to_owned()).or_default() += 1;
        }
    }
    labels
}

/// The words before the first colon, if they may be a label.
fn label(text: &str) -> Option<&str> {
    let (label, rest) = text.split_once(':')?;
    let possible = label.chars().count() <= MOST_LABEL
        && label.starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase() || c == '[')
        && !label.ends_with(|c: char| c.is_ascii_digit() && rest.starts_with(|d: char| d.is_ascii_digit()));
    possible.then_some(label)
}

#[cfg(test)]
mod tests {
    use super::text;
    use crate::corpus::pdf::furniture::Body;
    use crate::corpus::pdf::line::{Chunk, Line};

    /// Lines from `x`, 12 points apart unless `gap` says more; a character is 5 points wide.
    fn page(lines: &[(&str, f32, f32)]) -> Vec<Vec<Body>> {
        let mut y = 700.0;
        let mut bodies = Vec::new();
        for (words, x, gap) in lines {
            y -= 12.0 + gap;
            let width = |text: &str| 5.0 * text.chars().count() as f32;
            let first_word = width(words.split(' ').next().expect("a word"));
            let chunk = Chunk { text: (*words).to_owned(), x0: *x, x1: x + width(words), first_word };
            bodies.push(Body { line: Line { chunks: vec![chunk], y, size: 10.0, column: None }, numbered: false });
        }
        vec![bodies]
    }

    #[test]
    fn gaps_part_paragraphs() {
        let lines = [
            ("One goes on and on and on and", 50.0, 0.0),
            ("ends here.", 50.0, 0.0),
            ("Two goes on here and so", 50.0, 6.0),
        ];
        assert_eq!(text(&page(&lines), 12.0), "One goes on and on and on and ends here.\n\nTwo goes on here and so");
    }

    #[test]
    fn indents_part_paragraphs() {
        let lines = [
            ("    One goes on and on and on", 70.0, 0.0),
            ("And on as far as the edge of all", 50.0, 0.0),
            ("Stops with a full line of words.", 50.0, 0.0),
            ("Two begins here with an indent.", 70.0, 0.0),
            ("And has a second line of words.", 50.0, 0.0),
        ];
        let parts = text(&page(&lines), 12.0);
        assert_eq!(parts.split("\n\n").count(), 2, "{parts}");
        assert!(parts.contains("words.\n\nTwo begins"));
    }

    #[test]
    fn a_line_that_stops_early_ends_its_paragraph() {
        let lines = [
            ("This line of words is as long as any.", 50.0, 0.0),
            ("This one stops.", 50.0, 0.0),
            ("Another begins and goes on to the end", 50.0, 0.0),
            ("and goes on.", 50.0, 0.0),
        ];
        assert_eq!(
            text(&page(&lines), 12.0),
            "This line of words is as long as any. This one stops.\n\nAnother begins and goes on to the end and goes on."
        );
    }

    #[test]
    fn labels_that_recur_begin_paragraphs() {
        let lines = [
            ("INT: This line of words is a long one.", 50.0, 0.0),
            ("P1: So is this one, and it ends where", 50.0, 0.0),
            ("it says: the next line. Nothing more.", 50.0, 0.0),
            ("INT: This line of words is a long one.", 50.0, 0.0),
            ("P1: And this.", 50.0, 0.0),
        ];
        assert_eq!(text(&page(&lines), 12.0).split("\n\n").count(), 4);
    }
}
