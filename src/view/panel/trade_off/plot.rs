//! What stands in the plot: accounts by tier, the line, medians, the front of best trade-offs, the cursor.
//!
//! Later layers lie over earlier ones: the box only where nothing else stands, lines there and on shaded cells.

use super::density::{self, Steps};
use crate::domain::roster::{Account, AccountId};
use crate::domain::tier::{Standing, TierId};
use crate::query::axis::Axis;
use crate::query::lines::PlatformLine;
use crate::query::scatter::{Scatter, Spot};
use crate::query::survey::Survey;
use crate::query::trend::Trend;
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
    /// From how many accounts on cells are shaded.
    pub(super) steps: Option<Steps>,
}

impl Plot<'_> {
    /// Draws all layers but the cursor.
    pub(super) fn draw(&self, buf: &mut Buffer) {
        if self.scatter.y.is_some() {
            self.draw_box(buf);
            self.draw_spots(buf);
            self.draw_lines(buf);
            self.draw_medians(buf);
            self.draw_front(buf);
        } else {
            self.draw_bars(buf);
        }
    }

    /// The cell of the screen for a cell of the grid, counted from the corner of the plot.
    fn cell(&self, x: u16, y: u16) -> (u16, u16) {
        let grid = self.scatter.sight.grid;
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
        let grid = self.scatter.sight.grid;
        (0..grid.height)
            .flat_map(move |y| (0..grid.width).map(move |x| (x, y)))
            .map(|(x, y)| (x, y, self.scatter.spot(x, y)))
            .filter(|(.., spot)| spot.accounts > 0)
    }

    /// Whether some accounts stand out among the others.
    fn singles_out(&self) -> bool {
        self.survey.bright().is_some()
    }

    /// The accounts that the sign of a cell tells of.
    fn told(&self, spot: Spot) -> u32 {
        if self.singles_out() && spot.matches > 0 {
            spot.matches
        } else {
            spot.accounts
        }
    }

    fn style(&self, spot: Spot, shaded: bool) -> Style {
        let stage = self.stage;
        let bright = !self.singles_out() || spot.matches > 0;
        let Some(Standing::Tier(tier)) = spot.standing else {
            return stage.theme.style.muted;
        };
        if shaded {
            return stage.tier_style(tier, bright);
        }
        crowded(stage, tier, self.told(spot), bright)
    }

    fn draw_spots(&self, buf: &mut Buffer) {
        for (x, y, spot) in self.spots() {
            let standing = spot.standing.unwrap_or(Standing::Unranked);
            let misses = self.singles_out() && spot.matches == 0;
            let shade = density::shade(self.stage, self.steps, self.told(spot));
            let sign = match shade {
                _ if misses && !shows_dim(self.stage) => self.stage.glyphs.dot,
                Some(shade) => shade,
                None => self.stage.glyph(standing),
            };
            let style = self.style(spot, self.steps.is_some());
            self.put(x, y, sign, style, buf);
        }
    }

    fn draw_lines(&self, buf: &mut Buffer) {
        let style = &self.stage.theme.style;
        if let Some(trend) = &self.scatter.trend {
            self.draw_line(trend, None, style.muted, buf);
        }
        let own = own_line(self.stage, self.scatter);
        let lines = self.scatter.lines.iter().zip(letters(&self.scatter.lines));
        for (at, (line, letter)) in lines.enumerate() {
            let chosen = own == Some(at);
            let style = if chosen { style.text } else { style.muted };
            self.draw_line(&line.trend, Some(&letter), style, buf);
        }
    }

    /// One line of dots, with a letter of its platform now and then.
    fn draw_line(&self, trend: &Trend, letter: Option<&str>, style: Style, buf: &mut Buffer) {
        let Some(axis) = &self.scatter.y else {
            return;
        };
        let grid = self.scatter.sight.grid;
        let mut since = LETTER_EVERY / 2;
        for x in 0..grid.width {
            since += 1;
            let rate = trend.rate(self.scatter.x.value(x));
            if !(rate.is_finite() && axis.holds(rate)) {
                continue;
            }
            let y = axis.cell(rate);
            if let Some(style) = self.inked(x, y, style) {
                let sign = match letter {
                    Some(letter) if since >= LETTER_EVERY => {
                        since = 0;
                        letter
                    }
                    _ => self.stage.glyphs.dot,
                };
                self.put(x, y, sign, style, buf);
            }
        }
    }

    /// How a line of this style is drawn over a cell: as it is where the cell is free, on the colour of the crowd where
    /// it is shaded, and not at all where the sign of a tier stands.
    fn inked(&self, x: u16, y: u16, style: Style) -> Option<Style> {
        let spot = self.scatter.spot(x, y);
        if spot.accounts == 0 {
            return Some(style);
        }
        density::shade(self.stage, self.steps, self.told(spot))?;
        let crowd = self.style(spot, true);
        Some(crowd.add_modifier(Modifier::REVERSED))
    }

    /// The border of the box around its cells, as far as the plot shows it.
    fn draw_box(&self, buf: &mut Buffer) {
        let (Some(region), Some(axis)) = (&self.stage.app.filter.region, &self.scatter.y) else {
            return;
        };
        let followers = (region.followers.0 as f64, region.followers.1 as f64);
        let (left, right) = sides(&self.scatter.x, followers);
        let (bottom, top) = sides(axis, region.rate.unwrap_or((axis.low, axis.high)));
        let grid = self.scatter.sight.grid;
        let signs = &self.stage.glyphs.border;
        for y in bottom.max(0)..=top.min(i32::from(grid.height) - 1) {
            for x in left.max(0)..=right.min(i32::from(grid.width) - 1) {
                let sign = match (x == left, x == right, y == bottom, y == top) {
                    (true, _, true, _) => signs.bottom_left,
                    (true, _, _, true) => signs.top_left,
                    (_, true, true, _) => signs.bottom_right,
                    (_, true, _, true) => signs.top_right,
                    (true, ..) => signs.vertical_left,
                    (_, true, ..) => signs.vertical_right,
                    (_, _, true, _) => signs.horizontal_bottom,
                    (_, _, _, true) => signs.horizontal_top,
                    _ => continue,
                };
                let (x, y) = (x as u16, y as u16);
                if self.is_free(x, y) {
                    self.put(x, y, sign, self.stage.theme.style.accent, buf);
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
        let height = u32::from(self.scatter.sight.grid.height);
        for (x, _, spot) in self.spots() {
            let rows = |accounts: u32| {
                if accounts == 0 {
                    0
                } else {
                    (accounts * height).div_ceil(most).min(height) as u16
                }
            };
            let standing = spot.standing.unwrap_or(Standing::Unranked);
            let bright = if self.singles_out() {
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

    /// The account under the cursor.
    fn account(&self) -> Option<Account<'_>> {
        let app = self.stage.app;
        app.reading.roster.account(app.cursor.account?)
    }

    /// Draws the cursor over what was drawn.
    pub(super) fn draw_cursor(&self, buf: &mut Buffer) {
        let place = self.account().and_then(|account| {
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

/// The cells just outside a range of values, on either side, counted from the low end.
fn sides(axis: &Axis, (low, high): (f64, f64)) -> (i32, i32) {
    // Ends are rounded outwards by less than half a cell: the border that was meant is the nearest.
    let nearest = |value: f64| {
        let cell = axis.cell(value);
        let (from, upto) = axis.span(cell);
        i32::from(cell) + i32::from(value - from > upto - value)
    };
    let first = if low < axis.low { -2 } else { nearest(low) - 1 };
    let last = if high > axis.high {
        i32::from(axis.cells()) + 1
    } else {
        nearest(high)
    };
    (first, last)
}

/// Which of the lines that are drawn is that of the account under the cursor.
pub(super) fn own_line(stage: &Stage<'_>, scatter: &Scatter) -> Option<usize> {
    let app = stage.app;
    let account = app.reading.roster.account(app.cursor.account?)?;
    let own = app.answers.survey.answer()?.lines()?.line(&account)?;
    scatter
        .lines
        .iter()
        .position(|line| line.platform == own.platform)
}

/// A letter for each line: the first of its name that no line before it goes by, else its number.
pub(super) fn letters(lines: &[PlatformLine]) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    for (at, line) in (1..).zip(lines) {
        let letters = line.platform.chars().filter(char::is_ascii_alphanumeric);
        let mut letters = letters.map(|letter| letter.to_ascii_uppercase().to_string());
        let free = letters.find(|letter| !taken.contains(letter));
        let number = |at: u32| char::from_digit(at % 10, 10).map(String::from);
        taken.push(free.or_else(|| number(at)).unwrap_or_default());
    }
    taken
}

/// Cells between two letters on a line.
const LETTER_EVERY: u16 = 9;

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
