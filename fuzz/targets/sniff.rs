//! Fuzzes [`claims::sniff`].
#![no_main]

#[path = "../claims.rs"]
#[allow(dead_code, reason = "each target checks one of the claims")]
mod claims;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| claims::sniff(bytes));
