//! What changes, told over a connection that stays open.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use iap_server::store::{Change, Store};
use serde_json::{Value, json};

use crate::client;
use crate::house::{House, Who};
use crate::on_both;
use crate::support::store::{TestStore, amount, request};

/// A connection of somebody who follows.
struct Following(BufReader<TcpStream>);

impl Following {
    /// Opens it, and waits until the server has it.
    async fn start(house: &House, who: Who) -> Self {
        let mut stream = client::connect(house.address);
        let mut text = "GET /api/v1/events HTTP/1.1\r\nHost: test\r\n".to_owned();
        for (name, value) in house.proof(who) {
            text = format!("{text}{name}: {value}\r\n");
        }
        write!(stream, "{text}\r\n").unwrap();
        let mut following = Self(BufReader::new(stream));
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            (following, head) = blocking(following, move |following| {
                following.0.read_line(&mut head).unwrap();
                head
            })
            .await;
        }
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        following
    }

    /// The accounts of the next event; nothing when the connection has ended.
    async fn next(self) -> (Self, Option<Value>) {
        blocking(self, |following| {
            loop {
                let mut line = String::new();
                if following.0.read_line(&mut line).unwrap_or_default() == 0 {
                    return None;
                }
                if let Some(data) = line.strip_prefix("data: ") {
                    let data: Value = serde_json::from_str(data).unwrap();
                    return Some(data["accounts"].clone());
                }
            }
        })
        .await
    }
}

/// Does what waits where it holds nobody up.
async fn blocking<T: Send + 'static>(
    mut following: Following,
    wait: impl FnOnce(&mut Following) -> T + Send + 'static,
) -> (Following, T) {
    let waited = tokio::task::spawn_blocking(move || {
        let told = wait(&mut following);
        (following, told)
    });
    waited.await.unwrap()
}

async fn credit(house: &House, account: i64) {
    let body = json!({"kind": "paid", "amount": "1", "description": "A test"});
    let path = format!("/accounts/{account}/credits");
    let (status, answer) = house.call(Who::Operator, "POST", &path, Some(body)).await;
    assert_eq!(status, 201, "{answer}");
}

on_both! {
    async fn what_changes_is_told_to_those_who_may_see_it(test: TestStore) {
        let house = House::of(test).await;
        let member = Following::start(&house, Who::Member).await;
        let stranger = Following::start(&house, Who::Stranger).await;
        let operator = Following::start(&house, Who::Operator).await;
        credit(&house, house.account).await;
        let (member, told) = member.next().await;
        assert_eq!(told, Some(json!([house.account])));
        credit(&house, house.other_account).await;
        // Theirs is the first they hear of.
        assert_eq!(stranger.next().await.1, Some(json!([house.other_account])));
        // Nobody is told twice, and an operator of both.
        let (operator, first) = operator.next().await;
        let (_, second) = operator.next().await;
        assert_eq!(
            [first, second],
            [Some(json!([house.account])), Some(json!([house.other_account]))]
        );
        credit(&house, house.reveal_account).await;
        assert_eq!(member.next().await.1, Some(json!([house.reveal_account])));
        house.test.verify().await;
    }

    async fn many_changes_are_one_event(test: TestStore) {
        let house = House::of(test).await;
        let member = Following::start(&house, Who::Member).await;
        let both = [house.account, house.reveal_account];
        let changes = both.into_iter().cycle().take(20);
        futures_util::future::join_all(changes.map(|account| credit(&house, account))).await;
        let mut told = Vec::new();
        let mut member = member;
        // What came late is in one further event at most.
        while told.len() < 2 {
            let event;
            (member, event) = member.next().await;
            told.extend(event.unwrap().as_array().unwrap().iter().filter_map(Value::as_i64));
        }
        assert!(told.len() <= 4, "{told:?}");
        assert!(both.iter().all(|account| told.contains(account)), "{told:?}");
    }

    async fn a_session_that_has_ended_is_told_nothing(test: TestStore) {
        let house = House::of(test).await;
        let member = Following::start(&house, Who::Member).await;
        let (status, _) = house.call(Who::Member, "DELETE", "/session", None).await;
        assert_eq!(status, 204);
        credit(&house, house.account).await;
        assert_eq!(member.next().await.1, None);
    }

    async fn a_right_that_was_taken_away_ends_at_once(test: TestStore) {
        let house = House::of(test).await;
        let member = Following::start(&house, Who::Member).await;
        let path = format!("/databases/{}/members/{}", house.database, house.user(Who::Member));
        assert_eq!(house.call(Who::Operator, "DELETE", &path, None).await.0, 204);
        credit(&house, house.account).await;
        let told = tokio::time::timeout(Duration::from_secs(2), member.next()).await;
        assert!(told.is_err(), "{:?}", told.map(|(_, told)| told));
    }

    async fn connections_are_limited(test: TestStore) {
        let house = House::of(test).await;
        let mut open = Vec::new();
        for _ in 0..8 {
            open.push(Following::start(&house, Who::Member).await);
        }
        let (status, answer) = house.call(Who::Member, "GET", "/events", None).await;
        assert_eq!((status, &answer["code"]), (429, &json!("too_many_requests")));
        // Others have theirs.
        Following::start(&house, Who::Admin).await;
    }

    async fn a_server_that_stops_sends_all_away(test: TestStore) {
        let house = House::of(test).await;
        let member = Following::start(&house, Who::Member).await;
        house.stop();
        let ended = tokio::time::timeout(Duration::from_secs(5), member.next()).await;
        assert_eq!(ended.map(|(_, told)| told), Ok(None));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_that_share_a_database_tell_each_other() {
    let test = TestStore::postgres().await;
    let other = Store::open(&test.address.parse().unwrap()).await.unwrap();
    let mut changes = test.store.changes();
    let sharing = [&test.store, &other].map(|store| tokio::spawn(store.clone().share_changes()));
    let told = tokio::time::timeout(Duration::from_secs(30), async {
        loop {
            // Until both listen, what is told reaches nobody.
            let change = Change::Credit(iap_core::credits::Kind::Paid, amount("1"));
            other.ledger().make(request(test.account, change)).await.unwrap();
            if let Ok(told) = tokio::time::timeout(Duration::from_secs(1), changes.recv()).await {
                return told.unwrap();
            }
        }
    });
    assert_eq!(told.await.unwrap().account, test.account);
    sharing.iter().for_each(tokio::task::JoinHandle::abort);
    other.close().await;
}
