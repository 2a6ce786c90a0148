//! Loading a codebook: from the bytes of the file to the checked codebook, or to everything that is wrong with it.

use sha2::{Digest, Sha256};

use super::checked::Codebook;
use super::fault::{Fault, FaultSeverity};
use super::faults::Faults;
use super::locate::Source;
use super::{json, read, structure, warn};
use crate::text::hexadecimal;

/// Reads a codebook. `path` is how messages name the file; nothing is read from there.
///
/// Beside the codebook come its warnings and notes, by place.
///
/// # Errors
/// Every fault of the file at once, by place, errors and warnings; at least one is an error.
pub fn load(bytes: &[u8], path: &str) -> Result<(Codebook, Vec<Fault>), Vec<Fault>> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => return Err(vec![not_utf8(bytes, error.valid_up_to(), path)]),
    };
    let source = Source::new(text);
    let mut faults = Faults::new(path, &source);
    let Some(file) = json::parse(text, &source, &mut faults) else {
        return Err(faults.into_sorted());
    };
    structure::check(&file, &mut faults);
    let Some(root) = file.as_object() else {
        return Err(faults.into_sorted());
    };
    let (codebook, sites) = read::read(root, sha256(bytes), &mut faults);
    if faults.has_errors() {
        return Err(faults.into_sorted());
    }
    warn::check(&codebook, &sites, &mut faults);
    Ok((codebook, faults.into_sorted()))
}

fn not_utf8(bytes: &[u8], valid: usize, path: &str) -> Fault {
    let before = bytes.get(..valid).and_then(|before| std::str::from_utf8(before).ok()).unwrap_or_default();
    let before = before.strip_prefix('\u{feff}').unwrap_or(before);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let shown = bytes.get(valid).map(|byte| format!(" (byte {byte:#04x})")).unwrap_or_default();
    Fault {
        path: path.to_owned(),
        line: before.matches('\n').count() as u32 + 1,
        column: before[line_start..].chars().count() as u32 + 1,
        code: "C001",
        severity: FaultSeverity::Error,
        message: format!("the file is not encoded in UTF-8{shown}"),
        mend: "save it as UTF-8: in most editors under Save as…, Encoding".to_owned(),
    }
}

/// The hash of a file in hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}
