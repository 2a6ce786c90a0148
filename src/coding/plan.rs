//! What of a codebook has to be looked up in a store.

use crate::codebook::Codebook;
use crate::corpus::RoleRules;
use crate::span::LeafTable;

/// A codebook made ready to be applied to many blocks.
#[derive(Debug)]
pub struct Plan<'c> {
    pub(super) codebook: &'c Codebook,
    pub(super) roles: RoleRules,
    leaves: LeafTable,
}

impl<'c> Plan<'c> {
    /// The plan of a codebook: its patterns, cues and backchannels.
    pub fn new(codebook: &'c Codebook) -> Self {
        let mut leaves = LeafTable::default();
        let patterns = codebook.codes.iter().flat_map(|code| code.patterns.iter().map(|pattern| &pattern.tree));
        let cues = codebook.questions.iter().flat_map(|question| &question.cues);
        patterns.chain(cues).chain(&codebook.backchannels).for_each(|node| leaves.add(node));
        Self { codebook, roles: RoleRules::new(&codebook.interviewers), leaves }
    }

    /// The single-token tests of the plan; [`apply`](super::apply()) needs leaves made for this table.
    pub fn leaves(&self) -> &LeafTable {
        &self.leaves
    }
}
