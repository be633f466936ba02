//! Reach against engagement in words: what fitted lines mean, how an account stands to its line, what a box holds,
//! what one account of the front gives up against another, and what is not drawn.

use super::Speaker;
use crate::domain::roster::Account;
use crate::query::lines::Residual;
use crate::query::region::Region;
use crate::query::scatter::Scatter;
use crate::query::trend::Trend;
use crate::text::clean::clean;
use crate::text::number;

/// What the line means, with the number of accounts and the share explained; or why there is none. Where platforms
/// are mixed it is told what the figures of their lines are ([`platform_lines`]).
#[must_use]
pub fn trend(speaker: &Speaker<'_>, scatter: &Scatter) -> String {
    if !scatter.lines.is_empty() {
        return speaker.say("trend.platforms").to_owned();
    }
    if let Some(trend) = &scatter.trend {
        return line(speaker, trend);
    }
    if scatter.y.is_none() {
        return speaker.say("trend.none.rates").to_owned();
    }
    let fewest = Trend::FEWEST as u64;
    if scatter.drawn < fewest {
        let (fewest, accounts) = (speaker.count(fewest), speaker.count(scatter.drawn));
        let values = [("fewest", fewest.as_str()), ("accounts", &accounts)];
        return speaker.fill("trend.none.few", &values);
    }
    if scatter.mixed {
        return speaker.fill(
            "trend.none.platforms",
            &[("fewest", &speaker.count(fewest))],
        );
    }
    speaker.say("trend.none.flat").to_owned()
}

/// Of each platform that is drawn: its name, the factor that goes with ten times the followers, the number of
/// accounts and the share explained.
#[must_use]
pub fn platform_lines(speaker: &Speaker<'_>, scatter: &Scatter) -> Vec<String> {
    let lines = scatter.lines.iter().map(|line| {
        let trend = &line.trend;
        let factor = number::factor(trend.tenfold(), speaker.language);
        let accounts = speaker.count(trend.accounts as u64);
        let fit = number::decimal(trend.r_squared, 2, speaker.language);
        let values = [
            ("platform", clean(&line.platform).into_owned()),
            ("factor", factor),
            ("accounts", accounts),
            ("fit", fit),
        ];
        let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
        speaker.fill("trend.platform", &values)
    });
    lines.collect()
}

/// How the rate of an account stands to what its line gives for its followers: `1.8 times what its size suggests on
/// Instagram, n = 214`.
#[must_use]
pub fn residual(speaker: &Speaker<'_>, residual: &Residual<'_>) -> String {
    let factor = number::factor(residual.factor, speaker.language);
    let factor = factor.trim_end_matches('\u{d7}');
    let accounts = speaker.count(residual.trend.accounts as u64);
    let place = match residual.factor {
        factor if factor > USUAL => "residual.above",
        factor if factor < 1.0 / USUAL => "residual.below",
        _ => "residual.on",
    };
    let place = speaker.fill(place, &[("factor", factor)]);
    let Some(platform) = residual.platform else {
        let values = [("place", place.as_str()), ("accounts", &accounts)];
        return speaker.fill("residual.all", &values);
    };
    let platform = clean(platform);
    let values = [
        ("place", place.as_str()),
        ("platform", &platform),
        ("accounts", &accounts),
    ];
    speaker.fill("residual.platform", &values)
}

/// Up to this factor above or below its line an account stands on it.
const USUAL: f64 = 1.05;

/// A box in words: `12K-40K followers, ER 3-6%`.
#[must_use]
pub fn region(speaker: &Speaker<'_>, region: &Region) -> String {
    let language = speaker.language;
    let (fewest, most) = region.followers;
    let fewest = number::compact(fewest, language);
    let most = number::compact(most, language);
    let followers = [("fewest", fewest.as_str()), ("most", &most)];
    let Some((low, high)) = region.rate else {
        return speaker.fill("region.followers", &followers);
    };
    let (low, high) = (percents(speaker, low), percents(speaker, high));
    let rate = [("low", low.as_str()), ("high", &high)];
    speaker.fill("region", &[&followers[..], &rate[..]].concat())
}

/// A fraction in percents with three digits, those at the end that say nothing left out.
fn percents(speaker: &Speaker<'_>, fraction: f64) -> String {
    let percents = fraction * 100.0;
    let digits = match percents {
        percents if percents >= 100.0 => 0,
        percents if percents >= 10.0 => 1,
        percents if percents >= 1.0 => 2,
        _ => 3,
    };
    let text = number::decimal(percents, digits, speaker.language);
    match text.find(['.', ',']) {
        Some(_) if digits > 0 => {
            let text = text.trim_end_matches('0');
            text.trim_end_matches(['.', ',']).to_owned()
        }
        _ => text,
    }
}

/// What is given up and won by going from one account of the front to another: `3,200 followers fewer, 1.4 points
/// more ER than …`.
#[must_use]
pub fn given_up(speaker: &Speaker<'_>, from: &Account<'_>, to: &Account<'_>) -> Option<String> {
    let (before, after) = (from.followers()?, to.followers()?);
    let points = (to.engagement_rate()? - from.engagement_rate()?) * 100.0;
    let mut parts = Vec::new();
    let count = before.abs_diff(after);
    if count > 0 {
        let key = if after < before {
            "given.followers.fewer"
        } else {
            "given.followers.more"
        };
        parts.push(speaker.counted(key, count));
    }
    let digits = if points.abs() < 0.1 { 2 } else { 1 };
    let told = number::decimal(points.abs(), digits, speaker.language);
    if points != 0.0 {
        let key = if points > 0.0 {
            "given.rate.more"
        } else {
            "given.rate.less"
        };
        parts.push(speaker.fill(key, &[("points", &told)]));
    }
    let name = clean(&from.title().unwrap_or_default()).into_owned();
    if parts.is_empty() {
        return Some(speaker.fill("given.nothing", &[("name", &name)]));
    }
    let parts = parts.join(", ");
    Some(speaker.fill("given", &[("parts", &parts), ("name", &name)]))
}

/// How many accounts lie outside the window; `None` when none does.
#[must_use]
pub fn outside(speaker: &Speaker<'_>, scatter: &Scatter) -> Option<String> {
    (scatter.outside > 0).then(|| speaker.counted("scatter.outside", scatter.outside))
}

/// Below this share explained a line says nothing.
const LOOSE: f64 = 0.05;

fn line(speaker: &Speaker<'_>, trend: &Trend) -> String {
    let factor = number::factor(trend.tenfold(), speaker.language);
    let accounts = speaker.count(trend.accounts as u64);
    let fit = number::decimal(trend.r_squared, 2, speaker.language);
    let values = [
        ("factor", factor.as_str()),
        ("accounts", &accounts),
        ("fit", &fit),
    ];
    let key = if trend.r_squared < LOOSE {
        "trend.none.loose"
    } else {
        "trend.line"
    };
    speaker.fill(key, &values)
}

/// How many accounts are not drawn, for whatever reason; `None` when all are.
#[must_use]
pub fn hidden_in_all(speaker: &Speaker<'_>, scatter: &Scatter) -> Option<String> {
    let accounts = scatter.without_followers + scatter.without_rate;
    let accounts = (accounts > 0).then(|| speaker.count(accounts))?;
    Some(speaker.fill("scatter.hidden", &[("accounts", &accounts)]))
}

/// How many accounts are not drawn, and why.
#[must_use]
pub fn hidden(speaker: &Speaker<'_>, scatter: &Scatter) -> Vec<String> {
    let mut notes = Vec::new();
    let mut note = |key, accounts: u64| {
        if accounts > 0 {
            notes.push(speaker.counted(key, accounts));
        }
    };
    note("scatter.hidden.followers", scatter.without_followers);
    if scatter.y.is_some() {
        note("scatter.hidden.rate", scatter.without_rate);
    }
    notes
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::super::fixture::{Table, is_whole};
    use super::*;
    use crate::domain::field::Field;
    use crate::domain::roster::AccountId;
    use crate::domain::roster::builder::{Figures, RosterBuilder};
    use crate::query::lines::PlatformLine;
    use crate::query::sight::Grid;

    fn scatter() -> Scatter {
        let trend = Trend {
            slope: -0.236_572,
            intercept: 0.0,
            r_squared: 0.314,
            accounts: 1_388,
        };
        Scatter {
            drawn: 1_388,
            without_followers: 1,
            without_rate: 1_400,
            trend: Some(trend),
            ..Scatter::blank(Grid {
                width: 10,
                height: 5,
            })
        }
    }

    #[test]
    fn the_line_is_told_with_its_figures() {
        let table = Table::new();
        let [en, nl] = table.speakers();
        assert_eq!(
            trend(&en, &scatter()),
            "ten times the followers, 0.58× the ER · 1,388 accounts, r² 0.31"
        );
        assert_eq!(
            trend(&nl, &scatter()),
            "tien keer zoveel volgers, 0,58× de ER · 1.388 accounts, r² 0,31"
        );
    }

    #[test]
    fn a_line_that_explains_nothing_is_not_sold() {
        let table = Table::new();
        let [en, _] = table.speakers();
        let mut loose = scatter();
        loose.trend = loose.trend.map(|trend| Trend {
            r_squared: 0.004,
            ..trend
        });
        assert_eq!(
            trend(&en, &loose),
            "no clear relation between followers and ER · 1,388 accounts, r² 0.00"
        );
    }

    #[test]
    fn no_line_is_told_with_the_reason() {
        let table = Table::new();
        for speaker in table.speakers() {
            let flat = Scatter {
                trend: None,
                ..scatter()
            };
            let few = Scatter {
                drawn: 7,
                ..flat.clone()
            };
            let without = Scatter {
                y: None,
                ..few.clone()
            };
            let told = [&flat, &few, &without].map(|it| trend(&speaker, it));
            assert!(told.iter().all(|it| is_whole(it)), "{told:?}");
            assert!(told[1].contains("15") && told[1].contains('7'));
            assert!(told[0] != told[1] && told[1] != told[2] && told[0] != told[2]);
        }
    }

    #[test]
    fn lines_of_platforms_are_told_one_by_one() {
        let table = Table::new();
        let [en, _] = table.speakers();
        let line = |platform: &str, slope| PlatformLine {
            platform: platform.to_owned(),
            trend: Trend {
                slope,
                intercept: 0.0,
                r_squared: 0.3,
                accounts: 214,
            },
        };
        let mixed = Scatter {
            trend: None,
            lines: vec![line("Pixelgram", -0.236_572), line("Klok", 0.0)],
            ..scatter()
        };
        assert_eq!(
            platform_lines(&en, &mixed),
            [
                "Pixelgram 0.58×, n 214, r² 0.30",
                "Klok 1.00×, n 214, r² 0.30"
            ]
        );
        assert!(is_whole(&trend(&en, &mixed)));
    }

    #[test]
    fn an_account_is_held_against_its_line_in_words() {
        let table = Table::new();
        let [en, nl] = table.speakers();
        let trend = scatter().trend.unwrap();
        let told = |speaker, factor, platform| {
            residual(
                speaker,
                &Residual {
                    factor,
                    platform,
                    trend: &trend,
                },
            )
        };
        assert_eq!(
            told(&en, 1.8, Some("Pixelgram")),
            "1.80 times what its size suggests on Pixelgram, n = 1,388"
        );
        assert_eq!(
            told(&nl, 0.5, None),
            "0,50 keer wat bij zijn omvang past in deze lijst, n = 1.388"
        );
        assert!(told(&en, 1.02, None).starts_with("about what its size suggests"));
    }

    #[test]
    fn a_box_is_told_in_round_numbers() {
        let table = Table::new();
        let [en, nl] = table.speakers();
        let boxed = Region {
            followers: (12_000, 40_000),
            rate: Some((0.03, 0.0605)),
        };
        assert_eq!(region(&en, &boxed), "12K–40K followers, ER 3–6.05%");
        assert_eq!(region(&nl, &boxed), "12K–40K volgers, ER 3–6,05%");
        let any = Region {
            rate: None,
            ..boxed
        };
        assert_eq!(region(&en, &any), "12K–40K followers");
    }

    #[test]
    fn what_one_account_gives_up_against_another_is_counted() {
        let mut builder = RosterBuilder::new(&[("Name", Some(Field::Name))]);
        for (name, followers, rate) in [
            ("Ada", 9_200, 0.02),
            ("Bo", 6_000, 0.034),
            ("Cas", 6_000, 0.034),
        ] {
            let figures = Figures {
                followers: Some(followers),
                engagement_rate: Some(rate),
                ..Figures::default()
            };
            builder.add(figures, &[name]);
        }
        let roster = builder.build();
        let account = |at| roster.account(AccountId(at)).unwrap();
        let table = Table::new();
        let [en, nl] = table.speakers();
        let told = |speaker, from, to| given_up(speaker, &account(from), &account(to)).unwrap();
        assert_eq!(
            told(&en, 0, 1),
            "3,200 followers fewer, 1.4 points more ER than Ada"
        );
        assert_eq!(
            told(&nl, 1, 0),
            "3.200 volgers meer, 1,4 punt minder ER dan Bo"
        );
        assert_eq!(told(&en, 1, 2), "the same as Bo");
    }

    #[test]
    fn what_is_not_drawn_is_counted() {
        let table = Table::new();
        let [en, _] = table.speakers();
        assert_eq!(
            hidden(&en, &scatter()),
            [
                "1 not drawn: no followers known",
                "1,400 not drawn: no ER known"
            ]
        );
        let told = hidden_in_all(&en, &scatter());
        assert_eq!(told.as_deref(), Some("1,401 not drawn"));
        let whole = Scatter {
            without_followers: 0,
            without_rate: 0,
            ..scatter()
        };
        assert_eq!(hidden_in_all(&en, &whole), None);
        let without = Scatter {
            y: None,
            without_followers: 0,
            ..scatter()
        };
        assert!(hidden(&en, &without).is_empty());
    }
}
