//! The crew: threads that share a question over all accounts, of which each takes the next run of accounts or task that is
//! left.
//!
//! Idea: scoped threads, started per question, since starting one costs some ten microseconds and an answer
//! milliseconds. A pool that steals work was weighed: it keeps threads alive that sleep nearly always.
//! Runs are joined in the order of the accounts, so answers
//! are the same however many threads there are.

use super::halt::{Halt, Halted};
use super::processor::Processor;
use super::walk::{SPAN, STRIDE};
use crate::domain::roster::Roster;
use crate::domain::roster::bits::Bits;
use crate::domain::roster::chunk::Chunk;
use std::ops::Range;
use std::panic::resume_unwind;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;

/// Chunks in a row, each with the number of its first account.
pub(super) type Run<'a> = [(u32, &'a Chunk)];

/// Fewest accounts that are worth a thread.
const FEWEST: usize = if cfg!(test) { 12 } else { 32_768 };

/// Into how many runs for each thread accounts are cut that are shared out in turns: who begins late leaves some of its own to
/// the others. More of them would be joined one by one for longer.
const TURNS: usize = 4;

/// Most threads of one question: others are answered at the same time.
const MOST: usize = 4;

/// How many threads a question over so many accounts gets.
pub(super) fn hands(accounts: usize) -> usize {
    static HANDS: OnceLock<usize> = OnceLock::new();
    if cfg!(test) {
        // However few the machine has.
        return 3.min(accounts / FEWEST).max(1);
    }
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
    let runs = runs(&chunks, accounts.div_ceil(hands(accounts)));
    if runs.is_empty() {
        return Ok(vec![answer(&[])?]);
    }
    share(runs, answer)
}

/// Answers a question over these accounts in runs that are cut between two [spans](SPAN); the answers come in the order of
/// the accounts, at least one.
pub(super) fn share_spans<T: Send>(
    rows: Range<usize>,
    answer: impl Fn(Range<usize>) -> Result<T, Halted> + Sync,
) -> Result<Vec<T>, Halted> {
    let hands = hands(rows.len());
    let runs = if hands > 1 { hands * TURNS } else { 1 };
    let each = rows.len().div_ceil(runs);
    let (mut runs, mut from) = (Vec::new(), rows.start);
    while runs.is_empty() || from < rows.end {
        let upto = (from + each).next_multiple_of(SPAN).min(rows.end);
        runs.push(from..upto);
        from = upto;
    }
    share_among(hands, runs, answer)
}

/// The same over all chunks, where each run fills in what belongs to its accounts.
pub(super) fn share_out_into<K: Send, T: Send>(
    roster: &Roster,
    mut into: &mut [K],
    answer: impl Fn(&Run<'_>, &mut [K]) -> Result<T, Halted> + Sync,
) -> Result<Vec<T>, Halted> {
    let chunks: Vec<(u32, &Chunk)> = roster.chunks().collect();
    let accounts = roster.len();
    let mut tasks = Vec::new();
    for run in runs(&chunks, accounts.div_ceil(hands(accounts))) {
        let held: usize = run.iter().map(|(_, chunk)| chunk.len()).sum();
        let held = held.min(into.len());
        let (own, rest) = std::mem::take(&mut into).split_at_mut(held);
        into = rest;
        tasks.push((run, own));
    }
    share(tasks, |(run, own)| answer(run, own))
}

/// Does some tasks side by side, on as many threads; the answers come in the order of the tasks.
pub(super) fn share<I: Send, T: Send>(
    tasks: Vec<I>,
    work: impl Fn(I) -> Result<T, Halted> + Sync,
) -> Result<Vec<T>, Halted> {
    share_among(tasks.len(), tasks, work)
}

/// The places of those values of which something holds, looked for on all threads.
pub(super) fn places<T: Sync>(
    values: &[T],
    holds: impl Fn(&T) -> bool + Sync,
    halt: &Halt,
) -> Result<Bits, Halted> {
    let each = values.len().div_ceil(hands(values.len()));
    let runs = values.chunks(each.next_multiple_of(64).max(64));
    let parts = share(runs.collect(), |run: &[T]| {
        let mut part = Bits::default();
        for stride in run.chunks(STRIDE) {
            halt.check()?;
            for values in stride.chunks(64) {
                let bits = values.iter().rev().map(|value| u64::from(holds(value)));
                part.push_word(bits.fold(0, |word, bit| word << 1 | bit), values.len());
            }
        }
        Ok(part)
    })?;
    let mut places = Bits::default();
    for part in parts {
        places.append(&part);
    }
    Ok(places)
}

/// The same on so many threads, of which each takes the next task that nobody has taken: who begins late does less.
fn share_among<I: Send, T: Send>(
    hands: usize,
    tasks: Vec<I>,
    work: impl Fn(I) -> Result<T, Halted> + Sync,
) -> Result<Vec<T>, Halted> {
    let work = &work;
    let mut answers: Vec<Result<T, Halted>> = tasks.iter().map(|_| Err(Halted)).collect();
    let jobs = tasks.into_iter().zip(&mut answers);
    let jobs = jobs.map(|(task, answer)| -> Job<'_> { Box::new(move || *answer = work(task)) });
    take_turns(hands, jobs.collect());
    answers.into_iter().collect()
}

/// Something that a thread does once, and leaves where its answer is looked for.
type Job<'a> = Box<dyn FnOnce() + Send + 'a>;

/// Does some jobs on this thread and so many less one beside it, of which each takes the next that nobody has taken; all of
/// them on this one where the system gives no other. They are boxed so that there is one of this for all questions.
fn take_turns(hands: usize, jobs: Vec<Job<'_>>) {
    let open = Mutex::new(jobs.into_iter());
    let next = || open.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        while let Some(job) = next() {
            job();
        }
    };
    if hands < 2 {
        return work();
    }
    let here = Processor::current();
    thread::scope(|scope| {
        let help = || {
            here.leave();
            work();
        };
        let helpers = (1..hands).map(|_| thread::Builder::new().spawn_scoped(scope, help));
        let helpers: Vec<_> = helpers.collect();
        // Those that were left here go elsewhere before this thread begins; other programs that wait may go first too.
        thread::yield_now();
        work();
        for helper in helpers.into_iter().flatten() {
            helper.join().unwrap_or_else(|panic| resume_unwind(panic));
        }
    });
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
pub(super) fn both<A: Send, B: Send>(
    accounts: usize,
    one: impl FnOnce() -> Result<A, Halted> + Send,
    other: impl FnOnce() -> Result<B, Halted> + Send,
) -> Result<(A, B), Halted> {
    if hands(accounts) < 2 {
        return Ok((one()?, other()?));
    }
    let (mut first, mut second) = (Err(Halted), Err(Halted));
    let jobs: [Job<'_>; 2] = [Box::new(|| first = one()), Box::new(|| second = other())];
    take_turns(2, jobs.into());
    Ok((first?, second?))
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
    fn each_run_fills_in_what_belongs_to_its_accounts() {
        let roster = roster(3 * FEWEST as u32 + 7, 1_000);
        let mut numbers = vec![0; roster.len()];
        let fill = |run: &Run<'_>, own: &mut [u32]| {
            let first = run.first().map_or(0, |it| it.0);
            own.iter_mut()
                .zip(first..)
                .for_each(|(own, row)| *own = row);
            Ok(())
        };
        share_out_into(&roster, &mut numbers, fill).unwrap();
        assert!(numbers.iter().copied().eq(0..roster.len() as u32));
    }

    #[test]
    fn answers_come_in_the_order_of_the_tasks() {
        let tasks: Vec<String> = (0..9).map(|at| at.to_string()).collect();
        assert_eq!(share(tasks.clone(), Ok).unwrap(), tasks);
        assert_eq!(share(tasks, |_| Err::<(), _>(Halted)), Err(Halted));
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
