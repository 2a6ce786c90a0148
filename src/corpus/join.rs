//! Files of one recording, one for each speaker: their names differ only in a last part.

use std::collections::BTreeMap;

use super::discover::{JoinedFile, SourceFile};
use super::format;
use super::transcript::Format;
use crate::diagnostic::{Diagnostic, Report, Severity};

/// What parts the last part of a name from the rest.
const SEPARATORS: [char; 4] = ['_', '-', '.', ' '];

/// Corpus folder, id and format.
type Recording = (Option<usize>, String, &'static str);

/// Makes one of the files of each recording. Names that differ in a number only are those of several recordings.
pub(super) fn files(files: Vec<SourceFile>, report: &dyn Report) -> Vec<SourceFile> {
    let mut joined = Vec::new();
    let mut groups: BTreeMap<Recording, Vec<(String, SourceFile)>> = BTreeMap::new();
    let mut numbered: BTreeMap<(String, &'static str), Vec<String>> = BTreeMap::new();
    for file in files {
        match recording(&file) {
            Some((id, name)) if name.bytes().all(|byte| byte.is_ascii_digit()) => {
                numbered.entry((id, file.format.as_str())).or_default().push(file.path.clone());
                joined.push(file);
            }
            Some((id, name)) => {
                groups.entry((file.folder, id, file.format.as_str())).or_default().push((name, file));
            }
            None => joined.push(file),
        }
    }
    for paths in numbered.into_values().filter(|paths| paths.len() > 1) {
        if let [first, second, ..] = paths.as_slice() {
            let message = format!("its name differs from that of {second} in a number only; they were not joined");
            let mend = "nothing needs mending if they are several recordings; if not, call the parts by their speakers";
            report.report(Diagnostic::new(Severity::Note, "T047", first.clone(), message, mend));
        }
    }
    for ((_, id, _), mut parts) in groups {
        parts.sort_by(|a, b| a.1.path.cmp(&b.1.path));
        match <[_; 1]>::try_from(parts) {
            Ok([(_, alone)]) => joined.push(alone),
            Err(parts) => joined.extend(one_of(id, parts)),
        }
    }
    joined
}

fn one_of(id: String, parts: Vec<(String, SourceFile)>) -> Option<SourceFile> {
    let (_, first) = parts.first()?;
    let path = parts.iter().map(|(_, file)| file.path.as_str()).collect::<Vec<_>>().join("+");
    let (location, format, folder): (_, Format, _) = (first.location.clone(), first.format, first.folder);
    let bytes_len = parts.iter().map(|(_, file)| file.bytes_len).sum();
    let joined =
        parts.into_iter().map(|(name, file)| JoinedFile { path: file.path, location: file.location, name }).collect();
    Some(SourceFile { id, path, location, bytes_len, format, folder, joined })
}

/// The id of the recording that a file may be a part of, and what its name has of its own.
fn recording(file: &SourceFile) -> Option<(String, String)> {
    if !format::can_be_joined(file.format) {
        return None;
    }
    let name_at = file.id.rfind('/').map_or(0, |end| end + 1);
    let (folder, name) = file.id.split_at(name_at);
    let (stem, part) = name.rsplit_once(SEPARATORS)?;
    let stem = stem.trim_end_matches(SEPARATORS);
    (!stem.is_empty() && !part.is_empty()).then(|| (format!("{folder}{stem}"), part.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{SourceFile, files};
    use crate::corpus::transcript::Format;
    use crate::diagnostic::Collected;

    fn found(paths: &[&str]) -> (Vec<(String, String, Vec<String>)>, usize) {
        let file = |path: &&str| SourceFile {
            id: path.rsplit_once('.').expect("an extension").0.to_owned(),
            path: (*path).to_owned(),
            location: path.into(),
            bytes_len: 1,
            format: if path.ends_with(".txt") { Format::Text } else { Format::TextGrid },
            folder: Some(0),
            joined: Vec::new(),
        };
        let report = Collected::default();
        let joined = files(paths.iter().map(file).collect(), &report);
        let names = |file: &SourceFile| file.joined.iter().map(|part| part.name.clone()).collect();
        let mut joined: Vec<_> = joined.iter().map(|file| (file.id.clone(), file.path.clone(), names(file))).collect();
        joined.sort();
        (joined, report.into_sorted().len())
    }

    #[test]
    fn names_that_differ_in_a_last_part() {
        let (joined, notes) = found(&[
            "d/c01_patient.TextGrid",
            "d/c01_doctor.TextGrid",
            "e/c01_doctor.TextGrid",
            "a b.TextGrid",
            "a-c.TextGrid",
            "x_y.txt",
            "x_z.txt",
            "_y.TextGrid",
        ]);
        let expected = [
            ("_y", "_y.TextGrid", vec![]),
            ("a", "a b.TextGrid+a-c.TextGrid", vec!["b", "c"]),
            ("d/c01", "d/c01_doctor.TextGrid+d/c01_patient.TextGrid", vec!["doctor", "patient"]),
            ("e/c01_doctor", "e/c01_doctor.TextGrid", vec![]),
            ("x_y", "x_y.txt", vec![]),
            ("x_z", "x_z.txt", vec![]),
        ];
        let expected: Vec<(String, String, Vec<String>)> = expected
            .into_iter()
            .map(|(id, path, names)| (id.to_owned(), path.to_owned(), names.into_iter().map(str::to_owned).collect()))
            .collect();
        assert_eq!((joined, notes), (expected, 0));
    }

    #[test]
    fn numbers_are_several_recordings() {
        let (joined, notes) = found(&["i_01.TextGrid", "i_02.TextGrid"]);
        assert_eq!((joined.len(), notes), (2, 1));
    }
}
