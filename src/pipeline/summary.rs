//! What a person wants to read when a run is done.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::codebook::Codebook;
use crate::coding::{CodedDocument, CodedTurn};
use crate::corpus::Role;
use crate::stats::Association;
use crate::tables::TableOptions;

/// Pairs of codes that the summary names at most.
const PAIRS: usize = 5;
/// Exchanges that a pair must share to be named; fewer are anecdotes.
const SHARED: u64 = 3;

/// What was found, in numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// Documents.
    pub documents: u64,
    /// Cases with a turn of the roles that count.
    pub cases: u64,
    /// Words of the turns that count.
    pub words: u64,
    /// Codings that count.
    pub codings: u64,
    /// Codings in turns of other roles, such as the interviewer's.
    pub uncounted: u64,
    /// Codes with a coding that counts.
    pub codes_found: u64,
    /// All codes.
    pub codes: u64,
    /// The strongest pairs of codes in exchanges, by Jaccard's coefficient.
    pub pairs: Vec<StrongPair>,
    /// Labels of the tracks without a coding that counts.
    pub empty_tracks: Vec<String>,
    /// Labels of the codes without a coding that counts.
    pub empty_codes: Vec<String>,
}

/// Two codes that often come together.
#[derive(Debug, Clone, PartialEq)]
pub struct StrongPair {
    /// Label of the one.
    pub a: String,
    /// Label of the other.
    pub b: String,
    /// Exchanges with both.
    pub together: u64,
    /// Exchanges with either.
    pub either: u64,
    /// Jaccard's coefficient.
    pub jaccard: f64,
}

/// Counts the summary while blocks go by.
#[derive(Debug)]
pub(super) struct Tally<'c> {
    codebook: &'c Codebook,
    roles: Vec<Role>,
    documents: u64,
    words: u64,
    uncounted: u64,
    /// Hashes of their names, which take a tenth of the room: of a million names two have the same hash in one of
    /// thirty million corpora.
    cases: HashSet<u64>,
    codings: Vec<u64>,
    exchanges: Vec<u64>,
    pairs: HashMap<(usize, usize), u64>,
    units: u64,
}

impl<'c> Tally<'c> {
    pub(super) fn new(codebook: &'c Codebook, options: &TableOptions) -> Self {
        Self {
            codebook,
            roles: options.roles.clone().unwrap_or_else(|| codebook.roles.clone()),
            documents: 0,
            words: 0,
            uncounted: 0,
            cases: HashSet::new(),
            codings: vec![0; codebook.codes.len()],
            exchanges: vec![0; codebook.codes.len()],
            pairs: HashMap::new(),
            units: 0,
        }
    }

    pub(super) fn add(&mut self, documents: &[CodedDocument]) {
        for document in documents {
            self.documents += 1;
            let mut last_exchange = None;
            for turn in document.turns.iter().filter(|turn| counts(turn, &self.roles)) {
                self.words += u64::from(turn.words);
                // The turns of an exchange follow one another.
                self.units += u64::from(last_exchange.replace(turn.exchange) != Some(turn.exchange));
                self.cases.extend(turn.case.as_ref().map(hash));
            }
            self.add_codings(document);
        }
    }

    fn add_codings(&mut self, document: &CodedDocument) {
        let mut present: Vec<(u32, usize)> = Vec::new();
        for coding in &document.codings {
            let turn = &document.turns[coding.turn];
            if coding.counted && counts(turn, &self.roles) {
                self.codings[coding.code] += 1;
                present.push((turn.exchange, coding.code));
            } else {
                self.uncounted += 1;
            }
        }
        present.sort_unstable();
        present.dedup();
        for codes in present.chunk_by(|one, next| one.0 == next.0) {
            for (at, &(_, a)) in codes.iter().enumerate() {
                self.exchanges[a] += 1;
                for &(_, b) in &codes[at + 1..] {
                    *self.pairs.entry((a, b)).or_default() += 1;
                }
            }
        }
    }

    pub(super) fn finish(self) -> Summary {
        let found = |code: usize| self.codings[code] > 0;
        let codes = &self.codebook.codes;
        let empty_tracks = self.codebook.tracks.iter().enumerate().filter(|(track, _)| {
            !codes.iter().enumerate().any(|(code, entry)| entry.tracks.contains(track) && found(code))
        });
        Summary {
            documents: self.documents,
            cases: self.cases.len() as u64,
            words: self.words,
            codings: self.codings.iter().sum(),
            uncounted: self.uncounted,
            codes_found: (0..codes.len()).filter(|&code| found(code)).count() as u64,
            codes: codes.len() as u64,
            empty_tracks: empty_tracks.map(|(_, track)| track.label.clone()).collect(),
            empty_codes: (0..codes.len()).filter(|&code| !found(code)).map(|code| codes[code].label.clone()).collect(),
            pairs: self.strongest(),
        }
    }

    fn strongest(&self) -> Vec<StrongPair> {
        let mut common: Vec<_> = self.pairs.iter().filter(|&(_, &together)| together >= SHARED).collect();
        common.sort_unstable();
        let mut pairs: Vec<StrongPair> = common
            .into_iter()
            .filter_map(|(&(a, b), &together)| {
                let (n_a, n_b) = (self.exchanges[a], self.exchanges[b]);
                let jaccard = Association::of(self.units.max(n_a + n_b - together), n_a, n_b, together).jaccard?;
                let label = |code: usize| self.codebook.codes[code].label.clone();
                Some(StrongPair { a: label(a), b: label(b), together, either: n_a + n_b - together, jaccard })
            })
            .collect();
        pairs.sort_by(|x, y| y.jaccard.total_cmp(&x.jaccard).then(y.together.cmp(&x.together)));
        pairs.truncate(PAIRS);
        pairs
    }
}

fn hash(case: &String) -> u64 {
    let mut hasher = DefaultHasher::new();
    case.hash(&mut hasher);
    hasher.finish()
}

fn counts(turn: &CodedTurn, roles: &[Role]) -> bool {
    roles.contains(&turn.role) && turn.words > 0 && !turn.backchannel
}
