//! What begins with neither a quotation mark, a slash nor a bracket: words, operators, `stem:` and `code:`.

use super::fault::{corrected, excerpt};
use super::foreign::{Foreign, foreign};
use super::lex::{Kind, Lexer};
use super::operator::{Operator, name_of, order_prefix};
use super::tree::WordTest;
use super::word::{self, Letter, Word};

/// Largest distance of NEAR, BEFORE and AFTER.
const LARGEST_DISTANCE: u32 = 100_000;

/// Reads one.
pub(super) fn read(lexer: &mut Lexer<'_>) {
    let start = lexer.at;
    let (letters, unfinished) = lexer.letters();
    let source = &lexer.text[start..lexer.at];
    if unfinished {
        let place = lexer.at - 1..lexer.at;
        lexer.fault("P022", place, "the backslash at the end makes nothing literal", "take it out, or write `\\\\`");
        return lexer.push(Kind::Bad, start);
    }
    let simple = match source {
        "OR" => Some(Kind::Operator(Operator::Or)),
        "AND" => Some(Kind::Operator(Operator::And)),
        "EXCEPT" => Some(Kind::Operator(Operator::Except)),
        "NOT" => Some(Kind::Not),
        _ => None,
    };
    if let Some(kind) = simple {
        return lexer.push(kind, start);
    }
    if read_distance(lexer, source, start) {
        return;
    }
    let prefix = |name: &str| source.starts_with(name).then(|| letters[name.len()..].to_vec());
    if let Some(rest) = prefix("stem:") {
        return read_stem(lexer, &rest, start);
    }
    if let Some(rest) = prefix("code:") {
        return read_code(lexer, &rest, start);
    }
    read_word(lexer, letters, source, start);
}

fn read_word(lexer: &mut Lexer<'_>, mut letters: Vec<Letter>, source: &str, start: usize) {
    if lexer.options.cue {
        while letters.len() > 1 && letters.last().is_some_and(|last| last.character == '?' && !last.escaped) {
            letters.pop();
        }
    }
    let no_word = warn_if_foreign(lexer, source, start);
    match word::classify(&letters, lexer.options.case) {
        Word::Any => lexer.push(Kind::Gap(super::tree::Gap { min: 1, max: 1 }), start),
        Word::Tokens(tests) => {
            if tests.is_empty() && !no_word {
                lexer.warn_punctuation(start);
            }
            lexer.push(Kind::Tokens(tests), start);
            if let Some(last) = lexer.out.lexemes.last_mut() {
                last.resembles = resembled(source);
            }
        }
        Word::Stars => {
            let mend = format!("`*` is any one word and `[{0}..{0}]` any {0}", letters.len());
            lexer.fault("P018", start..lexer.at, format!("`{source}` is neither a word nor a gap"), mend);
            lexer.push(Kind::Bad, start);
        }
        Word::Split(parts) => {
            let span = start..lexer.at;
            let message = format!(
                "`{source}` has a wildcard, but is not one word: transcripts are split into words at spaces, hyphens and most other punctuation"
            );
            let mend = if parts.is_empty() {
                "take it out".to_owned()
            } else {
                format!("write the words apart: {}", corrected(lexer.text, &span, &parts))
            };
            lexer.fault("P018", span, message, mend);
            lexer.push(Kind::Bad, start);
        }
    }
}

/// Warns of an operator of another program and of a comma, with the line that was probably meant; whether it did.
fn warn_if_foreign(lexer: &mut Lexer<'_>, source: &str, start: usize) -> bool {
    if lexer.options.cue {
        return false;
    }
    let (before, span) = (!lexer.out.lexemes.is_empty(), start..lexer.at);
    if let Some(Foreign { taken_for, instead }) = foreign(source, before) {
        lexer.warn(
            "P106",
            span.clone(),
            format!("`{source}` is no operator here and is taken for {taken_for}"),
            format!("write {}", corrected(lexer.text, &span, &instead)),
        );
        return true;
    }
    let rest = lexer.text[lexer.at..].trim_start();
    let stem = source.trim_end_matches([',', ';']);
    if stem.len() < source.len() && stem.chars().any(char::is_alphanumeric) && !rest.is_empty() {
        let mark = start + stem.len()..start + source.len();
        lexer.warn(
            "P107",
            mark.clone(),
            format!(
                "a comma or semicolon makes no choice: the words before and behind `{}` must follow one another",
                &source[stem.len()..]
            ),
            format!(
                "for the one or the other write {}; if they do follow one another, take it out: {}",
                corrected(lexer.text, &mark, " |"),
                corrected(lexer.text, &mark, "")
            ),
        );
    }
    false
}

/// Reads `NEAR/n`, `BEFORE/n` or `AFTER/n`, well-formed or not; `false` if the word is none of them.
fn read_distance(lexer: &mut Lexer<'_>, source: &str, start: usize) -> bool {
    let Some((order, rest)) = order_prefix(source) else {
        return false;
    };
    let name = name_of(order);
    let digits = rest.trim_start_matches(['/', ':', '~', '-']);
    if !rest.starts_with('/') && !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    if let Some(number) = rest.strip_prefix('/')
        && let Ok(distance) = number.parse::<u32>()
        && (1..=LARGEST_DISTANCE).contains(&distance)
    {
        lexer.push(Kind::Operator(Operator::Near(order, distance)), start);
        return true;
    }
    let apart = spaced_number(lexer, rest);
    let span = start..lexer.at;
    let number = apart.as_deref().unwrap_or(digits);
    let (message, number) = match number.parse::<u32>() {
        _ if apart.is_some() => (format!("`{}` has a space in it", &lexer.text[span.clone()]), number),
        Ok(0) => (format!("`{source}`: the smallest distance is 1, for words that are neighbours"), "1"),
        Ok(distance) if distance > LARGEST_DISTANCE => {
            (format!("`{source}`: the largest distance is {LARGEST_DISTANCE}"), "5")
        }
        Ok(_) if !rest.starts_with('/') => (format!("`{source}` has no slash before its number"), number),
        Ok(_) | Err(_) if rest.is_empty() => (format!("{name} does not say how near"), "5"),
        Ok(_) | Err(_) => (format!("{} does not have a whole number behind its slash", excerpt(source)), "5"),
    };
    let mend = format!(
        "write {} with the number of words that suits; the word itself is written `\"{name}\"`",
        corrected(lexer.text, &span, &format!("{name}/{number}"))
    );
    lexer.fault("P016", span, message, mend);
    // Carried on as an operator, so that operands and mixing are checked in the same go.
    lexer.push(Kind::Operator(Operator::Near(order, 1)), start);
    true
}

/// Takes in `/ 5`, `/5` or `5` behind `NEAR` or `NEAR/`, and gives the number.
fn spaced_number(lexer: &mut Lexer<'_>, rest: &str) -> Option<String> {
    let ahead = match rest {
        "" => {
            let ahead = lexer.text[lexer.at..].trim_start();
            ahead.strip_prefix('/').unwrap_or(ahead)
        }
        "/" => &lexer.text[lexer.at..],
        _ => return None,
    };
    let ahead = ahead.trim_start();
    let number: String = ahead.chars().take_while(char::is_ascii_digit).collect();
    let behind = &ahead[number.len()..];
    if number.is_empty() || behind.starts_with(|c: char| !c.is_whitespace() && !super::lex::is_delimiter(c)) {
        return None;
    }
    lexer.at = lexer.text.len() - behind.len();
    Some(number)
}

fn read_stem(lexer: &mut Lexer<'_>, letters: &[Letter], start: usize) {
    let span = start..lexer.at;
    match word::classify(letters, super::CasePolicy::Insensitive) {
        Word::Tokens(tests) => {
            if let [WordTest::Literal { text, .. }] = tests.as_slice() {
                let test = WordTest::Stem { word: text.clone() };
                return lexer.push(Kind::Tokens(vec![test]), start);
            }
            let message = match tests.as_slice() {
                [] => "`stem:` has no word behind it".to_owned(),
                [_] => format!(
                    "{} has a wildcard; a stem stands for its forms already",
                    excerpt(&lexer.text[span.clone()])
                ),
                _ => format!("{} is more than one word", excerpt(&lexer.text[span.clone()])),
            };
            lexer.fault("P019", span, message, "write one whole word right behind it: `stem:delegate`");
        }
        Word::Any | Word::Stars | Word::Split(_) => {
            let message =
                format!("{} has a wildcard; a stem stands for its forms already", excerpt(&lexer.text[span.clone()]));
            lexer.fault("P019", span, message, "write one whole word right behind it: `stem:delegate`");
        }
    }
    lexer.push(Kind::Bad, start);
}

fn read_code(lexer: &mut Lexer<'_>, letters: &[Letter], start: usize) {
    let span = start..lexer.at;
    let id: String = letters.iter().map(|letter| letter.character).collect();
    if lexer.options.cue {
        let mend = "write the words that the interviewer says";
        lexer.fault("P021", span, format!("`code:{id}` stands in a cue; cues cannot refer to codes"), mend);
        return lexer.push(Kind::Bad, start);
    }
    let bad = id.chars().find(|character| !(character.is_ascii_alphanumeric() || matches!(character, '_' | '.' | '-')));
    let mend = "write the id of a code right behind it: `code:it-manager-owns-it`";
    if id.is_empty() {
        lexer.fault("P020", span, "`code:` has no id behind it", mend);
        return lexer.push(Kind::Bad, start);
    }
    if let Some(bad) = bad {
        lexer.fault(
            "P020",
            span,
            format!("`code:{id}`: an id has letters, digits, `-`, `_` and `.`, but no `{bad}`"),
            mend,
        );
        return lexer.push(Kind::Bad, start);
    }
    lexer.push(Kind::Code(id), start);
}

/// The operator that a word resembles but for its case.
fn resembled(source: &str) -> Option<String> {
    let upper = source.to_ascii_uppercase();
    if matches!(upper.as_str(), "AND" | "OR" | "NEAR" | "EXCEPT") {
        return Some(if upper == "NEAR" { "NEAR/5".to_owned() } else { upper });
    }
    let (_, rest) = order_prefix(&upper)?;
    let number = rest.strip_prefix('/')?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(upper)
}
