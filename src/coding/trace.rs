//! What became of every span that a pattern found: coded, kept back by a guard, or lost to an overlapping one.

use crate::codebook::{Code, Codebook};
use crate::coding::evidence::each_code;
use crate::corpus::Role;
use crate::span::{Evaluator, Leaves, Span, resolve};

/// A span that a pattern of a code found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// Where; its turn is the row of the block.
    pub span: Span,
    /// Position of the pattern in its code.
    pub pattern: usize,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a span that a pattern found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is a coding.
    Coded,
    /// The pattern's questions or attributes do not hold there.
    Guarded,
    /// It overlaps this coding of the same code.
    Lost {
        /// Where the coding is.
        to: Span,
        /// Position of the pattern that found it.
        pattern: usize,
    },
}

/// A passage as the guards see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TracedRow {
    /// Number of the document in the store.
    pub document: usize,
    /// Number of the turn in its document; 0 for a heading.
    pub turn: u32,
    /// What its speaker is.
    pub role: Role,
    /// Position of its guide question in the codebook.
    pub question: Option<usize>,
    /// Whether it holds nothing but backchannels.
    pub backchannel: bool,
}

/// All that the patterns of a codebook find in a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Per code, in the order of the codebook: what its patterns find, as [`candidates()`] gives it.
    pub codes: Vec<Vec<Candidate>>,
    /// The passages.
    pub rows: Vec<TracedRow>,
}

/// What the patterns of every code find, in the order of the codebook: per code sorted by span and pattern, without
/// what stands in passages that are never coded (headings). The spans with [`Fate::Coded`] are those of
/// [`evidence()`](super::evidence()).
///
/// # Errors
/// If a leaf cannot be read.
pub fn candidates<L: Leaves>(
    codebook: &Codebook,
    evaluator: &Evaluator<'_, L>,
    applies: impl Fn(&Code, usize, usize) -> bool,
) -> Result<Vec<Vec<Candidate>>, L::Error> {
    let mut all = vec![Vec::new(); codebook.codes.len()];
    each_code(codebook, evaluator, |at, operands| {
        let mut found: Vec<(Span, usize)> = Vec::new();
        let mut guarded = Vec::new();
        for (pattern, spans) in operands.iter().enumerate() {
            for &span in spans.iter() {
                if applies(&codebook.codes[at], pattern, span.turn as usize) {
                    found.push((span, pattern));
                } else {
                    guarded.push(Candidate { span, pattern, fate: Fate::Guarded });
                }
            }
        }
        found.sort_unstable();
        let kept = resolve(found.clone());
        all[at] = with_fates(found, &kept);
        all[at].extend(guarded);
        all[at].sort_unstable_by_key(|candidate| (candidate.span, candidate.pattern));
        kept.into_iter().map(|(span, _)| span).collect()
    })?;
    Ok(all)
}

/// The spans found, with what became of each; `kept` are those of them that stand, in order, and do not overlap.
fn with_fates(found: Vec<(Span, usize)>, kept: &[(Span, usize)]) -> Vec<Candidate> {
    let fate = |(span, pattern): (Span, usize)| {
        // The first one kept that ends behind the start of the span is itself, or what it lost to.
        let at = kept.partition_point(|(kept, _)| (kept.turn, kept.end) <= (span.turn, span.start));
        match kept.get(at) {
            Some(&(to, by)) if (to, by) != (span, pattern) => Fate::Lost { to, pattern: by },
            _ => Fate::Coded,
        }
    };
    found.into_iter().map(|(span, pattern)| Candidate { span, pattern, fate: fate((span, pattern)) }).collect()
}

#[cfg(test)]
mod tests {
    use super::{Candidate, Fate, with_fates};
    use crate::span::{Span, resolve};

    #[test]
    fn what_loses_names_what_it_lost_to() {
        let span = |start, end| Span::new(0, start, end);
        let found = vec![(span(0, 2), 1), (span(0, 3), 0), (span(1, 9), 0), (span(4, 5), 2), (span(4, 5), 3)];
        let kept = resolve(found.clone());
        let fates: Vec<Fate> = with_fates(found, &kept).iter().map(|candidate: &Candidate| candidate.fate).collect();
        let lost = |to, pattern| Fate::Lost { to, pattern };
        let first = span(0, 3);
        assert_eq!(fates, [lost(first, 0), Fate::Coded, lost(first, 0), Fate::Coded, lost(span(4, 5), 2)]);
    }
}
