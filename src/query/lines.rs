//! Fitted lines: how the engagement rate goes with followers over the whole roster, filters aside; one line per
//! platform where several are mixed, since each platform has rates of its own.
//!
//! A rate is held against the line of its platform: that says whether it is high for the size of the account. Two
//! logarithms an account take longer than counting it, so lines are no part of a first answer: whoever draws or
//! names them has them fitted, once for a roster ([`Fitted`]), and of a roster that grows only what is new is added.

use super::halt::{Halt, Halted};
use super::question::Question;
use super::trend::{Fitting, Trend};
use super::walk::STRIDE;
use crate::domain::field::Facet;
use crate::domain::playbook::Playbook;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::codes::Codes;
use crate::domain::roster::vocabulary::Vocabulary;
use crate::domain::roster::{Account, Roster};
use crate::domain::sorting;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// Values of a file that are looked up among the known platforms; the others stand for themselves.
const LOOKED_UP: usize = 256;

/// The logarithms of followers and rate that sums are taken around.
const ORIGIN: (f64, f64) = (9.0, -3.5);

/// No group.
const NONE: u32 = u32::MAX;

/// The line of one platform.
#[derive(Debug, Clone, PartialEq)]
pub struct PlatformLine {
    /// Its name as it is shown.
    pub platform: String,
    /// The line.
    pub trend: Trend,
}

/// The lines of a roster. Accounts whose rate is contradicted by their own likes have no part in them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lines {
    /// Whether accounts of several platforms have followers and a rate.
    pub mixed: bool,
    /// The line through all accounts, unless platforms are mixed.
    pub overall: Option<Trend>,
    /// The lines of the platforms with accounts enough, most accounts first; empty unless platforms are mixed.
    pub platforms: Vec<PlatformLine>,
    /// Position in `platforms` per platform cell of the roster.
    of_cell: Vec<u32>,
}

/// The lines of a roster, once somebody has asked for them.
#[derive(Debug, Default)]
pub struct Fitted {
    fitted: OnceLock<(Lines, Arc<Sums>)>,
    /// Sums of a roster that this one may have grown from.
    before: Option<Arc<Sums>>,
}

impl Fitted {
    /// Lines to be fitted of a roster that may have grown from the one of these.
    pub(super) fn after(previous: &Fitted) -> Fitted {
        let sums = previous.fitted.get().map(|(_, sums)| Arc::clone(sums));
        Fitted {
            fitted: OnceLock::new(),
            before: sums.or_else(|| previous.before.clone()),
        }
    }

    /// The lines, if they are fitted.
    pub(super) fn lines(&self) -> Option<&Lines> {
        self.fitted.get().map(|(lines, _)| lines)
    }

    /// The lines, fitted now unless they were before.
    pub(super) fn fit(&self, question: &Question, halt: &Halt) -> Result<&Lines, Halted> {
        if let Some(lines) = self.lines() {
            return Ok(lines);
        }
        let sums = Sums::of(&question.roster, self.before.as_deref(), halt)?;
        let lines = Lines::of(question, &sums);
        let (lines, _) = self.fitted.get_or_init(|| (lines, Arc::new(sums)));
        Ok(lines)
    }
}

/// What lines are fitted from: sums per first value of the platform cells, those without a platform last.
#[derive(Debug, Clone, Default)]
struct Sums {
    roster: Arc<Roster>,
    named: Vec<Fitting>,
    nameless: Option<Fitting>,
}

impl Sums {
    /// The sums of a roster; those of a roster that it has grown from are gone on with.
    fn of(roster: &Arc<Roster>, before: Option<&Sums>, halt: &Halt) -> Result<Sums, Halted> {
        let vocabulary = roster.vocabulary(Facet::Platform);
        let before = before.filter(|before| roster.has_grown_from(&before.roster));
        let mut sums = before.cloned().unwrap_or_default();
        let done = sums.roster.len();
        sums.roster = Arc::clone(roster);
        sums.named.resize(vocabulary.len(), Fitting::around(ORIGIN));
        let nameless = sums.nameless.get_or_insert(Fitting::around(ORIGIN));
        if !roster.schema().has_rates {
            return Ok(sums);
        }
        let cells = first_values(vocabulary);
        for (_, chunk) in roster.chunks().filter(|it| it.0 as usize >= done) {
            let columns: Vec<&Codes> = chunk.coded(Facet::Platform).collect();
            for at in 0..chunk.len() {
                if at % STRIDE == 0 {
                    halt.check()?;
                }
                let Some((followers, rate)) = figures(chunk, at) else {
                    continue;
                };
                let group = found(&columns, at, &cells);
                let fit = group.and_then(|group| sums.named.get_mut(group as usize));
                fit.unwrap_or(&mut *nameless).add(followers.ln(), rate.ln());
            }
        }
        Ok(sums)
    }
}

/// How a rate stands to the line of its platform.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Residual<'a> {
    /// The rate divided by what the line gives for so many followers.
    pub factor: f64,
    /// The platform; `None` where the line is that of all accounts.
    pub platform: Option<&'a str>,
    /// The line.
    pub trend: &'a Trend,
}

impl Lines {
    /// The lines of the roster that is asked about, from its sums.
    fn of(question: &Question, sums: &Sums) -> Lines {
        let roster = &*question.roster;
        if !roster.schema().has_rates {
            return Lines::default();
        }
        let vocabulary = roster.vocabulary(Facet::Platform);
        let mut cells: Vec<u32> = first_values(vocabulary);
        let mut fits = sums.named.clone();
        let nameless = sums.nameless.unwrap_or_default();
        let named = merge(&question.playbook, vocabulary, &mut fits, &mut cells);
        let seen = fits.iter().filter(|fit| fit.accounts() > 0).count();
        if seen < 2 {
            let all = fits.into_iter().fold(nameless, Fitting::with);
            return Lines {
                overall: all.line(),
                ..Lines::default()
            };
        }
        let mut lines = Lines {
            mixed: true,
            ..Lines::default()
        };
        let mut order: Vec<usize> = (0..fits.len()).collect();
        sorting::sort_by_key(&mut order, |at| {
            fits.get(*at).map(|fit| Reverse(fit.accounts()))
        });
        let mut places = vec![NONE; fits.len()];
        for at in order {
            if let (Some(trend), Some(place)) =
                (fits.get(at).and_then(|fit| fit.line()), places.get_mut(at))
            {
                *place = lines.platforms.len() as u32;
                let own = vocabulary.value(at as u32);
                let platform = named.get(&(at as u32)).cloned();
                lines.platforms.push(PlatformLine {
                    platform: platform.unwrap_or_else(|| own.to_owned()),
                    trend,
                });
            }
        }
        let place = |group: u32| places.get(group as usize).copied().unwrap_or(NONE);
        lines.of_cell = cells.into_iter().map(place).collect();
        lines
    }

    /// How the rate of an account stands to the line of its platform; `None` where followers, rate or platform are
    /// unknown, the rate is contradicted, or there is no line.
    #[must_use]
    pub fn residual(&self, account: &Account<'_>) -> Option<Residual<'_>> {
        let followers = account.followers().filter(|count| *count > 0)?;
        let rate = account.engagement_rate().filter(|rate| *rate > 0.0)?;
        if account.rate_contradicted() {
            return None;
        }
        let line = self.line(account);
        let (platform, trend) = match line {
            Some(line) => (Some(line.platform.as_str()), &line.trend),
            None => (None, self.overall.as_ref()?),
        };
        Some(Residual {
            factor: rate / trend.rate(followers as f64),
            platform,
            trend,
        })
    }

    /// The line of the platform of an account, where platforms are mixed and its own has one.
    #[must_use]
    pub fn line(&self, account: &Account<'_>) -> Option<&PlatformLine> {
        let chunk = account.chunk();
        let place = cell(chunk, account.within(), &self.of_cell)?;
        self.platforms.get(place as usize)
    }

    /// The factor of [`Lines::residual`].
    pub(super) fn factor(&self, chunk: &Chunk, at: usize) -> Option<f64> {
        let (followers, rate) = figures(chunk, at)?;
        let trend = match &self.overall {
            Some(trend) => trend,
            None => &self.platforms.get(self.place(chunk, at)?)?.trend,
        };
        Some(rate / trend.rate(followers))
    }

    /// Position in [`Lines::platforms`] of the line of an account.
    fn place(&self, chunk: &Chunk, at: usize) -> Option<usize> {
        cell(chunk, at, &self.of_cell).map(|place| place as usize)
    }

    /// The same, given the platform columns of its chunk.
    pub(super) fn place_in(&self, columns: &[&Codes], at: usize) -> Option<usize> {
        found(columns, at, &self.of_cell).map(|place| place as usize)
    }
}

/// Followers and rate of an account that has a part in the lines.
fn figures(chunk: &Chunk, at: usize) -> Option<(f64, f64)> {
    let followers = chunk.followers.known(at).filter(|count| *count > 0)?;
    let rate = chunk.engagement_rate.known(at).filter(|rate| *rate > 0.0)?;
    (rate.is_finite() && !chunk.contradicted.has(at)).then_some((followers as f64, rate))
}

/// What a table says of the first platform cell of an account that it says something of.
fn cell(chunk: &Chunk, at: usize, table: &[u32]) -> Option<u32> {
    chunk
        .codes(Facet::Platform, at)
        .find_map(|code| table.get(code as usize).copied().filter(|it| *it != NONE))
}

/// The same, given the platform columns of the chunk.
fn found(columns: &[&Codes], at: usize, table: &[u32]) -> Option<u32> {
    columns.iter().find_map(|codes| {
        let said = table.get(codes.get(at)? as usize).copied();
        said.filter(|it| *it != NONE)
    })
}

/// The first value of every cell.
fn first_values(vocabulary: &Vocabulary) -> Vec<u32> {
    (0..vocabulary.cells() as u32)
        .map(|cell| vocabulary.members(cell).first().copied().unwrap_or(NONE))
        .collect()
}

/// Joins values that spell the same platform, into the first of them; gives back the names of known platforms.
fn merge(
    playbook: &Playbook,
    vocabulary: &Vocabulary,
    fits: &mut [Fitting],
    cells: &mut [u32],
) -> HashMap<u32, String> {
    let mut order: Vec<u32> = (0..fits.len() as u32).collect();
    sorting::sort_by_key(&mut order, |at| {
        fits.get(*at as usize).map(|fit| Reverse(fit.accounts()))
    });
    let (mut firsts, mut named) = (HashMap::new(), HashMap::new());
    let mut joined: HashMap<u32, u32> = HashMap::new();
    for value in order.into_iter().take(LOOKED_UP) {
        let known = playbook.platform(vocabulary.value(value));
        let key = known.map_or(vocabulary.value_key(value), |platform| platform.id.as_str());
        let first = *firsts.entry(key).or_insert(value);
        if first == value {
            named.extend(known.map(|platform| (value, platform.name.clone())));
        } else if let Some(fit) = fits.get_mut(value as usize).map(std::mem::take)
            && let Some(into) = fits.get_mut(first as usize)
        {
            *into = into.with(fit);
            joined.insert(value, first);
        }
    }
    for cell in cells {
        *cell = joined.get(cell).copied().unwrap_or(*cell);
    }
    named
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::field::Field;
    use crate::domain::platform::Platform;
    use crate::domain::roster::AccountId;
    use crate::domain::roster::builder::{Figures, RosterBuilder};
    use crate::query::filter::Filter;
    use crate::query::sample;

    /// Accounts on these platforms, whose rate is so much times a power of their followers.
    fn lines(platforms: &[(&str, u64, f64, f64)]) -> (Question, Lines) {
        let mut builder = RosterBuilder::new(&[("On", Some(Field::Platform))]).chunked(7);
        for (platform, accounts, height, slope) in platforms {
            for at in 1..=*accounts {
                let followers = at * at * 500;
                let figures = Figures {
                    followers: Some(followers),
                    engagement_rate: Some(height * (followers as f64).powf(*slope)),
                    contradicted: at == 3,
                    ..Figures::default()
                };
                builder.add(figures, &[platform]);
            }
        }
        let mut question = sample::question(&[], None, Filter::default());
        question.roster = Arc::new(builder.build());
        let playbook = Arc::make_mut(&mut question.playbook);
        playbook.platforms.push(Platform {
            id: "pixel".into(),
            name: "Pixelgram".into(),
            aliases: vec!["px".into()],
            hosts: Vec::new(),
            profile: String::new(),
        });
        let sums = Sums::of(&question.roster, None, &Halt::new()).unwrap();
        let lines = Lines::of(&question, &sums);
        (question, lines)
    }

    #[test]
    fn each_platform_has_its_own_line_and_spellings_are_one() {
        let (question, lines) = lines(&[
            ("Pixelgram", 10, 0.5, -0.2),
            ("PX", 10, 0.5, -0.2),
            ("Klok", 16, 0.9, -0.4),
            ("Few", 14, 0.1, 0.0),
            ("", 30, 0.01, 0.0),
        ]);
        let found: Vec<(&str, usize)> = lines
            .platforms
            .iter()
            .map(|line| (line.platform.as_str(), line.trend.accounts))
            .collect();
        assert_eq!(found, [("Pixelgram", 18), ("Klok", 15)]);
        assert!(lines.mixed && lines.overall.is_none());
        assert!((lines.platforms[1].trend.slope + 0.4).abs() < 1e-9);
        let residual = |row| {
            let account = question.roster.account(AccountId(row)).unwrap();
            let told = lines.residual(&account);
            let (chunk, at) = (account.chunk(), account.within());
            assert_eq!(told.map(|it| it.factor), lines.factor(chunk, at));
            told.map(|it| (it.platform, it.factor.mul_add(1e6, 0.5) as u64))
        };
        assert_eq!(residual(12), None, "contradicted");
        assert_eq!(residual(13), Some((Some("Pixelgram"), 1_000_000)));
        assert_eq!(residual(25), Some((Some("Klok"), 1_000_000)));
        assert_eq!(residual(40), None, "too few of its platform");
        assert_eq!(residual(60), None, "no platform among several");
    }

    #[test]
    fn one_platform_has_the_line_of_all() {
        let (question, lines) = lines(&[("Klok", 20, 0.9, -0.4), ("", 5, 0.9, -0.4)]);
        assert!(!lines.mixed && lines.platforms.is_empty());
        assert_eq!(lines.overall.unwrap().accounts, 23);
        let account = question.roster.account(AccountId(4)).unwrap();
        let told = lines.residual(&account).unwrap();
        assert_eq!(told.platform, None);
        assert!((told.factor - 1.0).abs() < 1e-9);
    }
}
