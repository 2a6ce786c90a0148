//! Interviews in which nobody interviews.

use super::finding::Finding;
use super::voices::{Voice, Voices};

/// Turns and speakers from which a transcript is a conversation.
const TURNS: u32 = 4;
const SPEAKERS: usize = 2;

const MEND: &str = "name the interviewer's label with --interviewers, in the codebook's \"interviewers\", or by the role in speakers.csv (`qualcode lint --write-speakers` starts one)";

/// Documents that are told one by one, at most.
const SINGLY: usize = 10;

/// Tells the documents in which nobody is an interviewer: each by itself, or, if they are most or many, as one.
/// `asks` says whether somebody in a document is.
pub(super) fn find(documents: &[Voices], asks: impl Fn(&Voices) -> bool) -> Vec<Finding> {
    let conversations: Vec<&Voices> =
        documents.iter().filter(|voices| voices.turns >= TURNS && speakers(voices).count() >= SPEAKERS).collect();
    let silent: Vec<&Voices> = conversations.iter().copied().filter(|voices| !asks(voices)).collect();
    if silent.len() > SINGLY || (silent.len() > 1 && silent.len() * 2 > conversations.len()) {
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

/// The labels that say something.
fn speakers(voices: &Voices) -> impl Iterator<Item = &Voice> {
    voices.labels.iter().filter(|voice| voice.empty < voice.turns)
}

fn names(voices: &Voices) -> String {
    let mut names: Vec<String> = speakers(voices).take(3).map(|voice| format!("\"{}\"", voice.label)).collect();
    if speakers(voices).count() > names.len() {
        names.push("…".to_owned());
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::voices::{Voice, Voices};
    use super::find;

    fn talk(document: &str, labels: &[&str]) -> Voices {
        let voice = |label: &&str| Voice { label: (*label).to_owned(), turns: 5, empty: 0, turn: 1, line: None };
        let (document, path) = (document.to_owned(), format!("{document}.txt"));
        Voices { document, path, turns: 10, labels: labels.iter().map(voice).collect() }
    }

    fn told(documents: &[Voices]) -> Vec<String> {
        let asks = |voices: &Voices| voices.labels.iter().any(|voice| voice.label == "I");
        find(documents, asks).into_iter().map(|finding| finding.diagnostic.message).collect()
    }

    #[test]
    fn some_are_told_singly_and_most_as_one() {
        let (sound, silent) = (talk("a", &["I", "Bo"]), talk("b", &["Eva", "Bo"]));
        assert_eq!(
            told(&[sound.clone(), sound.clone(), silent.clone()]),
            ["no label is an interviewer's (\"Eva\", \"Bo\")"]
        );
        let all = "in 2 of 3 documents no label is an interviewer's, in this one first (\"Eva\", \"Bo\")";
        assert_eq!(told(&[sound.clone(), silent.clone(), silent]), [all]);
        assert_eq!(told(&[sound, talk("c", &["Eva"])]), [] as [&str; 0], "a monologue needs no interviewer");
    }
}
