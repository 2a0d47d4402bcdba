//! For whom credits were spent.

use iap_server::store::Change;
use serde_json::{Value, json};

use crate::house::{House, TOKEN, Who};
use crate::on_both;
use crate::support::store::{TestStore, amount};

/// Sets credits aside on the account of the other service, for somebody, and charges them.
async fn charge(house: &House, key: &str, amount: &str, whom: Value) -> i64 {
    let mut hold = json!({"account_token": TOKEN, "amount": amount, "description": "Two leads"});
    hold.as_object_mut().unwrap().extend(whom.as_object().unwrap().clone());
    let (status, hold) = house.call_with_key(Who::Key, "POST", "/holds", Some(hold), key).await;
    assert_eq!(status, 201, "{hold}");
    let path = format!("/holds/{}/capture", hold["id"]);
    assert_eq!(house.call(Who::Key, "POST", &path, Some(json!({}))).await.0, 200);
    hold["id"].as_i64().unwrap()
}

/// All that is told of entries at a path of the interface, and the rest where it goes on.
async fn list(house: &House, query: &str) -> Value {
    let (status, page) =
        house.call(Who::Member, "GET", &format!("/consumption/entries?{query}"), None).await;
    assert_eq!(status, 200, "{page}");
    page
}

/// Where all that the tests do has happened.
const EVER: &str = "from=2020-01-01&to=2100-01-01";

on_both! {
    async fn whoever_charges_says_for_whom(test: TestStore) {
        let house = House::of(test).await;
        let account = house.reveal_account;
        let link = "https://erp.example/odoo/leads/7";
        let hold = charge(&house, "1", "2", json!({"company": 1, "user": " Marc ", "link": link})).await;
        charge(&house, "2", "3", json!({"company": 2, "user": "Marc"})).await;
        charge(&house, "3", "0.5", json!({"company": 1, "user": "Ana"})).await;
        charge(&house, "4", "1", json!({})).await;

        let page = list(&house, &format!("accounts={account}&charges=true")).await;
        let told: Vec<_> = page["items"].as_array().unwrap().iter()
            .map(|it| json!([it["charged"], it["company"], it["user"], it["link"]])).collect();
        assert_eq!(json!(told), json!([
            ["1.0000", null, "", ""],
            ["0.5000", 1, "Ana", ""],
            ["3.0000", 2, "Marc", ""],
            ["2.0000", 1, "Marc", link],
        ]));
        assert_eq!(page["items"][3]["hold"], hold);
        assert_eq!(page["items"][3]["account"], account);
        // The same is told where the account's entries are.
        let (_, alone) = house.call(Who::Member, "GET", &format!("/accounts/{account}/entries?charges=true"), None).await;
        assert_eq!(alone, page);

        let divide = async |by: &str| {
            let path = format!("/consumption/divided?accounts={account}&{EVER}&by={by}");
            let (status, lines) = house.call(Who::Member, "GET", &path, None).await;
            assert_eq!(status, 200, "{lines}");
            lines.as_array().unwrap().iter()
                .map(|it| json!([it["account"], it["company"], it["user"], it["spent"]["charged"], it["spent"]["executions"]]))
                .collect::<Value>()
        };
        assert_eq!(divide("company").await, json!([
            [account, 2, "", "3.0000", 1],
            [account, 1, "", "2.5000", 2],
            [account, null, "", "1.0000", 1],
        ]));
        assert_eq!(divide("user").await, json!([
            [account, null, "Marc", "5.0000", 2],
            [account, null, "", "1.0000", 1],
            [account, null, "Ana", "0.5000", 1],
        ]));

        let path = format!("/consumption/divided?accounts={account}&{EVER}&by=user&company=1");
        let (_, lines) = house.call(Who::Member, "GET", &path, None).await;
        let told: Vec<_> = lines.as_array().unwrap().iter().map(|it| json!([it["user"], it["spent"]["charged"]])).collect();
        assert_eq!(json!(told), json!([["Marc", "2.0000"], ["Ana", "0.5000"]]));

        for (whose, charged, executions) in [
            ("&company=1", "2.5000", 2),
            ("&company=0", "1.0000", 1),
            ("&user=Marc", "5.0000", 2),
            ("&user=", "1.0000", 1),
            ("&company=1&user=Marc", "2.0000", 1),
            ("&company=9", "0.0000", 0),
        ] {
            let path = format!("/consumption?accounts={account}&edges=2020-01-01,2100-01-01{whose}");
            let (_, spent) = house.call(Who::Member, "GET", &path, None).await;
            assert_eq!(spent[0]["spans"], json!([{"charged": charged, "executions": executions}]), "{whose}");
            let page = list(&house, &format!("accounts={account}&charges=true{whose}")).await;
            assert_eq!(page["items"].as_array().unwrap().len(), executions, "{whose}");
        }
        let path = format!("/api/v1/consumption/entries.csv?accounts={account}&charges=true&company=1&user=Marc");
        let answer = house.send("GET", &path, &house.proof(Who::Member), None).await;
        let file = answer.text();
        assert!(file.starts_with("account,number,at,kind,"), "{file}");
        assert!(file.ends_with(&format!(",2.0000,{hold},1,\"Marc\",\"{link}\"\r\n")), "{file}");
        assert_eq!(file.lines().count(), 2);
        house.test.verify().await;
    }

    async fn an_account_that_is_limited_is_charged_for_its_companies_alone(test: TestStore) {
        let house = House::of(test).await;
        let path = format!("/accounts/{}", house.reveal_account);
        let limit = |companies: Value| Some(json!({"companies": companies}));
        assert_eq!(house.call(Who::Admin, "PATCH", &path, limit(json!([1, 3]))).await.0, 200);
        let hold = |company: i64| {
            Some(json!({"account_token": TOKEN, "amount": "1", "description": "A lead", "company": company}))
        };
        let (status, problem) = house.call(Who::Key, "POST", "/holds", hold(2)).await;
        assert_eq!((status, &problem["code"]), (403, &json!("company_not_allowed")), "{problem}");
        assert_eq!(house.call(Who::Key, "POST", "/holds", hold(3)).await.0, 201);
        // Programs that do not say it are let through, as before.
        charge(&house, "none", "1", json!({})).await;
        assert_eq!(house.call(Who::Admin, "PATCH", &path, limit(json!([]))).await.0, 200);
        assert_eq!(house.call(Who::Key, "POST", "/holds", hold(2)).await.0, 201);
    }

    async fn what_cannot_be_shown_is_refused_by_name(test: TestStore) {
        let house = House::of(test).await;
        for (field, value) in [
            ("company", json!(0)),
            ("user", json!("a\u{7}")),
            ("user", json!("é".repeat(101))),
            ("link", json!("javascript:alert(1)")),
            ("link", json!("/odoo/7")),
        ] {
            let mut hold = json!({"account_token": TOKEN, "amount": "1", "description": "A lead"});
            hold[field] = value.clone();
            let (status, problem) = house.call(Who::Key, "POST", "/holds", Some(hold)).await;
            assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!(field)), "{value}");
        }
        for (query, field) in [
            ("company=-1", "company"),
            ("user=%07", "user"),
            ("after=soon", "after"),
            ("accounts=", "accounts"),
        ] {
            let accounts = if field == "accounts" { String::new() } else { format!("accounts={}&", house.account) };
            let path = format!("/consumption/entries?{accounts}{query}");
            let (status, problem) = house.call(Who::Member, "GET", &path, None).await;
            assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!(field)), "{path}");
        }
    }

    async fn entries_of_accounts_are_one_list_part_by_part(test: TestStore) {
        let house = House::of(test).await;
        for number in 0..5 {
            charge(&house, &format!("work-{number}"), "1", json!({"user": "Marc"})).await;
            let (hold, _) = house.test.authorize("0.5").await;
            house.test.make(Change::Capture(hold, Some(amount("0.4")))).await.unwrap();
        }
        let accounts = format!("accounts={},{}", house.account, house.reveal_account);
        let whole = list(&house, &format!("{accounts}&limit=1000")).await;
        assert_eq!(whole["next"], Value::Null);
        let whole = whole["items"].as_array().unwrap().clone();
        for account in [house.account, house.reveal_account] {
            let (_, alone) = house.call(Who::Member, "GET", &format!("/accounts/{account}/entries?limit=1000"), None).await;
            let of: Vec<_> = whole.iter().filter(|it| it["account"] == account).cloned().collect();
            assert_eq!(json!(of), alone["items"]);
        }
        for limit in [1, 2, 3, 7] {
            let (mut told, mut after) = (Vec::new(), String::new());
            loop {
                let page = list(&house, &format!("{accounts}&limit={limit}{after}")).await;
                let items = page["items"].as_array().unwrap();
                assert!(items.len() <= limit);
                told.extend(items.iter().cloned());
                let Some(next) = page["next"].as_str() else { break };
                after = format!("&after={next}");
            }
            assert_eq!(told, whole, "{limit} at once");
        }
        // Not together with somebody else's.
        for path in ["/consumption/entries?", "/consumption/entries.csv?", &format!("/consumption/divided?{EVER}&by=user&")] {
            let path = format!("{path}accounts={},{}", house.account, house.other_account);
            assert_eq!(house.call(Who::Member, "GET", &path, None).await.0, 404, "{path}");
        }
    }
}
