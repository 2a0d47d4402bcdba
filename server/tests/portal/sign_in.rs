//! Signing in through an identity provider.

use serde_json::{Value, json};
use url::Url;

use crate::client::Answer;
use crate::house::{House, PASSWORD, PUBLIC_URL, Who, assert_problem};
use crate::identity_provider::{IdentityProvider, Signer};
use crate::on_both;
use crate::support::store::TestStore;

/// A browser that has begun to sign in.
struct Browser {
    /// Where it was sent.
    address: Url,
    /// What it keeps.
    cookie: String,
}

impl Browser {
    async fn begin(house: &House, query: &str) -> Self {
        let path = format!("/api/v1/session/oidc{query}");
        let answer = house.send("GET", &path, &[], None).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        let cookie = answer.header("set-cookie").unwrap();
        for part in ["HttpOnly", "SameSite=Lax", "Path=/;", "Max-Age=600;"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        let cookie = cookie.split(';').next().unwrap().to_owned();
        Self { address: answer.header("location").unwrap().parse().unwrap(), cookie }
    }

    fn state(&self) -> String {
        self.address.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned()
    }

    /// Comes back from the provider with these words.
    async fn back(&self, house: &House, words: &[(&str, &str)]) -> Answer {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(words)
            .append_pair("state", &self.state())
            .finish();
        let path = format!("/api/v1/session/oidc/callback?{query}");
        let headers = [
            ("Cookie".to_owned(), self.cookie.clone()),
            ("User-Agent".to_owned(), "A browser".to_owned()),
            ("Sec-Fetch-Site".to_owned(), "cross-site".to_owned()),
        ];
        house.send("GET", &path, &headers, None).await
    }
}

fn cookies(answer: &Answer) -> Vec<&str> {
    let cookies = answer.headers.iter().filter(|(name, _)| name == "set-cookie");
    cookies.map(|(_, value)| value.as_str()).collect()
}

/// The status and the code of a problem; no session is begun.
fn problem(answer: &Answer) -> (u16, String) {
    let value: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_problem(answer, &value);
    assert!(cookies(answer).iter().all(|cookie| !cookie.starts_with("iap_session=")));
    (answer.status, value["code"].as_str().unwrap().to_owned())
}

/// What a session that was begun shows.
async fn session(house: &House, answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let cookies = cookies(answer);
    assert!(cookies.iter().any(|cookie| cookie.starts_with("iap_sign_in=;")), "{cookies:?}");
    let cookie = cookies.iter().find(|cookie| cookie.starts_with("iap_session=")).unwrap();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=2592000"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let shown = house.send("GET", "/api/v1/session", &[("Cookie".to_owned(), cookie)], None).await;
    serde_json::from_slice(&shown.body).unwrap()
}

/// Signs somebody in of whom the provider says this.
async fn come(house: &House, provider: &IdentityProvider, claims: Value) -> Answer {
    let browser = Browser::begin(house, "").await;
    let code = provider.code(&browser.address, &claims);
    browser.back(house, &[("code", &code)]).await
}

async fn houses(test: TestStore) -> (House, IdentityProvider) {
    let provider = IdentityProvider::start(Signer::new("one"));
    (House::with(test, Some(provider.known(|_| ()))).await, provider)
}

fn member() -> Value {
    json!({"sub": "m", "email": "Member@example.com"})
}

fn refused() -> (u16, String) {
    (403, "sign_in_refused".to_owned())
}

fn untrusted() -> (u16, String) {
    (502, "identity_provider_failed".to_owned())
}

fn interrupted() -> (u16, String) {
    (400, "sign_in_interrupted".to_owned())
}

on_both! {
    async fn somebody_is_found_by_their_address_and_then_by_their_subject(test: TestStore) {
        let (house, provider) = houses(test).await;
        let (_, ways) = house.call(Who::Nobody, "GET", "/sign-in", None).await;
        let path = "/api/v1/session/oidc";
        let offered = json!({"label": "Example", "path": path});
        assert_eq!(ways, json!({"password": true, "provider": offered, "session": null}));

        let answer = come(&house, &provider, member()).await;
        let shown = session(&house, &answer).await;
        assert_eq!(shown["user"]["id"], house.user(Who::Member));
        assert_eq!(shown["user"]["ways"], json!(["password", "provider"]));
        let (_, page) = house.call(Who::Operator, "GET", "/audit?limit=2", None).await;
        let items = page["items"].as_array().unwrap();
        assert_eq!(items[0]["action"], "session.open");
        assert_eq!(items[0]["email"], "member@example.com");
        assert_eq!(items[0]["detail"], format!("through {}", provider.issuer));
        assert_eq!(items[1]["detail"], format!("m at {}", provider.issuer));

        // Another address at the provider, verified or not: the same person.
        for claims in [
            json!({"sub": "m", "email": "married@example.com"}),
            json!({"sub": "m", "email": "admin@example.com"}),
            json!({"sub": "m", "email": "m@example.com", "email_verified": false}),
        ] {
            let shown = session(&house, &come(&house, &provider, claims).await).await;
            assert_eq!(shown["user"]["email"], "member@example.com");
        }
        let (_, users) = house.call(Who::Operator, "GET", "/users", None).await;
        assert_eq!(users["items"].as_array().unwrap().len(), 5);
    }

    async fn whoever_has_an_address_afterwards_is_somebody_else(test: TestStore) {
        let (house, provider) = houses(test).await;
        session(&house, &come(&house, &provider, member()).await).await;
        let other = json!({"sub": "somebody else", "email": "member@example.com"});
        assert_eq!(problem(&come(&house, &provider, other.clone()).await), refused());
        // Until an operator says that it is the same person.
        let path = format!("/users/{}/identity", house.user(Who::Member));
        assert_eq!(house.call(Who::Operator, "DELETE", &path, None).await.0, 204);
        assert_eq!(house.call(Who::Operator, "DELETE", &path, None).await.0, 404);
        assert_eq!(house.call(Who::Member, "GET", "/session", None).await.0, 401);
        session(&house, &come(&house, &provider, other).await).await;
        assert_eq!(problem(&come(&house, &provider, member()).await), refused());
    }

    async fn only_verified_addresses_of_people_here_and_of_admitted_domains_come_in(test: TestStore) {
        let (house, provider) = houses(test).await;
        for claims in [
            json!({"sub": "m", "email": "member@example.com", "email_verified": false}),
            json!({"sub": "m", "email": "member@example.com", "email_verified": null}),
            json!({"sub": "m", "email": "member@example.com", "email_verified": null, "xms_edov": false}),
            json!({"sub": "m", "email": "no address"}),
            json!({"sub": "n", "email": "nobody@example.com"}),
            json!({"sub": "n", "email": "nobody@guests.admitted.example"}),
            json!({"sub": "n", "email": "new@admitted.example", "email_verified": false}),
        ] {
            let answer = come(&house, &provider, claims.clone()).await;
            assert_eq!(problem(&answer), refused(), "{claims}");
        }
        // As Entra writes it.
        let entra = json!({"sub": "a", "email": "admin@example.com", "email_verified": null, "xms_edov": "1"});
        session(&house, &come(&house, &provider, entra).await).await;

        let new = json!({"sub": "new", "email": "New@admitted.example", "name": "Nele", "locale": "nl-BE"});
        // Twice at the same moment.
        let (one, other) =
            tokio::join!(come(&house, &provider, new.clone()), come(&house, &provider, new));
        let (one, other) = (session(&house, &one).await, session(&house, &other).await);
        assert_eq!(one["user"]["id"], other["user"]["id"]);
        for (field, expected) in [
            ("email", json!("new@admitted.example")),
            ("name", json!("Nele")),
            ("language", json!("nl-BE")),
            ("operator", json!(false)),
            ("ways", json!(["provider"])),
            ("databases", json!([])),
            ("services", json!([])),
        ] {
            assert_eq!(one["user"][field], expected, "{field}");
        }
        // Without a password nobody signs in with one, whatever it is.
        let body = json!({"email": "new@admitted.example", "password": ""}).to_string().into_bytes();
        let headers = [("Content-Type".to_owned(), "application/json".to_owned())];
        let answer = house.send("POST", "/api/v1/session", &headers, Some(body)).await;
        assert_eq!(problem(&answer), (401, "wrong_password".to_owned()));
    }

    async fn somebody_may_be_added_without_a_password(test: TestStore) {
        let (house, provider) = houses(test).await;
        let new = json!({"email": "new@example.com"});
        assert_eq!(house.call(Who::Operator, "POST", "/users", Some(new)).await.0, 201);
        let claims = json!({"sub": "new", "email": "new@example.com"});
        let shown = session(&house, &come(&house, &provider, claims).await).await;
        assert_eq!(shown["user"]["ways"], json!(["provider"]));
    }

    async fn who_is_disabled_stays_out(test: TestStore) {
        let (house, provider) = houses(test).await;
        session(&house, &come(&house, &provider, member()).await).await;
        for who in [Who::Member, Who::Admin] {
            let path = format!("/users/{}", house.user(who));
            let disable = Some(json!({"disabled": true}));
            assert_eq!(house.call(Who::Operator, "PATCH", &path, disable).await.0, 200);
        }
        for claims in [member(), json!({"sub": "a", "email": "admin@example.com"})] {
            let answer = come(&house, &provider, claims).await;
            assert_eq!(problem(&answer), (403, "not_allowed".to_owned()));
        }
    }

    async fn only_who_is_in_a_group_comes_in(test: TestStore) {
        let provider = IdentityProvider::start(Signer::rsa());
        let known = provider.known(|settings| settings.groups = ["staff".to_owned()].into());
        let house = House::with(test, Some(known)).await;
        for (groups, expected) in [
            (json!(["guests", "staff"]), 200),
            (json!("staff"), 200),
            (json!(["guests"]), 403),
            (json!([]), 403),
            (json!(["Staff"]), 403),
        ] {
            let claims = json!({"sub": "m", "email": "member@example.com", "groups": groups});
            assert_eq!(come(&house, &provider, claims).await.status, expected, "{groups}");
        }
        // Where the token says nothing of groups, the list does.
        provider.list(json!({"sub": "m", "groups": ["staff"]}));
        session(&house, &come(&house, &provider, member()).await).await;
        provider.list(json!({"sub": "m"}));
        assert_eq!(problem(&come(&house, &provider, member()).await), refused());
    }

    async fn where_the_token_has_no_address_the_list_of_people_has(test: TestStore) {
        let (house, provider) = houses(test).await;
        let claims = || json!({"sub": "m", "email_verified": null});
        provider.list(json!({"sub": "m", "email": "member@example.com", "email_verified": true}));
        session(&house, &come(&house, &provider, claims()).await).await;
        // It speaks of another person.
        provider.list(json!({"sub": "x", "email": "admin@example.com", "email_verified": true}));
        assert_eq!(problem(&come(&house, &provider, claims()).await), untrusted());
        provider.list(json!({"sub": "a", "email": "admin@example.com", "email_verified": false}));
        let admin = json!({"sub": "a", "email_verified": null});
        assert_eq!(problem(&come(&house, &provider, admin).await), refused());
    }

    async fn a_token_that_proves_nothing_opens_nothing(test: TestStore) {
        let (house, provider) = houses(test).await;
        let past = iap_server::clock::now().millis() / 1_000 - 1;
        for wrong in [
            json!({"nonce": "another"}),
            json!({"nonce": null}),
            json!({"aud": "another"}),
            json!({"aud": ["iap", "another"]}),
            json!({"aud": []}),
            json!({"azp": "another"}),
            json!({"exp": past}),
            json!({"exp": null}),
            json!({"iss": "https://login.example.com"}),
            json!({"iss": format!("{}/", provider.issuer)}),
            json!({"iss": null}),
            json!({"sub": null}),
            json!({"sub": ""}),
            json!({"sub": "m\0"}),
            json!({"no_token": true}),
        ] {
            let mut claims = member();
            claims.as_object_mut().unwrap().extend(wrong.as_object().unwrap().clone());
            assert_eq!(problem(&come(&house, &provider, claims).await), untrusted(), "{wrong}");
        }
        let (_, member) = house.call(Who::Member, "GET", "/session", None).await;
        assert_eq!(member["user"]["ways"], json!(["password"]));
    }

    async fn a_token_that_a_stranger_signed_opens_nothing(test: TestStore) {
        let mut house = House::of(test).await;
        for stranger in [Signer::new("one"), Signer::new("two"), Signer::Secret, Signer::Nobody] {
            let provider = IdentityProvider::start(Signer::new("one"));
            house.move_to_another_server(Some(provider.known(|_| ()))).await;
            session(&house, &come(&house, &provider, member()).await).await;
            provider.be_impersonated(stranger);
            assert_eq!(problem(&come(&house, &provider, member()).await), untrusted());
        }
    }

    async fn new_keys_of_the_provider_are_found(test: TestStore) {
        let (house, provider) = houses(test).await;
        // Another name, the same name with another key, another kind.
        for signer in [Signer::new("one"), Signer::new("two"), Signer::new("two"), Signer::rsa()] {
            provider.sign_by(signer);
            session(&house, &come(&house, &provider, member()).await).await;
        }
    }

    async fn an_answer_belongs_to_the_browser_that_asked(test: TestStore) {
        let (house, provider) = houses(test).await;
        let (ann, eve) = (Browser::begin(&house, "").await, Browser::begin(&house, "").await);
        let code = provider.code(&eve.address, &member());
        // Eve makes Ann's browser open what leads to Eve's account.
        let foreign = Browser { address: eve.address.clone(), cookie: ann.cookie.clone() };
        assert_eq!(problem(&foreign.back(&house, &[("code", &code)]).await), interrupted());
        for cookie in ["", "iap_sign_in=", "iap_sign_in=1.2.3", "x=y"] {
            let nobody = Browser { address: eve.address.clone(), cookie: cookie.to_owned() };
            let answer = nobody.back(&house, &[("code", &code)]).await;
            assert_eq!(problem(&answer), interrupted());
            // What is under way in that browser stays.
            assert!(cookies(&answer).is_empty());
        }
        // Where to go on to is part of what fits.
        let (rest, _) = ann.cookie.rsplit_once('.').unwrap();
        let elsewhere = Browser { address: ann.address.clone(), cookie: format!("{rest}.L2Vs") };
        assert_eq!(problem(&elsewhere.back(&house, &[("code", &code)]).await), interrupted());
        assert_eq!(provider.asked(), 0, "nobody was asked");
        // A code for another browser, guessed or seen, is not taken by the provider: PKCE.
        assert_eq!(problem(&ann.back(&house, &[("code", &code)]).await), interrupted());
        assert_eq!(problem(&ann.back(&house, &[("code", "a guess")]).await), interrupted());
        assert_eq!(provider.asked(), 2);
        session(&house, &eve.back(&house, &[("code", &code)]).await).await;
    }

    async fn nothing_is_done_twice(test: TestStore) {
        let (mut house, provider) = houses(test).await;
        provider.be_lenient();
        let browser = Browser::begin(&house, "").await;
        let code = provider.code(&browser.address, &member());
        session(&house, &browser.back(&house, &[("code", &code)]).await).await;
        assert_eq!(problem(&browser.back(&house, &[("code", &code)]).await), interrupted());
        // Nor by another server on the same database, which could have ended what this one began.
        house.move_to_another_server(Some(provider.known(|_| ()))).await;
        assert_eq!(problem(&browser.back(&house, &[("code", &code)]).await), interrupted());
    }

    async fn any_server_ends_what_another_began(test: TestStore) {
        let (mut house, provider) = houses(test).await;
        let browser = Browser::begin(&house, "").await;
        let code = provider.code(&browser.address, &member());
        house.move_to_another_server(Some(provider.known(|_| ()))).await;
        session(&house, &browser.back(&house, &[("code", &code)]).await).await;
    }

    async fn what_the_provider_refuses_is_a_sentence(test: TestStore) {
        let (house, provider) = houses(test).await;
        let issuer = provider.issuer.clone();
        for (words, status, code) in [
            (&[("error", "access_denied"), ("error_description", "<b>")][..], 403, "sign_in_refused"),
            (&[("error", "temporarily_unavailable")], 503, "identity_provider_unavailable"),
            (&[("error", "server_error")], 503, "identity_provider_unavailable"),
            (&[("error", "invalid_scope")], 502, "identity_provider_failed"),
            (&[("error", ""), ("code", "x")], 502, "identity_provider_failed"),
            (&[], 502, "identity_provider_failed"),
            (&[("code", "x"), ("iss", "https://evil.example")], 502, "identity_provider_failed"),
            (&[("code", "x"), ("iss", &issuer)], 400, "sign_in_interrupted"),
        ] {
            let answer = Browser::begin(&house, "").await.back(&house, words).await;
            assert_eq!(problem(&answer), (status, code.to_owned()), "{words:?}");
            assert!(!answer.text().contains("<b>"));
            assert!(cookies(&answer)[0].starts_with("iap_sign_in=; "), "it is over");
        }
    }

    async fn browsers_get_pages(test: TestStore) {
        let (house, provider) = houses(test).await;
        let accept = ("Accept".to_owned(), "text/html,application/xhtml+xml,*/*;q=0.8".to_owned());
        let page = house.send("GET", "/api/v1/session/oidc/callback?code=x", &[accept], None).await;
        assert_eq!((page.status, page.header("content-type")), (400, Some("text/html; charset=utf-8")));
        assert!(page.text().contains("Begin again.") && page.text().ends_with("</html>\n"));
        assert_eq!(page.header("cache-control"), Some("no-store"));

        let browser = Browser::begin(&house, "?next=/accounts%3Fx%3D%22%3E%3Cb%3E%26amp;").await;
        let code = provider.code(&browser.address, &member());
        let page = browser.back(&house, &[("code", &code)]).await;
        assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
        let address = format!("{PUBLIC_URL}/accounts?x=&quot;&gt;&lt;b&gt;&amp;amp;");
        let refresh = format!("<meta http-equiv=\"refresh\" content=\"0; url={address}\">");
        assert!(page.text().contains(&refresh), "{}", page.text());
    }

    async fn nobody_is_led_to_another_server(test: TestStore) {
        let (house, _provider) = houses(test).await;
        for next in ["https://evil.example", "//evil.example", "/%5Cevil.example", "/%09/evil", "", "x"] {
            let path = format!("/session/oidc?next={next}");
            let (status, problem) = house.call(Who::Nobody, "GET", &path, None).await;
            assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("next")), "{next}");
        }
    }

    async fn a_provider_that_is_down_stops_nobody_else(test: TestStore) {
        let (house, mut provider) = houses(test).await;
        provider.stop().await;
        let answer = house.send("GET", "/api/v1/session/oidc", &[], None).await;
        assert_eq!(answer.header("retry-after"), Some("5"));
        assert_eq!(problem(&answer), (503, "identity_provider_unavailable".to_owned()));
        let body = json!({"email": "member@example.com", "password": PASSWORD});
        assert_eq!(house.call(Who::Nobody, "POST", "/session", Some(body)).await.0, 200);
        // When it is back it is found, and when it goes in the middle it is told.
        provider.come_back();
        let browser = Browser::begin(&house, "").await;
        let code = provider.code(&browser.address, &member());
        provider.stop().await;
        let answer = browser.back(&house, &[("code", &code)]).await;
        assert_eq!(problem(&answer), (503, "identity_provider_unavailable".to_owned()));
        provider.come_back();
        session(&house, &come(&house, &provider, member()).await).await;
    }

    async fn a_provider_that_is_another_one_is_not_asked(test: TestStore) {
        let provider = IdentityProvider::start(Signer::new("one"));
        // The slash makes it another issuer.
        let known = provider.known(|settings| {
            settings.issuer = format!("{}/", provider.issuer).parse().unwrap();
        });
        let house = House::with(test, Some(known)).await;
        let answer = house.send("GET", "/api/v1/session/oidc", &[], None).await;
        assert_eq!(problem(&answer), (503, "identity_provider_unavailable".to_owned()));
    }

    async fn where_there_is_no_provider_there_is_no_such_way(test: TestStore) {
        let house = House::of(test).await;
        let (_, ways) = house.call(Who::Nobody, "GET", "/sign-in", None).await;
        assert_eq!(ways, json!({"password": true, "provider": null, "session": null}));
        let new = json!({"email": "new@example.com"});
        let (status, problem) = house.call(Who::Operator, "POST", "/users", Some(new)).await;
        assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("password")));
    }
}
