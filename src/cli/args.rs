//! What may be written on the command line.

use std::path::PathBuf;

use clap::{ArgAction, Parser, Subcommand, ValueEnum};
use qualcode::codebook::import::{KINDS, Kind};
use qualcode::corpus::{Column, ReadingOptions, Role};
use qualcode::export::codebook::ExportKind;
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
    Lint(LintArgs),
    /// Checks codebooks, and helps to work on them
    #[command(subcommand)]
    Codebook(CodebookCommand),
}

/// Does everything: store, codings, tables, loaders
#[derive(Debug, clap::Args)]
#[command(after_help = crate::cli::run::RUN_HELP)]
pub(crate) struct RunArgs {
    /// Folders of transcripts, or single transcripts
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
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) tables: TableArgs,
}

/// Builds a store of transcripts, or brings it up to date
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  qualcode index corpora/utility-company --store store\n\n\
    Only transcripts whose bytes have changed are indexed again; those that have vanished are dropped. It writes no tables.")]
pub(crate) struct IndexArgs {
    /// Folders of transcripts, or single transcripts
    #[arg(required = true, value_name = "CORPUS")]
    pub(crate) corpora: Vec<PathBuf>,
    /// The folder of the store
    #[arg(long, value_name = "DIR")]
    pub(crate) store: PathBuf,
    /// Language of the transcripts, as a code such as en, sv or pt-BR
    #[arg(long, value_name = "CODE", default_value = "en")]
    pub(crate) language: String,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
}

/// How transcripts are read.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct ReadingArgs {
    /// Columns of tables with a turn a row (.csv, .tsv, .xlsx, .ods) that have names of their own, with commas between:
    /// speaker=Wer,text=Was,start=Beginn,end=Ende,document=Datei
    #[arg(long, value_delimiter = ',', value_name = "COLUMN=NAME", value_parser = column)]
    columns: Vec<(Column, String)>,
    /// Make one document of files whose names differ only in a last part, one for each speaker of a recording
    /// (.TextGrid, .eaf): talk_anna.TextGrid and talk_bo.TextGrid
    #[arg(long)]
    join: bool,
}

impl ReadingArgs {
    pub(crate) fn options(&self) -> ReadingOptions {
        ReadingOptions { columns: self.columns.iter().cloned().collect(), join: self.join }
    }
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

/// Tells what looks wrong in a corpus: labels, encodings, times, duplicates
#[derive(Debug, clap::Args)]
#[command(after_help = crate::cli::lint::LINT_HELP)]
pub(crate) struct LintArgs {
    /// Folders of transcripts, or single transcripts
    #[arg(required = true, value_name = "CORPUS")]
    pub(crate) corpora: Vec<PathBuf>,
    /// A codebook, for the labels of its interviewers and the questions of its guide
    #[arg(long, value_name = "FILE")]
    pub(crate) codebook: Option<PathBuf>,
    /// Labels of interviewers, with commas between, besides those of the codebook and the usual ones
    #[arg(long, value_delimiter = ',', value_name = "LABELS")]
    pub(crate) interviewers: Vec<String>,
    /// How to show the findings
    #[arg(long, value_enum, default_value_t = LintFormat::Text)]
    pub(crate) format: LintFormat,
    /// Also start a speakers.csv with all labels that have no row yet, in the corpus folder or in FILE (`-`:
    /// standard output, in place of the findings); a file that is there is never replaced
    #[arg(long, value_name = "FILE", require_equals = true, num_args = 0..=1)]
    pub(crate) write_speakers: Option<Option<PathBuf>>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
}

/// How findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LintFormat {
    /// Lines for a person
    Text,
    /// Comma-separated values with a header
    Csv,
    /// One JSON array
    Json,
}

/// Makes a codebook of a file of another program.
#[derive(Debug, clap::Args)]
pub(crate) struct ImportArgs {
    /// The file: a table, a dictionary, a list of codes
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// What kind of file it is [default: found out from its contents and its ending]
    #[arg(long, value_name = "KIND", value_parser = kind)]
    pub(crate) from: Option<&'static Kind>,
    /// The codebook to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// A table to write of what could not be carried over, as CSV
    #[arg(long, value_name = "FILE")]
    pub(crate) losses: Option<PathBuf>,
}

/// Writes a codebook as a table, for another program, or as an appendix to print.
#[derive(Debug, clap::Args)]
pub(crate) struct ExportArgs {
    /// The codebook
    #[arg(value_name = "FILE", conflicts_with = "template")]
    pub(crate) file: Option<PathBuf>,
    /// The kind of file to write: csv, xlsx, quanteda, liwc, qdc, markdown, html
    #[arg(long, value_name = "KIND", value_parser = export_kind)]
    pub(crate) to: ExportKind,
    /// The file to write [default: standard output]
    #[arg(long, short, value_name = "OUT")]
    pub(crate) output: Option<PathBuf>,
    /// The folder of a store, to say how often each code is found in it (markdown and html)
    #[arg(long, value_name = "DIR")]
    pub(crate) store: Option<PathBuf>,
    /// Write a table to begin with, instead of a codebook (csv and xlsx)
    #[arg(long)]
    pub(crate) template: bool,
    /// A table to write of what the file cannot hold, as CSV
    #[arg(long, value_name = "FILE")]
    pub(crate) losses: Option<PathBuf>,
}

fn named<T>(kind: &str, name: &str, value: Option<T>, names: &str) -> Result<T, String> {
    value.ok_or_else(|| format!("\"{name}\" is no {kind}; the {kind}s are {names}"))
}

fn column(pair: &str) -> Result<(Column, String), String> {
    let names = Column::ALL.map(Column::as_str).join(", ");
    let (column, name) =
        pair.split_once('=').ok_or_else(|| format!("\"{pair}\" names no column; write it like text=What"))?;
    let name = name.trim();
    if name.is_empty() {
        return Err(format!("\"{pair}\" gives no name; write it like text=What"));
    }
    Ok((named("column", column.trim(), Column::parse(column.trim()), &names)?, name.to_owned()))
}

fn kind(name: &str) -> Result<&'static Kind, String> {
    let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    named("kind", name, Kind::parse(name), &names.join(", "))
}

fn export_kind(name: &str) -> Result<ExportKind, String> {
    named("kind", name, ExportKind::parse(name), &ExportKind::ALL.map(ExportKind::as_str).join(", "))
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
