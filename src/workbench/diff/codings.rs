//! Codings gained and lost.

use std::collections::BTreeMap;

use crate::codebook::Codebook;
use crate::coding::{CodedDocument, Coding};

use super::Recode;

/// A coding that one of two codebooks gives and the other does not, or counts and the other does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodingChange {
    /// What happened.
    pub kind: CodingChangeKind,
    /// Id of the code.
    pub code: String,
    /// Id of the pattern, in the codebook that gives the coding.
    pub pattern: String,
    /// Whether it counts (counted), in the codebook that gives it.
    pub counted: bool,
    /// Position of the turn in the document.
    pub turn: usize,
    /// First code point.
    pub start_char: u32,
    /// One past the last code point.
    pub end_char: u32,
    /// First token in the turn.
    pub start_token: u32,
    /// One past its last token.
    pub end_token: u32,
    /// Its words.
    pub text: String,
}

/// What happened to a coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CodingChangeKind {
    /// The new codebook gives it, the old one does not.
    Gained,
    /// The old codebook gives it, the new one does not.
    Lost,
    /// Both give it, and only the new one counts it.
    Counted,
    /// Both give it, and only the old one counts it.
    Uncounted,
}

impl CodingChangeKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Gained, Self::Lost, Self::Counted, Self::Uncounted];

    /// Its name in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gained => "gained",
            Self::Lost => "lost",
            Self::Counted => "counted",
            Self::Uncounted => "uncounted",
        }
    }
}

/// Where a coding is: code, first and last code point.
type Key<'c> = (&'c str, u32, u32);

/// How the codings of one document differ, in the order of code and place. Two codings are the same if code and
/// place are.
pub fn changed_codings(
    (old, before): (&Codebook, &CodedDocument),
    (new, after): (&Codebook, &CodedDocument),
    recode: &Recode,
) -> Vec<CodingChange> {
    let keyed = |codebook, document| -> BTreeMap<Key<'_>, &Coding> { by_key(codebook, document, recode) };
    let (was, is) = (keyed(old, before), keyed(new, after));
    let mut changes = Vec::new();
    for (key, coding) in &was {
        match is.get(key) {
            None => changes.push(change(CodingChangeKind::Lost, old, coding)),
            Some(now) if now.counted && !coding.counted => changes.push(change(CodingChangeKind::Counted, new, now)),
            Some(now) if !now.counted && coding.counted => changes.push(change(CodingChangeKind::Uncounted, new, now)),
            Some(_) => {}
        }
    }
    let gained = is.iter().filter(|(key, _)| !was.contains_key(*key));
    changes.extend(gained.map(|(_, coding)| change(CodingChangeKind::Gained, new, coding)));
    changes.sort_by(|a, b| (&a.code, a.start_char, a.end_char).cmp(&(&b.code, b.start_char, b.end_char)));
    changes
}

fn by_key<'c>(codebook: &'c Codebook, document: &'c CodedDocument, recode: &Recode) -> BTreeMap<Key<'c>, &'c Coding> {
    let id = |coding: &Coding| codebook.codes[coding.code].id.as_str();
    let changed: Vec<bool> = codebook.codes.iter().map(|code| recode.codes.contains(&code.id)).collect();
    let codings = document.codings.iter().filter(|coding| changed[coding.code]);
    codings.map(|coding| ((id(coding), coding.chars.start, coding.chars.end), coding)).collect()
}

fn change(kind: CodingChangeKind, codebook: &Codebook, coding: &Coding) -> CodingChange {
    let code = &codebook.codes[coding.code];
    CodingChange {
        kind,
        code: code.id.clone(),
        pattern: code.patterns[coding.pattern].id.clone(),
        counted: coding.counted,
        turn: coding.turn,
        start_char: coding.chars.start,
        end_char: coding.chars.end,
        start_token: coding.start_token,
        end_token: coding.end_token,
        text: coding.text.clone(),
    }
}

/// The document as the old codebook codes it: the codings of the codes to be recoded from `recoded`, which was coded
/// with `partial` (the old codebook, or the part of it that [`Codebook::only`] gives), and all others from `after`.
/// The two see the same turns.
pub fn rebuilt(
    old: &Codebook,
    (partial, recoded): (&Codebook, &CodedDocument),
    (new, after): (&Codebook, &CodedDocument),
    recode: &Recode,
) -> CodedDocument {
    let position = |id: &str| old.codes.iter().position(|code| code.id == id);
    let places = |codebook: &Codebook, recoded: bool| -> Vec<Option<usize>> {
        let wanted = |id: &str| recode.codes.contains(id) == recoded;
        codebook.codes.iter().map(|code| position(&code.id).filter(|_| wanted(&code.id))).collect()
    };
    let mut codings = Vec::new();
    for (document, places) in [(recoded, places(partial, true)), (after, places(new, false))] {
        let placed = document
            .codings
            .iter()
            .filter_map(|coding| places[coding.code].map(|code| Coding { code, ..coding.clone() }));
        codings.extend(placed);
    }
    codings.sort_by_key(|coding| (coding.turn, coding.start_token, coding.end_token, coding.code));
    CodedDocument { info: after.info.clone(), turns: after.turns.clone(), codings }
}
