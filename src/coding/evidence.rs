//! What every code of a codebook finds in a block.

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
    let spans: Vec<OnceCell<Vec<Span>>> = vec![OnceCell::new(); codebook.codes.len()];
    let mut evidence = vec![Evidence::new(); codebook.codes.len()];
    for &at in &codebook.order {
        let code = &codebook.codes[at];
        let mut found = Evidence::new();
        for (position, pattern) in code.patterns.iter().enumerate() {
            let referred = |id: &str| -> &[Span] {
                let position = codebook.codes.iter().position(|code| code.id == id);
                position.and_then(|position| spans[position].get()).map_or(&[], Vec::as_slice)
            };
            let spans = evaluator.evaluate(&pattern.tree, &referred)?;
            found.extend(
                spans.iter().filter(|span| applies(code, position, span.turn as usize)).map(|&span| (span, position)),
            );
        }
        let found = resolve(found);
        // Codes come after those they refer to, so each cell is filled once and before it is asked for.
        let _ = spans[at].set(found.iter().map(|&(span, _)| span).collect());
        evidence[at] = found;
    }
    Ok(evidence)
}
