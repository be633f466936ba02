//! Bytes to roster: dialect, encoding, header synonyms, numbers and units, and the embedded assets.

pub mod assets;
pub mod failure;
pub mod reading;
