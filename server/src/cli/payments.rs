//! How orders are paid.

use clap::Args;

use super::failure::Failure;
use crate::payments::{Payments, SecretKey, Stripe, StripeUrl, WebhookSecret};
use crate::store::Store;

/// Payments by card. Without them, operators say how orders are paid, and when money came.
#[derive(Args, Debug)]
#[command(next_help_heading = "Payments by card (Stripe)")]
pub(super) struct Pay {
    /// The secret or restricted key. Better in the environment: other users of the machine see what
    /// stands on a command line.
    #[arg(
        long = "stripe-secret-key",
        value_name = "KEY",
        env = "IAP_STRIPE_SECRET_KEY",
        hide_env_values = true,
        requires = "publishable_key"
    )]
    secret_key: Option<SecretKey>,

    /// The publishable key, for the browsers of those who pay.
    #[arg(
        long = "stripe-publishable-key",
        value_name = "KEY",
        env = "IAP_STRIPE_PUBLISHABLE_KEY",
        requires = "secret_key"
    )]
    publishable_key: Option<String>,

    /// With what Stripe signs its notices. There, let it send events of payment intents to
    /// /payments/stripe below --url. Without it, Stripe is asked every few seconds for what becomes of
    /// payments under way.
    #[arg(
        long = "stripe-webhook-secret",
        value_name = "SECRET",
        env = "IAP_STRIPE_WEBHOOK_SECRET",
        hide_env_values = true,
        requires = "secret_key"
    )]
    webhook_secret: Option<WebhookSecret>,

    /// Where Stripe is, for tests; it has the script for browsers at /js.stripe.com/v3/ then.
    #[arg(
        long = "stripe-url",
        value_name = "URL",
        env = "IAP_STRIPE_URL",
        requires = "secret_key"
    )]
    stripe_url: Option<StripeUrl>,
}

impl Pay {
    /// What takes payments, and the secret that notices of them are signed with.
    pub(super) fn payments(
        &self,
        store: Store,
        demo: bool,
    ) -> Result<(Payments, Option<WebhookSecret>), Failure> {
        let (Some(key), Some(publishable_key)) = (&self.secret_key, &self.publishable_key) else {
            let payments = if demo { Payments::demo(store) } else { Payments::none(store) };
            return Ok((payments, None));
        };
        if demo {
            return Err(Failure::Usage(
                "On demo data nothing is real: leave out --stripe-secret-key and its likes.",
            ));
        }
        if self.webhook_secret.as_ref().is_some_and(WebhookSecret::is_empty) {
            // Anybody could sign with it.
            return Err(Failure::Usage("Give --stripe-webhook-secret, or leave it out."));
        }
        let (key, url) = (key.clone(), self.stripe_url.clone());
        let stripe = Stripe::new(key, publishable_key.clone(), url)
            .map_err(|error| Failure::System("Reading the system's certificates", error))?;
        tracing::info!("orders can be paid by card, through Stripe");
        Ok((Payments::stripe(store, stripe), self.webhook_secret.clone()))
    }
}
