//! Beginnings of answers: the first accounts of an order are shown while the rest is sorted, and the accounts that a
//! filter leaves while they are counted.

use crate::explorer::Explorer;
use pyramide::app::Data;
use pyramide::app::answers::Ticket;
use pyramide::app::desk::Step;
use pyramide::app::effect::{Answer, Effect, Heavy};
use pyramide::app::msg::Msg;
use pyramide::domain::reading::Progress;
use pyramide::domain::roster::AccountId;
use pyramide::query::halt::Halt;
use pyramide::query::order::{Extent, Order, SortKey};
use pyramide::query::survey::Survey;
use pyramide::text::Language;
use std::sync::Arc;

/// How many accounts the beginnings of these tests hold.
const MANY: usize = 60;

/// An order that was asked for: its beginning and the whole of it.
struct Sorted {
    ticket: Ticket,
    beginning: Arc<Order>,
    whole: Arc<Order>,
}

fn demo() -> Explorer {
    Explorer::demo(Language::En, 100, 30)
}

/// Sorts anew, and works the order out without telling it.
fn sort(explorer: &mut Explorer, msg: Msg) -> Sorted {
    let effects = explorer.app.update(msg);
    let asked = effects.into_iter().find_map(|effect| match effect {
        Effect::Ask(ticket, order @ Heavy::Order(..)) => Some((ticket, order)),
        _ => None,
    });
    let (ticket, order) = asked.unwrap();
    let Ok(Answer::Order(whole)) = order.answer(&Halt::new()) else {
        unreachable!("an order was asked for");
    };
    let mut beginning = Order::clone(&whole);
    let first: Vec<u32> = beginning.rows.iter().take(MANY).collect();
    beginning.rows = first.into();
    beginning.extent = Extent::Beginning(whole.len());
    let beginning = Arc::new(beginning);
    Sorted {
        ticket,
        beginning,
        whole,
    }
}

impl Sorted {
    fn begin(&self, explorer: &mut Explorer) {
        let beginning = Answer::Beginning(Arc::clone(&self.beginning));
        explorer.tell(Msg::Answered(self.ticket, beginning));
    }

    fn end(&self, explorer: &mut Explorer) {
        let whole = Answer::Order(Arc::clone(&self.whole));
        explorer.tell(Msg::Answered(self.ticket, whole));
    }
}

#[test]
fn a_screen_of_the_beginning_is_the_screen_of_the_whole_order() {
    let mut explorer = demo();
    for msg in [
        Msg::SortBy(SortKey::Followers),
        Msg::ReverseSort,
        Msg::SortBy(SortKey::Rate),
    ] {
        let sorted = sort(&mut explorer, msg);
        sorted.begin(&mut explorer);
        explorer.press("Down Down PageDown Up");
        assert_eq!(
            explorer.app.cursor.position,
            1 + usize::from(explorer.app.room.rows)
        );
        let begun = explorer.text();
        sorted.end(&mut explorer);
        assert_eq!(explorer.text(), begun);
        assert!(explorer.app.answers.order.answer().unwrap().is_whole());
    }
}

#[test]
fn what_leads_beyond_the_beginning_happens_once_the_whole_order_is_there() {
    for (keys, back) in [
        ("End", 1),
        ("End Up", 2),
        ("PageDown PageDown PageDown End Down", 1),
    ] {
        let mut explorer = demo();
        let sorted = sort(&mut explorer, Msg::SortBy(SortKey::Followers));
        sorted.begin(&mut explorer);
        explorer.press(keys);
        let order = explorer.app.answers.order.answer().unwrap();
        assert!(!order.is_whole() && explorer.app.cursor.position < MANY);
        sorted.end(&mut explorer);
        let last = sorted.whole.len() - back;
        assert_eq!(explorer.app.cursor.position, last);
        let account = AccountId(sorted.whole.rows.get(last).unwrap());
        assert_eq!(explorer.app.cursor.account, Some(account));
    }
}

#[test]
fn a_verdict_goes_to_the_account_that_a_key_before_it_leads_to() {
    let mut explorer = demo();
    let sorted = sort(&mut explorer, Msg::SortBy(SortKey::Followers));
    sorted.begin(&mut explorer);
    explorer.press("End Space");
    assert!(explorer.app.verdicts.is_empty());
    sorted.end(&mut explorer);
    let last = AccountId(sorted.whole.rows.iter().last().unwrap());
    let account = explorer.app.reading.roster.account(last).unwrap();
    assert!(explorer.app.remark(&account).is_some());
}

#[test]
fn the_cursor_stays_under_what_was_opened_for_its_account() {
    for keys in ["End Enter", "End A", "End t B"] {
        let mut explorer = demo();
        let sorted = sort(&mut explorer, Msg::SortBy(SortKey::Followers));
        sorted.begin(&mut explorer);
        let account = explorer.app.cursor.account;
        explorer.press(keys);
        sorted.end(&mut explorer);
        assert_eq!(explorer.app.cursor.account, account, "{keys}");
    }
}

#[test]
fn keys_that_were_meant_for_an_order_are_forgotten_with_it() {
    let mut explorer = demo();
    let first = sort(&mut explorer, Msg::SortBy(SortKey::Followers));
    first.begin(&mut explorer);
    explorer.press("End");
    let second = sort(&mut explorer, Msg::ReverseSort);
    first.end(&mut explorer);
    second.begin(&mut explorer);
    second.end(&mut explorer);
    assert_eq!(explorer.app.cursor.position, 0);
    assert_eq!(explorer.listed().len(), second.whole.len());
}

#[test]
fn the_beginning_waits_where_the_cursor_is_to_stand_beyond_it() {
    let mut explorer = demo();
    explorer.press("End");
    let account = explorer.app.cursor.account;
    let sorted = sort(&mut explorer, Msg::SortBy(SortKey::Followers));
    explorer.app.cursor.account = account;
    let far = sorted
        .whole
        .rows
        .iter()
        .position(|row| Some(AccountId(row)) == account);
    let begun = explorer.text();
    sorted.begin(&mut explorer);
    let near = far.is_some_and(|at| at + usize::from(explorer.app.room.rows) <= MANY);
    assert_eq!(explorer.text() == begun, !near);
    sorted.end(&mut explorer);
    assert_eq!(explorer.app.cursor.position, far.unwrap());
    explorer.tell(Msg::Move(Step::First));
    assert_eq!(explorer.app.cursor.position, 0);
}

/// A survey that was asked for: what is told of it before anything is counted, and the whole of it.
struct Found {
    ticket: Ticket,
    selected: Arc<Survey>,
    whole: Arc<Survey>,
}

/// Searches, and works the survey out without telling it.
fn search(explorer: &mut Explorer, letter: char) -> Found {
    let before = explorer.app.answers.survey.answer().cloned().unwrap();
    let effects = explorer.app.update(Msg::Typed(letter));
    let asked = effects.into_iter().find_map(|effect| match effect {
        Effect::Ask(ticket, survey @ Heavy::Survey(..)) => Some((ticket, survey)),
        _ => None,
    });
    let (ticket, survey) = asked.unwrap();
    let Ok(Answer::Survey(whole)) = survey.answer(&Halt::new()) else {
        unreachable!("a survey was asked for");
    };
    let mut selected = Survey::clone(&whole);
    selected.pyramid = before.pyramid.clone();
    Found {
        ticket,
        selected: Arc::new(selected),
        whole,
    }
}

#[test]
fn accounts_that_were_found_are_listed_while_they_are_counted() {
    let mut explorer = demo();
    explorer.press("/");
    let pyramid = |explorer: &Explorer| {
        let survey = explorer.app.answers.survey.answer().cloned().unwrap();
        survey.pyramid.clone()
    };
    let before = pyramid(&explorer);
    let found = search(&mut explorer, 'k');
    let selected = Answer::Selected(Arc::clone(&found.selected));
    explorer.tell(Msg::Answered(found.ticket, selected));
    let many = found.whole.shown as usize;
    assert!(many > 0 && (many as u64) < before.accounts());
    assert_eq!(explorer.listed().len(), many);
    assert_eq!(pyramid(&explorer), before);
    // The list and its count are of these accounts; the pyramid and the plot are marked as old.
    let begun = explorer.text();
    let of = format!("Roster · {many} of {}", before.accounts());
    for title in [
        "╭ Pyramid · shape only w … ",
        of.as_str(),
        "╭ Reach × engagement… ",
    ] {
        assert!(begun.contains(title), "{title}\n{begun}");
    }
    assert!(explorer.app.answers.survey.is_waiting());

    let whole = Answer::Survey(Arc::clone(&found.whole));
    let effects = explorer.app.update(Msg::Answered(found.ticket, whole));
    let asks = |wanted: fn(&Heavy) -> bool| {
        let asked = effects.iter();
        asked.filter(move |effect| matches!(effect, Effect::Ask(_, asked) if wanted(asked)))
    };
    assert_eq!(asks(|it| matches!(it, Heavy::Order(..))).count(), 0);
    assert_eq!(asks(|it| matches!(it, Heavy::Scatter(..))).count(), 1);
    assert_eq!(pyramid(&explorer), found.whole.pyramid);

    let mut at_once = demo();
    at_once.press("/ k");
    assert_eq!(at_once.listed(), explorer.listed());
    assert_eq!(pyramid(&at_once), pyramid(&explorer));
}

#[test]
fn a_filter_while_more_accounts_come_has_the_plot_drawn_anew() {
    let mut explorer = demo();
    explorer.press("/");
    explorer.app.data = Data::Loading(Progress::default());
    let found = search(&mut explorer, 'k');
    let selected = Answer::Selected(Arc::clone(&found.selected));
    explorer.tell(Msg::Answered(found.ticket, selected));
    let whole = Answer::Survey(Arc::clone(&found.whole));
    let effects = explorer.app.update(Msg::Answered(found.ticket, whole));
    let is_drawn = |effect: &Effect| matches!(effect, Effect::Ask(_, Heavy::Scatter(..)));
    assert!(effects.iter().any(is_drawn));
}

#[test]
fn accounts_found_for_letters_that_were_typed_on_since_are_not_listed() {
    let mut explorer = demo();
    explorer.press("/");
    let first = search(&mut explorer, 'k');
    let second = search(&mut explorer, 'a');
    let listed = explorer.listed();
    explorer.tell(Msg::Answered(
        first.ticket,
        Answer::Selected(first.selected),
    ));
    assert_eq!(explorer.listed(), listed);
    explorer.tell(Msg::Answered(second.ticket, Answer::Survey(second.whole)));
    explorer.tell(Msg::Answered(
        second.ticket,
        Answer::Selected(second.selected),
    ));
    assert!(!explorer.app.answers.survey.is_waiting());
    let mut at_once = demo();
    at_once.press("/ k a");
    assert_eq!(at_once.text(), explorer.text());
}
