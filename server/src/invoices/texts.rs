//! The words of invoices in each language.
//!
//! Numbers and names stand behind a label, so that no language needs a plural or an ending.

use crate::mail::Language;

/// The words of an invoice and of a credit note.
#[derive(Debug)]
pub(super) struct InvoiceTexts {
    pub(super) invoice: &'static str,
    pub(super) credit_note: &'static str,
    pub(super) billed_to: &'static str,
    pub(super) issued_on: &'static str,
    pub(super) paid_on: &'static str,
    pub(super) refunded_on: &'static str,
    pub(super) order: &'static str,
    pub(super) your_reference: &'static str,
    /// The invoice that a credit note takes back.
    pub(super) for_invoice: &'static str,
    /// What a number for value added tax is called.
    pub(super) vat_number: &'static str,
    pub(super) description: &'static str,
    pub(super) credits: &'static str,
    pub(super) amount: &'static str,
    pub(super) net: &'static str,
    /// The tax itself; its rate comes behind it.
    pub(super) vat: &'static str,
    pub(super) gross: &'static str,
    /// With the day and the reference of the payment, which may be empty.
    pub(super) paid: fn(&str, &str) -> String,
    /// With the number of the invoice, its day, and the day on which the money was given back.
    pub(super) taken_back: fn(&str, &str, &str) -> String,
    /// Article 226, point 11a, of the directive has the first words in each language of the Union.
    pub(super) reverse_charge: &'static str,
    pub(super) outside: &'static str,
    /// What comes between a label and its value.
    pub(super) colon: &'static str,
}

#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) const fn texts(language: Language) -> &'static InvoiceTexts {
    match language {
        Language::English => &InvoiceTexts {
            invoice: "Invoice",
            credit_note: "Credit note",
            billed_to: "Billed to",
            issued_on: "Date of issue",
            paid_on: "Paid on",
            refunded_on: "Given back on",
            order: "Order",
            your_reference: "Your reference",
            for_invoice: "For invoice",
            vat_number: "VAT number",
            description: "Description",
            credits: "Credits",
            amount: "Amount excl. VAT",
            net: "Total excl. VAT",
            vat: "VAT",
            gross: "Total incl. VAT",
            paid: |day, reference| {
                let reference = with(" with the reference ", reference);
                format!("Paid on {day}{reference}. Nothing is left to pay.")
            },
            taken_back: |invoice, issued, refunded| {
                format!(
                    "This credit note takes back invoice {invoice} of {issued} in full. The money was \
                     given back on {refunded}."
                )
            },
            reverse_charge: "Reverse charge: the customer owes the VAT (articles 44 and 196 of \
                             Directive 2006/112/EC).",
            outside: "Not subject to VAT.",
            colon: ": ",
        },
        Language::French => &InvoiceTexts {
            invoice: "Facture",
            credit_note: "Note de crédit",
            billed_to: "Facturé à",
            issued_on: "Date d’émission",
            paid_on: "Payée le",
            refunded_on: "Remboursée le",
            order: "Commande",
            your_reference: "Votre référence",
            for_invoice: "Sur la facture",
            vat_number: "N° de TVA",
            description: "Description",
            credits: "Crédits",
            amount: "Montant HT",
            net: "Total HT",
            vat: "TVA",
            gross: "Total TTC",
            paid: |day, reference| {
                let reference = with(", référence du paiement\u{a0}: ", reference);
                format!("Payée le {day}{reference}. Il ne reste rien à payer.")
            },
            taken_back: |invoice, issued, refunded| {
                format!(
                    "Cette note de crédit annule entièrement la facture {invoice} du {issued}. Le \
                     montant a été remboursé le {refunded}."
                )
            },
            reverse_charge: "Autoliquidation\u{a0}: la TVA est due par le preneur (articles 44 et 196 \
                             de la directive 2006/112/CE).",
            outside: "Opération non soumise à la TVA.",
            colon: "\u{a0}: ",
        },
        Language::Dutch => &InvoiceTexts {
            invoice: "Factuur",
            credit_note: "Creditnota",
            billed_to: "Gefactureerd aan",
            issued_on: "Factuurdatum",
            paid_on: "Betaald op",
            refunded_on: "Terugbetaald op",
            order: "Bestelling",
            your_reference: "Uw referentie",
            for_invoice: "Voor factuur",
            vat_number: "Btw-nummer",
            description: "Omschrijving",
            credits: "Credits",
            amount: "Bedrag excl. btw",
            net: "Totaal excl. btw",
            vat: "Btw",
            gross: "Totaal incl. btw",
            paid: |day, reference| {
                let reference = with(" met referentie ", reference);
                format!("Betaald op {day}{reference}. Er hoeft niets meer te worden betaald.")
            },
            taken_back: |invoice, issued, refunded| {
                format!(
                    "Deze creditnota trekt factuur {invoice} van {issued} volledig in. Het bedrag is \
                     terugbetaald op {refunded}."
                )
            },
            reverse_charge: "Btw verlegd: de btw is verschuldigd door de afnemer (artikelen 44 en 196 \
                             van Richtlijn 2006/112/EG).",
            outside: "Niet onderworpen aan btw.",
            colon: ": ",
        },
        Language::Romanian => &InvoiceTexts {
            invoice: "Factură",
            credit_note: "Factură de storno",
            billed_to: "Facturat către",
            issued_on: "Data emiterii",
            paid_on: "Data plății",
            refunded_on: "Data rambursării",
            order: "Comandă",
            your_reference: "Referința dvs.",
            for_invoice: "Pentru factura",
            vat_number: "Cod de TVA",
            description: "Descriere",
            credits: "Credite",
            amount: "Valoare fără TVA",
            net: "Total fără TVA",
            vat: "TVA",
            gross: "Total cu TVA",
            paid: |day, reference| {
                let reference = with(", cu referința ", reference);
                format!("Plătită la {day}{reference}. Nu mai este nimic de plată.")
            },
            taken_back: |invoice, issued, refunded| {
                format!(
                    "Acest document stornează integral factura {invoice} din {issued}. Suma a fost \
                     rambursată la {refunded}."
                )
            },
            reverse_charge: "Taxare inversă: TVA este datorată de beneficiar (articolele 44 și 196 din \
                             Directiva 2006/112/CE).",
            outside: "Operațiune neimpozabilă din punctul de vedere al TVA.",
            colon: ": ",
        },
        Language::Turkish => &InvoiceTexts {
            invoice: "Fatura",
            credit_note: "İade faturası",
            billed_to: "Alıcı",
            issued_on: "Düzenleme tarihi",
            paid_on: "Ödeme tarihi",
            refunded_on: "İade tarihi",
            order: "Sipariş",
            your_reference: "Referansınız",
            for_invoice: "İlgili fatura",
            vat_number: "KDV numarası",
            description: "Açıklama",
            credits: "Kredi",
            amount: "KDV hariç tutar",
            net: "KDV hariç toplam",
            vat: "KDV",
            gross: "KDV dâhil toplam",
            paid: |day, reference| {
                let reference = with(", ödeme referansı: ", reference);
                format!("Ödeme tarihi: {day}{reference}. Ödenecek tutar kalmamıştır.")
            },
            taken_back: |invoice, issued, refunded| {
                format!(
                    "Bu belge, {issued} tarihli {invoice} numaralı faturanın tamamını iptal eder. \
                     Tutarın iade tarihi: {refunded}."
                )
            },
            reverse_charge: "Ters yükümlülük (reverse charge): KDV alıcı tarafından ödenir (2006/112/AT \
                             sayılı Direktif, madde 44 ve 196).",
            outside: "KDV’ye tabi değildir.",
            colon: ": ",
        },
    }
}

/// A text with what comes before it, if there is one.
fn with(before: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{before}{text}") }
}
