//! What is seen: draws from `&App`, changes nothing, and tells what a key or a click means.
//!
//! One file per panel in [`panel`], one per overlay in [`overlay`]; [`layout`] says where each stands, for drawing,
//! for paging and for the mouse alike. Panels read answers, never columns.

pub mod figure;
pub mod ink;
pub mod interpret;
pub mod layout;
pub mod memory;
pub mod mouse;
pub mod overlay;
pub mod panel;
pub mod room;
pub mod sheet;
pub mod shown;
pub mod stage;
pub mod tabular;
pub mod widget;

#[cfg(test)]
mod fixture;

use crate::text::number;
use crate::theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use stage::Stage;

/// Draws the whole screen into `area`.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let Stage {
        app, theme, glyphs, ..
    } = *stage;
    let places = layout::layout(area, app);
    ink::wash(buf, area, theme.style.text);
    if places.header.is_none() {
        draw_too_small(stage, area, buf);
        return;
    }
    panel::draw(stage, &places, buf);
    overlay::draw(stage, &places, buf);
    theme::plain::spell(glyphs, area, buf);
}

/// Says how large the screen has to be.
fn draw_too_small(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let (width, height) = layout::SMALLEST;
    let count = |cells: u16| number::grouped(u64::from(cells), stage.language());
    let text = stage.fill(
        "desk.too_small",
        &[("width", &count(width)), ("height", &count(height))],
    );
    widget::centred(stage, buf, area, &text, stage.theme.style.warn);
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use crate::app::App;
    use crate::app::msg::{Msg, Opening};
    use crate::app::overlay::Overlay;
    use crate::text::Language;
    use crate::theme::catalogue::Themes;
    use crate::theme::glyphs::Glyphs;
    use crate::view::fixture;
    use crate::view::memory::Memory;
    use crate::view::stage::Stage;
    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    const GUARD: &str = "\u{25a1}";

    const OPENINGS: [Opening; 13] = [
        Opening::Search,
        Opening::Goals,
        Opening::Facets,
        Opening::Sorts,
        Opening::Tier,
        Opening::Account,
        Opening::Help,
        Opening::Problems,
        Opening::Decisions,
        Opening::Columns,
        Opening::Sides,
        Opening::Mix,
        Opening::Need,
    ];

    /// Draws at this size inside a larger buffer; whether nothing was written beside it.
    fn stays_inside(app: &App, width: u16, height: u16, glyphs: &Glyphs) -> bool {
        let themes = Themes::built_in().unwrap();
        let whole = Rect::new(0, 0, width + 4, height + 4);
        let area = Rect::new(2, 2, width, height);
        let mut buf = Buffer::empty(whole);
        for cell in &mut buf.content {
            cell.set_symbol(GUARD);
        }
        let stage = Stage {
            app,
            theme: themes.find("dark").unwrap(),
            glyphs,
            memory: &Memory::default(),
        };
        super::draw(&stage, area, &mut buf);
        whole
            .positions()
            .filter(|at| !area.contains(*at))
            .all(|at| buf[at].symbol() == GUARD)
    }

    fn app(accounts: u64, goal: bool, language: Language) -> App {
        let goal = goal.then_some("local-activation");
        fixture::explorer(fixture::roster(accounts, true), goal, language)
    }

    #[test]
    fn every_screen_fits_the_sizes_people_have() {
        for opening in OPENINGS {
            let mut app = app(60, true, Language::Nl);
            fixture::happen(&mut app, Msg::Open(opening));
            for (width, height) in [(40, 12), (53, 17), (80, 24), (120, 36), (200, 50), (39, 11)] {
                assert!(
                    stays_inside(&app, width, height, &Glyphs::unicode()),
                    "{opening:?}"
                );
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]
        #[test]
        fn nothing_is_drawn_outside_at_any_size(
            (width, height) in (0u16..=200, 0u16..=60),
            (accounts, goal, nl, ascii) in (0u64..80, any::<bool>(), any::<bool>(), any::<bool>()),
            opening in proptest::option::of(0usize..OPENINGS.len()),
            (focus, scheme, measure, zoomed) in (0usize..3, 0usize..7, 0usize..4, any::<bool>()),
            (place, typed) in (0usize..40, "[a-zé ]{0,6}"),
        ) {
            let mut app = app(accounts, goal, if nl { Language::Nl } else { Language::En });
            app.focus = crate::app::desk::Panel::ALL[focus];
            app.zoomed = zoomed;
            for _ in 0..measure {
                fixture::happen(&mut app, Msg::NextMeasure);
            }
            for _ in 0..scheme {
                fixture::happen(&mut app, Msg::NextScheme);
            }
            if let Some(opening) = opening {
                fixture::happen(&mut app, Msg::Open(OPENINGS[opening]));
                if matches!(app.overlay(), Some(Overlay::Facets { .. })) {
                    fixture::happen(&mut app, Msg::Accept);
                }
                for letter in typed.chars() {
                    fixture::happen(&mut app, Msg::Typed(letter));
                }
                fixture::happen(&mut app, Msg::List(crate::app::desk::Step::To(place)));
            }
            let glyphs = if ascii { Glyphs::ascii() } else { Glyphs::unicode() };
            prop_assert!(stays_inside(&app, width, height, &glyphs));
        }
    }
}
