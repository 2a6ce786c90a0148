//! Whole caption files: turns, times, and what is told.

use super::{looks_like_srt, looks_like_vtt, read_srt, read_vtt};
use crate::corpus::read::{ReadError, Reading};

type Turn<'a> = (Option<&'a str>, &'a str, Option<f64>, Option<f64>);

fn turns(reading: &Reading) -> Vec<Turn<'_>> {
    reading
        .paragraphs
        .iter()
        .map(|found| (found.label.as_deref(), found.words.of(&reading.text), found.start_time, found.end_time))
        .collect()
}

fn codes(reading: &Reading) -> Vec<(&'static str, Option<u32>)> {
    reading.diagnostics.iter().map(|found| (found.code, found.line)).collect()
}

fn vtt(text: &str) -> Reading {
    read_vtt("a.vtt", text.as_bytes().to_vec()).expect("captions")
}

fn srt(text: &str) -> Reading {
    read_srt("a.srt", text.as_bytes().to_vec()).expect("captions")
}

#[test]
fn a_meeting_with_voices() {
    let reading = vtt(
        "\u{FEFF}WEBVTT\r\n\r\na/1-0\r\n00:00:01.000 --> 00:00:02.000\r\n<v Anna Berg>So we\r\nlost it.</v>\r\n\r\n\
        a/1-1\r\n00:00:02.000 --> 00:00:04.000\r\n<v Anna Berg>All of it.</v>\r\n\r\n00:00:03.000 --> 00:00:03.500\r\n<v Bo>Right.</v>\r\n",
    );
    assert_eq!(reading.text, "Anna Berg: So we lost it. All of it.\n\nBo: Right.");
    assert_eq!(
        turns(&reading),
        [
            (Some("Anna Berg"), "So we lost it. All of it.", Some(1.0), Some(4.0)),
            (Some("Bo"), "Right.", Some(3.0), Some(3.5))
        ]
    );
    assert!(codes(&reading).is_empty() && !reading.as_in_file);
}

#[test]
fn phrases_across_captions_of_nobody_are_one_paragraph() {
    let reading =
        srt("1\n00:00:01,000 --> 00:00:02,000\nThe IT\n\n2\n00:00:02,000 --> 00:00:03,000\nmanager does it.\n\n\
        3\n00:00:03,000 --> 00:00:04,000\nGood.\n");
    assert_eq!(
        turns(&reading),
        [(None, "The IT manager does it.", Some(1.0), Some(3.0)), (None, "Good.", Some(3.0), Some(4.0))]
    );
    assert_eq!(codes(&reading), [("T012", None)]);
}

#[test]
fn faults_are_told_with_their_lines_and_no_words_are_lost() {
    let reading = vtt("WEBVTT\n\n00:05.000 --> 00:06.000\n<v Anna>One\n\n00:0x.000 --> 00:07.000\ntwo\n\n\
        00:04.000 --> 00:03.000\n<v Bo>Three\n\nfour\n");
    assert_eq!(
        turns(&reading),
        [(Some("Anna"), "One two", Some(5.0), Some(7.0)), (Some("Bo"), "Three four", Some(4.0), None)]
    );
    assert_eq!(codes(&reading), [("T020", Some(6)), ("T021", Some(12)), ("T023", Some(9)), ("T022", Some(9))]);
    assert!(reading.diagnostics.iter().all(|found| !found.message.is_empty() && !found.mend.is_empty()));
}

#[test]
fn rolling_captions_are_read_once() {
    let reading = vtt(
        "WEBVTT\nKind: captions\nLanguage: en\n\n00:00:00.000 --> 00:00:02.000 align:start position:0%\n \nwe<00:00:01.000><c> lost</c>\n\n\
        00:00:02.000 --> 00:00:02.010 align:start position:0%\nwe lost\n \n\n\
        00:00:02.010 --> 00:00:04.000 align:start position:0%\nwe lost\nall<00:00:03.000><c> of it</c>\n\n\
        00:00:04.000 --> 00:00:04.010 align:start position:0%\nall of it\n \n\n\
        00:00:04.010 --> 00:00:06.000 align:start position:0%\nall of it\nin the storm\n",
    );
    assert_eq!(turns(&reading), [(None, "we lost all of it in the storm", Some(0.0), Some(6.0))]);
    assert_eq!(codes(&reading), [("T024", None), ("T012", None)]);
}

#[test]
fn a_file_under_anothers_name_is_read() {
    let reading = vtt("1\n00:00:01,000 --> 00:00:02,000\nQ: So?\n\n2\n00:00:02,000 --> 00:00:03,000\nA: Yes.\n");
    assert_eq!(turns(&reading).len(), 2);
    assert_eq!(codes(&reading), [("T025", Some(1))]);
    assert_eq!(turns(&srt("WEBVTT\n\n00:01.000 --> 00:02.000\nYes.\n")).len(), 1);
    assert_eq!(turns(&srt("0:00:01.000,0:00:02.000\nYes.\n\n0:00:02.000,0:00:03.000\nNo.\n")).len(), 2);
}

#[test]
fn what_is_no_captions() {
    let fails = |text: &str| read_vtt("a.vtt", text.as_bytes().to_vec()).expect_err("no captions");
    assert!(matches!(fails("Interviewer: Well?\n"), ReadError::Damaged { .. }));
    assert!(matches!(fails("WEBVTT\n\nNOTE so\n"), ReadError::Empty));
    assert!(matches!(fails("WEBVTT"), ReadError::Empty));
    assert!(matches!(fails(" \n"), ReadError::Empty));
    let told = fails("garbage").diagnostic("a.vtt");
    assert_eq!(told.code, "T018");
    assert!(told.message.contains("-->"));
}

#[test]
fn formats_by_content() {
    assert!(looks_like_vtt(b"WEBVTT\n") && looks_like_vtt(b"\xEF\xBB\xBFWEBVTT - x\n") && !looks_like_vtt(b"WEBVTTS"));
    assert!(looks_like_srt(b"\n1\r\n00:00:01,000 --> 00:00:02,000\r\nx") && looks_like_srt(b"0:00:01.0,0:00:02.0\nx"));
    assert!(!looks_like_srt(b"1\nAnna: so --> no") && !looks_like_srt(b"") && !looks_like_srt(b"12:00 we met"));
}
