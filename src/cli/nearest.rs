//! The nearest of the valid names, for someone who mistyped one.

use crate::text::clean::clean;

/// A sentence that refuses a name: what was meant, perhaps, and what there is.
pub(super) fn refuse<S: AsRef<str>>(kind: &str, name: &str, valid: &[S]) -> String {
    let hint = match nearest(name, valid) {
        Some(near) => format!("; did you mean '{near}'?"),
        None => ".".to_owned(),
    };
    let all: Vec<&str> = valid.iter().map(AsRef::as_ref).collect();
    format!(
        "there is no {kind} '{}'{hint} There are: {}",
        clean(name),
        all.join(", ")
    )
}

/// The valid name that differs least, if it differs little.
fn nearest<'a, S: AsRef<str>>(name: &str, valid: &'a [S]) -> Option<&'a str> {
    let name = name.to_lowercase();
    let near = valid
        .iter()
        .map(|valid| {
            let valid = valid.as_ref();
            let key = valid.to_lowercase();
            let within = !name.is_empty() && (key.contains(&name) || name.contains(&key));
            (if within { 1 } else { distance(&name, &key) }, valid)
        })
        .min_by_key(|(changes, _)| *changes)?;
    (near.0 <= 1 + name.chars().count() / 3).then_some(near.1)
}

/// How many letters have to be put in, taken out or replaced to get from one word to the other (Levenshtein).
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (at, letter) in from.chars().enumerate() {
        let mut before = at;
        let mut left = at + 1;
        for (cell, other) in row.iter_mut().skip(1).zip(&to) {
            let above = *cell;
            let replaced = before + usize::from(letter != *other);
            left = replaced.min(above + 1).min(left + 1);
            before = above;
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = at + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_count_changes() {
        for (from, to, changes) in [
            ("", "", 0),
            ("nano", "nano", 0),
            ("nnao", "nano", 2),
            ("micr", "micro", 1),
            ("kitten", "sitting", 3),
            ("", "abc", 3),
        ] {
            assert_eq!(distance(from, to), changes, "{from} {to}");
        }
    }

    #[test]
    fn only_what_is_near_is_named() {
        let valid = ["local-activation", "buzz", "authentic"];
        assert_eq!(nearest("local", &valid), Some("local-activation"));
        assert_eq!(nearest("BUZ", &valid), Some("buzz"));
        assert_eq!(nearest("autentic", &valid), Some("authentic"));
        assert_eq!(nearest("qqqqqq", &valid), None);
        assert!(refuse("goal", "x\u{1b}y", &valid).contains("x␛y"));
    }
}
