//! Mails: what stands in them, and where they go.
//!
//! A mail is written in the recipient's language, as plain text and as HTML, and handed to a
//! [`Carrier`]: a mail server ([`Smtp`]), or a folder of files where none is set up ([`Folder`]).
//! Its Message-ID stays the same over all tries, so that a mail server that is given it a second
//! time, because the answer to the first was lost, can tell.

mod carrier;
mod folder;
mod invoice;
mod invoice_texts;
mod language;
mod letter;
mod low_credit;
pub(crate) mod number;
mod sender;
mod smtp;
mod texts;
mod wording;

pub use carrier::{Carrier, Undelivered};
pub use folder::Folder;
pub use invoice::InvoiceMail;
pub use language::Language;
pub use letter::{Letter, LetterError};
pub use low_credit::LowCredit;
pub use sender::{Sender, SenderError};
pub use smtp::{Smtp, SmtpUrl, SmtpUrlError};
pub use wording::Wording;
