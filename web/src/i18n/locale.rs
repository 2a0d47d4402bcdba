//! The languages of the application.

use crate::storage;

/// A language of the application. Further languages need a file in `locales/` and an entry here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    /// English
    #[default]
    En,
    /// French
    Fr,
    /// Dutch
    Nl,
    /// Romanian
    Ro,
    /// Turkish
    Tr,
}

/// Where the chosen language is kept.
pub const STORAGE_KEY: &str = "iap.locale";

impl Locale {
    /// Every language, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::En, Self::Fr, Self::Nl, Self::Ro, Self::Tr];

    /// The BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::Nl => "nl",
            Self::Ro => "ro",
            Self::Tr => "tr",
        }
    }

    /// The language's own name for itself, by which its speakers find it in a list.
    #[must_use]
    pub const fn endonym(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
            Self::Nl => "Nederlands",
            Self::Ro => "Română",
            Self::Tr => "Türkçe",
        }
    }

    /// The language of a BCP 47 tag such as `fr-BE`, whatever its region; none if it is not ours.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let language = tag.split('-').next().unwrap_or_default();
        Self::ALL.into_iter().find(|locale| locale.tag().eq_ignore_ascii_case(language))
    }

    /// The categories of cardinal numbers in which this language's plural forms are written, in
    /// the order of the table. `other` stands last.
    #[must_use]
    pub const fn plural_categories(self) -> &'static [&'static str] {
        match self {
            Self::En | Self::Nl | Self::Tr => &["one", "other"],
            Self::Fr => &["one", "many", "other"],
            Self::Ro => &["one", "few", "other"],
        }
    }

    /// The remembered choice, or the first of the browser's languages that we speak, or English.
    #[must_use]
    pub fn preferred() -> Self {
        storage::get(STORAGE_KEY).as_deref().and_then(Self::from_tag).unwrap_or_else(|| {
            let languages = web_sys::window().map(|window| window.navigator().languages());
            languages
                .iter()
                .flat_map(js_sys::Array::iter)
                .filter_map(|tag| tag.as_string())
                .find_map(|tag| Self::from_tag(&tag))
                .unwrap_or_default()
        })
    }
}
