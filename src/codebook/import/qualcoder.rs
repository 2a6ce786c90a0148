//! QualCoder's lists of codes: a line for each code, `category>>category>>code`, and behind a tab its memo.

use std::collections::HashMap;

use super::error::ImportError;
use super::loss::{Loss, Place};
use super::system::{Node, System};
use super::tree::DEEPEST;
use super::{Imported, text};
use crate::codebook::description::Description;

const KIND: &str = "QualCoder list of codes";

/// Whether there is a `>>`, and every line is as short as the name of a code and its memo.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let start = text::beginning(bytes);
    let arrow = |line: &str| line.contains(">>") && !line.contains("<<") && !line.trim_start().starts_with(">>");
    start.lines().any(arrow) && start.lines().all(|line| line.split('\t').next().unwrap_or_default().len() < 200)
}

/// Reads one.
///
/// # Errors
/// If there is no code in it.
pub(super) fn import(bytes: &[u8], name: &str) -> Result<Imported, ImportError> {
    let mut losses = Vec::new();
    let text = text::read(bytes, &mut losses)?;
    let mut system = System::default();
    let mut categories: HashMap<(Option<usize>, &str), usize> = HashMap::new();
    for (line, number) in text.lines().zip(1u32..).filter(|(line, _)| !line.trim().is_empty()) {
        let (path, memo) = line.split_once('\t').unwrap_or((line, ""));
        let mut names: Vec<&str> = path.split(">>").map(str::trim).collect();
        let place = Place { line: Some(number), category: "", text: line };
        if names.iter().any(|name| name.is_empty()) || names.len() > DEEPEST {
            let why = format!("a line is `category>>code` with up to {DEEPEST} names, none of them empty");
            losses.push(Loss::left_out("I010", place, "is left out", why));
            continue;
        }
        let Some(code) = names.pop() else { continue };
        let mut parent = None;
        for name in names {
            let next = system.nodes.len();
            let at = *categories.entry((parent, name)).or_insert(next);
            if at == next {
                system.nodes.push(Node { name: name.to_owned(), parent, ..Node::default() });
            }
            parent = Some(at);
        }
        let memo = Some(memo.trim().to_owned()).filter(|memo| !memo.is_empty());
        system.nodes.push(Node {
            name: code.to_owned(),
            parent,
            codable: true,
            description: Description { memo, ..Description::default() },
            ..Node::default()
        });
    }
    system.into_imported(KIND, name, losses)
}

#[cfg(test)]
mod tests {
    use super::import;

    #[test]
    fn categories_are_themes() {
        let file = import(b"a\tA memo\r\nx>>y>>b\r\nx>>c", "list.txt").expect("a list").file;
        let themes: Vec<_> = file.themes.iter().map(|theme| (theme.id.as_str(), theme.parent.as_deref())).collect();
        assert_eq!(themes, [("x", None), ("y", Some("x")), ("list", None)]);
        let codes: Vec<_> = file.codes.iter().map(|code| (code.id.as_str(), code.theme.as_str())).collect();
        assert_eq!(codes, [("a", "list"), ("b", "y"), ("c", "x")]);
        assert_eq!(file.codes[0].memo.as_deref(), Some("A memo"));
    }
}
