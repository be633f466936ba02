//! Estimated prices from end to end: every form in which a command prints wears the tilde, data stays numeric, and on
//! screen they come, change and go with everything else left as it was.

use crate::explorer::Explorer;
use crate::place::{Place, number};
use pyramide::app::msg::Msg;
use pyramide::query::order::SortKey;
use pyramide::text::Language;
use serde_json::{Value, json};

const ROSTER: &str = "\
name,handle,platform,category,city,followers,engagement_rate,fee
Ada Verzonnen,@ada,Instagram,Food,Utrecht,4200,4.0%,€ 120
Bo Verzonnen,@bo,TikTok,Food,Utrecht,3000,5.0%,
Cas Verzonnen,@cas,Instagram,Food,Gent,12500,3.0%,
Dee Verzonnen,@dee,Instagram,Food,Gent,2000000,1.0%,
Eef Verzonnen,@eef,Instagram,Food,Gent,,1.0%,
Fre Verzonnen,@fre,Instagram,Food,Gent,9000,2.0%,¥ 400
Gus Verzonnen,@gus,Instagram,Food,Gent,9100,2.0%,€ 9000
";

/// The same without a column of prices.
fn bare() -> String {
    let lines = ROSTER.lines().filter_map(|line| line.rsplit_once(','));
    lines.fold(String::new(), |text, (rest, _)| text + rest + "\n")
}

fn place() -> Place {
    let place = Place::new();
    place.file("list.csv", ROSTER);
    place.file("bare.csv", &bare());
    place.file("dollars.csv", &ROSTER.replace('€', "$"));
    place.file("pounds.csv", &ROSTER.replace('€', "£"));
    place
}

fn named<'a>(results: &'a Value, name: &str) -> &'a Value {
    let mut results = results.as_array().unwrap().iter();
    results
        .find(|it| it["name"].as_str().unwrap().starts_with(name))
        .unwrap()
}

#[test]
fn a_mix_books_estimates_at_their_upper_end_and_counts_them() {
    let place = place();
    let mix = place.json("mix list.csv --budget 520 --estimate-prices");
    assert_eq!(mix["rows"], json!([1, 2, 3]));
    assert_eq!(mix["spend"], json!(520.0));
    assert_eq!(mix["spend_low"], json!(245.0));
    assert_eq!(number(&mix, "estimated_prices"), 2);
    assert_eq!(mix["estimates"]["id"], "webwoordenboek");
    assert_eq!(number(&mix["estimates"], "accounts"), 2);
    assert_eq!(number(&mix["estimates"], "without"), 2);
    let (ada, bo) = (named(&mix["results"], "Ada"), named(&mix["results"], "Bo"));
    let ends = |it: &Value| {
        let keys = ["price", "price_estimated", "price_low", "price_high"];
        keys.map(|key| it[key].clone())
    };
    assert_eq!(
        ends(ada),
        [json!(120.0), json!(false), json!(120.0), json!(120.0)]
    );
    assert_eq!(
        ends(bo),
        [json!(150.0), json!(true), json!(50.0), json!(150.0)]
    );
    // What has no whole range, or another currency, takes no part as before.
    assert_eq!(number(&mix["left_out"], "unknown_price"), 2);
    assert_eq!(number(&mix["left_out"], "other_currency"), 1);
    let less = place.json("mix list.csv --budget 519 --estimate-prices");
    assert_ne!(less["rows"], json!([1, 2, 3]));
    let plain = place.json("mix list.csv --budget 520");
    assert_eq!(plain["rows"], json!([1]));
    assert_eq!(number(&plain, "estimated_prices"), 0);
    for key in ["spend_low", "estimates"] {
        assert!(plain.get(key).is_none(), "{key}");
    }
    assert!(plain["results"][0].get("price_estimated").is_none());
}

#[test]
fn a_summary_and_the_matches_tell_what_is_estimated() {
    let place = place();
    let summary = place.json("summary list.csv --estimate-prices");
    let nano = &summary["tiers"][3];
    assert_eq!(nano["id"], "nano");
    assert_eq!(nano["median_price"], json!(135.0));
    assert_eq!(number(nano, "estimated_prices"), 1);
    assert_eq!(number(&summary["tiers"][0], "estimated_prices"), 0);
    assert!(summary["tiers"][0]["median_price"].is_null());
    let found = place.json("match list.csv --goal authentic --estimate-prices");
    assert_eq!(number(&found, "estimated_prices"), 2);
    let bo = named(&found["results"], "Bo");
    assert_eq!(bo["price_estimated"], json!(true));
    assert_eq!(bo["unknown"], json!([]));
    let reasons = bo["reasons"].to_string();
    assert!(reasons.contains("~€1 per engagement"), "{reasons}");
    assert_eq!(bo["fit_estimated"], json!(true));
    assert_eq!(
        named(&found["results"], "Ada")["fit_estimated"],
        json!(false)
    );
    let unweighed = place.json("match list.csv --goal brand-image --estimate-prices");
    let dee = named(&unweighed["results"], "Dee");
    assert_eq!(dee["fit_estimated"], json!(false));
    let (_, csv, _) = place.run("match list.csv --goal authentic --estimate-prices --format csv");
    let fit = |name: &str| {
        let line = csv.lines().find(|line| line.contains(name)).unwrap();
        line.contains(",~") && line.matches('~').count() > 3
    };
    assert!(fit("Bo Verzonnen") && !fit("Ada Verzonnen"), "{csv}");
    let plain = place.json("match list.csv --goal authentic");
    assert!(plain["results"][0].get("fit_estimated").is_none());
    assert_eq!(named(&plain["results"], "Bo")["unknown"], json!(["value"]));
    assert!(plain.get("estimated_prices").is_none());
}

#[test]
fn every_form_wears_the_tilde_and_names_the_source() {
    let place = place();
    for (command, worn) in [
        ("summary list.csv", "~135"),
        ("match list.csv --goal authentic", "~150"),
        ("mix list.csv --budget 600", "~250"),
    ] {
        for lang in ["en", "nl"] {
            for format in ["text", "csv", "markdown"] {
                let line = format!("{command} --estimate-prices --lang {lang} --format {format}");
                let (status, out, err) = place.run(&line);
                assert_eq!(status, 0, "{err}");
                let written = match (format, lang) {
                    ("csv", _) => worn.to_owned(),
                    (_, "nl") => worn.replace('~', "~€ "),
                    _ => worn.replace('~', "~€"),
                };
                assert!(out.contains(&written), "{line} lacks {written}\n{out}");
                let said = if format == "csv" { &err } else { &out };
                assert!(said.contains("webwoordenboek.nl"), "{line}\n{said}");
                let (_, plain, err) =
                    place.run(&format!("{command} --lang {lang} --format {format}"));
                assert!(!plain.contains('~') && !err.contains('~'), "{plain}");
            }
        }
    }
    let (_, out, _) = place.run("mix list.csv --budget 600 --estimate-prices");
    assert!(out.contains("~€245") && out.contains("~€520"), "{out}");
}

#[test]
fn a_forecast_and_a_comparison_wear_it_too() {
    let place = place();
    let forecast = place.json("forecast list.csv --estimate-prices");
    let shown = &forecast["groups"][0];
    assert_eq!(shown["id"], "shown");
    assert_eq!(shown["spend"], json!(9_520.0));
    assert_eq!(shown["spend_low"], json!(9_245.0));
    assert_eq!(number(shown, "estimated_prices"), 2);
    let both = place.json("compare list.csv --rows 1,2 --estimate-prices");
    let bo = &both["accounts"][1];
    assert_eq!(bo["price_estimated"], json!(true));
    assert_eq!(
        (&bo["price_low"], &bo["price"]),
        (&json!(50.0), &json!(150.0))
    );
    for (command, worn) in [
        ("forecast list.csv", "~9520"),
        ("compare list.csv --rows 1,2", "~150"),
    ] {
        let run = |form: &str| {
            place
                .run(&format!("{command} --estimate-prices --format {form}"))
                .1
        };
        assert!(run("csv").contains(worn), "{}", run("csv"));
        for form in ["text", "markdown"] {
            let page = run(form);
            assert!(
                page.contains("~€") && page.contains("webwoordenboek.nl"),
                "{page}"
            );
        }
        let (_, plain, _) = place.run(&format!("{command} --format csv"));
        assert!(!plain.contains('~'), "{plain}");
    }
}

#[test]
fn estimates_are_in_the_currency_of_the_list_or_not_at_all() {
    let place = place();
    let dollars = place.json("summary dollars.csv --estimate-prices");
    assert_eq!(dollars["estimates"]["id"], "word-on-the-block");
    assert_eq!(dollars["estimates"]["currency"], "USD");
    let (status, out, err) = place.run("summary dollars.csv --estimate-prices=webwoordenboek");
    assert_eq!(status, 0);
    assert!(!out.contains('~'), "{out}");
    assert!(err.contains("the list is in USD"), "{err}");
    let (status, out, err) = place.run("summary pounds.csv --estimate-prices --lang nl");
    assert_eq!(status, 0);
    assert!(!out.contains('~') && err.contains("GBP"), "{out}{err}");
    let (status, _, err) = place.run("summary list.csv --estimate-prices=webwordenboek");
    assert_eq!(status, 2);
    assert!(err.contains("did you mean 'webwoordenboek'?"), "{err}");
    let other = place.json("mix list.csv --budget 520 --estimate-prices=webwoordenboek-five");
    assert_eq!(other["rows"], json!([3]));
    let bare = place.json("mix bare.csv --budget 520 --estimate-prices");
    assert_eq!(bare["currency"], "EUR");
    assert_eq!(number(&bare, "estimated_prices"), number(&bare, "accounts"));
}

#[test]
fn a_list_is_converted_as_it_is() {
    let place = place();
    let (status, _, err) = place.run("convert list.csv --to csv --estimate-prices");
    assert_eq!(status, 2);
    assert!(err.contains("what the file says"), "{err}");
}

fn explorer(roster: &str) -> Explorer {
    Explorer::open("list.csv", roster.as_bytes(), Language::En, 120, 36)
}

#[test]
fn on_screen_they_come_change_and_go() {
    let mut explorer = explorer(ROSTER);
    let before = explorer.text();
    assert!(!before.contains('~'), "{before}");
    explorer.press("E");
    let shown = explorer.text();
    assert!(shown.contains("~ prices: Webwoordenboek"), "{shown}");
    assert!(shown.contains("~€150"), "{shown}");
    explorer.press("E");
    let shown = explorer.text();
    assert!(
        shown.contains("five sizes") && !shown.contains("~€150"),
        "{shown}"
    );
    explorer.press("E");
    assert_eq!(explorer.text(), before);
    explorer.press("E");
    explorer.tell(Msg::DropEstimates);
    assert_eq!(explorer.text(), before);
}

#[test]
fn they_outlast_a_renewal_and_leave_no_sort_behind() {
    let bare = bare();
    let mut explorer = explorer(&bare);
    explorer.press("E");
    explorer.tell(Msg::SortBy(SortKey::Price));
    let shown = explorer.text();
    assert!(shown.contains("~€250"), "{shown}");
    let longer = format!("{bare}Hé Verzonnen,@he,Instagram,Food,Gent,1500,3.0%\n");
    explorer.read_again(longer.as_bytes());
    let shown = explorer.text();
    assert!(
        shown.contains("8 accounts") && shown.contains("~€250"),
        "{shown}"
    );
    let told = explorer.app.told();
    assert!(told.schema().estimates.is_none() && told.len() == 8);
    explorer.tell(Msg::DropEstimates);
    assert_eq!(explorer.app.sort.key, SortKey::Row);
    assert!(!explorer.text().contains('~'));
}

#[test]
fn another_currency_is_refused_in_words() {
    let mut explorer = explorer(&ROSTER.replace('€', "£"));
    explorer.press("E");
    let shown = explorer.text();
    assert!(shown.contains("the list is in GBP"), "{shown}");
    assert!(explorer.app.estimates.is_none());
}

#[test]
fn they_begin_once_a_list_is_whole() {
    let mut explorer = explorer(ROSTER);
    explorer.app.estimates = Some("word-on-the-block".to_owned());
    explorer.read_again(ROSTER.as_bytes());
    // Published in dollars: what is published in the currency of the list takes its place.
    assert_eq!(explorer.app.estimates.as_deref(), Some("webwoordenboek"));
    assert!(explorer.text().contains("~€150"));
}
