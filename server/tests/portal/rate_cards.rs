//! What messages cost, and who changes that.

use iap_core::pricing::{RateCard, sample_rate_card};
use serde_json::{Value, json};

use crate::house::{House, Who};
use crate::on_both;
use crate::support::store::TestStore;

/// A moment that no test lives to see.
const LATER: &str = "2099-01-01T00:00:00.000Z";

/// A card with a price for Belgium, and one for France.
fn rates(belgium: &str) -> String {
    format!(
        "prefix,country,credits_per_part,kind,valid_from\n\
         ,BE,{belgium},standard,2020-01-01\n,FR,0.0500,standard,2020-01-01\n"
    )
}

async fn import(
    house: &House,
    csv: &str,
    against: Value,
    valid_from: Option<&str>,
) -> (u16, Value) {
    let body = json!({"csv": csv, "against": against, "valid_from": valid_from});
    house.call(Who::Operator, "POST", "/rate-cards", Some(body)).await
}

async fn preview(house: &House, csv: &str, valid_from: Option<&str>) -> (u16, Value) {
    let body = json!({"csv": csv, "valid_from": valid_from});
    house.call(Who::Operator, "POST", "/rate-cards/preview", Some(body)).await
}

async fn current(house: &House) -> Value {
    let (status, current) = house.call(Who::Nobody, "GET", "/rate-card", None).await;
    assert_eq!(status, 200, "{current}");
    current
}

async fn states(house: &House) -> Vec<(i64, String)> {
    let (_, page) = house.call(Who::Operator, "GET", "/rate-cards", None).await;
    let items = page["items"].as_array().unwrap().iter();
    items.map(|it| (it["id"].as_i64().unwrap(), it["state"].as_str().unwrap().to_owned())).collect()
}

on_both! {
    async fn without_an_import_the_sample_is_in_force_and_says_so(test: TestStore) {
        let house = House::of(test).await;
        let current = current(&house).await;
        assert_eq!((&current["version"], &current["sample"]), (&Value::Null, &json!(true)));
        let card = RateCard::from_csv(current["csv"].as_str().unwrap().as_bytes()).unwrap();
        assert_eq!(card, sample_rate_card());
        assert!(states(&house).await.is_empty());
    }

    async fn a_card_is_looked_at_imported_and_given_back(test: TestStore) {
        let house = House::of(test).await;
        let (status, look) = preview(&house, &rates("0.2000"), None).await;
        assert_eq!(status, 200, "{look}");
        assert_eq!(look["against"], Value::Null);
        // All of the sample goes, but for two countries.
        let total = sample_rate_card().rates().len();
        assert_eq!(look["changed"].as_u64().unwrap() + look["removed"].as_u64().unwrap()
            + look["unchanged"].as_u64().unwrap(), u64::try_from(total).unwrap());
        let belgium = &look["changes"][0];
        assert_eq!(belgium["warning"], "more_than_doubled");
        assert_eq!(belgium["old"]["credits_per_part"], "0.0616");
        assert_eq!((&belgium["new"]["country"], &belgium["per_mille"]), (&json!("BE"), &json!(2246)));
        // Looking changes nothing.
        assert_eq!(current(&house).await["version"], Value::Null);

        let (status, version) = import(&house, &rates("0.2000"), Value::Null, None).await;
        assert_eq!((status, &version["state"]), (201, &json!("in_force")), "{version}");
        assert_eq!((&version["rates"], &version["imported_by"]), (&json!(2), &json!("operator@example.com")));
        let now = current(&house).await;
        assert_eq!((&now["version"], &now["sample"]), (&version["id"], &json!(false)));
        assert_eq!(now["csv"], rates("0.2000"));
        let path = format!("/api/v1/rate-cards/{}/csv", version["id"]);
        let file = house.send("GET", &path, &house.proof(Who::Operator), None).await;
        assert_eq!(file.body, rates("0.2000").into_bytes());
        assert_eq!(file.header("content-disposition").unwrap(),
            format!("attachment; filename=\"rates-{}.csv\"", version["id"]));

        let (_, audit) = house.call(Who::Operator, "GET", "/audit", None).await;
        assert_eq!(audit["items"][0]["action"], "rate_card.import");
        assert_eq!(audit["items"][0]["subject"], format!("rate card {}", version["id"]));
    }

    async fn the_very_same_card_is_refused(test: TestStore) {
        let house = House::of(test).await;
        let (_, first) = import(&house, &rates("0.06"), Value::Null, None).await;
        // In another order, with other separators.
        let same = "valid_from;country;credits_per_part\n2020-01-01;FR;0,05\n2020-01-01;BE;0,06\n";
        let (status, problem) = import(&house, same, first["id"].clone(), None).await;
        assert_eq!((status, &problem["code"]), (409, &json!("already_exists")));
        assert!(problem["detail"].as_str().unwrap().contains("very prices of version"), "{problem}");
        assert_eq!(states(&house).await.len(), 1);
        // So is the sample while it is in force.
        let other = House::of(TestStore::sqlite().await).await;
        let (status, _) = import(&other, &sample_rate_card().to_csv(), Value::Null, None).await;
        assert_eq!(status, 409);
    }

    async fn all_errors_are_told_with_line_and_column(test: TestStore) {
        let house = House::of(test).await;
        let wrong = "country,credits_per_part,valid_from\nBE,free,2026-01-01\nFR,1,soon\n";
        for path in ["/rate-cards", "/rate-cards/preview"] {
            let body = json!({"csv": wrong, "against": null});
            let (status, problem) = house.call(Who::Operator, "POST", path, Some(body)).await;
            assert_eq!(status, 422);
            let fields: Vec<_> = problem["fields"].as_array().unwrap().iter()
                .map(|it| it["detail"].as_str().unwrap().split(": ").next().unwrap().to_owned())
                .collect();
            assert_eq!(fields, ["line 2, column 2 (credits_per_part)", "line 3, column 3 (valid_from)"]);
            assert_eq!(problem["fields"][0]["field"], "csv");
        }
        assert!(states(&house).await.is_empty());
        let (status, problem) = import(&house, &rates("0.06"), Value::Null, Some("2020-01-01")).await;
        assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("valid_from")));
        let body = json!({"csv": rates("0.06")});
        let (status, problem) = house.call(Who::Operator, "POST", "/rate-cards", Some(body)).await;
        assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("against")));
        let body = json!({"csv": "x".repeat(2_000_000), "against": null}).to_string();
        let mut headers = house.proof(Who::Operator);
        headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
        let path = "/api/v1/rate-cards";
        let answer = house.send("POST", path, &headers, Some(body.into_bytes())).await;
        assert_eq!(answer.status, 413);
    }

    async fn a_planned_card_waits_and_can_be_withdrawn(test: TestStore) {
        let house = House::of(test).await;
        let (_, now) = import(&house, &rates("0.06"), Value::Null, None).await;
        let (status, later) = import(&house, &rates("0.07"), now["id"].clone(), Some(LATER)).await;
        assert_eq!((status, &later["state"], &later["valid_from"]), (201, &json!("planned"), &json!(LATER)));
        assert_eq!(current(&house).await["version"], now["id"]);
        // What comes after it is compared with it, what comes before is not.
        let (_, look) = preview(&house, &rates("0.08"), Some("2099-06-01")).await;
        assert_eq!(look["against"], later["id"]);
        let (_, look) = preview(&house, &rates("0.08"), None).await;
        assert_eq!(look["against"], now["id"]);

        let path = |version: &Value| format!("/rate-cards/{}", version["id"]);
        for _ in 0..2 {
            let (status, _) = house.call(Who::Operator, "DELETE", &path(&later), None).await;
            assert_eq!(status, 204);
        }
        let (_, look) = preview(&house, &rates("0.08"), Some("2099-06-01")).await;
        assert_eq!(look["against"], now["id"]);
        let (status, problem) = house.call(Who::Operator, "DELETE", &path(&now), None).await;
        assert_eq!((status, &problem["code"]), (409, &json!("rate_card_in_force")));
        // History stays.
        let (_, kept): (Vec<_>, Vec<_>) = states(&house).await.into_iter().unzip();
        assert_eq!(kept, ["withdrawn", "in_force"]);
        let (_, audit) = house.call(Who::Operator, "GET", "/audit", None).await;
        let withdrawn = audit["items"].as_array().unwrap().iter()
            .filter(|it| it["action"] == "rate_card.withdraw").count();
        assert_eq!(withdrawn, 1);
    }

    async fn two_operators_at_once_do_not_lose_an_import(test: TestStore) {
        let house = House::of(test).await;
        let (one, other) = (rates("0.06"), rates("0.07"));
        let (one, other) = tokio::join!(
            import(&house, &one, Value::Null, None),
            import(&house, &other, Value::Null, None),
        );
        let mut statuses = [one.0, other.0];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
        let (done, refused) = if one.0 == 201 { (one.1, other.1) } else { (other.1, one.1) };
        assert_eq!(refused["code"], "rate_card_moved");
        let detail = refused["detail"].as_str().unwrap();
        assert!(detail.contains("the built-in sample") && detail.contains("preview"), "{detail}");
        assert_eq!(current(&house).await["version"], done["id"]);
        // Whoever looks again can go on; the one before is history.
        let (status, next) = import(&house, &rates("0.08"), done["id"].clone(), None).await;
        assert_eq!(status, 201);
        let (ids, words): (Vec<_>, Vec<_>) = states(&house).await.into_iter().unzip();
        assert_eq!(ids[0], next["id"]);
        assert_eq!(words, ["in_force", "past"]);
    }

    async fn what_is_known_is_not_sent_again(test: TestStore) {
        let house = House::of(test).await;
        let ask = async |tag: &str| {
            let headers = [("If-None-Match".to_owned(), tag.to_owned())];
            house.send("GET", "/api/v1/rate-card", &headers, None).await
        };
        let first = ask("\"nothing\"").await;
        let tag = first.header("etag").unwrap().to_owned();
        assert_eq!((first.status, first.header("cache-control")), (200, Some("no-cache")));
        for known in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}")] {
            let again = ask(&known).await;
            assert_eq!((again.status, again.body.len()), (304, 0), "{known}");
            assert_eq!(again.header("etag"), Some(&*tag));
        }
        import(&house, &rates("0.06"), Value::Null, None).await;
        let after = ask(&tag).await;
        assert_eq!(after.status, 200);
        assert_ne!(after.header("etag"), Some(&*tag));
    }
}
