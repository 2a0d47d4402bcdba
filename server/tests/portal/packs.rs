//! What can be bought.

use serde_json::json;

use crate::house::{House, Who};
use crate::on_both;
use crate::support::store::TestStore;

on_both! {
    async fn a_provider_sells_packs_and_takes_them_away(test: TestStore) {
        let house = House::of(test).await;
        let path = format!("/services/{}/packs", house.reveal);
        let new = json!({
            "name": "Expert", "credits": "1000", "price": 9900, "currency": "EUR", "position": 2,
        });
        let (status, pack) = house.call(Who::Provider, "POST", &path, Some(new)).await;
        assert_eq!((status, &pack["offered"], &pack["credits"]), (201, &json!(true), &json!("1000.0000")));
        let names = async |who| {
            let (_, packs) = house.call(who, "GET", &path, None).await;
            packs.as_array().unwrap().iter().map(|it| it["name"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(names(Who::Member).await, ["Starter", "Expert"]);
        let expert = format!("/packs/{}", pack["id"]);
        let away = json!({"offered": false, "price": 8900});
        let (status, pack) = house.call(Who::Provider, "PATCH", &expert, Some(away)).await;
        assert_eq!((status, &pack["price"]), (200, &json!(8900)));
        assert_eq!(names(Who::Member).await, ["Starter"]);
        assert_eq!(names(Who::Provider).await, ["Starter", "Expert"]);
        let (status, _) = house.call(Who::Member, "PATCH", &expert, Some(json!({"price": 0}))).await;
        assert_eq!(status, 404);
    }

    async fn packs_that_cannot_be(test: TestStore) {
        let house = House::of(test).await;
        let path = format!("/services/{}/packs", house.reveal);
        for (field, value) in [
            ("name", json!(" ")),
            ("credits", json!("0")),
            ("credits", json!("-1")),
            ("price", json!(-1)),
            ("price", json!(1.5)),
            ("price", json!(100_000_000_001_u64)),
            ("currency", json!("euro")),
        ] {
            let mut new = json!({"name": "New", "credits": "1", "price": 1, "currency": "EUR"});
            new[field] = value.clone();
            let (status, problem) = house.call(Who::Operator, "POST", &path, Some(new)).await;
            assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!(field)), "{value}");
        }
        let same = json!({"name": "Starter", "credits": "1", "price": 1, "currency": "EUR"});
        let (status, problem) = house.call(Who::Operator, "POST", &path, Some(same)).await;
        assert_eq!((status, &problem["code"]), (409, &json!("already_exists")));
        let other = json!({"name": "Other", "credits": "1", "price": 1, "currency": "EUR"});
        let (_, other) = house.call(Who::Operator, "POST", &path, Some(other)).await;
        let rename = Some(json!({"name": "Starter"}));
        let (status, problem) =
            house.call(Who::Operator, "PATCH", &format!("/packs/{}", other["id"]), rename).await;
        assert_eq!((status, &problem["code"]), (409, &json!("already_exists")));
    }
}
