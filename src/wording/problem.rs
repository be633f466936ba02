//! Problems of a file in words: a short name per kind, and one sentence for each.

use super::Speaker;
use crate::domain::problem::{Problem, ProblemKind};
use crate::text::clean::clean;

/// The short name of a kind, as it stands in a list.
#[must_use]
pub fn kind<'a>(speaker: &Speaker<'a>, kind: ProblemKind) -> &'a str {
    speaker.say(match kind {
        ProblemKind::UnreadableNumber => "problem.unreadable_number",
        ProblemKind::ImpossibleNumber => "problem.impossible_number",
        ProblemKind::InvalidText => "problem.invalid_text",
        ProblemKind::RowTooShort => "problem.row_too_short",
        ProblemKind::RowTooLong => "problem.row_too_long",
        ProblemKind::NotAnAccount => "problem.not_an_account",
        ProblemKind::OutsideTable => "problem.outside_table",
        ProblemKind::BrokenRecord => "problem.broken_record",
        ProblemKind::CutOff => "problem.cut_off",
        ProblemKind::OtherSeparator => "problem.other_separator",
        ProblemKind::StrayQuote => "problem.stray_quote",
        ProblemKind::RateContradicted => "problem.rate_contradicted",
        ProblemKind::OtherCurrency => "problem.other_currency",
        ProblemKind::Duplicate => "problem.duplicate",
        ProblemKind::LookAlike => "problem.look_alike",
        ProblemKind::AgainstDecision => "problem.against_decision",
    })
}

/// What is wrong, with the column and the value, both cleaned. The place is left to the caller.
#[must_use]
pub fn sentence(speaker: &Speaker<'_>, problem: &Problem) -> String {
    let key = match problem.kind {
        ProblemKind::UnreadableNumber => "problem.unreadable_number.text",
        ProblemKind::ImpossibleNumber => "problem.impossible_number.text",
        ProblemKind::InvalidText => "problem.invalid_text.text",
        ProblemKind::RowTooShort => "problem.row_too_short.text",
        ProblemKind::RowTooLong => "problem.row_too_long.text",
        ProblemKind::NotAnAccount => "problem.not_an_account.text",
        ProblemKind::OutsideTable => "problem.outside_table.text",
        ProblemKind::BrokenRecord => "problem.broken_record.text",
        ProblemKind::CutOff => "problem.cut_off.text",
        ProblemKind::OtherSeparator => "problem.other_separator.text",
        ProblemKind::StrayQuote => "problem.stray_quote.text",
        ProblemKind::RateContradicted => "problem.rate_contradicted.text",
        ProblemKind::OtherCurrency => "problem.other_currency.text",
        ProblemKind::Duplicate => "problem.duplicate.text",
        ProblemKind::LookAlike => "problem.look_alike.text",
        ProblemKind::AgainstDecision => "problem.against_decision.text",
    };
    let (column, value) = (clean(&problem.column), clean(&problem.value));
    let computed = problem.computed.map(|rate| speaker.percent(rate));
    let repeats = problem.repeats.map(|row| speaker.count(row));
    let values = [
        ("column", column.as_ref()),
        ("value", value.as_ref()),
        ("row", repeats.as_deref().unwrap_or("?")),
        ("computed", computed.as_deref().unwrap_or("?")),
    ];
    let sentence = speaker.fill(key, &values);
    match sentence.strip_prefix(": ") {
        Some(without_column) => without_column.to_owned(),
        None => sentence,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Table, is_whole};
    use super::*;

    fn problem(kind: ProblemKind, column: &str) -> Problem {
        Problem {
            file: 0,
            line: 12,
            row: 11,
            column: column.to_owned(),
            value: "n.v.t.\u{202e}{value}".to_owned(),
            kind,
            computed: Some(0.06),
            repeats: None,
        }
    }

    #[test]
    fn every_kind_is_told_and_cleaned_in_both_languages() {
        let table = Table::new();
        for speaker in table.speakers() {
            for it in ProblemKind::ALL {
                let told = sentence(&speaker, &problem(it, "Volgers"));
                assert!(!told.contains('\u{202e}'));
                let bare = Problem {
                    value: "12".to_owned(),
                    ..problem(it, "")
                };
                let told = sentence(&speaker, &bare);
                assert!(is_whole(&told), "{told}");
                assert!(it == ProblemKind::RowTooShort || told.contains("'12'"));
                assert!(is_whole(kind(&speaker, it)));
            }
        }
    }

    #[test]
    fn a_contradicted_rate_is_told_with_both_figures() {
        let table = Table::new();
        for (speaker, computed) in table.speakers().iter().zip(["6.0%", "6,0%"]) {
            let stated = Problem {
                value: "12.1%".to_owned(),
                ..problem(ProblemKind::RateContradicted, "ER")
            };
            let told = sentence(speaker, &stated);
            assert!(told.contains("12.1%") && told.contains(computed), "{told}");
        }
    }

    #[test]
    fn a_sentence_in_full() {
        let table = Table::new();
        let [en, nl] = table.speakers();
        let problem = problem(ProblemKind::UnreadableNumber, "Followers");
        assert_eq!(
            sentence(&en, &problem),
            "Followers: 'n.v.t.·{value}' is no number; it counts as unknown"
        );
        assert_eq!(
            sentence(&nl, &problem),
            "Followers: 'n.v.t.·{value}' is geen getal en telt als onbekend"
        );
    }
}
