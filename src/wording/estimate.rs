//! What is said of estimated prices: from what they are, how many there are, and why there are none.

use super::Speaker;
use crate::domain::price::Estimates;

/// That a tilde is an estimate, of how many accounts and from which source; then, each where it holds, for how many
/// accounts nothing was published, and that the currency of the file was taken to be that of the estimates.
#[must_use]
pub fn sentences(speaker: &Speaker<'_>, estimates: &Estimates) -> Vec<String> {
    let mut said = made(speaker, estimates);
    if estimates.without > 0 {
        said.insert(1, speaker.counted("estimate.without", estimates.without));
    }
    said
}

/// The same without the accounts for which nothing was published, where it is told otherwise who has no price.
#[must_use]
pub fn made(speaker: &Speaker<'_>, estimates: &Estimates) -> Vec<String> {
    let source = [("source", estimates.source.say(speaker.language))];
    let mut said = vec![speaker.counted_with("estimate.made", estimates.accounts, &source)];
    if speaker.currency.is_empty() {
        let currency = [("currency", estimates.currency.as_str())];
        said.push(speaker.fill("estimate.currency.taken", &currency));
    }
    said
}

/// Why nothing can be estimated in the currency of a roster, with the currencies that can be.
#[must_use]
pub fn refusal(speaker: &Speaker<'_>) -> String {
    let known = speaker.playbook.price_currencies().join(", ");
    let values = [("currency", speaker.currency), ("known", &known)];
    speaker.fill("estimate.currency.none", &values)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Table, is_whole};
    use super::*;
    use crate::text::Localized;

    #[test]
    fn source_and_gaps_are_told() {
        let table = Table::new();
        let both = |text: &str| Localized {
            en: text.to_owned(),
            nl: text.to_owned(),
        };
        let mut estimates = Estimates {
            table: "list".to_owned(),
            name: both("list"),
            source: both("list.example, 2024"),
            url: "https://list.example".to_owned(),
            currency: "EUR".to_owned(),
            accounts: 1,
            without: 0,
        };
        let [en, nl] = table.speakers();
        let said = sentences(&en, &estimates);
        assert_eq!(
            said,
            ["~ is an estimate: 1 price after list.example, 2024; sums count its upper end"]
        );
        estimates.accounts = 1_200;
        estimates.without = 3;
        for mut speaker in [en, nl] {
            speaker.currency = "";
            let said = sentences(&speaker, &estimates);
            assert_eq!(said.len(), 3);
            assert!(said.iter().all(|it| is_whole(it)), "{said:?}");
            assert!(said[2].contains("EUR"));
            speaker.currency = "GBP";
            assert!(refusal(&speaker).contains("GBP"));
        }
    }
}
