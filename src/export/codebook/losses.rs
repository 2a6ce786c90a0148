//! What a format has no place for.
//!
//! It is found by going through the codebook as JSON: whatever a format does not list as kept is told, so that a key
//! that is new in codebooks cannot get lost in silence.

use serde_json::Value;

use crate::codebook::CodebookFile;
use crate::codebook::import::Loss;
use crate::diagnostic::Severity;

/// A loss about an entry, such as `code "x"`.
pub(super) fn loss(
    code: &'static str,
    severity: Severity,
    entry: &str,
    text: &str,
    what: impl Into<String>,
    why: impl Into<String>,
) -> Loss {
    Loss {
        code,
        severity,
        line: None,
        category: entry.to_owned(),
        text: text.to_owned(),
        became: None,
        what: what.into(),
        why: why.into(),
    }
}

/// A loss for every value of the codebook that does not lie at one of the paths of `keeps`, such as `codes.include`
/// or `codes.patterns.roles`. `format` is what the format is called in messages.
pub(super) fn unheld(book: &CodebookFile, format: &str, keeps: &[&str]) -> Vec<Loss> {
    let Ok(Value::Object(root)) = serde_json::to_value(book) else { return Vec::new() };
    let mut walk = Walk { format, keeps, losses: Vec::new() };
    for (key, value) in &root {
        match (key.as_str(), value) {
            ("$schema" | "format", _) => {}
            ("tracks" | "themes" | "guide" | "codes", Value::Array(entries)) => {
                let kind = match key.as_str() {
                    "tracks" => "track",
                    "themes" => "theme",
                    "guide" => "question",
                    _ => "code",
                };
                entries.iter().for_each(|entry| walk.entry(key, kind, entry));
            }
            _ => walk.value(key, "the codebook", value),
        }
    }
    walk.losses
}

struct Walk<'a> {
    format: &'a str,
    keeps: &'a [&'a str],
    losses: Vec<Loss>,
}

impl Walk<'_> {
    fn entry(&mut self, list: &str, kind: &str, entry: &Value) {
        let Value::Object(entry) = entry else { return };
        let id = entry.get("id").and_then(Value::as_str).unwrap_or_default();
        let name = format!("{kind} {id}");
        for (key, value) in entry {
            match (key.as_str(), value) {
                ("patterns", Value::Array(patterns)) => {
                    patterns.iter().for_each(|pattern| self.pattern(&name, pattern))
                }
                ("examples", Value::Object(examples)) => {
                    for (key, value) in examples {
                        self.value(&format!("{list}.examples.{key}"), &name, value);
                    }
                }
                _ => self.value(&format!("{list}.{key}"), &name, value),
            }
        }
    }

    fn pattern(&mut self, code: &str, pattern: &Value) {
        match pattern {
            Value::Object(guarded) => {
                let text = guarded.get("match").and_then(Value::as_str).unwrap_or_default();
                if !self.keeps.contains(&"codes.patterns") {
                    return self.tell(code, text, "pattern");
                }
                for (key, value) in guarded {
                    let path = format!("codes.patterns.{key}");
                    if key != "match" && !self.keeps.contains(&path.as_str()) {
                        let what = format!("pattern's \"{key}\" ({})", shown(value));
                        self.tell(code, text, &what);
                    }
                }
            }
            _ => self.value("codes.patterns", code, pattern),
        }
    }

    fn value(&mut self, path: &str, entry: &str, value: &Value) {
        let empty = match value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(list) => list.is_empty(),
            _ => false,
        };
        if empty || self.keeps.contains(&path) {
            return;
        }
        let key = path.rsplit('.').next().unwrap_or(path);
        let what = if path == "codes.patterns" { "pattern".to_owned() } else { format!("\"{key}\"") };
        self.tell(entry, &shown(value), &what);
    }

    fn tell(&mut self, entry: &str, text: &str, what: &str) {
        self.losses.push(loss(
            "X001",
            Severity::Skipped,
            entry,
            text,
            format!("({what}) is left out"),
            format!("{} has no place for it; keep the codebook in JSON beside it", self.format),
        ));
    }
}

/// A value as words.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(shown).collect::<Vec<_>>().join(" | "),
        _ => value.to_string(),
    }
}
