//! Rate cards: columns headed by pieces of content alone, `Story | Post | Reel`, under which prices stand. The price of a
//! post is among them.

use super::lexicon::Lexicon;
use super::number::{self, Cell};
use super::profile::Profile;
use crate::domain::decision::DecimalStyle;
use crate::domain::table::Record;
use crate::text::fold;

/// Pieces whose price can stand for that of a post, the nearest first.
const POSTS: [&str; 12] = [
    "post",
    "feedpost",
    "infeedpost",
    "staticpost",
    "singlepost",
    "fotopost",
    "carousel",
    "reel",
    "reels",
    "tiktok",
    "video",
    "short",
];

/// Pieces whose price is another one; a column of them tells that prices are meant.
const OTHERS: [&str; 8] = [
    "story",
    "stories",
    "storyset",
    "verhaal",
    "storypost",
    "livestream",
    "live",
    "highlight",
];

/// The least median of prices. Lower numbers count the pieces of a deal.
const LEAST: f64 = 20.0;

/// The column that holds the price of a post, where several columns are a rate card.
pub(super) fn price_of_post(
    names: &[String],
    profiles: &[Profile],
    rows: &[Record],
    lexicon: &Lexicon,
) -> Option<usize> {
    let pieces: Vec<(usize, String)> = names
        .iter()
        .enumerate()
        .map(|(at, name)| (at, piece(name, lexicon)))
        .filter(|(_, piece)| POSTS.contains(&piece.as_str()) || OTHERS.contains(&piece.as_str()))
        .collect();
    let other = |(_, piece): &(usize, String)| OTHERS.contains(&piece.as_str());
    let reel = |(_, piece): &(usize, String)| piece.starts_with("reel");
    let told = pieces.iter().any(|piece| other(piece) || reel(piece));
    let priced = pieces.iter().all(|(at, _)| {
        let profile = profiles.get(*at);
        profile.is_some_and(|profile| is_priced(profile, rows, *at))
    });
    if pieces.len() < 2 || !told || !priced {
        return None;
    }
    let rank = |piece: &str| POSTS.iter().position(|of| *of == piece);
    let ranked = pieces
        .iter()
        .filter_map(|(at, piece)| Some((rank(piece)?, *at)));
    ranked.min().map(|(_, at)| at)
}

/// A header without the platform that it names, as it is compared.
fn piece(header: &str, lexicon: &Lexicon) -> String {
    match lexicon.platform_of_header(header) {
        Some((_, rest)) if !rest.is_empty() => fold::letters(&rest),
        _ => fold::letters(header),
    }
}

/// Whether a column holds amounts of money, or numbers as large as those.
fn is_priced(profile: &Profile, rows: &[Record], at: usize) -> bool {
    let numbers = profile.mostly(profile.numbers - profile.percents, 0.5);
    let large = || profile.mostly(profile.money, 0.5) || median(rows, at) >= LEAST;
    profile.known == 0 || numbers && large()
}

fn median(rows: &[Record], at: usize) -> f64 {
    let read = |row: &Record| match number::read(row.cell(at), DecimalStyle::Comma) {
        Cell::Number(number) => Some(number.middle()),
        _ => None,
    };
    let mut numbers: Vec<f64> = rows.iter().filter_map(read).collect();
    numbers.sort_unstable_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(0.0)
}
