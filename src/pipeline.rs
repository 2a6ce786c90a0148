//! The whole flow on one page: read this first.
//!
//! ```text
//! corpus::discover → store::update ─┐
//! codebook::load ── coding::Plan ───┴→ coding::apply (block by block) → tables::Tables → export → run.json
//! ```
//!
//! Every command of the program is one function here. What is written is staged in a folder of its own and put in
//! place at the end, so that a run that fails leaves the results before it whole.

mod blocks;
mod codebook_export;
mod error;
mod input;
mod lint;
mod manifest;
mod staging;
mod summary;
mod workbench;

use std::path::{Path, PathBuf};

pub use codebook_export::export_codebook;
pub use error::PipelineError;
pub use input::{import_codebook, read_codebook, refuse_language, write_file};
pub use lint::{LintOptions, LintOutcome, lint};
pub use summary::Summary;
pub use workbench::{
    CodeDiff, CodebookDiff, CodingDiff, CorpusOptions, Example, ExplainedTurn, SuggestOptions, Suggestion, Suggestions,
    diff, explain_pattern, explain_sentence, explain_turn, stats, suggest,
};

use crate::codebook::Codebook;
use crate::coding::{self, Plan};
use crate::corpus::{self, Discovered, ReadingOptions, RoleRules};
use crate::diagnostic::{Collected, Diagnostic, Report, Severity};
use crate::export::{self, TableFiles};
use crate::progress::{Progress, Stage};
use crate::store::{self, Block, BlockLeaves, Snapshot, StoreError, Update, UpdateOptions, Vocabulary};
use crate::tables::{self, TableName, TableOptions, Tables, WrittenTable};
use manifest::Manifest;
use staging::Staging;
use summary::Tally;

/// What `qualcode index` needs.
#[derive(Debug, Clone)]
pub struct IndexOptions {
    /// Corpus folders, or single transcripts.
    pub corpora: Vec<PathBuf>,
    /// How the transcripts are read.
    pub reading: ReadingOptions,
    /// The store's folder.
    pub store: PathBuf,
    /// BCP 47 code of the transcripts' language.
    pub language: String,
    /// How many threads.
    pub threads: usize,
}

/// What `qualcode run` needs.
#[derive(Debug, Clone)]
pub struct RunOptions {
    /// Corpus folders, or single transcripts.
    pub corpora: Vec<PathBuf>,
    /// How the transcripts are read.
    pub reading: ReadingOptions,
    /// The codebook's file.
    pub codebook: PathBuf,
    /// The folder of results.
    pub out: PathBuf,
    /// The store's folder; `store` in `out` unless given.
    pub store: Option<PathBuf>,
    /// Which tables, and how.
    pub tables: TableOptions,
    /// Labels of interviewers besides the codebook's.
    pub interviewers: Vec<String>,
    /// How many threads.
    pub threads: usize,
}

/// What `qualcode code` and `qualcode tables` need.
#[derive(Debug, Clone)]
pub struct CodeOptions {
    /// The store's folder.
    pub store: PathBuf,
    /// The codebook's file.
    pub codebook: PathBuf,
    /// The folder of results.
    pub out: PathBuf,
    /// Which tables, and how.
    pub tables: TableOptions,
    /// Labels of interviewers besides the codebook's.
    pub interviewers: Vec<String>,
    /// How many threads.
    pub threads: usize,
}

/// What a command did.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// What the store went through; none if it was only read.
    pub update: Option<Update>,
    /// What was found; none if nothing was coded.
    pub summary: Option<Summary>,
    /// What was skipped, guessed or suspicious, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
}

impl Outcome {
    /// Whether some input was skipped.
    pub fn skipped(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Skipped)
    }
}

/// `qualcode run`: store, codings, tables and loaders in one go.
///
/// # Errors
/// If the codebook is at fault, or something cannot be read or written; the results before stay as they were.
pub fn run(options: &RunOptions, progress: &dyn Progress) -> Result<Outcome, PipelineError> {
    let report = Collected::default();
    let codebook = input::read_codebook_for(&options.codebook, &options.tables, &options.interviewers, &report)?;
    input::refuse_inside(&options.out, &options.corpora)?;
    if let Some(store) = &options.store {
        input::refuse_inside(store, &options.corpora)?;
    }
    let folder = options.store.clone().unwrap_or_else(|| options.out.join("store"));
    let corpus =
        discover(&options.corpora, &[options.out.clone(), folder.clone()], &options.reading, &report, progress)?;
    let staging = Staging::begin(&options.out)?;
    let update = update(&folder, &corpus, &codebook.language, options.threads, &report, progress)?;
    let snapshot = Snapshot::open(&folder)?;
    let mut manifest = Manifest::new("run", &codebook, &options.codebook, &options.tables, &options.interviewers);
    manifest.add_inputs(&snapshot, &corpus.folders)?;
    let written = code_and_tabulate(&snapshot, &codebook, options.threads, &options.tables, &staging, None, progress)?;
    finish(staging, manifest, &snapshot, &codebook, &options.codebook, written, Some(update), report)
}

/// `qualcode index`: brings a store up to date with a corpus.
///
/// # Errors
/// If something cannot be read or written; the store keeps its last complete state.
pub fn index(options: &IndexOptions, progress: &dyn Progress) -> Result<Outcome, PipelineError> {
    let report = Collected::default();
    input::refuse_inside(&options.store, &options.corpora)?;
    let corpus = discover(&options.corpora, std::slice::from_ref(&options.store), &options.reading, &report, progress)?;
    let update = update(&options.store, &corpus, &options.language, options.threads, &report, progress)?;
    let snapshot = Snapshot::open(&options.store)?;
    Ok(Outcome { update: Some(update), summary: None, diagnostics: gathered(&snapshot, None, report)? })
}

/// `qualcode code`: codings and codes of a store that is in place.
///
/// # Errors
/// As [`run`].
pub fn code(options: &CodeOptions, progress: &dyn Progress) -> Result<Outcome, PipelineError> {
    let mut options = options.clone();
    options.tables.tables.get_or_insert_with(|| vec![TableName::Codings, TableName::Codes]);
    from_store("code", &options, None, progress)
}

/// `qualcode tables`: tables from codings that were written, and perhaps edited, before.
///
/// # Errors
/// As [`run`], and if the codings do not fit the store or the codebook.
pub fn tables(options: &CodeOptions, codings: &Path, progress: &dyn Progress) -> Result<Outcome, PipelineError> {
    from_store("tables", options, Some(codings), progress)
}

fn from_store(
    command: &'static str,
    options: &CodeOptions,
    codings: Option<&Path>,
    progress: &dyn Progress,
) -> Result<Outcome, PipelineError> {
    let report = Collected::default();
    let codebook = input::read_codebook_for(&options.codebook, &options.tables, &options.interviewers, &report)?;
    let snapshot = Snapshot::open(&options.store)?;
    input::refuse_language(&codebook, snapshot.language(), &options.store)?;
    let staging = Staging::begin(&options.out)?;
    let mut manifest = Manifest::new(command, &codebook, &options.codebook, &options.tables, &options.interviewers);
    manifest.add_inputs(&snapshot, &[])?;
    if let Some(codings) = codings {
        manifest.add_input_file(codings)?;
    }
    let written =
        code_and_tabulate(&snapshot, &codebook, options.threads, &options.tables, &staging, codings, progress)?;
    finish(staging, manifest, &snapshot, &codebook, &options.codebook, written, None, report)
}

fn discover(
    corpora: &[PathBuf],
    exclude: &[PathBuf],
    reading: &ReadingOptions,
    report: &dyn Report,
    progress: &dyn Progress,
) -> Result<Discovered, PipelineError> {
    progress.begin(Stage::Reading, 0, 0);
    let corpus = corpus::discover_with(corpora, exclude, reading.clone(), report)?;
    progress.end(Stage::Reading);
    Ok(corpus)
}

fn update(
    folder: &Path,
    corpus: &Discovered,
    language: &str,
    threads: usize,
    report: &dyn Report,
    progress: &dyn Progress,
) -> Result<Update, StoreError> {
    let options = UpdateOptions { language: language.to_owned(), threads };
    store::update(folder, corpus, &options, report, progress)
}

/// Codes the store block by block and feeds the tables; with `edited`, the codings of that file take the place of
/// those found.
fn code_and_tabulate(
    snapshot: &Snapshot,
    codebook: &Codebook,
    threads: usize,
    options: &TableOptions,
    staging: &Staging,
    edited: Option<&Path>,
    progress: &dyn Progress,
) -> Result<(Vec<WrittenTable>, Summary), PipelineError> {
    let plan = Plan::new(codebook);
    let vocabulary = Vocabulary::look_up(snapshot, plan.leaves())?;
    let attributes = snapshot.properties().attributes.columns();
    let mut tables = Tables::begin(&staging.tables()?, codebook, attributes, options)?;
    let mut edited = edited.map(|path| input::EditedCodings::open(path, codebook)).transpose()?;
    let mut tally = Tally::new(codebook, options);
    progress.begin(Stage::Coding, snapshot.len() as u64, 0);
    let code = |block: &Block<'_>| coding::apply(&plan, block, &BlockLeaves::new(block, &vocabulary)?);
    blocks::each(snapshot, threads, code, |mut coded| {
        if let Some(edited) = &mut edited {
            edited.replace(&mut coded)?;
        }
        rayon::join(|| tables.push(&coded), || tally.add(&coded)).0?;
        progress.advance(Stage::Coding, coded.len() as u64, 0);
        Ok(())
    })?;
    if let Some(edited) = &mut edited {
        edited.all_taken()?;
    }
    progress.end(Stage::Coding);
    progress.begin(Stage::Tables, 0, 0);
    let written = tables.finish()?;
    progress.end(Stage::Tables);
    Ok((written, tally.finish()))
}

/// Writes what describes the tables, and puts everything in place.
#[allow(clippy::too_many_arguments, reason = "the last step gathers what all steps before it made")]
fn finish(
    staging: Staging,
    mut manifest: Manifest,
    snapshot: &Snapshot,
    codebook: &Codebook,
    codebook_path: &Path,
    (written, summary): (Vec<WrittenTable>, Summary),
    update: Option<Update>,
    report: Collected,
) -> Result<Outcome, PipelineError> {
    let name = input::file_name(codebook_path);
    for diagnostic in coding::unknown_attributes(codebook, &name, snapshot.properties()) {
        report.report(diagnostic);
    }
    let diagnostics = gathered(snapshot, Some(&lint::rules(codebook)), report)?;
    let described: Vec<TableFiles<'_>> = written
        .iter()
        .map(|table| TableFiles { schema: &table.schema, rows: table.rows, files: &table.files })
        .collect();
    staging.write("tables/datapackage.json", export::datapackage(&described).as_bytes())?;
    staging.write("load.R", export::load_r(&described).as_bytes())?;
    staging.write("load.py", export::load_py(&described).as_bytes())?;
    staging.write("diagnostics.csv", &export::diagnostics_csv(&diagnostics))?;
    manifest.add_outputs(&staging, &written)?;
    staging.write("run.json", manifest.to_json().as_bytes())?;
    staging.put_in_place()?;
    Ok(Outcome { update, summary: Some(summary), diagnostics })
}

/// What this run had to say, what was said when the store's documents were read, and what looks wrong in them when
/// they are held against each other.
fn gathered(
    snapshot: &Snapshot,
    rules: Option<&RoleRules>,
    report: Collected,
) -> Result<Vec<Diagnostic>, PipelineError> {
    snapshot.diagnostics().for_each(|diagnostic| report.report(diagnostic.clone()));
    lint::of_store(snapshot, rules)?.into_iter().for_each(|diagnostic| report.report(diagnostic));
    Ok(report.into_sorted())
}

/// The schemas of the tables that a codebook and options would give; for help texts and documentation.
pub fn schemas(codebook: &Codebook, options: &TableOptions) -> Vec<tables::TableSchema> {
    tables::schemas(codebook, &[], options)
}
