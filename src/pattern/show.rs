//! A tree as pattern text; read again under the same case policy, the text gives the same tree.

use std::fmt::{Display, Formatter, Result, Write};

use super::operator::{Operator, order_prefix};
use super::tree::{Gap, Node, Step, WordTest};

impl Display for Node {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        match self {
            Self::Word(test) => test.fmt(out),
            Self::Code(id) => write!(out, "code:{id}"),
            Self::Sequence(steps) => show_steps(out, steps),
            Self::Either(alternatives) => show_chain(out, alternatives, " OR "),
            Self::Both(operands) => show_chain(out, operands, " AND "),
            Self::AndNot(left, right) => show_two(out, left, Operator::AndNot, right),
            Self::Near { order, distance, left, right } => {
                show_two(out, left, Operator::Near(*order, *distance), right)
            }
            Self::NotNear { order, distance, left, right } => {
                show_two(out, left, Operator::NotNear(*order, *distance), right)
            }
            Self::Except(left, right) => show_two(out, left, Operator::Except, right),
        }
    }
}

fn show_steps(out: &mut Formatter<'_>, steps: &[Step]) -> Result {
    for (at, Step { gap, node }) in steps.iter().enumerate() {
        if at > 0 {
            out.write_char(' ')?;
        }
        match gap {
            Gap { min: 0, max: 0 } => {}
            Gap { min: 1, max: 1 } => out.write_str("* ")?,
            Gap { min, max } => write!(out, "[{min}..{max}] ")?,
        }
        match node {
            Node::Word(_) | Node::Code(_) => node.fmt(out)?,
            Node::Either(alternatives) => {
                out.write_char('(')?;
                show_chain(out, alternatives, " | ")?;
                out.write_char(')')?;
            }
            _ => write!(out, "({node})")?,
        }
    }
    Ok(())
}

fn show_chain(out: &mut Formatter<'_>, operands: &[Node], operator: &str) -> Result {
    for (at, operand) in operands.iter().enumerate() {
        if at > 0 {
            out.write_str(operator)?;
        }
        show_operand(out, operand)?;
    }
    Ok(())
}

fn show_two(out: &mut Formatter<'_>, left: &Node, operator: Operator, right: &Node) -> Result {
    show_operand(out, left)?;
    write!(out, " {} ", operator.text())?;
    show_operand(out, right)
}

fn show_operand(out: &mut Formatter<'_>, operand: &Node) -> Result {
    match operand {
        Node::Word(_) | Node::Code(_) | Node::Sequence(_) => operand.fmt(out),
        _ => write!(out, "({operand})"),
    }
}

impl Display for WordTest {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        match self {
            Self::Literal { text, .. } if is_plain(text) => out.write_str(text),
            Self::Literal { text, .. } => {
                out.write_char('"')?;
                for character in text.chars() {
                    if matches!(character, '"' | '\\') {
                        out.write_char('\\')?;
                    }
                    out.write_char(character)?;
                }
                out.write_char('"')
            }
            Self::Wildcard { glob, .. } => {
                let mut literal = false;
                for character in glob.chars() {
                    if !literal && !is_plain_character(character) && !matches!(character, '*' | '?' | '\\') {
                        out.write_char('\\')?;
                    }
                    literal = character == '\\' && !literal;
                    out.write_char(character)?;
                }
                Ok(())
            }
            Self::Regex { expression, .. } => write!(out, "/{expression}/"),
            Self::Stem { word } => {
                out.write_str("stem:")?;
                for character in word.chars() {
                    if !is_plain_character(character) {
                        out.write_char('\\')?;
                    }
                    out.write_char(character)?;
                }
                Ok(())
            }
        }
    }
}

/// Whether a word can stand without quotation marks and is taken for nothing but a word.
fn is_plain(word: &str) -> bool {
    let upper = word.to_uppercase();
    let resembles_operator =
        matches!(upper.as_str(), "AND" | "OR" | "NOT" | "EXCEPT") || order_prefix(&upper).is_some();
    word.chars().all(is_plain_character) && !resembles_operator
}

fn is_plain_character(character: char) -> bool {
    character.is_alphanumeric() || character == '\''
}
