//! Bytes to text: UTF-8, UTF-16 by its byte-order mark, else a guess that is told.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::read::ReadError;
use crate::diagnostic::{Diagnostic, Severity};

/// A decoded file: byte-order mark dropped, line ends LF.
#[derive(Debug)]
pub(crate) struct Decoded {
    /// The text.
    pub(crate) text: String,
    /// Whether the text's bytes are those of the file.
    pub(super) as_in_file: bool,
    /// The encoding that was guessed, if any.
    pub(crate) guessed: Option<&'static str>,
    /// The line (from 1) of the first replacement character and their number.
    pub(crate) replaced: Option<(u32, usize)>,
}

/// Decodes a file.
///
/// # Errors
/// If it holds NUL bytes, which no text does, or is too large once decoded.
pub(crate) fn decode(bytes: Vec<u8>) -> Result<Decoded, ReadError> {
    let marked =
        [(b"\xEF\xBB\xBF".as_slice(), UTF_8), (b"\xFF\xFE".as_slice(), UTF_16LE), (b"\xFE\xFF".as_slice(), UTF_16BE)];
    let mark = marked.into_iter().find(|(mark, _)| bytes.starts_with(mark));
    if !matches!(mark, Some((_, encoding)) if encoding != UTF_8) && bytes.contains(&0) {
        return Err(ReadError::Binary { at: bytes.iter().take_while(|byte| **byte != 0).count() });
    }
    let mut decoded = match mark {
        Some((mark, encoding)) => by_encoding(&bytes[mark.len()..], encoding, None),
        None => match String::from_utf8(bytes) {
            Ok(text) => Decoded { text, as_in_file: true, guessed: None, replaced: None },
            Err(error) => guess(error.as_bytes()),
        },
    };
    if let Some(at) = decoded.text.find('\0') {
        return Err(ReadError::Binary { at });
    }
    if decoded.text.contains('\r') {
        decoded.text = decoded.text.replace("\r\n", "\n").replace('\r', "\n");
        decoded.as_in_file = false;
    }
    if u32::try_from(decoded.text.len()).is_err() {
        return Err(ReadError::TooLarge { bytes: decoded.text.len() as u64 });
    }
    Ok(decoded)
}

fn guess(bytes: &[u8]) -> Decoded {
    if is_damaged_utf8(bytes) {
        return by_encoding(bytes, UTF_8, None);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    by_encoding(bytes, encoding, Some(encoding.name()))
}

/// Whether the bytes are UTF-8 with a few damaged places: most of what isn't ASCII decodes.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut damaged) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    sound > damaged * 4
}

fn by_encoding(bytes: &[u8], encoding: &'static Encoding, guessed: Option<&'static str>) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let replaced = damaged.then(|| {
        let first = text.find('\u{FFFD}').unwrap_or(0);
        let line = text[..first].matches('\n').count() as u32 + 1;
        (line, text.matches('\u{FFFD}').count())
    });
    Decoded { text: text.into_owned(), as_in_file: false, guessed, replaced }
}

impl Decoded {
    /// What was guessed or lost, as notes about the file `path`.
    pub(super) fn diagnostics(&self, path: &str) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        if let Some(encoding) = self.guessed {
            found.push(Diagnostic::new(
                Severity::Note,
                "T010",
                path,
                format!("the file is not UTF-8; it was read as {encoding}, by a guess"),
                "look at the accented letters in the tables; save the file as UTF-8 to be sure",
            ));
        }
        if let Some((line, count)) = self.replaced {
            found.push(
                Diagnostic::new(
                    Severity::Warning,
                    "T011",
                    path,
                    format!(
                        "{count} damaged characters could not be decoded and stand as \u{FFFD}, the first of them here"
                    ),
                    "export the transcript again, as UTF-8",
                )
                .at_line(line),
            );
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::decode;
    use crate::corpus::read::ReadError;

    fn text(bytes: &[u8]) -> (String, usize) {
        let decoded = decode(bytes.to_vec()).expect("text");
        let count = decoded.diagnostics("a.txt").len();
        (decoded.text, count)
    }

    #[test]
    fn utf8_and_utf16_need_no_guess() {
        assert_eq!(text("Åsa: ja\n".as_bytes()), ("Åsa: ja\n".to_owned(), 0));
        assert_eq!(text(b"\xEF\xBB\xBF\xC3\x85sa\r\nja\rnej"), ("Åsa\nja\nnej".to_owned(), 0));
        assert_eq!(text(b"\xFF\xFE\xC5\0s\0a\0"), ("Åsa".to_owned(), 0));
        assert_eq!(text(b"\xFE\xFF\0\xC5\0s\0a"), ("Åsa".to_owned(), 0));
    }

    #[test]
    fn latin1_is_guessed_and_told() {
        let (text, notes) =
            text(b"Interviewer: Vad \xE4r det f\xF6r dig?\n\nChefen: Det \xE4r s\xE5 vi g\xF6r h\xE4r.\n");
        assert_eq!(text, "Interviewer: Vad är det för dig?\n\nChefen: Det är så vi gör här.\n");
        assert_eq!(notes, 1);
    }

    #[test]
    fn one_damaged_place_does_not_turn_utf8_into_something_else() {
        let mut bytes = "Så är det på många ställen här".as_bytes().to_vec();
        bytes.push(0xE4);
        let (text, notes) = text(&bytes);
        assert_eq!(text, "Så är det på många ställen här\u{FFFD}");
        assert_eq!(notes, 1);
    }

    #[test]
    fn nul_bytes_are_no_text() {
        assert!(matches!(decode(b"PK\x03\x04\0\0".to_vec()), Err(ReadError::Binary { at: 4 })));
        assert!(matches!(decode(b"\xFF\xFE\0\0A\0\0\0".to_vec()), Err(ReadError::Binary { .. })));
    }
}
