//! The units of one document, and which of them a coding lies in.

use std::collections::HashMap;
use std::ops::Range;

use crate::coding::{CodedDocument, Coding};

use super::Unit;
use super::chosen::Chosen;

/// A turn that is in no unit.
const NONE: u32 = u32::MAX;

/// The units of one kind in one document, numbered from 0. Only turns that count make units.
#[derive(Debug)]
pub(super) struct DocumentUnits {
    unit: Unit,
    /// How many there are.
    pub(super) count: u32,
    /// For each turn its first unit, or [`NONE`].
    first: Vec<u32>,
}

impl DocumentUnits {
    /// Divides a document.
    pub(super) fn of(document: &CodedDocument, unit: Unit, chosen: Chosen) -> Self {
        let mut count = 0;
        let mut questions: HashMap<usize, u32> = HashMap::new();
        let mut exchange = None;
        let first = document
            .turns
            .iter()
            .map(|turn| {
                if !chosen.turn(turn) {
                    return NONE;
                }
                match unit {
                    Unit::Sentence => {
                        count += sentences(turn.sentence_starts.len());
                        count - sentences(turn.sentence_starts.len())
                    }
                    Unit::Turn | Unit::Window(_) => {
                        count += 1;
                        count - 1
                    }
                    Unit::Exchange => {
                        if exchange != Some(turn.exchange) {
                            exchange = Some(turn.exchange);
                            count += 1;
                        }
                        count - 1
                    }
                    Unit::Question => match turn.question {
                        None => NONE,
                        Some(question) => *questions.entry(question).or_insert_with(|| {
                            count += 1;
                            count - 1
                        }),
                    },
                    Unit::Document => {
                        count = 1;
                        0
                    }
                }
            })
            .collect();
        Self { unit, count, first }
    }

    /// The units that a turn is part of; all its sentences for sentences.
    pub(super) fn of_turn(&self, document: &CodedDocument, turn: usize) -> Range<u32> {
        let first = self.first[turn];
        if first == NONE {
            return 0..0;
        }
        match self.unit {
            Unit::Sentence => first..first + sentences(document.turns[turn].sentence_starts.len()),
            Unit::Window(turns) => first..first.saturating_add(turns.get()).min(self.count),
            Unit::Turn | Unit::Exchange | Unit::Question | Unit::Document => first..first + 1,
        }
    }

    /// The units that a coding lies in; for sentences those that it touches.
    pub(super) fn of_coding(&self, document: &CodedDocument, coding: &Coding) -> Range<u32> {
        let turn = self.of_turn(document, coding.turn);
        match self.unit {
            Unit::Sentence if !turn.is_empty() => {
                let start = turn.start + coding.sentences.first.saturating_sub(1);
                start.min(turn.end)..(turn.start + coding.sentences.last).min(turn.end)
            }
            _ => turn,
        }
    }
}

/// A turn with a token has a sentence.
fn sentences(starts: usize) -> u32 {
    starts.max(1) as u32
}
