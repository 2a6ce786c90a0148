//! Codes: their references, their patterns, and the guards of these.

use std::collections::{BTreeMap, HashMap};

use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::Ranged;

use crate::corpus::Role;
use crate::pattern::Node;

use super::checked::{Code, Examples, Origin, Pattern, SegmentKind};
use super::faults::Faults;
use super::json;
use super::pattern::{PatternReader, PatternSite};
use super::read::{Names, read_roles, unknown_mend};

/// What codes refer to.
pub(super) struct Context<'a> {
    pub(super) tracks: &'a Names,
    pub(super) themes: &'a Names,
    /// Questions by id and by group.
    pub(super) groups: BTreeMap<String, Vec<usize>>,
    /// The codebook's roles.
    pub(super) roles: &'a [Role],
    pub(super) patterns: &'a PatternReader<'a>,
}

/// Reads a code, as far as it can be read; pattern ids are checked against (and added to) those of the codes before.
pub(super) fn read(
    object: &Object<'_>,
    context: &Context<'_>,
    pattern_ids: &mut HashMap<String, String>,
    faults: &mut Faults<'_>,
) -> (Code, Vec<PatternSite>) {
    let id = json::text(object, "id").unwrap_or_default();
    let theme = json::string(object, "theme").and_then(|literal| context.themes.find(literal, "theme", "C017", faults));
    let mut tracks: Vec<usize> = json::strings(object, "tracks")
        .filter_map(|literal| context.tracks.find(literal, "track", "C018", faults))
        .collect();
    tracks.sort_unstable();
    tracks.dedup();
    let mut patterns = Vec::new();
    let mut sites = Vec::new();
    for (at, value) in json::list(object, "patterns").iter().enumerate() {
        let place = PatternPlace { code: &id, number: at + 1 };
        if let Some((pattern, site)) = read_pattern(value, &place, context, pattern_ids, faults) {
            patterns.push(pattern);
            sites.push(site);
        }
    }
    let code = Code {
        theme: theme.unwrap_or_default(),
        tracks,
        label: json::text(object, "label").unwrap_or_default(),
        definition: json::text(object, "definition"),
        include: json::text(object, "include"),
        exclude: json::text(object, "exclude"),
        source: json::text(object, "source"),
        memo: json::text(object, "memo"),
        origin: json::text(object, "origin").and_then(|name| origin(&name)),
        color: json::text(object, "color"),
        segment: json::text(object, "segment").and_then(|name| segment(&name)).unwrap_or_default(),
        patterns,
        examples: json::get(object, "examples").and_then(Value::as_object).map(read_examples).unwrap_or_default(),
        id,
    };
    (code, sites)
}

struct PatternPlace<'a> {
    code: &'a str,
    /// From 1.
    number: usize,
}

fn read_pattern(
    value: &Value<'_>,
    place: &PatternPlace<'_>,
    context: &Context<'_>,
    pattern_ids: &mut HashMap<String, String>,
    faults: &mut Faults<'_>,
) -> Option<(Pattern, PatternSite)> {
    let guarded = value.as_object();
    let literal = match guarded {
        Some(object) => json::string(object, "match"),
        None => value.as_string_lit(),
    };
    let own_id = guarded.and_then(|object| json::string(object, "id"));
    if let Some(own) = own_id
        && let Some(other) = pattern_ids.insert(own.value.to_string(), place.code.to_owned())
    {
        let message = format!("the pattern id \"{}\" is used twice, the first time in code \"{other}\"", own.value);
        faults.error("C016", own.start(), message, "give one of the two another id, or leave it out");
    }
    let id = own_id.map_or_else(|| format!("{}#{}", place.code, place.number), |own| own.value.to_string());
    let owner = match own_id {
        Some(_) => format!("pattern \"{id}\" of code \"{}\"", place.code),
        None => format!("pattern {} of code \"{}\"", place.number, place.code),
    };
    let roles = guarded.and_then(read_roles).unwrap_or_else(|| context.roles.to_vec());
    let questions = guarded.map(|object| read_questions(object, context, faults)).unwrap_or_default();
    let attributes = guarded.map(read_where).unwrap_or_default();
    let literal = literal?;
    let tree: Option<Node> = context.patterns.read(literal, &owner, faults);
    let pattern = Pattern { id, text: literal.value.to_string(), tree: tree?, roles, questions, attributes };
    Some((pattern, PatternSite { literal: literal.start() }))
}

fn read_questions(object: &Object<'_>, context: &Context<'_>, faults: &mut Faults<'_>) -> Vec<usize> {
    let mut questions = Vec::new();
    for literal in json::strings(object, "questions") {
        match context.groups.get(literal.value.as_ref()) {
            Some(positions) => questions.extend(positions),
            None => {
                let mend = if context.groups.is_empty() {
                    "the codebook has no \"guide\"; add one with this question, or take the guard out".to_owned()
                } else {
                    unknown_mend(&literal.value, "question or group", context.groups.keys().map(String::as_str))
                };
                faults.error(
                    "C019",
                    literal.start(),
                    format!("there is no guide question or group \"{}\"", literal.value),
                    mend,
                );
            }
        }
    }
    questions.sort_unstable();
    questions.dedup();
    questions
}

fn read_where(object: &Object<'_>) -> Vec<(String, Vec<String>)> {
    let Some(conditions) = json::get(object, "where").and_then(Value::as_object) else { return Vec::new() };
    conditions
        .properties
        .iter()
        .map(|property| {
            let values = match &property.value {
                Value::Array(array) => array.elements.iter().filter_map(as_written).collect(),
                value => as_written(value).into_iter().collect(),
            };
            (property.name.as_str().to_owned(), values)
        })
        .collect()
}

fn as_written(value: &Value<'_>) -> Option<String> {
    match value {
        Value::StringLit(literal) => Some(literal.value.to_string()),
        Value::NumberLit(number) => Some(number.value.to_owned()),
        Value::BooleanLit(boolean) => Some(boolean.value.to_string()),
        Value::Object(_) | Value::Array(_) | Value::NullKeyword(_) => None,
    }
}

fn read_examples(object: &Object<'_>) -> Examples {
    let sentences = |key| json::strings(object, key).map(|literal| literal.value.to_string()).collect();
    Examples { coded: sentences("coded"), not_coded: sentences("not_coded") }
}

fn origin(name: &str) -> Option<Origin> {
    match name {
        "theory" => Some(Origin::Theory),
        "data" => Some(Origin::Data),
        "in-vivo" => Some(Origin::InVivo),
        _ => None,
    }
}

fn segment(name: &str) -> Option<SegmentKind> {
    match name {
        "match" => Some(SegmentKind::Match),
        "sentence" => Some(SegmentKind::Sentence),
        "turn" => Some(SegmentKind::Turn),
        "exchange" => Some(SegmentKind::Exchange),
        _ => None,
    }
}
