//! Invoices and credit notes.

use std::collections::BTreeSet;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use iap_core::api::{Invoice, MailRecord, MailState};
use iap_core::time::Timestamp;
use iap_server::jobs::Outbox;
use iap_server::mail::{Carrier, Letter, Sender, Undelivered};
use iap_server::orders;
use iap_server::store::{Actor, Cut, InvoiceFilter, InvoiceRefusal, Store};
use mail_parser::{MessageParser, MimeHeaders as _};
use serde_json::{Value, json};

use crate::house::{House, Who};
use crate::on_both;
use crate::orders::buyer;
use crate::support::store::TestStore;

/// A moment in 2027.
const THEN: Timestamp = Timestamp::from_millis(1_800_000_000_000);

impl House {
    /// Orders the pack for a buyer; the order's key.
    pub(crate) async fn order_for(&self, buyer: Value) -> i64 {
        let path = format!("/accounts/{}/orders", self.reveal_account);
        let body = json!({"pack": self.pack, "buyer": buyer});
        let (status, order) = self.call(Who::Admin, "POST", &path, Some(body)).await;
        assert_eq!(status, 201, "{order}");
        order["id"].as_i64().unwrap()
    }

    pub(crate) async fn pay(&self, order: i64) {
        let payment = json!({"payment": format!("payment {order}")});
        let path = format!("/orders/{order}/payment");
        let (status, paid) = self.call(Who::Operator, "POST", &path, Some(payment)).await;
        assert_eq!(status, 200, "{paid}");
    }

    async fn refund(&self, order: i64) {
        let path = format!("/orders/{order}/refund");
        let reason = Some(json!({"reason": "A mistake"}));
        let (status, back) = self.call(Who::Operator, "POST", &path, reason).await;
        assert_eq!((status, &back["state"]), (200, &json!("refunded")), "{back}");
    }

    /// What was issued of an order, the newest first.
    pub(crate) async fn invoices_of(&self, order: i64) -> Vec<Value> {
        let path = format!("/orders/{order}/invoices");
        let (status, page) = self.call(Who::Member, "GET", &path, None).await;
        assert_eq!(status, 200, "{page}");
        page["items"].as_array().unwrap().clone()
    }

    async fn bill(&self, order: i64, body: Value) -> (u16, Value) {
        self.call(Who::Operator, "POST", &format!("/orders/{order}/invoice"), Some(body)).await
    }
}

/// Everything that was issued, the oldest first.
async fn issued(store: &Store) -> Vec<Invoice> {
    let all = Cut::new(None, Cut::MOST);
    let mut items = store.invoices(&InvoiceFilter::default(), all).await.unwrap().items;
    items.reverse();
    items
}

/// That numbers run from 1 without gaps in each series and year, in the order in which they were
/// issued, and that no order is billed twice.
async fn assert_gapless(store: &Store) {
    let issued = issued(store).await;
    let mut billed = BTreeSet::new();
    let mut last = std::collections::BTreeMap::new();
    for invoice in &issued {
        let number = invoice.document.number;
        assert!(billed.insert((invoice.document.order, invoice.kind.as_str())), "{number} twice");
        let before = last
            .insert((number.kind(), number.year()), (number.running(), invoice.document.issued_on));
        let (running, day) = before.unwrap_or((0, invoice.document.issued_on));
        assert_eq!(number.running(), running + 1);
        assert!(invoice.document.issued_on >= day);
        assert!(invoice.document.read().is_some(), "{invoice:?}");
    }
}

/// Takes mails on, or says why not, and remembers what it took.
#[derive(Clone, Default)]
struct Basket {
    taken: Arc<Mutex<Vec<Vec<u8>>>>,
    refuses: Arc<Mutex<bool>>,
}

impl Carrier for Basket {
    async fn deliver(&self, letter: &Letter) -> Result<(), Undelivered> {
        // Whoever races comes in between.
        tokio::time::sleep(Duration::from_millis(5)).await;
        if *self.refuses.lock().unwrap() {
            return Err(Undelivered::Later("Busy".into()));
        }
        self.taken.lock().unwrap().push(letter.to_bytes());
        Ok(())
    }
}

impl Basket {
    fn outbox(&self, store: &Store) -> Outbox<Self> {
        let sender = Sender::new(None, "https://iap.example.com", "iap.example.com").unwrap();
        Outbox::new(store.clone(), sender, self.clone())
    }

    /// The numbers of what was taken, as the names of the first files tell.
    fn numbers(&self) -> Vec<String> {
        let taken = self.taken.lock().unwrap();
        let mut numbers: Vec<_> = taken
            .iter()
            .map(|bytes| {
                let mail = MessageParser::default().parse(bytes).unwrap();
                let name = mail.attachment(0).unwrap().attachment_name().unwrap().to_owned();
                name.strip_suffix(".pdf").unwrap().replace('-', "/")
            })
            .collect();
        numbers.sort();
        numbers
    }
}

/// The mails that bring something, the oldest first.
async fn mails(store: &Store) -> Vec<MailRecord> {
    let mut mails = store.mails(None, Cut::new(None, Cut::MOST)).await.unwrap().items;
    mails.retain(|mail| !mail.invoice.is_empty());
    mails.reverse();
    mails
}

/// That there is one mail for each document, and what it says of it.
async fn assert_mailed_once(store: &Store) {
    let mails: Vec<_> =
        mails(store).await.into_iter().map(|it| (it.invoice, it.template, it.recipient)).collect();
    let expected: Vec<_> = issued(store)
        .await
        .into_iter()
        .map(|it| {
            let document = it.document;
            (document.number.to_string(), it.kind.as_str().to_owned(), document.buyer.email)
        })
        .collect();
    assert_eq!(mails, expected);
}

on_both! {
    async fn the_buyer_gets_each_document_once_with_its_files(test: TestStore) {
        let house = House::of(test).await;
        house.sell("BE", Some("21")).await;
        let store = &house.test.store;
        let mut somebody = buyer("NL", "NL123456789B01");
        somebody["email"] = json!("books@buyer.example");
        let order = house.order_for(somebody).await;
        assert!(mails(store).await.is_empty());
        for _ in 0..3 {
            house.pay(order).await;
            orders::bill_all(store, 10).await.unwrap();
        }
        assert_mailed_once(store).await;
        house.refund(order).await;
        assert_mailed_once(store).await;
        let (basket, later) = (Basket::default(), iap_server::clock::now().later(Duration::from_mins(1)));
        let outbox = basket.outbox(store);
        while outbox.send_one(later).await.unwrap().is_some() {}
        // The operator wants the first again: it is the same mail with the same files.
        let first = mails(store).await.remove(0);
        assert_eq!((first.state, &*first.recipient), (MailState::Sent, "books@buyer.example"));
        let path = format!("/mails/{}/resend", first.id);
        assert_eq!(house.call(Who::Admin, "POST", &path, None).await.0, 403);
        assert_eq!(house.call(Who::Operator, "POST", &path, None).await.0, 204);
        while outbox.send_one(later).await.unwrap().is_some() {}
        let (_, listed) = house.call(Who::Operator, "GET", "/mails?limit=1", None).await;
        assert_eq!(listed["items"][0]["invoice"], house.invoices_of(order).await[0]["document"]["number"]);
        let taken = basket.taken.lock().unwrap().clone();
        let (invoices, headers) = (house.invoices_of(order).await, house.proof(Who::Member));
        assert_eq!(taken.len(), 3);
        for (bytes, invoice) in taken.iter().zip([&invoices[1], &invoices[0], &invoices[1]]) {
            let mail = MessageParser::default().parse(bytes).unwrap();
            let document = &invoice["document"];
            let number = document["number"].as_str().unwrap();
            let what = if invoice["kind"] == "invoice" { "Invoice" } else { "Credit note" };
            assert_eq!(mail.subject().unwrap(), format!("{what} {number} from Peeters, Fietsen"));
            assert_eq!(mail.to().unwrap().first().unwrap().address(), Some("books@buyer.example"));
            assert_eq!(mail.reply_to().unwrap().first().unwrap().address(), Some("ada@example.com"));
            assert!(mail.body_text(0).unwrap().contains(number));
            assert_eq!(mail.attachment_count(), 2);
            for (part, (ending, kind)) in mail.attachments().zip([("pdf", "pdf"), ("ubl", "xml")]) {
                let path = format!("/api/v1/invoices/{}/{ending}", invoice["id"]);
                let file = house.send("GET", &path, &headers, None).await;
                assert_eq!(part.contents(), file.body);
                let name = format!("{}.{kind}", number.replace('/', "-"));
                assert_eq!(part.attachment_name(), Some(&*name));
                assert!(part.is_content_type("application", kind));
            }
        }
    }

    async fn a_mail_that_is_not_taken_waits_with_its_invoice(test: TestStore) {
        let house = House::of(test).await;
        house.sell("BE", Some("21")).await;
        let store = &house.test.store;
        for _ in 0..6 {
            let order = house.order_for(buyer("BE", "")).await;
            house.pay(order).await;
        }
        let basket = Basket::default();
        *basket.refuses.lock().unwrap() = true;
        let later = iap_server::clock::now().later(Duration::from_mins(1));
        let outbox = basket.outbox(store);
        while outbox.send_one(later).await.unwrap().is_some() {}
        let waiting = mails(store).await;
        assert!(waiting.iter().all(|mail| mail.state == MailState::Waiting && mail.error == "Busy"));
        assert!(basket.numbers().is_empty());
        // It is put right, and two servers send at the same time.
        *basket.refuses.lock().unwrap() = false;
        let other = Store::open(&house.test.url).await.unwrap();
        let later = later.later(Duration::from_hours(24));
        let senders = [store, &other, store, &other].map(|store| {
            let outbox = basket.outbox(store);
            tokio::spawn(async move { while outbox.send_one(later).await.unwrap().is_some() {} })
        });
        for sender in senders {
            sender.await.unwrap();
        }
        let numbers: Vec<_> = mails(store).await.into_iter().map(|mail| mail.invoice).collect();
        assert_eq!((basket.numbers(), numbers.len()), (numbers, 6));
        other.close().await;
    }

    async fn no_invoice_without_its_mail(test: TestStore) {
        let house = House::of(test).await;
        house.sell("BE", Some("21")).await;
        let order = house.order_for(buyer("BE", "")).await;
        let (break_it, mend_it) = if house.test.folder.is_some() {
            (
                "CREATE TRIGGER broken BEFORE INSERT ON mail BEGIN SELECT RAISE(ABORT, 'no'); END",
                "DROP TRIGGER broken",
            )
        } else {
            (
                "ALTER TABLE mail ADD CONSTRAINT broken CHECK (id < 0) NOT VALID",
                "ALTER TABLE mail DROP CONSTRAINT broken",
            )
        };
        crate::execute(&house.test, break_it).await;
        house.pay(order).await;
        let store = &house.test.store;
        assert!(issued(store).await.is_empty());
        assert_eq!(orders::bill_all(store, 10).await.unwrap(), 0);
        crate::execute(&house.test, mend_it).await;
        assert_eq!(orders::bill_all(store, 10).await.unwrap(), 1);
        assert_eq!(orders::bill_all(store, 10).await.unwrap(), 0);
        assert_mailed_once(store).await;
        assert_gapless(store).await;
    }

    async fn an_order_is_billed_when_it_is_paid(test: TestStore) {
        let house = House::of(test).await;
        house.sell("BE", Some("21")).await;
        let order = house.order_for(buyer("NL", "NL123456789B01")).await;
        assert!(house.invoices_of(order).await.is_empty());
        for _ in 0..2 {
            house.pay(order).await;
            let invoices = house.invoices_of(order).await;
            assert_eq!(invoices.len(), 1);
            let (invoice, document) = (&invoices[0], &invoices[0]["document"]);
            assert_eq!((&invoice["kind"], &invoice["account"]), (&json!("invoice"), &json!(house.reveal_account)));
            let number = document["number"].as_str().unwrap();
            let (year, _) = document["issued_on"].as_str().unwrap().split_once('-').unwrap();
            assert_eq!(number, format!("INV/{year}/00001"));
            let money = ["net", "tax", "gross", "tax_category", "tax_rate", "takes_back"];
            let money = json!(money.map(|field| document[field].clone()));
            assert_eq!(money, json!([150, 0, 150, "AE", null, null]));
            assert_eq!((&document["service"], &document["name"]), (&json!("REVEAL"), &json!("Starter")));
            assert_eq!((&document["seller"]["vat_number"], &document["language"]), (&json!("BE0123456789"), &json!("en")));
        }
        house.refund(order).await;
        let invoices = house.invoices_of(order).await;
        assert_eq!(invoices.len(), 2);
        assert_eq!(invoices[0]["kind"], "credit_note");
        assert!(invoices[0]["document"]["number"].as_str().unwrap().starts_with("CN/"));
        assert_eq!(invoices[0]["document"]["takes_back"]["number"], invoices[1]["document"]["number"]);
        assert_eq!(orders::bill_all(&house.test.store, 1).await.unwrap(), 0);
        assert_gapless(&house.test.store).await;
        house.test.verify().await;
    }

    async fn what_is_issued_never_changes(test: TestStore) {
        let house = House::of(test).await;
        house.sell("BE", Some("21")).await;
        let order = house.order_for(buyer("BE", "0123.456.789")).await;
        house.pay(order).await;
        let before = house.invoices_of(order).await;
        house.sell("NL", None).await;
        let pack = format!("/packs/{}", house.pack);
        house.call(Who::Operator, "PATCH", &pack, Some(json!({"name": "Other"}))).await;
        let service = format!("/services/{}", house.reveal);
        house.call(Who::Operator, "PATCH", &service, Some(json!({"label": "Other"}))).await;
        assert_eq!(house.invoices_of(order).await, before);
        // The credit note says what the invoice said, whoever sells by then.
        house.refund(order).await;
        let after = house.invoices_of(order).await;
        assert_eq!(after[1], before[0]);
        for field in ["seller", "buyer", "name", "service", "net", "tax", "gross", "tax_rate"] {
            assert_eq!(after[0]["document"][field], before[0]["document"][field], "{field}");
        }
        assert_gapless(&house.test.store).await;
    }

    async fn files_bear_the_number_as_their_name(test: TestStore) {
        let house = House::of(test).await;
        house.sell("BE", Some("21")).await;
        let order = house.order_for(buyer("BE", "")).await;
        house.pay(order).await;
        house.refund(order).await;
        for invoice in house.invoices_of(order).await {
            let number = invoice["document"]["number"].as_str().unwrap();
            let name = number.replace('/', "-");
            let shown = format!("/invoices/{}", invoice["id"]);
            let path = format!("/api/v1{shown}");
            let headers = house.proof(Who::Member);
            let pdf = house.send("GET", &format!("{path}/pdf"), &headers, None).await;
            assert_eq!((pdf.status, pdf.header("content-type")), (200, Some("application/pdf")));
            let disposition = format!("attachment; filename=\"{name}.pdf\"");
            assert_eq!(pdf.header("content-disposition"), Some(&*disposition));
            assert_eq!(pdf.header("cache-control"), Some("no-store"));
            assert!(pdf.body.starts_with(b"%PDF-1.7") && pdf.body.len() > 10_000);
            let ubl = house.send("GET", &format!("{path}/ubl"), &headers, None).await;
            assert_eq!((ubl.status, ubl.header("content-type")), (200, Some("application/xml")));
            let disposition = format!("attachment; filename=\"{name}.xml\"");
            assert_eq!(ubl.header("content-disposition"), Some(&*disposition));
            assert!(ubl.text().contains(&format!("<cbc:ID>{number}</cbc:ID>")), "{}", ubl.text());
            let (status, shown) = house.call(Who::Member, "GET", &shown, None).await;
            assert_eq!((status, shown), (200, invoice));
        }
    }

    async fn without_a_buyer_or_a_seller_there_is_none(test: TestStore) {
        let house = House::of(test).await;
        // Nobody sells, and nobody is said to buy.
        let named = house.order_for(buyer("US", "")).await;
        let nameless = house.order().await["id"].as_i64().unwrap();
        let (status, problem) = house.bill(named, json!({})).await;
        assert_eq!((status, &problem["code"]), (409, &json!("order_state")));
        for order in [named, nameless] {
            house.pay(order).await;
            assert!(house.invoices_of(order).await.is_empty());
        }
        assert_eq!(orders::bill_all(&house.test.store, 1).await.unwrap(), 0);
        let (status, problem) = house.bill(named, json!({})).await;
        assert_eq!((status, &problem["code"]), (409, &json!("not_billable")), "{problem}");
        let (status, problem) = house.bill(nameless, json!({})).await;
        assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("buyer")));
        // When somebody sells, what can be billed is, once.
        house.sell("BE", Some("21")).await;
        assert_eq!(orders::bill_all(&house.test.store, 1).await.unwrap(), 1);
        assert_eq!(orders::bill_all(&house.test.store, 1).await.unwrap(), 0);
        assert_eq!(house.invoices_of(named).await.len(), 1);
        // It was paid without tax, which somebody in the seller's country has to pay.
        let body = json!({"buyer": buyer("BE", "")});
        let (status, problem) = house.bill(nameless, body.clone()).await;
        assert_eq!((status, &problem["code"]), (409, &json!("not_billable")), "{problem}");
        let (status, problem) = house.bill(nameless, json!({"buyer": buyer("XX", "")})).await;
        assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("buyer.country")));
        // It was paid with the seller's tax, which they owe.
        let nameless = house.order().await["id"].as_i64().unwrap();
        house.pay(nameless).await;
        let (status, invoice) = house.bill(nameless, body.clone()).await;
        assert_eq!((status, &invoice["document"]["tax"]), (201, &json!(32)), "{invoice}");
        assert_eq!(house.bill(nameless, body).await, (201, invoice.clone()));
        // It is taken back as others are.
        house.refund(nameless).await;
        assert_eq!(house.invoices_of(nameless).await.len(), 2);
        // Somebody else cannot be billed for an order that names its buyer.
        let order = house.order_for(buyer("BE", "0123456789")).await;
        let sql = format!("UPDATE iap_order SET state = 'paid', paid_at = 1800000000000 WHERE id = {order}");
        crate::execute(&house.test, &sql).await;
        let (status, problem) = house.bill(order, json!({"buyer": buyer("BE", "")})).await;
        assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("buyer")));
        assert_gapless(&house.test.store).await;
    }

    async fn a_seller_who_takes_tax_has_a_number(test: TestStore) {
        let house = House::of(test).await;
        let change = json!({"seller": buyer("BE", ""), "tax_rate": "21"});
        house.call(Who::Operator, "PATCH", "/settings", Some(change)).await;
        let order = house.order_for(buyer("BE", "")).await;
        house.pay(order).await;
        let (status, problem) = house.bill(order, json!({})).await;
        assert_eq!((status, &problem["code"]), (409, &json!("not_billable")));
        assert!(problem["detail"].as_str().unwrap().contains("VAT number of the seller"));
        // It does not keep those behind it waiting.
        let abroad = house.order_for(buyer("US", "")).await;
        house.pay(abroad).await;
        assert_eq!(house.invoices_of(abroad).await.len(), 1);
        house.sell("BE", Some("21")).await;
        assert_eq!(orders::bill_all(&house.test.store, 1).await.unwrap(), 1);
        assert_eq!(house.invoices_of(order).await[0]["document"]["gross"], 182);
        assert_gapless(&house.test.store).await;
    }

    async fn what_a_process_left_behind_is_issued(test: TestStore) {
        let house = House::of(test).await;
        house.sell("BE", Some("21")).await;
        let (store, actor) = (&house.test.store, Actor::server(iap_server::clock::now()));
        let order = house.order_for(buyer("BE", "")).await;
        // The process ends after the payment is noted: the ledger comes first.
        store.note_payment(order, "a transfer", &actor).await.unwrap().unwrap();
        assert_eq!(orders::bill_all(store, 10).await.unwrap(), 0);
        assert_eq!(store.issue_invoice(order, None, &actor).await.unwrap(), Err(InvoiceRefusal::NotPaid));
        assert_eq!(orders::finish_all(store, 10).await.unwrap(), 1);
        // It ends before the invoice is issued.
        assert!(house.invoices_of(order).await.is_empty());
        assert_eq!(orders::bill_all(store, 10).await.unwrap(), 1);
        assert_eq!(orders::bill_all(store, 10).await.unwrap(), 0);
        // It ends before the credit note is.
        store.note_refund(order, "a mistake", &actor).await.unwrap().unwrap();
        assert_eq!(orders::bill_all(store, 10).await.unwrap(), 0);
        assert_eq!(orders::finish_all(store, 10).await.unwrap(), 1);
        assert_eq!(orders::bill_all(store, 10).await.unwrap(), 1);
        // Paid and given back before anything was issued: both are.
        let second = house.order_for(buyer("BE", "")).await;
        store.note_payment(second, "another", &actor).await.unwrap().unwrap();
        orders::finish_all(store, 10).await.unwrap();
        store.note_refund(second, "a mistake", &actor).await.unwrap().unwrap();
        orders::finish_all(store, 10).await.unwrap();
        assert_eq!(orders::bill_all(store, 10).await.unwrap(), 2);
        assert_mailed_once(store).await;
        let kinds: Vec<_> = issued(store).await.iter().map(|it| it.kind.as_str()).collect();
        assert_eq!(kinds, ["invoice", "credit_note", "invoice", "credit_note"]);
        assert_gapless(store).await;
        house.test.verify().await;
    }

    async fn many_at_once_bill_each_order_once_and_leave_no_gap(test: TestStore) {
        let house = House::of(test).await;
        house.sell("BE", Some("21")).await;
        let mut keys = Vec::new();
        for _ in 0..12 {
            let order = house.order_for(buyer("BE", "")).await;
            let actor = Actor::server(iap_server::clock::now());
            house.test.store.note_payment(order, "a transfer", &actor).await.unwrap().unwrap();
            keys.push(order);
        }
        orders::finish_all(&house.test.store, 100).await.unwrap();
        // A second server on the same database, whose clock is an hour behind.
        let other = Store::open(&house.test.url).await.unwrap();
        let mut tries = Vec::new();
        for round in 0_i64..4 {
            for &order in &keys {
                let store = if round % 2 == 0 { house.test.store.clone() } else { other.clone() };
                let at = Timestamp::from_millis(THEN.millis() - round % 2 * 3_600_000);
                tries.push(tokio::spawn(async move {
                    store.issue_invoice(order, None, &Actor::server(at)).await.unwrap().unwrap()
                }));
            }
        }
        let mut count = 0;
        for one in tries {
            count += one.await.unwrap();
        }
        assert_eq!(count, 12);
        assert_eq!(issued(&other).await.len(), 12);
        assert_mailed_once(&other).await;
        assert_gapless(&other).await;
        other.close().await;
    }

    async fn a_transaction_that_fails_leaves_no_gap(test: TestStore) {
        let house = House::of(test).await;
        house.sell("BE", Some("21")).await;
        let (first, second) = (house.order_for(buyer("BE", "")).await, house.order_for(buyer("BE", "")).await);
        house.pay(first).await;
        // The number is taken, and then the document cannot be kept.
        let (break_it, mend_it) = if house.test.folder.is_some() {
            (
                "CREATE TRIGGER broken BEFORE INSERT ON invoice BEGIN SELECT RAISE(ABORT, 'no'); END",
                "DROP TRIGGER broken",
            )
        } else {
            (
                "ALTER TABLE invoice ADD CONSTRAINT broken CHECK (id < 0) NOT VALID",
                "ALTER TABLE invoice DROP CONSTRAINT broken",
            )
        };
        crate::execute(&house.test, break_it).await;
        // The payment counts all the same.
        house.pay(second).await;
        for _ in 0..3 {
            let actor = Actor::server(iap_server::clock::now());
            assert!(house.test.store.issue_invoice(second, None, &actor).await.is_err());
            assert_eq!(orders::bill_all(&house.test.store, 10).await.unwrap(), 0);
        }
        crate::execute(&house.test, mend_it).await;
        assert!(house.invoices_of(second).await.is_empty());
        assert_eq!(orders::bill_all(&house.test.store, 10).await.unwrap(), 1);
        let numbers: Vec<_> = issued(&house.test.store).await.iter().map(|it| it.document.number.running()).collect();
        assert_eq!(numbers, [1, 2]);
        assert_gapless(&house.test.store).await;
        house.test.verify().await;
    }

    async fn verify_finds_numbers_that_are_missing(test: TestStore) {
        let house = House::of(test).await;
        house.sell("BE", Some("21")).await;
        for _ in 0..3 {
            let order = house.order_for(buyer("BE", "")).await;
            house.pay(order).await;
        }
        house.test.verify().await;
        crate::execute(&house.test, "DELETE FROM mail").await;
        crate::execute(&house.test, "DELETE FROM invoice WHERE running = 2").await;
        let findings = house.test.store.verify().await.unwrap().findings;
        assert_eq!(findings.len(), 1);
        assert!(findings[0].what.contains("/00003 "), "{findings:?}");
        crate::execute(&house.test, "UPDATE invoice_counter SET running = 2").await;
        assert_eq!(house.test.store.verify().await.unwrap().findings.len(), 1);
        crate::execute(&house.test, "DELETE FROM invoice WHERE running = 3").await;
        house.test.verify().await;
    }

    async fn each_year_begins_with_one(test: TestStore) {
        let house = House::of(test).await;
        house.sell("BE", Some("21")).await;
        let store = &house.test.store;
        let mut numbers = Vec::new();
        // The last moments of 2030 in UTC, the first of 2031, and a clock that is behind.
        for at in [1_924_991_999_998_i64, 1_924_991_999_999, 1_924_992_000_000, 1_924_991_999_000] {
            let order = house.order_for(buyer("BE", "")).await;
            let actor = Actor::server(Timestamp::from_millis(at));
            orders::pay(store, order, "a transfer", &actor).await.unwrap();
            let document = &house.invoices_of(order).await[0]["document"];
            numbers.push((document["number"].clone(), document["issued_on"].clone()));
        }
        assert_eq!(numbers, [
            (json!("INV/2030/00001"), json!("2030-12-31")),
            (json!("INV/2030/00002"), json!("2030-12-31")),
            (json!("INV/2031/00001"), json!("2031-01-01")),
            (json!("INV/2030/00003"), json!("2030-12-31")),
        ]);
    }

    async fn a_receipt_opens_the_invoices_of_its_order(test: TestStore) {
        let house = House::of(test).await;
        house.sell("BE", Some("21")).await;
        let (order, receipt) = house.buy("one").await;
        let (other, other_receipt) = house.buy("two").await;
        for order in [&order, &other] {
            house.pay(order["id"].as_i64().unwrap()).await;
        }
        let of_order = format!("/orders/{}/invoices", order["id"]);
        let get = async |receipt: &str, path: &str| {
            house.call_with_receipt(Some(receipt), "GET", path, None, "").await
        };
        let (status, page) = get(&receipt, &of_order).await;
        assert_eq!((status, page["items"].as_array().unwrap().len()), (200, 1), "{page}");
        let invoice = format!("/invoices/{}", page["items"][0]["id"]);
        for what in ["", "/pdf", "/ubl"] {
            assert_eq!(get(&receipt, &format!("{invoice}{what}")).await.0, 200);
            // Whether there is such an invoice is nobody's to know.
            let theirs = get(&other_receipt, &format!("{invoice}{what}")).await;
            assert_eq!((theirs.0, &theirs.1["code"]), (401, &json!("not_signed_in")));
            assert_eq!(get(&other_receipt, &format!("/invoices/999999{what}")).await, theirs);
            assert_eq!(get("", &format!("{invoice}{what}")).await, theirs);
            let theirs = house.call(Who::Stranger, "GET", &format!("{invoice}{what}"), None).await;
            assert_eq!((theirs.0, &theirs.1["code"]), (404, &json!("not_found")));
            let none = format!("/invoices/999999{what}");
            assert_eq!(house.call(Who::Stranger, "GET", &none, None).await, theirs);
        }
        assert_eq!(get(&other_receipt, &of_order).await.0, 401);
        // Lists are for those who are signed in.
        assert_eq!(get(&receipt, "/invoices").await.0, 401);
        assert_eq!(get(&receipt, "/invoices.csv").await.0, 401);
    }

    async fn invoices_are_listed_and_exported(test: TestStore) {
        let house = House::of(test).await;
        house.sell("BE", Some("21")).await;
        let mut keys = Vec::new();
        for _ in 0..2 {
            let order = house.order_for(buyer("BE", "0123456789")).await;
            house.pay(order).await;
            keys.push(house.invoices_of(order).await[0]["id"].clone());
        }
        let (first, second) = (&keys[0], &keys[1]);
        let ids = async |who, query: &str| {
            let (status, page) = house.call(who, "GET", &format!("/invoices{query}"), None).await;
            assert_eq!(status, 200, "{page}");
            page["items"].as_array().unwrap().iter().map(|it| it["id"].clone()).collect::<Vec<_>>()
        };
        for who in [Who::Member, Who::Admin, Who::Operator] {
            assert_eq!(ids(who, "").await, [second.clone(), first.clone()]);
        }
        for who in [Who::Stranger, Who::Provider] {
            assert_eq!(ids(who, "").await, Vec::<Value>::new());
        }
        assert_eq!(ids(Who::Operator, "?limit=1").await, std::slice::from_ref(second));
        assert_eq!(ids(Who::Operator, &format!("?after={second}")).await, std::slice::from_ref(first));
        assert_eq!(ids(Who::Operator, &format!("?account={}", house.account)).await, Vec::<Value>::new());
        assert_eq!(ids(Who::Operator, &format!("?account={}", house.reveal_account)).await.len(), 2);
        assert_eq!(ids(Who::Operator, &format!("?database={}", house.database)).await.len(), 2);
        assert_eq!(ids(Who::Operator, &format!("?database={}", house.other_database)).await.len(), 0);
        for what in ["account", "database"] {
            let key = if what == "account" { house.reveal_account } else { house.database };
            let path = format!("/invoices?{what}={key}");
            assert_eq!(house.call(Who::Stranger, "GET", &path, None).await.0, 404);
        }
        let headers = house.proof(Who::Member);
        let csv = house.send("GET", "/api/v1/invoices.csv", &headers, None).await;
        let disposition = csv.header("content-disposition");
        assert_eq!(disposition, Some("attachment; filename=\"invoices.csv\""));
        let text = csv.text();
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), 3, "{text}");
        assert_eq!(lines[0].split(',').count(), 19);
        let expected = ",\"Peeters, Fietsen\",\"BE\",\"BE0123456789\",\"Starter\",10.0000,1.50,0.32,1.82,EUR,S,21,";
        assert!(lines[2].starts_with("INV/") && lines[2].contains(expected), "{text}");
        let headers = house.proof(Who::Stranger);
        let csv = house.send("GET", "/api/v1/invoices.csv", &headers, None).await;
        assert_eq!(csv.text().lines().count(), 1);
    }
}
