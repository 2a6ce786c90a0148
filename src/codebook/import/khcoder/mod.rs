//! KH Coder's coding rules (`.cod`, `.txt`).
//!
//! ```text
//! # a comment
//! *Name
//! condition, which may run over several lines
//! ```
//!
//! What a condition can hold, and what becomes of it:
//!
//! | there | here |
//! |---|---|
//! | `word` (base form) | its stem if it is written in Latin letters, else the word as written; told, for KH Coder finds every inflection |
//! | `"word"` | the same |
//! | `a+b`, `'string'` | adjacent words; a string is also found inside words |
//! | `near(a-b)[n]`, `seq(a-b)[n]` | NEAR/n, BEFORE/n; 10 if there is no n, anywhere in the turn for 0; with `b` in one sentence |
//! | `and`, `or`, `not` and their signs | AND, OR, AND NOT, which hold in a sentence; told, for KH Coder takes the unit that one counts in |
//! | `<>variable-->value`, `<>heading1-->text` | the guard `where` with the attribute `variable` or `heading1` |
//! | `<*code>` | `code:` |
//! | `word-->POS`, `word=>surface` | the word whatever its part of speech (told); the surface form |
//! | counts other than one or more, lengths, numbers of units, inflections by name | no equal: told, and what they narrow is left out |
//!
//! KH Coder counts punctuation when it measures distances; here only words count.

mod atom;
mod expression;
mod translate;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::error::ImportError;
use super::loss::{Loss, Place};
use super::tree::{Forest, Settings, Wordless};
use super::{Imported, text};
use crate::codebook::file::{CaseEntry, GuardedPattern, PatternEntry, WhereEntry, WhereValue};
use crate::pattern::{CasePolicy, ParseOptions, parse};

use translate::{Alternative, translate};

const KIND: &str = "KH Coder coding rule file";

/// Whether the first line that is no comment is the name of a code.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let start = text::beginning(bytes);
    let first = start.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    first.is_some_and(|line| {
        name_of(line).is_some_and(|name| !name.is_empty() && !name.starts_with(char::is_whitespace))
    }) && start.lines().filter(|line| name_of(line).is_some()).count() * 2 <= start.lines().count()
}

/// The name of the code that a line begins.
fn name_of(line: &str) -> Option<&str> {
    line.strip_prefix('*').or_else(|| line.strip_prefix('＊')).map(str::trim_end)
}

struct Rule<'a> {
    name: &'a str,
    line: u32,
    condition: String,
}

/// Reads one.
///
/// # Errors
/// If it is no such file.
pub(super) fn import(bytes: &[u8], name: &str) -> Result<Imported, ImportError> {
    let mut losses = Vec::new();
    let text = text::read(bytes, &mut losses)?;
    let rules = rules(&text, &mut losses);
    if rules.is_empty() {
        let mend = "a code begins with a line such as `*Name`, and its condition follows on the next";
        return Err(ImportError::malformed(KIND, None, "no line begins with an asterisk", mend));
    }
    // The ids are known before the patterns, which may refer to them: one code for every rule, in order.
    let settings = Settings { kind: KIND, name, case: CaseEntry::Insensitive, wordless: Wordless::Code };
    let mut forest = Forest::default();
    for rule in &rules {
        forest.add(None, rule.name, Some(rule.line));
    }
    let mut imported = forest.into_imported(settings, losses)?;
    let mut codes: HashMap<&str, Result<String, String>> = HashMap::new();
    let mut attributes: BTreeSet<String> = BTreeSet::new();
    for (at, rule) in rules.iter().enumerate() {
        let Some(id) = imported.file.codes.get(at).map(|code| code.id.clone()) else { break };
        let patterns = patterns(rule, &codes, &mut attributes, &mut imported.losses);
        let found = if patterns.is_empty() {
            Err(format!("the code {} that it refers to could not be carried over", rule.name))
        } else {
            Ok(id)
        };
        codes.insert(rule.name, found);
        if let Some(code) = imported.file.codes.get_mut(at) {
            code.memo = Some(format!("KH Coder: {}", rule.condition.trim()));
            code.patterns = patterns;
        }
    }
    for attribute in attributes {
        imported.losses.push(Loss::note(
            "I022",
            Place { line: None, category: "", text: &attribute },
            None,
            "must be an attribute of the documents or speakers",
            format!("conditions on it became \"where\"; give documents.csv a column {attribute} with the values that the rules name"),
        ));
    }
    Ok(imported)
}

/// The rules of a file; a name that comes again is told.
fn rules<'a>(text: &'a str, losses: &mut Vec<Loss>) -> Vec<Rule<'a>> {
    let mut rules: Vec<Rule<'a>> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut skipping = false;
    for (line, number) in text.lines().zip(1u32..) {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        if let Some(name) = name_of(line) {
            let name = name.trim();
            skipping = name.is_empty() || !seen.insert(name.split_whitespace().collect::<Vec<_>>().join(" "));
            if skipping {
                let place = Place { line: Some(number), category: name, text: line };
                let (what, why) = ("is left out", "a code has a name, and no other code has the same; give it another");
                losses.push(Loss::left_out("I010", place, what, why));
            } else {
                rules.push(Rule { name, line: number, condition: String::new() });
            }
            continue;
        }
        match rules.last_mut().filter(|_| !skipping) {
            Some(rule) => {
                rule.condition.push_str(line);
                rule.condition.push('\n');
            }
            None if skipping => {}
            None => {
                let place = Place { line: Some(number), category: "", text: line };
                losses.push(Loss::left_out(
                    "I010",
                    place,
                    "is left out",
                    "it stands before the first code; a code begins with *",
                ));
            }
        }
    }
    rules
}

fn patterns(
    rule: &Rule<'_>,
    codes: &HashMap<&str, Result<String, String>>,
    attributes: &mut BTreeSet<String>,
    losses: &mut Vec<Loss>,
) -> Vec<PatternEntry> {
    let condition = rule.condition.split_whitespace().collect::<Vec<_>>().join(" ");
    let place = Place { line: Some(rule.line), category: rule.name, text: &condition };
    let expression = match expression::parse(&rule.condition) {
        Ok(expression) => expression,
        Err(why) => {
            let why = format!("{why}; operators and parentheses need a space on either side");
            losses.push(Loss::left_out("I010", place, "cannot be understood and is left out", why));
            return Vec::new();
        }
    };
    let code = |name: &str| -> Result<String, String> {
        let unknown = || Err(format!("it refers to {name}, and no code of that name comes before it"));
        codes.get(name).cloned().unwrap_or_else(unknown)
    };
    let found = translate(&expression, place, &code, losses);
    let mut patterns: Vec<PatternEntry> = Vec::new();
    for Alternative { text, guards } in found.alternatives {
        let Some(text) = text else { continue };
        let text = bare(&text);
        if let Err(faults) = parse(&text, &ParseOptions { case: CasePolicy::Insensitive, cue: false }) {
            let why = faults.first().map_or_else(String::new, |fault| format!("{}; {}", fault.message, fault.mend));
            losses.push(Loss::left_out("I005", place, "is left out in part", why));
            continue;
        }
        attributes.extend(guards.keys().cloned());
        let entry = if guards.is_empty() { PatternEntry::Text(text) } else { guarded(text, guards) };
        if !patterns.contains(&entry) {
            patterns.push(entry);
        }
    }
    let carried = !patterns.is_empty();
    for why in found.lost {
        let what = if carried { "is carried over in part" } else { "is not carried over" };
        losses.push(Loss::left_out("I020", place, what, why));
    }
    if carried && found.within_unit {
        losses.push(Loss::warning(
            "I021",
            place,
            "holds inside one sentence",
            "KH Coder asks whether all of it is in the unit that one counts in, here AND looks for it in one sentence; for a whole turn write NEAR/100000 and NOT NEAR/100000 in the place of AND and AND NOT",
        ));
    }
    tell_words(&found.noticed, place, carried, losses);
    patterns
}

fn tell_words(noticed: &atom::Noticed, place: Place<'_>, carried: bool, losses: &mut Vec<Loss>) {
    let mut tell = |code, words: &[String], what: &str, why: &str| {
        let words: BTreeMap<&String, ()> = words.iter().map(|word| (word, ())).collect();
        if carried && !words.is_empty() {
            let words = words.into_keys().cloned().collect::<Vec<_>>().join(", ");
            losses.push(Loss::warning(code, Place { text: &words, ..place }, what, why));
        }
    };
    let stems: (Vec<String>, Vec<String>) =
        noticed.base_forms.iter().cloned().partition(|word| word.chars().all(|c| (c as u32) < 0x250));
    tell(
        "I023",
        &stems.0,
        "is looked for by its stem",
        "KH Coder finds the inflected forms of a base form by a dictionary, a stem by their common beginning (goes, not went); set \"language\", and add the forms that are missing",
    );
    tell(
        "I024",
        &stems.1,
        "is looked for as written",
        "KH Coder finds the inflected forms of a base form too; add the forms that occur, as patterns of their own",
    );
    tell(
        "I025",
        &noticed.parts_of_speech,
        "is looked for in every part of speech",
        "patterns know no parts of speech; add words that stand beside it, to tell its uses apart",
    );
}

fn guarded(text: String, guards: translate::Guards) -> PatternEntry {
    let attributes = guards
        .into_iter()
        .map(|(name, mut values)| {
            let value = match values.len() {
                1 => WhereEntry::Text(values.remove(0)),
                _ => WhereEntry::AnyOf(values.into_iter().map(WhereValue::Text).collect()),
            };
            (name, value)
        })
        .collect();
    PatternEntry::Guarded(GuardedPattern {
        id: None,
        matches: text,
        roles: Vec::new(),
        questions: Vec::new(),
        attributes,
        memo: None,
    })
}

/// Without parentheses around the whole.
fn bare(text: &str) -> String {
    let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) else { return text.to_owned() };
    let mut depth = 0i32;
    for c in inner.chars() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if depth < 0 {
            return text.to_owned();
        }
    }
    inner.to_owned()
}
