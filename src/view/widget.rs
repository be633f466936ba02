//! Pieces that several panels share: boxes, lists, scroll marks.
