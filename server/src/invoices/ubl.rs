//! Invoices for programs: UBL 2.1, as EN 16931 uses it.
//!
//! Sources: EN 16931-1 (the terms, BT and BG), CEN/TS 16931-3-2 (where they stand in UBL), and the
//! schemas of OASIS UBL 2.1 for the order of elements.

use iap_core::billing::{Buyer, Invoice, InvoiceKind, Sale, Tax, VatNumber};
use iap_core::credits::Money;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::writer::Writer;

use super::texts::texts;
use super::written;
use crate::mail::Language;

const INVOICE: &str = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
const CREDIT_NOTE: &str = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2";
const AGGREGATE: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
const BASIC: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";

/// The rules that a document follows (BT-24).
const CUSTOMIZATION: &str = "urn:cen.eu:en16931:2017";

/// Writes an invoice or a credit note as UBL: the same bytes each time.
///
/// Where a sale is outside of the tax, no number for value added tax may be told as one (BR-O-02):
/// it stands as the number of the business then. Amounts of currencies with three decimals have three,
/// which the standard does not know.
#[must_use]
pub fn ubl(invoice: &Invoice) -> Vec<u8> {
    let mut xml = Xml(Writer::new_with_indent(Vec::new(), b' ', 2));
    xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    let (root, namespace, type_code) = match invoice.kind() {
        InvoiceKind::Invoice => ("Invoice", INVOICE, "InvoiceTypeCode"),
        InvoiceKind::CreditNote => ("CreditNote", CREDIT_NOTE, "CreditNoteTypeCode"),
    };
    let names = [("xmlns", namespace), ("xmlns:cac", AGGREGATE), ("xmlns:cbc", BASIC)];
    xml.within_as(root, &names, |xml| {
        let sale = invoice.sale();
        xml.text("CustomizationID", CUSTOMIZATION);
        xml.text("ID", &invoice.number().to_string());
        xml.text("IssueDate", &invoice.issued_on().to_string());
        xml.text(type_code, invoice.kind().type_code());
        xml.text("DocumentCurrencyCode", sale.price.net().currency().code());
        if !sale.buyer.reference.is_empty() {
            xml.text("BuyerReference", &sale.buyer.reference);
        }
        xml.within("OrderReference", |xml| {
            // The element has to be there, and we know no order of the buyer's own.
            xml.text("ID", "NA");
            xml.text("SalesOrderID", &sale.order.to_string());
        });
        if let Some(taken) = invoice.takes_back() {
            xml.within("BillingReference", |xml| {
                xml.within("InvoiceDocumentReference", |xml| {
                    xml.text("ID", &taken.number.to_string());
                    xml.text("IssueDate", &taken.issued_on.to_string());
                });
            });
        }
        let outside = sale.price.kind() == Tax::Outside;
        xml.within("AccountingSupplierParty", |xml| party(xml, &sale.seller, outside, true));
        xml.within("AccountingCustomerParty", |xml| party(xml, &sale.buyer, outside, false));
        // The credits are there when they are paid.
        xml.within("Delivery", |xml| xml.text("ActualDeliveryDate", &sale.paid_on.to_string()));
        xml.within("PaymentTerms", |xml| xml.text("Note", &terms(invoice)));
        totals(xml, invoice);
        line(xml, invoice.kind(), sale);
    });
    let mut bytes = xml.0.into_inner();
    bytes.push(b'\n');
    bytes
}

/// How it was paid or taken back, in the language of the invoice.
fn terms(invoice: &Invoice) -> String {
    let sale = invoice.sale();
    let language = Language::of(&sale.language);
    let words = texts(language);
    let day = |date| written::day(date, language);
    match invoice.takes_back() {
        None => (words.paid)(&day(sale.paid_on), &sale.payment),
        Some(taken) => (words.taken_back)(
            &taken.number.to_string(),
            &day(taken.issued_on),
            &day(taken.refunded_on),
        ),
    }
}

fn party(xml: &mut Xml, party: &Buyer, outside: bool, sells: bool) {
    xml.within("Party", |xml| {
        xml.text_as("EndpointID", &[("schemeID", "EM")], party.email.as_str());
        if sells && party.vat_number.is_none() {
            // Whoever sells has to be known by something (BR-CO-26).
            xml.within("PartyIdentification", |xml| xml.text("ID", party.email.as_str()));
        }
        xml.within("PartyName", |xml| xml.text("Name", &party.name));
        xml.within("PostalAddress", |xml| {
            xml.text("StreetName", &party.street);
            xml.text("CityName", &party.city);
            if !party.postcode.is_empty() {
                xml.text("PostalZone", &party.postcode);
            }
            xml.within("Country", |xml| xml.text("IdentificationCode", party.country.as_str()));
        });
        let number = party.vat_number.as_ref();
        let vat = number.filter(|number| !outside && number.tells_country());
        // A number that is not told to be one of value added tax (BT-32), which buyers have none of.
        let other = number.filter(|_| !outside && vat.is_none() && sells);
        for (scheme, number) in [("VAT", vat), ("TAX", other)] {
            let Some(number) = number else { continue };
            xml.within("PartyTaxScheme", |xml| {
                xml.text("CompanyID", number.as_str());
                xml.within("TaxScheme", |xml| xml.text("ID", scheme));
            });
        }
        let as_business = number.filter(|_| vat.is_none());
        xml.within("PartyLegalEntity", |xml| {
            xml.text("RegistrationName", &party.name);
            if let Some(number) = as_business.map(VatNumber::as_str) {
                xml.text("CompanyID", number);
            }
        });
        xml.within("Contact", |xml| xml.text("ElectronicMail", party.email.as_str()));
    });
}

fn totals(xml: &mut Xml, invoice: &Invoice) {
    let price = invoice.sale().price;
    let nothing = Money::new(0, price.net().currency());
    xml.within("TaxTotal", |xml| {
        xml.amount("TaxAmount", price.tax());
        xml.within("TaxSubtotal", |xml| {
            xml.amount("TaxableAmount", price.net());
            xml.amount("TaxAmount", price.tax());
            xml.within("TaxCategory", |xml| {
                category(xml, price.kind());
                if let Some(note) = invoice.note() {
                    xml.text("TaxExemptionReasonCode", note.code());
                    xml.text("TaxExemptionReason", note.reason());
                }
                xml.within("TaxScheme", |xml| xml.text("ID", "VAT"));
            });
        });
    });
    xml.within("LegalMonetaryTotal", |xml| {
        xml.amount("LineExtensionAmount", price.net());
        xml.amount("TaxExclusiveAmount", price.net());
        xml.amount("TaxInclusiveAmount", price.gross());
        // It is paid before it is issued, or given back.
        xml.amount("PrepaidAmount", price.gross());
        xml.amount("PayableAmount", nothing);
    });
}

/// The category of the tax and its rate: none outside of the tax (BR-O-05), 0 where the buyer owes it
/// (BR-AE-05).
fn category(xml: &mut Xml, tax: Tax) {
    xml.text("ID", tax.category());
    match tax {
        Tax::Standard(rate) => xml.text("Percent", &rate.to_string()),
        Tax::ReverseCharge => xml.text("Percent", "0"),
        Tax::Outside => {}
    }
}

fn line(xml: &mut Xml, kind: InvoiceKind, sale: &Sale) {
    let (line, quantity) = match kind {
        InvoiceKind::Invoice => ("InvoiceLine", "InvoicedQuantity"),
        InvoiceKind::CreditNote => ("CreditNoteLine", "CreditedQuantity"),
    };
    xml.within(line, |xml| {
        xml.text("ID", "1");
        // One piece (UN/ECE Recommendation 20): the pack.
        xml.text_as(quantity, &[("unitCode", "C62")], "1");
        xml.amount("LineExtensionAmount", sale.price.net());
        xml.within("Item", |xml| {
            let words = texts(Language::of(&sale.language));
            let credits = format!("{}{}{}", words.credits, words.colon, sale.credits);
            xml.text("Description", &format!("{}, {credits}", sale.service));
            xml.text("Name", &sale.name);
            xml.within("ClassifiedTaxCategory", |xml| {
                category(xml, sale.price.kind());
                xml.within("TaxScheme", |xml| xml.text("ID", "VAT"));
            });
        });
        xml.within("Price", |xml| xml.amount("PriceAmount", sale.price.net()));
    });
}

/// A document that is being written.
struct Xml(Writer<Vec<u8>>);

impl Xml {
    fn event(&mut self, event: Event<'_>) {
        // Writing into memory never fails.
        let _ = self.0.write_event(event);
    }

    /// An element of the common aggregates.
    fn within(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        self.within_as(&format!("cac:{name}"), &[], write);
    }

    fn within_as(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        write: impl FnOnce(&mut Self),
    ) {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.event(Event::Start(start));
        write(self);
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element of the common basics.
    fn text(&mut self, name: &str, text: &str) {
        self.text_as(name, &[], text);
    }

    fn text_as(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        let name = format!("cbc:{name}");
        let start = BytesStart::new(&*name).with_attributes(attributes.iter().copied());
        // Two signs that Unicode has are none of XML's (XML 1.0, 2.2); those of control are written as
        // spaces.
        let text: String = text
            .chars()
            .filter(|sign| !matches!(sign, '\u{fffe}' | '\u{ffff}'))
            .map(|sign| if sign.is_control() { ' ' } else { sign })
            .collect();
        self.event(Event::Start(start));
        self.event(Event::Text(BytesText::new(&text)));
        self.event(Event::End(BytesEnd::new(&*name)));
    }

    fn amount(&mut self, name: &str, amount: Money) {
        self.text_as(name, &[("currencyID", amount.currency().code())], &amount.decimal());
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use factur_x::Syntax;
    use roxmltree::{Document, Node};

    use super::super::sample;
    use super::*;

    /// The children that elements may have, in the order in which the schemas of UBL 2.1 have them, of
    /// those that we write.
    fn order() -> HashMap<&'static str, &'static str> {
        HashMap::from([
            (
                "Invoice",
                "CustomizationID ID IssueDate InvoiceTypeCode DocumentCurrencyCode BuyerReference \
                 OrderReference AccountingSupplierParty AccountingCustomerParty Delivery PaymentTerms \
                 TaxTotal LegalMonetaryTotal InvoiceLine",
            ),
            (
                "CreditNote",
                "CustomizationID ID IssueDate CreditNoteTypeCode DocumentCurrencyCode BuyerReference \
                 OrderReference BillingReference AccountingSupplierParty AccountingCustomerParty \
                 Delivery PaymentTerms TaxTotal LegalMonetaryTotal CreditNoteLine",
            ),
            ("OrderReference", "ID SalesOrderID"),
            ("BillingReference", "InvoiceDocumentReference"),
            ("InvoiceDocumentReference", "ID IssueDate"),
            ("AccountingSupplierParty", "Party"),
            ("AccountingCustomerParty", "Party"),
            (
                "Party",
                "EndpointID PartyIdentification PartyName PostalAddress PartyTaxScheme \
                 PartyLegalEntity Contact",
            ),
            ("PartyIdentification", "ID"),
            ("PartyName", "Name"),
            ("PostalAddress", "StreetName CityName PostalZone Country"),
            ("Country", "IdentificationCode"),
            ("PartyTaxScheme", "CompanyID TaxScheme"),
            ("TaxScheme", "ID"),
            ("PartyLegalEntity", "RegistrationName CompanyID"),
            ("Contact", "ElectronicMail"),
            ("Delivery", "ActualDeliveryDate"),
            ("PaymentTerms", "Note"),
            ("TaxTotal", "TaxAmount TaxSubtotal"),
            ("TaxSubtotal", "TaxableAmount TaxAmount TaxCategory"),
            ("TaxCategory", "ID Percent TaxExemptionReasonCode TaxExemptionReason TaxScheme"),
            (
                "LegalMonetaryTotal",
                "LineExtensionAmount TaxExclusiveAmount TaxInclusiveAmount PrepaidAmount \
                 PayableAmount",
            ),
            ("InvoiceLine", "ID InvoicedQuantity LineExtensionAmount Item Price"),
            ("CreditNoteLine", "ID CreditedQuantity LineExtensionAmount Item Price"),
            ("Item", "Description Name ClassifiedTaxCategory"),
            ("ClassifiedTaxCategory", "ID Percent TaxScheme"),
            ("Price", "PriceAmount"),
        ])
    }

    /// What stands at a path of local names; nothing where it is not there.
    fn at<'x>(document: &'x Document<'_>, path: &str) -> Option<&'x str> {
        let mut node = document.root_element();
        for name in path.split('/') {
            node = node.children().find(|child| child.tag_name().name() == name)?;
        }
        node.text()
    }

    fn in_order(node: Node<'_, '_>, order: &HashMap<&str, &str>) {
        let name = node.tag_name().name();
        let children: Vec<_> = node.children().filter(Node::is_element).collect();
        let Some(known) = order.get(name) else {
            assert!(children.is_empty(), "{name} holds elements");
            assert!(node.text().is_some_and(|text| !text.trim().is_empty()), "{name} is empty");
            assert_eq!(node.tag_name().namespace(), Some(BASIC), "{name}");
            return;
        };
        if node.parent_element().is_some() {
            assert_eq!(node.tag_name().namespace(), Some(AGGREGATE), "{name}");
        }
        let mut rest = known.split_ascii_whitespace();
        for child in children {
            let child_name = child.tag_name().name();
            assert!(rest.any(|known| known == child_name), "{child_name} in {name}");
            in_order(child, order);
        }
    }

    #[test]
    fn elements_stand_in_the_order_of_the_schemas() {
        for (name, invoice) in sample::all() {
            let xml = String::from_utf8(ubl(&invoice)).unwrap();
            let document = Document::parse(&xml).unwrap_or_else(|error| panic!("{name}: {error}"));
            let root = document.root_element();
            let (root_name, namespace) = match invoice.kind() {
                InvoiceKind::Invoice => ("Invoice", INVOICE),
                InvoiceKind::CreditNote => ("CreditNote", CREDIT_NOTE),
            };
            assert_eq!(root.tag_name().name(), root_name);
            assert_eq!(root.tag_name().namespace(), Some(namespace));
            in_order(root, &order());
        }
    }

    /// Another program reads what was written, and checks what the standard asks of sums: BR-CO-10 to
    /// BR-CO-18 and what has to be there.
    #[test]
    fn another_reader_finds_nothing_wrong_with_it() {
        for (name, invoice) in sample::all() {
            let xml = String::from_utf8(ubl(&invoice)).unwrap();
            let read =
                factur_x::parse(&xml, Syntax::Ubl).unwrap_or_else(|e| panic!("{name}: {e:?}"));
            let report = factur_x::validate(&read);
            assert!(report.is_valid(), "{name}: {:?}", report.rules());
            assert_eq!(read.number, invoice.number().to_string());
            assert_eq!(read.type_code, invoice.kind().type_code());
            assert_eq!(read.buyer.name, invoice.sale().buyer.name);
        }
    }

    /// The rules of EN 16931 that hang on how a sale is taxed, which that program does not know:
    /// BR-S-02, -05, -08, -09 and -10, BR-AE-02, -05, -08, -09 and -10, BR-O-02, -05, -08, -09 and -10,
    /// BR-CO-04, -09, -15, -16, -17 and -26, BR-55, BR-DEC.
    #[test]
    fn the_rules_about_taxes_hold() {
        for (name, invoice) in sample::all() {
            let xml = String::from_utf8(ubl(&invoice)).unwrap();
            let document = Document::parse(&xml).unwrap();
            let at = |path: &str| at(&document, path);
            let line = match invoice.kind() {
                InvoiceKind::Invoice => "InvoiceLine",
                InvoiceKind::CreditNote => "CreditNoteLine",
            };
            let category = "TaxTotal/TaxSubtotal/TaxCategory";
            let tax = |what: &str| at(&format!("{category}/{what}"));
            let item = |what: &str| at(&format!("{line}/Item/ClassifiedTaxCategory/{what}"));
            assert_eq!((tax("ID"), tax("Percent")), (item("ID"), item("Percent")), "{name}");
            let seller = at("AccountingSupplierParty/Party/PartyTaxScheme/CompanyID");
            let buyer = at("AccountingCustomerParty/Party/PartyTaxScheme/CompanyID");
            match tax("ID").unwrap() {
                "S" => {
                    assert!(seller.is_some());
                    assert!(tax("Percent").unwrap().parse::<f64>().unwrap() > 0.0);
                    assert_eq!(tax("TaxExemptionReason"), None);
                }
                "AE" => {
                    assert!(seller.is_some() && buyer.is_some());
                    assert_eq!(tax("Percent"), Some("0"));
                    assert_eq!(tax("TaxExemptionReason"), Some("Reverse charge"));
                    assert_eq!(tax("TaxExemptionReasonCode"), Some("VATEX-EU-AE"));
                }
                "O" => {
                    assert_eq!((seller, buyer, tax("Percent")), (None, None, None));
                    assert_eq!(tax("TaxExemptionReason"), Some("Not subject to VAT"));
                    assert_eq!(tax("TaxExemptionReasonCode"), Some("VATEX-EU-O"));
                }
                other => panic!("{other}"),
            }
            for number in [seller, buyer].into_iter().flatten() {
                assert!(number.chars().take(2).all(|it| it.is_ascii_uppercase()), "{number}");
            }
            assert!(
                seller.is_some()
                    || at("AccountingSupplierParty/Party/PartyLegalEntity/CompanyID").is_some()
                    || at("AccountingSupplierParty/Party/PartyIdentification/ID").is_some()
            );
            // In minor units, so that nothing is rounded in the test.
            let minor = |path: &str| -> u128 {
                let text = at(path).unwrap();
                let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
                assert!(decimals <= 2, "{text}");
                assert_eq!(decimals, invoice.sale().price.net().currency().decimals());
                text.replace('.', "").parse().unwrap()
            };
            let net = minor("LegalMonetaryTotal/TaxExclusiveAmount");
            let vat = minor("TaxTotal/TaxAmount");
            let gross = minor("LegalMonetaryTotal/TaxInclusiveAmount");
            assert_eq!(net + vat, gross);
            assert_eq!(minor("TaxTotal/TaxSubtotal/TaxableAmount"), net);
            assert_eq!(minor("TaxTotal/TaxSubtotal/TaxAmount"), vat);
            assert_eq!(minor(&format!("{line}/LineExtensionAmount")), net);
            assert_eq!(minor(&format!("{line}/Price/PriceAmount")), net);
            assert_eq!(gross - minor("LegalMonetaryTotal/PrepaidAmount"), 0);
            assert_eq!(minor("LegalMonetaryTotal/PayableAmount"), 0);
            let percent = tax("Percent").map_or(0, |percent| {
                let (whole, part) = percent.split_once('.').unwrap_or((percent, ""));
                format!("{whole}{part:0<2}").parse::<u128>().unwrap()
            });
            assert_eq!((net * percent + 5_000) / 10_000, vat);
            let taken = at("BillingReference/InvoiceDocumentReference/ID").map(str::to_owned);
            assert_eq!(taken, invoice.takes_back().map(|taken| taken.number.to_string()));
        }
    }

    #[test]
    fn what_people_wrote_stays_text() {
        let mut sale =
            sample::sale("en", 1, "EUR", sample::rate("21"), sample::party("Ann", "BE", None));
        sale.buyer.name = "A & B <script> \u{ffff}\"quoted\" ]]>".to_owned();
        sale.payment = "a\nb".to_owned();
        let xml = String::from_utf8(ubl(&sample::invoice(sale))).unwrap();
        let document = Document::parse(&xml).unwrap();
        let name = at(&document, "AccountingCustomerParty/Party/PartyName/Name");
        assert_eq!(name, Some("A & B <script> \"quoted\" ]]>"));
    }

    #[test]
    fn a_seller_without_a_number_is_known_by_something() {
        let mut sale = sample::sale("en", 1, "EUR", Tax::Outside, sample::party("Ann", "BE", None));
        sale.seller.vat_number = None;
        let xml = String::from_utf8(ubl(&sample::invoice(sale))).unwrap();
        let document = Document::parse(&xml).unwrap();
        let known = at(&document, "AccountingSupplierParty/Party/PartyIdentification/ID");
        assert_eq!(known, Some("ada.peeters@example.com"));
        in_order(document.root_element(), &order());
    }
}
