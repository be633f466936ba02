//! Whoever watches a reading: told how far it is, and asked whether it should go on.

use crate::domain::reading::{Progress, Reading};
use std::ops::ControlFlow;

/// Told of all that was read so far whenever enough of it is new; it may stop the reading.
pub type Watch<'a> = dyn FnMut(&Reading, Progress) -> ControlFlow<()> + 'a;
