//! The accounts of a mix, the largest first.

use crate::domain::roster::AccountId;
use crate::query::mix::Mix;
use crate::query::page::{PageRow, row};
use crate::text::clean::{self, clean};
use crate::text::number;
use crate::view::sheet;
use crate::view::stage::Stage;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Columns of followers, of the rate and of the price.
const FOLLOWERS: usize = 13;
const RATE: usize = 8;
const PRICE: usize = 11;

pub(super) fn draw(stage: &Stage<'_>, mix: &Mix, first: usize, area: Rect, buf: &mut Buffer) {
    let Some(survey) = stage.app.answers.survey.answer() else {
        return;
    };
    let rows = mix.best.rows.iter().enumerate();
    let rows = rows.filter_map(|(at, id)| row(survey, at, AccountId(*id)));
    let mut rows: Vec<PageRow<'_>> = rows.collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.account.followers()));
    let lines: Vec<Line<'_>> = rows
        .iter()
        .map(|row| line(stage, row, usize::from(area.width)))
        .collect();
    sheet::scroll(stage, area, &lines, first, buf);
}

fn line<'a>(stage: &Stage<'a>, row: &PageRow<'a>, width: usize) -> Line<'a> {
    let style = &stage.theme.style;
    let end = stage.glyphs.ellipsis;
    let language = stage.language();
    let account = &row.account;
    let name = width.saturating_sub(FOLLOWERS + RATE + PRICE + 4);
    let title = clean(account.title().unwrap_or(stage.glyphs.dash));
    let known = |text: Option<String>| text.unwrap_or_else(|| stage.glyphs.dash.to_owned());
    let followers = known(account.followers().map(|it| number::grouped(it, language)));
    let rate = known(
        account
            .engagement_rate()
            .map(|it| number::percent(it, language)),
    );
    let price = known(account.price().map(|it| {
        let estimated = account.is_estimated();
        stage.speaker().priced(it, estimated)
    }));
    let voice = match row.standing {
        crate::domain::tier::Standing::Tier(tier) => stage.tier_style(tier, true),
        _ => style.muted,
    };
    Line::from(vec![
        Span::styled(format!("{} ", stage.glyph(row.standing)), voice),
        Span::styled(clean::left(&title, name, end), style.text),
        Span::styled(clean::right(&followers, FOLLOWERS, end), style.text),
        Span::styled(clean::right(&rate, RATE, end), style.text),
        Span::styled(clean::right(&price, PRICE, end), style.text),
    ])
}
