//! The words of other programs in our pattern language.
//!
//! A word is cut where transcripts are cut (at hyphens, at most punctuation), because that is how it will be found.
//! What is written so that it can be found but finds something else than it did, or not at all, is told.

use super::loss::{Loss, Place};
use crate::pattern::{CasePolicy, Gap, Node, ParseOptions, Step, WordTest, parse, tokens};

/// Which characters of the source are not to be taken literally.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Notation {
    /// `*` is any run of characters in a word, none included.
    pub(super) star: bool,
    /// `?` is exactly one character.
    pub(super) question: bool,
    /// `_` stands between words as a space does.
    pub(super) underscore: bool,
}

impl Notation {
    /// Nothing but words.
    pub(super) const LITERAL: Notation = Notation { star: false, question: false, underscore: false };
    /// `*` only.
    pub(super) const STAR: Notation = Notation { star: true, ..Self::LITERAL };
    /// `*` and `?`.
    pub(super) const GLOB: Notation = Notation { question: true, ..Self::STAR };

    fn is_wildcard(self, character: char) -> bool {
        character == '*' && self.star || character == '?' && self.question
    }
}

/// The pattern that finds the word or phrase at `place`, if there is one. What it finds otherwise than the source
/// did, and why there is none, is added to `losses`.
pub(super) fn pattern(place: Place<'_>, notation: Notation, losses: &mut Vec<Loss>) -> Option<String> {
    let (tree, told) = match read(place.text, notation) {
        Ok(found) => found,
        Err((code, why)) => {
            losses.push(Loss::left_out(code, place, "is left out", why));
            return None;
        }
    };
    let pattern = tree.to_string();
    if let Err(faults) = parse(&pattern, &ParseOptions { case: CasePolicy::Insensitive, cue: false }) {
        let why = faults.first().map_or_else(String::new, |fault| format!("{}; {}", fault.message, fault.mend));
        losses.push(Loss::left_out("I005", place, "is left out", why));
        return None;
    }
    match told {
        None => {}
        Some(Told::Punctuation(marks)) => losses.push(Loss::changed(
            "I002",
            place,
            &pattern,
            format!("is looked for without {marks}"),
            "punctuation is no word in transcripts; make sure that the words alone mean the same",
        )),
        Some(Told::Split) => losses.push(Loss::note(
            "I003",
            place,
            Some(pattern.clone()),
            "is several words in a transcript",
            "it is found with the hyphen and, as the same words in a row, without it",
        )),
    }
    Some(pattern)
}

/// What is to be told of a word that can be carried over.
enum Told {
    /// These marks at the edge of a word were taken off.
    Punctuation(String),
    /// Transcripts split it.
    Split,
}

/// The code of a loss, and why.
type Lost = (&'static str, &'static str);

const WILD: Lost = (
    "I004",
    "transcripts are split into words at hyphens and other punctuation, so the wildcard would stand for any word that happens to be beside it; write the words that are meant, one pattern each",
);
const WORDLESS: Lost = ("I001", "it holds no letter or digit, and punctuation is no word in transcripts");
const SYMBOL: Lost = (
    "I001",
    "without its punctuation, which is no word in transcripts, a single letter or digit is left, and that would be found in quite other places",
);

fn read(text: &str, notation: Notation) -> Result<(Node, Option<Told>), Lost> {
    let is_space = |c: char| c.is_whitespace() || c.is_control() || c == '_' && notation.underscore;
    let mut steps: Vec<Step> = Vec::new();
    let mut marks = String::new();
    let mut split = false;
    let mut any = true;
    for item in text.split(is_space).filter(|item| !item.is_empty()) {
        let letters: Vec<(char, bool)> = item.chars().map(|c| (c, notation.is_wildcard(c))).collect();
        if letters.iter().all(|(_, wildcard)| *wildcard) {
            steps.push(word(&letters));
            continue;
        }
        if !letters.iter().any(|(character, _)| character.is_alphanumeric()) {
            return Err(WORDLESS);
        }
        let ranges = tokens(&letters);
        let (Some(first), Some(last)) = (ranges.first(), ranges.last()) else { return Err(WORDLESS) };
        any = false;
        let mut parts = ranges.iter().filter_map(|range| letters.get(range.clone()));
        if parts.clone().any(|part| part.iter().all(|(_, wildcard)| *wildcard)) {
            return Err(WILD);
        }
        let edges = letters.get(..first.start).into_iter().chain(letters.get(last.end..)).flatten();
        let edges: String = edges.map(|(character, _)| *character).collect();
        let left: usize = parts.clone().map(<[_]>::len).sum();
        if left < letters.len() && left <= 1 {
            return Err(SYMBOL);
        }
        split |= ranges.len() > 1;
        marks.extend(edges.chars().filter(|mark| !marks.contains(*mark)).collect::<Vec<_>>());
        steps.extend(parts.by_ref().map(word));
    }
    if steps.is_empty() {
        return Err(WORDLESS);
    }
    if any && steps.len() == 1 && !text.contains('?') {
        return Err(("I004", "it would find every word"));
    }
    let told = match (marks.is_empty(), split) {
        (false, _) => Some(Told::Punctuation(shown(&marks))),
        (true, true) => Some(Told::Split),
        (true, false) => None,
    };
    let node = if steps.len() == 1 { steps.remove(0).node } else { Node::Sequence(steps) };
    Ok((node, told))
}

/// One token. It is written with the source's capitals: as text, a test of either case is the same.
fn word(part: &[(char, bool)]) -> Step {
    let sensitive = true;
    let test = if part.iter().all(|(_, wildcard)| *wildcard) && part.iter().any(|(c, _)| *c == '*') {
        // A star alone is a gap, which may not stand at an end; this is a token with at least as many characters.
        let least = part.iter().filter(|(c, _)| *c == '?').count().max(1);
        WordTest::Wildcard { glob: "?".repeat(least) + "*", sensitive }
    } else if part.iter().any(|(_, wildcard)| *wildcard) {
        let mut glob = String::new();
        for (character, wildcard) in part {
            if matches!(character, '*' | '?' | '\\') && !wildcard {
                glob.push('\\');
            }
            glob.push(*character);
        }
        WordTest::Wildcard { glob, sensitive }
    } else {
        WordTest::Literal { text: part.iter().map(|(character, _)| character).collect(), sensitive }
    };
    Step { gap: Gap::default(), node: Node::Word(test) }
}

/// The beginning of a text, for messages.
pub(super) fn excerpt(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn shown(marks: &str) -> String {
    marks.chars().map(|mark| format!("`{mark}`")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Loss, Notation, Place, pattern};

    fn carried(text: &str, notation: Notation) -> (Option<String>, Vec<&'static str>) {
        let mut losses: Vec<Loss> = Vec::new();
        let pattern = pattern(Place { line: None, category: "", text }, notation, &mut losses);
        (pattern, losses.iter().map(|loss| loss.code).collect())
    }

    #[test]
    fn words_that_are_words_are_carried_over_silently() {
        for (text, expected) in [
            ("abandon*", "abandon*"),
            ("a lie", "a lie"),
            ("  cape   Town ", "cape Town"),
            ("cut and run", "cut \"and\" run"),
            ("NEAR/3", "\"NEAR\" 3"),
            ("*n't", "*n't"),
            ("wom?n", "wom?n"),
            ("not * good", "\"not\" ?* good"),
            ("* good", "?* good"),
            ("Botswana", "Botswana"),
            ("stem", "stem"),
            ("OR", "\"OR\""),
        ] {
            let (pattern, codes) = carried(text, Notation::GLOB);
            assert_eq!(pattern.as_deref(), Some(expected), "{text}");
            assert!(codes.is_empty() || text == "NEAR/3", "{text}: {codes:?}");
        }
    }

    #[test]
    fn what_changes_is_told() {
        for (text, expected, code) in [
            ("co-operative*", Some("co operative*"), "I003"),
            ("R&D", Some("R D"), "I003"),
            ("etc.", Some("etc"), "I002"),
            ("why?", Some("why"), "I002"),
            ("$100", Some("100"), "I002"),
            ("fair-*", None, "I004"),
            ("*-free", None, "I004"),
            ("*", None, "I004"),
            (":)", None, "I001"),
            (":*", None, "I001"),
            (":D", None, "I001"),
            ("c++", None, "I001"),
            ("", None, "I001"),
        ] {
            let (pattern, codes) = carried(text, Notation::STAR);
            assert_eq!((pattern.as_deref(), codes.as_slice()), (expected, [code].as_slice()), "{text}");
        }
    }

    #[test]
    fn a_star_can_be_literal_and_an_underscore_a_space() {
        assert_eq!(carried("f**k", Notation::LITERAL).0.as_deref(), Some("f k"));
        let underscore = Notation { underscore: true, ..Notation::STAR };
        assert_eq!(carried("South_Afric*", underscore).0.as_deref(), Some("South Afric*"));
        assert_eq!(carried("South_Afric*", Notation::STAR).0.as_deref(), Some("South\\_Afric*"));
    }
}
