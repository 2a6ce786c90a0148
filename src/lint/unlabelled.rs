//! Documents without labels among documents with labels.

use super::finding::Finding;
use super::voices::Voices;

/// Turns that a document must have for a missing label to show.
const TURNS: u32 = 2;

pub(super) fn find(documents: &[Voices]) -> Vec<Finding> {
    let without: Vec<&Voices> =
        documents.iter().filter(|voices| voices.labels.is_empty() && voices.turns >= TURNS).collect();
    let with = documents.iter().filter(|voices| !voices.labels.is_empty()).count();
    // A corpus of essays with an interview in it is no faulty one.
    if without.len() >= with {
        return Vec::new();
    }
    let told = |voices: &&Voices| {
        let message = format!("no speakers' labels here, but in {with} of the other documents");
        let mend = "begin each turn with its speaker, as in `Interviewer: …`; move it out of the corpus if nobody speaks in it";
        Finding::warning("L014", (&voices.document, &voices.path), message, mend)
    };
    without.iter().map(told).collect()
}
