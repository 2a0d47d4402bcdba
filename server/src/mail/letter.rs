//! A mail that is ready to be sent.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use iap_core::time::Timestamp;
use lettre::address::Envelope;
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Attachment, Body, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};

use super::invoice::InvoiceMail;
use super::language::Language;
use super::low_credit::LowCredit;
use super::sender::Sender;
use super::wording::Wording;
use crate::store::WaitingMail;

/// The last moment that a mail's date can tell: the end of the year 9999.
const LAST_DATE: u64 = 253_402_300_799_000;

/// A mail that is ready to be sent.
#[derive(Clone)]
pub struct Letter {
    name: String,
    message: Message,
}

impl Letter {
    /// Writes a mail of the outbox.
    ///
    /// # Errors
    /// [`LetterError`]; it would be the same another time.
    pub fn write(mail: &WaitingMail, sender: &Sender) -> Result<Self, LetterError> {
        let language = Language::of(&mail.language);
        let (wording, enclosed) = match (&*mail.template, &mail.account, &mail.invoice) {
            (LowCredit::TEMPLATE, Some(account), _) => {
                let warning = LowCredit::read(&mail.content, account.clone());
                let warning = warning.ok_or(LetterError::Content)?;
                (warning.write(language, sender), Enclosed::default())
            }
            (InvoiceMail::INVOICE | InvoiceMail::CREDIT_NOTE, _, Some(document)) => {
                let invoice = InvoiceMail::new(document).ok_or(LetterError::Content)?;
                let files =
                    invoice.files().map_err(|error| LetterError::Files(error.to_string()))?;
                let reply_to = Some(invoice.reply_to().to_owned());
                (invoice.write(language, sender), Enclosed { reply_to, files })
            }
            _ => return Err(LetterError::Content),
        };
        let (id, since) = (mail.claim.mail(), mail.tried_since);
        Self::new(id, since, &mail.recipient, wording, enclosed, sender)
    }

    /// A mail by its key, first tried at `since`. Both make its Message-ID: it is the same for all
    /// tries, and another one when the mail is sent again because somebody wants it to, or when
    /// another database begins to count anew.
    fn new(
        id: i64,
        since: Timestamp,
        recipient: &str,
        wording: Wording,
        enclosed: Enclosed,
        sender: &Sender,
    ) -> Result<Self, LetterError> {
        let recipient: Address =
            recipient.parse().map_err(|_| LetterError::Recipient(recipient.to_owned()))?;
        let name = format!("mail-{id}-{}", since.millis());
        let text = MultiPart::alternative_plain_html(wording.text, wording.html);
        let content = if enclosed.files.is_empty() {
            text
        } else {
            let mut content = MultiPart::mixed().multipart(text);
            for file in enclosed.files {
                content = content.singlepart(file.attached()?);
            }
            content
        };
        let mut message = Message::builder();
        if let Some(address) = enclosed.reply_to.and_then(|it| it.parse::<Address>().ok()) {
            message = message.reply_to(Mailbox::new(None, address));
        }
        let message = message
            .message_id(Some(format!("<{name}@{}>", sender.host)))
            .date(date(since))
            .from(sender.from.clone())
            .to(Mailbox::new(None, recipient))
            .subject(wording.subject)
            .header(AutoSubmitted)
            .multipart(content)
            .map_err(|_| LetterError::Content)?;
        Ok(Self { name, message })
    }

    /// What no other mail of this server is called: letters, digits and hyphens.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// From whom to whom it is carried.
    #[must_use]
    pub fn envelope(&self) -> &Envelope {
        self.message.envelope()
    }

    /// The mail as it travels: RFC 5322.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.message.formatted()
    }
}

/// What comes with a mail.
#[derive(Default)]
struct Enclosed {
    /// Who reads the answer, if it is not who sends.
    reply_to: Option<String>,
    files: Vec<Enclosure>,
}

/// A file that is attached.
pub(super) struct Enclosure {
    pub(super) name: String,
    /// Its type, as MIME calls it.
    pub(super) kind: &'static str,
    pub(super) bytes: Vec<u8>,
}

impl Enclosure {
    /// In base 64, so that no byte of it changes on its way.
    fn attached(self) -> Result<SinglePart, LetterError> {
        let kind = ContentType::parse(self.kind).map_err(|_| LetterError::Content)?;
        let body = Body::new_with_encoding(self.bytes, ContentTransferEncoding::Base64);
        Ok(Attachment::new(self.name).body(body.map_err(|_| LetterError::Content)?, kind))
    }
}

/// Without what stands in it.
impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Letter").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Why a mail cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LetterError {
    /// It goes to what is no address.
    #[error("“{0}” is no address that mail can be sent to.")]
    Recipient(String),
    /// What is attached to it cannot be written.
    #[error("What is attached to it cannot be written: {0}")]
    Files(String),
    /// This version does not know what it is about.
    #[error("This version of the program cannot write a mail of this kind.")]
    Content,
}

fn date(moment: Timestamp) -> SystemTime {
    let millis = u64::try_from(moment.millis()).unwrap_or_default().min(LAST_DATE);
    UNIX_EPOCH + Duration::from_millis(millis)
}

/// Says that no person wrote it, so that nobody's absence is answered to it. Source: RFC 3834,
/// section 5.
#[derive(Clone, Copy, Debug)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use mail_parser::{MessageParser, MimeHeaders as _};

    use super::*;

    fn letter(recipient: &str, subject: &str) -> Result<Letter, LetterError> {
        let sender = Sender::new(None, "https://iap.example.com", "iap.example.com").unwrap();
        let wording = Wording {
            subject: subject.to_owned(),
            text: "Bună ziua,\n\n.\nFrom here on it is long: ".to_owned() + &"ă".repeat(2_000),
            html: "<p>Bună ziua</p>".to_owned(),
        };
        let since = Timestamp::from_millis(1_800_000_000_000);
        Letter::new(17, since, recipient, wording, Enclosed::default(), &sender)
    }

    #[test]
    fn is_read_as_it_was_written() {
        let letter = letter("ann@example.com", "SMS\u{a0}: vos crédits s’épuisent").unwrap();
        let bytes = letter.to_bytes();
        // It passes any mail server: lines of ASCII that are not too long.
        for line in bytes.split(|&byte| byte == b'\n') {
            assert!(line.is_ascii() && line.len() < 998, "{}", String::from_utf8_lossy(line));
        }
        let read = MessageParser::default().parse(&*bytes).unwrap();
        assert_eq!(read.subject(), Some("SMS\u{a0}: vos crédits s’épuisent"));
        assert_eq!(read.message_id(), Some("mail-17-1800000000000@iap.example.com"));
        assert_eq!(read.date().unwrap().to_rfc3339(), "2027-01-15T08:00:00Z");
        assert_eq!(read.from().unwrap().first().unwrap().address(), Some("iap@iap.example.com"));
        assert_eq!(read.to().unwrap().first().unwrap().address(), Some("ann@example.com"));
        assert_eq!(read.header("Auto-Submitted").unwrap().as_text(), Some("auto-generated"));
        assert!(read.is_content_type("multipart", "alternative"));
        let text = read.body_text(0).unwrap().replace("\r\n", "\n");
        assert!(text.starts_with("Bună ziua,\n\n.\nFrom here on"), "{text}");
        assert_eq!(text.matches('ă').count(), 2_001);
        assert_eq!(read.body_html(0).unwrap(), "<p>Bună ziua</p>");
    }

    #[test]
    fn a_header_cannot_be_smuggled_in() {
        for bad in ["a@example.com\r\nBcc: b@example.com", "a@example.com, b@example.com", "a", ""]
        {
            let error = letter(bad, "x").unwrap_err();
            assert_eq!(error, LetterError::Recipient(bad.to_owned()));
        }
        let letter = letter("ann@example.com", "x\r\nBcc: b@example.com").unwrap();
        let bytes = letter.to_bytes();
        let read = MessageParser::default().parse(&*bytes).unwrap();
        assert!(read.bcc().is_none(), "{}", String::from_utf8_lossy(&bytes));
        assert_eq!(letter.envelope().to().len(), 1);
    }

    #[test]
    fn any_moment_has_a_date() {
        for moment in [i64::MIN, -1, i64::MAX] {
            lettre::message::header::Date::new(date(Timestamp::from_millis(moment)));
        }
    }
}
