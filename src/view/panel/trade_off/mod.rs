//! Reach against engagement: the scatter with its axes, legend, line, and the account under the cursor.
//!
//! The places of its parts are in [`axes`], the points in [`plot`].

mod axes;
mod plot;

use crate::app::Data;
use crate::app::desk::Panel;
use crate::domain::tier::{Standing, TierId};
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
use ratatui::text::{Line, Span};

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let focused = stage.app.focus == Panel::TradeOff;
    let answers = &stage.app.answers;
    let mut name = stage.say("panel.trade_off").to_owned();
    if answers.scatter.is_waiting() {
        name.push_str(stage.glyphs.ellipsis);
    }
    let mut title = vec![name];
    if let Some(scatter) = answers.scatter.answer() {
        title.extend(trade_off::hidden(&stage.speaker(), scatter));
    }
    let inner = sheet::frame(stage, area, &title, focused, buf);
    let frame = axes::frame(inner);
    let (Some(scatter), Some(survey)) = (answers.scatter.answer(), answers.survey.answer()) else {
        return draw_nothing(stage, inner, frame.is_some(), buf);
    };
    match frame {
        Some(frame) if scatter.drawn > 0 => draw_all(stage, &frame, scatter, survey, buf),
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

fn draw_all(
    stage: &Stage<'_>,
    frame: &Frame,
    scatter: &Scatter,
    survey: &Survey,
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
    let sentence = trade_off::trend(&stage.speaker(), scatter);
    let muted = stage.theme.style.muted;
    let legend = legend(stage, scatter, survey);
    let cursor = cursor(stage);
    let mut told = false;
    if frame.trend.height > 0 {
        let sentence = clean::fit(
            &sentence,
            usize::from(frame.trend.width),
            stage.glyphs.ellipsis,
        );
        sheet::place(buf, frame.trend, (1, 0), &sentence, muted);
        told = true;
    }
    for (area, line) in [(frame.legend, &legend), (frame.cursor, &cursor)] {
        let line = cut(line, usize::from(area.width));
        sheet::put(buf, area, 0, &line);
        let room = usize::from(area.width).saturating_sub(line.width() + 3);
        let width = clean::width(&sentence);
        if !told && area.height > 0 && width <= room {
            let x = area.width - width as u16 - 1;
            sheet::place(buf, area, (x, 0), &sentence, muted);
            told = true;
        }
    }
}

/// A line without the spans that do not fit whole.
fn cut<'a>(line: &Line<'a>, width: usize) -> Line<'a> {
    let mut used = 0;
    let spans = line.spans.iter().take_while(|span| {
        used += span.width();
        used <= width
    });
    Line::from(spans.cloned().collect::<Vec<_>>())
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

fn legend(stage: &Stage<'_>, scatter: &Scatter, survey: &Survey) -> Line<'static> {
    let style = &stage.theme.style;
    let mut spans = Vec::new();
    let mut entry = |sign: &str, sign_style, name: &str| {
        let gap = if spans.is_empty() { " " } else { "  " };
        spans.push(Span::raw(gap));
        spans.push(Span::styled(sign.to_owned(), sign_style));
        spans.push(Span::styled(format!(" {name}"), style.muted));
    };
    if let Some(scheme) = stage.app.tier_scheme() {
        for tier in scheme.ids() {
            let sign = stage.glyph(Standing::Tier(tier));
            entry(sign, stage.tier_style(tier, true), stage.tier_name(tier));
        }
    }
    if !survey.front.is_empty() && scatter.y.is_some() {
        let sign = stage.glyphs.star;
        entry(sign, style.front, stage.say("plot.front"));
    }
    if !scatter.medians.is_empty() {
        let median = style.text.add_modifier(Modifier::REVERSED | Modifier::BOLD);
        entry(stage.glyphs.median, median, stage.say("plot.median"));
    }
    if survey.matching.is_some() && !stage.app.filter.only_matches {
        let tier = TierId(0);
        let sign = stage.glyph(Standing::Tier(tier));
        entry(sign, stage.tier_style(tier, false), stage.say("plot.miss"));
    }
    Line::from(spans)
}

/// The account under the cursor with its figures, and whether it is drawn.
fn cursor(stage: &Stage<'_>) -> Line<'static> {
    let style = &stage.theme.style;
    let Some(account) = detail::account(stage) else {
        return Line::default();
    };
    let speaker = stage.speaker();
    let name = account.title().unwrap_or(stage.glyphs.dash);
    let name = clean::clean(name);
    let name = clean::fit(&name, 28, stage.glyphs.ellipsis);
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
    Line::from(vec![
        Span::raw(" "),
        Span::styled(stage.glyphs.target.to_owned(), mark),
        Span::styled(format!(" {name}"), style.text),
        Span::styled(figures, style.muted),
    ])
}

fn draw_nothing(stage: &Stage<'_>, inner: Rect, room: bool, buf: &mut Buffer) {
    let (matter, help) = match &stage.app.data {
        Data::Failed(_) => (stage.say("plot.failed"), String::new()),
        _ if !room => ("", zoom_hint(stage)),
        Data::Loading(_) => (stage.say("roster.loading"), String::new()),
        Data::Ready => (stage.say("state.refreshing"), String::new()),
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
            "5%",
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
