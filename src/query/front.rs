//! The Pareto front: matches than which no other is at least as good on both reach and rate and better on one.
