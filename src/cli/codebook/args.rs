//! What may be written behind `qualcode codebook`.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use qualcode::tables::{Level, Unit};

use crate::cli::args::{ExportArgs, ImportArgs, level, unit};

/// How a result is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For reading
    Text,
    /// Comma-separated values with a header
    Csv,
    /// One JSON object
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CodebookCommand {
    /// Reports every fault of a codebook at once, and codes its examples
    #[command(after_help = "Example:\n  qualcode codebook check codebooks/ism-three-tracks.json\n\n\
        Each fault is given with its place, the text at fault and a mend. Exit status 1 if there are faults or an example \
        is coded wrongly. It writes no tables.")]
    Check {
        /// The codebook
        #[arg(value_name = "FILE")]
        codebook: PathBuf,
    },
    Explain(ExplainArgs),
    /// Makes a codebook of a file of another program
    #[command(after_help = crate::cli::import::HELP)]
    Import(ImportArgs),
    /// Writes a codebook as a table, for another program, or as an appendix to print
    #[command(after_help = crate::cli::export::HELP)]
    Export(ExportArgs),
    Stats(StatsArgs),
    Diff(DiffArgs),
    Suggest(SuggestArgs),
    /// Writes a small codebook to begin with, which explains itself
    #[command(after_help = "Example:\n  qualcode codebook new -o my-codebook.json\n\n\
        Its memos say what to write where; `qualcode codebook check` finds nothing wrong with it. With -o, the JSON Schema \
        is put beside it as codebook.schema.json unless it is there, so that editors can help. It writes no tables.")]
    New {
        /// The file to write, which must not be there yet [default: standard output]
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Prints the JSON Schema of codebooks, for editors
    #[command(after_help = "Example:\n  qualcode codebook schema > codebook.schema.json")]
    Schema,
}

/// What a codebook and a store are named by.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct CorpusArgs {
    /// The folder of the store
    #[arg(long, value_name = "DIR")]
    pub(crate) store: PathBuf,
    /// Labels of interviewers, with commas between, besides those of the codebook and the usual ones
    #[arg(long, value_delimiter = ',', value_name = "LABELS")]
    pub(crate) interviewers: Vec<String>,
    /// How to show the result
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub(crate) format: ReportFormat,
}

/// Tells why a passage is coded as it is, or what the wildcards of a pattern meet
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  qualcode codebook explain --codebook codebooks/ism-three-tracks.json 'The IT manager takes care of that.'
  qualcode codebook explain --codebook codebooks/ism-three-tracks.json --store results/store \\
    --document interview-01 --turn 4
  qualcode codebook explain --codebook codebooks/ism-three-tracks.json --store results/store \\
    --pattern 'it-manager-owns-it#1'

For a passage: every span that a pattern finds, and whether it is coded, lost to an overlapping one of its code, vetoed by
an exclusion of the pattern (AND NOT, EXCEPT, NOT NEAR) or guarded (kept back by its questions or attributes). A sentence
is taken for a turn in which all guards hold.
The columns: code, pattern, match, outcome, counted, start_token, end_token, text, by, by_text, reason.
For a pattern: the words that its wildcards, expressions and stems met in its codings.
The columns: wildcard, word, count, doubtful.
Exit status 1 if nothing is found.")]
pub(crate) struct ExplainArgs {
    /// The sentence
    #[arg(value_name = "SENTENCE", conflicts_with_all = ["document", "turn", "pattern", "store"], required_unless_present_any = ["document", "pattern"])]
    pub(crate) sentence: Option<String>,
    /// The codebook
    #[arg(long, value_name = "FILE")]
    pub(crate) codebook: PathBuf,
    /// The folder of the store
    #[arg(long, value_name = "DIR")]
    pub(crate) store: Option<PathBuf>,
    /// Id of a document of the store
    #[arg(long, value_name = "ID", requires = "turn", requires = "store")]
    pub(crate) document: Option<String>,
    /// Number of a turn of the document
    #[arg(long, value_name = "N", requires = "document")]
    pub(crate) turn: Option<u32>,
    /// Id of a pattern
    #[arg(long, value_name = "ID", requires = "store", conflicts_with = "document")]
    pub(crate) pattern: Option<String>,
    /// Labels of interviewers, with commas between, besides those of the codebook and the usual ones
    #[arg(long, value_delimiter = ',', value_name = "LABELS")]
    pub(crate) interviewers: Vec<String>,
    /// How to show the result
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub(crate) format: ReportFormat,
}

/// Counts what every pattern does in a store, and points at what is odd
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  qualcode codebook stats --store results/store --codebook codebooks/ism-three-tracks.json

First what is odd: dead patterns, patterns that carry over half of their code, patterns that only fire together with
another, codes that mostly overlap, and words that wildcards met and that were probably not meant. Then every pattern.
The columns: code, pattern, match, found, guarded, lost, codings, counted, documents, share, dead, over_half, never_without,
always_with, overlaps_codes, doubtful_words. found = guarded + lost + codings; codings are the rows of the table of
codings; share is that of the code's codings. Lists are joined by |.")]
pub(crate) struct StatsArgs {
    #[command(flatten)]
    pub(crate) corpus: CorpusArgs,
    /// The codebook
    #[arg(long, value_name = "FILE")]
    pub(crate) codebook: PathBuf,
}

/// Tells what a change of the codebook does: to the codebook, the codings and the co-occurrences
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  qualcode codebook diff before.json codebooks/ism-three-tracks.json --store results/store

Codes whose patterns, guards and references stayed as they were are not coded a second time. Two codings are the same if
their code and place are; counted and uncounted are codings that both give and one of the two does not count.
The columns of csv, one row per coding: change, code, pattern, counted, document, turn, speaker, start_char, end_char, left,
text, right. json has the changes of the codebook, the numbers of each code and the cells that moved, too.
Exit status 0, also if nothing changed.")]
pub(crate) struct DiffArgs {
    /// The codebook as it was
    #[arg(value_name = "OLD")]
    pub(crate) old: PathBuf,
    /// The codebook as it is
    #[arg(value_name = "NEW")]
    pub(crate) new: PathBuf,
    #[command(flatten)]
    pub(crate) corpus: CorpusArgs,
    /// Units of co-occurrence: sentence, turn, exchange, question, window:k, document [default: turn,exchange,document]
    #[arg(long, value_delimiter = ',', value_name = "UNITS", value_parser = unit)]
    pub(crate) units: Option<Vec<Unit>>,
    /// Levels: code, theme, track [default: all]
    #[arg(long, value_delimiter = ',', value_name = "LEVELS", value_parser = level)]
    pub(crate) levels: Option<Vec<Level>>,
    /// Show at most so many codings of each code and kind, and so many cells [default: 5 and 20 as text, else all]
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
}

/// Suggests words and phrases for new patterns of a code
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  qualcode codebook suggest --store results/store --codebook codebooks/ism-three-tracks.json --code storm-narrative

Words and phrases of two to four words that are at least twice as frequent in the sentences of the code's counted codings (their own
words left out) than elsewhere, and that no pattern of the code finds yet; then other forms of words in its patterns.
The columns of csv: kind (phrase, inflection, spelling), phrase, of, near, elsewhere, g2, log_ratio, p, p_bh, examples.
g2: log-likelihood ratio (Dunning 1993). log_ratio: binary logarithm of the ratio of the two relative frequencies, with 0.5
for none (Hardie 2014). p_bh: p of g2 adjusted for the false discovery rate (Benjamini & Hochberg 1995) over all that was
counted; words are not independent of one another, so take it for an order and not for a test. The count of another form
is that of the whole store. Exit status 1 if there is nothing to suggest.")]
pub(crate) struct SuggestArgs {
    #[command(flatten)]
    pub(crate) corpus: CorpusArgs,
    /// The codebook
    #[arg(long, value_name = "FILE")]
    pub(crate) codebook: PathBuf,
    /// Id of the code
    #[arg(long, value_name = "ID")]
    pub(crate) code: String,
    /// Look so many words before and behind a coding, instead of in its sentences
    #[arg(long, value_name = "N")]
    pub(crate) near: Option<u32>,
    /// Fewest times that a phrase must occur there
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(crate) least: u64,
    /// Most suggestions of each sort
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
}
