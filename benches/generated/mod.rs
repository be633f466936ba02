//! A generated roster.
//!
//! Followers are heavy-tailed, most accounts small; a third has no price, one in twenty no rate; names carry
//! diacritics now and then. The generator is seeded: every run asks the same.

use pyramide::domain::field::Field;
use pyramide::domain::roster::Roster;
use pyramide::domain::roster::builder::{Figures, RosterBuilder};

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

const STEMS: [&str; 12] = [
    "Sanne", "Jesse", "Noor", "Daan", "Zoë", "Lotte", "Milan", "Fleur", "Sem", "Jade", "René",
    "Bram",
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

/// A roster of so many accounts.
pub(crate) fn roster(accounts: u32) -> Roster {
    let mut dice = Dice(0x5EED_0F1A_51CE_B00C);
    let mut builder = RosterBuilder::new(&[
        ("Name", Some(Field::Name)),
        ("Handle", Some(Field::Handle)),
        ("City", Some(Field::City)),
        ("Category", Some(Field::Category)),
    ]);
    for at in 0..accounts {
        // Pareto with exponent 0.75 from 600 followers, ended at 200 million.
        let followers = 600.0 * (1.0 - dice.share()).powf(-1.0 / 0.75);
        let followers = followers.min(2e8);
        let spread = (dice.share() + dice.share() + dice.share() - 1.5) * 1.4;
        let rate = 0.9 * followers.powf(-0.3) * spread.exp();
        let price = (0.9 * followers.powf(0.6) * (0.5 + dice.share())).round();
        let figures = Figures {
            followers: (dice.share() > 0.01).then_some(followers as u64),
            engagement_rate: (dice.share() > 0.05).then_some(rate),
            contradicted: dice.share() < 0.02,
            price: (dice.share() > 0.33).then_some(price),
            rate_base: None,
        };
        let name = format!("{} {}", dice.pick(&STEMS), dice.pick(&WORDS));
        let handle = format!(
            "{}.{at}",
            dice.pick(&["bakt", "studio", "de", "het_", "mijn"])
        );
        builder.add(
            figures,
            &[&name, &handle, dice.pick(&CITIES), dice.pick(&CATEGORIES)],
        );
    }
    builder.build()
}
