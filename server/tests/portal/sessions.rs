//! Signing in and out.

use serde_json::json;

use crate::house::{House, PASSWORD, Who, assert_problem};
use crate::on_both;
use crate::support::store::TestStore;

/// Sends what a browser sends of a page; the status, the cookie and the code of a problem.
async fn sign_in(house: &House, email: &str, password: &str) -> (u16, Option<String>, String) {
    let headers = [
        ("Content-Type".to_owned(), "application/json".to_owned()),
        ("Sec-Fetch-Site".to_owned(), "same-origin".to_owned()),
        ("User-Agent".to_owned(), "A browser".to_owned()),
    ];
    let body = json!({"email": email, "password": password}).to_string().into_bytes();
    let answer = house.send("POST", "/api/v1/session", &headers, Some(body)).await;
    let value: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    if answer.status >= 400 {
        assert_problem(&answer, &value);
        assert_eq!(answer.header("set-cookie"), None);
    }
    let cookie = answer.header("set-cookie").map(str::to_owned);
    (answer.status, cookie, value["code"].as_str().unwrap_or_default().to_owned())
}

fn cookie(set_cookie: &str) -> Vec<(String, String)> {
    let pair = set_cookie.split(';').next().unwrap();
    vec![("Cookie".to_owned(), pair.to_owned())]
}

on_both! {
    async fn a_password_opens_a_session_and_signing_out_ends_it(test: TestStore) {
        let house = House::of(test).await;
        let (status, set_cookie, _) = sign_in(&house, "Member@Example.com", PASSWORD).await;
        let set_cookie = set_cookie.unwrap();
        assert_eq!(status, 200);
        for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=2592000"] {
            assert!(set_cookie.contains(part), "{set_cookie}");
        }
        // What the browser holds is not what is kept.
        let token = set_cookie.split(['=', ';']).nth(1).unwrap();
        assert_eq!(token.len(), 64);
        let pool = sqlx::AnyPool::connect(&house.test.address).await.unwrap();
        let kept = sqlx::query("SELECT token_sha256 FROM session WHERE token_sha256 = $1");
        assert!(kept.bind(token.to_owned()).fetch_optional(&pool).await.unwrap().is_none());

        let headers = cookie(&set_cookie);
        let shown = house.send("GET", "/api/v1/session", &headers, None).await;
        assert!(shown.text().contains("member@example.com") && !shown.text().contains("argon2"));
        // The page to sign in on learns it too, and from a stranger's cookie that it is nobody.
        let ways = house.send("GET", "/api/v1/sign-in", &headers, None).await;
        assert!(ways.text().contains("member@example.com"));
        let strange = cookie(&set_cookie.replace(token, &"0".repeat(64)));
        let ways = house.send("GET", "/api/v1/sign-in", &strange, None).await;
        assert!(ways.status == 200 && ways.text().contains("\"session\":null"));
        let out = house.send("DELETE", "/api/v1/session", &headers, None).await;
        assert_eq!(out.status, 204);
        assert!(out.header("set-cookie").unwrap().contains("Max-Age=0"));
        let gone = house.send("GET", "/api/v1/session", &headers, None).await;
        assert_eq!(gone.status, 401);
        // The session that was there before is another one.
        assert_eq!(house.call(Who::Member, "GET", "/session", None).await.0, 200);
    }

    async fn guessing_has_to_wait_and_does_not_tell_who_is_known(test: TestStore) {
        let house = House::of(test).await;
        let mut told = Vec::new();
        for email in ["member@example.com", "nobody@example.com"] {
            let mut codes = Vec::new();
            for _ in 0..6 {
                let (status, _, code) = sign_in(&house, email, "a wrong password").await;
                codes.push((status, code));
            }
            told.push(codes);
        }
        assert_eq!(told[0], told[1]);
        let wrong = (401, "wrong_password".to_owned());
        assert_eq!(told[0][..5], vec![wrong; 5]);
        assert_eq!(told[0][5], (429, "locked".to_owned()));
        // Not even the right one opens now.
        assert_eq!(sign_in(&house, "member@example.com", PASSWORD).await.0, 429);
        // Others are not locked out by it.
        assert_eq!(sign_in(&house, "admin@example.com", PASSWORD).await.0, 200);
    }

    async fn a_few_slips_are_forgotten_by_the_right_password(test: TestStore) {
        let house = House::of(test).await;
        for _ in 0..3 {
            for _ in 0..3 {
                assert_eq!(sign_in(&house, "member@example.com", "wrong").await.0, 401);
            }
            assert_eq!(sign_in(&house, "member@example.com", PASSWORD).await.0, 200);
        }
    }

    async fn attempts_at_the_same_moment_do_not_all_pass(test: TestStore) {
        let house = House::of(test).await;
        let attempts = (0..20).map(|number| {
            let (house, password) = (&house, format!("guess number {number}"));
            async move { sign_in(house, "member@example.com", &password).await.0 }
        });
        let answers = futures_util::future::join_all(attempts).await;
        let tried = answers.iter().filter(|&&status| status == 401).count();
        assert_eq!(tried, 5, "{answers:?}");
    }

    async fn another_password_ends_other_sessions(test: TestStore) {
        let house = House::of(test).await;
        let (_, set_cookie, _) = sign_in(&house, "member@example.com", PASSWORD).await;
        let elsewhere = cookie(&set_cookie.unwrap());
        let new = "another good password";
        for (body, field) in [
            (json!({"current": "wrong", "new": new}), "current"),
            (json!({"current": PASSWORD, "new": "short"}), "new"),
            (json!({"current": PASSWORD, "new": "member member member"}), "new"),
        ] {
            let (status, problem) = house.call(Who::Member, "PUT", "/password", Some(body)).await;
            assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!(field)));
        }
        let body = json!({"current": PASSWORD, "new": new});
        assert_eq!(house.call(Who::Member, "PUT", "/password", Some(body)).await.0, 204);
        assert_eq!(house.call(Who::Member, "GET", "/session", None).await.0, 200);
        assert_eq!(house.send("GET", "/api/v1/session", &elsewhere, None).await.status, 401);
        assert_eq!(sign_in(&house, "member@example.com", PASSWORD).await.0, 401);
        assert_eq!(sign_in(&house, "member@example.com", new).await.0, 200);
    }

    async fn one_sees_and_ends_ones_own_sessions(test: TestStore) {
        let house = House::of(test).await;
        sign_in(&house, "member@example.com", PASSWORD).await;
        let (_, listed) = house.call(Who::Member, "GET", "/sessions", None).await;
        let listed = listed.as_array().unwrap().clone();
        assert_eq!(listed.len(), 2);
        assert_eq!((&listed[0]["user_agent"], &listed[0]["current"]), (&json!("A browser"), &json!(false)));
        assert_eq!(listed[1]["current"], true);
        let path = format!("/sessions/{}", listed[0]["id"]);
        // Nobody ends those of others.
        assert_eq!(house.call(Who::Operator, "DELETE", &path, None).await.0, 404);
        assert_eq!(house.call(Who::Member, "DELETE", &path, None).await.0, 204);
        assert_eq!(house.call(Who::Member, "DELETE", &path, None).await.0, 404);
        for nothing in ["/sessions/0", "/sessions/-1", "/sessions/x"] {
            assert_eq!(house.call(Who::Member, "DELETE", nothing, None).await.0, 404, "{nothing}");
        }
        assert_eq!(house.call(Who::Member, "DELETE", "/sessions", None).await.0, 204);
        assert_eq!(house.call(Who::Member, "GET", "/session", None).await.0, 401);
        assert_eq!(house.call(Who::Admin, "GET", "/session", None).await.0, 200);
    }

    async fn who_is_disabled_is_out_at_once(test: TestStore) {
        let house = House::of(test).await;
        let path = format!("/users/{}", house.user(Who::Member));
        let disable = Some(json!({"disabled": true}));
        assert_eq!(house.call(Who::Operator, "PATCH", &path, disable).await.0, 200);
        assert_eq!(house.call(Who::Member, "GET", "/session", None).await.0, 401);
        let (status, _, code) = sign_in(&house, "member@example.com", PASSWORD).await;
        assert_eq!((status, &*code), (403, "not_allowed"));
        // Whoever does not know the password is not told.
        assert_eq!(sign_in(&house, "member@example.com", "wrong").await.0, 401);
    }

    async fn other_sites_act_for_nobody(test: TestStore) {
        let house = House::of(test).await;
        for (name, value, expected) in [
            ("Sec-Fetch-Site", "cross-site", 403),
            ("Sec-Fetch-Site", "same-site", 403),
            ("Origin", "https://evil.example", 403),
            ("Origin", "null", 403),
            ("Sec-Fetch-Site", "same-origin", 204),
        ] {
            let mut headers = house.proof(Who::Member);
            headers.push((name.to_owned(), value.to_owned()));
            let answer = house.send("DELETE", "/api/v1/session", &headers, None).await;
            assert_eq!(answer.status, expected, "{name}: {value}");
        }
        // They may look at nothing either: a page of another site gets no answer to read.
        let read = house.send("GET", "/api/v1/openapi.json", &[], None).await;
        assert_eq!(read.header("access-control-allow-origin"), None);
        assert_eq!(read.header("cross-origin-resource-policy"), Some("same-origin"));
    }
}
