//! Files that are read again: what the user had chosen stays, and nothing is shown of a roster by halves.

use crate::explorer::Explorer;
use pyramide::app::Data;
use pyramide::app::desk::Panel;
use pyramide::app::effect::{Effect, Round};
use pyramide::app::msg::{Msg, Refusal};
use pyramide::app::overlay::Overlay;
use pyramide::app::renewal::Change;
use pyramide::domain::field::Facet;
use pyramide::domain::reading::Progress;
use pyramide::query::halt::Halt;
use pyramide::query::order::{Sort, SortKey};
use pyramide::text::Language;

const BEFORE: &[u8] = b"Name,Handle,Platform,City,Category,Followers,ER,Price\n\
Aa,aa,Instagram,Utrecht,Food,1200,6.0%,100\n\
Bb,bb,Instagram,Utrecht,Beauty,2400,5.0%,120\n\
Cc,cc,TikTok,Gent,Food,4900,4.0%,\n\
Dd,dd,TikTok,,Food,20000,3.0%,400\n\
Ee,ee,YouTube,Utrecht,Tech,70000,2.0%,900\n";

/// Other rows first, so that every account, city and category has another number; Dd is gone.
const AFTER: &[u8] = b"City,Name,Handle,Platform,Category,Followers,ER,Price,Note\n\
Antwerpen,Zz,zz,TikTok,Travel,3000,7.0%,10,new\n\
Gent,Yy,yy,TikTok,Travel,3100,7.0%,20,new\n\
Utrecht,Ee,ee,YouTube,Tech,70000,2.0%,900,\n\
Gent,Cc,cc,TikTok,Food,4900,4.0%,,\n\
Utrecht,Bb,bb,Instagram,Beauty,2500,5.0%,120,\n\
Utrecht,Aa,aa,Instagram,Food,1200,6.0%,100,\n";

fn open() -> Explorer {
    Explorer::open("small.csv", BEFORE, Language::En, 100, 30)
}

fn refusal(why: &str) -> Refusal {
    Refusal {
        why: why.to_owned(),
        sketch: None,
    }
}

/// The name of the account under the cursor.
fn under_cursor(explorer: &Explorer) -> String {
    let id = explorer.app.cursor.account.unwrap();
    let account = explorer.app.reading.roster.account(id).unwrap();
    account.title().unwrap().into_owned()
}

#[test]
fn the_cursor_stays_on_its_account() {
    let mut explorer = open();
    explorer.press("Down");
    assert_eq!(under_cursor(&explorer), "Bb");
    explorer.read_again(AFTER);
    assert_eq!(under_cursor(&explorer), "Bb");
    assert_eq!(explorer.app.cursor.position, 4);
    assert_eq!(explorer.listed(), ["Zz", "Yy", "Ee", "Cc", "Bb", "Aa"]);
}

#[test]
fn the_cursor_stays_at_its_place_when_its_account_is_gone_or_not_listed() {
    let mut explorer = open();
    explorer.press("Down Down Down");
    assert_eq!(under_cursor(&explorer), "Dd");
    explorer.read_again(AFTER);
    assert_eq!(
        (explorer.app.cursor.position, under_cursor(&explorer)),
        (3, "Cc".to_owned())
    );
    explorer.read_again(b"Name,Followers\nXx,5000\nWw,6000\n");
    assert_eq!(
        (explorer.app.cursor.position, under_cursor(&explorer)),
        (1, "Ww".to_owned())
    );
    explorer.read_again(b"Name,Followers\n");
    assert_eq!(explorer.app.cursor.account, None);
}

#[test]
fn goal_filters_and_the_desk_stay() {
    let mut explorer = open();
    explorer.press("g End Enter a 1 w z Tab Down");
    explorer
        .app
        .filter
        .facet_mut(Facet::City)
        .insert("Utrecht".to_owned());
    explorer.press("/ text:aa Enter ?");
    let app = &explorer.app;
    let (campaign, filter, sort) = (app.campaign.clone(), app.filter.clone(), app.sort);
    let (measure, scheme, focus) = (app.measure, app.scheme.clone(), app.focus);
    assert!(campaign.is_some() && focus != Panel::Roster);
    explorer.read_again(AFTER);
    let app = &explorer.app;
    assert_eq!(
        (&app.campaign, &app.filter, app.sort),
        (&campaign, &filter, sort)
    );
    assert_eq!(
        (app.measure, &app.scheme, app.focus),
        (measure, &scheme, focus)
    );
    assert!(app.zoomed && matches!(app.overlays[..], [Overlay::Help { .. }]));
    assert_eq!(explorer.listed(), ["Aa"]);
}

#[test]
fn a_filter_on_a_value_that_is_gone_stays_and_says_so() {
    let mut explorer = open();
    explorer
        .app
        .filter
        .facet_mut(Facet::Category)
        .insert("Beauty".to_owned());
    explorer.press("/ Enter");
    explorer.read_again(b"Name,Category,Followers\nXx,Food,5000\n");
    let text = explorer.text();
    assert!(
        text.contains("Beauty") && text.contains("r shows all"),
        "{text}"
    );
}

#[test]
fn a_column_that_is_sorted_by_is_found_by_its_header() {
    let mut explorer = open();
    let sort = |at, descending| Sort {
        key: SortKey::Column(at),
        descending,
    };
    explorer.tell(Msg::SortBy(SortKey::Column(3)));
    explorer.tell(Msg::ReverseSort);
    assert_eq!(explorer.app.sort, sort(3, true));
    explorer.read_again(AFTER);
    assert_eq!(explorer.app.sort, sort(0, true));
    assert_eq!(explorer.listed().last().unwrap(), "Zz");
    explorer.read_again(b"Name,Followers\nXx,5000\n");
    assert_eq!(explorer.app.sort, Sort::default());
}

#[test]
fn the_old_roster_is_shown_whole_until_the_new_one_is() {
    let mut explorer = open();
    explorer.press("Down R");
    let round = explorer.app.round;
    let new = explorer.reading("small.csv", AFTER);
    let before = explorer.listed();
    let half = Progress {
        read: 50,
        total: Some(100),
    };
    explorer.tell(Msg::Arrived(round, Box::new(new.clone()), half));
    assert!(
        explorer.text().contains("reading 50.0%"),
        "{}",
        explorer.text()
    );
    assert_eq!(explorer.listed(), before);
    let asked = explorer.app.update(Msg::Loaded(round, Box::new(new)));
    assert_eq!(explorer.listed(), before);
    assert!(matches!(explorer.app.data, Data::Renewing(_)));
    // What the user does meanwhile is about the old roster, and is then asked of the new one.
    explorer.press("Down 1");
    let late = explorer.app.update(Msg::ToggleTier(1));
    answer(&mut explorer, asked);
    assert!(matches!(explorer.app.data, Data::Ready));
    assert_eq!(under_cursor(&explorer), "Cc");
    answer(&mut explorer, late);
    assert_eq!(under_cursor(&explorer), "Cc");
    assert_eq!(explorer.listed(), ["Zz", "Yy", "Cc", "Bb", "Aa"]);
    assert_eq!(
        explorer
            .app
            .answers
            .survey
            .answer()
            .unwrap()
            .pyramid
            .accounts(),
        6
    );
}

/// Lets these questions be answered, and every one that follows.
fn answer(explorer: &mut Explorer, effects: Vec<Effect>) {
    for effect in effects {
        if let Effect::Ask(ticket, heavy) = effect {
            let answer = heavy.answer(&Halt::new()).unwrap();
            explorer.tell(Msg::Answered(ticket, answer));
        }
    }
}

#[test]
fn a_renewal_that_is_begun_again_forgets_the_first() {
    let mut explorer = open();
    explorer.press("R");
    let first = explorer.reading("small.csv", b"Name,Followers\nXx,5000\n");
    let asked = explorer
        .app
        .update(Msg::Loaded(explorer.app.round, Box::new(first)));
    explorer.press("R");
    answer(&mut explorer, asked);
    assert_eq!(explorer.app.reading.rows, 5);
    explorer.read_again(AFTER);
    assert_eq!(explorer.app.reading.rows, 6);
}

#[test]
fn a_change_is_noted_until_the_files_are_read_again() {
    let mut explorer = open();
    explorer.tell(Msg::Changed(Round(0), Change::Changed));
    assert!(
        explorer.text().contains("changed on disk"),
        "{}",
        explorer.text()
    );
    explorer.tell(Msg::Changed(Round(0), Change::Gone));
    assert!(explorer.text().contains("no longer on disk"));
    explorer.press("R");
    assert!(!explorer.text().contains("on disk"), "{}", explorer.text());
    // Of the round before, and so of what is being read now.
    explorer.tell(Msg::Changed(Round(0), Change::Changed));
    let new = explorer.reading("small.csv", AFTER);
    explorer.tell(Msg::Loaded(explorer.app.round, Box::new(new)));
    assert_eq!(explorer.app.change(), None);
    explorer.press("R");
    explorer.tell(Msg::Changed(explorer.app.round, Change::Changed));
    let new = explorer.reading("small.csv", AFTER);
    explorer.tell(Msg::Loaded(explorer.app.round, Box::new(new)));
    assert_eq!(explorer.app.change(), Some(Change::Changed));
}

#[test]
fn a_renewal_that_fails_keeps_the_roster_and_says_why_until_the_next_key() {
    let mut explorer = open();
    explorer.tell(Msg::Changed(Round(0), Change::Gone));
    explorer.press("R");
    let why = refusal("small.csv: cannot be read: no such file");
    explorer.tell(Msg::LoadFailed(explorer.app.round, why));
    let text = explorer.text();
    assert!(
        text.contains("not read again: small.csv: cannot be read"),
        "{text}"
    );
    assert!(
        text.contains("no longer on disk") && text.contains("5 accounts"),
        "{text}"
    );
    explorer.press("Down");
    let text = explorer.text();
    assert!(
        !text.contains("not read again") && text.contains("no longer on disk"),
        "{text}"
    );
}

#[test]
fn duplicates_are_found_also_when_a_renewal_fails_after_the_first_answers_came_during_it() {
    let mut explorer = open();
    let read = Box::new(explorer.reading("small.csv", BEFORE));
    let round = explorer.app.round;
    let asked = explorer.app.update(Msg::Loaded(round, read));
    explorer.app.update(Msg::ReadAgain);
    for effect in asked {
        if let Effect::Ask(ticket, heavy) = effect {
            let answer = heavy.answer(&Halt::new()).unwrap();
            explorer.tell(Msg::Answered(ticket, answer));
        }
    }
    assert!(explorer.app.answers.duplicates.answer().is_none());
    let why = refusal("small.csv: cannot be read: no such file");
    explorer.tell(Msg::LoadFailed(explorer.app.round, why));
    assert!(explorer.app.answers.duplicates.answer().is_some());
}

#[test]
fn values_that_are_being_picked_from_are_counted_anew() {
    let mut explorer = open();
    explorer.press("f Down Enter End");
    let Some(Overlay::Values { purpose, .. }) = explorer.app.overlay().cloned() else {
        unreachable!("the values are open");
    };
    assert!(!explorer.app.values_shown().is_empty());
    let new = explorer.reading(
        "small.csv",
        b"Name,Category,City,Followers\nXx,New,Here,5000\n",
    );
    explorer.tell(Msg::ReadAgain);
    explorer.tell(Msg::Loaded(explorer.app.round, Box::new(new)));
    let shown: Vec<&str> = explorer
        .app
        .values_shown()
        .iter()
        .map(|it| it.value.as_str())
        .collect();
    let expected = if purpose.facet() == Facet::City {
        "Here"
    } else {
        "New"
    };
    assert_eq!(shown, [expected]);
    assert!(matches!(
        explorer.app.overlay(),
        Some(Overlay::Values { cursor: 0, .. })
    ));
}
