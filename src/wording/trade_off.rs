//! Reach against engagement in words: what the fitted line means, and what is not drawn.

use super::Speaker;
use crate::query::scatter::Scatter;
use crate::query::trend::Trend;
use crate::text::number;

/// What the line means, with the number of accounts and the share explained; or why there is none.
#[must_use]
pub fn trend(speaker: &Speaker<'_>, scatter: &Scatter) -> String {
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
    speaker.say("trend.none.flat").to_owned()
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
    use super::super::fixture::{Table, is_whole};
    use super::*;
    use crate::query::scatter::{Grid, LogAxis};

    fn scatter() -> Scatter {
        let axis = LogAxis {
            low: 0.01,
            high: 0.1,
        };
        Scatter {
            grid: Grid {
                width: 10,
                height: 5,
            },
            x: axis,
            y: Some(axis),
            spots: Vec::new(),
            drawn: 1_388,
            without_followers: 1,
            without_rate: 1_400,
            medians: Vec::new(),
            trend: Some(Trend {
                slope: -0.236_572,
                intercept: 0.0,
                r_squared: 0.314,
                accounts: 1_388,
            }),
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
