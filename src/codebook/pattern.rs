//! Patterns in a codebook: reading them at their place, and what only a codebook can know of them.

use jsonc_parser::ast::StringLit;
use jsonc_parser::common::Ranged;

use crate::pattern::{CasePolicy, Node, ParseOptions, WordTest, parse};
use crate::text::Stemmer;

use super::fault::FaultSeverity;
use super::faults::Faults;
use super::read::{Names, unknown_mend};

/// Reads patterns under the settings of a codebook.
pub(super) struct PatternReader<'a> {
    pub(super) case: CasePolicy,
    pub(super) stemmer: Option<Stemmer>,
    pub(super) language: &'a str,
    pub(super) codes: &'a Names,
}

/// Where a pattern stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct PatternSite {
    /// The byte of the opening quotation mark of its string.
    pub(super) literal: usize,
}

impl PatternReader<'_> {
    /// Reads the pattern of a code.
    pub(super) fn read(&self, literal: &StringLit<'_>, owner: &str, faults: &mut Faults<'_>) -> Option<Node> {
        self.read_as(literal, owner, false, faults)
    }

    /// Reads a cue of the guide.
    pub(super) fn read_cue(&self, literal: &StringLit<'_>, owner: &str, faults: &mut Faults<'_>) -> Option<Node> {
        self.read_as(literal, owner, true, faults)
    }

    fn read_as(&self, literal: &StringLit<'_>, owner: &str, cue: bool, faults: &mut Faults<'_>) -> Option<Node> {
        let place = literal.start();
        match parse(&literal.value, &ParseOptions { case: self.case, cue }) {
            Err(list) => {
                for fault in list {
                    faults.pattern(FaultSeverity::Error, place, owner, fault);
                }
                None
            }
            Ok(parsed) => {
                for warning in parsed.warnings {
                    faults.pattern(FaultSeverity::Warning, place, owner, warning);
                }
                self.check_names(&parsed.tree, literal, owner, faults);
                Some(parsed.tree)
            }
        }
    }

    fn check_names(&self, tree: &Node, literal: &StringLit<'_>, owner: &str, faults: &mut Faults<'_>) {
        let mut unstemmed = None;
        visit(tree, &mut |node| match node {
            Node::Word(WordTest::Stem { word }) if self.stemmer.is_none() => {
                unstemmed = unstemmed.take().or(Some(word.clone()))
            }
            Node::Code(id) if self.codes.position(id).is_none() => {
                let byte = faults.inside_string(literal.start(), reference(&literal.value, id));
                let mend = unknown_mend(id, "code", self.codes.ids().collect::<Vec<_>>().into_iter());
                faults.error("C020", byte, format!("{owner}: there is no code \"{id}\""), mend);
            }
            _ => {}
        });
        if let Some(word) = unstemmed {
            let byte = faults.inside_string(literal.start(), literal.value.find("stem:").unwrap_or(0));
            let message = format!("{owner}: words of the language \"{}\" cannot be stemmed", self.language);
            faults.error(
                "C026",
                byte,
                message,
                format!("write a wildcard instead of `stem:{word}`, such as `{word}*`"),
            );
        }
    }
}

/// The byte of a pattern at which it refers to a code.
pub(super) fn reference(pattern: &str, id: &str) -> usize {
    let reference = format!("code:{id}");
    let is_id = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '.' | '-');
    let whole = |at: &usize| !pattern[at + reference.len()..].starts_with(is_id);
    pattern.match_indices(&reference).map(|(at, _)| at).find(whole).unwrap_or(0)
}

/// Calls `look` with every node of a tree, the node itself first.
pub(super) fn visit<'n>(node: &'n Node, look: &mut dyn FnMut(&'n Node)) {
    look(node);
    match node {
        Node::Word(_) | Node::Code(_) => {}
        Node::Sequence(steps) => steps.iter().for_each(|step| visit(&step.node, look)),
        Node::Either(nodes) | Node::Both(nodes) => nodes.iter().for_each(|node| visit(node, look)),
        Node::AndNot(left, right)
        | Node::Except(left, right)
        | Node::Near { left, right, .. }
        | Node::NotNear { left, right, .. } => {
            visit(left, look);
            visit(right, look);
        }
    }
}
