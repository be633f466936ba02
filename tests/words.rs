//! Every word that the code asks for is in the table, and every word of the table is asked for.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Keys that are put together from parts: what they start with.
const COMPOSED: &[&str] = &[
    "problem.",
    "decision.",
    "delimiter.",
    "basis.",
    "because.",
    "band.",
];

fn code(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            code(&path, text);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            let file = fs::read_to_string(&path).unwrap();
            let end = file.find("#[cfg(test)]\nmod tests").unwrap_or(file.len());
            text.push_str(&file[..end]);
        }
    }
}

/// The string literals of the code that have the form of a key.
fn keys(code: &str) -> BTreeSet<&str> {
    code.split('"')
        .filter(|part| {
            part.contains('.')
                && part.strip_suffix("toml").is_none()
                && part.split('.').all(|word| {
                    !word.is_empty()
                        && word
                            .chars()
                            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
                })
        })
        .collect()
}

#[test]
fn every_word_asked_for_is_in_the_table_and_the_other_way_round() {
    let mut text = String::new();
    code(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut text,
    );
    let asked = keys(&text);
    let words = pyramide::load::assets::words().unwrap();
    let has = |key: &str| {
        ["", ".one", ".many", ".text", ".short"]
            .iter()
            .any(|ending| words.entry(&format!("{key}{ending}")).is_some())
    };
    let first: BTreeSet<&str> = words
        .keys()
        .filter_map(|key| key.split('.').next())
        .collect();
    let missing: Vec<&&str> = asked
        .iter()
        .filter(|key| first.contains(key.split('.').next().unwrap_or_default()) && !has(key))
        .collect();
    assert!(
        missing.is_empty(),
        "asked for and not in the table: {missing:?}"
    );

    let mut unused: Vec<&str> = words
        .keys()
        .filter(|key| {
            let stem = [".one", ".many", ".text", ".short"]
                .iter()
                .find_map(|ending| key.strip_suffix(ending))
                .unwrap_or(key);
            let composed = COMPOSED.iter().any(|start| key.starts_with(start));
            let quoted = |key: &str| text.contains(&format!("\"{key}\""));
            !(composed || quoted(key) || quoted(stem))
        })
        .collect();
    unused.sort_unstable();
    assert!(
        unused.is_empty(),
        "in the table and never asked for: {unused:?}"
    );
}
