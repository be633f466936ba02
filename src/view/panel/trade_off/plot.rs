//! What stands in the plot: accounts by tier, the line, medians, the front of best trade-offs, the cursor.
//!
//! Later layers lie over earlier ones: the line only where nothing else stands.

use crate::domain::roster::AccountId;
use crate::domain::tier::{Standing, TierId};
use crate::query::scatter::{Scatter, Spot};
use crate::query::survey::Survey;
use crate::view::sheet;
use crate::view::stage::Stage;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

/// From this many accounts on a spot is bold.
pub(super) const MANY: u32 = 3;

/// From this many accounts on a spot is a filled cell.
pub(super) const CROWD: u32 = 8;

/// The plot area and the scatter that is drawn into it, which may have been made for another size.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plot<'a> {
    pub(super) stage: &'a Stage<'a>,
    pub(super) scatter: &'a Scatter,
    pub(super) survey: &'a Survey,
    pub(super) area: Rect,
}

impl Plot<'_> {
    /// Draws all layers.
    pub(super) fn draw(&self, buf: &mut Buffer) {
        if self.scatter.y.is_some() {
            self.draw_line(buf);
            self.draw_spots(buf);
            self.draw_medians(buf);
            self.draw_front(buf);
        } else {
            self.draw_bars(buf);
        }
        self.draw_cursor(buf);
    }

    /// The cell of the screen for a cell of the grid, counted from the corner of the plot.
    fn cell(&self, x: u16, y: u16) -> (u16, u16) {
        let grid = self.scatter.grid;
        let scaled = |at: u16, from: u16, to: u16| {
            if from == to || from == 0 {
                at
            } else {
                (u32::from(at) * u32::from(to) / u32::from(from)) as u16
            }
        };
        let x = scaled(x, grid.width, self.area.width);
        let y = scaled(y, grid.height, self.area.height);
        (x, self.area.height.saturating_sub(1).saturating_sub(y))
    }

    /// Puts a sign on the ground of the panel, whatever stood there.
    fn put_alone(&self, x: u16, y: u16, sign: &str, style: Style, buf: &mut Buffer) {
        let ground = self.stage.theme.style.text.bg.unwrap_or(Color::Reset);
        let alone = Style::new().bg(ground).remove_modifier(Modifier::REVERSED);
        self.put(x, y, sign, alone.patch(style), buf);
    }

    fn put(&self, x: u16, y: u16, sign: &str, style: Style, buf: &mut Buffer) {
        sheet::place(buf, self.area, self.cell(x, y), sign, style);
    }

    /// Whether a cell of the grid holds no account.
    fn is_free(&self, x: u16, y: u16) -> bool {
        self.scatter.spot(x, y).accounts == 0
    }

    fn spots(&self) -> impl Iterator<Item = (u16, u16, Spot)> + '_ {
        let grid = self.scatter.grid;
        (0..grid.height)
            .flat_map(move |y| (0..grid.width).map(move |x| (x, y)))
            .map(|(x, y)| (x, y, self.scatter.spot(x, y)))
            .filter(|(.., spot)| spot.accounts > 0)
    }

    fn has_goal(&self) -> bool {
        self.survey.matching.is_some()
    }

    fn style(&self, spot: Spot) -> Style {
        let stage = self.stage;
        let bright = !self.has_goal() || spot.matches > 0;
        let Some(Standing::Tier(tier)) = spot.standing else {
            return stage.theme.style.muted;
        };
        let seen = if self.has_goal() && bright {
            spot.matches
        } else {
            spot.accounts
        };
        crowded(stage, tier, seen, bright)
    }

    fn draw_spots(&self, buf: &mut Buffer) {
        for (x, y, spot) in self.spots() {
            let standing = spot.standing.unwrap_or(Standing::Unranked);
            let misses = self.has_goal() && spot.matches == 0;
            let sign = if misses && !shows_dim(self.stage) {
                self.stage.glyphs.dot
            } else {
                self.stage.glyph(standing)
            };
            self.put(x, y, sign, self.style(spot), buf);
        }
    }

    fn draw_line(&self, buf: &mut Buffer) {
        let (Some(trend), Some(axis)) = (self.scatter.trend, self.scatter.y) else {
            return;
        };
        let grid = self.scatter.grid;
        let style = self.stage.theme.style.muted;
        for x in 0..grid.width {
            let rate = trend.rate(self.scatter.x.value(x, grid.width));
            if rate.is_finite() && rate >= axis.low && rate <= axis.high {
                let y = axis.cell(rate, grid.height);
                if self.is_free(x, y) {
                    self.put(x, y, self.stage.glyphs.dot, style, buf);
                }
            }
        }
    }

    fn draw_medians(&self, buf: &mut Buffer) {
        let scatter = self.scatter;
        for median in &scatter.medians {
            let followers = median.followers.max(0.0) as u64;
            if let Some((x, y)) = scatter.place(Some(followers), Some(median.rate)) {
                let style = self
                    .stage
                    .tier_style(median.tier, true)
                    .add_modifier(Modifier::BOLD);
                self.put_alone(x, y, self.stage.glyphs.median, style, buf);
            }
        }
    }

    /// The places of the matches on the front, most followers first.
    fn front(&self) -> Vec<(u16, u16, Standing)> {
        let roster = &self.survey.question.roster;
        let scheme = self.stage.app.tier_scheme();
        self.survey
            .front
            .iter()
            .filter_map(|number| {
                let account = roster.account(AccountId(*number))?;
                let (x, y) = self
                    .scatter
                    .place(account.followers(), account.engagement_rate())?;
                Some((x, y, scheme?.of(account.followers())))
            })
            .collect()
    }

    fn draw_front(&self, buf: &mut Buffer) {
        for (x, y, standing) in self.front() {
            let style = match standing {
                Standing::Tier(tier) => self.stage.tier_style(tier, true),
                _ => self.stage.theme.style.front,
            };
            let style = style.add_modifier(Modifier::BOLD);
            self.put_alone(x, y, self.stage.glyphs.star, style, buf);
        }
    }

    /// Without rates: how many accounts stand at each number of followers, as bars; matches at their foot.
    fn draw_bars(&self, buf: &mut Buffer) {
        let most = most(self.scatter);
        let height = u32::from(self.scatter.grid.height);
        for (x, _, spot) in self.spots() {
            let rows = |accounts: u32| {
                if accounts == 0 {
                    0
                } else {
                    (accounts * height).div_ceil(most).min(height) as u16
                }
            };
            let standing = spot.standing.unwrap_or(Standing::Unranked);
            let bright = if self.has_goal() {
                rows(spot.matches)
            } else {
                rows(spot.accounts)
            };
            for y in 0..rows(spot.accounts) {
                let style = match standing {
                    Standing::Tier(tier) => self.stage.tier_style(tier, y < bright),
                    _ => self.stage.theme.style.muted,
                };
                let sign = self.stage.glyphs.block;
                self.put(x, y, sign, style, buf);
            }
        }
    }

    fn draw_cursor(&self, buf: &mut Buffer) {
        let app = self.stage.app;
        let place = app
            .cursor
            .account
            .and_then(|id| app.reading.roster.account(id))
            .and_then(|account| {
                self.scatter
                    .place(account.followers(), account.engagement_rate())
            });
        if let Some((x, y)) = place {
            let style = self
                .stage
                .theme
                .style
                .accent
                .add_modifier(Modifier::REVERSED | Modifier::BOLD);
            self.put_alone(x, y, self.stage.glyphs.target, style, buf);
        }
    }
}

/// Whether dim signs differ from bright ones; where they do not, accounts that do not match are dots.
pub(super) fn shows_dim(stage: &Stage<'_>) -> bool {
    stage.tier_style(TierId(0), false).fg.is_some()
}

/// The most accounts that share a cell, at least 1.
pub(super) fn most(scatter: &Scatter) -> u32 {
    let all = scatter.spots.iter().map(|spot| spot.accounts);
    all.max().unwrap_or(1).max(1)
}

/// The style of a spot with so many accounts: plain; bold, on a faint ground where there is colour; filled.
pub(super) fn crowded(stage: &Stage<'_>, tier: TierId, accounts: u32, bright: bool) -> Style {
    let style = stage.tier_style(tier, bright);
    let faint = stage.tier_style(tier, false).fg;
    match (accounts, faint) {
        (..MANY, _) => style,
        (MANY..CROWD, Some(faint)) if bright => style.bg(faint).add_modifier(Modifier::BOLD),
        (MANY..CROWD, _) => style.add_modifier(Modifier::BOLD),
        _ => style.add_modifier(Modifier::REVERSED),
    }
}
