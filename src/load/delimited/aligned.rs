//! Aligned: the cells of a line that blanks alone set apart, two of them or more.

/// Where cells begin and end.
pub fn spans(line: &str) -> impl Iterator<Item = (usize, usize)> {
    let end = line.trim_end().len();
    let mut at = line.len() - line.trim_start().len();
    std::iter::from_fn(move || {
        let rest = line.get(at..end).filter(|rest| !rest.is_empty())?;
        let length = rest.find("  ").unwrap_or(rest.len());
        let span = (at, at + length);
        let after = rest.get(length..).unwrap_or_default();
        at += length + after.len() - after.trim_start().len();
        Some(span)
    })
}

/// The cells.
pub fn cells(line: &str) -> impl Iterator<Item = &str> {
    spans(line).map(|(start, end)| line.get(start..end).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_blanks_stay_within_cells() {
        let of = |line| cells(line).collect::<Vec<_>>();
        assert_eq!(of("  De Kooy   2    812  "), ["De Kooy", "2", "812"]);
        assert_eq!(of("é  b"), ["é", "b"]);
        assert!(of("   ").is_empty());
    }
}
