//! Which turns and codings count.

use crate::coding::{CodedDocument, CodedTurn, Coding};
use crate::corpus::Role;

/// The roles that are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chosen {
    roles: [bool; Role::ALL.len()],
}

impl Chosen {
    /// Turns of these roles count.
    pub(super) fn of(roles: &[Role]) -> Self {
        Self { roles: Role::ALL.map(|role| roles.contains(&role)) }
    }

    /// Whether a turn counts: it is of a chosen role, and holds a token and more than backchannels.
    pub(super) fn turn(self, turn: &CodedTurn) -> bool {
        self.roles[turn.role as usize] && turn.words > 0 && !turn.backchannel
    }

    /// The codings that count: in turns that count, and counted themselves.
    pub(super) fn codings(self, document: &CodedDocument) -> impl Iterator<Item = &Coding> {
        document.codings.iter().filter(move |coding| coding.counted && self.turn(&document.turns[coding.turn]))
    }
}
