//! Half-open spans in two units, and the way from one to the other.

/// A half-open span `[start, end)` in UTF-8 bytes of a document's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ByteSpan {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A half-open span `[start, end)` in Unicode code points of a document's text, as R's `substr` (less one),
/// Python's slices and REFI-QDA count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct CharSpan {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

impl ByteSpan {
    /// The span `[start, end)`.
    pub fn new(start: u32, end: u32) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }

    /// The text in the span.
    ///
    /// # Panics
    /// If the span does not lie on character boundaries of `text`.
    pub fn of(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }

    /// Length in bytes.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: ByteSpan) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl CharSpan {
    /// The span `[start, end)`.
    pub fn new(start: u32, end: u32) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }

    /// Length in code points.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// Turns byte offsets into code-point offsets, walking forward; asking for an earlier offset starts again.
#[derive(Debug, Clone)]
pub struct CharCounter<'a> {
    text: &'a str,
    base: u32,
    byte: usize,
    chars: u32,
}

impl<'a> CharCounter<'a> {
    /// Counts in `text`, whose first code point has number `base` in the document.
    pub fn new(text: &'a str, base: u32) -> Self {
        Self { text, base, byte: 0, chars: 0 }
    }

    /// The code-point offset of byte `byte` of the text.
    ///
    /// # Panics
    /// If `byte` is past the end or inside a character.
    pub fn at(&mut self, byte: u32) -> u32 {
        let byte = byte as usize;
        if byte < self.byte {
            self.byte = 0;
            self.chars = 0;
        }
        self.chars += count_chars(&self.text[self.byte..byte]);
        self.byte = byte;
        self.base + self.chars
    }
}

fn count_chars(text: &str) -> u32 {
    text.chars().count() as u32
}

#[cfg(test)]
mod tests {
    use super::CharCounter;

    #[test]
    fn code_points_are_counted_forward_and_back() {
        let mut counter = CharCounter::new("aé😀b", 10);
        assert_eq!(counter.at(7), 13);
        assert_eq!(counter.at(1), 11);
        assert_eq!(counter.at(3), 12);
        assert_eq!(counter.at(8), 14);
    }
}
