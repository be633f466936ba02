//! The mix in sentences that can be said aloud: what it costs and brings, what it gives up against each of its extremes, and
//! what is traded between these.

use super::Speaker;
use crate::domain::goal::Gain;
use crate::query::mix::Mix;
use crate::query::mix::booking::Booking;
use crate::text::number;

/// What a mix costs, whom it reaches, what it starts, and how much more each extreme would; `None` where it is empty or
/// reaches nobody that is known.
#[must_use]
pub fn own(speaker: &Speaker<'_>, mix: &Mix) -> Option<String> {
    let best = &mix.best;
    if best.rows.is_empty() || people(best) <= 0.0 {
        return None;
    }
    let compact = |count: f64| number::compact(count.round().max(0.0) as u64, speaker.language);
    let spend = speaker.priced(best.spend, best.estimated > 0);
    let accounts = speaker.counted("count.accounts", best.accounts());
    let reached = compact(people(best));
    let by_reach = against(
        speaker,
        (people(best), people(&mix.reach)),
        speaker.say("mix.reach"),
    );
    let mut values = vec![
        ("spend", spend.as_str()),
        ("accounts", &accounts),
        ("people", &reached),
        ("by_reach", &by_reach),
    ];
    if mix.gain == Gain::Accounts {
        let most = speaker.counted("count.accounts", mix.engagement.accounts());
        values.push(("most", &most));
        return Some(speaker.fill("mix.own_voices", &values));
    }
    if best.engagements_of == 0 {
        return Some(speaker.fill("mix.own_reach", &values));
    }
    let started = compact(best.engagements);
    let by_engagement = against(
        speaker,
        (best.engagements, mix.engagement.engagements),
        speaker.say("mix.engagement"),
    );
    values.push(("interactions", &started));
    values.push(("by_engagement", &by_engagement));
    Some(speaker.fill("mix.own", &values))
}

/// How much less, or more, one figure is than that of an extreme.
fn against(speaker: &Speaker<'_>, (own, other): (f64, f64), extreme: &str) -> String {
    let off = (own - other) / other;
    let by = number::share(off.abs(), speaker.language);
    let word = match off {
        off if off < 0.0 => "mix.own.less",
        off if off > 0.0 => "mix.own.more",
        _ => "mix.own.same",
    };
    speaker.fill(word, &[("by", &by), ("extreme", extreme)])
}

/// Whose rates their own likes contradict, and how much of the interactions rests on them; `None` where there are none.
#[must_use]
pub fn doubtful(speaker: &Speaker<'_>, booking: &Booking) -> Option<String> {
    let share = booking.doubtful_engagements / booking.engagements;
    let share = number::share(share, speaker.language);
    let accounts = speaker.counted("count.accounts", booking.doubtful);
    let values = [("accounts", accounts.as_str()), ("share", &share)];
    let told = || speaker.fill("mix.doubtful", &values);
    (booking.doubtful > 0 && booking.engagements > 0.0).then(told)
}

/// The people that a booking reaches: net where that is known.
fn people(booking: &Booking) -> f64 {
    booking.net_reach.unwrap_or(booking.potential_reach as f64)
}

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
    use crate::query::mix::gathering::LeftOut;
    use crate::query::mix::terms::Terms;

    fn mix(engagement: Booking, reach: Booking) -> Mix {
        Mix {
            terms: Terms::new(5_000.0),
            gain: Gain::Engagements,
            by_size: Vec::new(),
            best: Booking::default(),
            reach,
            engagement,
            asked: 0,
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
    fn a_mix_tells_what_it_gives_up() {
        let table = Table::new();
        let [en, nl] = table.speakers();
        let mut found = mix(
            booking(0..31, 150_000, 10_000.0),
            booking(40..41, 300_000, 1_100.0),
        );
        found.best = Booking {
            spend: 4_980.0,
            engagements_of: 12,
            ..booking(0..12, 240_000, 9_000.0)
        };
        assert_eq!(
            own(&en, &found).as_deref(),
            Some(
                "For €4,980, this mix of 12 accounts reaches 240K people, 20.0% fewer than at all reach, and starts 9,000 \
                 interactions, 10.0% fewer than at all engagement."
            )
        );
        assert_eq!(
            own(&nl, &found).as_deref(),
            Some(
                "Voor € 4.980 bereikt deze mix van 12 accounts 240K mensen, 20,0% minder dan bij max. bereik, en zorgt voor \
                 9.000 interacties, 10,0% minder dan bij max. betrokkenheid."
            )
        );
        found.best.engagements_of = 0;
        found.reach.potential_reach = 240_000;
        assert_eq!(
            own(&en, &found).as_deref(),
            Some(
                "For €4,980, this mix of 12 accounts reaches 240K people, as many as at all reach."
            )
        );
        found.gain = Gain::Accounts;
        assert_eq!(
            own(&en, &found).as_deref(),
            Some(
                "For €4,980, this mix of 12 accounts reaches 240K people, as many as at all reach; the budget is enough for 31 \
                 accounts at most."
            )
        );
    }

    #[test]
    fn rates_that_are_contradicted_are_told() {
        let table = Table::new();
        let [en, nl] = table.speakers();
        let mut best = booking(0..12, 240_000, 9_000.0);
        assert_eq!(doubtful(&en, &best), None);
        (best.doubtful, best.doubtful_engagements) = (1, 900.0);
        assert_eq!(
            doubtful(&en, &best).as_deref(),
            Some("ER contradicted by own likes (!): 1 account, 10.0% of the interactions")
        );
        best.doubtful = 2;
        assert_eq!(
            doubtful(&nl, &best).as_deref(),
            Some("ER klopt niet met eigen likes (!): 2 accounts, 10,0% van de interacties")
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
