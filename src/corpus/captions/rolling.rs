//! Rolling captions: each repeats the last line of the one before and adds a line, as on YouTube, or repeats all and
//! adds words, as in live captioning. Read as they are, every word would count twice.

use super::Caption;

/// A caption repeats at most so many lines.
const MOST_LINES: usize = 4;

/// What a caption repeats of the one before.
#[derive(Debug, Clone, Copy, Default)]
struct Repeated {
    /// So many whole lines.
    lines: usize,
    /// After those, so many bytes of the next line.
    bytes: usize,
}

/// Takes out what is repeated, if the captions roll: at least half of them repeat what stands before, and at least
/// two of those add words to it. Gives the number of captions that repeat; 0 if they don't roll.
pub(super) fn remove(captions: &mut [Caption<'_>]) -> usize {
    let mut repeats = Vec::with_capacity(captions.len());
    let (mut repeating, mut adding, mut filled) = (0, 0, 0);
    let mut before: Option<&Caption<'_>> = None;
    for caption in captions.iter() {
        let repeated = before.map_or(Repeated::default(), |before| repeated(before, caption));
        let repeats_any = repeated.lines > 0 || repeated.bytes > 0;
        repeating += usize::from(repeats_any);
        adding += usize::from(repeats_any && repeated.lines < caption.pieces.len());
        repeats.push(repeated);
        if !caption.pieces.is_empty() {
            filled += 1;
            before = Some(caption);
        }
    }
    if adding < 2 || repeating * 2 + 1 < filled {
        return 0;
    }
    for (caption, repeated) in captions.iter_mut().zip(repeats) {
        caption.pieces.drain(..repeated.lines.min(caption.pieces.len()));
        if repeated.bytes > 0
            && let Some(piece) = caption.pieces.first_mut()
        {
            let left = piece.words.get(repeated.bytes..).unwrap_or("").trim_start().to_owned();
            piece.words = left.into();
        }
    }
    repeating
}

fn repeated(before: &Caption<'_>, caption: &Caption<'_>) -> Repeated {
    let (above, here) = (&before.pieces, &caption.pieces);
    let most = above.len().min(here.len()).min(MOST_LINES);
    for lines in (1..=most).rev() {
        let tail = &above[above.len() - lines..];
        if tail.iter().zip(here).all(|(a, b)| a.words == b.words) {
            return Repeated { lines, bytes: 0 };
        }
    }
    // The last line of the caption before has grown.
    for lines in (0..above.len().min(here.len()).min(MOST_LINES)).rev() {
        let tail = &above[above.len() - 1 - lines..];
        let (Some(last), Some(grown)) = (tail.last(), here.get(lines)) else { continue };
        let same = tail.iter().zip(here).take(lines).all(|(a, b)| a.words == b.words);
        let rest = grown.words.strip_prefix(&*last.words);
        if same && rest.is_some_and(|rest| rest.starts_with(' ')) {
            return Repeated { lines, bytes: last.words.len() };
        }
    }
    Repeated::default()
}

#[cfg(test)]
mod tests {
    use super::remove;
    use crate::corpus::captions::Caption;
    use crate::corpus::captions::payload::Piece;

    fn rolled(captions: &[&str]) -> (usize, Vec<String>) {
        let mut captions: Vec<Caption<'_>> = captions
            .iter()
            .map(|lines| Caption {
                pieces: lines.lines().map(|line| Piece { words: line.into(), voice: None }).collect(),
                ..Caption::default()
            })
            .collect();
        let count = remove(&mut captions);
        let words = |caption: Caption<'_>| caption.pieces.into_iter().map(|piece| piece.words.into_owned()).collect();
        (count, captions.into_iter().map(words).map(|lines: Vec<String>| lines.join("|")).collect())
    }

    #[test]
    fn lines_that_roll_are_read_once() {
        let (count, words) =
            rolled(&["we lost", "we lost", "we lost\nall of it", "all of it", "all of it\nin the storm"]);
        assert_eq!((count, words.join(" ")), (4, "we lost  all of it  in the storm".to_owned()));
    }

    #[test]
    fn captions_that_grow_are_read_once() {
        let (count, words) = rolled(&["we", "we lost", "we lost all", "so then", "so then it", "so then it came"]);
        assert_eq!((count, words.join(" ")), (4, "we lost all so then it came".to_owned()));
    }

    #[test]
    fn people_who_repeat_themselves_are_heard() {
        assert_eq!(rolled(&["No.", "No.", "No.", "No."]).0, 0);
        let (count, words) = rolled(&["Yes.", "Yes.\nWell.", "So.", "And then.", "It was.", "It was so.", "Good."]);
        assert_eq!((count, words[1].as_str()), (0, "Yes.|Well."));
    }
}
