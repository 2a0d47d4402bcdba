//! Errors of the interfaces, as problem details (RFC 9457).

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use iap_core::access::{EmailAddressError, Locked, PasswordError};
use iap_core::api::{FieldProblem, Problem, ProblemCode, Shortfall};
use iap_core::credits::{Amount, Disabled, InsufficientCredit, ResolveError, TokenError};

use crate::customers::CustomerError;
use crate::oidc::OidcError;
use crate::password::HashError;
use crate::store::{IdentityError, LedgerError, Refusal, StoreError, UserError};

/// An error answer.
#[derive(Debug)]
pub(super) struct Refused {
    problem: Box<Problem>,
    /// When it can be tried again, in seconds.
    retry_after: Option<u32>,
}

impl Refused {
    /// With a sentence for people: what happened and what to do.
    pub(super) fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        let title = StatusCode::from_u16(code.status()).ok();
        let title = title.and_then(|status| status.canonical_reason()).unwrap_or("Error");
        Self { problem: Box::new(Problem::new(code, title, detail)), retry_after: None }
    }

    /// A field of what was sent is wrong.
    pub(super) fn field(field: &str, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let mut refused = Self::new(ProblemCode::Invalid, &*detail);
        refused.problem.fields.push(FieldProblem { field: field.to_owned(), detail });
        refused
    }

    /// Several fields of what was sent are wrong; the sentence is that of the first.
    pub(super) fn fields(wrong: impl IntoIterator<Item = (String, String)>) -> Self {
        let fields = wrong.into_iter().map(|(field, detail)| FieldProblem { field, detail });
        let fields: Vec<_> = fields.collect();
        let detail = fields.first().map_or_else(String::new, |first| first.detail.clone());
        let mut refused = Self::new(ProblemCode::Invalid, detail);
        refused.problem.fields = fields;
        refused
    }

    /// The payment service cannot be reached.
    pub(super) fn payment_unavailable(detail: String) -> Self {
        Self { retry_after: Some(5), ..Self::new(ProblemCode::PaymentUnavailable, detail) }
    }

    /// The same for another reason.
    pub(super) fn set_code(&mut self, code: ProblemCode) {
        let problem = std::mem::replace(&mut *self.problem, Problem::new(code, "", ""));
        *self = Self::new(code, problem.detail);
        self.problem.fields = problem.fields;
    }

    /// The sentence.
    pub(super) fn detail(&self) -> &str {
        &self.problem.detail
    }

    /// There is none, or none that one may see.
    pub(super) fn not_found(what: &str) -> Self {
        Self::new(ProblemCode::NotFound, format!("There is no such {what}."))
    }

    /// The same where what was not found is a part of what was asked for.
    pub(super) fn of(self, what: &str) -> Self {
        if self.problem.code == ProblemCode::NotFound { Self::not_found(what) } else { self }
    }

    /// Whoever is signed in may not do it.
    pub(super) fn not_allowed(who_may: &str) -> Self {
        Self::new(ProblemCode::NotAllowed, format!("You may not do this: {who_may} can."))
    }
}

/// Whatever could not be done because of the server itself.
fn failed(error: &dyn std::fmt::Debug) -> Refused {
    tracing::error!(?error, "a request failed");
    Refused::new(
        ProblemCode::Failed,
        "The server failed at this request. Try again; if it happens again, tell whoever runs it.",
    )
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.problem.status);
        let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(&self.problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

impl From<&StoreError> for Refused {
    fn from(error: &StoreError) -> Self {
        match error {
            StoreError::Unreachable(_) | StoreError::Full(_) | StoreError::Closed => {
                tracing::error!(?error, "the store failed");
                Self {
                    retry_after: Some(5),
                    ..Self::new(ProblemCode::Unavailable, error.to_string())
                }
            }
            error => failed(error),
        }
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::from(&error)
    }
}

impl From<UserError> for Refused {
    fn from(error: UserError) -> Self {
        let detail = error.to_string();
        match error {
            UserError::Unknown => Self::new(ProblemCode::NotFound, detail),
            UserError::UnknownService => Self::field("services", detail),
            UserError::Taken => {
                let mut refused = Self::field("email", detail);
                refused.set_code(ProblemCode::AlreadyExists);
                refused
            }
            UserError::LastOperator => Self::new(ProblemCode::LastOperator, detail),
            UserError::Store(error) => error.into(),
        }
    }
}

impl From<OidcError> for Refused {
    fn from(error: OidcError) -> Self {
        let refused = |code| Self::new(code, error.to_string());
        match error {
            OidcError::Unreachable | OidcError::Busy => {
                Self { retry_after: Some(5), ..refused(ProblemCode::ProviderUnavailable) }
            }
            OidcError::Over => refused(ProblemCode::SignInInterrupted),
            OidcError::Untrusted => refused(ProblemCode::ProviderFailed),
            OidcError::NotInGroup => refused(ProblemCode::SignInRefused),
        }
    }
}

impl From<IdentityError> for Refused {
    fn from(error: IdentityError) -> Self {
        let detail = error.to_string();
        let code = match error {
            IdentityError::Disabled => ProblemCode::NotAllowed,
            IdentityError::Finished => ProblemCode::SignInInterrupted,
            IdentityError::Unverified | IdentityError::Unknown(_) | IdentityError::Taken(_) => {
                ProblemCode::SignInRefused
            }
            IdentityError::Store(error) => return error.into(),
        };
        Self::new(code, detail)
    }
}

impl From<LedgerError> for Refused {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::Refused(refusal) => refusal.into(),
            LedgerError::Store(error) => Self::from(&*error),
        }
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        let detail = refusal.to_string();
        let code = match refusal {
            Refusal::UnknownAccount | Refusal::UnknownHold => ProblemCode::NotFound,
            Refusal::Insufficient(short) => return short.into(),
            Refusal::Disabled => ProblemCode::AccountDisabled,
            Refusal::Resolve(error) => match error {
                ResolveError::Captured(_) => ProblemCode::HoldCaptured,
                ResolveError::Cancelled => ProblemCode::HoldCancelled,
                ResolveError::Expired => ProblemCode::HoldExpired,
                _ => ProblemCode::TooMuch,
            },
            Refusal::Withdraw(_) | Refusal::Overflow => ProblemCode::TooMuch,
            Refusal::KeyReused => ProblemCode::KeyReused,
        };
        Self::new(code, detail)
    }
}

impl From<InsufficientCredit> for Refused {
    fn from(short: InsufficientCredit) -> Self {
        let mut refused = Self::new(ProblemCode::InsufficientCredit, short.to_string());
        let available = Amount::new(short.available).unwrap_or_default();
        let (needed, missing) = (short.needed, short.missing());
        refused.problem.shortfall = Some(Shortfall { needed, available, missing });
        refused
    }
}

impl From<CustomerError> for Refused {
    fn from(error: CustomerError) -> Self {
        match error {
            CustomerError::BadUuid | CustomerError::Ambiguous => {
                Self::field("database", error.to_string())
            }
            CustomerError::NotAdmitted => {
                Self::new(ProblemCode::DatabaseNotApproved, error.to_string())
            }
            CustomerError::TooManyNew => Self {
                retry_after: Some(60),
                ..Self::new(ProblemCode::TooManyRequests, error.to_string())
            },
            CustomerError::Company(error) => {
                Self::new(ProblemCode::CompanyNotAllowed, error.to_string())
            }
            CustomerError::Store(error) => error.into(),
            CustomerError::Ledger(error) => error.into(),
        }
    }
}

impl From<TokenError> for Refused {
    fn from(error: TokenError) -> Self {
        Self::field("account_token", error.to_string())
    }
}

impl From<Disabled> for Refused {
    fn from(error: Disabled) -> Self {
        Self::new(ProblemCode::AccountDisabled, error.to_string())
    }
}

impl From<EmailAddressError> for Refused {
    fn from(error: EmailAddressError) -> Self {
        Self::field("email", error.to_string())
    }
}

impl From<PasswordError> for Refused {
    fn from(error: PasswordError) -> Self {
        Self::field("password", error.to_string())
    }
}

impl From<Locked> for Refused {
    fn from(locked: Locked) -> Self {
        let retry_after = Some(locked.minutes.saturating_mul(60));
        Self { retry_after, ..Self::new(ProblemCode::Locked, locked.to_string()) }
    }
}

impl From<HashError> for Refused {
    fn from(error: HashError) -> Self {
        failed(&error)
    }
}

impl From<getrandom::Error> for Refused {
    fn from(error: getrandom::Error) -> Self {
        failed(&error)
    }
}
