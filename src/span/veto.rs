//! What a pattern would have found, had none of its exclusions kept it back.

use super::and_not::and_not;
use super::except::except;
use super::not_near::not_near;
use super::{Evaluator, Leaves, Span};
use crate::pattern::{Node, Step};

/// A span that a pattern finds once its `AND NOT`, `EXCEPT` and `NOT NEAR` are left out, and not with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vetoed<'n> {
    /// Where.
    pub span: Span,
    /// What keeps it back; never empty.
    pub by: Vec<Veto<'n>>,
}

/// An exclusion that keeps a span back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Veto<'n> {
    /// The `AND NOT`, `EXCEPT` or `NOT NEAR` of the pattern.
    pub node: &'n Node,
    /// The spans of its right side that do it.
    pub spans: Vec<Span>,
}

impl<L: Leaves> Evaluator<'_, L> {
    /// The spans that exclusions keep back, sorted. The left sides of all exclusions are evaluated without their
    /// right sides, however deep they stand; what is found only then is held against every exclusion.
    ///
    /// # Errors
    /// If a leaf cannot be read.
    ///
    /// # Panics
    /// If the pattern was not added to the leaf table.
    pub fn vetoed<'s, 'n>(
        &'s self,
        node: &'n Node,
        codes: &dyn Fn(&str) -> &'s [Span],
    ) -> Result<Vec<Vetoed<'n>>, L::Error> {
        let mut exclusions = Vec::new();
        gather(node, &mut exclusions);
        if exclusions.is_empty() {
            return Ok(Vec::new());
        }
        let kept = self.evaluate(node, codes)?;
        let affirmed_whole = self.evaluate(&affirmed(node), codes)?;
        let dropped: Vec<Span> =
            affirmed_whole.iter().filter(|span| kept.binary_search(span).is_err()).copied().collect();
        if dropped.is_empty() {
            return Ok(Vec::new());
        }
        let mut sides = Vec::with_capacity(exclusions.len());
        for (node, left, right) in exclusions {
            sides.push((node, self.evaluate(&affirmed(left), codes)?, self.evaluate(right, codes)?));
        }
        let mut vetoed = Vec::new();
        for span in dropped {
            let mut by = Vec::new();
            for (node, left, right) in &sides {
                let within = |left: &&Span| span.start <= left.start && left.end <= span.end;
                let inside: Vec<Span> = of_turn(left, span.turn).iter().filter(within).copied().collect();
                let excluding = |right: &&Span| inside.iter().any(|&left| self.excludes(node, left, **right));
                let spans: Vec<Span> = of_turn(right, span.turn).iter().filter(excluding).copied().collect();
                if !spans.is_empty() {
                    by.push(Veto { node, spans });
                }
            }
            if !by.is_empty() {
                vetoed.push(Vetoed { span, by });
            }
        }
        Ok(vetoed)
    }

    /// Whether an exclusion drops a span of its left side for this one of its right side alone.
    fn excludes(&self, node: &Node, left: Span, right: Span) -> bool {
        let (left, right) = ([left], [right]);
        match node {
            Node::AndNot(..) => and_not(&left, &right, |turn| self.sentence_starts(turn)).is_empty(),
            Node::Except(..) => except(&left, &right).is_empty(),
            Node::NotNear { order, distance, .. } => not_near(&left, &right, *order, *distance).is_empty(),
            _ => false,
        }
    }
}

/// The spans of one turn.
fn of_turn(spans: &[Span], turn: u32) -> &[Span] {
    let start = spans.partition_point(|span| span.turn < turn);
    let end = spans.partition_point(|span| span.turn <= turn);
    &spans[start..end]
}

/// The exclusions of a pattern with their sides; those in the right side of another are none of the pattern's own.
fn gather<'n>(node: &'n Node, exclusions: &mut Vec<(&'n Node, &'n Node, &'n Node)>) {
    match node {
        Node::Word(_) | Node::Code(_) => {}
        Node::Sequence(steps) => steps.iter().for_each(|step| gather(&step.node, exclusions)),
        Node::Either(nodes) | Node::Both(nodes) => nodes.iter().for_each(|node| gather(node, exclusions)),
        Node::Near { left, right, .. } => {
            gather(left, exclusions);
            gather(right, exclusions);
        }
        Node::AndNot(left, right) | Node::Except(left, right) | Node::NotNear { left, right, .. } => {
            exclusions.push((node, left, right));
            gather(left, exclusions);
        }
    }
}

/// The pattern without its exclusions.
fn affirmed(node: &Node) -> Node {
    let all = |nodes: &[Node]| nodes.iter().map(affirmed).collect();
    match node {
        Node::Word(_) | Node::Code(_) => node.clone(),
        Node::Sequence(steps) => {
            Node::Sequence(steps.iter().map(|step| Step { gap: step.gap, node: affirmed(&step.node) }).collect())
        }
        Node::Either(nodes) => Node::Either(all(nodes)),
        Node::Both(nodes) => Node::Both(all(nodes)),
        Node::Near { order, distance, left, right } => Node::Near {
            order: *order,
            distance: *distance,
            left: Box::new(affirmed(left)),
            right: Box::new(affirmed(right)),
        },
        Node::AndNot(left, _) | Node::Except(left, _) | Node::NotNear { left, .. } => affirmed(left),
    }
}

#[cfg(test)]
mod tests {
    use crate::pattern::{ParseOptions, parse};
    use crate::span::{Evaluator, LeafTable, MemoryLeaves, Span};

    type Tokens = (u32, u32);

    /// Spans kept back in a text, each with the spans that do it.
    fn vetoed(pattern: &str, text: &str) -> Vec<(Tokens, Vec<Vec<Tokens>>)> {
        let tree = parse(pattern, &ParseOptions::default()).expect("a good pattern").tree;
        let mut table = LeafTable::default();
        table.add(&tree);
        let leaves = MemoryLeaves::from_text(&table, "en", &[text]).expect("English");
        let evaluator = Evaluator::new(&table, &leaves);
        let Ok(vetoed) = evaluator.vetoed(&tree, &|_| &[]);
        let place = |span: &Span| (span.start, span.end);
        vetoed
            .iter()
            .map(|one| (place(&one.span), one.by.iter().map(|veto| veto.spans.iter().map(place).collect()).collect()))
            .collect()
    }

    #[test]
    fn a_span_kept_back_names_what_keeps_it_back() {
        // never(0) mind(1) it(2) is(3) not(4) really(5) secure(6)
        let text = "Never mind. It is not really secure.";
        assert_eq!(vetoed("secure NOT AFTER/3 (not | never)", text), [((6, 7), vec![vec![(4, 5)]])]);
        assert_eq!(vetoed("secure NOT AFTER/1 (not | never)", text), []);
        assert_eq!(vetoed("mind AND NOT secure", text), []);
        assert_eq!(vetoed("it AND NOT secure", text), [((2, 3), vec![vec![(6, 7)]])]);
    }

    #[test]
    fn a_longer_match_is_kept_back_by_a_part_of_it() {
        // we(0) pay(1) attention(2) and(3) pay(4) rent(5)
        let text = "We pay attention and pay rent.";
        assert_eq!(vetoed("we (pay EXCEPT pay attention)", text), [((0, 2), vec![vec![(1, 3)]])]);
        assert_eq!(vetoed("(pay EXCEPT pay attention) rent", text), []);
    }

    #[test]
    fn two_exclusions_that_keep_one_span_back_are_both_named() {
        // not(0) so(1) safe(2) here(3)
        let pattern = "(safe NOT AFTER/2 not) NOT BEFORE/1 here";
        assert_eq!(vetoed(pattern, "Not so safe here."), [((2, 3), vec![vec![(3, 4)], vec![(0, 1)]])]);
    }
}
