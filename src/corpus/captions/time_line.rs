//! The line of a caption that holds its times.
//!
//! WebVTT wants `00:00:01.000 --> 00:00:04.000`, SubRip a comma for the point, SubViewer (`.sbv`)
//! `0:00:01.000,0:00:04.000`. Files made by hand and by small programs vary in digits and spaces; whatever can be
//! understood is.

/// How captions are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// WebVTT.
    Vtt,
    /// SubRip.
    Srt,
    /// SubViewer.
    Sbv,
}

/// What a time line says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TimeLine {
    /// Seconds.
    pub(super) start: Option<f64>,
    /// Seconds.
    pub(super) end: Option<f64>,
}

impl TimeLine {
    /// Whether a time is missing or cannot be understood.
    pub(super) fn is_damaged(&self) -> bool {
        self.start.is_none() || self.end.is_none()
    }
}

/// The times of `line`, if it is a time line. `opens`: it begins a block, or follows a line that does; only there is
/// a line of digits without an arrow taken for damaged times.
pub(super) fn parse(line: &str, layout: Layout, opens: bool) -> Option<TimeLine> {
    if layout == Layout::Sbv {
        return pair(line.trim());
    }
    if let Some(arrow) = line.find("-->") {
        return by_arrow(&line[..arrow], &line[arrow + 3..]);
    }
    // A slip of SubRip files: `00:00:01,000 -> 00:00:04,000`.
    if opens && line.bytes().next().is_some_and(|first| first.is_ascii_digit()) {
        if let Some(arrow) = line.find("->") {
            return by_arrow(&line[..arrow], &line[arrow + 2..]);
        }
        return looks_damaged(line).then_some(TimeLine { start: None, end: None });
    }
    None
}

/// The times on both sides of an arrow; words with an arrow in them are no time line.
fn by_arrow(before: &str, after: &str) -> Option<TimeLine> {
    let start = whole(before.trim());
    let after = after.trim_start();
    let end = clock(after.as_bytes()).map(|(end, _)| end);
    let wordless = || !before.contains(char::is_alphabetic) && !after.contains(char::is_alphabetic);
    (start.is_some() || end.is_some() || wordless()).then_some(TimeLine { start, end })
}

/// SubViewer's `start,end`.
fn pair(line: &str) -> Option<TimeLine> {
    let bytes = line.as_bytes();
    let (start, length) = clock(bytes)?;
    if bytes.get(length) != Some(&b',') {
        return None;
    }
    Some(TimeLine { start: Some(start), end: whole(&line[length + 1..]) })
}

/// Two times that have lost their arrow: digits and their signs only, and many of them.
fn looks_damaged(line: &str) -> bool {
    let of_times =
        |byte: u8| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b',' | b';' | b'-' | b'>' | b' ' | b'\t');
    line.bytes().all(of_times)
        && line.bytes().filter(|byte| *byte == b':').count() >= 2
        && line.bytes().filter(u8::is_ascii_digit).count() >= 8
}

fn whole(text: &str) -> Option<f64> {
    clock(text.as_bytes()).filter(|(_, length)| *length == text.len()).map(|(seconds, _)| seconds)
}

/// `h:mm:ss` or `m:ss`, decimals after a point or a comma: the seconds and the length in bytes.
fn clock(bytes: &[u8]) -> Option<(f64, usize)> {
    // Six digits for the first field and nine decimals keep the arithmetic within 64 bits.
    let (mut seconds, mut at) = number(bytes, 6)?;
    let mut fields = 1;
    while fields < 3 && bytes.get(at) == Some(&b':') {
        let (field, length) = number(&bytes[at + 1..], 3)?;
        if field >= 60 {
            return None;
        }
        seconds = seconds * 60 + field;
        at += 1 + length;
        fields += 1;
    }
    if fields == 1 || bytes.get(at) == Some(&b':') {
        return None;
    }
    let mut scale = 1u64;
    // A setting may follow decimals at once, `02.000line:40%`; a letter among the digits is damage.
    if matches!(bytes.get(at), Some(b'.' | b','))
        && let Some((decimals, length)) = number(&bytes[at + 1..], 9)
    {
        scale = 10u64.pow(length as u32);
        seconds = seconds * scale + decimals;
        at += 1 + length;
    } else if bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
        return None;
    }
    Some((seconds as f64 / scale as f64, at))
}

/// The number of at most `most` digits that `bytes` begin with, and its length.
fn number(bytes: &[u8], most: usize) -> Option<(u64, usize)> {
    let length = bytes.iter().take(most + 1).take_while(|byte| byte.is_ascii_digit()).count();
    if length == 0 || length > most {
        return None;
    }
    Some((bytes.iter().take(length).fold(0, |value, digit| value * 10 + u64::from(digit - b'0')), length))
}

#[cfg(test)]
mod tests {
    use super::{Layout, parse};

    fn times(line: &str, layout: Layout) -> Option<(Option<f64>, Option<f64>)> {
        parse(line, layout, true).map(|found| (found.start, found.end))
    }

    #[test]
    fn every_layout_and_the_usual_slips() {
        for line in [
            "00:00:01.500 --> 00:01:02.250",
            "00:01.500 --> 01:02.250 align:start position:0%",
            "00:01.500-->01:02.250line:40%",
            "00:00:01,500 --> 00:01:02,250  X1:1 X2:2",
            "0:0:1,5\t-->\t0:1:2.25",
            "00:00:01,500 -> 00:01:02,250",
        ] {
            assert_eq!(times(line, Layout::Srt), Some((Some(1.5), Some(62.25))), "{line}");
        }
        assert_eq!(times("0:00:01.500,0:01:02.250", Layout::Sbv), Some((Some(1.5), Some(62.25))));
        assert_eq!(times("00:00:01 --> 100:00:00", Layout::Srt), Some((Some(1.0), Some(360_000.0))));
        assert_eq!(times("00:00:02.533 --> 00:00:12.500", Layout::Vtt), Some((Some(2.533), Some(12.5))));
    }

    #[test]
    fn damaged_times_are_still_a_time_line() {
        assert_eq!(times("00:00:0l,500 --> 00:01:02,250", Layout::Srt), Some((None, Some(62.25))));
        assert_eq!(times("00:00:01,500 --> ", Layout::Srt), Some((Some(1.5), None)));
        assert_eq!(times("00.00.000 --> 00:02.000", Layout::Vtt), Some((None, Some(2.0))));
        assert_eq!(times("-->", Layout::Vtt), Some((None, None)));
        assert_eq!(times("00:00.000 00:00.001", Layout::Vtt), Some((None, None)));
        assert_eq!(times("00:75:00 --> 00:76:00", Layout::Srt), Some((None, None)));
        assert_eq!(times("99999999999999999999:00:00 --> 1", Layout::Srt), Some((None, None)));
    }

    #[test]
    fn words_are_no_time_line() {
        for line in ["he went --> there", "We met at 10:30", "12", "", "Anna: 10:30:00", "2019-12-19 14:29"] {
            assert_eq!(times(line, Layout::Srt), None, "{line}");
        }
    }
}
