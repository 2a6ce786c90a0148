//! What may be a speaker's label at the start of a line; whether it is one, the document decides ([`super::style`]).

use std::ops::Range;

use super::stamp::{self, Stamp};

/// A label has at most so many words.
const MOST_WORDS: usize = 6;
/// A label has at most so many code points.
const MOST_CHARS: usize = 60;
/// The start of a line in which a label must end.
const WINDOW: usize = 280;

/// What may be a label.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate<'a> {
    /// The name, without markup and punctuation.
    pub(super) name: &'a str,
    /// In Markdown emphasis, as in `**Name:**`, or in bold type that ends with the label.
    pub(super) marked: bool,
    /// With its colon outside the emphasis, as in `**Name**:`.
    pub(super) outside: bool,
    /// Written as labels are; otherwise it counts only where the same name is a label elsewhere.
    pub(super) sure: bool,
    /// The timestamp beside it.
    pub(super) stamp: Option<Stamp>,
    /// Byte in the line at which the words begin.
    pub(super) words: usize,
}

impl<'a> Candidate<'a> {
    /// The candidate that `line` begins with. `bold`: the first bytes of the line that a word processor sets in bold.
    pub(super) fn parse(line: &'a str, bold: Option<Range<usize>>) -> Option<Self> {
        let window = &line.as_bytes()[..line.len().min(WINDOW)];
        // Every label has a colon, its own or its timestamp's; "：" begins with EF. Emphasis alone may be a slip.
        if !window.contains(&b':') && !window.contains(&0xEF) && !matches!(window.first(), Some(b'*' | b'_')) {
            return None;
        }
        let mut at = line.len() - line.trim_start().len();
        let stray = line[at..].strip_prefix(['\'', '"', '“']).filter(|rest| rest.starts_with("**"));
        if let Some(rest) = stray {
            at = line.len() - rest.len();
        }
        let mut before = stamp_and_space(line, &mut at);
        let marks = mark_run(&line[at..]);
        at += marks;
        if before.is_none() && marks > 0 {
            before = stamp_and_space(line, &mut at);
        }
        let bold = bold.filter(|bold| bold.contains(&at));
        let name = Name::parse(line, at, marks > 0)?;
        let tail = &line.as_bytes()[name.end..];
        if name.text.ends_with(|c: char| c.is_ascii_digit())
            && tail.first() == Some(&b':')
            && tail.get(1).is_some_and(u8::is_ascii_digit)
        {
            return None;
        }
        let mut rest = Rest { line, at: name.end, stamp: None };
        let mut sure = stray.is_none();
        let mut outside = false;
        let mut closed = marks == 0;
        let mut colon = false;
        let mut colon_at = name.end;
        // The label's tail in any order that occurs: colon, end of emphasis, timestamp.
        loop {
            rest.skip_spaces();
            if !closed && mark_run(rest.text()) > 0 {
                rest.at += mark_run(rest.text());
                closed = true;
                outside = !colon;
            } else if !colon && let Some(length) = colon_len(rest.text()) {
                colon_at = rest.at;
                rest.at += length;
                colon = true;
                sure &= rest.stands_free(marks > 0 || length > 1)?;
            } else if rest.take_stamp() {
                // A timestamp between name and words ends the label, unless a colon follows.
                if colon && closed {
                    rest.skip_spaces();
                    break;
                }
            } else {
                break;
            }
        }
        let alone = rest.text().trim().is_empty();
        let timed = rest.stamp.is_some();
        // A line all in bold says nothing about its label.
        let bold = bold.filter(|bold| name.end <= bold.end && line[rest.at.min(bold.end)..bold.end].trim().is_empty());
        if !colon && !(timed && (alone || marks > 0 || bold.is_some())) {
            // "**Name** words": the colon may have been forgotten.
            if marks < 2 || !closed || timed {
                return None;
            }
            sure = false;
        }
        sure &= closed;
        let stamp = rest.stamp.or(before);
        let outside = outside || (colon && bold.as_ref().is_some_and(|bold| bold.end <= colon_at));
        let marked = marks > 0 || bold.is_some();
        Some(Self { name: name.text, marked, outside, sure, stamp, words: rest.at })
    }
}

/// What follows a name.
struct Rest<'a> {
    line: &'a str,
    at: usize,
    stamp: Option<Stamp>,
}

impl<'a> Rest<'a> {
    fn text(&self) -> &'a str {
        &self.line[self.at..]
    }

    fn skip_spaces(&mut self) {
        self.at = self.line.len() - self.text().trim_start().len();
    }

    /// After a colon: free-standing, glued to a word (not sure), or no label's colon at all (`http:`, `10:30`).
    fn stands_free(&self, marked_or_wide: bool) -> Option<bool> {
        if marked_or_wide || stamp::leading(self.text()).is_some() {
            return Some(true);
        }
        match self.text().chars().next() {
            None => Some(true),
            Some(next) if next.is_whitespace() || matches!(next, '[' | '(' | '\\' | '"' | '“' | '*' | '_' | '…') => {
                Some(true)
            }
            Some(next) if next.is_alphabetic() => Some(false),
            Some(_) => None,
        }
    }

    /// Takes a timestamp: in brackets anywhere, bare only as the last thing on the line.
    fn take_stamp(&mut self) -> bool {
        if self.stamp.is_some() {
            return false;
        }
        let Some(stamp) = stamp::leading(self.text()) else { return false };
        if !stamp.bracketed && !self.text()[stamp.len..].trim().is_empty() {
            return false;
        }
        self.at += stamp.len;
        self.stamp = Some(stamp);
        true
    }
}

/// A name as it stands in the line.
struct Name<'a> {
    text: &'a str,
    end: usize,
}

impl<'a> Name<'a> {
    fn parse(line: &'a str, start: usize, marked: bool) -> Option<Self> {
        let text = &line[start..];
        let mut letters = text.chars();
        match letters.next()? {
            '$' | '@' if letters.next().is_some_and(char::is_alphanumeric) => {}
            first if first.is_alphanumeric() => {}
            _ => return None,
        }
        let mut end = None;
        for (count, (at, character)) in text.char_indices().enumerate() {
            if count > MOST_CHARS {
                return None;
            }
            let here = &text[at..];
            match character {
                ':' | '：' | '[' => end = Some(at),
                '\\' if here.starts_with("\\[") => end = Some(at),
                '*' | '_' if marked => end = Some(at),
                '(' if stamp::leading(here).is_some() => end = Some(at),
                '?' | ';' | '"' | '“' | '”' | '…' | '<' | '>' | '=' | '|' | '*' | '{' | '}' | '。' | '、' | '，' =>
                {
                    return None;
                }
                '!' if !marked => return None,
                '.' if ends_sentence(text, at) => return None,
                _ if character.is_whitespace() => {
                    let rest = here.trim_start();
                    if rest.starts_with(|c: char| c.is_ascii_digit()) && stamp::whole(rest).is_some() {
                        end = Some(at);
                    }
                }
                _ => {}
            }
            if end.is_some() {
                break;
            }
        }
        let end = end?;
        let name = text[..end].trim_end();
        let open = name.matches('(').count();
        if name.split_whitespace().nth(MOST_WORDS).is_some()
            || name.contains("   ")
            || open != name.matches(')').count()
        {
            return None;
        }
        Some(Self { text: name, end: start + name.len() })
    }
}

/// Whether the full stop at `at` ends a sentence rather than an abbreviation such as `Dr.` or an initial.
fn ends_sentence(text: &str, at: usize) -> bool {
    let after = &text[at + 1..];
    if after.starts_with('.') {
        return true;
    }
    if !after.starts_with(char::is_whitespace) {
        return false;
    }
    let word = text[..at].rsplit(char::is_whitespace).next().unwrap_or("");
    !(word.chars().count() <= 4 && word.starts_with(char::is_uppercase))
}

fn stamp_and_space(line: &str, at: &mut usize) -> Option<Stamp> {
    let stamp = stamp::leading(&line[*at..])?;
    let after = &line[*at + stamp.len..];
    let rest = after.trim_start_matches([' ', '\t', '-', '–', '—', '|']);
    if rest.is_empty() || (rest.len() == after.len() && !stamp.bracketed) {
        return None;
    }
    *at = line.len() - rest.len();
    Some(stamp)
}

fn mark_run(text: &str) -> usize {
    match text.as_bytes().first() {
        Some(&mark @ (b'*' | b'_')) => text.bytes().take_while(|byte| *byte == mark).count(),
        _ => 0,
    }
}

fn colon_len(text: &str) -> Option<usize> {
    if text.starts_with(':') { Some(1) } else { text.starts_with('：').then_some('：'.len_utf8()) }
}

#[cfg(test)]
mod tests {
    use super::Candidate;

    /// Name, seconds, words, sure.
    fn seen(line: &str) -> Option<(&str, Option<f64>, &str, bool)> {
        Candidate::parse(line, None)
            .map(|found| (found.name, found.stamp.map(|stamp| stamp.start), &line[found.words..], found.sure))
    }

    #[test]
    fn every_style_of_section_four() {
        for (line, seconds) in [
            ("Anna Berg: Yes, well.", None),
            ("**Anna Berg:** Yes, well.", None),
            ("**Anna Berg**: Yes, well.", None),
            ("__Anna Berg:__ Yes, well.", None),
            ("[00:01:02] Anna Berg: Yes, well.", Some(62.0)),
            ("[00:01:02] **Anna Berg:** Yes, well.", Some(62.0)),
            ("00:01:02 Anna Berg: Yes, well.", Some(62.0)),
            ("Anna Berg (01:02): Yes, well.", Some(62.0)),
            ("Anna Berg [01:02]: Yes, well.", Some(62.0)),
            ("**Anna Berg:** \\[01:02\\] Yes, well.", Some(62.0)),
            ("**Anna Berg** [01:02]: Yes, well.", Some(62.0)),
            ("Anna Berg： Yes, well.", None),
            ("Anna Berg : Yes, well.", None),
        ] {
            assert_eq!(seen(line), Some(("Anna Berg", seconds, "Yes, well.", true)), "{line}");
        }
        for line in [
            "Anna Berg [00:01:02]",
            "Anna Berg  01:02",
            "Anna Berg: 00:01:02",
            "Anna Berg\t1:02",
            "**Anna Berg** 01:02",
        ] {
            assert_eq!(seen(line), Some(("Anna Berg", Some(62.0), "", true)), "{line}");
        }
    }

    #[test]
    fn names_of_many_kinds() {
        for name in [
            "S1",
            "Speaker 2",
            "Dr. Berg",
            "J. P. de la Cruz",
            "Anna (CEO)",
            "IT-chef",
            "李雷",
            "Интервьюер",
            "O'Brien",
            "$STDOUT",
            "Reece, PsyD",
        ] {
            let line = format!("{name}: words");
            assert_eq!(seen(&line).map(|found| found.0), Some(name), "{line}");
        }
    }

    #[test]
    fn what_cannot_be_a_label() {
        for line in [
            "http://x.org is a page",
            "10:30 we met",
            "3:1 is the ratio",
            "00:00:05 --> 00:00:09",
            "12:30:45, he said: no",
            "We met. Then he said: no",
            "What is that? This: no",
            ": words",
            "One two three four five six seven: words",
            "(laughs): words",
            "words without",
            "Yes [laughs]",
            "\"Quoted: words\"",
            "Well... so: no",
            "He came [00:12] and went",
            "12",
            "",
        ] {
            assert_eq!(seen(line), None, "{line}");
        }
    }

    #[test]
    fn slips_are_kept_for_the_document_to_judge() {
        for line in ["**Anna** words", "'**Anna:** words", "Anna:words", "**Anna: words**"] {
            assert_eq!(seen(line).map(|found| (found.0, found.3)), Some(("Anna", false)), "{line}");
        }
    }
}
