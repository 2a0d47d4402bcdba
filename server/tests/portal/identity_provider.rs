//! An identity provider that says whatever a test wants it to.
//!
//! It signs by itself, with nothing of the library that checks its tokens.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use iap_server::clock;
use iap_server::oidc::{Provider, Settings};
use ring::rand::SystemRandom;
use ring::rsa::PublicKeyComponents;
use ring::signature::{Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair};
use ring::{digest, hmac};
use serde_json::{Value, json};
use tokio::net::TcpSocket;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use url::Url;

use crate::house::PUBLIC_URL;

/// What the server is called there, and its secret, which has signs in it that have to be escaped.
pub(crate) const CLIENT: &str = "iap";
pub(crate) const SECRET: &str = "a secret: 100 %";

/// Made for these tests, and used nowhere else.
const RSA_KEY: &str = include_str!("signing-key.pem");

/// What signs tokens.
pub(crate) enum Signer {
    EdDsa(Box<Ed25519KeyPair>, &'static str),
    Rsa(Box<RsaKeyPair>),
    /// With what both know.
    Secret,
    Nobody,
}

impl Signer {
    /// With a new key of that name.
    pub(crate) fn new(kid: &'static str) -> Self {
        let key = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Self::EdDsa(Box::new(Ed25519KeyPair::from_pkcs8(key.as_ref()).unwrap()), kid)
    }

    pub(crate) fn rsa() -> Self {
        let lines = RSA_KEY.lines().filter(|line| !line.starts_with('-'));
        let key = STANDARD.decode(lines.collect::<String>()).unwrap();
        Self::Rsa(Box::new(RsaKeyPair::from_pkcs8(&key).unwrap()))
    }

    /// What is published of it.
    fn key(&self) -> Option<Value> {
        match self {
            Self::EdDsa(key, kid) => Some(json!({
                "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": kid,
                "x": URL_SAFE_NO_PAD.encode(key.public_key()),
            })),
            Self::Rsa(key) => {
                let public = PublicKeyComponents::<Vec<u8>>::from(key.public());
                Some(json!({
                    "kty": "RSA", "alg": "RS256", "use": "sig", "kid": "rsa",
                    "n": URL_SAFE_NO_PAD.encode(&public.n),
                    "e": URL_SAFE_NO_PAD.encode(&public.e),
                }))
            }
            Self::Secret | Self::Nobody => None,
        }
    }

    fn sign(&self, claims: &Value) -> String {
        let header = match self {
            Self::EdDsa(_, kid) => json!({"alg": "EdDSA", "kid": kid}),
            Self::Rsa(_) => json!({"alg": "RS256", "kid": "rsa"}),
            Self::Secret => json!({"alg": "HS256"}),
            Self::Nobody => json!({"alg": "none"}),
        };
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let text = format!("{}.{}", part(&header), part(claims));
        let signature = match self {
            Self::EdDsa(key, _) => key.sign(text.as_bytes()).as_ref().to_vec(),
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                let random = SystemRandom::new();
                key.sign(&RSA_PKCS1_SHA256, &random, text.as_bytes(), &mut signature).unwrap();
                signature
            }
            Self::Secret => {
                let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
                hmac::sign(&key, text.as_bytes()).as_ref().to_vec()
            }
            Self::Nobody => Vec::new(),
        };
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

/// What it does.
struct Doing {
    signer: Signer,
    /// The keys it publishes, where they are not those of the signer.
    keys: Option<Vec<Value>>,
    /// For each code what the token says, and the challenge of PKCE.
    codes: HashMap<String, (Value, String)>,
    /// What it says of whoever has the token.
    listed: Value,
    /// Whether a code may be used again.
    lenient: bool,
    /// How often it was asked for tokens.
    asked: usize,
}

/// An identity provider on this machine; it stops when dropped.
pub(crate) struct IdentityProvider {
    pub(crate) issuer: String,
    address: SocketAddr,
    doing: Arc<Mutex<Doing>>,
    /// Tells it to end, and the end.
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
    /// Keeps the address, also while it cannot be reached, so that no other test takes it.
    _place: TcpSocket,
}

/// A socket at an address that this process may take several times.
fn socket(address: SocketAddr) -> TcpSocket {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_reuseport(true).unwrap();
    socket.bind(address).unwrap();
    socket
}

impl Drop for IdentityProvider {
    fn drop(&mut self) {
        if let Some((_, task)) = self.running.take() {
            task.abort();
        }
    }
}

impl IdentityProvider {
    pub(crate) fn start(signer: Signer) -> Self {
        let place = socket(SocketAddr::from(([127, 0, 0, 1], 0)));
        let address = place.local_addr().unwrap();
        let doing = Doing {
            signer,
            keys: None,
            codes: HashMap::new(),
            listed: Value::Null,
            lenient: false,
            asked: 0,
        };
        let doing = Arc::new(Mutex::new(doing));
        let issuer = format!("http://{address}/realm");
        let mut provider = Self { issuer, address, doing, running: None, _place: place };
        provider.come_back();
        provider
    }

    /// It can be reached, again.
    pub(crate) fn come_back(&mut self) {
        let listener = socket(self.address).listen(128).unwrap();
        let served = (self.issuer.clone(), Arc::clone(&self.doing));
        let router = Router::new()
            .route("/realm/.well-known/openid-configuration", get(metadata))
            .route("/realm/keys", get(keys))
            .route("/realm/token", post(token))
            .route("/realm/people", get(people))
            .with_state(served);
        let (stop, stopped) = oneshot::channel();
        let stopped = async { stopped.await.unwrap_or_default() };
        let running = axum::serve(listener, router).with_graceful_shutdown(stopped);
        self.running = Some((stop, tokio::spawn(async { running.await.unwrap() })));
    }

    /// It cannot be reached any more.
    pub(crate) async fn stop(&mut self) {
        if let Some((stop, task)) = self.running.take() {
            stop.send(()).unwrap();
            // The listener and the connections that are kept open go with the task, not with the
            // word that it is to end.
            task.await.unwrap();
        }
    }

    fn doing(&self) -> MutexGuard<'_, Doing> {
        self.doing.lock().unwrap()
    }

    /// Whatever a server needs to know of it, with settings of one's own.
    pub(crate) fn known(&self, change: impl FnOnce(&mut Settings)) -> Provider {
        let mut settings = Settings {
            issuer: self.issuer.parse().unwrap(),
            client_id: CLIENT.to_owned(),
            client_secret: Some(SECRET.to_owned().into()),
            label: "Example".to_owned(),
            scopes: vec!["email".to_owned(), "profile".to_owned()],
            groups: [].into(),
            admitted: "admitted.example".parse().unwrap(),
        };
        change(&mut settings);
        Provider::new(settings, &PUBLIC_URL.parse().unwrap()).unwrap()
    }

    /// Signs by another key, which it publishes.
    pub(crate) fn sign_by(&self, signer: Signer) {
        self.doing().signer = signer;
    }

    /// A stranger signs: the keys that are published stay.
    pub(crate) fn be_impersonated(&self, signer: Signer) {
        let mut doing = self.doing();
        doing.keys = Some(doing.signer.key().into_iter().collect());
        doing.signer = signer;
    }

    /// What its list says of everybody.
    pub(crate) fn list(&self, claims: Value) {
        self.doing().listed = claims;
    }

    /// Takes codes again that were used.
    pub(crate) fn be_lenient(&self) {
        self.doing().lenient = true;
    }

    /// How often it was asked for tokens.
    pub(crate) fn asked(&self) -> usize {
        self.doing().asked
    }

    /// A code for whoever comes to the address with a sign-in. The token says what is right, and
    /// these claims; those that are null are left out.
    pub(crate) fn code(&self, address: &Url, claims: &Value) -> String {
        let asked: HashMap<_, _> = address.query_pairs().into_owned().collect();
        assert_eq!(address.path(), "/realm/authorize");
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["client_id"], CLIENT);
        assert_eq!(asked["scope"], "openid email profile");
        assert_eq!(asked["code_challenge_method"], "S256");
        let back = format!("{PUBLIC_URL}/api/v1/session/oidc/callback");
        assert_eq!(asked["redirect_uri"], back);
        let now = clock::now().millis() / 1_000;
        let mut said = json!({
            "iss": self.issuer, "aud": CLIENT, "nonce": asked["nonce"], "iat": now,
            "exp": now + 300, "email_verified": true,
        });
        let said_claims = said.as_object_mut().unwrap();
        said_claims.extend(claims.as_object().unwrap().clone());
        said_claims.retain(|_, value| !value.is_null());
        let mut doing = self.doing();
        let code = format!("code+{}", doing.codes.len());
        doing.codes.insert(code.clone(), (said, asked["code_challenge"].clone()));
        code
    }
}

type Served = (String, Arc<Mutex<Doing>>);

async fn metadata(State((issuer, _)): State<Served>) -> Json<Value> {
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/people"),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        // It says what nobody should take.
        "id_token_signing_alg_values_supported": ["RS256", "EdDSA", "HS256", "none"],
    }))
}

async fn keys(State((_, doing)): State<Served>) -> Json<Value> {
    let doing = doing.lock().unwrap();
    let own = || doing.signer.key().into_iter().collect();
    Json(json!({"keys": doing.keys.clone().unwrap_or_else(own)}))
}

async fn token(State((_, doing)): State<Served>, headers: HeaderMap, body: String) -> Response {
    let form: HashMap<_, _> = url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let mut doing = doing.lock().unwrap();
    doing.asked += 1;
    let refuse = |error: &str| (StatusCode::BAD_REQUEST, Json(json!({"error": error})));
    // Source: RFC 6749, 2.3.1: both are escaped as in a form before they are put together.
    let escaped =
        |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let expected = STANDARD.encode(format!("{}:{}", escaped(CLIENT), escaped(SECRET)));
    let sent = headers.get("authorization").map(|value| value.to_str().unwrap());
    if sent != Some(&format!("Basic {expected}")) {
        return refuse("invalid_client").into_response();
    }
    let Some((claims, challenge)) = doing.codes.get(&form["code"]).cloned() else {
        return refuse("invalid_grant").into_response();
    };
    let verifier = digest::digest(&digest::SHA256, form["code_verifier"].as_bytes());
    if URL_SAFE_NO_PAD.encode(verifier) != challenge || form["grant_type"] != "authorization_code" {
        return refuse("invalid_grant").into_response();
    }
    if !doing.lenient {
        doing.codes.remove(&form["code"]);
    }
    let mut answer = json!({"access_token": "an access token", "token_type": "Bearer"});
    if claims["no_token"].is_null() {
        answer["id_token"] = doing.signer.sign(&claims).into();
    }
    Json(answer).into_response()
}

async fn people(State((_, doing)): State<Served>, headers: HeaderMap) -> Response {
    if headers.get("authorization").is_none_or(|it| it != "Bearer an access token") {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    Json(doing.lock().unwrap().listed.clone()).into_response()
}
