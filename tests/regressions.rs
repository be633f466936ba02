//! What the fuzzers once found, held against the same claims.

#[path = "../fuzz/claims.rs"]
mod claims;

use std::fs;
use std::path::Path;

/// A claim over any bytes.
type Claim = fn(&[u8]);

const CLAIMS: [(&str, Claim); 4] = [
    ("load", claims::load),
    ("sniff", claims::sniff),
    ("numbers", claims::numbers),
    ("spreadsheets", claims::spreadsheets),
];

#[test]
fn what_was_found_once_holds_now() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/regressions");
    let mut checked = 0;
    for (name, claim) in CLAIMS {
        for entry in fs::read_dir(folder.join(name)).unwrap() {
            let path = entry.unwrap().path();
            eprintln!("{}", path.display());
            claim(&fs::read(&path).unwrap());
            checked += 1;
        }
    }
    assert!(checked >= CLAIMS.len(), "the cases were not found");
}
