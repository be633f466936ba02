//! Overlays: what lies over the desk.

pub mod account;
pub mod columns;
pub mod compare;
pub mod decisions;
pub mod facets;
pub mod forecast;
pub mod goal_pair;
pub mod goals;
pub mod help;
pub mod mix;
pub mod note;
pub mod problems;
pub mod rates;
pub mod saying;
pub mod search;
pub mod sides;
pub mod sorts;
pub mod tier;
pub mod values;
pub mod verdicts;

use super::layout::Places;
use super::stage::Stage;
use crate::app::overlay::Overlay;
use ratatui::buffer::Buffer;

/// Draws the topmost overlay; those below it wait their turn.
pub fn draw(stage: &Stage<'_>, places: &Places, buf: &mut Buffer) {
    let (Some(overlay), Some(area)) = (stage.app.overlay(), places.overlay) else {
        return;
    };
    let area = area.intersection(buf.area);
    match overlay {
        Overlay::Search { .. } => search::draw(stage, area, buf),
        Overlay::Goals { .. } => goals::draw(stage, area, buf),
        Overlay::Facets { .. } => facets::draw(stage, area, buf),
        Overlay::Values { .. } => values::draw(stage, area, buf),
        Overlay::Sorts { .. } => sorts::draw(stage, area, buf),
        Overlay::Tier { .. } => tier::draw(stage, area, buf),
        Overlay::Account { .. } => account::draw(stage, area, buf),
        Overlay::Help { .. } => help::draw(stage, area, buf),
        Overlay::Problems { .. } => problems::draw(stage, area, buf),
        Overlay::Decisions { .. } => decisions::draw(stage, area, buf),
        Overlay::Mix { .. } | Overlay::Amount { .. } => mix::draw(stage, area, buf),
        Overlay::Swap { .. } => mix::swap::draw(stage, area, buf),
        Overlay::Naming { .. } => {
            mix::draw(stage, area, buf);
            mix::naming::draw(stage, area, buf);
        }
        Overlay::MixPair { .. } => mix::pair::draw(stage, area, buf),
        Overlay::Sides { .. } => sides::draw(stage, area, buf),
        Overlay::Columns { .. } => columns::draw(stage, area, buf),
        Overlay::Saying { .. } => saying::draw(stage, area, buf),
        Overlay::Verdicts { .. } => verdicts::draw(stage, area, buf),
        Overlay::Note { .. } => note::draw(stage, area, buf),
        Overlay::Forecast { .. } | Overlay::Population { .. } => forecast::draw(stage, area, buf),
        Overlay::Rates { .. } | Overlay::Rate { .. } => rates::draw(stage, area, buf),
        Overlay::Compare { .. } => compare::draw(stage, area, buf),
        Overlay::GoalPair { .. } => goal_pair::draw(stage, area, buf),
    }
}
