//! The tiers side by side: the pyramid by accounts beside the one by reach and the one by engagements, all figures of
//! each tier in a row, and what they say against each other.
//!
//! ```text
//! ╭ Tiers side by side · 412 accounts ──────────────────────────────────────╮
//! │            accounts              reach              engagements         │
//! │ ■ mega         █          ████████████████         ███████████          │
//! │ ▲ nano   ████████████            ██                    ████             │
//! │                                                                         │
//! │            accounts        reach     engagements    ER   price   per …  │
//! │ ■ mega     14   3.4%    24M  54.1%    360K  31%    2.2%  €4,100   …     │
//! │                                                                         │
//! │ The 14 mega accounts are 3.4% of the list, hold 54.1% of the …          │
//! ╰─────────────────────────────────────────────────────────────────────────╯
//! ```

use crate::app::overlay::Overlay;
use crate::domain::tier::Standing;
use crate::query::pyramid::{Measure, Pyramid, Totals};
use crate::text::{clean, number};
use crate::view::figure::blocks;
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::wording::contrast::{self, Whole};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Columns of the name of a tier with its glyph.
const NAME: usize = 10;

/// What the three pyramids measure, with their heads.
const MEASURES: [(Measure, &str); 3] = [
    (Measure::Accounts, "measure.accounts"),
    (Measure::Reach, "sides.reach"),
    (Measure::Engagements, "measure.engagements"),
];

/// Columns of a figure and of its share.
const FIGURE: usize = 6;
const SHARE: usize = 6;

/// From this width on the heads are written in full.
const FULL: usize = 110;

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let Some(Overlay::Sides { matches }) = stage.app.overlay() else {
        return;
    };
    let title = title(stage, *matches);
    let inner = sheet::padded(sheet::frame(stage, area, &title, true, buf));
    let Some(pyramid) = shown(stage, *matches) else {
        return sheet::say(stage, inner, stage.say("state.refreshing"), "", buf);
    };
    if pyramid.accounts() == 0 {
        return sheet::say(stage, inner, stage.say("sides.none"), "", buf);
    }
    let page = Page {
        stage,
        pyramid,
        whole: if *matches {
            Whole::Matches
        } else {
            Whole::List
        },
    };
    page.draw(inner, buf);
}

/// The totals that are shown: of all accounts, or of the matches alone.
fn shown<'a>(stage: &Stage<'a>, matches: bool) -> Option<&'a Pyramid> {
    let answers = &stage.app.answers;
    if matches {
        return answers.matches.answer().map(AsRef::as_ref);
    }
    answers.survey.answer().map(|survey| &survey.pyramid)
}

fn title(stage: &Stage<'_>, matches: bool) -> [String; 3] {
    let counted = shown(stage, matches).map_or(0, Pyramid::accounts);
    let goal = stage
        .app
        .campaign
        .as_ref()
        .and_then(|campaign| stage.app.playbook.goal(&campaign.goal));
    let of = match goal.filter(|_| matches) {
        Some(goal) => {
            let goal = goal.name.say(stage.language());
            stage.fill("sides.matches", &[("goal", goal)])
        }
        None => String::new(),
    };
    [
        stage.say("sides.title").to_owned(),
        stage.counted("count.accounts", counted),
        of,
    ]
}

struct Page<'a> {
    stage: &'a Stage<'a>,
    pyramid: &'a Pyramid,
    whole: Whole,
}

impl Page<'_> {
    fn draw(&self, inner: Rect, buf: &mut Buffer) {
        let width = usize::from(inner.width);
        let table = self.table(width);
        let said = self.sentences(width);
        let tiers = self.pyramid.tiers.len();
        let height = usize::from(inner.height);
        let below = table.len() + if said.is_empty() { 0 } else { said.len() + 1 };
        // A head, the layers, and a line of air.
        let spare = height.saturating_sub(below + 2);
        let each = (spare / tiers.max(1)).min(4);
        let mut row = 0;
        if each > 0 {
            self.draw_figures(
                Rect {
                    height: (each * tiers + 1) as u16,
                    ..inner
                },
                each,
                buf,
            );
            row = each * tiers + 2;
        }
        let blank = Line::default();
        let lines = table.iter().chain(std::iter::once(&blank)).chain(&said);
        for line in lines {
            sheet::put(buf, inner, row as u16, line);
            row += 1;
        }
    }

    /// The tiers, the highest first.
    fn tiers(&self) -> impl Iterator<Item = &Totals> {
        self.pyramid.tiers.iter().rev()
    }

    /// The three pyramids, `each` rows to a layer.
    fn draw_figures(&self, area: Rect, each: usize, buf: &mut Buffer) {
        let stage = self.stage;
        let style = &stage.theme.style;
        for (layer, totals) in self.tiers().enumerate() {
            let name = Line::from(self.name(totals));
            sheet::put(buf, area, (layer * each + 1) as u16, &name);
        }
        let figures = area.width.saturating_sub(NAME as u16) / MEASURES.len() as u16;
        for (at, (measure, head)) in MEASURES.into_iter().enumerate() {
            let left = NAME as u16 + at as u16 * figures;
            let room = usize::from(figures.saturating_sub(2));
            let head = clean::fit(stage.say(head), room, stage.glyphs.ellipsis).into_owned();
            let before = left + figures.saturating_sub(clean::width(&head) as u16) / 2;
            sheet::place(buf, area, (before, 0), &head, style.header);
            let measured: Vec<f64> = self
                .tiers()
                .map(|totals| totals.measured(measure))
                .collect();
            let widest = figures.saturating_sub(3);
            for (layer, rows) in blocks(&measured, each, widest).into_iter().enumerate() {
                if measured.get(layer).is_none_or(|figure| *figure <= 0.0) {
                    continue;
                }
                let tier = self.tiers().nth(layer);
                for (line, width) in rows.into_iter().enumerate() {
                    let bar = stage.glyphs.block.repeat(usize::from(width));
                    let y = (layer * each + line + 1) as u16;
                    let x = left + (figures - width) / 2;
                    let voice = tier.map_or(style.muted, |totals| self.voice(totals));
                    sheet::place(buf, area, (x, y), &bar, voice);
                }
            }
        }
    }

    fn voice(&self, totals: &Totals) -> Style {
        match totals.standing {
            Standing::Tier(tier) => self.stage.tier_style(tier, true),
            Standing::Below | Standing::Unranked => self.stage.theme.style.muted,
        }
    }

    /// The glyph and the name of a tier.
    fn name(&self, totals: &Totals) -> Vec<Span<'static>> {
        let stage = self.stage;
        let Standing::Tier(tier) = totals.standing else {
            return Vec::new();
        };
        let name = clean::left(stage.tier_name(tier), NAME - 2, stage.glyphs.ellipsis);
        vec![
            Span::styled(
                format!("{} ", stage.glyph(totals.standing)),
                self.voice(totals),
            ),
            Span::styled(name, stage.theme.style.title),
        ]
    }

    /// A row for each tier with all its figures, one for what stands outside, and one for all together.
    fn table(&self, width: usize) -> Vec<Line<'static>> {
        let stage = self.stage;
        let style = &stage.theme.style;
        let columns = Columns::of(stage, width);
        let mut lines = vec![columns.head(stage)];
        for totals in self.tiers() {
            let mut spans = self.name(totals);
            spans.extend(columns.cells(stage, &self.figures(totals)));
            lines.push(Line::from(spans));
        }
        let outside = [&self.pyramid.below, &self.pyramid.unranked];
        let sum = |of: &[&Totals]| Figures {
            accounts: of.iter().map(|totals| totals.accounts).sum(),
            followers: of.iter().map(|totals| totals.followers).sum(),
            engagements: of.iter().map(|totals| totals.engagements).sum(),
            ..Figures::default()
        };
        let all: Vec<&Totals> = self.pyramid.all().collect();
        for (word, figures) in [("sides.outside", sum(&outside)), ("sides.all", sum(&all))] {
            if figures.accounts == 0 {
                continue;
            }
            let name = format!("  {}", stage.say(word));
            let name = clean::left(&name, NAME, stage.glyphs.ellipsis);
            let mut spans = vec![Span::styled(name, style.muted)];
            let mut row = self.shared(figures);
            if word == "sides.all" {
                // All of all is no news.
                row.sums
                    .iter_mut()
                    .for_each(|(_, share)| *share = Some(String::new()));
            }
            row.usual = row.usual.map(|_| Some(String::new()));
            spans.extend(columns.cells(stage, &row));
            lines.push(Line::from(spans));
        }
        lines
    }

    fn figures(&self, totals: &Totals) -> Row {
        self.shared(Figures {
            accounts: totals.accounts,
            followers: totals.followers,
            engagements: totals.engagements,
            rate: totals.median_rate,
            price: totals.median_price,
            cpm: totals.cpm,
            cpe: totals.cpe,
            estimated: [totals.estimated, totals.cpe_estimated].map(|count| count > 0),
        })
    }

    /// Figures with their shares of all, as they are written.
    fn shared(&self, figures: Figures) -> Row {
        let language = self.stage.language();
        let whole = |figure: fn(&Totals) -> f64| self.pyramid.all().map(figure).sum::<f64>();
        let share = |part: f64, whole: f64| {
            if whole <= 0.0 {
                None
            } else if part >= whole {
                Some("100%".to_owned())
            } else {
                Some(number::share(part / whole, language))
            }
        };
        let [any, per_engagement] = figures.estimated;
        let speaker = self.stage.speaker();
        let money = |amount: f64| speaker.priced(amount, any);
        let engagements = whole(|totals| totals.engagements);
        Row {
            sums: [
                (
                    Some(number::compact(figures.accounts, language)),
                    share(
                        figures.accounts as f64,
                        whole(|totals| totals.accounts as f64),
                    ),
                ),
                (
                    Some(number::compact(figures.followers, language)),
                    share(
                        figures.followers as f64,
                        whole(|totals| totals.followers as f64),
                    ),
                ),
                (
                    (engagements > 0.0)
                        .then(|| number::compact(figures.engagements.round() as u64, language)),
                    share(figures.engagements, engagements),
                ),
            ],
            usual: [
                figures.rate.map(|rate| number::percent(rate, language)),
                figures.price.map(money),
                figures.cpm.map(money),
                figures.cpe.map(|it| speaker.priced(it, per_engagement)),
            ],
        }
    }

    /// What the tiers say against each other, and of how many accounts the figures are.
    fn sentences(&self, width: usize) -> Vec<Line<'static>> {
        let stage = self.stage;
        let style = &stage.theme.style;
        let name = |totals: &Totals| match totals.standing {
            Standing::Tier(tier) => stage.tier_name(tier),
            Standing::Below | Standing::Unranked => "",
        };
        let said = contrast::sentences(&stage.speaker(), self.pyramid, self.whole, &name);
        let mut lines = Vec::new();
        for sentence in said {
            lines.extend(sheet::paragraph(&sentence, width, style.text));
        }
        let known = contrast::known(&stage.speaker(), self.pyramid);
        lines.extend(sheet::paragraph(&known, width, style.muted));
        for sentence in stage.estimates() {
            lines.extend(sheet::paragraph(&sentence, width, style.estimate));
        }
        lines
    }
}

/// Figures of a row.
#[derive(Clone, Copy, Default)]
struct Figures {
    accounts: u64,
    followers: u64,
    engagements: f64,
    rate: Option<f64>,
    price: Option<f64>,
    cpm: Option<f64>,
    cpe: Option<f64>,
    /// Whether there are estimates in the prices, and in the price per engagement.
    estimated: [bool; 2],
}

/// A row as it is written: sums with their shares, then medians and prices.
struct Row {
    sums: [(Option<String>, Option<String>); 3],
    usual: [Option<String>; 4],
}

/// The columns of medians and prices: their heads and widths, as far as there is room for whole ones.
struct Columns {
    usual: Vec<(String, usize)>,
}

impl Columns {
    fn of(stage: &Stage<'_>, width: usize) -> Columns {
        let heads = ["sides.rate", "sides.price", "sides.cpm", "sides.cpe"];
        let usual = heads.map(|head| {
            let full = stage.say(head).to_owned();
            if width >= FULL {
                let room = clean::width(&full) + 2;
                return (full, room.max(9));
            }
            let short = stage.app.say(&format!("{head}.short")).to_owned();
            let room = if head == "sides.rate" { 6 } else { 8 };
            (short, room)
        });
        let mut room = width.saturating_sub(NAME + MEASURES.len() * (FIGURE + SHARE));
        let mut fits = |(_, width): &(String, usize)| {
            let left = room.checked_sub(*width);
            room = left.unwrap_or(0);
            left.is_some()
        };
        let usual = usual
            .into_iter()
            .take_while(|column| fits(column))
            .collect();
        Columns { usual }
    }

    fn head(&self, stage: &Stage<'_>) -> Line<'static> {
        let end = stage.glyphs.ellipsis;
        let mut text = " ".repeat(NAME);
        for (_, head) in MEASURES {
            text.push_str(&clean::right(stage.say(head), FIGURE + SHARE, end));
        }
        for (head, width) in &self.usual {
            text.push_str(&clean::right(head, *width, end));
        }
        Line::styled(text, stage.theme.style.header)
    }

    fn cells(&self, stage: &Stage<'_>, row: &Row) -> Vec<Span<'static>> {
        let style = &stage.theme.style;
        let end = stage.glyphs.ellipsis;
        let mut spans = Vec::new();
        let mut cell = |text: Option<&String>, width: usize, known: Style| {
            let (text, voice) = match text {
                Some(text) => (text.as_str(), known),
                None => (stage.glyphs.dash, style.muted),
            };
            spans.push(Span::styled(clean::right(text, width, end), voice));
        };
        for (figure, share) in &row.sums {
            cell(figure.as_ref(), FIGURE, style.text);
            cell(share.as_ref(), SHARE, style.muted);
        }
        for (figure, (_, width)) in row.usual.iter().zip(&self.usual) {
            cell(figure.as_ref(), *width, style.text);
        }
        spans
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::msg::{Msg, Opening};
    use crate::text::Language;
    use crate::view::fixture::{assert_within, drawn, explorer, happen, roster, text};

    #[test]
    fn every_size_is_drawn_within_its_place() {
        let mut app = explorer(roster(30, true), Some("authentic"), Language::Nl);
        happen(&mut app, Msg::Open(Opening::Sides));
        for (at, size) in (0..200u16).map(|at| (at, (at * 7 % 201, at * 13 % 61))) {
            happen(&mut app, Msg::ToggleSides);
            assert_within(&drawn(&app, size, at % 2 == 0, draw));
        }
    }

    #[test]
    fn all_and_matches_are_told_apart() {
        let mut app = explorer(roster(300, true), Some("authentic"), Language::En);
        happen(&mut app, Msg::Open(Opening::Sides));
        let matches = text(&drawn(&app, (80, 22), false, draw));
        assert!(matches.contains("matches of Authentic"), "{matches}");
        happen(&mut app, Msg::ToggleSides);
        let all = text(&drawn(&app, (80, 22), false, draw));
        assert!(
            all.contains("300 accounts") && all.contains("outside"),
            "{all}"
        );
        assert!(all.contains("median ER of"), "{all}");
        assert_ne!(all, matches);
    }
}
