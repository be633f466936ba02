//! Hands: threads that share looking at a sample, whose tasks (a column, a separator) do not depend on each other.
//!
//! Each takes the next task as long as there are any, so that one which comes late, because the screen is being set up
//! beside it, holds nothing up. Where the system gives no further thread, this one does all.

use crate::domain::sorting;
use std::panic::resume_unwind;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Builder};

/// Most threads that share a sample.
const MOST: usize = 4;

/// The results of so many tasks, in order; on this thread alone unless they are `worth` several.
pub(super) fn share<T: Send>(
    tasks: usize,
    worth: bool,
    task: impl Fn(usize) -> T + Sync,
) -> Vec<T> {
    // Asking the system takes as long as one of the tasks.
    static HANDS: OnceLock<usize> = OnceLock::new();
    if !worth {
        return (0..tasks).map(task).collect();
    }
    let hands = *HANDS.get_or_init(|| thread::available_parallelism().map_or(1, usize::from));
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= tasks {
                return done;
            }
            done.push((at, task(at)));
        }
    };
    let mut done = thread::scope(|scope| {
        let begun = (1..hands.min(MOST).min(tasks))
            .filter_map(|_| Builder::new().spawn_scoped(scope, work).ok());
        let begun: Vec<_> = begun.collect();
        let mut done = work();
        for hand in begun {
            done.extend(hand.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    sorting::sort_by_key(&mut done, |(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn results_come_in_the_order_of_the_tasks() {
        for worth in [false, true] {
            for tasks in [0, 1, 5, 300] {
                let squares = share(tasks, worth, |at| at * at);
                assert_eq!(squares, (0..tasks).map(|at| at * at).collect::<Vec<_>>());
            }
        }
    }
}
