//! Purchases of packs.
//!
//! What the ledger has to be told of one is noted here first, in the transaction that notes why, and
//! told next, with a key of its own. So whatever is lost in between is told later, and once.

use iap_core::api::{Order, Page};
use iap_core::billing::{
    Buyer, MoneyBack, PaymentError, PaymentMeans, PaymentState, Tax, TaxRate, Taxed,
};
use iap_core::credits::{self, Amount, Currency, Money, OrderError, OrderState, Paid};
use iap_core::pricing::Credits;
use iap_core::time::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use super::audit::{Actor, note};
use super::databases::within;
use super::error::StoreError;
use super::open::Store;
use super::page::{Cut, cut};
use super::settings;

/// A pack that is to be bought.
#[derive(Clone, Debug)]
pub struct NewOrderRow {
    /// The account that it is for, by key.
    pub account: i64,
    /// The pack, by key.
    pub pack: i64,
    /// The caller's key for this order.
    pub key: String,
    /// Who buys, if somebody is named.
    pub buyer: Option<Buyer>,
    /// SHA-256 of the secret with which whoever orders without being signed in comes back.
    pub receipt_sha256: Option<String>,
}

/// For how long a further receipt replaces the one of an order that is ordered again with the same key:
/// for as long as somebody tries again whose answer was lost.
const RECEIPT_AGAIN: i64 = 3_600_000;

/// Orders of an account that wait for their money, at most: above that nobody means to pay them.
const MOST_UNPAID: i64 = 50;

/// Which orders are shown; all where nothing is said.
#[derive(Clone, Debug, Default)]
pub struct OrderFilter {
    /// Only those in a state.
    pub state: Option<OrderState>,
    /// Only those for an account.
    pub account: Option<i64>,
    /// Only those for accounts of a database.
    pub database: Option<i64>,
    /// Only those of these databases.
    pub only: Option<Vec<i64>>,
}

/// What the ledger is still to be told of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Its credits come in.
    Credit,
    /// Its credits are taken out.
    Withdraw,
}

impl Step {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Credit => "credit",
            Self::Withdraw => "withdraw",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        [Self::Credit, Self::Withdraw].into_iter().find(|step| step.as_str() == word)
    }
}

/// An order that the ledger is to be told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// Its key.
    pub order: i64,
    /// The account, by key.
    pub account: i64,
    /// What the pack is called.
    pub name: String,
    /// The credits in it.
    pub credits: Amount,
    /// What is to be told.
    pub step: Step,
}

/// Why something cannot be done with an order.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrderRefusal {
    /// There is none of that key.
    #[error("There is no such order.")]
    Unknown,
    /// By its state.
    #[error(transparent)]
    State(#[from] OrderError),
    /// Another payment paid it.
    #[error(
        "This order was paid before, with the payment “{0}”. If money came in twice, give the \
         second payment back."
    )]
    PaidBefore(String),
    /// The key was used for another pack.
    #[error("The key of this request was used for a different one. Use a new key for each.")]
    KeyReused,
    /// The pack is not sold for this account.
    #[error("This pack cannot be bought for this account.")]
    NotOffered,
    /// Another key opens it, which must not be locked out.
    #[error(
        "This order was made before with the same key, and can be reached with the receipt that was \
         given then. To order again, use a new key."
    )]
    Receipted,
    /// Paying was begun in a way that this server does not know.
    #[error(
        "Paying this order was begun in another way, which this server does not offer any more. Give \
         the order up, and order again."
    )]
    OtherMeans,
    /// The payment service is at it.
    #[error(
        "This order is being paid just now: the bank has not answered yet. Try again in a moment."
    )]
    BeingPaid,
    /// Nobody waits for a proof.
    #[error("Nobody has to prove anything for this order just now. Pay it with a card first.")]
    NotAsked,
    /// What is said to have paid it is the payment service's to say.
    #[error(
        "This is what the payment service calls its payment of this order; it says itself when the \
         money is there."
    )]
    ByService,
    /// Its price with tax cannot be written in any currency.
    #[error("The price of this pack with the tax on it is beyond all measure.")]
    TooDear,
    /// So many wait for their money that another one is no help.
    #[error(
        "{MOST_UNPAID} orders for this account are not paid yet. Pay one of them, or give some up, and \
         order again."
    )]
    TooManyUnpaid,
    /// The ledger is being told what was decided a moment ago.
    #[error("This order is being changed just now. Try again in a moment.")]
    Busy,
}

/// What is done with an order: what the store says of it, or why it cannot be done.
pub(super) type Decided<T> = Result<Result<T, OrderRefusal>, StoreError>;

/// What of an order its states depend on.
struct Locked {
    order: credits::Order,
    payment: String,
    step: Option<Step>,
}

impl Store {
    /// Orders a pack as it is sold now; the order's key, and whether it had been ordered before with
    /// the same key.
    ///
    /// # Errors
    /// [`StoreError`]; within it [`OrderRefusal`].
    pub async fn add_order(&self, new: &NewOrderRow, actor: &Actor) -> Decided<(i64, bool)> {
        let settings = self.settings().await?;
        let tax = settings::tax(&settings, new.buyer.as_ref());
        let buyer = new.buyer.clone().map(iap_core::api::Buyer::from);
        let buyer = buyer.as_ref().map(settings::written).unwrap_or_default();
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        // Whoever orders for the same account at the same moment waits here.
        let statement = AssertSqlSafe(format!(
            "SELECT service_id FROM account WHERE id = $1{}",
            self.dialect.for_update()
        ));
        let account = sqlx::query(statement).bind(new.account);
        let Some(account) = account.fetch_optional(&mut *connection).await? else {
            return Ok(Err(OrderRefusal::NotOffered));
        };
        if let Some(known) = known(connection, new).await? {
            if known.pack != new.pack || known.buyer != buyer {
                return Ok(Err(OrderRefusal::KeyReused));
            }
            if let Some(receipt) = &new.receipt_sha256 {
                let since = actor.at.millis().saturating_sub(RECEIPT_AGAIN);
                if !known.is_fresh || known.created_at < since {
                    return Ok(Err(OrderRefusal::Receipted));
                }
                sqlx::query("UPDATE iap_order SET receipt_sha256 = $2 WHERE id = $1")
                    .bind(known.id)
                    .bind(&**receipt)
                    .execute(&mut *connection)
                    .await?;
                transaction.commit().await?;
            }
            return Ok(Ok((known.id, true)));
        }
        // What is sold to an account is a pack of its service.
        let pack = sqlx::query(
            "SELECT name, credits, price, currency FROM pack \
             WHERE id = $1 AND service_id = $2 AND offered = 1",
        )
        .bind(new.pack)
        .bind(account.try_get::<i64, _>(0)?)
        .fetch_optional(&mut *connection)
        .await?;
        let Some(pack) = pack else { return Ok(Err(OrderRefusal::NotOffered)) };
        let unpaid: i64 = sqlx::query(
            "SELECT COUNT(*) FROM iap_order WHERE account_id = $1 AND state = 'pending'",
        )
        .bind(new.account)
        .fetch_one(&mut *connection)
        .await?
        .try_get(0)?;
        if unpaid >= MOST_UNPAID {
            return Ok(Err(OrderRefusal::TooManyUnpaid));
        }
        let (price, currency): (i64, String) = (pack.try_get(2)?, pack.try_get(3)?);
        let taxed = tax_on(price, &currency, tax)
            .filter(|taxed| i64::try_from(taxed.gross().minor()).is_ok());
        let Some(taxed) = taxed else { return Ok(Err(OrderRefusal::TooDear)) };
        let row = sqlx::query(
            "INSERT INTO iap_order (account_id, pack_id, name, credits, price, currency, user_id, \
             request, created_at, buyer, tax_category, tax_rate, tax, receipt_sha256) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id",
        )
        .bind(new.account)
        .bind(new.pack)
        .bind(pack.try_get::<String, _>(0)?)
        .bind(pack.try_get::<i64, _>(1)?)
        .bind(price)
        .bind(currency)
        .bind(actor.user)
        .bind(&*new.key)
        .bind(actor.at.millis())
        .bind(buyer)
        .bind(tax.category())
        .bind(tax.rate().map_or(0, |rate| i64::from(rate.hundredths())))
        .bind(i64::try_from(taxed.tax().minor()).unwrap_or(i64::MAX))
        .bind(new.receipt_sha256.as_deref().unwrap_or_default())
        .fetch_one(&mut *connection)
        .await?;
        let id: i64 = row.try_get(0)?;
        let detail = format!("pack {} for account {}", new.pack, new.account);
        note(connection, actor, "order.add", &format!("order {id}"), &detail).await?;
        transaction.commit().await?;
        Ok(Ok((id, false)))
    }

    /// Orders, the newest first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn orders(
        &self,
        filter: &OrderFilter,
        cut_at: Cut,
    ) -> Result<Page<Order>, StoreError> {
        let statement = AssertSqlSafe(format!(
            "{SHOWN} WHERE o.id < $1 AND ($2 = '' OR o.state = $2) \
             AND ($3 = 0 OR o.account_id = $3) AND ($4 = 0 OR a.database_id = $4){} \
             ORDER BY o.id DESC LIMIT $5",
            within("a.database_id", filter.only.as_deref())
        ));
        let rows = sqlx::query(statement)
            .bind(cut_at.before())
            .bind(filter.state.map_or("", OrderState::as_str))
            .bind(filter.account.unwrap_or(0))
            .bind(filter.database.unwrap_or(0))
            .bind(cut_at.rows())
            .fetch_all(&self.readers)
            .await?;
        let orders = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        Ok(cut(orders, cut_at, |order| order.id))
    }

    /// An order by its key.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn order(&self, id: i64) -> Result<Option<Order>, StoreError> {
        let statement = AssertSqlSafe(format!("{SHOWN} WHERE o.id = $1"));
        let row = sqlx::query(statement).bind(id).fetch_optional(&self.readers).await?;
        row.map(|row| read(&row)).transpose()
    }

    /// Whether a receipt, by its SHA-256, opens an order.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn receipt_fits(&self, id: i64, sha256: &str) -> Result<bool, StoreError> {
        let row = sqlx::query(
            "SELECT id FROM iap_order WHERE id = $1 AND receipt_sha256 = $2 AND receipt_sha256 <> ''",
        )
        .bind(id)
        .bind(sha256)
        .fetch_optional(&self.readers)
        .await?;
        Ok(row.is_some())
    }

    /// Who last bought for a database: of those who were signed in, or who paid. Whoever has a link can
    /// name anybody.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn last_buyer(
        &self,
        database: i64,
    ) -> Result<Option<iap_core::api::Buyer>, StoreError> {
        let row = sqlx::query(
            "SELECT o.id, o.buyer FROM iap_order AS o JOIN account AS a ON a.id = o.account_id \
             WHERE a.database_id = $1 AND o.buyer <> '' \
             AND (o.user_id IS NOT NULL OR o.state = 'paid') ORDER BY o.id DESC LIMIT 1",
        )
        .bind(database)
        .fetch_optional(&self.readers)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let (id, buyer): (i64, String) = (row.try_get(0)?, row.try_get(1)?);
        Ok(Some(serde_json::from_str(&buyer).map_err(|_| corrupt(id))?))
    }

    /// Notes that an order was paid. Its credits are to come in next: [`Store::unfinished_order`].
    /// The same payment again changes nothing.
    ///
    /// # Errors
    /// [`StoreError`]; within it [`OrderRefusal`].
    pub async fn note_payment(&self, id: i64, payment: &str, actor: &Actor) -> Decided<()> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        let Some(locked) = self.lock_order(connection, id).await? else {
            return Ok(Err(OrderRefusal::Unknown));
        };
        let order = match locked.order.pay() {
            Ok(Paid::Now(order)) => order,
            Ok(Paid::Before) if locked.payment == payment => return Ok(Ok(())),
            Ok(Paid::Before) => return Ok(Err(OrderRefusal::PaidBefore(locked.payment))),
            Err(error) => return Ok(Err(error.into())),
        };
        sqlx::query(
            "UPDATE iap_order SET state = $2, payment = $3, paid_at = $4, step = $5, \
             check_at = CASE WHEN check_at IS NULL THEN NULL ELSE $4 END WHERE id = $1",
        )
        .bind(id)
        .bind(order.state().as_str())
        .bind(payment)
        .bind(actor.at.millis())
        .bind(Step::Credit.as_str())
        .execute(&mut *connection)
        .await?;
        note(connection, actor, "order.pay", &format!("order {id}"), payment).await?;
        transaction.commit().await?;
        Ok(Ok(()))
    }

    /// Notes that the money of an order is to be given back. Its credits are to be taken out next,
    /// and it is given back only if they can be.
    ///
    /// # Errors
    /// [`StoreError`]; within it [`OrderRefusal`].
    pub async fn note_refund(&self, id: i64, reason: &str, actor: &Actor) -> Decided<()> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        let Some(locked) = self.lock_order(connection, id).await? else {
            return Ok(Err(OrderRefusal::Unknown));
        };
        if let Err(error) = locked.order.refund() {
            return Ok(Err(error.into()));
        }
        if locked.step.is_some() {
            return Ok(Err(OrderRefusal::Busy));
        }
        sqlx::query(
            "UPDATE iap_order SET refund_reason = $2, refunded_at = $3, step = $4 WHERE id = $1",
        )
        .bind(id)
        .bind(reason)
        .bind(actor.at.millis())
        .bind(Step::Withdraw.as_str())
        .execute(&mut *connection)
        .await?;
        note(connection, actor, "order.refund", &format!("order {id}"), reason).await?;
        transaction.commit().await?;
        Ok(Ok(()))
    }

    /// Gives an order up that was not paid.
    ///
    /// # Errors
    /// [`StoreError`]; within it [`OrderRefusal`].
    pub async fn cancel_order(&self, id: i64, actor: &Actor) -> Decided<()> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        let Some(locked) = self.lock_order(connection, id).await? else {
            return Ok(Err(OrderRefusal::Unknown));
        };
        let order = match locked.order.cancel() {
            Ok(order) if order == locked.order => return Ok(Ok(())),
            Ok(order) => order,
            Err(error) => return Ok(Err(error.into())),
        };
        // What the payment service still has of it is given up there next.
        sqlx::query(
            "UPDATE iap_order SET state = $2, \
             check_at = CASE WHEN check_at IS NULL THEN NULL ELSE $3 END WHERE id = $1",
        )
        .bind(id)
        .bind(order.state().as_str())
        .bind(actor.at.millis())
        .execute(&mut *connection)
        .await?;
        note(connection, actor, "order.cancel", &format!("order {id}"), "").await?;
        transaction.commit().await?;
        Ok(Ok(()))
    }

    /// What the ledger is still to be told of an order; none where there is nothing.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn unfinished_order(&self, id: i64) -> Result<Option<Unfinished>, StoreError> {
        let statement = AssertSqlSafe(format!("{UNFINISHED} AND id = $1"));
        let row = sqlx::query(statement).bind(id).fetch_optional(&self.readers).await?;
        row.map(|row| read_unfinished(&row)).transpose()
    }

    /// What the ledger is still to be told, the oldest orders first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn unfinished_orders(&self, most: i64) -> Result<Vec<Unfinished>, StoreError> {
        let statement = AssertSqlSafe(format!("{UNFINISHED} ORDER BY id LIMIT $1"));
        let rows = sqlx::query(statement).bind(most).fetch_all(&self.readers).await?;
        rows.iter().map(read_unfinished).collect()
    }

    /// Notes what the ledger has entered of an order's step. Nothing changes where that was noted.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn note_entered(
        &self,
        order: i64,
        step: Step,
        entry: Option<i64>,
    ) -> Result<(), StoreError> {
        let set = match step {
            Step::Credit => "entry_id = $2",
            // What the payment service took it is to give back.
            Step::Withdraw => {
                "state = 'refunded', refund_entry_id = $2, money_back = CASE WHEN payment = intent \
                 AND intent <> '' AND money_back = 'none' THEN 'due' ELSE money_back END"
            }
        };
        let statement = AssertSqlSafe(format!(
            "UPDATE iap_order SET {set}, step = '' WHERE id = $1 AND step = $3"
        ));
        sqlx::query(statement)
            .bind(order)
            .bind(entry)
            .bind(step.as_str())
            .execute(&mut *self.writers.connection().await?)
            .await?;
        Ok(())
    }

    /// Notes that the credits of an order cannot be taken out: it stays paid.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn drop_refund(&self, order: i64, actor: &Actor) -> Result<(), StoreError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        let changed = sqlx::query(
            "UPDATE iap_order SET step = '', refund_reason = '', refunded_at = NULL \
             WHERE id = $1 AND step = 'withdraw'",
        )
        .bind(order)
        .execute(&mut *connection)
        .await?;
        if changed.rows_affected() > 0 {
            let subject = format!("order {order}");
            note(connection, actor, "order.refund_refused", &subject, "").await?;
        }
        Ok(transaction.commit().await?)
    }

    async fn lock_order(
        &self,
        connection: &mut AnyConnection,
        id: i64,
    ) -> Result<Option<Locked>, StoreError> {
        let statement = AssertSqlSafe(format!(
            "SELECT state, credits, price, currency, payment, step FROM iap_order WHERE id = $1{}",
            self.dialect.for_update()
        ));
        let row = sqlx::query(statement).bind(id).fetch_optional(connection).await?;
        let Some(row) = row else { return Ok(None) };
        let (state, step): (String, String) = (row.try_get(0)?, row.try_get(5)?);
        let currency: String = row.try_get(3)?;
        let parts = read_parts(row.try_get(1)?, row.try_get(2)?, &currency, &state);
        let (credits, price, currency, state) = parts.ok_or_else(|| corrupt(id))?;
        let pack = credits::Pack::new(credits, Money::new(price, currency));
        Ok(Some(Locked {
            order: credits::Order::restore(pack.map_err(|_| corrupt(id))?, state),
            payment: row.try_get(4)?,
            step: Step::from_word(&step),
        }))
    }
}

const SHOWN: &str = "SELECT o.id, o.account_id, a.database_id, a.service_id, o.pack_id, o.name, \
                     o.credits, o.price, o.currency, o.state, COALESCE(u.email, ''), o.created_at, \
                     o.payment, COALESCE(o.paid_at, -1), o.refund_reason, \
                     COALESCE(o.refunded_at, -1), o.buyer, o.tax_category, o.tax_rate, o.tax, \
                     o.means, o.payment_state, o.payment_error, o.money_back \
                     FROM iap_order AS o \
                     JOIN account AS a ON a.id = o.account_id \
                     LEFT JOIN iap_user AS u ON u.id = o.user_id";

const UNFINISHED: &str =
    "SELECT id, account_id, name, credits, step FROM iap_order WHERE step <> ''";

/// An order that was ordered before with the same key.
struct Known {
    id: i64,
    pack: i64,
    /// As it is kept.
    buyer: String,
    created_at: i64,
    /// Whether it has a receipt, waits for its money, and paying was not begun.
    is_fresh: bool,
}

/// The order of a caller's key; none where the key is new.
async fn known(
    connection: &mut AnyConnection,
    new: &NewOrderRow,
) -> Result<Option<Known>, StoreError> {
    let row = sqlx::query(
        "SELECT id, pack_id, buyer, created_at, state, payment_key, receipt_sha256 \
         FROM iap_order WHERE account_id = $1 AND request = $2",
    )
    .bind(new.account)
    .bind(&*new.key)
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let (state, key): (String, String) = (row.try_get(4)?, row.try_get(5)?);
    let receipt: String = row.try_get(6)?;
    let pending = OrderState::from_word(&state) == Some(OrderState::Pending);
    Ok(Some(Known {
        id: row.try_get(0)?,
        pack: row.try_get(1)?,
        buyer: row.try_get(2)?,
        created_at: row.try_get(3)?,
        is_fresh: pending && key.is_empty() && !receipt.is_empty(),
    }))
}

pub(super) fn tax_on(price: i64, currency: &str, tax: Tax) -> Option<Taxed> {
    Taxed::new(Money::new(u64::try_from(price).ok()?, currency.parse().ok()?), tax)
}

/// How an order is taxed, by what is kept of it.
pub(super) fn read_tax(category: &str, rate: i64) -> Option<Tax> {
    let rate = match rate {
        0 => None,
        rate => Some(TaxRate::new(u16::try_from(rate).ok()?).ok()?),
    };
    Tax::restore(category, rate)
}

pub(super) fn corrupt(id: i64) -> StoreError {
    StoreError::Corrupt(format!("order {id} cannot be"))
}

fn read_parts(
    credits: i64,
    price: i64,
    currency: &str,
    state: &str,
) -> Option<(Amount, u64, Currency, OrderState)> {
    Some((
        Amount::new(Credits::from_millionths(credits)).ok()?,
        u64::try_from(price).ok()?,
        currency.parse().ok()?,
        OrderState::from_word(state)?,
    ))
}

fn read(row: &AnyRow) -> Result<Order, StoreError> {
    let id: i64 = row.try_get(0)?;
    let (currency, state): (String, String) = (row.try_get(8)?, row.try_get(9)?);
    let parts = read_parts(row.try_get(6)?, row.try_get(7)?, &currency, &state);
    let (credits, price, currency, state) = parts.ok_or_else(|| corrupt(id))?;
    let moment = |millis: i64| (millis >= 0).then(|| Timestamp::from_millis(millis));
    let refunded = state == OrderState::Refunded;
    let category: String = row.try_get(17)?;
    let kind = read_tax(&category, row.try_get(18)?).ok_or_else(|| corrupt(id))?;
    let tax = u64::try_from(row.try_get::<i64, _>(19)?).map_err(|_| corrupt(id))?;
    let buyer: String = row.try_get(16)?;
    let (means, payment_state): (String, String) = (row.try_get(20)?, row.try_get(21)?);
    let (payment_error, money_back): (String, String) = (row.try_get(22)?, row.try_get(23)?);
    let buyer = (!buyer.is_empty()).then(|| serde_json::from_str(&buyer)).transpose();
    Ok(Order {
        id,
        account: row.try_get(1)?,
        database: row.try_get(2)?,
        service: row.try_get(3)?,
        pack: row.try_get(4)?,
        name: row.try_get(5)?,
        credits,
        price,
        currency,
        buyer: buyer.map_err(|_| corrupt(id))?,
        tax,
        tax_rate: kind.rate(),
        tax_category: category,
        gross: price.checked_add(tax).ok_or_else(|| corrupt(id))?,
        state,
        ordered_by: row.try_get(10)?,
        created_at: Timestamp::from_millis(row.try_get(11)?),
        how_to_pay: String::new(),
        means: PaymentMeans::from_word(&means).ok_or_else(|| corrupt(id))?,
        payment_state: PaymentState::from_word(&payment_state).ok_or_else(|| corrupt(id))?,
        payment_error: PaymentError::from_word(&payment_error),
        money_back: MoneyBack::from_word(&money_back).ok_or_else(|| corrupt(id))?,
        payment: row.try_get(12)?,
        paid_at: moment(row.try_get(13)?),
        // While its credits are not taken out, it is not known whether it is.
        refund_reason: if refunded { row.try_get(14)? } else { String::new() },
        refunded_at: moment(row.try_get(15)?).filter(|_| refunded),
    })
}

fn read_unfinished(row: &AnyRow) -> Result<Unfinished, StoreError> {
    let (order, step): (i64, String) = (row.try_get(0)?, row.try_get(4)?);
    let credits = Amount::new(Credits::from_millionths(row.try_get(3)?));
    Ok(Unfinished {
        order,
        account: row.try_get(1)?,
        name: row.try_get(2)?,
        credits: credits.map_err(|_| corrupt(order))?,
        step: Step::from_word(&step).ok_or_else(|| corrupt(order))?,
    })
}
