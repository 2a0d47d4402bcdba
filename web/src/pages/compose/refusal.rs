//! Why a recipient gets no message, in words.

use iap_core::phone::{ParseError, Region};
use iap_core::pricing::Refusal;

use super::state::Recipient;
use crate::format;
use crate::i18n::I18n;

/// In a word or two, for a chip. Nothing for reasons that lie in the text.
pub fn short(t: I18n, refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::BadNumber(error) => match error {
            ParseError::NoPlans => t.recipients_no_plans_short(),
            ParseError::Empty => t.recipients_empty_short(),
            ParseError::Letters { .. } => t.recipients_letters_short(),
            ParseError::NotANumber { .. } => t.recipients_sign_short(),
            ParseError::Extension { .. } => t.recipients_extension_short(),
            ParseError::NoCountry => t.recipients_no_country_short(),
            ParseError::UnknownCallingCode => t.recipients_calling_code_short(),
            ParseError::TooShort { .. } => t.recipients_too_short_short(),
            ParseError::TooLong { .. } => t.recipients_too_long_short(),
            ParseError::NoAreaCode { .. } => t.recipients_area_code_short(),
            ParseError::NotInUse { .. } => t.recipients_not_in_use_short(),
        },
        Refusal::Premium => t.recipients_premium_short(),
        Refusal::Blocked => t.recipients_blocked_short(),
        Refusal::NotSupported => t.recipients_not_supported_short(),
        Refusal::Duplicate { .. } | Refusal::TooManyParts(_) | Refusal::EmptyText => "",
    }
}

/// In a sentence that says what to do.
pub fn sentence(t: I18n, recipient: &Recipient, refusal: Refusal) -> String {
    let region = |region: Option<Region>| match region {
        Some(region) => format::region(t.locale(), region.as_str()),
        None => t.recipients_that_code().to_owned(),
    };
    let own = || region(recipient.read.ok().and_then(|read| read.region));
    match refusal {
        Refusal::BadNumber(error) => match error {
            ParseError::NoPlans => t.recipients_no_plans().to_owned(),
            ParseError::Empty => t.recipients_empty().to_owned(),
            ParseError::Letters { .. } => t.recipients_letters().to_owned(),
            ParseError::NotANumber { .. } => t.recipients_sign().to_owned(),
            ParseError::Extension { .. } => t.recipients_extension().to_owned(),
            ParseError::NoCountry => t.recipients_no_country().to_owned(),
            ParseError::UnknownCallingCode => t.recipients_calling_code().to_owned(),
            ParseError::TooShort { region: at } => t.recipients_too_short(region(at)),
            ParseError::TooLong { region: at } => t.recipients_too_long(region(at)),
            ParseError::NoAreaCode { region: at } => t.recipients_area_code(region(at)),
            ParseError::NotInUse { region: at } => t.recipients_not_in_use(region(at)),
        },
        Refusal::Premium => t.recipients_premium().to_owned(),
        Refusal::Blocked => t.recipients_blocked(own()),
        Refusal::NotSupported => t.recipients_not_supported(own()),
        Refusal::Duplicate { .. } | Refusal::TooManyParts(_) | Refusal::EmptyText => String::new(),
    }
}
