//! Writes what a group has changed.

use iap_core::credits::{Funds, Hold, HoldState, Leg};
use sqlx::{AnyConnection, AssertSqlSafe};

use super::group::{Group, Kept};
use crate::store::dialect::Dialect;
use crate::store::rows::{Rows, Value};

/// Writes all that changed, with one statement for each kind of rows.
pub(super) async fn write(
    connection: &mut AnyConnection,
    dialect: Dialect,
    group: &Group,
    now: i64,
) -> sqlx::Result<()> {
    let rows = dialect.rows();
    // Holds refer to the entries that made them, so entries come first.
    let statement = format!(
        "INSERT INTO entry (id, account_id, number, previous, at, kind, available_paid, \
         available_granted, held_paid, held_granted, provider_paid, provider_granted, \
         platform_paid, platform_granted, hold, description, request) SELECT {}, {}, {}, {}, {}, \
         r.value ->> 5, {}, {}, {}, {}, {}, {}, {}, {}, {}, r.value ->> 15, r.value ->> 16 \
         FROM {rows}",
        n(0),
        n(1),
        n(2),
        n(3),
        n(4),
        n(6),
        n(7),
        n(8),
        n(9),
        n(10),
        n(11),
        n(12),
        n(13),
        n(14)
    );
    execute(connection, statement, entries(group)).await?;
    let (new, changed) = holds(group);
    let statement = format!(
        "INSERT INTO hold (account_id, id, paid, granted, expires_at, state, charged_paid, \
         charged_granted, refunded_paid, refunded_granted) SELECT {}, {}, {}, {}, {}, \
         r.value ->> 5, {}, {}, {}, {} FROM {rows}",
        n(0),
        n(1),
        n(2),
        n(3),
        n(4),
        n(6),
        n(7),
        n(8),
        n(9)
    );
    execute(connection, statement, new).await?;
    let statement = format!(
        "UPDATE hold SET state = c.state, charged_paid = c.a, charged_granted = c.b, \
         refunded_paid = c.c, refunded_granted = c.d FROM (SELECT {} AS account_id, {} AS id, \
         r.value ->> 5 AS state, {} AS a, {} AS b, {} AS c, {} AS d FROM {rows}) AS c \
         WHERE hold.id = c.id AND hold.account_id = c.account_id",
        n(0),
        n(1),
        n(6),
        n(7),
        n(8),
        n(9)
    );
    execute(connection, statement, changed).await?;
    let statement = format!(
        "UPDATE account SET available_paid = c.a, available_granted = c.b, held_paid = c.c, \
         held_granted = c.d, entries = c.e, threshold = c.f, armed = c.g, last_entry = c.h \
         FROM (SELECT {} AS id, {} AS a, {} AS b, {} AS c, {} AS d, {} AS e, {} AS f, {} AS g, \
         {} AS h FROM {rows}) AS c WHERE account.id = c.id",
        n(0),
        n(1),
        n(2),
        n(3),
        n(4),
        n(5),
        n(6),
        n(7),
        n(8)
    );
    execute(connection, statement, accounts(group)).await?;
    let statement = format!(
        "INSERT INTO mail (template, recipient, language, account_id, content, created_at, \
         next_attempt_at) SELECT 'low_credit', a.email, a.language, a.account_id, \
         r.value ->> 1, {}, {} FROM {rows} JOIN alert_recipient AS a ON a.account_id = {}",
        n(2),
        n(2),
        n(0)
    );
    execute(connection, statement, alerts(group, now)).await
}

/// A number of the row, by its place.
fn n(place: u32) -> String {
    format!("CAST(r.value ->> {place} AS BIGINT)")
}

async fn execute(
    connection: &mut AnyConnection,
    statement: String,
    rows: Rows,
) -> sqlx::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    // Made of our own words alone; all that others give is in the parameter.
    sqlx::query(AssertSqlSafe(statement)).bind(rows.into_json()).execute(connection).await?;
    Ok(())
}

fn entries(group: &Group) -> Rows {
    let mut rows = Rows::default();
    for new in &group.entries {
        let [available, held, provider, platform] = Leg::ALL.map(|leg| new.entry.postings.leg(leg));
        rows.row([
            new.id.into(),
            new.account.into(),
            new.number.into(),
            new.previous.into(),
            new.at.into(),
            new.entry.kind.as_str().into(),
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

/// New holds, and those that changed.
fn holds(group: &Group) -> (Rows, Rows) {
    let (mut new, mut changed) = (Rows::default(), Rows::default());
    for (&(account, id), kept) in &group.holds {
        match kept.state {
            Kept::Same => {}
            Kept::Changed => changed.row(hold(account, id, &kept.hold)),
            Kept::New => new.row(hold(account, id, &kept.hold)),
        }
    }
    (new, changed)
}

fn hold(account: i64, id: i64, hold: &Hold) -> [Value<'static>; 10] {
    let (state, charged, refunded) = match hold.state() {
        HoldState::Open => ("open", Funds::ZERO, Funds::ZERO),
        HoldState::Captured { charged, refunded } => ("captured", charged, refunded),
        HoldState::Cancelled => ("cancelled", Funds::ZERO, Funds::ZERO),
        HoldState::Expired => ("expired", Funds::ZERO, Funds::ZERO),
    };
    [
        account.into(),
        id.into(),
        hold.funds().paid().millionths().into(),
        hold.funds().granted().millionths().into(),
        hold.expires_at().millis().into(),
        state.into(),
        charged.paid().millionths().into(),
        charged.granted().millionths().into(),
        refunded.paid().millionths().into(),
        refunded.granted().millionths().into(),
    ]
}

fn accounts(group: &Group) -> Rows {
    let mut rows = Rows::default();
    for (&id, kept) in group.accounts.iter().filter(|(_, kept)| kept.changed) {
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

/// A mail to each who wants to know, for each time that a warning went off.
fn alerts(group: &Group, now: i64) -> Rows {
    let mut rows = Rows::default();
    for account in &group.alerts {
        let Some(kept) = group.accounts.get(account) else { continue };
        let (available, alert) = (kept.account.balance().available(), kept.account.alert());
        let threshold = alert.threshold().map(|threshold| threshold.amount().to_string());
        let content = serde_json::json!({
            "available": available.total().to_string(),
            "threshold": threshold,
        })
        .to_string();
        rows.row([(*account).into(), content.as_str().into(), now.into()]);
    }
    rows
}
