//! SMS encoding and parts.
