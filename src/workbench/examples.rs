//! Examples are tests: those that should be coded must be, the others must not.

use std::fmt;

use crate::codebook::{Code, Codebook};
use crate::coding::{self, Evidence};
use crate::span::{Evaluator, LeafTable, MemoryError, MemoryLeaves};

/// An example that is not coded as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleFailure {
    /// Id of the code.
    pub code: String,
    /// The example.
    pub example: String,
    /// For one that should not be coded: id and text of the pattern that codes it.
    pub coded_by: Option<(String, String)>,
}

impl fmt::Display for ExampleFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, example, coded_by } = self;
        match coded_by {
            None => write!(
                formatter,
                "code {code}: no pattern finds the example \"{example}\"\n    add a pattern, or move the example to \"not_coded\""
            ),
            Some((id, pattern)) => write!(
                formatter,
                "code {code}: the example \"{example}\" should not be coded, but pattern {id} finds it: {pattern}\n    narrow the pattern (EXCEPT, NOT AFTER/n), or move the example to \"coded\""
            ),
        }
    }
}

/// Codes every example by the patterns of its code and gives those that come out wrong, in the order of the
/// codebook. An example stands outside any interview, so guards on questions and attributes are left aside: a
/// pattern with such a guard may code an example that should be coded, but is not held against one that should not.
///
/// # Errors
/// If a pattern word does not compile, which a checked codebook's do.
pub fn check_examples(codebook: &Codebook) -> Result<Vec<ExampleFailure>, MemoryError> {
    let mut table = LeafTable::default();
    codebook.codes.iter().flat_map(|code| &code.patterns).for_each(|pattern| table.add(&pattern.tree));
    let texts: Vec<&str> = codebook
        .codes
        .iter()
        .flat_map(|code| code.examples.coded.iter().chain(&code.examples.not_coded))
        .map(String::as_str)
        .collect();
    let leaves = MemoryLeaves::from_text(&table, &codebook.language, &texts)?;
    let evaluator = Evaluator::new(&table, &leaves);
    let Ok(by_any) = coding::evidence(codebook, &evaluator, |_, _, _| true);
    let Ok(by_unguarded) = coding::evidence(codebook, &evaluator, |code, pattern, _| is_unguarded(code, pattern));
    let mut failures = Vec::new();
    let mut turn = 0;
    for (at, code) in codebook.codes.iter().enumerate() {
        let failure =
            |example: &String, coded_by| ExampleFailure { code: code.id.clone(), example: example.clone(), coded_by };
        for example in &code.examples.coded {
            if pattern_in(&by_any[at], turn).is_none() {
                failures.push(failure(example, None));
            }
            turn += 1;
        }
        for example in &code.examples.not_coded {
            if let Some(pattern) = pattern_in(&by_unguarded[at], turn).map(|pattern| &code.patterns[pattern]) {
                failures.push(failure(example, Some((pattern.id.clone(), pattern.text.clone()))));
            }
            turn += 1;
        }
    }
    Ok(failures)
}

fn is_unguarded(code: &Code, pattern: usize) -> bool {
    let pattern = &code.patterns[pattern];
    pattern.questions.is_empty() && pattern.attributes.is_empty()
}

/// The pattern of the first span in a turn.
fn pattern_in(evidence: &Evidence, turn: u32) -> Option<usize> {
    evidence.iter().find(|(span, _)| span.turn == turn).map(|&(_, pattern)| pattern)
}
