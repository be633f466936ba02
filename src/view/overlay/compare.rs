//! The accounts of the shortlist side by side: figures in rows, the best of each row marked, what sets them apart in
//! words.
//!
//! ```text
//! ╭ Side by side · 3 accounts ────────────────────────╮
//! │                 ▲ Sanne Bakt   ▲ Noor   ◆ Bram    │
//! │ verdict                ✓ yes    ✓ yes  ☆ backup   │
//! │ potential reach        4,210    3,870  ★ 12,300   │
//! ╰────────────────────────────────────────────────────╯
//! ```

use crate::app::overlay::Overlay;
use crate::domain::field::Facet;
use crate::domain::roster::{Account, AccountId};
use crate::keys::Action;
use crate::query::comparison::{MOST, compare};
use crate::text::clean::clean;
use crate::text::number;
use crate::view::panel::detail;
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::view::tabular::{Tabular, fitting};
use crate::wording::{comparison, name};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

/// Draws it into its place, borders included.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let Some(Overlay::Compare { scroll, .. }) = stage.app.overlay() else {
        return;
    };
    let all = stage.app.compared().len();
    let mut title = vec![stage.say("compare.title").to_owned()];
    if all > 0 {
        title.push(stage.counted("count.accounts", all as u64));
    }
    let inner = sheet::padded(sheet::frame(stage, area, &title, true, buf));
    if all < 2 {
        let key = stage.key(Action::Mark);
        let help = stage.fill("compare.none.help", &[("key", &key)]);
        return sheet::say(stage, inner, stage.say("compare.none"), &help, buf);
    }
    let lines = page(stage, inner);
    sheet::scroll(stage, inner, &lines, *scroll, buf);
}

/// How many lines the page has in an overlay of this size.
#[must_use]
pub fn lines(stage: &Stage<'_>, area: Rect) -> usize {
    let inner = sheet::inside(area);
    page(stage, inner).len()
}

fn page(stage: &Stage<'_>, inner: Rect) -> Vec<Line<'static>> {
    let Some(Overlay::Compare { first, .. }) = stage.app.overlay() else {
        return Vec::new();
    };
    let Some(survey) = stage.app.answers.survey.answer() else {
        return Vec::new();
    };
    let all = stage.app.compared();
    let width = usize::from(inner.width.saturating_sub(1));
    let columns = fitting(width).min(MOST).min(all.len());
    let first = (*first).min(all.len() - columns);
    let ids = all.get(first..first + columns).unwrap_or_default();
    let roster = &stage.app.reading.roster;
    let accounts = ids.iter().filter_map(|id| roster.account(*id));
    let accounts: Vec<Account<'_>> = accounts.collect();
    let mut table = Tabular::new(stage, width, columns);
    add_heads(
        stage,
        &mut table,
        &accounts,
        first > 0,
        first + columns < all.len(),
    );
    add_texts(stage, &mut table, &accounts);
    let ids: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
    let rows = compare(roster, survey, &ids);
    let style = &stage.theme.style;
    let speaker = stage.speaker();
    for row in &rows {
        let cells = row
            .values
            .iter()
            .enumerate()
            .map(|(at, value)| match value {
                Some(value) => {
                    let text = {
                        let estimated = row.is_estimated_at(at);
                        comparison::value(&speaker, row.figure, (*value, estimated))
                    };
                    if row.is_best(at) {
                        (format!("{} {text}", stage.glyphs.star), style.good)
                    } else {
                        (text, style.text)
                    }
                }
                None => (stage.glyphs.dash.to_owned(), style.muted),
            });
        let cells = cells.collect();
        table.row(
            (comparison::figure(&speaker, row.figure), style.muted),
            cells,
        );
    }
    table.gap();
    let legend = stage.fill("compare.legend", &[("star", stage.glyphs.star)]);
    table.say(&legend, style.muted);
    if rows.iter().any(|row| row.estimated.contains(&true)) {
        for told in stage.estimates() {
            table.say(&told, style.estimate);
        }
    }
    let names: Vec<String> = accounts.iter().map(|it| titled(stage, it)).collect();
    for told in comparison::differences(&speaker, &names, &rows) {
        table.say(&told, style.text);
    }
    for (account, name) in accounts.iter().zip(&names) {
        if let Some(note) = detail::note(stage, account) {
            table.say(&format!("{name}: {note}"), style.muted);
        }
    }
    table.lines
}

fn titled(stage: &Stage<'_>, account: &Account<'_>) -> String {
    clean(&account.title().unwrap_or(stage.glyphs.dash.into())).into_owned()
}

fn add_heads(
    stage: &Stage<'_>,
    table: &mut Tabular<'_>,
    accounts: &[Account<'_>],
    before: bool,
    after: bool,
) {
    let style = stage.theme.style.header;
    let heads = accounts
        .iter()
        .map(|account| (titled(stage, account), style));
    let sign = |on: bool, glyph: &str| if on { glyph.to_owned() } else { String::new() };
    let label = format!(
        "{}{}",
        sign(before, stage.glyphs.left),
        sign(after, stage.glyphs.right)
    );
    table.row((&label, stage.theme.style.accent), heads.collect());
}

/// What is no figure: tier, platform, city, category, verdict.
fn add_texts(stage: &Stage<'_>, table: &mut Tabular<'_>, accounts: &[Account<'_>]) {
    let style = &stage.theme.style;
    let speaker = stage.speaker();
    let dash = || (stage.glyphs.dash.to_owned(), style.muted);
    let cells = |text: &dyn Fn(&Account<'_>) -> Option<(String, Style)>| {
        let cells = accounts.iter().map(|it| text(it).unwrap_or_else(dash));
        cells.collect::<Vec<_>>()
    };
    let verdicts = cells(&|account| {
        let verdict = stage.app.remark(account)?.verdict?;
        Some((stage.verdict(verdict), stage.verdict_sign(verdict).1))
    });
    table.row((stage.say("sort.verdict"), style.muted), verdicts);
    let tiers = cells(&|account| {
        let scheme = stage.app.tier_scheme()?;
        let standing = scheme.of(account.followers());
        let name = name::standing(&speaker, scheme, standing);
        Some((format!("{} {name}", stage.glyph(standing)), style.text))
    });
    table.row((stage.say("compare.tier"), style.muted), tiers);
    let roster = &stage.app.reading.roster;
    for facet in [Facet::Platform, Facet::City, Facet::Category] {
        if roster.vocabulary(facet).is_empty() {
            continue;
        }
        let values = cells(&|account| {
            let values = account.joined(facet)?;
            Some((clean(&values).into_owned(), style.text))
        });
        table.row((name::facet(&speaker, facet), style.muted), values);
    }
    let front = cells(&|account| {
        let star = detail::is_on_front(stage, account.id);
        star.then(|| (stage.glyphs.check.to_owned(), style.front))
    });
    if stage.app.campaign.is_some() {
        table.row((stage.say("compare.front"), style.muted), front);
    }
    let rows = cells(&|account| {
        let row = number::grouped(account.row(), stage.language());
        Some((row, style.muted))
    });
    table.row((stage.say("account.row"), style.muted), rows);
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
        let mut app = explorer(roster(40, true), Some("authentic"), Language::Nl);
        happen(&mut app, Msg::ToggleOnlyMatches);
        for _ in 0..9 {
            happen(&mut app, Msg::NextVerdict);
            happen(&mut app, Msg::Move(Step::Down));
        }
        happen(&mut app, Msg::Open(Opening::Compare));
        for (at, size) in (0..200u16).map(|at| (at, (at * 7 % 201, at * 13 % 61))) {
            let step = [Step::Down, Step::Last, Step::First][usize::from(at % 3)];
            make_list_room(&mut app, size);
            happen(&mut app, Msg::List(step));
            happen(&mut app, Msg::Across(if at % 9 == 0 { -8 } else { 1 }));
            assert_within(&drawn(&app, size, at % 2 == 0, draw));
        }
    }

    #[test]
    fn two_accounts_are_needed_and_then_compared() {
        let mut app = explorer(roster(30, true), None, Language::En);
        happen(&mut app, Msg::NextVerdict);
        happen(&mut app, Msg::Open(Opening::Compare));
        let shown = text(&drawn(&app, (70, 20), false, draw));
        assert!(shown.contains("Space"), "{shown}");
        happen(&mut app, Msg::Back);
        happen(&mut app, Msg::Move(Step::Down));
        happen(&mut app, Msg::NextVerdict);
        happen(&mut app, Msg::Open(Opening::Compare));
        let shown = text(&drawn(&app, (70, 30), false, draw));
        assert!(
            shown.contains("2 accounts") && shown.contains('★'),
            "{shown}"
        );
        assert!(shown.contains("most followers: "), "{shown}");
    }
}
