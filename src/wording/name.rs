//! The names of things that have no entry of their own in the data: standings, facets, sort keys, measures.

use super::Speaker;
use crate::domain::field::{Facet, Field};
use crate::domain::goal::Need;
use crate::domain::roster::Schema;
use crate::domain::tier::{Standing, TierId, TierScheme};
use crate::domain::verdict::Verdict;
use crate::query::order::SortKey;
use crate::query::pyramid::Measure;
use crate::text::clean::clean;

/// The name of a tier; empty when the scheme does not have it.
#[must_use]
pub fn tier<'a>(speaker: &Speaker<'_>, scheme: &'a TierScheme, tier: TierId) -> &'a str {
    scheme
        .tier(tier)
        .map_or("", |tier| tier.name.say(speaker.language))
}

/// The name of a standing.
#[must_use]
pub fn standing(speaker: &Speaker<'_>, scheme: &TierScheme, standing: Standing) -> String {
    match standing {
        Standing::Tier(id) => tier(speaker, scheme, id).to_owned(),
        Standing::Below => {
            let bound = scheme.tiers().first().map_or(0, |tier| tier.from);
            speaker.fill("standing.below", &[("bound", &speaker.count(bound))])
        }
        Standing::Unranked => speaker.say("standing.unranked").to_owned(),
    }
}

/// The name of a facet as it stands inside a sentence.
#[must_use]
pub fn facet<'a>(speaker: &Speaker<'a>, facet: Facet) -> &'a str {
    speaker.say(match facet {
        Facet::Platform => "facet.platform",
        Facet::Category => "facet.category",
        Facet::City => "facet.city",
        Facet::Country => "facet.country",
        Facet::Language => "facet.language",
    })
}

/// The name of a verdict, or of having none.
#[must_use]
pub fn verdict<'a>(speaker: &Speaker<'a>, verdict: Option<Verdict>) -> &'a str {
    speaker.say(match verdict {
        Some(Verdict::Yes) => "verdict.yes",
        Some(Verdict::Backup) => "verdict.backup",
        Some(Verdict::No) => "verdict.no",
        None => "verdict.none",
    })
}

/// The name of a need as it stands inside a sentence.
#[must_use]
pub fn need<'a>(speaker: &Speaker<'a>, need: Need) -> &'a str {
    speaker.say(match need {
        Need::Category => "need.category",
        Need::City => "need.city",
    })
}

/// The name of a field; its identifier when the playbook has no name for it.
#[must_use]
pub fn field<'a>(speaker: &Speaker<'a>, field: Field) -> &'a str {
    speaker
        .playbook
        .field(field)
        .map_or(field.id(), |entry| entry.name.say(speaker.language))
}

/// The name of what accounts are sorted by; a column of the file goes by its field, or by its header,
/// cleaned, where that is unknown.
#[must_use]
pub fn sort_key(speaker: &Speaker<'_>, schema: &Schema, key: SortKey) -> String {
    let word = match key {
        SortKey::Row => "sort.row",
        SortKey::Fit => "sort.fit",
        SortKey::Followers => "sort.followers",
        SortKey::Rate => "sort.rate",
        SortKey::Engagements => "sort.engagements",
        SortKey::Price => "sort.price",
        SortKey::Cpm => "sort.cpm",
        SortKey::Cpe => "sort.cpe",
        SortKey::Residual => "sort.residual",
        SortKey::Verdict => "sort.verdict",
        SortKey::Column(at) => {
            let Some(column) = schema.columns.get(at) else {
                return String::new();
            };
            return match column.field {
                Some(known) => field(speaker, known).to_owned(),
                None => clean(&column.header).into_owned(),
            };
        }
    };
    speaker.say(word).to_owned()
}

/// The name of what the width of the pyramid means.
#[must_use]
pub fn measure<'a>(speaker: &Speaker<'a>, measure: Measure) -> &'a str {
    speaker.say(match measure {
        Measure::Shape => "measure.shape",
        Measure::Accounts => "measure.accounts",
        Measure::Reach => "measure.reach",
        Measure::Engagements => "measure.engagements",
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Table, scheme};
    use super::*;
    use crate::domain::roster::SourceColumn;

    #[test]
    fn everything_has_a_name_of_its_own_in_both_languages() {
        let table = Table::new();
        let schema = Schema {
            columns: vec![SourceColumn {
                header: "Kleur\u{1b}[2J".to_owned(),
                field: None,
                notation: None,
                is_kept: true,
            }],
            ..Schema::default()
        };
        for speaker in table.speakers() {
            let keys = [
                SortKey::Row,
                SortKey::Fit,
                SortKey::Followers,
                SortKey::Rate,
                SortKey::Engagements,
                SortKey::Price,
                SortKey::Cpm,
                SortKey::Cpe,
                SortKey::Residual,
                SortKey::Column(0),
                SortKey::Column(9),
            ];
            let mut names: Vec<String> = keys
                .iter()
                .map(|key| sort_key(&speaker, &schema, *key))
                .collect();
            assert_eq!(names[9], "Kleur␛[2J");
            assert_eq!(names[10], "");
            assert!(!names[..9].iter().any(|name| name.starts_with("sort.")));
            names.sort();
            names.dedup();
            assert_eq!(names.len(), keys.len());
            for it in Measure::ALL {
                assert!(!measure(&speaker, it).starts_with("measure."));
            }
            for it in Facet::ALL {
                assert!(!facet(&speaker, it).starts_with("facet."));
            }
            let tiers = scheme();
            assert_eq!(
                standing(&speaker, &tiers, Standing::Tier(TierId(1))),
                "micro"
            );
            assert_eq!(standing(&speaker, &tiers, Standing::Tier(TierId(9))), "");
            for it in [Standing::Below, Standing::Unranked] {
                assert!(!standing(&speaker, &tiers, it).starts_with("standing."));
            }
        }
    }
}
