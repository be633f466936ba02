//! Bytes to roster: dialect, encoding, header synonyms, numbers and units, and the embedded assets.
//!
//! Two halves that meet in [`records::Records`]. *Format*: [`source`], [`encoding`], [`dialect`] and [`delimited`] turn
//! bytes into records of text cells. *Meaning*: [`header`], [`profile`], [`style`], [`units`], [`lexicon`], [`claim`],
//! [`meaning`] and [`plan`] decide once, on a [`sample`], what every column is; [`digits`], [`spelling`], [`number`],
//! [`figures`] and [`filling`] apply that to every record. [`reading`] drives both;
//! [`raw`] gives out the table alone, as [`outline`] and [`fitting`] make it.

pub mod assets;
pub mod claim;
pub mod delimited;
pub mod dialect;
pub mod digits;
pub mod encoding;
pub mod failure;
pub mod figures;
pub mod filling;
pub mod fitting;
pub mod header;
pub mod lexicon;
pub mod meaning;
pub mod number;
pub mod outline;
pub mod plan;
pub mod profile;
pub mod raw;
pub mod reading;
pub mod records;
pub mod sample;
pub mod source;
pub mod spelling;
pub mod style;
pub mod units;
