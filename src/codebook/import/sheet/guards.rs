//! Cells with words of their own: guards of patterns, choices, and the codebook's own keys.

use std::collections::BTreeMap;

use super::super::loss::{Loss, Place};
use super::super::table::Row;
use super::columns::Columns;
use crate::codebook::file::{
    CaseEntry, CodebookFile, GuardedPattern, OriginEntry, PatternEntry, RoleEntry, SegmentEntry, WhereEntry, WhereValue,
};
use crate::pattern::CasePolicy;

/// What confines the patterns of a row, if anything does; its `matches` is empty.
pub(super) fn read(columns: &Columns, row: &Row, losses: &mut Vec<Loss>) -> Option<GuardedPattern> {
    let mut roles = Vec::new();
    for name in columns.items(row, "roles") {
        match role(name) {
            Some(role) if roles.contains(&role) => {}
            Some(role) => roles.push(role),
            None => lose(row, name, "is no role, and is left out", "write informant, interviewer or other", losses),
        }
    }
    let guard = GuardedPattern {
        id: columns.text(row, "pattern_id"),
        matches: String::new(),
        roles,
        questions: columns.items(row, "questions").map(str::to_owned).collect(),
        attributes: conditions(columns.cell(row, "where"), row, losses),
        memo: columns.text(row, "pattern_memo"),
    };
    let is_empty = guard.id.is_none()
        && guard.roles.is_empty()
        && guard.questions.is_empty()
        && guard.attributes.is_empty()
        && guard.memo.is_none();
    (!is_empty).then_some(guard)
}

/// A pattern with the guards of its row; the id goes to the first of the row.
pub(super) fn guarded(text: &str, guard: &Option<GuardedPattern>, is_first: bool) -> PatternEntry {
    match guard {
        None => PatternEntry::Text(text.to_owned()),
        Some(guard) => {
            let mut guard = guard.clone();
            guard.matches = text.to_owned();
            guard.id = guard.id.filter(|_| is_first);
            PatternEntry::Guarded(guard)
        }
    }
}

/// `site=north; wave=1|2`, or the JSON object of the codebook.
fn conditions(cell: &str, row: &Row, losses: &mut Vec<Loss>) -> BTreeMap<String, WhereEntry> {
    if cell.starts_with('{') {
        return serde_json::from_str(cell).unwrap_or_else(|error| {
            lose(row, cell, &format!("is no JSON ({error})"), "write it as `site=north; wave=1|2`", losses);
            BTreeMap::new()
        });
    }
    let mut found = BTreeMap::new();
    for condition in cell.split(';').map(str::trim).filter(|condition| !condition.is_empty()) {
        let Some((name, values)) = condition.split_once('=') else {
            lose(row, condition, "is no condition, and is left out", "write it as `site=north; wave=1|2`", losses);
            continue;
        };
        let values: Vec<WhereValue> =
            values.split('|').map(|value| WhereValue::Text(value.trim().to_owned())).collect();
        let entry = match values.as_slice() {
            [WhereValue::Text(text)] => WhereEntry::Text(text.clone()),
            _ => WhereEntry::AnyOf(values),
        };
        found.insert(name.trim().to_owned(), entry);
    }
    found
}

fn lose(row: &Row, text: &str, what: &str, why: &str, losses: &mut Vec<Loss>) {
    losses.push(Loss::left_out("I010", Place { line: Some(row.line), category: "", text }, what, why));
}

fn role(name: &str) -> Option<RoleEntry> {
    Some(match name.to_lowercase().as_str() {
        "interviewer" => RoleEntry::Interviewer,
        "informant" => RoleEntry::Informant,
        "other" => RoleEntry::Other,
        _ => return None,
    })
}

/// The origin that a row gives.
pub(super) fn origin(columns: &Columns, row: &Row, losses: &mut Vec<Loss>) -> Option<OriginEntry> {
    let cell = columns.cell(row, "origin");
    match cell.to_lowercase().replace([' ', '_'], "-").as_str() {
        "theory" => Some(OriginEntry::Theory),
        "data" => Some(OriginEntry::Data),
        "in-vivo" => Some(OriginEntry::InVivo),
        "" => None,
        _ => {
            lose(row, cell, "is no origin, and is left out", "write theory, data or in-vivo", losses);
            None
        }
    }
}

/// The segment that a row gives.
pub(super) fn segment(columns: &Columns, row: &Row, losses: &mut Vec<Loss>) -> Option<SegmentEntry> {
    let cell = columns.cell(row, "segment");
    match cell.to_lowercase().as_str() {
        "match" => Some(SegmentEntry::Match),
        "sentence" => Some(SegmentEntry::Sentence),
        "turn" => Some(SegmentEntry::Turn),
        "exchange" => Some(SegmentEntry::Exchange),
        "" => None,
        _ => {
            lose(row, cell, "is no segment, and is left out", "write match, sentence, turn or exchange", losses);
            None
        }
    }
}

/// The colour that a row gives.
pub(super) fn color(columns: &Columns, row: &Row, losses: &mut Vec<Loss>) -> Option<String> {
    let cell = columns.cell(row, "color");
    let digits = cell.strip_prefix('#').unwrap_or(cell);
    if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Some(format!("#{digits}"));
    }
    if !cell.is_empty() {
        lose(row, cell, "is no colour, and is left out", "write it as #rrggbb, for example #4477AA", losses);
    }
    None
}

/// Whether case counts, as patterns take it.
pub(super) fn case_policy(case: CaseEntry) -> CasePolicy {
    match case {
        CaseEntry::Smart => CasePolicy::Smart,
        CaseEntry::Insensitive => CasePolicy::Insensitive,
        CaseEntry::Sensitive => CasePolicy::Sensitive,
    }
}

/// Sets a key of the codebook from a row with `key` and `value`; a list takes an item a row.
pub(super) fn set_key(file: &mut CodebookFile, columns: &Columns, row: &Row, losses: &mut Vec<Loss>) {
    let (key, value) = (columns.cell(row, "key"), columns.cell(row, "value"));
    let text = || value.to_owned();
    match key.to_ascii_lowercase().as_str() {
        "format" => {}
        "$schema" => file.schema = Some(text()),
        "id" => file.id = text(),
        "title" => file.title = Some(text()),
        "version" => file.version = Some(text()),
        "language" => file.language = text(),
        "memo" => file.memo = Some(text()),
        "references" => file.references.push(text()),
        "interviewers" => file.interviewers.push(text()),
        "backchannels" => file.backchannels.push(text()),
        "case" => match CasePolicy::parse(&value.to_lowercase()) {
            Some(CasePolicy::Smart) => file.case = Some(CaseEntry::Smart),
            Some(CasePolicy::Insensitive) => file.case = Some(CaseEntry::Insensitive),
            Some(CasePolicy::Sensitive) => file.case = Some(CaseEntry::Sensitive),
            None => lose(row, value, "is no case, and is left out", "write smart, insensitive or sensitive", losses),
        },
        "roles" => {
            let roles: Vec<Option<RoleEntry>> = value.split(';').map(|name| role(name.trim())).collect();
            if roles.contains(&None) {
                lose(
                    row,
                    value,
                    "names a role that there is not",
                    "write informant, interviewer and other, with `;` between",
                    losses,
                );
            }
            file.roles = roles.into_iter().flatten().collect();
        }
        _ => lose(
            row,
            key,
            "is no key of codebooks, and is left out",
            "write id, title, version, language, case, memo, references, roles, interviewers or backchannels",
            losses,
        ),
    }
}
