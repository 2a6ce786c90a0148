//! The `unit_codes` table.

use crate::codebook::Codebook;
use crate::coding::{CodedDocument, CodedTurn};
use crate::corpus::Role;

use super::chosen::Chosen;
use super::describe::{flag, integer, table, text};
use super::evidence::{self, Evidence};
use super::sheet::Sheet;
use super::units::DocumentUnits;
use super::{TableError, TableSchema, Unit};

/// Its columns; those of the codes are in the order of the codebook. Its key begins with the document, so that it
/// can be written document by document whatever the units.
pub(super) fn schema(codebook: &Codebook) -> TableSchema {
    let mut columns = vec![
        text("unit", "Kind of unit: sentence, turn, exchange, question, window:k or document."),
        text("document", "Document."),
        text(
            "unit_id",
            "Unit: document#turn.sentence, document#turn, document#xEXCHANGE, document#q:QUESTION, document#w:LAST_TURN or document.",
        ),
        text("case", "The person who speaks; empty where the unit has several or none.").or_empty(),
        text("speaker", "Label in the transcript, or the name it counts as; empty where the unit has several or none.")
            .or_empty(),
        text("role", "interviewer, informant or other; empty where the unit has several.").or_empty(),
        text("question", "Guide question; empty where the unit has several or none.").or_empty(),
        integer("words", "Tokens of the unit's turns of the chosen roles.").unit("tokens"),
    ];
    columns.extend(codebook.codes.iter().map(|code| {
        flag(&code.id, format!("1 if a counted coding of code `{}` ({}) lies in the unit.", code.id, code.label))
    }));
    table("unit_codes", "unit", &["document", "unit", "unit_id"], columns)
}

/// Something that is the same in all turns of a unit, or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Shared<T> {
    #[default]
    Unknown,
    One(T),
    Several,
}

impl<T: PartialEq + Copy> Shared<T> {
    fn add(&mut self, value: T) {
        *self = match *self {
            Self::Unknown => Self::One(value),
            Self::One(known) if known == value => Self::One(known),
            Self::One(_) | Self::Several => Self::Several,
        };
    }

    fn one(self) -> Option<T> {
        match self {
            Self::One(value) => Some(value),
            Self::Unknown | Self::Several => None,
        }
    }
}

/// What the fixed columns tell of a unit.
#[derive(Debug, Clone, Default)]
struct Facts<'a> {
    id: String,
    case: Shared<Option<&'a str>>,
    speaker: Shared<Option<&'a str>>,
    role: Shared<Role>,
    question: Shared<Option<usize>>,
    words: u64,
}

impl<'a> Facts<'a> {
    fn add(&mut self, turn: &'a CodedTurn, words: u64) {
        self.case.add(turn.case.as_deref());
        self.speaker.add(turn.speaker.as_deref());
        self.role.add(turn.role);
        self.question.add(turn.question);
        self.words += words;
    }
}

/// Lists that are filled anew for each document.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    evidence: Vec<Evidence>,
    flags: Vec<u32>,
}

/// Adds the rows of a document, for each kind of unit in the order of their names.
///
/// # Errors
/// If a file cannot be written.
pub(super) fn push(
    sheet: &mut Sheet,
    codebook: &Codebook,
    units: &[Unit],
    document: &CodedDocument,
    chosen: Chosen,
    scratch: &mut Scratch,
) -> Result<(), TableError> {
    scratch.flags.resize(codebook.codes.len(), 0);
    for &unit in units {
        push_unit(sheet, codebook, unit, document, chosen, scratch);
    }
    sheet.spill()
}

fn push_unit(
    sheet: &mut Sheet,
    codebook: &Codebook,
    unit: Unit,
    document: &CodedDocument,
    chosen: Chosen,
    scratch: &mut Scratch,
) {
    let units = DocumentUnits::of(document, unit, chosen);
    evidence::gather(document, &units, chosen, &mut scratch.evidence);
    let mut runs: Vec<&[Evidence]> = vec![&[]; units.count as usize];
    for run in scratch.evidence.chunk_by(|one, next| one.unit == next.unit) {
        runs[run[0].unit as usize] = run;
    }
    let facts = facts(codebook, unit, document, &units);
    let mut order: Vec<usize> = (0..facts.len()).collect();
    order.sort_unstable_by(|&one, &other| facts[one].id.cmp(&facts[other].id));
    let name = unit.to_string();
    for place in order {
        let facts = &facts[place];
        runs[place].iter().for_each(|evidence| scratch.flags[evidence.code as usize] = 1);
        sheet
            .row()
            .text(&name)
            .text(&document.info.id)
            .text(&facts.id)
            .text_or_empty(facts.case.one().flatten())
            .text_or_empty(facts.speaker.one().flatten())
            .text_or_empty(facts.role.one().map(Role::as_str))
            .text_or_empty(facts.question.one().flatten().map(|question| codebook.questions[question].id.as_str()))
            .count(facts.words)
            .counts(&scratch.flags);
        runs[place].iter().for_each(|evidence| scratch.flags[evidence.code as usize] = 0);
    }
}

fn facts<'a>(codebook: &Codebook, unit: Unit, document: &'a CodedDocument, units: &DocumentUnits) -> Vec<Facts<'a>> {
    let mut facts = vec![Facts::default(); units.count as usize];
    for (place, turn) in document.turns.iter().enumerate() {
        let range = units.of_turn(document, place);
        for (nth, number) in range.enumerate() {
            let fact = &mut facts[number as usize];
            // A window is named after its last turn; it is the first window of that turn.
            if (nth == 0 || unit == Unit::Sentence) && (unit.overlaps() || fact.id.is_empty()) {
                fact.id = unit_id(codebook, unit, document, turn, nth);
            }
            let words = match unit {
                Unit::Sentence => sentence_words(turn, nth),
                _ => u64::from(turn.words),
            };
            fact.add(turn, words);
        }
    }
    facts
}

fn unit_id(codebook: &Codebook, unit: Unit, document: &CodedDocument, turn: &CodedTurn, nth: usize) -> String {
    let id = &document.info.id;
    match unit {
        Unit::Sentence => format!("{id}#{}.{}", turn.turn, nth + 1),
        Unit::Turn => format!("{id}#{}", turn.turn),
        Unit::Exchange => format!("{id}#x{}", turn.exchange),
        Unit::Question => {
            let question = turn.question.map_or("", |question| codebook.questions[question].id.as_str());
            format!("{id}#q:{question}")
        }
        Unit::Window(_) => format!("{id}#w:{}", turn.turn),
        Unit::Document => id.clone(),
    }
}

fn sentence_words(turn: &CodedTurn, nth: usize) -> u64 {
    let start = turn.sentence_starts.get(nth).copied().unwrap_or(0);
    let end = turn.sentence_starts.get(nth + 1).copied().unwrap_or(turn.words);
    u64::from(end.saturating_sub(start))
}
