//! Walking sorted span lists together, turn by turn.

use super::Span;

/// Calls `each` with the spans of every turn in which all the lists have some, in order of the turns. Turns that one
/// of the lists lacks are leapt over, so that a rare operand makes a frequent one cheap.
pub(super) fn in_common<'s>(lists: &[&'s [Span]], mut each: impl FnMut(u32, &[&'s [Span]])) {
    let mut rest = lists.to_vec();
    let mut here: Vec<&[Span]> = vec![&[]; lists.len()];
    let mut turn = 0;
    while let Some(common) = next_common(&mut rest, turn) {
        for (here, rest) in here.iter_mut().zip(&mut rest) {
            (*here, *rest) = rest.split_at(run(rest, |span| span.turn == common));
        }
        each(common, &here);
        let Some(next) = common.checked_add(1) else {
            return;
        };
        turn = next;
    }
}

/// Calls `each` with the spans of every turn of `list` and those of the same turn of `other`, perhaps none.
pub(super) fn with_other<'s>(list: &'s [Span], other: &'s [Span], mut each: impl FnMut(u32, &'s [Span], &'s [Span])) {
    let mut rest = other;
    for here in list.chunk_by(|a, b| a.turn == b.turn) {
        let turn = here[0].turn;
        rest = &rest[run(rest, |span| span.turn < turn)..];
        let (there, later) = rest.split_at(run(rest, |span| span.turn == turn));
        rest = later;
        each(turn, here, there);
    }
}

/// How many items at the start of a list pass a test that none after them passes: a search in steps that double, so
/// that its cost goes with the logarithm of the answer and not of the list.
pub(super) fn run<T>(list: &[T], test: impl Fn(&T) -> bool) -> usize {
    let mut bound = 1;
    while bound < list.len() && test(&list[bound]) {
        bound *= 2;
    }
    let low = bound / 2;
    let high = bound.min(list.len());
    low + list[low..high].partition_point(test)
}

/// Moves all lists on to the first turn, not before `turn`, in which each has a span.
fn next_common(lists: &mut [&[Span]], mut turn: u32) -> Option<u32> {
    if lists.is_empty() {
        return None;
    }
    loop {
        let wanted = turn;
        for list in lists.iter_mut() {
            *list = &list[run(list, |span| span.turn < turn)..];
            turn = list.first()?.turn;
        }
        if turn == wanted || lists.iter().all(|list| list.first().is_some_and(|span| span.turn == turn)) {
            return Some(turn);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{in_common, run, with_other};
    use crate::span::Span;

    fn tokens(places: &[(u32, u32)]) -> Vec<Span> {
        places.iter().map(|&(turn, start)| Span::new(turn, start, start + 1)).collect()
    }

    #[test]
    fn only_turns_that_all_lists_have_are_visited() {
        let a = tokens(&[(0, 1), (2, 0), (2, 3), (5, 0), (u32::MAX, 0)]);
        let b = tokens(&[(1, 0), (2, 1), (3, 0), (5, 1), (5, 2), (u32::MAX, 1)]);
        let mut seen = Vec::new();
        in_common(&[&a, &b], |turn, lists| seen.push((turn, lists[0].len(), lists[1].len())));
        assert_eq!(seen, [(2, 2, 1), (5, 1, 2), (u32::MAX, 1, 1)]);
    }

    #[test]
    fn no_lists_have_no_turn_in_common() {
        in_common(&[], |_, _| panic!("there is no turn"));
    }

    #[test]
    fn every_turn_of_the_first_list_is_visited() {
        let a = tokens(&[(0, 1), (2, 0), (4, 0)]);
        let b = tokens(&[(1, 0), (2, 1), (2, 2)]);
        let mut seen = Vec::new();
        with_other(&a, &b, |turn, here, there| seen.push((turn, here.len(), there.len())));
        assert_eq!(seen, [(0, 1, 0), (2, 1, 2), (4, 1, 0)]);
    }

    #[test]
    fn a_run_is_found_wherever_it_ends() {
        let list: Vec<u32> = (0..37).collect();
        for end in 0..=37 {
            assert_eq!(run(&list, |&n| n < end), end as usize);
        }
        assert_eq!(run(&[] as &[u32], |_| true), 0);
    }
}
