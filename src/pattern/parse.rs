//! From lexemes to the tree.

use std::ops::Range;

use super::CasePolicy;
use super::fault::{PatternFault, corrected};
use super::lex::{Kind, LARGEST_GAP, Lexed, Lexeme, lex};
use super::operator::Operator;
use super::tree::{Gap, Node, Step};
use super::word::sequence;

/// Longest pattern, in bytes.
const LONGEST: usize = 10_000;
/// Deepest nesting of parentheses.
const DEEPEST: usize = 64;

/// How a pattern is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ParseOptions {
    /// Whether case counts.
    pub case: CasePolicy,
    /// Whether the pattern is a cue of the interview guide: `?` at the end of a word is punctuation, and `code:` is
    /// not allowed.
    pub cue: bool,
}

/// A pattern as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// What it means.
    pub tree: Node,
    /// What is legal but suspicious, by place.
    pub warnings: Vec<PatternFault>,
}

/// Reads a pattern.
///
/// # Errors
/// Everything that is wrong with it, by place; at least one fault.
pub fn parse(text: &str, options: &ParseOptions) -> Result<Parsed, Vec<PatternFault>> {
    if text.len() > LONGEST {
        let message = format!("the pattern has {} bytes; at most {LONGEST} can be read", text.len());
        return Err(vec![PatternFault::new("P002", 0..0, message, "make several patterns of it")]);
    }
    let Lexed { lexemes, faults, warnings, truncated } = lex(text, options);
    let mut parser = Parser { text, lexemes: &lexemes, at: 0, depth: 0, faults, warnings, truncated };
    let tree = parser.pattern(0..text.len());
    let Parser { mut faults, mut warnings, .. } = parser;
    if faults.is_empty() {
        warnings.sort_by_key(|fault| (fault.span.start, fault.code));
        return Ok(Parsed { tree, warnings });
    }
    faults.sort_by_key(|fault| (fault.span.start, fault.code));
    Err(faults)
}

struct Parser<'a> {
    text: &'a str,
    lexemes: &'a [Lexeme],
    /// Position of the next lexeme.
    at: usize,
    depth: usize,
    faults: Vec<PatternFault>,
    warnings: Vec<PatternFault>,
    truncated: bool,
}

/// Items between two operators.
struct Term {
    node: Node,
    span: Range<usize>,
    /// Whether there was no item at all; what there was instead.
    empty: Option<Emptiness>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Emptiness {
    Nothing,
    Punctuation,
    Gaps,
}

impl Parser<'_> {
    fn fault(&mut self, code: &'static str, span: Range<usize>, message: impl Into<String>, mend: impl Into<String>) {
        self.faults.push(PatternFault::new(code, span, message, mend));
    }

    /// Reads terms and operators up to a closing parenthesis or the end; `around` is the place of the whole.
    fn pattern(&mut self, around: Range<usize>) -> Node {
        let mut terms = vec![self.term()];
        let mut operators: Vec<(Operator, Range<usize>)> = Vec::new();
        while let Some(Lexeme { kind: Kind::Operator(operator), span, .. }) = self.lexemes.get(self.at) {
            self.at += 1;
            operators.push((*operator, span.clone()));
            terms.push(self.term());
        }
        self.report_empty(&terms, &operators, around);
        self.report_mixed(&terms, &operators);
        let operator = operators.first().map_or(Operator::Or, |(operator, _)| *operator);
        let nodes = terms.into_iter().map(|term| term.node).collect();
        operator.join(nodes)
    }

    fn report_empty(&mut self, terms: &[Term], operators: &[(Operator, Range<usize>)], around: Range<usize>) {
        if let ([Term { empty: Some(emptiness), span, .. }], true) = (terms, operators.is_empty()) {
            let inside = self.depth > 0;
            let (code, message) = match (emptiness, inside) {
                (Emptiness::Gaps, _) => ("P013", "there is nothing but gaps here"),
                (Emptiness::Nothing, false) => ("P001", "the pattern is empty"),
                (Emptiness::Punctuation, false) => ("P001", "the pattern holds no word, only punctuation"),
                (Emptiness::Nothing, true) => ("P006", "the parentheses are empty"),
                (Emptiness::Punctuation, true) => ("P006", "the parentheses hold no word, only punctuation"),
            };
            let span = if *emptiness == Emptiness::Gaps { span.clone() } else { around };
            return self.fault(code, span, message, "write the words to be found");
        }
        for (at, (operator, span)) in operators.iter().enumerate() {
            let name = if &self.text[span.clone()] == "|" { "|".to_owned() } else { operator.text() };
            let sides = [("left", "before", &terms[at]), ("right", "behind", &terms[at + 1])];
            // A term between two operators is told once, with the operator before it.
            let sides = if at > 0 { &sides[1..] } else { &sides[..] };
            for (side, preposition, term) in sides {
                match term.empty {
                    None => {}
                    Some(Emptiness::Gaps) => {
                        self.fault(
                            "P013",
                            term.span.clone(),
                            format!("to the {side} of {name} there is nothing but gaps"),
                            "write the words to be found",
                        );
                    }
                    Some(Emptiness::Nothing | Emptiness::Punctuation) => {
                        let word = if name == "|" {
                            String::new()
                        } else {
                            format!("; the word itself is written `\"{name}\"`")
                        };
                        self.fault(
                            "P014",
                            span.clone(),
                            format!("to the {side} of {name} there is no word"),
                            format!("write what is to be found {preposition} it{word}"),
                        );
                    }
                }
            }
        }
    }

    fn report_mixed(&mut self, terms: &[Term], operators: &[(Operator, Range<usize>)]) {
        let clash = operators.windows(2).find(|pair| !pair[0].0.chains_with(pair[1].0));
        let Some([(first, first_span), (second, second_span)]) = clash else {
            return;
        };
        if terms.iter().any(|term| term.empty.is_some()) {
            return;
        }
        let words: Vec<&str> = terms.iter().map(|term| &self.text[term.span.clone()]).collect();
        let names: Vec<Operator> = operators.iter().map(|(operator, _)| *operator).collect();
        let message = if first == second {
            format!(
                "two {} stand side by side without parentheses, so that the pattern can be read in two ways",
                first.text()
            )
        } else {
            format!(
                "{} and {} stand side by side without parentheses, so that the pattern can be read in two ways",
                first.text(),
                second.text()
            )
        };
        let mend = format!("write `{}` or `{}`", from_left(&words, &names), from_right(&words, &names));
        self.fault("P015", first_span.start..second_span.end, message, mend);
    }

    fn term(&mut self) -> Term {
        let start = self.lexemes.get(self.at).map_or(self.text.len(), |lexeme| lexeme.span.start);
        let mut items = Items::default();
        let mut span = start..start;
        while let Some(lexeme) = self.lexemes.get(self.at) {
            let node = match &lexeme.kind {
                Kind::Operator(_) => break,
                Kind::Close if self.depth > 0 => break,
                Kind::Close => {
                    self.at += 1;
                    let place = &lexeme.span;
                    let mend = format!("take it out: {}; or open it further left", corrected(self.text, place, ""));
                    self.fault("P005", place.clone(), "the parenthesis closes nothing", mend);
                    continue;
                }
                Kind::Gap(gap) => {
                    self.at += 1;
                    span.end = lexeme.span.end;
                    items.add_gap(*gap, &lexeme.span);
                    continue;
                }
                Kind::Tokens(tests) if tests.is_empty() => {
                    self.at += 1;
                    items.punctuation = true;
                    continue;
                }
                Kind::Tokens(tests) => {
                    let steps =
                        tests.iter().map(|test| Step { gap: Gap::default(), node: Node::Word(test.clone()) }).collect();
                    sequence(steps)
                }
                Kind::Code(id) => Node::Code(id.clone()),
                Kind::Bad | Kind::Not => Kind::placeholder(),
                Kind::Open => {
                    let node = self.parenthesis(&lexeme.span);
                    span.end = self.lexemes[self.at - 1].span.end;
                    items.push(node, None);
                    continue;
                }
            };
            self.at += 1;
            span.end = lexeme.span.end;
            items.push(node, lexeme.resembles.as_ref().map(|name| (name.clone(), lexeme.span.clone())));
        }
        self.finish_term(items, span)
    }

    fn parenthesis(&mut self, open: &Range<usize>) -> Node {
        self.at += 1;
        if self.depth == DEEPEST {
            self.fault(
                "P003",
                open.clone(),
                format!("parentheses are nested more than {DEEPEST} deep"),
                "make several patterns or codes of it",
            );
            self.at = self.lexemes.len();
            self.truncated = true;
            return Kind::placeholder();
        }
        let close = self.lexemes[self.at..]
            .iter()
            .find(|lexeme| matches!(lexeme.kind, Kind::Close))
            .map_or(open.end, |lexeme| lexeme.span.end);
        self.depth += 1;
        let node = self.pattern(open.start..close);
        self.depth -= 1;
        if self.at < self.lexemes.len() {
            self.at += 1;
        } else if !self.truncated {
            let mend = format!(
                "close it, for example at the end: {}",
                corrected(self.text, &(self.text.len()..self.text.len()), ")")
            );
            self.fault("P004", open.clone(), "the parenthesis is never closed", mend);
        }
        node
    }

    fn finish_term(&mut self, items: Items, span: Range<usize>) -> Term {
        let Items { steps, pending, leading, punctuation, gaps, words } = items;
        if steps.is_empty() {
            let empty = match (gaps, punctuation) {
                (true, _) => Emptiness::Gaps,
                (false, true) => Emptiness::Punctuation,
                (false, false) => Emptiness::Nothing,
            };
            return Term { node: Kind::placeholder(), span, empty: Some(empty) };
        }
        for (place, side) in [(leading, "before its first"), (pending.map(|(_, place)| place), "behind its last")] {
            if let Some(place) = place {
                let rest = corrected(self.text, &place, "").replace("  ", " ");
                let mend = format!("take it out: {}", rest.replace("` ", "`").replace(" `", "`"));
                self.fault("P012", place, format!("a gap stands between words, but this one stands {side}"), mend);
            }
        }
        for step in &steps {
            if step.gap.max > LARGEST_GAP {
                let message = format!(
                    "the gaps side by side add up to {} words; at most {LARGEST_GAP} can be skipped",
                    step.gap.max
                );
                self.fault("P011", span.clone(), message, "make them smaller");
            }
        }
        let last = steps.len() - 1;
        for (at, name, place) in words {
            if at > 0 && at < last {
                let word = &self.text[place.clone()];
                let mend = format!(
                    "if the operator was meant, write {}; if the word was meant, put it in quotation marks: {}",
                    corrected(self.text, &place, &name),
                    corrected(self.text, &place, &format!("\"{word}\""))
                );
                self.warnings.push(PatternFault::new(
                    "P102",
                    place.clone(),
                    format!("`{word}` is taken for a word, not for the operator {name}"),
                    mend,
                ));
            }
        }
        Term { node: sequence(steps), span, empty: None }
    }
}

/// The items of a term while it is read.
#[derive(Default)]
struct Items {
    steps: Vec<Step>,
    /// The gap since the last item.
    pending: Option<(Gap, Range<usize>)>,
    /// A gap before the first item.
    leading: Option<Range<usize>>,
    punctuation: bool,
    gaps: bool,
    /// Words that resemble operators: their step, the operator, their place.
    words: Vec<(usize, String, Range<usize>)>,
}

impl Items {
    fn add_gap(&mut self, gap: Gap, place: &Range<usize>) {
        self.gaps = true;
        self.pending = Some(match self.pending.take() {
            None => (gap, place.clone()),
            Some((before, start)) => {
                (Gap { min: before.min + gap.min, max: before.max + gap.max }, start.start..place.end)
            }
        });
    }

    fn push(&mut self, node: Node, resembles: Option<(String, Range<usize>)>) {
        let mut gap = Gap::default();
        if let Some((pending, place)) = self.pending.take() {
            if self.steps.is_empty() {
                self.leading = Some(place);
            } else {
                gap = pending;
            }
        }
        if let Some((name, place)) = resembles {
            self.words.push((self.steps.len(), name, place));
        }
        self.steps.push(Step { gap, node });
    }
}

/// The chain read from the left: `((a AND b) OR c) AND d`.
fn from_left(terms: &[&str], operators: &[Operator]) -> String {
    let mut reading = terms[0].to_owned();
    for (at, operator) in operators.iter().enumerate() {
        if at > 0 && !operators[at - 1].chains_with(*operator) {
            reading = format!("({reading})");
        }
        reading = format!("{reading} {} {}", operator.text(), terms[at + 1]);
    }
    reading
}

/// The chain read from the right: `a AND (b OR (c AND d))`.
fn from_right(terms: &[&str], operators: &[Operator]) -> String {
    let mut reading = terms[terms.len() - 1].to_owned();
    for (at, operator) in operators.iter().enumerate().rev() {
        if operators.get(at + 1).is_some_and(|next| !operator.chains_with(*next)) {
            reading = format!("({reading})");
        }
        reading = format!("{} {} {reading}", terms[at], operator.text());
    }
    reading
}
