//! Where the cursors of the desk stand.

use crate::app::App;
use crate::app::desk::{Panel, Step};
use crate::app::effect::Effect;
use crate::domain::roster::AccountId;

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
        let position = step.from(self.cursor.position, order.rows.len(), page);
        self.cursor.position = position;
        self.cursor.account = order.rows.get(position).copied().map(AccountId);
        let mut effects = self.keep_in_view();
        effects.extend(self.ask_peers());
        effects
    }

    /// Puts the cursor on its account in a new order, or on the first place when the account is not in it.
    pub(super) fn settle_cursor(&mut self) {
        let Some(order) = self.answers.order.answer() else {
            return;
        };
        let stays = self.cursor.account.and_then(|account| {
            let at = self.cursor.position;
            if order.rows.get(at) == Some(&account.0) {
                return Some(at);
            }
            order.rows.iter().position(|row| *row == account.0)
        });
        self.cursor.position = stays.unwrap_or(0);
        self.cursor.account = order.rows.get(self.cursor.position).copied().map(AccountId);
    }

    /// Lets the cursor go to the first place of the next order.
    pub(super) fn send_cursor_home(&mut self) {
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
        let stride = if forward { 1 } else { len - 1 };
        let mut at = self.cursor.position.min(len - 1);
        for _ in 0..len {
            at = (at + stride) % len;
            let hit = matching.is_none_or(|matching| matching.has(AccountId(order.rows[at])));
            if hit {
                break;
            }
        }
        self.move_cursor(Step::To(at))
    }

    pub(super) fn move_tier_cursor(&mut self, tier: usize) -> Vec<Effect> {
        let tiers = self.tier_scheme().map_or(1, |scheme| scheme.tiers().len());
        self.tier_cursor = tier.min(tiers.saturating_sub(1));
        Vec::new()
    }
}
