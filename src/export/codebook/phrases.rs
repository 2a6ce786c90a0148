//! Patterns as plain lists of words and phrases, for dictionaries that know nothing else.

use crate::pattern::{Gap, Node, Step, WordTest};

/// Most phrases that one pattern may become.
const MOST: usize = 2_000;

/// What a dictionary's entries can hold besides words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Notation {
    /// `*` and `?` anywhere in a word; else only `*` at the end of a phrase.
    pub(super) globs: bool,
    /// A token of its own, `*`, that stands for any word.
    pub(super) any: bool,
}

/// The phrases that together find what a pattern finds, in the order of its alternatives, each once.
///
/// # Errors
/// If there are none: what the pattern has that words cannot say.
pub(super) fn of(node: &Node, notation: Notation) -> Result<Vec<String>, String> {
    let mut seen = std::collections::HashSet::new();
    let mut phrases: Vec<String> = expand(node, notation)?.into_iter().map(|words| words.join(" ")).collect();
    phrases.retain(|phrase| seen.insert(phrase.clone()));
    if !notation.globs
        && let Some(phrase) = phrases
            .iter()
            .find(|phrase| phrase[..phrase.len().saturating_sub(1)].contains(['*', '?']) || phrase.ends_with('?'))
    {
        return Err(format!("`{phrase}` has a wildcard elsewhere than at its end"));
    }
    Ok(phrases)
}

/// Whether a pattern tells capitals from small letters.
pub(super) fn is_case_sensitive(node: &Node) -> bool {
    match node {
        Node::Word(
            WordTest::Literal { sensitive, .. }
            | WordTest::Wildcard { sensitive, .. }
            | WordTest::Regex { sensitive, .. },
        ) => *sensitive,
        Node::Word(WordTest::Stem { .. }) | Node::Code(_) => false,
        Node::Sequence(steps) => steps.iter().any(|step| is_case_sensitive(&step.node)),
        Node::Either(nodes) | Node::Both(nodes) => nodes.iter().any(is_case_sensitive),
        Node::AndNot(left, right)
        | Node::Except(left, right)
        | Node::Near { left, right, .. }
        | Node::NotNear { left, right, .. } => is_case_sensitive(left) || is_case_sensitive(right),
    }
}

fn expand(node: &Node, notation: Notation) -> Result<Vec<Vec<String>>, String> {
    match node {
        Node::Word(WordTest::Literal { text, .. }) => Ok(vec![vec![text.clone()]]),
        Node::Word(WordTest::Wildcard { glob, .. }) if !glob.contains('\\') => Ok(vec![vec![glob.clone()]]),
        Node::Word(WordTest::Wildcard { .. }) => Err("it looks for an asterisk or question mark itself".to_owned()),
        Node::Word(WordTest::Regex { .. }) => Err("it holds a regular expression".to_owned()),
        Node::Word(WordTest::Stem { .. }) => Err("it looks for a stem".to_owned()),
        Node::Code(id) => Err(format!("it refers to another code, code:{id}")),
        Node::Sequence(steps) => sequence(steps, notation),
        Node::Either(alternatives) => {
            let mut all = Vec::new();
            for alternative in alternatives {
                all.extend(expand(alternative, notation)?);
                within(all.len())?;
            }
            Ok(all)
        }
        Node::Both(_) => Err("it has the operator AND".to_owned()),
        Node::AndNot(..) => Err("it has the operator AND NOT".to_owned()),
        Node::Except(..) => Err("it has the operator EXCEPT".to_owned()),
        Node::Near { .. } => Err("it has an operator of nearness (NEAR, BEFORE or AFTER)".to_owned()),
        Node::NotNear { .. } => Err("it has an operator of distance (NOT NEAR, NOT BEFORE or NOT AFTER)".to_owned()),
    }
}

fn sequence(steps: &[Step], notation: Notation) -> Result<Vec<Vec<String>>, String> {
    let mut phrases: Vec<Vec<String>> = vec![Vec::new()];
    for Step { gap: Gap { min, max }, node } in steps {
        if *max > 0 && !notation.any {
            return Err("it has a gap".to_owned());
        }
        let items = expand(node, notation)?;
        let gaps = (*max - *min) as usize + 1;
        within(phrases.len().saturating_mul(items.len()).saturating_mul(gaps).max(*max as usize))?;
        let mut longer = Vec::with_capacity(phrases.len() * items.len() * gaps);
        for phrase in &phrases {
            for gap in *min..=*max {
                for item in &items {
                    let mut next = phrase.clone();
                    next.extend(std::iter::repeat_n("*".to_owned(), gap as usize));
                    next.extend(item.iter().cloned());
                    longer.push(next);
                }
            }
        }
        phrases = longer;
    }
    Ok(phrases)
}

fn within(count: usize) -> Result<(), String> {
    if count > MOST { Err(format!("it stands for more than {MOST} phrases")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::{Notation, of};
    use crate::pattern::{ParseOptions, parse};

    const GLOBS: Notation = Notation { globs: true, any: true };
    const PLAIN: Notation = Notation { globs: false, any: false };

    fn phrases(pattern: &str, notation: Notation) -> Result<Vec<String>, String> {
        of(&parse(pattern, &ParseOptions::default()).expect(pattern).tree, notation)
    }

    #[test]
    fn alternatives_and_gaps_are_written_out() {
        assert_eq!(phrases("(it | IT) manager*", GLOBS).expect("words"), ["it manager*", "IT manager*"]);
        assert_eq!(phrases("a [0..2] b", GLOBS).expect("words"), ["a b", "a * b", "a * * b"]);
        assert_eq!(phrases("a * (b | c d)", GLOBS).expect("words"), ["a * b", "a * c d"]);
        assert_eq!(phrases("a OR b OR a", PLAIN).expect("words"), ["a", "b"]);
    }

    #[test]
    fn what_words_cannot_say_is_said() {
        for pattern in ["a NEAR/3 b", "a AND b", "a EXCEPT a b", "/x+/", "stem:go", "code:x", "a NOT AFTER/2 b"] {
            assert!(phrases(pattern, GLOBS).is_err(), "{pattern}");
        }
        for pattern in ["a * b", "wom?n", "*n't", "a* b"] {
            assert!(phrases(pattern, PLAIN).is_err(), "{pattern}");
        }
        assert!(phrases("a [0..900] b [0..900] c", GLOBS).is_err());
    }
}
