//! What every code of a codebook finds in a block.

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::codebook::{Code, Codebook};
use crate::span::{Evaluator, Leaves, Span, resolve};

/// A code's spans after guards and resolution, each with the position of its pattern.
pub type Evidence = Vec<(Span, usize)>;

/// The spans of every code, in the order of the codebook. `applies` tells whether the pattern at a position of a
/// code may apply in a row.
///
/// # Errors
/// If a leaf cannot be read.
pub fn evidence<L: Leaves>(
    codebook: &Codebook,
    evaluator: &Evaluator<'_, L>,
    applies: impl Fn(&Code, usize, usize) -> bool,
) -> Result<Vec<Evidence>, L::Error> {
    let mut evidence = vec![Evidence::new(); codebook.codes.len()];
    each_code(codebook, evaluator, |at, operands| {
        let mut found = Evidence::new();
        for (position, spans) in operands.iter().enumerate() {
            let let_through = |span: &&Span| applies(&codebook.codes[at], position, span.turn as usize);
            found.extend(spans.iter().filter(let_through).map(|&span| (span, position)));
        }
        evidence[at] = resolve(found);
        evidence[at].iter().map(|&(span, _)| span).collect()
    })?;
    Ok(evidence)
}

/// Evaluates the patterns of every code, those that a code refers to before it. `settle` is given the position of a
/// code and what each of its patterns finds, and gives the spans that other codes see of it.
pub(super) fn each_code<L: Leaves>(
    codebook: &Codebook,
    evaluator: &Evaluator<'_, L>,
    mut settle: impl FnMut(usize, &[Cow<'_, [Span]>]) -> Vec<Span>,
) -> Result<(), L::Error> {
    let spans: Vec<OnceCell<Vec<Span>>> = vec![OnceCell::new(); codebook.codes.len()];
    let referred = |id: &str| -> &[Span] {
        let position = codebook.codes.iter().position(|code| code.id == id);
        position.and_then(|position| spans[position].get()).map_or(&[], Vec::as_slice)
    };
    for &at in &codebook.order {
        let patterns = &codebook.codes[at].patterns;
        let operands: Vec<_> =
            patterns.iter().map(|pattern| evaluator.evaluate(&pattern.tree, &referred)).collect::<Result<_, _>>()?;
        // Codes come after those they refer to, so each cell is filled once and before it is asked for.
        let _ = spans[at].set(settle(at, &operands));
    }
    Ok(())
}
