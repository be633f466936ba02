//! The commands that print: what stands on standard output, and the status at the end.

use crate::place::{Place, number};
use serde_json::Value;
use std::fs;

const ROSTER: &str = "\
name,handle,platform,category,city,followers,engagement_rate,price
Anna Bakt,@annabakt,Instagram,Food,Utrecht,1200,4.1%,90
Bob,bob,TikTok,Comedy,Gent,60000,2.3%,
Carl,=carl,Instagram,Food,Utrecht,4200,,300
Dia,dia,YouTube,Food,,250000,1.2%,4000
Eva,eva,Instagram,Travel,Utrecht,12000,5.4%,250
Fay,fay,Instagram,Food,Utrecht,800,9.1%,20
Gus,gus,Instagram,Food,Utrecht,,8.8%,25
";

fn roster() -> Place {
    let place = Place::new();
    place.file("list.csv", ROSTER);
    place
}

fn sum(tiers: &Value, key: &str) -> u64 {
    let tiers = tiers.as_array().unwrap();
    tiers.iter().map(|tier| number(tier, key)).sum()
}

fn close(value: &Value, expected: f64) {
    let found = value.as_f64().unwrap();
    assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
}

#[test]
fn a_summary_has_every_key_and_adds_up() {
    let summary = roster().json("summary list.csv");
    for (key, expected) in [
        ("rows", 7),
        ("skipped", 0),
        ("accounts", 7),
        ("accounts_read", 7),
        ("followers", 328_200),
        ("below", 1),
        ("unranked", 1),
    ] {
        assert_eq!(number(&summary, key), expected, "{key}");
    }
    assert!(summary["problems"].is_u64());
    assert!(
        summary["decisions"]
            .as_array()
            .unwrap()
            .iter()
            .all(Value::is_string)
    );
    assert_eq!(summary["scheme"], "influentials");
    assert_eq!(summary["columns"]["followers"], "followers");
    let tiers = &summary["tiers"];
    let ids: Vec<&str> = tiers
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["mega", "macro", "micro", "nano"]);
    assert_eq!(sum(tiers, "accounts") + 2, 7);
    assert_eq!(sum(tiers, "potential_reach") + 800, 328_200);
    let micro = &tiers[2];
    assert_eq!(number(micro, "from"), 5_000);
    close(&micro["median_engagement_rate"], 0.054);
    close(&micro["engagements"], 648.0);
    close(&micro["median_followers"], 12_000.0);
    close(&micro["median_price"], 250.0);
    close(&micro["cpm"], 250.0 / 12.0);
    close(&micro["cpe"], 250.0 / 648.0);
    let macro_tier = &tiers[1];
    for key in ["median_price", "cpm", "cpe", "matches"] {
        assert!(macro_tier[key].is_null(), "{key}");
    }
}

#[test]
fn counts_are_of_the_accounts_that_pass_the_options() {
    let place = roster();
    for (options, accounts) in [
        ("--tier nano", 2),
        ("--tier nano --tier below", 3),
        ("--tier unranked", 1),
        ("--platform insta", 5),
        ("--city utrecht --category FOOD", 4),
        ("--min-followers 4200 --max-followers 60000", 3),
        ("--max-price 90", 3),
        ("--goal buzz --city utrecht", 5),
    ] {
        let summary = place.json(&format!("summary list.csv {options}"));
        assert_eq!(number(&summary, "accounts"), accounts, "{options}");
        let counted = sum(&summary["tiers"], "accounts");
        let others = number(&summary, "below") + number(&summary, "unranked");
        assert_eq!(counted + others, accounts, "{options}");
        assert_eq!(number(&summary, "accounts_read"), 7);
    }
}

#[test]
fn a_city_fills_the_need_of_a_goal() {
    let summary = roster().json("summary list.csv --goal local-activation --city utrecht");
    assert_eq!(number(&summary, "accounts"), 7);
    assert_eq!(sum(&summary["tiers"], "matches"), 3);
}

#[test]
fn matches_are_ranked_and_explained() {
    let found = roster().json("match list.csv --goal local-activation --city utrecht");
    assert_eq!(found["goal"], "local-activation");
    assert_eq!(
        (number(&found, "accounts"), number(&found, "matches")),
        (7, 3)
    );
    let results = found["results"].as_array().unwrap();
    let mut last = f64::INFINITY;
    for (result, rank) in results.iter().zip(1..) {
        assert_eq!(number(result, "rank"), rank);
        let fit = result["fit"].as_f64().unwrap();
        assert!(fit <= last && (0.0..=100.0).contains(&fit));
        last = fit;
        for part in ["tier", "reach", "engagement", "value"] {
            assert!((0.0..=1.0).contains(&result["parts"][part].as_f64().unwrap()));
        }
        assert!(!result["reasons"].as_array().unwrap().is_empty());
        assert!(result["front"].is_boolean());
    }
    let carl = results.iter().find(|it| it["name"] == "Carl").unwrap();
    assert_eq!(number(carl, "row"), 3);
    assert_eq!(
        (&carl["handle"], &carl["tier"]),
        (&"=carl".into(), &"nano".into())
    );
    assert!(carl["engagement_rate"].is_null());
    assert_eq!(carl["unknown"], serde_json::json!(["engagement", "value"]));
    let anna = results.iter().find(|it| it["name"] == "Anna Bakt").unwrap();
    assert_eq!(anna["handle"], "annabakt");
    close(&anna["engagement_rate"], 0.041);
}

#[test]
fn a_match_tells_every_part_also_one_that_the_goal_does_not_weigh() {
    let found = roster().json("match list.csv --goal credibility");
    let results = found["results"].as_array().unwrap();
    let bob = results.iter().find(|it| it["name"] == "Bob").unwrap();
    assert_eq!(bob["unknown"], serde_json::json!(["value"]));
    let found = roster().json("match list.csv --goal brand-image");
    let results = found["results"].as_array().unwrap();
    let dia = results.iter().find(|it| it["name"] == "Dia").unwrap();
    assert_eq!(dia["unknown"], serde_json::json!([]));
}

#[test]
fn top_cuts_the_results_and_not_the_count() {
    let found = roster().json("match list.csv --goal buzz --top 1");
    assert_eq!(found["results"].as_array().unwrap().len(), 1);
    assert_eq!(number(&found, "matches"), 3);
}

#[test]
fn equal_matches_stand_in_the_order_of_the_file_and_unknown_fits_last_by_followers() {
    let place = Place::new();
    place.file(
        "list.csv",
        "name,followers,ER\nAda,2000,5%\nBo,90000,3%\nCy,2000,5%\nDo,3000,\nEm,2000,5%\nFo,2000,9%\nGi,4000,\n",
    );
    let found = place.json("match list.csv --goal authentic --tier nano");
    let results = found["results"].as_array().unwrap();
    let names = results.iter().map(|it| it["name"].as_str().unwrap());
    assert_eq!(
        names.collect::<Vec<_>>(),
        ["Fo", "Ada", "Cy", "Em", "Gi", "Do"]
    );
    let fits: Vec<Option<f64>> = results.iter().map(|it| it["fit"].as_f64()).collect();
    let (known, unknown) = fits.split_at(4);
    assert!(known.is_sorted_by(|one, next| one >= next), "{fits:?}");
    assert_eq!((known[1], unknown), (known[3], &[None, None][..]));
    assert_eq!(number(&found, "matches"), 6);
}

#[test]
fn a_mix_has_every_key_and_keeps_to_its_budget() {
    let place = roster();
    let mix = place.json("mix list.csv --budget 300");
    // Anna 90, Eva 250, Fay 20, Gus 25: Eva and Fay or Gus; Gus has no followers, so no engagements.
    assert_eq!(mix["rows"], serde_json::json!([5, 6]));
    close(&mix["spend"], 270.0);
    close(&mix["balance"], 0.5);
    close(&mix["engagements"], 648.0 + 72.8);
    close(&mix["cpm"], 270.0 / 12.8);
    close(&mix["cpe"], 270.0 / 720.8);
    close(&mix["bound_gap"], 0.0);
    assert_eq!(
        (number(&mix, "accounts"), number(&mix, "potential_reach")),
        (2, 12_800)
    );
    assert_eq!(number(&mix["per_tier"], "micro"), 1);
    assert_eq!(number(&mix["per_tier"], "below"), 1);
    assert!(mix["net_reach"].is_null() && mix["exact"] == true);
    assert_eq!(number(&mix, "estimated_prices"), 0);
    for extreme in ["reach", "engagement"] {
        assert!(mix["extremes"][extreme]["rows"].is_array(), "{extreme}");
        assert!(mix["extremes"][extreme]["spend"].is_number(), "{extreme}");
    }
    assert_eq!(number(&mix["left_out"], "unknown_price"), 1);
    assert_eq!(mix["results"][0]["name"], "Eva");
    let netted = place.json("mix list.csv --budget 300 --population 300000");
    let net = netted["net_reach"].as_f64().unwrap();
    assert!((12_000.0..12_800.0).contains(&net), "{net}");
}

#[test]
fn a_limit_of_a_mix_that_cannot_be_met_is_named() {
    let place = roster();
    for (options, named) in [
        ("--min-tier mega=1", "mega"),
        ("--min-tier micro=1 --max-accounts 0", "--max-accounts 0"),
        ("--min-tier micro=1 --min-tier nano=1", "--budget"),
        ("--population 11999", "12,000"),
        ("--include 2", "row 2"),
        ("--include 99", "99"),
        ("--include 4", "--budget"),
        ("--include 1 --exclude 1", "row 1"),
    ] {
        let (status, out, err) = place.run(&format!(
            "mix list.csv --budget 300 --max-price 300 {options}"
        ));
        assert_eq!((status, out.as_str()), (1, ""), "{options}: {err}");
        assert!(err.contains(named), "{options}: {err}");
    }
    let capped = place.json("mix list.csv --budget 300 --max-price-per-account 150");
    assert!(number(&capped["left_out"], "over_price") > 0);
    for account in capped["results"].as_array().unwrap() {
        assert!(account["price"].as_f64().unwrap() <= 150.0);
    }
    let (status, _, err) =
        place.run("mix list.csv --budget 300 --max-price-per-account 50 --include 5");
    assert!(
        status == 1 && err.contains("--max-price-per-account"),
        "{err}"
    );
    let mix = place.json("mix list.csv --budget 300 --include 1 --exclude 6 --handling 10");
    assert_eq!(mix["rows"], serde_json::json!([1]));
    close(&mix["spend"], 100.0);
    place.file("other.csv", ROSTER);
    let both = place.json("mix list.csv other.csv --budget 20 --include other.csv:6");
    assert_eq!(both["rows"], serde_json::json!([6]));
    assert_eq!(both["results"][0]["file"], "other.csv");
    let (status, _, err) = place.run("mix list.csv other.csv --budget 20 --include 6");
    assert!(status == 2 && err.contains("list.csv:6"), "{err}");
    let (status, _, err) = place.run("mix list.csv --budget cheap");
    assert_eq!(status, 2, "{err}");
}

fn group<'a>(forecast: &'a Value, id: &str) -> &'a Value {
    let groups = forecast["groups"].as_array().unwrap();
    groups.iter().find(|group| group["id"] == id).unwrap()
}

#[test]
fn a_forecast_sums_what_is_known_and_says_of_how_many() {
    let place = roster();
    let forecast = place.json("forecast list.csv --goal buzz --budget 340");
    let ids: Vec<&Value> = forecast["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| &group["id"])
        .collect();
    assert_eq!(ids, ["mix", "matches", "shown"]);
    assert_eq!(
        (&forecast["goal"], &forecast["population"]),
        (&"buzz".into(), &Value::Null)
    );
    let matches = group(&forecast, "matches");
    assert_eq!(number(matches, "accounts"), 3);
    assert_eq!(number(matches, "potential_reach"), 17_400);
    assert_eq!(number(matches, "engagements_of"), 2);
    close(&matches["engagements"], 1_200.0 * 0.041 + 12_000.0 * 0.054);
    close(&matches["spend"], 640.0);
    close(&matches["cpm"], 640_000.0 / 17_400.0);
    assert!(matches["net_reach"].is_null());
    assert_eq!(
        matches["net_reach_bounds"],
        serde_json::json!([12_000, 17_400])
    );
    close(&matches["seen"]["low"], 5_400.0 * 0.2 + 12_000.0 * 0.12);
    let sentence = matches["sentence"].as_str().unwrap();
    assert!(sentence.contains("at most 17,400"), "{sentence}");
    let shown = group(&forecast, "shown");
    assert_eq!(
        (number(shown, "accounts"), number(shown, "spend_of")),
        (7, 6)
    );
    let mixed = group(&forecast, "mix");
    assert!(mixed["spend"].as_f64().unwrap() <= 340.0);
    let netted = place.json("forecast list.csv --population 300000");
    let net = group(&netted, "shown")["net_reach"].as_f64().unwrap();
    assert!((250_000.0..300_000.0).contains(&net));
    let (_, _, err) = place.run("forecast list.csv --population 3000");
    assert!(err.contains("smaller than the largest account"), "{err}");
}

#[test]
fn a_forecast_names_what_it_assumes_and_takes_what_you_assume() {
    let place = roster();
    let published = place.json("forecast list.csv");
    let rates = published["rates"].as_array().unwrap();
    assert_eq!(rates.len(), 4);
    assert!(
        rates
            .iter()
            .all(|rate| rate["own"] == false && rate["source"].is_string())
    );
    let own = place.json("forecast list.csv --rate mega=1,2,3.5");
    let mega = &own["rates"][3];
    assert_eq!(
        (&mega["id"], &mega["own"], &mega["source"]),
        (&"mega".into(), &true.into(), &Value::Null)
    );
    close(&mega["high"], 0.035);
    let high = |answer: &Value| group(answer, "shown")["seen"]["high"].as_f64().unwrap();
    assert!((high(&published) - high(&own) - 250_000.0 * (0.2 - 0.035)).abs() < 1e-6);
    let store = pyramide::store::Store::at(place.path().join(".local/state/pyramide"));
    let mut kept = pyramide::domain::assumed::OwnRates::default();
    assert!(kept.set(pyramide::domain::tier::Role::Nano, [0.5, 0.6, 0.7]));
    store.keep_rates(&kept).unwrap();
    let (_, out, err) = place.run("forecast list.csv");
    assert!(out.contains("nano 50, 60, 70% · own assumption"), "{out}");
    assert!(err.contains("as you said on screen"), "{err}");
    let (_, out, _) = place.run("forecast list.csv --fresh");
    assert!(out.contains("nano 20, 30, 40%"), "{out}");
    for wrong in ["mega=3,2,1", "giga=1,2,3", "mega", "mega=0,1,2"] {
        let (status, _, err) = place.run(&format!("forecast list.csv --rate {wrong}"));
        assert!(status == 2 && err.contains("nano=20,30,40"), "{err}");
    }
}

#[test]
fn a_shortlist_is_forecast_where_there_is_one() {
    let place = roster();
    let (status, out, err) = place.run("forecast list.csv --shortlist");
    assert_eq!(status, 0);
    assert!(err.contains("yes or backup"), "{err}");
    assert!(out.starts_with("   ") && out.contains("\nYes "), "{out}");
    let store = pyramide::store::Store::at(place.path().join(".local/state/pyramide"));
    let signature = pyramide::domain::verdict::Signature {
        platform: Some("Instagram".to_owned()),
        handle: Some("annabakt".to_owned()),
        name: Some("Anna Bakt".to_owned()),
        ..Default::default()
    };
    let remark = pyramide::domain::verdict::Remark {
        verdict: Some(pyramide::domain::verdict::Verdict::Yes),
        note: String::new(),
    };
    let list = [place.path().join("list.csv")];
    let at = pyramide::store::verdicts::place_of(&list).unwrap();
    store.keep_verdict(&at, signature, remark).unwrap();
    let forecast = place.json("forecast list.csv --shortlist");
    let yes = group(&forecast, "yes");
    assert_eq!(
        (number(yes, "accounts"), number(yes, "potential_reach")),
        (1, 1_200)
    );
}

#[test]
fn accounts_and_goals_are_compared() {
    let place = roster();
    let compared = place.json("compare list.csv --goal buzz --rows 5,1");
    let accounts = compared["accounts"].as_array().unwrap();
    let rows: Vec<u64> = accounts.iter().map(|it| number(it, "row")).collect();
    assert_eq!(rows, [5, 1]);
    close(&accounts[1]["cpe"], 90.0 / (1_200.0 * 0.041));
    assert!(accounts[0]["fit"].is_f64());
    let told = compared["sentences"].as_array().unwrap();
    assert!(
        told.contains(&"most followers: Eva, 10.0× those of Anna Bakt".into()),
        "{told:?}"
    );
    let pair = place.json("compare list.csv --goals buzz,brand-image");
    let goals = pair["goals"].as_array().unwrap();
    assert_eq!(
        (number(&goals[0], "matches"), number(&goals[1], "matches")),
        (3, 1)
    );
    assert_eq!(number(&goals[1], "potential_reach"), 250_000);
    assert_eq!(number(&pair, "shared"), 0);
    for (options, status, why) in [
        ("--rows 3", 2, "two accounts"),
        ("--rows 3,99", 1, "row 99"),
        ("--goals buzz", 2, "two goals"),
        ("--goals buzz,buz", 2, "did you mean"),
        (
            "--goals buzz,authentic --rows 1,2",
            2,
            "cannot be used with",
        ),
    ] {
        let (found, _, err) = place.run(&format!("compare list.csv {options}"));
        assert!(found == status && err.contains(why), "{options}: {err}");
    }
    let (status, _, _) = place.run("compare list.csv");
    assert_eq!(status, 2);
}

#[test]
fn answers_are_said_in_sentences() {
    let place = roster();
    let (_, out, _) = place.run("summary list.csv --goal buzz");
    assert!(
        out.contains("of the list, ") || out.contains("of the list and"),
        "{out}"
    );
    assert!(out.contains("of the matches"), "{out}");
    let (_, out, _) = place.run("mix list.csv --budget 340");
    assert!(out.contains("\nFor 340,"), "{out}");
    let mix = place.json("mix list.csv --budget 340");
    assert!(mix["sentence"].as_str().unwrap().starts_with("For 340,"));
}

#[test]
fn the_goal_of_buzz_counts_voices() {
    let mix = roster().json("mix list.csv --goal buzz --budget 340 --balance 0");
    assert_eq!(mix["gain"], "accounts");
    assert_eq!(mix["rows"], serde_json::json!([1, 5]));
}

#[test]
fn a_price_in_another_currency_takes_no_part_and_is_counted() {
    let place = Place::new();
    place.file(
        "list.csv",
        "name,followers,fee\nA,1000,€ 100\nB,2000,€ 90\nC,9000,$ 80\nD,8000,\n",
    );
    let mix = place.json("mix list.csv --budget 500");
    assert_eq!(mix["rows"], serde_json::json!([1, 2]));
    assert_eq!(number(&mix["left_out"], "other_currency"), 1);
    assert_eq!(number(&mix["left_out"], "unknown_price"), 1);
    assert!(mix["engagements"].is_null() && mix["cpe"].is_null());
    let (_, _, err) = place.run("mix list.csv --budget 500");
    assert!(
        err.contains("another currency") && err.contains("price is unknown"),
        "{err}"
    );
}

#[test]
fn the_rules_are_printed() {
    let place = Place::new();
    let goals = place.json("goals");
    let goals = goals["goals"].as_array().unwrap();
    assert_eq!(goals.len(), 13);
    for goal in goals {
        for key in ["id", "ideal", "possible", "weights", "needs", "source"] {
            assert!(!goal[key].is_null(), "{key}");
        }
        assert!(goal["name"]["en"].is_string() && goal["name"]["nl"].is_string());
        let weights = goal["weights"].as_object().unwrap();
        assert_eq!(weights.values().filter_map(Value::as_u64).sum::<u64>(), 100);
    }
    let schemes = place.json("tiers");
    let first = &schemes["schemes"][0];
    assert_eq!(
        (&first["id"], &first["tiers"][0]["from"]),
        (&"influentials".into(), &100_001.into())
    );
    assert!(first["source"].is_string() && first["tiers"][0]["roles"].is_array());
    let fields = place.json("fields");
    let ids: Vec<&Value> = fields["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["id"])
        .collect();
    assert_eq!(ids.len(), 32);
    assert!(ids.contains(&&"engagement_rate".into()));
}

#[test]
fn every_command_prints_in_every_form() {
    let place = roster();
    for command in [
        "summary list.csv",
        "match list.csv --goal buzz",
        "mix list.csv --budget 500 --population 1000000",
        "forecast list.csv --goal buzz --population 1000000 --budget 500 --shortlist",
        "compare list.csv --goal buzz --rows 1,3,5",
        "compare list.csv --goals buzz,brand-image",
        "goals",
        "tiers",
        "fields",
    ] {
        for format in ["text", "csv", "markdown", "json"] {
            for lang in ["en", "nl"] {
                let (status, out, err) =
                    place.run(&format!("{command} --format {format} --lang {lang}"));
                assert_eq!(status, 0, "{command} {format}: {err}");
                assert!(
                    out.lines().count() > 3 && out.ends_with('\n'),
                    "{command} {format}"
                );
                assert!(!out.contains('\u{1b}'));
            }
        }
    }
}

#[test]
fn every_problem_is_listed_with_its_place_and_reason() {
    let place = Place::new();
    place.file(
        "odd.csv",
        "name,followers,engagement_rate\n\"An\nna\",many,4%\nBob,1200,3%\nCarl,-5,2%\n",
    );
    let check = place.json("check odd.csv");
    assert_eq!(number(&check, "rows"), 3);
    assert_eq!(number(&check, "found"), 2);
    let problems = check["problems"].as_array().unwrap();
    let seen: Vec<_> = problems
        .iter()
        .map(|problem| {
            (
                number(problem, "line"),
                number(problem, "row"),
                problem["column"].as_str().unwrap(),
                problem["value"].as_str().unwrap(),
                problem["kind"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            (2, 1, "followers", "many", "unreadable_number"),
            (5, 3, "followers", "-5", "impossible_number"),
        ]
    );
    for problem in problems {
        let message = problem["message"].as_str().unwrap();
        assert!(
            message.contains(problem["value"].as_str().unwrap()),
            "{message}"
        );
    }
    let (status, out, _) = place.run("check odd.csv");
    assert_eq!(status, 0);
    assert!(out.contains("many") && out.contains("-5"), "{out}");
}

#[test]
fn csv_is_read_back_and_holds_no_formula() {
    let (_, out, _) = roster().run("match list.csv --goal local-activation --format csv");
    let mut reader = csv::Reader::from_reader(out.as_bytes());
    let handle = reader
        .headers()
        .unwrap()
        .iter()
        .position(|head| head == "handle")
        .unwrap();
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), 3);
    assert!(records.iter().any(|record| &record[handle] == "'=carl"));
    for cell in records.iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '@', '\t']), "{cell}");
    }
}

#[test]
fn a_summary_as_csv_adds_up() {
    let (_, out, _) = roster().run("summary list.csv --format csv");
    let mut reader = csv::Reader::from_reader(out.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let tiers: Vec<&str> = records.iter().map(|record| &record[0]).collect();
    assert_eq!(
        tiers,
        ["mega", "macro", "micro", "nano", "below", "unranked"]
    );
    let accounts = records
        .iter()
        .map(|record| record[2].parse::<u64>().unwrap());
    assert_eq!(accounts.sum::<u64>(), 7);
}

#[test]
fn text_speaks_both_languages_and_plain_ascii() {
    let place = roster();
    let (_, english, _) = place.run("summary list.csv");
    assert!(
        english.contains("◢") && english.contains("100,001"),
        "{english}"
    );
    let (_, dutch, _) = place.run("summary list.csv --lang nl");
    assert!(
        dutch.contains("Laag") && dutch.contains("100.001"),
        "{dutch}"
    );
    for command in [
        "summary list.csv --goal buzz",
        "mix list.csv --budget 340",
        "forecast list.csv",
        "compare list.csv --rows 1,2",
    ] {
        let (_, plain, _) = place.run(&format!("{command} --ascii"));
        assert!(plain.is_ascii(), "{plain}");
    }
    let output = place
        .command()
        .env("LANG", "nl_BE.UTF-8")
        .args(["summary", "list.csv"])
        .output()
        .unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains("Laag"));
}

#[test]
fn without_a_terminal_the_summary_is_printed() {
    let place = roster();
    assert_eq!(place.run("list.csv"), place.run("summary list.csv"));
    let output = place.command().output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains("412"));
}

#[test]
fn standard_input_is_a_dash() {
    let place = Place::new();
    let output = place
        .command()
        .args(["summary", "-", "--format", "json"])
        .write_stdin(ROSTER)
        .output()
        .unwrap();
    let summary: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(number(&summary, "accounts"), 7);
}

#[test]
fn an_input_without_rows_is_counted_and_noted() {
    let place = Place::new();
    for (name, text) in [
        ("empty.csv", ""),
        ("head.csv", "name,followers\n"),
        ("mark.csv", "\u{feff}"),
    ] {
        place.file(name, text);
        let (status, out, err) = place.run(&format!("summary {name} --format json"));
        assert_eq!(status, 0, "{name}: {err}");
        assert_eq!(number(&serde_json::from_str(&out).unwrap(), "accounts"), 0);
        assert!(err.contains(name), "{err}");
    }
}

#[test]
fn every_command_asks_about_every_column() {
    let place = Place::new();
    place.file(
        "list.csv",
        "name,handle,platform,category,city,country,language,followers,ER,price\n\
         Ada,ada,Instagram,Food,Gent,BE,nl,2000,5%,100\n\
         Bo,bo,TikTok,Comedy,Delft,NL,nl,3000,4%,80\n\
         Cy,cy,Instagram,Food,Lille,FR,fr,4000,3%,60\n\
         Ada B,@ADA,Instagram,Travel,Gent,BE,nl,2500,5%,90\n",
    );
    for (option, left) in [
        ("--platform tiktok", 1),
        ("--category food", 2),
        ("--city gent", 2),
        ("--country be", 2),
        ("--language nl", 3),
        ("--no-duplicates", 3),
    ] {
        let json = |command: &str| {
            let (status, out, err) = place.run(&format!("{command} {option} --format json"));
            assert_eq!(status, 0, "{command} {option}: {err}");
            assert!(!err.contains("no column"), "{command} {option}: {err}");
            serde_json::from_str::<Value>(&out).unwrap()
        };
        let summary = json("summary list.csv --goal authentic");
        assert_eq!(number(&summary, "accounts"), left, "{option}");
        let found = json("match list.csv --goal authentic");
        let matches = sum(&summary["tiers"], "matches");
        assert_eq!(number(&found, "matches"), matches, "{option}");
        let mix = json("mix list.csv --budget 1000");
        assert_eq!(number(&mix, "accounts"), left, "{option}");
        assert!(mix["results"][0]["platform"].is_string());
        let forecast = json("forecast list.csv --budget 1000");
        let groups = forecast["groups"].as_array().unwrap();
        let booked = groups.iter().find(|it| it["id"] == "mix").unwrap();
        assert_eq!(number(booked, "accounts"), left, "{option}");
    }
    let compared = place.json("compare list.csv --rows 1,3");
    assert_eq!(compared["accounts"][1]["city"], "Lille");
    let check = place.json("check list.csv");
    assert_eq!(
        (number(&check, "found"), &check["problems"][0]["value"]),
        (1, &"@ADA".into())
    );
}

#[test]
fn a_filter_on_a_column_that_is_not_there_is_noted() {
    let place = roster();
    for (line, note) in [
        ("summary list.csv --country BE", "no column country"),
        (
            "match list.csv --goal buzz --language nl --lang nl",
            "geen kolom taal",
        ),
    ] {
        let (status, _, err) = place.run(line);
        assert_eq!(status, 0);
        assert!(err.contains(note), "{err}");
    }
    assert_eq!(place.run("summary list.csv --city Gent").2, "");
}

#[test]
fn percentages_and_shortened_numbers_are_decimally_exact() {
    let place = Place::new();
    place.file(
        "list.csv",
        "name,followers,er\nA,12.5K,17.6%\nB,1.1M,5.8%\n",
    );
    let summary = place.json("summary list.csv");
    assert_eq!(number(&summary, "followers"), 1_112_500);
    assert_eq!(
        summary["tiers"][2]["median_engagement_rate"].to_string(),
        "0.176"
    );
    assert_eq!(
        summary["tiers"][0]["median_engagement_rate"].to_string(),
        "0.058"
    );
}

#[test]
fn a_goal_that_no_tier_can_play_has_no_matches() {
    let place = roster();
    let scheme = "[[scheme]]\nid = \"one\"\nname = { en = \"One\", nl = \"Een\" }\nsource = \"us\"\ntiers = [\n\
        { id = \"large\", from = 5000, roles = [\"mega\"], name = { en = \"large\", nl = \"groot\" } }]\n";
    fs::create_dir(place.path().join("own")).unwrap();
    place.file("own/tiers.toml", scheme);
    let line = "match list.csv --goal buzz --assets own --tiers one --format json";
    let (status, out, err) = place.run(line);
    let found: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((status, number(&found, "matches")), (0, 0));
    assert!(err.contains("one"), "{err}");
}

#[test]
fn wrong_arguments_are_status_2_and_name_what_is_right() {
    let place = roster();
    for (line, hint) in [
        ("match list.csv --goal autentic", "'authentic'?"),
        ("match list.csv", "local-activation"),
        ("summary list.csv --goal x", "buzz"),
        ("summary list.csv --tiers stimm", "'stim'?"),
        ("summary list.csv --tier macor", "'macro'?"),
        ("summary list.csv --platform instagrm", "'instagram'?"),
        ("summary list.csv --map folowers=x", "'followers'?"),
        ("summary list.csv --max-price cheap", "amount"),
        ("summary list.csv --format yaml", "markdown"),
        ("summary list.csv --assets nowhere", "nowhere"),
        ("summary", "FILE"),
        ("list.csv goals", "pyramide goals"),
    ] {
        let (status, out, err) = place.run(line);
        assert_eq!(status, 2, "{line}: {err}");
        assert!(err.contains(hint), "{line}: {err}");
        assert_eq!(out, "", "{line}");
    }
}

#[test]
fn what_cannot_be_read_is_status_1_in_one_line() {
    let place = Place::new();
    place.file("odd.csv", "name,colour\nAnna,red\nBob,blue\n");
    place.file("list.csv", ROSTER);
    fs::create_dir(place.path().join("folder")).unwrap();
    for (line, hint) in [
        ("summary none.csv", "none.csv"),
        ("summary folder", "folder"),
        ("summary odd.csv", "--map followers="),
        ("summary list.csv none.csv", "none.csv"),
        ("summary bad\u{1b}[2Jname.csv", "bad␛[2Jname.csv"),
    ] {
        let (status, out, err) = place.run(line);
        assert_eq!((status, out.as_str()), (1, ""), "{line}: {err}");
        assert!(err.contains(hint), "{line}: {err}");
        assert_eq!(err.lines().count(), 1, "{err}");
        assert!(!err.contains('\u{1b}'));
    }
}

#[test]
fn hostile_cells_never_reach_the_output_raw() {
    let place = Place::new();
    let hostile = "name,followers\n\"a\u{1b}]0;x\u{7}b\u{9b}31m\u{202e}c\",2000\n";
    place.file("list.csv", hostile);
    for format in ["text", "json", "csv", "markdown"] {
        let (status, out, err) =
            place.run(&format!("match list.csv --goal buzz --format {format}"));
        assert_eq!(status, 0, "{err}");
        let raw = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!out.contains(raw), "{format}: {out:?}");
    }
    let found = place.json("match list.csv --goal buzz");
    assert!(
        found["results"][0]["name"]
            .as_str()
            .unwrap()
            .contains('\u{1b}')
    );
}

#[test]
fn own_rules_come_from_a_folder() {
    let place = roster();
    let scheme = "[[scheme]]\nid = \"two\"\nname = { en = \"Two\", nl = \"Twee\" }\nsource = \"us\"\ntiers = [\n\
        { id = \"small\", from = 0, roles = [\"nano\"], name = { en = \"small\", nl = \"klein\" } },\n\
        { id = \"large\", from = 5000, roles = [\"mega\"], name = { en = \"large\", nl = \"groot\" } }]\n";
    fs::create_dir(place.path().join("own")).unwrap();
    place.file("own/tiers.toml", scheme);
    let summary = place.json("summary list.csv --assets own --tiers two");
    assert_eq!(number(&summary["tiers"][0], "accounts"), 3);
    place.file("own/tiers.toml", "[[scheme]]\nid = 3\n");
    let (status, _, err) = place.run("summary list.csv --assets own");
    assert_eq!(status, 1);
    assert!(err.contains("tiers.toml"), "{err}");
}
