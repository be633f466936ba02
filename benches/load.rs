//! How long it takes to read a roster: records alone, and accounts in columns, by one thread and by all.
//!
//! `cargo bench --bench load`. The text is made up, with quoted commas and line breaks as rosters have them. Records
//! alone are read by the `csv` crate too, for comparison.

use divan::Bencher;
use divan::counter::BytesCount;
use pyramide::domain::playbook::Playbook;
use pyramide::domain::table::Record;
use pyramide::load::assets;
use pyramide::load::delimited::Delimited;
use pyramide::load::dialect::{Dialect, Shape};
use pyramide::load::options::{Cutting, Options};
use pyramide::load::reading::read;
use pyramide::load::records::Records;
use pyramide::load::source::Input;
use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::sync::{Arc, LazyLock};

const ACCOUNTS: u64 = 200_000;

static TEXT: LazyLock<Arc<[u8]>> = LazyLock::new(|| text().into_bytes().into());
static PLAYBOOK: LazyLock<Option<Playbook>> = LazyLock::new(|| assets::embedded().ok());

fn main() {
    divan::main();
}

fn text() -> String {
    let mut text =
        "name,handle,platform,category,city,followers,ER,likes,price,email,notes\n".to_owned();
    let (platforms, cities) = (
        ["Instagram", "TikTok", "YouTube"],
        ["Goes", "Den Haag", "Zürich", "Łódź"],
    );
    let notes = [
        "",
        "",
        "",
        "\"rates, incl. VAT\"",
        "\"asks first\nthen signs\"",
        "\"says \"\"hi\"\"\"",
    ];
    let mut seed = 7u64;
    let mut next = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) % below
    };
    for at in 0..ACCOUNTS {
        let platform = platforms[next(3) as usize];
        let city = cities[next(4) as usize];
        let (followers, rate, likes, price) =
            (next(900_000) + 100, next(900), next(9000), next(5000));
        let note = notes[next(6) as usize];
        let _ = writeln!(
            text,
            "Mia Visser{at},@mia{at},{platform},Food,{city},{followers},{}.{:02}%,{likes},€ {price},mia{at}@example.org,{note}",
            rate / 100,
            rate % 100,
        );
    }
    text
}

#[divan::bench(sample_count = 20)]
fn records(bencher: Bencher) {
    let dialect = Dialect {
        shape: Shape {
            width: 11,
            values: 0b001_1110_0000,
        },
        ..Dialect::separated_by(b',')
    };
    bencher.counter(BytesCount::new(TEXT.len())).bench(|| {
        let mut records = Delimited::new(&TEXT[..], dialect);
        let mut record = Record::default();
        let mut cells = 0;
        while let Ok(Some(_)) = records.next(&mut record) {
            cells += record.len();
        }
        cells
    });
}

#[divan::bench(sample_count = 20)]
fn records_by_the_csv_crate(bencher: Bencher) {
    bencher.counter(BytesCount::new(TEXT.len())).bench(|| {
        let mut records = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(&TEXT[..]);
        let mut record = csv::StringRecord::new();
        let mut cells = 0;
        while let Ok(true) = records.read_record(&mut record) {
            cells += record.len();
        }
        cells
    });
}

/// By so many lanes; 0 stands for as many as there are processors.
#[divan::bench(args = [1, 2, 0], sample_count = 10)]
fn accounts(bencher: Bencher, lanes: usize) {
    let Some(playbook) = &*PLAYBOOK else { return };
    let usual = Cutting::default();
    let options = Options {
        cutting: Cutting {
            lanes: if lanes == 0 { usual.lanes } else { lanes },
            ..usual
        },
        ..Options::default()
    };
    let input = Input::Bytes {
        name: "made up".to_owned(),
        bytes: Arc::clone(&TEXT),
    };
    bencher.counter(BytesCount::new(TEXT.len())).bench(|| {
        let reading = read(&input, &options, playbook, &mut |_, _| {
            ControlFlow::Continue(())
        });
        reading.map(|reading| reading.roster.len()).ok()
    });
}
