//! What stands on pages and is no part of the text: running headers and footers, page numbers, numbers in the margin.

use std::collections::HashMap;

use super::line::Line;

/// How many lines at the head and at the foot of a page may be furniture.
const DEEPEST: usize = 3;
/// Places that differ by less, in points, are the same.
const SAME_PLACE: f32 = 4.0;
/// How much farther than lines of text furniture stands from the text.
const APART: f32 = 1.3;
/// Numbers in the margin are at least so many.
const FEWEST_NUMBERS: usize = 5;

/// A page's lines.
pub(super) type PageLines = Vec<Line>;

/// Furniture that was taken away.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Removed {
    /// An example of each text that differs in more than its numbers, and the number of pages it stood on.
    pub(super) running: Vec<(String, usize)>,
    /// How many numbers stood in the margin.
    pub(super) margin: usize,
}

/// A line and whether a number in the margin says that a paragraph begins with it.
#[derive(Debug, PartialEq)]
pub(super) struct Body {
    /// The line without its number.
    pub(super) line: Line,
    /// Numbered, where not every line is.
    pub(super) numbered: bool,
}

/// Takes furniture away.
pub(super) fn remove(pages: Vec<PageLines>, leading: f32) -> (Vec<Vec<Body>>, Removed) {
    let (mut pages, margin) = margin_numbers(pages);
    let running = running(&mut pages, leading);
    (pages, Removed { running, margin })
}

/// Lines that stand on several pages at the same place with the same text apart from numbers. A line goes only when
/// all lines outside it on its page have gone.
fn running(pages: &mut [Vec<Body>], leading: f32) -> Vec<(String, usize)> {
    let mut removed: HashMap<String, (String, usize)> = HashMap::new();
    for foot in [false, true] {
        for _ in 0..DEEPEST {
            let mut places: HashMap<String, Vec<(f32, usize)>> = HashMap::new();
            for (number, page) in pages.iter().enumerate() {
                if let Some(line) = outermost(page, foot).and_then(|at| page.get(at)).map(|body| &body.line) {
                    places.entry(key(&line.text())).or_default().push((line.y, number));
                }
            }
            let mut gone = false;
            for (key, mut places) in places {
                places.sort_by(|a, b| a.0.total_cmp(&b.0));
                for group in places.chunk_by(|a, b| b.0 - a.0 < SAME_PLACE) {
                    // Left and right pages may differ, and the first page may have none.
                    let enough = group.len() >= 2 && group.len() * 5 >= pages.len() * 2;
                    let only_number = !key.contains(|c: char| c.is_alphabetic());
                    let always = group.len() >= 3 && group.len() * 2 >= pages.len();
                    if !enough || !(only_number || always || stands_apart(pages, group, foot, leading)) {
                        continue;
                    }
                    for &(_, number) in group {
                        if let Some(at) = outermost(&pages[number], foot) {
                            let line = pages[number].remove(at).line;
                            gone = true;
                            removed.entry(key.clone()).or_insert_with(|| (line.text(), 0)).1 += 1;
                        }
                    }
                }
            }
            if !gone {
                break;
            }
        }
    }
    let mut removed: Vec<_> = removed.into_values().collect();
    removed.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    removed
}

/// The highest or lowest line of a page.
fn outermost(page: &[Body], foot: bool) -> Option<usize> {
    let by_height = |a: &(usize, &Body), b: &(usize, &Body)| a.1.line.y.total_cmp(&b.1.line.y);
    let lines = page.iter().enumerate();
    if foot { lines.min_by(by_height) } else { lines.max_by(by_height) }.map(|(at, _)| at)
}

/// Whether the outermost lines of these pages stand apart from the next ones.
fn stands_apart(pages: &[Vec<Body>], group: &[(f32, usize)], foot: bool, leading: f32) -> bool {
    group.iter().all(|&(y, number)| {
        let others = pages[number].iter().map(|Body { line, .. }| if foot { line.y - y } else { y - line.y });
        others.filter(|distance| *distance > SAME_PLACE).fold(f32::INFINITY, f32::min) > APART * leading
    })
}

/// A text with one sign for each number.
fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii_digit() {
            if !key.ends_with('#') {
                key.push('#');
            }
        } else {
            key.push(character);
        }
    }
    key
}

/// Takes away numbers that count up at the left of the text, line by line or paragraph by paragraph.
fn margin_numbers(pages: Vec<PageLines>) -> (Vec<Vec<Body>>, usize) {
    let lines: usize = pages.iter().map(Vec::len).sum();
    let numbers: Vec<(usize, u32)> = pages
        .iter()
        .enumerate()
        .flat_map(|(number, page)| page.iter().filter_map(move |line| Some((number, margin_number(line)?))))
        .collect();
    let in_order = numbers.windows(2).filter(|pair| {
        let (step, new_page) = (i64::from(pair[1].1) - i64::from(pair[0].1), pair[0].0 != pair[1].0);
        step == 1 || step == 5 || (new_page && matches!(pair[1].1, 1 | 5))
    });
    let counted = in_order.count() + 1;
    // Numbers of pages count up too, one on each.
    let enough = numbers.len() >= FEWEST_NUMBERS && numbers.len() * 2 > pages.len() * 3;
    let margin = if enough && counted * 10 >= numbers.len() * 9 { numbers.len() } else { 0 };
    let every_line = margin * 10 >= lines * 7;
    let by_fives = numbers.windows(2).filter(|pair| pair[0].1 + 5 == pair[1].1).count() * 2 > numbers.len();
    let bodies = pages.into_iter().map(|page| {
        let mut bodies: Vec<Body> = Vec::with_capacity(page.len());
        let mut pending = false;
        for mut line in page {
            let mut numbered = std::mem::take(&mut pending);
            if margin > 0 && margin_number(&line).is_some() {
                line.chunks.remove(0);
                numbered |= !every_line && !by_fives;
                // A number that stands a little higher than its line.
                if line.chunks.is_empty() {
                    pending = numbered;
                    continue;
                }
            }
            bodies.push(Body { line, numbered });
        }
        bodies
    });
    (bodies.collect(), margin)
}

/// The number that stands alone before a line.
fn margin_number(line: &Line) -> Option<u32> {
    let text = line.chunks.first()?.text.as_str();
    (text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::{Removed, remove};
    use crate::corpus::pdf::line::{Chunk, Line};

    fn line(texts: &[&str], y: f32) -> Line {
        let chunk = |(at, text): (usize, &&str)| Chunk {
            text: (*text).to_owned(),
            x0: 20.0 + 50.0 * at as f32,
            x1: 60.0 + 50.0 * at as f32,
            first_word: 20.0,
        };
        Line { chunks: texts.iter().enumerate().map(chunk).collect(), y, size: 10.0, column: None }
    }

    fn left(pages: Vec<Vec<Line>>) -> (Vec<String>, Removed) {
        let (pages, removed) = remove(pages, 12.0);
        (pages.iter().flatten().map(|body| body.line.text()).collect(), removed)
    }

    #[test]
    fn running_lines_go_and_are_told() {
        let page = |number: usize| {
            vec![
                line(&["Interview 7, draft"], 800.0),
                line(&["Anna: Yes."], 760.0),
                line(&[&format!("words {}", ["one", "two", "three"][number])], 748.0),
                line(&[&format!("Page {} of 3", number + 1)], 40.0),
            ]
        };
        let (texts, removed) = left((0..3).map(page).collect());
        // "Anna: Yes." opens every page too; it goes only if it repeats at one place, and nobody can tell it then.
        assert_eq!(removed.running[0].1, 3);
        assert!(removed.running.iter().any(|(text, pages)| text == "Page 1 of 3" && *pages == 3));
        assert!(texts.contains(&"words one".to_owned()) && !texts.iter().any(|text| text.contains("draft")));
    }

    #[test]
    fn words_that_open_two_pages_stay() {
        let page = |words: &str| vec![line(&["Anna: Yes."], 760.0), line(&[words], 748.0)];
        let (texts, removed) = left(vec![page("and one"), page("and two")]);
        assert_eq!((texts.len(), removed), (4, Removed::default()));
    }

    #[test]
    fn numbers_of_paragraphs_go_and_say_where_one_begins() {
        let pages = vec![
            vec![line(&["1"], 100.0), line(&["Dan: Yes"], 99.0), line(&["and so"], 88.0), line(&["2", "P: No"], 70.0)],
            vec![
                line(&["3", "Dan: So"], 100.0),
                line(&["4", "P: Mm"], 88.0),
                line(&["5", "Dan: 6 of them"], 70.0),
                line(&["and"], 58.0),
            ],
        ];
        let (pages, removed) = remove(pages, 12.0);
        let bodies: Vec<(String, bool)> =
            pages.iter().flatten().map(|body| (body.line.text(), body.numbered)).collect();
        let bodies: Vec<(&str, bool)> = bodies.iter().map(|(text, numbered)| (text.as_str(), *numbered)).collect();
        assert_eq!(
            bodies,
            [
                ("Dan: Yes", true),
                ("and so", false),
                ("P: No", true),
                ("Dan: So", true),
                ("P: Mm", true),
                ("Dan: 6 of them", true),
                ("and", false)
            ]
        );
        assert_eq!(removed.margin, 5);
    }
}
