//! Who may do what: every path and method of the description, by everybody.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::house::{House, Who};
use crate::on_both;
use crate::support::store::{TestStore, key};

/// A call, and what is answered to nobody, a stranger, a member, an admin, a provider, an operator
/// and the holder of a service's key.
struct Case {
    method: &'static str,
    /// As the description has it.
    path: &'static str,
    body: Option<Value>,
    answers: [u16; 7],
}

fn case(method: &'static str, path: &'static str, body: Value, answers: [u16; 7]) -> Case {
    Case { method, path, body: (!body.is_null()).then_some(body), answers }
}

/// All calls. What destroys a session comes last.
#[expect(clippy::too_many_lines, reason = "a table")]
fn cases() -> Vec<Case> {
    let none = Value::Null;
    let credits = json!({"kind": "paid", "amount": "1", "description": "A test"});
    let hold = json!({
        "account_token": crate::house::TOKEN, "amount": "1", "description": "A test",
    });
    let new_user = json!({"email": "new@example.com", "password": "correct horse battery"});
    let new_service = json!({"name": "new", "label": "New"});
    let member = json!({"email": "provider@example.com", "role": "member"});
    let sign_in = json!({"email": "member@example.com", "password": crate::house::PASSWORD});
    let link = json!({
        "service": "reveal", "database": crate::house::UUID,
        "account": key(crate::house::TOKEN).as_str(),
    });
    let password = json!({"current": "wrong", "new": "another good password"});
    vec![
        case("post", "/session", sign_in, [200, 200, 200, 200, 200, 200, 200]),
        case("get", "/session", none.clone(), [401, 200, 200, 200, 200, 200, 401]),
        case("get", "/sign-in", none.clone(), [200, 200, 200, 200, 200, 200, 200]),
        // There is no identity provider here.
        case("get", "/session/oidc", none.clone(), [404, 404, 404, 404, 404, 404, 404]),
        case("get", "/session/oidc/callback", none.clone(), [404, 404, 404, 404, 404, 404, 404]),
        case("get", "/sessions", none.clone(), [401, 200, 200, 200, 200, 200, 401]),
        case("delete", "/sessions/{session}", none.clone(), [401, 404, 404, 404, 404, 404, 401]),
        case("put", "/password", password, [401, 422, 422, 422, 422, 422, 401]),
        case("get", "/users", none.clone(), [401, 403, 403, 403, 403, 200, 401]),
        case("post", "/users", new_user, [401, 403, 403, 403, 403, 201, 401]),
        case("get", "/users/{user}", none.clone(), [401, 404, 200, 404, 404, 200, 401]),
        case(
            "patch",
            "/users/{user}",
            json!({"operator": false}),
            [401, 404, 403, 404, 404, 200, 401],
        ),
        case("delete", "/users/{user}/identity", none.clone(), [401, 403, 403, 403, 403, 404, 401]),
        case("get", "/databases", none.clone(), [401, 200, 200, 200, 200, 200, 401]),
        case("get", "/databases/{database}", none.clone(), [401, 404, 200, 200, 404, 200, 401]),
        case(
            "patch",
            "/databases/{database}",
            json!({"name": "A name"}),
            [401, 404, 403, 200, 404, 200, 401],
        ),
        case(
            "get",
            "/databases/{database}/companies",
            none.clone(),
            [401, 404, 200, 200, 404, 200, 401],
        ),
        case(
            "put",
            "/databases/{database}/companies/{number}",
            json!({"name": "A company"}),
            [401, 404, 403, 200, 404, 200, 401],
        ),
        case(
            "get",
            "/databases/{database}/members",
            none.clone(),
            [401, 404, 403, 200, 404, 200, 401],
        ),
        case(
            "post",
            "/databases/{database}/members",
            member,
            // The provider is a member from the admin's call on; the case below ends it.
            [401, 404, 403, 200, 403, 200, 401],
        ),
        case(
            "delete",
            "/databases/{database}/members/{user}",
            none.clone(),
            [401, 404, 403, 204, 404, 404, 401],
        ),
        case(
            "get",
            "/databases/{database}/catalogue",
            none.clone(),
            [401, 404, 200, 200, 404, 200, 401],
        ),
        case(
            "post",
            "/databases/{database}/accounts",
            // It has an account for the first of all services.
            json!({"service": 1}),
            [401, 404, 403, 200, 404, 200, 401],
        ),
        case("get", "/services", none.clone(), [401, 200, 200, 200, 200, 200, 401]),
        case("post", "/services", new_service, [401, 403, 403, 403, 403, 201, 401]),
        case("get", "/services/{service}", none.clone(), [401, 200, 200, 200, 200, 200, 401]),
        case(
            "patch",
            "/services/{service}",
            json!({"label": "Reveal"}),
            [401, 403, 403, 403, 200, 200, 401],
        ),
        case("get", "/services/{service}/packs", none.clone(), [401, 200, 200, 200, 200, 200, 401]),
        case(
            "post",
            "/services/{service}/packs",
            json!({"name": "Huge", "credits": "9", "price": 1, "currency": "EUR"}),
            // The provider has added it; the operator is told that it is there.
            [401, 403, 403, 403, 201, 409, 401],
        ),
        case(
            "get",
            "/services/{service}/providers",
            none.clone(),
            [401, 403, 403, 403, 200, 200, 401],
        ),
        case(
            "post",
            "/services/{service}/providers",
            json!({"email": "provider@example.com"}),
            [401, 403, 403, 403, 403, 200, 401],
        ),
        case(
            "delete",
            "/services/{service}/providers/{user}",
            none.clone(),
            // The member offers nothing.
            [401, 403, 403, 403, 403, 404, 401],
        ),
        // Nothing is asked for: that is said first, as of what was spent. Who may not see what there is stands
        // among the tests of providers.
        case(
            "get",
            "/services/{service}/revenue",
            none.clone(),
            [401, 422, 422, 422, 422, 422, 401],
        ),
        case("get", "/revenue", none.clone(), [401, 422, 422, 422, 422, 422, 401]),
        case("get", "/payouts.csv", none.clone(), [401, 422, 422, 422, 422, 422, 401]),
        case("patch", "/packs/{pack}", json!({"price": 2}), [401, 403, 403, 403, 200, 200, 401]),
        case("get", "/accounts", none.clone(), [401, 200, 200, 200, 200, 200, 401]),
        case("get", "/accounts/{account}", none.clone(), [401, 404, 200, 200, 404, 200, 401]),
        case(
            "patch",
            "/accounts/{account}",
            json!({"sender_name": "Shop"}),
            [401, 404, 403, 200, 404, 200, 401],
        ),
        case(
            "put",
            "/accounts/{account}/alert",
            json!({"threshold": null}),
            [401, 404, 403, 200, 404, 200, 401],
        ),
        case(
            "get",
            "/consumption",
            Value::Null,
            // Whatever is asked for is checked before what of it one may see.
            [401, 422, 422, 422, 422, 422, 401],
        ),
        case("get", "/consumption/divided", none.clone(), [401, 422, 422, 422, 422, 422, 401]),
        case("get", "/consumption/entries", none.clone(), [401, 422, 422, 422, 422, 422, 401]),
        case("get", "/consumption/entries.csv", none.clone(), [401, 422, 422, 422, 422, 422, 401]),
        case(
            "get",
            "/accounts/{account}/changes",
            Value::Null,
            [401, 404, 403, 200, 404, 200, 401],
        ),
        case("get", "/accounts/{account}/holds", none.clone(), [401, 404, 200, 200, 404, 200, 401]),
        case(
            "get",
            "/accounts/{account}/entries",
            none.clone(),
            [401, 404, 200, 200, 404, 200, 401],
        ),
        case(
            "get",
            "/accounts/{account}/entries.csv",
            none.clone(),
            [401, 404, 200, 200, 404, 200, 401],
        ),
        case(
            "post",
            "/accounts/{account}/credits",
            credits.clone(),
            [401, 404, 403, 403, 404, 201, 401],
        ),
        case(
            "post",
            "/accounts/{account}/withdrawals",
            credits,
            [401, 404, 403, 403, 404, 201, 401],
        ),
        case("post", "/holds", hold, [401, 401, 401, 401, 401, 401, 201]),
        case("get", "/holds/{hold}", none.clone(), [401, 401, 401, 401, 401, 401, 404]),
        case("post", "/holds/{hold}/capture", json!({}), [401, 401, 401, 401, 401, 401, 404]),
        case("post", "/holds/{hold}/cancel", none.clone(), [401, 401, 401, 401, 401, 401, 404]),
        case("get", "/orders", none.clone(), [401, 200, 200, 200, 200, 200, 401]),
        case("get", "/orders.csv", none.clone(), [401, 200, 200, 200, 200, 200, 401]),
        case("get", "/orders/{order}", none.clone(), [401, 404, 200, 200, 404, 200, 401]),
        case(
            "post",
            "/accounts/{account}/orders",
            // No pack of the account's service: whoever may order is told so.
            json!({"pack": 999_999}),
            [401, 404, 403, 422, 404, 422, 401],
        ),
        case("get", "/accounts/{account}/shop", none.clone(), [401, 404, 403, 200, 404, 200, 401]),
        case("post", "/shop", link.clone(), [200, 200, 200, 200, 200, 200, 200]),
        case(
            "post",
            "/shop/orders",
            // No pack of the account's service: whoever has the link is told so.
            json!({"link": link, "pack": 999_999, "buyer": crate::orders::buyer("BE", "")}),
            [422, 422, 422, 422, 422, 422, 422],
        ),
        case("post", "/orders/{order}/checkout", none.clone(), [401, 404, 403, 200, 404, 200, 401]),
        case(
            "post",
            "/orders/{order}/demo-payment",
            // No number for trying out.
            json!({"number": "4111111111111111", "expiry": "12/99", "cvc": "123"}),
            [401, 404, 403, 422, 404, 422, 401],
        ),
        case(
            "post",
            "/orders/{order}/demo-payment/authentication",
            // Nobody waits for it.
            json!({"accepted": false}),
            [401, 404, 403, 409, 404, 409, 401],
        ),
        case("post", "/orders/{order}/cancel", none.clone(), [401, 404, 403, 200, 404, 200, 401]),
        case(
            "post",
            "/orders/{order}/payment",
            json!({"payment": "A test"}),
            [401, 404, 403, 403, 404, 200, 401],
        ),
        case(
            "post",
            "/orders/{order}/refund",
            json!({"reason": "A test"}),
            [401, 404, 403, 403, 404, 200, 401],
        ),
        case("get", "/invoices", none.clone(), [401, 200, 200, 200, 200, 200, 401]),
        case("get", "/invoices.csv", none.clone(), [401, 200, 200, 200, 200, 200, 401]),
        case("get", "/orders/{order}/invoices", none.clone(), [401, 404, 200, 200, 404, 200, 401]),
        // It names nobody who buys, and nobody sells: an operator is told so.
        case("post", "/orders/{order}/invoice", json!({}), [401, 404, 403, 403, 404, 422, 401]),
        case("get", "/invoices/{invoice}", none.clone(), [401, 404, 200, 200, 404, 200, 401]),
        case("get", "/invoices/{invoice}/pdf", none.clone(), [401, 404, 200, 200, 404, 200, 401]),
        case("get", "/invoices/{invoice}/ubl", none.clone(), [401, 404, 200, 200, 404, 200, 401]),
        case("get", "/settings", none.clone(), [401, 403, 403, 403, 403, 200, 401]),
        case(
            "patch",
            "/settings",
            json!({"how_to_pay": "A test"}),
            [401, 403, 403, 403, 403, 200, 401],
        ),
        case("get", "/health", none.clone(), [401, 403, 403, 403, 403, 200, 401]),
        case("post", "/jobs/{job}/run", none.clone(), [401, 403, 403, 403, 403, 204, 401]),
        case("get", "/events", none.clone(), [401, 200, 200, 200, 200, 200, 401]),
        case("get", "/rate-card", none.clone(), [200, 200, 200, 200, 200, 200, 200]),
        case("get", "/rate-cards", none.clone(), [401, 403, 403, 403, 403, 200, 401]),
        case(
            "post",
            "/rate-cards",
            // No rates: an operator is told so.
            json!({"csv": "", "against": null}),
            [401, 403, 403, 403, 403, 422, 401],
        ),
        case(
            "post",
            "/rate-cards/preview",
            json!({"csv": "country,credits_per_part,valid_from\nBE,0.05,2026-01-01\n"}),
            [401, 403, 403, 403, 403, 200, 401],
        ),
        case("delete", "/rate-cards/{version}", none.clone(), [401, 403, 403, 403, 403, 404, 401]),
        case("get", "/rate-cards/{version}/csv", none.clone(), [401, 403, 403, 403, 403, 404, 401]),
        case("get", "/mails", none.clone(), [401, 403, 403, 403, 403, 200, 401]),
        case("post", "/mails/{mail}/resend", none.clone(), [401, 403, 403, 403, 403, 404, 401]),
        case("get", "/audit.csv", none.clone(), [401, 403, 403, 403, 403, 200, 401]),
        case("get", "/audit", none.clone(), [401, 403, 403, 403, 403, 200, 401]),
        case("post", "/services/{service}/key", none.clone(), [401, 403, 403, 403, 201, 201, 401]),
        case("delete", "/session", none.clone(), [401, 204, 204, 204, 204, 204, 401]),
        case("delete", "/sessions", none, [401, 204, 204, 204, 204, 204, 401]),
    ]
}

/// The path with the keys of the first customer's things; a hold that is of nobody.
fn filled(house: &House, order: i64, invoice: &Value, case: &Case) -> String {
    // Taken from: whom the case before has made a member. Shown and changed: the member.
    let user = match case.path {
        "/databases/{database}/members/{user}" => Who::Provider,
        _ => Who::Member,
    };
    case.path
        .replace("{session}", "999999")
        .replace("{user}", &house.user(user).to_string())
        .replace("{database}", &house.database.to_string())
        .replace("{number}", "1")
        .replace("{service}", &house.reveal.to_string())
        .replace("{account}", &house.account.to_string())
        .replace("{hold}", "999999")
        .replace("{mail}", "999999")
        .replace("{job}", "expire_holds")
        .replace("{version}", "999999")
        .replace("{pack}", &house.pack.to_string())
        .replace("{order}", &order.to_string())
        .replace("{invoice}", &invoice.to_string())
}

/// Every path and method of the description.
async fn described(house: &House) -> BTreeSet<(String, String)> {
    let answer = house.send("GET", "/api/v1/openapi.json", &[], None).await;
    assert_eq!(answer.status, 200);
    let description: Value = serde_json::from_slice(&answer.body).unwrap();
    let paths = description["paths"].as_object().unwrap();
    let methods = |(path, methods): (&String, &Value)| {
        let path = path.strip_prefix("/api/v1").unwrap().to_owned();
        let methods: Vec<_> = methods.as_object().unwrap().keys().cloned().collect();
        methods.into_iter().map(move |method| (method, path.clone()))
    };
    paths.iter().flat_map(methods).collect()
}

on_both! {
    async fn everybody_may_what_is_theirs_and_nothing_else(test: TestStore) {
        let mut house = House::of(test).await;
        house.sell("BE", Some("21")).await;
        let billed = house.order_for(crate::orders::buyer("BE", "")).await;
        house.pay(billed).await;
        let invoice = house.invoices_of(billed).await[0]["id"].clone();
        let order = house.order().await["id"].as_i64().unwrap();
        let cases = cases();
        let tested: BTreeSet<_> =
            cases.iter().map(|case| (case.method.to_owned(), case.path.to_owned())).collect();
        assert_eq!(tested, described(&house).await, "a path without a case, or the reverse");
        for case in &cases {
            for (who, expected) in Who::ALL.into_iter().zip(case.answers) {
                let path = filled(&house, order, &invoice, case);
                let method = case.method.to_uppercase();
                let (status, answer) = house.call(who, &method, &path, case.body.clone()).await;
                assert_eq!(status, expected, "{method} {path} as {who:?}: {answer}");
            }
            if case.path == "/session" && case.method == "delete" {
                // All are signed out: the next case needs them again.
                for (email, token, user) in &mut house.sessions {
                    *token = crate::house::session(&house.test, *user, email).await;
                }
            }
        }
        house.test.verify().await;
    }

    async fn lists_show_only_what_is_theirs(test: TestStore) {
        let house = House::of(test).await;
        let ids = async |who, path: &str| {
            let (status, page) = house.call(who, "GET", path, None).await;
            assert_eq!(status, 200, "{page}");
            let items = page["items"].as_array().unwrap().iter();
            items.map(|item| item["id"].as_i64().unwrap()).collect::<Vec<_>>()
        };
        let own = vec![house.account, house.reveal_account];
        let (here, there) = (house.database, house.other_database);
        for (who, databases, accounts) in [
            (Who::Member, vec![here], own.clone()),
            (Who::Admin, vec![here], own.clone()),
            (Who::Stranger, vec![there], vec![house.other_account]),
            (Who::Provider, vec![], vec![]),
            (Who::Operator, vec![here, there], vec![house.account, house.other_account, house.reveal_account]),
        ] {
            assert_eq!(ids(who, "/databases").await, databases, "{who:?}");
            assert_eq!(ids(who, "/accounts").await, accounts, "{who:?}");
        }
        let elsewhere = format!("/accounts?database={there}");
        assert_eq!(house.call(Who::Admin, "GET", &elsewhere, None).await.0, 404);
        let elsewhere = format!("/services?database={there}");
        assert_eq!(house.call(Who::Admin, "GET", &elsewhere, None).await.0, 404);
    }

    async fn admins_do_not_let_themselves_in(test: TestStore) {
        let house = House::of(test).await;
        let path = format!("/databases/{}", house.database);
        for change in [
            json!({"admission": "approved"}),
            json!({"kind": "enterprise"}),
            json!({"hosting": "on_premise"}),
        ] {
            let (status, _) = house.call(Who::Admin, "PATCH", &path, Some(change)).await;
            assert_eq!(status, 403);
        }
        let path = format!("/services/{}", house.reveal);
        for change in [json!({"trial": "1000"}), json!({"first_party": true})] {
            let (status, _) = house.call(Who::Provider, "PATCH", &path, Some(change)).await;
            assert_eq!(status, 403);
        }
        let path = format!("/users/{}", house.user(Who::Member));
        for change in [
            json!({"operator": true}),
            json!({"services": [1]}),
            json!({"password": "another good password"}),
        ] {
            let (status, _) = house.call(Who::Member, "PATCH", &path, Some(change)).await;
            assert_eq!(status, 403);
        }
        let (status, user) =
            house.call(Who::Member, "PATCH", &path, Some(json!({"name": "Mia"}))).await;
        assert_eq!((status, &user["name"]), (200, &json!("Mia")));
    }
}
