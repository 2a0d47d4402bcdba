//! What nobody should send, and somebody will.

use crate::house::{House, Who, assert_problem};
use crate::on_both;
use crate::support::store::TestStore;

on_both! {
    async fn bodies_that_are_none(test: TestStore) {
        let house = House::of(test).await;
        let json = "application/json";
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        let large = format!("{{\"email\":\"{}\"}}", "a".repeat(2_000_000));
        for (kind, body, code) in [
            (json, "", "malformed"),
            (json, "{", "malformed"),
            (json, "{} {}", "invalid"),
            (json, "null", "invalid"),
            (json, "[]", "invalid"),
            (json, " [\"a@b.example\", \"x\"]", "invalid"),
            (json, "{}", "invalid"),
            (json, "{\"email\":\"a@b.example\"}", "invalid"),
            (json, "{\"email\":\"a@b.example\",\"email\":\"a@b.example\"}", "invalid"),
            (json, "{\"email\":\"no address\",\"password\":\"x\"}", "invalid"),
            (json, "{\"email\":1,\"password\":\"x\"}", "invalid"),
            (json, "{\"email\":\"\u{0}\",\"password\":\"x\"}", "malformed"),
            (json, &deep, "invalid"),
            (json, &large, "too_large"),
            ("text/plain", "{}", "unsupported_media_type"),
            ("application/x-www-form-urlencoded", "email=a", "unsupported_media_type"),
        ] {
            let headers = [("Content-Type".to_owned(), kind.to_owned())];
            let body = body.as_bytes().to_vec();
            let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
            let answer = house.send("POST", "/api/v1/session", &headers, Some(body)).await;
            if code == "too_large" {
                // Refused by the length alone, before anything of it is read.
                assert_eq!(answer.status, 413);
                continue;
            }
            let value = serde_json::from_slice(&answer.body).unwrap();
            assert_problem(&answer, &value);
            assert_eq!(value["code"], code, "{shown}: {value}");
        }
        let bytes = [0xFF, 0xFE, 0x00].to_vec();
        let headers = [("Content-Type".to_owned(), json.to_owned())];
        let answer = house.send("POST", "/api/v1/session", &headers, Some(bytes)).await;
        assert_eq!(answer.status, 400);
    }

    async fn paths_and_questions_that_are_none(test: TestStore) {
        let house = House::of(test).await;
        for (path, status, code) in [
            ("/nothing", 404, "not_found"),
            ("/accounts/x", 404, "not_found"),
            ("/accounts/-1", 404, "not_found"),
            ("/accounts/99999999999999999999", 404, "not_found"),
            ("/accounts/%00", 404, "not_found"),
            ("/users?limit=x", 422, "invalid"),
            ("/users?colour=red", 422, "invalid"),
            ("/databases?admission=maybe", 422, "invalid"),
            ("/users?after=-1&limit=0", 200, ""),
            ("/users?limit=9223372036854775807", 200, ""),
        ] {
            let headers = house.proof(Who::Operator);
            let answer = house.send("GET", &format!("/api/v1{path}"), &headers, None).await;
            assert_eq!(answer.status, status, "{path}");
            if status >= 400 {
                let value = serde_json::from_slice(&answer.body).unwrap();
                assert_problem(&answer, &value);
                assert_eq!(value["code"], code, "{path}");
            }
        }
        let (status, problem) = house.call(Who::Operator, "GET", "/users?limit=x", None).await;
        assert_eq!((status, problem["fields"][0]["field"].as_str()), (422, Some("limit")));
        let (status, problem) = house.call(Who::Operator, "PUT", "/users", None).await;
        assert_eq!((status, problem["code"].as_str()), (405, Some("method_not_allowed")));
    }

    async fn moving_credits_takes_a_key(test: TestStore) {
        let house = House::of(test).await;
        let path = format!("/accounts/{}/credits", house.account);
        let body = serde_json::json!({"kind": "paid", "amount": "1", "description": "x"});
        for key in ["", "a b", &"k".repeat(129)] {
            let (status, problem) =
                house.call_with_key(Who::Operator, "POST", &path, Some(body.clone()), key).await;
            assert_eq!((status, problem["code"].as_str()), (400, Some("idempotency_key_missing")));
        }
        for (field, value) in [("kind", "free"), ("amount", "0"), ("description", " ")] {
            let mut body = body.clone();
            body[field] = value.into();
            let (status, problem) = house.call(Who::Operator, "POST", &path, Some(body)).await;
            assert_eq!((status, problem["fields"][0]["field"].as_str()), (422, Some(field)));
        }
    }
}
