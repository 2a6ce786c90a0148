//! Transcripts in different encodings.

use super::finding::Finding;
use crate::diagnostic::Diagnostic;

/// Documents that a finding names.
const NAMED: usize = 3;

/// Tells when some documents of a corpus are not UTF-8 and others are. `documents` are id and path of each with what
/// reading it had to say: a guess of its encoding is T010. Documents in ASCII fit any encoding and cannot be told
/// apart from UTF-8.
pub fn mixed_encodings<'a>(documents: impl Iterator<Item = (&'a str, &'a str, &'a [Diagnostic])>) -> Option<Finding> {
    let (mut all, mut guessed) = (0usize, Vec::new());
    for (document, path, told) in documents {
        all += 1;
        if told.iter().any(|diagnostic| diagnostic.code == "T010") {
            guessed.push((document, path));
        }
    }
    let &first = guessed.first()?;
    if guessed.len() == all {
        return None;
    }
    let mut named: Vec<&str> = guessed.iter().take(NAMED).map(|(_, path)| *path).collect();
    if guessed.len() > named.len() {
        named.push("…");
    }
    let (word, verb) = if guessed.len() == 1 { ("document", "is") } else { ("documents", "are") };
    let message =
        format!("the encodings are mixed: {} {word} of {all} {verb} not UTF-8 ({})", guessed.len(), named.join(", "));
    let mend = "save them as UTF-8, and look at the accented letters before you do";
    Some(Finding::warning("L010", first, message, mend))
}

#[cfg(test)]
mod tests {
    use super::mixed_encodings;
    use crate::diagnostic::{Diagnostic, Severity};

    #[test]
    fn only_a_mixture_is_told() {
        let guess = [Diagnostic::new(Severity::Note, "T010", "b.txt", "guessed", "save")];
        let (sound, guessed) = (("a", "a.txt", &[][..]), ("b", "b.txt", &guess[..]));
        let told = |documents: &[(&'static str, &'static str, &[Diagnostic])]| {
            mixed_encodings(documents.iter().copied()).map(|finding| finding.diagnostic.message)
        };
        assert_eq!(told(&[sound, sound]), None);
        assert_eq!(told(&[guessed, guessed]), None);
        assert_eq!(
            told(&[sound, guessed]).as_deref(),
            Some("the encodings are mixed: 1 document of 2 is not UTF-8 (b.txt)")
        );
        assert_eq!(told(&[]), None);
    }
}
