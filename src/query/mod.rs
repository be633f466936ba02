//! The pure engine: a question over a roster in, an answer out. No files, no threads, no words.
//!
//! Heavy questions go over all accounts and take a [`halt::Halt`] that stops them within milliseconds:
//! [`survey::survey`], [`order::order`], [`scatter::scatter`], [`facets::facets`],
//! [`identity::Identity::find`], [`mix::mix`]. Instant ones cost no more than what they return: [`explain::explain`],
//! [`bands::peer_band`].

mod alphabet;
pub mod axis;
mod backdrop;
pub mod bands;
mod beginning;
mod between;
mod bins;
mod choice;
pub mod comparison;
pub mod concordance;
mod counted;
mod crew;
mod crowd;
mod desk;
pub mod duplicates;
mod earlier;
pub mod estimate;
mod everybody;
pub mod explain;
mod extent;
pub mod facets;
pub mod filter;
mod fit;
mod footing;
pub mod forecast;
pub mod front;
pub mod goal_pair;
mod ground;
mod groundwork;
pub mod halt;
mod held;
pub mod identity;
mod kept;
mod ladder;
mod layer;
pub mod lines;
mod magnitude;
pub mod marks;
pub mod matching;
mod median;
pub mod mix;
pub mod neighbour;
pub mod net_reach;
mod numeric;
mod once;
pub mod order;
mod outermost;
pub mod page;
pub mod peers;
pub mod percentile;
mod permutation;
mod placed;
mod plan;
mod plot;
mod processor;
pub mod pyramid;
pub mod question;
mod radix;
mod ranking;
pub mod region;
pub mod rows;
mod runs;
#[cfg(test)]
pub mod sample;
pub mod scatter;
mod search;
mod section;
mod selection;
pub mod sight;
mod sorted;
mod stairs;
pub mod standards;
mod steps;
mod strata;
mod suggestion;
mod sum;
mod sums;
pub mod survey;
mod tally;
mod tiles;
pub mod trend;
mod walk;
