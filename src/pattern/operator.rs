//! The operators of the pattern language: their names, and how they build a tree.

use super::tree::{Node, Order};

/// A binary operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Or,
    And,
    AndNot,
    Near(Order, u32),
    NotNear(Order, u32),
    Except,
}

impl Operator {
    /// Whether `self` and then `next` may stand in one chain without parentheses.
    pub(super) fn chains_with(self, next: Operator) -> bool {
        matches!((self, next), (Self::Or, Self::Or) | (Self::And, Self::And))
    }

    /// The operator as written.
    pub(super) fn text(self) -> String {
        match self {
            Self::Or => "OR".to_owned(),
            Self::And => "AND".to_owned(),
            Self::AndNot => "AND NOT".to_owned(),
            Self::Near(order, distance) => format!("{}/{distance}", name_of(order)),
            Self::NotNear(order, distance) => format!("NOT {}/{distance}", name_of(order)),
            Self::Except => "EXCEPT".to_owned(),
        }
    }

    /// The tree of operands joined by this operator; OR and AND take any number, the others two.
    pub(super) fn join(self, mut operands: Vec<Node>) -> Node {
        match self {
            Self::Or => either(operands),
            Self::And => Node::Both(operands),
            _ => match (operands.pop(), operands.pop()) {
                (Some(right), Some(left)) => self.join_two(Box::new(left), Box::new(right)),
                (Some(only), None) => only,
                (None, _) => either(Vec::new()),
            },
        }
    }

    fn join_two(self, left: Box<Node>, right: Box<Node>) -> Node {
        match self {
            Self::Or => either(vec![*left, *right]),
            Self::And => Node::Both(vec![*left, *right]),
            Self::AndNot => Node::AndNot(left, right),
            Self::Near(order, distance) => Node::Near { order, distance, left, right },
            Self::NotNear(order, distance) => Node::NotNear { order, distance, left, right },
            Self::Except => Node::Except(left, right),
        }
    }
}

/// Alternatives; those of an alternative that is itself a choice are taken in, for OR keeps every span.
pub(super) fn either(alternatives: Vec<Node>) -> Node {
    let mut flat = Vec::with_capacity(alternatives.len());
    for alternative in alternatives {
        match alternative {
            Node::Either(inner) => flat.extend(inner),
            other => flat.push(other),
        }
    }
    if flat.len() == 1 { flat.remove(0) } else { Node::Either(flat) }
}

/// `NEAR`, `BEFORE` or `AFTER`.
pub(super) fn name_of(order: Order) -> &'static str {
    match order {
        Order::Any => "NEAR",
        Order::LeftFirst => "BEFORE",
        Order::RightFirst => "AFTER",
    }
}

/// The order that `NEAR`, `BEFORE` or `AFTER` at the start of `word` names, and what follows the name.
pub(super) fn order_prefix(word: &str) -> Option<(Order, &str)> {
    [Order::Any, Order::LeftFirst, Order::RightFirst]
        .into_iter()
        .find_map(|order| word.strip_prefix(name_of(order)).map(|rest| (order, rest)))
}
