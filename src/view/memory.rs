//! Memory: pictures of the plot, kept from one frame to the next.
//!
//! Idea: a key that moves the cursor changes little of the screen, but every frame is drawn whole, which keeps drawing
//! free of what was there before. Only the plot, a quarter of a frame, is taken from here as long as all that it is
//! drawn from is the same; of each line that can stand out, that of the platform under the cursor, there is a picture.
//! Keeping every panel was weighed: each would have to name all that it looks at, and the others take a twentieth of a
//! frame.

use super::ink;
use crate::query::region::Region;
use crate::query::scatter::Scatter;
use crate::query::survey::Survey;
use crate::text::Language;
use crate::theme::Theme;
use crate::theme::glyphs::Glyphs;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use std::cell::RefCell;
use std::sync::{Arc, Weak};

/// What the next frame may take over from this one.
#[derive(Debug, Default)]
pub struct Memory {
    plot: RefCell<Option<Pictures>>,
}

/// All that the plot is drawn from, the cursor and its line aside. The answers are told apart by where they live; they are not kept
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
    /// The language, in which tiers have their letters where only ASCII may be drawn.
    pub language: Language,
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

/// What was drawn from the same into an area.
#[derive(Debug)]
struct Pictures {
    basis: Basis,
    area: Rect,
    /// The cells, by the line that stands out.
    cells: Vec<(Option<usize>, Vec<Cell>)>,
}

impl Memory {
    /// Draws the plot into its area, given the line that stands out, or puts it there as it was drawn before from the
    /// same.
    pub fn plot(
        &self,
        (basis, line): (Basis, Option<usize>),
        area: Rect,
        buf: &mut Buffer,
        draw: impl FnOnce(&mut Buffer),
    ) {
        let mut kept = self.plot.borrow_mut();
        let kept = match &mut *kept {
            Some(same) if same.area == area && same.basis == basis => same,
            other => other.insert(Pictures {
                basis,
                area,
                cells: Vec::new(),
            }),
        };
        if let Some((_, cells)) = kept.cells.iter().find(|(of, _)| *of == line) {
            return ink::print(buf, area, cells);
        }
        draw(buf);
        kept.cells.push((line, ink::copied(buf, area)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::App;
    use crate::app::desk::{Panel, Step};
    use crate::app::msg::Msg;
    use crate::domain::playbook::Playbook;
    use crate::domain::tier::TierScheme;
    use crate::view::fixture::{explorer, happen, roster, theme};
    use crate::view::layout::layout;
    use crate::view::room::room;
    use crate::view::stage::Stage;
    use proptest::prelude::*;

    /// Lets the tiers of the first scheme have other names in Dutch than in English.
    fn name_tiers_apart(app: &mut App) {
        let mut playbook = Playbook::clone(&app.playbook);
        if let Some(scheme) = playbook.schemes.first_mut() {
            let mut tiers = scheme.tiers().to_vec();
            for tier in &mut tiers {
                tier.name.nl = format!("zo'n {}", tier.name.en);
            }
            let (id, name, source) = (
                scheme.id.clone(),
                scheme.name.clone(),
                scheme.source.clone(),
            );
            if let Ok(named) = TierScheme::new(id, name, source, tiers) {
                *scheme = named;
            }
        }
        app.playbook = Arc::new(playbook);
    }

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
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_frame_is_the_same_whatever_was_drawn_before_it(
            (rates, goal) in (any::<bool>(), any::<bool>()),
            frames in proptest::collection::vec((happening(), any::<bool>(), any::<bool>(), 0usize..3), 1..12),
        ) {
            let goal = goal.then_some("authentic");
            let mut app = explorer(roster(90, rates), goal, Language::En);
            name_tiers_apart(&mut app);
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
