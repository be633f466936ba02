//! `pyramide`, a terminal explorer for influencer rosters.
//!
//! The modules stand in the order of their layers: each may import only modules above it, as the table in
//! `tests/layers.rs` says and checks. [`load`] and [`query`] are siblings that know nothing of each other.

/// Languages, the words on screen, and numbers, percentages and money as each language writes them.
pub mod text;

/// Styles by role and sets of glyphs, from TOML.
pub mod theme;

/// Actions, and the one table of bindings that dispatch, footer and help read.
pub mod keys;

/// The words of the trade: tiers, goals, benchmarks, the columnar roster, and how a file was read.
pub mod domain;

/// Bytes to roster: dialect, encoding, header synonyms, numbers and units, and the embedded assets.
pub mod load;

/// What is remembered between two times: plain files in the folder of the user's state.
pub mod store;

/// The pure engine: a question over a roster in, an answer out.
pub mod query;

/// Answers to sentences, in both languages.
pub mod wording;

/// The state of the explorer and the only function that changes it.
pub mod app;

/// What is seen, and what a key or a click means there.
pub mod view;

/// A screen as something to keep: pictures, and the snapshots of the tests.
pub mod export;

/// The event loop, the input thread, and the workers that perform effects.
pub mod terminal;

/// The arguments, and the commands that print.
pub mod cli;
