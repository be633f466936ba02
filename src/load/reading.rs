//! Reading: a whole source into a roster. Looks at a sample, decides what everything is, then goes through all
//! records, giving out chunks as they are filled; once, unless later ones contradict what was decided.

use super::again;
use super::lexicon::Lexicon;
use super::options::Options;
use super::pass::Pass;
use super::prepared::Prepared;
use super::source::{self, Input};
use super::watch::Watch;
use crate::domain::playbook::Playbook;
use crate::domain::reading::Reading;
use anyhow::Result;
use std::ops::ControlFlow;

/// Reads an input. What was read until `watch` stopped it is returned when it does.
///
/// # Errors
///
/// Those of [`read_all`].
pub fn read(
    input: &Input,
    options: &Options,
    playbook: &Playbook,
    watch: &mut Watch<'_>,
) -> Result<Reading> {
    read_all(std::slice::from_ref(input), options, playbook, watch)
}

/// Reads several inputs as one roster. What was read until `watch` stopped it is returned when it does.
///
/// # Errors
///
/// [`LoadError`] inside, when one of them is no readable table, does not have a column or sheet that was named, or
/// has rows but no column of follower counts.
pub fn read_all(
    inputs: &[Input],
    options: &Options,
    playbook: &Playbook,
    watch: &mut Watch<'_>,
) -> Result<Reading> {
    let lexicon = Lexicon::of(playbook);
    let name = name_of(inputs);
    let mut prepared = Prepared::of(inputs, options, &lexicon, Vec::new())?;
    let fields = again::fields(&prepared.schema);
    let mut pass = Pass::new(name.clone(), &prepared, &lexicon, options, None);
    let ended = pass.all(&mut prepared.tables, watch)?;
    let (reading, rows) = pass.finish();
    if ended.is_break() || !inputs.iter().all(Input::is_repeatable) {
        return Ok(reading);
    }
    let revised = prepared.revise(rows, &lexicon, options)?;
    if revised.iter().all(Option::is_none) {
        return Ok(reading);
    }
    // What was read before is shown until all is read again, and holds when that cannot be done.
    let anew = Prepared::of(inputs, options, &lexicon, revised);
    let anew = anew
        .ok()
        .filter(|anew| again::fields(&anew.schema) == fields);
    let Some(mut anew) = anew else {
        return Ok(reading);
    };
    let before = Some(reading.clone());
    let mut pass = Pass::new(name, &anew, &lexicon, options, before);
    match pass.all(&mut anew.tables, watch) {
        Ok(ControlFlow::Continue(())) => Ok(pass.finish().0),
        Ok(ControlFlow::Break(())) | Err(_) => Ok(reading),
    }
}

/// What to call these inputs together.
#[must_use]
pub fn name_of(inputs: &[Input]) -> String {
    match inputs {
        [] => String::new(),
        [one] => source::name_of(one),
        [one, other] => format!("{} + {}", source::name_of(one), source::name_of(other)),
        [first, rest @ ..] => format!("{} + {}", source::name_of(first), rest.len()),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::domain::decision::Decision;
    use crate::domain::decision::{DecimalStyle, RateUnit};
    use crate::domain::field::{Facet, Field};
    use crate::domain::mapping::{ColumnMapping, Mapping};
    use crate::domain::problem::ProblemKind;
    use crate::domain::reading::Skipped;
    use crate::domain::roster::AccountId;
    use crate::load::failure::LoadError;
    use proptest::prelude::*;
    use std::fmt::Write as _;
    use std::sync::LazyLock;

    fn playbook() -> &'static Playbook {
        static PLAYBOOK: LazyLock<Playbook> =
            LazyLock::new(|| crate::load::assets::embedded().unwrap());
        &PLAYBOOK
    }

    fn input(name: &str, bytes: &[u8]) -> Input {
        Input::Bytes {
            name: name.to_owned(),
            bytes: bytes.into(),
        }
    }

    fn attempt(name: &str, bytes: &[u8]) -> Result<Reading> {
        read(
            &input(name, bytes),
            &Options::default(),
            playbook(),
            &mut |_, _| ControlFlow::Continue(()),
        )
    }

    fn reading(text: &str) -> Reading {
        attempt("roster.csv", text.as_bytes()).unwrap()
    }

    fn followers(reading: &Reading) -> Vec<Option<u64>> {
        reading
            .roster
            .accounts()
            .map(|account| account.followers())
            .collect()
    }

    fn rates(reading: &Reading) -> Vec<Option<f64>> {
        reading
            .roster
            .accounts()
            .map(|account| account.engagement_rate())
            .collect()
    }

    #[test]
    fn a_plain_roster_is_read_whole() {
        let reading = reading(
            "name,handle,platform,category,city,followers,ER,price_eur\n\
             Mia Visser,@mia,IG,Food | Travel,Delft,12.5K,3.2%,€150-€300\n\
             Tom Bakker,@tom,TikTok,\"Pets, Home\",Goes,900,n/a,80\n",
        );
        let account = reading.roster.account(AccountId(0)).unwrap();
        assert_eq!(account.title().as_deref(), Some("Mia Visser"));
        assert_eq!(account.value(Facet::Platform), Some("Instagram"));
        assert_eq!(account.joined(Facet::Category).unwrap(), "Food, Travel");
        assert_eq!(
            (account.followers(), account.engagement_rate()),
            (Some(12_500), Some(0.032))
        );
        assert_eq!(account.price(), Some(300.0));
        let (_, chunk) = reading.roster.chunks().next().unwrap();
        let low = chunk.price_low.as_ref().unwrap();
        assert_eq!((low.known(0), low.known(1)), (Some(150.0), None));
        assert_eq!(reading.roster.schema().currency, "EUR");
        assert_eq!((rates(&reading)[1], reading.problems.total()), (None, 0));
    }

    #[test]
    fn unknown_followers_are_unranked_and_never_zero() {
        let reading = reading(
            "name,followers\nA,\nB,n.v.t.\nC,many\nD,-5\nE,1e400\nF,208374.0\nG,0\nH,9\nI,8\nJ,7\n",
        );
        let known = [
            None,
            None,
            None,
            None,
            None,
            Some(208_374),
            Some(0),
            Some(9),
            Some(8),
            Some(7),
        ];
        assert_eq!(followers(&reading), known);
        assert_eq!(reading.problems.count(ProblemKind::UnreadableNumber), 1);
        assert_eq!(reading.problems.count(ProblemKind::ImpossibleNumber), 2);
        let many = &reading.problems.listed()[0];
        assert_eq!(
            (
                many.line,
                many.row,
                many.column.as_str(),
                many.value.as_str()
            ),
            (4, 3, "followers", "many")
        );
    }

    #[test]
    fn blank_rows_are_no_rows_and_rulers_headers_and_totals_are_skipped() {
        let reading = reading(
            "Our list,,\n\"Na\nme\",\"\nFollowers\",Note\n=====,=====,====\n,,\nA,1200,x\n\nAsh,n/a,Note\n,,\nNa me,Followers,Note\nB,900,y\nTotal,2100,\n",
        );
        assert_eq!((reading.rows, reading.roster.len()), (3, 3));
        let skipped = Skipped {
            rulers: 1,
            headers: 1,
            totals: 1,
            below: 0,
            broken: 0,
        };
        assert_eq!(reading.skipped, skipped);
        assert_eq!(followers(&reading), [Some(1200), None, Some(900)]);
        assert_eq!(reading.roster.schema().columns[1].header, "Followers");
        assert_eq!(reading.problems.count(ProblemKind::NotAnAccount), 3);
        assert_eq!(reading.problems.count(ProblemKind::OutsideTable), 1);
        assert_eq!(reading.problems.listed()[0].line, 1);
        assert_eq!(reading.roster.account(AccountId(2)).unwrap().row(), 3);
    }

    fn piped(text: &str) -> Reading {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packed, text.as_bytes()).unwrap();
        attempt("roster.csv.gz", &packed.finish().unwrap()).unwrap()
    }

    fn read_again(reading: &Reading) -> Vec<&str> {
        let again = reading.decisions.iter().filter_map(|made| match made {
            Decision::ReadAgain { header } => Some(header.as_str()),
            _ => None,
        });
        again.collect()
    }

    #[test]
    fn later_rows_that_contradict_a_decision_have_it_made_again() {
        let lines = |rows: std::ops::Range<u32>, line: &dyn Fn(u32) -> String| -> String {
            rows.map(line).collect()
        };
        let first = lines(0..30_000, &|at| {
            format!("Mia {at};{};0.0{}\n", 100 + at % 800, at % 9 + 1)
        });
        let grouped = lines(0..9000, &|at| {
            format!(
                "Tom {at};{}.{};0.0{}\n",
                at % 80 + 2,
                100 + at % 800,
                at % 9 + 1
            )
        });
        let reading = piped(&format!("naam;volgers;er\n{first}{grouped}"));
        assert_eq!(followers(&reading)[30_000], Some(2100));
        assert_eq!(followers(&reading)[0], Some(100));
        assert_eq!(read_again(&reading), ["volgers"]);
        assert_eq!((reading.rows, reading.problems.total()), (39_000, 0));

        // Half fractions, half percentages: the more frequent are taken, the others told.
        let reading = piped(&format!(
            "naam;volgers;er\n{}{first}",
            lines(0..25_000, &|at| format!(
                "Tom {at};{};{}.5\n",
                at % 800 + 100,
                at % 6 + 1
            ))
        ));
        assert_eq!(reading.problems.count(ProblemKind::AgainstDecision), 25_000);
        assert_eq!(rates(&reading)[40_000], Some(0.07));

        let percents = lines(0..29_000, &|at| {
            format!("Tom {at};{};{}.5\n", 100 + at % 800, at % 6 + 1)
        });
        let reading = piped(&format!("naam;volgers;er\n{first}{percents}{percents}"));
        assert_eq!(read_again(&reading), ["er"]);
        assert_eq!(rates(&reading)[40_000], Some(0.055));

        let reading = piped(&format!("naam;volgers;er\n{first}Tom;1.200;0.03\n"));
        assert!(read_again(&reading).is_empty());
        assert_eq!(reading.problems.count(ProblemKind::AgainstDecision), 1);
    }

    #[test]
    fn of_several_files_only_the_contradicted_one_is_decided_anew() {
        let lines =
            |count: u32, line: &dyn Fn(u32) -> String| -> String { (0..count).map(line).collect() };
        let plain = lines(30_000, &|at| format!("Mia {at};{}\n", 100 + at % 800));
        let grouped = lines(9000, &|at| {
            format!("Tom {at};{}.{}\n", at % 80 + 2, 100 + at % 800)
        });
        let packed = |text: String| {
            let level = flate2::Compression::fast();
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), level);
            std::io::Write::write_all(&mut packed, text.as_bytes()).unwrap();
            packed.finish().unwrap()
        };
        let inputs = [
            input("one.csv", b"naam,volgers\nAda Vis,1200\nBo Mol,900\n"),
            input(
                "two.csv.gz",
                &packed(format!("naam;volgers\n{plain}{grouped}")),
            ),
        ];
        let options = Options::default();
        let mut on = |_: &Reading, _| ControlFlow::Continue(());
        let reading = read_all(&inputs, &options, playbook(), &mut on).unwrap();
        assert_eq!(read_again(&reading), ["volgers"]);
        assert_eq!(followers(&reading)[0], Some(1200));
        assert_eq!(followers(&reading)[30_002], Some(2100));
        assert_eq!((reading.rows, reading.problems.total()), (39_002, 0));
    }

    #[test]
    fn what_is_read_again_is_shown_when_it_is_whole() {
        let mut text = "name,followers\n".to_owned();
        for at in 0..20_000 {
            writeln!(text, "Mia {at},{}", at % 900).unwrap();
        }
        for at in 0..2000 {
            writeln!(text, "Tom {at},\"{},{:03}\"", at % 9 + 1, at % 1000).unwrap();
        }
        let options = Options::default();
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packed, text.as_bytes()).unwrap();
        let input = Input::Bytes {
            name: "roster.csv.gz".to_owned(),
            bytes: packed.finish().unwrap().into(),
        };
        let mut most = 0;
        let mut shrank = false;
        let reading = read(&input, &options, playbook(), &mut |reading, _| {
            shrank |= reading.roster.len() < most;
            most = reading.roster.len();
            ControlFlow::Continue(())
        });
        let reading = reading.unwrap();
        assert!(!shrank);
        assert_eq!(read_again(&reading), ["followers"]);
        assert_eq!((most, reading.roster.len()), (22_000, 22_000));
        assert_eq!(followers(&reading)[20_000], Some(1000));
    }

    #[test]
    fn notes_right_below_a_total_are_no_accounts() {
        for (rows, below) in [
            (
                "Total,3000,\nSource: our own count,,\nPrices excl. VAT,,\n",
                2,
            ),
            ("Total,3000,\nGaming,,\nE f,700,2%\nG h,,\n", 0),
        ] {
            let reading = reading(&format!(
                "name,followers,ER\nA b,1200,3%\nC d,900,4%\n{rows}"
            ));
            let skipped = reading.skipped;
            assert_eq!((skipped.totals, skipped.below), (1, below), "{rows}");
        }
        let narrow =
            reading("naam,volgers\nA b,1200\nC d,900\nTotaal,2100\nBron: eigen telling,\n");
        assert_eq!((narrow.rows, narrow.skipped.below), (2, 1));
    }

    #[test]
    fn second_tables_and_notes_below_are_skipped_and_told() {
        let roster = "name,followers,ER\nA b,1200,3%\nC d,900,4%\n";
        for (below, rows) in [
            ("\nBrand,Price,Stock\nX,5,6\nY,7,8\n", 3),
            ("\nCampaign,Budget\nSpring,500\n", 2),
            ("\nSource: our own count,,\n", 1),
        ] {
            let reading = reading(&format!("{roster}{below}"));
            assert_eq!(
                (reading.rows, reading.skipped.below),
                (2, rows),
                "{below:?}"
            );
            assert_eq!(reading.problems.count(ProblemKind::OutsideTable), rows);
            assert_eq!(reading.problems.listed()[0].line, 5);
        }
    }

    #[test]
    fn separators_within_a_name_leave_the_figures_where_they_belong() {
        let reading =
            reading("name,followers,city\nA b,1200,Goes\nVos, Mia,900,Assen\nC d,5\nE f,7,Goes\n");
        assert_eq!(
            followers(&reading),
            [Some(1200), Some(900), Some(5), Some(7)]
        );
        let account = reading.roster.account(AccountId(1)).unwrap();
        assert_eq!(account.title().as_deref(), Some("Vos, Mia"));
        assert_eq!(account.value(Facet::City), Some("Assen"));
        assert_eq!(reading.problems.count(ProblemKind::RowTooLong), 1);
    }

    #[test]
    fn short_and_long_rows_are_kept_and_told() {
        let reading = reading(
            "name,followers,city,\nA,1200\nB,900,Goes,,\nC,800,Delft,,more\nD,700,Assen,\n",
        );
        assert_eq!(
            followers(&reading),
            [Some(1200), Some(900), Some(800), Some(700)]
        );
        assert_eq!(reading.roster.schema().columns.len(), 3);
        assert_eq!(reading.problems.count(ProblemKind::RowTooShort), 1);
        assert_eq!(reading.problems.count(ProblemKind::RowTooLong), 1);
        assert_eq!(reading.problems.total(), 2);
    }

    #[test]
    fn inputs_without_rows_are_no_failure() {
        for bytes in [
            &b""[..],
            b"\xEF\xBB\xBF",
            b"\n\n",
            b"name,followers\n",
            b"name,city\n",
            b"sep=;\n",
        ] {
            let reading = attempt("empty.csv", bytes).unwrap();
            assert!(reading.roster.is_empty() && reading.rows == 0, "{bytes:?}");
        }
    }

    #[test]
    fn rows_without_follower_counts_are_refused_with_the_columns() {
        let text = "username,view1,view2\nmia.v,1200,900\ntom_b,8,9\n";
        let error = attempt("views.csv", text.as_bytes()).unwrap_err();
        let Some(LoadError::NoFollowers { sketch, .. }) = error.downcast_ref() else {
            unreachable!("{error}");
        };
        let column = &sketch.columns[1];
        assert_eq!(
            (column.header.as_str(), column.samples.as_slice()),
            ("view1", ["1200".to_owned(), "8".to_owned()].as_slice())
        );
        assert!(column.candidates.contains(&Field::Followers) && sketch.is_doubtful());
        assert!(error.to_string().contains("--map followers="));
        let options = Options {
            map: vec![(Field::Followers, "2".into())],
            ..Options::default()
        };
        let mapped = read(
            &input("v", text.as_bytes()),
            &options,
            playbook(),
            &mut |_, _| ControlFlow::Continue(()),
        );
        assert_eq!(followers(&mapped.unwrap()), [Some(1200), Some(8)]);
        assert!(attempt("h.csv", b"vertical,username,\r\nfood,mia,\r\nhome,tom,\r\n").is_err());
    }

    #[test]
    fn what_was_said_of_a_header_is_kept_to() {
        let text = "name,followers,ER\nA,1.234,1\nB,56.789,2\n";
        let sketch = |reading: &Reading| reading.sketches[0].clone();
        let first = reading(text);
        let found = sketch(&first);
        assert!(found.is_doubtful() && found.columns[1].ambiguous);
        assert_eq!(found.columns[2].unit, Some(RateUnit::Percent));
        let mut mapping = Mapping::default();
        mapping.set(
            1,
            ColumnMapping {
                style: Some(DecimalStyle::Point),
                ..ColumnMapping::default()
            },
        );
        mapping.set(
            2,
            ColumnMapping {
                unit: Some(RateUnit::Fraction),
                ..ColumnMapping::default()
            },
        );
        let options = Options {
            mappings: [(found.fingerprint, mapping)].into(),
            ..Options::default()
        };
        let again = read(
            &input("other.csv", text.as_bytes()),
            &options,
            playbook(),
            &mut |_, _| ControlFlow::Continue(()),
        )
        .unwrap();
        assert_eq!(rates(&again), [Some(1.0), Some(2.0)]);
        assert!(!sketch(&again).is_doubtful());
        assert_ne!(followers(&again), followers(&first));
    }

    #[test]
    fn binary_data_and_unknown_encodings_are_refused() {
        let error = attempt("x.csv", b"%PDF-1.7").unwrap_err();
        assert!(matches!(
            error.downcast_ref(),
            Some(LoadError::Binary { .. })
        ));
        let options = Options {
            encoding: Some("klingon".into()),
            ..Options::default()
        };
        let error = read(&input("x", b"a"), &options, playbook(), &mut |_, _| {
            ControlFlow::Continue(())
        });
        assert!(matches!(
            error.unwrap_err().downcast_ref(),
            Some(LoadError::UnknownEncoding { .. })
        ));
    }

    #[test]
    fn dutch_spreadsheets_are_read_with_their_own_signs() {
        let text = b"sep=;\r\nNaam;Aantal volgers;Engagement;Prijs\r\nZo\xEB;12.500;3,5%;\x80 1.250,00\r\nTim;1.234;2,25%;90,-\r\n";
        let reading = attempt("lijst.csv", text).unwrap();
        assert_eq!(followers(&reading), [Some(12_500), Some(1234)]);
        assert_eq!(rates(&reading), [Some(0.035), Some(0.0225)]);
        let first = reading.roster.account(AccountId(0)).unwrap();
        assert_eq!(
            (first.title().as_deref(), first.price()),
            (Some("Zoë"), Some(1250.0))
        );
        assert!(
            reading
                .decisions
                .contains(&Decision::Encoding("Windows-1252".into()))
        );
        assert!(reading.decisions.contains(&Decision::Delimiter(';')));
    }

    #[test]
    fn a_column_that_can_be_read_in_two_ways_says_so() {
        let reading = reading("name,followers\nA,1.234\nB,56.789\n");
        assert_eq!(followers(&reading), [Some(1234), Some(56_789)]);
        let asked = |decision: &Decision| matches!(decision, Decision::Ambiguous { taken: DecimalStyle::Comma, example, .. } if example == "1.234");
        assert!(reading.decisions.iter().any(asked));
    }

    #[test]
    fn a_header_in_millions_is_taken_at_its_word() {
        let reading = reading("name,Followers (millions)\nA,1.5\nB,0.02\nC,300K\n");
        assert_eq!(
            followers(&reading),
            [Some(1_500_000), Some(20_000), Some(300_000)]
        );
    }

    #[test]
    fn the_rate_may_be_percents_a_fraction_or_a_count() {
        let fraction = reading("name,followers,%ER\nA,1000,0.024\nB,1000,0.051\n");
        assert_eq!(rates(&fraction), [Some(0.024), Some(0.051)]);
        let percent = reading("name,followers,ER\nA,1000,2.4\nB,1000,0.9\n");
        assert_eq!(rates(&percent), [Some(0.024), Some(0.009)]);
        let count = reading("name,followers,Engagement avg\nA,100K,5.1K\nB,0,700\nC,20K,1K\n");
        assert_eq!(rates(&count), [Some(0.051), None, Some(0.05)]);
        let likes = reading("name,followers,avg likes,avg comments\nA,1000,40,10\nB,1000,-1,5\n");
        assert_eq!(rates(&likes), [Some(0.05), None]);
        let low =
            "name,followers,ER,likes,comments\n".to_owned() + &"A,100000,0.2,180,20\n".repeat(6);
        assert_eq!(rates(&reading(&low))[0], Some(0.002));
        let unit = Decision::Rate {
            header: "ER".into(),
            unit: RateUnit::Percent,
            basis: crate::domain::decision::RateBasis::Followers,
        };
        assert!(reading(&low).decisions.contains(&unit));
    }

    #[test]
    fn a_rate_that_its_own_likes_contradict_is_told() {
        let reading = reading(
            "name,followers,ER,avg likes,avg comments\nA,1000,4.1%,15,5\nB,1000,2.0%,17,2\n",
        );
        let marks: Vec<bool> = reading
            .roster
            .accounts()
            .map(|account| account.rate_contradicted())
            .collect();
        assert_eq!(marks, [true, false]);
        assert_eq!(reading.problems.count(ProblemKind::RateContradicted), 1);
    }

    #[test]
    fn rates_of_views_keep_what_they_are_rates_of() {
        let reading = reading("name,followers,ER by views,avg views\nA,1000,10%,400\n");
        let account = reading.roster.account(AccountId(0)).unwrap();
        assert_eq!(account.engagements(), Some(40.0));
    }

    #[test]
    fn another_currency_is_no_price_of_the_roster() {
        let reading = reading("name,followers,fee\nA,1000,€ 100\nB,1000,€ 90\nC,1000,$ 80\n");
        let prices: Vec<_> = reading
            .roster
            .accounts()
            .map(|account| account.price())
            .collect();
        assert_eq!(prices, [Some(100.0), Some(90.0), None]);
        let (_, chunk) = reading.roster.chunks().next().unwrap();
        let elsewhere: Vec<usize> = chunk.other_currency.ones().collect();
        assert_eq!(elsewhere, [2]);
        assert_eq!(reading.problems.count(ProblemKind::OtherCurrency), 1);
    }

    #[test]
    fn a_few_prices_with_a_currency_say_nothing_of_those_without() {
        let of = |header: &str, bare: usize, others: &[&str]| {
            let mut text = format!("name,followers,{header}\n");
            for at in 0..bare {
                writeln!(text, "A{at},1000,{}", at + 50).unwrap();
            }
            for (at, cell) in others.iter().enumerate() {
                writeln!(text, "B{at},1000,{cell}").unwrap();
            }
            let reading = reading(&text);
            let schema = reading.roster.schema();
            let priced = reading
                .roster
                .accounts()
                .filter_map(|account| account.price());
            let told = reading.problems.count(ProblemKind::OtherCurrency);
            (schema.currency.clone(), priced.count(), told)
        };
        let said = |code: &str, priced, told| (code.to_owned(), priced, told);
        assert_eq!(of("price", 30, &["$500"]), said("", 30, 1));
        assert_eq!(of("price", 30, &["$500", "€ 80"]), said("", 30, 2));
        assert_eq!(of("price_eur", 30, &["$500"]), said("EUR", 30, 1));
        assert_eq!(of("price_eur", 30, &["€ 80"]), said("EUR", 31, 0));
        assert_eq!(
            of("price_eur", 2, &["$500", "$70", "$80"]),
            said("USD", 3, 2)
        );
        // Who writes it now and then means it always.
        assert_eq!(of("price", 9, &["€ 80"]), said("EUR", 10, 0));
        assert_eq!(of("price", 9, &[]), said("", 9, 0));
    }

    #[test]
    fn a_currency_that_is_met_late_costs_no_price() {
        let mut text = "name,followers,price\n".to_owned();
        for at in 0..3000 {
            writeln!(text, "A{at},1000,{}", if at < 1500 { "" } else { "€ 80" }).unwrap();
        }
        let priced = |reading: &Reading| {
            let accounts = reading.roster.accounts();
            accounts.filter(|account| account.price().is_some()).count()
        };
        assert_eq!(priced(&reading(&text)), 1500);
        assert_eq!(priced(&piped(&text)), 1500);
    }

    #[test]
    fn several_files_have_one_currency_in_either_order() {
        let mut bare = "name,followers,price\n".to_owned();
        for at in 0..30 {
            writeln!(bare, "A{at},1000,50").unwrap();
        }
        bare.push_str("B,1000,€ 80\nC,1000,$ 90\n");
        let mut files = [
            input("a.csv", bare.as_bytes()),
            input("b.csv", b"name,followers,price_eur\nD,1000,70\n"),
        ];
        for _ in 0..2 {
            let mut on = |_: &Reading, _| ControlFlow::Continue(());
            let reading = read_all(&files, &Options::default(), playbook(), &mut on).unwrap();
            let accounts = reading.roster.accounts();
            let priced = accounts.filter(|account| account.price().is_some());
            assert_eq!(priced.count(), 32);
            assert_eq!(reading.roster.schema().currency, "EUR");
            assert_eq!(reading.problems.count(ProblemKind::OtherCurrency), 1);
            files.reverse();
        }
    }

    #[test]
    fn the_platform_is_inferred_from_addresses_headers_or_the_file_name() {
        let platform = |name: &str, text: &str| {
            let reading = attempt(name, text.as_bytes()).unwrap();
            let account = reading.roster.account(AccountId(0)).unwrap();
            account.value(Facet::Platform).map(str::to_owned)
        };
        let urls = "name,followers,profile url\nA,5,https://www.tiktok.com/@a\nB,5,https://instagram.com/b\n";
        assert_eq!(platform("x.csv", urls).as_deref(), Some("TikTok"));
        assert_eq!(
            platform("x.csv", "Instagram name,followers\nA,5\n").as_deref(),
            Some("Instagram")
        );
        assert_eq!(
            platform("youtube_top.csv", "name,followers\nA,5\n").as_deref(),
            Some("YouTube")
        );
        assert_eq!(platform("ig.csv", "name,followers\nA,5\n"), None);
    }

    #[test]
    fn invalid_bytes_and_stray_quotes_cost_nothing_but_a_note() {
        let text = [
            "name,followers\nZoé,5\n".as_bytes(),
            b"B\xFFb,6\n\"C,7\nD,8\n",
        ]
        .concat();
        let reading = attempt("x.csv", &text).unwrap();
        assert_eq!(followers(&reading), [Some(5), Some(6), Some(7), Some(8)]);
        assert_eq!(reading.problems.count(ProblemKind::InvalidText), 1);
        assert_eq!(reading.problems.count(ProblemKind::StrayQuote), 1);
        assert_eq!(reading.problems.listed()[0].column, "name");
    }

    #[test]
    fn chunks_are_given_out_as_they_fill_and_reading_can_be_stopped() {
        let mut text = String::from("name,category,followers\n");
        for row in 0..3000 {
            let line = format!("n{row} x,c{},{}\n", row % 7, row + 1);
            text.push_str(&line);
        }
        let mut seen = Vec::new();
        let mut shares = Vec::new();
        let whole = read(
            &input("x", text.as_bytes()),
            &Options::default(),
            playbook(),
            &mut |reading, progress| {
                seen.push(reading.roster.len());
                shares.push(progress.share().unwrap());
                ControlFlow::Continue(())
            },
        );
        assert_eq!(seen, [128, 384, 896, 1920, 3000]);
        assert_eq!(shares.last(), Some(&1.0));
        let whole = whole.unwrap();
        let known = followers(&whole);
        assert!(
            known
                .iter()
                .zip(1..)
                .all(|(count, row)| *count == Some(row))
        );
        assert_eq!(whole.roster.account(AccountId(2999)).unwrap().row(), 3000);
        let stopped = read(
            &input("x", text.as_bytes()),
            &Options::default(),
            playbook(),
            &mut |_, _| ControlFlow::Break(()),
        );
        assert_eq!(stopped.unwrap().roster.len(), 128);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_text_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = attempt("x", &bytes);
        }

        #[test]
        fn table_like_text_adds_up(rows in prop::collection::vec("[a-z]{0,3}[,;\"]?[0-9.,]{0,6}[km%]?[,\"\r]{0,2}", 0..40)) {
            let text = format!("name,followers,er\n{}\n", rows.join("\n"));
            let mut last = 0;
            let reading = read(&input("x", text.as_bytes()), &Options::default(), playbook(), &mut |reading, _| {
                assert!(reading.roster.len() >= last);
                last = reading.roster.len();
                ControlFlow::Continue(())
            });
            if let Ok(reading) = reading {
                prop_assert_eq!(reading.rows, reading.roster.len() as u64);
                let records = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).count() as u64;
                prop_assert!(reading.rows + reading.skipped.total() < records);
            }
        }

        #[test]
        fn rows_and_skipped_records_add_up(kinds in prop::collection::vec(0usize..5, 1..60)) {
            let lines = ["A b,1200", "C d,n/a", "-----,-----", "name,followers", ","];
            let body: Vec<&str> = kinds.iter().map(|kind| lines[*kind]).collect();
            let reading = reading(&format!("name,followers\nX y,5\n{}\n", body.join("\n")));
            let of = |wanted: usize| kinds.iter().filter(|kind| **kind == wanted).count() as u64;
            prop_assert_eq!(reading.rows, 1 + of(0) + of(1));
            prop_assert_eq!((reading.skipped.rulers, reading.skipped.headers), (of(2), of(3)));
        }
    }
}
