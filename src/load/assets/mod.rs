//! The rules and words that come as data: `assets/*.toml`, built into the program, and the user's own files.
//!
//! A file of the user bears the name of a built-in one and stands in a folder of theirs. Its entries are added, or
//! amend the built-in entry with the same `id` key by key; lists of spellings are added to. What an entry must satisfy
//! stands with its kind, one file each. Colours, keys and the demonstration roster are read elsewhere.

mod benchmarks;
mod entry;
mod fields;
mod goals;
mod plain;
mod platforms;
mod prices;
mod reach;
mod tiers;
mod vocabulary;

use crate::domain::playbook::Playbook;
use crate::text::words::Words;
use anyhow::{Context, Result};
use entry::{Entry, Source};
use std::io::ErrorKind;
use std::path::Path;

/// A built-in file: its name, what its entries are called, its text, and the lists that a user's entry adds to.
struct Asset {
    name: &'static str,
    kind: &'static str,
    text: &'static str,
    lists: &'static [&'static str],
}

const TIERS: Asset = Asset {
    name: "tiers.toml",
    kind: "scheme",
    text: include_str!("../../../assets/tiers.toml"),
    lists: &[],
};

const ROLES: Asset = Asset {
    name: "roles.toml",
    kind: "role",
    text: include_str!("../../../assets/roles.toml"),
    lists: &[],
};

const GOALS: Asset = Asset {
    name: "goals.toml",
    kind: "goal",
    text: include_str!("../../../assets/goals.toml"),
    lists: &[],
};

const BENCHMARKS: Asset = Asset {
    name: "benchmarks.toml",
    kind: "benchmark",
    text: include_str!("../../../assets/benchmarks.toml"),
    lists: &[],
};

const REACH: Asset = Asset {
    name: "reach.toml",
    kind: "reach",
    text: include_str!("../../../assets/reach.toml"),
    lists: &[],
};

const PRICES: Asset = Asset {
    name: "prices.toml",
    kind: "price",
    text: include_str!("../../../assets/prices.toml"),
    lists: &[],
};

const PLATFORMS: Asset = Asset {
    name: "platforms.toml",
    kind: "platform",
    text: include_str!("../../../assets/platforms.toml"),
    lists: &["aliases", "hosts"],
};

const FIELDS: Asset = Asset {
    name: "fields.toml",
    kind: "field",
    text: include_str!("../../../assets/fields.toml"),
    lists: &["synonyms", "never"],
};

/// The built-in words, a file per part of the program.
const WORDS: &[(&str, &str)] = &[
    (
        "words/base.toml",
        include_str!("../../../assets/words/base.toml"),
    ),
    (
        "words/desk.toml",
        include_str!("../../../assets/words/desk.toml"),
    ),
    (
        "words/pages.toml",
        include_str!("../../../assets/words/pages.toml"),
    ),
    (
        "words/batch.toml",
        include_str!("../../../assets/words/batch.toml"),
    ),
    (
        "words/mix.toml",
        include_str!("../../../assets/words/mix.toml"),
    ),
];
/// The user's own words, over those of all built-in files.
const OWN_WORDS: &str = "words.toml";

/// The built-in rules.
///
/// # Errors
/// When a built-in file is at fault, which the tests rule out.
pub fn embedded() -> Result<Playbook> {
    playbook(None)
}

/// The built-in words.
///
/// # Errors
/// When a built-in file is at fault, which the tests rule out.
pub fn words() -> Result<Words> {
    vocabulary::read(&built_in_words(), None)
}

fn built_in_words() -> Vec<Source> {
    WORDS
        .iter()
        .map(|(name, text)| built_in(name, text))
        .collect()
}

/// The rules and words with the user's own files of this folder over them. A file that is not there changes
/// nothing, nor does a folder that is not there.
///
/// # Errors
/// When a file cannot be read or holds a mistake; the message names the file, the line, the entry and the key,
/// and what was expected.
pub fn with_folder(dir: &Path) -> Result<(Playbook, Words)> {
    let words = vocabulary::read(&built_in_words(), own(dir, OWN_WORDS)?.as_ref())?;
    Ok((playbook(Some(dir))?, words))
}

fn playbook(dir: Option<&Path>) -> Result<Playbook> {
    let platforms = platforms::read(&entries(&PLATFORMS, dir)?)?;
    let fields = entries(&FIELDS, dir)?;
    // That no header stands under two fields takes as long as reading them all, and is tested of the built-in ones.
    if fields.iter().any(|entry| entry.is_own) {
        fields::check(&fields)?;
    }
    Ok(Playbook {
        schemes: tiers::read_schemes(&entries(&TIERS, dir)?)?,
        roles: tiers::read_roles(&entries(&ROLES, dir)?)?,
        goals: goals::read(&entries(&GOALS, dir)?)?,
        benchmarks: benchmarks::read(&entries(&BENCHMARKS, dir)?, &platforms)?,
        reach_rates: reach::read(&entries(&REACH, dir)?)?,
        prices: prices::read(&entries(&PRICES, dir)?, &platforms)?,
        fields: fields::read(&fields)?,
        platforms,
    })
}

fn built_in(name: &str, text: &str) -> Source {
    Source {
        name: name.to_owned(),
        text: text.to_owned(),
    }
}

/// The entries of a file, with those of the user's file of that name.
fn entries(asset: &Asset, dir: Option<&Path>) -> Result<Vec<Entry>> {
    let mut all = entry::parse(&built_in(asset.name, asset.text), asset.kind)?;
    if let Some(dir) = dir
        && let Some(source) = own(dir, asset.name)?
    {
        entry::amend(&mut all, entry::parse(&source, asset.kind)?, asset.lists);
    }
    Ok(all)
}

/// The user's file of this name, if there is one.
fn own(dir: &Path, name: &str) -> Result<Option<Source>> {
    let path = dir.join(name);
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some(Source {
            name: path.display().to_string(),
            text: text.trim_start_matches('\u{feff}').to_owned(),
        })),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => {
            Err(error).with_context(|| format!("{} cannot be read as UTF-8 text", path.display()))
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::field::Field;
    use crate::domain::price::PriceSize;
    use crate::domain::tier::{Role, Standing, TierId};
    use crate::text::Language;

    fn with(name: &str, text: &str) -> Result<(Playbook, Words)> {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(name), text).unwrap();
        with_folder(dir.path())
    }

    /// The message of a mistake, checked to name the file.
    fn mistake(name: &str, text: &str) -> String {
        let message = format!("{:#}", with(name, text).unwrap_err());
        assert!(message.contains(name), "{message}");
        message
    }

    #[test]
    fn built_in_rules_are_sound() {
        let playbook = embedded().unwrap();
        let first = playbook.schemes.first().unwrap();
        assert_eq!(first.id, "influentials");
        assert_eq!(first.of(Some(100_000)), Standing::Tier(TierId(2)));
        assert_eq!(first.of(Some(100_001)), Standing::Tier(TierId(3)));
        assert_eq!(first.of(Some(999)), Standing::Below);
        assert_eq!(playbook.goals.len(), 13);
        for role in Role::ALL {
            assert!(playbook.role(role).is_some());
        }
        for scheme in &playbook.schemes {
            for goal in &playbook.goals {
                assert!(goal.applies(scheme), "{} in {}", goal.id, scheme.id);
            }
        }
        let listed: Vec<Field> = playbook.fields.iter().map(|entry| entry.field).collect();
        assert_eq!(listed, Field::ALL);
        assert_eq!(playbook.platform("Twitter / X").unwrap().id, "x");
        assert!(playbook.benchmark("Insta").is_some());
        for role in Role::ALL {
            assert!(playbook.reach_rates.iter().any(|rate| rate.role == role));
        }
    }

    #[test]
    fn built_in_prices_cover_the_sizes_they_state_and_name_their_source() {
        let playbook = embedded().unwrap();
        let euro = playbook.price_table("EUR").unwrap();
        assert_eq!(euro.id, "webwoordenboek");
        assert_eq!(playbook.price_table("USD").unwrap().id, "word-on-the-block");
        assert!(playbook.price_table("GBP").is_none());
        for table in &playbook.prices {
            assert!(table.url.starts_with("https://"), "{}", table.id);
            let told = [&table.source.en, &table.source.nl];
            assert!(told.iter().all(|it| it.contains("20")), "no year: {told:?}");
            let ranges = table.sizes.iter().filter_map(PriceSize::range);
            assert!(ranges.clone().count() >= 2, "{}", table.id);
            assert!(ranges.into_iter().all(|(low, high)| low <= high));
        }
        let range = |followers| euro.size(Some("instagram"), followers)?.range();
        assert_eq!(range(999), None);
        assert_eq!(range(1_000), Some((50.0, 150.0)));
        assert_eq!(range(49_999), Some((75.0, 250.0)));
        assert_eq!(range(100_000), Some((250.0, 1_000.0)));
        // "More than €1,000" is no range.
        assert_eq!(range(500_000), None);
        let dollars = playbook.price_table("USD").unwrap();
        let range = |platform| dollars.size(platform, 5_000)?.range();
        assert_eq!(range(Some("tiktok")), Some((5.0, 25.0)));
        assert_eq!(range(Some("pinterest")), None);
        assert_eq!(range(None), None);
    }

    #[test]
    fn no_built_in_header_stands_under_two_fields() {
        fields::check(&entries(&FIELDS, None).unwrap()).unwrap();
    }

    #[test]
    fn a_folder_without_files_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let expected = (embedded().unwrap(), words().unwrap());
        assert_eq!(with_folder(dir.path()).unwrap(), expected);
        assert_eq!(with_folder(&dir.path().join("none")).unwrap(), expected);
    }

    #[test]
    fn entries_amend_and_add() {
        let (playbook, _) = with(
            "fields.toml",
            "\u{feff}[[field]]\nid = \"followers\"\nsynonyms = [\"Bekende mensen\", \"volgers\"]\n",
        )
        .unwrap();
        let followers = playbook.field(Field::Followers).unwrap();
        assert!(followers.synonyms.iter().any(|s| s == "Bekende mensen"));
        assert!(followers.synonyms.iter().any(|s| s == "followers"));
        assert_eq!(followers.name.say(Language::Nl), "volgers");

        let (playbook, _) = with(
            "goals.toml",
            "[[goal]]\nid = \"buzz\"\nweights = { tier = 40, reach = 0, engagement = 20, value = 40 }\n",
        )
        .unwrap();
        assert_eq!(playbook.goal("buzz").unwrap().weights.tier, 40);
        assert_eq!(playbook.goals.len(), 13);

        let (playbook, _) = with(
            "tiers.toml",
            "[[scheme]]\nid = \"ours\"\nname = { en = \"Ours\", nl = \"Van ons\" }\nsource = \"us\"\ntiers = [\n\
             { id = \"small\", from = 0, roles = [\"nano\"], name = { en = \"small\", nl = \"klein\" } }]\n",
        )
        .unwrap();
        assert_eq!(playbook.schemes.first().unwrap().id, "influentials");
        assert_eq!(playbook.scheme("ours").unwrap().tiers().len(), 1);

        let (_, words) = with(
            "words.toml",
            "\"goal.none\" = { en = \"leave\", nl = \"weg\" }",
        )
        .unwrap();
        assert_eq!(words.say(Language::En, "goal.none"), "leave");
    }

    /// A file of the user, its text, and a part of the message that it must give.
    const MISTAKES: &[(&str, &str, &str)] = &[
        (
            "goals.toml",
            "[[goal]]\nid = \"buzz\"\nweights = { tier = 40, reach = 0, engagement = 20, value = 41 }",
            "goal 'buzz': `weights`: must add up to 100, these add up to 101",
        ),
        (
            "goals.toml",
            "\n\n[[goal]]\nid = \"buzz\"\nideal = [\"giant\"]",
            ":3, goal 'buzz': unknown variant `giant`, expected one of `nano`",
        ),
        (
            "goals.toml",
            "[[goal]]\nid = \"buzz\"\nideal = []",
            "`ideal`: must name at least one role",
        ),
        (
            "goals.toml",
            "[[goal]]\nid = \"buzz\"\nideal = [\"micro\"]",
            "`possible`: names micro, which is ideal already",
        ),
        (
            "goals.toml",
            "[[goal]]\nid = \"buzz\"\nwieght = 3",
            "unknown field `wieght`",
        ),
        (
            "goals.toml",
            "[[goal]]\nid = \"new\"",
            "goal 'new': missing field",
        ),
        (
            "goals.toml",
            "[[goal]]\nname = 3",
            "a [[goal]] needs an `id`",
        ),
        (
            "goals.toml",
            "[[goal]]\nid = \"buzz\"\n[[goal]]\nid = \"buzz\"",
            "'buzz' stands twice",
        ),
        (
            "goals.toml",
            "[[goal]]\nid = \"Olie vlek\"",
            "lower-case letters",
        ),
        (
            "goals.toml",
            "[[gaol]]\nid = \"buzz\"",
            "expected [[goal]], found `gaol`",
        ),
        ("goals.toml", "[[goal]\n", "TOML parse error at line 1"),
        (
            "goals.toml",
            "[[goal]]\nid = \"buzz\"\nreason = { en = \"x\", nl = \" \" }",
            "`reason.nl`: must not be empty",
        ),
        (
            "tiers.toml",
            "[[scheme]]\nid = \"duel\"\ntiers = []",
            "scheme 'duel': `tiers`: a tier scheme needs at least one",
        ),
        (
            "tiers.toml",
            "[[scheme]]\nid = \"duel\"\ntiers = [{ id = \"a\", from = 5, roles = [], name = { en = \"a\", nl = \"a\" } }]",
            "`tiers.a.roles`: must name at least one role",
        ),
        ("roles.toml", "[[role]]\nid = \"giant\"", "role 'giant'"),
        (
            "benchmarks.toml",
            "[[benchmark]]\nid = \"instagram-modash\"\nplatform = \"hyves\"",
            "`platform`: must be an id of platforms.toml, 'hyves' is none",
        ),
        (
            "benchmarks.toml",
            "[[benchmark]]\nid = \"instagram-modash\"\nsizes = [{ from = 1, below = 0.2, high = 0.1 }]",
            "`sizes`: from 1: the cuts must rise",
        ),
        (
            "benchmarks.toml",
            "[[benchmark]]\nid = \"instagram-modash\"\nsizes = [{ from = 1, high = 6.5 }]",
            "a fraction",
        ),
        (
            "prices.toml",
            "[[price]]\nid = \"webwoordenboek\"\nsizes = [{ from = 1, low = 9, high = 8 }]",
            "`sizes`: from 1: `low` must not be above `high`",
        ),
        (
            "prices.toml",
            "[[price]]\nid = \"webwoordenboek\"\nsizes = [{ from = 9, low = 1 }, { from = 9 }]",
            "smallest first",
        ),
        (
            "prices.toml",
            "[[price]]\nid = \"webwoordenboek\"\nsizes = [{ from = 1, high = 8 }]",
            "a `high` needs a `low`",
        ),
        (
            "prices.toml",
            "[[price]]\nid = \"webwoordenboek\"\nsizes = [{ from = 1, platform = \"hyves\" }]",
            "'hyves' is none",
        ),
        (
            "prices.toml",
            "[[price]]\nid = \"webwoordenboek\"\ncurrency = \"euro\"",
            "`currency`: must be a code",
        ),
        (
            "prices.toml",
            "[[price]]\nid = \"webwoordenboek\"\nsource = { en = \"we\", nl = \" \" }",
            "`source.nl`: must not be empty",
        ),
        (
            "platforms.toml",
            "[[platform]]\nid = \"tiktok\"\naliases = [\"INSTA\"]",
            "'INSTA' is claimed by instagram already",
        ),
        (
            "fields.toml",
            "[[field]]\nid = \"city\"\nsynonyms = [\"#Volgers\"]",
            "'#Volgers' is claimed by followers already",
        ),
        (
            "fields.toml",
            "[[field]]\nid = \"city\"\nsynonyms = [\"@\"]",
            "'@' holds no letter or digit",
        ),
        (
            "fields.toml",
            "[[field]]\nid = \"shoe_size\"",
            "unknown variant `shoe_size`, expected one of `name`, `handle`",
        ),
        (
            "words.toml",
            "\"goal.none\" = { en = \"leave\" }",
            "missing field `nl`",
        ),
        (
            "words.toml",
            "\"goal.noen\" = { en = \"leave\", nl = \"weg\" }",
            "'goal.noen' is no key",
        ),
        (
            "words.toml",
            "\"goal.none\" = { en = \"leave {what}\", nl = \"weg {what}\" }",
            "{what}",
        ),
        (
            "words.toml",
            "\"goal.none\" = { en = \"leave\", nl = \"\" }",
            "'goal.none': `nl`: must not be empty",
        ),
    ];

    #[test]
    fn mistakes_name_entry_key_and_what_was_expected() {
        for (name, text, expected) in MISTAKES {
            let message = mistake(name, text);
            assert!(message.contains(expected), "{message}\nlacks: {expected}");
        }
    }

    #[test]
    fn real_headers_are_known() {
        let playbook = embedded().unwrap();
        let field_of = |header: &str| {
            let key = crate::text::fold::letters(header);
            playbook
                .fields
                .iter()
                .find(|entry| {
                    entry
                        .synonyms
                        .iter()
                        .any(|s| crate::text::fold::letters(s) == key)
                })
                .map(|entry| entry.field)
        };
        let cases = [
            ("#Followers/Subscribers", Some(Field::Followers)),
            ("follower_cnt", Some(Field::Followers)),
            ("Suscribers", Some(Field::Followers)),
            ("Seguidores_total", Some(Field::Followers)),
            ("참가자수", Some(Field::Followers)),
            ("ABONNÉS", Some(Field::Followers)),
            ("\nFollowers", Some(Field::Followers)),
            ("Following", None),
            ("#Followees", None),
            ("Followers gained", None),
            ("Seguidores_ganados", None),
            ("Assinantes dos últimos 30 dias", None),
            ("%ER", Some(Field::EngagementRate)),
            ("60_day_eng_rate", Some(Field::EngagementRate)),
            ("er_percentile", None),
            ("Eng. (Avg.)", Some(Field::Engagements)),
            ("likesAvg", Some(Field::Likes)),
            ("Likes(avg.)", Some(Field::Likes)),
            ("total_likes", None),
            ("Prijs (€)", Some(Field::Price)),
            ("Price Per User", None),
            ("Woonplaats", Some(Field::City)),
            ("País", Some(Field::Country)),
            ("Audience country(mostly)", None),
        ];
        for (header, field) in cases {
            assert_eq!(field_of(header), field, "{header}");
            let key = crate::text::fold::letters(header);
            let refused = playbook.fields.iter().any(|entry| {
                entry
                    .never
                    .iter()
                    .any(|s| crate::text::fold::letters(s) == key)
            });
            assert_eq!(refused, field.is_none(), "{header}");
        }
    }
}
