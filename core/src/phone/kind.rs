//! What a number is used for.

/// What a number is used for, as far as its digits tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// A line at a place.
    FixedLine,
    /// A mobile phone.
    Mobile,
    /// Fixed and mobile lines share the range, as in the United States.
    FixedLineOrMobile,
    /// The called party pays.
    TollFree,
    /// The caller pays more than for a call, and a third party earns on it.
    PremiumRate,
    /// Caller and called party share the cost.
    SharedCost,
    /// Telephony over the internet.
    Voip,
    /// A number that follows a person from line to line.
    PersonalNumber,
    /// A pager.
    Pager,
    /// A company's number that leads to one of its lines ("universal access number").
    Uan,
    /// Gives access to a voice mailbox.
    Voicemail,
}

impl Kind {
    /// Whether the number can be that of a mobile phone, the only kind that takes an SMS
    /// everywhere.
    #[must_use]
    pub const fn can_be_mobile(self) -> bool {
        matches!(self, Self::Mobile | Self::FixedLineOrMobile)
    }

    /// Whether the number is premium-rate: nothing is delivered to it and nothing is charged.
    #[must_use]
    pub const fn is_premium_rate(self) -> bool {
        matches!(self, Self::PremiumRate)
    }

    /// The kind's name in code and in files, as in `fixed_line_or_mobile`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FixedLine => "fixed_line",
            Self::Mobile => "mobile",
            Self::FixedLineOrMobile => "fixed_line_or_mobile",
            Self::TollFree => "toll_free",
            Self::PremiumRate => "premium_rate",
            Self::SharedCost => "shared_cost",
            Self::Voip => "voip",
            Self::PersonalNumber => "personal_number",
            Self::Pager => "pager",
            Self::Uan => "uan",
            Self::Voicemail => "voicemail",
        }
    }
}
