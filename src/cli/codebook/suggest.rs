//! `qualcode codebook suggest`.

use anyhow::Result;
use qualcode::diagnostic::Collected;
use qualcode::pipeline::{self, SuggestOptions, Suggestions};
use qualcode::workbench::Surroundings;
use serde_json::{Value, json};

use super::args::{ReportFormat, SuggestArgs};
use super::corpus_options;
use crate::cli::args::Common;
use crate::cli::message::{Console, shown};
use crate::cli::progress::Bars;
use crate::cli::sheet::{Sheet, WIDTH, aligned, cut, in_context};
use crate::cli::{Ending, print};

const COLUMNS: &[&str] = &["kind", "phrase", "of", "near", "elsewhere", "g2", "log_ratio", "p", "p_bh", "examples"];

/// Examples of a phrase that text shows.
const EXAMPLES: usize = 2;

pub(super) fn suggest(args: &SuggestArgs, common: &Common, console: &Console) -> Result<Ending> {
    let options = SuggestOptions {
        corpus: corpus_options(&args.corpus, &args.codebook, common),
        code: args.code.clone(),
        around: args.near.map_or(Surroundings::Sentence, Surroundings::Words),
        least: args.least,
        most: args.limit,
    };
    let report = Collected::default();
    let found = pipeline::suggest(&options, &report, &Bars::new(console.shows_progress()))?;
    match args.corpus.format {
        ReportFormat::Csv => print(&sheet(&found).csv()?)?,
        ReportFormat::Json => {
            let object = json!({
                "code": args.code, "codings": found.codings, "tokens": found.tokens,
                "tokens_elsewhere": found.tokens_elsewhere, "suggestions": sheet(&found).objects(),
            });
            print(&format!("{object:#}\n"))?;
        }
        ReportFormat::Text => print(&text(&args.code, &found, console.colors_output()))?,
    }
    let nothing = found.phrases.is_empty() && found.variants.is_empty();
    Ok(if nothing { Ending::NothingFound } else { Ending::Done })
}

fn sheet(found: &Suggestions) -> Sheet {
    let phrases = found.phrases.iter().map(|one| {
        let examples: Vec<String> = one
            .examples
            .iter()
            .map(|example| {
                format!("{}#{}: {}[{}]{}", example.document, example.turn, example.left, example.text, example.right)
            })
            .collect();
        vec![
            json!("phrase"),
            json!(one.phrase),
            Value::Null,
            json!(one.near),
            json!(one.elsewhere),
            json!(one.keyness.g2),
            json!(one.keyness.log_ratio),
            json!(one.keyness.p),
            json!(one.p_bh),
            json!(examples),
        ]
    });
    let variants = found.variants.iter().map(|(variant, count)| {
        let mut row =
            vec![json!(variant.kind.as_str()), json!(variant.word), json!(variant.of), Value::Null, json!(count)];
        row.resize(COLUMNS.len(), Value::Null);
        row
    });
    Sheet { columns: COLUMNS, rows: phrases.chain(variants).collect() }
}

fn text(code: &str, found: &Suggestions, color: bool) -> String {
    let (bold, red, off) = if color { ("\u{1b}[1m", "\u{1b}[1;31m", "\u{1b}[0m") } else { ("", "", "") };
    let mut text = format!(
        "{bold}{code}{off}: {} codings count, with {} words around them (and {} elsewhere)\n",
        found.codings, found.tokens, found.tokens_elsewhere
    );
    if found.phrases.is_empty() {
        text.push_str("\nNo word or phrase that is not covered yet is twice as frequent around them.\n");
    } else {
        text.push_str(&format!("\n{bold}At least twice as frequent around the codings, and not covered yet{off}\n"));
        let mut rows = vec![["near", "else", "G²", "ratio", "p (BH)", "phrase"].map(str::to_owned).to_vec()];
        rows.extend(found.phrases.iter().map(|one| {
            let p = if one.p_bh < 0.001 { "<0.001".to_owned() } else { format!("{:.3}", one.p_bh) };
            vec![
                one.near.to_string(),
                one.elsewhere.to_string(),
                format!("{:.1}", one.keyness.g2),
                format!("{:.1}×", one.keyness.log_ratio.exp2()),
                p,
                shown(&one.phrase),
            ]
        }));
        let table = aligned(&rows);
        let mut lines = table.lines();
        text.push_str(lines.next().unwrap_or_default());
        text.push('\n');
        for (line, one) in lines.zip(&found.phrases) {
            text.push_str(&format!("{line}\n"));
            for example in one.examples.iter().take(EXAMPLES) {
                let place = cut(&shown(&format!("{}#{}", example.document, example.turn)), 24);
                let room = WIDTH.saturating_sub(8 + place.chars().count() + 2);
                let words = in_context(&example.left, &example.text, &example.right, room, red, off);
                text.push_str(&format!("        {place}  {words}\n"));
            }
        }
    }
    if !found.variants.is_empty() {
        text.push_str(&format!("\n{bold}Other forms of words in the patterns, in the whole store{off}\n"));
        let mut rows = vec![["times", "word", "of", "how"].map(str::to_owned).to_vec()];
        rows.extend(found.variants.iter().map(|(variant, count)| {
            vec![count.to_string(), shown(&variant.word), shown(&variant.of), variant.kind.as_str().to_owned()]
        }));
        text.push_str(&aligned(&rows));
    }
    text
}
