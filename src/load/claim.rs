//! Claims: the fields that one column could be, by its header and by what stands under it. Which claim is granted is
//! [`super::meaning`]'s.

use super::lexicon::Meant;
use super::profile::{self, Profile};
use super::style;
use crate::domain::decision::{Because, DecimalStyle, RateUnit};
use crate::domain::field::{Field, FieldKind};
use crate::domain::table::Record;
use crate::text::fold;

/// A field that a column could be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Claim {
    /// The field.
    pub(super) field: Field,
    /// Position of the column.
    pub(super) column: usize,
    /// How much speaks for it.
    pub(super) score: f64,
    /// What speaks for it.
    pub(super) because: Because,
}

/// What a column can be: meanings of its header that its cells fit, else what the cells look like.
pub(super) fn claims_of(
    at: usize,
    header: &str,
    meanings: &[Meant],
    profile: &Profile,
    rows: &[Record],
) -> Vec<Claim> {
    let mut claims = Vec::new();
    for meant in meanings {
        let (field, corrected) = by_content(meant.field, at, profile, rows);
        let field = by_sign(field, header, profile);
        let because = match (corrected, meant.exact) {
            (true, _) => Because::Content,
            (false, true) => Because::Header,
            (false, false) => Because::HeaderWords,
        };
        if fits(field, profile) {
            claims.push(Claim {
                field,
                column: at,
                score: meant.score,
                because,
            });
        }
    }
    let content = [
        (Field::Email, profile.emails),
        (Field::Url, profile.urls),
        (Field::Handle, profile.ats),
        (Field::Platform, profile.platforms),
    ];
    if claims.is_empty()
        && let Some((field, _)) = content
            .into_iter()
            .find(|(_, some)| profile.mostly(*some, 0.7))
    {
        claims.push(Claim {
            field,
            column: at,
            score: 20.0,
            because: Because::Content,
        });
    }
    let counted = |meant: &&Meant| meant.exact && meant.field == Field::Followers;
    if claims.is_empty()
        && profile.numbers > profile.percents
        && meanings.iter().any(|meant| counted(&meant))
    {
        claims.push(Claim {
            field: Field::Followers,
            column: at,
            score: SPOILT,
            because: Because::Header,
        });
    }
    claims
}

/// How much speaks for followers by their very name, of which most counts cannot be read: less than for any others.
const SPOILT: f64 = 1.0;

/// Engagement with a percent sign in its header is a rate, however large its numbers are.
fn by_sign(field: Field, header: &str, profile: &Profile) -> Field {
    let key = fold::key(header);
    let signed = key.contains(['%', '‰']) || key.contains("percent") || key.contains("procent");
    if field == Field::Engagements && signed && !profile.mostly(profile.shortened, 0.1) {
        Field::EngagementRate
    } else {
        field
    }
}

/// The field that a header means, corrected by what stands under it; true when it had to be.
fn by_content(field: Field, at: usize, profile: &Profile, rows: &[Record]) -> (Field, bool) {
    let unit = || {
        let numbers = profile::numbers(rows, at, DecimalStyle::Point);
        style::rate_unit(numbers.map(|(_, number)| number).collect(), profile)
    };
    let corrected = match field {
        Field::Name | Field::Handle if profile.mostly(profile.platforms, 0.6) => Field::Platform,
        Field::Name | Field::Handle if profile.mostly(profile.urls, 0.6) => Field::Url,
        Field::Url if profile.mostly(profile.ats, 0.6) => Field::Handle,
        Field::Platform if profile.known > 0 && !profile.mostly(profile.platforms, 0.5) => {
            Field::Name
        }
        Field::EngagementRate if profile.numbers > 0 && unit() == RateUnit::Count => {
            Field::Engagements
        }
        Field::Engagements
            if profile.numbers > 0 && (profile.percents > 0 || unit() == RateUnit::Fraction) =>
        {
            Field::EngagementRate
        }
        _ => field,
    };
    (corrected, corrected != field)
}

/// Whether the cells of a column can be this field. A column without known cells can be anything.
fn fits(field: Field, profile: &Profile) -> bool {
    if profile.known == 0 {
        return true;
    }
    match field.kind() {
        FieldKind::Count => profile.mostly(profile.numbers - profile.percents, 0.5),
        FieldKind::Rate | FieldKind::Money => profile.mostly(profile.numbers, 0.5),
        FieldKind::Facet(_) => !profile.mostly(profile.numbers, 0.5),
        FieldKind::Text => match field {
            Field::Url => profile.mostly(profile.urls, 0.3),
            Field::Email => profile.mostly(profile.emails, 0.3),
            Field::Name | Field::Handle => !profile.mostly(profile.numbers, 0.8),
            Field::Contact | Field::Notes | Field::Bio | Field::PastBrands => {
                !profile.mostly(profile.numbers, 0.8)
            }
            _ => true,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn followers_by_their_very_name_are_claimed_last_where_few_counts_can_be_read() {
        let profile = |numbers| Profile {
            known: 10,
            filled: 10,
            numbers,
            ..Profile::default()
        };
        let meant = |exact| Meant {
            field: Field::Followers,
            score: 90.0,
            exact,
        };
        let claims = |exact, numbers| claims_of(0, "x", &[meant(exact)], &profile(numbers), &[]);
        assert!(claims(true, 0).is_empty() && claims(false, 2).is_empty());
        let scores = |numbers| claims(true, numbers).first().map(|claim| claim.score);
        assert_eq!((scores(2), scores(9)), (Some(SPOILT), Some(90.0)));
    }

    #[test]
    fn cells_that_do_not_fit_drop_a_claim() {
        let words = Profile {
            known: 10,
            filled: 10,
            numbers: 4,
            ..Profile::default()
        };
        assert!(!fits(Field::Followers, &words));
        assert!(fits(Field::Country, &words));
        let numbers = Profile {
            known: 10,
            filled: 10,
            numbers: 9,
            ..Profile::default()
        };
        assert!(fits(Field::Views, &numbers));
        assert!(!fits(Field::Country, &numbers));
        let percents = Profile {
            percents: 9,
            ..numbers
        };
        assert!(!fits(Field::Followers, &percents));
        assert!(fits(Field::EngagementRate, &percents));
        assert!(fits(Field::Followers, &Profile::default()));
    }
}
