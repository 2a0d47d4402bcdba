//! A service in the catalogue.

use iap_core::api::{Account, OfferedService, Pack};
use iap_core::catalogue::TrialState;
use iap_core::credits::{self, Money};

use super::state::Shelf;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::I18n;
use crate::ui::{Button, ButtonKind, condition, next_id};

/// A card of a service; who may, can activate it.
pub(super) fn card(t: I18n, offered: &OfferedService, may: bool, shelf: Shelf) -> Node {
    let OfferedService { service, packs, accounts, .. } = offered;
    let id = next_id("offer");
    let by = if service.first_party { t.catalogue_by_first() } else { t.catalogue_by_third() };
    let label = service.label.clone();
    let privacy = (!service.privacy_url.is_empty()).then(|| {
        let named = t.catalogue_privacy_of(&*label);
        view! {
            <p>
                <a href=service.privacy_url.clone() target="_blank" rel="noreferrer" aria-label=named>
                    {t.catalogue_privacy()}
                </a>
            </p>
        }
    });
    let active = (!accounts.is_empty())
        .then(|| view! { <span class="pill pill-good">{t.catalogue_active()}</span> });
    let number = service.id;
    let activate = (may && accounts.is_empty()).then(|| {
        view! {
            <Button
                kind=ButtonKind::Primary
                disabled=condition(move || shelf.busy.get().is_some())
                attr:aria-label=t.catalogue_activate_of(&*label)
                on:click=move |_| shelf.activate(number)
            >
                {t.catalogue_activate()}
            </Button>
        }
    });
    let links: Vec<Node> = accounts.iter().map(|it| account(t, it)).collect();
    view! {
        <li class="card offer">
            <article aria-labelledby=id.clone()>
                <div class="offer-head">
                    <h2 id=id>{label}</h2>
                    {active}
                </div>
                <p class="soft">{by}</p>
                <p>{service.description.clone()}</p>
                <ul class="offer-facts" role="list">
                    <li>{cheapest(t, packs)}</li>
                    <li>{trial(t, offered)}</li>
                </ul>
                {privacy}
                <div class="offer-foot">{activate} {links}</div>
            </article>
        </li>
    }
}

/// An account for it, with what is left.
fn account(t: I18n, account: &Account) -> Node {
    let left = t.credits(account.available.total.credits());
    let label = t.catalogue_to_account_of(&*account.service_label, &*left);
    view! {
        <p class="offer-account">
            <span>{t.catalogue_balance_of(left)}</span>
            <a class="button" href=format!("/services/{}", account.id) aria-label=label>
                {t.catalogue_to_account()}
            </a>
        </p>
    }
}

/// What a credit costs at the least, in the currency of the first pack.
fn cheapest(t: I18n, packs: &[Pack]) -> String {
    let price = |pack: &Pack| {
        let rules = credits::Pack::new(pack.credits, Money::new(pack.price, pack.currency)).ok()?;
        rules.price_of_a_credit()
    };
    let currency = packs.first().map(|pack| pack.currency);
    let same = packs.iter().filter(|pack| Some(pack.currency) == currency);
    match (same.filter_map(price).min(), currency) {
        (Some(price), Some(currency)) => {
            t.catalogue_from(format::price_of_a_credit(t.locale(), price, currency))
        }
        _ => t.catalogue_no_packs().to_owned(),
    }
}

/// How the database stands to the credits to try it.
fn trial(t: I18n, offered: &OfferedService) -> String {
    let credits = || t.credits(offered.service.trial.credits());
    match offered.trial {
        TrialState::None => t.catalogue_trial_none().to_owned(),
        TrialState::Granted => t.catalogue_trial_granted().to_owned(),
        TrialState::Open => t.catalogue_trial_open(credits()),
        TrialState::NotEntitled => t.catalogue_trial_not_entitled(credits()),
    }
}
