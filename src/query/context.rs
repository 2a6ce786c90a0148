//! The words around a hit.

/// The words of a turn left of, in, and right of the tokens `[start, end)`, with at most `context` tokens on either
/// side; white space is collapsed and punctuation stays with its words.
///
/// # Panics
/// If the tokens are not there.
pub fn around(words: &str, tokens: &[(u32, u32)], start: usize, end: usize, context: usize) -> [String; 3] {
    let from = if start <= context { 0 } else { tokens[start - context].0 as usize };
    let to = if end.saturating_add(context) >= tokens.len() { words.len() } else { tokens[end + context].0 as usize };
    let (first, last) = (tokens[start].0 as usize, tokens[end - 1].1 as usize);
    [&words[from..first], &words[first..last], &words[last..to]].map(collapsed)
}

/// Runs of white space made one space; a space at the ends is kept as one.
fn collapsed(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for character in text.chars() {
        if !character.is_whitespace() {
            collapsed.push(character);
        } else if !collapsed.ends_with(' ') {
            collapsed.push(' ');
        }
    }
    collapsed
}

#[cfg(test)]
mod tests {
    use super::around;

    #[test]
    fn context_is_counted_in_tokens_and_keeps_punctuation() {
        let words = "So, the IT\n\nmanager said: \"no\", I think.";
        let tokens: Vec<(u32, u32)> = ["So", "the", "IT", "manager", "said", "no", "I", "think"]
            .iter()
            .map(|word| {
                let start = words.find(word).expect("a word of the text");
                (start as u32, (start + word.len()) as u32)
            })
            .collect();
        assert_eq!(around(words, &tokens, 2, 4, 1), ["the ", "IT manager", " said: \""]);
        assert_eq!(around(words, &tokens, 2, 4, 9), ["So, the ", "IT manager", " said: \"no\", I think."]);
    }
}
