//! Units: what rates are rates of, and which currency prices are in, as headers and cells say it.

use super::spelling;
use crate::domain::decision::RateBasis;
use crate::domain::table::Record;
use crate::text::fold;

/// What a rate is a rate of, as its header says.
#[must_use]
pub fn basis(header: &str) -> RateBasis {
    let key = fold::letters(header);
    let says = |words: &[&str]| words.iter().any(|word| key.contains(word));
    if says(&["view", "weergave", "vues", "visualiza"]) {
        RateBasis::Views
    } else if says(&["reach", "bereik", "reichweite", "alcance"]) || key == "err" {
        RateBasis::Reach
    } else {
        RateBasis::Followers
    }
}

/// The currency that the header of the prices names: `price_eur`, `Prijs (€)`.
#[must_use]
pub fn currency_of_header(header: &str) -> Option<&'static str> {
    let words = header.split(|c: char| {
        c.is_whitespace() || matches!(c, '_' | '(' | ')' | '[' | ']' | '/' | '-' | ':' | ',')
    });
    words
        .filter(|word| !word.is_empty())
        .find_map(spelling::currency)
}

/// The currency that most cells of a column name.
#[must_use]
pub fn most_frequent_currency(rows: &[Record], at: usize) -> Option<&'static str> {
    let cells = rows.iter().map(|row| row.cell(at));
    let mut codes: Vec<&'static str> = cells.filter_map(spelling::currency).collect();
    codes.sort_unstable();
    let groups = codes.chunk_by(|a, b| a == b);
    groups.max_by_key(|group| group.len())?.first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_name_the_basis_and_the_currency() {
        assert_eq!(basis("ER"), RateBasis::Followers);
        assert_eq!(basis("ER by views"), RateBasis::Views);
        assert_eq!(basis("Engagement rate (reach)"), RateBasis::Reach);
        assert_eq!(currency_of_header("price_eur"), Some("EUR"));
        assert_eq!(currency_of_header("Prijs (€)"), Some("EUR"));
        assert_eq!(currency_of_header("price"), None);
    }
}
