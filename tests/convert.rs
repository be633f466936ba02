//! What is written reads back as it was: the same accounts, figures and cells, in every format.

use crate::tallies;
use proptest::prelude::*;
use pyramide::domain::field::{Facet, Field};
use pyramide::domain::playbook::Playbook;
use pyramide::domain::reading::Reading;
use pyramide::domain::roster::AccountId;
use pyramide::export::roster::{Rules, csv, json, xlsx};
use pyramide::load::number;
use std::sync::LazyLock;

fn reading(bytes: &[u8]) -> Reading {
    tallies::reading("roster", bytes).unwrap()
}

/// Everything about the accounts that must survive.
type Told = (
    Option<u64>,
    Option<u64>,
    Option<u64>,
    Option<u64>,
    Option<u64>,
    Vec<String>,
);

fn told(reading: &Reading) -> Vec<Told> {
    let nearest = |value: f64| (value * 1e9).round() as u64;
    let schema = reading.roster.schema();
    let accounts = reading.roster.accounts().map(|account| {
        let mut cells: Vec<String> = [Field::Name, Field::Notes, Field::City, Field::Category]
            .into_iter()
            .map(|field| account.text(field).unwrap_or_default().into_owned())
            .collect();
        let handle = account.text(Field::Handle).unwrap_or_default();
        cells.push(handle.trim_start_matches('@').to_owned());
        cells.push(
            account
                .joined(Facet::Platform)
                .unwrap_or_default()
                .into_owned(),
        );
        let unknown = schema.columns.iter().enumerate();
        cells.extend(
            unknown
                .filter(|(_, column)| column.field.is_none())
                .map(|(at, column)| format!("{}={}", column.header, account.cell(at))),
        );
        (
            account.followers(),
            account.engagement_rate().map(nearest),
            account.engagements().map(nearest),
            account.price().map(nearest),
            account.price_low().map(nearest),
            cells,
        )
    });
    accounts.collect()
}

fn rules() -> Rules<'static> {
    static PLAYBOOK: LazyLock<Playbook> =
        LazyLock::new(|| pyramide::load::assets::embedded().unwrap());
    Rules {
        count: &number::count,
        platforms: &PLAYBOOK.platforms,
    }
}

/// The roster written in every format, each with its name.
fn written(reading: &Reading) -> Vec<(&'static str, Vec<u8>)> {
    let roster = &reading.roster;
    let all = || (0..roster.len() as u32).map(AccountId);
    let mut formats = Vec::new();
    let unguarded = csv::Dialect {
        guarded: false,
        ..csv::PLAIN
    };
    for (name, dialect) in [
        ("csv", csv::PLAIN),
        ("excel-nl", csv::EXCEL_NL),
        ("unguarded", unguarded),
    ] {
        let mut bytes = Vec::new();
        csv::write(roster, all(), rules(), dialect, &mut bytes).unwrap();
        formats.push((name, bytes));
    }
    let mut bytes = Vec::new();
    json::write(roster, all(), rules(), &mut bytes).unwrap();
    formats.push(("json", bytes));
    let mut bytes = Vec::new();
    xlsx::write(roster, all(), rules(), &mut bytes).unwrap();
    formats.push(("xlsx", bytes));
    formats
}

fn assert_kept(text: &str) {
    let first = reading(text.as_bytes());
    let expected = told(&first);
    for (format, bytes) in written(&first) {
        let again = reading(&bytes);
        assert_eq!(told(&again), expected, "{format} of\n{text}");
        assert_eq!(
            again.roster.schema().currency,
            first.roster.schema().currency,
            "{format}"
        );
    }
}

#[test]
fn what_is_written_reads_back_as_it_was() {
    assert_kept(
        "name,handle,platform,category,city,followers,ER,price,Rank\n\
         Mia Vis,@mia.x,IG,Food | Travel,Delft,12.5K,3.2%,€150-€300,1\n\
         Tom Mol,@tom.x,TikTok,\"Pets, Home\",Goes,900,n/a,€80.50,2\n\
         =1+1,eve.x,TikTok,Home,Goes,lots,41.25%,$ 80,3\n",
    );
    assert_kept("name,followers,avg likes,avg comments\nA b,1000,40,10\nC d,25000,700,50\n");
    assert_kept("name,followers,ER by views,avg views\nA b,1000,10%,400\nC d,500,60%,30\n");
    assert_kept("name,followers,notes\nAa Aa,5,\"@'\"\nBb Bb,10028,\";pis\"\n");
    assert_kept("name,followers,notes\nAa Aa,5,\"'n dag, 's avonds'\"\nBb Bb,1,'\n");
    assert_kept("name,instagram followers,tiktok followers\nA b,1000,5\nC d,,7000\n");
}

fn csv_of(text: &str) -> String {
    String::from_utf8(written(&reading(text.as_bytes()))[0].1.clone()).unwrap()
}

#[test]
fn counts_are_plain_numbers_wherever_they_were_understood() {
    let csv = csv_of(
        "naam;volgers;gem. likes;gem. weergaven (k);posts\n\
         Mia Vis;12.500;1.250;12,5;310\nTom Mol;9.000;800,5;1,2M;geen\nBo Rij;1.200;-1;op aanvraag;12\n",
    );
    assert_eq!(
        csv,
        "name,followers,engagement_rate,likes,views,posts\n\
         Mia Vis,12500,0.1,1250,12500,310\n\
         Tom Mol,9000,0.08894444444444445,800.5,1200000,geen\n\
         Bo Rij,1200,,-1,op aanvraag,12\n"
    );
}

#[test]
fn addresses_are_made_of_handles_where_the_file_has_none() {
    let csv = csv_of(
        "name,handle,platform,followers\nMia Vis,@mia.x,IG,5\nTom Mol,tom,Podcast,6\nBo Rij,bo rij,TikTok,7\nEva Li,eva,TikTok,7\n",
    );
    assert!(
        csv.starts_with("name,handle,url,platform,followers\n"),
        "{csv}"
    );
    assert!(csv.contains("Mia Vis,mia.x,https://www.instagram.com/mia.x,Instagram,5\n"));
    assert!(csv.contains("Tom Mol,tom,,Podcast,6\n"));
    assert!(csv.contains("Bo Rij,bo rij,,TikTok,7\n"));
    let own = csv_of("name,handle,link,platform,followers\nMia Vis,mia,https://x.example/a,IG,5\n");
    assert!(own.contains("https://x.example/a") && !own.contains("instagram.com"));
}

#[test]
fn cells_that_look_like_formulas_are_guarded() {
    let first = reading(b"name,handle,followers,notes\n=cmd,@mia.x,5,-3\n+x y,tom,6,@all\n");
    let csv = String::from_utf8(written(&first)[0].1.clone()).unwrap();
    for cell in csv.split(['\n', ',', '\r']) {
        let number = cell.parse::<f64>().is_ok();
        assert!(
            number || !cell.starts_with(['=', '+', '-', '@', '\t']),
            "{cell}"
        );
    }
    assert!(csv.contains("'=cmd") && csv.contains(",mia.x,") && csv.contains("'@all"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_roster_reads_back_as_it_was(rows in prop::collection::vec(
        (
            "[A-Z][a-z]{1,6} [A-Z][a-z]{1,6}",
            0u64..3_000_000,
            prop::option::of(0u32..9_000),
            prop::option::of(1u32..90_000),
            "['=+@-]{0,2}[a-z é]{0,6}[,;\"|]?[a-z]{0,3}",
        ),
        3..25,
    )) {
        let mut text = String::from("name,followers,ER,price,notes\n");
        for (name, followers, rate, price, notes) in &rows {
            let rate = rate.map_or(String::new(), |rate| format!("{}%", f64::from(rate) / 100.0));
            let price = price.map_or(String::new(), |price| format!("€{price}.5"));
            let notes = notes.replace('"', "\"\"");
            let row = format!("{name},{followers},{rate},{price},\"{notes}\"\n");
            text.push_str(&row);
        }
        assert_kept(&text);
    }
}
