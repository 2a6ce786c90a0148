//! `qualcode codebook explain`.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use qualcode::diagnostic::Collected;
use qualcode::pipeline::{self, CorpusOptions, ExplainedTurn};
use qualcode::workbench::{Explanation, Outcome, WildcardStats};
use serde_json::{Value, json};

use super::args::{ExplainArgs, ReportFormat};
use crate::cli::args::Common;
use crate::cli::message::{Console, shown};
use crate::cli::progress::Bars;
use crate::cli::sheet::{Sheet, aligned, wrapped};
use crate::cli::{Ending, print};

const COLUMNS: &[&str] =
    &["code", "pattern", "match", "outcome", "counted", "start_token", "end_token", "text", "by", "by_text", "reason"];
const WORD_COLUMNS: &[&str] = &["wildcard", "word", "count", "doubtful"];

pub(super) fn explain(args: &ExplainArgs, common: &Common, console: &Console) -> Result<Ending> {
    let report = Collected::default();
    let options = args.store.as_ref().map(|store| CorpusOptions {
        store: store.clone(),
        codebook: args.codebook.clone(),
        interviewers: args.interviewers.clone(),
        threads: common.threads(),
    });
    let empty = match (&args.sentence, &options, &args.document, args.turn, &args.pattern) {
        (Some(sentence), ..) => {
            let explained = pipeline::explain_sentence(&args.codebook, sentence, &report)?;
            show(&explained, None, sentence, args.format, console)?;
            explained.is_empty()
        }
        (None, Some(options), Some(document), Some(turn), _) => {
            let explained = pipeline::explain_turn(options, document, turn, &report)?;
            show(&explained.explained, Some((document, turn, &explained)), &explained.words, args.format, console)?;
            explained.explained.is_empty()
        }
        (None, Some(options), None, None, Some(pattern)) => {
            let bars = Bars::new(console.shows_progress());
            let words = pipeline::explain_pattern(options, pattern, &report, &bars)?;
            show_words(pattern, &words, args.format)?;
            words.iter().all(|wildcard| wildcard.words.is_empty())
        }
        _ => bail!("give a sentence, or --store with --document and --turn, or --store with --pattern"),
    };
    Ok(if empty { Ending::NothingFound } else { Ending::Done })
}

fn show(
    explained: &[Explanation],
    turn: Option<(&String, u32, &ExplainedTurn)>,
    words: &str,
    format: ReportFormat,
    console: &Console,
) -> Result<()> {
    let row = |one: &Explanation| -> Vec<Value> {
        vec![
            json!(one.code),
            json!(one.pattern),
            json!(one.text),
            json!(one.outcome.as_str()),
            json!(one.counted.map(u8::from)),
            json!(one.start_token),
            json!(one.end_token),
            json!(one.words),
            json!(one.by),
            json!(one.by_words),
            json!((!one.reason.is_empty()).then_some(&one.reason)),
        ]
    };
    let sheet = Sheet { columns: COLUMNS, rows: explained.iter().map(row).collect() };
    match format {
        ReportFormat::Csv => print(&sheet.csv()?),
        ReportFormat::Json => {
            let mut object = json!({"text": words, "explained": sheet.objects()});
            if let Some((document, number, turn)) = turn {
                object["document"] = json!(document);
                object["turn"] = json!(number);
                object["speaker"] = json!(turn.speaker);
                object["role"] = json!(turn.setting.role.as_str());
                object["question"] = json!(turn.question);
            }
            print(&format!("{object:#}\n"))
        }
        ReportFormat::Text => print(&text(explained, turn, words, console.colors_output())),
    }
}

fn text(explained: &[Explanation], turn: Option<(&String, u32, &ExplainedTurn)>, words: &str, color: bool) -> String {
    let mut text = String::new();
    if let Some((document, number, turn)) = turn {
        let speaker = turn.speaker.as_ref().map(|speaker| format!(" {speaker}")).unwrap_or_default();
        let question = turn.question.as_ref().map_or(String::new(), |question| format!(", question {question}"));
        let backchannel = if turn.setting.backchannel { ", nothing but backchannels" } else { "" };
        let head = format!("{document}#{number}{speaker} ({}{question}{backchannel})\n", turn.setting.role.as_str());
        text.push_str(&shown(&head));
    }
    text.push_str(&wrapped(&shown(words), 2));
    if explained.is_empty() {
        text.push_str("\nNo pattern finds anything here.\n");
        return text;
    }
    let (bold, off) = if color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let outcomes = [
        (Outcome::Coded, "Coded"),
        (Outcome::Lost, "Not coded: lost to an overlapping coding of the same code"),
        (Outcome::Vetoed, "Not coded: vetoed by an exclusion of the pattern"),
        (Outcome::Guarded, "Not coded: the pattern does not apply here"),
    ];
    for (outcome, title) in outcomes {
        let mut by_code: BTreeMap<&str, Vec<&Explanation>> = BTreeMap::new();
        for one in explained.iter().filter(|one| one.outcome == outcome) {
            by_code.entry(&one.code).or_default().push(one);
        }
        if by_code.is_empty() {
            continue;
        }
        text.push_str(&format!("\n{bold}{title}{off}\n"));
        for (code, list) in by_code {
            text.push_str(&format!("  {code}\n"));
            for one in list {
                text.push_str(&wrapped(
                    &shown(&format!("\"{}\" found by {}: {}", one.words, one.pattern, one.text)),
                    4,
                ));
                if !one.reason.is_empty() {
                    text.push_str(&wrapped(&shown(&one.reason), 8));
                }
            }
        }
    }
    text
}

fn show_words(pattern: &str, wildcards: &[WildcardStats], format: ReportFormat) -> Result<()> {
    let doubted = |wildcard: &WildcardStats, word: &str| wildcard.doubtful.iter().any(|(other, _)| other == word);
    let rows = wildcards.iter().flat_map(|wildcard| {
        wildcard.words.iter().map(move |(word, count)| {
            vec![json!(wildcard.wildcard), json!(word), json!(count), json!(u8::from(doubted(wildcard, word)))]
        })
    });
    let sheet = Sheet { columns: WORD_COLUMNS, rows: rows.collect() };
    match format {
        ReportFormat::Csv => print(&sheet.csv()?),
        ReportFormat::Json => print(&format!("{:#}\n", json!({"pattern": pattern, "words": sheet.objects()}))),
        ReportFormat::Text => {
            let mut text = format!("{pattern}\n");
            if wildcards.is_empty() {
                text.push_str("  The pattern has no wildcards.\n");
            }
            for wildcard in wildcards {
                text.push_str(&format!("\n{}: {} different words\n", wildcard.wildcard, wildcard.words.len()));
                let line = |(word, count): &(String, u64)| {
                    let doubt = if doubted(wildcard, word) { "another stem: meant?" } else { "" };
                    vec![count.to_string(), shown(word), doubt.to_owned()]
                };
                let mut rows = vec![vec!["times".to_owned(), "word".to_owned(), String::new()]];
                rows.extend(wildcard.words.iter().map(line));
                text.push_str(&aligned(&rows));
            }
            print(&text)
        }
    }
}
