//! A codebook as the appendix of a paper: what is printed, in order, before any markup.

use std::collections::HashMap;

use crate::codebook::{CodeEntry, CodebookFile, PatternEntry, RoleEntry};

use super::CodeCounts;
use super::dictionary::Below;

/// A piece of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// Level from 1, words, and the id behind them.
    Heading(usize, String, Option<String>),
    /// A paragraph, with what it is in front.
    Text(Option<&'static str>, String),
    /// Items below a word that says what they are.
    List(&'static str, Vec<String>),
    /// Patterns, each with what confines it.
    Patterns(Vec<(String, Vec<String>)>),
    /// A head and rows; columns from the second number on are numbers.
    Table { head: Vec<&'static str>, rows: Vec<Vec<String>>, numbers_from: usize },
}

/// The pieces, from title to last code. `counts` holds what was found for each code, if anything was coded.
pub(super) fn blocks(book: &CodebookFile, counts: Option<&[CodeCounts]>) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(1, book.title.clone().unwrap_or_else(|| book.id.clone()), None)];
    let version = book.version.as_ref().map(|version| format!("version {version}, ")).unwrap_or_default();
    blocks.push(Block::Text(
        None,
        format!("Codebook {}, {version}for transcripts in the language \"{}\".", book.id, book.language),
    ));
    text(&mut blocks, "Notes", &book.memo);
    if !book.references.is_empty() {
        blocks.push(Block::List("References", book.references.clone()));
    }
    blocks.push(Block::Heading(2, "Overview".to_owned(), None));
    blocks.push(overview(book, counts));
    if counts.is_some() {
        let note = "Codings are candidates, found by the patterns; cases are the people in whose words there is one.";
        blocks.push(Block::Text(None, note.to_owned()));
    }
    blocks.push(Block::Heading(2, "Tracks".to_owned(), None));
    for track in &book.tracks {
        blocks.push(Block::Heading(3, track.label.clone(), Some(track.id.clone())));
        text(&mut blocks, "Definition", &track.definition);
        text(&mut blocks, "Source", &track.source);
    }
    if !book.guide.is_empty() {
        blocks.push(Block::Heading(2, "Interview guide".to_owned(), None));
        for question in &book.guide {
            blocks.push(Block::Heading(3, question.label.clone(), Some(question.id.clone())));
            blocks.push(Block::Patterns(question.cues.iter().map(|cue| (cue.clone(), Vec::new())).collect()));
        }
    }
    blocks.push(Block::Heading(2, "Codes".to_owned(), None));
    for (level, theme, at) in Below::of(book, true).walk() {
        // A page has six levels of headings at most.
        match (at, book.themes.get(theme)) {
            (None, Some(theme)) => {
                blocks.push(Block::Heading(
                    (level + 3).min(5),
                    format!("Theme: {}", theme.label),
                    Some(theme.id.clone()),
                ));
                text(&mut blocks, "Definition", &theme.definition);
            }
            (Some(at), _) => {
                let counts = counts.and_then(|counts| counts.get(at));
                if let Some(entry) = book.codes.get(at) {
                    code(book, entry, (level + 3).min(6), counts, &mut blocks);
                }
            }
            (None, None) => {}
        }
    }
    blocks
}

fn text(blocks: &mut Vec<Block>, label: &'static str, value: &Option<String>) {
    if let Some(value) = value.as_ref().filter(|value| !value.trim().is_empty()) {
        blocks.push(Block::Text(Some(label), value.clone()));
    }
}

fn overview(book: &CodebookFile, counts: Option<&[CodeCounts]>) -> Block {
    let themes: HashMap<&str, &str> =
        book.themes.iter().map(|theme| (theme.id.as_str(), theme.label.as_str())).collect();
    let mut head = vec!["Code", "Theme", "Tracks", "Patterns"];
    if counts.is_some() {
        head.extend(["Codings", "Documents", "Cases"]);
    }
    let rows = book.codes.iter().enumerate().map(|(at, code)| {
        let theme = themes.get(code.theme.as_str()).map_or(code.theme.as_str(), |label| label);
        let mut row =
            vec![code.label.clone(), theme.to_owned(), code.tracks.join(", "), code.patterns.len().to_string()];
        if let Some(counts) = counts {
            let found = counts.get(at).copied().unwrap_or_default();
            row.extend([found.codings, found.documents, found.cases].map(|count| count.to_string()));
        }
        row
    });
    Block::Table { head, rows: rows.collect(), numbers_from: 3 }
}

fn code(book: &CodebookFile, code: &CodeEntry, level: usize, counts: Option<&CodeCounts>, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(level, code.label.clone(), Some(code.id.clone())));
    if let Some(CodeCounts { codings, documents, cases }) = counts {
        let number = |count: &u64, one: &str, more: &str| format!("{count} {}", if *count == 1 { one } else { more });
        let found = format!(
            "{} in {} and {}",
            number(codings, "coding", "codings"),
            number(documents, "document", "documents"),
            number(cases, "case", "cases")
        );
        blocks.push(Block::Text(Some("Found"), found));
    }
    text(blocks, "Definition", &code.definition);
    text(blocks, "When to use", &code.include);
    text(blocks, "When not to use", &code.exclude);
    let labels: Vec<&str> = code
        .tracks
        .iter()
        .map(|id| book.tracks.iter().find(|track| track.id == *id).map_or(id.as_str(), |track| track.label.as_str()))
        .collect();
    blocks.push(Block::Text(Some("Tracks"), labels.join("; ")));
    text(blocks, "Source", &code.source);
    text(blocks, "Notes", &code.memo);
    if let Some(examples) = &code.examples {
        for (label, sentences) in [("Examples", &examples.coded), ("Not this code", &examples.not_coded)] {
            if !sentences.is_empty() {
                blocks.push(Block::List(label, sentences.clone()));
            }
        }
    }
    if !code.patterns.is_empty() {
        blocks.push(Block::Patterns(code.patterns.iter().map(pattern).collect()));
    }
}

fn pattern(entry: &PatternEntry) -> (String, Vec<String>) {
    let guarded = match entry {
        PatternEntry::Text(text) => return (text.clone(), Vec::new()),
        PatternEntry::Guarded(guarded) => guarded,
    };
    let mut notes = Vec::new();
    if !guarded.roles.is_empty() {
        let names: Vec<&str> = guarded
            .roles
            .iter()
            .map(|role| match role {
                RoleEntry::Interviewer => "interviewer",
                RoleEntry::Informant => "informant",
                RoleEntry::Other => "other",
            })
            .collect();
        notes.push(format!("roles: {}", names.join(", ")));
    }
    if !guarded.questions.is_empty() {
        notes.push(format!("questions: {}", guarded.questions.join(", ")));
    }
    if !guarded.attributes.is_empty() {
        let written = serde_json::to_string(&guarded.attributes).unwrap_or_default();
        notes.push(format!("where: {written}"));
    }
    notes.extend(guarded.memo.iter().cloned());
    (guarded.matches.clone(), notes)
}
