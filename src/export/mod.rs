//! A screen as something to keep: pictures for slides and documents, and the snapshots of the tests.

pub mod roster;
pub mod shape;
pub mod svg;
