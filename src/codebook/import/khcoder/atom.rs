//! The words of KH Coder's conditions: what one atom finds, in our pattern language.

use crate::pattern::{Gap, Node, Step, WordTest};
use crate::text::{ByteSpan, token_spans};

use super::super::loss::{Loss, Place};
use super::super::word::{self, Notation};
use super::expression::Token;

/// Farthest distance that a pattern can ask for: anywhere in the same turn.
const ANYWHERE: u32 = 100_000;
/// Most words of `near`: each order of them is written out.
const MOST_NEAR: usize = 4;

/// What an atom tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Atom {
    /// A pattern, ready to be an operand.
    Text(String),
    /// A variable or heading, and the value it must have.
    Variable(String, String),
    /// Another code, by its name.
    Code(String),
    /// What has no equal, and why.
    Lost(String),
}

/// What was noticed in the words of a code.
#[derive(Debug, Default)]
pub(super) struct Noticed {
    /// Base forms, which KH Coder finds in every inflection.
    pub(super) base_forms: Vec<String>,
    /// Parts of speech that are not looked at.
    pub(super) parts_of_speech: Vec<String>,
}

/// Reads an atom.
pub(super) fn read(token: &Token, place: Place<'_>, noticed: &mut Noticed, losses: &mut Vec<Loss>) -> Atom {
    let text = token.text.as_str();
    if let Some(rest) = text.strip_prefix("<>") {
        return variable(rest);
    }
    match token.quote {
        Some('\'') => return string(text),
        Some(_) => return words(text, place, noticed, losses).map_or_else(Atom::Lost, Atom::Text),
        None => {}
    }
    let folded = text.to_ascii_lowercase();
    match folded.as_str() {
        "lw" | "lc" => {
            return Atom::Lost(
                "the length of a unit cannot be asked for in a pattern; the table of turns has its words".to_owned(),
            );
        }
        "no." => {
            return Atom::Lost(
                "the number of a unit cannot be asked for in a pattern; the tables have numbers of turns and sentences"
                    .to_owned(),
            );
        }
        _ => {}
    }
    let reference = text.strip_prefix("<*").or_else(|| text.strip_prefix("<＊"));
    if let Some(name) = reference.and_then(|rest| rest.strip_suffix('>')) {
        return Atom::Code(name.to_owned());
    }
    for (name, ordered) in [("near(", false), ("seq(", true)] {
        if folded.starts_with(name) {
            let inside = text.get(name.len()..).unwrap_or_default();
            return proximity(inside, ordered, place, noticed, losses).map_or_else(Atom::Lost, Atom::Text);
        }
    }
    if let Some(atom) = morphology(text, place, noticed, losses) {
        return atom;
    }
    let parts: Vec<&str> = text.split('+').collect();
    let phrase: Result<Vec<String>, String> = parts.iter().map(|part| words(part, place, noticed, losses)).collect();
    phrase.map_or_else(Atom::Lost, |phrase| Atom::Text(phrase.join(" ")))
}

fn variable(rest: &str) -> Atom {
    match rest.split_once("-->") {
        Some((name, value)) if !name.is_empty() && !value.is_empty() => {
            let level = name.strip_prefix("見出し").or_else(|| name.strip_prefix("heading"));
            let name = level.map_or_else(|| name.to_owned(), |level| format!("heading{level}"));
            Atom::Variable(name, value.to_owned())
        }
        _ => Atom::Lost("the value of a variable as a number cannot be asked for; name one of its values".to_owned()),
    }
}

/// `word-->POS`, `word->inflection`, `word=>surface` and their combinations.
fn morphology(text: &str, place: Place<'_>, noticed: &mut Noticed, losses: &mut Vec<Loss>) -> Option<Atom> {
    if let Some((_, surface)) = text.rsplit_once("=>") {
        return Some(literal(surface, place, losses).map_or_else(Atom::Lost, Atom::Text));
    }
    if let Some((base, part)) = text.split_once("-->") {
        if part.contains("->") {
            return Some(Atom::Lost(INFLECTION.to_owned()));
        }
        noticed.parts_of_speech.push(text.to_owned());
        return Some(words(base, place, noticed, losses).map_or_else(Atom::Lost, Atom::Text));
    }
    text.contains("->").then(|| Atom::Lost(INFLECTION.to_owned()))
}

const INFLECTION: &str = "an inflection cannot be asked for by its name; write the inflected form itself as a pattern";

/// `a-b…)[options]`.
fn proximity(
    inside: &str,
    ordered: bool,
    place: Place<'_>,
    noticed: &mut Noticed,
    losses: &mut Vec<Loss>,
) -> Result<String, String> {
    let (list, options) = inside.split_once(')').ok_or("its parenthesis is never closed")?;
    let (distance, in_sentence) = self::options(options)?;
    let words: Vec<String> =
        list.split('-').map(|word| words(word, place, noticed, losses)).collect::<Result<_, _>>()?;
    let near = match words.len() {
        0 | 1 => return Err("it names fewer than two words".to_owned()),
        _ if ordered => chain(&words, distance),
        2 => format!("({} NEAR/{distance} {})", words[0], words[1]),
        3..=MOST_NEAR => {
            let orders: Vec<String> = orders(&words).iter().map(|order| chain(order, distance)).collect();
            format!("({})", orders.join(" | "))
        }
        _ => return Err(format!("near with more than {MOST_NEAR} words has no equal; write seq, or several rules")),
    };
    // Of one thing twice, AND keeps what lies in one sentence.
    Ok(if in_sentence { format!("({near} AND {near})") } else { near })
}

/// The distance, and whether all must lie in one sentence.
fn options(text: &str) -> Result<(u32, bool), String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok((10, false));
    }
    let unknown = || format!("its option {text} is not known");
    let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).ok_or_else(unknown)?;
    let digits = inner.trim_start_matches(['b', 'd', 'B', 'D']);
    let in_sentence = match &inner[..inner.len() - digits.len()] {
        "" | "d" | "D" => false,
        "b" | "B" => true,
        _ => return Err(unknown()),
    };
    let distance = if digits.is_empty() { 0 } else { digits.parse::<u32>().map_err(|_| unknown())? };
    Ok((if distance == 0 { ANYWHERE } else { distance.min(ANYWHERE) }, in_sentence))
}

/// One after the other, each at most `distance` behind the one before.
fn chain(words: &[String], distance: u32) -> String {
    let mut chain = words.first().cloned().unwrap_or_default();
    for word in words.iter().skip(1) {
        chain = format!("({chain} BEFORE/{distance} {word})");
    }
    chain
}

fn orders(words: &[String]) -> Vec<Vec<String>> {
    if words.len() < 2 {
        return vec![words.to_vec()];
    }
    let mut all = Vec::new();
    for at in 0..words.len() {
        let mut rest = words.to_vec();
        let first = rest.remove(at);
        for mut order in orders(&rest) {
            order.insert(0, first.clone());
            all.push(order);
        }
    }
    all
}

/// A word in base form. By its stem where it is written in Latin letters, else as written.
fn words(text: &str, place: Place<'_>, noticed: &mut Noticed, losses: &mut Vec<Loss>) -> Result<String, String> {
    let is_latin = |c: char| c.is_alphabetic() && (c as u32) < 0x250;
    if text.chars().count() > 1 && text.chars().all(is_latin) {
        noticed.base_forms.push(text.to_owned());
        return Ok(format!("stem:{text}"));
    }
    if text.chars().any(char::is_alphabetic) {
        noticed.base_forms.push(text.to_owned());
    }
    literal(text, place, losses)
}

fn literal(text: &str, place: Place<'_>, losses: &mut Vec<Loss>) -> Result<String, String> {
    let before = losses.len();
    let found = word::pattern(Place { text, ..place }, Notation::LITERAL, losses);
    // The caller tells of the whole condition; several tokens are no loss, for KH Coder's own words are cut elsewhere.
    let told: Vec<Loss> = losses.split_off(before);
    match found {
        Some(pattern) => {
            losses.extend(told.into_iter().filter(|loss| loss.code != "I003"));
            Ok(pattern)
        }
        None => Err(told.into_iter().next().map_or_else(|| "it holds no word".to_owned(), |loss| loss.why)),
    }
}

/// A string that is found anywhere in the text, inside words too.
fn string(text: &str) -> Atom {
    if text.contains(['%', '_']) {
        return Atom::Lost("% and _ in a string stand for any characters there; write the words".to_owned());
    }
    let mut spans: Vec<ByteSpan> = Vec::new();
    token_spans(text, 0, &mut spans);
    let last = spans.len().saturating_sub(1);
    let steps: Vec<Step> = spans
        .iter()
        .enumerate()
        .map(|(at, span)| {
            let word = span.of(text);
            let before = at == 0 && span.start == 0 && !stands_alone(word);
            let behind = at == last && span.end as usize == text.len() && !stands_alone(word);
            let test = if before || behind {
                let star = |wanted: bool| if wanted { "*" } else { "" };
                WordTest::Wildcard { glob: format!("{}{word}{}", star(before), star(behind)), sensitive: true }
            } else {
                WordTest::Literal { text: word.to_owned(), sensitive: true }
            };
            Step { gap: Gap::default(), node: Node::Word(test) }
        })
        .collect();
    match steps.len() {
        0 => Atom::Lost("the string holds no letter or digit, and punctuation is no word in transcripts".to_owned()),
        1 => Atom::Text(steps[0].node.to_string()),
        _ => Atom::Text(Node::Sequence(steps).to_string()),
    }
}

/// Whether a character is a token of its own wherever it stands, as Chinese characters and hiragana are.
fn stands_alone(word: &str) -> bool {
    let mut spans: Vec<ByteSpan> = Vec::new();
    token_spans(&format!("{word}{word}"), 0, &mut spans);
    word.chars().count() == 1 && spans.len() == 2
}

#[cfg(test)]
mod tests {
    use super::{Atom, Noticed, Token, read};
    use crate::codebook::import::loss::Place;

    fn atom(text: &str, quote: Option<char>) -> Atom {
        let place = Place { line: None, category: "", text };
        read(&Token { text: text.to_owned(), quote }, place, &mut Noticed::default(), &mut Vec::new())
    }

    #[test]
    fn each_kind_has_its_pattern() {
        for (text, pattern) in [
            ("manager", "stem:manager"),
            ("it+manager", "stem:it stem:manager"),
            ("死ぬ", "死 ぬ"),
            ("near(ask-manager)", "(stem:ask NEAR/10 stem:manager)"),
            ("near(a-b)[0]", "(a NEAR/100000 b)"),
            ("seq(a-b-c)[3]", "((a BEFORE/3 b) BEFORE/3 c)"),
            ("near(a-b)[b8]", "((a NEAR/8 b) AND (a NEAR/8 b))"),
            ("go=>went", "went"),
            ("like-->V", "stem:like"),
        ] {
            assert_eq!(atom(text, None), Atom::Text(pattern.to_owned()), "{text}");
        }
        assert_eq!(atom("先生と奥さん", Some('\'')), Atom::Text("先 生 と 奥 さ ん".to_owned()));
        assert_eq!(atom("IT manager", Some('\'')), Atom::Text("*IT manager*".to_owned()));
        assert_eq!(atom("<>見出し1-->上", None), Atom::Variable("heading1".to_owned(), "上".to_owned()));
        assert_eq!(atom("<＊他>", None), Atom::Code("他".to_owned()));
    }

    #[test]
    fn three_words_in_any_order_are_all_their_orders() {
        let Atom::Text(pattern) = atom("near(a-b-c)[2]", None) else { panic!("a pattern") };
        assert_eq!(pattern.matches('|').count(), 5);
    }

    #[test]
    fn what_has_no_equal_is_said() {
        for text in ["lw", "No.", "死ぬ->連用タ接続", "<>age<>", "near(a)", "near(a-b)[x]", "near(a-b-c-d-e)", "、"]
        {
            assert!(matches!(atom(text, None), Atom::Lost(_)), "{text}");
        }
        assert!(matches!(atom("100%", Some('\'')), Atom::Lost(_)));
    }
}
