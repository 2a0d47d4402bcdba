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

    async fn what_is_taken_is_told_beside_its_field(test: TestStore) {
        let house = House::of(test).await;
        let new = json!({"email": "admin@example.com", "password": PASSWORD});
        let (status, problem) = house.call(Who::Operator, "POST", "/users", Some(new)).await;
        assert_eq!((status, &problem["code"]), (409, &json!("already_exists")));
        assert_eq!(problem["fields"][0]["field"], json!("email"));
        let new = json!({"email": "ann@example.com", "password": "ann"});
        let (status, problem) = house.call(Who::Operator, "POST", "/users", Some(new)).await;
        assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("password")));
    }

    async fn everybody_has_their_own_rights_in_the_list(test: TestStore) {
        let house = House::of(test).await;
        let (_, page) = house.call(Who::Operator, "GET", "/users", None).await;
        for user in page["items"].as_array().unwrap() {
            let path = format!("/users/{}", user["id"]);
            let (status, alone) = house.call(Who::Operator, "GET", &path, None).await;
            assert_eq!((status, &alone), (200, user));
        }
        let of = |who| {
            let id = house.user(who);
            let items = page["items"].as_array().unwrap();
            items.iter().find(|it| it["id"].as_i64() == Some(id)).unwrap()
        };
        let here = house.database;
        assert_eq!(of(Who::Admin)["databases"], json!([{"database": here, "role": "admin"}]));
        assert_eq!(of(Who::Member)["databases"], json!([{"database": here, "role": "member"}]));
        let there = house.other_database;
        assert_eq!(of(Who::Stranger)["databases"][0]["database"], json!(there));
        assert_eq!(of(Who::Provider)["services"], json!([house.reveal]));
        assert_eq!(of(Who::Operator)["databases"], json!([]));
    }

    async fn the_audit_log_is_told_by_who_and_by_what(test: TestStore) {
        let house = House::of(test).await;
        let (admin, member) = (house.user(Who::Admin), house.user(Who::Member));
        let path = format!("/databases/{}", house.database);
        let named = Some(json!({"name": "Ours"}));
        assert_eq!(house.call(Who::Admin, "PATCH", &path, named).await.0, 200);
        let path = format!("{path}/members");
        let role = json!({"email": "member@example.com", "role": "admin"});
        assert_eq!(house.call(Who::Operator, "POST", &path, Some(role)).await.0, 200);
        let other = format!("/users/{member}");
        let named = Some(json!({"name": "Mia"}));
        assert_eq!(house.call(Who::Operator, "PATCH", &other, named).await.0, 200);
        let told = async |asked: &str| {
            let (status, page) = house.call(Who::Operator, "GET", &format!("/audit?{asked}"), None).await;
            assert_eq!(status, 200, "{page}");
            let items = page["items"].as_array().unwrap().iter();
            let text = |it: &serde_json::Value, name: &str| it[name].as_str().unwrap().to_owned();
            items.map(|it| text(it, "action") + " " + &text(it, "subject")).collect::<Vec<_>>()
        };
        let renamed = format!("database.change database {}", house.database);
        let role = format!("database.role database {} user {member}", house.database);
        let changed = format!("user.change user {member}");
        let signed_in = "session.open admin@example.com".to_owned();
        let by_admin = told(&format!("user={admin}")).await;
        assert_eq!(by_admin, [renamed.clone(), signed_in.clone()]);
        assert_eq!(told("subject=admin@example.com").await.first(), Some(&signed_in));
        // What belongs to both is found by either, and a part of a word is none.
        let of_member = told(&format!("subject=user+{member}")).await;
        assert_eq!(of_member.get(..2).unwrap(), [changed, role.clone()]);
        let of_database = told(&format!("subject=DATABASE+{}", house.database)).await;
        assert_eq!(of_database.get(..2).unwrap(), [role, renamed.clone()]);
        let both = format!("user={admin}&subject=database+{}", house.database);
        assert_eq!(told(&both).await, [renamed]);
        for nothing in ["subject=use", "subject=%25", "subject=_", "user=999999"] {
            assert_eq!(told(nothing).await, Vec::<String>::new(), "{nothing}");
        }
        let by_server = told("user=0").await;
        assert!(by_server.iter().any(|it| it.starts_with("user.add ")), "{by_server:?}");
        assert!(!by_server.iter().any(|it| it.starts_with("database.change ")), "{by_server:?}");

        // The file has the same.
        let path = format!("/api/v1/audit.csv?user={admin}");
        let answer = house.send("GET", &path, &house.proof(Who::Operator), None).await;
        let text = String::from_utf8(answer.body.clone()).unwrap();
        assert_eq!(text.lines().count(), 3, "{text}");
        assert!(text.contains("database.change"), "{text}");
        let long = format!("/audit?subject={}", "a".repeat(301));
        let (status, problem) = house.call(Who::Operator, "GET", &long, None).await;
        assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("subject")));
        assert_eq!(house.call(Who::Admin, "GET", &format!("/audit?user={admin}"), None).await.0, 403);
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
