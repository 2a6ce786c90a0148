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
    /// With a colon and words: plain text's affair, but the name counts.
    Labelled,
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
            Some(head) if head.kind == Kind::Alone => waiting = Some((head, piece)),
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

/// Which heads are speakers.
fn taken(heads: &[Option<Head>], pieces: usize) -> Vec<bool> {
    let mut counts: HashMap<(bool, &str), usize> = HashMap::new();
    for head in heads.iter().flatten() {
        *counts.entry((head.kind == Kind::Tabbed, &head.name)).or_default() += 1;
    }
    let sum = |tabbed: bool| {
        let recurring = counts.iter().filter(|((kind, _), count)| *kind == tabbed && **count >= 2);
        recurring.fold((0, 0), |(names, all), (_, count)| (names + 1, all + count))
    };
    let all = heads.iter().flatten().filter(|head| head.kind != Kind::Tabbed).count();
    let (bold_names, bold_all) = sum(false);
    let (tabbed_names, tabbed_all) = sum(true);
    // Run-in headings and lists have a name a line; speakers recur.
    let bold_in_use = bold_names > 0 && bold_all * 2 >= all;
    let tabbed_in_use = tabbed_names >= 2 && tabbed_all * 2 >= pieces;
    let is_taken = |head: &Head| {
        let tabbed = head.kind == Kind::Tabbed;
        let count = counts.get(&(tabbed, head.name.as_str())).copied().unwrap_or(0);
        let once = bold_names >= 2 || bold_all * 3 >= all * 2 || role::is_usual_interviewer(&head.name);
        if tabbed { tabbed_in_use } else { bold_in_use && (count >= 2 || once) }
    };
    heads.iter().map(|head| head.as_ref().is_some_and(is_taken)).collect()
}

fn head(piece: &Piece) -> Option<Head> {
    let text = piece.text.as_str();
    if piece.heading {
        return None;
    }
    let indent = text.len() - text.trim_start().len();
    match piece.bold.first().filter(|bold| bold.contains(&indent)) {
        Some(bold) => bold_head(text, indent, bold.end),
        None => tabbed_head(text, indent),
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
    fn run_in_headings_stay_words() {
        let essay = ["*Passwords* are long.", "*Doors* are shut.", "*Keys* are lost.", "*It* was so."];
        assert_eq!(texts(&essay), ["Passwords are long.", "Doors are shut.", "Keys are lost.", "It was so."]);
    }
}
