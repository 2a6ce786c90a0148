//! Timestamps: `00:12`, `1:02:03.5`, `[00:00:12,340]`, `(00:12)`, `\[01:44\]`, and ranges of them.

/// A timestamp at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stamp {
    /// Seconds.
    pub(super) start: f64,
    /// Seconds at the end of a range.
    pub(super) end: Option<f64>,
    /// Whether it stands in brackets.
    pub(super) bracketed: bool,
    /// Its length in bytes.
    pub(super) len: usize,
}

/// The timestamp, or the range of two, that `text` begins with.
pub(super) fn leading(text: &str) -> Option<Stamp> {
    let bytes = text.as_bytes();
    let first = one(bytes)?;
    if first.end.is_some() {
        return Some(first);
    }
    let Some(gap) = range_sign(&bytes[first.len..]) else { return Some(first) };
    match one(&bytes[first.len + gap..]) {
        Some(second) if second.end.is_none() && second.bracketed == first.bracketed => {
            Some(Stamp { end: Some(second.start), len: first.len + gap + second.len, ..first })
        }
        _ => Some(first),
    }
}

/// Whether `text` is a timestamp or a range and nothing else.
pub(super) fn whole(text: &str) -> Option<Stamp> {
    leading(text).filter(|stamp| text[stamp.len..].trim().is_empty())
}

/// One timestamp, bare or in brackets; brackets may hold a range.
fn one(bytes: &[u8]) -> Option<Stamp> {
    let (open, close): (usize, u8) = match bytes {
        [b'\\', b'[', ..] => (2, b']'),
        [b'[', ..] => (1, b']'),
        [b'(', ..] => (1, b')'),
        _ => {
            let (start, len) = clock(bytes)?;
            return Some(Stamp { start, end: None, bracketed: false, len });
        }
    };
    let mut at = open + spaces(&bytes[open..]);
    let (start, len) = clock(&bytes[at..])?;
    at += len;
    let mut end = None;
    if let Some(gap) = range_sign(&bytes[at..])
        && let Some((second, len)) = clock(&bytes[at + gap..])
    {
        end = Some(second);
        at += gap + len;
    }
    at += spaces(&bytes[at..]);
    if bytes.get(at) == Some(&b'\\') {
        at += 1;
    }
    (bytes.get(at) == Some(&close)).then_some(Stamp { start, end, bracketed: true, len: at + 1 })
}

/// `h:mm:ss` or `m:ss`, with decimals or without: the seconds and the length in bytes.
fn clock(bytes: &[u8]) -> Option<(f64, usize)> {
    let mut at = digits(bytes, 3);
    if at == 0 {
        return None;
    }
    let mut seconds = number(&bytes[..at]);
    let mut fields = 1;
    while fields < 3 && bytes.get(at) == Some(&b':') && digits(&bytes[at + 1..], 3) == 2 {
        let field = number(&bytes[at + 1..at + 3]);
        if field >= 60.0 {
            return None;
        }
        seconds = seconds * 60.0 + field;
        at += 3;
        fields += 1;
    }
    if fields == 1 {
        return None;
    }
    if matches!(bytes.get(at), Some(b'.' | b',')) {
        let decimals = digits(&bytes[at + 1..], 6);
        if decimals > 0 {
            seconds += number(&bytes[at + 1..at + 1 + decimals]) / 10f64.powi(decimals as i32);
            at += 1 + decimals;
        }
    }
    match bytes.get(at) {
        Some(b':') if bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => None,
        Some(byte) if byte.is_ascii_alphanumeric() => None,
        _ => Some((seconds, at)),
    }
}

/// The length of a range sign with the spaces around it: `-`, `–`, `—`, `-->`, `to`.
fn range_sign(bytes: &[u8]) -> Option<usize> {
    let before = spaces(bytes);
    let rest = &bytes[before..];
    let sign = ["-->", "->", "-", "–", "—", "to "].iter().find(|sign| rest.starts_with(sign.as_bytes()))?.len();
    Some(before + sign + spaces(&rest[sign..]))
}

fn spaces(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

fn digits(bytes: &[u8], most: usize) -> usize {
    bytes.iter().take(most + 1).take_while(|byte| byte.is_ascii_digit()).count().min(most)
}

fn number(digits: &[u8]) -> f64 {
    digits.iter().fold(0.0, |value, digit| value * 10.0 + f64::from(digit - b'0'))
}

#[cfg(test)]
mod tests {
    use super::{leading, whole};

    fn seconds(text: &str) -> Option<(f64, Option<f64>)> {
        whole(text).map(|stamp| (stamp.start, stamp.end))
    }

    #[test]
    fn clocks_with_and_without_hours_and_decimals() {
        assert_eq!(seconds("00:12"), Some((12.0, None)));
        assert_eq!(seconds("75:20"), Some((4520.0, None)));
        assert_eq!(seconds("[1:02:03.5]"), Some((3723.5, None)));
        assert_eq!(seconds("(00:00:12,250)"), Some((12.25, None)));
        assert_eq!(seconds("\\[01:44\\]"), Some((104.0, None)));
    }

    #[test]
    fn ranges_give_an_end() {
        assert_eq!(seconds("00:12 - 00:34"), Some((12.0, Some(34.0))));
        assert_eq!(seconds("[00:12 --> 00:34]"), Some((12.0, Some(34.0))));
        assert_eq!(seconds("\\[25:59\\] to \\[27:11\\]"), Some((1559.0, Some(1631.0))));
    }

    #[test]
    fn what_is_no_time() {
        for text in ["12", "1:2", "00:75", "10:30am", "1:2:3", "[00:12", "[laughs]", "12:34:56:78", "1234:56", ""] {
            assert_eq!(leading(text), None, "{text}");
        }
    }
}
