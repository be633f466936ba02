//! Effects: what the state asks of the world, as values.

use super::answers::Ticket;
use crate::domain::field::Facet;
use crate::domain::roster::Roster;
use crate::query::facets::FacetCounts;
use crate::query::order::{Order, Sort};
use crate::query::scatter::{Grid, Scatter};
use crate::query::survey::{Question, Survey};
use std::sync::Arc;

/// A question that goes over all accounts and so is answered by a worker.
#[derive(Debug, Clone)]
pub enum Heavy {
    /// Selection, matches, front and pyramid; the previous answer saves work.
    Survey(Box<Question>, Option<Arc<Survey>>),
    /// The order of the selected accounts.
    Order(Arc<Survey>, Sort),
    /// The scatter of the selected accounts.
    Scatter(Arc<Survey>, Grid),
    /// The values of a facet over all accounts, counted.
    Facets(Arc<Roster>, Facet),
}

/// The answer to a [`Heavy`] question.
#[derive(Debug, Clone)]
pub enum Answer {
    /// To [`Heavy::Survey`].
    Survey(Arc<Survey>),
    /// To [`Heavy::Order`].
    Order(Arc<Order>),
    /// To [`Heavy::Scatter`].
    Scatter(Arc<Scatter>),
    /// To [`Heavy::Facets`].
    Facets(Arc<(Facet, FacetCounts)>),
}

/// What the state asks of the world.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Answer this; a newer question of the same kind replaces it.
    Ask(Ticket, Heavy),
    /// Leave.
    Quit,
}
