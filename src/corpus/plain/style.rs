//! Which candidates are labels: decided for the whole document, because one line alone cannot tell a speaker from
//! "one thing: …".
//!
//! A name is *established* by evidence: it is a usual interviewer label, it stands beside a timestamp, or it recurs
//! at the start of lines. The style of the established names is the document's. A name that occurs once is a label
//! if it begins a block in that style and is written like a name, every word with a capital. Emphasis is the
//! stronger sign: where it is in use, a label without it is a slip and must be established with it.

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
    /// Whether it begins the first words of the document.
    pub(super) first: bool,
    /// Whether it is a label whatever the style of the document is.
    pub(super) certain: bool,
    /// The candidate.
    pub(super) candidate: Candidate<'a>,
}

/// What was decided.
#[derive(Debug, Default)]
pub(super) struct Decision {
    /// For each candidate, whether it is a label.
    pub(super) labels: Vec<bool>,
    /// If none is: the name that occurs most often, at least twice.
    pub(super) nearest: Option<String>,
    /// The first candidates that are written like labels and were taken for words: index.
    pub(super) doubtful: Vec<usize>,
}

/// Names that head a document's particulars or an aside, and never a speaker.
const NO_SPEAKERS: &[&str] = &[
    "action",
    "actions",
    "address",
    "aside",
    "background",
    "comment",
    "comments",
    "copyright",
    "date",
    "date of interview",
    "duration",
    "e.g",
    "editor's note",
    "example",
    "examples",
    "fax",
    "file",
    "file name",
    "for example",
    "i.e",
    "important",
    "interview date",
    "interview no",
    "interview number",
    "keywords",
    "language",
    "length",
    "location",
    "my point",
    "my question",
    "n.b",
    "nb",
    "note",
    "notes",
    "p.s",
    "phone",
    "place",
    "problem",
    "project",
    "ps",
    "quote",
    "recorded",
    "recording",
    "related",
    "remark",
    "result",
    "see also",
    "side note",
    "source",
    "subject",
    "summary",
    "tel",
    "time",
    "title",
    "topic",
    "transcribed by",
    "transcript",
    "translation",
    "url",
    "version",
    "warning",
];

/// Words that begin a clause and hardly ever a name.
const OPENERS: &[&str] = &[
    "a", "also", "although", "an", "and", "another", "as", "at", "because", "but", "by", "can", "did", "do", "does",
    "first", "finally", "for", "from", "he", "her", "here", "here's", "his", "how", "however", "i", "i'd", "i'll",
    "i'm", "i've", "if", "in", "is", "it", "it's", "its", "last", "like", "maybe", "my", "next", "no", "not", "now",
    "of", "oh", "ok", "okay", "on", "or", "our", "part", "perhaps", "second", "she", "since", "so", "some", "step",
    "that", "that's", "their", "then", "there", "there's", "these", "they", "third", "this", "those", "thus", "to",
    "up", "was", "we", "we're", "we've", "well", "what", "what's", "when", "where", "which", "while", "who", "why",
    "with", "yeah", "yes", "yet", "you", "your", "und", "aber", "also", "dann", "och", "men", "så", "et", "mais",
    "donc", "y", "pero",
];

/// Words that end a clause which announces somebody's words.
const SAYERS: &[&str] = &[
    "add", "added", "adds", "answered", "answers", "ask", "asked", "asking", "asks", "is", "like", "posted", "posts",
    "read", "reads", "replied", "say", "saying", "says", "said", "thing", "things", "think", "this", "thought", "told",
    "was", "were", "write", "writes", "wrote",
];

/// Words inside a name that need no capital.
const PARTICLES: &[&str] = &[
    "&", "-", "af", "al", "and", "at", "av", "bin", "da", "de", "del", "della", "den", "der", "des", "di", "do", "dos",
    "du", "e", "el", "et", "for", "from", "in", "la", "le", "los", "of", "on", "och", "och", "ten", "ter", "the", "to",
    "und", "van", "von", "y", "zu",
];

#[derive(Default)]
struct Seen {
    marked: u32,
    plain: u32,
    timed: bool,
    opens: bool,
}

/// How long a document is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    /// Blocks of words between blank lines.
    pub(super) blocks: usize,
    /// Lines that begin a block or follow the end of a sentence: where turns could begin.
    pub(super) openings: usize,
}

/// Decides which of `placed` are labels.
pub(super) fn decide(placed: &[Placed<'_>], size: Size) -> Decision {
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
    let marked = Style::of(placed, &names, size, true);
    let style = if marked.in_use { marked } else { Style::of(placed, &names, size, false) };
    let mut decision = Decision::default();
    if !style.in_use {
        decision.labels = vec![false; placed.len()];
        let often = names
            .iter()
            .map(|(name, seen)| (seen.marked + seen.plain, *name))
            .filter(|(count, name)| *count >= 2 && may_speak(name));
        decision.nearest = often.max().map(|(_, name)| name.to_owned());
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
    /// Nearly every block begins with a candidate, or only interviewers are established and somebody must answer
    /// them: a capital at the start is enough.
    generous: bool,
}

impl Style {
    fn of(placed: &[Placed<'_>], names: &HashMap<&str, Seen>, size: Size, marked: bool) -> Self {
        let mut opening = 0;
        let mut outside = 0;
        let mut all = 0;
        for place in placed
            .iter()
            .filter(|place| place.candidate.sure && place.candidate.marked == marked && may_speak(place.candidate.name))
        {
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
        let occurrences = occurrences as usize;
        let covered = opening * 2 >= size.blocks && opening > 0;
        let first = placed.first().is_some_and(|place| {
            place.first && place.candidate.marked && place.candidate.sure && is_title(place.candidate.name)
        });
        // One established name is a refrain as easily as a speaker, and so are a few among many lines (numbered
        // points, sources): they must ask the questions or fill the page.
        let in_use = covered
            || known >= 2
            || if marked {
                first || occurrences >= 2 && (established >= 2 || occurrences * 5 >= size.blocks)
            } else {
                established >= 2 && occurrences * 20 >= size.openings
            };
        Self {
            marked,
            in_use,
            outside: outside * 2 > all,
            generous: (opening >= 3 && opening * 4 >= size.blocks * 3) || (known > 0 && known as usize == occurrences),
        }
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
            return is_title(name) || marked;
        }
        if marked != self.marked {
            // The usual slip, a name without its emphasis, is a label if the name is one elsewhere.
            return self.marked && seen.marked > 0 && is_title(name);
        }
        if marked {
            return outside == self.outside || (is_title(name) && name.contains(' '));
        }
        is_title(name) || (self.generous && starts_upper(name))
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
        // Nobody emphasises the same clause twice, and no clause has capitals throughout: `On Freund` is a name.
        let name_like = may_speak(name) || (count >= 2 && (marked || (name.contains(' ') && is_title(name))));
        name_like
            && self.opens
            && (count >= 5 || (count >= 2 && (marked || starts_upper(name))) || (self.timed && starts_upper(name)))
    }
}

/// Worth telling: opens a block in the document's style with a capital, and was not taken.
fn looks_like_one(place: &Placed<'_>, style: &Style) -> bool {
    let Candidate { name, marked, sure, .. } = place.candidate;
    sure && place.opens && marked == style.marked && may_speak(name) && starts_upper(name) && !name.contains(',')
}

/// Whether `name` is written like a speaker's: with a capital in each word, and with no word that speaks against it.
pub fn is_like_a_name(name: &str) -> bool {
    may_speak(name) && is_title(name)
}

/// Whether no word of `name` speaks against a speaker.
pub(in crate::corpus) fn may_speak(name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or("");
    let last = name.split_whitespace().next_back().unwrap_or("");
    if first.len() == name.len() && (role::is_usual_interviewer(name) || name.chars().count() == 1) {
        return true;
    }
    // "IT manager" does not begin with "it".
    let opener =
        is_any(OPENERS, first.trim_end_matches(',')) && !(first.len() > 1 && first.chars().all(char::is_uppercase));
    !opener && !is_any(SAYERS, last) && !is_any(NO_SPEAKERS, name.trim_end_matches('.'))
}

fn starts_upper(name: &str) -> bool {
    name.chars().next().is_some_and(|first| !first.is_lowercase())
}

/// Whether every word but the particles begins with a capital, a digit, or a letter of a script without capitals.
fn is_title(name: &str) -> bool {
    !name.contains(',')
        && name.contains(char::is_alphabetic)
        && name.split_whitespace().enumerate().all(|(index, word)| {
            let first = word.chars().find(|c| c.is_alphanumeric());
            first.is_none_or(|first| !first.is_lowercase()) || (index > 0 && is_any(PARTICLES, word))
        })
}

fn is_any(list: &[&str], word: &str) -> bool {
    let word = word.replace('’', "'");
    list.iter().any(|entry| entry.eq_ignore_ascii_case(&word))
}
