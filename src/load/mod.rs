//! Bytes to roster: dialect, encoding, header synonyms, numbers and units, and the embedded assets.
//!
//! Two halves that meet in [`records::Records`]. *Format*: [`source`] opens the bytes, [`format`] tells what they are,
//! and one module per format turns them into records of text cells; [`encoding`], [`dialect`] and [`delimited`] do so
//! for text. *Meaning*: [`header`], [`profile`], [`style`], [`units`], [`words`], [`lexicon`], [`claim`],
//! [`dated`], [`rate_card`], [`meaning`] and [`plan`] decide once, on a [`sample`] that several [`hands`] look at, what
//! every column is; [`digits`], [`spelling`], [`usual`], [`glance`], [`number`], [`figures`], [`gathered`],
//! [`interning`], [`columns`] and [`filling`] apply that to every record. [`reading`] drives both: [`prepared`] decides,
//! and a [`pass`] goes through all records, which [`intake`] takes one by one; long text is cut ([`cutting`]) and read in
//! [`lanes`]. Where later rows contradict what was decided, [`again`] decides anew. [`raw`] gives out the table alone, as
//! [`outline`] and [`fitting`] make it.

mod again;
pub mod assets;
pub mod claim;
mod columns;
mod compound;
pub mod contained;
pub mod count;
mod currency;
mod cutting;
mod dated;
pub mod delimited;
pub mod dialect;
pub mod digits;
pub mod encoding;
pub mod failure;
pub mod figures;
mod filling;
pub mod fitting;
pub mod format;
mod gathered;
mod glance;
mod glued;
mod hands;
pub mod header;
mod intake;
mod interning;
mod json;
pub mod kept;
mod lanes;
pub mod lexicon;
pub mod meaning;
pub mod number;
mod numeral;
mod ods;
pub mod options;
pub mod outline;
mod package;
mod pass;
mod periods;
pub mod plan;
mod prepared;
pub mod profile;
mod rate_card;
pub mod raw;
pub mod reading;
pub mod records;
pub mod sample;
mod sketch;
pub mod source;
pub mod spelling;
pub mod style;
mod table;
mod told;
mod union;
pub mod units;
mod unpack;
mod usual;
pub mod watch;
mod wide;
mod words;
mod workbook;
mod xls;
mod xlsx;
