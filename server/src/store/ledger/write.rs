//! Writes what a group has changed.

use iap_core::api;
use iap_core::credits::{Funds, Hold, HoldState, Leg};

use super::batch::{Batch, Value};
use super::connection::Transaction;
use super::group::{Group, Kept};
use super::statement::{Statement, Write};
use crate::store::error::StoreError;

const ENTRIES: Statement = Statement::Insert {
    before: "INSERT INTO entry (id, account_id, number, previous, at, kind, available_paid, \
             available_granted, held_paid, held_granted, provider_paid, provider_granted, \
             platform_paid, platform_granted, hold, description, request)",
    after: "",
};

const NEW_HOLDS: Statement = Statement::Insert {
    before: "INSERT INTO hold (id, account_id, paid, granted, expires_at, state, charged_paid, \
             charged_granted, refunded_paid, refunded_granted)",
    after: "",
};

const ATTRIBUTIONS: Statement = Statement::Insert {
    before: "INSERT INTO attribution (hold_id, company, user_name, link)",
    after: "",
};

const HOLDS: Statement = Statement::Update {
    table: "hold",
    columns: &["state", "charged_paid", "charged_granted", "refunded_paid", "refunded_granted"],
};

const ACCOUNTS: Statement = Statement::Update {
    table: "account",
    columns: &[
        "available_paid",
        "available_granted",
        "held_paid",
        "held_granted",
        "entries",
        "threshold",
        "armed",
        "last_entry",
    ],
};

/// A mail to each who wants to know, for each time that a warning went off.
const MAILS: Statement = Statement::Insert {
    before: "INSERT INTO mail (template, recipient, language, account_id, content, created_at, \
             next_attempt_at) SELECT 'low_credit', a.email, a.language, a.account_id, c.column2, \
             c.column3, c.column3 FROM (",
    after: ") AS c JOIN alert_recipient AS a ON a.account_id = c.column1",
};

/// Writes all that changed, with one statement for each kind of rows, and keeps it.
pub(super) async fn write(
    transaction: Transaction<'_>,
    group: &Group,
    now: i64,
) -> Result<(), StoreError> {
    let (new, changed) = holds(group);
    let alerts = alerts(group);
    let mut mails = Batch::new(3);
    for (account, content) in &alerts {
        mails.row([(*account).into(), content.as_str().into(), now.into()]);
    }
    let writes = [
        Write { statement: ENTRIES, rows: entries(group) },
        Write { statement: NEW_HOLDS, rows: new },
        Write { statement: ATTRIBUTIONS, rows: attributions(group) },
        Write { statement: HOLDS, rows: changed },
        Write { statement: ACCOUNTS, rows: accounts(group) },
        Write { statement: MAILS, rows: mails },
    ];
    transaction.commit(&writes).await
}

fn entries(group: &Group) -> Batch<'_> {
    let mut rows = Batch::new(17);
    for new in &group.entries {
        let [available, held, provider, platform] = Leg::ALL.map(|leg| new.entry.postings.leg(leg));
        rows.row([
            new.id.into(),
            new.account.into(),
            new.number.into(),
            new.previous.into(),
            new.at.into(),
            Value::Word(new.entry.kind.as_str()),
            available.paid.millionths().into(),
            available.granted.millionths().into(),
            held.paid.millionths().into(),
            held.granted.millionths().into(),
            provider.paid.millionths().into(),
            provider.granted.millionths().into(),
            platform.paid.millionths().into(),
            platform.granted.millionths().into(),
            new.hold.into(),
            new.description.as_str().into(),
            new.key.as_deref().into(),
        ]);
    }
    rows
}

/// For whom new holds are, where that is said.
fn attributions(group: &Group) -> Batch<'_> {
    let mut rows = Batch::new(4);
    for new in group.entries.iter().filter(|new| !new.attribution.is_none()) {
        let whom = &new.attribution;
        rows.row([new.id.into(), whom.company().into(), whom.user().into(), whom.link().into()]);
    }
    rows
}

/// New holds, and those that changed.
fn holds(group: &Group) -> (Batch<'static>, Batch<'static>) {
    let (mut new, mut changed) = (Batch::new(10), Batch::new(6));
    let mut holds: Vec<_> = group.holds.iter().collect();
    // In the order in which they lie.
    holds.sort_unstable_by_key(|((_, id), _)| id);
    for (&(account, id), kept) in holds {
        let hold = &kept.hold;
        let (state, [a, b, c, d]) = resolution(hold);
        match kept.state {
            Kept::Same => {}
            Kept::Changed => changed.row([id.into(), state, a, b, c, d]),
            Kept::New => new.row([
                id.into(),
                account.into(),
                hold.funds().paid().millionths().into(),
                hold.funds().granted().millionths().into(),
                hold.expires_at().millis().into(),
                state,
                a,
                b,
                c,
                d,
            ]),
        }
    }
    (new, changed)
}

/// The word for the state, and what was charged and refunded, each paid and granted.
fn resolution(hold: &Hold) -> (Value<'static>, [Value<'static>; 4]) {
    let (charged, refunded) = match hold.state() {
        HoldState::Captured { charged, refunded } => (charged, refunded),
        HoldState::Open | HoldState::Cancelled | HoldState::Expired => (Funds::ZERO, Funds::ZERO),
    };
    let amounts = [charged.paid(), charged.granted(), refunded.paid(), refunded.granted()];
    (
        Value::Word(api::HoldState::from(hold.state()).as_str()),
        amounts.map(|amount| amount.millionths().into()),
    )
}

fn accounts(group: &Group) -> Batch<'static> {
    let mut rows = Batch::new(9);
    let mut accounts: Vec<_> = group.accounts.iter().filter(|(_, kept)| kept.changed).collect();
    accounts.sort_unstable_by_key(|&(id, _)| id);
    for (&id, kept) in accounts {
        let (balance, alert) = (kept.account.balance(), kept.account.alert());
        let threshold = alert.threshold().map(|threshold| threshold.amount().millionths());
        rows.row([
            id.into(),
            balance.available().paid().millionths().into(),
            balance.available().granted().millionths().into(),
            balance.held().paid().millionths().into(),
            balance.held().granted().millionths().into(),
            kept.entries.into(),
            threshold.into(),
            i64::from(alert.is_armed()).into(),
            kept.last.into(),
        ]);
    }
    rows
}

/// The accounts whose warning went off, and what is to be told of them.
fn alerts(group: &Group) -> Vec<(i64, String)> {
    let told = |account: &i64| {
        let kept = group.accounts.get(account)?;
        let (available, alert) = (kept.account.balance().available(), kept.account.alert());
        let threshold = alert.threshold().map(|threshold| threshold.amount().to_string());
        let content = serde_json::json!({
            "available": available.total().to_string(),
            "threshold": threshold,
        });
        Some((*account, content.to_string()))
    };
    group.alerts.iter().filter_map(told).collect()
}
