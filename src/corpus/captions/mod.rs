//! WebVTT, SubRip and SubViewer captions.
//!
//! The parser is our own. Those on the registry either refuse a file for one bad cue, keep neither voices nor the
//! place of a fault, or read one of the three formats only; here the words of a damaged caption must be kept and the
//! place be told. The layout is told from the content, so that a file under another's name is read all the same.

mod blocks;
mod payload;
mod rolling;
mod speakers;
mod time_line;

use self::payload::Piece;
use self::time_line::Layout;
use super::decode;
use super::fragment::{self, Fragment};
use super::read::{ReadError, Reading};
use super::rendered::Rendered;
use super::timing;
use crate::diagnostic::{Diagnostic, Severity};

/// A cue with its words.
#[derive(Debug, Default)]
struct Caption<'a> {
    /// Its line in the file, from 1.
    line: u32,
    /// Seconds.
    start: Option<f64>,
    /// Seconds.
    end: Option<f64>,
    /// Its lines.
    pieces: Vec<Piece<'a>>,
}

/// Reads WebVTT.
///
/// # Errors
/// If there are no words, no times, or the bytes are no text.
pub(super) fn read_vtt(path: &str, bytes: Vec<u8>) -> Result<Reading, ReadError> {
    read(path, bytes, "WebVTT captions", true)
}

/// Reads SubRip and SubViewer.
///
/// # Errors
/// If there are no words, no times, or the bytes are no text.
pub(super) fn read_srt(path: &str, bytes: Vec<u8>) -> Result<Reading, ReadError> {
    read(path, bytes, "SubRip captions", false)
}

/// Whether a file that begins with `bytes` is WebVTT.
pub(super) fn looks_like_vtt(bytes: &[u8]) -> bool {
    blocks::has_signature(&beginning(bytes))
}

/// Whether a file that begins with `bytes` is SubRip or SubViewer.
pub(super) fn looks_like_srt(bytes: &[u8]) -> bool {
    let text = beginning(bytes);
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let Some(first) = lines.next() else { return false };
    let is_time = |line: &str, layout| time_line::parse(line, layout, true).is_some_and(|times| !times.is_damaged());
    let numbered = first.bytes().all(|byte| byte.is_ascii_digit())
        && lines.next().is_some_and(|second| second.contains("-->") && is_time(second, Layout::Srt));
    numbered || is_time(first, Layout::Sbv) || (first.contains("-->") && is_time(first, Layout::Srt))
}

/// The first few hundred bytes without a byte-order mark.
fn beginning(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    String::from_utf8_lossy(bytes.get(..512).unwrap_or(bytes)).into_owned()
}

fn read(path: &str, bytes: Vec<u8>, format: &'static str, needs_signature: bool) -> Result<Reading, ReadError> {
    let decoded = decode::decode(bytes)?;
    let mut diagnostics = decoded.diagnostics(path);
    let text = decoded.text;
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let layout = blocks::layout(&text);
    let found = blocks::split(&text, layout);
    if !found.timed && layout != Layout::Vtt {
        let what = "no line has times such as 00:00:01.000 --> 00:00:04.000".to_owned();
        return Err(ReadError::Damaged { format, what });
    }
    if needs_signature && layout != Layout::Vtt {
        diagnostics.push(unsigned(path));
    }
    tell_faults(path, &found, &mut diagnostics);
    let mut rendered = Rendered::default();
    let mut captions = Vec::with_capacity(found.cues.len());
    for cue in &found.cues {
        let mut pieces = Vec::with_capacity(2);
        payload::pieces(cue.payload, layout, &mut pieces);
        if cue.preamble {
            pieces.iter().for_each(|piece| rendered.heading(&piece.words));
        } else if !pieces.is_empty() {
            captions.push(Caption { line: cue.line, start: cue.start, end: cue.end, pieces });
        }
    }
    let rolled = rolling::remove(&mut captions);
    if rolled > 0 {
        diagnostics.push(rolling(path, rolled));
    }
    let (mut fragments, named) = speakers::assign(&captions);
    timing::check(path, "caption", &mut fragments, &mut diagnostics);
    if !named {
        diagnostics.push(nameless(path));
    }
    speak(&mut rendered, fragments);
    rendered.finish(diagnostics)
}

fn speak(rendered: &mut Rendered, fragments: Vec<Fragment>) {
    for turn in &fragment::turns(fragments) {
        rendered.speech(turn);
    }
}

fn tell_faults(path: &str, found: &blocks::Blocks<'_>, diagnostics: &mut Vec<Diagnostic>) {
    found.damaged.tell(
        diagnostics,
        Severity::Warning,
        "T020",
        path,
        |count| {
            format!("{count} caption(s) have times that cannot be read, the first of them here; their words are read")
        },
        "write the line as 00:00:01.000 --> 00:00:04.000, minutes and seconds below 60",
    );
    found.strays.tell(
        diagnostics,
        Severity::Warning,
        "T021",
        path,
        |count| {
            format!("{count} block(s) of lines have no times, the first of them here; their words go with the caption above, or are a heading if there is none")
        },
        "take out the blank line within the caption, or give the lines their times",
    );
}

fn unsigned(path: &str) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        "T025",
        path,
        "the file does not begin with the line WEBVTT; it is read as captions all the same",
        "look whether its beginning is missing; if not, put a line WEBVTT and a blank line before it, or name it .srt",
    )
    .at_line(1)
}

fn rolling(path: &str, count: usize) -> Diagnostic {
    Diagnostic::new(
        Severity::Note,
        "T024",
        path,
        format!("the captions roll: {count} of them repeat words of the caption before; these are read once"),
        "compare a few turns with the file; export captions that don't repeat themselves to be sure",
    )
}

fn nameless(path: &str) -> Diagnostic {
    Diagnostic::new(
        Severity::Note,
        "T012",
        path,
        "no speakers' labels were found, so captions are joined to sentences of nobody",
        "begin the captions with their speaker, as in `Interviewer: …` or `<v Interviewer>…`, if there are several",
    )
}

#[cfg(test)]
mod tests;
