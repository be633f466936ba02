//! Invariance: a roster says the same however it is written. Columns in another order, headers in other words, another
//! separator, quotes, encoding, record ends and decimal mark leave every figure as it is.

use crate::tallies::{self, PLAYBOOK};
use encoding_rs::WINDOWS_1252;
use pyramide::domain::decision::{Because, DecimalStyle};
use pyramide::domain::field::{Field, FieldKind};
use pyramide::domain::reading::Reading;
use pyramide::load::options::Options;
use pyramide::load::raw;
use pyramide::load::source::Input;
use std::path::{Path, PathBuf};

/// Rosters of several shapes and languages; every account is made up.
const FIXTURES: [(&str, &str); 5] = [
    (
        "plain.csv",
        "Name,Handle,Platform,Category,City,Followers,ER,Price\n\
         Ada Vis,@ada.vis.x,Instagram,Food,Delft,1200,4.1%,120.50\n\
         Zoë Mol,@zoe.mol.x,TikTok,\"Pets, Home\",Goes,60000,2.25%,900\n\
         Cas Ree,@cas.ree.x,Instagram,Travel,Assen,,9%,\n\
         Bo Lam,@bo.lam.x,YouTube,Food,Delft,250300,0.8%,2500.75\n\
         Tim Aal,@tim.aal.x,Instagram,Home,Goes,4999,6.4%,80\n",
    ),
    (
        "lijst.csv",
        "Naam,Aantal volgers,Engagement rate,Prijs per post,Plaats\n\
         Pim Koe,12.5K,3.5%,€ 150.00,Zwolle\n\
         Loes Ree,1.2M,0.4%,€ 4000.00,Breda\n\
         René Das,900,8.25%,€ 45.50,Emmen\n\
         Ans Uil,55.3K,1.75%,op aanvraag,Breda\n",
    ),
    (
        "likes.csv",
        "username,subscribers,avg likes,avg comments,country\n\
         mia_x_one,1000,40,10,Spain\n\
         tom_x_two,25000,700,50,Peru\n\
         eva_x_three,120000,1500,90,Chile\n\
         kim_x_four,800,60,4,Spain\n\
         leo_x_five,47000,900,30,Peru\n\
         noa_x_six,5100,310,12,Chile\n",
    ),
    (
        "wide.csv",
        "Name,Instagram followers,TikTok followers,City\n\
         Ada Vis,1200,56000,Delft\n\
         Bo Mol,,91000,Goes\n\
         Cas Ree,7300,,Assen\n\
         Des Lam,101000,2500,Goes\n",
    ),
    (
        "fractions.csv",
        "Influencer,Followers,Engagement Rate,Fee USD\n\
         One Made,15000,0.031,300\n\
         Two Made,150000,0.012,1500\n\
         Three Made,2100,0.085,60\n\
         Four Made,64000,0.022,700\n",
    ),
];

/// A table as text, and what its columns were taken for.
#[derive(Clone)]
struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// How a table is written.
#[derive(Debug, Clone, Copy)]
struct Style {
    delimiter: u8,
    quote_all: bool,
    record_end: &'static str,
    encoding: &'static str,
}

const PLAIN: Style = Style {
    delimiter: b',',
    quote_all: false,
    record_end: "\n",
    encoding: "utf-8",
};

/// What must not change: followers, rate and price of every account, in any order.
type Figures = Vec<(Option<u64>, Option<u64>, Option<u64>)>;

fn input(name: &str, bytes: &[u8]) -> Input {
    Input::Bytes {
        name: name.to_owned(),
        bytes: bytes.into(),
    }
}

fn read(name: &str, bytes: &[u8]) -> Result<Reading, String> {
    tallies::reading(name, bytes).map_err(|error| error.to_string())
}

fn figures(reading: &Reading) -> Figures {
    let nearest = |value: f64| (value * 1e6).round() as u64;
    let mut all: Figures = reading
        .roster
        .accounts()
        .map(|account| {
            (
                account.followers(),
                account.engagement_rate().map(nearest),
                account.price().map(nearest),
            )
        })
        .collect();
    all.sort_unstable();
    all
}

fn table(name: &str, bytes: &[u8]) -> Option<Table> {
    let mut records: Vec<Vec<String>> = Vec::new();
    let input = input(name, bytes);
    raw::give(&input, &Options::default(), &PLAYBOOK, &mut |record| {
        records.push(record.cells().map(str::to_owned).collect());
        Ok(())
    })
    .ok()?;
    let header = (!records.is_empty()).then(|| records.remove(0))?;
    let rows = records;
    Some(Table { header, rows })
}

/// The bytes of a table; `None` where the encoding cannot hold its text.
fn written(table: &Table, style: Style) -> Option<Vec<u8>> {
    let mut text = String::new();
    let delimiter = char::from(style.delimiter);
    for record in std::iter::once(&table.header).chain(&table.rows) {
        let cells = record.iter().map(|cell| {
            let special = cell.contains([delimiter, '"', '\n', '\r', ',', ';']);
            if style.quote_all || special || cell.starts_with(' ') {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell.clone()
            }
        });
        text.push_str(&cells.collect::<Vec<_>>().join(&delimiter.to_string()));
        text.push_str(style.record_end);
    }
    let wide = |mark: bool, bytes: fn(u16) -> [u8; 2]| {
        let mark = mark.then_some(0xFEFF);
        let units = mark.into_iter().chain(text.encode_utf16());
        units.flat_map(bytes).collect()
    };
    Some(match style.encoding {
        "utf-8 with mark" => ["\u{FEFF}".as_bytes(), text.as_bytes()].concat(),
        "utf-16le with mark" => wide(true, u16::to_le_bytes),
        "utf-16be with mark" => wide(true, u16::to_be_bytes),
        "utf-16le" => wide(false, u16::to_le_bytes),
        "utf-16be" => wide(false, u16::to_be_bytes),
        "windows-1252" => {
            let (bytes, _, lost) = WINDOWS_1252.encode(&text);
            return (!lost).then(|| bytes.into_owned());
        }
        _ => text.into_bytes(),
    })
}

/// The columns turned round by this many places, then back to front.
fn shuffled(table: &Table, by: usize) -> Table {
    let turn = |cells: &Vec<String>| {
        let mut cells = cells.clone();
        let by = by % cells.len().max(1);
        cells.rotate_left(by);
        cells.reverse();
        cells
    };
    Table {
        header: turn(&table.header),
        rows: table.rows.iter().map(turn).collect(),
    }
}

/// Words in a synonym that say more than the field: a platform, what the rate is of, a currency, a total.
const TELLING: [&str; 24] = [
    "insta", "ig", "tiktok", "tt", "youtub", "yt", "twitch", "twitter", "facebook", "fb", "view",
    "reach", "bereik", "eur", "usd", "gbp", "$", "€", "total", "channel", "kanaal", "stream",
    "subscri", "video",
];

/// Every header that is a known name becomes another name of its field, `nth` of them on.
fn renamed(table: &Table, reading: &Reading, nth: usize) -> Table {
    let mut renamed = table.clone();
    let Some(sketch) = reading.sketches.first() else {
        return renamed;
    };
    for (at, column) in sketch.columns.iter().enumerate() {
        let (Some(field), Some(Because::Header)) = (column.field, column.because) else {
            continue;
        };
        let entry = &PLAYBOOK.fields[field as usize];
        let fit = |name: &&String| {
            name.is_ascii()
                && !TELLING
                    .iter()
                    .any(|word| name.to_lowercase().contains(word))
        };
        let names: Vec<&String> = entry.synonyms.iter().filter(fit).collect();
        let telling = TELLING
            .iter()
            .any(|word| column.header.to_lowercase().contains(word));
        if let (Some(cell), false, false) = (renamed.header.get_mut(at), names.is_empty(), telling)
        {
            cell.clone_from(names[nth % names.len()]);
        }
    }
    renamed
}

/// Points become commas and commas points in every column whose numbers plainly have points for decimals.
fn with_commas(table: &Table, reading: &Reading) -> Option<Table> {
    let mut turned = table.clone();
    let sketch = reading.sketches.first()?;
    let numeric = |field: Field| {
        matches!(
            field.kind(),
            FieldKind::Count | FieldKind::Rate | FieldKind::Money
        )
    };
    for (at, column) in sketch.columns.iter().enumerate() {
        let plain = column.style == Some(DecimalStyle::Point) && !column.ambiguous;
        if !column.field.is_some_and(numeric) || !plain {
            continue;
        }
        for row in &mut turned.rows {
            let turn = |c: char| match c {
                '.' => ',',
                ',' => '.',
                other => other,
            };
            row[at] = row[at].chars().map(turn).collect();
        }
    }
    (turned.rows != table.rows).then_some(turned)
}

/// All ways in which a table is written anew, each with its name.
fn variants(table: &Table, reading: &Reading) -> Vec<(String, Table, Style)> {
    let mut variants = Vec::new();
    let mut add = |name: String, table: &Table, style| variants.push((name, table.clone(), style));
    for by in 0..table.header.len().min(4) {
        add(
            format!("columns turned by {by}"),
            &shuffled(table, by),
            PLAIN,
        );
    }
    for nth in 0..6 {
        add(
            format!("other headers {nth}"),
            &renamed(table, reading, nth),
            PLAIN,
        );
    }
    for delimiter in *b";\t|" {
        let style = Style { delimiter, ..PLAIN };
        add(
            format!("separator {:?}", char::from(delimiter)),
            table,
            style,
        );
    }
    let quote_all = true;
    add("all quoted".to_owned(), table, Style { quote_all, ..PLAIN });
    for record_end in ["\r\n", "\r"] {
        add(
            format!("ends in {record_end:?}"),
            table,
            Style {
                record_end,
                ..PLAIN
            },
        );
    }
    for encoding in [
        "utf-8 with mark",
        "utf-16le with mark",
        "utf-16be with mark",
        "utf-16le",
        "utf-16be",
        "windows-1252",
    ] {
        add(encoding.to_owned(), table, Style { encoding, ..PLAIN });
    }
    if let Some(turned) = with_commas(table, reading) {
        let delimiter = b';';
        add(
            "decimal commas".to_owned(),
            &turned,
            Style { delimiter, ..PLAIN },
        );
        add("decimal commas, comma separated".to_owned(), &turned, PLAIN);
    }
    variants
}

/// What changes when a roster is written anew, a line for each way.
fn changes(name: &str, bytes: &[u8]) -> (usize, Vec<String>) {
    let (Ok(first), Some(table)) = (read(name, bytes), table(name, bytes)) else {
        return (0, Vec::new());
    };
    let expected = figures(&first);
    let (mut tried, mut changed) = (0, Vec::new());
    for (variant, table, style) in variants(&table, &first) {
        let Some(bytes) = written(&table, style) else {
            continue;
        };
        tried += 1;
        match read(name, &bytes) {
            Ok(reading) if figures(&reading) == expected => {}
            Ok(reading) => {
                let found = figures(&reading);
                let other = found
                    .iter()
                    .zip(&expected)
                    .filter(|(one, other)| one != other);
                changed.push(format!(
                    "{name}: {variant}: {} accounts, not {}; {} with other figures; header {:?}",
                    found.len(),
                    expected.len(),
                    other.count(),
                    table.header
                ));
            }
            Err(error) => changed.push(format!("{name}: {variant}: {error}")),
        }
    }
    (tried, changed)
}

#[test]
fn figures_do_not_depend_on_how_a_roster_is_written() {
    let mut tried = 0;
    for (name, text) in FIXTURES {
        let (variants, changed) = changes(name, text.as_bytes());
        assert!(changed.is_empty(), "{}", changed.join("\n"));
        tried += variants;
    }
    assert!(tried > 90, "only {tried} variants were tried");
}

/// The same over your own files: `PYRAMIDE_ROSTERS=folder cargo test -- --ignored your_own`.
#[test]
#[ignore = "reads the folder that PYRAMIDE_ROSTERS names"]
fn figures_of_your_own_rosters_do_not_depend_on_how_they_are_written() {
    let folder = PathBuf::from(std::env::var_os("PYRAMIDE_ROSTERS").unwrap());
    let mut all = Vec::new();
    let mut tried = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let delimited = path.extension().and_then(|ending| ending.to_str());
        if !matches!(delimited, Some("csv" | "tsv" | "txt")) {
            continue;
        }
        let name = path
            .file_name()
            .map(Path::new)
            .unwrap()
            .display()
            .to_string();
        let (variants, changed) = changes(&name, &std::fs::read(&path).unwrap());
        tried += variants;
        all.extend(changed);
    }
    println!("{tried} variants");
    assert!(all.is_empty(), "{}", all.join("\n"));
}
