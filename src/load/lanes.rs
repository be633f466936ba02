//! Lanes: threads that read the blocks of a text side by side, and the one place where what they made is put together.
//!
//! One thread reads and cuts; each of the others takes the next block as if the table just went on there, and fills
//! accounts of it. Whoever puts the pieces together goes through the text in order and knows for certain where a
//! record ends and what was left open before. Where that is the place at which a block was cut, and nothing was left
//! open, the block is what reading in one go gives, and is taken as a whole; where it is not, its bytes are read once
//! more. So no byte is read more than twice, and any cut gives the same (Ge et al., *Speculative Distributed CSV Data
//! Parsing*, SIGMOD 2019, guess in the same manner, and begin anew as a whole where a guess was wrong).

use super::again::Rows;
use super::cutting::{Block, Cutter};
use super::delimited::{Between, Delimited};
use super::dialect::{Dialect, Shape};
use super::filling::{self, Filling, Placed};
use super::fitting::Fitting;
use super::header::Header;
use super::intake::{Intake, Sieve};
use super::interning::Vocabularies;
use super::lexicon::Lexicon;
use super::outline::{Layout, Memory, Outline};
use super::records::Records;
use crate::domain::reading::Skipped;
use crate::domain::roster::Schema;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::numbers::Numbers;
use crate::domain::roster::room::make_room;
use crate::domain::table::Record;
use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SendError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, Scope};

/// What all lanes know of a table.
pub(super) struct Course<'a> {
    /// How its text is written.
    pub(super) dialect: Dialect,
    /// What its rows look like.
    pub(super) shape: Shape,
    /// Its header.
    pub(super) header: &'a Header,
    /// How odd rows fit.
    pub(super) fitting: &'a Fitting,
    /// The columns of the roster.
    pub(super) schema: &'a Schema,
    /// What names mean.
    pub(super) lexicon: &'a Lexicon,
    /// What reads its accounts, and the number of its file.
    pub(super) parts: (&'a [Placed], u32),
    /// The most accounts of a chunk.
    pub(super) chunk: usize,
    /// What is known so far.
    pub(super) hints: Hints,
}

/// What is known of a table so far. A lane that comes to know of it too late has done more than is needed, or does its
/// block in vain.
#[derive(Debug, Default)]
pub(super) struct Hints {
    /// How many rows do not fit.
    odd: AtomicU64,
    /// The rank that rows must have to be kept.
    rank: AtomicU32,
    /// The values of each facet, where there are few.
    vocabularies: Mutex<Vocabularies>,
}

impl Hints {
    /// Takes over what this shows.
    pub(super) fn renew(&self, intake: &Intake<'_>) {
        self.odd.store(intake.filling.odd, Ordering::Relaxed);
        self.rank.store(intake.seen.rank(), Ordering::Relaxed);
        *self.lock() = intake.filling.interning.few_values();
    }

    fn lock(&self) -> MutexGuard<'_, Vocabularies> {
        let vocabularies = self.vocabularies.lock();
        vocabularies.unwrap_or_else(PoisonError::into_inner)
    }
}

/// What came of a block, or of a part at its beginning.
pub(super) struct Stretch<'a> {
    /// The place to which it goes.
    pub(super) to: Between,
    /// Its accounts, counted from the first of them.
    pub(super) intake: Intake<'a>,
    /// The chunks that they are in.
    pub(super) chunks: Vec<Arc<Chunk>>,
    /// What is left open at its end.
    pub(super) memory: Memory,
}

impl<'a> Course<'a> {
    /// What tells its rows from other records; `known` tells whether a cell is a name of a field.
    pub(super) fn sieve<'k>(&self, known: &'k dyn Fn(&str) -> bool) -> Sieve<'k>
    where
        'a: 'k,
    {
        Sieve {
            outline: Outline::new(self.header, self.shape, Layout::Lines, known),
            fitting: self.fitting,
        }
    }

    /// Fills accounts of a block as if the table just went on there, in `memory` that is used again. Stops at a record
    /// that cannot be told without what follows the block.
    fn read(&self, block: &Block, memory: &mut filling::Memory) -> Stretch<'a> {
        let is_known = |cell: &str| self.lexicon.knows(cell);
        let mut sieve = self.sieve(&is_known);
        sieve.outline.go_on(Memory::at(block.from.line));
        let odd = self.hints.odd.load(Ordering::Relaxed);
        let known = self.hints.lock().clone();
        let mut intake = Intake {
            filling: Filling::apart(
                self.schema,
                self.lexicon,
                self.parts,
                (odd, known),
                std::mem::take(memory),
            ),
            skipped: Skipped::default(),
            seen: Rows::apart(self.hints.rank.load(Ordering::Relaxed)),
        };
        let mut chunks = Vec::new();
        let mut records = Delimited::within(&block.bytes, block.from, block.last, self.dialect);
        let width = self.shape.width;
        let plain = records.batch(width);
        let mut plain = plain.filter(|_| intake.filling.takes_plain(width));
        let mut record = Record::default();
        // An error is met again, and told, by whoever reads on from here.
        loop {
            let most = Numbers::MOST.min(self.chunk - intake.filling.waiting());
            let mut taken = 0;
            if let Some(batch) = &mut plain {
                records.take_rows(batch, most);
                intake.take_plain(batch, &mut record, &mut sieve);
                taken = batch.len();
            }
            if taken < most {
                let Ok(Some(quirks)) = records.next(&mut record) else {
                    break;
                };
                intake.take(&mut record, quirks, &mut sieve);
            }
            if intake.filling.waiting() >= self.chunk {
                chunks.push(intake.filling.publish());
            }
        }
        if intake.filling.waiting() > 0 {
            chunks.push(intake.filling.publish());
        }
        let to = records.place();
        *memory = intake.filling.take_memory();
        Stretch {
            to,
            intake,
            chunks,
            memory: sieve.outline.into_memory(),
        }
    }
}

/// A block on its way.
enum Ticket<'a> {
    /// It is with a lane, or waits for one.
    Given(Receiver<Done<'a>>),
    /// No more comes.
    Failed(io::Error),
}

/// A block, and what came of it.
#[derive(Default)]
struct Done<'a> {
    block: Block,
    stretch: Option<Stretch<'a>>,
}

/// A block for a lane, and whom to give it back to.
type Job<'a> = (Block, SyncSender<Done<'a>>);

/// The blocks of a text in order, as bytes and as what lanes made of them.
pub(super) struct Feed<'a> {
    /// Whether no block behind the first one was asked for yet.
    waits: bool,
    tickets: Receiver<Ticket<'a>>,
    /// Blocks that have come, and are not passed by.
    ahead: VecDeque<Done<'a>>,
    /// Offset of the next byte that is read.
    at: u64,
    failed: Option<io::Error>,
    /// Where blocks that are no longer needed go, their bytes to be filled anew. The first of them lets the cutting begin,
    /// and is let go, being smaller than the others.
    used: Sender<Done<'a>>,
    /// Bytes that nobody fills any more, which is as much as is on its way: a block or two for each lane.
    spent: Vec<Block>,
    /// Bytes of the source that were read up to the last block that came.
    pub(super) read: u64,
}

/// Starts the lanes, so many of them, over a text that is cut. The first block is not given to one: it is there at once
/// for whoever waits for it, and lanes have nothing to do until it has been passed by.
///
/// # Errors
///
/// When no thread can be had.
pub(super) fn start<'scope, 'env: 'scope, R: Read + Send + 'scope>(
    scope: &'scope Scope<'scope, 'env>,
    mut cutter: Cutter<R>,
    course: &'env Course<'env>,
    lanes: usize,
) -> io::Result<Feed<'env>> {
    let (give, jobs) = channel::<Job<'env>>();
    let jobs = Arc::new(Mutex::new(jobs));
    let (deliver, tickets) = sync_channel(lanes + 1);
    let (used, again) = channel();
    let mut feed = Feed {
        waits: true,
        tickets,
        ahead: VecDeque::new(),
        at: 0,
        failed: None,
        used,
        spent: Vec::new(),
        read: 0,
    };
    match cutter.next(Vec::new()) {
        Ok(Some(block)) => feed.receive(Done {
            block,
            stretch: None,
        }),
        Ok(None) => return Ok(feed),
        Err(error) => {
            feed.failed = Some(error);
            return Ok(feed);
        }
    }
    for lane in 0..lanes {
        let jobs = Arc::clone(&jobs);
        let name = format!("lane {lane}");
        let thread = Builder::new().name(name);
        thread.spawn_scoped(scope, move || work(&jobs, course))?;
    }
    let thread = Builder::new().name("cutting".to_owned());
    thread.spawn_scoped(scope, move || {
        if again.recv().is_ok() {
            cut(cutter, &deliver, &give, &again);
        }
    })?;
    Ok(feed)
}

/// Reads blocks as long as there are any.
fn work<'a>(jobs: &Mutex<Receiver<Job<'a>>>, course: &Course<'a>) {
    let mut memory = filling::Memory::default();
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((block, answer)) = job else { return };
        // What is kept of a block is about as long as its text, and texts of that length come back anyway.
        make_room(block.bytes.len());
        let stretch = Some(course.read(&block, &mut memory));
        // Nobody may wait for it any more.
        let _ = answer.send(Done { block, stretch });
    }
}

/// Cuts blocks and gives them out, until there are no more or nobody takes them.
fn cut<'a, R: Read>(
    mut cutter: Cutter<R>,
    tickets: &SyncSender<Ticket<'a>>,
    jobs: &Sender<Job<'a>>,
    used: &Receiver<Done<'a>>,
) {
    loop {
        let used = used.try_recv().map(|done| done.block.bytes);
        let ticket = match cutter.next(used.unwrap_or_default()) {
            Ok(None) => return,
            Err(error) => Ticket::Failed(error),
            Ok(Some(block)) => {
                let (answer, done) = sync_channel(1);
                if jobs.send((block, answer)).is_err() {
                    return;
                }
                Ticket::Given(done)
            }
        };
        let failed = matches!(ticket, Ticket::Failed(_));
        if tickets.send(ticket).is_err() || failed {
            return;
        }
    }
}

impl<'a> Feed<'a> {
    /// Waits for the next block; whether there is one.
    fn come(&mut self) -> bool {
        if std::mem::take(&mut self.waits) {
            // Where nothing is left to cut, nobody takes them.
            let _ = self.used.send(Done::default());
        }
        let Ok(ticket) = self.tickets.recv() else {
            return false;
        };
        let done = match ticket {
            Ticket::Given(done) => match done.recv() {
                Ok(done) => done,
                Err(_) => return false,
            },
            Ticket::Failed(error) => {
                self.failed = Some(error);
                return false;
            }
        };
        self.receive(done);
        true
    }

    fn receive(&mut self, done: Done<'a>) {
        self.read = done.block.read;
        self.ahead.push_back(done);
    }

    /// What came of the block that begins at this offset, if one does and it was not asked for before. Blocks before
    /// are not needed any more.
    pub(super) fn stretch_at(&mut self, offset: u64) -> Option<Stretch<'a>> {
        while let Some(done) = self.ahead.front()
            && done.block.end() <= offset
        {
            let passed = self.ahead.pop_front()?;
            if let Err(SendError(passed)) = self.used.send(passed) {
                // Nothing is cut any more. To give it back takes the system longer than to join what lanes have made.
                self.spent.push(passed.block);
            }
        }
        if self.ahead.is_empty() && !self.come() {
            return None;
        }
        let next = self.ahead.front_mut()?;
        if next.block.from.offset == offset {
            next.stretch.take()
        } else {
            None
        }
    }

    /// Goes on with the byte at this offset.
    pub(super) fn go_to(&mut self, offset: u64) {
        self.at = offset;
    }
}

impl Read for Feed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let found = self.ahead.iter().find(|done| done.block.end() > self.at);
            if let Some(done) = found {
                let within = self.at.saturating_sub(done.block.from.offset) as usize;
                let mut rest = done.block.bytes.get(within..).unwrap_or_default();
                let count = rest.read(buffer)?;
                self.at += count as u64;
                return Ok(count);
            }
            if !self.come() {
                return match self.failed.take() {
                    Some(error) => Err(error),
                    None => Ok(0),
                };
            }
        }
    }
}
