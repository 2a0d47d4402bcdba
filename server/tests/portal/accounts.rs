//! Accounts, what is set for them, and what was entered.

use iap_core::credits::Attribution;
use iap_server::store::Change;
use serde_json::{Value, json};

use crate::house::{House, TOKEN, UUID, Who};
use crate::on_both;
use crate::support::store::{TestStore, amount};

fn descriptions(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().unwrap().iter();
    items.map(|item| item["description"].as_str().unwrap().to_owned()).collect()
}

on_both! {
    async fn credits_by_hand_come_once(test: TestStore) {
        let house = House::of(test).await;
        let path = format!("/accounts/{}/credits", house.account);
        let new = || Some(json!({"kind": "granted", "amount": "2.5", "description": "Sorry"}));
        let first = house.call_with_key(Who::Operator, "POST", &path, new(), "k1").await;
        assert_eq!((first.0, &first.1["available_granted"]), (201, &json!("2.5000")));
        let again = house.call_with_key(Who::Operator, "POST", &path, new(), "k1").await;
        assert_eq!(again, first, "the first answer again");
        let other = Some(json!({"kind": "granted", "amount": "3", "description": "Sorry"}));
        let (status, problem) = house.call_with_key(Who::Operator, "POST", &path, other, "k1").await;
        assert_eq!((status, &problem["code"]), (409, &json!("idempotency_key_reused")));
        let (_, account) =
            house.call(Who::Member, "GET", &format!("/accounts/{}", house.account), None).await;
        let expected = json!({"paid": "100.0000", "granted": "2.5000", "total": "102.5000"});
        assert_eq!(account["available"], expected);
        let path = format!("/accounts/{}/withdrawals", house.account);
        let too_much = Some(json!({"kind": "granted", "amount": "3", "description": "No"}));
        let (status, problem) = house.call(Who::Operator, "POST", &path, too_much).await;
        assert_eq!((status, &problem["code"]), (409, &json!("too_much")));
        house.test.verify().await;
    }

    async fn what_became_of_a_hold_is_for_what_the_hold_was_for(test: TestStore) {
        let house = House::of(test).await;
        let new = json!({
            "account_token": TOKEN, "database": UUID, "amount": "2", "description": "Two leads",
        });
        for end in ["capture", "cancel"] {
            let (_, hold) = house.call(Who::Key, "POST", "/holds", Some(new.clone())).await;
            let path = format!("/holds/{}/{end}", hold["id"]);
            let body = (end == "capture").then(|| json!({}));
            assert_eq!(house.call(Who::Key, "POST", &path, body).await.0, 200);
        }
        let path = format!("/accounts/{}/entries", house.reveal_account);
        let (_, page) = house.call(Who::Member, "GET", &path, None).await;
        assert_eq!(descriptions(&page)[..4], ["Two leads"; 4]);
        let csv = format!("/api/v1{path}.csv");
        let csv = house.send("GET", &csv, &house.proof(Who::Member), None).await;
        assert_eq!(csv.text().matches("Two leads").count(), 4);
    }

    async fn entries_are_found_by_kind_and_time_and_part(test: TestStore) {
        let house = House::of(test).await;
        for _ in 0..5 {
            let (number, _) = house.test.authorize("1").await;
            house.test.make(Change::Capture(number, Some(amount("0.4")))).await.unwrap();
        }
        let path = format!("/accounts/{}/entries", house.account);
        let (_, all) = house.call(Who::Member, "GET", &path, None).await;
        let items = all["items"].as_array().unwrap();
        let numbers: Vec<_> = items.iter().map(|it| it["number"].as_i64().unwrap()).collect();
        assert_eq!(numbers, (1..=11).rev().collect::<Vec<_>>());
        assert_eq!((&items[0]["charged"], &items[0]["held"]), (&json!("0.4000"), &json!("-1.0000")));
        assert_eq!(items[0]["available_paid"], "0.6000");
        assert_eq!(items[0]["hold"], items[1]["id"]);
        // In parts they are the same.
        let (mut parts, mut after) = (Vec::new(), String::new());
        loop {
            let (_, page) = house.call(Who::Member, "GET", &format!("{path}?limit=3{after}"), None).await;
            parts.extend(page["items"].as_array().unwrap().clone());
            let Some(next) = page["next"].as_str() else { break };
            after = format!("&after={next}");
        }
        assert_eq!(&parts, items);
        let count = async |query: &str| {
            let (status, page) = house.call(Who::Member, "GET", &format!("{path}?{query}"), None).await;
            assert_eq!(status, 200, "{page}");
            page["items"].as_array().unwrap().len()
        };
        assert_eq!(count("kind=capture").await, 5);
        assert_eq!(count("charges=true").await, 5);
        assert_eq!(count("from=2027-01-15T08:00:00Z").await, 11);
        assert_eq!(count("from=2027-01-15T08:00:00.001Z").await, 0);
        assert_eq!(count("to=2027-01-15T08:00:00Z").await, 0);
        assert_eq!(count("to=2027-01-16&kind=authorize").await, 5);
        // A cursor of another account leads nowhere.
        let (_, others) = house.call(Who::Stranger, "GET", &format!("/accounts/{}/entries", house.other_account), None).await;
        assert_eq!(count(&format!("after={}", others["items"][0]["id"])).await, 0);
    }

    async fn what_was_spent_is_added_up_by_spans_of_time(test: TestStore) {
        let house = House::of(test).await;
        for _ in 0..5 {
            let (number, _) = house.test.authorize("1").await;
            house.test.make(Change::Capture(number, Some(amount("0.4")))).await.unwrap();
        }
        let ask = async |who: Who, accounts: &str, edges: &str| {
            let path = format!("/consumption?accounts={accounts}&edges={edges}");
            house.call(who, "GET", &path, None).await
        };
        let account = house.account.to_string();
        // The work was done at 2027-01-15T08:00:00Z.
        for (edges, spans) in [
            ("2027-01-14,2027-01-15,2027-01-16", json!([["0.0000", 0], ["2.0000", 5]])),
            ("2027-01-15T08:00:00Z,2027-01-15T08:15:00Z", json!([["2.0000", 5]])),
            ("2027-01-15T07:45:00Z,2027-01-15T08:00:00Z", json!([["0.0000", 0]])),
            // A day of New Zealand, which is thirteen hours ahead then.
            ("2027-01-14T11:00:00Z,2027-01-15T11:00:00Z,2027-01-16T11:00:00Z", json!([["2.0000", 5], ["0.0000", 0]])),
        ] {
            let (status, answer) = ask(Who::Member, &account, edges).await;
            assert_eq!((status, &answer[0]["account"]), (200, &json!(house.account)), "{answer}");
            let found: Vec<_> = answer[0]["spans"].as_array().unwrap().iter().map(|it| json!([it["charged"], it["executions"]])).collect();
            assert_eq!(json!(found), spans, "{edges}");
        }
        let both = format!("{},{account},{}", house.reveal_account, house.reveal_account);
        let (_, answer) = ask(Who::Member, &both, "2027-01-15,2027-01-16").await;
        let of: Vec<_> = answer.as_array().unwrap().iter().map(|it| &it["account"]).collect();
        assert_eq!(of, [&json!(house.reveal_account), &json!(house.account)]);
        // Not together with somebody else's.
        let others = format!("{account},{}", house.other_account);
        assert_eq!(ask(Who::Member, &others, "2027-01-15,2027-01-16").await.0, 404);
        assert_eq!(ask(Who::Stranger, &account, "2027-01-15,2027-01-16").await.0, 404);
        for (accounts, edges, field) in [
            ("", "2027-01-15,2027-01-16", "accounts"),
            ("x", "2027-01-15,2027-01-16", "accounts"),
            (&*account, "2027-01-15", "edges"),
            (&*account, "2027-01-16,2027-01-15", "edges"),
            (&*account, "2027-01-15,2027-01-15", "edges"),
            (&*account, "2027-01-15,2027-01-15T00:01:00Z", "edges"),
            (&*account, "2027-01-15,soon", "edges"),
        ] {
            let (status, problem) = ask(Who::Member, accounts, edges).await;
            assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!(field)), "{accounts} {edges}");
        }
    }

    async fn thousands_of_entries_are_exported_whole(test: TestStore) {
        let house = House::of(test).await;
        let changes = (0..2_500).map(|_| {
            let request = iap_server::store::Request {
                description: "=1+1, \"quoted\"".to_owned(),
                attribution: Attribution::NONE,
                ..crate::support::store::request(house.account, Change::Credit(iap_core::credits::Kind::Paid, amount("0.000001")))
            };
            house.test.store.ledger().make(request)
        });
        for made in futures_util::future::join_all(changes).await {
            made.unwrap();
        }
        let path = format!("/api/v1/accounts/{}/entries.csv", house.account);
        let answer = house.send("GET", &path, &house.proof(Who::Member), None).await;
        assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
        let lines: Vec<_> = answer.text().trim_end().split("\r\n").collect();
        assert_eq!(lines.len(), 1 + 2_501);
        assert!(lines[0].starts_with("number,at,kind,description,"));
        assert_eq!(lines[1], "2501,2027-01-15T08:00:00.000Z,credit,\"'=1+1, \"\"quoted\"\"\",0.000001,0.0000,0.0000,0.0000,,,\"\",\"\"");
        assert!(lines[2_501].starts_with("1,"));
    }

    async fn alerts_and_limits_are_kept_and_told(test: TestStore) {
        let house = House::of(test).await;
        let path = format!("/accounts/{}", house.account);
        let alert = json!({
            "threshold": "12.5",
            "recipients": [{"email": "Bo@Example.com"}, {"email": "ann@example.com", "language": "fr"}],
        });
        let (status, account) =
            house.call(Who::Admin, "PUT", &format!("{path}/alert"), Some(alert)).await;
        assert_eq!(status, 200);
        assert_eq!(account["alert"], json!({
            "threshold": "12.5000",
            "recipients": [
                {"email": "ann@example.com", "language": "fr"},
                {"email": "bo@example.com", "language": "en"},
            ],
        }));
        let nobody = json!({"threshold": "5", "recipients": []});
        let (status, problem) =
            house.call(Who::Admin, "PUT", &format!("{path}/alert"), Some(nobody)).await;
        assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("recipients")));
        let limits = json!({"companies": [2, 1, 2], "sender_name": " Shop "});
        let (_, account) = house.call(Who::Admin, "PATCH", &path, Some(limits)).await;
        assert_eq!((&account["companies"], &account["sender_name"]), (&json!([1, 2]), &json!("Shop")));
        let all = json!({"companies": []});
        let (_, account) = house.call(Who::Admin, "PATCH", &path, Some(all)).await;
        assert_eq!((&account["companies"], &account["sender_name"]), (&json!([]), &json!("Shop")));
        // All of it can be looked up, and nothing of another account.
        let (_, page) = house.call(Who::Admin, "GET", &format!("{path}/changes"), None).await;
        let changes: Vec<_> = page["items"].as_array().unwrap().iter().map(|it| {
            assert_eq!(it["email"], "admin@example.com");
            it["detail"].as_str().unwrap()
        }).collect();
        let alert = "threshold = 12.5000, recipients = bo@example.com ann@example.com";
        assert_eq!(changes, ["companies = []", "sender_name = Shop, companies = [2, 1, 2]", alert]);
        let other = format!("/accounts/{}/changes", house.other_account);
        let (_, page) = house.call(Who::Stranger, "GET", &other, None).await;
        assert_eq!(page["items"], json!([]));
    }

    async fn services_of_others_are_not_offered_where_nothing_can_be_installed(test: TestStore) {
        let house = House::of(test).await;
        let third_party = json!({"name": "weather", "label": "Weather"});
        let (status, added) = house.call(Who::Operator, "POST", "/services", Some(third_party)).await;
        assert_eq!((status, added["key"].as_str().unwrap().len()), (201, 64));
        let path = format!("/services?database={}", house.database);
        let offered = async || {
            let (_, services) = house.call(Who::Member, "GET", &path, None).await;
            services.as_array().unwrap().iter().map(|it| it["name"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(offered().await, ["reveal", "sms", "weather"]);
        let online = Some(json!({"hosting": "online"}));
        house.call(Who::Operator, "PATCH", &format!("/databases/{}", house.database), online).await;
        assert_eq!(offered().await, ["reveal", "sms"]);
    }

    async fn what_is_set_aside_is_shown(test: TestStore) {
        let house = House::of(test).await;
        let (number, _) = house.test.authorize("1.5").await;
        let (done, _) = house.test.authorize("2").await;
        house.test.make(Change::Cancel(done)).await.unwrap();
        let path = format!("/accounts/{}/holds", house.account);
        let (_, page) = house.call(Who::Member, "GET", &path, None).await;
        assert_eq!(page["items"].as_array().unwrap().len(), 1);
        assert_eq!((&page["items"][0]["id"], &page["items"][0]["amount"]), (&json!(number), &json!("1.5000")));
        assert_eq!(descriptions(&house.call(Who::Member, "GET", &format!("/accounts/{}/entries?limit=1", house.account), None).await.1), ["A test"]);
    }
}
