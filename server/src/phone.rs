//! Phone numbers as the server takes them.
//!
//! Core reads what was typed; the phone library has the last word on whether the number exists,
//! whose it is and of what kind. Core's tables come from the same metadata and are compared with
//! the library by core's tests, so the two differ only if the server runs another version of the
//! library than the page in the browser was built with.

use iap_core::phone::{self, Kind, ParseError, ParsedNumber, Region};
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberType};

/// Reads a number as people type it, and asks the phone library.
///
/// # Errors
/// Says why the text is not taken; see [`phone::parse`].
pub fn parse(text: &str, default: Option<Region>) -> Result<ParsedNumber, ParseError> {
    let read = phone::parse(text, default)?;
    let refused = ParseError::NotInUse { region: read.region };
    let number = PHONE_NUMBER_UTIL.parse(read.number.to_string(), None).map_err(|_| refused)?;
    if !PHONE_NUMBER_UTIL.is_valid_number(&number) {
        return Err(refused);
    }
    let region = PHONE_NUMBER_UTIL.get_region_for_number(&number);
    Ok(ParsedNumber {
        number: read.number,
        // The library's region of numbers that belong to no country is no country's code.
        region: region.and_then(|region| region.to_string().parse().ok()),
        kind: kind(PHONE_NUMBER_UTIL.get_number_type(&number)).ok_or(refused)?,
    })
}

fn kind(kind: PhoneNumberType) -> Option<Kind> {
    Some(match kind {
        PhoneNumberType::FixedLine => Kind::FixedLine,
        PhoneNumberType::Mobile => Kind::Mobile,
        PhoneNumberType::FixedLineOrMobile => Kind::FixedLineOrMobile,
        PhoneNumberType::TollFree => Kind::TollFree,
        PhoneNumberType::PremiumRate => Kind::PremiumRate,
        PhoneNumberType::SharedCost => Kind::SharedCost,
        PhoneNumberType::VoIP => Kind::Voip,
        PhoneNumberType::PersonalNumber => Kind::PersonalNumber,
        PhoneNumberType::Pager => Kind::Pager,
        PhoneNumberType::UAN => Kind::Uan,
        PhoneNumberType::VoiceMail => Kind::Voicemail,
        PhoneNumberType::Unknown => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_vectors_as_core_does() {
        let vectors: toml::Table =
            toml::from_str(include_str!("../../core/testdata/phone.toml")).unwrap();
        let numbers = vectors["number"].as_array().unwrap();
        assert!(numbers.len() > 40);
        for case in numbers {
            let text = case["text"].as_str().unwrap();
            let country = case.get("country").and_then(|country| country.as_str());
            let read = parse(text, country.map(|country| country.parse().unwrap()));
            let e164 = case.get("e164").and_then(|e164| e164.as_str()).map(str::to_owned);
            assert_eq!(read.ok().map(|read| read.number.to_string()), e164, "{text}");
            let kind = case.get("kind").and_then(|kind| kind.as_str());
            assert_eq!(read.ok().map(|read| read.kind.as_str()), kind, "{text}");
            let region = case.get("region").and_then(|region| region.as_str()).map(str::to_owned);
            let read_region = read.ok().and_then(|read| read.region).map(|r| r.to_string());
            assert_eq!(read_region, region, "{text}");
        }
    }
}
