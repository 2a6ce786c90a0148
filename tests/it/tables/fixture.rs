//! A codebook and two documents small enough to count by hand.

use std::collections::BTreeMap;
use std::path::Path;

use qualcode::codebook::{CasePolicy, Code, Codebook, Examples, Pattern, Question, SegmentKind, Theme, Track};
use qualcode::coding::{CodedDocument, CodedTurn, Coding, DocumentInfo, SentenceRange};
use qualcode::corpus::{AttributeColumn, AttributeType, Format, Role};
use qualcode::pattern::{Node, WordTest};
use qualcode::tables::{TableOptions, Tables, WrittenTable};
use qualcode::text::{ByteSpan, CharSpan};

pub(crate) fn track(id: &str) -> Track {
    Track { id: id.into(), label: format!("{id} track"), definition: None, source: None }
}

pub(crate) fn theme(id: &str, parent: Option<usize>) -> Theme {
    Theme { id: id.into(), label: format!("{id} theme"), definition: None, parent }
}

pub(crate) fn word(text: &str) -> Node {
    Node::Word(WordTest::Literal { text: text.into(), sensitive: false })
}

pub(crate) fn code(id: &str, theme: usize, tracks: &[usize], questions: &[usize], tree: Node) -> Code {
    Code {
        id: id.into(),
        theme,
        tracks: tracks.to_vec(),
        label: format!("{id} label"),
        definition: None,
        include: None,
        exclude: None,
        source: None,
        memo: None,
        origin: None,
        color: None,
        segment: SegmentKind::Sentence,
        patterns: vec![Pattern {
            id: format!("{id}#1"),
            text: id.into(),
            tree,
            roles: vec![Role::Informant],
            questions: questions.to_vec(),
            attributes: Vec::new(),
        }],
        examples: Examples::default(),
    }
}

pub(crate) fn codebook(tracks: Vec<Track>, themes: Vec<Theme>, codes: Vec<Code>) -> Codebook {
    let question = |id: &str| Question { id: id.into(), group: None, label: id.into(), cues: Vec::new() };
    Codebook {
        id: "test".into(),
        title: "Test".into(),
        version: None,
        language: "en".into(),
        case: CasePolicy::Smart,
        roles: vec![Role::Informant],
        interviewers: Vec::new(),
        backchannels: Vec::new(),
        tracks,
        themes,
        questions: vec![question("b1"), question("b2")],
        order: (0..codes.len()).collect(),
        codes,
        sha256: String::new(),
    }
}

/// Codes are given in another order than that of their ids: beta, alpha, gamma. alpha and beta are in theme t1,
/// gamma in t2; alpha and beta are on track x, beta and gamma on track y. gamma is confined to question b1.
pub(crate) fn small_codebook() -> Codebook {
    let mut codebook = codebook(
        vec![track("x"), track("y")],
        vec![theme("t1", None), theme("t2", None)],
        vec![
            code("beta", 0, &[0, 1], &[], word("b")),
            code("alpha", 0, &[0], &[], word("a")),
            code("gamma", 1, &[1], &[0], word("g")),
        ],
    );
    codebook.codes[1].definition = Some("Says \"a\", or\nthinks it".into());
    codebook
}

pub(crate) const BETA: usize = 0;
pub(crate) const ALPHA: usize = 1;
pub(crate) const GAMMA: usize = 2;

pub(crate) fn attributes() -> Vec<AttributeColumn> {
    [
        ("site", AttributeType::Text),
        ("year", AttributeType::Integer),
        ("share", AttributeType::Number),
        ("paid", AttributeType::Boolean),
        ("day", AttributeType::Date),
    ]
    .map(|(name, kind)| AttributeColumn { name: name.into(), kind })
    .to_vec()
}

#[expect(clippy::too_many_arguments, reason = "a row of a table of turns")]
fn turn(
    number: u32,
    speaker: &str,
    role: Role,
    question: Option<usize>,
    exchange: u32,
    chars: (u32, u32),
    words: u32,
    starts: &[u32],
) -> CodedTurn {
    CodedTurn {
        turn: number,
        speaker: Some(speaker.into()),
        case: Some(speaker.into()),
        role,
        question,
        exchange,
        chars: CharSpan::new(chars.0, chars.1),
        start_time: None,
        end_time: None,
        words,
        sentence_starts: starts.to_vec(),
        backchannel: false,
    }
}

fn coding(code: usize, turn: usize, sentences: (u32, u32), chars: (u32, u32), text: &str) -> Coding {
    Coding {
        code,
        pattern: 0,
        turn,
        sentences: SentenceRange { first: sentences.0, last: sentences.1 },
        counted: true,
        prompted_exchange: false,
        prompted_document: false,
        chars: CharSpan::new(chars.0, chars.1),
        bytes: ByteSpan::new(chars.0 + 1, chars.1 + 1),
        start_token: 2,
        end_token: 4,
        segment: CharSpan::new(chars.0, chars.1),
        text: text.into(),
    }
}

pub(crate) fn info(id: &str, attributes: Vec<Option<String>>) -> DocumentInfo {
    DocumentInfo {
        id: id.into(),
        path: format!("{id}.txt"),
        sha256: "aa".into(),
        text_sha256: "bb".into(),
        format: Format::Text,
        attributes,
    }
}

/// Two documents. Turns that count: 2, 5 and 6 of d1, and 1 of d2; turn 4 of d1 is a backchannel, turn 2 of d2 has no
/// token. A speaks in both.
pub(crate) fn small_documents() -> Vec<CodedDocument> {
    use Role::{Informant, Interviewer};
    let mut d1 = CodedDocument {
        info: info(
            "d1",
            ["north, \"old\"", "2009", "0.1", "true", "2009-10-14"].map(|value| Some(value.into())).to_vec(),
        ),
        turns: vec![
            turn(1, "I", Interviewer, None, 1, (0, 20), 5, &[0]),
            turn(2, "A", Informant, Some(0), 1, (22, 70), 10, &[0, 6]),
            turn(3, "I", Interviewer, Some(0), 2, (72, 90), 4, &[0]),
            turn(4, "A", Informant, Some(0), 2, (92, 97), 1, &[0]),
            turn(5, "A", Informant, Some(0), 2, (99, 140), 8, &[0]),
            turn(6, "B", Informant, Some(1), 2, (142, 170), 6, &[0, 3]),
        ],
        codings: vec![
            coding(ALPHA, 0, (1, 1), (3, 8), "asked"),
            coding(ALPHA, 1, (1, 1), (22, 30), "NA"),
            coding(BETA, 1, (1, 2), (40, 60), "so, \"well\""),
            coding(GAMMA, 1, (2, 2), (55, 65), "g"),
            coding(ALPHA, 3, (1, 1), (92, 94), "mm"),
            coding(ALPHA, 4, (1, 1), (100, 110), "a one"),
            coding(ALPHA, 4, (1, 1), (120, 125), "a two"),
            coding(BETA, 5, (2, 2), (160, 165), "b"),
        ],
    };
    d1.turns[1].start_time = Some(1.5);
    d1.turns[3].backchannel = true;
    d1.codings[0].counted = false;
    d1.codings[1].prompted_exchange = true;
    d1.codings[1].prompted_document = true;
    let mut d2 = CodedDocument {
        info: info("d2", vec![None; 5]),
        turns: vec![
            turn(1, "A", Informant, None, 1, (0, 18), 4, &[0]),
            turn(2, "A", Informant, None, 1, (20, 23), 0, &[]),
        ],
        codings: vec![coding(BETA, 0, (1, 1), (0, 5), "b")],
    };
    d2.turns[1].speaker = None;
    d2.turns[1].case = None;
    vec![d1, d2]
}

/// Writes tables in blocks and gives back what was written and the bytes of every file.
pub(crate) fn write(
    codebook: &Codebook,
    columns: &[AttributeColumn],
    options: &TableOptions,
    blocks: &[&[CodedDocument]],
) -> (Vec<WrittenTable>, BTreeMap<String, Vec<u8>>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let written = write_into(folder.path(), codebook, columns, options, blocks);
    let files = written.iter().flat_map(|table| &table.files);
    let bytes = files.map(|name| (name.clone(), std::fs::read(folder.path().join(name)).expect("a table"))).collect();
    (written, bytes)
}

pub(crate) fn write_into(
    folder: &Path,
    codebook: &Codebook,
    columns: &[AttributeColumn],
    options: &TableOptions,
    blocks: &[&[CodedDocument]],
) -> Vec<WrittenTable> {
    let mut tables = Tables::begin(folder, codebook, columns, options).expect("tables begin");
    blocks.iter().for_each(|block| tables.push(block).expect("a block"));
    tables.finish().expect("tables end")
}

/// The fields of a CSV file, header first.
pub(crate) fn fields(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    reader.records().map(|record| record.expect("a record").iter().map(str::to_owned).collect()).collect()
}
