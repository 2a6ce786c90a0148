//! Whether one pattern finds everything that another finds, so that the other adds nothing.
//!
//! The answer is `true` only where that is certain: it goes by the shape of the trees.

use crate::pattern::{Node, WordTest};
use crate::text::{Stemmer, fold};

/// Whether every span of `special` is a span of `general`, as far as their shapes show.
pub(super) fn subsumes(general: &Node, special: &Node, stemmer: Option<Stemmer>) -> bool {
    if general == special {
        return true;
    }
    match (general, special) {
        (_, Node::Either(alternatives)) => alternatives.iter().all(|special| subsumes(general, special, stemmer)),
        (Node::Either(alternatives), _) => alternatives.iter().any(|general| subsumes(general, special, stemmer)),
        (Node::Word(general), Node::Word(special)) => word_subsumes(general, special, stemmer),
        (Node::Sequence(general), Node::Sequence(special)) => {
            general.len() == special.len()
                && general.iter().zip(special).all(|(general, special)| {
                    general.gap.min <= special.gap.min
                        && special.gap.max <= general.gap.max
                        && subsumes(&general.node, &special.node, stemmer)
                })
        }
        _ => false,
    }
}

fn word_subsumes(general: &WordTest, special: &WordTest, stemmer: Option<Stemmer>) -> bool {
    match (general, special) {
        (WordTest::Literal { text, sensitive: false }, WordTest::Literal { text: special, sensitive: true }) => {
            *text == fold(special)
        }
        (WordTest::Wildcard { glob, sensitive }, WordTest::Literal { text, sensitive: exact }) => {
            match (sensitive, exact) {
                (true, false) => false,
                (false, true) => matches(glob, &fold(text)),
                (true, true) | (false, false) => matches(glob, text),
            }
        }
        (
            WordTest::Wildcard { glob: general, sensitive: false },
            WordTest::Wildcard { glob: special, sensitive: false },
        ) => {
            // `vir*` over `virus*` and `vir?s`: whatever follows the prefix.
            general
                .strip_suffix('*')
                .is_some_and(|prefix| !prefix.contains(['*', '?', '\\']) && special.starts_with(prefix))
        }
        (WordTest::Stem { word }, WordTest::Literal { text, sensitive }) => stemmer.is_some_and(|stemmer| {
            let text = if *sensitive { fold(text) } else { text.as_str().into() };
            stemmer.stem(word) == stemmer.stem(&text)
        }),
        _ => false,
    }
}

/// Whether a glob matches the whole of a text.
fn matches(glob: &str, text: &str) -> bool {
    // Dictionaries have thousands of globs in a code, held against one another; nearly all differ in the beginning.
    let end = glob.find(['*', '?', '\\']).unwrap_or(glob.len());
    let (prefix, rest) = glob.split_at(end);
    if !text.starts_with(prefix) || rest == "*" {
        return text.starts_with(prefix);
    }
    let mut expression = String::from("^");
    let mut literal = false;
    for character in glob.chars() {
        match character {
            '\\' if !literal => {
                literal = true;
                continue;
            }
            '*' if !literal => expression.push_str(".*"),
            '?' if !literal => expression.push('.'),
            _ => expression.push_str(&regex::escape(character.encode_utf8(&mut [0; 4]))),
        }
        literal = false;
    }
    expression.push('$');
    regex::Regex::new(&expression).is_ok_and(|expression| expression.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::subsumes;
    use crate::pattern::{ParseOptions, parse};
    use crate::text::Stemmer;

    #[test]
    fn only_what_is_certain_is_said() {
        let tree = |text| parse(text, &ParseOptions::default()).expect(text).tree;
        for (general, special, expected) in [
            ("virus*", "virus", true),
            ("virus*", "viruses", true),
            ("virus", "virus*", false),
            ("vir*", "virus*", true),
            ("v?rus", "VIRUS", true),
            ("VIR*", "virus", false),
            ("it", "IT", true),
            ("IT", "it", false),
            ("take [0..3] care", "take [1..2] care", true),
            ("take [1..2] care", "take care", false),
            ("(a | b) c", "b c", true),
            ("b c", "(a | b) c", false),
            ("virus*", "virus attack", false),
            ("stem:delegate", "delegated", true),
            ("stem:delegate", "manager", false),
            ("a NEAR/5 b", "a NEAR/5 b", true),
            ("a NEAR/5 b", "a NEAR/3 b", false),
        ] {
            assert_eq!(
                subsumes(&tree(general), &tree(special), Stemmer::for_language("en")),
                expected,
                "{general} over {special}"
            );
        }
    }
}
