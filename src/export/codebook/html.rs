//! The appendix as one self-contained page, made to be read and to be printed.

use std::fmt::Write;

use crate::codebook::CodebookFile;

use super::CodeCounts;
use super::appendix::{Block, blocks};

const STYLE: &str = "\
:root{color-scheme:light}\
body{font:16px/1.5 Georgia,'Times New Roman',serif;color:#222;max-width:46em;margin:2em auto;padding:0 1em}\
h1,h2,h3,h4,h5,h6{font-family:system-ui,'Segoe UI',Helvetica,Arial,sans-serif;line-height:1.25;margin:1.6em 0 .4em}\
h1{font-size:1.8em}h2{font-size:1.4em;border-bottom:1px solid #bbb;padding-bottom:.2em}\
h3{font-size:1.15em}h4{font-size:1.05em}h5,h6{font-size:1em}\
p,ul{margin:.35em 0}\
.id{font:400 .8em ui-monospace,Consolas,monospace;color:#666;margin-left:.5em}\
.label{font-family:system-ui,'Segoe UI',Helvetica,Arial,sans-serif;font-size:.85em;font-weight:600;color:#444}\
code{font:.85em/1.5 ui-monospace,Consolas,monospace;background:#f3f3f1;padding:.1em .3em;border-radius:3px;overflow-wrap:anywhere}\
table{border-collapse:collapse;width:100%;font-size:.9em;margin:.8em 0}\
th,td{text-align:left;vertical-align:top;padding:.3em .6em;border-bottom:1px solid #ddd}\
th{border-bottom:2px solid #888}.n{text-align:right;font-variant-numeric:tabular-nums}\
.note{color:#555;font-size:.9em}\
@media print{body{font-size:10pt;max-width:none;margin:0;padding:0}h1,h2,h3,h4,h5,h6{break-after:avoid}\
li,tr{break-inside:avoid}code{background:none;padding:0}thead{display:table-header-group}@page{margin:2cm}}";

/// The page.
pub(super) fn export(book: &CodebookFile, counts: Option<&[CodeCounts]>) -> Vec<u8> {
    let title = book.title.as_deref().unwrap_or(&book.id);
    let mut page = String::new();
    // Writing to a String cannot fail.
    let _ = write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
        escaped(title)
    );
    for block in blocks(book, counts) {
        piece(&block, &mut page);
    }
    page.push_str("</body>\n</html>\n");
    page.into_bytes()
}

fn piece(block: &Block, page: &mut String) {
    let _ = match block {
        Block::Heading(level, text, id) => {
            let id = id.as_ref().map(|id| format!("<span class=\"id\">{}</span>", escaped(id))).unwrap_or_default();
            writeln!(page, "<h{level}>{}{id}</h{level}>", escaped(text))
        }
        Block::Text(label, text) => {
            let label = label.map(|label| format!("<span class=\"label\">{label}.</span> ")).unwrap_or_default();
            let lines: Vec<String> = text.trim().lines().map(escaped).collect();
            writeln!(page, "<p>{label}{}</p>", lines.join("<br>"))
        }
        Block::List(label, items) => {
            let items: String = items.iter().map(|item| format!("<li>{}</li>", escaped(item))).collect();
            writeln!(page, "<p><span class=\"label\">{label}.</span></p>\n<ul>{items}</ul>")
        }
        Block::Patterns(patterns) => {
            let items: String = patterns
                .iter()
                .map(|(pattern, notes)| {
                    let notes: String =
                        notes.iter().map(|note| format!(" <span class=\"note\">{}</span>", escaped(note))).collect();
                    format!("<li><code>{}</code>{notes}</li>", escaped(pattern))
                })
                .collect();
            writeln!(page, "<p><span class=\"label\">Patterns.</span></p>\n<ul>{items}</ul>")
        }
        Block::Table { head, rows, numbers_from } => {
            let class = |at: usize| if at >= *numbers_from { " class=\"n\"" } else { "" };
            let head: String =
                head.iter().enumerate().map(|(at, name)| format!("<th{}>{name}</th>", class(at))).collect();
            let _ = writeln!(page, "<table>\n<thead><tr>{head}</tr></thead>\n<tbody>");
            for row in rows {
                let cells: String = row
                    .iter()
                    .enumerate()
                    .map(|(at, cell)| format!("<td{}>{}</td>", class(at), escaped(cell)))
                    .collect();
                let _ = writeln!(page, "<tr>{cells}</tr>");
            }
            writeln!(page, "</tbody>\n</table>")
        }
    };
}

/// Text that is nothing but text, in elements and in attributes.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // These have no place in HTML.
            c if c.is_control() && !matches!(c, '\n' | '\t') => escaped.push('\u{FFFD}'),
            c => escaped.push(c),
        }
    }
    escaped
}
