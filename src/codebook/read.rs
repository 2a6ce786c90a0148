//! From the parsed file to the checked codebook: names become positions, and names that lead nowhere are recorded.
//!
//! Wrong types and missing keys have been recorded before (by [`super::structure`]); here they count as left out,
//! so that everything else is still checked.

use std::collections::{BTreeMap, HashMap};

use jsonc_parser::ast::{Object, StringLit};
use jsonc_parser::common::Ranged;

use crate::corpus::Role;
use crate::pattern::{CasePolicy, words};
use crate::text::{SentenceSplitter, Stemmer};

use super::checked::{Codebook, Question, Theme, Track};
use super::faults::Faults;
use super::json;
use super::pattern::{PatternReader, PatternSite};
use super::spell;
use super::{code, order};

/// The fault of a question id that is used twice.
const QUESTION: &str = "C015";
/// Columns that stand beside a column for each code, or for each theme or track.
const COLUMNS: [&str; 9] = ["case", "document", "id", "question", "role", "speaker", "unit", "unit_id", "words"];

/// The ids of a list and their positions.
pub(super) struct Names {
    positions: BTreeMap<String, usize>,
}

/// Where the entries of a codebook stand in the file, in bytes.
pub(super) struct Sites {
    pub(super) tracks: Vec<usize>,
    pub(super) themes: Vec<usize>,
    pub(super) codes: Vec<usize>,
    /// Of every code, its patterns.
    pub(super) patterns: Vec<Vec<PatternSite>>,
}

/// Whether an id would be mistaken for a column that stands beside it in the tables.
pub(super) fn is_column(id: &str) -> bool {
    COLUMNS.iter().any(|column| column.eq_ignore_ascii_case(id))
}

impl Names {
    /// The ids of objects; those that stand twice are recorded under `code`.
    fn collect<'o, 'a: 'o>(
        objects: &[&'o Object<'a>],
        kind: &str,
        code: &'static str,
        faults: &mut Faults<'_>,
    ) -> Self {
        let mut positions = BTreeMap::new();
        for (position, object) in objects.iter().enumerate() {
            let Some(literal) = json::string(object, "id") else { continue };
            let id = literal.value.to_string();
            if code != QUESTION && is_column(&id) {
                let message =
                    format!("the {kind} id \"{id}\" is the name of a column that stands beside it in the tables");
                faults.error("C029", literal.start(), message, format!("write another id, such as \"{id}-{kind}\""));
            }
            if positions.contains_key(&id) {
                let mend = "give one of the two another id, or take it out";
                faults.error(code, literal.start(), format!("the {kind} id \"{id}\" is used twice"), mend);
                continue;
            }
            positions.insert(id, position);
        }
        Self { positions }
    }

    /// The position of an id.
    pub(super) fn position(&self, id: &str) -> Option<usize> {
        self.positions.get(id).copied()
    }

    /// The position of the id in a literal; one that leads nowhere is recorded, unless there are no names at all
    /// (then the list itself is what is wrong).
    pub(super) fn find(
        &self,
        literal: &StringLit<'_>,
        kind: &str,
        code: &'static str,
        faults: &mut Faults<'_>,
    ) -> Option<usize> {
        let found = self.position(&literal.value);
        if found.is_none() && !self.positions.is_empty() {
            let mend = unknown_mend(&literal.value, kind, self.positions.keys().map(String::as_str));
            faults.error(code, literal.start(), format!("there is no {kind} \"{}\"", literal.value), mend);
        }
        found
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.positions.keys().map(String::as_str)
    }
}

/// What to do about a name that leads nowhere.
pub(super) fn unknown_mend<'a>(name: &str, kind: &str, names: impl Iterator<Item = &'a str> + Clone) -> String {
    const MOST: usize = 12;
    match spell::nearest(name, names.clone()) {
        Some(nearest) => format!("did you mean \"{nearest}\"?"),
        None if names.clone().count() <= MOST => {
            format!("name one that there is ({}), or add it", names.collect::<Vec<_>>().join(", "))
        }
        None => format!("name a {kind} that there is, or add it"),
    }
}

/// Reads the codebook, as far as it can be read.
pub(super) fn read(root: &Object<'_>, sha256: String, faults: &mut Faults<'_>) -> (Codebook, Sites) {
    let tracks: Vec<&Object<'_>> = json::objects(root, "tracks").collect();
    let themes: Vec<&Object<'_>> = json::objects(root, "themes").collect();
    let guide: Vec<&Object<'_>> = json::objects(root, "guide").collect();
    let codes: Vec<&Object<'_>> = json::objects(root, "codes").collect();
    let track_names = Names::collect(&tracks, "track", "C013", faults);
    let theme_names = Names::collect(&themes, "theme", "C014", faults);
    Names::collect(&guide, "question", QUESTION, faults);
    let code_names = Names::collect(&codes, "code", "C012", faults);

    let id = json::text(root, "id").unwrap_or_default();
    let language = read_language(root, faults);
    let case = json::text(root, "case").and_then(|name| CasePolicy::parse(&name)).unwrap_or_default();
    let roles = read_roles(root).unwrap_or_else(|| vec![Role::Informant]);
    let reader =
        PatternReader { case, stemmer: Stemmer::for_language(&language), language: &language, codes: &code_names };

    let questions: Vec<Question> = guide.iter().map(|object| read_question(object, &reader, faults)).collect();
    let context = code::Context {
        tracks: &track_names,
        themes: &theme_names,
        groups: group(&questions),
        roles: &roles,
        patterns: &reader,
    };
    let mut sites = Sites {
        tracks: tracks.iter().map(|object| json::place(object, "id")).collect(),
        themes: themes.iter().map(|object| json::place(object, "id")).collect(),
        codes: codes.iter().map(|object| json::place(object, "id")).collect(),
        patterns: Vec::with_capacity(codes.len()),
    };
    let mut pattern_ids = HashMap::new();
    let mut checked = Vec::with_capacity(codes.len());
    for object in &codes {
        let (code, patterns) = code::read(object, &context, &mut pattern_ids, faults);
        checked.push(code);
        sites.patterns.push(patterns);
    }
    let order = order::of_codes(&checked, &code_names, &sites, faults);
    let themes = read_themes(&themes, &theme_names, faults);
    let codebook = Codebook {
        title: json::text(root, "title").unwrap_or_else(|| id.clone()),
        id,
        version: json::text(root, "version"),
        backchannels: json::strings(root, "backchannels")
            .filter_map(|literal| read_backchannel(literal, case, faults))
            .collect(),
        interviewers: json::strings(root, "interviewers").map(|literal| literal.value.to_string()).collect(),
        language,
        case,
        roles,
        tracks: tracks.iter().map(|object| read_track(object)).collect(),
        themes,
        questions,
        codes: checked,
        order,
        sha256,
    };
    (codebook, sites)
}

fn read_language(root: &Object<'_>, faults: &mut Faults<'_>) -> String {
    let Some(literal) = json::string(root, "language") else { return String::new() };
    let language = literal.value.to_string();
    // What is no code by its looks has been recorded.
    let looks_right = language
        .split('-')
        .all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if looks_right && SentenceSplitter::new(&language).is_err() {
        let mend = "a language is a BCP 47 code such as en, sv or pt-BR";
        faults.error(
            "C025",
            literal.start(),
            format!("\"language\" is \"{language}\", which is no language code"),
            mend,
        );
    }
    language
}

/// The roles that an object lists, if it does.
pub(super) fn read_roles(object: &Object<'_>) -> Option<Vec<Role>> {
    let roles: Vec<Role> = json::strings(object, "roles").filter_map(|literal| Role::parse(&literal.value)).collect();
    (!roles.is_empty()).then_some(roles)
}

fn read_backchannel(
    literal: &StringLit<'_>,
    case: CasePolicy,
    faults: &mut Faults<'_>,
) -> Option<crate::pattern::Node> {
    let node = words(&literal.value, case);
    // A blank one has been recorded.
    if node.is_none() && !literal.value.trim().is_empty() {
        let message = format!("the backchannel \"{}\" holds no letter or digit", literal.value);
        faults.error("C028", literal.start(), message, "write the words that are said, or take it out");
    }
    node
}

fn read_track(object: &Object<'_>) -> Track {
    Track {
        id: json::text(object, "id").unwrap_or_default(),
        label: json::text(object, "label").unwrap_or_default(),
        definition: json::text(object, "definition"),
        source: json::text(object, "source"),
    }
}

fn read_themes(objects: &[&Object<'_>], names: &Names, faults: &mut Faults<'_>) -> Vec<Theme> {
    let themes: Vec<Theme> = objects
        .iter()
        .map(|object| Theme {
            id: json::text(object, "id").unwrap_or_default(),
            label: json::text(object, "label").unwrap_or_default(),
            definition: json::text(object, "definition"),
            parent: json::string(object, "parent").and_then(|literal| names.find(literal, "theme", "C021", faults)),
        })
        .collect();
    let parents: Vec<Vec<usize>> = themes.iter().map(|theme| theme.parent.into_iter().collect()).collect();
    for cycle in order::sort(&parents).1 {
        let path = order::show(&cycle, |theme| themes[theme].id.clone());
        let place = json::place(objects[cycle[0]], "parent");
        faults.error(
            "C023",
            place,
            format!("themes lie within one another in a circle: {path}"),
            "take one \"parent\" out",
        );
    }
    themes
}

fn read_question(object: &Object<'_>, reader: &PatternReader<'_>, faults: &mut Faults<'_>) -> Question {
    let id = json::text(object, "id").unwrap_or_default();
    let owner = format!("cue of question \"{id}\"");
    Question {
        group: json::text(object, "group"),
        label: json::text(object, "label").unwrap_or_default(),
        cues: json::strings(object, "cues").filter_map(|literal| reader.read_cue(literal, &owner, faults)).collect(),
        id,
    }
}

/// The questions that a guard may name, by id and by group, each with its positions.
fn group(questions: &[Question]) -> BTreeMap<String, Vec<usize>> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (position, question) in questions.iter().enumerate() {
        for name in std::iter::once(&question.id).chain(&question.group) {
            let positions = groups.entry(name.clone()).or_default();
            if positions.last() != Some(&position) {
                positions.push(position);
            }
        }
    }
    groups
}
