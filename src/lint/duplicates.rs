//! Documents that are nearly the same.

use std::collections::HashMap;

use super::finding::Finding;
use super::sketch::{ORDERS, Sketch};

/// Share of the sequences from which two documents are told. A copy in which one word in fifteen was changed still
/// has this much in common with its original; two interviews by one guide have some hundredths.
const ALIKE: f64 = 0.5;
/// Rows of a band: documents are compared if they agree in all rows of one of the 21 bands, which happens nearly
/// surely (99 in 100) where six tenths are common, and hardly (one in 400) where a twentieth is.
const ROWS: usize = 3;

/// Finds documents that are nearly the same, without comparing each with each (locality-sensitive hashing, as in
/// Leskovec, Rajaraman & Ullman, *Mining of Massive Datasets*, section 3.4): a document is compared with the first of
/// every band it agrees with, which is 21 others at most.
#[derive(Debug, Default)]
pub struct Duplicates {
    documents: Vec<(String, String, Sketch)>,
    /// Band and its rows to the first document that has them.
    bands: HashMap<(u8, [u32; ROWS]), u32>,
}

impl Duplicates {
    /// Adds a document by id, path and sketch. If it is nearly the same as one before, that is the finding.
    pub fn add(&mut self, document: &str, path: &str, sketch: Sketch) -> Option<Finding> {
        let number = u32::try_from(self.documents.len()).unwrap_or(u32::MAX);
        let mut others: Vec<u32> = Vec::new();
        for (band, rows) in sketch.least.chunks_exact(ROWS).take(ORDERS / ROWS).enumerate() {
            let Ok(rows) = <[u32; ROWS]>::try_from(rows) else { continue };
            let first = *self.bands.entry((band as u8, rows)).or_insert(number);
            if first != number {
                others.push(first);
            }
        }
        others.sort_unstable();
        others.dedup();
        let compared = others.into_iter().filter_map(|other| {
            let (_, path, theirs) = self.documents.get(other as usize)?;
            Some((sketch.likeness(theirs), path))
        });
        // Of several the likest, and of these the first.
        let best = compared.fold(None, |best: Option<(f64, &String)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        });
        let finding = best.filter(|(likeness, _)| *likeness >= ALIKE).map(|(likeness, other)| {
            let message = if likeness >= 1.0 {
                format!("the words are those of {other}")
            } else {
                format!(
                    "the words are nearly those of {other}: about {:.0} % of the sequences of three are the same",
                    likeness * 100.0
                )
            };
            let mend = "keep one of the two, since all that is found in both counts twice";
            Finding::warning("L012", (document, path), message, mend)
        });
        self.documents.push((document.to_owned(), path.to_owned(), sketch));
        finding
    }
}

#[cfg(test)]
mod tests {
    use super::{Duplicates, Sketch};
    use crate::segment::Passage;
    use crate::text::{ByteSpan, token_spans};

    fn sketch(text: &str) -> Sketch {
        let mut tokens = Vec::new();
        token_spans(text, 0, &mut tokens);
        let words = ByteSpan::new(0, text.len() as u32);
        let passage =
            Passage { turn: 1, speaker: None, words, tokens, sentences: Vec::new(), start_time: None, end_time: None };
        Sketch::of(text, &[passage]).expect("long enough")
    }

    /// A text of 400 words of which every `nth` is another word.
    fn text(prefix: &str, nth: usize) -> String {
        (0..400).map(|at| if at % nth == nth - 1 { format!("other{at} ") } else { format!("{prefix}{at} ") }).collect()
    }

    #[test]
    fn copies_are_found_and_others_are_not() {
        let mut duplicates = Duplicates::default();
        let mut add = |name: &str, text: &str| {
            duplicates.add(name, &format!("{name}.txt"), sketch(text)).map(|finding| finding.diagnostic.message)
        };
        assert_eq!(add("a", &text("a", 1000)), None);
        assert_eq!(add("b", &text("b", 1000)), None);
        assert_eq!(add("c", &text("a", 1000)).as_deref(), Some("the words are those of a.txt"));
        // One word in forty takes three sequences in forty: 0.925 / 1.075 = 0.86 in common.
        let near = add("d", &text("b", 40)).expect("a finding");
        assert!(near.starts_with("the words are nearly those of b.txt: about "), "{near}");
        // One word in four spoils three sequences in four: 0.25 / 1.75 = 0.14 in common.
        assert_eq!(add("e", &text("b", 4)), None);
    }
}
