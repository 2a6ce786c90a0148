//! The appendix as Markdown (CommonMark, with tables as GitHub and Pandoc read them).

use crate::codebook::CodebookFile;

use super::CodeCounts;
use super::appendix::{Block, blocks};

/// The page.
pub(super) fn export(book: &CodebookFile, counts: Option<&[CodeCounts]>) -> Vec<u8> {
    let pieces: Vec<String> = blocks(book, counts).iter().map(piece).collect();
    (pieces.join("\n\n") + "\n").into_bytes()
}

fn piece(block: &Block) -> String {
    match block {
        Block::Heading(level, text, id) => {
            let id = id.as_ref().map(|id| format!(" ({})", code(id))).unwrap_or_default();
            format!("{} {}{id}", "#".repeat(*level), line(text))
        }
        Block::Text(None, text) => paragraphs(text),
        Block::Text(Some(label), text) => format!("**{label}.** {}", paragraphs(text)),
        Block::List(label, items) => {
            let items: Vec<String> = items.iter().map(|item| format!("- {}", line(item))).collect();
            format!("**{label}.**\n\n{}", items.join("\n"))
        }
        Block::Patterns(patterns) => {
            let items: Vec<String> = patterns
                .iter()
                .map(|(pattern, notes)| {
                    let notes: Vec<String> = notes.iter().map(|note| line(note)).collect();
                    let notes = if notes.is_empty() { String::new() } else { format!(" – {}", notes.join("; ")) };
                    format!("- {}{notes}", code(pattern))
                })
                .collect();
            format!("**Patterns.**\n\n{}", items.join("\n"))
        }
        Block::Table { head, rows, numbers_from } => {
            let rule = (0..head.len()).map(|at| if at >= *numbers_from { "---:" } else { "---" });
            let mut lines =
                vec![format!("| {} |", head.join(" | ")), format!("| {} |", rule.collect::<Vec<_>>().join(" | "))];
            for row in rows {
                let cells: Vec<String> = row.iter().map(|cell| line(cell)).collect();
                lines.push(format!("| {} |", cells.join(" | ")));
            }
            lines.join("\n")
        }
    }
}

/// A text as paragraphs: line breaks stay, and nothing in it is markup.
fn paragraphs(text: &str) -> String {
    let lines: Vec<String> = text.trim().lines().map(line).collect();
    lines.join("  \n").replace("\n  \n", "\n\n")
}

/// A text on one line, in which nothing is markup.
fn line(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, character) in text.split_whitespace().collect::<Vec<_>>().join(" ").char_indices() {
        let begins_block = at == 0 && (matches!(character, '+' | '-' | '=' | '~') || character.is_ascii_digit());
        if character.is_ascii_punctuation()
            && (begins_block || "\\`*_{}[]<>#|!&$^~\"'@:.".contains(character) && !".:'\"".contains(character))
        {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    // `1.` and `1)` at the beginning would be a list.
    let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && escaped[digits..].starts_with(['.', ')']) {
        escaped.insert(digits, '\\');
    }
    escaped
}

/// A text between as many backticks as it needs.
fn code(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if text.starts_with('`') || text.ends_with('`') {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

#[cfg(test)]
mod tests {
    use super::{code, line};

    #[test]
    fn nothing_is_markup() {
        assert_eq!(line("a *b* <script> | c_d"), r"a \*b\* \<script\> \| c\_d");
        assert_eq!(line("1. no list"), r"1\. no list");
        assert_eq!(line("- no list"), r"\- no list");
        assert_eq!(code("a | `b`"), "`` a | `b` ``");
    }
}
