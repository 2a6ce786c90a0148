//! Captions and recognisers' JSON as they come: real podcasts, real diarisation, damage of every kind, and the program
//! from the folder to the tables.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop};
use proptest::test_runner::{Config, TestRunner};
use qualcode::corpus::{self, FileBytes, Format, Transcript};
use regex::Regex;
use serde_json::{Value, json};

use crate::aligned::{speech, words};
use crate::case::{Book, Case, cells};
use crate::oracle;

fn parse(format: Format, bytes: Vec<u8>) -> Option<Transcript> {
    corpus::parse("a", "a", format, FileBytes::new(bytes)).ok().map(|(transcript, _)| transcript)
}

#[test]
fn a_podcast_has_the_same_speakers_in_captions_and_on_its_page() {
    let Some(corpora) = oracle::corpora() else { return };
    let folder = corpora.join("format-fixtures/podcast-namespace/docs/examples/transcripts");
    let page = std::fs::read_to_string(folder.join("example.html")).expect("the page");
    let cite = Regex::new(r"<cite>([^<:]+):</cite>").expect("a pattern");
    let named: Vec<String> = cite.captures_iter(&page).map(|found| found[1].to_owned()).collect();
    let said = Regex::new(r"(?s)<p>(.*?)</p>").expect("a pattern");
    let mut spoken = Vec::new();
    for found in said.captures_iter(&page) {
        spoken.push(found[1].replace("&#39;", "'").replace("&quot;", "\"").replace("&amp;", "&"));
    }
    let captions = parse(Format::Srt, std::fs::read(folder.join("example.srt")).expect("captions")).expect("captions");
    let turns = speech(&captions);
    assert_eq!(turns.iter().map(|turn| turn.label.clone().expect("a speaker")).collect::<Vec<_>>(), named);
    assert_eq!(spoken.len(), turns.len());
    for (turn, spoken) in turns.iter().zip(&spoken) {
        assert_eq!(words(&turn.words).collect::<Vec<_>>(), words(spoken).collect::<Vec<_>>());
    }
    assert_eq!((turns[0].start, turns[1].start), (Some(0.179), Some(53.03)));

    let other = parse(Format::Vtt, std::fs::read(folder.join("example.vtt")).expect("captions")).expect("captions");
    let labels: Vec<_> = speech(&other).into_iter().map(|turn| turn.label.expect("a speaker")).collect();
    assert_eq!(labels, ["Sarah", "Gillian"]);
    let third = parse(Format::Json, std::fs::read(folder.join("example.json")).expect("JSON")).expect("JSON");
    assert_eq!(third.text, "Darth Vader: I am your father.\n\nLuke: Nooooo");
    assert_eq!((third.paragraphs[0].start_time, third.paragraphs[0].end_time), (Some(0.5), Some(2.5)));
}

#[test]
fn real_diarisation_by_word_keeps_every_word_with_its_speaker() {
    let Some(corpora) = oracle::corpora() else { return };
    let folder = corpora.join("format-fixtures/whisperx-sps");
    let bytes = std::fs::read(folder.join("a95KMDHf4vQ.whisperx.json")).expect("JSON");
    let json: Value = serde_json::from_slice(&bytes).expect("JSON");
    let mut expected: Vec<(String, String)> = Vec::new();
    let mut speakers = BTreeSet::new();
    for segment in json["segments"].as_array().expect("segments") {
        let mut speaker = segment["speaker"].as_str().expect("a speaker").to_owned();
        for word in segment["words"].as_array().expect("words") {
            speaker = word["speaker"].as_str().map_or(speaker, str::to_owned);
            speakers.insert(speaker.clone());
            expected.push((speaker.clone(), word["word"].as_str().expect("a word").to_owned()));
        }
    }
    let transcript = parse(Format::Json, bytes).expect("a transcript");
    let turns = speech(&transcript);
    let found: Vec<_> = turns
        .iter()
        .flat_map(|turn| {
            turn.words.split_whitespace().map(|word| (turn.label.clone().expect("a speaker"), word.to_owned()))
        })
        .collect();
    assert_eq!(found, expected);
    assert_eq!(speakers.len(), 4);
    for (before, after) in turns.iter().zip(&turns[1..]) {
        assert!(before.label != after.label && before.start <= after.start, "{before:?} {after:?}");
    }

    let metadata = FileBytes::new(std::fs::read(folder.join("a95KMDHf4vQ.diarized.json")).expect("JSON"));
    let error = corpus::parse("a", "a", Format::Json, metadata).expect_err("no transcript");
    assert!(error.to_string().contains("`sentenceMetadata`") && error.to_string().contains("`segments`"), "{error}");
}

const VTT: &str = "WEBVTT\n\nNOTE so\n\n1\n00:00:01.000 --> 00:00:02.000 line:0\n<v.a Anna>So <i>it</i> &amp; we</v>\n\
    - Bo: no\n\n2\n00:00:02.000 --> 00:00:03.500\n<v Bo>Åsa<00:00:03.000><c> said</c>\n";
const SRT: &str =
    "1\n00:00:01,000 --> 00:00:02,000\n- ANNA: {\\an8}So\n- [Bo]: 你好。\n\n2\n00:00:02,000 --> 00:00:03,500\nit was\n";
const JSON: &str = r#"{"text": "x", "segments": [{"start": 0.5, "end": 2, "text": " So it — was", "speaker": "S1", "words":
    [{"word": "So", "start": 0.5, "end": 1, "speaker": "S1"}, {"word": "it", "speaker": "S2"}]}, {"startTime": 1, "body": "x"}],
    "utterances": [], "results": {"items": [{"type": "punctuation", "alternatives": [{"content": "."}]}]}, "words": null}"#;

/// Whatever comes, a transcript's spans lie in its text.
fn read_all(bytes: &[u8]) {
    for format in [Format::Vtt, Format::Srt, Format::Json] {
        if let Some(transcript) = parse(format, bytes.to_vec()) {
            for paragraph in &transcript.paragraphs {
                assert!(!paragraph.words.of(&transcript.text).trim().is_empty());
                assert!(paragraph.start_time.is_none_or(|time| time.is_finite() && time >= 0.0));
                assert!(paragraph.silent.iter().all(|span| span.end <= paragraph.words.end));
            }
        }
    }
}

#[test]
fn no_bytes_and_no_damage_make_the_readers_fall() {
    let mut runner = TestRunner::new(Config { cases: 300, failure_persistence: None, ..Config::default() });
    runner
        .run(&vec(any::<u8>(), 0..300), |bytes| {
            read_all(&bytes);
            Ok(())
        })
        .expect("arbitrary bytes");
    const PARTS: &[&str] = &[
        "WEBVTT\n",
        "\n",
        "\n\n",
        " ",
        "NOTE",
        "1\n",
        "00:00:01.000",
        " --> ",
        "-->",
        "99:99:99,9",
        "<v ",
        "<v Anna>",
        "</v>",
        "<",
        ">",
        "&amp;",
        "&#x0;",
        "&#xD800;",
        "{\\",
        "}",
        "- ",
        ">> ",
        "[",
        "]",
        "Anna: ",
        "å",
        "。",
        "\r",
        "\u{FEFF}",
        "x",
        ":",
    ];
    let soup = vec(prop::sample::select(PARTS), 0..60).prop_map(|parts| parts.concat());
    runner
        .run(&soup, |soup| {
            read_all(soup.as_bytes());
            read_all(format!("WEBVTT\n\n{soup}").as_bytes());
            read_all(format!("1\n00:00:01,000 --> 00:00:02,000\n{soup}").as_bytes());
            Ok(())
        })
        .expect("parts of captions");
    let mutated =
        (prop::sample::select(vec![VTT, SRT, JSON]), vec((any::<prop::sample::Index>(), any::<u8>(), 0..4u8), 1..8));
    runner
        .run(&mutated, |(text, changes)| {
            let mut bytes = text.as_bytes().to_vec();
            for (index, byte, kind) in changes {
                let at = index.index(bytes.len().max(1)).min(bytes.len().saturating_sub(1));
                match kind {
                    _ if bytes.is_empty() => {}
                    0 => bytes[at] = byte,
                    1 => bytes.truncate(at),
                    2 => bytes.insert(at, byte),
                    _ => drop(bytes.remove(at)),
                }
            }
            read_all(&bytes);
            Ok(())
        })
        .expect("damaged files");
}

#[test]
fn long_runs_of_anything_cost_linear_time() {
    for unit in ["<", "&", "-->\n", "00:00:01.000 --> 00:00:02.000\n", "[", "x\n\n", "1\n\n", "- a\n", "a: ", "{\\"] {
        read_all(unit.repeat(100_000).as_bytes());
        read_all(format!("WEBVTT\n\n00:01.000 --> 00:02.000\n{}", unit.repeat(100_000)).as_bytes());
        read_all(format!("1\n00:00:01,000 --> 00:00:02,000\n{}", unit.repeat(100_000)).as_bytes());
    }
}

#[test]
fn the_program_reads_a_folder_of_them() {
    let case = Case::new()
        .file("zoom.vtt", "WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.000\nJane Doe: Who owns the\n\n2\n00:00:03.000 --> 00:00:05.000\nJane Doe: servers?\n\n\
            3\n00:00:05.500 --> 00:00:07.250\nInterviewer: The IT\n\n4\n00:00:07.250 --> 00:00:09.000\nInterviewer: manager does.\n")
        .file("subtitles.srt", "1\n00:00:01,000 --> 00:00:02,000\nThe IT\n\n2\n00:00:02,000 --> 00:00:03,000\nmanager does.\n")
        .file("old.sbv", "0:00:01.000,0:00:02.000\nThe IT manager\n")
        .file("whisper.json", json!({"text": "x", "segments": [{"start": 0.0, "end": 1.5, "text": " The IT"}, {"start": 1.5, "end": 2.0, "text": " manager."}]}).to_string())
        .file("settings.json", "{\"theme\": \"dark\"}")
        .book(Book::new().with("roles", json!(["informant", "interviewer"])).code("manager", json!(["IT manager"])));
    case.run("out", &[]).exits(3);
    let documents = case.rows("out", "documents");
    assert_eq!(
        cells(&documents, ["document", "format", "turns", "speakers"]),
        [
            ["old", "srt", "1", "0"],
            ["subtitles", "srt", "1", "0"],
            ["whisper", "json", "1", "0"],
            ["zoom", "vtt", "2", "2"]
        ]
    );
    let codings = case.rows("out", "codings");
    assert_eq!(cells(&codings, ["document"]), [["old"], ["subtitles"], ["whisper"], ["zoom"]]);
    let turns = case.rows("out", "turns");
    assert_eq!(
        cells(&turns[3..], ["speaker", "start_time", "end_time", "words"]),
        [["Jane Doe", "1.0", "5.0", "4"], ["Interviewer", "5.5", "9.0", "4"]]
    );
    let mut told = BTreeMap::new();
    for row in crate::case::rows(&case.read("out/diagnostics.csv")) {
        told.insert((row["path"].clone(), row["code"].clone()), row["message"].clone());
    }
    assert!(told[&("settings.json".to_owned(), "T026".to_owned())].contains("`theme`"));
}
