//! The card of a tier: what is said of the roles it plays, and what the roster itself has of it.

use crate::app::overlay::Overlay;
use crate::domain::tier::{Standing, TierId};
use crate::query::pyramid::{Pyramid, Totals};
use crate::text::{clean, number};
use crate::view::stage::Stage;
use crate::view::widget;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

/// A line of the card.
type Line<'a> = Vec<Span<'a>>;

/// Most columns of the names of figures, and columns of the figures.
const WIDEST: usize = 26;
const FIGURE: usize = 10;

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let Some(Overlay::Tier { tier }) = stage.app.overlay() else {
        return;
    };
    let tier = TierId(u8::try_from(*tier).unwrap_or(u8::MAX));
    let inner = widget::frame(stage, area, buf, title(stage, tier), true);
    let inner = Rect {
        x: inner.x + u16::from(inner.width > 0),
        width: inner.width.saturating_sub(2),
        ..inner
    };
    let figures = figures(stage, tier, usize::from(inner.width));
    let texts = texts(stage, tier, usize::from(inner.width));
    let room = usize::from(inner.height);
    let spare = room.saturating_sub(figures.len() + texts.len());
    let kept = texts.len().min(room.saturating_sub(figures.len()).max(3));
    let gap = usize::from(spare > 0);
    let empty = Line::new();
    let shown = texts
        .iter()
        .take(kept)
        .chain(std::iter::repeat_n(&empty, gap));
    for (row, line) in shown.chain(&figures).enumerate().take(room) {
        let place = Rect::new(inner.x, inner.y + row as u16, inner.width, 1);
        widget::spans(stage, buf, place, line);
    }
}

/// `◆ micro · 5,000–49,999 followers`
fn title<'a>(stage: &Stage<'a>, tier: TierId) -> Line<'a> {
    let style = &stage.theme.style;
    let bounds = stage.tier_bounds(tier);
    vec![
        Span::styled(
            stage.glyph(Standing::Tier(tier)),
            stage.tier_style(tier, true),
        ),
        Span::raw(" "),
        Span::styled(stage.tier_name(tier), style.title),
        Span::styled(format!(" {} ", stage.glyphs.dot), style.muted),
        Span::styled(
            stage.fill("tier.followers", &[("bounds", &bounds)]),
            style.muted,
        ),
    ]
}

/// What is said of the roles of the tier.
fn texts<'a>(stage: &Stage<'a>, tier: TierId, width: usize) -> Vec<Line<'a>> {
    let style = &stage.theme.style;
    let language = stage.language();
    let roles = stage
        .app
        .tier_scheme()
        .and_then(|scheme| scheme.tier(tier))
        .map_or(&[][..], |tier| &tier.roles);
    let mut lines = Vec::new();
    for role in roles {
        let Some(entry) = stage.app.playbook.role(*role) else {
            continue;
        };
        if roles.len() > 1 {
            lines.push(vec![Span::styled(role.id(), style.header)]);
        }
        lines.extend(wrapped(entry.about.say(language), width, style.text));
        let used = format!(
            "{}: {}",
            stage.say("tier.use_for"),
            entry.use_for.say(language)
        );
        lines.extend(wrapped(&used, width, style.accent));
    }
    lines
}

fn wrapped<'a>(text: &str, width: usize, style: Style) -> Vec<Line<'a>> {
    widget::wrap(&clean::clean(text), width)
        .into_iter()
        .map(|line| vec![Span::styled(line, style)])
        .collect()
}

/// The roster's own figures of the tier.
fn figures<'a>(stage: &Stage<'a>, tier: TierId, width: usize) -> Vec<Line<'a>> {
    let survey = stage.app.answers.survey.answer();
    let found = survey.and_then(|survey| {
        let totals = survey.pyramid.of(Standing::Tier(tier))?;
        Some((totals, &survey.pyramid))
    });
    let Some((totals, pyramid)) = found else {
        return Vec::new();
    };
    let mut lines = vec![vec![Span::styled(
        stage.say("tier.figures"),
        stage.theme.style.header,
    )]];
    if totals.accounts == 0 {
        lines.extend(wrapped(
            stage.say("tier.empty"),
            width,
            stage.theme.style.muted,
        ));
        return lines;
    }
    let sheet = Sheet { stage, width };
    lines.extend(sheet.sums(totals, pyramid));
    lines.extend(sheet.usual(totals));
    lines
}

/// Figures in two columns: name, figure, and of how many it is.
struct Sheet<'a, 'b> {
    stage: &'b Stage<'a>,
    width: usize,
}

impl<'a> Sheet<'a, '_> {
    /// Accounts, reach, engagements and matches, each with its share of all.
    fn sums(&self, totals: &Totals, pyramid: &Pyramid) -> Vec<Line<'a>> {
        let language = self.stage.language();
        let whole = |measure: fn(&Totals) -> f64| pyramid.all().map(measure).sum::<f64>();
        let share = |part: f64, all: f64| {
            let share = (all > 0.0).then(|| number::percent(part / all, language))?;
            Some(self.stage.fill("tier.share_of", &[("share", &share)]))
        };
        let (accounts, reach) = (totals.accounts as f64, totals.followers as f64);
        let mut lines = vec![
            self.line(
                "measure.accounts",
                Some(number::grouped(totals.accounts, language)),
                share(accounts, whole(|totals| totals.accounts as f64)),
            ),
            self.line(
                "measure.reach",
                Some(number::compact(totals.followers, language)),
                share(reach, whole(|totals| totals.followers as f64)),
            ),
        ];
        let known = totals.engagements_of > 0;
        lines.push(self.line(
            "measure.engagements",
            known.then(|| number::compact(totals.engagements.round() as u64, language)),
            share(totals.engagements, whole(|totals| totals.engagements)).filter(|_| known),
        ));
        if let Some(matches) = totals.matches {
            lines.push(self.line(
                "tier.matches",
                Some(number::grouped(matches, language)),
                share(
                    matches as f64,
                    whole(|totals| totals.matches.unwrap_or(0) as f64),
                ),
            ));
        }
        lines
    }

    /// Medians and prices, each with the number of accounts that it is of.
    fn usual(&self, totals: &Totals) -> Vec<Line<'a>> {
        let language = self.stage.language();
        let speaker = self.stage.speaker();
        let money = |amount: f64| speaker.priced(amount, totals.estimated > 0);
        let per_engagement = |amount: f64| speaker.priced(amount, totals.cpe_estimated > 0);
        let (cpm, cpe) = if self.names() < WIDEST {
            ("measure.cpm", "measure.cpe")
        } else {
            ("tier.cpm", "tier.cpe")
        };
        vec![
            self.line(
                "measure.median_engagement_rate",
                totals
                    .median_rate
                    .map(|rate| number::percent(rate, language)),
                self.of(totals.rates),
            ),
            self.line(
                "measure.median_price",
                totals.median_price.map(money),
                self.of(totals.prices),
            ),
            self.line(cpm, totals.cpm.map(money), self.of(totals.cpm_of)),
            self.line(cpe, totals.cpe.map(per_engagement), self.of(totals.cpe_of)),
        ]
    }

    fn of(&self, accounts: u64) -> Option<String> {
        let count = number::grouped(accounts, self.stage.language());
        (accounts > 0).then(|| self.stage.fill("tier.of", &[("count", &count)]))
    }

    /// Columns of the names.
    fn names(&self) -> usize {
        (self.width * 5 / 9).clamp(14, WIDEST)
    }

    fn line(&self, key: &'a str, figure: Option<String>, beside: Option<String>) -> Line<'a> {
        let stage = self.stage;
        let style = &stage.theme.style;
        let name = self.names();
        let beside = beside
            .map(|text| format!("  {text}"))
            .filter(|text| name + FIGURE + clean::width(text) <= self.width)
            .unwrap_or_default();
        let voice = if figure.is_some() {
            style.title
        } else {
            style.muted
        };
        let figure = figure.unwrap_or_else(|| stage.glyphs.dash.to_owned());
        vec![
            Span::styled(
                clean::left(stage.say(key), name, stage.glyphs.ellipsis),
                style.muted,
            ),
            Span::styled(clean::right(&figure, FIGURE, stage.glyphs.ellipsis), voice),
            Span::styled(beside, style.muted),
        ]
    }
}
