//! One account whole: its figures, how its rate stands to what is published, its fit and the reasons, and every
//! column of the file.

use crate::app::overlay::Overlay;
use crate::domain::field::{Facet, Field};
use crate::domain::goal::{Goal, Weights};
use crate::domain::price::Price;
use crate::domain::roster::Account;
use crate::domain::sorting;
use crate::query::bands::peer_band;
use crate::query::explain::{Part, Parts, Verdict};
use crate::query::peers::Peers;
use crate::text::clean::{self, clean};
use crate::text::number;
use crate::view::panel::detail;
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::view::widget;
use crate::wording::verdict::Weight;
use crate::wording::{band, decision, name, peer, trade_off};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Least and most cells of a name before its value.
const NAMES: (usize, usize) = (22, 34);

/// Cells of a bar.
const BAR: usize = 12;

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let Some(Overlay::Account { scroll }) = stage.app.overlay() else {
        return;
    };
    let Some(account) = detail::account(stage) else {
        let inner = sheet::frame(stage, area, &[], true, buf);
        sheet::say(stage, inner, stage.say("detail.none"), "", buf);
        return;
    };
    let mut title = vec![detail::title(stage, &account)];
    title.extend(detail::identity(stage, &account));
    let inner = sheet::padded(sheet::frame(stage, area, &title, true, buf));
    let lines = page(stage, account, inner);
    sheet::scroll(stage, inner, &lines, *scroll, buf);
}

/// How many lines the page has in an overlay of this size.
#[must_use]
pub fn lines(stage: &Stage<'_>, area: Rect) -> usize {
    let inner = Rect::new(
        0,
        0,
        area.width.saturating_sub(2),
        area.height.saturating_sub(2),
    );
    let account = detail::account(stage);
    account.map_or(0, |account| {
        page(stage, account, sheet::padded(inner)).len()
    })
}

fn page<'a>(stage: &'a Stage<'a>, account: Account<'a>, inner: Rect) -> Vec<Line<'static>> {
    let mut sheet = Sheet {
        stage,
        account,
        width: usize::from(inner.width.saturating_sub(1)),
        lines: Vec::new(),
    };
    sheet.add_verdict();
    sheet.add_figures();
    sheet.add_band();
    sheet.add_fit();
    sheet.add_cells();
    sheet.lines
}

/// The lines of the page while they are gathered.
struct Sheet<'a> {
    stage: &'a Stage<'a>,
    account: Account<'a>,
    width: usize,
    lines: Vec<Line<'static>>,
}

impl Sheet<'_> {
    fn head(&mut self, key: &str) {
        let style = self.stage.theme.style.header;
        if !self.lines.is_empty() {
            self.lines.push(Line::default());
        }
        let text = self.stage.app.say(key).to_owned();
        self.lines.push(Line::styled(text, style));
    }

    /// A name and its value, wrapped beside the name, or below it where the page is narrow.
    fn entry(&mut self, name: &str, value: Option<&str>, tone: Style) {
        self.wide_entry(name, value, tone, self.names());
    }

    /// An entry whose name has this many cells.
    fn wide_entry(&mut self, name: &str, value: Option<&str>, tone: Style, names: usize) {
        let style = &self.stage.theme.style;
        let (value, tone) = match value {
            Some(value) => (value, tone),
            None => (self.stage.glyphs.dash, style.muted),
        };
        let ellipsis = self.stage.glyphs.ellipsis;
        let room = self.width.saturating_sub(names + 1);
        for (at, text) in widget::wrap(value, room).into_iter().enumerate() {
            let name = clean::left(if at == 0 { name } else { "" }, names, ellipsis);
            self.lines.push(Line::from(vec![
                Span::styled(name + " ", style.muted),
                Span::styled(text, tone),
            ]));
        }
    }

    /// Cells of a name before its value.
    fn names(&self) -> usize {
        (self.width / 3).clamp(NAMES.0, NAMES.1).min(self.width / 2)
    }

    fn add_verdict(&mut self) {
        let stage = self.stage;
        let remark = stage.app.remark(&self.account);
        let style = &stage.theme.style;
        let verdict = remark.and_then(|remark| remark.verdict);
        let tone = verdict.map_or(style.muted, |verdict| stage.verdict_sign(verdict).1);
        let told = verdict.map(|verdict| stage.verdict(verdict));
        self.entry(stage.app.say("sort.verdict"), told.as_deref(), tone);
        if let Some(note) = detail::note(stage, &self.account) {
            self.entry(stage.app.say("verdict.note"), Some(&note), style.text);
        }
    }

    fn add_figures(&mut self) {
        let stage = self.stage;
        let (speaker, account) = (stage.speaker(), self.account);
        let style = &stage.theme.style;
        let schema = stage.app.reading.roster.schema();
        self.head("account.figures");
        let followers = account.followers().map(|it| speaker.count(it));
        let mut figure = |key: &'static str, value: Option<String>, tone: Style| {
            self.entry(stage.app.say(key), value.as_deref(), tone);
        };
        figure("measure.reach", followers, style.text);
        if schema.has_rates {
            let rate = account.engagement_rate().map(|rate| {
                let basis = decision::basis(&speaker, schema.basis);
                format!("{} {basis}", speaker.percent(rate))
            });
            figure("measure.engagement_rate", rate, style.text);
            if account.rate_contradicted() {
                let told = stage.say("account.contradicted").to_owned();
                figure("account.doubt", Some(told), style.warn);
            }
            let survey = stage.app.answers.survey.answer();
            if let Some(told) = survey.and_then(|survey| survey.lines()?.residual(&account)) {
                let told = trade_off::residual(&speaker, &told);
                figure("sort.residual", Some(told), style.text);
            }
            let count = account.engagements();
            let count = count.map(|it| number::decimal(it, 0, stage.language()));
            figure("measure.engagements", count, style.text);
        }
        if schema.has_prices {
            let estimated = account.is_estimated();
            let voice = if estimated {
                style.estimate
            } else {
                style.text
            };
            let money = |amount: Option<f64>| amount.map(|it| speaker.priced(it, estimated));
            let price = match account.priced() {
                Price::Estimated { low, high } => Some(speaker.between(low, high)),
                price => money(price.amount()),
            };
            figure("measure.price", price, voice);
            if let Some(told) = estimated_from(stage, &account) {
                figure("account.estimate", Some(told), style.estimate);
            }
            figure("measure.cpm", money(account.cpm()), voice);
            if schema.has_rates {
                figure("measure.cpe", money(account.cpe()), voice);
            }
        }
    }

    fn add_band(&mut self) {
        let stage = self.stage;
        self.add_peers();
        let Some(peers) = peer_band(&stage.app.playbook, &self.account) else {
            return;
        };
        self.head("account.peers");
        let rate = self.account.engagement_rate();
        let style = &stage.theme.style;
        for (at, told) in band::sentences(&stage.speaker(), &peers, rate)
            .into_iter()
            .enumerate()
        {
            let tone = if at == 0 { style.text } else { style.muted };
            self.lines.extend(sheet::paragraph(&told, self.width, tone));
        }
    }

    /// How the rate stands among accounts of nearly the same size in the roster; nothing where there are too few.
    fn add_peers(&mut self) {
        let stage = self.stage;
        let answer = stage.app.answers.peers.answer();
        let own = |peers: &Peers| peers.account == self.account.id;
        let Some(peers) = answer
            .and_then(|it| it.as_ref().as_ref())
            .filter(|it| own(it))
        else {
            return;
        };
        self.head("account.here");
        let rate = self.account.engagement_rate();
        let platform = self.account.value(Facet::Platform);
        let told = peer::sentence(&stage.speaker(), peers, platform, rate);
        let style = stage.theme.style.text;
        self.lines
            .extend(sheet::paragraph(&told, self.width, style));
    }

    fn add_fit(&mut self) {
        let stage = self.stage;
        let Some((verdict, reasons)) = detail::told(stage, &self.account) else {
            return;
        };
        let goal = stage
            .app
            .campaign
            .as_ref()
            .and_then(|campaign| stage.app.playbook.goal(&campaign.goal));
        let Some(goal) = goal else {
            return;
        };
        let style = &stage.theme.style;
        self.head("account.fit");
        if let Verdict::Match { fit, parts } = verdict {
            self.add_parts(goal, fit, &parts);
        }
        for (weight, reason) in reasons {
            let sign = match verdict {
                Verdict::Match { .. } => detail::weight_sign(stage, weight),
                Verdict::Miss(_) => stage.glyphs.cross,
            };
            let tone = match weight {
                Weight::For => style.good,
                Weight::Against => style.bad,
                Weight::Unknown => style.muted,
            };
            let wrapped = widget::wrap(&reason, self.width.saturating_sub(2));
            for (at, text) in wrapped.into_iter().enumerate() {
                let sign = if at == 0 { sign } else { " " };
                self.lines.push(Line::from(vec![
                    Span::styled(format!("{sign} "), tone),
                    Span::styled(text, style.text),
                ]));
            }
        }
    }

    fn add_parts(&mut self, goal: &Goal, fit: Option<f64>, parts: &Parts) {
        let stage = self.stage;
        let language = stage.language();
        let estimated = parts.value_estimated && goal.weights.value > 0;
        let tilde = if estimated { "~" } else { "" };
        let fit = fit.map(|fit| format!("{tilde}{}", number::decimal(fit, 1, language)));
        let name = goal.name.say(language).to_owned();
        self.entry(&name, fit.as_deref(), stage.theme.style.accent);
        let Weights {
            tier,
            reach,
            engagement,
            value,
        } = goal.weights;
        let suits = Part::Known {
            score: parts.tier.1.part(),
            figure: 0.0,
            among: 0,
        };
        for (key, weight, part) in [
            ("weight.tier", tier, (suits, false)),
            ("weight.reach", reach, (parts.reach, false)),
            ("weight.engagement", engagement, (parts.engagement, false)),
            ("weight.value", value, (parts.value, parts.value_estimated)),
        ] {
            if weight > 0 {
                self.add_part(key, weight, part);
            }
        }
    }

    /// A bar as long as the part, its score, which may go by an estimated price, and how much it weighs.
    fn add_part(&mut self, key: &str, weight: u8, (part, estimated): (Part, bool)) {
        let stage = self.stage;
        let style = &stage.theme.style;
        let score = part.score().clamp(0.0, 1.0);
        let full = (score * BAR as f64).round() as usize;
        let known = !part.is_unknown();
        let tone = if known { style.accent } else { style.muted };
        let names = self.names();
        let score = if known {
            let tilde = if estimated { "~" } else { "" };
            let score = number::decimal(score * 100.0, 0, stage.language());
            format!("{tilde}{score}")
        } else {
            stage.glyphs.dash.to_owned()
        };
        let weight = number::grouped(u64::from(weight), stage.language());
        let weight = stage.fill("account.weight", &[("weight", &weight)]);
        let name = clean::left(stage.app.say(key), names, stage.glyphs.ellipsis);
        self.lines.push(Line::from(vec![
            Span::styled(name + " ", style.muted),
            Span::styled(stage.glyphs.bar.repeat(full), tone),
            Span::styled(stage.glyphs.dot.repeat(BAR - full.min(BAR)), style.border),
            Span::styled(clean::right(&score, 5, ""), tone),
            Span::styled(format!("  {weight}"), style.muted),
        ]));
    }

    /// Every column of the file: those that are understood first, with the name of their field.
    fn add_cells(&mut self) {
        let stage = self.stage;
        let style = &stage.theme.style;
        let columns = &stage.app.reading.roster.schema().columns;
        let speaker = stage.speaker();
        let mut places: Vec<(Option<Field>, usize)> = columns
            .iter()
            .enumerate()
            .map(|(at, column)| (column.field, at))
            .collect();
        sorting::sort_by_key(&mut places, |(field, at)| (field.is_none(), *field, *at));
        self.head("account.file");
        if let Some(file) = self.account.source() {
            let file = clean(file);
            self.entry(stage.app.say("account.source"), Some(&file), style.text);
        }
        let row = number::grouped(self.account.row(), stage.language());
        let mut entries: Vec<(String, usize)> = Vec::new();
        for (field, at) in places {
            let header = clean(columns.get(at).map_or("", |column| column.header.as_str()));
            let name = match field {
                Some(field) => {
                    let name = name::field(&speaker, field);
                    if name.eq_ignore_ascii_case(&header) {
                        name.to_owned()
                    } else {
                        format!("{name} ({header})")
                    }
                }
                None => header.into_owned(),
            };
            entries.push((name, at));
        }
        let longest = entries.iter().map(|(name, _)| clean::width(name)).max();
        let names = longest.unwrap_or(0).min(self.width / 2).max(self.names());
        self.wide_entry(stage.app.say("account.row"), Some(&row), style.text, names);
        for (name, at) in entries {
            let cell = self.account.cell(at);
            let cell = clean(&cell);
            let value = Some(cell.as_ref()).filter(|cell| !cell.trim().is_empty());
            self.wide_entry(&name, value, style.text, names);
        }
    }
}

/// From what the price of an account is estimated, or what was published of its size instead of a range.
fn estimated_from(stage: &Stage<'_>, account: &Account<'_>) -> Option<String> {
    let table = stage.app.price_table()?;
    let source = clean(table.source.say(stage.language()));
    match account.priced() {
        Price::Estimated { .. } => {
            Some(stage.fill("account.estimate.from", &[("source", &source)]))
        }
        Price::Unknown => {
            let platform = account.value(Facet::Platform);
            let platform = platform.and_then(|name| stage.app.playbook.platform(name));
            let platform = platform.map(|platform| platform.id.as_str());
            let size = table.size(platform, account.followers()?)?;
            let least = stage.speaker().priced(size.low?, true);
            let values = [("least", least.as_str()), ("source", &source)];
            Some(stage.fill("account.estimate.open", &values))
        }
        Price::Known { .. } | Price::OtherCurrency => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::desk::Step;
    use crate::app::msg::{Msg, Opening};
    use crate::text::Language;
    use crate::view::fixture::{
        assert_within, drawn, explorer, happen, make_list_room, roster, text,
    };

    #[test]
    fn every_size_is_drawn_within_its_place() {
        let mut app = explorer(roster(30, true), Some("authentic"), Language::Nl);
        happen(&mut app, Msg::Open(Opening::Account));
        for (at, size) in (0..200u16).map(|at| (at, (at * 7 % 201, at * 13 % 61))) {
            let step = [Step::Down, Step::Last, Step::First][usize::from(at % 3)];
            make_list_room(&mut app, size);
            happen(&mut app, Msg::List(step));
            assert_within(&drawn(&app, size, at % 2 == 0, draw));
        }
    }

    #[test]
    fn everything_the_file_says_can_be_reached() {
        let mut app = explorer(roster(30, true), Some("authentic"), Language::En);
        happen(&mut app, Msg::Open(Opening::Account));
        let first = text(&drawn(&app, (60, 12), false, draw));
        assert!(
            first.contains("potential reach") && first.contains('↓'),
            "{first}"
        );
        make_list_room(&mut app, (60, 12));
        happen(&mut app, Msg::List(Step::Last));
        let last = text(&drawn(&app, (60, 12), false, draw));
        assert!(last.contains("berichten."), "{last}");
        happen(&mut app, Msg::List(Step::Up));
        let above = text(&drawn(&app, (60, 12), false, draw));
        assert!(above != last && !above.contains("berichten."), "{above}");
        let whole = text(&drawn(&app, (100, 50), false, draw));
        for part in [
            "weighs 40 of 100",
            "source: ",
            "is ideal for this goal",
            "followers (Volgers)",
        ] {
            assert!(whole.contains(part), "{part} in\n{whole}");
        }
    }
}
