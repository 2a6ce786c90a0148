//! What is legal in a codebook, but probably not meant.

use std::collections::BTreeMap;

use crate::pattern::{CasePolicy, Node, WordTest};
use crate::text::{Stemmer, fold};

use super::checked::{Code, Codebook, Pattern};
use super::faults::Faults;
use super::pattern::visit;
use super::read::Sites;
use super::subsume::subsumes;

/// Records everything suspicious about a codebook without errors.
pub(super) fn check(codebook: &Codebook, sites: &Sites, faults: &mut Faults<'_>) {
    let stemmer = Stemmer::for_language(&codebook.language);
    unused(codebook, sites, faults);
    capitals(codebook, sites, faults);
    alike(codebook, sites, faults);
    for (at, code) in codebook.codes.iter().enumerate() {
        let place = sites.codes[at];
        if code.patterns.is_empty() {
            let mend = "write into \"patterns\" the words that evidence it, or leave it for people to code with";
            faults.warning(
                "C109",
                place,
                format!("code \"{}\" has no patterns, so nothing is found for it", code.id),
                mend,
            );
        } else if code.examples.coded.is_empty() {
            let mend =
                "add one or more sentences to \"examples\": {\"coded\": […]}; `qualcode codebook check` tests them";
            faults.warning("C105", place, format!("code \"{}\" has no example of what is to be coded", code.id), mend);
        }
        if code.definition.as_ref().is_none_or(|definition| definition.trim().is_empty()) {
            let mend = "add \"definition\": say what the code means, so that somebody else would code alike";
            faults.warning("C106", place, format!("code \"{}\" has no definition", code.id), mend);
        }
        useless(code, at, sites, stemmer, faults);
    }
}

fn unused(codebook: &Codebook, sites: &Sites, faults: &mut Faults<'_>) {
    for (at, theme) in codebook.themes.iter().enumerate() {
        let is_parent = codebook.themes.iter().any(|child| child.parent == Some(at));
        if !is_parent && !codebook.codes.iter().any(|code| code.theme == at) {
            let message = format!("theme \"{}\" has no codes and no themes below it", theme.id);
            faults.warning("C103", sites.themes[at], message, "give it codes, or take it out");
        }
    }
    for (at, track) in codebook.tracks.iter().enumerate() {
        if !codebook.codes.iter().any(|code| code.tracks.contains(&at)) {
            faults.warning(
                "C104",
                sites.tracks[at],
                format!("track \"{}\" has no codes", track.id),
                "give it codes, or take it out",
            );
        }
    }
}

/// Code ids that programs which take no notice of capitals, such as SPSS, cannot tell apart.
fn alike(codebook: &Codebook, sites: &Sites, faults: &mut Faults<'_>) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for (at, code) in codebook.codes.iter().enumerate() {
        if let Some(other) = seen.insert(code.id.to_lowercase(), &code.id) {
            let message = format!("the code ids \"{other}\" and \"{}\" differ in capitals only", code.id);
            faults.warning(
                "C108",
                sites.codes[at],
                message,
                "give one of the two another id; some programs cannot tell them apart",
            );
        }
    }
}

/// Words that smart case takes as written: once for the whole codebook, for a word such as IT is likely in many codes.
fn capitals(codebook: &Codebook, sites: &Sites, faults: &mut Faults<'_>) {
    if codebook.case != CasePolicy::Smart {
        return;
    }
    let mut words: BTreeMap<String, (usize, Vec<usize>)> = BTreeMap::new();
    for (at, code) in codebook.codes.iter().enumerate() {
        for (pattern, site) in code.patterns.iter().zip(&sites.patterns[at]) {
            visit(&pattern.tree, &mut |node| {
                let Node::Word(
                    test @ (WordTest::Literal { sensitive: true, .. } | WordTest::Wildcard { sensitive: true, .. }),
                ) = node
                else {
                    return;
                };
                let word = test.to_string();
                let place = faults.inside_string(site.literal, pattern.text.find(word.trim_matches('"')).unwrap_or(0));
                let (_, codes) = words.entry(word).or_insert((place, Vec::new()));
                if codes.last() != Some(&at) {
                    codes.push(at);
                }
            });
        }
    }
    for (word, (place, codes)) in words {
        let others = match codes.len() {
            1 => String::new(),
            2 => " (and in 1 other code)".to_owned(),
            count => format!(" (and in {} other codes)", count - 1),
        };
        let message = format!("{word} is all capitals, so only capitals are found{others}");
        let mend = format!(
            "nothing, if that is meant; otherwise write `{}`, or set \"case\" to \"insensitive\"",
            word.to_lowercase()
        );
        faults.note("C101", place, message, mend);
    }
}

/// Patterns and alternatives that find nothing that another does not find.
fn useless(code: &Code, at: usize, sites: &Sites, stemmer: Option<Stemmer>, faults: &mut Faults<'_>) {
    // Dictionaries have thousands of patterns in a code: only those that begin alike are held against one another.
    let beginnings: Vec<Option<char>> = code.patterns.iter().map(|pattern| beginning(&pattern.tree)).collect();
    for (number, pattern) in code.patterns.iter().enumerate() {
        let place = sites.patterns[at][number].literal;
        let covers = |(other_number, other): &(usize, &Pattern)| {
            let (other_number, other) = (*other_number, *other);
            let begins_alike =
                beginnings[other_number].is_none_or(|one| beginnings[number].is_none_or(|two| one == two));
            if other_number == number
                || !begins_alike
                || !guards_cover(other, pattern)
                || !subsumes(&other.tree, &pattern.tree, stemmer)
            {
                return false;
            }
            // Of two that find the same, the later one is the useless one.
            let mutual = guards_cover(pattern, other) && subsumes(&pattern.tree, &other.tree, stemmer);
            !mutual || other_number < number
        };
        if let Some((_, other)) = code.patterns.iter().enumerate().find(covers) {
            let message = format!(
                "pattern `{}` of code \"{}\" adds nothing: `{}` finds all that it finds",
                pattern.text, code.id, other.text
            );
            faults.warning("C102", place, message, "take it out");
        }
        visit(&pattern.tree, &mut |node| {
            if let Node::Either(alternatives) = node {
                useless_alternatives(alternatives, &pattern.id, place, stemmer, faults);
            }
        });
    }
}

/// The character, folded, with which all that a pattern finds begins; `None` if that is not certain from its shape.
fn beginning(tree: &Node) -> Option<char> {
    match tree {
        Node::Word(WordTest::Literal { text, .. }) => fold(text).chars().next(),
        Node::Word(WordTest::Wildcard { glob, .. }) => {
            fold(glob).chars().next().filter(|first| !matches!(first, '*' | '?' | '\\'))
        }
        Node::Sequence(steps) => steps.first().and_then(|step| beginning(&step.node)),
        _ => None,
    }
}

fn useless_alternatives(
    alternatives: &[Node],
    pattern: &str,
    place: usize,
    stemmer: Option<Stemmer>,
    faults: &mut Faults<'_>,
) {
    for (at, alternative) in alternatives.iter().enumerate() {
        let covers = |(other_at, other): &(usize, &Node)| {
            *other_at != at
                && subsumes(other, alternative, stemmer)
                && (*other_at < at || !subsumes(alternative, other, stemmer))
        };
        if let Some((_, other)) = alternatives.iter().enumerate().find(covers) {
            let message = format!("pattern \"{pattern}\": the alternative `{alternative}` adds nothing to `{other}`");
            faults.warning("C107", place, message, "take it out");
        }
    }
}

/// Whether a pattern's codings count, and are kept, wherever those of `other` are.
fn guards_cover(pattern: &Pattern, other: &Pattern) -> bool {
    other.roles.iter().all(|role| pattern.roles.contains(role))
        && (pattern.questions.is_empty()
            || !other.questions.is_empty()
                && other.questions.iter().all(|question| pattern.questions.contains(question)))
        && (pattern.attributes.is_empty() || pattern.attributes == other.attributes)
}
