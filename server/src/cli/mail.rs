//! Where mails go.

use std::net::IpAddr;

use clap::Args;
use iap_core::api::MailMeans;
use tokio::sync::watch;

use super::failure::Failure;
use super::place::Place;
use crate::http::PublicUrl;
use crate::jobs::{JobLog, Outbox};
use crate::mail::{Folder, Sender, Smtp, SmtpUrl};
use crate::store::Store;

/// Where mails go.
#[derive(Args, Debug)]
pub(super) struct Mail {
    /// The mail server: `smtps://USER:PASSWORD@HOST`, or `smtp://USER:PASSWORD@HOST?tls=required`
    /// where TLS begins later. Without it, and for demo data, mails become files in the folder outbox
    /// (for demo data demo-outbox) of the data folder.
    #[arg(long, value_name = "URL", env = "IAP_SMTP", hide_env_values = true)]
    smtp: Option<SmtpUrl>,

    /// Whom mails come from, as in `Credits <iap@example.com>`. Without it, iap at the host of --url.
    #[arg(long, value_name = "ADDRESS", env = "IAP_MAIL_FROM")]
    mail_from: Option<String>,
}

/// Sends mails, one way or the other.
pub(super) enum Post {
    Smtp(Outbox<Smtp>),
    Folder(Outbox<Folder>),
}

impl Mail {
    /// What sends the mails of a store whose customers reach it at `url`. Mails of demo data go to
    /// nobody: they become files.
    pub(super) fn post(
        &self,
        store: Store,
        place: &Place,
        demo: bool,
        url: &PublicUrl,
    ) -> Result<Post, Failure> {
        let sender = Sender::new(self.mail_from.as_deref(), &url.to_string(), url.host())?;
        let Some(smtp) = self.smtp.as_ref().filter(|_| !demo) else {
            let folder = place.outbox(demo)?;
            tracing::info!(folder = %folder.display(), "mails are written into files");
            return Ok(Post::Folder(Outbox::new(store, sender, Folder::new(folder))));
        };
        let smtp = Smtp::new(smtp, sender.host())?;
        if smtp.is_exposed() {
            tracing::warn!(
                "the password for the mail server may go over the network unencrypted; use \
                 smtps:// or ?tls=required in --smtp"
            );
        }
        if is_here(url.host()) {
            tracing::warn!(
                "links in mails lead to {url}, which only this machine reaches; say with \
                 --url where customers reach this server"
            );
        }
        Ok(Post::Smtp(Outbox::new(store, sender, smtp)))
    }
}

/// Whether only this machine reaches a host of that number.
fn is_here(host: &str) -> bool {
    let number = host.trim_matches(['[', ']']).parse::<IpAddr>();
    number.is_ok_and(|number| number.is_loopback() || number.is_unspecified())
}

impl Post {
    /// Sends until told to stop.
    pub(super) async fn run(self, log: JobLog, stop: watch::Receiver<bool>) {
        match self {
            Self::Smtp(outbox) => outbox.run(&log, stop).await,
            Self::Folder(outbox) => outbox.run(&log, stop).await,
        }
    }

    /// How mails leave the server.
    pub(super) const fn means(&self) -> MailMeans {
        match self {
            Self::Smtp(_) => MailMeans::Smtp,
            Self::Folder(_) => MailMeans::Folder,
        }
    }
}
