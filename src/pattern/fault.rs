//! What can be wrong with a pattern.

use std::ops::Range;

/// One thing that is wrong with a pattern, or suspicious.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternFault {
    /// Stable code: `P0…` for errors, `P1…` for warnings; `codebooks/README.md` lists them.
    pub code: &'static str,
    /// Where in the pattern's text: half-open, in bytes, on character boundaries.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub mend: String,
}

impl PatternFault {
    pub(super) fn new(
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
        mend: impl Into<String>,
    ) -> Self {
        Self { code, span, message: message.into(), mend: mend.into() }
    }
}

/// The pattern with `span` replaced, for a mend; only the replacement where the pattern is too long to be repeated.
pub(super) fn corrected(text: &str, span: &Range<usize>, replacement: &str) -> String {
    const LONGEST: usize = 160;
    if text.len() > LONGEST {
        return format!("`{replacement}`");
    }
    format!("`{}{replacement}{}`", &text[..span.start], &text[span.end..])
}

/// The start of `text`, for a message.
pub(super) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        None => format!("`{text}`"),
        Some((end, _)) => format!("`{}…`", &text[..end]),
    }
}
