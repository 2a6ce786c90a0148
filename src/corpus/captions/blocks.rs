//! A caption file cut into cues: WebVTT's blocks, SubRip's and SubViewer's.
//!
//! Follows the W3C's WebVTT parser (header, NOTE, STYLE and REGION blocks, identifiers; a time line ends the block
//! before it), except that no words are lost: where a parser for players skips a block, because its time line is
//! damaged or missing, the words are kept and the place is told.

use super::time_line::{self, Layout, TimeLine};
use crate::corpus::timing::Faults;

/// One cue as it stands in the file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cue<'a> {
    /// Line of its times, or of its words if it has none; from 1.
    pub(super) line: u32,
    /// Seconds.
    pub(super) start: Option<f64>,
    /// Seconds.
    pub(super) end: Option<f64>,
    /// Its lines, with all markup.
    pub(super) payload: &'a str,
    /// Words before the first cue.
    pub(super) preamble: bool,
}

/// A file's cues, and what was wrong with them.
#[derive(Debug, Default)]
pub(super) struct Blocks<'a> {
    /// In the order of the file.
    pub(super) cues: Vec<Cue<'a>>,
    /// Whether there is any time line, damaged or not.
    pub(super) timed: bool,
    /// Damaged time lines.
    pub(super) damaged: Faults,
    /// Words outside of cues.
    pub(super) strays: Faults,
}

/// How `text` is written, by its first line of words.
pub(super) fn layout(text: &str) -> Layout {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    if has_signature(text) {
        Layout::Vtt
    } else if time_line::parse(first, Layout::Sbv, true).is_some() {
        Layout::Sbv
    } else {
        Layout::Srt
    }
}

/// Whether `text` begins as WebVTT must.
pub(super) fn has_signature(text: &str) -> bool {
    text.strip_prefix("WEBVTT").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']))
}

/// Cuts `text` into cues.
pub(super) fn split(text: &str, layout: Layout) -> Blocks<'_> {
    let state = if layout == Layout::Vtt { State::Skip } else { State::Between };
    let mut splitter = Splitter { text, layout, state, from: 0, whole: true, number: None, found: Blocks::default() };
    let mut start = 0;
    for (number, line) in (1u32..).zip(text.split('\n')) {
        splitter.line(number, start, line);
        start += line.len() + 1;
    }
    splitter.close();
    splitter.found
}

/// Lines that may be an identifier or words.
#[derive(Debug, Clone, Copy)]
struct Held {
    line: u32,
    lines: u32,
    start: usize,
    end: usize,
    /// Where its last line begins.
    last: usize,
}

#[derive(Debug, Clone, Copy)]
enum State {
    /// After a blank line.
    Between,
    /// In a block without a time line as yet.
    Held(Held),
    /// In a cue whose words are this range of bytes; the last line begins at the third number.
    Cue(usize, usize, usize),
    /// In the header, a comment, a style sheet or a region.
    Skip,
}

struct Splitter<'a> {
    text: &'a str,
    layout: Layout,
    state: State,
    /// Where the words of the last cue begin.
    from: usize,
    /// Whether nothing was left out since the last cue's words.
    whole: bool,
    /// SubRip's number of the cue before.
    number: Option<u64>,
    found: Blocks<'a>,
}

impl<'a> Splitter<'a> {
    fn line(&mut self, number: u32, start: usize, line: &'a str) {
        let end = start + line.len();
        let opens = match self.state {
            State::Between => true,
            State::Held(held) => held.lines == 1,
            State::Cue(..) | State::Skip => false,
        };
        if let Some(times) = time_line::parse(line, self.layout, opens) {
            self.time_line(number, end, times);
        } else if line.is_empty() || (self.layout != Layout::Vtt && line.trim().is_empty()) {
            self.blank();
        } else {
            match &mut self.state {
                State::Between if self.layout == Layout::Vtt && is_apart(line) => {
                    self.state = State::Skip;
                    self.whole = false;
                }
                State::Between => self.state = State::Held(Held { line: number, lines: 1, start, end, last: start }),
                State::Held(held) => (held.lines, held.end, held.last) = (held.lines + 1, end, start),
                State::Cue(_, to, last) => (*to, *last) = (end, start),
                State::Skip => {}
            }
        }
    }

    fn blank(&mut self) {
        match self.state {
            State::Held(held) => self.stray(held),
            State::Cue(from, to, _) => self.words(from, to),
            State::Between | State::Skip => {}
        }
        self.state = State::Between;
    }

    fn close(&mut self) {
        self.blank();
    }

    fn time_line(&mut self, number: u32, end: usize, times: TimeLine) {
        match self.state {
            State::Held(held) => {
                let last = &self.text[held.last..held.end];
                let identifies = self.layout == Layout::Vtt || digits(last).is_some();
                if held.lines == 1 && identifies {
                    self.number = digits(last);
                } else if held.lines > 1 && digits(last).is_some() {
                    self.number = digits(last);
                    self.stray(Held { end: held.last.saturating_sub(1), ..held });
                } else {
                    self.stray(held);
                }
            }
            State::Cue(from, to, last) => {
                // The number of the next caption after a blank line was lost, or is not quite blank.
                let next = digits(&self.text[last..to]);
                let follows = next.is_some() && next == self.number.map(|number| number + 1);
                self.words(from, if follows { last.max(from) } else { to });
                self.number = if follows { next } else { self.number };
            }
            State::Between | State::Skip => {}
        }
        self.found.timed = true;
        if times.is_damaged() {
            self.found.damaged.add(self.found.cues.len(), Some(number));
        }
        let TimeLine { start, end: until } = times;
        self.found.cues.push(Cue { line: number, start, end: until, payload: "", preamble: false });
        let from = (end + 1).min(self.text.len());
        self.state = State::Cue(from, from, from);
        (self.whole, self.from) = (true, from);
    }

    /// The words of the cue that is open.
    fn words(&mut self, from: usize, to: usize) {
        let text = self.text;
        self.from = from;
        if let Some(cue) = self.found.cues.last_mut() {
            cue.payload = text.get(from..to).unwrap_or("");
        }
    }

    /// Lines that belong to no cue: words of the one above, because a blank line slipped in, or words of nobody.
    fn stray(&mut self, held: Held) {
        let lines = &self.text[held.start..held.end];
        if held.lines == 1 && digits(lines).is_some() {
            self.whole = false;
            return;
        }
        self.found.strays.add(self.found.cues.len(), Some(held.line));
        let above = self.found.cues.last_mut().filter(|cue| self.whole && !cue.preamble);
        match above {
            Some(cue) => cue.payload = self.text.get(self.from..held.end).unwrap_or(""),
            None => {
                let preamble = !self.found.timed;
                let cue = Cue { line: held.line, start: None, end: None, payload: lines, preamble };
                self.found.cues.push(cue);
                (self.whole, self.from) = (true, held.start);
            }
        }
    }
}

/// The number that is all of `line`.
fn digits(line: &str) -> Option<u64> {
    let line = line.trim();
    line.bytes().all(|byte| byte.is_ascii_digit()).then(|| line.parse().ok()).flatten()
}

/// Whether a WebVTT block that begins with `line` holds no words: a comment, a style sheet, a region.
fn is_apart(line: &str) -> bool {
    line == "NOTE"
        || line.starts_with("NOTE ")
        || line.starts_with("NOTE\t")
        || matches!(line.trim_end(), "STYLE" | "REGION")
}

#[cfg(test)]
mod tests {
    use super::{Blocks, layout, split};
    use crate::corpus::captions::time_line::Layout;

    fn cues(text: &str) -> Vec<(u32, Option<f64>, &str)> {
        let Blocks { cues, .. } = split(text, layout(text));
        cues.into_iter().map(|cue| (cue.line, cue.start, cue.payload)).collect()
    }

    #[test]
    fn the_blocks_of_webvtt() {
        let text = "WEBVTT - a title\nKind: captions\n\nNOTE\nnot\nwords\n\nSTYLE\n::cue {}\n\nREGION\nid:a\n\n\
                    intro\n00:01.000 --> 00:02.000 line:0\nOne\ntwo\n\nNOTE one line\n\n00:03.000 --> 00:04.000\nThree\n\
                    00:05.000 --> 00:06.000\n00:07.000 --> 00:08.000\nFour";
        assert_eq!(
            cues(text),
            [(15, Some(1.0), "One\ntwo"), (21, Some(3.0), "Three"), (23, Some(5.0), ""), (24, Some(7.0), "Four")]
        );
    }

    #[test]
    fn the_blocks_of_subrip_and_subviewer() {
        let text = "\n1\n00:00:01,000 --> 00:00:02,000\nOne\n \n2\n00:00:03,000 --> 00:00:04,000\nTwo\n3\n00:00:05,000 --> 00:00:06,000\nThree\n";
        assert_eq!(cues(text), [(3, Some(1.0), "One"), (7, Some(3.0), "Two\n"), (10, Some(5.0), "Three")]);
        let text = "0:00:01.000,0:00:02.000\nOne, 2:00,3:00\n\n0:00:03.000,0:00:04.000\nTwo\n";
        assert_eq!(layout(text), Layout::Sbv);
        assert_eq!(cues(text), [(1, Some(1.0), "One, 2:00,3:00"), (4, Some(3.0), "Two")]);
    }

    #[test]
    fn words_outside_of_cues_are_kept() {
        let text = "Talk one\n\n1\n00:00:01,000 --> 00:00:02,000\nOne\n\nmore\n\n2\n00:00:03,000 > 00:00:04,000\nTwo\n\n\
                    3\n00:00:05,000 --> 00:00:0x,000\nThree\n";
        let found = split(text, Layout::Srt);
        let seen: Vec<_> = found.cues.iter().map(|cue| (cue.payload, cue.start, cue.preamble)).collect();
        assert_eq!(
            seen,
            [
                ("Talk one", None, true),
                ("One\n\nmore", Some(1.0), false),
                ("Two", None, false),
                ("Three", Some(5.0), false)
            ]
        );
    }

    #[test]
    fn a_word_that_is_a_number_is_a_word() {
        let text = "1\n00:00:01,000 --> 00:00:02,000\nHow many?\n12\n\n2\n00:00:03,000 --> 00:00:04,000\n13\n";
        assert_eq!(cues(text), [(2, Some(1.0), "How many?\n12"), (7, Some(3.0), "13")]);
    }
}
