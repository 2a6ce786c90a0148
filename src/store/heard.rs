//! Who speaks in the documents of a store: labels and numbers of turns, from two columns.

use std::collections::HashMap;

use tantivy::schema::Value;

use crate::lint::{Voice, Voices};
use crate::store::{Snapshot, StoreError};

impl Snapshot {
    /// The labels of a document, without their lines.
    pub fn voices(&self, document: usize) -> Voices {
        let located = self.located(document);
        let columns = self.columns(located.segment);
        let mut voices = Voices { document: located.id.clone(), path: located.path.clone(), ..Voices::default() };
        let mut at: HashMap<u32, usize> = HashMap::new();
        for record in located.record + 1..located.record + 1 + located.passages {
            let turn = columns.turn.first(record).unwrap_or(0) as u32;
            if turn == 0 {
                continue;
            }
            voices.turns += 1;
            let label = columns.speaker.as_ref().and_then(|speaker| speaker.term_ords(record).next());
            let Some(number) = label.and_then(|ordinal| columns.label_numbers.get(ordinal as usize)) else { continue };
            let at = *at.entry(*number).or_insert_with(|| {
                let label = self.labels()[*number as usize].clone();
                voices.labels.push(Voice { label, turns: 0, empty: 0, turn, line: None });
                voices.labels.len() - 1
            });
            voices.labels[at].turns += 1;
            let is_empty = columns.start_char.first(record) == columns.end_char.first(record);
            voices.labels[at].empty += u32::from(is_empty);
        }
        voices
    }

    /// The line (from 1) of the label before a turn (from 1) of the document with this id; none if there is no such
    /// document or turn.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn line_of(&self, id: &str, turn: u32) -> Result<Option<u32>, StoreError> {
        let Some(document) = self.position(id) else { return Ok(None) };
        let located = self.located(document);
        let columns = self.columns(located.segment);
        let texts = self.texts(located.segment)?;
        let mut line = 1;
        for record in located.record + 1..located.record + 1 + located.passages {
            let stored = self.stored(&texts, record)?;
            let text = stored.get_first(self.fields().text).and_then(|value| value.as_str()).unwrap_or("");
            let lines = |text: &str| text.matches('\n').count() as u32;
            if columns.turn.first(record).unwrap_or(0) as u32 == turn {
                let before = text.get(..columns.lead.first(record).unwrap_or(0) as usize).unwrap_or(text);
                let label = columns.speaker.as_ref().and_then(|speaker| speaker.term_ords(record).next());
                let label = label.and_then(|ordinal| columns.label_numbers.get(ordinal as usize));
                let place = label.and_then(|&label| before.rfind(self.labels()[label as usize].as_str()));
                return Ok(Some(line + lines(before.get(..place.unwrap_or(before.len())).unwrap_or(before))));
            }
            line += lines(text);
        }
        Ok(None)
    }
}
