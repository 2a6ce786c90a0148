//! A corpus of interviews made in memory, always the same, so that the benches need no file of anyone's.

#![allow(dead_code, reason = "each bench uses a part")]

use std::fmt::Write;
use std::io;
use std::path::Path;

const FUNCTION: &str = "the and to that a I of you it is in so we this for have but just on was do or be what with can \
    are not if about because they all at as really there people one then thing don't know think would when";
const CONTENT: &str = "manager security password policy system server company customer incident trust problem data code \
    team source project training audit budget backup language question story experience user software platform";

/// A generator of numbers ([xorshift64*](https://doi.org/10.1145/2845077)), so that no crate's choice of one changes
/// the corpus.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() >> 33) as usize % bound
    }
}

/// An interview of about `words` words, in turns with labels.
pub(crate) fn interview(number: u64, words: usize) -> String {
    let (function, content): (Vec<_>, Vec<_>) =
        (FUNCTION.split_whitespace().collect(), CONTENT.split_whitespace().collect());
    let mut numbers = Numbers(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut text = String::new();
    let mut said = 0;
    for turn in 0.. {
        if said >= words {
            break;
        }
        let (label, sentences) = if turn % 2 == 0 { ("Interviewer", 1) } else { ("Ines", 1 + numbers.below(6)) };
        let _ = write!(text, "{label}:");
        for _ in 0..sentences {
            let length = 4 + numbers.below(16);
            said += length;
            for _ in 0..length {
                match numbers.below(8) {
                    0..4 => drop(write!(text, " {}", function[numbers.below(function.len())])),
                    4..7 => drop(write!(text, " {}", content[numbers.below(content.len())])),
                    // Rare words: as many as there are numbers below the square of 200.
                    _ => drop(write!(text, " w{:x}", numbers.below(200) * numbers.below(200))),
                }
            }
            text.push('.');
        }
        text.push_str("\n\n");
    }
    text
}

/// Writes interviews into a folder.
pub(crate) fn write_corpus(folder: &Path, documents: u64, words: usize) -> io::Result<()> {
    for number in 1..=documents {
        std::fs::write(folder.join(format!("interview-{number:04}.txt")), interview(number, words))?;
    }
    Ok(())
}

/// A codebook of `codes` codes, with every operator.
pub(crate) fn codebook(codes: usize) -> String {
    let content: Vec<&str> = CONTENT.split_whitespace().collect();
    let word = |at: usize| content[at % content.len()];
    let entries: Vec<String> = (0..codes)
        .map(|code| {
            let (a, b, c) = (word(code), word(code * 7 + 3), word(code * 5 + 1));
            let patterns = [
                format!("{a} {b}"),
                format!("({a} | {b}) [0..3] {c}"),
                format!("{a} NEAR/5 {b}"),
                format!("the BEFORE/3 {c}"),
                format!("{b} AFTER/4 we"),
                format!("{a} NOT NEAR/4 not"),
                format!("{c} AND {a}"),
                format!("{b} AND NOT {c}"),
                format!("{a} EXCEPT ({a} {c})"),
                format!("stem:{b} OR {}* OR /w[0-9]+f/", &c[..4]),
            ];
            let patterns = serde_json::to_string(&patterns).unwrap_or_default();
            format!(r#"{{"id": "code-{code:02}", "theme": "all", "tracks": ["all"], "label": "Code {code}", "patterns": {patterns}}}"#)
        })
        .collect();
    format!(
        r#"{{"format": 1, "id": "bench", "title": "Bench", "language": "en", "roles": ["informant"],
            "tracks": [{{"id": "all", "label": "All"}}], "themes": [{{"id": "all", "label": "All"}}],
            "codes": [{}]}}"#,
        entries.join(",\n")
    )
}
