//! The numbering plans in a form small enough for a page that is loaded over the air.
//!
//! The build script reads the metadata of the phone library, turns the patterns of all countries
//! into one acyclic graph over digits in which equal tails stand once, and writes it with an
//! adaptive arithmetic coder. Here it is read back. Both sides share the contexts and the
//! arithmetic of this module; the build script also reads its own output and compares.
//!
//! A general-purpose compressor over the same graph needs half as much again: it cannot know
//! that the digits of one node belong together.

mod chance;
mod checksum;
mod coder;
pub(crate) mod context;
mod decoder;
pub(crate) mod graph;

pub(crate) use chance::Chance;
pub(crate) use checksum::checksum;
pub(crate) use coder::Coder;
pub(crate) use context::{Branch, CONTEXTS, Family, Numbers};
pub(crate) use decoder::Decoder;
pub(crate) use graph::{Graph, GraphReader};
