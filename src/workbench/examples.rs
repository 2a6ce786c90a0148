//! Examples are tests: those that should be coded must be, the others must not.

use std::cell::OnceCell;
use std::convert::Infallible;
use std::fmt;

use crate::codebook::{Codebook, Pattern};
use crate::span::{Evaluator, LeafTable, MemoryError, MemoryLeaves, Span, resolve};

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
    let found = Found::new(codebook, &Evaluator::new(&table, &leaves));
    let mut failures = Vec::new();
    let mut turn = 0;
    for (at, code) in codebook.codes.iter().enumerate() {
        for example in &code.examples.coded {
            if found.pattern(at, turn, |_| true).is_none() {
                failures.push(ExampleFailure { code: code.id.clone(), example: example.clone(), coded_by: None });
            }
            turn += 1;
        }
        for example in &code.examples.not_coded {
            if let Some(pattern) = found.pattern(at, turn, is_unguarded) {
                failures.push(ExampleFailure {
                    code: code.id.clone(),
                    example: example.clone(),
                    coded_by: Some((pattern.id.clone(), pattern.text.clone())),
                });
            }
            turn += 1;
        }
    }
    Ok(failures)
}

fn is_unguarded(pattern: &Pattern) -> bool {
    pattern.questions.is_empty() && pattern.attributes.is_empty()
}

/// What every pattern of every code finds in the examples.
struct Found<'c> {
    codebook: &'c Codebook,
    spans: Vec<Vec<(Span, usize)>>,
}

impl<'c> Found<'c> {
    fn new(codebook: &'c Codebook, evaluator: &Evaluator<'_, MemoryLeaves>) -> Self {
        let resolved: Vec<OnceCell<Vec<Span>>> = vec![OnceCell::new(); codebook.codes.len()];
        let mut spans = vec![Vec::new(); codebook.codes.len()];
        for &at in &codebook.order {
            for (position, pattern) in codebook.codes[at].patterns.iter().enumerate() {
                let referred = |id: &str| -> &[Span] {
                    let code = codebook.codes.iter().position(|code| code.id == id);
                    code.and_then(|code| resolved[code].get()).map_or(&[], Vec::as_slice)
                };
                let found: Result<_, Infallible> = evaluator.evaluate(&pattern.tree, &referred);
                let Ok(found) = found;
                spans[at].extend(found.iter().map(|&span| (span, position)));
            }
            // Codes come after those they refer to, so each cell is filled once and before it is asked for.
            let _ = resolved[at].set(resolve(spans[at].clone()).into_iter().map(|(span, _)| span).collect());
        }
        Self { codebook, spans }
    }

    /// The first pattern of a code among those `considered` that finds something in a turn.
    fn pattern(&self, code: usize, turn: u32, considered: impl Fn(&Pattern) -> bool) -> Option<&'c Pattern> {
        let patterns = &self.codebook.codes[code].patterns;
        let found = self.spans[code].iter().filter(|(span, _)| span.turn == turn).map(|&(_, position)| position);
        found.filter(|&position| considered(&patterns[position])).min().map(|position| &patterns[position])
    }
}
