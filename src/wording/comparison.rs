//! What sets compared accounts apart, in words.

use super::Speaker;
use crate::query::comparison::{Figure, Row};
use crate::text::number;

/// The word of a figure.
#[must_use]
pub fn figure<'a>(speaker: &Speaker<'a>, figure: Figure) -> &'a str {
    speaker.say(match figure {
        Figure::Followers => "measure.reach",
        Figure::Rate => "measure.engagement_rate",
        Figure::Engagements => "measure.engagements",
        Figure::Price => "measure.price",
        Figure::Cpm => "measure.cpm",
        Figure::Cpe => "measure.cpe",
        Figure::Fit => "sort.fit",
    })
}

/// A value of a figure as it stands in a cell, and whether it goes by an estimated price.
#[must_use]
pub fn value(speaker: &Speaker<'_>, figure: Figure, (value, estimated): (f64, bool)) -> String {
    match figure {
        Figure::Followers | Figure::Engagements => speaker.count(value.round().max(0.0) as u64),
        Figure::Rate => speaker.percent(value),
        Figure::Price | Figure::Cpm | Figure::Cpe => speaker.priced(value, estimated),
        Figure::Fit => {
            let tilde = if estimated { "~" } else { "" };
            format!("{tilde}{}", number::decimal(value, 0, speaker.language))
        }
    }
}

/// Who has the best of each figure, and how many times that of whom; names are those of the accounts, cleaned.
#[must_use]
pub fn differences(speaker: &Speaker<'_>, names: &[String], rows: &[Row]) -> Vec<String> {
    let told = rows.iter().filter_map(|row| {
        let key = match row.figure {
            Figure::Followers => "compare.most_followers",
            Figure::Rate => "compare.highest_rate",
            Figure::Engagements => "compare.most_engagements",
            Figure::Cpe => "compare.cheapest_engagement",
            Figure::Price => "compare.cheapest",
            Figure::Cpm | Figure::Fit => return None,
        };
        let (best, worst, factor) = row.spread()?;
        let tilde = if row.is_estimated_at(best) || row.is_estimated_at(worst) {
            "~"
        } else {
            ""
        };
        let factor = format!("{tilde}{}", number::factor(factor, speaker.language));
        let values = [
            ("best", names.get(best)?.as_str()),
            ("worst", names.get(worst)?.as_str()),
            ("factor", factor.as_str()),
        ];
        Some(speaker.fill(key, &values))
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Table, is_whole};
    use super::*;

    #[test]
    fn the_best_is_told_with_how_many_times_the_worst() {
        let table = Table::new();
        let names = ["Anna", "Bob"].map(str::to_owned);
        let row = |figure| Row {
            figure,
            values: vec![Some(200.0), Some(50.0)],
            estimated: vec![figure == Figure::Price, false],
        };
        let rows = [
            Figure::Followers,
            Figure::Rate,
            Figure::Engagements,
            Figure::Price,
            Figure::Cpm,
            Figure::Cpe,
            Figure::Fit,
        ]
        .map(row);
        let [en, nl] = table.speakers();
        let told = differences(&en, &names, &rows);
        assert_eq!(told[0], "most followers: Anna, 4.00× those of Bob");
        assert_eq!(told[3], "cheapest: Bob; Anna asks ~4.00× as much");
        let told = differences(&nl, &names, &rows);
        assert_eq!(told.len(), 5);
        assert!(told.iter().all(|it| is_whole(it)), "{told:?}");
    }
}
