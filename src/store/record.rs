//! The records of the index.
//!
//! A transcript is one run of records: first its document record, then one record per passage (turn or heading) in
//! order. The stored text of a passage begins where the passage before it ended, so labels and blank lines are kept
//! and the records of a transcript, with the tail in its document record, tile its text.

use serde::{Deserialize, Serialize};
use tantivy::TantivyDocument;
use tantivy::schema::document::{
    DeserializeError, DocumentDeserialize, DocumentDeserializer, ValueDeserialize, ValueDeserializer, ValueVisitor,
};
use tantivy::schema::{Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions};

use crate::corpus::Transcript;
use crate::segment::Passage;
use crate::store::word;
use crate::text::CharCounter;

/// The fields of the index.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// Document id of every record, indexed: what an update deletes by.
    pub(super) document: Field,
    /// Words of a passage, with positions.
    pub(super) words: Field,
    /// Stored: text of a passage from the end of the one before; tail of a document.
    pub(super) text: Field,
    /// Stored: where the tokens of a passage lie, see [`encode_tokens`].
    pub(super) tokens: Field,
    /// Stored: [`DocumentMeta`] of a document, as JSON.
    pub(super) meta: Field,
    id: Field,
    sha256: Field,
    path: Field,
    passages: Field,
    turn: Field,
    speaker: Field,
    lead: Field,
    start_byte: Field,
    start_char: Field,
    end_char: Field,
    word_count: Field,
    start_time: Field,
    end_time: Field,
    sentence_token: Field,
    sentence_start: Field,
}

/// What the store keeps of a document besides its passages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DocumentMeta {
    pub(super) format: String,
    pub(super) text_sha256: String,
}

/// The schema, and its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let raw = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_index_option(IndexRecordOption::Basic)
            .set_fieldnorms(false),
    );
    let positions = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(word::TOKENIZER)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    );
    let fast_text = TextOptions::default().set_fast("raw");
    let number = NumericOptions::default().set_fast();
    let fields = Fields {
        document: builder.add_text_field("document", raw),
        words: builder.add_text_field("words", positions),
        text: builder.add_text_field("text", TextOptions::default().set_stored()),
        tokens: builder.add_bytes_field("tokens", STORED),
        meta: builder.add_text_field("meta", TextOptions::default().set_stored()),
        id: builder.add_text_field("id", fast_text.clone()),
        sha256: builder.add_text_field("sha256", fast_text.clone()),
        path: builder.add_text_field("path", fast_text.clone()),
        passages: builder.add_u64_field("passages", number.clone()),
        turn: builder.add_u64_field("turn", number.clone()),
        speaker: builder.add_text_field("speaker", fast_text),
        lead: builder.add_u64_field("lead", number.clone()),
        start_byte: builder.add_u64_field("start_byte", number.clone()),
        start_char: builder.add_u64_field("start_char", number.clone()),
        end_char: builder.add_u64_field("end_char", number.clone()),
        word_count: builder.add_u64_field("word_count", number.clone()),
        start_time: builder.add_f64_field("start_time", number.clone()),
        end_time: builder.add_f64_field("end_time", number.clone()),
        sentence_token: builder.add_u64_field("sentence_token", number.clone()),
        sentence_start: builder.add_u64_field("sentence_start", number),
    };
    (builder.build(), fields)
}

/// The records of a transcript, document record first.
pub(super) fn records(transcript: &Transcript, passages: &[Passage], fields: &Fields) -> Vec<TantivyDocument> {
    let mut records = Vec::with_capacity(passages.len() + 1);
    let mut chars = CharCounter::new(&transcript.text, 0);
    let mut end = 0;
    let mut terms = String::new();
    records.push(TantivyDocument::new());
    for passage in passages {
        records.push(passage_record(transcript, passage, end, &mut chars, &mut terms, fields));
        end = passage.words.end;
    }
    records[0] = document_record(transcript, passages.len(), end, fields);
    records
}

fn document_record(transcript: &Transcript, passages: usize, end: u32, fields: &Fields) -> TantivyDocument {
    let meta =
        DocumentMeta { format: transcript.format.as_str().to_owned(), text_sha256: transcript.text_sha256.clone() };
    let mut record = TantivyDocument::new();
    record.add_text(fields.document, &transcript.id);
    record.add_text(fields.id, &transcript.id);
    record.add_text(fields.sha256, &transcript.sha256);
    record.add_text(fields.path, &transcript.path);
    record.add_u64(fields.passages, passages as u64);
    record.add_text(fields.text, &transcript.text[end as usize..]);
    record.add_text(fields.meta, serde_json::to_string(&meta).unwrap_or_default());
    record
}

fn passage_record(
    transcript: &Transcript,
    passage: &Passage,
    previous_end: u32,
    chars: &mut CharCounter<'_>,
    terms: &mut String,
    fields: &Fields,
) -> TantivyDocument {
    let text = &transcript.text;
    terms.clear();
    for token in &passage.tokens {
        word::push_term(token.of(text), terms);
    }
    let mut record = TantivyDocument::new();
    record.add_text(fields.document, &transcript.id);
    record.add_u64(fields.turn, u64::from(passage.turn));
    if let Some(speaker) = &passage.speaker {
        record.add_text(fields.speaker, speaker);
    }
    record.add_u64(fields.lead, u64::from(passage.words.start - previous_end));
    record.add_u64(fields.start_byte, u64::from(passage.words.start));
    record.add_u64(fields.start_char, u64::from(chars.at(passage.words.start)));
    record.add_u64(fields.end_char, u64::from(chars.at(passage.words.end)));
    record.add_u64(fields.word_count, passage.tokens.len() as u64);
    if let Some(time) = passage.start_time {
        record.add_f64(fields.start_time, time);
    }
    if let Some(time) = passage.end_time {
        record.add_f64(fields.end_time, time);
    }
    for sentence in &passage.sentences {
        record.add_u64(fields.sentence_token, u64::from(sentence.first_token));
        record.add_u64(fields.sentence_start, u64::from(sentence.start - passage.words.start));
    }
    record.add_text(fields.words, &*terms);
    record.add_text(fields.text, &text[previous_end as usize..passage.words.end as usize]);
    record.add_bytes(fields.tokens, &encode_tokens(passage));
    record
}

/// The tokens of a passage as pairs of LEB128 numbers: bytes from the end of the token before (from the start of
/// the words for the first) to its start, and its length in bytes.
fn encode_tokens(passage: &Passage) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(passage.tokens.len() * 2);
    let mut end = passage.words.start;
    for token in &passage.tokens {
        push_number(token.start - end, &mut bytes);
        push_number(token.len(), &mut bytes);
        end = token.end;
    }
    bytes
}

fn push_number(mut number: u32, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// The tokens of [`encode_tokens`], as half-open byte ranges counted from the start of the words.
fn decode_tokens(bytes: &[u8]) -> Vec<(u32, u32)> {
    let mut tokens = Vec::with_capacity(bytes.len() / 2);
    let (mut rest, mut end) = (bytes, 0u32);
    while !rest.is_empty() {
        let start = end.saturating_add(next_number(&mut rest));
        end = start.saturating_add(next_number(&mut rest));
        tokens.push((start, end));
    }
    tokens
}

fn next_number(bytes: &mut &[u8]) -> u32 {
    let (mut number, mut shift) = (0, 0);
    while let Some((&byte, rest)) = bytes.split_first() {
        *bytes = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            break;
        }
        shift = (shift + 7).min(28);
    }
    number
}

/// What is stored of a passage, read without a document of tantivy in between, which would copy it.
#[derive(Debug, Default)]
pub(super) struct StoredPassage {
    /// From the end of the passage before.
    pub(super) text: Option<String>,
    /// Half-open byte ranges, counted from the start of the words.
    pub(super) tokens: Option<Vec<(u32, u32)>>,
}

enum StoredValue {
    Text(String),
    Tokens(Vec<u8>),
}

impl DocumentDeserialize for StoredPassage {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut stored: D) -> Result<Self, DeserializeError> {
        let mut passage = Self::default();
        while let Some((_, value)) = stored.next_field::<StoredValue>()? {
            match value {
                StoredValue::Text(text) => passage.text = Some(text),
                StoredValue::Tokens(packed) => passage.tokens = Some(decode_tokens(&packed)),
            }
        }
        Ok(passage)
    }
}

impl ValueDeserialize for StoredValue {
    fn deserialize<'de, D: ValueDeserializer<'de>>(stored: D) -> Result<Self, DeserializeError> {
        stored.deserialize_any(StoredValueVisitor)
    }
}

/// Takes text and bytes, which is all that is stored of a passage; anything else is an error.
struct StoredValueVisitor;

impl ValueVisitor for StoredValueVisitor {
    type Value = StoredValue;

    fn visit_string(&self, text: String) -> Result<StoredValue, DeserializeError> {
        Ok(StoredValue::Text(text))
    }

    fn visit_bytes(&self, bytes: Vec<u8>) -> Result<StoredValue, DeserializeError> {
        Ok(StoredValue::Tokens(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::{decode_tokens, encode_tokens};
    use crate::segment::Passage;
    use crate::text::ByteSpan;

    #[test]
    fn token_places_survive_packing() {
        let tokens = vec![ByteSpan::new(10, 12), ByteSpan::new(13, 400), ByteSpan::new(70_000, 70_001)];
        let passage = Passage {
            turn: 1,
            speaker: None,
            words: ByteSpan::new(10, 70_001),
            tokens,
            sentences: Vec::new(),
            start_time: None,
            end_time: None,
        };
        let packed = encode_tokens(&passage);
        assert_eq!(decode_tokens(&packed), [(0, 2), (3, 390), (69_990, 69_991)]);
    }
}
