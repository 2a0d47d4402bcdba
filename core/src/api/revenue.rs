//! What providers earn.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::access::EmailAddress;
use crate::catalogue::{ServiceIcon, ServiceName};
use crate::credits::{Currency, Share, Taken};
use crate::pricing::Credits;

/// What a service took in one span of time after another, and what it is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Revenue {
    /// The service, by key.
    pub service: i64,
    /// What programs call it.
    pub name: ServiceName,
    /// What people call it.
    pub label: String,
    /// Its picture.
    pub icon: ServiceIcon,
    /// Who offers it, by their addresses.
    pub providers: Vec<EmailAddress>,
    /// The platform's part of what is earned, as it is set now.
    pub platform_share: Share,
    /// One for each span, in the order of time.
    pub spans: Vec<Earned>,
}

/// What was taken in a span of time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Earned {
    /// Credits that were paid for, less those given back.
    pub paid: Credits,
    /// Credits that were granted, less those given back. They earn nothing.
    pub granted: Credits,
    /// How often something was taken or given back.
    pub executions: i64,
    /// What the credits that were paid for are worth, in each currency that they were paid in.
    pub money: Vec<Earnings>,
}

/// Money that was earned in a currency, in its minor units (cents), without tax. Below nothing where more was
/// given back than taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Earnings {
    /// The currency.
    pub currency: Currency,
    /// What customers paid for the credits that were taken.
    pub gross: i64,
    /// The platform's part.
    pub platform: i64,
    /// What is left, for the provider.
    pub payout: i64,
}

impl Earned {
    /// What was taken, with what is earned divided between the platform and the provider.
    #[must_use]
    pub fn new(taken: Taken, share: Share) -> Self {
        let divide = |(currency, gross): (Currency, i64)| {
            let (platform, payout) = share.split(gross);
            Earnings { currency, gross, platform, payout }
        };
        Self {
            paid: taken.paid,
            granted: taken.granted,
            executions: taken.executions,
            money: taken.worth.into_iter().map(divide).collect(),
        }
    }
}
