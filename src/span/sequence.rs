//! Items that follow one another, with or without gaps.

use super::turns::{in_common, run};
use super::{Span, Spans};
use crate::pattern::Gap;

/// From the first item to the last of every choice of one span per item in which each item starts as many tokens
/// after the end of the one before as its gap allows. `gaps` has one entry per list; the first is not looked at.
pub(super) fn sequence(lists: &[&[Span]], gaps: &[Gap]) -> Spans {
    let mut found = Spans::new();
    in_common(lists, |_, lists| {
        let mut chains = lists[0].to_vec();
        for (items, gap) in lists.iter().zip(gaps).skip(1) {
            chains = follow(&chains, items, *gap);
        }
        found.append(&mut chains);
    });
    found
}

/// Every chain of one turn made longer by every item that may follow it. Chains with the same start are taken
/// together, and an item that several of them reach is looked at once.
fn follow(chains: &[Span], items: &[Span], gap: Gap) -> Spans {
    let mut found = Spans::new();
    let mut ends = Vec::new();
    let mut items = items;
    for same_start in chains.chunk_by(|a, b| a.start == b.start) {
        let first = same_start[0];
        items = &items[run(items, |item| item.start <= first.start)..];
        let mut rest = items;
        for chain in same_start {
            let from = chain.end.saturating_add(gap.min);
            let to = chain.end.saturating_add(gap.max);
            rest = &rest[run(rest, |item| item.start < from)..];
            let (reached, further) = rest.split_at(run(rest, |item| item.start <= to));
            ends.extend(reached.iter().map(|item| item.end));
            rest = further;
        }
        ends.sort_unstable();
        ends.dedup();
        found.extend(ends.drain(..).map(|end| Span { end, ..first }));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::sequence;
    use crate::pattern::Gap;
    use crate::span::{Span, Spans};

    fn spans(places: &[(u32, u32)]) -> Spans {
        places.iter().map(|&(start, end)| Span::new(0, start, end)).collect()
    }

    const NEXT: Gap = Gap { min: 0, max: 0 };

    #[test]
    fn neighbours_only_without_a_gap() {
        let a = spans(&[(0, 1), (3, 4), (6, 7)]);
        let b = spans(&[(1, 2), (2, 3), (8, 9)]);
        assert_eq!(sequence(&[&a, &b], &[NEXT, NEXT]), spans(&[(0, 2)]));
    }

    #[test]
    fn both_ends_of_a_gap_count_and_all_spans_stay() {
        let a = spans(&[(0, 1), (1, 2)]);
        let b = spans(&[(2, 3), (3, 4), (4, 5), (5, 6)]);
        // From 0: starts 2 to 3; from 1: starts 3 to 4.
        let gap = Gap { min: 1, max: 2 };
        assert_eq!(sequence(&[&a, &b], &[NEXT, gap]), spans(&[(0, 3), (0, 4), (1, 4), (1, 5)]));
    }

    #[test]
    fn items_of_several_lengths_give_every_chain_once() {
        // a: "x" or "x y"; b: "y z" or "z". Both ways make the same chain, [0, 3).
        let a = spans(&[(0, 1), (0, 2)]);
        let b = spans(&[(1, 3), (2, 3)]);
        assert_eq!(sequence(&[&a, &b], &[NEXT, NEXT]), spans(&[(0, 3)]));
        let c = spans(&[(2, 4), (3, 4)]);
        assert_eq!(sequence(&[&a, &b, &c], &[NEXT, NEXT, NEXT]), spans(&[(0, 4)]));
    }

    #[test]
    fn overlapping_windows_of_chains_with_one_start() {
        // Ends 1, 2 and 4 with gaps of 1 to 2: starts 2–3, 3–4 and 5–6.
        let a = spans(&[(0, 1), (0, 2), (0, 4)]);
        let b = spans(&[(2, 3), (3, 7), (4, 5), (5, 6), (6, 7), (7, 8)]);
        let gap = Gap { min: 1, max: 2 };
        assert_eq!(sequence(&[&a, &b], &[NEXT, gap]), spans(&[(0, 3), (0, 5), (0, 6), (0, 7)]));
    }

    #[test]
    fn a_turn_ends_a_sequence() {
        let a = [Span::new(0, 4, 5), Span::new(1, 0, 1)];
        let b = [Span::new(1, 1, 2), Span::new(2, 0, 1)];
        assert_eq!(sequence(&[&a, &b], &[NEXT, NEXT]), [Span::new(1, 0, 2)]);
    }
}
