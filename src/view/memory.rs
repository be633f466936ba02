//! Memory: the picture of the plot, kept from one frame to the next.
//!
//! Idea: a key that moves the cursor changes little of the screen, but every frame is drawn whole, which keeps drawing
//! free of what was there before. Only the plot, a quarter of a frame, is taken from here as long as all that it is
//! drawn from is the same. Keeping every panel was weighed: each would have to name all that it looks at, and the others
//! take a twentieth of a frame.

use super::ink;
use crate::query::region::Region;
use crate::query::scatter::Scatter;
use crate::query::survey::Survey;
use crate::theme::Theme;
use crate::theme::glyphs::Glyphs;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use std::cell::RefCell;
use std::sync::{Arc, Weak};

/// What the next frame may take over from this one.
#[derive(Debug, Default)]
pub struct Memory {
    plot: RefCell<Option<Picture>>,
}

/// All that the plot is drawn from, the cursor aside. The answers are told apart by where they live; they are not kept
/// alive.
#[derive(Debug, Clone)]
pub struct Basis {
    scatter: Weak<Scatter>,
    survey: Weak<Survey>,
    look: Look,
}

/// What the plot is drawn from beside the answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Colours.
    pub theme: Theme,
    /// Signs.
    pub glyphs: Glyphs,
    /// Identifier of the tier scheme.
    pub scheme: String,
    /// The box.
    pub region: Option<Region>,
    /// Which line stands out.
    pub line: Option<usize>,
}

impl Basis {
    /// What a plot of these answers is drawn from.
    #[must_use]
    pub fn new(scatter: &Arc<Scatter>, survey: &Arc<Survey>, look: Look) -> Basis {
        Basis {
            scatter: Arc::downgrade(scatter),
            survey: Arc::downgrade(survey),
            look,
        }
    }
}

impl PartialEq for Basis {
    fn eq(&self, other: &Basis) -> bool {
        Weak::ptr_eq(&self.scatter, &other.scatter)
            && Weak::ptr_eq(&self.survey, &other.survey)
            && self.look == other.look
    }
}

/// What was drawn into an area.
#[derive(Debug)]
struct Picture {
    basis: Basis,
    area: Rect,
    cells: Vec<Cell>,
}

impl Memory {
    /// Draws the plot into its area, or puts it there as it was drawn before from the same.
    pub fn plot(&self, basis: Basis, area: Rect, buf: &mut Buffer, draw: impl FnOnce(&mut Buffer)) {
        let mut kept = self.plot.borrow_mut();
        if let Some(picture) = &*kept
            && picture.area == area
            && picture.basis == basis
        {
            ink::print(buf, area, &picture.cells);
            return;
        }
        draw(buf);
        *kept = Some(Picture {
            cells: ink::copied(buf, area),
            basis,
            area,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::desk::{Panel, Step};
    use crate::app::msg::Msg;
    use crate::text::Language;
    use crate::view::fixture::{explorer, happen, roster, theme};
    use crate::view::layout::layout;
    use crate::view::room::room;
    use crate::view::stage::Stage;
    use proptest::prelude::*;

    fn happening() -> impl Strategy<Value = Msg> {
        prop_oneof![
            3 => (-4isize..5).prop_map(|by| Msg::Move(Step::By(by))),
            1 => (0usize..3).prop_map(|panel| Msg::Focus(Panel::ALL[panel])),
            1 => (0usize..3).prop_map(Msg::ToggleTier),
            1 => any::<bool>().prop_map(Msg::ZoomPlot),
            5 => prop::sample::select(vec![
                Msg::NextScheme,
                Msg::NextMeasure,
                Msg::NextEstimates,
                Msg::ToggleOnlyMatches,
                Msg::ToggleFront,
                Msg::ToggleZoom,
                Msg::StartBox,
                Msg::KeepBox,
                Msg::WholePlot,
                Msg::Spread(true),
                Msg::ResetFilters,
                Msg::NextLanguage,
                Msg::AllTiers,
            ]),
        ]
    }

    proptest! {
        #[test]
        fn a_frame_is_the_same_whatever_was_drawn_before_it(
            (rates, goal) in (any::<bool>(), any::<bool>()),
            frames in proptest::collection::vec((happening(), any::<bool>(), any::<bool>(), 0usize..3), 1..12),
        ) {
            let goal = goal.then_some("authentic");
            let mut app = explorer(roster(90, rates), goal, Language::En);
            let memory = Memory::default();
            let themes = ["dark", "light"].map(theme);
            for (msg, other_theme, ascii, size) in frames {
                let area = [Rect::new(0, 0, 80, 24), Rect::new(0, 0, 120, 36), Rect::new(0, 0, 81, 24)][size];
                let room = room(&app, &layout(area, &app));
                happen(&mut app, Msg::Room(room));
                happen(&mut app, msg);
                let drawn = |memory: &Memory| {
                    let glyphs = if ascii { Glyphs::ascii() } else { Glyphs::unicode() };
                    let stage = Stage {
                        app: &app,
                        theme: &themes[usize::from(other_theme)],
                        glyphs: &glyphs,
                        memory,
                    };
                    let mut buf = Buffer::empty(area);
                    crate::view::draw(&stage, area, &mut buf);
                    buf
                };
                prop_assert_eq!(drawn(&memory), drawn(&Memory::default()));
            }
        }
    }
}
