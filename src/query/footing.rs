//! The footing of the scatters of some accounts: what is kept of them from one scatter to the next.

use super::backdrop::Last;
use super::ground::Ground;
use std::sync::{Arc, OnceLock};

/// What was found of the same accounts.
#[derive(Debug, Default)]
pub(super) struct Footing {
    /// What is the same in every sight.
    pub(super) ground: OnceLock<Arc<Ground>>,
    /// What was drawn last.
    pub(super) backdrops: Last,
}
