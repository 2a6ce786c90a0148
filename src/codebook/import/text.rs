//! The text of a file: decoded, with what was guessed told.

use super::error::ImportError;
use super::loss::{Loss, Place};
use crate::corpus::decode::{Decoded, decode};

/// Most bytes of a file: the largest dictionaries that people exchange have a few hundred thousand words.
const MOST_BYTES: usize = 16 << 20;

/// Decodes a file: UTF-8, UTF-16 by its byte-order mark, else by a guess that is told. Line ends become LF.
///
/// # Errors
/// If it is no text, or larger than any dictionary.
pub(super) fn read(bytes: &[u8], losses: &mut Vec<Loss>) -> Result<String, ImportError> {
    refuse_large(bytes)?;
    let decoded = decode(bytes.to_vec()).map_err(|_| ImportError::Binary)?;
    tell(&decoded, losses);
    Ok(decoded.text)
}

/// Refuses a file that is larger than any dictionary.
pub(super) fn refuse_large(bytes: &[u8]) -> Result<(), ImportError> {
    if bytes.len() > MOST_BYTES {
        return Err(ImportError::TooLarge { bytes: bytes.len(), most: MOST_BYTES });
    }
    Ok(())
}

fn tell(decoded: &Decoded, losses: &mut Vec<Loss>) {
    let whole = |line| Place { line, category: "", text: "" };
    if let Some(encoding) = decoded.guessed {
        losses.push(Loss::note(
            "I011",
            whole(None),
            None,
            format!("the file is not UTF-8; it was read as {encoding}, by a guess"),
            "look at the accented letters in the codebook; save the file as UTF-8 to be sure",
        ));
    }
    if let Some((line, count)) = decoded.replaced {
        losses.push(Loss::warning(
            "I012",
            whole(Some(line)),
            format!("{count} damaged characters could not be decoded and stand as \u{FFFD}, the first of them here"),
            "save the file again, as UTF-8",
        ));
    }
}

/// The first kilobytes of a file as text, for recognising its kind; what is no UTF-8 stands as U+FFFD.
pub(super) fn beginning(bytes: &[u8]) -> String {
    const ENOUGH: usize = 4096;
    let start = &bytes[..bytes.len().min(ENOUGH)];
    let wide = |big: bool| {
        let unit = |pair: &[u8]| match *pair {
            [a, b] if big => u16::from_be_bytes([a, b]),
            [a, b] => u16::from_le_bytes([a, b]),
            _ => 0,
        };
        String::from_utf16_lossy(&start[2..].chunks_exact(2).map(unit).collect::<Vec<u16>>())
    };
    let text = match start {
        [0xFF, 0xFE, ..] => wide(false),
        [0xFE, 0xFF, ..] => wide(true),
        _ => String::from_utf8_lossy(start).into_owned(),
    };
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    text.replace("\r\n", "\n").replace('\r', "\n")
}
