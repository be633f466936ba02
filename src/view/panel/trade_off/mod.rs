//! Reach against engagement: the scatter with its axes, legend, line, and the account under the cursor.
//!
//! The places of its parts are in [`axes`], the points in [`plot`], what they mean in [`legend`].

mod axes;
mod legend;
mod plot;

use crate::app::Data;
use crate::app::desk::Panel;
use crate::keys::Action;
use crate::query::scatter::{Grid, Scatter};
use crate::query::survey::Survey;
use crate::text::clean;
use crate::text::number;
use crate::view::panel::detail;
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::wording::trade_off;
use axes::Frame;
use plot::Plot;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::Span;

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let focused = stage.app.focus == Panel::TradeOff;
    let answers = &stage.app.answers;
    let bars = answers.scatter.answer().is_some_and(|it| it.y.is_none());
    let name = if bars { "plot.bars" } else { "panel.trade_off" };
    let mut name = stage.say(name).to_owned();
    if answers.scatter.is_waiting() {
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
            sheet::foot(area, &cursor(stage, area), buf);
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
    long.extend(trade_off::hidden(&speaker, scatter));
    let mut short = vec![name];
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
    (scatter, survey): (&Scatter, &Survey),
    told: bool,
    buf: &mut Buffer,
) {
    draw_rates(stage, frame, scatter, buf);
    draw_followers(stage, frame, scatter, buf);
    Plot {
        stage,
        scatter,
        survey,
        area: frame.plot,
    }
    .draw(buf);
    let room = (
        usize::from(frame.legend.width),
        usize::from(frame.legend.height),
    );
    for (row, line) in legend::lines(stage, scatter, survey, room)
        .iter()
        .enumerate()
    {
        sheet::put(buf, frame.legend, row as u16, line);
    }
    if !told && frame.trend.height > 0 {
        let width = usize::from(frame.trend.width.saturating_sub(1));
        let sentence = trade_off::trend(&stage.speaker(), scatter);
        let sentence = clean::fit(&sentence, width, stage.glyphs.ellipsis);
        sheet::place(buf, frame.trend, (1, 0), &sentence, stage.theme.style.muted);
    }
}

fn draw_rates(stage: &Stage<'_>, frame: &Frame, scatter: &Scatter, buf: &mut Buffer) {
    let style = &stage.theme.style;
    let area = frame.rates;
    let axis = area.width.saturating_sub(1);
    for row in 0..area.height {
        sheet::place(buf, area, (axis, row), stage.glyphs.upright, style.border);
    }
    let labels = if let Some(y) = scatter.y {
        axes::rates(y, area.height, stage.language())
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
    let unit = stage.say("plot.followers");
    let end = area.width.saturating_sub(clean::width(unit) as u16);
    for (at, text) in axes::followers(scatter.x, frame.plot.width, stage.language()) {
        let width = clean::width(&text) as u16;
        if start + at + width < end {
            sheet::place(buf, area, (start + at, 0), &text, style);
        }
    }
    sheet::place(buf, area, (end, 0), unit, style);
}

/// The account under the cursor with its figures, as the lower border has room for it.
fn cursor(stage: &Stage<'_>, area: Rect) -> Vec<Span<'static>> {
    let style = &stage.theme.style;
    let Some(account) = detail::account(stage) else {
        return Vec::new();
    };
    let speaker = stage.speaker();
    let name = account.title().unwrap_or(stage.glyphs.dash);
    let name = clean::clean(name);
    let mark = style.accent.add_modifier(Modifier::REVERSED);
    let dash = || stage.glyphs.dash.to_owned();
    let followers = account
        .followers()
        .map_or_else(dash, |it| speaker.count(it));
    let dot = stage.glyphs.dot;
    let mut figures = vec![format!("{followers} {}", stage.say("detail.followers"))];
    if stage.app.reading.roster.schema().has_rates {
        let rate = account.engagement_rate();
        let rate = rate.map_or_else(dash, |it| speaker.percent(it));
        let contradicted = if account.rate_contradicted() { "!" } else { "" };
        let unit = stage.say("detail.rate");
        figures.push(format!("{rate}{contradicted} {unit}"));
    }
    let figures = format!(" {dot} {}", figures.join(&format!(" {dot} ")));
    let room = usize::from(area.width).saturating_sub(10 + clean::width(&figures));
    let name = clean::fit(&name, room.min(40), stage.glyphs.ellipsis);
    vec![
        Span::styled(stage.glyphs.target.to_owned(), mark),
        Span::styled(format!(" {name}"), style.text),
        Span::styled(figures, style.muted),
    ]
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
