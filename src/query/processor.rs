//! Processors: a thread that helps another goes to work somewhere else than that one.
//!
//! Idea: the system puts a new thread on a processor that is idle. But within a virtual machine it takes one that sleeps for
//! one that is away, and leaves the thread where it was started; there both take turns, up to ten milliseconds long, until the
//! system looks whether all processors have work. So a thread that finds itself where its asker works asks to be put
//! elsewhere, and then to be free again. Which of the others it is put on the system does not weigh: one of two helpers may
//! have to be moved on later. Cost: a call of a tenth of a microsecond where the system did well, else some tens of
//! microseconds. Threads tied to a processor for good would wait there for other programs.

#[cfg(target_os = "linux")]
use rustix::thread::{CpuSet, sched_getaffinity, sched_getcpu, sched_setaffinity};

/// The processor that a thread works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Processor(#[cfg(target_os = "linux")] usize);

impl Processor {
    /// That of this thread.
    #[cfg(target_os = "linux")]
    pub(super) fn current() -> Processor {
        Processor(sched_getcpu())
    }

    /// That of this thread.
    #[cfg(not(target_os = "linux"))]
    pub(super) fn current() -> Processor {
        Processor()
    }

    /// Leaves it to others, if this thread works there and may work elsewhere.
    #[cfg(target_os = "linux")]
    pub(super) fn leave(self) {
        if Processor::current() != self {
            return;
        }
        let Ok(all) = sched_getaffinity(None) else {
            return;
        };
        let others = self.others(all);
        // The system refuses where there are none.
        if sched_setaffinity(None, &others).is_ok() {
            let freed = sched_setaffinity(None, &all);
            debug_assert!(freed.is_ok(), "what was allowed before is");
        }
    }

    /// Those of some processors that are not this one.
    #[cfg(target_os = "linux")]
    fn others(self, mut all: CpuSet) -> CpuSet {
        all.unset(self.0);
        all
    }

    /// Leaves it to others, if this thread works there and may work elsewhere.
    #[cfg(not(target_os = "linux"))]
    pub(super) fn leave(self) {}
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use std::thread;

    /// What a thread may work on after it left where it works, if it may only work on some of all.
    fn left(allow: impl Fn(&mut CpuSet) + Send + 'static) -> (CpuSet, CpuSet) {
        let work = move || {
            let mut allowed = sched_getaffinity(None).unwrap();
            allow(&mut allowed);
            sched_setaffinity(None, &allowed).unwrap();
            Processor::current().leave();
            (allowed, sched_getaffinity(None).unwrap())
        };
        thread::spawn(work).join().unwrap()
    }

    #[test]
    fn who_leaves_may_still_work_wherever_it_might_before() {
        let (allowed, after) = left(|_| ());
        assert_eq!(after, allowed);
    }

    #[test]
    fn the_others_are_all_but_one() {
        let mut all = CpuSet::new();
        all.set(1);
        all.set(3);
        let others = Processor(3).others(all);
        assert!(others.is_set(1) && !others.is_set(3) && others.count() == 1);
    }

    #[test]
    fn who_may_work_nowhere_else_stays() {
        let (allowed, after) = left(|allowed| {
            let Processor(here) = Processor::current();
            *allowed = CpuSet::new();
            allowed.set(here);
        });
        assert_eq!(after, allowed);
    }
}
