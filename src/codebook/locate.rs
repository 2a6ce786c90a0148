//! Places in a JSON file: from byte offsets to lines and columns, and into strings with escapes.

/// The text of a file, ready to be asked for lines and columns.
#[derive(Debug)]
pub(super) struct Source<'a> {
    text: &'a str,
    line_starts: Vec<usize>,
}

impl<'a> Source<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let starts = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, line_starts: std::iter::once(0).chain(starts).collect() }
    }

    /// Line and column (both from 1, the column in code points) of a byte offset; the nearest character before an
    /// offset that is inside one, the end for one past it.
    pub(super) fn line_column(&self, byte: usize) -> (u32, u32) {
        let byte = (0..=byte.min(self.text.len())).rev().find(|&at| self.text.is_char_boundary(at)).unwrap_or(0);
        let line = self.line_starts.partition_point(|&start| start <= byte);
        let start = self.line_starts[line - 1];
        (line as u32, self.text[start..byte].chars().count() as u32 + 1)
    }

    /// The byte offset of a line (from 1) and of a column of it in bytes (from 1).
    pub(super) fn byte_of(&self, line: usize, column: usize) -> usize {
        let start = self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        (start + column.saturating_sub(1)).min(self.text.len())
    }

    /// The byte offset in the file of byte `offset` of the value of the string literal that begins, with its
    /// quotation mark, at byte `literal`.
    pub(super) fn inside_string(&self, literal: usize, offset: usize) -> usize {
        let mut at = literal + 1;
        let mut passed = 0;
        while passed < offset {
            let rest = &self.text[at..];
            let Some(character) = rest.chars().next() else { break };
            let (written, value) =
                if character == '\\' { escape(rest) } else { (character.len_utf8(), character.len_utf8()) };
            if passed + value > offset {
                break;
            }
            at += written;
            passed += value;
        }
        at
    }
}

/// Length in bytes of the escape sequence at the start of `rest`, as written and as a value.
fn escape(rest: &str) -> (usize, usize) {
    let unit = |text: &str| {
        text.strip_prefix("\\u").and_then(|hex| hex.get(..4)).and_then(|hex| u32::from_str_radix(hex, 16).ok())
    };
    match unit(rest) {
        None => (2, 1),
        Some(high) => match rest.get(6..).and_then(unit) {
            Some(0xDC00..=0xDFFF) if (0xD800..=0xDBFF).contains(&high) => (12, 4),
            _ => (6, char::from_u32(high).map_or(1, char::len_utf8)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn columns_are_counted_in_code_points() {
        let source = Source::new("{\n  \"é😀\": 1\n}");
        assert_eq!(source.line_column(0), (1, 1));
        assert_eq!(source.line_column(4), (2, 3));
        assert_eq!(source.line_column(12), (2, 7));
        assert_eq!(source.line_column(99), (3, 2));
    }

    #[test]
    fn escapes_in_strings_are_taken_into_account() {
        // The value is a"b, a face, é and x: bytes 0, 1, 2, 3..7, 7..9 and 9.
        let text = r#""a\"b\ud83d\ude00\u00e9x""#;
        let source = Source::new(text);
        for (offset, rest) in [(0, r#"a\""#), (1, r#"\"b"#), (2, r"b\ud"), (3, r"\ud83d"), (7, r"\u00e9"), (9, "x\"")] {
            assert!(text[source.inside_string(0, offset)..].starts_with(rest), "{offset}");
        }
    }
}
