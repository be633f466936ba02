//! The lexicon: headers and platforms of the playbook, keyed as texts are compared.

use crate::domain::field::Field;
use crate::domain::playbook::Playbook;
use crate::text::fold;
use rustc_hash::{FxHashMap, FxHashSet};

/// What headers and platform names mean.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    synonyms: FxHashMap<String, (Field, usize)>,
    never: FxHashSet<(Field, String)>,
    names: Vec<String>,
    platforms: FxHashMap<String, usize>,
    hosts: Vec<(String, usize)>,
}

/// A reading of a header.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Meant {
    /// The field.
    pub field: Field,
    /// How well the header fits, 100 at best.
    pub score: f64,
    /// Whether the whole header is a synonym, not only words of it.
    pub exact: bool,
}

/// A header of more words is none that names a field.
const LONGEST: usize = 20;

/// Words that make something else of a header that names a field: growth, ranks, periods, bounds.
const TURNING: [&str; 60] = [
    "rank",
    "ranking",
    "gained",
    "gain",
    "gains",
    "growth",
    "change",
    "lost",
    "new",
    "last",
    "days",
    "day",
    "weekly",
    "monthly",
    "yearly",
    "previous",
    "min",
    "max",
    "minimum",
    "maximum",
    "lowest",
    "highest",
    "ratio",
    "per",
    "id",
    "type",
    "fake",
    "real",
    "notable",
    "credibility",
    "hidden",
    "following",
    "followees",
    "following",
    "percentile",
    "score",
    "goal",
    "target",
    "url",
    "country",
    "city",
    "age",
    "gender",
    "language",
    "quality",
    "date",
    "male",
    "female",
    "growing",
    "unfollowers",
    "groei",
    "nieuwe",
    "dagen",
    "maand",
    "ganados",
    "ganhos",
    "ultimos",
    "dias",
    "nuevos",
    "novos",
];

/// Words that are a header of their own, and too general to point to a field within a longer one.
const GENERAL: [&str; 38] = [
    "rate",
    "cost",
    "costs",
    "amount",
    "budget",
    "title",
    "channel",
    "user",
    "users",
    "account",
    "artist",
    "page",
    "audience",
    "members",
    "participants",
    "like",
    "land",
    "place",
    "location",
    "market",
    "mail",
    "kanaal",
    "tarief",
    "ad",
    "ar",
    "by",
    "il",
    "cont",
    "dil",
    "maa",
    "talent",
    "model",
    "expert",
    "charge",
    "community",
    "ort",
    "sitz",
    "gage",
];

/// Words that a header has around what it means, questions of a form above all.
#[rustfmt::skip]
const FILLING: [&str; 68] = [
    "what", "is", "are", "your", "you", "how", "many", "much", "do", "does", "have", "has", "on", "in", "the", "a", "an",
    "of", "for", "with", "please", "current", "which", "at", "my", "their", "to", "we",
    "wat", "hoeveel", "heb", "hebt", "heeft", "je", "jij", "jouw", "uw", "u", "op", "een", "de", "het", "voor", "welke",
    "met", "van", "bij", "ben", "zijn", "aan", "huidige", "graag", "jullie", "woon", "woont",
    "wie", "viele", "hast", "du", "dein", "deine", "ist", "combien", "quel", "est", "votre", "cuantos", "tienes",
];

/// Words after "per" that leave a header as it is: a figure per post is what fields hold.
const PIECES: [&str; 12] = [
    "post",
    "posts",
    "video",
    "videos",
    "reel",
    "tiktok",
    "content",
    "publication",
    "beitrag",
    "inlagg",
    "opslag",
    "samenwerking",
];

/// Words of a total over several platforms, weaker than a figure of one.
const OVERALL: [&str; 6] = ["total", "combined", "overall", "all", "totaal", "gesamt"];

/// Fields that words within a longer header can point to.
const BY_WORDS: [Field; 14] = [
    Field::Name,
    Field::Handle,
    Field::Followers,
    Field::EngagementRate,
    Field::Engagements,
    Field::Likes,
    Field::Comments,
    Field::Views,
    Field::Category,
    Field::City,
    Field::Country,
    Field::Language,
    Field::Price,
    Field::Email,
];

impl Lexicon {
    /// The lexicon of a playbook.
    #[must_use]
    pub fn of(playbook: &Playbook) -> Lexicon {
        let mut lexicon = Lexicon::default();
        for entry in &playbook.fields {
            for (at, synonym) in entry.synonyms.iter().enumerate() {
                let key = fold::letters(synonym);
                lexicon.synonyms.entry(key).or_insert((entry.field, at));
            }
            let never = entry.never.iter().map(|header| fold::letters(header));
            lexicon.never.extend(never.map(|key| (entry.field, key)));
        }
        for (at, platform) in playbook.platforms.iter().enumerate() {
            lexicon.names.push(platform.name.clone());
            for name in [&platform.id, &platform.name]
                .into_iter()
                .chain(&platform.aliases)
            {
                lexicon.platforms.entry(fold::letters(name)).or_insert(at);
            }
            for host in &platform.hosts {
                lexicon.hosts.push((host.to_lowercase(), at));
            }
        }
        lexicon
    }

    /// Whether a text is a header of a field.
    #[must_use]
    pub fn knows(&self, header: &str) -> bool {
        header.len() <= 80 && self.synonyms.contains_key(&fold::letters(header))
    }

    /// Whether a header looks like a field and is not.
    #[must_use]
    pub fn denies(&self, header: &str, field: Field) -> bool {
        self.never.contains(&(field, fold::letters(header)))
    }

    /// What a header can mean, the likeliest first.
    #[must_use]
    pub fn meanings(&self, header: &str) -> Vec<Meant> {
        if header.len() > 200 {
            return Vec::new();
        }
        let key = fold::letters(header);
        let mut meant = Vec::new();
        if key.is_empty() && header.contains('@') {
            meant.push(Meant {
                field: Field::Handle,
                score: 90.0,
                exact: true,
            });
        }
        if let Some((field, at)) = self.synonyms.get(&key) {
            let score = 100.0 - 0.1 * (*at).min(100) as f64;
            meant.push(Meant {
                field: *field,
                score,
                exact: true,
            });
        }
        for field in BY_WORDS {
            if meant.iter().all(|other| other.field != field)
                && let Some(score) = self.by_words(header, &key, field)
            {
                meant.push(Meant {
                    field,
                    score,
                    exact: false,
                });
            }
        }
        meant.sort_by(|a, b| b.score.total_cmp(&a.score));
        meant
    }

    /// How well words of a header point to a field.
    fn by_words(&self, header: &str, key: &str, field: Field) -> Option<f64> {
        if self.never.contains(&(field, key.to_owned())) {
            return None;
        }
        let words = words(header);
        let idle = |word: &String| FILLING.contains(&word.as_str());
        if words.len() > LONGEST || words.iter().filter(|word| !idle(word)).count() > 10 {
            return None;
        }
        let matched = self.longest_run(&words, field)?;
        let plain: Vec<&String> = words.iter().filter(|word| !idle(word)).collect();
        let turned = plain
            .iter()
            .enumerate()
            .any(|(at, word)| match word.as_str() {
                "per" | "pr" => {
                    let next = plain.get(at + 1).map_or("", |next| next.as_str());
                    field != Field::Price && !PIECES.contains(&next)
                }
                word => TURNING.contains(&word),
            });
        let numbered = plain
            .iter()
            .filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
            .count();
        let unused = plain.len().saturating_sub(matched + numbered);
        let overall = plain.iter().any(|word| OVERALL.contains(&word.as_str()));
        let score = 50.0 + 6.0 * matched as f64 - 5.0 * unused as f64;
        (!turned && unused <= 4).then_some(score - if overall { 15.0 } else { 0.0 })
    }

    /// How many words in a row, at most, are a name of a field; `None` when words in a row deny it.
    fn longest_run(&self, words: &[String], field: Field) -> Option<usize> {
        let mut best: Option<usize> = None;
        for start in 0..words.len() {
            let mut run = String::new();
            for (length, word) in words.iter().skip(start).enumerate() {
                run.push_str(word);
                if self.never.contains(&(field, run.clone())) {
                    return None;
                }
                if self.synonyms.get(&run).is_some_and(|(of, _)| *of == field)
                    && !self.platforms.contains_key(&run)
                    && !GENERAL.contains(&run.as_str())
                {
                    best = best.max(Some(length + 1));
                }
            }
        }
        best
    }

    /// The name on screen of the platform that a text names.
    #[must_use]
    pub fn platform(&self, text: &str) -> Option<&str> {
        let at = *self.platforms.get(&fold::letters(text))?;
        self.names.get(at).map(String::as_str)
    }

    /// The platform that a profile address lives on.
    #[must_use]
    pub fn platform_of_url(&self, url: &str) -> Option<&str> {
        let address = url.split_once("://").map_or(url, |(_, rest)| rest);
        let host = address.split(['/', '?', '#', ' ', '|']).next()?;
        let (_, at) = self.hosts.iter().find(|(of, _)| {
            let start = host.len().checked_sub(of.len());
            let tail = start.and_then(|start| host.get(start..));
            let whole = start
                .is_some_and(|start| start == 0 || host.as_bytes().get(start - 1) == Some(&b'.'));
            whole && tail.is_some_and(|tail| tail.eq_ignore_ascii_case(of))
        })?;
        self.names.get(*at).map(String::as_str)
    }

    /// The platform that a word of a header names, and the header without that word: `Instagram` and `followers` for
    /// `IG followers`. A letter alone names one only at either end.
    #[must_use]
    pub fn platform_of_header(&self, header: &str) -> Option<(&str, String)> {
        let signs = |c: char| !c.is_alphanumeric() && c != '#' && c != '%';
        let words: Vec<&str> = header
            .split(signs)
            .filter(|word| !word.is_empty())
            .collect();
        if words.len() > LONGEST {
            return None;
        }
        let end = words.len().checked_sub(1)?;
        let mut found = words.iter().enumerate().filter_map(|(at, word)| {
            let name = self.platform(word)?;
            (word.len() > 1 || at == 0 || at == end).then_some((at, name))
        });
        let (at, name) = found.next()?;
        if found.any(|(_, other)| other != name) {
            return None;
        }
        let rest = words.iter().enumerate().filter(|(of, _)| *of != at);
        let rest: Vec<&str> = rest.map(|(_, word)| *word).collect();
        Some((name, rest.join(" ")))
    }

    /// The one platform that a text names in plain words among others (`instagram_top_100.csv`); short aliases such
    /// as `ig` are no plain words.
    #[must_use]
    pub fn platform_within(&self, text: &str) -> Option<&str> {
        let key = fold::letters(text);
        let words = text.split(|c: char| !c.is_alphanumeric());
        let words: Vec<&str> = words
            .filter(|word| word.len() >= 5)
            .filter_map(|word| self.platform(word))
            .collect();
        let mut found = self.names.iter().map(String::as_str).filter(|name| {
            let letters = fold::letters(name);
            letters.len() >= 5 && key.contains(&letters) || words.contains(name)
        });
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }
}

/// The words of a header: runs of letters or of digits, `followerCount` being two.
fn words(header: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut before = ' ';
    for c in header.chars() {
        let breaks = before.is_lowercase() && c.is_uppercase()
            || before.is_numeric() != c.is_numeric()
            || !c.is_alphanumeric() && !('\u{300}'..='\u{36F}').contains(&c);
        if breaks && !word.is_empty() {
            words.push(fold::letters(&word));
            word.clear();
        }
        word.push(c);
        before = c;
    }
    words.push(fold::letters(&word));
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn lexicon() -> Lexicon {
        Lexicon::of(&crate::load::assets::embedded().unwrap())
    }

    fn first(header: &str) -> Option<Field> {
        lexicon().meanings(header).first().map(|meant| meant.field)
    }

    #[test]
    fn headers_are_known_in_many_spellings() {
        for header in [
            "Followers",
            "#Followers",
            "follower_cnt",
            "Aantal volgers",
            "팔로워",
            "followerCount",
            "IG Followers 2025",
        ] {
            assert_eq!(first(header), Some(Field::Followers), "{header}");
        }
        for (header, field) in [
            (
                "How many followers do you have on Instagram?",
                Field::Followers,
            ),
            ("Hoeveel volgers heb je op dit moment?", Field::Followers),
            (
                "What is your average engagement rate (%)?",
                Field::EngagementRate,
            ),
            ("Avg Engagement Rate (per Post)", Field::EngagementRate),
            ("Avg. Engagements per Post", Field::Engagements),
            ("What do you charge per post?", Field::Price),
            ("In welke stad woon je?", Field::City),
            ("@", Field::Handle),
        ] {
            assert_eq!(first(header), Some(field), "{header}");
        }
        assert_eq!(first("niche3"), Some(Field::Category));
        assert_eq!(first("price_chf (per post)"), Some(Field::Price));
    }

    #[test]
    fn look_alikes_are_not_taken() {
        for header in [
            "Following",
            "Followers gained",
            "subscribers_rank",
            "subscribers_for_last_30_days",
            "follower growth (%)",
            "Notable followers",
        ] {
            assert_ne!(first(header), Some(Field::Followers), "{header}");
        }
    }

    #[test]
    fn platforms_by_name_address_and_file() {
        let lexicon = lexicon();
        assert_eq!(lexicon.platform("insta"), Some("Instagram"));
        assert_eq!(
            lexicon.platform_of_url("https://www.instagram.com/zoe"),
            Some("Instagram")
        );
        assert_eq!(
            lexicon.platform_of_url("https://notinstagram.com/zoe"),
            None
        );
        assert_eq!(
            lexicon.platform_within("top_instagram_2025.csv"),
            Some("Instagram")
        );
        assert_eq!(lexicon.platform_within("ig_list.csv"), None);
        assert_eq!(lexicon.platform_within("instagram and tiktok.csv"), None);
        assert_eq!(lexicon.platform_within("Twitter Followers"), Some("X"));
        let of = |header| lexicon.platform_of_header(header);
        assert_eq!(of("IG Followers"), Some(("Instagram", "Followers".into())));
        assert_eq!(of("tiktok.volgers"), Some(("TikTok", "volgers".into())));
        assert_eq!(of("YouTube"), Some(("YouTube", String::new())));
        assert_eq!(of("Followers x 1000"), None);
        assert_eq!(of("Instagram and TikTok followers"), None);
    }
}
