//! What rests on what: an order in which everything comes after what it refers to, and the circles that forbid one.

use crate::pattern::Node;

use super::checked::Code;
use super::faults::Faults;
use super::pattern::{reference, visit};
use super::read::{Names, Sites};

/// The codes, each after those that its patterns refer to; circles are recorded.
pub(super) fn of_codes(codes: &[Code], names: &Names, sites: &Sites, faults: &mut Faults<'_>) -> Vec<usize> {
    let mut references: Vec<Vec<(usize, usize)>> = vec![Vec::new(); codes.len()];
    for (from, code) in codes.iter().enumerate() {
        for (pattern, site) in code.patterns.iter().zip(&sites.patterns[from]) {
            visit(&pattern.tree, &mut |node| {
                if let Node::Code(id) = node
                    && let Some(to) = names.position(id)
                {
                    references[from].push((to, faults.inside_string(site.literal, reference(&pattern.text, id))));
                }
            });
        }
    }
    let edges: Vec<Vec<usize>> = references.iter().map(|list| list.iter().map(|(to, _)| *to).collect()).collect();
    let (order, cycles) = sort(&edges);
    for cycle in cycles {
        let next = cycle.get(1).copied().unwrap_or(cycle[0]);
        let place =
            references[cycle[0]].iter().find(|(to, _)| *to == next).map_or(sites.codes[cycle[0]], |(_, place)| *place);
        let path = show(&cycle, |code| codes[code].id.clone());
        faults.error("C022", place, format!("codes refer to one another in a circle: {path}"), "take one `code:` out");
    }
    order
}

/// Positions such that each comes after those that it points to (and otherwise in their own order), and the circles:
/// each from its first position, once.
pub(super) fn sort(edges: &[Vec<usize>]) -> (Vec<usize>, Vec<Vec<usize>>) {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut states = vec![State::New; edges.len()];
    let mut order = Vec::with_capacity(edges.len());
    let mut cycles: Vec<Vec<usize>> = Vec::new();
    for start in 0..edges.len() {
        if states[start] != State::New {
            continue;
        }
        // The way from `start`: a position and how many of its edges have been followed.
        let mut way = vec![(start, 0)];
        states[start] = State::Open;
        while let Some((position, followed)) = way.last_mut() {
            let position = *position;
            let Some(&next) = edges[position].get(*followed) else {
                states[position] = State::Done;
                order.push(position);
                way.pop();
                continue;
            };
            *followed += 1;
            match states[next] {
                State::Done => {}
                State::New => {
                    states[next] = State::Open;
                    way.push((next, 0));
                }
                State::Open => {
                    let mut cycle: Vec<usize> =
                        way.iter().map(|(position, _)| *position).skip_while(|position| *position != next).collect();
                    let first = cycle.iter().enumerate().min_by_key(|(_, position)| **position).map_or(0, |(at, _)| at);
                    cycle.rotate_left(first);
                    if !cycles.contains(&cycle) {
                        cycles.push(cycle);
                    }
                }
            }
        }
    }
    (order, cycles)
}

/// A circle in words: `a → b → a`.
pub(super) fn show(cycle: &[usize], name: impl Fn(usize) -> String) -> String {
    cycle.iter().chain(cycle.first()).map(|&position| name(position)).collect::<Vec<_>>().join(" → ")
}

#[cfg(test)]
mod tests {
    use super::sort;

    #[test]
    fn referred_to_comes_first() {
        assert_eq!(sort(&[vec![2], vec![], vec![1]]), (vec![1, 2, 0], vec![]));
        assert_eq!(sort(&[vec![], vec![], vec![]]).0, [0, 1, 2]);
    }

    #[test]
    fn circles_are_found_once_each() {
        assert_eq!(sort(&[vec![0]]).1, [vec![0]]);
        assert_eq!(sort(&[vec![1], vec![2], vec![0], vec![2]]).1, [vec![0, 1, 2]]);
        assert_eq!(sort(&[vec![1, 1], vec![0]]).1, [vec![0, 1]]);
    }
}
