//! People and what operators set.

use serde_json::json;

use crate::house::{House, PASSWORD, Who};
use crate::on_both;
use crate::support::store::TestStore;

on_both! {
    async fn somebody_new_signs_in_and_gets_a_role(test: TestStore) {
        let house = House::of(test).await;
        let new = json!({
            "email": "New.Person@Example.com", "name": "Nele", "language": "nl-BE",
            "password": PASSWORD,
        });
        let (status, user) = house.call(Who::Operator, "POST", "/users", Some(new.clone())).await;
        assert_eq!((status, &user["email"]), (201, &json!("new.person@example.com")));
        let (status, problem) = house.call(Who::Operator, "POST", "/users", Some(new)).await;
        assert_eq!((status, &problem["code"]), (409, &json!("already_exists")));

        let path = format!("/databases/{}/members", house.database);
        let member = json!({"email": "new.person@example.com", "role": "admin"});
        let (status, members) = house.call(Who::Admin, "POST", &path, Some(member)).await;
        assert_eq!(status, 200);
        let names: Vec<_> =
            members.as_array().unwrap().iter().map(|it| it["email"].clone()).collect();
        assert_eq!(names, ["admin@example.com", "member@example.com", "new.person@example.com"]);
        let nobody = json!({"email": "nobody@example.com", "role": "member"});
        let (status, problem) = house.call(Who::Admin, "POST", &path, Some(nobody)).await;
        assert_eq!((status, &problem["fields"][0]["field"]), (404, &json!("email")));
        let (_, user) = house.call(Who::Operator, "GET", &format!("/users/{}", user["id"]), None).await;
        assert_eq!(user["databases"], json!([{"database": house.database, "role": "admin"}]));
    }

    async fn the_last_operator_stays(test: TestStore) {
        let house = House::of(test).await;
        let path = format!("/users/{}", house.user(Who::Operator));
        for change in [json!({"operator": false}), json!({"disabled": true})] {
            let (status, problem) = house.call(Who::Operator, "PATCH", &path, Some(change)).await;
            assert_eq!((status, &problem["code"]), (409, &json!("last_operator")));
        }
        let other = format!("/users/{}", house.user(Who::Admin));
        let operator = Some(json!({"operator": true}));
        assert_eq!(house.call(Who::Operator, "PATCH", &other, operator).await.0, 200);
        // Two operators who take each other away at the same moment: one of them stays.
        let step_down = || Some(json!({"operator": false}));
        let (one, two) = tokio::join!(
            house.call(Who::Operator, "PATCH", &other, step_down()),
            house.call(Who::Admin, "PATCH", &path, step_down()),
        );
        assert!((one.0 == 200) ^ (two.0 == 200), "{one:?} {two:?}");
    }

    async fn changes_are_noted_and_secrets_are_not(test: TestStore) {
        let house = House::of(test).await;
        let user = format!("/users/{}", house.user(Who::Member));
        let change = json!({"password": "another good password", "name": "Mia"});
        house.call(Who::Operator, "PATCH", &user, Some(change)).await;
        let key = format!("/services/{}/key", house.reveal);
        let (_, renewed) = house.call(Who::Provider, "POST", &key, None).await;
        let alert = json!({
            "threshold": "10", "recipients": [{"email": "ann@example.com", "language": "fr"}],
        });
        let account = format!("/accounts/{}/alert", house.account);
        assert_eq!(house.call(Who::Admin, "PUT", &account, Some(alert)).await.0, 200);
        let (_, page) = house.call(Who::Operator, "GET", "/audit?limit=3", None).await;
        let told: Vec<_> = page["items"].as_array().unwrap().iter().map(|it| {
            let text = |name: &str| it[name].as_str().unwrap().to_owned();
            format!("{} {} {} {}", text("email"), text("action"), text("subject"), text("detail"))
        }).collect();
        assert_eq!(told, [
            format!("admin@example.com account.alert account {} threshold = 10.0000, recipients = ann@example.com", house.account),
            format!("provider@example.com service.key service {} a new key", house.reveal),
            format!("operator@example.com user.change user {} name = Mia, a new password", house.user(Who::Member)),
        ]);
        assert!(page["next"].is_string());
        // The key that was shown is not kept, and the one before opens nothing.
        assert_eq!(renewed["key"].as_str().unwrap().len(), 64);
        let (status, _) = house.call(Who::Key, "GET", "/holds/1", None).await;
        assert_eq!(status, 401);
    }

    async fn lists_come_in_parts(test: TestStore) {
        let house = House::of(test).await;
        let mut emails = Vec::new();
        let mut path = "/users?limit=2".to_owned();
        loop {
            let (_, page) = house.call(Who::Operator, "GET", &path, None).await;
            let items = page["items"].as_array().unwrap();
            assert!(items.len() <= 2);
            emails.extend(items.iter().map(|item| item["email"].as_str().unwrap().to_owned()));
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/users?limit=2&after={next}");
        }
        let expected = ["stranger", "member", "admin", "provider", "operator"];
        assert_eq!(emails, expected.map(|who| format!("{who}@example.com")));
    }
}
