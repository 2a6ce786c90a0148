//! `qualcode codebook stats`.

use anyhow::Result;
use qualcode::diagnostic::Collected;
use qualcode::pipeline;
use qualcode::workbench::{CodeStats, CodebookStats, PatternStats};
use serde_json::{Value, json};

use super::args::{ReportFormat, StatsArgs};
use super::corpus_options;
use crate::cli::args::Common;
use crate::cli::message::{Console, shown};
use crate::cli::progress::Bars;
use crate::cli::sheet::{Sheet, aligned, wrapped};
use crate::cli::{Ending, print};

const COLUMNS: &[&str] = &[
    "code",
    "pattern",
    "match",
    "found",
    "guarded",
    "lost",
    "codings",
    "counted",
    "documents",
    "share",
    "dead",
    "over_half",
    "never_without",
    "always_with",
    "overlaps_codes",
    "doubtful_words",
];

/// Lines of each finding that text shows.
const SHOWN: usize = 20;

pub(super) fn stats(args: &StatsArgs, common: &Common, console: &Console) -> Result<Ending> {
    let options = corpus_options(&args.corpus, &args.codebook, common);
    let report = Collected::default();
    let stats = pipeline::stats(&options, &report, &Bars::new(console.shows_progress()))?;
    match args.corpus.format {
        ReportFormat::Csv => print(&sheet(&stats).csv()?)?,
        ReportFormat::Json => {
            let wildcards = stats.codes.iter().flat_map(|code| &code.patterns).flat_map(|pattern| {
                pattern.wildcards.iter().map(|wildcard| {
                    let words = |list: &[(String, u64)]| -> Value {
                        list.iter().map(|(word, count)| json!({"word": word, "count": count})).collect()
                    };
                    json!({
                        "pattern": pattern.pattern, "wildcard": wildcard.wildcard,
                        "words": words(&wildcard.words), "doubtful": words(&wildcard.doubtful),
                    })
                })
            });
            let overlaps = stats.overlaps.iter().map(|one| {
                json!({
                    "code": one.code, "other": one.other, "overlapping": one.overlapping, "codings": one.codings,
                    "share": one.share,
                })
            });
            let object = json!({
                "patterns": sheet(&stats).objects(),
                "overlaps": overlaps.collect::<Vec<_>>(),
                "wildcards": wildcards.collect::<Vec<_>>(),
            });
            print(&format!("{object:#}\n"))?;
        }
        ReportFormat::Text => print(&text(&stats, console.colors_output()))?,
    }
    Ok(Ending::Done)
}

fn sheet(stats: &CodebookStats) -> Sheet {
    let rows = stats.codes.iter().flat_map(|code| {
        let overlaps: Vec<&str> =
            stats.overlaps.iter().filter(|one| one.code == code.code).map(|one| &*one.other).collect();
        code.patterns.iter().map(move |pattern| {
            let list = |items: &[String]| if items.is_empty() { Value::Null } else { json!(items) };
            let doubtful: Vec<String> = pattern
                .wildcards
                .iter()
                .flat_map(|wildcard| &wildcard.doubtful)
                .map(|(word, _)| word.clone())
                .collect();
            vec![
                json!(code.code),
                json!(pattern.pattern),
                json!(pattern.text),
                json!(pattern.found),
                json!(pattern.guarded),
                json!(pattern.lost),
                json!(pattern.codings),
                json!(pattern.counted),
                json!(pattern.documents),
                json!(pattern.share),
                json!(u8::from(pattern.is_dead())),
                json!(u8::from(pattern.carries(code))),
                list(&pattern.never_without),
                list(&pattern.always_with),
                if overlaps.is_empty() { Value::Null } else { json!(overlaps) },
                list(&doubtful),
            ]
        })
    });
    Sheet { columns: COLUMNS, rows: rows.collect() }
}

/// All patterns with their codes.
fn all(stats: &CodebookStats) -> impl Iterator<Item = (&CodeStats, &PatternStats)> {
    stats.codes.iter().flat_map(|code| code.patterns.iter().map(move |pattern| (code, pattern)))
}

fn text(stats: &CodebookStats, color: bool) -> String {
    let (bold, off) = if color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let codings: u64 = stats.codes.iter().map(|code| code.codings).sum();
    let counted: u64 = stats.codes.iter().map(|code| code.counted).sum();
    let mut text = format!(
        "{codings} codings, {counted} of them counted, by {} codes with {} patterns\n",
        stats.codes.len(),
        all(stats).count()
    );
    let mut section = |title: &str, rows: Vec<Vec<String>>, header: &[&str]| {
        if rows.is_empty() {
            return;
        }
        text.push_str(&format!("\n{bold}{title} ({}){off}\n", rows.len()));
        let mut all = vec![header.iter().map(|&name| name.to_owned()).collect()];
        let more = rows.len().saturating_sub(SHOWN);
        all.extend(rows.into_iter().take(SHOWN));
        text.push_str(&aligned(&all));
        if more > 0 {
            text.push_str(&format!("  … and {more} more; --format csv has them all\n"));
        }
    };
    let dead = all(stats).filter(|(_, pattern)| pattern.is_dead());
    section(
        "Dead patterns: they find nothing",
        dead.map(|(_, pattern)| vec![pattern.pattern.clone(), shown(&pattern.text)]).collect(),
        &["pattern", "match"],
    );
    let carrying = all(stats).filter(|(code, pattern)| pattern.carries(code));
    section(
        "Patterns that make more than half of their code's codings",
        carrying
            .map(|(_, pattern)| {
                let share = pattern.share.map(percent).unwrap_or_default();
                vec![share, pattern.codings.to_string(), pattern.pattern.clone(), shown(&pattern.text)]
            })
            .collect(),
        &["share", "codings", "pattern", "match"],
    );
    let together = all(stats).flat_map(|(_, pattern)| pattern.always_with.iter().map(move |other| (pattern, other)));
    section(
        "Patterns that only ever fire together",
        together
            .filter(|(pattern, other)| pattern.pattern < **other)
            .map(|(pattern, other)| {
                vec![(pattern.found - pattern.guarded).to_string(), format!("{} + {other}", pattern.pattern)]
            })
            .collect(),
        &["found", "patterns"],
    );
    let never = all(stats).flat_map(|(_, pattern)| pattern.never_without.iter().map(move |other| (pattern, other)));
    section(
        "Patterns that never fire without another",
        never
            .filter(|(pattern, other)| !pattern.always_with.contains(other))
            .map(|(pattern, other)| {
                vec![(pattern.found - pattern.guarded).to_string(), pattern.pattern.clone(), other.clone()]
            })
            .collect(),
        &["found", "pattern", "never without"],
    );
    let overlaps = stats.overlaps.iter().map(|one| {
        vec![percent(one.share), format!("{} of {}", one.overlapping, one.codings), one.code.clone(), one.other.clone()]
    });
    section("Codes that mostly overlap another code", overlaps.collect(), &["share", "codings", "code", "overlaps"]);
    let doubtful = all(stats).flat_map(|(_, pattern)| {
        pattern.wildcards.iter().filter(|wildcard| !wildcard.doubtful.is_empty()).map(move |wildcard| {
            let words: Vec<String> =
                wildcard.doubtful.iter().map(|(word, count)| format!("{} {count}", shown(word))).collect();
            let most =
                wildcard.words.first().map(|(word, count)| format!("{} {count}", shown(word))).unwrap_or_default();
            vec![pattern.pattern.clone(), shown(&wildcard.wildcard), most, words.join(", ")]
        })
    });
    section(
        "Words that wildcards met and that were probably not meant",
        doubtful.collect(),
        &["pattern", "wildcard", "met most", "doubtful"],
    );
    text.push_str(&format!("\n{bold}Patterns{off}\n"));
    text.push_str(&wrapped("found: spans before overlaps within the code are settled; lost: to another pattern of the code; counted: in the roles that count; docs: documents with a coding", 2));
    for code in &stats.codes {
        text.push_str(&format!(
            "\n{bold}{}{off}: {} codings in {} documents\n",
            code.code, code.codings, code.documents
        ));
        let header = ["found", "lost", "codings", "counted", "share", "docs", "pattern"].map(str::to_owned).to_vec();
        let mut rows = vec![header];
        rows.extend(code.patterns.iter().map(|pattern| {
            let share = pattern.share.map(percent).unwrap_or_default();
            let guarded = if pattern.guarded > 0 { format!(" ({} guarded)", pattern.guarded) } else { String::new() };
            let number = pattern.pattern.strip_prefix(&code.code).unwrap_or(&pattern.pattern);
            vec![
                pattern.found.to_string(),
                pattern.lost.to_string(),
                pattern.codings.to_string(),
                pattern.counted.to_string(),
                share,
                pattern.documents.to_string(),
                format!("{number}{guarded}  {}", shown(&pattern.text)),
            ]
        }));
        text.push_str(&aligned(&rows));
    }
    text
}

fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}
