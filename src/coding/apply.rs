//! The whole of coding, for one block of documents.

use std::collections::HashMap;

use crate::codebook::{Code, SegmentKind};
use crate::coding::backchannel;
use crate::coding::evidence::{Evidence, evidence};
use crate::coding::exchange::{self, Heard};
use crate::coding::guard::{self, Setting};
use crate::coding::people::People;
use crate::coding::place::{self, CharPlaces};
use crate::coding::question::{self, Cue};
use crate::coding::trace::{Trace, TracedRow, candidates};
use crate::coding::{CodedDocument, CodedTurn, Coding, DocumentInfo, Plan};
use crate::corpus::{Role, SpeakerRow};
use crate::span::{Evaluator, Span};
use crate::store::{Block, BlockDocument, BlockLeaves, RowText, StoreError, Texts};
use crate::text::{ByteSpan, CharSpan};

/// Codes a block. `leaves` must be of this block and of [`Plan::leaves`].
///
/// # Errors
/// If the index cannot be read.
pub fn apply(plan: &Plan<'_>, block: &Block<'_>, leaves: &BlockLeaves<'_>) -> Result<Vec<CodedDocument>, StoreError> {
    let evaluator = Evaluator::new(plan.leaves(), leaves);
    let rows = describe(plan, block, &evaluator)?;
    let found = evidence_in(plan, block, &evaluator, &rows)?;
    let by_row = found_by_row(&found, block.rows().len());
    let texts = block.texts()?;
    block
        .documents()
        .iter()
        .map(|document| Document { plan, block, rows: &rows, document }.code(&by_row, &texts))
        .collect()
}

/// The spans of every code in a block, in the order of the codebook, after guards and resolution.
///
/// # Errors
/// If the index cannot be read.
pub fn spans_of_codes(
    plan: &Plan<'_>,
    block: &Block<'_>,
    leaves: &BlockLeaves<'_>,
) -> Result<Vec<Vec<Span>>, StoreError> {
    let evaluator = Evaluator::new(plan.leaves(), leaves);
    let rows = describe(plan, block, &evaluator)?;
    let found = evidence_in(plan, block, &evaluator, &rows)?;
    Ok(found.into_iter().map(|found| found.into_iter().map(|(span, _)| span).collect()).collect())
}

/// Everything that the patterns find in a block, and what becomes of it. `leaves` must be of this block and of
/// [`Plan::leaves`].
///
/// # Errors
/// If the index cannot be read.
pub fn trace(plan: &Plan<'_>, block: &Block<'_>, leaves: &BlockLeaves<'_>) -> Result<Trace, StoreError> {
    let evaluator = Evaluator::new(plan.leaves(), leaves);
    let rows = describe(plan, block, &evaluator)?;
    let mut codes = candidates(plan.codebook, &evaluator, guards(block, &rows))?;
    codes.iter_mut().for_each(|found| found.retain(|candidate| block.rows()[candidate.span.turn as usize].turn > 0));
    let rows = block.rows().iter().zip(&rows);
    let traced = rows.map(|(stored, row)| TracedRow {
        document: row.document,
        turn: stored.turn,
        role: row.role,
        question: row.question,
        backchannel: row.backchannel,
    });
    Ok(Trace { codes, rows: traced.collect() })
}

fn evidence_in(
    plan: &Plan<'_>,
    block: &Block<'_>,
    evaluator: &Evaluator<'_, BlockLeaves<'_>>,
    rows: &[Described<'_>],
) -> Result<Vec<Evidence>, StoreError> {
    evidence(plan.codebook, evaluator, guards(block, rows))
}

/// Whether the pattern at a position of a code may apply in a row.
fn guards<'a>(block: &'a Block<'_>, rows: &'a [Described<'_>]) -> impl Fn(&Code, usize, usize) -> bool {
    let properties = block.snapshot().properties();
    move |code, pattern, row| {
        let described = &rows[row];
        let setting = Setting {
            properties,
            document: block.snapshot().id(described.document),
            speaker: described.speaker,
            question: described.question,
        };
        block.rows()[row].turn > 0 && guard::lets_through(&code.patterns[pattern], &setting)
    }
}

/// What coding knows of a row besides its words.
struct Described<'a> {
    document: usize,
    role: Role,
    name: Option<&'a str>,
    case: Option<String>,
    speaker: Option<&'a SpeakerRow>,
    question: Option<usize>,
    exchange: u32,
    backchannel: bool,
}

fn describe<'a>(
    plan: &'a Plan<'_>,
    block: &'a Block<'_>,
    evaluator: &Evaluator<'_, BlockLeaves<'_>>,
) -> Result<Vec<Described<'a>>, StoreError> {
    let no_codes = |_: &str| -> &[Span] { &[] };
    let mut listening = Vec::new();
    for node in &plan.codebook.backchannels {
        listening.extend_from_slice(&evaluator.evaluate(node, &no_codes)?);
    }
    let words: Vec<u32> = block.rows().iter().map(|row| row.words).collect();
    let backchannels = backchannel::covered(listening, &words);
    let mut rows = Vec::with_capacity(words.len());
    let snapshot = block.snapshot();
    for document in block.documents() {
        let mut people = People::new(snapshot.id(document.document), &snapshot.properties().speakers, &plan.roles);
        let first = rows.len();
        for row in document.rows.clone() {
            let label = block.rows()[row].label;
            let person = people.person(label, label.map(|label| snapshot.labels()[label as usize].as_str()));
            rows.push(Described {
                document: document.document,
                role: person.role,
                name: person.name,
                case: person.case.clone(),
                speaker: person.row,
                question: None,
                exchange: 0,
                backchannel: backchannels[row],
            });
        }
        number_exchanges(&mut rows[first..], &block.rows()[document.rows.clone()]);
    }
    let mut cues = Vec::new();
    for (number, question) in plan.codebook.questions.iter().enumerate() {
        for cue in &question.cues {
            let spans = evaluator.evaluate(cue, &no_codes)?;
            let asking = |span: &&Span| {
                let row = span.turn as usize;
                block.rows()[row].turn == 0 || rows[row].role == Role::Interviewer
            };
            cues.extend(spans.iter().filter(asking).map(|&span| Cue::new(span, number)));
        }
    }
    cues.sort_by_key(|cue| cue.row);
    for document in block.documents() {
        let of_document = |row: usize| cues.partition_point(|cue| (cue.row as usize) < row);
        let asked = &cues[of_document(document.rows.start)..of_document(document.rows.end)];
        for (row, question) in document.rows.clone().zip(question::of_rows(document.rows.clone(), asked)) {
            rows[row].question = question;
        }
    }
    Ok(rows)
}

/// Numbers the exchanges of one document; headings belong to none.
fn number_exchanges(described: &mut [Described<'_>], rows: &[crate::store::Row]) {
    let turns: Vec<usize> = (0..rows.len()).filter(|&row| rows[row].turn > 0).collect();
    let heard: Vec<Heard> = turns
        .iter()
        .map(|&row| Heard { role: described[row].role, speaks: rows[row].words > 0 && !described[row].backchannel })
        .collect();
    for (row, number) in turns.into_iter().zip(exchange::numbers(&heard)) {
        described[row].exchange = number;
    }
}

/// A code found in a row.
#[derive(Debug, Clone, Copy)]
struct Found {
    span: Span,
    code: usize,
    pattern: usize,
}

/// What was found, by row: one list sorted by row, and where each row's part of it ends.
struct ByRow {
    found: Vec<Found>,
    ends: Vec<usize>,
}

impl ByRow {
    fn row(&self, row: usize) -> &[Found] {
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        &self.found[start..self.ends[row]]
    }
}

/// Deals out what was found to its rows, which takes two passes, and sorts each row.
fn found_by_row(evidence: &[Evidence], rows: usize) -> ByRow {
    let mut next = vec![0; rows + 1];
    for (span, _) in evidence.iter().flatten() {
        next[span.turn as usize + 1] += 1;
    }
    for row in 0..rows {
        next[row + 1] += next[row];
    }
    let mut found = vec![Found { span: Span::new(0, 0, 1), code: 0, pattern: 0 }; next[rows]];
    for (code, spans) in evidence.iter().enumerate() {
        for &(span, pattern) in spans {
            let slot = &mut next[span.turn as usize];
            found[*slot] = Found { span, code, pattern };
            *slot += 1;
        }
    }
    // Now each entry is the end of its row.
    next.truncate(rows);
    let mut start = 0;
    for &end in &next {
        found[start..end].sort_unstable_by_key(|found| (found.span, found.code));
        start = end;
    }
    ByRow { found, ends: next }
}

/// One document of the block, being coded.
struct Document<'d> {
    plan: &'d Plan<'d>,
    block: &'d Block<'d>,
    rows: &'d [Described<'d>],
    document: &'d BlockDocument,
}

impl Document<'_> {
    fn code(&self, by_row: &ByRow, texts: &Texts<'_>) -> Result<CodedDocument, StoreError> {
        let turn_rows: Vec<usize> = self.document.rows.clone().filter(|&row| self.block.rows()[row].turn > 0).collect();
        let turns: Vec<CodedTurn> = turn_rows.iter().map(|&row| self.turn(row)).collect();
        let mut codings = Vec::new();
        // Per code, the exchange of the last interviewer turn that it matched.
        let mut prompts: HashMap<usize, u32> = HashMap::new();
        for (turn, &row) in turn_rows.iter().enumerate() {
            let found = by_row.row(row);
            if found.is_empty() {
                continue;
            }
            let text = texts.read(row)?;
            let first = codings.len();
            self.code_row(turn, row, found, &text, &turns, &mut codings);
            for coding in &mut codings[first..] {
                let prompt = prompts.get(&coding.code);
                coding.prompted_document = prompt.is_some();
                coding.prompted_exchange = prompt == Some(&turns[turn].exchange);
            }
            if turns[turn].role == Role::Interviewer {
                prompts.extend(found.iter().map(|found| (found.code, turns[turn].exchange)));
            }
        }
        Ok(CodedDocument { info: self.info()?, turns, codings })
    }

    fn info(&self) -> Result<DocumentInfo, StoreError> {
        let snapshot = self.block.snapshot();
        let stored = snapshot.document(self.document.document)?;
        let attributes = &snapshot.properties().attributes;
        let values = attributes.of(&stored.id).map_or_else(|| vec![None; attributes.columns().len()], <[_]>::to_vec);
        Ok(DocumentInfo {
            id: stored.id,
            path: stored.path,
            sha256: stored.sha256,
            text_sha256: stored.text_sha256,
            format: stored.format,
            attributes: values,
        })
    }

    fn turn(&self, row: usize) -> CodedTurn {
        let (stored, described) = (&self.block.rows()[row], &self.rows[row]);
        CodedTurn {
            turn: stored.turn,
            speaker: described.name.map(str::to_owned),
            case: described.case.clone(),
            role: described.role,
            question: described.question,
            exchange: described.exchange,
            chars: CharSpan::new(stored.start_char, stored.end_char),
            start_time: stored.start_time,
            end_time: stored.end_time,
            words: stored.words,
            sentence_starts: self.block.sentence_tokens(row).to_vec(),
            backchannel: described.backchannel,
        }
    }

    fn code_row(
        &self,
        turn: usize,
        row: usize,
        found: &[Found],
        text: &RowText,
        turns: &[CodedTurn],
        codings: &mut Vec<Coding>,
    ) {
        let (stored, words) = (&self.block.rows()[row], text.words());
        let sentence_starts: Vec<u32> = self.block.sentence_bytes(row).collect();
        let placed: Vec<_> = found
            .iter()
            .map(|found| {
                let start = text.tokens[found.span.start as usize].0;
                let end = text.tokens[found.span.end as usize - 1].1;
                let sentences = place::sentences(self.block.sentence_tokens(row), found.span.start, found.span.end);
                (found, (start, end), sentences, place::sentence_bytes(words, &sentence_starts, sentences))
            })
            .collect();
        let offsets = placed.iter().flat_map(|&(_, bytes, _, segment)| [bytes.0, bytes.1, segment.0, segment.1]);
        let chars = CharPlaces::new(words, stored.start_char, offsets.collect());
        for (found, bytes, sentences, sentence_bytes) in placed {
            let code = &self.plan.codebook.codes[found.code];
            let span = CharSpan::new(chars.of(bytes.0), chars.of(bytes.1));
            codings.push(Coding {
                code: found.code,
                pattern: found.pattern,
                turn,
                sentences,
                counted: !turns[turn].backchannel && code.patterns[found.pattern].roles.contains(&turns[turn].role),
                prompted_exchange: false,
                prompted_document: false,
                chars: span,
                bytes: ByteSpan::new(stored.start_byte + bytes.0, stored.start_byte + bytes.1),
                start_token: found.span.start,
                end_token: found.span.end,
                segment: match code.segment {
                    SegmentKind::Match => span,
                    SegmentKind::Sentence => CharSpan::new(chars.of(sentence_bytes.0), chars.of(sentence_bytes.1)),
                    SegmentKind::Turn => turns[turn].chars,
                    SegmentKind::Exchange => exchange_chars(turns, turns[turn].exchange),
                },
                text: place::collapsed(&words[bytes.0 as usize..bytes.1 as usize]),
            });
        }
    }
}

/// From the first turn of an exchange to its last.
fn exchange_chars(turns: &[CodedTurn], exchange: u32) -> CharSpan {
    let start = turns.partition_point(|turn| turn.exchange < exchange);
    let end = turns.partition_point(|turn| turn.exchange <= exchange);
    turns[start..end]
        .iter()
        .map(|turn| turn.chars)
        .reduce(|all, chars| CharSpan::new(all.start, chars.end))
        .unwrap_or_default()
}
