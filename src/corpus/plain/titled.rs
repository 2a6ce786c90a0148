//! Labels of printed proceedings at the start of a paragraph: a title and a name, or a known part, and a full stop,
//! as in `Mr. Smith of Texas. Thank you.` and `The Chairman. Yes.`

/// Titles before a name.
const TITLES: &[&str] = &[
    "Admiral",
    "Adm",
    "Ambassador",
    "Bishop",
    "Brigadier",
    "Captain",
    "Capt",
    "Chair",
    "Chairman",
    "Chairwoman",
    "Chancellor",
    "Chief",
    "Colonel",
    "Col",
    "Commander",
    "Commissioner",
    "Congressman",
    "Congresswoman",
    "Councilman",
    "Councilwoman",
    "Delegate",
    "Director",
    "Dr",
    "Father",
    "General",
    "Gen",
    "Governor",
    "Gov",
    "Hon",
    "Judge",
    "Justice",
    "Lady",
    "Lieutenant",
    "Lieut",
    "Lord",
    "Lt",
    "Maj",
    "Major",
    "Mayor",
    "Minister",
    "Miss",
    "Mr",
    "Mrs",
    "Ms",
    "Mx",
    "President",
    "Prof",
    "Professor",
    "Rabbi",
    "Rep",
    "Representative",
    "Rev",
    "Reverend",
    "Sec",
    "Secretary",
    "Sen",
    "Senator",
    "Sergeant",
    "Sgt",
    "Sheriff",
    "Sir",
    "Sister",
    "Speaker",
    "Superintendent",
    "Vice",
];
/// Parts after `The`, and words before them.
const PARTS: &[&str] = &[
    "Acting",
    "Attorney",
    "Chair",
    "Chairlady",
    "Chairman",
    "Chairperson",
    "Chairwoman",
    "Clerk",
    "Commissioner",
    "Court",
    "Deputy",
    "General",
    "Interpreter",
    "Judge",
    "Moderator",
    "Presiding",
    "Officer",
    "President",
    "Reporter",
    "Secretary",
    "Speaker",
    "Temporary",
    "Vice",
    "Witness",
];
/// Speakers without a name.
const NAMELESS: &[&str] =
    &["Audience Member", "Interpreter", "Participant", "Staff", "Unidentified Speaker", "Voice", "Voices", "Witness"];
/// What stands after `Mr.` or `Madam` when somebody is spoken to.
const ADDRESSED: &[&str] = &[
    "Administrator",
    "Ambassador",
    "Attorney",
    "Chair",
    "Chairman",
    "Chairperson",
    "Chairwoman",
    "Commissioner",
    "Director",
    "General",
    "Governor",
    "Mayor",
    "Minister",
    "President",
    "Secretary",
    "Speaker",
    "Vice",
];
/// Titles by which people with an office are spoken to.
const SPOKEN_TO: &[&str] = &["Dr", "Hon", "Lady", "Lord", "Miss", "Mr", "Mrs", "Ms", "Mx", "Sir"];
/// Titles that hardly begin anything but a name; `General Motors.` may head a paragraph.
const PERSONAL: &[&str] = &[
    "Admiral",
    "Ambassador",
    "Chairman",
    "Chairwoman",
    "Congressman",
    "Congresswoman",
    "Dr",
    "Governor",
    "Hon",
    "Judge",
    "Justice",
    "Miss",
    "Mr",
    "Mrs",
    "Ms",
    "Mx",
    "Professor",
    "Representative",
    "Secretary",
    "Senator",
    "The",
];
/// Small words inside a name.
const PARTICLES: &[&str] =
    &["da", "de", "del", "den", "der", "di", "dos", "du", "la", "le", "of", "the", "van", "von", "y"];
/// Abbreviations inside a name.
const SHORT: &[&str] = &[
    "Adm", "Brig", "Capt", "Col", "Dr", "Gen", "Gov", "Hon", "Lieut", "Lt", "Maj", "Mr", "Mrs", "Ms", "Mx", "Prof",
    "Rep", "Rev", "Sec", "Sen", "Sgt", "St", "Ste",
];
/// What may follow a name after a comma.
const SUFFIXES: &[&str] = &["Jr", "Sr", "II", "III", "IV"];
/// A label has at most so many words.
const MOST_WORDS: usize = 7;

/// What may be a label.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Titled<'a> {
    /// Title and name as printed.
    pub(super) name: &'a str,
    /// Byte in the line at which the words begin.
    pub(super) words: usize,
    /// Nothing follows on the line.
    pub(super) alone: bool,
    /// Says by itself that somebody speaks; otherwise it must recur.
    pub(super) sure: bool,
}

impl<'a> Titled<'a> {
    /// The candidate that `line` begins with, after white space.
    pub(super) fn parse(line: &'a str) -> Option<Self> {
        let start = line.len() - line.trim_start().len();
        let mut at = start;
        let mut named = Named::Nothing;
        let mut name_end = start;
        for count in 0..=MOST_WORDS {
            let rest = &line[at..];
            let word = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
            // `Mr. Smith.----and so on`, where somebody has broken in.
            let word = word.find(".--").map_or(word, |stop| &word[..=stop]);
            if word.starts_with(['[', '(']) {
                // `Mr. Smith [presiding]. We …`
                let close = rest.find([']', ')'])? + 1;
                let after = rest[close..].strip_prefix('.')?;
                return Self::finish(line, start, name_end, line.len() - after.len(), named, true);
            }
            let bare = word.trim_end_matches(['.', ',', ':']);
            let stops = word.len() - word.trim_end_matches('.').len();
            if bare.is_empty() || stops > 1 || word.ends_with(':') {
                return None;
            }
            if count == 1
                && ADDRESSED.contains(&bare)
                && SPOKEN_TO.contains(&line[start..name_end].trim_end_matches('.'))
            {
                return None;
            }
            named = named.with(bare)?;
            name_end = at + bare.len();
            let next = line[at + word.len()..].trim_start();
            if word.ends_with(',') && !next.split([' ', '.']).next().is_some_and(|next| SUFFIXES.contains(&next)) {
                return None;
            }
            let initial = bare.chars().count() == 1 && count > 0;
            let goes_on = SHORT.contains(&bare) || initial || next.starts_with("of ");
            if stops == 1 && !goes_on {
                return Self::finish(line, start, name_end, at + word.len(), named, false);
            }
            at = line.len() - next.len();
            if next.is_empty() {
                return None;
            }
        }
        None
    }

    fn finish(line: &'a str, start: usize, name_end: usize, end: usize, named: Named, annotated: bool) -> Option<Self> {
        let rest = line[end..].trim_start();
        let parted = rest.len() < line[end..].len() || rest.is_empty() || rest.starts_with("--");
        // Small letters go on with a sentence that somebody has broken into.
        let opens = annotated || !rest.starts_with(char::is_lowercase);
        let name = line.get(start..name_end)?;
        let title = name.split([' ', '.']).next().unwrap_or("");
        let nameless = NAMELESS.iter().any(|known| known.eq_ignore_ascii_case(name));
        let complete = nameless || matches!(named, Named::Name | Named::Part);
        let words = line.len() - rest.len();
        (parted && complete).then_some(Self {
            name,
            words,
            alone: rest.is_empty(),
            sure: opens && PERSONAL.contains(&title),
        })
    }
}

/// What has been read of a label.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Named {
    Nothing,
    /// `The`, before a part.
    The,
    /// `The Chairman`.
    Part,
    /// `Mr.`, before a name.
    Title,
    /// `Mr. Smith`.
    Name,
    /// The first word of a speaker without a name.
    Other,
}

impl Named {
    /// After one more word; `None` if it is no part of a label.
    fn with(self, word: &str) -> Option<Self> {
        let upper = word.starts_with(char::is_uppercase);
        let particle = PARTICLES.contains(&word);
        match self {
            Self::Nothing if word == "The" => Some(Self::The),
            Self::Nothing if TITLES.contains(&word) => Some(Self::Title),
            Self::Nothing if NAMELESS.iter().any(|known| known.split(' ').next() == Some(word)) => Some(Self::Other),
            Self::The | Self::Part if PARTS.contains(&word) => Some(Self::Part),
            Self::Title if particle && word != "of" && word != "the" => Some(Self::Title),
            Self::Title if upper => Some(Self::Name),
            Self::Name if upper || particle => Some(Self::Name),
            Self::Other if upper => Some(Self::Other),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Titled;

    fn seen(line: &str) -> Option<(&str, &str)> {
        Titled::parse(line).map(|found| (found.name, &line[found.words..]))
    }

    #[test]
    fn labels_as_they_are_printed() {
        for (line, name, words) in [
            ("    The Chairman. This hearing will come", "The Chairman", "This hearing will come"),
            ("    Mr. Smith of Texas. Thank you.", "Mr. Smith of Texas", "Thank you."),
            ("    Mr. Miller of North Carolina. I do.", "Mr. Miller of North Carolina", "I do."),
            ("    Senator Warner. Good morning.", "Senator Warner", "Good morning."),
            ("    Secretary Clinton. Yes.", "Secretary Clinton", "Yes."),
            ("    Ms. CHU. Yes.", "Ms. CHU", "Yes."),
            ("    Ms. Jackson Lee. Mr. Chairman, no.", "Ms. Jackson Lee", "Mr. Chairman, no."),
            ("    Mr. Jackson, Jr. Thank you.", "Mr. Jackson, Jr", "Thank you."),
            ("    Mr. J. Smith. So.", "Mr. J. Smith", "So."),
            ("    Dr. St. Clair. So.", "Dr. St. Clair", "So."),
            ("    Mr. de la Cruz. So.", "Mr. de la Cruz", "So."),
            ("    Lt. Gen. Odom. So.", "Lt. Gen. Odom", "So."),
            ("    Senator Bayh [presiding]. We go on.", "Senator Bayh", "We go on."),
            ("    Mr. Bernanke [continuing]. --of the", "Mr. Bernanke", "--of the"),
            ("    Mr. Volcker.----about him", "Mr. Volcker", "----about him"),
            ("    Senator Merkley. and I", "Senator Merkley", "and I"),
            ("    The Chairman. [Presiding.] We", "The Chairman", "[Presiding.] We"),
            ("    Mr. Gruenberg.", "Mr. Gruenberg", ""),
            ("    Mr. Smith. ``Yes,'' he said.", "Mr. Smith", "``Yes,'' he said."),
            ("    The Vice Chairman. So.", "The Vice Chairman", "So."),
            ("    Voice. No.", "Voice", "No."),
        ] {
            assert_eq!(seen(line), Some((name, words)), "{line}");
        }
    }

    #[test]
    fn sentences_are_no_labels() {
        for line in [
            "    Mr. Smith said that. And",
            "    Mr. Chairman. Thank you",
            "    Mr. Secretary. I",
            "    Thank you.",
            "    Yes. I do.",
            "    The economy. It",
            "    The U.S. economy",
            "    Senator. Yes.",
            "    Senator Sarbanes............. 12",
            "    Mr. Smith, I thank you.",
            "    Mr. Smith: so",
            "    Mr.",
            "",
        ] {
            assert_eq!(seen(line), None, "{line}");
        }
    }
}
