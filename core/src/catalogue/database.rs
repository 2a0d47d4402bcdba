//! What is known of a customer's installation.

/// Where a customer's software runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Hosting {
    /// As a service, where nothing can be installed: Odoo Online.
    Online,
    /// On a platform that runs the customer's own code: Odoo.sh.
    Platform,
    /// On machines of the customer's own.
    #[default]
    OnPremise,
}

impl Hosting {
    /// All.
    pub const ALL: [Self; 3] = [Self::Online, Self::Platform, Self::OnPremise];

    /// The word that databases and interfaces use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Platform => "platform",
            Self::OnPremise => "on_premise",
        }
    }

    /// The hosting of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hosting| hosting.as_str() == word)
    }
}

/// What a customer's installation is for; it says whether it may try services for free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DatabaseKind {
    /// Nothing is known to entitle it.
    #[default]
    Community,
    /// It has a valid subscription.
    Enterprise,
    /// It is for demonstration or training.
    Demo,
    /// It is for teaching.
    Educational,
    /// It uses a single application, which is free.
    OneAppFree,
}

impl DatabaseKind {
    /// All.
    pub const ALL: [Self; 5] =
        [Self::Community, Self::Enterprise, Self::Demo, Self::Educational, Self::OneAppFree];

    /// Whether it is given credits to try services.
    #[must_use]
    pub const fn is_entitled(self) -> bool {
        match self {
            Self::Community => false,
            Self::Enterprise | Self::Demo | Self::Educational | Self::OneAppFree => true,
        }
    }

    /// The word that databases and interfaces use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Community => "community",
            Self::Enterprise => "enterprise",
            Self::Demo => "demo",
            Self::Educational => "educational",
            Self::OneAppFree => "one_app_free",
        }
    }

    /// The kind of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Whether the operator lets a database in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Admission {
    /// Nobody has decided.
    Waiting,
    /// It may use services.
    Approved,
    /// It may not.
    Refused,
}

impl Admission {
    /// All.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Approved, Self::Refused];

    /// The word that databases and interfaces use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::Refused => "refused",
        }
    }

    /// The decision of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|admission| admission.as_str() == word)
    }
}

/// What becomes of databases that were never seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NewDatabases {
    /// They may use services at once.
    Open,
    /// They wait for the operator to let them in.
    #[default]
    Approve,
    /// They are turned away and not noted.
    Closed,
}

impl NewDatabases {
    /// All.
    pub const ALL: [Self; 3] = [Self::Open, Self::Approve, Self::Closed];

    /// The word that databases and interfaces use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Approve => "approve",
            Self::Closed => "closed",
        }
    }

    /// The policy of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.as_str() == word)
    }

    /// How a database stands that is seen for the first time; none where it is turned away.
    #[must_use]
    pub const fn admission(self) -> Option<Admission> {
        match self {
            Self::Open => Some(Admission::Approved),
            Self::Approve => Some(Admission::Waiting),
            Self::Closed => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_they_are_written() {
        for policy in NewDatabases::ALL {
            assert_eq!(NewDatabases::from_word(policy.as_str()), Some(policy));
        }
        for hosting in Hosting::ALL {
            assert_eq!(Hosting::from_word(hosting.as_str()), Some(hosting));
        }
        for kind in DatabaseKind::ALL {
            assert_eq!(DatabaseKind::from_word(kind.as_str()), Some(kind));
        }
        for admission in Admission::ALL {
            assert_eq!(Admission::from_word(admission.as_str()), Some(admission));
        }
    }
}
