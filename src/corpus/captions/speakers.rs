//! Who says what in captions.
//!
//! A voice tag names its speaker. In a file without any, a label at the start of a caption does (`Anna:`, `ANNA:`,
//! `[Anna]:`, `- Anna:`, `>> Anna:`, and `[Anna]` where such names recur), decided for the whole file as in plain
//! text. A caption without a name continues the speaker above, as is the custom where names stand only at a change.
//! A dash or `>>` without a name is somebody else, not known who.

use super::Caption;
use super::payload::Piece;
use crate::corpus::fragment::{self, Fragment};
use crate::corpus::plain::{self, Label, Opening};
use crate::corpus::utterance::Utterance;
use crate::text::ByteSpan;

/// In a text, a label stands at one in twenty places where a turn could begin, or it is no label. Captions hold
/// nothing but speech, where speakers go on for longer: there it is one in a hundred.
const RARER: usize = 5;

/// A line as it may begin.
struct Line<'a> {
    /// Without the dash or `>>` of a new speaker.
    text: &'a str,
    /// Whether it has one.
    dashed: bool,
    /// With the name in brackets that it begins with taken out of them, as in `Anna: words`.
    unpacked: Option<String>,
    /// Whether a colon follows the brackets.
    colon: bool,
}

/// What the captions say, in the order of the file, and whether any speaker is named.
pub(super) fn assign(captions: &[Caption<'_>]) -> (Vec<Fragment>, bool) {
    if captions.iter().flat_map(|caption| &caption.pieces).any(|piece| piece.voice.is_some()) {
        return (by_voice(captions), true);
    }
    let lines: Vec<Line<'_>> = captions.iter().flat_map(|caption| &caption.pieces).map(Line::of).collect();
    let labels = decide(captions, &lines);
    let named = labels.iter().any(Option::is_some);
    let mut assigned = Vec::with_capacity(captions.len());
    let mut speaker: Option<String> = None;
    let mut next = lines.iter().zip(labels);
    for caption in captions {
        let mut open: Option<Fragment> = None;
        for (line, label) in next.by_ref().take(caption.pieces.len()) {
            let (words, label) = match label {
                Some(Label { name, words }) => (line.shown().get(words..).unwrap_or("").trim(), Some(name)),
                None => (line.text, None),
            };
            let changes = label.is_some() || line.dashed;
            if changes {
                assigned.extend(open.take());
                speaker = label;
            }
            match &mut open {
                Some(open) => append(&mut open.said.words, words),
                None => open = Some(caption.fragment(words, speaker.clone(), changes)),
            }
        }
        assigned.extend(open);
    }
    (assigned, named)
}

fn by_voice(captions: &[Caption<'_>]) -> Vec<Fragment> {
    let mut assigned: Vec<Fragment> = Vec::with_capacity(captions.len());
    let mut speaker: Option<String> = None;
    for caption in captions {
        let mut open: Option<Fragment> = None;
        for Piece { words, voice } in &caption.pieces {
            if let Some(voice) = voice {
                let name = plain::normal(voice.trim_end_matches([':', ' ']));
                if speaker.as_ref() != Some(&name) {
                    assigned.extend(open.take());
                    speaker = Some(name);
                }
            }
            match &mut open {
                Some(open) => append(&mut open.said.words, words),
                None => open = Some(caption.fragment(words, speaker.clone(), false)),
            }
        }
        assigned.extend(open);
    }
    assigned
}

fn append(words: &mut String, more: &str) {
    if !words.is_empty() {
        words.push(' ');
    }
    words.push_str(more);
}

impl Caption<'_> {
    fn fragment(&self, words: &str, label: Option<String>, fresh: bool) -> Fragment {
        let said = Utterance { label, words: words.to_owned(), start_time: self.start, end_time: self.end };
        Fragment { said, fresh, line: Some(self.line) }
    }
}

impl<'a> Line<'a> {
    fn of(piece: &'a Piece<'_>) -> Self {
        let text = undashed(&piece.words);
        let dashed = text.len() < piece.words.len();
        let bracketed = in_brackets(text);
        let colon = bracketed.is_some_and(|(.., colon)| colon);
        Self { text, dashed, unpacked: bracketed.map(|(name, words, _)| format!("{name}: {words}")), colon }
    }

    /// The text in which a label is looked for.
    fn shown(&self) -> &str {
        self.unpacked.as_deref().unwrap_or(self.text)
    }
}

/// The label of each line: of the names with a colon, else of those in brackets without one.
fn decide(captions: &[Caption<'_>], lines: &[Line<'_>]) -> Vec<Option<Label>> {
    let mut opens = Vec::with_capacity(lines.len());
    let mut turns = 1;
    let mut ended = true;
    let mut all = lines.iter();
    for caption in captions {
        for (number, line) in all.by_ref().take(caption.pieces.len()).enumerate() {
            opens.push(number == 0 || line.dashed || ended);
            ended = fragment::ends_sentence(line.text);
            turns += usize::from(ended);
        }
    }
    let shown = |brackets: bool| -> Vec<Opening<'_>> {
        let text = |line: &'_ Line<'_>| line.unpacked.is_some() && !line.colon;
        lines
            .iter()
            .zip(&opens)
            .map(|(line, &opens)| Opening { line: if text(line) == brackets { line.shown() } else { "" }, opens })
            .collect()
    };
    let labels = plain::labels(&shown(false), captions.len(), turns / RARER);
    if labels.iter().any(Option::is_some) || !lines.iter().any(|line| line.unpacked.is_some() && !line.colon) {
        return labels;
    }
    // Sounds stand in brackets, too: names must be as frequent as in a text.
    plain::labels(&shown(true), captions.len(), turns)
}

/// `text` without the dash or the `>>` of a new speaker.
fn undashed(text: &str) -> &str {
    if let Some(rest) = text.strip_prefix(">>") {
        return rest.trim_start_matches('>').trim_start();
    }
    let speaks = |c: char| c.is_whitespace() || c.is_alphabetic() || matches!(c, '[' | '¿' | '¡' | '"' | '“');
    match text.strip_prefix(['-', '–', '—']) {
        Some(rest) if rest.starts_with(speaks) => rest.trim_start(),
        _ => text,
    }
}

/// The name in brackets that `text` begins with, the words after it, and whether a colon stands between.
fn in_brackets(text: &str) -> Option<(&str, &str, bool)> {
    const LONGEST: usize = 80;
    let inside = text.strip_prefix('[')?;
    let end = inside.bytes().take(LONGEST).position(|byte| byte == b']')?;
    let name = inside[..end].trim();
    let rest = &inside[end + 1..];
    let words = rest.strip_prefix(':');
    let colon = words.is_some();
    let words = words.unwrap_or(rest).trim();
    let event = || {
        let mut silent = Vec::new();
        let round = format!("({name})");
        plain::silent_spans(&round, ByteSpan::new(0, round.len() as u32), false, &mut silent);
        !silent.is_empty()
    };
    let named = name.starts_with(char::is_alphanumeric) && (colon || !words.is_empty()) && !event();
    named.then_some((name, words, colon))
}

#[cfg(test)]
mod tests {
    use super::assign;
    use crate::corpus::captions::Caption;
    use crate::corpus::captions::payload;
    use crate::corpus::captions::time_line::Layout;

    /// Label and words of each fragment; a fresh one of nobody has the label `?`.
    fn said(captions: &[&str]) -> Vec<(String, String)> {
        let captions: Vec<Caption<'_>> = captions
            .iter()
            .map(|lines| {
                let mut caption = Caption::default();
                payload::pieces(lines, Layout::Vtt, &mut caption.pieces);
                caption
            })
            .collect();
        let show = |fresh: bool| if fresh { "?" } else { "" }.to_owned();
        let (fragments, _) = assign(&captions);
        fragments.into_iter().map(|found| (found.said.label.unwrap_or(show(found.fresh)), found.said.words)).collect()
    }

    fn pairs(found: &[(String, String)]) -> Vec<(&str, &str)> {
        found.iter().map(|(label, words)| (label.as_str(), words.as_str())).collect()
    }

    #[test]
    fn voices_name_speakers_and_go_on() {
        let found = said(&[
            "<v Anna>Yes.</v>",
            "And so
on.",
            "<v Bo>No.</v> <v Anna >Mm.",
        ]);
        assert_eq!(pairs(&found), [("Anna", "Yes."), ("Anna", "And so on."), ("Bo", "No."), ("Anna", "Mm.")]);
    }

    #[test]
    fn labels_stand_only_where_the_speaker_changes() {
        let found =
            said(&["Travis: When you first get", "started in it,", "Sarah: Sound", "is key: yes.", "Travis: So."]);
        assert_eq!(
            pairs(&found),
            [
                ("Travis", "When you first get"),
                ("Travis", "started in it,"),
                ("Sarah", "Sound"),
                ("Sarah", "is key: yes."),
                ("Travis", "So.")
            ]
        );
    }

    #[test]
    fn dashes_brackets_and_capitals() {
        let found = said(&[
            "- ANNA: Yes.
- BO: No.",
            ">> ANNA: So.",
            "BO: Mm.",
        ]);
        assert_eq!(pairs(&found), [("ANNA", "Yes."), ("BO", "No."), ("ANNA", "So."), ("BO", "Mm.")]);
        let found = said(&["[SPEAKER_00]: Yes.", "[SPEAKER_01]: No."]);
        assert_eq!(pairs(&found), [("SPEAKER_00", "Yes."), ("SPEAKER_01", "No.")]);
        let found = said(&["[Anna] Yes.", "[laughs] I do.", "[Bo] No.", "[Anna] Mm.", "[Bo] So."]);
        assert_eq!(
            pairs(&found),
            [("Anna", "Yes."), ("Anna", "[laughs] I do."), ("Bo", "No."), ("Anna", "Mm."), ("Bo", "So.")]
        );
    }

    #[test]
    fn sounds_in_brackets_are_nobody() {
        let found = said(&["[Music] Hello", "there.", "[Applause] Well.", "[Music] So."]);
        assert!(found.iter().all(|(label, _)| label.is_empty()), "{found:?}");
    }

    #[test]
    fn dashes_without_names_part_two_unknown_speakers() {
        let found = said(&[
            "- It will hurt.
- You could die.",
            "-5 degrees",
        ]);
        assert_eq!(pairs(&found), [("?", "It will hurt."), ("?", "You could die."), ("", "-5 degrees")]);
    }
}
