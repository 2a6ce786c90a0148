//! Sources of the Reproducible Open Coding Kit (.rock; ROCK standard 1.0).
//!
//! A line is an utterance. Codes and ids (`[[…]]`), anchors, section breaks, comments and blocks of YAML are no
//! words and stay out of the text. Who speaks is told by a case id, which holds until the next one; without any, by
//! labels as in plain text.

use super::decode;
use super::plain;
use super::read::{ReadError, Reading};
use super::rendered::Rendered;
use super::utterance::Utterance;

/// Ids that stand for a person (`cid` is the standard's own).
const CASES: &[&str] = &["cid", "caseId", "participantId"];
/// Bytes at the start of a file that tell what it is.
const HEAD: usize = 4096;

/// Whether a file in an encoding that keeps ASCII is a ROCK source: a section break, or a line with an id or a code.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..HEAD).unwrap_or(bytes));
    let coded = |line: &str| {
        let id = line.trim_start().strip_prefix("[[").and_then(|rest| rest.split_once("]]"));
        id.is_some_and(|(id, _)| id.starts_with("uid=") || id.starts_with("cid="))
    };
    head.lines().any(|line| is_section_break(line.trim()) || coded(line))
}

/// Reads a ROCK source.
pub(super) fn read(path: &str, bytes: Vec<u8>) -> Result<Reading, ReadError> {
    let decoded = decode::decode(bytes)?;
    let mut diagnostics = decoded.diagnostics(path);
    let utterances = utterances(&decoded.text);
    if utterances.iter().all(|utterance| utterance.label.is_none()) {
        let lines: Vec<&str> = utterances.iter().map(|utterance| utterance.words.as_str()).collect();
        let text = lines.join("\n");
        let mut labelled = plain::read_text(path, text.into_bytes())?;
        if labelled.paragraphs.iter().any(|paragraph| paragraph.label.is_some()) {
            labelled.as_in_file = false;
            diagnostics.append(&mut labelled.diagnostics);
            labelled.diagnostics = diagnostics;
            return Ok(labelled);
        }
    }
    let mut rendered = Rendered::default();
    let mut turn: Option<Utterance> = None;
    for next in utterances {
        match &mut turn {
            Some(last) if next.label.is_some() && last.label == next.label => {
                last.words.push('\n');
                last.words.push_str(&next.words);
            }
            _ => {
                turn.iter().for_each(|turn| rendered.speech(turn));
                turn = Some(next);
            }
        }
    }
    turn.iter().for_each(|turn| rendered.speech(turn));
    rendered.finish(diagnostics)
}

/// The lines that are words, with the case that was named last.
fn utterances(text: &str) -> Vec<Utterance> {
    let mut utterances = Vec::new();
    let mut case = None;
    let mut in_yaml = false;
    let mut marks = text.lines().filter(|line| line.trim() == "---").count();
    for line in text.lines() {
        let trimmed = line.trim();
        if trimmed == "---" {
            marks -= 1;
            // A mark that no other closes begins no block.
            in_yaml = !in_yaml && marks > 0;
            continue;
        }
        if in_yaml || trimmed.starts_with('#') || is_section_break(trimmed) || is_anchor(trimmed) {
            continue;
        }
        let (words, ids) = without_codes(line);
        if let Some(named) = ids.iter().rev().find_map(|id| case_of(id)) {
            case = Some(named.to_owned());
        }
        if words.chars().any(char::is_alphanumeric) {
            utterances.push(Utterance { label: case.clone(), words, ..Utterance::default() });
        }
    }
    utterances
}

/// A line without what stands in double brackets, and what stood there.
fn without_codes(line: &str) -> (String, Vec<&str>) {
    let (mut words, mut codes, mut rest) = (String::new(), Vec::new(), line);
    while let Some((before, after)) = rest.split_once("[[") {
        let Some((code, after)) = after.split_once("]]") else { break };
        words.push_str(before.trim());
        words.push(' ');
        codes.push(code);
        rest = after;
    }
    words.push_str(rest.trim());
    let words = words.trim().to_owned();
    (words, codes)
}

fn case_of(id: &str) -> Option<&str> {
    let (name, value) = id.split_once(['=', ':'])?;
    let value = value.trim();
    (CASES.contains(&name.trim()) && !value.is_empty()).then_some(value)
}

fn is_section_break(line: &str) -> bool {
    line.starts_with("---<<") && line.ends_with(">>---")
}

fn is_anchor(line: &str) -> bool {
    line.starts_with("--+-{") && line.ends_with("}-+--")
}

#[cfg(test)]
mod tests {
    use super::{looks_like, read};

    fn text(source: &str) -> String {
        read("a.rock", source.as_bytes().to_vec()).expect("words").text
    }

    #[test]
    fn what_is_no_words_stays_out() {
        let source = "---\nmetadata:\n  - caseId: 1\n---\n# a comment\n[[uid=7a]] One two  [[code>sub]] three [[x||4]]\n\
            ---<<paragraph_break>>---\n--+-{ 10:00 }-+--\n[[uid=7b]]\n[[uid=7c]] Four [five] [[six\n";
        assert_eq!(text(source), "One two three\n\nFour [five] [[six");
        assert!(looks_like(source.as_bytes()));
        assert!(!looks_like(b"Anna: [[aside]] yes\n---\n"));
        assert_eq!(read("a", b"[[justAcode]]\n".to_vec()).expect_err("no words").diagnostic("a").code, "T004");
    }

    #[test]
    fn a_case_speaks_until_the_next() {
        let source = "[[cid=anna]]\nOne.\nTwo. [[codeA]]\n\n[[cid=bo]] Three.\n[[cid=anna]] Four.\n";
        assert_eq!(text(source), "anna: One.\nTwo.\n\nbo: Three.\n\nanna: Four.");
    }

    #[test]
    fn labels_speak_where_no_case_does() {
        let source = "[[uid=1]] Interviewer: Why?\n[[uid=2]] Anna: Because. [[why]]\n[[uid=3]] Of that.\n\
            [[uid=4]] Interviewer: And?\n[[uid=5]] Anna: No.\n";
        let reading = read("a.rock", source.as_bytes().to_vec()).expect("words");
        let labels: Vec<_> = reading.paragraphs.iter().filter_map(|turn| turn.label.as_deref()).collect();
        assert_eq!(labels, ["Interviewer", "Anna", "Interviewer", "Anna"]);
        assert!(!reading.as_in_file);
    }
}
