//! Numbers under which businesses are known for value added tax.

use alloc::string::String;
use core::error::Error;
use core::fmt;

use crate::phone::Region;

/// A number for value added tax, with the prefix of its country: `BE0123456789`.
///
/// Only its form is looked at, for the countries of the European Union, the United Kingdom, Norway and
/// Switzerland; of others it is any 4 to 20 letters and digits. Whether it was given to anybody only the
/// country's own register knows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct VatNumber {
    text: String,
    country: Region,
}

/// For each country its prefix and the forms of what follows: `9` stands for a digit, `a` for a letter,
/// `x` for either, `s` for either, a plus or a star; capitals for themselves.
///
/// Sources: the European Commission's VIES, question "What is the format of VAT numbers?"; HMRC,
/// VAT Notice 725; the Norwegian and Swiss registers.
const FORMS: [(&str, &str, &[&str]); 30] = [
    ("AT", "AT", &["U99999999"]),
    ("BE", "BE", &["0999999999", "1999999999"]),
    ("BG", "BG", &["999999999", "9999999999"]),
    ("CH", "CHE", &["999999999", "999999999MWST", "999999999TVA", "999999999IVA"]),
    ("CY", "CY", &["99999999a"]),
    ("CZ", "CZ", &["99999999", "999999999", "9999999999"]),
    ("DE", "DE", &["999999999"]),
    ("DK", "DK", &["99999999"]),
    ("EE", "EE", &["999999999"]),
    ("ES", "ES", &["a9999999a", "a99999999", "99999999a"]),
    ("FI", "FI", &["99999999"]),
    ("FR", "FR", &["xx999999999"]),
    ("GB", "GB", &["999999999", "999999999999", "GD999", "HA999"]),
    ("GR", "EL", &["999999999"]),
    ("HR", "HR", &["99999999999"]),
    ("HU", "HU", &["99999999"]),
    ("IE", "IE", &["9s99999a", "9999999aa"]),
    ("IT", "IT", &["99999999999"]),
    ("LT", "LT", &["999999999", "999999999999"]),
    ("LU", "LU", &["99999999"]),
    ("LV", "LV", &["99999999999"]),
    ("MT", "MT", &["99999999"]),
    ("NL", "NL", &["999999999B99"]),
    ("NO", "NO", &["999999999", "999999999MVA"]),
    ("PL", "PL", &["9999999999"]),
    ("PT", "PT", &["999999999"]),
    (
        "RO",
        "RO",
        &["99", "999", "9999", "99999", "999999", "9999999", "99999999", "999999999", "9999999999"],
    ),
    ("SE", "SE", &["999999999999"]),
    ("SI", "SI", &["99999999"]),
    ("SK", "SK", &["9999999999"]),
];

impl VatNumber {
    /// Reads the number of a business in a country as people write it: with spaces, points or hyphens, in
    /// small letters, with the country's prefix or without.
    ///
    /// # Errors
    /// [`VatNumberError`] where numbers of that country look otherwise.
    pub fn read(text: &str, country: Region) -> Result<Self, VatNumberError> {
        let separator = |c: &char| c.is_whitespace() || ".-/".contains(*c);
        let text: String =
            text.chars().filter(|c| !separator(c)).map(|c| c.to_ascii_uppercase()).collect();
        let error = VatNumberError { example: example(country) };
        let Some((_, prefix, forms)) = FORMS.iter().find(|(code, ..)| *code == country.as_str())
        else {
            let fits = (4..=20).contains(&text.len())
                && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
            return if fits { Ok(Self { text, country }) } else { Err(error) };
        };
        // Whether the prefix is there is told by what follows: "CHE" begins with "CH", and a Dutch
        // number may itself begin with letters.
        let bare = text.strip_prefix(prefix).unwrap_or(&text);
        if forms.iter().any(|form| fits(form, bare)) {
            Ok(Self { text: alloc::format!("{prefix}{bare}"), country })
        } else {
            Err(error)
        }
    }

    /// The number with its prefix, in capitals, without separators.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it begins with two letters that tell the country, as EN 16931 wants it of numbers on
    /// invoices (BR-CO-09); Greek ones begin with `EL`.
    #[must_use]
    pub fn tells_country(&self) -> bool {
        let prefix = if self.country.as_str() == "GR" { "EL" } else { self.country.as_str() };
        self.text.starts_with(prefix)
    }

    /// The country that gave it.
    #[must_use]
    pub const fn country(&self) -> Region {
        self.country
    }
}

fn fits(form: &str, text: &str) -> bool {
    form.len() == text.len()
        && form.bytes().zip(text.bytes()).all(|(form, byte)| match form {
            b'9' => byte.is_ascii_digit(),
            b'x' => byte.is_ascii_alphanumeric(),
            b's' => byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'*'),
            b'a' => byte.is_ascii_alphabetic(),
            itself => byte == itself,
        })
}

/// What numbers of a country look like; empty where any form is taken.
fn example(country: Region) -> &'static str {
    EXAMPLES
        .split_ascii_whitespace()
        .find_map(|entry| entry.split_once(':').filter(|(code, _)| *code == country.as_str()))
        .map_or("", |(_, example)| example)
}

/// One for each country of [`FORMS`]; none is a business's.
const EXAMPLES: &str = "AT:ATU12345678 BE:BE0123456789 BG:BG123456789 CH:CHE123456789MWST \
CY:CY12345678X CZ:CZ12345678 DE:DE123456789 DK:DK12345678 EE:EE123456789 ES:ESX1234567X \
FI:FI12345678 FR:FR12345678901 GB:GB123456789 GR:EL123456789 HR:HR12345678901 HU:HU12345678 \
IE:IE1234567X IT:IT12345678901 LT:LT123456789 LU:LU12345678 LV:LV12345678901 MT:MT12345678 \
NL:NL123456789B01 NO:NO123456789MVA PL:PL1234567890 PT:PT123456789 RO:RO12345678 SE:SE123456789001 \
SI:SI12345678 SK:SK1234567890";

impl fmt::Display for VatNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// A text that is no number for value added tax in its country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VatNumberError {
    /// What one of that country looks like; empty where any 4 to 20 letters and digits are taken.
    pub example: &'static str,
}

impl fmt::Display for VatNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.example.is_empty() {
            f.write_str("A VAT number has 4 to 20 letters and digits.")
        } else {
            write!(f, "A VAT number of this country looks like {}.", self.example)
        }
    }
}

impl Error for VatNumberError {}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::*;

    fn read(text: &str, country: &str) -> Result<String, String> {
        let number = VatNumber::read(text, country.parse().unwrap());
        number.map(|it| it.to_string()).map_err(|error| error.to_string())
    }

    #[test]
    fn every_example_has_the_form_of_its_country() {
        for (code, prefix, _) in FORMS {
            let country = code.parse::<Region>().unwrap();
            let example = example(country);
            assert!(example.starts_with(prefix), "{code}");
            assert_eq!(VatNumber::read(example, country).unwrap().as_str(), example);
            // The prefix may be left out.
            let bare = example.strip_prefix(prefix).unwrap();
            assert_eq!(VatNumber::read(bare, country).unwrap().as_str(), example);
        }
    }

    #[test]
    fn separators_and_small_letters_are_read() {
        assert_eq!(read(" be 0123.456.789 ", "BE").unwrap(), "BE0123456789");
        assert_eq!(read("che-123.456.789 mwst", "CH").unwrap(), "CHE123456789MWST");
        assert_eq!(read("nl 123456789 b01", "NL").unwrap(), "NL123456789B01");
        assert_eq!(read("1234567890", "TR").unwrap(), "1234567890");
    }

    #[test]
    fn some_numbers_tell_their_country() {
        for (text, country, tells) in [
            ("BE0123456789", "BE", true),
            ("EL123456789", "GR", true),
            ("CHE123456789MWST", "CH", true),
            ("1234567890", "TR", false),
            ("TR1234567890", "TR", true),
        ] {
            let number = VatNumber::read(text, country.parse().unwrap()).unwrap();
            assert_eq!(number.tells_country(), tells, "{text}");
        }
    }

    #[test]
    fn what_looks_otherwise_is_refused_with_an_example() {
        for (text, country) in [
            ("", "BE"),
            ("BE2123456789", "BE"),
            ("BE012345678", "BE"),
            ("FR12345678901", "BE"),
            ("ATX12345678", "AT"),
            ("DE12345678É", "DE"),
            ("RO1", "RO"),
            ("HB123", "GB"),
            ("123456789A01", "NL"),
        ] {
            let example = example(country.parse().unwrap());
            assert!(read(text, country).unwrap_err().contains(example), "{text}");
        }
        assert!(read("abc", "US").is_err());
        assert!(read("1234 5678 9012 3456 7890 1", "US").is_err());
    }
}
