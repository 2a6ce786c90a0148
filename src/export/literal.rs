//! Text as a string literal of R and of Python.

use std::fmt::Write;

/// The text in double quotes, in ASCII only: labels and attribute names come from codebooks and spreadsheets, and must
/// neither end the literal early nor depend on the encoding that a script is read in.
///
/// R and Python share these escapes: `\"`, `\\`, `\uXXXX` and `\UXXXXXXXX`. U+0000, which R cannot hold, becomes U+FFFD.
pub(super) fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        // Writing to a String cannot fail.
        let _ = match c {
            '"' | '\\' => write!(out, "\\{c}"),
            ' '..='~' => write!(out, "{c}"),
            '\0' => write!(out, "\\ufffd"),
            c if u32::from(c) <= 0xFFFF => write!(out, "\\u{:04x}", u32::from(c)),
            c => write!(out, "\\U{:08x}", u32::from(c)),
        };
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn plain_text_is_quoted() {
        assert_eq!(literal("IT manager's"), r#""IT manager's""#);
    }

    #[test]
    fn nothing_ends_the_literal_early() {
        assert_eq!(literal("a\"; quit() #\\"), r#""a\"; quit() #\\""#);
        assert_eq!(literal("two\nlines\t\u{2028}"), r#""two\u000alines\u0009\u2028""#);
    }

    #[test]
    fn all_else_is_escaped() {
        assert_eq!(literal("naïve 😀\0"), r#""na\u00efve \U0001f600\ufffd""#);
    }
}
