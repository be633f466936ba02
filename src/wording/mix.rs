//! The mix in a sentence that can be said aloud: what is traded between its two extremes.

use super::Speaker;
use crate::domain::goal::Gain;
use crate::query::mix::Mix;
use crate::text::number;

/// What the extremes of a mix say against each other; `None` where a budget buys nothing.
#[must_use]
pub fn sentence(speaker: &Speaker<'_>, mix: &Mix) -> Option<String> {
    let (reach, engaged) = (&mix.reach, &mix.engagement);
    let budget = speaker.money(mix.terms.budget);
    if reach.rows.is_empty() || engaged.rows.is_empty() {
        return None;
    }
    if reach.rows == engaged.rows {
        let values = [("budget", budget.as_str())];
        return Some(speaker.counted_with("mix.same", reach.accounts(), &values));
    }
    let people = |booking: &crate::query::mix::booking::Booking| {
        booking.net_reach.unwrap_or(booking.potential_reach as f64)
    };
    let times = |part: f64, whole: f64| number::factor(part / whole, speaker.language);
    let reached = (people(reach) > 0.0).then(|| times(people(engaged), people(reach)))?;
    let accounts = |count| speaker.counted("count.accounts", count);
    let (engaged_of, reaching) = (accounts(engaged.accounts()), accounts(reach.accounts()));
    let mut values = vec![
        ("budget", budget.as_str()),
        ("engaged", &engaged_of),
        ("reaching", &reaching),
        ("reach", &reached),
    ];
    if mix.gain == Gain::Accounts || reach.engagements <= 0.0 {
        return Some(speaker.fill("mix.extremes_voices", &values));
    }
    let interactions = times(engaged.engagements, reach.engagements);
    values.push(("engagements", &interactions));
    Some(speaker.fill("mix.extremes", &values))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Table;
    use super::*;
    use crate::query::mix::booking::Booking;
    use crate::query::mix::market::LeftOut;
    use crate::query::mix::terms::Terms;

    fn mix(engagement: Booking, reach: Booking) -> Mix {
        Mix {
            terms: Terms::new(5_000.0),
            gain: Gain::Engagements,
            by_size: Vec::new(),
            best: Booking::default(),
            reach,
            engagement,
            left_out: LeftOut::default(),
        }
    }

    fn booking(rows: std::ops::Range<u32>, reach: u64, engagements: f64) -> Booking {
        Booking {
            rows: rows.collect(),
            potential_reach: reach,
            engagements,
            ..Booking::default()
        }
    }

    #[test]
    fn the_extremes_are_held_against_each_other() {
        let table = Table::new();
        let [en, nl] = table.speakers();
        let extremes = mix(
            booking(0..31, 150_000, 9_900.0),
            booking(40..41, 300_000, 1_100.0),
        );
        assert_eq!(
            sentence(&en, &extremes).as_deref(),
            Some(
                "For €5,000, 31 accounts chosen for engagement reach 0.50× as many people as 1 account chosen for reach, \
                 and start 9.00× as many interactions."
            )
        );
        assert_eq!(
            sentence(&nl, &extremes).as_deref(),
            Some(
                "Voor € 5.000 bereiken 31 accounts, gekozen op betrokkenheid, 0,50× zoveel mensen als 1 account, gekozen op \
                 bereik, en zorgen ze voor 9,00× zoveel interacties."
            )
        );
    }

    #[test]
    fn what_is_the_same_or_nothing_is_no_contrast() {
        let table = Table::new();
        let [en, _] = table.speakers();
        let same = mix(booking(3..5, 9_000, 100.0), booking(3..5, 9_000, 100.0));
        assert_eq!(
            sentence(&en, &same).as_deref(),
            Some("For €5,000 reach and engagement ask for the same 2 accounts.")
        );
        assert_eq!(
            sentence(&en, &mix(Booking::default(), Booking::default())),
            None
        );
    }
}
