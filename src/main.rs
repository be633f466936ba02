//! The program: everything is in the library.

use std::process::ExitCode;

/// Memory comes from one heap for all threads, and what is large goes back to the system when it is let go. The allocator of
/// the C library keeps a heap for each of some fifteen threads, and in each what was sorted or counted last: after some
/// sorts and goals a sixth more in all. Cost: threads wait for each other now and then, which takes some hundredths of the
/// time of reading. One with caches for each thread (mimalloc) took twice as much at its peak.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

fn main() -> ExitCode {
    pyramide::cli::run()
}
