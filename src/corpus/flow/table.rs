//! Tables to paragraphs.
//!
//! A table in which one column holds speakers, told by its head or because short names recur in it, gives a turn a
//! row. Of other tables a row is one paragraph, its cells parted by tabs; where cells hold several paragraphs, the
//! table is mere layout, and they follow each other.

use std::collections::HashSet;

use super::names;
use super::omitted::Omitted;
use super::piece::Piece;
use crate::corpus::plain;
use crate::corpus::role;

/// More columns than this are no transcript.
const MOST_COLUMNS: usize = 8;

const SPEAKER_HEADS: &[&str] = &[
    "speaker",
    "speakers",
    "speaker name",
    "name",
    "who",
    "participant",
    "person",
    "role",
    "sprecher",
    "sprecherin",
    "talare",
    "taler",
    "locuteur",
    "intervenant",
    "hablante",
    "interlocutor",
    "spreker",
    "puhuja",
];
const TIME_HEADS: &[&str] = &[
    "time",
    "times",
    "timespan",
    "timestamp",
    "time stamp",
    "timecode",
    "time code",
    "start",
    "start time",
    "tid",
    "zeit",
    "temps",
    "tiempo",
];
const WORD_HEADS: &[&str] = &[
    "words",
    "text",
    "content",
    "transcript",
    "transcription",
    "utterance",
    "speech",
    "statement",
    "dialogue",
    "turn",
    "inhalt",
    "innehåll",
];

type Row = Vec<Vec<Piece>>;

/// What the columns hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Columns {
    speaker: usize,
    words: usize,
    time: Option<usize>,
    headed: bool,
}

/// The paragraphs of a table.
pub(super) fn pieces(mut rows: Vec<Row>, omitted: &mut Omitted) -> Vec<Piece> {
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    let speakers = speaker_columns(&rows);
    let mut found = Vec::new();
    for (number, row) in rows.into_iter().enumerate() {
        match speakers {
            Some(columns) if number == 0 && columns.headed => {
                found.extend(joined(row).map(|piece| Piece { heading: true, ..piece }));
            }
            Some(columns) => turn(row, columns, &mut found, omitted),
            None if row.iter().all(|cell| cell.len() <= 1) => found.extend(joined(row)),
            None => found.extend(row.into_iter().flatten()),
        }
    }
    found
}

fn turn(row: Row, columns: Columns, found: &mut Vec<Piece>, omitted: &mut Omitted) {
    let mut start = String::new();
    let (mut name, mut time, mut words) = (String::new(), String::new(), Vec::new());
    for (column, cell) in row.into_iter().enumerate() {
        if column == columns.speaker {
            name = text_of(&cell).trim().trim_end_matches(':').trim_end().to_owned();
        } else if columns.time == Some(column) {
            time = text_of(&cell).trim().to_owned();
        } else if column == columns.words {
            words = cell;
        } else {
            omitted.add("cell beside speaker and word", usize::from(!cell.is_empty()));
        }
    }
    if !time.is_empty() {
        start.push_str(&if time.starts_with(['[', '(']) { time } else { format!("[{time}]") });
        start.push(' ');
    }
    let bold = start.len();
    if !name.is_empty() {
        start.push_str(&name);
        start.push(':');
    }
    let bold = bold..start.len();
    let named = !bold.is_empty();
    if named {
        start.push(' ');
    }
    let mut words = words.into_iter();
    let first = words.next().unwrap_or_default();
    let from = first.text.len() - first.text.trim_start().len();
    found.push(Piece { label: named, ..first.behind(&start, bold, from) });
    found.extend(words);
}

/// A row as one paragraph.
fn joined(row: Row) -> Option<Piece> {
    let mut cells = row.into_iter().flatten().filter(|piece| !piece.is_blank());
    let mut all = cells.next()?;
    for cell in cells {
        all.text.push('\t');
        let shift = all.text.len();
        all.bold.extend(cell.bold.into_iter().map(|range| range.start + shift..range.end + shift));
        all.text.push_str(&cell.text);
    }
    Some(all)
}

fn text_of(cell: &[Piece]) -> &str {
    match cell {
        [piece] => &piece.text,
        _ => "",
    }
}

fn speaker_columns(rows: &[Row]) -> Option<Columns> {
    let width = rows.iter().map(Vec::len).max()?;
    if !(2..=MOST_COLUMNS).contains(&width) || rows.len() < 2 {
        return None;
    }
    let head = |names: &[&str]| {
        let is_named = |cell: &Vec<Piece>| {
            let text = text_of(cell).trim().trim_end_matches(':').to_lowercase();
            names.contains(&text.as_str())
        };
        rows.first().and_then(|row| row.iter().position(is_named))
    };
    let (speaker, words, time) = (head(SPEAKER_HEADS), head(WORD_HEADS), head(TIME_HEADS));
    if let (Some(speaker), Some(words)) = (speaker, words) {
        return Some(Columns { speaker, words, time, headed: true });
    }
    let headed = speaker.is_some() || time.is_some();
    let body = rows.get(usize::from(headed)..)?;
    let time = time.or_else(|| (0..width).find(|column| holds_times(body, *column)));
    let speaker = speaker.filter(|column| holds_names(body, *column, true));
    let speaker = speaker.or_else(|| (0..width).find(|column| holds_names(body, *column, false)))?;
    let length = |column: usize| -> usize {
        let cells = body.iter().filter_map(|row| row.get(column));
        cells.flatten().map(|piece| piece.text.len()).sum()
    };
    let words =
        (0..width).filter(|column| *column != speaker && Some(*column) != time).max_by_key(|column| length(*column))?;
    (length(words) * 4 > length(speaker)).then_some(Columns { speaker, words, time, headed })
}

fn cells(rows: &[Row], column: usize) -> impl Iterator<Item = &str> {
    rows.iter().map(move |row| row.get(column).map_or("", |cell| text_of(cell).trim()))
}

fn holds_times(rows: &[Row], column: usize) -> bool {
    let filled = cells(rows, column).filter(|cell| !cell.is_empty()).count();
    let times = cells(rows, column).filter(|cell| plain::is_stamp(cell)).count();
    times > 0 && times * 10 >= filled * 9
}

/// Whether the column holds names that recur, an interviewer, or labels with their colon; under a head that says so,
/// any names.
fn holds_names(rows: &[Row], column: usize, sure: bool) -> bool {
    let mut names = HashSet::new();
    let (mut filled, mut fit, mut strong) = (0, 0, 0);
    for (row, cell) in rows.iter().zip(cells(rows, column)) {
        if row.get(column).is_none_or(Vec::is_empty) {
            continue;
        }
        filled += 1;
        let name = cell.trim_end_matches(':').trim_end();
        if names::may_name(name) {
            fit += 1;
            strong += usize::from(role::is_usual_interviewer(name) || cell.ends_with(':'));
            names.insert(name);
        }
    }
    let recurs = fit >= 3 && names.len() * 2 <= fit;
    fit > 0 && fit * 10 >= filled * 9 && filled * 2 >= rows.len() && (sure || strong * 3 >= fit || recurs)
}

#[cfg(test)]
mod tests {
    use super::pieces;
    use crate::corpus::flow::omitted::Omitted;
    use crate::corpus::flow::piece::Piece;

    fn seen(rows: &[&[&str]]) -> Vec<String> {
        let rows = rows
            .iter()
            .map(|row| {
                row.iter()
                    .map(|cell| {
                        cell.split('¶').map(|text| Piece { text: text.to_owned(), ..Piece::default() }).collect()
                    })
                    .collect()
            })
            .collect();
        pieces(rows, &mut Omitted::default())
            .into_iter()
            .map(|piece| format!("{}{}", if piece.heading { "# " } else { "" }, piece.text))
            .collect()
    }

    #[test]
    fn speakers_in_the_first_column_give_turns() {
        assert_eq!(
            seen(&[&["Interviewer", "Well?"], &["Anna", "Yes, it is so.¶And more."]]),
            ["Interviewer: Well?", "Anna: Yes, it is so.", "And more."]
        );
        assert_eq!(
            seen(&[&["A.B.", "One thing."], &["C", "Two of them."], &["A.B.", "Three."], &["C", "Four."]])[3],
            "C: Four."
        );
    }

    #[test]
    fn a_head_names_the_columns() {
        assert_eq!(
            seen(&[
                &["Timespan", "Content", "Speaker"],
                &["0:00 - 0:07", "Well?", "Anna"],
                &["0:07 - 0:09", "Yes.", "Bo"]
            ]),
            ["# Timespan\tContent\tSpeaker", "[0:00 - 0:07] Anna: Well?", "[0:07 - 0:09] Bo: Yes."]
        );
    }

    #[test]
    fn particulars_and_layout_stay_what_they_are() {
        assert_eq!(
            seen(&[&["Date", "2009-10-14"], &["Place", "Marhaven"], &["Length", "40 minutes"]]),
            ["Date\t2009-10-14", "Place\tMarhaven", "Length\t40 minutes"]
        );
        assert_eq!(seen(&[&["Anna: Yes.¶Bo: No.", "A note."]]), ["Anna: Yes.", "Bo: No.", "A note."]);
    }
}
