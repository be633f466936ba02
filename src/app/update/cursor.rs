//! Where the cursors of the desk stand.

use crate::app::App;
use crate::app::desk::{Panel, Step, Towards};
use crate::app::effect::Effect;
use crate::domain::roster::{AccountId, Roster};

/// Places of the order that are looked at on either side of the cursor for its neighbour on the trade-off.
const REACH: usize = 50_000;

/// What accounts are lined up by on the trade-off, equals by their row; `None` for those that are not drawn.
fn standing(roster: &Roster, towards: Towards, row: u32) -> Option<(f64, u32)> {
    let account = roster.account(AccountId(row))?;
    let followers = account.followers().filter(|count| *count > 0)?;
    let rate = account.engagement_rate().filter(|rate| *rate > 0.0);
    let along = match towards {
        Towards::Smaller | Towards::Larger => followers as f64,
        Towards::Lower | Towards::Higher => rate?,
    };
    (rate.is_some() || !roster.schema().has_rates).then_some((along, row))
}

impl App {
    pub(super) fn focus_on(&mut self, panel: Panel) -> Vec<Effect> {
        self.focus = panel;
        Vec::new()
    }

    pub(super) fn move_cursor(&mut self, step: Step) -> Vec<Effect> {
        let page = usize::from(self.room.rows);
        let Some(order) = self.answers.order.answer() else {
            return Vec::new();
        };
        let position = step.from(self.cursor.position, order.rows.len(), page);
        self.cursor.position = position;
        self.cursor.account = order.rows.get(position).copied().map(AccountId);
        Vec::new()
    }

    /// To the account whose mark is next on the trade-off, among those near the cursor in a very long order.
    pub(super) fn move_on_trade_off(&mut self, towards: Towards) -> Vec<Effect> {
        let Some(order) = self.answers.order.answer() else {
            return Vec::new();
        };
        let at = self.cursor.position;
        let first = at.saturating_sub(REACH);
        let last = at.saturating_add(REACH).min(order.rows.len());
        let near = order.rows.get(first..last).unwrap_or_default();
        let roster = &self.reading.roster;
        let own = order.rows.get(at).copied();
        let own = own.and_then(|row| standing(roster, towards, row));
        let marks = near.iter().zip(first..).filter_map(|(row, place)| {
            let (along, row) = standing(roster, towards, *row)?;
            Some((along, row, place))
        });
        let compare =
            |a: &(f64, u32, usize), b: &(f64, u32, usize)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
        let rises = matches!(towards, Towards::Larger | Towards::Higher);
        let next = if rises {
            marks
                .filter(|mark| own.is_none_or(|(along, row)| (mark.0, mark.1) > (along, row)))
                .min_by(compare)
        } else {
            marks
                .filter(|mark| own.is_none_or(|(along, row)| (mark.0, mark.1) < (along, row)))
                .max_by(compare)
        };
        match next {
            Some((.., place)) => self.move_cursor(Step::To(place)),
            None => Vec::new(),
        }
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
