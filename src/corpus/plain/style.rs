//! Which candidates are labels: decided for the whole document, because one line alone cannot tell a speaker from
//! "one thing: …".
//!
//! A name is *established* by evidence: it is a usual interviewer label, it stands beside a timestamp, or it recurs
//! at the start of lines. The style of the established names is the document's. A name that occurs once is a label
//! if it begins a block in that style and is written like a name, every word with a capital.

use std::collections::HashMap;

use super::label::Candidate;
use crate::corpus::role;

/// A candidate and where it stands.
#[derive(Debug)]
pub(super) struct Placed<'a> {
    /// Number of its line in the document, from 0.
    pub(super) line: usize,
    /// Whether it begins a block, or follows a line that ends in a full stop or the like.
    pub(super) opens: bool,
    /// The candidate.
    pub(super) candidate: Candidate<'a>,
}

/// What was decided.
#[derive(Debug, Default)]
pub(super) struct Decision {
    /// For each candidate, whether it is a label.
    pub(super) labels: Vec<bool>,
    /// The first candidates that are written like labels and were taken for words: index.
    pub(super) doubtful: Vec<usize>,
}

/// Names that head a document's particulars or an aside, and never a speaker.
const NO_SPEAKERS: &[&str] = &[
    "action", "actions", "address", "aside", "background", "comment", "comments", "copyright", "date", "date of interview", "duration", "e.g",
    "editor's note", "example", "examples", "fax", "file", "file name", "for example", "i.e", "important", "interview date", "interview no",
    "interview number", "keywords", "language", "length", "location", "my point", "my question", "n.b", "nb", "note", "notes", "p.s", "phone",
    "place", "problem", "project", "ps", "quote", "recorded", "recording", "related", "remark", "result", "see also", "side note", "source",
    "subject", "summary", "tel", "time", "title", "topic", "transcribed by", "transcript", "translation", "url", "version", "warning",
];

/// Words that begin a clause and hardly ever a name.
const OPENERS: &[&str] = &[
    "a", "also", "although", "an", "and", "another", "as", "at", "because", "but", "by", "can", "did", "do", "does", "first", "finally", "for",
    "from", "he", "her", "here", "here's", "his", "how", "however", "i", "i'd", "i'll", "i'm", "i've", "if", "in", "is", "it", "it's", "its",
    "last", "like", "maybe", "my", "next", "no", "not", "now", "of", "oh", "ok", "okay", "on", "or", "our", "part", "perhaps", "second", "she",
    "since", "so", "some", "step", "that", "that's", "their", "then", "there", "there's", "these", "they", "third", "this", "those", "thus",
    "to", "up", "was", "we", "we're", "we've", "well", "what", "what's", "when", "where", "which", "while", "who", "why", "with", "yeah", "yes",
    "yet", "you", "your", "und", "aber", "also", "dann", "och", "men", "så", "et", "mais", "donc", "y", "pero",
];

/// Words that end a clause which announces somebody's words.
const SAYERS: &[&str] = &[
    "add", "added", "adds", "answered", "answers", "ask", "asked", "asking", "asks", "is", "like", "posted", "posts", "read", "reads", "replied",
    "say", "saying", "says", "said", "thing", "things", "think", "this", "thought", "told", "was", "were", "write", "writes", "wrote",
];

/// Words inside a name that need no capital.
const PARTICLES: &[&str] = &[
    "&", "-", "af", "al", "and", "at", "av", "bin", "da", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du", "e", "el", "et",
    "for", "from", "in", "la", "le", "los", "of", "on", "och", "och", "ten", "ter", "the", "to", "und", "van", "von", "y", "zu",
];

#[derive(Default)]
struct Seen {
    marked: u32,
    plain: u32,
    timed: bool,
    opens: bool,
}

/// Decides which of `placed` are labels in a document of `blocks` blocks.
pub(super) fn decide(placed: &[Placed<'_>], blocks: usize) -> Decision {
    let mut names: HashMap<&str, Seen> = HashMap::new();
    for place in placed.iter().filter(|place| place.candidate.sure) {
        let seen = names.entry(place.candidate.name).or_default();
        if place.candidate.marked {
            seen.marked += 1;
        } else {
            seen.plain += 1;
        }
        seen.timed |= place.candidate.stamp.is_some();
        seen.opens |= place.opens;
    }
    let marked = Style::of(placed, &names, blocks, true);
    let style = if marked.in_use { marked } else { Style::of(placed, &names, blocks, false) };
    let mut decision = Decision::default();
    if !style.in_use {
        decision.labels = vec![false; placed.len()];
        return decision;
    }
    for (index, place) in placed.iter().enumerate() {
        let label = style.takes(place, &names);
        decision.labels.push(label);
        if !label && looks_like_one(place, &style) {
            decision.doubtful.push(index);
        }
    }
    decision
}

/// A label style of the document.
struct Style {
    marked: bool,
    in_use: bool,
    /// Whether most emphasised labels have their colon outside the emphasis.
    outside: bool,
    /// Nearly every block begins with a candidate, so that one more is a label, too.
    dense: bool,
}

impl Style {
    fn of(placed: &[Placed<'_>], names: &HashMap<&str, Seen>, blocks: usize, marked: bool) -> Self {
        let mut opening = 0;
        let mut outside = 0;
        let mut all = 0;
        for place in placed.iter().filter(|place| place.candidate.sure && place.candidate.marked == marked && may_speak(place.candidate.name)) {
            all += 1;
            opening += usize::from(place.opens && (marked || starts_upper(place.candidate.name)));
            outside += usize::from(place.candidate.outside);
        }
        let mut established = 0;
        let mut occurrences = 0;
        let mut known = 0;
        for (name, seen) in names.iter().filter(|(name, seen)| seen.established(name, marked)) {
            let count = if marked { seen.marked } else { seen.plain };
            established += 1;
            occurrences += count;
            known += if role::is_usual_interviewer(name) { count } else { 0 };
        }
        let covered = opening * 2 >= blocks && opening > 0;
        // One established name is a refrain as easily as a speaker, unless it asks the questions or fills the page.
        let in_use = covered || (marked && occurrences >= 2 && (established >= 2 || occurrences as usize * 5 >= blocks)) || known >= 2 || (established >= 2 && occurrences as usize * 50 >= blocks);
        Self { marked, in_use, outside: outside * 2 > all, dense: opening >= 3 && opening * 10 >= blocks * 9 }
    }

    fn takes(&self, place: &Placed<'_>, names: &HashMap<&str, Seen>) -> bool {
        let Candidate { name, marked, outside, sure, stamp, .. } = place.candidate;
        let seen = names.get(name);
        if seen.is_some_and(|seen| seen.established(name, self.marked)) {
            return true;
        }
        let Some(seen) = seen else { return false };
        if !may_speak(name) || !(place.opens || seen.opens) {
            return false;
        }
        if stamp.is_some() && sure {
            return is_title(name) || self.marked;
        }
        if marked != self.marked {
            // The usual slip, a name without its emphasis, is a label if the name is one elsewhere.
            return self.marked && seen.marked > 0 && is_title(name);
        }
        if marked {
            return outside == self.outside || is_title(name);
        }
        is_title(name) || (self.dense && starts_upper(name))
    }
}

impl Seen {
    fn established(&self, name: &str, marked: bool) -> bool {
        let count = if marked { self.marked } else { self.plain };
        if count == 0 {
            return false;
        }
        if role::is_usual_interviewer(name) {
            return true;
        }
        may_speak(name) && self.opens && (count >= 5 || (count >= 2 && (marked || starts_upper(name))) || (self.timed && starts_upper(name)))
    }
}

/// Worth telling: opens a block in the document's style with a capital, and was not taken.
fn looks_like_one(place: &Placed<'_>, style: &Style) -> bool {
    let Candidate { name, marked, sure, .. } = place.candidate;
    sure && place.opens && marked == style.marked && may_speak(name) && starts_upper(name) && !name.contains(',')
}

/// Whether no word of `name` speaks against a speaker.
fn may_speak(name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or("");
    let last = name.split_whitespace().next_back().unwrap_or("");
    if first.len() == name.len() && (role::is_usual_interviewer(name) || name.chars().count() == 1) {
        return true;
    }
    !is_any(OPENERS, first.trim_end_matches(',')) && !is_any(SAYERS, last) && !is_any(NO_SPEAKERS, name.trim_end_matches('.'))
}

fn starts_upper(name: &str) -> bool {
    name.chars().next().is_some_and(|first| !first.is_lowercase())
}

/// Whether every word but the particles begins with a capital, a digit, or a letter of a script without capitals.
fn is_title(name: &str) -> bool {
    !name.contains(',')
        && name.split_whitespace().enumerate().all(|(index, word)| {
            let first = word.chars().find(|c| c.is_alphanumeric());
            first.is_none_or(|first| !first.is_lowercase()) || (index > 0 && is_any(PARTICLES, word))
        })
}

fn is_any(list: &[&str], word: &str) -> bool {
    let word = word.replace('’', "'");
    list.iter().any(|entry| entry.eq_ignore_ascii_case(&word))
}
