//! What changed in the codebook itself.

use std::collections::BTreeMap;

use crate::codebook::{Code, Codebook, Pattern};

/// One change of a codebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// Id of the code (the new one, where it moved); empty for a setting of the whole codebook.
    pub code: String,
    /// Id of the pattern, or the name of the key.
    pub what: String,
    /// How it was.
    pub before: Option<String>,
    /// How it is.
    pub after: Option<String>,
}

/// Kinds of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// A setting of the whole codebook is another.
    Setting,
    /// The code is new.
    CodeAdded,
    /// The code is gone.
    CodeRemoved,
    /// The code is in another theme or in other tracks.
    CodeMoved,
    /// The code has other words: label, definition, include or exclude.
    CodeReworded,
    /// The pattern is new.
    PatternAdded,
    /// The pattern is gone.
    PatternRemoved,
    /// The pattern stands in another code, or elsewhere among those of its code.
    PatternMoved,
    /// The pattern has another text.
    PatternReworded,
    /// The pattern has other roles, questions or attributes.
    PatternGuarded,
}

impl ChangeKind {
    /// Its name in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Setting => "setting",
            Self::CodeAdded => "code added",
            Self::CodeRemoved => "code removed",
            Self::CodeMoved => "code moved",
            Self::CodeReworded => "code reworded",
            Self::PatternAdded => "pattern added",
            Self::PatternRemoved => "pattern removed",
            Self::PatternMoved => "pattern moved",
            Self::PatternReworded => "pattern reworded",
            Self::PatternGuarded => "pattern guards",
        }
    }
}

/// Everything that changed from one codebook to another: settings, then codes in the order of the new codebook, then
/// those that are gone.
pub fn changes(old: &Codebook, new: &Codebook) -> Vec<Change> {
    let mut changes = settings(old, new);
    let find = |codebook: &Codebook, id: &str| codebook.codes.iter().position(|code| code.id == id);
    for code in &new.codes {
        match find(old, &code.id).map(|at| &old.codes[at]) {
            None => {
                changes.push(entry(ChangeKind::CodeAdded, &code.id, "", None, Some(code.label.clone())));
                patterns(&[], &code.patterns, (old, new), &code.id, &mut changes);
            }
            Some(before) => {
                of_code(before, code, (old, new), &mut changes);
                patterns(&before.patterns, &code.patterns, (old, new), &code.id, &mut changes);
            }
        }
    }
    for code in old.codes.iter().filter(|code| find(new, &code.id).is_none()) {
        changes.push(entry(ChangeKind::CodeRemoved, &code.id, "", Some(code.label.clone()), None));
        patterns(&code.patterns, &[], (old, new), &code.id, &mut changes);
    }
    across_codes(changes)
}

fn entry(kind: ChangeKind, code: &str, what: &str, before: Option<String>, after: Option<String>) -> Change {
    Change { kind, code: code.to_owned(), what: what.to_owned(), before, after }
}

fn settings(old: &Codebook, new: &Codebook) -> Vec<Change> {
    let values = |codebook: &Codebook| {
        let list = |items: Vec<String>| items.join(", ");
        let cues = codebook
            .questions
            .iter()
            .flat_map(|question| question.cues.iter().map(move |cue| format!("{}: {cue}", question.id)));
        [
            ("language", codebook.language.clone()),
            ("case", format!("{:?}", codebook.case).to_lowercase()),
            ("roles", list(codebook.roles.iter().map(|role| role.as_str().to_owned()).collect())),
            ("interviewers", list(codebook.interviewers.clone())),
            ("backchannels", list(codebook.backchannels.iter().map(ToString::to_string).collect())),
            ("guide", cues.collect::<Vec<_>>().join("; ")),
        ]
    };
    let pairs = values(old).into_iter().zip(values(new)).filter(|(before, after)| before != after);
    pairs.map(|((name, before), (_, after))| entry(ChangeKind::Setting, "", name, Some(before), Some(after))).collect()
}

fn of_code(before: &Code, after: &Code, (old, new): (&Codebook, &Codebook), changes: &mut Vec<Change>) {
    let place = |codebook: &Codebook, code: &Code| {
        let tracks: Vec<&str> = code.tracks.iter().map(|&track| &*codebook.tracks[track].id).collect();
        format!("theme {}, tracks {}", codebook.themes[code.theme].id, tracks.join(" "))
    };
    let (was, is) = (place(old, before), place(new, after));
    if was != is {
        changes.push(entry(ChangeKind::CodeMoved, &after.id, "", Some(was), Some(is)));
    }
    let words = |code: &Code| {
        [
            ("label", Some(code.label.clone())),
            ("definition", code.definition.clone()),
            ("include", code.include.clone()),
            ("exclude", code.exclude.clone()),
        ]
    };
    for ((name, was), (_, is)) in words(before).into_iter().zip(words(after)) {
        if was != is {
            changes.push(entry(ChangeKind::CodeReworded, &after.id, name, was, is));
        }
    }
}

/// Pairs the patterns of a code before and after: first those with one text, then those with one id; the rest are
/// gone, or new.
fn patterns(old: &[Pattern], new: &[Pattern], books: (&Codebook, &Codebook), code: &str, changes: &mut Vec<Change>) {
    let mut partner: Vec<Option<usize>> = vec![None; new.len()];
    let mut free: Vec<bool> = vec![true; old.len()];
    type Same<'s> = &'s dyn Fn(&Pattern, &Pattern) -> bool;
    let same: [Same<'_>; 3] =
        [&|a, b| a.text == b.text && a.id == b.id, &|a, b| a.text == b.text, &|a, b| a.id == b.id];
    for same in same {
        for (at, pattern) in new.iter().enumerate().filter(|(at, _)| partner[*at].is_none()).collect::<Vec<_>>() {
            if let Some(found) = (0..old.len()).find(|&other| free[other] && same(&old[other], pattern)) {
                free[found] = false;
                partner[at] = Some(found);
            }
        }
    }
    let mut paired: Vec<usize> = partner.iter().flatten().copied().collect();
    paired.sort_unstable();
    let mut rank = 0;
    for (pattern, partner) in new.iter().zip(&partner) {
        let Some(partner) = *partner else {
            changes.push(entry(ChangeKind::PatternAdded, code, &pattern.id, None, Some(pattern.text.clone())));
            continue;
        };
        let before = &old[partner];
        if before.text != pattern.text {
            let (was, is) = (Some(before.text.clone()), Some(pattern.text.clone()));
            changes.push(entry(ChangeKind::PatternReworded, code, &pattern.id, was, is));
        } else if paired.get(rank) != Some(&partner) {
            let place = |at: usize| Some(format!("number {at} of {code}: {}", pattern.text));
            let now = new.iter().position(|one| std::ptr::eq(one, pattern)).unwrap_or(0);
            changes.push(entry(ChangeKind::PatternMoved, code, &pattern.id, place(partner + 1), place(now + 1)));
        }
        rank += 1;
        let (was, is) = (guards(books.0, before), guards(books.1, pattern));
        if was != is {
            changes.push(entry(ChangeKind::PatternGuarded, code, &pattern.id, Some(was), Some(is)));
        }
    }
    for (pattern, _) in old.iter().zip(&free).filter(|(_, free)| **free) {
        changes.push(entry(ChangeKind::PatternRemoved, code, &pattern.id, Some(pattern.text.clone()), None));
    }
}

/// The guards of a pattern, in words.
pub(super) fn guards(codebook: &Codebook, pattern: &Pattern) -> String {
    let mut parts = Vec::new();
    if pattern.roles != codebook.roles {
        parts.push(format!("roles {}", pattern.roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(", ")));
    }
    if !pattern.questions.is_empty() {
        let ids = pattern.questions.iter().filter_map(|&at| codebook.questions.get(at)).map(|question| &*question.id);
        parts.push(format!("questions {}", ids.collect::<Vec<_>>().join(", ")));
    }
    parts.extend(pattern.attributes.iter().map(|(name, values)| format!("where {name} is {}", values.join(" or "))));
    if parts.is_empty() { "none".to_owned() } else { parts.join("; ") }
}

/// Makes one move of a pattern that is gone from one code and new, with the same text, in another.
fn across_codes(changes: Vec<Change>) -> Vec<Change> {
    let mut gone: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, change) in changes.iter().enumerate().rev() {
        if let (ChangeKind::PatternRemoved, Some(text)) = (change.kind, &change.before) {
            gone.entry(text.clone()).or_default().push(at);
        }
    }
    let mut dropped = vec![false; changes.len()];
    let mut merged = changes.clone();
    for (at, change) in changes.iter().enumerate() {
        let (ChangeKind::PatternAdded, Some(text)) = (change.kind, &change.after) else { continue };
        if let Some(from) = gone.get_mut(text).and_then(Vec::pop) {
            dropped[from] = true;
            merged[at].kind = ChangeKind::PatternMoved;
            merged[at].before = Some(format!("{}: {text}", changes[from].code));
            merged[at].after = Some(format!("{}: {text}", change.code));
        }
    }
    merged.into_iter().zip(dropped).filter(|(_, dropped)| !dropped).map(|(change, _)| change).collect()
}
