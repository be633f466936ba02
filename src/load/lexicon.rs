//! The lexicon: headers and platforms of the playbook, keyed as texts are compared.

use super::words::{self, Phrase};
use crate::domain::field::Field;
use crate::domain::playbook::Playbook;
use crate::domain::sorting;
use crate::text::fold;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

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

/// What words in a row say of a field.
enum Run {
    /// They deny it.
    Denied,
    /// This many of them name it.
    Named(usize),
    /// Nothing.
    None,
}

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
        if meant.is_empty()
            && let Some((field, at)) = words::last_of_path(header)
                .and_then(|last| self.synonyms.get(&fold::letters(last)))
                .filter(|(field, _)| !self.never.contains(&(*field, key.clone())))
        {
            meant.push(Meant {
                field: *field,
                score: 70.0 - 0.1 * (*at).min(100) as f64,
                exact: false,
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
        sorting::sort_by(&mut meant, |a, b| b.score.total_cmp(&a.score));
        meant
    }

    /// How well words of a header point to a field.
    fn by_words(&self, header: &str, key: &str, field: Field) -> Option<f64> {
        if self.never.contains(&(field, key.to_owned())) {
            return None;
        }
        let phrase = Phrase::of(header)?;
        let priced = field == Field::Price;
        match self.longest_run(&phrase.words, field) {
            Run::Denied => None,
            Run::Named(matched) => phrase.score(matched, priced),
            Run::None => (priced && phrase.is_priced(header)).then_some(45.0),
        }
    }

    /// Which words in a row are a name of a field. Words that deny it do so unless they are part of a longer name.
    fn longest_run(&self, words: &[String], field: Field) -> Run {
        let mut named: Vec<Range<usize>> = Vec::new();
        let mut denied: Vec<Range<usize>> = Vec::new();
        for start in 0..words.len() {
            let mut run = String::new();
            for (at, word) in words.iter().enumerate().skip(start) {
                run.push_str(word);
                let is_named = self.synonyms.get(&run).is_some_and(|(of, _)| *of == field)
                    && !self.platforms.contains_key(&run)
                    && !words::is_general(&run);
                if is_named {
                    named.push(start..at + 1);
                } else if self.never.contains(&(field, run.clone())) {
                    denied.push(start..at + 1);
                }
            }
        }
        let within = |run: &Range<usize>| {
            let mut longer = named.iter().filter(|of| of.len() > run.len());
            longer.any(|of| of.start <= run.start && run.end <= of.end)
        };
        if !denied.iter().all(within) {
            return Run::Denied;
        }
        named
            .iter()
            .map(Range::len)
            .max()
            .map_or(Run::None, Run::Named)
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
        if words.len() > words::LONGEST {
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
            ("edge_followed_by.count", Field::Followers),
            ("snippet.title", Field::Name),
            ("€ per post", Field::Price),
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
