//! The languages that mails are written in.

/// A language that mails are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English, also where nobody has said, or where we do not know the language.
    #[default]
    English,
    /// French.
    French,
    /// Dutch.
    Dutch,
    /// Romanian.
    Romanian,
    /// Turkish.
    Turkish,
}

impl Language {
    /// All.
    pub const ALL: [Self; 5] =
        [Self::English, Self::French, Self::Dutch, Self::Romanian, Self::Turkish];

    /// The language of a tag such as `fr`, `fr-BE` or `nl_NL`, whatever the country.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        let known = |known: &Self| known.tag().eq_ignore_ascii_case(language);
        Self::ALL.into_iter().find(known).unwrap_or_default()
    }

    /// Its tag, as in HTML.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
            Self::Dutch => "nl",
            Self::Romanian => "ro",
            Self::Turkish => "tr",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_whatever_the_country() {
        for (tag, language) in [
            ("en-US", Language::English),
            ("fr", Language::French),
            ("FR-be", Language::French),
            ("nl_BE", Language::Dutch),
            ("ro-RO", Language::Romanian),
            ("tr-TR", Language::Turkish),
            ("de-DE", Language::English),
            ("frr", Language::English),
            ("", Language::English),
        ] {
            assert_eq!(Language::of(tag), language, "{tag}");
        }
    }
}
