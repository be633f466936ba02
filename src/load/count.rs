//! Counts of bytes that were read, which one thread raises and another one looks at.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Bytes read so far.
pub type Count = Arc<AtomicU64>;
