//! Characters that an earlier program has spoiled: `Ã©` for `é`, and `\u{FFFD}` for what it could not read.

use super::document::line_of;
use super::finding::Finding;
use crate::corpus::Transcript;

/// UTF-8 that was read as Windows-1252.
pub(super) fn decoded_wrongly(transcript: &Transcript) -> Option<Finding> {
    let text = &transcript.text;
    if text.is_ascii() {
        return None;
    }
    let mut places: Vec<(usize, &str)> =
        ['Ã', 'Â', 'â', 'ð'].into_iter().flat_map(|lead| spoiled(text, lead)).collect();
    places.sort_unstable();
    let (first, example) = *places.first()?;
    let message = match places.len() {
        1 => format!("\"{example}\" looks like a letter that was decoded wrongly"),
        count => format!("\"{example}\" and {} more look like letters that were decoded wrongly", count - 1),
    };
    let mend = "open the file that it came from as UTF-8 and save it again, or replace them (\"Ã©\" is \"é\", \"â€™\" is \"’\")";
    Some(
        Finding::warning("L008", (&transcript.id, &transcript.path), message, mend)
            .at_line(Some(line_of(text, first as u32))),
    )
}

/// Where `lead` begins what a character of UTF-8 looks like in Windows-1252.
fn spoiled(text: &str, lead: char) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices(lead).filter_map(move |(at, _)| {
        let after = &text[at + lead.len_utf8()..];
        let mut next = after.chars();
        let second = next.next()?;
        let taken = match lead {
            // What may follow a capital Ã or Â in a sound text (quotes, dashes, spaces) is left alone.
            'Ã' | 'Â' => is_continuation(second) && !is_punctuation(second),
            'â' => second == '€' && next.next().is_some_and(is_continuation),
            _ => second == 'Ÿ',
        };
        let count = if matches!(lead, 'â') { 2 } else { 1 };
        let end: usize = after.chars().take(count).map(char::len_utf8).sum();
        taken.then(|| (at, &text[at..at + lead.len_utf8() + end]))
    })
}

/// Whether Windows-1252 has the character at 0x80 to 0xBF, where UTF-8 has all bytes of a character but its first.
fn is_continuation(character: char) -> bool {
    matches!(character, '\u{80}'..='\u{BF}') || "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ".contains(character)
}

fn is_punctuation(character: char) -> bool {
    matches!(
        character,
        '\u{A0}'
            | '…'
            | '‘'
            | '’'
            | '‚'
            | '“'
            | '”'
            | '„'
            | '–'
            | '—'
            | '›'
            | '»'
            | '‹'
            | '«'
            | '¿'
            | '¡'
    )
}

/// Replacement characters in the file itself.
pub(super) fn lost(transcript: &Transcript) -> Option<Finding> {
    let text = &transcript.text;
    let first = text.find('\u{FFFD}')?;
    let message = match text.matches('\u{FFFD}').count() {
        1 => "a character was lost before the file was saved; \u{FFFD} stands for it".to_owned(),
        count => format!("{count} characters were lost before the file was saved; \u{FFFD} stands for each"),
    };
    let mend = "export the transcript again as UTF-8, or type the letters in";
    let finding = Finding::warning("L009", (&transcript.id, &transcript.path), message, mend);
    Some(finding.at_line(Some(line_of(text, first as u32))))
}

#[cfg(test)]
mod tests {
    use super::spoiled;

    fn found(text: &str) -> Vec<&str> {
        ['Ã', 'Â', 'â', 'ð'].into_iter().flat_map(|lead| spoiled(text, lead)).map(|(_, part)| part).collect()
    }

    #[test]
    fn utf8_read_as_windows_1252() {
        assert_eq!(found("cafÃ© und Ã¶l"), ["Ã©", "Ã¶"]);
        assert_eq!(found("Iâ€™ve â€œseenâ€\u{9d}"), ["â€™", "â€œ", "â€\u{9d}"]);
        assert_eq!(found("5Â£ ðŸ˜€"), ["Â£", "ðŸ"]);
        assert_eq!(found("Ã…sa"), [] as [&str; 0], "Å is not told apart from AMANHÃ…");
    }

    #[test]
    fn sound_text_in_many_languages() {
        for text in [
            "“IRMÃ”, disse",
            "NÃO",
            "château, âge, 5 € – «Âme»",
            "Það er ðað",
            "ÂGE",
            "AMANHÃ…",
            "Việt Nam: cân",
            "fiancé…”",
        ] {
            assert_eq!(found(text), [] as [&str; 0], "{text}");
        }
    }
}
