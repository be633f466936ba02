//! Reach against engagement: the scatter with its axes, legend, line, and the account under the cursor.
//!
//! The places of its parts are in [`axes`], the points in [`plot`], how crowds are shown in [`density`], what all that
//! means in [`legend`], and what is told of the account under the cursor in [`readout`].

mod axes;
mod density;
mod legend;
mod plot;
mod readout;

use crate::app::Data;
use crate::app::desk::Panel;
use crate::keys::Action;
use crate::query::axis::Scaling;
use crate::query::scatter::Scatter;
use crate::query::sight::Grid;
use crate::query::survey::Survey;
use crate::text::clean;
use crate::text::number;
use crate::view::memory::{Basis, Look};
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::wording::trade_off;
use axes::Frame;
use plot::Plot;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::sync::Arc;

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let focused = stage.app.focus == Panel::TradeOff;
    let answers = &stage.app.answers;
    let bars = answers.scatter.answer().is_some_and(|it| it.y.is_none());
    let name = if bars { "plot.bars" } else { "panel.trade_off" };
    let mut name = stage.say(name).to_owned();
    if answers.scatter.is_waiting() || answers.survey.has_begun() {
        name.push_str(stage.glyphs.ellipsis);
    }
    let (title, told) = titled(stage, area, name);
    let inner = sheet::frame(stage, area, &title, focused, buf);
    let frame = axes::frame(inner);
    let (Some(scatter), Some(survey)) = (answers.scatter.answer(), answers.survey.answer()) else {
        return draw_nothing(stage, inner, frame.is_some(), buf);
    };
    let style = stage.theme.style.muted;
    match frame {
        Some(frame) if scatter.drawn > 0 => {
            if told {
                sheet::beside_title(
                    area,
                    &trade_off::trend(&stage.speaker(), scatter),
                    style,
                    buf,
                );
            }
            draw_all(stage, &frame, (scatter, survey), told, buf);
            sheet::foot(area, &readout::spans(stage, scatter, area.width), buf);
        }
        Some(_) => draw_empty(stage, inner, scatter, buf),
        None => draw_small(stage, inner, scatter, buf),
    }
}

/// The grid of the scatter in a panel of this size; `None` when there is no room for one.
#[must_use]
pub fn grid(area: Rect) -> Option<Grid> {
    let width = area.width.checked_sub(2)?;
    let height = area.height.checked_sub(2)?;
    axes::frame(Rect::new(0, 0, width, height)).map(|frame| frame.grid())
}

/// The cell of the grid, from the left and from the bottom, at this place of the screen; `None` beside the plot, unless
/// the nearest is asked for.
#[must_use]
pub fn cell_at(
    scatter: &Scatter,
    area: Rect,
    (column, row): (u16, u16),
    nearest: bool,
) -> Option<(u16, u16)> {
    let inner = Rect::new(
        area.x + 1,
        area.y + 1,
        area.width.checked_sub(2)?,
        area.height.checked_sub(2)?,
    );
    let plot = axes::frame(inner)?.plot;
    let grid = scatter.sight.grid;
    if (plot.width, plot.height) != (grid.width, grid.height) {
        return None;
    }
    if !nearest && !plot.contains(Position::new(column, row)) {
        return None;
    }
    let column = column.clamp(plot.x, plot.right() - 1);
    let row = row.clamp(plot.y, plot.bottom() - 1);
    Some((column - plot.x, plot.bottom() - 1 - row))
}

/// What a window and a box leave out and hold; empty where there is neither.
fn narrowed(stage: &Stage<'_>, scatter: &Scatter) -> Vec<String> {
    let speaker = stage.speaker();
    let mut told: Vec<String> = trade_off::outside(&speaker, scatter).into_iter().collect();
    let survey = stage.app.answers.survey.answer();
    if let Some(survey) = survey.filter(|survey| survey.question.filter.region.is_some()) {
        told.push(speaker.counted("scatter.boxed", survey.boxed));
        let hidden = scatter.without_followers + scatter.without_rate;
        if hidden > 0 {
            told.push(speaker.counted("scatter.unplaced", hidden));
        }
    } else if !told.is_empty() {
        told.extend(trade_off::hidden_in_all(&speaker, scatter));
    }
    told
}

/// The name of the panel and what is not drawn, with the reasons where there is room; and whether the sentence of
/// the line has room beside it.
fn titled(stage: &Stage<'_>, area: Rect, name: String) -> (Vec<String>, bool) {
    let Some(scatter) = stage.app.answers.scatter.answer() else {
        return (vec![name], false);
    };
    let speaker = stage.speaker();
    let room = usize::from(area.width).saturating_sub(8);
    let needs = |parts: &[String]| {
        parts
            .iter()
            .map(|part| clean::width(part) + 3)
            .sum::<usize>()
    };
    let sentence = clean::width(&trade_off::trend(&speaker, scatter)) + 3;
    let mut long = vec![name.clone()];
    let mut short = vec![name];
    let narrowed = narrowed(stage, scatter);
    if !narrowed.is_empty() {
        // What is left out on purpose matters more than the line.
        short.extend(narrowed);
        let told = needs(&short) + sentence <= room;
        return (short, told);
    }
    long.extend(trade_off::hidden(&speaker, scatter));
    short.extend(trade_off::hidden_in_all(&speaker, scatter));
    if needs(&long) + sentence <= room {
        (long, true)
    } else if area.width < 100 || needs(&short) + sentence > room {
        let title = if needs(&long) <= room { long } else { short };
        (title, false)
    } else {
        (short, true)
    }
}

fn draw_all(
    stage: &Stage<'_>,
    frame: &Frame,
    (scatter, survey): (&Arc<Scatter>, &Arc<Survey>),
    told: bool,
    buf: &mut Buffer,
) {
    draw_rates(stage, frame, scatter, buf);
    draw_followers(stage, frame, scatter, buf);
    let plot = Plot {
        stage,
        scatter,
        survey,
        area: frame.plot,
        steps: density::steps(plot::most(scatter)),
    };
    let look = Look {
        theme: stage.theme.clone(),
        glyphs: *stage.glyphs,
        scheme: stage.app.scheme.clone(),
        region: stage.app.filter.region,
        language: stage.language(),
    };
    let basis = Basis::new(scatter, survey, look);
    let line = plot::own_line(stage, scatter);
    let memory = stage.memory;
    memory.plot((basis, line), frame.plot, buf, |buf| plot.draw(buf));
    plot.draw_cursor(buf);
    let room = (
        usize::from(frame.legend.width),
        usize::from(frame.legend.height),
    );
    let lined = frame.trend.height == 0 || told;
    for (row, line) in legend::lines(stage, scatter, survey, room, lined)
        .iter()
        .enumerate()
    {
        sheet::put(buf, frame.legend, row as u16, line);
    }
    if !told && frame.trend.height > 0 {
        let width = usize::from(frame.trend.width.saturating_sub(1));
        let sentence = sentence(stage, scatter, width);
        let sentence = clean::fit(&sentence, width, stage.glyphs.ellipsis);
        sheet::place(buf, frame.trend, (1, 0), &sentence, stage.theme.style.muted);
    }
}

/// What the lines mean, on a line of its own.
fn sentence(stage: &Stage<'_>, scatter: &Scatter, width: usize) -> String {
    let speaker = stage.speaker();
    let told = trade_off::platform_lines(&speaker, scatter);
    if told.is_empty() {
        return trade_off::trend(&speaker, scatter);
    }
    let letters = plot::letters(&scatter.lines).into_iter();
    let mut told: Vec<String> = letters
        .zip(told)
        .map(|(letter, line)| format!("{letter} {line}"))
        .collect();
    // The line of the account under the cursor comes first: the others may not have room.
    if let Some(own) = plot::own_line(stage, scatter) {
        told.get_mut(..=own).unwrap_or_default().rotate_right(1);
    }
    sheet::joined(stage, &told, width)
}

fn draw_rates(stage: &Stage<'_>, frame: &Frame, scatter: &Scatter, buf: &mut Buffer) {
    let style = &stage.theme.style;
    let area = frame.rates;
    let axis = area.width.saturating_sub(1);
    for row in 0..area.height {
        sheet::place(buf, area, (axis, row), stage.glyphs.upright, style.border);
    }
    let labels = if let Some(y) = &scatter.y {
        axes::rates(y, stage.language())
    } else {
        let most = u64::from(plot::most(scatter));
        let top = area.height.saturating_sub(1);
        vec![(top, number::compact(most, stage.language()))]
    };
    for (at, text) in labels {
        let row = area.height.saturating_sub(1).saturating_sub(at);
        let text = clean::right(&text, usize::from(axis.saturating_sub(1)), "");
        sheet::place(buf, area, (0, row), &text, style.muted);
    }
}

fn draw_followers(stage: &Stage<'_>, frame: &Frame, scatter: &Scatter, buf: &mut Buffer) {
    let style = stage.theme.style.muted;
    let area = frame.followers;
    let start = frame.plot.x - area.x;
    let name = if scatter.y.is_some() {
        "plot.rate"
    } else {
        "plot.accounts"
    };
    let name = clean::right(stage.say(name), usize::from(start.saturating_sub(2)), "");
    sheet::place(buf, area, (0, 0), &name, style);
    let unit = unit(stage, scatter);
    let end = area.width.saturating_sub(clean::width(&unit) as u16);
    for (at, text) in axes::followers(&scatter.x, stage.language()) {
        let width = clean::width(&text) as u16;
        if start + at + width < end {
            sheet::place(buf, area, (start + at, 0), &text, style);
        }
    }
    sheet::place(buf, area, (end, 0), &unit, style);
}

/// What stands along the axes, with those that are not logarithmic.
fn unit(stage: &Stage<'_>, scatter: &Scatter) -> String {
    let linear = stage.say("plot.linear");
    let mut unit = stage.say("plot.followers").to_owned();
    if scatter.sight.followers == Scaling::Linear {
        unit = format!("{unit} {linear}");
    }
    match &scatter.y {
        Some(axis) if axis.scaling == Scaling::Linear => {
            let dot = stage.glyphs.dot;
            format!("{} {linear} {dot} {unit}", stage.say("plot.rate"))
        }
        _ => unit,
    }
}

fn draw_nothing(stage: &Stage<'_>, inner: Rect, room: bool, buf: &mut Buffer) {
    let (matter, help) = match &stage.app.data {
        Data::Failed(_) | Data::Unmapped => (stage.say("plot.failed"), String::new()),
        _ if !room => ("", zoom_hint(stage)),
        Data::Loading(_) => (stage.say("roster.loading"), String::new()),
        Data::Ready | Data::Renewing(_) => (stage.say("state.refreshing"), String::new()),
    };
    sheet::say(stage, inner, matter, &help, buf);
}

fn zoom_hint(stage: &Stage<'_>) -> String {
    stage.fill("plot.zoom", &[("key", &stage.key(Action::Zoom))])
}

fn draw_empty(stage: &Stage<'_>, inner: Rect, scatter: &Scatter, buf: &mut Buffer) {
    if scatter.outside > 0 {
        let key = stage.key(Action::WholePlot);
        let help = stage.fill("plot.elsewhere.hint", &[("key", &key)]);
        return sheet::say(stage, inner, stage.say("plot.elsewhere"), &help, buf);
    }
    let notes = trade_off::hidden(&stage.speaker(), scatter);
    let dot = format!(" {} ", stage.glyphs.dot);
    let help = if notes.is_empty() {
        let key = stage.key(Action::ResetFilters);
        stage.fill("roster.filtered.hint", &[("key", &key)])
    } else {
        notes.join(&dot)
    };
    sheet::say(stage, inner, stage.say("plot.empty"), &help, buf);
}

/// No room for a plot: what the line means, and the key that gives the panel the screen.
fn draw_small(stage: &Stage<'_>, inner: Rect, scatter: &Scatter, buf: &mut Buffer) {
    let sentence = trade_off::trend(&stage.speaker(), scatter);
    sheet::say(stage, inner, &sentence, &zoom_hint(stage), buf);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::msg::Msg;
    use crate::text::Language;
    use crate::view::fixture::{assert_within, drawn, explorer, happen, make_room, roster, text};

    fn at(app: &mut crate::app::App, size: (u16, u16)) -> String {
        make_room(app, grid(Rect::new(0, 0, size.0, size.1)), 10);
        text(&drawn(app, size, false, draw))
    }

    #[test]
    fn every_size_is_drawn_within_its_place() {
        for rates in [true, false] {
            let mut app = explorer(roster(200, rates), Some("authentic"), Language::Nl);
            happen(&mut app, Msg::ToggleOnlyMatches);
            for size in (0..160u16).map(|at| (at * 7 % 201, at * 13 % 61)) {
                if size.0 % 3 > 0 {
                    make_room(&mut app, grid(Rect::new(0, 0, size.0, size.1)), 10);
                }
                assert_within(&drawn(&app, size, size.1 % 2 == 0, draw));
            }
        }
    }

    #[test]
    fn the_plot_tells_its_line_its_axes_and_the_account() {
        let mut app = explorer(roster(300, true), Some("authentic"), Language::En);
        happen(&mut app, Msg::ToggleOnlyMatches);
        let shown = at(&mut app, (120, 24));
        for part in [
            "ten times the followers, ",
            "best trade-offs",
            "10K",
            "%",
            "◉",
            "★",
            "dim: no match",
        ] {
            assert!(shown.contains(part), "{part} in\n{shown}");
        }
        let small = at(&mut app, (38, 9));
        assert!(
            small.contains('▲') && small.contains("followers"),
            "{small}"
        );
    }

    #[test]
    fn without_rates_followers_stand_alone_and_nothing_is_empty() {
        let mut app = explorer(roster(300, false), None, Language::En);
        let shown = at(&mut app, (80, 16));
        assert!(shown.contains("no line: no account has an ER"), "{shown}");
        assert!(shown.contains('█') && shown.contains("accts"));
        let mut app = explorer(roster(0, true), None, Language::En);
        assert!(at(&mut app, (80, 16)).contains("none of these accounts"));
        let tiny = at(&mut app, (30, 5));
        assert!(tiny.contains("z gives"), "{tiny}");
    }
}
