//! Who somebody is, as an identity provider says.

use iap_core::access::EmailAddress;

/// The longest subject, in bytes. Source: OpenID Connect Core 1.0, 2.
const MAX_SUBJECT: usize = 255;

/// The longest name that is kept, in characters.
const NAME: usize = 100;

/// Who somebody is, as an identity provider says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The provider.
    pub issuer: String,
    /// Who it is there, for good.
    pub subject: String,
    /// Their address, where the provider has verified it.
    pub email: Option<EmailAddress>,
    /// What they are called; may be empty.
    pub name: String,
    /// Their language, as browsers name it.
    pub language: String,
}

/// What a token or the provider's list says of somebody, as it stands there.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said<'s> {
    pub(super) subject: &'s str,
    pub(super) email: Option<&'s str>,
    pub(super) verified: bool,
    pub(super) name: &'s str,
    pub(super) language: &'s str,
}

impl Person {
    /// Made of what is said; nobody where the subject cannot be one.
    pub(super) fn new(issuer: &str, said: &Said<'_>) -> Option<Self> {
        let subject = said.subject;
        if subject.is_empty() || subject.len() > MAX_SUBJECT || subject.contains(char::is_control) {
            return None;
        }
        let name = said.name.chars().filter(|character| !character.is_control());
        let language = said.language;
        let is_language = (2..=20).contains(&language.len())
            && language.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        Some(Self {
            issuer: issuer.to_owned(),
            subject: subject.to_owned(),
            email: said.email.filter(|_| said.verified).and_then(|email| email.parse().ok()),
            name: name.take(NAME).collect::<String>().trim().to_owned(),
            language: if is_language { language } else { "en" }.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_counts_only_where_it_is_verified() {
        let said = Said { subject: "1", email: Some("Ann@Example.com"), ..Said::default() };
        assert_eq!(Person::new("i", &said).unwrap().email, None);
        let said = Said { verified: true, ..said };
        let email = Person::new("i", &said).unwrap().email.unwrap();
        assert_eq!(email.as_str(), "ann@example.com");
        let said = Said { email: Some("no address"), ..said };
        assert_eq!(Person::new("i", &said).unwrap().email, None);
    }

    #[test]
    fn nothing_is_kept_that_cannot_be_shown() {
        let long = "a".repeat(300);
        for subject in ["", "a\0", "a\n", &long] {
            assert!(Person::new("i", &Said { subject, ..Said::default() }).is_none(), "{subject}");
        }
        let said = Said { subject: "1", name: " An\0n\n", language: "<b>", ..Said::default() };
        let person = Person::new("i", &said).unwrap();
        assert_eq!((&*person.name, &*person.language), ("Ann", "en"));
        let said = Said { name: &long, language: "nl-BE", ..said };
        let person = Person::new("i", &said).unwrap();
        assert_eq!((person.name.len(), &*person.language), (100, "nl-BE"));
    }
}
