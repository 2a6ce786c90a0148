//! Speakers that type or place tells from their words: `**Anna** words`, `ANNA⇥words`, a bold name alone above its
//! words. Where names recur like that, each gets its colon, so that the label styles of plain text see it.

use std::collections::HashMap;

use super::piece::Piece;
use crate::corpus::plain;
use crate::corpus::role;

/// The limits of a label, as in plain text.
const MOST_WORDS: usize = 6;
const MOST_CHARS: usize = 60;

/// A name at the start of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Head {
    name: String,
    /// Byte from which the words follow; the text's length if none do.
    words: usize,
    /// The timestamp after the name, as written.
    stamp: String,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Bold, then words that are not.
    Bold,
    /// Before a tab.
    Tabbed,
    /// Alone in its paragraph.
    Alone,
    /// Alone in a heading, as programs that code by paragraph style want it.
    Heading,
    /// In bold with a colon and words: plain text's affair, but the name counts.
    Labelled,
    /// The same without bold type.
    Plain,
}

impl Kind {
    fn is_bold(self) -> bool {
        matches!(self, Self::Bold | Self::Alone | Self::Labelled)
    }
}

/// Whether `name` is written as names are.
pub(super) fn may_name(name: &str) -> bool {
    name.chars().next().is_some_and(|first| first.is_alphanumeric() && !first.is_lowercase())
        && name.contains(char::is_alphanumeric)
        && name.split_whitespace().count() <= MOST_WORDS
        && name.chars().count() <= MOST_CHARS
        && !name.contains(['?', '!', ';', ':', '"', '“', '”', '…', '<', '>', '=', '|', '\n', '\t'])
        && (!name.ends_with('.') || name.split_whitespace().next_back().is_some_and(|last| last.len() <= 5))
        && plain::may_speak(name)
}

/// The paragraphs with a colon after each name that recurs.
pub(super) fn settled(pieces: Vec<Piece>) -> Vec<Piece> {
    let heads: Vec<Option<Head>> = pieces.iter().map(head).collect();
    let taken = taken(&heads, pieces.len());
    if !taken.contains(&true) {
        return pieces;
    }
    let mut settled: Vec<Piece> = Vec::with_capacity(pieces.len());
    // A name alone in its paragraph waits for the words below.
    let mut waiting: Option<(Head, Piece)> = None;
    for ((piece, head), taken) in pieces.into_iter().zip(heads).zip(taken) {
        let head = head.filter(|_| taken);
        if let Some((name, alone)) = waiting.take() {
            if head.is_none() && !piece.heading {
                settled.push(labelled(&name, piece, 0));
                continue;
            }
            settled.push(alone);
        }
        match head {
            Some(head) if matches!(head.kind, Kind::Alone | Kind::Heading) => waiting = Some((head, piece)),
            Some(head) if head.kind == Kind::Labelled => settled.push(piece),
            Some(head) => {
                let words = head.words;
                settled.push(labelled(&head, piece, words));
            }
            None => settled.push(piece),
        }
    }
    settled.extend(waiting.map(|(_, alone)| alone));
    settled
}

fn labelled(head: &Head, piece: Piece, words: usize) -> Piece {
    let mut start = format!("{}:", head.name);
    let bold = 0..start.len();
    if !head.stamp.is_empty() {
        let bracketed = head.stamp.starts_with(['[', '(']);
        start.push_str(&if bracketed { format!(" {}", head.stamp) } else { format!(" [{}]", head.stamp) });
    }
    start.push(' ');
    piece.behind(&start, bold, words)
}

/// What is known of the heads of one class.
#[derive(Debug, Default)]
struct Class<'a> {
    names: HashMap<&'a str, usize>,
    all: usize,
}

impl Class<'_> {
    /// How many names recur, and how often all of these occur.
    fn recurring(&self) -> (usize, usize) {
        let recurring = self.names.values().filter(|count| **count >= 2);
        recurring.fold((0, 0), |(names, all), count| (names + 1, all + count))
    }
}

/// Which heads are speakers. Run-in headings, lists and emphasis have many names or few lines; speakers recur and
/// fill the page.
fn taken(heads: &[Option<Head>], pieces: usize) -> Vec<bool> {
    let class = |wanted: fn(Kind) -> bool| {
        let mut class = Class::default();
        for head in heads.iter().flatten().filter(|head| wanted(head.kind)) {
            *class.names.entry(head.name.as_str()).or_default() += 1;
            class.all += 1;
        }
        class
    };
    let bold = class(Kind::is_bold);
    let tabbed = class(|kind| kind == Kind::Tabbed);
    let headings = class(|kind| kind == Kind::Heading);
    let plain = class(|kind| kind == Kind::Plain);
    let (names, all) = bold.recurring();
    let once = names >= 2 || all * 3 >= bold.all * 2;
    let bold_in_use = all * 2 >= bold.all && all * 10 >= pieces && all >= plain.recurring().1;
    let (names, all) = tabbed.recurring();
    let tabbed_in_use = names >= 2 && all * 2 >= pieces;
    let (names, all) = headings.recurring();
    // Sections recur where one file holds several interviews, but not as often as speakers do.
    let interviewed = headings.names.keys().any(|name| role::is_usual_interviewer(name));
    let headings_in_use = names >= 2 && all * 3 >= headings.all * 2 && (interviewed || all >= names * 4);
    let is_taken = |head: &Head| {
        let recurs = |class: &Class<'_>| class.names.get(head.name.as_str()).is_some_and(|count| *count >= 2);
        match head.kind {
            Kind::Plain => false,
            Kind::Tabbed => tabbed_in_use,
            Kind::Heading => headings_in_use && recurs(&headings),
            _ => bold_in_use && (recurs(&bold) || once || role::is_usual_interviewer(&head.name)),
        }
    };
    heads.iter().map(|head| head.as_ref().is_some_and(is_taken)).collect()
}

fn head(piece: &Piece) -> Option<Head> {
    let text = piece.text.as_str();
    if piece.heading {
        let name = text.trim().trim_end_matches(':').trim_end();
        let head =
            |name: &str| Head { name: name.to_owned(), words: text.len(), stamp: String::new(), kind: Kind::Heading };
        return Some(name).filter(|name| may_name(name)).map(head);
    }
    let indent = text.len() - text.trim_start().len();
    match piece.bold.first().filter(|bold| bold.contains(&indent)) {
        Some(bold) => bold_head(text, indent, bold.end),
        None => tabbed_head(text, indent).or_else(|| plain_head(text)),
    }
}

fn bold_head(text: &str, indent: usize, end: usize) -> Option<Head> {
    let inside = text.get(indent..end)?;
    let (name, colon, stamped) = match inside.split_once(':') {
        Some((name, rest)) if !ends_in_digit(name) => (name, true, rest.trim().to_owned()),
        _ => match stamp_at_end(inside) {
            Some((name, stamp)) => (name, false, stamp.to_owned()),
            None => (inside, false, String::new()),
        },
    };
    let name = name.trim();
    if !may_name(name) {
        return None;
    }
    let head = |kind, words, stamp: &str| {
        let stamp = stamp.trim().to_owned();
        Some(Head { name: name.to_owned(), words, stamp, kind })
    };
    let after = text.get(end..)?;
    let rest = after.trim_start();
    let (colon, rest) = match rest.strip_prefix(':') {
        Some(behind) if !colon => (true, behind.trim_start()),
        _ => (colon, rest),
    };
    if !stamped.is_empty() && !plain::is_stamp(&stamped) {
        // More words in bold after the colon.
        return if colon { head(Kind::Labelled, text.len(), "") } else { None };
    }
    if rest.is_empty() {
        return head(Kind::Alone, text.len(), &stamped);
    }
    if stamped.is_empty() && plain::is_stamp(rest) {
        return head(Kind::Alone, text.len(), rest);
    }
    if colon || !stamped.is_empty() || plain::stamp_len(rest).is_some() {
        return head(Kind::Labelled, text.len(), "");
    }
    let inside_ends = inside.ends_with(char::is_whitespace);
    let words = rest.trim_start_matches(['-', '–', '—', '|']).trim_start();
    let parted = inside_ends || after.starts_with(char::is_whitespace) || words.len() < rest.len();
    if !parted || words.is_empty() {
        return None;
    }
    head(Kind::Bold, text.len() - words.len(), "")
}

/// Whether what ends here before a colon may be the hours or minutes of a timestamp.
fn ends_in_digit(name: &str) -> bool {
    let last = name.split_whitespace().next_back().unwrap_or("");
    name.contains(char::is_whitespace) && last.len() <= 2 && last.chars().all(|c| c.is_ascii_digit())
}

fn stamp_at_end(text: &str) -> Option<(&str, &str)> {
    let at = text.trim_end().rfind(char::is_whitespace)?;
    let (name, stamp) = text.split_at(at);
    plain::is_stamp(stamp.trim()).then_some((name, stamp.trim()))
}

fn tabbed_head(text: &str, indent: usize) -> Option<Head> {
    let (name, rest) = text.get(indent..)?.split_once('\t')?;
    let name = name.trim();
    let words = rest.trim_start();
    if words.is_empty() || !may_name(name) || plain::stamp_len(words).is_some() || !name.contains(char::is_alphabetic) {
        return None;
    }
    Some(Head { name: name.to_owned(), words: text.len() - words.len(), stamp: String::new(), kind: Kind::Tabbed })
}

fn plain_head(text: &str) -> Option<Head> {
    let (name, words) = text.split_once(':')?;
    let name = name.trim();
    let counts = may_name(name) && words.starts_with(char::is_whitespace);
    counts.then(|| Head { name: name.to_owned(), words: text.len(), stamp: String::new(), kind: Kind::Plain })
}

#[cfg(test)]
mod tests {
    use super::settled;
    use crate::corpus::flow::piece::Piece;

    /// A piece from text in which `*` begins and ends bold type.
    fn piece(text: &str) -> Piece {
        let mut piece = Piece::default();
        for (index, part) in text.split('*').enumerate() {
            piece.push(part, index % 2 == 1);
        }
        piece
    }

    fn texts(pieces: &[&str]) -> Vec<String> {
        settled(pieces.iter().map(|text| piece(text)).collect()).into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn bold_names_that_recur_get_a_colon() {
        assert_eq!(
            texts(&["*Anna* yes so", "*Bo*\tno", "more", "*Anna *well", "*Bo* – mm", "*Night Porter* hello"]),
            ["Anna: yes so", "Bo: no", "more", "Anna: well", "Bo: mm", "Night Porter: hello"]
        );
    }

    #[test]
    fn bold_names_above_their_words_join_them() {
        assert_eq!(
            texts(&["*Anna*", "Yes.", "*Bo:* [0:12]", "No *way*.", "And.", "*Anna* 0:20", "Well.", "*Bo*"]),
            ["Anna: Yes.", "Bo: [0:12] No way.", "And.", "Anna: [0:20] Well.", "Bo"]
        );
    }

    #[test]
    fn names_before_a_tab_are_speakers_when_they_fill_the_page() {
        assert_eq!(texts(&["ANNA\tYes.", "BO\tNo.", "ANNA\tOh.", "BO\tMm."])[2], "ANNA: Oh.");
        assert_eq!(texts(&["Date\tToday", "Place\tHere", "Anna: yes", "Anna: no"])[0], "Date\tToday");
    }

    #[test]
    fn speakers_may_stand_in_headings() {
        let heading = |text: &str| Piece { heading: true, ..piece(text) };
        let pieces = vec![
            heading("Part one"),
            heading("INT"),
            piece("Yes."),
            heading("Bo"),
            piece("No."),
            heading("INT"),
            piece("So."),
            heading("Bo:"),
            piece("Mm."),
        ];
        let texts: Vec<_> = settled(pieces).into_iter().map(|piece| (piece.heading, piece.text)).collect();
        assert_eq!(texts[0], (true, "Part one".to_owned()));
        assert_eq!(
            texts[1..].iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(),
            ["INT: Yes.", "Bo: No.", "INT: So.", "Bo: Mm."]
        );
        assert!(texts[1..].iter().all(|(heading, _)| !heading));
    }

    #[test]
    fn emphasis_in_labelled_speech_is_no_speaker() {
        let talk = ["Anna: one", "*Really* we did.", "Bo: two", "Anna: three", "*Really* so.", "Bo: four"];
        assert_eq!(texts(&talk)[1], "Really we did.");
    }

    #[test]
    fn run_in_headings_stay_words() {
        let essay = ["*Passwords* are long.", "*Doors* are shut.", "*Keys* are lost.", "*It* was so."];
        assert_eq!(texts(&essay), ["Passwords are long.", "Doors are shut.", "Keys are lost.", "It was so."]);
    }
}
