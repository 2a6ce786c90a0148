//! The speakers' labels of all documents, held against each other.

use std::collections::HashMap;

use super::empty_turns;
use super::false_speakers;
use super::finding::Finding;
use super::interviewers;
use super::spelling::{Likeness, Spelled};
use super::start::Suggestion;
use super::unlabelled;
use super::voices::{Voice, Voices};
use crate::corpus::{Role, RoleRules, Speakers};

/// Labels of a document, and of the corpus, that others are compared with: the busiest. More would take the square
/// of their number.
const COMPARED_IN_DOCUMENT: usize = 200;
const COMPARED_IN_CORPUS: usize = 1_000;
/// How many times more turns than its misspelling a label has, at least, and how many turns.
const MORE: u32 = 4;
const ENOUGH: u32 = 4;
/// The same across documents, where a name has more chances to be another person's.
const MORE_IN_CORPUS: u64 = 10;
const DOCUMENTS_IN_CORPUS: u32 = 3;
const LETTERS_IN_CORPUS: usize = 8;
/// Turns of a document in which a label that occurs once is worth a note.
const TURNS_FOR_ONCE: u32 = 10;

/// The labels of the documents of a corpus.
#[derive(Debug, Default)]
pub struct Labels {
    documents: Vec<Voices>,
}

/// What the labels of a corpus show.
#[derive(Debug, Default)]
pub struct LabelFindings {
    /// What looks wrong.
    pub findings: Vec<Finding>,
    /// Which label is probably another one.
    pub(super) suggestions: Vec<Suggestion>,
}

/// A label of the whole corpus.
#[derive(Debug, Default, Clone, Copy)]
struct Heard {
    turns: u64,
    documents: u32,
}

impl Labels {
    /// Adds the labels of a document; documents come in order of their ids.
    pub fn add(&mut self, voices: Voices) {
        self.documents.push(voices);
    }

    /// The labels, by document.
    pub fn documents(&self) -> &[Voices] {
        &self.documents
    }

    /// What looks wrong. A label with a row in `speakers.csv` is known to the researcher and is not told. Without
    /// `rules` nothing is known of interviewers. `is_interview` says which documents are interviews.
    pub fn findings(
        &self,
        speakers: &Speakers,
        rules: Option<&RoleRules>,
        is_interview: impl Fn(&str) -> bool,
    ) -> LabelFindings {
        let heard = self.heard(speakers);
        let busiest = busiest(&heard);
        let mut found = LabelFindings::default();
        for voices in &self.documents {
            Document { voices: &merged(voices, speakers), speakers, heard: &heard }.look(&busiest, &mut found);
        }
        if let Some(rules) = rules {
            let asks = |voices: &Voices| {
                let is_interviewer = |voice: &Voice| {
                    let who = speakers.who(&voices.document, &voice.label);
                    rules.role_of(who.name, who.row) == Role::Interviewer
                };
                !is_interview(&voices.document) || voices.labels.iter().any(is_interviewer)
            };
            found.findings.extend(interviewers::find(&self.documents, asks));
        }
        found.findings.extend(unlabelled::find(&self.documents));
        let name = |voices: &Voices, label| speakers.who(&voices.document, label).name;
        let silent = empty_turns::never_speaking(&self.documents, name);
        found.findings.extend(silent);
        found
    }

    /// Every name of the corpus.
    fn heard(&self, speakers: &Speakers) -> HashMap<String, Heard> {
        let mut heard: HashMap<String, Heard> = HashMap::new();
        for voices in &self.documents {
            for voice in merged(voices, speakers).labels {
                let heard = heard.entry(voice.label).or_default();
                heard.turns += u64::from(voice.turns);
                heard.documents += 1;
            }
        }
        heard
    }
}

/// The busiest names that are in several documents.
fn busiest(heard: &HashMap<String, Heard>) -> Vec<(&str, Heard, Spelled)> {
    let mut names: Vec<(&str, Heard)> = heard
        .iter()
        .filter(|(_, heard)| heard.documents >= DOCUMENTS_IN_CORPUS)
        .map(|(name, heard)| (name.as_str(), *heard))
        .collect();
    names.sort_unstable_by_key(|(name, heard)| (std::cmp::Reverse(heard.turns), *name));
    names.truncate(COMPARED_IN_CORPUS);
    names.into_iter().map(|(name, heard)| (name, heard, Spelled::of(name))).collect()
}

/// A document's labels with those that `speakers.csv` says are one taken together.
fn merged(voices: &Voices, speakers: &Speakers) -> Voices {
    let mut merged = Voices { labels: Vec::with_capacity(voices.labels.len()), ..voices.clone() };
    let mut at: HashMap<&str, usize> = HashMap::new();
    for voice in &voices.labels {
        let name = speakers.who(&voices.document, &voice.label).name;
        match at.get(name).and_then(|&at| merged.labels.get_mut(at)) {
            Some(one) => {
                one.turns += voice.turns;
                one.empty += voice.empty;
            }
            None => {
                at.insert(name, merged.labels.len());
                merged.labels.push(Voice { label: name.to_owned(), ..voice.clone() });
            }
        }
    }
    merged
}

/// The labels of one document under the lens.
struct Document<'a> {
    voices: &'a Voices,
    speakers: &'a Speakers,
    heard: &'a HashMap<String, Heard>,
}

impl Document<'_> {
    fn look(&self, busiest: &[(&str, Heard, Spelled)], found: &mut LabelFindings) {
        let labels = &self.voices.labels;
        let spelled: Vec<Spelled> = labels.iter().map(|voice| Spelled::of(&voice.label)).collect();
        let mut busy: Vec<usize> = (0..labels.len()).collect();
        busy.sort_by_key(|&at| std::cmp::Reverse(labels[at].turns));
        busy.truncate(COMPARED_IN_DOCUMENT);
        let most = busy.first().map_or(0, |&at| labels[at].turns);
        let mut once: Vec<&Voice> = Vec::new();
        for (at, voice) in labels.iter().enumerate() {
            if voice.empty == voice.turns || self.speakers.lookup(&self.voices.document, &voice.label).is_some() {
                continue;
            }
            let heard = self.heard.get(&voice.label).copied().unwrap_or_default();
            let meant =
                self.meant_here(at, &spelled, &busy).or_else(|| self.meant_elsewhere(&spelled[at], heard, busiest));
            if let Some((other, likeness)) = meant {
                found.findings.push(self.written_otherwise(voice, &other, likeness));
                let Voices { document, .. } = self.voices;
                found.suggestions.push(Suggestion {
                    document: document.clone(),
                    label: voice.label.clone(),
                    same_as: other.name,
                });
            } else if false_speakers::is_false(&voice.label, heard.turns, most) {
                found.findings.push(self.hardly_a_speaker(voice));
            } else if heard.turns == 1 && self.voices.turns >= TURNS_FOR_ONCE {
                once.push(voice);
            }
        }
        found.findings.extend(self.occur_once(&once));
    }

    /// The label of the same document that the one at `at` probably is.
    fn meant_here(&self, at: usize, spelled: &[Spelled], busy: &[usize]) -> Option<(Other, Likeness)> {
        let labels = &self.voices.labels;
        let turns = labels[at].turns;
        let candidates = busy.iter().filter(|&&other| other != at).filter_map(|&other| {
            let there = labels[other].turns;
            let likeness = spelled[at].likeness(&spelled[other])?;
            let is_meant = match likeness {
                Likeness::Variant => (there, at) > (turns, other),
                Likeness::Misspelling => there >= ENOUGH && there / MORE >= turns,
                Likeness::Short => there / 2 >= turns,
            };
            is_meant.then(|| (Other { name: labels[other].label.clone(), turns: there, documents: None }, likeness))
        });
        let candidates: Vec<(Other, Likeness)> = candidates.collect();
        let first = candidates.iter().find(|(_, likeness)| *likeness != Likeness::Short);
        // "Anna" may be Anna Berg or Anna Holm.
        let only = if candidates.len() == 1 { candidates.first() } else { None };
        first.or(only).cloned()
    }

    /// The label of other documents that this one probably is.
    fn meant_elsewhere(
        &self,
        spelled: &Spelled,
        heard: Heard,
        busiest: &[(&str, Heard, Spelled)],
    ) -> Option<(Other, Likeness)> {
        if spelled.key.chars().count() < LETTERS_IN_CORPUS {
            return None;
        }
        let known_here = |name: &str| self.voices.labels.iter().any(|voice| voice.label == name);
        let (name, there, likeness) = busiest.iter().find_map(|(name, there, other)| {
            let is_rare = there.turns / MORE_IN_CORPUS >= heard.turns && there.documents / MORE >= heard.documents;
            let likeness = if !is_rare {
                return None;
            } else if other.key == spelled.key {
                Likeness::Variant
            } else if spelled.is_misspelling_of(other) {
                Likeness::Misspelling
            } else {
                return None;
            };
            (!known_here(name)).then_some((*name, there, likeness))
        })?;
        let turns = u32::try_from(there.turns).unwrap_or(u32::MAX);
        Some((Other { name: name.to_owned(), turns, documents: Some(there.documents) }, likeness))
    }

    fn place(&self) -> (&str, &str) {
        (&self.voices.document, &self.voices.path)
    }

    fn written_otherwise(&self, voice: &Voice, other: &Other, likeness: Likeness) -> Finding {
        let looks = match likeness {
            Likeness::Variant => "looks like another way to write",
            Likeness::Misspelling => "looks like a misspelling of",
            Likeness::Short => "looks like a short form of",
        };
        let code = if likeness == Likeness::Misspelling { "L001" } else { "L002" };
        let there = match other.documents {
            None => format!("{} here", turns(other.turns)),
            Some(documents) => format!("{} in {documents} other documents", turns(other.turns)),
        };
        let message = format!("\"{}\" ({}) {looks} \"{}\" ({there})", voice.label, turns(voice.turns), other.name);
        let mend = format!(
            "correct the label, or give it a row in speakers.csv: with same_as \"{}\" if it is the same person, without if not",
            other.name
        );
        Finding::warning(code, self.place(), message, mend).in_turn(voice.turn).at_line(voice.line)
    }

    fn hardly_a_speaker(&self, voice: &Voice) -> Finding {
        let message = format!("\"{}\" ({}) hardly is a speaker", voice.label, turns(voice.turns));
        let mend = "take the colon away if these are words of the speaker before; if somebody is called that, give the label a row in speakers.csv";
        Finding::warning("L004", self.place(), message, mend).in_turn(voice.turn).at_line(voice.line)
    }

    fn occur_once(&self, once: &[&Voice]) -> Option<Finding> {
        let first = once.first()?;
        let names: Vec<String> = once.iter().take(5).map(|voice| format!("\"{}\"", voice.label)).collect();
        let more =
            if once.len() > names.len() { format!(" and {} more", once.len() - names.len()) } else { String::new() };
        let message = match once.len() {
            1 => format!("{} speaks once and nowhere else", names.concat()),
            _ => format!("these labels speak once and nowhere else: {}{more}", names.join(", ")),
        };
        let mend = "nothing needs mending if they are people; correct a label that should be another";
        Some(Finding::warning("L003", self.place(), message, mend).in_turn(first.turn).at_line(first.line).noted())
    }
}

/// A label that another one probably is.
#[derive(Debug, Clone)]
struct Other {
    name: String,
    turns: u32,
    /// If it is not in the same document.
    documents: Option<u32>,
}

fn turns(count: u32) -> String {
    if count == 1 { "1 turn".to_owned() } else { format!("{count} turns") }
}
