//! One pass over all records of the tables, giving out chunks as they are filled.
//!
//! Text that is long is read by several [lanes](super::lanes), anything else record by record.

use super::again;
use super::cutting::Cutter;
use super::delimited::{Between, Delimited};
use super::dialect::Shape;
use super::failure::LoadError;
use super::filling::{Filling, Placed};
use super::fitting::Fitting;
use super::intake::{Intake, Sieve};
use super::lanes::{self, Course, Feed, Hints, Stretch};
use super::lexicon::Lexicon;
use super::options::{Cutting, Options};
use super::outline::{Layout, Outline};
use super::prepared::Prepared;
use super::records::Records;
use super::table::{Body, Table};
use super::watch::Watch;
use crate::domain::decision::Decision;
use crate::domain::reading::{Progress, Reading, Skipped};
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::{Roster, Schema};
use crate::domain::sketch::Sketch;
use crate::domain::table::Record;
use anyhow::Result;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Accounts in the first chunk: more than a screen shows, and few enough to stand in the first block of a text.
const FIRST_CHUNK: usize = 128;

/// One in how many of the accounts must be new for all of them to be given out once more. As that costs a little for
/// every chunk, and each may be looked at anew, large rosters are given out more rarely.
const NEWS: u64 = 16;

/// One pass over all records.
pub(super) struct Pass<'a> {
    name: String,
    decisions: Arc<Vec<Decision>>,
    sketches: Arc<Vec<Sketch>>,
    intake: Intake<'a>,
    schema: Arc<Schema>,
    chunks: Vec<Arc<Chunk>>,
    /// Accounts in the chunks, and how many of them were given out.
    accounts: u64,
    given: u64,
    /// Rows of the tables before.
    rows: u64,
    /// Accounts of the next chunk, and the most of one.
    size: usize,
    most: usize,
    cutting: Cutting,
    /// Rows of each table before.
    seen: Vec<again::Rows>,
    /// What is shown until all is read, when it is read again.
    before: Option<Reading>,
}

/// Whom to tell of what was read.
struct Telling<'w, 'f> {
    watch: &'w mut Watch<'f>,
    /// Bytes of the tables before, and of all.
    before: u64,
    total: Option<u64>,
}

impl<'a> Pass<'a> {
    /// A pass over prepared tables; what was read of them `before`, if they were, is shown until it is done.
    pub(super) fn new(
        name: String,
        prepared: &Prepared,
        lexicon: &'a Lexicon,
        options: &Options,
        before: Option<Reading>,
    ) -> Pass<'a> {
        Pass {
            name,
            decisions: Arc::clone(&prepared.decisions),
            sketches: Arc::clone(&prepared.sketches),
            intake: Intake {
                filling: Filling::new(&prepared.schema, lexicon),
                skipped: Skipped::default(),
                seen: again::Rows::of(Layout::Lines),
            },
            schema: Arc::clone(&prepared.schema),
            chunks: Vec::new(),
            accounts: 0,
            given: 0,
            rows: 0,
            size: FIRST_CHUNK.min(options.chunk.max(1)),
            most: options.chunk.max(1),
            cutting: options.cutting,
            seen: Vec::new(),
            before,
        }
    }

    /// What was read, and rows of each table.
    pub(super) fn finish(self) -> (Reading, Vec<again::Rows>) {
        (self.reading(), self.seen)
    }

    /// Reads the tables one after the other.
    pub(super) fn all(
        &mut self,
        tables: &'a mut [(Table, Vec<Placed>)],
        watch: &mut Watch<'_>,
    ) -> Result<ControlFlow<()>> {
        let totals: Option<Vec<u64>> = tables.iter().map(|(table, _)| table.total).collect();
        let total = totals.map(|totals| totals.iter().sum());
        let mut before = 0;
        for (number, (table, parts)) in tables.iter_mut().enumerate() {
            let body = table.body.take();
            let parts = (parts.as_slice(), number as u32);
            self.intake.filling.begin(parts.0, parts.1);
            self.intake.seen = again::Rows::of(table.layout);
            let telling = &mut Telling {
                watch: &mut *watch,
                before,
                total,
            };
            if self.table(table, body, parts, telling)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
            before += table.total.unwrap_or(0);
            let seen = std::mem::take(&mut self.intake.seen);
            self.seen.push(seen);
            self.rows += self.intake.filling.rows;
            self.intake.filling.rows = 0;
        }
        Ok(ControlFlow::Continue(()))
    }

    fn table(
        &mut self,
        table: &'a Table,
        body: Body,
        parts: (&'a [Placed], u32),
        telling: &mut Telling<'_, '_>,
    ) -> Result<ControlFlow<()>> {
        let shape = table.sample.shape();
        let fitting = Fitting::new(&table.sample.header, shape, table.sample.dialect);
        match body {
            Body::Text { bytes, length } if self.is_worth_cutting(length) && shape.values != 0 => {
                let schema = Arc::clone(&self.schema);
                let course = Course {
                    dialect: table.sample.dialect,
                    shape,
                    header: &table.sample.header,
                    fitting: &fitting,
                    schema: &schema,
                    lexicon: self.intake.filling.interning.lexicon,
                    parts,
                    chunk: self.most,
                    hints: Hints::default(),
                };
                self.by_lanes(table, bytes, &course, telling)
            }
            body => {
                let mut records = body.into_records(table.sample.dialect);
                self.one_by_one(table, records.as_mut(), (&fitting, shape), telling)
            }
        }
    }

    fn is_worth_cutting(&self, length: u64) -> bool {
        self.cutting.lanes > 1 && length > self.cutting.block as u64
    }

    /// Reads a table record by record.
    fn one_by_one(
        &mut self,
        table: &Table,
        records: &mut dyn Records,
        (fitting, shape): (&Fitting, Shape),
        telling: &mut Telling<'_, '_>,
    ) -> Result<ControlFlow<()>> {
        let lexicon = self.intake.filling.interning.lexicon;
        let known = |cell: &str| lexicon.knows(cell);
        let mut sieve = Sieve {
            outline: Outline::new(&table.sample.header, shape, table.layout, &known),
            fitting,
        };
        let mut record = Record::default();
        let failed = |error| unreadable(table, &error);
        while let Some(quirks) = records.next(&mut record).map_err(failed)? {
            self.intake.take(&mut record, quirks, &mut sieve);
            let read = || table.read.load(Ordering::Relaxed);
            if self.advance(table, read, telling)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        self.intake.end(&mut sieve);
        Ok(self.give_rest(table.read.load(Ordering::Relaxed), telling))
    }

    /// Reads a table by several lanes.
    fn by_lanes(
        &mut self,
        table: &Table,
        bytes: Box<dyn Read + Send>,
        course: &Course<'_>,
        telling: &mut Telling<'_, '_>,
    ) -> Result<ControlFlow<()>> {
        let count = Arc::clone(&table.read);
        let cutter = Cutter::new(bytes, count, course.dialect, self.cutting.block);
        std::thread::scope(|scope| {
            let feed = lanes::start(scope, cutter, course, self.cutting.lanes);
            let feed = feed.map_err(|error| unreadable(table, &error))?;
            let mut records = Delimited::new(feed, course.dialect);
            self.along(table, &mut records, course, telling)
        })
    }

    /// Takes what lanes have made of a table, and reads record by record what they could not.
    fn along(
        &mut self,
        table: &Table,
        records: &mut Delimited<'_, Feed<'_>>,
        course: &Course<'_>,
        telling: &mut Telling<'_, '_>,
    ) -> Result<ControlFlow<()>> {
        let known = |cell: &str| course.lexicon.knows(cell);
        let mut sieve = course.sieve(&known);
        let mut record = Record::default();
        let mut next = Between::default();
        loop {
            let calm = sieve.outline.is_calm(next.line);
            let stretch = if calm {
                records.source().stretch_at(next.offset)
            } else {
                None
            };
            if let Some(stretch) = stretch.filter(|stretch| self.intake.can_join(&stretch.intake)) {
                next = stretch.to;
                records.go_to(next);
                records.source().go_to(next.offset);
                self.join(stretch, &mut sieve);
                course.hints.renew(&self.intake);
            } else {
                let quirks = records.next(&mut record);
                let Some(quirks) = quirks.map_err(|error| unreadable(table, &error))? else {
                    break;
                };
                self.intake.take(&mut record, quirks, &mut sieve);
                next = records.behind_break();
            }
            let read = records.source().read;
            if self.advance(table, || read, telling)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        self.intake.end(&mut sieve);
        Ok(self.give_rest(table.read.load(Ordering::Relaxed), telling))
    }

    /// Joins what a lane has made.
    fn join(&mut self, stretch: Stretch<'_>, sieve: &mut Sieve<'_>) {
        self.close();
        let mut chunks = stretch.chunks;
        self.intake.join(stretch.intake, &mut chunks);
        sieve.outline.go_on(stretch.memory);
        let accounts = chunks.iter().map(|chunk| chunk.len() as u64);
        self.accounts += accounts.sum::<u64>();
        self.chunks.append(&mut chunks);
    }

    /// Closes the chunk that is being filled when it is full, and gives out all that was read when enough of it is new.
    fn advance(
        &mut self,
        table: &Table,
        read: impl FnOnce() -> u64,
        telling: &mut Telling<'_, '_>,
    ) -> Result<ControlFlow<()>> {
        let waiting = self.intake.filling.waiting();
        let new = self.accounts - self.given + waiting as u64;
        let is_due = new >= (self.size as u64).max(self.accounts / NEWS);
        if waiting >= self.size {
            self.close();
        }
        if !is_due {
            return Ok(ControlFlow::Continue(()));
        }
        self.size = (self.size * 2).min(self.most);
        if self.accounts + self.most as u64 * 256 >= u64::from(Roster::MOST) {
            anyhow::bail!(
                "{}: more accounts than the {} that are read",
                table.name,
                Roster::MOST
            );
        }
        Ok(self.give(read(), telling))
    }

    /// Gives out what has not been given out yet.
    fn give_rest(&mut self, read: u64, telling: &mut Telling<'_, '_>) -> ControlFlow<()> {
        let new = self.accounts > self.given || self.intake.filling.waiting() > 0;
        if new || self.chunks.is_empty() {
            return self.give(read, telling);
        }
        ControlFlow::Continue(())
    }

    /// Gives out all that was read.
    fn give(&mut self, read: u64, telling: &mut Telling<'_, '_>) -> ControlFlow<()> {
        self.close();
        self.given = self.accounts;
        let progress = Progress {
            read: telling.before + read,
            total: telling.total,
        };
        match &self.before {
            Some(before) => (telling.watch)(before, progress),
            None => (telling.watch)(&self.reading(), progress),
        }
    }

    /// Closes the chunk that is being filled, if there is something in it.
    fn close(&mut self) {
        if self.intake.filling.waiting() > 0 {
            let chunk = self.intake.filling.publish();
            self.accounts += chunk.len() as u64;
            self.chunks.push(chunk);
        }
    }

    fn reading(&self) -> Reading {
        let filling = &self.intake.filling;
        let roster = Roster::new(
            Arc::clone(&self.schema),
            filling.interning.vocabularies.clone(),
            self.chunks.clone(),
        );
        Reading {
            source: self.name.clone(),
            rows: self.rows + filling.rows,
            roster: Arc::new(roster),
            skipped: self.intake.skipped,
            problems: Arc::clone(&filling.problems),
            decisions: Arc::clone(&self.decisions),
            sketches: Arc::clone(&self.sketches),
        }
    }
}

fn unreadable(table: &Table, error: &io::Error) -> LoadError {
    LoadError::Unreadable {
        name: table.name.clone(),
        reason: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::domain::field::{Facet, Field};
    use crate::domain::playbook::Playbook;
    use crate::domain::roster::cells::Cells;
    use crate::load::options::Keep;
    use crate::load::reading;
    use crate::load::source::Input;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static PLAYBOOK: LazyLock<Playbook> =
        LazyLock::new(|| crate::load::assets::embedded().unwrap());
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of(&PLAYBOOK));

    /// Everything that comes of a text: what was read, rows of it that were kept, and what the accounts hold.
    fn read(
        name: &str,
        text: &[u8],
        options: &Options,
    ) -> Option<(Reading, Vec<again::Rows>, Vec<String>)> {
        let inputs = [Input::Bytes {
            name: name.to_owned(),
            bytes: text.into(),
        }];
        let mut prepared = Prepared::of(&inputs, options, &LEXICON, Vec::new()).ok()?;
        let mut pass = Pass::new("x".to_owned(), &prepared, &LEXICON, options, None);
        let mut last = 0;
        let mut watch = |reading: &Reading, _: Progress| {
            assert!(reading.roster.len() >= last);
            last = reading.roster.len();
            ControlFlow::Continue(())
        };
        let ended = pass.all(&mut prepared.tables, &mut watch).ok()?;
        assert!(ended.is_continue());
        let (reading, seen) = pass.finish();
        assert_eq!(last, reading.roster.len());
        let accounts = told(&reading.roster, &Keep::All);
        Some((reading, seen, accounts))
    }

    /// What the accounts of a roster hold, as far as it is kept.
    fn told(roster: &Roster, keep: &Keep) -> Vec<String> {
        let columns = roster.schema().columns.iter().enumerate();
        let columns = columns.filter(|(_, column)| keep.has(column.field));
        let columns: Vec<usize> = columns.map(|(at, _)| at).collect();
        let facets = Facet::ALL.into_iter();
        let facets = facets.filter(|facet| keep.has(Some(facet.field())));
        let facets: Vec<Facet> = facets.collect();
        let mut accounts: Vec<String> = roster
            .accounts()
            .map(|account| {
                let cells: Vec<_> = columns.iter().map(|at| account.cell(*at)).collect();
                let chunk = account.chunk();
                let at = account.within();
                let base = chunk.rate_base.as_ref().and_then(|base| base.known(at));
                let codes: Vec<Vec<u32>> = facets
                    .iter()
                    .map(|facet| chunk.codes(*facet, at).collect())
                    .collect();
                format!(
                    "{cells:?} {codes:?} {:?} {:?} {base:?} {:?} {:?} {} {} {} {:?} {:?}",
                    account.followers(),
                    account.engagement_rate(),
                    account.price(),
                    account.price_low(),
                    account.rate_contradicted(),
                    chunk.other_currency.has(at),
                    account.row(),
                    account.line(),
                    account.slot(),
                )
            })
            .collect();
        for facet in facets {
            let vocabulary = roster.vocabulary(facet);
            accounts.extend((0..vocabulary.cells() as u32).map(|code| {
                let members = vocabulary.members(code).iter();
                let members: Vec<&str> = members.map(|value| vocabulary.value(*value)).collect();
                format!("{} {members:?}", vocabulary.cell(code))
            }));
        }
        accounts
    }

    /// Lines of a roster, most of them in order.
    fn line() -> impl Strategy<Value = String> {
        let plain = "[a-c]{1,2},(Goes|Delft|Den Haag),[0-9]{1,4}[kM]?,[1-9]%,€ [0-9]{2}";
        prop_oneof![
            12 => plain,
            12 => digits_alone(),
            2 => "(@|https://www.tiktok.com/@)[a-c]{1,2},(Goes|),[0-9]{1,3},[1-9],[0-9]",
            2 => "\"[a-c, ]{0,4}\",\"(Goes, NL|\"\"Ede\"\"|Ede|B)\",[0-9]{1,3},[1-9],[0-9]",
            2 => "\"[a-b]\n[a-b]\",\"(x\r?\nA,Goes,5,2,7|\n\n|x,\n)\",[0-9]{1,3},1,1",
            1 => "\"[a-c],Goes,[0-9]{1,3},2%,[0-9]",
            1 => "a,\"Goes,[0-9]{1,2},\"x\"y,4",
            1 => "[a-c],[0-9]{1,3}",
            1 => "[a-c],Goes,[0-9]{1,3},2%,3,,x",
            1 => "Vos, Mia,Goes,[0-9]{1,3},2%,3",
            1 => "[a-c];Ede;[0-9]{1,3};3%;5",
            1 => "(|,,,,|-----,-----,---,---,---|name,city,followers,ER,price|Total,,900,,)",
            1 => "(Total|totaal|Totals),[0-9]{1,2},900,5,[0-9]",
            1 => "(Source: our own count,,,,|\\* not yet known|brand,country)",
            1 => "[\"a,]{0,5}",
            1 => "a,Ede,(n/a|many|-3|1.234|1,5|1e400),(12|0.02|x),(\\$ 5|free|5-9)",
        ]
    }

    /// Lines of plain digits.
    fn digits_alone() -> impl Strategy<Value = String> {
        "[a-c]{1,2},(Goes|Delft),[0-9]{0,5},[1-9](\\.[0-9])?,[0-9]{0,3}"
    }

    fn end() -> impl Strategy<Value = &'static str> {
        prop_oneof![8 => Just("\n"), 1 => Just("\r\n"), 1 => Just("\r"), 1 => Just("\n\n")]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 1 } else { 400 }))]

        #[test]
        fn any_cut_gives_what_reading_in_one_go_gives(
            lines in prop_oneof![
                6 => prop::collection::vec((line(), end()), 0..60),
                // Many in a row that need no closer look.
                1 => prop::collection::vec((prop_oneof![99 => digits_alone(), 1 => line()], Just("\n")), 60..400),
            ],
            odd in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..2),
            header in prop::sample::select(&[
                "name,city,followers,ER,price\n",
                "name,city,IG followers,ER,TikTok followers\n",
                "url,city,followers,ER,price\n",
                "name,city,followers,ER of views,price\n",
                "name,city,followers,rate,views\n",
            ]),
            name in prop::sample::select(&["x", "instagram.csv"]),
            block in prop_oneof![3 => 1usize..40, 3 => 40usize..600, 2 => 600usize..6000],
            lanes in 2usize..5,
            chunk in prop_oneof![1usize..20, 60usize..200],
        ) {
            let mut text = header.as_bytes().to_vec();
            for (line, end) in &lines {
                text.extend_from_slice(line.as_bytes());
                text.extend_from_slice(end.as_bytes());
            }
            for (at, byte) in odd {
                let at = at.index(text.len());
                text[at] = byte;
            }
            let cut = |lanes| Options {
                chunk,
                cutting: Cutting { lanes, block },
                ..Options::default()
            };
            let whole = read(name, &text, &cut(1));
            let parts = read(name, &text, &cut(lanes));
            prop_assert_eq!(whole.is_some(), parts.is_some());
            if let (Some((whole, kept, accounts)), Some((parts, kept_of_parts, accounts_of_parts))) = (whole, parts) {
                prop_assert_eq!(accounts, accounts_of_parts);
                prop_assert_eq!(kept, kept_of_parts);
                prop_assert_eq!(whole.rows, parts.rows);
                prop_assert_eq!(whole.skipped, parts.skipped);
                prop_assert_eq!(whole.problems, parts.problems);
                prop_assert_eq!(whole.decisions, parts.decisions);
            }
        }

        #[test]
        fn what_is_kept_is_what_it_is_where_all_is(
            lines in prop::collection::vec((line(), end()), 0..40),
            header in prop::sample::select(&[
                "name,platform,followers,ER,price\n",
                "name,city,IG followers,ER,TikTok followers\n",
                "url,city,followers,country,city\n",
                "url,platform,IG followers,price,TikTok followers\n",
            ]),
            files in 1usize..3,
            chunk in 1usize..20,
            keep in prop::sample::subsequence(
                [Field::Name, Field::Url, Field::City, Field::Platform, Field::Followers, Field::Price].to_vec(),
                0..6,
            ),
            block in 1usize..200,
            lanes in 1usize..3,
        ) {
            let lines = lines.iter().flat_map(|(line, end)| [line, *end]);
            let text: String = std::iter::once(header).chain(lines).collect();
            let read = |keep| {
                let bytes = |text: &str| Input::Bytes { name: "x".to_owned(), bytes: text.as_bytes().into() };
                let inputs = [bytes(&text), bytes("name,followers,region\nab,5,Goes\nb,7,Delft\n")];
                let cutting = Cutting { lanes, block };
                let options = Options { chunk, cutting, keep, ..Options::default() };
                let mut watch = |_: &Reading, _| ControlFlow::Continue(());
                reading::read_all(&inputs[..files], &options, &PLAYBOOK, &mut watch).ok()
            };
            let keep = Keep::Only(keep);
            let (all, some) = (read(Keep::All), read(keep.clone()));
            prop_assert_eq!(all.is_some(), some.is_some());
            if let (Some(all), Some(some)) = (all, some) {
                prop_assert_eq!(told(&all.roster, &keep), told(&some.roster, &keep));
                for (_, chunk) in some.roster.chunks() {
                    let columns = some.roster.schema().columns.iter();
                    for (column, cells) in columns.zip(chunk.cells.iter()) {
                        let is_there = !matches!(cells, Cells::Unkept { .. });
                        prop_assert_eq!((is_there, column.is_kept), (keep.has(column.field), is_there));
                    }
                }
                prop_assert_eq!(all.rows, some.rows);
                prop_assert_eq!(all.skipped, some.skipped);
                prop_assert_eq!(all.problems, some.problems);
                prop_assert_eq!(all.decisions, some.decisions);
            }
        }
    }
}
