//! Work by many threads, taken up in order: item `n` of the results is handed on only after item `n − 1`, so that
//! what is written does not depend on how many threads there were.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

struct Belt<R> {
    next_item: usize,
    handed_on: usize,
    waiting: BTreeMap<usize, R>,
    stopped: bool,
}

/// Applies `work` to the items `0..count` on `threads` threads and gives the results to `hand_on` in order, on the
/// calling thread. At most `threads + ahead` results exist at a time. Stops at the first error of `hand_on`.
///
/// # Errors
/// The first error of `hand_on`.
///
/// # Panics
/// If `work` panics.
pub fn map<R: Send, E>(
    count: usize,
    threads: usize,
    ahead: usize,
    work: impl Fn(usize) -> R + Sync,
    mut hand_on: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let belt = Mutex::new(Belt { next_item: 0, handed_on: 0, waiting: BTreeMap::new(), stopped: false });
    let moved = Condvar::new();
    let window = threads.max(1) + ahead;
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                let _stop = StopOnPanic { belt: &belt, moved: &moved };
                while let Some(item) = take(&belt, &moved, count, window) {
                    let result = work(item);
                    lock(&belt).waiting.insert(item, result);
                    moved.notify_all();
                }
            });
        }
        for item in 0..count {
            let Some(result) = wait_for(&belt, &moved, item) else { break };
            let outcome = hand_on(result);
            let mut state = lock(&belt);
            state.handed_on = item + 1;
            state.stopped |= outcome.is_err();
            drop(state);
            moved.notify_all();
            outcome?;
        }
        Ok(())
    })
}

fn lock<R>(belt: &Mutex<Belt<R>>) -> MutexGuard<'_, Belt<R>> {
    belt.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The next item to work on, once it is inside the window; none when all are taken or the belt has stopped.
fn take<R>(belt: &Mutex<Belt<R>>, moved: &Condvar, count: usize, window: usize) -> Option<usize> {
    let mut state = lock(belt);
    loop {
        if state.stopped || state.next_item >= count {
            return None;
        }
        if state.next_item < state.handed_on + window {
            let item = state.next_item;
            state.next_item += 1;
            return Some(item);
        }
        state = moved.wait(state).unwrap_or_else(PoisonError::into_inner);
    }
}

fn wait_for<R>(belt: &Mutex<Belt<R>>, moved: &Condvar, item: usize) -> Option<R> {
    let mut state = lock(belt);
    loop {
        if let Some(result) = state.waiting.remove(&item) {
            return Some(result);
        }
        if state.stopped {
            return None;
        }
        state = moved.wait(state).unwrap_or_else(PoisonError::into_inner);
    }
}

/// Stops the belt when its worker panics, so that nobody waits for the lost result; the scope passes the panic on.
struct StopOnPanic<'a, R> {
    belt: &'a Mutex<Belt<R>>,
    moved: &'a Condvar,
}

impl<R> Drop for StopOnPanic<'_, R> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            lock(self.belt).stopped = true;
            self.moved.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_come_in_order_on_any_number_of_threads() {
        for threads in [1, 2, 7] {
            let mut seen = Vec::new();
            let done: Result<(), ()> = map(
                100,
                threads,
                2,
                |item| {
                    if item % 7 == 0 {
                        std::thread::yield_now();
                    }
                    item * 2
                },
                |result| {
                    seen.push(result);
                    Ok(())
                },
            );
            assert_eq!(done, Ok(()));
            assert_eq!(seen, (0..100).map(|item| item * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_error_stops_the_belt() {
        let mut seen = 0;
        let done = map(
            1000,
            3,
            2,
            |item| item,
            |item| {
                seen += 1;
                if item == 10 { Err("full") } else { Ok(()) }
            },
        );
        assert_eq!((done, seen), (Err("full"), 11));
    }

    #[test]
    #[should_panic(expected = "scoped thread panicked")]
    fn a_panic_is_passed_on() {
        let _: Result<(), ()> = map(10, 2, 1, |item| assert!(item != 5, "five"), |()| Ok(()));
    }
}
