//! `qualcode codebook explain`.

use std::path::Path;

use super::{CorpusOptions, open, unknown};
use crate::coding::{self, Plan, TracedRow};
use crate::diagnostic::Report;
use crate::pipeline::{PipelineError, input};
use crate::progress::Progress;
use crate::span::{Evaluator, LeafTable, MemoryLeaves};
use crate::store::{Block, BlockLeaves, Vocabulary};
use crate::text;
use crate::workbench::{self, ExplainedPassage, Explanation, WildcardStats};

/// A turn of a store and why it is coded as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExplainedTurn {
    /// Its words.
    pub words: String,
    /// The label of its speaker.
    pub speaker: Option<String>,
    /// What the guards see of it.
    pub setting: TracedRow,
    /// Id of its guide question.
    pub question: Option<String>,
    /// What the patterns find.
    pub explained: Vec<Explanation>,
}

/// Why a sentence would be coded as it would: the sentence is taken for a turn of an interview whose guards all hold.
///
/// # Errors
/// If the codebook is at fault.
pub fn explain_sentence(
    codebook: &Path,
    sentence: &str,
    report: &dyn Report,
) -> Result<Vec<Explanation>, PipelineError> {
    let codebook = input::read_codebook(codebook, report)?;
    let mut table = LeafTable::default();
    codebook.codes.iter().flat_map(|code| &code.patterns).for_each(|pattern| table.add(&pattern.tree));
    let leaves = MemoryLeaves::from_text(&table, &codebook.language, &[sentence])?;
    let evaluator = Evaluator::new(&table, &leaves);
    let Ok(found) = coding::candidates(&codebook, &evaluator, |_, _, _| true);
    let mut spans = Vec::new();
    text::token_spans(sentence, 0, &mut spans);
    let tokens: Vec<(u32, u32)> = spans.iter().map(|token| (token.start, token.end)).collect();
    let passage = ExplainedPassage { row: 0, words: sentence, tokens: &tokens, setting: None };
    let Ok(explained) = workbench::explain(&codebook, &evaluator, &found, &[passage]);
    Ok(explained.into_iter().flatten().collect())
}

/// Why a turn of a store is coded as it is.
///
/// # Errors
/// If the codebook is at fault, the store cannot be read, or there is no such turn.
pub fn explain_turn(
    options: &CorpusOptions,
    document: &str,
    turn: u32,
    report: &dyn Report,
) -> Result<ExplainedTurn, PipelineError> {
    let (codebook, snapshot) = open(options, report)?;
    let ids = || (0..snapshot.len()).map(|at| snapshot.id(at));
    let Some(at) = ids().position(|id| id == document) else {
        return Err(unknown("document", document, "the store", ids()));
    };
    let plan = Plan::new(&codebook);
    let vocabulary = Vocabulary::look_up(&snapshot, plan.leaves())?;
    let block = Block::load(&snapshot, at..at + 1);
    let leaves = BlockLeaves::new(&block, &vocabulary)?;
    let trace = coding::trace(&plan, &block, &leaves)?;
    let Some(row) = block.rows().iter().position(|row| turn > 0 && row.turn == turn) else {
        let last = block.rows().iter().map(|row| row.turn).max().unwrap_or(0);
        return Err(PipelineError::Unknown {
            what: format!("turn {turn} in the document \"{document}\""),
            mend: format!("its turns are numbered from 1 to {last}"),
        });
    };
    let text = block.texts()?.read(row)?;
    let setting = trace.rows[row];
    let passage =
        ExplainedPassage { row: row as u32, words: text.words(), tokens: &text.tokens, setting: Some(&setting) };
    let evaluator = Evaluator::new(plan.leaves(), &leaves);
    let explained = workbench::explain(&codebook, &evaluator, &trace.codes, &[passage])?;
    Ok(ExplainedTurn {
        words: text.words().to_owned(),
        speaker: block.rows()[row].label.map(|label| snapshot.labels()[label as usize].clone()),
        question: setting.question.map(|question| codebook.questions[question].id.clone()),
        setting,
        explained: explained.into_iter().flatten().collect(),
    })
}

/// The words that the wildcards of a pattern met in its codings in a store.
///
/// # Errors
/// If the codebook is at fault, the store cannot be read, or there is no such pattern.
pub fn explain_pattern(
    options: &CorpusOptions,
    pattern: &str,
    report: &dyn Report,
    progress: &dyn Progress,
) -> Result<Vec<WildcardStats>, PipelineError> {
    let (codebook, snapshot) = open(options, report)?;
    let has = |code: &&crate::codebook::Code| code.patterns.iter().any(|one| one.id == pattern);
    let Some(at) = codebook.codes.iter().position(|code| has(&code)) else {
        let ids = codebook.codes.iter().flat_map(|code| &code.patterns).map(|pattern| pattern.id.as_str());
        return Err(unknown("pattern", pattern, "the codebook", ids));
    };
    let stats = super::stats::of_codebook(&codebook.only(&[at]), &snapshot, options.threads, progress)?;
    let mut patterns = stats.codes.into_iter().flat_map(|code| code.patterns);
    Ok(patterns.find(|one| one.pattern == pattern).map(|one| one.wildcards).unwrap_or_default())
}
