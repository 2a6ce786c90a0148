//! YAML front matter: attributes between two lines of three dashes at the very start of a document.

use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};

use crate::diagnostic::{Diagnostic, Severity};

/// Front matter and where the transcript begins.
#[derive(Debug, Default, PartialEq)]
pub(super) struct FrontMatter {
    /// Name, value as written, line (from 1).
    pub(super) entries: Vec<(String, String, u32)>,
    /// First byte after it; 0 without front matter.
    pub(super) end: usize,
}

/// Front matter larger than this is none: it would be a transcript between two rules.
const MOST_BYTES: usize = 64 * 1024;

/// Parts the front matter from `text`. Broken YAML is told and stays text.
pub(super) fn split(path: &str, text: &str, diagnostics: &mut Vec<Diagnostic>) -> FrontMatter {
    let Some((yaml, end)) = block(text) else { return FrontMatter::default() };
    if is_deep(yaml) {
        diagnostics.push(broken(path, 1, "it is nested deeper than attributes are"));
        return FrontMatter::default();
    }
    match MarkedYaml::load_from_str(yaml) {
        Ok(documents) => match documents.into_iter().next() {
            None => FrontMatter { entries: Vec::new(), end },
            Some(MarkedYaml { data: YamlData::Mapping(mapping), .. }) => {
                let mut entries = Vec::new();
                for (key, value) in mapping.iter() {
                    let line = key.span.start.line() as u32 + 1;
                    match (written(yaml, key), written(yaml, value)) {
                        (Some(key), Some(value)) if !key.is_empty() => {
                            if !value.is_empty() {
                                entries.push((key, value, line));
                            }
                        }
                        (key, _) => diagnostics.push(nested(path, &key.unwrap_or_default(), line)),
                    }
                }
                FrontMatter { entries, end }
            }
            // Two rules with a sentence between them are YAML, too, and no attributes.
            Some(_) => FrontMatter::default(),
        },
        Err(error) => {
            diagnostics.push(broken(path, error.marker().line() as u32 + 1, error.info()));
            FrontMatter::default()
        }
    }
}

/// Whether parsing could recurse beyond the stack: attributes are flat, so few brackets are many.
fn is_deep(yaml: &str) -> bool {
    let brackets = yaml.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count();
    brackets > 256 || yaml.lines().any(|line| line.matches("- ").count() + line.matches("? ").count() > 64)
}

fn broken(path: &str, line: u32, reason: &str) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        "T015",
        path,
        format!("what stands between the first two `---` lines cannot be read as YAML attributes ({reason}) and is taken for text"),
        "write one `name: value` on each line, the value in quotes if it holds `: ` or begins with a sign",
    )
    .at_line(line)
}

/// The lines between the dashes, and the byte after them.
fn block(text: &str) -> Option<(&str, usize)> {
    let start = text.find('\n')? + 1;
    if text[..start].trim_end() != "---" {
        return None;
    }
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((&text[start..at], at + line.len()));
        }
        at += line.len();
        if at > MOST_BYTES {
            return None;
        }
    }
    None
}

/// A scalar as it is written: `007` stays `007`. Nothing for what is no scalar.
fn written(yaml: &str, node: &MarkedYaml<'_>) -> Option<String> {
    match &node.data {
        YamlData::Value(Scalar::String(text)) => Some(text.trim().to_owned()),
        YamlData::Value(Scalar::Null) => Some(String::new()),
        YamlData::Value(_) => {
            let (from, to) = (node.span.start.index(), node.span.end.index());
            Some(yaml.chars().skip(from).take(to - from).collect::<String>().trim().to_owned())
        }
        _ => None,
    }
}

fn nested(path: &str, key: &str, line: u32) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        "T016",
        path,
        format!("\"{key}\" of the front matter is a list or has parts of its own; it is left out"),
        "an attribute has one value: write one `name: value` for each",
    )
    .at_line(line)
}

#[cfg(test)]
mod tests {
    use super::split;

    type Entries = Vec<(String, String, u32)>;

    fn entries(text: &str) -> (Entries, usize, Vec<&'static str>) {
        let mut diagnostics = Vec::new();
        let front = split("a.md", text, &mut diagnostics);
        (front.entries, front.end, diagnostics.into_iter().map(|diagnostic| diagnostic.code).collect())
    }

    #[test]
    fn scalars_stay_as_written() {
        let (entries, end, codes) = entries(
            "---\nsite: head office\ncode: 007\nrecorded: 2009-10-14\nq: \"a: b\"\nnone:\nyes: true\nn: 1.50\n---\nWords\n",
        );
        let pairs: Vec<_> = entries.iter().map(|(key, value, line)| (key.as_str(), value.as_str(), *line)).collect();
        assert_eq!(
            pairs,
            [
                ("site", "head office", 2),
                ("code", "007", 3),
                ("recorded", "2009-10-14", 4),
                ("q", "a: b", 5),
                ("yes", "true", 7),
                ("n", "1.50", 8)
            ]
        );
        assert_eq!((end, codes), (91, vec![]));
    }

    #[test]
    fn nested_values_are_left_out_and_told() {
        let (entries, _, codes) = entries("---\nsite: north\ntags: [a, b]\n---\n");
        assert_eq!((entries.len(), codes), (1, vec!["T016"]));
    }

    #[test]
    fn broken_yaml_is_text() {
        let (entries, end, codes) = entries("---\nsite: [a\n---\nAnna: Yes.\n");
        assert_eq!((entries.len(), end, codes), (0, 0, vec!["T015"]));
    }

    #[test]
    fn rules_are_no_front_matter() {
        for text in ["---\nOnly a sentence.\n---\n", "Anna: Yes.\n---\na: b\n---\n", "---\na: b\n", "---"] {
            assert_eq!(entries(text), (vec![], 0, vec![]), "{text}");
        }
    }
}
