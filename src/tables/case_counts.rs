//! What is counted of one case.

use std::io;

use super::questions::Questions;

/// The counts of a case with at least one turn that counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct CaseCounts {
    /// The only document with such a turn; `None` if there are several.
    pub(super) document: Option<String>,
    /// Words of its turns that count, by the question they stand under (position, or `None`).
    words: Vec<(Option<usize>, u64)>,
    /// Counts by code, ascending; only codes that are present.
    codes: Vec<CaseCode>,
}

/// The counted codings of a code in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CaseCode {
    code: u32,
    /// Counted codings.
    pub(super) codings: u64,
    /// Turns with one.
    pub(super) turns: u64,
    /// Start of the first one in code points.
    pub(super) first_start_char: u32,
    /// Position of the last turn with one, while its document is counted.
    last_turn: usize,
}

impl CaseCounts {
    /// Nothing counted yet, in one document.
    pub(super) fn in_document(document: &str) -> Self {
        Self { document: Some(document.to_owned()), ..Self::default() }
    }

    /// Counts a turn under a question.
    pub(super) fn add_words(&mut self, question: Option<usize>, words: u64) {
        match self.words.iter_mut().find(|(known, _)| *known == question) {
            Some((_, sum)) => *sum += words,
            None => self.words.push((question, words)),
        }
    }

    /// Counts a coding that starts at code point `start` in the turn at position `turn` of the case's document.
    pub(super) fn add_coding(&mut self, code: u32, start: u32, turn: usize) {
        match self.codes.binary_search_by_key(&code, |known| known.code) {
            Ok(place) => {
                let known = &mut self.codes[place];
                known.codings += 1;
                known.first_start_char = known.first_start_char.min(start);
                if known.last_turn != turn {
                    known.last_turn = turn;
                    known.turns += 1;
                }
            }
            Err(place) => {
                let first = CaseCode { code, codings: 1, turns: 1, first_start_char: start, last_turn: turn };
                self.codes.insert(place, first);
            }
        }
    }

    /// Adds the counts of the same case in another document.
    pub(super) fn merge(&mut self, other: Self) {
        if self.document != other.document {
            self.document = None;
        }
        other.words.into_iter().for_each(|(question, words)| self.add_words(question, words));
        for theirs in other.codes {
            match self.codes.binary_search_by_key(&theirs.code, |known| known.code) {
                Ok(place) => {
                    let known = &mut self.codes[place];
                    known.codings += theirs.codings;
                    known.turns += theirs.turns;
                    known.first_start_char = known.first_start_char.min(theirs.first_start_char);
                }
                Err(place) => self.codes.insert(place, theirs),
            }
        }
    }

    /// The counts of a code, if it is present.
    pub(super) fn code(&self, code: usize) -> Option<CaseCode> {
        self.codes.binary_search_by_key(&(code as u32), |known| known.code).ok().map(|place| self.codes[place])
    }

    /// The codes that are present.
    pub(super) fn codes(&self) -> impl Iterator<Item = usize> + '_ {
        self.codes.iter().map(|known| known.code as usize)
    }

    /// Words of the turns that count and that the questions allow; `None` if there is no such turn.
    pub(super) fn words_under(&self, questions: &Questions) -> Option<u64> {
        self.words
            .iter()
            .filter(|(question, _)| questions.allow(*question))
            .map(|&(_, words)| words)
            .reduce(|a, b| a + b)
    }

    /// Appends the counts of a case in one document as a record for the ledger: numbers are 64-bit little-endian,
    /// lists and text are led by their length, and a question is its position + 1 or 0.
    pub(super) fn write(&self, record: &mut Vec<u8>) {
        let document = self.document.as_deref().unwrap_or_default();
        push(record, document.len() as u64);
        record.extend_from_slice(document.as_bytes());
        push(record, self.words.len() as u64);
        for &(question, words) in &self.words {
            push(record, question.map_or(0, |question| question as u64 + 1));
            push(record, words);
        }
        push(record, self.codes.len() as u64);
        for code in &self.codes {
            push(record, u64::from(code.code) << 32 | u64::from(code.first_start_char));
            push(record, code.codings);
            push(record, code.turns);
        }
    }

    /// The counts of a record.
    ///
    /// # Errors
    /// If it is not as it was written.
    pub(super) fn read(mut record: &[u8]) -> io::Result<Self> {
        let length = next(&mut record)? as usize;
        let (document, mut record) = record.split_at_checked(length).ok_or_else(torn)?;
        let mut counts =
            Self { document: Some(std::str::from_utf8(document).map_err(|_| torn())?.to_owned()), ..Self::default() };
        for _ in 0..next(&mut record)? {
            let question = (next(&mut record)? as usize).checked_sub(1);
            counts.words.push((question, next(&mut record)?));
        }
        for _ in 0..next(&mut record)? {
            let place = next(&mut record)?;
            counts.codes.push(CaseCode {
                code: (place >> 32) as u32,
                first_start_char: place as u32,
                codings: next(&mut record)?,
                turns: next(&mut record)?,
                last_turn: usize::MAX,
            });
        }
        Ok(counts)
    }
}

fn push(record: &mut Vec<u8>, number: u64) {
    record.extend_from_slice(&number.to_le_bytes());
}

fn next(record: &mut &[u8]) -> io::Result<u64> {
    let (number, rest) = record.split_first_chunk().ok_or_else(torn)?;
    *record = rest;
    Ok(u64::from_le_bytes(*number))
}

fn torn() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "a record is not as it was written")
}

#[cfg(test)]
mod tests {
    use super::CaseCounts;

    #[test]
    fn a_record_holds_all_counts() {
        let mut counts = CaseCounts::in_document("site/a");
        counts.add_words(None, 12);
        counts.add_words(Some(0), 30);
        counts.add_words(None, 3);
        for (code, start, turn) in [(7, 90, 2), (2, 40, 1), (7, 20, 2), (7, 95, 3)] {
            counts.add_coding(code, start, turn);
        }
        let mut record = Vec::new();
        counts.write(&mut record);
        let read = CaseCounts::read(&record).expect("a record");
        assert_eq!((read.document.as_deref(), &read.words), (Some("site/a"), &vec![(None, 15), (Some(0), 30)]));
        let seven = read.code(7).expect("present");
        assert_eq!((seven.codings, seven.turns, seven.first_start_char), (3, 2, 20));
        assert_eq!(read.codes().collect::<Vec<_>>(), [2, 7]);
        assert!((0..record.len()).all(|end| CaseCounts::read(&record[..end]).is_err()));
    }
}
