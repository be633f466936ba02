//! The layers: which module may import which, read out of the source, and no import circle anywhere.
//!
//! What stands behind `#[cfg(test)]` may import freely and is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Each layer and the layers that it may import, lowest first. `lib.rs` lists its modules in this order.
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("theme", &[]),
    ("keys", &["text"]),
    ("domain", &["text"]),
    ("load", &["text", "domain"]),
    ("store", &["text", "domain"]),
    ("query", &["domain"]),
    ("wording", &["text", "domain", "query"]),
    ("app", &["text", "domain", "query"]),
    (
        "view",
        &["text", "keys", "theme", "domain", "query", "wording", "app"],
    ),
    (
        "export",
        &["text", "theme", "domain", "query", "wording", "app", "view"],
    ),
    (
        "terminal",
        &[
            "text", "theme", "keys", "domain", "load", "store", "query", "wording", "app", "view",
            "export",
        ],
    ),
    (
        "cli",
        &[
            "text", "theme", "keys", "domain", "load", "store", "query", "wording", "app", "view",
            "export", "terminal",
        ],
    ),
];

/// Names that say nothing about what a module holds.
const EMPTY_NAMES: &[&str] = &["prelude", "utils", "util", "misc", "common", "helpers"];

/// A module of the library and the text of its file, without tests and comments.
struct Module {
    path: Vec<String>,
    code: String,
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn modules() -> Vec<Module> {
    let mut found = Vec::new();
    collect(&source(), &mut Vec::new(), &mut found);
    assert!(found.len() > 20, "the source was not found");
    let only_tests: Vec<Vec<String>> = found.iter().flat_map(test_modules).collect();
    found.retain(|module| !only_tests.contains(&module.path));
    found
}

/// The children that a module declares for its tests alone.
fn test_modules(module: &Module) -> Vec<Vec<String>> {
    let mut lines = module.code.lines();
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            continue;
        }
        let declared = lines.next().unwrap_or_default().trim();
        let name = declared.trim_start_matches("pub ").strip_prefix("mod ");
        if let Some(name) = name.and_then(|name| name.strip_suffix(';')) {
            let mut path = module.path.clone();
            path.push(name.to_owned());
            found.push(path);
        }
    }
    found
}

fn collect(folder: &Path, path: &mut Vec<String>, found: &mut Vec<Module>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for entry in entries {
        let stem = entry.file_stem().unwrap().to_str().unwrap().to_owned();
        if entry.is_dir() {
            path.push(stem);
            collect(&entry, path, found);
            path.pop();
        } else if entry.extension().is_some_and(|ext| ext == "rs") {
            let mut own = path.clone();
            if !["mod", "lib", "main"].contains(&stem.as_str()) {
                own.push(stem.clone());
            }
            if stem == "main" {
                continue;
            }
            found.push(Module {
                path: own,
                code: strip(&fs::read_to_string(&entry).unwrap()),
            });
        }
    }
}

/// The code without comments, strings' contents left alone, and without everything from the first test module on.
fn strip(text: &str) -> String {
    let tests = text.match_indices("#[cfg(test)]\nmod ").find(|(at, _)| {
        text[*at..]
            .lines()
            .nth(1)
            .is_some_and(|line| line.ends_with('{'))
    });
    let text = tests.map_or(text, |(at, _)| &text[..at]);
    text.lines()
        .map(|line| line.find("//").map_or(line, |at| &line[..at]))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Every path in the code that starts with this word, groups in braces opened one level.
fn paths(code: &str, start: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let marker = format!("{start}::");
    let mut rest = code;
    while let Some(at) = rest.find(&marker) {
        let before = rest[..at].chars().next_back();
        rest = &rest[at + marker.len()..];
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let own: String = rest
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_' || *c == ':')
            .collect();
        let segments: Vec<String> = own
            .split("::")
            .filter(|s| !s.is_empty())
            .map(str::to_owned)
            .collect();
        match rest[own.len()..].strip_prefix('{') {
            Some(group) => {
                let group = &group[..group.find("};").unwrap_or(0)];
                for name in group.split(',') {
                    let mut path = segments.clone();
                    path.extend(name.trim().split("::").map(str::to_owned));
                    found.push(path);
                }
            }
            None => found.push(segments),
        }
    }
    found
}

/// The modules that a module imports, by their full paths.
fn imports(module: &Module, known: &BTreeSet<Vec<String>>) -> BTreeSet<Vec<String>> {
    let is_folder = known
        .iter()
        .any(|other| other.len() == module.path.len() + 1 && other.starts_with(&module.path));
    let mut absolute = paths(&module.code, "crate");
    let parent = &module.path[..module.path.len().saturating_sub(1)];
    for path in paths(&module.code, "super") {
        let mut whole = parent.to_vec();
        whole.extend(path);
        absolute.push(whole);
    }
    if is_folder {
        for child in known {
            if child.len() == module.path.len() + 1 && child.starts_with(&module.path) {
                let name = child.last().unwrap();
                for path in paths(&module.code, name) {
                    let mut whole = child.clone();
                    whole.extend(path);
                    absolute.push(whole);
                }
            }
        }
    }
    absolute
        .into_iter()
        .filter_map(|path| {
            (1..=path.len())
                .rev()
                .map(|len| path[..len].to_vec())
                .find(|prefix| known.contains(prefix))
        })
        .filter(|target| *target != module.path)
        .collect()
}

fn graph() -> BTreeMap<Vec<String>, BTreeSet<Vec<String>>> {
    let modules = modules();
    let known: BTreeSet<Vec<String>> = modules.iter().map(|module| module.path.clone()).collect();
    modules
        .iter()
        .filter(|module| !module.path.is_empty())
        .map(|module| (module.path.clone(), imports(module, &known)))
        .collect()
}

#[test]
fn every_module_imports_only_the_layers_below_it() {
    let mut wrong = Vec::new();
    for (module, targets) in graph() {
        let layer = &module[0];
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| name == layer) else {
            wrong.push(format!("{} stands in no layer", module.join("::")));
            continue;
        };
        for target in targets {
            if target[0] != *layer && !allowed.contains(&target[0].as_str()) {
                wrong.push(format!(
                    "{} imports {}, but {layer} may import only {allowed:?}",
                    module.join("::"),
                    target.join("::")
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_import_goes_round_in_a_circle() {
    let graph = graph();
    let mut wrong = Vec::new();
    for start in graph.keys() {
        let mut reached: BTreeSet<&Vec<String>> = BTreeSet::new();
        let mut next: Vec<&Vec<String>> = graph[start].iter().collect();
        while let Some(module) = next.pop() {
            if reached.insert(module) {
                next.extend(graph.get(module).into_iter().flatten());
            }
        }
        if reached.contains(start) {
            wrong.push(start.join("::"));
        }
    }
    assert!(wrong.is_empty(), "in a circle: {}", wrong.join(", "));
}

#[test]
fn lib_lists_its_modules_in_the_order_of_the_layers() {
    let lib = fs::read_to_string(source().join("lib.rs")).unwrap();
    let listed: Vec<&str> = lib
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    let order: Vec<&str> = LAYERS.iter().map(|(name, _)| *name).collect();
    assert_eq!(listed, order);
}

#[test]
fn no_module_climbs_past_its_folder_or_has_an_empty_name() {
    for module in modules() {
        let name = module.path.join("::");
        assert!(
            !module.code.contains("super::super"),
            "{name} climbs past its own folder"
        );
        for part in &module.path {
            assert!(
                !EMPTY_NAMES.contains(&part.as_str()),
                "{name} says nothing about what it holds"
            );
        }
    }
}
