//! What is counted of each case.

use std::collections::HashMap;
use std::sync::Arc;

use crate::codebook::Codebook;
use crate::coding::CodedDocument;

use super::chosen::Chosen;

/// The cases met so far. It grows with cases and with the codes present in them, not with words.
#[derive(Debug, Clone, Default)]
pub(super) struct Cases {
    numbers: HashMap<String, u32>,
    cases: Vec<CaseCounts>,
}

/// A case with at least one turn that counts.
#[derive(Debug, Clone)]
pub(super) struct CaseCounts {
    /// The only document with such a turn; `None` if there are several.
    pub(super) document: Option<Arc<str>>,
    /// Words of its turns that count, by the question they stand under (position, or `None`).
    words: Vec<(Option<usize>, u64)>,
    /// Counts by code, ascending; only codes that are present.
    codes: Vec<CaseCode>,
}

/// The counted codings of a code in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CaseCode {
    code: u32,
    /// Counted codings.
    pub(super) codings: u64,
    /// Turns with one.
    pub(super) turns: u64,
    /// Start of the first one in code points.
    pub(super) first_start_char: u32,
    last_turn: (u64, usize),
}

impl Cases {
    /// Counts document number `serial` (from 1, ascending).
    pub(super) fn add(&mut self, document: &CodedDocument, serial: u64, chosen: Chosen) {
        let id: Arc<str> = Arc::from(document.info.id.as_str());
        let mut of_turn: Vec<Option<u32>> = Vec::with_capacity(document.turns.len());
        for turn in &document.turns {
            let Some(name) = turn.case.as_deref().filter(|_| chosen.turn(turn)) else {
                of_turn.push(None);
                continue;
            };
            let number = self.number(name, &id);
            let case = &mut self.cases[number as usize];
            if case.document.as_deref() != Some(&*id) {
                case.document = None;
            }
            case.add_words(turn.question, u64::from(turn.words));
            of_turn.push(Some(number));
        }
        for coding in chosen.codings(document) {
            if let Some(number) = of_turn[coding.turn] {
                self.cases[number as usize].add_coding(coding.code as u32, coding.chars.start, (serial, coding.turn));
            }
        }
    }

    fn number(&mut self, name: &str, document: &Arc<str>) -> u32 {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        let number = self.cases.len() as u32;
        self.numbers.insert(name.to_owned(), number);
        self.cases.push(CaseCounts { document: Some(document.clone()), words: Vec::new(), codes: Vec::new() });
        number
    }

    /// Adds the counts of other documents.
    pub(super) fn merge(&mut self, other: Self) {
        let mut others: Vec<Option<CaseCounts>> = other.cases.into_iter().map(Some).collect();
        for (name, number) in other.numbers {
            let Some(counts) = others[number as usize].take() else { continue };
            match self.numbers.get(&name) {
                Some(&known) => self.cases[known as usize].merge(counts),
                None => {
                    self.numbers.insert(name, self.cases.len() as u32);
                    self.cases.push(counts);
                }
            }
        }
    }

    /// The cases in the order of their ids as UTF-8 bytes.
    pub(super) fn sorted(&self) -> Vec<(&str, &CaseCounts)> {
        let mut cases: Vec<(&str, &CaseCounts)> =
            self.numbers.iter().map(|(name, &number)| (name.as_str(), &self.cases[number as usize])).collect();
        cases.sort_unstable_by_key(|&(name, _)| name);
        cases
    }

    /// All cases, in no order that means anything.
    pub(super) fn iter(&self) -> impl Iterator<Item = &CaseCounts> {
        self.cases.iter()
    }
}

impl CaseCounts {
    fn add_words(&mut self, question: Option<usize>, words: u64) {
        match self.words.iter_mut().find(|(known, _)| *known == question) {
            Some((_, sum)) => *sum += words,
            None => self.words.push((question, words)),
        }
    }

    fn add_coding(&mut self, code: u32, start: u32, turn: (u64, usize)) {
        match self.codes.binary_search_by_key(&code, |known| known.code) {
            Ok(place) => {
                let known = &mut self.codes[place];
                known.codings += 1;
                known.first_start_char = known.first_start_char.min(start);
                if known.last_turn != turn {
                    known.last_turn = turn;
                    known.turns += 1;
                }
            }
            Err(place) => self
                .codes
                .insert(place, CaseCode { code, codings: 1, turns: 1, first_start_char: start, last_turn: turn }),
        }
    }

    fn merge(&mut self, other: Self) {
        if self.document != other.document {
            self.document = None;
        }
        other.words.into_iter().for_each(|(question, words)| self.add_words(question, words));
        for theirs in other.codes {
            match self.codes.binary_search_by_key(&theirs.code, |known| known.code) {
                Ok(place) => {
                    let known = &mut self.codes[place];
                    known.codings += theirs.codings;
                    known.turns += theirs.turns;
                    known.first_start_char = known.first_start_char.min(theirs.first_start_char);
                }
                Err(place) => self.codes.insert(place, theirs),
            }
        }
    }

    /// The counts of a code, if it is present.
    pub(super) fn code(&self, code: usize) -> Option<CaseCode> {
        self.codes.binary_search_by_key(&(code as u32), |known| known.code).ok().map(|place| self.codes[place])
    }

    /// The codes that are present.
    pub(super) fn codes(&self) -> impl Iterator<Item = usize> + '_ {
        self.codes.iter().map(|known| known.code as usize)
    }

    /// Words of the turns that count and that the questions allow; `None` if there is no such turn.
    pub(super) fn words_under(&self, questions: &Questions) -> Option<u64> {
        self.words
            .iter()
            .filter(|(question, _)| questions.allow(*question))
            .map(|&(_, words)| words)
            .reduce(|a, b| a + b)
    }
}

/// The guide questions that a code's patterns are confined to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Questions {
    /// Some pattern is confined to none.
    All,
    /// Positions, ascending.
    Only(Vec<usize>),
}

impl Questions {
    /// Where a code can be found, by the guards of its patterns.
    pub(super) fn of_code(codebook: &Codebook, code: usize) -> Self {
        let patterns = &codebook.codes[code].patterns;
        if patterns.iter().any(|pattern| pattern.questions.is_empty()) {
            return Self::All;
        }
        let mut questions: Vec<usize> = patterns.iter().flat_map(|pattern| pattern.questions.iter().copied()).collect();
        questions.sort_unstable();
        questions.dedup();
        Self::Only(questions)
    }

    /// Where either can be found.
    pub(super) fn or(self, other: &Self) -> Self {
        match (self, other) {
            (Self::Only(mut questions), Self::Only(others)) => {
                questions.extend(others);
                questions.sort_unstable();
                questions.dedup();
                Self::Only(questions)
            }
            _ => Self::All,
        }
    }

    fn allow(&self, question: Option<usize>) -> bool {
        match self {
            Self::All => true,
            Self::Only(questions) => question.is_some_and(|question| questions.binary_search(&question).is_ok()),
        }
    }
}
