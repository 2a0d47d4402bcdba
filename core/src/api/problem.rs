//! Errors, as problem details (RFC 9457).

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::credits::Amount;

/// What went wrong: for programs by its code, for people by its sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `urn:iap:problem:` and the code.
    pub r#type: String,
    /// What the HTTP status says.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened. It stays the same from version to version.
    pub code: ProblemCode,
    /// What happened and what to do, in English.
    pub detail: String,
    /// What is wrong with single fields of what was sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
    /// How many credits are missing, where that is the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shortfall: Option<Shortfall>,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// Its name.
    pub field: String,
    /// What is wrong and how it should be, in English.
    pub detail: String,
}

/// Credits that are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Shortfall {
    /// What it takes.
    pub needed: Amount,
    /// What is there.
    pub available: Amount,
    /// What is missing.
    pub missing: Amount,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $status:literal;)*) => {
        /// What can go wrong. Codes are only ever added.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ProblemCode {
            $($(#[$doc])* $name,)*
        }

        impl ProblemCode {
            /// All.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The word that travels.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// The code of that word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.as_str() == word)
            }

            /// The HTTP status that goes with it.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }
        }
    };
}

codes! {
    /// What was sent cannot be read, or a field of it is wrong.
    Invalid = "invalid", 422;
    /// What was sent is no JSON, or no request of HTTP that is understood.
    Malformed = "malformed", 400;
    /// What was sent is too large.
    TooLarge = "too_large", 413;
    /// What was sent is in no form that is read here.
    UnsupportedMediaType = "unsupported_media_type", 415;
    /// Nobody is signed in, or the key is none.
    NotSignedIn = "not_signed_in", 401;
    /// Address and password do not fit.
    WrongPassword = "wrong_password", 401;
    /// Too many attempts failed; `Retry-After` says when to try again.
    Locked = "locked", 429;
    /// More is asked for than should be; `Retry-After` says when to try again.
    TooManyRequests = "too_many_requests", 429;
    /// A sign-in through the identity provider was begun elsewhere, or too long ago, or is done.
    SignInInterrupted = "sign_in_interrupted", 400;
    /// The identity provider does not say who it is, or whoever it is has no access here.
    SignInRefused = "sign_in_refused", 403;
    /// The identity provider gave an answer that proves nothing.
    ProviderFailed = "identity_provider_failed", 502;
    /// The identity provider cannot be reached; `Retry-After` says when to try again.
    ProviderUnavailable = "identity_provider_unavailable", 503;
    /// Whoever is signed in may not do it.
    NotAllowed = "not_allowed", 403;
    /// A browser sent it on behalf of another site.
    CrossSite = "cross_site", 403;
    /// There is none, or none that one may see.
    NotFound = "not_found", 404;
    /// The address can be used, but not with this method.
    MethodNotAllowed = "method_not_allowed", 405;
    /// There is one of that name already.
    AlreadyExists = "already_exists", 409;
    /// The prices are others than those that it was compared with.
    RateCardMoved = "rate_card_moved", 409;
    /// The rate card is in force, or was: it cannot be withdrawn.
    RateCardInForce = "rate_card_in_force", 409;
    /// Not enough credits are available.
    InsufficientCredit = "insufficient_credit", 402;
    /// The account's token is disabled.
    AccountDisabled = "account_disabled", 403;
    /// The account is limited to other companies than the one that the work is for.
    CompanyNotAllowed = "company_not_allowed", 403;
    /// The hold was captured.
    HoldCaptured = "hold_captured", 409;
    /// The hold was cancelled.
    HoldCancelled = "hold_cancelled", 409;
    /// The hold's time was over.
    HoldExpired = "hold_expired", 409;
    /// More is asked for than there is to give: a capture above the hold, a withdrawal above the
    /// balance.
    TooMuch = "too_much", 409;
    /// What is asked for cannot be done with an order in its state.
    OrderState = "order_state", 409;
    /// The order was paid before, by another payment.
    PaidBefore = "paid_before", 409;
    /// So many orders wait for their money that another one is no help.
    TooManyOrders = "too_many_orders", 409;
    /// The payment service cannot be reached; `Retry-After` says when to try again.
    PaymentUnavailable = "payment_unavailable", 503;
    /// The payment service does not do what it is asked for.
    PaymentFailed = "payment_failed", 502;
    /// No invoice can be made of the order.
    NotBillable = "not_billable", 409;
    /// Moving credits takes an `Idempotency-Key`.
    KeyMissing = "idempotency_key_missing", 400;
    /// The `Idempotency-Key` was used for something else.
    KeyReused = "idempotency_key_reused", 409;
    /// The database waits for the operator, or is refused.
    DatabaseNotApproved = "database_not_approved", 403;
    /// The one operator there is cannot be taken away.
    LastOperator = "last_operator", 409;
    /// The answer took too long.
    TimedOut = "timed_out", 408;
    /// The server's database cannot be reached, or has no room.
    Unavailable = "unavailable", 503;
    /// The server failed.
    Failed = "failed", 500;
}

impl Problem {
    /// A problem with its sentence. `title` is what the HTTP status says.
    #[must_use]
    pub fn new(code: ProblemCode, title: &str, detail: impl Into<String>) -> Self {
        Self {
            r#type: alloc::format!("urn:iap:problem:{}", code.as_str()),
            title: title.into(),
            status: code.status(),
            code,
            detail: detail.into(),
            fields: Vec::new(),
            shortfall: None,
        }
    }
}
