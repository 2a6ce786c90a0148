//! The words of a cue without its markup.
//!
//! WebVTT's tags (voice, class, italic, bold, underline, ruby, language, times) and SubRip's HTML and `{\an8}` are
//! left out, entities become their characters. A tag that is not closed before the next one, or the end of the cue,
//! takes no words with it.

use std::borrow::Cow;

use super::time_line::Layout;

/// One line of a cue, or the part of a line that one voice says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece<'a> {
    /// The words, trimmed; never empty.
    pub(super) words: Cow<'a, str>,
    /// The name in the voice tag around them.
    pub(super) voice: Option<Cow<'a, str>>,
}

/// Appends the pieces of a cue.
pub(super) fn pieces<'a>(payload: &'a str, layout: Layout, pieces: &mut Vec<Piece<'a>>) {
    if !payload.contains(['<', '&', '{']) {
        let lines = payload.split('\n').map(str::trim).filter(|line| !line.is_empty());
        pieces.extend(lines.map(|line| Piece { words: Cow::Borrowed(line), voice: None }));
        return;
    }
    let mut words = Words { pieces, open: String::new(), voice: None };
    let mut rest = payload;
    while let Some(at) = rest.find(['<', '&', '{', '\n']) {
        words.open.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match rest.as_bytes()[0] {
            b'\n' => {
                words.close();
                1
            }
            b'<' => tag(rest, &mut words),
            b'&' => match entity(rest) {
                Some((character, length)) => {
                    words.open.push(character);
                    length
                }
                None => words.literal('&'),
            },
            _ => match override_len(rest).filter(|_| layout != Layout::Vtt) {
                Some(length) => length,
                None => words.literal('{'),
            },
        };
        rest = &rest[length..];
    }
    words.open.push_str(rest);
    words.close();
}

struct Words<'a, 'p> {
    pieces: &'p mut Vec<Piece<'a>>,
    open: String,
    voice: Option<Cow<'a, str>>,
}

impl Words<'_, '_> {
    fn close(&mut self) {
        let words = self.open.trim();
        if !words.is_empty() {
            self.pieces.push(Piece { words: Cow::Owned(words.to_owned()), voice: self.voice.clone() });
        }
        self.open.clear();
    }

    /// A sign of one byte that stands for itself.
    fn literal(&mut self, sign: char) -> usize {
        self.open.push(sign);
        sign.len_utf8()
    }
}

/// Reads the tag that `rest` begins with; gives its length in bytes.
fn tag<'a>(rest: &'a str, words: &mut Words<'a, '_>) -> usize {
    let end = rest[1..].find(['<', '>']).map(|at| at + 1).filter(|at| rest.as_bytes()[*at] == b'>');
    let Some(end) = end else { return unclosed(rest, words) };
    let inside = &rest[1..end];
    let (name, annotation) = inside.split_once(|c: char| c.is_whitespace()).unwrap_or((inside, ""));
    match name.split('.').next().unwrap_or("") {
        "v" => {
            words.close();
            let annotation = annotation.trim();
            let named = decoded(annotation);
            words.voice = (!annotation.is_empty()).then_some(named);
        }
        "/v" => {
            words.close();
            words.voice = None;
        }
        "br" | "br/" => words.close(),
        _ => {}
    }
    end + 1
}

/// A `<` without its `>`: the name of a known tag is left out, everything else is words.
fn unclosed(rest: &str, words: &mut Words<'_, '_>) -> usize {
    const KNOWN: &[&str] = &["v", "c", "i", "b", "u", "lang", "ruby", "rt", "font"];
    let inside = &rest[1..];
    let length = inside.find(|c: char| c.is_whitespace() || c == '<').unwrap_or(inside.len());
    let name = &inside[..length];
    let bare = name.trim_start_matches('/').split('.').next().unwrap_or("");
    let is_time = name.contains(':') && name.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.'));
    if KNOWN.contains(&bare) || is_time {
        return 1 + length;
    }
    words.literal('<')
}

/// The length of the override `{\an8}` that `rest` begins with.
fn override_len(rest: &str) -> Option<usize> {
    const LONGEST: usize = 80;
    if !rest.starts_with("{\\") {
        return None;
    }
    rest.bytes().take(LONGEST).position(|byte| byte == b'}').map(|end| end + 1)
}

/// `text` with its entities as characters.
fn decoded(text: &str) -> Cow<'_, str> {
    let mut rest = text;
    let mut decoded = String::new();
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        let (character, length) = entity(&rest[at..]).unwrap_or(('&', 1));
        decoded.push(character);
        rest = &rest[at + length..];
    }
    if rest.len() == text.len() {
        return Cow::Borrowed(text);
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// The character of the entity that `text` begins with, and the entity's length in bytes.
fn entity(text: &str) -> Option<(char, usize)> {
    const LONGEST: usize = 10;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let character = match text.get(1..end)? {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "nbsp" => '\u{A0}',
        "lrm" => '\u{200E}',
        "rlm" => '\u{200F}',
        "quot" => '"',
        "apos" => '\'',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "rsquo" => '’',
        "lsquo" => '‘',
        "rdquo" => '”',
        "ldquo" => '“',
        number => {
            let number = number.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|character| *character != '\0')?
        }
    };
    Some((character, end + 1))
}

#[cfg(test)]
mod tests {
    use super::pieces;
    use crate::corpus::captions::time_line::Layout;

    fn seen(payload: &str, layout: Layout) -> Vec<(Option<String>, String)> {
        let mut found = Vec::new();
        pieces(payload, layout, &mut found);
        found.into_iter().map(|piece| (piece.voice.map(String::from), piece.words.into_owned())).collect()
    }

    fn words(payload: &str) -> String {
        let found = seen(payload, Layout::Vtt);
        found.into_iter().map(|(_, words)| words).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn tags_and_entities() {
        assert_eq!(words("<c.a.b>Yes</c>, <i>I</i> <b>do</b>\n<u>so</u>"), "Yes, I do|so");
        assert_eq!(words("One<00:00:01.500><c> two</c>"), "One two");
        assert_eq!(words("<ruby>base<rt>above</rt></ruby> <lang en-GB>colour</lang>"), "baseabove colour");
        assert_eq!(
            words("A &amp; B &lt;C&gt; &#39;d&#x27; &nbsp;&lrm;e &am; &lt"),
            "A & B <C> 'd' \u{A0}\u{200E}e &am; &lt"
        );
        assert_eq!(words("{\\an8}up"), "{\\an8}up");
        assert_eq!(seen("{\\an8}<font color=\"#fff\">up</font>", Layout::Srt), [(None, "up".to_owned())]);
    }

    #[test]
    fn voices() {
        let said = |voice: &str, words: &str| (Some(voice.to_owned()), words.to_owned());
        assert_eq!(
            seen("<v.loud Anna &amp; Bo>Yes.</v> Mm. <v Bo>No.\nNever.", Layout::Vtt),
            [said("Anna & Bo", "Yes."), (None, "Mm.".to_owned()), said("Bo", "No."), said("Bo", "Never.")]
        );
        assert_eq!(seen("<v>Yes.", Layout::Vtt), [(None, "Yes.".to_owned())]);
    }

    #[test]
    fn a_tag_without_its_end_takes_no_words() {
        assert_eq!(words("<c It's a tree"), "It's a tree");
        assert_eq!(words("<c.first It's </c"), "It's");
        assert_eq!(words("<00:01.000 It's"), "It's");
        assert_eq!(words("if x < y and <i>so</i>"), "if x < y and so");
        assert_eq!(words("<3 you"), "<3 you");
    }

    #[test]
    fn many_open_tags_cost_linear_time() {
        for unit in ["<", "<v ", "&", "{\\", "<c", "</", "&#"] {
            seen(&unit.repeat(300_000), Layout::Srt);
        }
    }
}
