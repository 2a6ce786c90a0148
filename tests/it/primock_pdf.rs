//! The 57 consultations of primock57 as PDF, against the table of their turns.

use std::collections::BTreeMap;
use std::path::Path;

use qualcode::corpus::{self, FileBytes, Format, ParagraphKind};

use crate::oracle;

/// Speaker and words.
type Turn = (String, String);

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn truth(set: &Path) -> BTreeMap<String, Vec<Turn>> {
    let mut turns: BTreeMap<String, Vec<Turn>> = BTreeMap::new();
    let mut reader = csv::Reader::from_path(set.join("derived/turns_truth.csv")).expect("the table of turns");
    for row in reader.deserialize() {
        let row: BTreeMap<String, String> = row.expect("a row");
        turns.entry(row["document"].clone()).or_default().push((row["speaker"].clone(), words(&row["text"])));
    }
    turns
}

fn turns(file: &Path) -> Vec<Turn> {
    let bytes = FileBytes::new(std::fs::read(file).expect("a readable file"));
    let (read, _) = corpus::parse("a", "a.pdf", Format::Pdf, bytes).expect("a transcript");
    let spoken = read.paragraphs.iter().filter(|paragraph| paragraph.kind == ParagraphKind::Speech);
    spoken.map(|found| (found.label.clone().unwrap_or_default(), words(found.words.of(&read.text)))).collect()
}

#[test]
fn every_consultation_has_the_turns_of_the_table() {
    let Some(set) = oracle::corpora().map(|corpora| corpora.join("primock57")) else { return };
    let truth = truth(&set);
    assert_eq!(truth.len(), 57);
    for (document, expected) in truth {
        assert_eq!(turns(&set.join(format!("derived/pdf/{document}.pdf"))), expected, "{document}");
    }
}
