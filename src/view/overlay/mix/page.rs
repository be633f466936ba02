//! What the pages of the mix share: what is shown of them, lists with a cursor, and why there is no mix.

use crate::app::desk::window;
use crate::app::mixing::MixPage;
use crate::text::clean::clean;
use crate::view::sheet;
use crate::view::stage::Stage;
use crate::wording::refusal;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// What the page shows beside its answers.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    /// The page.
    pub(super) page: MixPage,
    /// Place of the cursor on it.
    pub(super) cursor: usize,
    /// Whether the cursor stands on the most of a limit.
    pub(super) most: bool,
    /// What is typed under the cursor, while it is.
    pub(super) typed: Option<&'a str>,
}

/// Why there is no mix, where there is none.
pub(super) fn why_not(stage: &Stage<'_>) -> Option<String> {
    let app = stage.app;
    let say = |key| Some(stage.app.say(key).to_owned());
    if !app.reading.roster.schema().has_prices {
        return say("mix.no_prices");
    }
    if app.terms.budget <= 0.0 {
        return say("mix.ask");
    }
    match app.answers.mix.answer().map(AsRef::as_ref) {
        None => say("state.refreshing"),
        Some(Ok(_)) => None,
        Some(Err(why)) => {
            let (scheme, roster) = (app.tier_scheme()?, &app.reading.roster);
            let terms = &app.asked_terms();
            let why = refusal::sentence(&stage.speaker(), scheme, roster, terms, why);
            Some(clean(&why).into_owned())
        }
    }
}

/// A line with the cursor before it, or without.
pub(super) fn pointed<'a>(stage: &Stage<'a>, chosen: bool) -> Span<'a> {
    let pointer = if chosen { stage.glyphs.pointer } else { " " };
    Span::styled(format!("{pointer} "), stage.theme.style.accent)
}

/// Draws lines from the first on that leave the one under the cursor in sight.
pub(super) fn draw_list(
    stage: &Stage<'_>,
    area: Rect,
    (cursor, len): (usize, usize),
    line: impl Fn(usize) -> Line<'static>,
    buf: &mut Buffer,
) {
    let height = usize::from(area.height);
    let first = window(cursor, height, len);
    let last = len.min(first + height);
    for (row, place) in (first..last).enumerate() {
        sheet::put(buf, area, row as u16, &line(place));
    }
    sheet::more(stage, area, first > 0, last < len, buf);
}
