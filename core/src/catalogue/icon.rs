//! Pictures of services and packs.

/// A picture that stands beside a service or a pack: one of ours, so that no picture of somebody else is ever
/// loaded or kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ServiceIcon {
    /// Coins: nothing was chosen.
    #[default]
    Coins,
    /// A message.
    Message,
    /// A telephone.
    Phone,
    /// A letter.
    Letter,
    /// A document.
    Document,
    /// A magnifying glass.
    Search,
    /// People.
    People,
    /// A building.
    Building,
    /// A globe.
    Globe,
    /// A cloud.
    Cloud,
    /// A lorry.
    Lorry,
    /// A shield.
    Shield,
    /// A star.
    Star,
    /// A wand.
    Wand,
}

impl ServiceIcon {
    /// All.
    pub const ALL: [Self; 14] = [
        Self::Coins,
        Self::Message,
        Self::Phone,
        Self::Letter,
        Self::Document,
        Self::Search,
        Self::People,
        Self::Building,
        Self::Globe,
        Self::Cloud,
        Self::Lorry,
        Self::Shield,
        Self::Star,
        Self::Wand,
    ];

    /// The word that databases and interfaces use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Coins => "coins",
            Self::Message => "message",
            Self::Phone => "phone",
            Self::Letter => "letter",
            Self::Document => "document",
            Self::Search => "search",
            Self::People => "people",
            Self::Building => "building",
            Self::Globe => "globe",
            Self::Cloud => "cloud",
            Self::Lorry => "lorry",
            Self::Shield => "shield",
            Self::Star => "star",
            Self::Wand => "wand",
        }
    }

    /// The picture of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|icon| icon.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_a_word_of_its_own() {
        for icon in ServiceIcon::ALL {
            assert_eq!(ServiceIcon::from_word(icon.as_str()), Some(icon));
        }
        assert_eq!(ServiceIcon::from_word("https://example.com/icon.svg"), None);
        assert_eq!(ServiceIcon::default(), ServiceIcon::Coins);
    }
}
