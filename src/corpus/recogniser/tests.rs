//! Each recogniser's JSON: turns, times, and what is told.

use super::{looks_like, read_json};
use crate::corpus::read::{ReadError, Reading};

type Turn<'a> = (Option<&'a str>, &'a str, Option<f64>, Option<f64>);

fn json(text: &str) -> Reading {
    read_json("a.json", text.as_bytes().to_vec()).expect("a transcript")
}

fn turns(reading: &Reading) -> Vec<Turn<'_>> {
    reading
        .paragraphs
        .iter()
        .map(|found| (found.label.as_deref(), found.words.of(&reading.text), found.start_time, found.end_time))
        .collect()
}

fn told(text: &str) -> (&'static str, String) {
    let told = read_json("a.json", text.as_bytes().to_vec()).expect_err("no transcript").diagnostic("a.json");
    (told.code, told.message)
}

fn turn<'a>(label: &'a str, words: &'a str, start: f64, end: f64) -> Turn<'a> {
    ((!label.is_empty()).then_some(label), words, Some(start), Some(end))
}

#[test]
fn whisper_has_no_speakers() {
    let reading = json(
        r#"{"text": " The IT manager does it. Good.", "segments": [
            {"id": 0, "seek": 0, "start": 0.0, "end": 2.0, "text": " The IT", "tokens": [1], "temperature": 0.0},
            {"id": 1, "start": 2.0, "end": 4.5, "text": " manager does it."},
            {"id": 2, "start": 4.5, "end": 5, "text": " Good.\n\nYes."}], "language": "en"}"#,
    );
    assert_eq!(turns(&reading), [turn("", "The IT manager does it.", 0.0, 4.5), turn("", "Good.  Yes.", 4.5, 5.0)]);
    assert_eq!(reading.diagnostics.iter().map(|told| told.code).collect::<Vec<_>>(), ["T012"]);
    assert_eq!(turns(&json(r#"{"text": "Yes. No."}"#)), [(None, "Yes. No.", None, None)]);
}

#[test]
fn a_segment_of_two_speakers_is_cut_between_their_words() {
    let reading = json(
        r#"{"segments": [{"start": 1.0, "end": 4.0, "text": " Is it 12? Yes, it is.", "speaker": "SPEAKER_00", "words": [
            {"word": "Is", "start": 1.1, "end": 1.2}, {"word": "it", "start": 1.2, "end": 1.3, "speaker": "SPEAKER_00"},
            {"word": "12?"}, {"word": "Yes,", "start": 2.0, "end": 2.5, "speaker": "SPEAKER_01"},
            {"word": "it", "start": 2.5, "end": 2.6, "speaker": "SPEAKER_01"}, {"word": "is."}]},
            {"start": 4.0, "end": 5.0, "text": "So.", "speaker": "SPEAKER_01"}]}"#,
    );
    assert_eq!(
        turns(&reading),
        [turn("SPEAKER_00", "Is it 12?", 1.0, 1.3), turn("SPEAKER_01", "Yes, it is. So.", 2.0, 5.0)]
    );
    // Where the words are not those of the text, the words hold.
    let reading = json(
        r#"[{"start": 0, "end": 2, "text": "Yes. No!", "words": [{"word": "yes", "start": 0, "end": 1, "speaker": "A"},
            {"word": "no", "start": 1, "end": 2, "speaker": "B"}]}]"#,
    );
    assert_eq!(turns(&reading), [turn("A", "yes", 0.0, 1.0), turn("B", "no", 1.0, 2.0)]);
}

#[test]
fn podcasts_name_their_speakers() {
    let reading = json(
        r#"{"version": "1.0.0", "segments": [{"speaker": "Anna", "startTime": 0.5, "endTime": 0.75, "body": "I"},
            {"speaker": "Anna", "startTime": 1, "endTime": 1.25, "body": "am"},
            {"speaker": "Bo  B", "startTime": 2.75, "endTime": 3.0, "body": "No"}]}"#,
    );
    assert_eq!(reading.text, "Anna: I am\n\nBo B: No");
    assert_eq!(turns(&reading), [turn("Anna", "I am", 0.5, 1.25), turn("Bo B", "No", 2.75, 3.0)]);
}

#[test]
fn assembly_counts_milliseconds() {
    let reading = json(
        r#"{"id": "x", "status": "completed", "text": "Hi. Yes.", "words": [], "utterances": [
            {"speaker": "A", "text": "Hi.", "start": 250, "end": 900, "confidence": 0.9, "words": [{"text": "Hi."}]},
            {"speaker": "B", "text": "Yes.", "start": 1000, "end": 1500}]}"#,
    );
    assert_eq!(turns(&reading), [turn("A", "Hi.", 0.25, 0.9), turn("B", "Yes.", 1.0, 1.5)]);
    let reading = json(
        r#"{"audio_url": "x", "utterances": null, "words": [{"text": "So", "start": 0, "end": 500, "speaker": null},
            {"text": "it", "start": 500, "end": 700, "speaker": null}]}"#,
    );
    assert_eq!(turns(&reading), [turn("", "So it", 0.0, 0.7)]);
}

const ITEMS: &str = r#"[
    {"type": "pronunciation", "alternatives": [{"content": "So", "confidence": "1.0"}], "start_time": "0.5", "end_time": "0.75"},
    {"type": "pronunciation", "alternatives": [{"content": "it"}], "start_time": "0.75", "end_time": "1.0"},
    {"type": "punctuation", "alternatives": [{"content": "?"}]},
    {"type": "pronunciation", "alternatives": [{"content": "Yes"}], "start_time": "1.5", "end_time": "2.0"},
    {"type": "punctuation", "alternatives": [{"content": "."}]}]"#;

#[test]
fn amazon_in_its_four_forms() {
    let labels = r#"{"speakers": 2, "segments": [
        {"speaker_label": "spk_0", "start_time": "0.5", "end_time": "1.0", "items": [
            {"speaker_label": "spk_0", "start_time": "0.5"}, {"speaker_label": "spk_0", "start_time": "0.75"}]},
        {"speaker_label": "spk_1", "items": [{"speaker_label": "spk_1", "start_time": "1.5"}]}]}"#;
    let expected = [turn("spk_0", "So it?", 0.5, 1.0), turn("spk_1", "Yes.", 1.5, 2.0)];
    let reading = json(&format!(r#"{{"jobName": "x", "results": {{"speaker_labels": {labels}, "items": {ITEMS}}}}}"#));
    assert_eq!(turns(&reading), expected);
    let reading = json(&format!(r#"{{"results": {{"items": {ITEMS}}}}}"#));
    assert_eq!(turns(&reading), [turn("", "So it?", 0.5, 1.0), turn("", "Yes.", 1.5, 2.0)]);
    let reading = json(
        r#"{"results": {"items": [], "audio_segments": [
            {"id": 0, "transcript": "So it?", "start_time": "0.5", "end_time": "1.0", "speaker_label": "spk_0", "items": [0, 1, 2]},
            {"id": 1, "transcript": "Yes.", "start_time": "1.5", "end_time": "2.0", "speaker_label": "spk_1", "items": [3, 4]}]}}"#,
    );
    assert_eq!(turns(&reading), expected);
}

#[test]
fn two_channels_do_not_mix_word_by_word() {
    let word = |content: &str, start: f64| {
        format!(
            r#"{{"type": "pronunciation", "alternatives": [{{"content": "{content}"}}], "start_time": "{start}", "end_time": "{}"}}"#,
            start + 0.5
        )
    };
    let channel = |label: &str, words: [(&str, f64); 3]| {
        let items = words.map(|(content, start)| word(content, start)).join(", ");
        format!(r#"{{"channel_label": "{label}", "items": [{items}]}}"#)
    };
    let one = channel("ch_0", [("we", 0.0), ("lost", 1.0), ("it", 2.0)]);
    let two = channel("ch_1", [("no", 0.5), ("we", 1.5), ("did", 2.5)]);
    let reading =
        json(&format!(r#"{{"results": {{"channel_labels": {{"channels": [{one}, {two}]}}, "items": {ITEMS}}}}}"#));
    assert_eq!(turns(&reading), [turn("ch_0", "we lost it", 0.0, 2.5), turn("ch_1", "no we did", 0.5, 3.0)]);
}

#[test]
fn otter_names_speakers_apart() {
    let reading = json(
        r#"{"status": "OK", "speech": {"title": "x", "speakers": [{"id": 7, "speaker_name": "Anna Berg"}], "transcripts": [
            {"transcript": "So?", "start_offset": 16000, "end_offset": 24000, "speaker_id": 7, "speaker_model_label": "1"},
            {"transcript": "Yes.", "start_offset": 32000, "end_offset": 40000, "speaker_id": null, "speaker_model_label": "2",
             "alignment": [{"word": "Yes.", "start": 2.25, "end": 2.5}]}]}}"#,
    );
    assert_eq!(turns(&reading), [turn("Anna Berg", "So?", 1.0, 1.5), turn("Speaker 2", "Yes.", 2.25, 2.5)]);
}

#[test]
fn other_json_says_what_was_looked_for() {
    let (code, message) = told(r#"{"version": 1, "sentenceMetadata": []}"#);
    assert_eq!(code, "T026");
    assert!(message.contains("`version`, `sentenceMetadata`") && message.contains("`segments`"), "{message}");
    for text in ["{}", "12", "\"x\"", "[1, 2]", "null", r#"{"segments": "none"}"#, r#"{"results": [1]}"#] {
        assert_eq!(told(text).0, "T026", "{text}");
    }
    for text in [r#"{"segments": [{"text": "So"#, "{\"segments\": [,]}", "Anna: yes", "{} {}"] {
        let (code, message) = told(text);
        assert_eq!(code, "T018", "{text}");
        assert!(message.contains("line 1"), "{message}");
    }
    for text in [" ", "[]", r#"{"segments": []}"#, r#"{"segments": [{"text": " "}]}"#] {
        assert_eq!(told(text).0, "T004", "{text}");
    }
}

#[test]
fn depth_and_size_are_bounded() {
    let deep = "[".repeat(200_000);
    for text in [deep.clone(), format!(r#"{{"a": {deep}"#), format!(r#"{{"segments": [{{"text": {deep}"#)] {
        let code = told(&text).0;
        assert!(code == "T018" || code == "T026", "{code}");
    }
    assert!(matches!(read_json("a.json", b"{\"a\": \0}".to_vec()), Err(ReadError::Binary { .. })));
}

#[test]
fn recognised_by_content() {
    assert!(looks_like(b" {\"text\": \"So\", ") && looks_like(b"\xEF\xBB\xBF[{\"start\": 0, \"text\": "));
    assert!(!looks_like(b"{\"version\": 1}") && !looks_like(b"[laughs] \"text\"") && !looks_like(b""));
}
