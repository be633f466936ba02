//! The plot: what part of the scatter is looked at, and the box that is being drawn over it.

use crate::query::axis::Scaling;
use crate::query::order::Sort;
use crate::query::region::Region;
use crate::query::sight::{Towards, Window};

/// How the scatter is looked at.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plot {
    /// The part that is looked at; `None` for all of it.
    pub window: Option<Window>,
    /// How followers are spread.
    pub followers: Scaling,
    /// How rates are spread.
    pub rate: Scaling,
    /// The box while it is being drawn; the filter has it already.
    pub draft: Option<Draft>,
    /// The sort before only the front was listed.
    pub sort: Option<Sort>,
}

/// A box that is being drawn. Its corners are points, followers and rate, so that they stay where they are when
/// the screen changes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Draft {
    /// The box before; Esc brings it back.
    pub before: Option<Region>,
    /// Where it began.
    pub anchor: (f64, f64),
    /// The corner that moves.
    pub corner: (f64, f64),
}

/// How a box that is being drawn grows or shrinks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stretch {
    /// One cell further in a direction.
    Step(Towards),
    /// To the end of the plot in a direction.
    End(Towards),
}
