//! WordStat's rules: `#POSITIVE AFTER #NEGATIONS /S 3`.
//!
//! The maker documents the operators in words only. Read here as: `/S n` both in one sentence, at most n words on;
//! `/P` in one paragraph, here a turn; `/D`, or nothing, in one document, which patterns cannot ask for.

use crate::pattern::CasePolicy;

/// Farthest distance that a pattern can ask for: anywhere in the same turn.
const ANYWHERE: u32 = 100_000;

/// A rule, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) left: Operand,
    pub(super) operator: Operator,
    pub(super) right: Operand,
    /// `S`, `P` or `D`.
    pub(super) scope: Option<char>,
    /// Most words from one to the other.
    pub(super) distance: Option<u32>,
}

/// One side of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Operand {
    /// A category with all below it, by its name.
    Category(String),
    /// A word or phrase as in the source.
    Words(String),
}

/// What joins the sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Operator {
    pub(super) negated: bool,
    pub(super) kind: Kind,
}

/// How the sides lie to one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    And,
    Near,
    Before,
    After,
}

/// What a rule became.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Became {
    pub(super) pattern: String,
    /// What is otherwise than in WordStat.
    pub(super) changed: Option<&'static str>,
}

/// Reads what stands between the square brackets of a rule.
///
/// # Errors
/// What cannot be understood.
pub(super) fn parse(text: &str) -> Result<Rule, String> {
    let (text, scope, distance) = flags(text)?;
    let words: Vec<&str> = text.split_whitespace().collect();
    let kind_of = |word: &str| match word {
        "AND" => Some(Kind::And),
        "NEAR" => Some(Kind::Near),
        "BEFORE" => Some(Kind::Before),
        "AFTER" => Some(Kind::After),
        _ => None,
    };
    let is_operator = |word: &str| kind_of(word).is_some() || word == "NOT";
    let start = words
        .iter()
        .position(|word| is_operator(word))
        .ok_or("it has no operator AND, NEAR, BEFORE, AFTER or NOT between its two sides")?;
    let end = words.iter().skip(start).position(|word| !is_operator(word)).map_or(words.len(), |length| start + length);
    let side = |words: &[&str]| -> Result<Operand, String> {
        if words.iter().any(|word| is_operator(word)) {
            return Err("it has more than one operator; write a rule for each".to_owned());
        }
        let text = words.join(" ");
        if text.contains(['(', ')', '[', ']']) {
            return Err("it has parentheses; write a rule for each part".to_owned());
        }
        match text.strip_prefix('#') {
            Some(name) if !name.is_empty() => Ok(Operand::Category(name.to_owned())),
            None if !text.is_empty() => Ok(Operand::Words(text)),
            _ => Err("one of its two sides is empty".to_owned()),
        }
    };
    let operator = match words.get(start..end).unwrap_or_default() {
        ["NOT"] | ["AND", "NOT"] => Operator { negated: true, kind: Kind::And },
        ["NOT", kind] => Operator { negated: true, kind: kind_of(kind).ok_or("its operator is not known")? },
        [kind] => Operator { negated: false, kind: kind_of(kind).ok_or("its operator is not known")? },
        _ => return Err("its operator is not known".to_owned()),
    };
    Ok(Rule {
        left: side(words.get(..start).unwrap_or_default())?,
        operator,
        right: side(words.get(end..).unwrap_or_default())?,
        scope,
        distance,
    })
}

/// Takes `/S 3` off the end.
fn flags(text: &str) -> Result<(&str, Option<char>, Option<u32>), String> {
    let Some((rule, flag)) = text.rsplit_once('/') else { return Ok((text, None, None)) };
    let unknown = || format!("its option /{flag} is not known");
    let mut letters = flag.trim().chars();
    let scope = letters.next().map(|c| c.to_ascii_uppercase()).filter(|c| matches!(c, 'S' | 'P' | 'D'));
    let scope = scope.ok_or_else(unknown)?;
    let number = letters.as_str().trim();
    if number.is_empty() {
        return Ok((rule, Some(scope), None));
    }
    let distance: u32 = number.parse().map_err(|_| unknown())?;
    if !(1..=ANYWHERE).contains(&distance) {
        return Err(unknown());
    }
    Ok((rule, Some(scope), Some(distance)))
}

/// The pattern of a rule, its sides given as patterns.
pub(super) fn pattern(rule: &Rule, left: &str, right: &str) -> Became {
    let name = match rule.operator.kind {
        Kind::And | Kind::Near => "NEAR",
        Kind::Before => "BEFORE",
        Kind::After => "AFTER",
    };
    let distance = rule.distance.unwrap_or(ANYWHERE);
    let in_sentence = rule.scope == Some('S');
    let anywhere = rule.distance.is_none() && matches!(rule.operator.kind, Kind::And | Kind::Near);
    let in_document = matches!(rule.scope, None | Some('D'));
    let document = in_document.then_some(
        "it asks for both in one document; a pattern never goes beyond a turn, so they are looked for in one turn",
    );
    if rule.operator.negated {
        return if in_sentence && anywhere {
            Became { pattern: format!("{left} AND NOT {right}"), changed: None }
        } else {
            let sentence = in_sentence.then_some("words in the sentence next to it count too");
            Became { pattern: format!("{left} NOT {name}/{distance} {right}"), changed: sentence.or(document) }
        };
    }
    if in_sentence && anywhere {
        return Became { pattern: format!("{left} AND {right}"), changed: None };
    }
    let near = format!("{left} {name}/{distance} {right}");
    // Of one thing twice, AND keeps what lies in one sentence.
    let pattern = if in_sentence { format!("({near}) AND ({near})") } else { near };
    Became { pattern, changed: document }
}

/// How WordStat's words are read: capitals do not count.
pub(super) const CASE: CasePolicy = CasePolicy::Insensitive;

#[cfg(test)]
mod tests {
    use super::{CASE, parse, pattern};
    use crate::pattern::ParseOptions;

    #[test]
    fn each_operator_has_its_pattern() {
        for (rule, expected) in [
            ("#A NOT AFTER #B /S 3", "a NOT AFTER/3 b"),
            ("#A AFTER #B /S 3", "(a AFTER/3 b) AND (a AFTER/3 b)"),
            ("A NEAR #B /S", "a AND b"),
            ("A NOT NEAR #B /S", "a AND NOT b"),
            ("A NOT #B", "a NOT NEAR/100000 b"),
            ("A BEFORE B C /P 5", "a BEFORE/5 b"),
            ("A AND B /D", "a NEAR/100000 b"),
            ("A NOT BEFORE B /P2", "a NOT BEFORE/2 b"),
        ] {
            let became = pattern(&parse(rule).expect(rule), "a", "b");
            assert_eq!(became.pattern, expected, "{rule}");
            crate::pattern::parse(&became.pattern, &ParseOptions { case: CASE, cue: false }).expect(expected);
        }
    }

    #[test]
    fn what_cannot_be_understood_is_said() {
        for rule in [
            "",
            "A",
            "A NEAR",
            "NEAR A",
            "A NEAR B AND C",
            "A NEAR B /X 3",
            "A NEAR B /S x",
            "A NEAR (B OR C)",
            "# NEAR B",
        ] {
            assert!(parse(rule).is_err(), "{rule}");
        }
    }
}
