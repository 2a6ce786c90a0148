//! Operators of other programs, and other things that look as if they meant something here.

/// What a word that is an operator elsewhere probably stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Foreign {
    /// What it is taken for here, for a message.
    pub(super) taken_for: &'static str,
    /// What to write in its place.
    pub(super) instead: String,
}

/// Looks at a run of characters without spaces. `before` tells whether something stands before it: an exclusion needs
/// something that it is excluded from.
pub(super) fn foreign(source: &str, before: bool) -> Option<Foreign> {
    let found = |taken_for, instead: String| Some(Foreign { taken_for, instead });
    match source {
        "&" | "&&" | "+" => return found("punctuation and left out", "AND".to_owned()),
        "||" | "," | ";" => return found("punctuation and left out", "|".to_owned()),
        "!" | "¬" | "-" if before => return found("punctuation and left out", "AND NOT".to_owned()),
        _ => {}
    }
    if let Some(gap) = braces(source) {
        return found("a word", gap);
    }
    if let Some((name, number)) = source.split_once('/')
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
    {
        let number = number.trim_start_matches('0');
        match name.to_ascii_uppercase().as_str() {
            "W" | "WITHIN" | "N" | "ADJ" | "NEXT" if !number.is_empty() => {
                return found("words", format!("NEAR/{number}"));
            }
            "PRE" | "P" if !number.is_empty() => return found("words", format!("BEFORE/{number}")),
            _ => {}
        }
    }
    let excluded = source.strip_prefix('!').or_else(|| source.strip_prefix('-').filter(|_| before));
    match excluded {
        Some(word) if before && word.starts_with(char::is_alphabetic) => {
            found("the word, which must then be there", format!("AND NOT {word}"))
        }
        _ => None,
    }
}

/// `{0,3}` as the gap it would be.
fn braces(source: &str) -> Option<String> {
    let inside = source.strip_prefix('{')?.strip_suffix('}')?;
    let number = |text: &str| text.trim().parse::<u32>().ok().filter(|&number| number <= super::lex::LARGEST_GAP);
    let (min, max) = match inside.split_once(',') {
        Some((min, max)) => (number(min)?, number(max)?),
        None => (number(inside)?, number(inside)?),
    };
    (min <= max && max > 0).then(|| format!("[{min}..{max}]"))
}

#[cfg(test)]
mod tests {
    use super::foreign;

    #[test]
    fn operators_of_other_programs_have_one_here() {
        let instead = |source| foreign(source, true).map(|found| found.instead);
        for (source, expected) in [
            ("&", "AND"),
            ("||", "|"),
            ("w/5", "NEAR/5"),
            ("PRE/3", "BEFORE/3"),
            ("-virus", "AND NOT virus"),
            ("{0,3}", "[0..3]"),
        ] {
            assert_eq!(instead(source).as_deref(), Some(expected), "{source}");
        }
        for source in ["virus", "and/or", "24/7", "w/o", "-", "--", "{x}", "e-mail", "-5"] {
            assert_eq!(foreign(source, source != "-").filter(|_| source != "-"), None, "{source}");
        }
        assert_eq!(foreign("-virus", false), None);
    }
}
