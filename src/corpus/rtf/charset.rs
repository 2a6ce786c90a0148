//! The encodings of Rich Text: a code page for the document, a character set for each font.

use encoding_rs::{Encoding, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_1252, X_MAC_CYRILLIC};

/// The encoding of a code page by its number; Windows' Western one if it is unknown.
pub(super) fn of_page(page: i32) -> &'static Encoding {
    match page {
        65001 => UTF_8,
        10000 => MACINTOSH,
        10007 => X_MAC_CYRILLIC,
        932 => SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        874 | 1250..=1258 => Encoding::for_label(format!("windows-{page}").as_bytes()).unwrap_or(WINDOWS_1252),
        _ => WINDOWS_1252,
    }
}

/// The encoding of `\fcharset`, by the table of the RTF 1.9.1 specification; none where the document's holds.
pub(super) fn of_charset(charset: i32) -> Option<&'static Encoding> {
    Some(match charset {
        0 => WINDOWS_1252,
        77 => MACINTOSH,
        128 => SHIFT_JIS,
        129 | 130 => encoding_rs::EUC_KR,
        134 => encoding_rs::GBK,
        136 => encoding_rs::BIG5,
        161 => encoding_rs::WINDOWS_1253,
        162 => encoding_rs::WINDOWS_1254,
        163 => encoding_rs::WINDOWS_1258,
        177 => encoding_rs::WINDOWS_1255,
        178 => encoding_rs::WINDOWS_1256,
        186 => encoding_rs::WINDOWS_1257,
        204 => encoding_rs::WINDOWS_1251,
        222 => encoding_rs::WINDOWS_874,
        238 => encoding_rs::WINDOWS_1250,
        _ => return None,
    })
}
