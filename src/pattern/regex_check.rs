//! Whether a regular expression can be used, and where it fails.

use regex::RegexBuilder;

use super::fault::PatternFault;

/// Largest compiled size of an expression, in bytes.
const SIZE_LIMIT: usize = 1 << 20;

/// Checks an expression that begins at byte `base` of its pattern.
pub(super) fn check(expression: &str, sensitive: bool, base: usize) -> Result<(), PatternFault> {
    let whole = base..base + expression.len();
    if expression.is_empty() {
        let mend = "write an expression between the slashes: `/colou?r/`";
        return Err(PatternFault::new("P009", base - 1..base + 1, "the regular expression is empty", mend));
    }
    // Alone first: `a)(b` would be well-formed between the parentheses that anchor it.
    for source in [expression.to_owned(), format!("^(?:{expression})$")] {
        match RegexBuilder::new(&source).case_insensitive(!sensitive).size_limit(SIZE_LIMIT).build() {
            Ok(_) => {}
            Err(regex::Error::CompiledTooBig(_)) => {
                let mend = "make its repetitions smaller";
                return Err(PatternFault::new("P009", whole, "the regular expression is too large", mend));
            }
            Err(error) => {
                let (reason, place) = read_error(&error.to_string());
                let place = place.and_then(|at| expression.char_indices().nth(at));
                let span = place.map_or(whole, |(at, character)| base + at..base + at + character.len_utf8());
                let mend = "mend the expression between the slashes; a special character is made literal by a backslash, and look-around and back-references are not supported";
                return Err(PatternFault::new(
                    "P009",
                    span,
                    format!("`/{expression}/` is no regular expression: {reason}"),
                    mend,
                ));
            }
        }
    }
    Ok(())
}

/// The reason and, where the message shows it, the code point at which an expression of one line fails.
fn read_error(message: &str) -> (String, Option<usize>) {
    const MARGIN: usize = 4;
    let reason = message.lines().rev().find_map(|line| line.trim().strip_prefix("error: ")).unwrap_or(message);
    let caret = message
        .lines()
        .find(|line| line.contains('^') && line.trim().chars().all(|c| c == '^'))
        .and_then(|line| line.find('^'));
    (reason.to_owned(), caret.and_then(|at| at.checked_sub(MARGIN)))
}
