//! Mails on their way out.

use iap_core::api::{MailRecord, MailState};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::join_all;
use iap_core::credits::Threshold;
use iap_core::time::Timestamp;
use iap_server::jobs::{JobLog, Outbox, forget_old_mails};
use iap_server::mail::{Carrier, Letter, Sender, Undelivered};
use iap_server::store::{Change, Cut, Resend, Settled, Store};
use mail_parser::MessageParser;

use crate::alerts::connect;
use crate::on_both;
use crate::support::store::{NOW, TestStore, amount};

/// Takes mails on as it is told to, and remembers what it took.
#[derive(Clone, Default)]
struct Basket {
    taken: Arc<Mutex<Vec<Letter>>>,
    /// What it answers instead of taking one.
    answer: Arc<Mutex<Option<Undelivered>>>,
    pause: Duration,
}

impl Basket {
    fn answers(&self, answer: Option<Undelivered>) {
        *self.answer.lock().unwrap() = answer;
    }

    /// How often it took a mail to each recipient.
    fn taken(&self) -> BTreeMap<String, usize> {
        let mut taken = BTreeMap::new();
        for letter in &*self.taken.lock().unwrap() {
            *taken.entry(letter.envelope().to()[0].to_string()).or_default() += 1;
        }
        taken
    }
}

impl Carrier for Basket {
    async fn deliver(&self, letter: &Letter) -> Result<(), Undelivered> {
        tokio::time::sleep(self.pause).await;
        if let Some(answer) = self.answer.lock().unwrap().clone() {
            return Err(answer);
        }
        self.taken.lock().unwrap().push(letter.clone());
        Ok(())
    }
}

pub(crate) fn sender() -> Sender {
    Sender::new(None, "https://iap.example.com", "iap.example.com").unwrap()
}

fn outbox(store: &Store, basket: &Basket) -> Outbox<Basket> {
    Outbox::new(store.clone(), sender(), basket.clone())
}

/// Lets the account fall below its threshold, so that all of these are warned.
pub(crate) async fn warn(test: &TestStore, people: &[(&str, &str)]) {
    let people: Vec<_> =
        people.iter().map(|&(to, language)| (to.to_owned(), language.to_owned())).collect();
    test.store.set_alert_recipients(test.account, &people).await.unwrap();
    test.credit("20").await;
    let threshold = Threshold::new(amount("10")).unwrap();
    test.make(Change::Threshold(Some(threshold))).await.unwrap();
    test.authorize("11").await;
}

/// The whole of a list.
fn all() -> Cut {
    Cut::new(None, Cut::MOST)
}

/// What the operator sees.
async fn mails(test: &TestStore) -> Vec<MailRecord> {
    test.store.mails(None, all()).await.unwrap().items
}

/// A moment after the mails are due, whatever the machine's clock says.
fn soon() -> Timestamp {
    iap_server::clock::now().max(NOW).later(Duration::from_mins(1))
}

fn later() -> Undelivered {
    Undelivered::Later("451 Come again".to_owned())
}

on_both! {
    async fn a_warning_goes_once_to_each_with_senders_racing(test: TestStore) {
        let people: Vec<_> = (0..25).map(|number| format!("p{number}@example.com")).collect();
        let people: Vec<_> = people.iter().map(|to| (&**to, "fr")).collect();
        warn(&test, &people).await;
        // Two servers with several senders each.
        let other = Store::open(&test.url).await.unwrap();
        let basket = Basket { pause: Duration::from_millis(2), ..Basket::default() };
        let servers = [outbox(&test.store, &basket), outbox(&other, &basket)];
        let now = soon();
        let sent = servers.iter().cycle().take(10).map(async |server| {
            let mut sent = 0;
            while server.send_one(now).await.unwrap().is_some() {
                sent += 1;
            }
            sent
        });
        let sent = join_all(sent).await;
        assert_eq!(sent.iter().sum::<usize>(), 25);
        assert!(sent.iter().filter(|&&sent| sent > 0).count() > 1, "nobody raced: {sent:?}");
        let expected = people.iter().map(|(to, _)| ((*to).to_owned(), 1)).collect();
        assert_eq!(basket.taken(), expected);
        assert!(mails(&test).await.iter().all(|mail| mail.state == MailState::Sent));
        // Nor ever again.
        assert_eq!(servers[0].send_one(now.later(Duration::from_secs(1 << 30))).await.unwrap(), None);
        other.close().await;
    }

    async fn a_mail_tells_what_was_asked_for(test: TestStore) {
        warn(&test, &[("ann@example.com", "nl-BE")]).await;
        let basket = Basket::default();
        outbox(&test.store, &basket).send_one(soon()).await.unwrap();
        let bytes = basket.taken.lock().unwrap()[0].to_bytes();
        let read = MessageParser::default().parse(&*bytes).unwrap();
        assert_eq!(read.subject(), Some("SMS: uw credits raken op"));
        let text = read.body_text(0).unwrap();
        for part in [
            "Beschikbare credits: 9\r\n",
            "Drempel: 10\r\n",
            "Database: 00000000-0000-0000-0000-000000000001\r\n",
            "https://iap.example.com/buy?service=sms&database=00000000-0000-0000-0000-000000000001&account=",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(!text.contains("d20c879d28ee40eeb567e13ec375bd1b"), "the token: {text}");
    }

    async fn is_tried_again_and_given_up_after_three_days(test: TestStore) {
        warn(&test, &[("ann@example.com", "en")]).await;
        let basket = Basket::default();
        basket.answers(Some(later()));
        let outbox = outbox(&test.store, &basket);
        let start = soon();
        let mut now = start;
        let mut tries = 0;
        let end = loop {
            tries += 1;
            match outbox.send_one(now).await.unwrap().unwrap() {
                Settled::Again { at, error } => {
                    assert_eq!(error, "451 Come again");
                    let record = mails(&test).await.remove(0);
                    assert_eq!((record.state, record.attempts), (MailState::Waiting, tries));
                    assert_eq!((record.next_attempt_at, &*record.error), (Some(at), "451 Come again"));
                    // Not a moment before.
                    let before = Timestamp::from_millis(at.millis() - 1);
                    assert_eq!(outbox.send_one(before).await.unwrap(), None);
                    now = at;
                }
                settled => break settled,
            }
        };
        let error = "It was tried for three days. 451 Come again".to_owned();
        assert_eq!(end, Settled::Failed(error.clone()));
        assert_eq!(now, start.later(Duration::from_hours(3 * 24)));
        assert_eq!(tries, 15);
        let record = mails(&test).await.remove(0);
        assert_eq!((record.state, record.error), (MailState::Failed, error));
        assert_eq!(record.next_attempt_at, None);
        assert_eq!(outbox.send_one(now.later(Duration::from_secs(1 << 30))).await.unwrap(), None);

        // Somebody has put the mail server right.
        basket.answers(None);
        assert_eq!(test.store.resend_mail(record.id, now).await.unwrap(), Resend::Waits);
        assert_eq!(mails(&test).await[0].attempts, 0);
        assert_eq!(outbox.send_one(now).await.unwrap(), Some(Settled::Sent(now)));
        let record = mails(&test).await.remove(0);
        assert_eq!((record.state, record.attempts, &*record.error), (MailState::Sent, 1, ""));
        assert_eq!(record.sent_at, Some(now));
    }

    async fn what_is_refused_for_good_is_not_tried_again(test: TestStore) {
        warn(&test, &[("ann@example.com", "en")]).await;
        let basket = Basket::default();
        basket.answers(Some(Undelivered::Refused("550 No such user".to_owned())));
        let outbox = outbox(&test.store, &basket);
        let settled = outbox.send_one(soon()).await.unwrap();
        assert_eq!(settled, Some(Settled::Failed("550 No such user".to_owned())));
        assert_eq!(mails(&test).await[0].error, "550 No such user");
        assert_eq!(outbox.send_one(soon().later(Duration::from_secs(1 << 30))).await.unwrap(), None);
    }

    async fn what_cannot_be_written_fails_and_holds_up_nobody(test: TestStore) {
        warn(&test, &[("no address", "en"), ("ann@example.com", "en"), ("bo@example.com", "en")]).await;
        let pool = connect(&test).await;
        let other = "UPDATE mail SET template = 'newer' WHERE recipient = 'bo@example.com'";
        sqlx::query(other).execute(&pool).await.unwrap();
        let basket = Basket::default();
        let outbox = outbox(&test.store, &basket);
        while outbox.send_one(soon()).await.unwrap().is_some() {}
        assert_eq!(basket.taken(), [("ann@example.com".to_owned(), 1)].into());
        let mut failed = test.store.mails(Some(MailState::Failed), all()).await.unwrap().items;
        failed.sort_by(|one, other| one.recipient.cmp(&other.recipient));
        let errors: Vec<_> = failed.iter().map(|mail| &*mail.error).collect();
        assert_eq!(errors, [
            "This version of the program cannot write a mail of this kind.",
            "“no address” is no address that mail can be sent to.",
        ]);
    }

    async fn a_repeated_delivery_can_be_recognised(test: TestStore) {
        warn(&test, &[("ann@example.com", "en")]).await;
        let basket = Basket::default();
        let outbox = outbox(&test.store, &basket);
        let now = soon();
        // A server took it and was killed; nobody else has it until its time is over.
        let lost = test.store.claim_mail(now, now.later(Duration::from_mins(10))).await.unwrap();
        let lost = lost.unwrap();
        assert_eq!(outbox.send_one(now.later(Duration::from_secs(599))).await.unwrap(), None);
        let again = now.later(Duration::from_mins(10));
        assert_eq!(outbox.send_one(again).await.unwrap(), Some(Settled::Sent(again)));
        let first = Letter::write(&lost, &sender()).unwrap();
        let id = |letter: &Letter| {
            let bytes = letter.to_bytes();
            let read = MessageParser::default().parse(&*bytes).unwrap();
            (read.message_id().unwrap().to_owned(), read.date().unwrap().to_timestamp())
        };
        let second = id(&basket.taken.lock().unwrap()[0]);
        assert_eq!(id(&first), second);
        // It comes back, and what it notes changes nothing any more.
        let failed = Settled::Failed("too late".to_owned());
        assert!(!test.store.settle_mail(lost.claim, &failed).await.unwrap());
        assert_eq!(mails(&test).await[0].state, MailState::Sent);
        // Sent again because somebody wants it to, it is another mail.
        test.store.resend_mail(lost.claim.mail(), again).await.unwrap();
        assert!(!test.store.settle_mail(lost.claim, &failed).await.unwrap());
        let third = again.later(Duration::from_secs(1));
        outbox.send_one(third).await.unwrap();
        assert_ne!(id(&basket.taken.lock().unwrap()[1]).0, second.0);
    }

    async fn only_what_is_settled_can_be_sent_again(test: TestStore) {
        warn(&test, &[("ann@example.com", "en")]).await;
        let id = mails(&test).await[0].id;
        assert_eq!(test.store.resend_mail(id, NOW).await.unwrap(), Resend::Waited);
        assert_eq!(test.store.resend_mail(id + 1, NOW).await.unwrap(), Resend::Unknown);
    }

    async fn mails_are_listed_by_state_and_page(test: TestStore) {
        let people: Vec<_> = (0..7).map(|number| format!("p{number}@example.com")).collect();
        let people: Vec<_> = people.iter().map(|to| (&**to, "en")).collect();
        warn(&test, &people).await;
        let basket = Basket::default();
        let outbox = outbox(&test.store, &basket);
        for _ in 0..3 {
            outbox.send_one(soon()).await.unwrap();
        }
        basket.answers(Some(Undelivered::Refused("no".to_owned())));
        outbox.send_one(soon()).await.unwrap();
        let ids = async |state, before, most| {
            let mails = test.store.mails(state, Cut::new(before, most)).await.unwrap();
            mails.items.iter().map(|mail| mail.id).collect::<Vec<_>>()
        };
        let all = ids(None, None, 100).await;
        assert_eq!(all.len(), 7);
        assert!(all.is_sorted_by(|one, next| one > next), "{all:?}");
        assert_eq!(ids(None, None, 3).await, all[..3]);
        assert_eq!(ids(None, Some(all[2]), 3).await, all[3..6]);
        assert_eq!(ids(None, Some(all[5]), 3).await, all[6..]);
        assert_eq!(ids(None, Some(all[6]), 3).await, [0; 0]);
        let mut of_states = Vec::new();
        for (state, number) in [(MailState::Sent, 3), (MailState::Failed, 1), (MailState::Waiting, 3)] {
            let some = ids(Some(state), None, 100).await;
            assert_eq!(some.len(), number, "{state:?}");
            if number > 1 {
                assert_eq!(ids(Some(state), Some(some[0]), 1).await, some[1..2]);
            }
            of_states.extend(some);
        }
        of_states.sort_unstable_by(|one, other| other.cmp(one));
        assert_eq!(of_states, all);
    }

    async fn what_was_sent_is_forgotten_after_ninety_days(test: TestStore) {
        warn(&test, &[("ann@example.com", "en"), ("bo@example.com", "en"), ("cy@example.com", "en")]).await;
        let basket = Basket::default();
        let outbox = outbox(&test.store, &basket);
        let now = soon();
        outbox.send_one(now).await.unwrap();
        basket.answers(Some(Undelivered::Refused("no".to_owned())));
        outbox.send_one(now).await.unwrap();
        let days = |days: u64| now.later(Duration::from_hours(days * 24));
        assert_eq!(forget_old_mails(&test.store, days(90)).await.unwrap(), 0);
        let after = days(90).later(Duration::from_millis(1));
        assert_eq!(forget_old_mails(&test.store, after).await.unwrap(), 1);
        let mut left: Vec<_> = mails(&test).await.iter().map(|mail| mail.state).collect();
        left.sort_by_key(|state| state.as_str());
        assert_eq!(left, [MailState::Failed, MailState::Waiting]);
    }

    async fn told_to_stop_it_finishes_what_is_under_way(test: TestStore) {
        let people: Vec<_> = (0..20).map(|number| format!("p{number}@example.com")).collect();
        let people: Vec<_> = people.iter().map(|to| (&**to, "en")).collect();
        warn(&test, &people).await;
        // Due for the machine's own clock, too.
        let pool = connect(&test).await;
        sqlx::query("UPDATE mail SET next_attempt_at = 0").execute(&pool).await.unwrap();
        let basket = Basket { pause: Duration::from_millis(300), ..Basket::default() };
        let outbox = outbox(&test.store, &basket);
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let running = tokio::spawn(async move { outbox.run(&JobLog::new(), stopped).await });
        tokio::time::sleep(Duration::from_millis(150)).await;
        stop.send_replace(true);
        running.await.unwrap();
        let taken = basket.taken().len();
        assert!((1..20).contains(&taken), "{taken}");
        let sent = test.store.mails(Some(MailState::Sent), all()).await.unwrap().items;
        assert_eq!(sent.len(), taken);
        // None is left half done.
        let claimed = sqlx::query("SELECT 1 FROM mail WHERE state = 'waiting' AND claim > 0");
        assert!(claimed.fetch_all(&pool).await.unwrap().is_empty());
    }
}
