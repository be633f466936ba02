//! The demonstration roster: that it is plainly made up, and has the shape of a real list.

use std::collections::HashSet;
use std::path::Path;

/// Rows of the roster, each with the cells of [`COLUMNS`].
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo.csv");

const COLUMNS: [&str; 14] = [
    "name",
    "handle",
    "platform",
    "category",
    "city",
    "country",
    "language",
    "followers",
    "engagement_rate",
    "avg_likes",
    "avg_comments",
    "price_eur",
    "email",
    "notes",
];

struct Account {
    cells: Vec<String>,
}

impl Account {
    fn cell(&self, column: &str) -> &str {
        let at = COLUMNS.iter().position(|known| *known == column).unwrap();
        match self.cells[at].as_str() {
            "-" | "n.v.t." => "",
            cell => cell,
        }
    }

    fn number(&self, column: &str) -> Option<f64> {
        let cell = self.cell(column);
        (!cell.is_empty()).then(|| cell.parse().unwrap())
    }

    /// The engagement rate as a fraction.
    fn rate(&self) -> Option<f64> {
        let cell = self.cell("engagement_rate");
        (!cell.is_empty()).then(|| cell.strip_suffix('%').unwrap().parse::<f64>().unwrap() / 100.0)
    }

    /// The rate that likes and comments add up to.
    fn counted_rate(&self) -> Option<f64> {
        let engagements = self.number("avg_likes")? + self.number("avg_comments")?;
        Some(engagements / self.number("followers")?)
    }

    /// From 0 (below the pyramid) to 4 (mega), by the article's bounds.
    fn layer(&self) -> Option<usize> {
        let followers = self.number("followers")?;
        let bounds = [1_000.0, 5_000.0, 50_000.0, 100_001.0];
        Some(bounds.iter().filter(|from| followers >= **from).count())
    }
}

/// Reads with the strict reader: rows of unequal length fail.
fn accounts() -> Vec<Account> {
    let mut reader = csv::Reader::from_path(Path::new(FILE)).unwrap();
    assert_eq!(reader.headers().unwrap(), COLUMNS.as_slice());
    let rows = reader.records().map(|row| Account {
        cells: row.unwrap().iter().map(String::from).collect(),
    });
    rows.collect()
}

fn missing(accounts: &[Account], column: &str) -> usize {
    accounts
        .iter()
        .filter(|it| it.cell(column).is_empty())
        .count()
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

#[test]
fn every_account_is_plainly_made_up() {
    let (mut names, mut handles) = (HashSet::new(), HashSet::new());
    for account in accounts() {
        let handle = account.cell("handle").to_owned();
        assert!(
            handle.ends_with(".fictief") || handle.ends_with("_fictief"),
            "{handle}"
        );
        assert!(
            handle.len() <= 30,
            "{handle} is longer than platforms allow"
        );
        let plain =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._".contains(&byte);
        assert!(handle.bytes().all(plain), "{handle}");
        let email = account.cell("email");
        let host = email.rsplit('@').next().unwrap_or_default();
        let reserved = host == "example.com" || host.ends_with(".example");
        assert!(email.is_empty() || reserved, "{email}");
        assert!(
            names.insert(account.cell("name").to_owned()),
            "twice: {}",
            account.cell("name")
        );
        assert!(handles.insert(handle.clone()), "twice: {handle}");
    }
    assert_eq!(names.len(), 412);
}

#[test]
fn the_layers_are_filled_as_in_a_real_list() {
    let accounts = accounts();
    let mut layers = [0; 5];
    for layer in accounts.iter().filter_map(Account::layer) {
        layers[layer] += 1;
    }
    assert_eq!(layers, [14, 195, 150, 35, 14]);
    assert_eq!(missing(&accounts, "followers"), 4);
    assert!(
        accounts
            .iter()
            .any(|it| it.number("followers") == Some(100_000.0))
    );
}

#[test]
fn a_local_activation_finds_its_people() {
    let accounts = accounts();
    let utrecht: Vec<_> = accounts
        .iter()
        .filter(|it| it.cell("city") == "Utrecht")
        .collect();
    assert_eq!(utrecht.len(), 45);
    let food = utrecht.iter().filter(|it| {
        it.layer() == Some(1) && it.cell("category").split('|').any(|one| one == "Food")
    });
    assert!(food.count() >= 15);
}

#[test]
fn values_are_missing_about_as_often_as_in_life() {
    let accounts = accounts();
    for (column, share) in [
        ("engagement_rate", 0.04..0.10),
        ("price_eur", 0.09..0.15),
        ("city", 0.04..0.08),
        ("category", 0.01..0.03),
        ("email", 0.02..0.12),
    ] {
        let found = missing(&accounts, column) as f64 / accounts.len() as f64;
        assert!(
            share.contains(&found),
            "{column}: {found:.3} not in {share:?}"
        );
    }
}

#[test]
fn three_rates_contradict_their_own_likes() {
    let mut contradicted = 0;
    for account in accounts() {
        if let (Some(rate), Some(counted)) = (account.rate(), account.counted_rate()) {
            if (rate - counted).abs() > 0.25 * counted {
                contradicted += 1;
            } else {
                assert!(
                    (rate - counted).abs() <= 0.000_51,
                    "{}: {rate} {counted}",
                    account.cell("name")
                );
            }
        }
    }
    assert_eq!(contradicted, 3);
}

#[test]
fn the_rate_falls_and_the_price_rises_with_followers() {
    let accounts = accounts();
    let points: Vec<(f64, f64)> = accounts
        .iter()
        .filter_map(|it| Some((it.number("followers")?.ln(), it.rate()?.ln())))
        .collect();
    let count = points.len() as f64;
    let (x, y) = points
        .iter()
        .fold((0.0, 0.0), |sum, at| (sum.0 + at.0, sum.1 + at.1));
    let (x, y) = (x / count, y / count);
    let sums = points.iter().fold((0.0, 0.0), |sum, at| {
        (sum.0 + (at.0 - x) * (at.1 - y), sum.1 + (at.0 - x).powi(2))
    });
    let slope = sums.0 / sums.1;
    assert!((-0.30..=-0.20).contains(&slope), "{slope}");
    let prices: Vec<f64> = (1..=4)
        .map(|layer| {
            let of_layer = accounts.iter().filter(|it| it.layer() == Some(layer));
            median(of_layer.filter_map(|it| it.number("price_eur")).collect())
        })
        .collect();
    assert!(
        prices.windows(2).all(|pair| pair[1] > 2.0 * pair[0]),
        "{prices:?}"
    );
    let rate_on = |platform: &str| {
        let on = accounts.iter().filter(|it| it.cell("platform") == platform);
        median(on.filter_map(Account::rate).collect())
    };
    assert!(rate_on("TikTok") > rate_on("Instagram"));
}
