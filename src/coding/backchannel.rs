//! Turns that hold nothing but backchannels, such as "Mm-hm." or "Right. Okay."

use crate::span::Span;

/// Of the rows with so many words each, those that are wholly covered by spans of backchannels. The spans may come
/// in any order and overlap.
pub(super) fn covered(mut spans: Vec<Span>, words: &[u32]) -> Vec<bool> {
    let mut covered = vec![false; words.len()];
    spans.sort_unstable();
    for row in spans.chunk_by(|a, b| a.turn == b.turn) {
        let mut reached = 0;
        for span in row {
            if span.start > reached {
                break;
            }
            reached = reached.max(span.end);
        }
        let number = row[0].turn as usize;
        covered[number] = reached == words[number];
    }
    covered
}

#[cfg(test)]
mod tests {
    use super::covered;
    use crate::span::Span;

    #[test]
    fn a_turn_must_be_covered_from_end_to_end() {
        let spans =
            vec![Span::new(1, 1, 3), Span::new(0, 0, 2), Span::new(1, 0, 1), Span::new(2, 1, 2), Span::new(3, 0, 1)];
        assert_eq!(covered(spans, &[2, 3, 2, 2, 0]), [true, true, false, false, false]);
    }
}
