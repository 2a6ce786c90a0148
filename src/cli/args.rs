//! What may be written on the command line.

use std::path::PathBuf;

use clap::{ArgAction, Parser, Subcommand, ValueEnum};
use qualcode::corpus::Role;
use qualcode::tables::{Level, TableFormat, TableName, Unit};

use crate::cli::codebook::CodebookCommand;

/// Codes interview transcripts by phrase patterns, in batches, and writes coded spans and co-occurrence tables that
/// R, SPSS, Stata and pandas open as they are.
#[derive(Debug, Parser)]
#[command(name = "qualcode", version, about, max_term_width = 100, propagate_version = true)]
#[command(
    after_help = "Example:\n  qualcode run corpora/utility-company --codebook codebooks/ism-three-tracks.json --out results\n\n\
    Exit status: 0 done; 1 a query found nothing, or a check found faults; 2 could not run; 3 done, but some input was skipped."
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// What goes for every command.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Common {
    /// Threads to use [default: as many as there are processors]
    #[arg(long, global = true, display_order = 900, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Say nothing but errors
    #[arg(long, short, global = true, display_order = 901, action = ArgAction::SetTrue)]
    pub(crate) quiet: bool,
    /// Use no colours
    #[arg(long, global = true, display_order = 902, action = ArgAction::SetTrue)]
    pub(crate) no_color: bool,
}

impl Common {
    pub(crate) fn threads(&self) -> usize {
        self.threads.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from)
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Run(RunArgs),
    Index(IndexArgs),
    Code(CodeArgs),
    Tables(TablesArgs),
    Query(QueryArgs),
    /// Checks codebooks, and helps to work on them
    #[command(subcommand)]
    Codebook(CodebookCommand),
}

/// Does everything: store, codings, tables, loaders
#[derive(Debug, clap::Args)]
#[command(after_help = crate::cli::run::RUN_HELP)]
pub(crate) struct RunArgs {
    /// Folders of transcripts (.txt, .md), or single transcripts
    #[arg(required = true, value_name = "CORPUS")]
    pub(crate) corpora: Vec<PathBuf>,
    /// The codebook
    #[arg(long, value_name = "FILE")]
    pub(crate) codebook: PathBuf,
    /// The folder to write the results into
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The folder of the store [default: store in the folder of results]
    #[arg(long, value_name = "DIR")]
    pub(crate) store: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) tables: TableArgs,
}

/// Builds a store of transcripts, or brings it up to date
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  qualcode index corpora/utility-company --store store\n\n\
    Only transcripts whose bytes have changed are indexed again; those that have vanished are dropped. It writes no tables.")]
pub(crate) struct IndexArgs {
    /// Folders of transcripts (.txt, .md), or single transcripts
    #[arg(required = true, value_name = "CORPUS")]
    pub(crate) corpora: Vec<PathBuf>,
    /// The folder of the store
    #[arg(long, value_name = "DIR")]
    pub(crate) store: PathBuf,
    /// Language of the transcripts, as a code such as en, sv or pt-BR
    #[arg(long, value_name = "CODE", default_value = "en")]
    pub(crate) language: String,
}

/// Applies a codebook to a store: codings, and the table of codes
#[derive(Debug, clap::Args)]
#[command(after_help = crate::cli::run::CODE_HELP)]
pub(crate) struct CodeArgs {
    /// The folder of the store
    #[arg(long, value_name = "DIR")]
    pub(crate) store: PathBuf,
    /// The codebook
    #[arg(long, value_name = "FILE")]
    pub(crate) codebook: PathBuf,
    /// The folder to write the results into
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) tables: TableArgs,
}

/// Makes tables from codings, which may have been edited
#[derive(Debug, clap::Args)]
#[command(after_help = crate::cli::run::TABLES_HELP)]
pub(crate) struct TablesArgs {
    /// The codings: a codings.csv or codings.parquet of this store and codebook
    #[arg(long, value_name = "FILE")]
    pub(crate) codings: PathBuf,
    #[command(flatten)]
    pub(crate) code: CodeArgs,
}

/// Which tables, and how.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct TableArgs {
    /// Tables to write, with commas between [default: all; for code: codings,codes]
    #[arg(long, value_delimiter = ',', value_name = "NAMES", value_parser = table)]
    pub(crate) tables: Option<Vec<TableName>>,
    /// Units of co-occurrence: sentence, turn, exchange, question, window:k, document [default: turn,exchange,document]
    #[arg(long, value_delimiter = ',', value_name = "UNITS", value_parser = unit)]
    pub(crate) units: Option<Vec<Unit>>,
    /// Levels: code, theme, track [default: all]
    #[arg(long, value_delimiter = ',', value_name = "LEVELS", value_parser = level)]
    pub(crate) levels: Option<Vec<Level>>,
    /// Roles whose turns count: informant, interviewer, other [default: the codebook's]
    #[arg(long, value_delimiter = ',', value_name = "ROLES", value_parser = role)]
    pub(crate) roles: Option<Vec<Role>>,
    /// Labels of interviewers, with commas between, besides those of the codebook and the usual ones
    #[arg(long, value_delimiter = ',', value_name = "LABELS")]
    pub(crate) interviewers: Vec<String>,
    /// File formats: csv, parquet, arrow
    #[arg(long, value_delimiter = ',', value_name = "FORMATS", value_parser = format, default_value = "csv,parquet")]
    pub(crate) format: Vec<TableFormat>,
}

/// Finds a pattern in a store and shows it with the words around it
#[derive(Debug, clap::Args)]
#[command(after_help = crate::cli::query::QUERY_HELP)]
pub(crate) struct QueryArgs {
    /// The pattern, in the language of codebooks
    #[arg(value_name = "QUERY")]
    pub(crate) query: String,
    /// The folder of the store
    #[arg(long, value_name = "DIR")]
    pub(crate) store: PathBuf,
    /// A codebook, for `code:` in the query
    #[arg(long, value_name = "FILE")]
    pub(crate) codebook: Option<PathBuf>,
    /// How to show the hits
    #[arg(long, value_enum, default_value_t = QueryFormat::Table)]
    pub(crate) format: QueryFormat,
    /// Words of context on either side
    #[arg(long, value_name = "N", default_value_t = 8)]
    pub(crate) context: usize,
    /// Stop after so many hits
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
}

/// How hits are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum QueryFormat {
    /// Lines for a terminal
    Table,
    /// Comma-separated values with a header
    Csv,
    /// One JSON array
    Json,
    /// One JSON object per line
    Jsonl,
}

fn named<T>(kind: &str, name: &str, value: Option<T>, names: &str) -> Result<T, String> {
    value.ok_or_else(|| format!("\"{name}\" is no {kind}; the {kind}s are {names}"))
}

fn table(name: &str) -> Result<TableName, String> {
    named("table", name, TableName::parse(name), &TableName::ALL.map(TableName::as_str).join(", "))
}

pub(crate) fn unit(name: &str) -> Result<Unit, String> {
    named(
        "unit",
        name,
        Unit::parse(name),
        "sentence, turn, exchange, question, window:k (with a number for k), document",
    )
}

pub(crate) fn level(name: &str) -> Result<Level, String> {
    named("level", name, Level::parse(name), &Level::ALL.map(Level::as_str).join(", "))
}

fn role(name: &str) -> Result<Role, String> {
    named("role", name, Role::parse(name), &Role::ALL.map(Role::as_str).join(", "))
}

fn format(name: &str) -> Result<TableFormat, String> {
    named("format", name, TableFormat::parse(name), &TableFormat::ALL.map(TableFormat::as_str).join(", "))
}

#[cfg(test)]
mod tests {
    use super::Args;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Args::command().debug_assert();
    }
}
