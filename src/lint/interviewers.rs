//! Interviews in which nobody interviews.

use super::finding::Finding;
use super::voices::Voices;

/// Turns and speakers from which a transcript is a conversation.
const TURNS: u32 = 4;
const SPEAKERS: usize = 2;

const MEND: &str = "name the interviewer's label with --interviewers, in the codebook's \"interviewers\", or by the role in speakers.csv (`qualcode lint --write-speakers` starts one)";

/// Tells the documents in which nobody is an interviewer: each by itself, or all of them as one. `asks` says whether
/// somebody in a document is.
pub(super) fn find(documents: &[Voices], asks: impl Fn(&Voices) -> bool) -> Vec<Finding> {
    let conversations: Vec<&Voices> =
        documents.iter().filter(|voices| voices.turns >= TURNS && voices.labels.len() >= SPEAKERS).collect();
    let silent: Vec<&Voices> = conversations.iter().copied().filter(|voices| !asks(voices)).collect();
    let names = |voices: &Voices| {
        let mut names: Vec<String> = voices.labels.iter().take(3).map(|voice| format!("\"{}\"", voice.label)).collect();
        if voices.labels.len() > names.len() {
            names.push("…".to_owned());
        }
        names.join(", ")
    };
    // With many of them it is no slip of a document, but the label that is not known.
    if silent.len() > 1 && silent.len() * 2 > conversations.len() {
        let first = silent[0];
        let message = format!(
            "in {} of {} documents no label is an interviewer's, in this one first ({})",
            silent.len(),
            conversations.len(),
            names(first)
        );
        return vec![Finding::warning("L005", (&first.document, &first.path), message, MEND)];
    }
    let told = |voices: &&Voices| {
        let message = format!("no label is an interviewer's ({})", names(voices));
        Finding::warning("L005", (&voices.document, &voices.path), message, MEND)
    };
    silent.iter().map(told).collect()
}
