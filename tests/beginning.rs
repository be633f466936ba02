//! The beginning of an order: it is shown while the rest is sorted, as the whole order then is.

use crate::explorer::Explorer;
use pyramide::app::answers::Ticket;
use pyramide::app::desk::Step;
use pyramide::app::effect::{Answer, Effect, Heavy};
use pyramide::app::msg::Msg;
use pyramide::domain::roster::AccountId;
use pyramide::query::halt::Halt;
use pyramide::query::order::{Extent, Order, SortKey};
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
