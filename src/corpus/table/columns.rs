//! Which columns of a table hold what: by the names that people usually give them, or by those they tell.

use super::super::options::{Column, ColumnNames};

/// Usual names, the likelier first, without case, spaces and punctuation.
const SPEAKER: &[&str] = &[
    "speaker",
    "speakername",
    "speakerlabel",
    "speakerid",
    "participant",
    "participantname",
    "participantid",
    "who",
    "talker",
    "person",
    "respondent",
    "interviewee",
    "sprecher",
    "sprecherin",
    "locuteur",
    "hablante",
    "talare",
    "name",
];
const TEXT: &[&str] = &[
    "text",
    "utterance",
    "utterances",
    "words",
    "transcript",
    "transcription",
    "transcripttext",
    "turntext",
    "dialogue",
    "texte",
    "texto",
];
/// Names that columns of words have, and many others: they count beside another column that is known.
const WEAK_TEXT: &[&str] = &["speech", "said", "message", "content", "what"];
const START: &[&str] = &[
    "start",
    "starttime",
    "startsec",
    "begin",
    "begintime",
    "onset",
    "tmin",
    "xmin",
    "timestart",
    "starttimestamp",
    "timecode",
    "timestamp",
    "time",
    "from",
    "in",
];
const END: &[&str] = &[
    "end",
    "endtime",
    "endsec",
    "stop",
    "stoptime",
    "offset",
    "tmax",
    "xmax",
    "timeend",
    "endtimestamp",
    "until",
    "to",
    "out",
];
const DOCUMENT: &[&str] = &[
    "document",
    "documentid",
    "doc",
    "docid",
    "file",
    "filename",
    "fileid",
    "interview",
    "interviewid",
    "transcriptid",
    "recording",
    "recordingid",
    "sessionid",
    "conversation",
    "conversationid",
    "dialogueid",
    "dialogid",
];
const SECONDS: &[&str] = &["s", "sec", "secs", "seconds"];
const MILLISECONDS: &[&str] = &["ms", "msec", "msecs", "millis", "milliseconds"];

/// The places of the columns in the rows of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) speaker: Option<usize>,
    pub(super) text: usize,
    pub(super) start: Option<TimeColumn>,
    pub(super) end: Option<TimeColumn>,
    pub(super) document: Option<usize>,
    /// Whether the text column was told, not guessed.
    pub(super) told: bool,
}

/// A column of times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TimeColumn {
    pub(super) at: usize,
    pub(super) milliseconds: bool,
}

impl Columns {
    /// The columns of a header, given as places and names; none if no column holds words.
    pub(super) fn find(header: &[(usize, String)], names: &ColumnNames) -> Option<Self> {
        let told = |column| told(header, names.name(column)?);
        let place = |column, usual| told(column).map(|(at, _)| at).or_else(|| known(header, usual).map(|(at, _)| at));
        let time = |column, usual| {
            let told = told(column).map(|(at, name)| TimeColumn { at, milliseconds: is_milliseconds(name) });
            told.or_else(|| known(header, usual).map(|(at, milliseconds)| TimeColumn { at, milliseconds }))
        };
        let mut text = place(Column::Text, TEXT);
        let (speaker, document) = (place(Column::Speaker, SPEAKER), place(Column::Document, DOCUMENT));
        let (start, end) = (time(Column::Start, START), time(Column::End, END));
        if speaker.is_some() || document.is_some() || start.is_some() || end.is_some() {
            text = text.or_else(|| place(Column::Text, WEAK_TEXT));
        }
        let text = text?;
        Some(Self {
            speaker: speaker.filter(|at| *at != text),
            text,
            start,
            end,
            document: document.filter(|at| *at != text),
            told: told(Column::Text).is_some(),
        })
    }

    /// How many columns were found.
    pub(super) fn count(&self) -> usize {
        let others = [self.speaker.is_some(), self.start.is_some(), self.end.is_some(), self.document.is_some()];
        1 + others.into_iter().filter(|found| *found).count()
    }
}

/// The column with a name that was told: as it is written, or else without case, spaces and punctuation.
fn told<'h>(header: &'h [(usize, String)], name: &str) -> Option<(usize, &'h str)> {
    let exact = header.iter().find(|(_, found)| found.trim() == name.trim());
    let found = exact.or_else(|| header.iter().find(|(_, found)| plain(found) == plain(name)));
    found.map(|(at, name)| (*at, name.as_str()))
}

/// The column with the likeliest of the usual names, and whether it says milliseconds.
fn known(header: &[(usize, String)], usual: &[&str]) -> Option<(usize, bool)> {
    let plain: Vec<(usize, String)> = header.iter().map(|(at, name)| (*at, plain(name))).collect();
    usual.iter().find_map(|usual| {
        plain.iter().find_map(|(at, name)| {
            let unit = name.strip_prefix(usual)?;
            let milliseconds = MILLISECONDS.contains(&unit);
            (unit.is_empty() || milliseconds || SECONDS.contains(&unit)).then_some((*at, milliseconds))
        })
    })
}

fn is_milliseconds(name: &str) -> bool {
    let name = name.to_lowercase();
    let unit = name.trim_end_matches(|end: char| !end.is_alphanumeric());
    let word = unit.rsplit(|part: char| !part.is_alphanumeric()).next().unwrap_or(unit);
    MILLISECONDS.contains(&word) || unit.ends_with("milliseconds")
}

/// A name without case, spaces and punctuation.
fn plain(name: &str) -> String {
    name.chars().filter(|part| part.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::options::{Column, ColumnNames};
    use super::{Columns, TimeColumn};

    fn find(header: &[&str], names: &[(Column, &str)]) -> Option<Columns> {
        let header: Vec<(usize, String)> = header.iter().map(|name| (*name).to_owned()).enumerate().collect();
        let names: ColumnNames = names.iter().map(|(column, name)| (*column, (*name).to_owned())).collect();
        Columns::find(&header, &names)
    }

    #[test]
    fn usual_names_are_known_whatever_their_case_and_spaces() {
        let found = find(&["Begin Time (ms)", "WHO", "End_Time", " Transcript ", "Interview ID"], &[]).expect("turns");
        let start = Some(TimeColumn { at: 0, milliseconds: true });
        let end = Some(TimeColumn { at: 2, milliseconds: false });
        let expected = Columns { speaker: Some(1), text: 3, start, end, document: Some(4), told: false };
        assert_eq!(found, expected);
        assert_eq!(found.count(), 5);
    }

    #[test]
    fn a_table_without_words_has_no_columns() {
        assert_eq!(find(&["document", "speaker", "age"], &[]), None);
        assert_eq!(find(&[], &[]), None);
        assert_eq!(find(&["code", "content"], &[]), None);
        assert_eq!(find(&["who", "content"], &[]).map(|found| found.text), Some(1));
    }

    #[test]
    fn what_is_told_goes_before_what_is_known() {
        let told = [(Column::Text, "Was"), (Column::Speaker, "wer"), (Column::Start, "Beginn [ms]")];
        let found = find(&["text", "Wer", "Was", "Beginn [ms]"], &told).expect("turns");
        assert_eq!((found.text, found.speaker, found.told), (2, Some(1), true));
        assert_eq!(found.start, Some(TimeColumn { at: 3, milliseconds: true }));
        // A table without the column that was told is read by the usual names.
        assert_eq!(find(&["text"], &told).map(|found| (found.text, found.told)), Some((0, false)));
    }
}
