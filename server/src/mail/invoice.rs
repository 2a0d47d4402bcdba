//! The mail that brings an invoice or a credit note to its buyer.

use html_escape::encode_text;
use iap_core::api::InvoiceDocument;
use iap_core::billing::Invoice;

use super::invoice_texts::invoice;
use super::language::Language;
use super::letter::Enclosure;
use super::sender::Sender;
use super::texts;
use super::wording::{Facts, Wording, one_line, page};
use crate::invoices::written::{day, money};
use crate::invoices::{PdfError, pdf, ubl};

/// The mail that brings an invoice or a credit note to its buyer.
///
/// Its files are made when it is sent, of what was issued: they are the same bytes each time, and the
/// table of mails stays small.
#[derive(Clone, Debug)]
pub struct InvoiceMail(Invoice);

impl InvoiceMail {
    /// The word by which the table of mails calls one with an invoice.
    pub const INVOICE: &'static str = "invoice";
    /// The word by which the table of mails calls one with a credit note.
    pub const CREDIT_NOTE: &'static str = "credit_note";

    /// The mail that brings a document; none where that is no invoice.
    #[must_use]
    pub fn new(document: &InvoiceDocument) -> Option<Self> {
        document.read().map(Self)
    }

    /// Who reads what is answered: who sells.
    pub(super) fn reply_to(&self) -> &str {
        self.0.sale().seller.email.as_str()
    }

    /// What is attached: for people, and for their software.
    pub(super) fn files(&self) -> Result<Vec<Enclosure>, PdfError> {
        let name = self.0.number().file_name();
        let file =
            |ending, kind, bytes| Enclosure { name: format!("{name}.{ending}"), kind, bytes };
        Ok(vec![
            file("pdf", "application/pdf", pdf(&self.0)?),
            file("xml", "application/xml", ubl(&self.0)),
        ])
    }

    /// Writes it in a language.
    #[must_use]
    pub fn write(&self, language: Language, sender: &Sender) -> Wording {
        let (texts, common) = (invoice(language), texts::low_credit(language));
        let sale = self.0.sale();
        let seller = one_line(&sale.seller.name);
        let number = self.0.number().to_string();
        let taken = self.0.takes_back();
        let (subject, told, kind) = match taken {
            None => ((texts.invoice_from)(&number, &seller), texts.bought, texts.invoice),
            Some(_) => ((texts.credit_note_from)(&number, &seller), texts.back, texts.credit_note),
        };
        let mut facts = vec![(kind, number), (texts.issued, day(self.0.issued_on(), language))];
        if let Some(taken) = taken {
            facts.push((texts.takes_back, taken.number.to_string()));
        }
        facts.extend([
            (texts.service, one_line(&sale.service)),
            (texts.pack, one_line(&sale.name)),
            (texts.total, money(sale.price.gross(), language)),
        ]);
        let Facts { text: facts, rows } = Facts::of(&facts, common.colon);
        let questions = (texts.questions)(sale.seller.email.as_str());
        let automatic = (common.automatic)(&sender.host);
        let text =
            format!("{}\n\n{told}\n\n{facts}\n{questions}\n\n{automatic}\n", common.greeting);
        let body = format!(
            "<p>{}</p>\n<p>{}</p>\n<table>\n{rows}</table>\n<p>{}</p>\n<p>{}</p>\n",
            encode_text(common.greeting),
            encode_text(told),
            encode_text(&questions),
            encode_text(&automatic),
        );
        let html = page(language, &subject, &body);
        Wording { subject, text, html }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invoices::sample;

    fn write(document: Invoice, language: Language) -> Wording {
        let sender = Sender::new(None, "https://iap.example.com", "iap.example.com").unwrap();
        InvoiceMail(document).write(language, &sender)
    }

    fn sold() -> iap_core::billing::Sale {
        let buyer = sample::party("Fietsen BV", "BE", Some("0987654321"));
        sample::sale("en", 1_000, "EUR", sample::rate("21"), buyer)
    }

    #[test]
    fn says_what_is_attached_in_five_languages() {
        for (language, subject, total) in [
            (Language::English, "Invoice INV/2026/00042 from ", "Total: €12.10"),
            (Language::French, "Facture INV/2026/00042 de ", "Total\u{a0}: 12,10\u{a0}€"),
            (Language::Dutch, "Factuur INV/2026/00042 van ", "Totaal: €\u{a0}12,10"),
            (Language::Romanian, "Factura INV/2026/00042 de la ", "Total: 12,10\u{a0}EUR"),
            (Language::Turkish, "Fatura INV/2026/00042 – ", "Toplam: €12,10"),
        ] {
            let written = write(sample::invoice(sold()), language);
            assert!(written.subject.starts_with(subject), "{}", written.subject);
            assert!(written.text.contains(&format!("\n{total}\n")), "{}", written.text);
            let (_, value) = total.split_once(": ").unwrap();
            for fact in [value, "INV/2026/00042", "Business pack", "ada.peeters@example.com"] {
                assert!(written.text.contains(fact) && written.html.contains(fact), "{fact}");
            }
        }
    }

    #[test]
    fn a_credit_note_names_the_invoice() {
        let written = write(sample::credit_note(sold()), Language::English);
        assert!(written.subject.starts_with("Credit note CN/2026/00007 from "));
        assert!(written.text.contains("\nTakes back: INV/2026/00042\n"), "{}", written.text);
    }

    #[test]
    fn names_of_others_are_names_and_nothing_else() {
        let mut sale = sold();
        sale.seller.name = "A<b>&\r\nBcc: x@example.com".into();
        sale.name = "<script>alert(1)</script>\n\nPay here".into();
        let written = write(sample::invoice(sale), Language::English);
        assert_eq!(written.subject, "Invoice INV/2026/00042 from A<b>& Bcc: x@example.com");
        assert!(!written.text.contains("\nPay"), "{}", written.text);
        assert!(!written.html.contains("<b>") && !written.html.contains("<script"));
    }
}
