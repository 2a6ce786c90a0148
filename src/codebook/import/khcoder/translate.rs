//! From a condition to patterns with guards: alternatives, each of words that are looked for and of variables that
//! must have certain values.

use std::collections::BTreeMap;

use super::super::loss::{Loss, Place};
use super::atom::{self, Atom, Noticed};
use super::expression::Expression;

/// Most patterns that one condition may become.
const MOST: usize = 200;

/// The variables that must have one of the values.
pub(super) type Guards = BTreeMap<String, Vec<String>>;

/// One way to meet a condition.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Alternative {
    /// What is looked for; `None` if only variables are tested.
    pub(super) text: Option<String>,
    pub(super) guards: Guards,
}

/// What a condition became.
#[derive(Debug, Default)]
pub(super) struct Translation {
    pub(super) alternatives: Vec<Alternative>,
    /// What could not be carried over, and why.
    pub(super) lost: Vec<String>,
    pub(super) noticed: Noticed,
    /// Whether AND or AND NOT is in it, which here hold inside one sentence.
    pub(super) within_unit: bool,
}

/// Translates a condition. `code` gives the id of a code by its name, or why it cannot be referred to.
pub(super) fn translate(
    expression: &Expression,
    place: Place<'_>,
    code: &dyn Fn(&str) -> Result<String, String>,
    losses: &mut Vec<Loss>,
) -> Translation {
    let mut translator = Translator { place, code, losses, out: Translation::default() };
    let alternatives = translator.any(expression);
    let mut out = translator.out;
    for alternative in alternatives {
        match alternative.text {
            Some(_) => out.alternatives.push(alternative),
            None => out.lost.push(format!(
                "a condition on variables alone ({}) finds no words; every table has attributes as columns, so no code is needed for it",
                alternative.guards.iter().map(|(name, values)| format!("{name}: {}", values.join(", "))).collect::<Vec<_>>().join("; ")
            )),
        }
    }
    out
}

struct Translator<'a> {
    place: Place<'a>,
    code: &'a dyn Fn(&str) -> Result<String, String>,
    losses: &'a mut Vec<Loss>,
    out: Translation,
}

impl Translator<'_> {
    fn lost<T: Default>(&mut self, why: impl Into<String>) -> T {
        let why = why.into();
        if !self.out.lost.contains(&why) {
            self.out.lost.push(why);
        }
        T::default()
    }

    /// The ways to meet a condition; none if it cannot be carried over, which is told.
    fn any(&mut self, expression: &Expression) -> Vec<Alternative> {
        match expression {
            Expression::Atom(token) => {
                let read = atom::read(token, self.place, &mut self.out.noticed, self.losses);
                match read {
                    Atom::Text(text) => vec![Alternative { text: Some(text), guards: Guards::new() }],
                    Atom::Variable(name, value) => {
                        vec![Alternative { text: None, guards: Guards::from([(name, vec![value])]) }]
                    }
                    Atom::Code(name) => match (self.code)(&name) {
                        Ok(id) => vec![Alternative { text: Some(format!("code:{id}")), guards: Guards::new() }],
                        Err(why) => self.lost(why),
                    },
                    Atom::Lost(why) => self.lost(format!("`{}`: {why}", token.text)),
                }
            }
            Expression::Or(operands) | Expression::Sum(operands) => {
                let mut all = Vec::new();
                for operand in operands {
                    all.extend(self.any(operand));
                }
                self.within(merged(all))
            }
            Expression::And(operands) => self.all(operands),
            // A product of counts is above nothing when each of them is.
            Expression::Product(operands) => self.all(operands),
            Expression::Compare(left, operator, right) => self.compare(left, operator, right),
            Expression::Not(_) => self.lost("what must be absent has nothing beside it that must be present; a pattern finds words, never their absence"),
            Expression::Number(number) => self.lost(format!("the number {number} alone is no condition on words")),
            Expression::Other => self.lost("differences and quotients of counts have no equal in patterns"),
        }
    }

    /// Counts against numbers: only whether there is a hit, or none, can be asked for.
    fn compare(&mut self, left: &Expression, operator: &str, right: &Expression) -> Vec<Alternative> {
        let present = match (operator, right) {
            (">=", Expression::Number(1)) | (">", Expression::Number(0)) => Some(left),
            _ => None,
        };
        match present.filter(|_| !has_measure(left)) {
            Some(counted) => self.any(counted),
            None => {
                if let Some(why) = measure(left).or_else(|| measure(right)) {
                    return self.lost(why);
                }
                self.lost("a pattern says where words are, not how often; how often a code is found per turn, document or case is in the tables")
            }
        }
    }

    fn all(&mut self, operands: &[Expression]) -> Vec<Alternative> {
        let mut met = vec![Alternative::default()];
        let mut absent: Vec<String> = Vec::new();
        for operand in operands {
            let negated = negation(operand);
            let ways = self.any(negated.unwrap_or(operand));
            // A condition that is lost would make what is left find more than it should.
            if ways.is_empty() {
                return Vec::new();
            }
            if negated.is_none() {
                let Some(next) = joined(&met, &ways) else {
                    return self.lost(format!("it stands for more than {MOST} patterns"));
                };
                met = next;
                continue;
            }
            for way in ways {
                match way.text.filter(|_| way.guards.is_empty()) {
                    Some(text) => absent.push(text),
                    None => return self.lost("`not` with a variable has no equal; list the values that it may have"),
                }
            }
        }
        if met.is_empty() {
            return self.lost("it asks for two values of one variable at once");
        }
        self.out.within_unit |= met.iter().any(|way| way.text.as_ref().is_some_and(|text| text.contains(" AND ")));
        if absent.is_empty() {
            return met;
        }
        self.out.within_unit = true;
        let absent = chain(&absent, " OR ");
        let mut ways = Vec::with_capacity(met.len());
        for way in met {
            let Some(text) = way.text else {
                return self.lost(
                    "what must be absent has only variables beside it; a pattern finds words, never their absence",
                );
            };
            ways.push(Alternative { text: Some(format!("({text} AND NOT {absent})")), guards: way.guards });
        }
        ways
    }

    fn within(&mut self, ways: Vec<Alternative>) -> Vec<Alternative> {
        if ways.len() > MOST { self.lost(format!("it stands for more than {MOST} patterns")) } else { ways }
    }
}

/// What must be absent for the condition to be met.
fn negation(expression: &Expression) -> Option<&Expression> {
    match expression {
        Expression::Not(inner) => Some(inner),
        Expression::Compare(left, operator, right) => match (operator.as_str(), right.as_ref()) {
            ("==" | "=" | "<=", Expression::Number(0)) | ("<", Expression::Number(1)) if !has_measure(left) => {
                Some(left)
            }
            _ => None,
        },
        _ => None,
    }
}

fn has_measure(expression: &Expression) -> bool {
    measure(expression).is_some()
}

/// Why a number that is no count of words cannot be asked for.
fn measure(expression: &Expression) -> Option<String> {
    let Expression::Atom(token) = expression else { return None };
    let is_number = token.text.starts_with("<>") && token.text.ends_with("<>");
    let is_measure = ["lw", "lc", "no."].contains(&token.text.to_ascii_lowercase().as_str());
    if token.quote.is_none() && (is_measure || is_number) {
        match atom::read(token, Place { line: None, category: "", text: "" }, &mut Noticed::default(), &mut Vec::new())
        {
            Atom::Lost(why) => return Some(format!("`{}`: {why}", token.text)),
            _ => return None,
        }
    }
    None
}

/// Every way of the one with every way of the other; `None` if there are too many.
fn joined(left: &[Alternative], right: &[Alternative]) -> Option<Vec<Alternative>> {
    // Alternatives of words alone stay one operand, so that patterns stay as short as the rule.
    let plain: Vec<String> =
        right.iter().filter(|way| way.guards.is_empty()).filter_map(|way| way.text.clone()).collect();
    let guarded = right.iter().filter(|way| !way.guards.is_empty() || way.text.is_none()).cloned();
    let right: Vec<Alternative> = (!plain.is_empty())
        .then(|| Alternative { text: Some(chain(&plain, " OR ")), guards: Guards::new() })
        .into_iter()
        .chain(guarded)
        .collect();
    if left.len().saturating_mul(right.len()) > MOST {
        return None;
    }
    let mut ways = Vec::new();
    for one in left {
        for other in &right {
            let text = match (&one.text, &other.text) {
                (Some(one), Some(other)) => Some(format!("({one} AND {other})")),
                (one, other) => one.clone().or_else(|| other.clone()),
            };
            let mut guards = one.guards.clone();
            let mut possible = true;
            for (name, values) in &other.guards {
                let kept = guards.entry(name.clone()).or_insert_with(|| values.clone());
                kept.retain(|value| values.contains(value));
                possible &= !kept.is_empty();
            }
            if possible {
                ways.push(Alternative { text, guards });
            }
        }
    }
    Some(ways)
}

/// Alternatives that differ in the values of one variable only are one.
fn merged(ways: Vec<Alternative>) -> Vec<Alternative> {
    let mut merged: Vec<Alternative> = Vec::new();
    for way in ways {
        let single = (way.guards.len() == 1).then(|| way.guards.iter().next()).flatten();
        let alike = single.and_then(|(name, _)| {
            merged
                .iter_mut()
                .find(|other| other.text == way.text && other.guards.len() == 1 && other.guards.contains_key(name))
        });
        match (alike, single) {
            (Some(other), Some((name, values))) => {
                let kept = other.guards.entry(name.clone()).or_default();
                kept.extend(values.iter().filter(|value| !kept.contains(value)).cloned().collect::<Vec<_>>());
            }
            _ => merged.push(way),
        }
    }
    merged
}

/// Operands as one operand.
fn chain(operands: &[String], operator: &str) -> String {
    match operands {
        [only] => only.clone(),
        _ => format!("({})", operands.join(operator)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Guards, translate};
    use crate::codebook::import::khcoder::expression::parse;
    use crate::codebook::import::loss::Place;
    use crate::pattern::ParseOptions;

    fn became(rule: &str) -> (Vec<(String, Guards)>, usize) {
        let place = Place { line: None, category: "", text: rule };
        let code = |name: &str| if name == "x" { Ok("x".to_owned()) } else { Err("there is no such code".to_owned()) };
        let found = translate(&parse(rule).expect(rule), place, &code, &mut Vec::new());
        for way in &found.alternatives {
            let text = way.text.clone().expect("words");
            crate::pattern::parse(&text, &ParseOptions::default())
                .unwrap_or_else(|faults| panic!("{text}: {faults:?}"));
        }
        (found.alternatives.into_iter().map(|way| (way.text.expect("words"), way.guards)).collect(), found.lost.len())
    }

    fn texts(rule: &str) -> Vec<String> {
        became(rule).0.into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn operators_keep_their_meaning() {
        assert_eq!(texts("ab or cd"), ["stem:ab", "stem:cd"]);
        assert_eq!(texts("ab and ( cd or ef )"), ["(stem:ab AND (stem:cd OR stem:ef))"]);
        assert_eq!(texts("ab and not ( cd or ef )"), ["(stem:ab AND NOT (stem:cd OR stem:ef))"]);
        assert_eq!(texts("not cd and ab"), ["(stem:ab AND NOT stem:cd)"]);
        assert_eq!(texts("ab > 0 and cd == 0"), ["(stem:ab AND NOT stem:cd)"]);
        assert_eq!(texts("ab + cd >= 1"), ["stem:ab", "stem:cd"]);
        assert_eq!(texts("<*x> and ab"), ["(code:x AND stem:ab)"]);
    }

    #[test]
    fn variables_become_guards() {
        let guards = |pairs: &[(&str, &[&str])]| -> Guards {
            pairs
                .iter()
                .map(|(name, values)| ((*name).to_owned(), values.iter().map(|value| (*value).to_owned()).collect()))
                .collect()
        };
        let (ways, lost) = became("ab and <>site-->north and ( <>wave-->1 or <>wave-->2 )");
        assert_eq!(ways, [("stem:ab".to_owned(), guards(&[("site", &["north"]), ("wave", &["1", "2"])]))]);
        assert_eq!(lost, 0);
        let (ways, _) = became("ab and ( <>site-->north or cd )");
        assert_eq!(
            ways,
            [
                ("(stem:ab AND stem:cd)".to_owned(), Guards::new()),
                ("stem:ab".to_owned(), guards(&[("site", &["north"])])),
            ]
        );
        assert_eq!(became("ab and <>site-->north and <>site-->south"), (vec![], 1));
    }

    #[test]
    fn a_condition_that_is_lost_takes_what_it_narrows_with_it() {
        assert_eq!(became("ab and lw <= 10"), (vec![], 1));
        assert_eq!((texts("ab or cd >= 2"), became("ab or cd >= 2").1), (vec!["stem:ab".to_owned()], 1));
        for rule in ["not ab", "ab - cd", "<>site-->north", "ab == 2", "<*y>", "ab and not <>site-->north", "3"] {
            assert_eq!(became(rule), (vec![], 1), "{rule}");
        }
    }
}
