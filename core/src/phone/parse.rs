//! From what people type to E.164.
//!
//! The steps are those of the phone library, Google's libphonenumber: an international prefix,
//! a calling code, a national prefix are taken away where that makes a number of the country.

use super::dialled::Dialled;
use super::plan::{Length, NATIONAL_DIGITS, Plan, Plans};
use super::prefix::Digits;
use super::{Kind, ParseError, PhoneNumber, Region};

/// The fewest digits that are taken for a national number.
const LEAST_DIGITS: usize = 2;

/// A number in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ParsedNumber {
    /// The number itself.
    pub number: PhoneNumber,
    /// The country or territory; none for numbers of no country, such as `+800…`.
    pub region: Option<Region>,
    /// What the number is used for.
    pub kind: Kind,
}

/// Reads a number as people type it: `0470 12 34 56` with the default country `BE`,
/// `+32 (0)470/12.34.56`, `0032 470 123 456`, `tel:+32-470-12-34-56`, with digits of any script.
///
/// The default country is the one whose calling code and dialling prefixes are meant where the
/// number does not begin with a plus sign; a region without numbers of its own counts as none.
///
/// # Errors
/// Says why the text is not taken. The rules for each country are those of the phone library,
/// with these differences: letters are never taken for digits, extensions are refused, and a
/// number has at most 15 digits, as E.164 says.
pub fn parse(text: &str, default: Option<Region>) -> Result<ParsedNumber, ParseError> {
    let dialled = Dialled::read(text)?;
    let plans = Plans::get().ok_or(ParseError::NoPlans)?;
    let home = default.and_then(|region| plans.of_region(region));
    if !dialled.plus && home.is_none() {
        return Err(ParseError::NoCountry);
    }
    if dialled.cut {
        return Err(ParseError::TooLong { region: home.and_then(|plan| plan.region) });
    }
    let (code, national) = if dialled.plus {
        match international(plans, &dialled.digits, home)? {
            Some(found) => found,
            // A plus sign and then what is dialled at home for other countries: `+00…`.
            None => match at_home(plans, &dialled.digits, home)? {
                (Some(code), national) => (Some(code), national),
                (None, _) => return Err(ParseError::UnknownCallingCode),
            },
        }
    } else {
        at_home(plans, &dialled.digits, home)?
    };
    let main = code.and_then(|code| plans.main(code));
    // The rules are those of the code's main country, or of the default one where that is it.
    let plan = main.or(home).ok_or(ParseError::UnknownCallingCode)?;
    national_number(plans, plan, national)
}

/// The country and kind of a number.
///
/// # Errors
/// Says why the number is not in use.
pub fn identify(number: PhoneNumber) -> Result<ParsedNumber, ParseError> {
    let plans = Plans::get().ok_or(ParseError::NoPlans)?;
    let digits = number.digits().as_bytes();
    let (code, len) = plans.calling_code(digits).ok_or(ParseError::UnknownCallingCode)?;
    let plan = plans.main(code).ok_or(ParseError::UnknownCallingCode)?;
    let national = digits.get(len..).unwrap_or_default();
    let (region, kind) = plans.kind(code, national).ok_or_else(|| reason(plan, national.len()))?;
    Ok(ParsedNumber { number, region, kind })
}

/// A calling code, if one was found, and the digits behind it.
type Split = (Option<u32>, Digits);

/// Splits a number that starts with a calling code; none where the code is not known.
fn international(
    plans: &Plans,
    digits: &Digits,
    home: Option<&Plan>,
) -> Result<Option<Split>, ParseError> {
    if digits.as_slice().len() <= LEAST_DIGITS {
        return Err(ParseError::TooShort { region: home.and_then(|plan| plan.region) });
    }
    let found = plans.calling_code(digits.as_slice());
    Ok(found.map(|(code, len)| (Some(code), digits.from(len))))
}

/// Splits a number as it is dialled from the default country.
fn at_home(plans: &Plans, digits: &Digits, home: Option<&Plan>) -> Result<Split, ParseError> {
    let Some(home) = home else { return Ok((None, *digits)) };
    if let Some(end) = home.international_prefix(digits.as_slice()) {
        return international(plans, &digits.from(end), None)?
            .ok_or(ParseError::UnknownCallingCode);
    }
    // The country's own calling code without a plus sign, where that makes a number of it.
    let (code, len) = plans.calling_code(digits.as_slice()).unwrap_or_default();
    if code == home.code {
        let mut shorter = digits.from(len);
        plans.strip_national_prefix(home, &mut shorter);
        if plans.repairs(home, digits.as_slice(), shorter.as_slice())
            || home.length(digits.as_slice().len()) == Length::TooLong
        {
            return Ok((Some(home.code), shorter));
        }
    }
    Ok((None, *digits))
}

/// Takes the national prefix away and finds out whose number it is.
fn national_number(
    plans: &Plans,
    plan: &Plan,
    mut national: Digits,
) -> Result<ParsedNumber, ParseError> {
    let region = plan.region;
    if national.as_slice().len() < LEAST_DIGITS {
        return Err(ParseError::TooShort { region });
    }
    let mut stripped = national;
    plans.strip_national_prefix(plan, &mut stripped);
    // What is left may be too little; then the prefix was part of a short number.
    if matches!(plan.length(stripped.as_slice().len()), Length::Possible | Length::TooLong) {
        national = stripped;
    }
    let digits = national.as_slice();
    if digits.len() > NATIONAL_DIGITS {
        return Err(ParseError::TooLong { region });
    }
    let Some((region, kind)) = plans.kind(plan.code, digits) else {
        let dialled = stripped.as_slice().len();
        return Err(match reason(plan, dialled) {
            // Who dials the national prefix does not leave the area code out.
            ParseError::NoAreaCode { region } if dialled < digits.len() => {
                ParseError::TooShort { region }
            }
            reason => reason,
        });
    };
    Ok(ParsedNumber { number: PhoneNumber::from_parts(plan.code, digits)?, region, kind })
}

/// Why a national number of so many digits is not in use.
fn reason(plan: &Plan, digits: usize) -> ParseError {
    let region = plan.region;
    match plan.length(digits) {
        Length::TooShort => ParseError::TooShort { region },
        Length::TooLong => ParseError::TooLong { region },
        Length::Local => ParseError::NoAreaCode { region },
        Length::Possible | Length::Between => ParseError::NotInUse { region },
    }
}
