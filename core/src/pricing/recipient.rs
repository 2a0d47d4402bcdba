//! Recipients as a price sees them.

use alloc::string::String;
use core::error::Error;
use core::fmt;

use crate::phone::{ParseError, ParsedNumber};
use crate::sms::TooManyParts;

/// What was typed for a recipient and is no phone number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BadNumber {
    /// The text as it was typed.
    pub typed: String,
    /// Why it is no phone number.
    pub reason: ParseError,
}

/// A recipient, and whether a message can go there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// The number, or what was typed instead of one.
    pub given: Result<ParsedNumber, BadNumber>,
    /// Where the destination's rate stands in [`RateCard::rates`](super::RateCard::rates), or why
    /// no text at all can be sent.
    pub placed: Result<usize, Refusal>,
}

/// Why a recipient gets no message. Nothing is charged for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// What was typed is no phone number.
    BadNumber(ParseError),
    /// The number is already among the recipients.
    Duplicate {
        /// The earlier recipient's place in the list, from 0.
        first: usize,
    },
    /// The rate card has no rate for the number on the day.
    NotSupported,
    /// Premium-rate numbers are not delivered to: the rate card or the country's numbering plan
    /// says that it is one.
    Premium,
    /// The operator does not deliver to the destination.
    Blocked,
    /// The text for this recipient needs more parts than allowed.
    TooManyParts(TooManyParts),
    /// The text for this recipient is empty.
    EmptyText,
}

impl Refusal {
    /// The word that programs are told.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadNumber(_) => "bad_number",
            Self::Duplicate { .. } => "duplicate",
            Self::NotSupported => "not_supported",
            Self::Premium => "premium",
            Self::Blocked => "blocked",
            Self::TooManyParts(_) => "too_many_parts",
            Self::EmptyText => "empty_text",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BadNumber(error) => return error.fmt(f),
            Self::TooManyParts(error) => return error.fmt(f),
            Self::Duplicate { .. } => "the number is there twice: it gets one message",
            Self::NotSupported => "this country is not supported: there is no price for it",
            Self::Premium => "premium-rate numbers get no messages",
            Self::Blocked => "messages to this destination are blocked",
            Self::EmptyText => "the text is empty: write one",
        })
    }
}

impl Error for Refusal {}

/// A recipient that gets no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused<'list> {
    /// The recipient's place in the list, from 0.
    pub position: usize,
    /// The number, or what was typed instead of one.
    pub given: &'list Result<ParsedNumber, BadNumber>,
    /// Why there is no message.
    pub reason: Refusal,
}

/// How many recipients get no message, by reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RefusedCounts {
    /// See [`Refusal::BadNumber`].
    pub bad_number: u64,
    /// See [`Refusal::Duplicate`].
    pub duplicate: u64,
    /// See [`Refusal::NotSupported`].
    pub not_supported: u64,
    /// See [`Refusal::Premium`].
    pub premium: u64,
    /// See [`Refusal::Blocked`].
    pub blocked: u64,
    /// See [`Refusal::TooManyParts`].
    pub too_many_parts: u64,
    /// See [`Refusal::EmptyText`].
    pub empty_text: u64,
}

impl RefusedCounts {
    /// All of them.
    #[must_use]
    pub const fn total(&self) -> u64 {
        let Self { bad_number, duplicate, not_supported, premium, blocked, .. } = *self;
        bad_number
            + duplicate
            + not_supported
            + premium
            + blocked
            + self.too_many_parts
            + self.empty_text
    }

    /// Counts so many recipients refused for a reason.
    pub(super) fn add(&mut self, reason: Refusal, recipients: u64) {
        let count = match reason {
            Refusal::BadNumber(_) => &mut self.bad_number,
            Refusal::Duplicate { .. } => &mut self.duplicate,
            Refusal::NotSupported => &mut self.not_supported,
            Refusal::Premium => &mut self.premium,
            Refusal::Blocked => &mut self.blocked,
            Refusal::TooManyParts(_) => &mut self.too_many_parts,
            Refusal::EmptyText => &mut self.empty_text,
        };
        *count += recipients;
    }
}
