//! `qualcode run`, `code` and `tables`.

use std::path::Path;

use anyhow::Result;
use qualcode::pipeline::{self, CodeOptions, Outcome, RunOptions, Summary};
use qualcode::tables::{Level, TableOptions};

use crate::cli::args::{CodeArgs, Common, RunArgs, TableArgs, TablesArgs};
use crate::cli::index::describe;
use crate::cli::message::Console;
use crate::cli::progress::Bars;
use crate::cli::{Ending, print};

/// Columns of the tables, for help texts; a test compares them with the schemas.
macro_rules! columns {
    () => {
        "  documents     document, path, sha256, text_sha256, format, turns, sentences, words,
                informant_words, speakers, then the attributes
  turns         document, turn, case, speaker, role, question, exchange, start_char, end_char,
                start_time, end_time, sentences, words
  codes         code, theme, tracks, label, definition, patterns, codings, documents, cases
  codings       coding_id, document, turn, sentence, end_sentence, case, speaker, role, question,
                code, theme, tracks, pattern, counted, prompted_exchange, prompted_document,
                start_char, end_char, start_byte, end_byte, start_token, end_token,
                segment_start_char, segment_end_char, text
  frequencies   level, id, label, codings, sentences, turns, exchanges, documents, cases,
                per_1000_words, share_of_cases
  case_codes    case, document, code, theme, tracks, asked, codings, turns, words,
                first_start_char
  document_codes  document, words, then the attributes, then a count per code
  unit_codes    unit, document, unit_id, case, speaker, role, question, words, then 0 or 1 per
                code
  cooccurrence  unit, level, a, b, n, n_a, n_b, n_ab, n_ab_distinct, shared_codes, documents_a,
                documents_b, documents_ab, expected, jaccard, dice, ochiai, overlap_coefficient,
                lift, pmi, npmi, phi, odds_ratio, odds_ratio_corrected, g2, p_fisher_iid,
                p_fisher_iid_bh, share_b_given_a, share_a_given_b, delta_p_b_given_a,
                delta_p_a_given_b
  cooccurrence_matrix_LEVEL_UNIT  id, then one column per id; the diagonal is the number of units
                with the id
"
    };
}

pub(crate) const RUN_HELP: &str = concat!(
    "Example:\n  qualcode run corpora/utility-company --codebook codebooks/ism-three-tracks.json --out results\n\n",
    "It writes into the folder of results: store/ (the index), tables/ (with datapackage.json, which\n\
     describes every column), load.R, load.py, diagnostics.csv, and run.json last.\n\n\
     The tables and their columns:\n",
    columns!()
);

pub(crate) const CODE_HELP: &str = concat!(
    "Example:\n  qualcode code --store results/store --codebook codebooks/ism-three-tracks.json --out coded\n\n",
    "It writes tables/codings and tables/codes unless --tables names others.\n\nThe tables and their columns:\n",
    columns!()
);

pub(crate) const TABLES_HELP: &str = concat!(
    "Example:\n  qualcode tables --store results/store --codebook codebooks/ism-three-tracks.json \\\n    \
     --codings results/tables/codings.csv --units sentence,window:3 --out recounted\n\n",
    "The tables and their columns:\n",
    columns!()
);

pub(crate) fn run(args: &RunArgs, common: &Common, console: &Console) -> Result<Ending> {
    let options = RunOptions {
        corpora: args.corpora.clone(),
        reading: args.reading.options(),
        codebook: args.codebook.clone(),
        out: args.out.clone(),
        store: args.store.clone(),
        tables: table_options(&args.tables),
        interviewers: args.tables.interviewers.clone(),
        threads: common.threads(),
    };
    let outcome = pipeline::run(&options, &Bars::new(console.shows_progress()))?;
    conclude(&outcome, &args.out, console)
}

pub(crate) fn code(args: &CodeArgs, common: &Common, console: &Console) -> Result<Ending> {
    let outcome = pipeline::code(&code_options(args, common), &Bars::new(console.shows_progress()))?;
    conclude(&outcome, &args.out, console)
}

pub(crate) fn tables(args: &TablesArgs, common: &Common, console: &Console) -> Result<Ending> {
    let options = code_options(&args.code, common);
    let outcome = pipeline::tables(&options, &args.codings, &Bars::new(console.shows_progress()))?;
    conclude(&outcome, &options.out, console)
}

fn code_options(args: &CodeArgs, common: &Common) -> CodeOptions {
    CodeOptions {
        store: args.store.clone(),
        codebook: args.codebook.clone(),
        out: args.out.clone(),
        tables: table_options(&args.tables),
        interviewers: args.tables.interviewers.clone(),
        threads: common.threads(),
    }
}

fn table_options(args: &TableArgs) -> TableOptions {
    TableOptions {
        tables: args.tables.clone(),
        units: args.units.clone(),
        levels: args.levels.clone().unwrap_or_else(|| Level::ALL.to_vec()),
        roles: args.roles.clone(),
        formats: args.format.clone(),
    }
}

fn conclude(outcome: &Outcome, out: &Path, console: &Console) -> Result<Ending> {
    console.diagnostics(&outcome.diagnostics, " in diagnostics.csv");
    if let Some(update) = &outcome.update {
        console.say(&describe(update));
    }
    if let Some(summary) = outcome.summary.as_ref().filter(|_| !console.quiet) {
        print(&render(summary, out))?;
    }
    Ok(if outcome.skipped() { Ending::SomeSkipped } else { Ending::Done })
}

/// The closing summary.
fn render(summary: &Summary, out: &Path) -> String {
    let mut text = format!(
        "{} documents, {} cases, {} words\n{} codings of {} codes",
        grouped(summary.documents),
        grouped(summary.cases),
        grouped(summary.words),
        grouped(summary.codings),
        summary.codes_found,
    );
    text.push_str(&format!(
        " (of {}); {} more in turns that do not count\n",
        summary.codes,
        grouped(summary.uncounted)
    ));
    if !summary.pairs.is_empty() {
        text.push_str("\nStrongest co-occurrences of codes in exchanges (Jaccard):\n");
        for pair in &summary.pairs {
            text.push_str(&format!(
                "  {:.2}  {} + {}: {} of {}\n",
                pair.jaccard,
                pair.a,
                pair.b,
                grouped(pair.together),
                grouped(pair.either)
            ));
        }
    }
    if !summary.empty_tracks.is_empty() {
        text.push_str(&format!("\nTracks not found by these patterns: {}\n", summary.empty_tracks.join("; ")));
    }
    if !summary.empty_codes.is_empty() {
        text.push_str(&format!("\nCodes not found by these patterns: {}\n", summary.empty_codes.join("; ")));
    }
    text.push_str(&format!("\nTables are in {}\n", out.join("tables").display()));
    text
}

/// A number with a space between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([0, 999, 1000, 21_200_345].map(grouped), ["0", "999", "1\u{202f}000", "21\u{202f}200\u{202f}345"]);
    }
}
