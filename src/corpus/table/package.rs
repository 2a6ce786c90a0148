//! The parts of a workbook, which is a ZIP archive of XML.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::super::read::ReadError;

/// Bytes of a part at most, unpacked; what an archive claims is not believed.
const MOST_BYTES: u64 = 1 << 27;
const OLD_WORKBOOK: &[u8] = b"\xD0\xCF\x11\xE0";

/// A workbook's archive.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    format: &'static str,
}

impl<'a> Package<'a> {
    /// Opens a workbook; `format` is what messages call it.
    pub(super) fn open(bytes: &'a [u8], format: &'static str) -> Result<Self, ReadError> {
        if bytes.is_empty() {
            return Err(ReadError::Empty);
        }
        if bytes.starts_with(OLD_WORKBOOK) {
            return Err(ReadError::Unsupported {
                what: "it is a workbook with a password, or one of the old kind (.xls)".to_owned(),
                mend: "open it in Excel or LibreOffice, remove the password, and save it as .xlsx or .csv",
            });
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(format, &error.to_string()))?;
        Ok(Self { archive, format })
    }

    /// The text of a part; none if there is no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let format = self.format;
        let part = match self.archive.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(ReadError::Unsupported {
                    what: "it has a password".to_owned(),
                    mend: "open it, remove the password, and save it again",
                });
            }
            Err(error) => return Err(damaged(format, &format!("{name}: {error}"))),
        };
        let mut bytes = Vec::new();
        part.take(MOST_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| damaged(format, &format!("{name}: {error}")))?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(ReadError::Unsupported {
                what: format!("its part {name} has more than {} MB when unpacked", MOST_BYTES >> 20),
                mend: "save the sheet with the turns as .csv",
            });
        }
        String::from_utf8(bytes).map(Some).map_err(|error| damaged(format, &format!("{name}: {error}")))
    }

    /// The part that must be there.
    pub(super) fn required(&mut self, name: &str) -> Result<String, ReadError> {
        self.part(name)?.ok_or_else(|| damaged(self.format, &format!("it has no part {name}")))
    }
}

fn damaged(format: &'static str, what: &str) -> ReadError {
    ReadError::Damaged { format, what: what.to_owned() }
}
