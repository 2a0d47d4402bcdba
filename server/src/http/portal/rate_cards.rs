//! What messages cost, and who changes that.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use iap_core::api::{
    CurrentRateCard, NewRateCard, Page, Problem, ProblemCode, RateCardPreview, RateCardVersion,
    RateDelta,
};
use iap_core::pricing::{RateCard, RateChange, RateDifference, sample_rate_card};
use serde::Deserialize;

use super::caller::Caller;
use super::input::{Asked, Body, Keys, cut};
use super::{Answer, Portal, by};
use crate::http::problem::Refused;
use crate::store::{RateCardRefusal, Withdrawal};
use crate::{clock, secret};

/// Show the rate card that is in force; anybody
///
/// It can be kept, and asked for again with `If-None-Match`: prices stay for long. Where none was
/// imported it is the sample that is built in, made up to try the product with.
#[utoipa::path(
    get, path = "/rate-card", tag = "rate cards",
    responses(
        (status = 200, body = CurrentRateCard),
        (status = 304, description = "It is the one that is known already."),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn current(State(portal): State<Portal>, headers: HeaderMap) -> Answer<Response> {
    let key = portal.store().rate_card_key(clock::now()).await?;
    let sample = key.is_none().then(|| sample_rate_card().to_csv());
    let tag = match (&key, &sample) {
        (Some(key), _) => tag(&key.id.to_string(), &key.sha256),
        (None, csv) => tag("sample", &secret::hash(csv.as_deref().unwrap_or_default())),
    };
    let mut response = if is_known(&headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let csv = match &key {
            Some(key) => file(&portal, key.id).await?,
            None => sample.unwrap_or_default(),
        };
        let sample = csv.starts_with(iap_core::pricing::csv::SAMPLE_MARK);
        let (version, valid_from) = key.map(|key| (key.id, key.valid_from)).unzip();
        Json(CurrentRateCard { version, sample, valid_from, csv }).into_response()
    };
    let headers = response.headers_mut();
    // Kept, and asked for whether it is still the one in force.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(tag) = tag.parse() {
        headers.insert(header::ETAG, tag);
    }
    Ok(response)
}

/// What tells an answer from others: a version keeps its rates, but a backup may bring others.
fn tag(version: &str, sha256: &str) -> String {
    format!("\"{version}-{}\"", sha256.get(..16).unwrap_or_default())
}

/// Whether one of the tags that are known is this one (RFC 9110, 13.1.2).
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|it| it.to_str().ok());
    known
        .flat_map(|it| it.split(','))
        .map(str::trim)
        .any(|it| it == "*" || it.strip_prefix("W/").unwrap_or(it) == tag)
}

async fn file(portal: &Portal, id: i64) -> Answer<String> {
    portal.store().rate_card_csv(id).await?.ok_or_else(|| Refused::not_found("rate card"))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct List {
    /// `next` of the part before.
    after: Option<i64>,
    /// How many, 1 to 1,000; 100 where nothing is said.
    limit: Option<i64>,
}

/// List the versions of the rate card, those imported last first; operators only
#[utoipa::path(
    get, path = "/rate-cards", tag = "rate cards", security(("session" = [])), params(List),
    responses(
        (status = 200, body = Page<RateCardVersion>),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn list(
    State(portal): State<Portal>,
    caller: Caller,
    Asked(List { after, limit }): Asked<List>,
) -> Answer<Json<Page<RateCardVersion>>> {
    caller.operates()?;
    Ok(Json(portal.store().rate_cards(clock::now(), cut(after, limit)).await?))
}

/// Look at what an import would do; operators only
///
/// Nothing changes. What is wrong with the file is told as with an import.
#[utoipa::path(
    post, path = "/rate-cards/preview", tag = "rate cards", security(("session" = [])),
    request_body = NewRateCard,
    responses(
        (status = 200, body = RateCardPreview),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn preview(
    State(portal): State<Portal>,
    caller: Caller,
    Body(new): Body<NewRateCard>,
) -> Answer<Json<RateCardPreview>> {
    caller.operates()?;
    let card = card(&new.csv)?;
    let now = clock::now();
    let valid_from = new.valid_from.unwrap_or(now);
    if valid_from < now {
        return Err(RateCardRefusal::Over.into());
    }
    let follows = portal.store().rate_card(valid_from).await?;
    let difference = RateDifference::between(&follows.card, &card);
    Ok(Json(told(follows.id, &card, &difference)))
}

fn told(against: Option<i64>, card: &RateCard, difference: &RateDifference) -> RateCardPreview {
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let (added, changed, removed) = difference.counts();
    let (warned, plain): (Vec<&RateChange>, Vec<&RateChange>) =
        difference.changes.iter().partition(|change| change.warning().is_some());
    RateCardPreview {
        against,
        rates: count(card.rates().len()),
        added: count(added),
        changed: count(changed),
        removed: count(removed),
        unchanged: count(difference.unchanged),
        warnings: count(warned.len()),
        changes: warned
            .into_iter()
            .chain(plain)
            .take(RateCardPreview::MOST)
            .map(RateDelta::from)
            .collect(),
    }
}

/// Import a rate card; operators only
///
/// It is valid from a moment on that is not over, and stays in force until another one's moment has
/// come. It has to name what it was compared with, as the preview does; where that is not the card
/// that it would follow, because somebody else has imported one meanwhile, it is refused. So is a
/// card with the very rates of the one that it would follow. A file with an error imports nothing;
/// `fields` then has all errors, each with line and column.
#[utoipa::path(
    post, path = "/rate-cards", tag = "rate cards", security(("session" = [])),
    request_body = NewRateCard,
    responses(
        (status = 201, body = RateCardVersion),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn import(
    State(portal): State<Portal>,
    caller: Caller,
    Body(new): Body<NewRateCard>,
) -> Answer<(StatusCode, Json<RateCardVersion>)> {
    caller.operates()?;
    let Some(against) = new.against else {
        return Err(Refused::field(
            "against",
            "Say which version it was compared with, as the preview names it.",
        ));
    };
    let card = card(&new.csv)?;
    let actor = by(caller.user.id);
    let imported = portal.store().import_rate_card(&card, new.valid_from, against, &actor).await?;
    let id = imported?;
    let version = portal.store().rate_card_version(id, clock::now()).await?;
    Ok((StatusCode::CREATED, Json(version.ok_or_else(|| Refused::not_found("rate card"))?)))
}

/// Export a version as the file that can be imported; operators only
#[utoipa::path(
    get, path = "/rate-cards/{version}/csv", tag = "rate cards", security(("session" = [])),
    params(("version" = i64, Path, description = "Its key.")),
    responses(
        (status = 200, body = String, content_type = "text/csv"),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn export(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(version): Keys<i64>,
) -> Answer<Response> {
    caller.operates()?;
    let csv = file(&portal, version).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"rates-{version}.csv\"")),
    ];
    Ok((headers, csv).into_response())
}

/// Withdraw a version that is not in force yet; operators only
///
/// It stays in the list. What is withdrawn already stays so.
#[utoipa::path(
    delete, path = "/rate-cards/{version}", tag = "rate cards", security(("session" = [])),
    params(("version" = i64, Path, description = "Its key.")),
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn withdraw(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(version): Keys<i64>,
) -> Answer<StatusCode> {
    caller.operates()?;
    match portal.store().withdraw_rate_card(version, &by(caller.user.id)).await? {
        Withdrawal::Done => Ok(StatusCode::NO_CONTENT),
        Withdrawal::InForce => Err(Refused::new(
            ProblemCode::RateCardInForce,
            "This version is in force, or was: import another one in its place.",
        )),
        Withdrawal::Unknown => Err(Refused::not_found("rate card")),
    }
}

/// The card in a file; all that is wrong with it.
fn card(csv: &str) -> Answer<RateCard> {
    RateCard::from_csv(csv.as_bytes()).map_err(|errors| {
        let mut told: Vec<_> =
            errors.errors.iter().map(|it| ("csv".to_owned(), it.to_string())).collect();
        if errors.more > 0 {
            told.push(("csv".to_owned(), format!("and {} more", errors.more)));
        }
        Refused::fields(told)
    })
}

impl From<RateCardRefusal> for Refused {
    fn from(refusal: RateCardRefusal) -> Self {
        let detail = refusal.to_string();
        match refusal {
            RateCardRefusal::Moved { .. } => Self::new(ProblemCode::RateCardMoved, detail),
            RateCardRefusal::Same(_) => Self::new(ProblemCode::AlreadyExists, detail),
            RateCardRefusal::Over => Self::field("valid_from", detail),
        }
    }
}
