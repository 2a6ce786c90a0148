//! Which codes must be coded anew.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::{Code, Codebook, Pattern};

use super::changes::guards;

/// What of two codebooks must be coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recode {
    /// Whether the two see the same roles, exchanges and questions, so that codes with the same patterns have the
    /// same codings.
    pub same_settings: bool,
    /// Ids of the codes whose codings may differ, those that stand in one codebook only among them.
    pub codes: BTreeSet<String>,
}

/// The codes whose codings may differ: those whose patterns, guards or references are others, and all if who is an
/// interviewer, what is a backchannel or what the guide asks is told otherwise.
pub fn recode(old: &Codebook, new: &Codebook) -> Recode {
    let cues = |codebook: &Codebook| -> Vec<_> {
        codebook.questions.iter().map(|question| (question.id.clone(), question.cues.clone())).collect()
    };
    let same_settings = old.interviewers == new.interviewers
        && old.backchannels == new.backchannels
        && old.roles == new.roles
        && old.language == new.language
        && cues(old) == cues(new);
    let by_id = |codebook| -> BTreeMap<&str, &Code> { codes(codebook) };
    let (before, after) = (by_id(old), by_id(new));
    let mut changed: BTreeSet<&str> = BTreeSet::new();
    for id in before.keys().chain(after.keys()) {
        let same = match (before.get(id), after.get(id)) {
            (Some(before), Some(after)) => same_settings && same_patterns(old, before, new, after),
            _ => false,
        };
        if !same {
            changed.insert(id);
        }
    }
    // What refers to a changed code is changed, until nothing is added any more.
    loop {
        let known = changed.len();
        for code in old.codes.iter().chain(&new.codes) {
            let mut referred = code.patterns.iter().flat_map(|pattern| pattern.tree.codes());
            if referred.any(|id| changed.contains(id)) {
                changed.insert(&code.id);
            }
        }
        if changed.len() == known {
            break;
        }
    }
    Recode { same_settings, codes: changed.into_iter().map(str::to_owned).collect() }
}

fn codes(codebook: &Codebook) -> BTreeMap<&str, &Code> {
    codebook.codes.iter().map(|code| (code.id.as_str(), code)).collect()
}

fn same_patterns(old: &Codebook, before: &Code, new: &Codebook, after: &Code) -> bool {
    let same = |(before, after): (&Pattern, &Pattern)| {
        before.tree == after.tree && before.roles == after.roles && guards(old, before) == guards(new, after)
    };
    before.patterns.len() == after.patterns.len() && before.patterns.iter().zip(&after.patterns).all(same)
}
