//! A generated roster: a file, and what is read from it.
//!
//! Followers are heavy-tailed, most accounts small, and engagement rates fall as they rise; a third has no price, one in twenty no
//! rate; names hold diacritics and other scripts, and now and then a comma, quotes or a line break. The generator is
//! seeded: every run asks the same. `PYRAMIDE_ACCOUNTS` says how many accounts there are, from ten thousand to ten
//! million; a million unless it is set.

use anyhow::Result;
use pyramide::domain::reading::Reading;
use pyramide::load::options::Options;
use pyramide::load::source::Input;
use pyramide::load::{assets, reading};
use std::fmt::Write;
use std::ops::ControlFlow;

/// How many accounts are asked for.
pub(crate) fn accounts() -> u32 {
    let asked = std::env::var("PYRAMIDE_ACCOUNTS").ok();
    let asked = asked.and_then(|text| text.replace('_', "").parse().ok());
    asked.unwrap_or(1_000_000).clamp(10_000, 10_000_000)
}

/// Xorshift64* (Vigna, 2016).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// From 0 up to 1.
    fn share(&mut self) -> f64 {
        (self.roll() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        let at = (self.share() * from.len() as f64) as usize;
        from.get(at).copied().unwrap_or_default()
    }
}

const STEMS: [&str; 16] = [
    "Sanne", "Jesse", "Noor", "Daan", "Zoë", "Lotte", "Milan", "Fleur", "Sem", "Jade", "René",
    "Bram", "Łucja", "Nguyễn", "陈静", "Åsa",
];
const WORDS: [&str; 10] = [
    "bakt",
    "fietst",
    "reist",
    "kookt",
    "leest",
    "Studio",
    "in het groen",
    "vintage",
    "& Co",
    "thuis",
];
const CITIES: [&str; 8] = [
    "Utrecht",
    "Gent",
    "Antwerpen",
    "Groningen",
    "Breda",
    "Liège",
    "Zwolle",
    "",
];
const CATEGORIES: [&str; 7] = [
    "Food",
    "Food | Travel",
    "Fashion",
    "Beauty | Fashion",
    "Gaming",
    "Sport",
    "",
];
const PLATFORMS: [&str; 4] = ["Instagram", "TikTok", "YouTube", "Twitch"];

/// A file of so many accounts, separated by commas.
pub(crate) fn csv(accounts: u32) -> String {
    let mut dice = Dice(0x5EED_0F1A_51CE_B00C);
    let mut text = "Name,Handle,City,Category,Platform,Followers,ER %,Price EUR\n".to_owned();
    for at in 0..accounts {
        add_account(&mut dice, at, &mut text);
    }
    text
}

fn add_account(dice: &mut Dice, at: u32, text: &mut String) {
    let (stem, word) = (dice.pick(&STEMS), dice.pick(&WORDS));
    let name = match dice.roll() % 200 {
        0 => format!("\"{stem} \"\"{word}\"\" the 1st, {word}\""),
        1 => format!("\"{stem}\n{word}\""),
        _ => format!("{stem} {word}"),
    };
    let handle = dice.pick(&["bakt", "studio", "de", "het_", "mijn"]);
    let (city, category) = (dice.pick(&CITIES), dice.pick(&CATEGORIES));
    let platform = dice.pick(&PLATFORMS);
    // Pareto with exponent 0.75 from 600 followers, ended at 200 million.
    let followers = 600.0 * (1.0 - dice.share()).powf(-1.0 / 0.75);
    let followers = followers.min(2e8);
    let spread = (dice.share() + dice.share() + dice.share() - 1.5) * 1.4;
    let rate = 90.0 * followers.powf(-0.3) * spread.exp();
    let price = (0.9 * followers.powf(0.6) * (0.5 + dice.share())).round();
    let known = |number: String, is_known: bool| if is_known { number } else { String::new() };
    let followers = known(format!("{followers:.0}"), dice.share() > 0.01);
    let rate = known(format!("{rate:.2}"), dice.share() > 0.05);
    let price = known(price.to_string(), dice.share() > 0.33);
    let _ = writeln!(
        text,
        "{name},{handle}.{at},{city},{category},{platform},{followers},{rate},{price}"
    );
}

/// The file as it is read.
pub(crate) fn reading(accounts: u32) -> Result<Reading> {
    let input = Input::Bytes {
        name: "generated.csv".to_owned(),
        bytes: csv(accounts).into_bytes().into(),
    };
    let playbook = assets::embedded()?;
    let mut unwatched = |_: &Reading, _| ControlFlow::Continue(());
    reading::read(&input, &Options::default(), &playbook, &mut unwatched)
}
