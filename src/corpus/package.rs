//! The zip archives that word processors write: parts by name, each inflated to a bound.
//!
//! `zip` reads the directory and checks sums, `flate2` with `zlib-rs` (polars brings it along) inflates. Parts that
//! are encrypted or packed with anything but deflate are refused.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::decode;
use super::read::ReadError;

/// A part may grow to so many bytes whatever the size of its file …
const MOST_ANYWAY: u64 = 16 << 20;
/// … and to so many times the file; the XML of word processors shrinks to a tenth or a thirtieth.
const MOST_TIMES: u64 = 100;
/// No part is larger than this.
const MOST: u64 = 512 << 20;

/// An open archive.
#[derive(Debug)]
pub(super) struct Package {
    archive: ZipArchive<Cursor<Vec<u8>>>,
    format: &'static str,
    most: u64,
}

impl Package {
    /// Opens the archive of a file in `format`, a name for messages.
    pub(super) fn open(bytes: Vec<u8>, format: &'static str) -> Result<Self, ReadError> {
        let most = (bytes.len() as u64).saturating_mul(MOST_TIMES).clamp(MOST_ANYWAY, MOST);
        match ZipArchive::new(Cursor::new(bytes)) {
            Ok(archive) => Ok(Self { archive, format, most }),
            Err(error) => Err(fault(format, "its archive is torn or was cut off".to_owned(), &error)),
        }
    }

    /// The names of the parts.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.archive.file_names_raw().filter_map(|name| std::str::from_utf8(name).ok())
    }

    /// The text of a part; none if there is no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let Self { archive, format, most } = self;
        let entry = match archive.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(fault(format, format!("{name} inside it cannot be unpacked"), &error)),
        };
        let mut bytes = Vec::new();
        entry
            .take(*most + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| damaged(format, format!("{name} inside it is torn or was changed ({error})")))?;
        if bytes.len() as u64 > *most {
            return Err(ReadError::Inflates { format, most_mib: *most >> 20 });
        }
        let is_wide = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
        if !is_wide && std::str::from_utf8(&bytes).is_err() {
            return Err(damaged(format, format!("{name} is not in UTF-8")));
        }
        match decode::decode(bytes) {
            Ok(decoded) => Ok(Some(decoded.text)),
            Err(error) => Err(damaged(format, format!("{name}: {error}"))),
        }
    }
}

fn fault(format: &'static str, what: String, error: &ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ReadError::Locked { format },
        _ => damaged(format, what),
    }
}

fn damaged(format: &'static str, what: String) -> ReadError {
    ReadError::Damaged { format, what }
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::{Cursor, Write};

    use zip::write::SimpleFileOptions;
    use zip::{CompressionMethod, ZipWriter};

    use super::Package;
    use crate::corpus::read::ReadError;

    /// An archive with these parts, `mimetype` unpacked as OpenDocument wants it.
    pub(in crate::corpus) fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
            let options = SimpleFileOptions::default().compression_method(method);
            writer.start_file(*name, options).expect("a part");
            writer.write_all(bytes).expect("written");
        }
        writer.finish().expect("an archive").into_inner()
    }

    #[test]
    fn parts_come_by_name() {
        let mut package = Package::open(packed(&[("a.xml", b"one"), ("b/c.xml", b"two")]), "Word").expect("open");
        assert_eq!(package.names().count(), 2);
        assert_eq!(package.part("b/c.xml").expect("a part").as_deref(), Some("two"));
        assert_eq!(package.part("d.xml").expect("no part"), None);
    }

    #[test]
    fn a_bomb_is_given_up() {
        let bomb = packed(&[("a.xml", &vec![b' '; 64 << 20])]);
        assert!(bomb.len() < 100_000);
        let mut package = Package::open(bomb, "Word").expect("open");
        assert!(matches!(package.part("a.xml"), Err(ReadError::Inflates { most_mib: 16, .. })));
    }

    #[test]
    fn a_torn_archive_is_damaged() {
        let whole = packed(&[("a.xml", b"one")]);
        assert!(matches!(Package::open(whole[..40].to_vec(), "Word"), Err(ReadError::Damaged { .. })));
    }
}
