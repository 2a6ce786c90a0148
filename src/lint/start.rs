//! A `speakers.csv` to start from.

use std::collections::{BTreeMap, BTreeSet};

use super::labels::LabelFindings;
use super::voices::Voices;
use crate::corpus::{Role, RoleRules, Speakers};

/// That a label of a document is probably another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Suggestion {
    pub(super) document: String,
    pub(super) label: String,
    pub(super) same_as: String,
}

/// A row of a `speakers.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartRow {
    /// The label.
    pub speaker: String,
    /// The role; none for a label that counts as another.
    pub role: Option<Role>,
    /// The label that it probably is.
    pub same_as: Option<String>,
    /// The document that the row is narrowed to.
    pub document: Option<String>,
}

/// What is gathered of a label.
#[derive(Debug, Default)]
struct Label<'a> {
    turns: u64,
    documents: BTreeSet<&'a str>,
    /// Document to the label that it probably is there.
    same_as: BTreeMap<&'a str, &'a str>,
}

impl StartRow {
    /// The rows for all labels that have none in `speakers` yet, the busiest first. A row is narrowed to a document
    /// if its label is probably another one there and not everywhere.
    pub fn of(documents: &[Voices], found: &LabelFindings, speakers: &Speakers, rules: &RoleRules) -> Vec<Self> {
        let mut labels: BTreeMap<&str, Label<'_>> = BTreeMap::new();
        for voices in documents {
            for voice in voices.labels.iter().filter(|voice| speakers.lookup(&voices.document, &voice.label).is_none())
            {
                let label = labels.entry(&voice.label).or_default();
                label.turns += u64::from(voice.turns);
                label.documents.insert(&voices.document);
            }
        }
        for suggestion in &found.suggestions {
            if let Some(label) = labels.get_mut(suggestion.label.as_str()) {
                label.same_as.insert(&suggestion.document, &suggestion.same_as);
            }
        }
        let mut labels: Vec<(&str, Label<'_>)> = labels.into_iter().collect();
        labels.sort_by_key(|(_, label)| std::cmp::Reverse(label.turns));
        labels.iter().flat_map(|(name, label)| label.rows(name, rules)).collect()
    }
}

impl Label<'_> {
    fn rows(&self, name: &str, rules: &RoleRules) -> Vec<StartRow> {
        let row = |same_as: Option<&str>, document: Option<&str>| StartRow {
            speaker: name.to_owned(),
            role: if same_as.is_none() { Some(rules.role_of(name, None)) } else { None },
            same_as: same_as.map(str::to_owned),
            document: document.map(str::to_owned),
        };
        let targets: BTreeSet<&str> = self.same_as.values().copied().collect();
        let everywhere = self.same_as.len() == self.documents.len();
        match targets.first() {
            Some(target) if everywhere && targets.len() == 1 => vec![row(Some(target), None)],
            _ => {
                let narrowed = self.same_as.iter().map(|(document, target)| row(Some(target), Some(document)));
                narrowed.chain((!everywhere).then(|| row(None, None))).collect()
            }
        }
    }
}

/// The rows as a `speakers.csv`, with a column `case` to be filled in.
pub fn speakers_csv(rows: &[StartRow]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = ["speaker", "role", "case", "same_as", "document"].map(str::to_owned);
    let cells = rows.iter().map(|row| {
        let role = row.role.map_or("", Role::as_str).to_owned();
        let [same_as, document] = [&row.same_as, &row.document].map(|cell| cell.clone().unwrap_or_default());
        [row.speaker.clone(), role, String::new(), same_as, document]
    });
    for row in std::iter::once(header).chain(cells) {
        writer.write_record(&row).expect("rows of one length can be written into memory");
    }
    writer.into_inner().expect("memory can be flushed")
}
