//! The pure engine: a question over a roster in, an answer out. No files, no threads, no words.
//!
//! Heavy questions go over all accounts and take a [`halt::Halt`] that stops them within milliseconds:
//! [`survey::survey`], [`order::order`], [`scatter::scatter`], [`facets::facets`]. Instant ones cost no more than
//! what they return: [`explain::explain`], [`bands::peer_band`].

pub mod bands;
pub mod explain;
pub mod facets;
pub mod filter;
pub mod front;
pub mod halt;
pub mod matching;
pub mod order;
pub mod page;
pub mod percentile;
pub mod pyramid;
pub mod scatter;
pub mod search;
pub mod survey;
pub mod trend;
