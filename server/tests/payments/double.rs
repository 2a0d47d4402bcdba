//! A double of Stripe's server: what of it orders need, as its documentation describes it. It is no Stripe;
//! unlike one, it loses answers and changes amounts when it is told to.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use serde_json::{Value, json};

/// The key that it knows this server by.
pub(crate) const KEY: &str = "sk_test_of_the_double";

/// What the double does wrong for now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Mood {
    /// Nothing.
    #[default]
    Well,
    /// It answers nothing but errors.
    Down,
    /// It does what it is asked for, and its answer gets lost.
    LosesAnswers,
}

/// What it knows.
#[derive(Debug, Default)]
struct Books {
    mood: Mood,
    intents: HashMap<String, Value>,
    /// What was answered under each key, with what was asked.
    keys: HashMap<String, (String, Value)>,
    /// Intents whose money was given back.
    refunds: Vec<String>,
}

/// The double; it stops with the test.
#[derive(Clone, Debug)]
pub(crate) struct Double {
    books: Arc<Mutex<Books>>,
    pub(crate) address: SocketAddr,
}

type Said = (StatusCode, axum::Json<Value>);

impl Double {
    pub(crate) async fn start() -> Self {
        let books = Arc::new(Mutex::new(Books::default()));
        let router = Router::new()
            .route("/v1/payment_intents", post(create))
            .route("/v1/payment_intents/{id}", get(find))
            .route("/v1/payment_intents/{id}/cancel", post(cancel))
            .route("/v1/refunds", post(refund))
            .with_state(Arc::clone(&books));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { books, address }
    }

    pub(crate) fn set_mood(&self, mood: Mood) {
        self.books.lock().unwrap().mood = mood;
    }

    /// Names of all intents.
    pub(crate) fn intents(&self) -> Vec<String> {
        self.books.lock().unwrap().intents.keys().cloned().collect()
    }

    pub(crate) fn intent(&self, id: &str) -> Value {
        self.books.lock().unwrap().intents[id].clone()
    }

    /// How often the money of an intent was given back.
    pub(crate) fn refunds(&self, id: &str) -> usize {
        self.books.lock().unwrap().refunds.iter().filter(|it| *it == id).count()
    }

    /// Changes an intent, as somebody who pays does, or a bank.
    pub(crate) fn change(&self, id: &str, changes: &Value) {
        let mut books = self.books.lock().unwrap();
        let intent = books.intents.get_mut(id).unwrap();
        for (field, value) in changes.as_object().unwrap() {
            intent[field] = value.clone();
        }
    }

    /// Somebody pays, if it can still be paid; whether it could.
    pub(crate) fn pay(&self, id: &str) -> bool {
        let mut books = self.books.lock().unwrap();
        let intent = books.intents.get_mut(id).unwrap();
        let open = is_open(intent) || intent["status"] == "processing";
        if open {
            intent["status"] = json!("succeeded");
            intent["amount_received"] = intent["amount"].clone();
            intent["last_payment_error"] = Value::Null;
        }
        open
    }

    /// Somebody gives money back there, without a word to anybody.
    pub(crate) fn refund_by_hand(&self, id: &str) {
        self.books.lock().unwrap().refunds.push(id.to_owned());
    }

    /// A card is declined.
    pub(crate) fn decline(&self, id: &str, code: &str, decline_code: Option<&str>) {
        let error = json!({"code": code, "decline_code": decline_code, "message": "Declined."});
        self.change(id, &json!({"status": "requires_payment_method", "last_payment_error": error}));
    }
}

fn is_open(intent: &Value) -> bool {
    ["requires_payment_method", "requires_confirmation", "requires_action"]
        .contains(&intent["status"].as_str().unwrap())
}

fn error(status: u16, kind: &str, code: &str) -> Said {
    let error = json!({"error": {"type": kind, "code": code, "message": "A sentence."}});
    (StatusCode::from_u16(status).unwrap(), axum::Json(error))
}

/// What is wrong with any request.
fn refuse(books: &Books, headers: &HeaderMap) -> Option<Said> {
    if books.mood == Mood::Down {
        return Some(error(503, "api_error", "down"));
    }
    let header = |name| headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if header("authorization") != format!("Bearer {KEY}") {
        return Some(error(401, "invalid_request_error", "api_key"));
    }
    assert_eq!(header("stripe-version"), "2024-06-20");
    None
}

/// The answer, unless it gets lost.
fn answer(books: &Books, value: Value) -> Said {
    match books.mood {
        Mood::LosesAnswers => error(500, "api_error", "lost"),
        _ => (StatusCode::OK, axum::Json(value)),
    }
}

fn fields(body: &[u8]) -> HashMap<String, String> {
    url::form_urlencoded::parse(body).into_owned().collect()
}

/// What was answered before under a key, if something was. Every request that changes something has one,
/// but for cancellations.
fn before(books: &Books, headers: &HeaderMap, body: &[u8]) -> Result<String, Said> {
    let key = headers["idempotency-key"].to_str().unwrap().to_owned();
    match books.keys.get(&key) {
        Some((asked, _)) if asked.as_bytes() != body => {
            Err(error(400, "idempotency_error", "idempotency_error"))
        }
        Some((_, answered)) => Err(answer(books, answered.clone())),
        None => Ok(key),
    }
}

async fn create(State(books): State<Arc<Mutex<Books>>>, headers: HeaderMap, body: Bytes) -> Said {
    // So that those who begin at once meet.
    tokio::time::sleep(Duration::from_millis(30)).await;
    let mut books = books.lock().unwrap();
    if let Some(refused) = refuse(&books, &headers) {
        return refused;
    }
    let key = match before(&books, &headers, &body) {
        Ok(key) => key,
        Err(answered) => return answered,
    };
    let fields = fields(&body);
    assert_eq!(fields["payment_method_types[]"], "card");
    let amount: u64 = fields["amount"].parse().unwrap();
    if amount < 50 {
        return error(400, "invalid_request_error", "amount_too_small");
    }
    let id = format!("pi_{}", iap_server::secret::new().unwrap().get(..24).unwrap());
    let intent = json!({
        "id": id, "object": "payment_intent", "status": "requires_payment_method",
        "amount": amount, "amount_received": 0, "currency": fields["currency"],
        "client_secret": format!("{id}_secret_x"), "last_payment_error": null,
        "metadata": {"order": fields["metadata[order]"]}, "livemode": false,
    });
    books.intents.insert(id, intent.clone());
    books.keys.insert(key, (String::from_utf8(body.to_vec()).unwrap(), intent.clone()));
    answer(&books, intent)
}

async fn find(
    State(books): State<Arc<Mutex<Books>>>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Said {
    let books = books.lock().unwrap();
    if let Some(refused) = refuse(&books, &headers) {
        return refused;
    }
    match books.intents.get(&id) {
        Some(intent) => answer(&books, intent.clone()),
        None => error(404, "invalid_request_error", "resource_missing"),
    }
}

async fn cancel(
    State(books): State<Arc<Mutex<Books>>>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Said {
    let mut books = books.lock().unwrap();
    if let Some(refused) = refuse(&books, &headers) {
        return refused;
    }
    let Some(intent) = books.intents.get_mut(&id) else {
        return error(404, "invalid_request_error", "resource_missing");
    };
    if !is_open(intent) {
        return error(400, "invalid_request_error", "payment_intent_unexpected_state");
    }
    intent["status"] = json!("canceled");
    let intent = intent.clone();
    answer(&books, intent)
}

async fn refund(State(books): State<Arc<Mutex<Books>>>, headers: HeaderMap, body: Bytes) -> Said {
    let mut books = books.lock().unwrap();
    if let Some(refused) = refuse(&books, &headers) {
        return refused;
    }
    let key = match before(&books, &headers, &body) {
        Ok(key) => key,
        Err(answered) => return answered,
    };
    let id = fields(&body)["payment_intent"].clone();
    if books.intents[&id]["status"] != "succeeded" {
        return error(400, "invalid_request_error", "charge_not_captured");
    }
    if books.refunds.contains(&id) {
        return error(400, "invalid_request_error", "charge_already_refunded");
    }
    let said = json!({"id": "re_1", "object": "refund", "status": "succeeded"});
    books.keys.insert(key, (String::from_utf8(body.to_vec()).unwrap(), said.clone()));
    books.refunds.push(id);
    answer(&books, said)
}
