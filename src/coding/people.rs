//! Who speaks: role and case of every label of a document.

use std::collections::HashMap;

use crate::corpus::{Role, RoleRules, SpeakerRow, Speakers, Who};

/// One speaker of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person<'a> {
    pub(super) role: Role,
    /// The label, or the name that it counts as.
    pub(super) name: Option<&'a str>,
    pub(super) case: Option<String>,
    pub(super) row: Option<&'a SpeakerRow>,
}

/// The speakers of one document, by label.
#[derive(Debug)]
pub(super) struct People<'a> {
    document: &'a str,
    speakers: &'a Speakers,
    rules: &'a RoleRules,
    known: HashMap<Option<u32>, Person<'a>>,
}

impl<'a> People<'a> {
    pub(super) fn new(document: &'a str, speakers: &'a Speakers, rules: &'a RoleRules) -> Self {
        Self { document, speakers, rules, known: HashMap::new() }
    }

    /// The speaker with a label, which is number `number` of the store. Without a label the document's only voice
    /// is taken for an informant, and the document for the case.
    pub(super) fn person(&mut self, number: Option<u32>, label: Option<&'a str>) -> &Person<'a> {
        let (document, speakers, rules) = (self.document, self.speakers, self.rules);
        self.known.entry(number).or_insert_with(|| {
            let Some(label) = label else {
                return Person { role: Role::Informant, name: None, case: Some(document.to_owned()), row: None };
            };
            let Who { name, row } = speakers.who(document, label);
            let case = row.and_then(|row| row.case.clone()).unwrap_or_else(|| format!("{document}/{name}"));
            Person { role: rules.role_of(name, row), name: Some(name), case: Some(case), row }
        })
    }
}
