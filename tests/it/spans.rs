//! The conformance suite: `tests/patterns/*.toml`, run on every engine. `tests/patterns/README.md` tells the format.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use qualcode::pattern::{CasePolicy, Node, ParseOptions, parse};
use qualcode::span::{
    DictionaryRange, Evaluator, LeafTable, Leaves, MemoryLeaves, Span, Spans, TurnTokens, WordMatcher, resolve,
};
use qualcode::store::{Block, BlockLeaves, Vocabulary};
use qualcode::text::{ByteSpan, SentenceSplitter, fold, form, token_spans};
use serde::Deserialize;

use crate::indexed::Indexed;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "case")]
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    pattern: Option<String>,
    #[serde(default)]
    patterns: Vec<String>,
    text: Option<String>,
    #[serde(default)]
    turns: Vec<String>,
    #[serde(default)]
    case: Policy,
    #[serde(default = "english")]
    language: String,
    #[serde(default)]
    codes: BTreeMap<String, Vec<String>>,
    spans: Option<Vec<String>>,
    #[serde(default)]
    by: Vec<usize>,
    error: Option<String>,
}

#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Policy {
    #[default]
    Smart,
    Insensitive,
    Sensitive,
}

fn english() -> String {
    "en".to_owned()
}

/// What an engine is asked: the spans of some patterns in some turns.
pub(crate) struct Question<'q> {
    pub(crate) table: &'q LeafTable,
    pub(crate) trees: &'q [Node],
    pub(crate) language: &'q str,
    pub(crate) turns: &'q [&'q str],
    pub(crate) codes: &'q HashMap<String, Spans>,
}

impl Question<'_> {
    /// The spans of every pattern by the algebra over `leaves`.
    pub(crate) fn evaluate<L: Leaves>(&self, leaves: &L) -> Result<Vec<Spans>, L::Error> {
        let evaluator = Evaluator::new(self.table, leaves);
        let codes = |id: &str| self.codes.get(id).map_or(&[][..], Vec::as_slice);
        self.trees.iter().map(|tree| evaluator.evaluate(tree, &codes).map(|spans| spans.into_owned())).collect()
    }
}

/// A way from patterns and texts to spans, or to an error message.
type Engine = fn(&Question<'_>) -> Result<Vec<Spans>, String>;

/// Every engine that must pass the suite.
const ENGINES: &[(&str, Engine)] = &[
    ("texts in memory", from_text),
    ("tokens in memory", from_tokens),
    ("sorted dictionary", from_dictionary),
    ("store", from_store),
];

fn from_text(question: &Question<'_>) -> Result<Vec<Spans>, String> {
    let leaves = MemoryLeaves::from_text(question.table, question.language, question.turns)
        .map_err(|error| error.to_string())?;
    let Ok(spans) = question.evaluate(&leaves);
    Ok(spans)
}

fn from_tokens(question: &Question<'_>) -> Result<Vec<Spans>, String> {
    let turns = question.turns.iter().map(|text| tokenised(text, question.language));
    let leaves = MemoryLeaves::new(question.table, question.language, turns).map_err(|error| error.to_string())?;
    let Ok(spans) = question.evaluate(&leaves);
    Ok(spans)
}

fn tokenised(text: &str, language: &str) -> TurnTokens {
    let mut starts = Vec::new();
    SentenceSplitter::new(language).expect("a language code").starts(text, 0, &mut starts);
    let tokens = tokens(text);
    let sentence_of = |token: &ByteSpan| starts.iter().filter(|&&start| start <= token.start).count();
    let first = |&token: &usize| token == 0 || sentence_of(&tokens[token]) != sentence_of(&tokens[token - 1]);
    let sentence_starts = (0..tokens.len()).filter(first).map(|token| token as u32).collect();
    let forms = tokens.iter().map(|token| form(token.of(text)).into_owned());
    TurnTokens { tokens: forms.map(|form| (fold(&form).into_owned(), form)).collect(), sentence_starts }
}

/// Looks words up by [`DictionaryRange`], as an index does.
struct Dictionary {
    matchers: Vec<WordMatcher>,
    words: BTreeMap<(String, String), Spans>,
    sentence_starts: Vec<Vec<u32>>,
}

impl Leaves for Dictionary {
    type Error = String;

    fn spans(&self, leaf: u32) -> Result<Spans, String> {
        let matcher = &self.matchers[leaf as usize];
        let range = matcher.dictionary_range();
        let in_range = |fold: &str, form: &str| match &range {
            DictionaryRange::Exact { fold: wanted, form: None } => fold == wanted,
            DictionaryRange::Exact { fold: wanted, form: Some(exact) } => fold == wanted && form == exact,
            DictionaryRange::Prefix { fold: prefix } => fold.starts_with(prefix),
            DictionaryRange::Scan => matcher.matches(fold, form),
        };
        let mut spans = Spans::new();
        for ((fold, form), places) in &self.words {
            if in_range(fold, form) != matcher.matches(fold, form) {
                return Err(format!("{range:?} and the matcher differ on {form}"));
            }
            if in_range(fold, form) {
                spans.extend(places);
            }
        }
        spans.sort();
        Ok(spans)
    }

    fn sentence_starts(&self, turn: u32) -> &[u32] {
        &self.sentence_starts[turn as usize]
    }
}

fn from_dictionary(question: &Question<'_>) -> Result<Vec<Spans>, String> {
    let matchers = question.table.tests().iter().map(|test| WordMatcher::new(test, question.language));
    let matchers = matchers.collect::<Result<_, _>>().map_err(|error| error.to_string())?;
    let mut dictionary = Dictionary { matchers, words: BTreeMap::new(), sentence_starts: Vec::new() };
    for (turn, text) in (0..).zip(question.turns) {
        let tokens = tokenised(text, question.language);
        for (token, word) in (0..).zip(tokens.tokens) {
            dictionary.words.entry(word).or_default().push(Span::new(turn, token, token + 1));
        }
        dictionary.sentence_starts.push(tokens.sentence_starts);
    }
    question.evaluate(&dictionary)
}

/// Cases that [`from_store`] did not leave to another engine.
static ASKED_OF_STORES: AtomicUsize = AtomicUsize::new(0);

/// By a store of one transcript, a labelled paragraph for each turn. A text that a transcript gives other words to (an
/// event such as `[laughs]`, a turn of several paragraphs) is left to the other engines.
fn from_store(question: &Question<'_>) -> Result<Vec<Spans>, String> {
    let indexed = Indexed::new(question.language);
    let paragraph = |(turn, text): (usize, &&str)| format!("{}: {text}\n\n", ["Ann", "Bob"][turn % 2]);
    indexed.write("a.txt", &question.turns.iter().enumerate().map(paragraph).collect::<String>());
    indexed.update(1).map_err(|error| error.to_string())?;
    if indexed.passages().concat() != question.turns {
        return from_text(question);
    }
    ASKED_OF_STORES.fetch_add(1, Ordering::Relaxed);
    let snapshot = indexed.snapshot();
    let vocabulary = Vocabulary::look_up(&snapshot, question.table).map_err(|error| error.to_string())?;
    let block = Block::load(&snapshot, 0..1);
    let leaves = BlockLeaves::new(&block, &vocabulary).map_err(|error| error.to_string())?;
    question.evaluate(&leaves).map_err(|error| error.to_string())
}

fn tokens(text: &str) -> Vec<ByteSpan> {
    let mut tokens = Vec::new();
    token_spans(text, 0, &mut tokens);
    tokens
}

/// A span as the files write it.
fn written(span: Span, turns: &[&str]) -> String {
    let text = turns[span.turn as usize];
    let tokens = tokens(text);
    let (first, last) = (tokens[span.start as usize], tokens[span.end as usize - 1]);
    let words: Vec<&str> = text[first.start as usize..last.end as usize].split_whitespace().collect();
    let turn = if turns.len() > 1 { format!("turn {}, ", span.turn) } else { String::new() };
    format!("{turn}{}-{}: {}", span.start, span.end, words.join(" "))
}

/// The span that a file writes, if it is written as it must be.
fn read(line: &str, turns: &[&str]) -> Result<Span, String> {
    let bad = || format!("{line:?} is no span; write it as \"0-2: IT manager\" or \"turn 1, 0-2: IT manager\"");
    let (place, _) = line.split_once(':').ok_or_else(bad)?;
    let (turn, range) = match place.split_once(", ") {
        Some((turn, range)) => (turn.strip_prefix("turn ").and_then(|turn| turn.parse().ok()).ok_or_else(bad)?, range),
        None => (0, place),
    };
    let (start, end) = range.split_once('-').ok_or_else(bad)?;
    let (start, end): (u32, u32) = (start.parse().map_err(|_| bad())?, end.parse().map_err(|_| bad())?);
    let length = turns.get(turn as usize).map_or(0, |text| tokens(text).len());
    if start >= end || end as usize > length {
        return Err(format!("{line:?} is out of the {length} words of its turn"));
    }
    let span = Span::new(turn, start, end);
    match written(span, turns) {
        correct if correct == line => Ok(span),
        correct => Err(format!("{line:?} should be written {correct:?}")),
    }
}

fn options(policy: Policy) -> ParseOptions {
    let case = match policy {
        Policy::Smart => CasePolicy::Smart,
        Policy::Insensitive => CasePolicy::Insensitive,
        Policy::Sensitive => CasePolicy::Sensitive,
    };
    ParseOptions { case, cue: false }
}

/// The trees of the patterns, or the messages of everything that is wrong with them.
fn trees(case: &Case, patterns: &[&str]) -> Result<Vec<Node>, String> {
    let mut trees = Vec::new();
    let mut messages = String::new();
    for pattern in patterns {
        match parse(pattern, &options(case.case)) {
            Ok(parsed) => trees.push(parsed.tree),
            Err(faults) => faults.iter().for_each(|fault| {
                writeln!(messages, "{} {}; {}", fault.code, fault.message, fault.mend).expect("a string grows");
            }),
        }
    }
    if messages.is_empty() { Ok(trees) } else { Err(messages) }
}

fn run(case: &Case, engine: Engine) -> Result<(), String> {
    let patterns: Vec<&str> = case.pattern.iter().chain(&case.patterns).map(String::as_str).collect();
    if patterns.is_empty() || case.pattern.is_some() != case.patterns.is_empty() {
        return Err("give either `pattern` or `patterns`".to_owned());
    }
    let turns: Vec<&str> = case.text.iter().chain(&case.turns).map(String::as_str).collect();
    let trees = match (trees(case, &patterns), &case.error) {
        (Ok(trees), _) => trees,
        (Err(messages), Some(part)) if messages.contains(part.as_str()) => return Ok(()),
        (Err(messages), _) => return Err(format!("the pattern is refused: {messages}")),
    };
    let mut codes = HashMap::new();
    for (id, lines) in &case.codes {
        codes.insert(id.clone(), lines.iter().map(|line| read(line, &turns)).collect::<Result<Spans, _>>()?);
    }
    let mut table = LeafTable::default();
    trees.iter().for_each(|tree| table.add(tree));
    let question = Question { table: &table, trees: &trees, language: &case.language, turns: &turns, codes: &codes };
    let found = match (engine(&question), &case.error) {
        (Ok(_), Some(part)) => return Err(format!("there should be an error with {part:?}")),
        (Ok(found), None) => found,
        (Err(message), Some(part)) if message.contains(part.as_str()) => return Ok(()),
        (Err(message), _) => return Err(format!("there is an error: {message}")),
    };
    compare(case, &turns, found)
}

fn compare(case: &Case, turns: &[&str], found: Vec<Spans>) -> Result<(), String> {
    let Some(lines) = &case.spans else {
        return Err("give `spans` or `error`".to_owned());
    };
    if turns.is_empty() || (case.text.is_some() && !case.turns.is_empty()) {
        return Err("give either `text` or `turns`".to_owned());
    }
    for line in lines {
        read(line, turns)?;
    }
    let (spans, by): (Spans, Vec<usize>) = if case.pattern.is_some() {
        (found.into_iter().flatten().collect(), Vec::new())
    } else {
        let numbered = (1..).zip(found).flat_map(|(number, spans)| spans.into_iter().map(move |span| (span, number)));
        resolve(numbered.collect()).into_iter().unzip()
    };
    let spans: Vec<String> = spans.into_iter().map(|span| written(span, turns)).collect();
    if &spans != lines {
        return Err(format!("expected {lines:?}\n      found {spans:?}"));
    }
    if by != case.by {
        return Err(format!("expected patterns {:?}\n      found {by:?}", case.by));
    }
    Ok(())
}

#[test]
fn every_engine_passes_every_case() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/patterns");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("the folder of cases").map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    let (mut total, mut failures) = (0, String::new());
    for path in files {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let text = fs::read_to_string(&path).expect("a readable file");
        let cases = toml::from_str::<File>(&text).unwrap_or_else(|error| panic!("{file}: {error}")).cases;
        let mut names = BTreeSet::new();
        for case in &cases {
            total += 1;
            assert!(names.insert(&case.name), "{file}: two cases have the name {:?}", case.name);
            for (engine, find) in ENGINES {
                if let Err(failure) = run(case, *find) {
                    writeln!(failures, "{file}: {} ({engine})\n      {failure}", case.name).expect("a string grows");
                }
            }
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
    assert!(total >= 170, "only {total} cases were found");
    let asked = ASKED_OF_STORES.load(Ordering::Relaxed);
    assert!(asked * 10 > total * 8, "only {asked} of {total} cases were asked of a store");
}
