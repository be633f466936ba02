//! The words of the trade as types, without files, screens or threads.
//!
//! Rules that a marketer may change (tiers, goals, benchmarks, synonyms) are values of these types, read from
//! `assets/` by [`crate::load`]; no threshold stands in code.

pub mod assumed;
pub mod benchmark;
pub mod decision;
pub mod field;
pub mod goal;
pub mod mapping;
pub mod platform;
pub mod playbook;
pub mod price;
pub mod problem;
pub mod reading;
pub mod roster;
pub mod saved_mix;
pub mod sketch;
pub mod sorting;
pub mod table;
pub mod tier;
pub mod verdict;
