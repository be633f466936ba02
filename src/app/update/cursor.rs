//! Where the cursors of the desk stand.

use crate::app::App;
use crate::app::desk::{Panel, Step};
use crate::app::effect::Effect;
use crate::app::msg::Msg;
use crate::domain::roster::AccountId;
use crate::query::order::Order;

impl App {
    pub(super) fn focus_on(&mut self, panel: Panel) -> Vec<Effect> {
        self.focus = panel;
        self.keep_box()
    }

    pub(super) fn move_cursor(&mut self, step: Step) -> Vec<Effect> {
        let page = usize::from(self.room.rows);
        let Some(order) = self.answers.order.answer() else {
            return Vec::new();
        };
        let position = step.from(self.cursor.position, order.len(), page);
        self.put_cursor_at(position);
        let mut effects = self.keep_in_view();
        effects.extend(self.ask_peers());
        effects
    }

    /// Whether something that moves the cursor cannot happen as long as the order is only begun: it may lead beyond what
    /// is known of it, or follows what does.
    pub(super) fn needs_the_whole_order(&self, msg: &Msg) -> bool {
        let order = self.answers.order.answer();
        let Some(order) = order.filter(|order| !order.is_whole()) else {
            return false;
        };
        match msg {
            Msg::Move(step) => {
                let page = usize::from(self.room.rows);
                let position = step.from(self.cursor.position, order.len(), page);
                !self.postponed.is_empty() || !self.can_show(order, position)
            }
            Msg::Hit(_)
            | Msg::Neighbour(_)
            | Msg::Extreme(_)
            | Msg::AlongFront(_)
            | Msg::PointAt(..)
            | Msg::Here(_) => true,
            // These are about the account to which what waits will lead.
            Msg::NextVerdict | Msg::ZoomPlot(_) => !self.postponed.is_empty(),
            _ => false,
        }
    }

    /// Lets something happen once the whole order is there.
    pub(super) fn postpone(&mut self, msg: Msg) -> Vec<Effect> {
        let effects = match msg {
            // Keys that follow a click are meant for where it went.
            Msg::PointAt(..) => self.focus_on(Panel::TradeOff),
            _ => Vec::new(),
        };
        self.postponed.push(msg);
        effects
    }

    /// Forgets what waits for the whole order where keys come to mean something else: it would lead the cursor away under
    /// what is opened for its account.
    pub(super) fn forget_postponed_at(&mut self, msg: &Msg) {
        if matches!(msg, Msg::Open(_) | Msg::StartBox) {
            self.postponed.clear();
        }
    }

    /// Whether all rows around a position are known, as many as the screen has.
    fn can_show(&self, order: &Order, position: usize) -> bool {
        position.saturating_add(usize::from(self.room.rows)) <= order.rows.len()
    }

    /// Where the cursor is to stand in the beginning of an order; `None` where only the whole order tells.
    pub(super) fn place_in(&self, beginning: &Order) -> Option<usize> {
        let place = match self.cursor.account {
            None => 0,
            Some(account) => {
                let place = beginning.rows.position(account.0);
                let survey = self.answers.survey.answer();
                let listed = survey.is_none_or(|survey| survey.selected.has(account.index()));
                place.or((!listed).then_some(0))?
            }
        };
        self.can_show(beginning, place).then_some(place)
    }

    /// Puts the cursor on its account in a new order, or on the first place when the account is not in it.
    pub(super) fn settle_cursor(&mut self) {
        let Some(order) = self.answers.order.answer() else {
            return;
        };
        let stays = self.cursor.account.and_then(|account| {
            let at = self.cursor.position;
            if order.rows.get(at) == Some(account.0) {
                return Some(at);
            }
            order.rows.position(account.0)
        });
        self.put_cursor_at(stays.unwrap_or(0));
    }

    /// Puts the cursor on a place of the order.
    pub(super) fn put_cursor_at(&mut self, position: usize) {
        let order = self.answers.order.answer();
        let row = order.and_then(|order| order.rows.get(position));
        self.cursor.position = position;
        self.cursor.account = row.map(AccountId);
    }

    /// Lets what waited for the whole order happen.
    pub(super) fn catch_up(&mut self) -> Vec<Effect> {
        let postponed = std::mem::take(&mut self.postponed).into_iter();
        postponed.flat_map(|msg| self.update(msg)).collect()
    }

    /// Lets the cursor go to the first place of the next order.
    pub(super) fn send_cursor_home(&mut self) {
        self.postponed.clear();
        self.cursor.account = None;
        self.cursor.position = 0;
    }

    pub(super) fn scroll_columns(&mut self, by: isize) -> Vec<Effect> {
        let most = self.reading.roster.schema().columns.len();
        self.cursor.column = self.cursor.column.saturating_add_signed(by).min(most);
        Vec::new()
    }

    pub(super) fn next_hit(&mut self, forward: bool) -> Vec<Effect> {
        let Some(order) = self.answers.order.answer() else {
            return Vec::new();
        };
        let len = order.rows.len();
        if len == 0 {
            return Vec::new();
        }
        let matching = self
            .answers
            .survey
            .answer()
            .and_then(|survey| survey.matching.as_deref())
            .filter(|matching| self.filter.search.is_empty() && !matching.is_empty());
        let here = self.cursor.position.min(len - 1);
        let hits = |row: u32| matching.is_none_or(|matching| matching.has(AccountId(row)));
        let next = order.rows.next(here, forward, hits);
        self.move_cursor(Step::To(next.unwrap_or(here)))
    }

    pub(super) fn move_tier_cursor(&mut self, tier: usize) -> Vec<Effect> {
        let tiers = self.tier_scheme().map_or(1, |scheme| scheme.tiers().len());
        self.tier_cursor = tier.min(tiers.saturating_sub(1));
        Vec::new()
    }
}
