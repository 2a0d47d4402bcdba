//! Writing a message and seeing what it costs.

mod announce;
mod contacts;
mod cost;
mod drafts;
mod encoding;
mod fields;
mod message;
mod offenders;
mod parts;
mod preview;
mod proposal;
mod quote_file;
mod recipients;
mod refusal;
mod short;
mod warnings;
mod write;

pub use write::ComposePage;
