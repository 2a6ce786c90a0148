//! Parts of a paragraph that stay in the text but are no words: events in brackets, timestamps, link targets.

use crate::text::ByteSpan;

use super::stamp;

/// Square brackets with more words than this are the transcriber's own sentence, which stays words.
const MOST_EVENT_WORDS: usize = 8;
/// Round brackets longer than this are never looked at.
const MOST_ROUND_BYTES: usize = 60;

/// Words that make a round bracket an event; the rest of round brackets is speech or the transcriber's aside.
const EVENTS: &[&str] = &[
    "applause",
    "chuckle",
    "chuckles",
    "chuckling",
    "cough",
    "coughing",
    "coughs",
    "cries",
    "cross-talk",
    "crosstalk",
    "crying",
    "inaudible",
    "indistinct",
    "interruption",
    "laugh",
    "laughing",
    "laughs",
    "laughter",
    "music",
    "nods",
    "overlapping",
    "pause",
    "pauses",
    "sigh",
    "sighing",
    "sighs",
    "silence",
    "sniffs",
    "unclear",
    "unintelligible",
    "whispers",
];
/// Words that may stand beside them.
const BESIDE: &[&str] = &[
    "a",
    "all",
    "and",
    "both",
    "brief",
    "briefly",
    "everybody",
    "everyone",
    "long",
    "loud",
    "loudly",
    "short",
    "slightly",
    "softly",
    "speech",
    "together",
];

/// Appends the silent spans of `text[words]` to `silent`, in order. `links`: Markdown link targets are silent too.
pub(in crate::corpus) fn silent_spans(text: &str, words: ByteSpan, links: bool, silent: &mut Vec<ByteSpan>) {
    let part = words.of(text);
    let bytes = part.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| matches!(byte, b'[' | b'(' | b']')) {
        let open = at + found;
        let end = match bytes[open] {
            b'[' => match square(part, open, links) {
                Square::Event(end) => Some((open - usize::from(open > 0 && bytes[open - 1] == b'\\'), end)),
                Square::Words(next) => {
                    at = next;
                    continue;
                }
            },
            b'(' => round(part, open).map(|end| (open, end)),
            _ if links => link_target(bytes, open + 1).map(|end| (open + 1, end)),
            _ => None,
        };
        match end {
            Some((from, to)) => {
                silent.push(ByteSpan::new(words.start + from as u32, words.start + to as u32));
                at = to;
            }
            None => at = open + 1,
        }
    }
}

enum Square {
    /// An event that ends here.
    Event(usize),
    /// No event; look on from here.
    Words(usize),
}

/// What the square bracket at `open` is. An inner bracket is looked at by itself, so the work stays linear.
fn square(part: &str, open: usize, links: bool) -> Square {
    let bytes = part.as_bytes();
    let Some(length) = bytes[open + 1..].iter().position(|byte| matches!(byte, b'[' | b']')) else {
        return Square::Words(bytes.len());
    };
    let close = open + 1 + length;
    if bytes[close] == b'[' {
        return Square::Words(close);
    }
    if links && link_target(bytes, close + 1).is_some() {
        return Square::Words(close);
    }
    let inner = part[open + 1..close].trim_end_matches('\\');
    if inner.split_whitespace().nth(MOST_EVENT_WORDS).is_some() {
        return Square::Words(close + 1);
    }
    Square::Event(close + 1)
}

/// The end of the round bracket at `open`, if it holds a known event or a timestamp.
fn round(part: &str, open: usize) -> Option<usize> {
    let bytes = &part.as_bytes()[open + 1..];
    let length = bytes.iter().take(MOST_ROUND_BYTES).position(|byte| matches!(byte, b')' | b'('))?;
    if bytes[length] == b'(' {
        return None;
    }
    let inner = &part[open + 1..open + 1 + length];
    let mut event = false;
    for word in inner.split([' ', '\t', '\n', ',', ';', '…']).filter(|word| !word.is_empty()) {
        let plain = word.trim_matches(|c: char| matches!(c, '.' | '!' | '?' | '*' | '_' | '\\' | '[' | ']'));
        if plain.is_empty() || plain == "-" || plain == "–" {
            continue;
        }
        if is_any(EVENTS, plain) || stamp::whole(plain).is_some() {
            event = true;
        } else if !is_any(BESIDE, plain) {
            return None;
        }
    }
    event.then_some(open + 1 + length + 1)
}

fn is_any(list: &[&str], word: &str) -> bool {
    list.iter().any(|entry| entry.eq_ignore_ascii_case(word))
}

/// The end of a Markdown link target `(address)` or `(address "title")` that begins at `at`.
fn link_target(bytes: &[u8], at: usize) -> Option<usize> {
    if bytes.get(at) != Some(&b'(') {
        return None;
    }
    let mut depth = 0usize;
    let mut quoted = false;
    let mut spaced = false;
    for (offset, &byte) in bytes[at..].iter().enumerate() {
        match byte {
            b'"' if spaced || quoted => quoted = !quoted,
            b'\n' | b'[' | b']' => return None,
            _ if quoted => {}
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at + offset + 1),
            b')' => depth -= 1,
            b' ' => spaced = true,
            _ if spaced => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::silent_spans;
    use crate::text::ByteSpan;

    fn silent(text: &str, links: bool) -> Vec<&str> {
        let mut spans = Vec::new();
        silent_spans(text, ByteSpan::new(0, text.len() as u32), links, &mut spans);
        spans.into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn square_brackets_are_events_unless_they_hold_a_sentence() {
        assert_eq!(
            silent("Yes [laughs] no [unintelligible 00:12] \\[01:44\\] so [?]", false),
            ["[laughs]", "[unintelligible 00:12]", "\\[01:44\\]", "[?]"]
        );
        assert!(silent("It [the one of nine words that stand in here] was", false).is_empty());
        assert!(silent("An [open one", false).is_empty());
        assert_eq!(silent("[a [b] c]", false), ["[b]"]);
    }

    #[test]
    fn round_brackets_are_events_only_when_they_say_so() {
        assert_eq!(
            silent("Well (laughs) it (Long pause) is (inaudible 00:12:01) (00:12)", false),
            ["(laughs)", "(Long pause)", "(inaudible 00:12:01)", "(00:12)"]
        );
        assert!(silent("It (he laughs about that) is (my own) (a) (2009)", false).is_empty());
    }

    #[test]
    fn link_text_is_words_and_its_address_is_not() {
        assert_eq!(
            silent("See [the long page](https://x.org/a_(b)) and [b](c \"d e\").", true),
            ["(https://x.org/a_(b))", "(c \"d e\")"]
        );
        assert_eq!(silent("[![alt](img.png)](https://x.org)", true), ["(img.png)", "(https://x.org)"]);
        assert_eq!(silent("[laughs](and then)", true), ["[laughs]"]);
    }

    #[test]
    fn many_open_brackets_cost_linear_time() {
        for unit in ["[", "](", "(", "[a](", "]"] {
            silent(&unit.repeat(1_000_000), true);
        }
    }
}
