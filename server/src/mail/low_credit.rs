//! The warning that credits run low.

use html_escape::{encode_double_quoted_attribute, encode_text};
use iap_core::pricing::Credits;
use serde::Deserialize;

use super::language::Language;
use super::number;
use super::sender::Sender;
use super::texts;
use super::wording::{Facts, Wording, one_line, page};
use crate::http::buy_link;
use crate::store::MailAccount;

/// The warning that credits run low, as it is written to one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LowCredit {
    /// What can be spent.
    pub available: Credits,
    /// Below how much a warning was asked for.
    pub threshold: Credits,
    /// Whose credits they are.
    pub account: MailAccount,
}

/// As it stands in the table of mails.
#[derive(Deserialize)]
struct Content {
    available: String,
    threshold: String,
}

impl LowCredit {
    /// The word by which the table of mails calls it.
    pub const TEMPLATE: &'static str = "low_credit";

    /// Reads the content that was written with the mail: amounts as [`Credits`] writes them. None
    /// where it is something else.
    #[must_use]
    pub fn read(content: &str, account: MailAccount) -> Option<Self> {
        let content: Content = serde_json::from_str(content).ok()?;
        let available = content.available.parse().ok()?;
        let threshold = content.threshold.parse().ok()?;
        Some(Self { available, threshold, account })
    }

    /// Writes it in a language.
    #[must_use]
    pub fn write(&self, language: Language, sender: &Sender) -> Wording {
        let texts = texts::low_credit(language);
        let MailAccount { key, service, label, database, database_name } = &self.account;
        let label = one_line(label);
        let named = match one_line(database_name) {
            name if name.is_empty() => one_line(database),
            name => format!("{name} ({})", one_line(database)),
        };
        let facts = [
            (texts.available, number::format(self.available, language)),
            (texts.threshold, number::format(self.threshold, language)),
            (texts.database, named),
        ];
        let link = buy_link(&sender.public_url, service, database, key);
        let subject = (texts.subject)(&label);
        let [fallen, automatic] = [(texts.fallen)(&label), (texts.automatic)(&sender.host)];

        let Facts { text: facts, rows } = Facts::of(&facts, texts.colon);
        let text = format!(
            "{}\n\n{fallen}\n\n{facts}\n{}{}\n{link}\n\n{}\n\n{automatic}\n",
            texts.greeting,
            texts.buy,
            texts.colon.trim_end(),
            texts.settings
        );
        let body = format!(
            "<p>{greeting}</p>\n<p>{fallen}</p>\n<table>\n{rows}</table>\n\
             <p><a href=\"{link}\">{buy}</a></p>\n<p>{settings}</p>\n<p>{automatic}</p>\n",
            greeting = encode_text(texts.greeting),
            fallen = encode_text(&fallen),
            link = encode_double_quoted_attribute(&link),
            buy = encode_text(texts.buy),
            settings = encode_text(texts.settings),
            automatic = encode_text(&automatic),
        );
        let html = page(language, &subject, &body);
        Wording { subject, text, html }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::wording::LONGEST_NAME;
    use crate::store::AccountKey;

    const KEY: &str = "a9993e364706816aba3e25717850c26c9cd0d89d";
    const UUID: &str = "048bbd94-e5cc-11f1-9d2d-02fc00000001";

    fn warning() -> LowCredit {
        let account = MailAccount {
            key: AccountKey::read(KEY).unwrap(),
            service: "sms".into(),
            label: "SMS".into(),
            database: UUID.into(),
            database_name: "Acme".into(),
        };
        let content = r#"{"available":"1234.500001","threshold":"10000.0000"}"#;
        LowCredit::read(content, account).unwrap()
    }

    fn write(warning: &LowCredit, language: Language) -> Wording {
        let sender = Sender::new(None, "https://iap.example.com", "iap.example.com").unwrap();
        warning.write(language, &sender)
    }

    #[test]
    fn is_written_in_five_languages() {
        for (language, subject, text) in [
            (
                Language::English,
                "SMS: your credits are running low",
                "Hello,\n\n\
                 The credits available for SMS have fallen below your threshold.\n\n\
                 Available credits: 1,234.500001\nThreshold: 10,000\n\
                 Database: Acme (048bbd94-e5cc-11f1-9d2d-02fc00000001)\n\nBuy credits:\n",
            ),
            (
                Language::French,
                "SMS\u{a0}: vos crédits s’épuisent",
                "Bonjour,\n\n\
                 Les crédits disponibles pour SMS sont passés sous votre seuil d’alerte.\n\n\
                 Crédits disponibles\u{a0}: 1\u{202f}234,500001\n\
                 Seuil d’alerte\u{a0}: 10\u{202f}000\n\
                 Base de données\u{a0}: Acme (048bbd94-e5cc-11f1-9d2d-02fc00000001)\n\n\
                 Acheter des crédits\u{a0}:\n",
            ),
            (
                Language::Dutch,
                "SMS: uw credits raken op",
                "Goedendag,\n\n\
                 De beschikbare credits voor SMS zijn onder uw drempel gezakt.\n\n\
                 Beschikbare credits: 1.234,500001\nDrempel: 10.000\n\
                 Database: Acme (048bbd94-e5cc-11f1-9d2d-02fc00000001)\n\nCredits kopen:\n",
            ),
            (
                Language::Romanian,
                "SMS: creditele sunt pe terminate",
                "Bună ziua,\n\n\
                 Creditele disponibile pentru SMS au scăzut sub pragul stabilit.\n\n\
                 Credite disponibile: 1.234,500001\nPrag de avertizare: 10.000\n\
                 Bază de date: Acme (048bbd94-e5cc-11f1-9d2d-02fc00000001)\n\n\
                 Cumpărați credite:\n",
            ),
            (
                Language::Turkish,
                "SMS: krediniz azalıyor",
                "Merhaba,\n\n\
                 SMS için kullanılabilir krediniz belirlediğiniz eşiğin altına düştü.\n\n\
                 Kullanılabilir kredi: 1.234,500001\nEşik: 10.000\n\
                 Veritabanı: Acme (048bbd94-e5cc-11f1-9d2d-02fc00000001)\n\nKredi satın alın:\n",
            ),
        ] {
            let written = write(&warning(), language);
            assert_eq!(written.subject, subject);
            assert!(written.text.starts_with(text), "{}", written.text);
            let link =
                format!("https://iap.example.com/buy?service=sms&database={UUID}&account={KEY}");
            assert!(written.text.contains(&format!("\n{link}\n")), "{}", written.text);
            assert!(written.text.contains("iap.example.com"));
            let html = &written.html;
            assert!(html.contains(&format!("<html lang=\"{}\">", language.tag())), "{html}");
            assert!(html.contains(&format!("href=\"{}\"", link.replace('&', "&amp;"))), "{html}");
            // The same facts in both forms.
            for fact in text.lines().skip(4).take(3) {
                let value = fact.split_once(": ").unwrap().1;
                assert!(html.contains(&format!("<td>{value}</td>")), "{value} in {html}");
            }
        }
    }

    #[test]
    fn names_of_others_are_names_and_nothing_else() {
        let mut warning = warning();
        warning.account.label = "A<b>&\"'\r\nBcc: x@example.com\u{202e}".into();
        warning.account.database_name = "<script>alert(1)</script>".into();
        warning.account.database = "\"><img src=x>&\n\nPay here".into();
        let written = write(&warning, Language::English);
        let subject = "A<b>&\"' Bcc: x@example.com: your credits are running low";
        assert_eq!(written.subject, subject);
        assert!(!written.text.contains("\nPay") && !written.text.contains('\u{202e}'));
        for markup in ["<b>", "<script", "<img", "\"><"] {
            assert!(!written.html.contains(markup), "{markup} in {}", written.html);
        }
        assert!(written.html.contains("A&lt;b&gt;&amp;\"' Bcc"), "{}", written.html);
        assert!(written.text.contains("&database=%22%3E%3Cimg+src%3Dx%3E%26%0A%0APay+here&"));
        warning.account.label = "é".repeat(200);
        let long = write(&warning, Language::Dutch).subject;
        assert_eq!(long.matches('é').count(), LONGEST_NAME);
    }

    #[test]
    fn a_database_without_a_name_is_its_uuid() {
        let mut warning = warning();
        warning.account.database_name.clear();
        let written = write(&warning, Language::English);
        assert!(written.text.contains(&format!("Database: {UUID}\n")), "{}", written.text);
    }

    #[test]
    fn other_content_is_none() {
        let account = warning().account;
        for bad in
            ["", "{}", r#"{"available":1,"threshold":"2"}"#, r#"{"available":"x","threshold":"2"}"#]
        {
            assert_eq!(LowCredit::read(bad, account.clone()), None, "{bad}");
        }
    }
}
