//! Files that hold no transcript, or one that cannot be read: by their content and by their ending, with the mend.

use super::sniff::{has_part, head, holds, is_package_of, is_zip};

/// A kind of file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Foreign {
    /// Its endings.
    pub(super) extensions: &'static [&'static str],
    /// What it is, with its article.
    pub(super) what: &'static str,
    /// What to do with it.
    pub(super) mend: &'static str,
    /// Whether words may be in it, so that leaving it out must be told as a loss.
    pub(super) holds_words: bool,
}

const LOCKED: Foreign = Foreign {
    extensions: &[],
    what: "a document protected by a password",
    mend: "open it with its password and save it without one",
    holds_words: true,
};
const OLD_WORD: Foreign = Foreign {
    extensions: &["doc", "dot"],
    what: "a Word document of the years 1997 to 2003 (.doc), which cannot be read",
    mend: "open it in Word or LibreOffice and save it as .docx",
    holds_words: true,
};
const OLD_OFFICE: Foreign = Foreign {
    extensions: &["ppt", "msg"],
    what: "a binary Office file of the years 1997 to 2003, which cannot be read",
    mend: "open it in the program that made it and save it as .docx, .xlsx or text",
    holds_words: true,
};
const PAGES: Foreign = Foreign {
    extensions: &["pages"],
    what: "an Apple Pages document, which cannot be read",
    mend: "export it from Pages as Word (.docx)",
    holds_words: true,
};
const SLIDES: Foreign = Foreign {
    extensions: &["pptx", "odp", "key"],
    what: "a slide show, which cannot be read",
    mend: "copy its words into a .docx or .txt file if they belong to the corpus",
    holds_words: true,
};
const RECORDING: Foreign = Foreign {
    extensions: &[
        "mp3", "wav", "m4a", "aac", "flac", "ogg", "oga", "opus", "wma", "amr", "aif", "aiff", "mp4", "m4v", "mov",
        "avi", "mkv", "webm", "wmv", "mpg", "mpeg", "3gp",
    ],
    what: "a recording, which holds no words to read",
    mend: "transcribe it first, and put the transcript here",
    holds_words: false,
};
const PICTURE: Foreign = Foreign {
    extensions: &["png", "jpg", "jpeg", "gif", "tif", "tiff", "heic", "webp", "bmp"],
    what: "a picture, which holds no words to read",
    mend: "if it shows a transcript, recognise its text (OCR) and save that as .txt or .docx",
    holds_words: false,
};

/// Every kind.
const ALL: &[&Foreign] = &[&OLD_WORD, &OLD_OFFICE, &PAGES, &SLIDES, &RECORDING, &PICTURE];

/// The kind of files with this ending.
pub(super) fn of_extension(extension: &str) -> Option<&'static Foreign> {
    ALL.iter().copied().find(|kind| kind.extensions.iter().any(|entry| entry.eq_ignore_ascii_case(extension)))
}

/// The kind of a file with these bytes.
pub(super) fn of_content(bytes: &[u8]) -> Option<&'static Foreign> {
    let start = head(bytes);
    let four = start.get(..4)?;
    let eight = start.get(4..12).unwrap_or(b"");
    match four {
        b"\xD0\xCF\x11\xE0" => return compound(bytes),
        b"\x89PNG" | b"II*\0" | b"MM\0*" => return Some(&PICTURE),
        b"GIF8" if eight.starts_with(b"7a") || eight.starts_with(b"9a") => return Some(&PICTURE),
        b"RIFF" if eight.ends_with(b"WEBP") => return Some(&PICTURE),
        b"RIFF" if eight.ends_with(b"WAVE") || eight.ends_with(b"AVI ") => return Some(&RECORDING),
        b"OggS" | b"fLaC" if eight.starts_with(b"\0") => return Some(&RECORDING),
        b"\x1A\x45\xDF\xA3" => return Some(&RECORDING),
        b"\x30\x26\xB2\x75" => return Some(&RECORDING),
        b"FORM" if eight.ends_with(b"AIFF") || eight.ends_with(b"AIFC") => return Some(&RECORDING),
        [0xFF, 0xD8, 0xFF, _] => return Some(&PICTURE),
        [b'I', b'D', b'3', 2..=4] => return Some(&RECORDING),
        // Frames of MPEG sound; FF FE is a byte-order mark.
        [0xFF, 0xF1 | 0xF9 | 0xF2 | 0xF3 | 0xFA | 0xFB, ..] => return Some(&RECORDING),
        _ => {}
    }
    if four.starts_with(b"\0") && eight.starts_with(b"ftyp") {
        let brand = eight.get(4..).unwrap_or(b"");
        let picture = [b"heic".as_slice(), b"heix", b"mif1", b"avif"].contains(&brand);
        return Some(if picture { &PICTURE } else { &RECORDING });
    }
    if !is_zip(bytes) {
        return None;
    }
    if has_part(bytes, b"Index/Document.iwa") {
        return Some(&PAGES);
    }
    let slides = has_part(bytes, b"ppt/presentation") || is_package_of(bytes, b"opendocument.presentation");
    slides.then_some(&SLIDES)
}

/// What an OLE compound file is; the names of its streams are in UTF-16. None for a workbook, whose ending tells
/// whether it can be read.
fn compound(bytes: &[u8]) -> Option<&'static Foreign> {
    let has = |name: &str| {
        let wide: Vec<u8> = name.bytes().flat_map(|byte| [byte, 0]).collect();
        holds(bytes, &wide)
    };
    if has("EncryptedPackage") {
        Some(&LOCKED)
    } else if has("WordDocument") {
        Some(&OLD_WORD)
    } else if has("Workbook") {
        None
    } else {
        Some(&OLD_OFFICE)
    }
}

#[cfg(test)]
mod tests {
    use super::{LOCKED, OLD_OFFICE, OLD_WORD, of_content, of_extension};

    #[test]
    fn compound_files_by_their_streams() {
        let with = |name: &str| {
            let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
            bytes.extend([0; 600]);
            bytes.extend(name.bytes().flat_map(|byte| [byte, 0]));
            bytes
        };
        assert_eq!(of_content(&with("EncryptedPackage")), Some(&LOCKED));
        assert_eq!(of_content(&with("WordDocument")), Some(&OLD_WORD));
        assert_eq!(of_content(&with("PowerPoint Document")), Some(&OLD_OFFICE));
        assert_eq!(of_content(&with("Workbook")), None);
    }

    #[test]
    fn words_that_begin_like_a_recording_are_words() {
        for text in [
            "RIFFAT: hello there",
            "OggSson: hello there",
            "FORM of address: hello",
            "ID3: hello there",
            "GIF8: hello there",
        ] {
            assert_eq!(of_content(text.as_bytes()), None, "{text}");
        }
        assert!(of_content(b"RIFF\x24\0\0\0WAVEfmt ").is_some() && of_content(b"GIF89a\0\0\0\0\0\0").is_some());
    }

    #[test]
    fn endings_ignore_case() {
        assert!(of_extension("MP3").is_some_and(|kind| !kind.holds_words));
        assert_eq!(of_extension("Doc"), Some(&OLD_WORD));
        assert_eq!(of_extension("txt"), None);
    }
}
