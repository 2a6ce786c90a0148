//! Co-occurrence counted again, slowly and by the letter of the definitions, on random documents; and tables that do
//! not depend on blocks, threads or format.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::{Just, Strategy, any, prop};
use proptest::test_runner::{Config, TestCaseError};
use proptest::{prop_assert_eq, proptest};
use qualcode::codebook::Codebook;
use qualcode::coding::{CodedDocument, CodedTurn, Coding, SentenceRange};
use qualcode::corpus::Role;
use qualcode::tables::{TableFormat, TableOptions, Unit};
use qualcode::text::{ByteSpan, CharSpan};

use super::fixture::{code, codebook, fields, info, theme, track, word, write};

/// Five codes in three themes, one of them below another, on three tracks that share codes.
fn random_codebook() -> Codebook {
    codebook(
        vec![track("z"), track("y"), track("x")],
        vec![theme("t", None), theme("s", Some(0)), theme("u", None)],
        vec![
            code("e", 0, &[0], &[], word("e")),
            code("d", 1, &[0, 1], &[], word("d")),
            code("c", 1, &[1], &[0], word("c")),
            code("b", 2, &[1, 2], &[1], word("b")),
            code("a", 2, &[2], &[], word("a")),
        ],
    )
}

/// A turn: role, question, whether a new exchange begins, sentence lengths in tokens, backchannel; and codings by
/// code, first token and length.
type RawTurn = (usize, Option<usize>, bool, Vec<u32>, bool, Vec<(usize, u32, u32, bool)>);

fn raw_turn() -> impl Strategy<Value = RawTurn> {
    (
        prop::sample::select(vec![0_usize, 1, 1, 1, 2]),
        prop::option::of(0_usize..2),
        any::<bool>(),
        prop::collection::vec(1_u32..4, 0..4),
        prop::bool::weighted(0.1),
        prop::collection::vec((0_usize..5, 0_u32..9, 1_u32..5, prop::bool::weighted(0.9)), 0..5),
    )
}

fn documents() -> impl Strategy<Value = Vec<CodedDocument>> {
    prop::collection::vec(prop::collection::vec(raw_turn(), 0..7), 0..5).prop_map(|documents| {
        documents.into_iter().enumerate().map(|(number, turns)| document(number, turns)).collect()
    })
}

/// A token is ten code points long, and turns are 1,000 apart.
fn document(number: usize, raw: Vec<RawTurn>) -> CodedDocument {
    let (mut turns, mut codings, mut exchange) = (Vec::new(), Vec::new(), 1);
    for (place, (role, question, new_exchange, sentences, backchannel, hits)) in raw.into_iter().enumerate() {
        exchange += u32::from(new_exchange && place > 0);
        let mut starts = Vec::new();
        let words = sentences.iter().fold(0, |words, length| {
            starts.push(words);
            words + length
        });
        let base = place as u32 * 1000;
        let sentence = |token: u32| starts.iter().filter(|&&start| start <= token).count() as u32;
        for (code, start, length, counted) in hits {
            let end = (start + length).min(words);
            if start < end {
                let chars = (base + start * 10, base + end * 10 - 1);
                codings.push(Coding {
                    code,
                    pattern: 0,
                    turn: place,
                    sentences: SentenceRange { first: sentence(start), last: sentence(end - 1) },
                    counted,
                    prompted_exchange: false,
                    prompted_document: false,
                    chars: CharSpan::new(chars.0, chars.1),
                    bytes: ByteSpan::new(chars.0, chars.1),
                    start_token: start,
                    end_token: end,
                    segment: CharSpan::new(chars.0, chars.1),
                    text: "w".into(),
                });
            }
        }
        turns.push(CodedTurn {
            turn: place as u32 + 1,
            speaker: Some(format!("s{role}")),
            // The informants of every second document are one person.
            case: Some(if number.is_multiple_of(2) { format!("p{role}") } else { format!("{number}/{role}") }),
            role: Role::ALL[role],
            question,
            exchange,
            chars: CharSpan::new(base, base + words * 10),
            start_time: None,
            end_time: None,
            words,
            sentence_starts: starts,
            backchannel,
        });
    }
    codings.sort_by_key(|coding| (coding.chars.start, coding.chars.end, coding.code));
    codings.dedup_by_key(|coding| (coding.chars.start, coding.chars.end, coding.code));
    CodedDocument { info: info(&format!("d{number}"), Vec::new()), turns, codings }
}

/// The units of a document as lists of (turn, sentence or all of it).
fn units(document: &CodedDocument, unit: Unit, roles: &[Role]) -> Vec<Vec<(usize, Option<u32>)>> {
    let counts = |turn: &CodedTurn| roles.contains(&turn.role) && turn.words > 0 && !turn.backchannel;
    let chosen: Vec<usize> = (0..document.turns.len()).filter(|&place| counts(&document.turns[place])).collect();
    let grouped = |key: &dyn Fn(&CodedTurn) -> Option<u64>| {
        let mut groups: BTreeMap<u64, Vec<(usize, Option<u32>)>> = BTreeMap::new();
        for &place in &chosen {
            if let Some(key) = key(&document.turns[place]) {
                groups.entry(key).or_default().push((place, None));
            }
        }
        groups.into_values().collect()
    };
    match unit {
        Unit::Sentence => chosen
            .iter()
            .flat_map(|&place| {
                (1..=document.turns[place].sentence_starts.len())
                    .map(move |sentence| vec![(place, Some(sentence as u32))])
            })
            .collect(),
        Unit::Turn => grouped(&|turn| Some(u64::from(turn.turn))),
        Unit::Exchange => grouped(&|turn| Some(u64::from(turn.exchange))),
        Unit::Question => grouped(&|turn| turn.question.map(|question| question as u64)),
        Unit::Document => grouped(&|_| Some(0)),
        Unit::Window(turns) => (1..=chosen.len())
            .map(|end| {
                let start = end.saturating_sub(turns.get() as usize);
                chosen[start..end].iter().map(|&place| (place, None)).collect()
            })
            .collect(),
    }
}

fn in_unit(coding: &Coding, unit: &[(usize, Option<u32>)]) -> bool {
    coding.counted
        && unit.iter().any(|&(turn, sentence)| {
            coding.turn == turn
                && sentence.is_none_or(|number| coding.sentences.first <= number && number <= coding.sentences.last)
        })
}

/// A level, its ids and their codes.
type Group = (&'static str, Vec<(&'static str, Vec<usize>)>);

/// Which codes belong to each id, written out by hand.
fn groups() -> [Group; 3] {
    [
        ("code", vec![("a", vec![4]), ("b", vec![3]), ("c", vec![2]), ("d", vec![1]), ("e", vec![0])]),
        ("theme", vec![("s", vec![1, 2]), ("t", vec![0, 1, 2]), ("u", vec![3, 4])]),
        ("track", vec![("x", vec![3, 4]), ("y", vec![1, 2, 3]), ("z", vec![0, 1])]),
    ]
}

/// The first thirteen columns of `cooccurrence`, by definition.
fn expected(documents: &[CodedDocument], names: &[&str], roles: &[Role]) -> Vec<String> {
    let mut rows = Vec::new();
    for name in names {
        let unit = Unit::parse(name).expect("a unit");
        for (level, ids) in groups() {
            for (place, (a, of_a)) in ids.iter().enumerate() {
                for (b, of_b) in &ids[place + 1..] {
                    let mut counts = [0; 5];
                    let mut with: [BTreeSet<&str>; 3] = Default::default();
                    for document in documents {
                        for unit in units(document, unit, roles) {
                            let here: Vec<&Coding> =
                                document.codings.iter().filter(|coding| in_unit(coding, &unit)).collect();
                            let some = |codes: &[usize]| -> Vec<&Coding> {
                                here.iter().copied().filter(|coding| codes.contains(&coding.code)).collect()
                            };
                            let (xs, ys) = (some(of_a), some(of_b));
                            let apart =
                                |x: &Coding, y: &Coding| x.chars.end <= y.chars.start || y.chars.end <= x.chars.start;
                            let distinct = xs.iter().any(|x| ys.iter().any(|y| !std::ptr::eq(*x, *y) && apart(x, y)));
                            let present =
                                [true, !xs.is_empty(), !ys.is_empty(), !xs.is_empty() && !ys.is_empty(), distinct];
                            counts.iter_mut().zip(present).for_each(|(count, present)| *count += usize::from(present));
                            with.iter_mut().zip(&present[1..4]).filter(|(_, present)| **present).for_each(
                                |(with, _)| {
                                    with.insert(&document.info.id);
                                },
                            );
                        }
                    }
                    let shared = of_a.iter().filter(|code| of_b.contains(code)).count();
                    let [n, n_a, n_b, n_ab, distinct] = counts;
                    let [in_a, in_b, in_ab] = with.map(|with| with.len());
                    rows.push(format!(
                        "{name} {level} {a} {b} {n} {n_a} {n_b} {n_ab} {distinct} {shared} {in_a} {in_b} {in_ab}"
                    ));
                }
            }
        }
    }
    rows
}

const NAMES: [&str; 7] = ["document", "exchange", "question", "sentence", "turn", "window:1", "window:3"];

fn check_counts(documents: &[CodedDocument], roles: Option<Vec<Role>>) -> Result<(), TestCaseError> {
    let options = TableOptions {
        units: Some(NAMES.iter().filter_map(|name| Unit::parse(name)).collect()),
        roles: roles.clone(),
        formats: vec![TableFormat::Csv],
        ..TableOptions::default()
    };
    let (_, files) = write(&random_codebook(), &[], &options, &[documents]);
    let rows = fields(&files["cooccurrence.csv"]);
    let found: Vec<String> = rows[1..].iter().map(|row| row[..13].join(" ")).collect();
    let wanted = expected(documents, &NAMES, &roles.unwrap_or_else(|| vec![Role::Informant]));
    prop_assert_eq!(found, wanted);
    // A column of unit_codes sums to the number of units that have the code.
    let wide = fields(&files["unit_codes.csv"]);
    for row in rows[1..].iter().filter(|row| row[1] == "code") {
        let column = wide[0].iter().position(|name| *name == row[2]).expect("a column");
        let sum = wide[1..].iter().filter(|unit| unit[0] == row[0] && unit[column] == "1").count();
        prop_assert_eq!(sum.to_string(), row[5].clone());
    }
    for (bytes, keys) in
        [("unit_codes.csv", &[1, 0, 2][..]), ("cooccurrence.csv", &[0, 1, 2, 3]), ("case_codes.csv", &[0, 2])]
    {
        let table = fields(&files[bytes]);
        prop_assert_eq!(
            table[1..].is_sorted_by_key(|row| keys.iter().map(|&key| row[key].clone()).collect::<Vec<_>>()),
            true
        );
    }
    Ok(())
}

fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads").install(work)
}

proptest! {
    #![proptest_config(Config { cases: 60, failure_persistence: None, ..Config::default() })]

    #[test]
    fn counts_are_those_of_the_definitions(
        documents in documents(),
        roles in (Just(None), Just(vec![Role::Informant, Role::Other]), any::<bool>())
            .prop_map(|(none, some, all)| if all { Some(some) } else { none }),
    ) {
        check_counts(&documents, roles)?;
    }
}

proptest! {
    #![proptest_config(Config { cases: 12, failure_persistence: None, ..Config::default() })]

    #[test]
    fn blocks_and_threads_change_no_byte(documents in documents()) {
        let options = TableOptions { formats: TableFormat::ALL.to_vec(), ..TableOptions::default() };
        let codebook = random_codebook();
        let (_, at_once) = on_threads(1, || write(&codebook, &[], &options, &[&documents]));
        let one_by_one: Vec<&[CodedDocument]> = documents.chunks(1).collect();
        let (_, in_blocks) = on_threads(4, || write(&codebook, &[], &options, &one_by_one));
        prop_assert_eq!(at_once.keys().collect::<Vec<_>>(), in_blocks.keys().collect::<Vec<_>>());
        for (name, bytes) in &at_once {
            prop_assert_eq!(bytes == &in_blocks[name], true, "{} differs", name);
        }
    }
}
