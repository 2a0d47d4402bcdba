//! Prices and quotes.
