//! The words of the mail that brings an invoice, in each language.

use super::language::Language;

/// The words of the mail that brings an invoice or a credit note.
#[derive(Debug)]
pub(super) struct InvoiceTexts {
    /// With the number and who sells.
    pub(super) invoice_from: fn(&str, &str) -> String,
    /// With the number and who sells.
    pub(super) credit_note_from: fn(&str, &str) -> String,
    pub(super) bought: &'static str,
    pub(super) back: &'static str,
    pub(super) invoice: &'static str,
    pub(super) credit_note: &'static str,
    pub(super) issued: &'static str,
    pub(super) takes_back: &'static str,
    pub(super) service: &'static str,
    pub(super) pack: &'static str,
    pub(super) total: &'static str,
    /// With an address.
    pub(super) questions: fn(&str) -> String,
}

pub(super) const fn invoice(language: Language) -> &'static InvoiceTexts {
    match language {
        Language::English => &InvoiceTexts {
            invoice_from: |number, seller| format!("Invoice {number} from {seller}"),
            credit_note_from: |number, seller| format!("Credit note {number} from {seller}"),
            bought: "Thank you for your purchase. The invoice is attached: as PDF, and as UBL, which \
                     accounting software reads.",
            back: "Your money was given back. The credit note is attached: as PDF, and as UBL, which \
                   accounting software reads.",
            invoice: "Invoice",
            credit_note: "Credit note",
            issued: "Date",
            takes_back: "Takes back",
            service: "Service",
            pack: "Pack",
            total: "Total",
            questions: |email| format!("Questions? Answer this message, or write to {email}."),
        },
        Language::French => &InvoiceTexts {
            invoice_from: |number, seller| format!("Facture {number} de {seller}"),
            credit_note_from: |number, seller| format!("Note de crédit {number} de {seller}"),
            bought: "Merci pour votre achat. La facture est jointe en PDF et en UBL, que lisent les \
                     logiciels de comptabilité.",
            back: "Votre argent vous a été rendu. La note de crédit est jointe en PDF et en UBL, que \
                   lisent les logiciels de comptabilité.",
            invoice: "Facture",
            credit_note: "Note de crédit",
            issued: "Date",
            takes_back: "Annule",
            service: "Service",
            pack: "Pack",
            total: "Total",
            questions: |email| {
                format!("Une question\u{a0}? Répondez à ce message ou écrivez à {email}.")
            },
        },
        Language::Dutch => &InvoiceTexts {
            invoice_from: |number, seller| format!("Factuur {number} van {seller}"),
            credit_note_from: |number, seller| format!("Creditnota {number} van {seller}"),
            bought: "Bedankt voor uw aankoop. De factuur is bijgevoegd: als PDF, en als UBL, dat \
                     boekhoudsoftware leest.",
            back: "Uw geld is teruggegeven. De creditnota is bijgevoegd: als PDF, en als UBL, dat \
                   boekhoudsoftware leest.",
            invoice: "Factuur",
            credit_note: "Creditnota",
            issued: "Datum",
            takes_back: "Crediteert",
            service: "Dienst",
            pack: "Pakket",
            total: "Totaal",
            questions: |email| format!("Vragen? Beantwoord dit bericht of schrijf naar {email}."),
        },
        Language::Romanian => &InvoiceTexts {
            invoice_from: |number, seller| format!("Factura {number} de la {seller}"),
            credit_note_from: |number, seller| format!("Nota de credit {number} de la {seller}"),
            bought: "Vă mulțumim pentru achiziție. Factura este atașată: ca PDF și ca UBL, pe care îl \
                     citesc programele de contabilitate.",
            back: "Banii v-au fost restituiți. Nota de credit este atașată: ca PDF și ca UBL, pe care \
                   îl citesc programele de contabilitate.",
            invoice: "Factura",
            credit_note: "Nota de credit",
            issued: "Data",
            takes_back: "Stornează",
            service: "Serviciu",
            pack: "Pachet",
            total: "Total",
            questions: |email| {
                format!("Aveți întrebări? Răspundeți la acest mesaj sau scrieți la {email}.")
            },
        },
        Language::Turkish => &InvoiceTexts {
            invoice_from: |number, seller| format!("Fatura {number} – {seller}"),
            credit_note_from: |number, seller| format!("İade faturası {number} – {seller}"),
            bought: "Satın aldığınız için teşekkür ederiz. Fatura ektedir: PDF olarak ve muhasebe \
                     yazılımlarının okuduğu UBL olarak.",
            back: "Paranız iade edildi. İade faturası ektedir: PDF olarak ve muhasebe yazılımlarının \
                   okuduğu UBL olarak.",
            invoice: "Fatura",
            credit_note: "İade faturası",
            issued: "Tarih",
            takes_back: "İptal ettiği fatura",
            service: "Hizmet",
            pack: "Paket",
            total: "Toplam",
            questions: |email| {
                format!("Sorunuz mu var? Bu mesajı yanıtlayın veya {email} adresine yazın.")
            },
        },
    }
}
