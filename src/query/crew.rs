//! The crew: threads that share a question over all accounts, each with a run of chunks or a task of its own.
//!
//! Idea: scoped threads, started per question, since starting one costs some ten microseconds and an answer
//! milliseconds. A pool that steals work was weighed: it keeps threads alive that sleep nearly always, and its
//! splitting by demand would let sums of fractions depend on the machine. Runs are joined in the order of the accounts, so answers
//! are the same however many threads there are.

use super::halt::Halted;
use crate::domain::roster::Roster;
use crate::domain::roster::chunk::Chunk;
use std::panic::resume_unwind;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;

/// Chunks in a row, each with the number of its first account.
pub(super) type Run<'a> = [(u32, &'a Chunk)];

/// Fewest accounts that are worth a thread.
const FEWEST: usize = 32_768;

/// Most threads of one question: others are answered at the same time.
const MOST: usize = 4;

/// How many threads a question over so many accounts gets.
fn hands(accounts: usize) -> usize {
    static HANDS: OnceLock<usize> = OnceLock::new();
    let hands = *HANDS.get_or_init(|| thread::available_parallelism().map_or(1, usize::from));
    hands.min(MOST).min(accounts / FEWEST).max(1)
}

/// Answers a question over all accounts in runs; the answers come in the order of the accounts, at least one.
pub(super) fn share_out<T: Send>(
    roster: &Roster,
    answer: impl Fn(&Run<'_>) -> Result<T, Halted> + Sync,
) -> Result<Vec<T>, Halted> {
    share_out_from(roster, 0, answer)
}

/// The same over the chunks that begin with this account or a later one.
pub(super) fn share_out_from<T: Send>(
    roster: &Roster,
    first: usize,
    answer: impl Fn(&Run<'_>) -> Result<T, Halted> + Sync,
) -> Result<Vec<T>, Halted> {
    let chunks = roster.chunks().filter(|it| it.0 as usize >= first);
    let chunks: Vec<(u32, &Chunk)> = chunks.collect();
    let accounts = roster.len().saturating_sub(first);
    let mut runs = runs(&chunks, accounts.div_ceil(hands(accounts)));
    let Some(last) = runs.pop() else {
        return Ok(vec![answer(&[])?]);
    };
    thread::scope(|scope| {
        let answer = &answer;
        let begun: Vec<_> = runs
            .into_iter()
            .map(|run| {
                let hand = thread::Builder::new();
                (hand.spawn_scoped(scope, move || answer(run)), run)
            })
            .collect();
        let last = answer(last);
        let mut answers = Vec::with_capacity(begun.len() + 1);
        for (hand, run) in begun {
            answers.push(match hand {
                Ok(hand) => hand.join().unwrap_or_else(|panic| resume_unwind(panic))?,
                // The system gives no thread.
                Err(_) => answer(run)?,
            });
        }
        answers.push(last?);
        Ok(answers)
    })
}

/// Chunks cut into runs of about so many accounts.
fn runs<'a, 'b>(chunks: &'b [(u32, &'a Chunk)], accounts: usize) -> Vec<&'b Run<'a>> {
    let mut runs = Vec::new();
    let (mut from, mut held) = (0, 0);
    for (at, (_, chunk)) in chunks.iter().enumerate() {
        held += chunk.len();
        if held >= accounts || at + 1 == chunks.len() {
            runs.extend(chunks.get(from..=at));
            (from, held) = (at + 1, 0);
        }
    }
    runs
}

/// Does two tasks side by side when there are accounts enough.
pub(super) fn both<A: Send, B>(
    accounts: usize,
    one: impl FnOnce() -> Result<A, Halted> + Send,
    other: impl FnOnce() -> Result<B, Halted>,
) -> Result<(A, B), Halted> {
    if hands(accounts) < 2 {
        return Ok((one()?, other()?));
    }
    let waiting = Mutex::new(Some(one));
    let begin = || {
        let one = waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        one.map_or(Err(Halted), |one| one())
    };
    thread::scope(|scope| {
        let hand = thread::Builder::new().spawn_scoped(scope, begin);
        let other = other();
        let one = match hand {
            Ok(hand) => hand.join().unwrap_or_else(|panic| resume_unwind(panic)),
            Err(_) => begin(),
        };
        Ok((one?, other?))
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::roster::builder::{Figures, RosterBuilder};

    fn roster(accounts: u32, chunked: usize) -> Roster {
        let mut builder = RosterBuilder::new(&[]).chunked(chunked);
        for _ in 0..accounts {
            builder.add(Figures::default(), &[]);
        }
        builder.build()
    }

    #[test]
    fn runs_hold_every_chunk_once_in_order() {
        for (accounts, chunked, of) in [(10, 3, 4), (10, 3, 100), (10, 1, 1), (0, 3, 4)] {
            let roster = roster(accounts, chunked);
            let chunks: Vec<_> = roster.chunks().collect();
            let runs = runs(&chunks, of);
            let starts: Vec<u32> = runs
                .iter()
                .flat_map(|run| run.iter())
                .map(|it| it.0)
                .collect();
            let expected: Vec<u32> = chunks.iter().map(|it| it.0).collect();
            assert_eq!(starts, expected);
            assert!(runs.iter().all(|run| !run.is_empty()));
        }
    }

    #[test]
    fn answers_come_in_the_order_of_the_accounts_and_a_halt_ends_them_all() {
        let roster = roster(3 * FEWEST as u32, 1_000);
        let starts = share_out(&roster, |run| Ok(run.first().map(|it| it.0))).unwrap();
        assert!(starts.is_sorted() && starts[0] == Some(0));
        let halted = share_out(&roster, |run| match run.first() {
            Some((0, _)) => Err(Halted),
            _ => Ok(()),
        });
        assert_eq!(halted, Err(Halted));
        assert_eq!(
            share_out(&Roster::default(), |run| Ok(run.len())),
            Ok(vec![0])
        );
    }

    #[test]
    fn two_tasks_are_both_done() {
        for accounts in [10, 10 * FEWEST] {
            assert_eq!(both(accounts, || Ok(1), || Ok("a")), Ok((1, "a")));
            assert_eq!(
                both(accounts, || Ok(1), || Err::<(), _>(Halted)),
                Err(Halted)
            );
        }
    }
}
