//! Decisions in words: how a file and its columns were read.

use super::{Speaker, name};
use crate::domain::decision::{
    Because, DecimalStyle, Decision, PlatformFrom, RateBasis, RateFrom, RateUnit,
};
use crate::text::clean::clean;

/// One sentence for a decision, with headers and cells cleaned.
#[must_use]
pub fn sentence(speaker: &Speaker<'_>, decision: &Decision) -> String {
    match decision {
        Decision::File(name) => speaker.fill("decision.file", &[("file", &clean(name))]),
        Decision::Packed(name) => speaker.fill("decision.packed", &[("format", &clean(name))]),
        Decision::Format(name) => speaker.fill("decision.format", &[("format", &clean(name))]),
        Decision::Sheet { name, sheets } => {
            let count = speaker.count(*sheets as u64);
            let values = [("sheet", &*clean(name)), ("count", count.as_str())];
            speaker.fill("decision.sheet", &values)
        }
        Decision::Within(place) => speaker.fill("decision.within", &[("place", &clean(place))]),
        Decision::Glued => speaker.say("decision.glued").to_owned(),
        Decision::Wide(platforms) => {
            let names = platforms.join(", ");
            speaker.fill("decision.wide", &[("platforms", &clean(&names))])
        }
        Decision::Delimiter(sign) => delimiter(speaker, *sign),
        Decision::Encoding(name) => {
            speaker.fill("decision.encoding", &[("encoding", &clean(name))])
        }
        Decision::Column {
            header,
            field,
            because,
            ..
        } => {
            let key = match because {
                Because::Header => "decision.column.header",
                Because::HeaderWords => "decision.column.header_words",
                Because::Latest => "decision.column.latest",
                Because::Content => "decision.column.content",
                Because::Told => "decision.column.told",
            };
            let field = name::field(speaker, *field);
            in_column(speaker, key, header, ("field", field))
        }
        Decision::Twin { header, field, .. } => {
            let field = name::field(speaker, *field);
            in_column(speaker, "decision.twin", header, ("field", field))
        }
        Decision::ReadAgain { header } => {
            in_column(speaker, "decision.read_again", header, ("", ""))
        }
        Decision::Style { header, style } => {
            let key = match style {
                DecimalStyle::Point => "decision.style.point",
                DecimalStyle::Comma => "decision.style.comma",
            };
            in_column(speaker, key, header, ("", ""))
        }
        Decision::Scale { header, power } => {
            let unit = speaker.count(10u64.pow((*power).clamp(0, 18).unsigned_abs()));
            in_column(speaker, "decision.scale", header, ("unit", &unit))
        }
        Decision::Ambiguous {
            header,
            example,
            taken,
        } => {
            let key = match taken {
                DecimalStyle::Point => "decision.ambiguous.point",
                DecimalStyle::Comma => "decision.ambiguous.comma",
            };
            in_column(speaker, key, header, ("example", &clean(example)))
        }
        Decision::Rate {
            header,
            unit,
            basis,
        } => {
            let key = match unit {
                RateUnit::Fraction => "decision.rate.fraction",
                RateUnit::Percent => "decision.rate.percent",
                RateUnit::Count => "decision.rate.count",
            };
            in_column(
                speaker,
                key,
                header,
                ("basis", self::basis(speaker, *basis)),
            )
        }
        Decision::RateComputed { from } => speaker
            .say(match from {
                RateFrom::Engagements => "decision.rate_computed.engagements",
                RateFrom::LikesAndComments => "decision.rate_computed.likes_and_comments",
                RateFrom::Likes => "decision.rate_computed.likes",
            })
            .to_owned(),
        Decision::Platform { from, name } => platform(speaker, *from, name),
        Decision::Currency(code) => {
            speaker.fill("decision.currency", &[("currency", &clean(code))])
        }
    }
}

/// Why a column was taken for a field, in short.
#[must_use]
pub fn because<'a>(speaker: &Speaker<'a>, because: Because) -> &'a str {
    speaker.say(match because {
        Because::Header => "because.header",
        Because::HeaderWords => "because.header_words",
        Because::Latest => "because.latest",
        Because::Content => "because.content",
        Because::Told => "because.told",
    })
}

/// What an engagement rate is a rate of, in words.
#[must_use]
pub fn basis<'a>(speaker: &Speaker<'a>, basis: RateBasis) -> &'a str {
    speaker.say(match basis {
        RateBasis::Followers => "basis.followers",
        RateBasis::Views => "basis.views",
        RateBasis::Reach => "basis.reach",
    })
}

fn in_column(speaker: &Speaker<'_>, key: &str, header: &str, value: (&str, &str)) -> String {
    speaker.fill(key, &[("column", &clean(header)), value])
}

fn delimiter(speaker: &Speaker<'_>, sign: char) -> String {
    let key = match sign {
        ',' => "delimiter.comma",
        ';' => "delimiter.semicolon",
        '\t' => "delimiter.tab",
        '|' => "delimiter.pipe",
        ' ' => "delimiter.space",
        _ => "delimiter.other",
    };
    let sign = sign.to_string();
    let named = speaker.fill(key, &[("delimiter", &clean(&sign))]);
    speaker.fill("decision.delimiter", &[("delimiter", &named)])
}

fn platform(speaker: &Speaker<'_>, from: PlatformFrom, name: &str) -> String {
    let key = match from {
        PlatformFrom::Urls => "decision.platform.urls",
        PlatformFrom::Header => "decision.platform.header",
        PlatformFrom::FileName => "decision.platform.file_name",
    };
    let name = match name {
        "" => speaker.say("decision.platform.each").into(),
        name => clean(name),
    };
    speaker.fill(key, &[("platform", &name)])
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Table, is_whole};
    use super::*;
    use crate::domain::field::Field;

    fn header() -> String {
        "Volg\u{1b}ers".to_owned()
    }

    fn all() -> Vec<Decision> {
        let mut all: Vec<Decision> = [',', ';', '\t', '|', '\u{1b}']
            .map(Decision::Delimiter)
            .into();
        all.push(Decision::Encoding("UTF-8".to_owned()));
        all.push(Decision::File("a\u{1b}.csv".to_owned()));
        all.push(Decision::Packed("gzip".to_owned()));
        all.push(Decision::Format("XLSX".to_owned()));
        all.push(Decision::Sheet {
            name: "Blad\u{1b}1".to_owned(),
            sheets: 3,
        });
        all.push(Decision::Within("creators[]".to_owned()));
        all.push(Decision::Glued);
        all.push(Decision::Wide(vec!["Instagram".into(), "TikTok".into()]));
        all.push(Decision::Currency("EUR".to_owned()));
        let field = Field::Followers;
        for because in [
            Because::Header,
            Because::HeaderWords,
            Because::Content,
            Because::Told,
        ] {
            all.push(Decision::Column {
                header: header(),
                at: 3,
                field,
                because,
            });
        }
        all.push(Decision::Twin {
            header: header(),
            at: 4,
            field,
        });
        for style in [DecimalStyle::Point, DecimalStyle::Comma] {
            all.push(Decision::Style {
                header: header(),
                style,
            });
            all.push(Decision::Ambiguous {
                header: header(),
                example: "1.234".to_owned(),
                taken: style,
            });
        }
        for unit in [RateUnit::Fraction, RateUnit::Percent, RateUnit::Count] {
            for basis in [RateBasis::Followers, RateBasis::Views, RateBasis::Reach] {
                all.push(Decision::Rate {
                    header: header(),
                    unit,
                    basis,
                });
            }
        }
        for from in [
            RateFrom::Engagements,
            RateFrom::LikesAndComments,
            RateFrom::Likes,
        ] {
            all.push(Decision::RateComputed { from });
        }
        for from in [
            PlatformFrom::Urls,
            PlatformFrom::Header,
            PlatformFrom::FileName,
        ] {
            for name in ["TikTok", ""] {
                all.push(Decision::Platform {
                    from,
                    name: name.to_owned(),
                });
            }
        }
        all
    }

    #[test]
    fn every_decision_is_told_differently_cleaned_and_whole() {
        let table = Table::new();
        for speaker in table.speakers() {
            let mut told: Vec<String> = all().iter().map(|it| sentence(&speaker, it)).collect();
            for it in &told {
                assert!(is_whole(it), "{it}");
                assert!(!it.contains('\u{1b}'), "{it:?}");
            }
            told.sort();
            told.dedup();
            assert_eq!(told.len(), all().len());
        }
    }

    #[test]
    fn columns_are_told_with_the_name_of_their_field() {
        let table = Table::new();
        let [en, nl] = table.speakers();
        let column = Decision::Column {
            header: "Fans".to_owned(),
            at: 1,
            field: Field::Followers,
            because: Because::Header,
        };
        assert_eq!(sentence(&en, &column), "column 'Fans' is followers");
        assert_eq!(sentence(&nl, &column), "kolom 'Fans' is volgers");
    }
}
