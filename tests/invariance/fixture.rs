//! Rosters made up for the purpose, in several languages and shapes.

use super::seeded::Seeded;
use super::table::Table;

/// Accounts of a roster.
const ROWS: usize = 40;

const FIRST: [&str; 8] = [
    "Paper", "Zoute", "Café", "Kleine", "Müde", "Señal", "Quiet", "Lunar",
];
const LAST: [&str; 7] = [
    "Kettle", "Vlieger", "Straße", "Otter", "Piñata", "d'Or", "Waffle",
];
const CITIES: [&str; 5] = ["Delft", "Gent", "Köln", "'s-Hertogenbosch", "Orléans"];
const TOPICS: [&str; 5] = ["Food", "Travel, Food", "Wonen", "Sport / Outdoor", "Beauty"];

/// An account, before it is written in the manner of a roster.
struct Creator {
    name: String,
    handle: String,
    city: &'static str,
    topic: &'static str,
    followers: usize,
    likes: usize,
    comments: usize,
    /// In hundredths of a percent.
    rate: usize,
    price: usize,
    other: usize,
}

/// Accounts in all tiers, on their borders too.
fn creators(length: usize, seed: u64) -> Vec<Creator> {
    let mut seeded = Seeded::new(seed);
    let borders = [
        999, 1000, 4999, 5000, 49_999, 50_000, 100_000, 100_001, 250_000, 1_500_000,
    ];
    let creator = |at: usize| {
        let (first, last) = (seeded.pick(&FIRST), seeded.pick(&LAST));
        let scale = [100, 1000, 10_000, 100_000][at % 4];
        let drawn = seeded.below(9 * scale) + 9 * scale / 10;
        let followers = borders.get(at).copied().unwrap_or(if at.is_multiple_of(3) {
            drawn / 100 * 100 + 100
        } else {
            drawn
        });
        let rate = 80 + seeded.below(900);
        let comments = followers * rate / 200_000;
        Creator {
            name: format!("{first} {last}"),
            handle: format!("{}_{}.{at}", ["paper", "otter", "kite"][at % 3], scale),
            city: seeded.pick(&CITIES),
            topic: seeded.pick(&TOPICS),
            followers,
            likes: (followers * rate / 10_000).saturating_sub(comments),
            comments,
            rate,
            price: (followers / 80 / 5 * 5).max(25),
            other: drawn / 2 + 150,
        }
    };
    (0..length).map(creator).collect()
}

/// Rosters with their names.
pub(super) fn all() -> Vec<(&'static str, Table)> {
    vec![
        ("an English export", english()),
        ("a Dutch agency list", dutch()),
        ("a German list of channels", german()),
        ("a French selection", french()),
        (
            "a Spanish list with its rates in likes and comments",
            spanish(),
        ),
        ("a scrape with fractions", scrape()),
        ("a list with gaps", gaps()),
        ("a wide list", wide()),
        ("a list with every count twice", twins()),
        ("a long list with quotes near its end", long()),
    ]
}

fn table(header: &[&str], seed: u64, row: impl Fn(usize, &Creator) -> Vec<String>) -> Table {
    table_of(ROWS, header, seed, row)
}

fn table_of(
    length: usize,
    header: &[&str],
    seed: u64,
    row: impl Fn(usize, &Creator) -> Vec<String>,
) -> Table {
    let creators = creators(length, seed);
    let rows = creators.iter().enumerate();
    Table::new(
        header.iter().map(|name| (*name).to_owned()).collect(),
        rows.map(|(at, creator)| row(at, creator)).collect(),
    )
}

/// Hundredths as a decimal number.
fn decimal(hundredths: usize, sign: char) -> String {
    format!("{}{sign}{:02}", hundredths / 100, hundredths % 100)
}

fn english() -> Table {
    let header = [
        "Rank",
        "Username",
        "Full name",
        "Platform",
        "Following",
        "Followers",
        "Followers growth",
        "Engagement rate",
        "Avg. likes",
        "Avg. comments",
        "Category",
        "Country",
    ];
    table(&header, 11, |at, of| {
        vec![
            (at + 1).to_string(),
            format!("@{}", of.handle),
            of.name.clone(),
            ["Instagram", "TikTok"][at % 2].to_owned(),
            (of.other % 3000).to_string(),
            of.followers.to_string(),
            format!("{}%", decimal(at * 7, '.')),
            format!("{}%", decimal(of.rate, '.')),
            of.likes.to_string(),
            of.comments.to_string(),
            of.topic.to_owned(),
            ["Netherlands", "Belgium"][at % 2].to_owned(),
        ]
    })
}

fn dutch() -> Table {
    let header = [
        "Naam",
        "Gebruikersnaam",
        "Kanaal",
        "Volgend",
        "Aantal volgers",
        "Bereik",
        "Betrokkenheid",
        "Tarief",
        "Woonplaats",
        "E-mailadres",
        "Opmerkingen",
    ];
    table(&header, 12, |at, of| {
        vec![
            of.name.clone(),
            of.handle.clone(),
            ["Instagram", "YouTube", "TikTok"][at % 3].to_owned(),
            (of.other % 2500).to_string(),
            of.followers.to_string(),
            of.other.to_string(),
            format!("{} %", decimal(of.rate, ',')),
            format!("€ {},-", of.price),
            of.city.to_owned(),
            format!("{}@post.example", of.handle),
            ["belt graag; vooraf mailen", "", "\"leuk\", zei de klant"][at % 3].to_owned(),
        ]
    })
}

fn german() -> Table {
    let header = [
        "Kanalname",
        "Plattform",
        "Abonnenten",
        "Interaktionsrate",
        "Preis",
        "Wohnort",
    ];
    table(&header, 13, |_, of| {
        vec![
            of.name.clone(),
            "YouTube".to_owned(),
            of.followers.to_string(),
            decimal(of.rate, ','),
            format!("{},00 €", of.price),
            of.city.to_owned(),
        ]
    })
}

fn french() -> Table {
    let header = [
        "Pseudo",
        "Réseau",
        "Communauté",
        "Taux d'engagement",
        "Tarif",
        "Ville",
        "Thématique",
    ];
    table(&header, 14, |at, of| {
        vec![
            of.handle.clone(),
            ["Instagram", "TikTok"][at % 2].to_owned(),
            of.followers.to_string(),
            format!("{}%", decimal(of.rate, ',')),
            of.price.to_string(),
            of.city.to_owned(),
            of.topic.to_owned(),
        ]
    })
}

fn spanish() -> Table {
    let header = [
        "Nombre",
        "Seguidos",
        "Seguidores",
        "Me gusta",
        "Comentarios",
        "Ciudad",
        "Idioma",
    ];
    table(&header, 15, |_, of| {
        vec![
            of.name.clone(),
            (of.other % 4000).to_string(),
            of.followers.to_string(),
            of.likes.to_string(),
            of.comments.to_string(),
            of.city.to_owned(),
            "Español".to_owned(),
        ]
    })
}

fn scrape() -> Table {
    let header = [
        "profileUrl",
        "username",
        "fullName",
        "followersCount",
        "followingCount",
        "postsCount",
        "engagement_rate",
        "biography",
        "isVerified",
    ];
    table(&header, 16, |at, of| {
        vec![
            format!("https://www.instagram.com/{}/", of.handle),
            of.handle.clone(),
            of.name.clone(),
            of.followers.to_string(),
            (of.other % 5000).to_string(),
            (of.other % 900).to_string(),
            format!("0.{:04}", of.rate),
            ["bakt \"brood\",\nen koek", "tea | cake", "loves bikes"][at % 3].to_owned(),
            ["true", "false"][at % 2].to_owned(),
        ]
    })
}

fn gaps() -> Table {
    let header = ["Influencer", "Handle", "Subscribers", "ER", "Fee", "Notes"];
    table(&header, 17, |at, of| {
        let kept = |every: usize, text: String| if at % every == 0 { String::new() } else { text };
        vec![
            of.name.clone(),
            kept(9, of.handle.clone()),
            kept(7, of.followers.to_string()),
            if at % 5 == 0 {
                "n/a".to_owned()
            } else {
                decimal(of.rate, '.')
            },
            if at % 4 == 0 {
                "on request".to_owned()
            } else {
                format!("${}", of.price)
            },
            kept(2, format!("called {at} times")),
        ]
    })
}

fn wide() -> Table {
    let header = [
        "Name",
        "IG handle",
        "IG followers",
        "IG ER",
        "TikTok handle",
        "TikTok followers",
        "TikTok ER",
        "City",
        "Price",
    ];
    table(&header, 18, |at, of| {
        let listed = |text: String| if at % 3 == 0 { String::new() } else { text };
        vec![
            of.name.clone(),
            of.handle.clone(),
            of.followers.to_string(),
            format!("{}%", decimal(of.rate, '.')),
            listed(format!("{}_tt", of.handle)),
            listed((of.other * 3).to_string()),
            listed(format!("{}%", decimal(of.rate + 40, '.'))),
            of.city.to_owned(),
            format!("€{}", of.price),
        ]
    })
}

/// Counts shortened and in full, the short ones with gaps.
fn twins() -> Table {
    let header = [
        "Instagram name",
        "Subscribers",
        "Subscribers",
        "Views avg.",
        "Likes avg",
        "Likes avg",
        "Comments avg.",
        "Comments avg.",
    ];
    table(&header, 19, |at, of| {
        let short = |count: usize| match count {
            0..1000 => count.to_string(),
            _ => format!("{:.1}K", count as f64 / 1000.0),
        };
        let gap = at % 8 == 3;
        let comments = if gap { 0 } else { of.comments };
        vec![
            of.handle.clone(),
            short(of.followers),
            of.followers.to_string(),
            ["Spain", "Chile"][at % 2].to_owned(),
            short(of.likes),
            of.likes.to_string(),
            if gap { String::new() } else { short(comments) },
            comments.to_string(),
        ]
    })
}

/// Names that need quotes only where the list is long past its beginning.
fn long() -> Table {
    let header = ["Following", "Posts", "Username", "Full name", "Followers"];
    table_of(640, &header, 20, |at, of| {
        let name = match at {
            0..400 => of.name.replace('\'', ""),
            _ if at % 61 == 7 => format!("{} | {}", of.name, of.city),
            _ if at % 83 == 5 => format!("{}, \"the other\"", of.name),
            _ if at % 97 == 9 => format!("De'{}; N'Golo", of.name),
            _ => of.name.replace('\'', ""),
        };
        vec![
            (of.other % 700).to_string(),
            (of.other % 5000).to_string(),
            of.handle.clone(),
            name,
            of.followers.to_string(),
        ]
    })
}
