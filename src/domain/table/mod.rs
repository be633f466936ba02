//! What a file format delivers: records of text cells with their place. Meaning is decided elsewhere.

mod batch;
mod record;

pub use batch::Batch;
pub use record::{Place, Record, Row, Span, TextCell};
