//! A card that Stripe charges. Its form is Stripe's own, in a frame of theirs: no number of a card
//! reaches this application.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::purchase::Purchase;
use crate::dom::{ElementRef, Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{RwSignal, effect};
use crate::ui::{Button, ButtonKind, Notice, NoticeKind};

#[wasm_bindgen]
extern "C" {
    /// Stripe.js, for an account of theirs.
    type Stripe;
    #[wasm_bindgen(js_name = Stripe, catch)]
    fn stripe(publishable_key: &str) -> Result<Stripe, JsValue>;
    #[wasm_bindgen(method)]
    fn elements(this: &Stripe) -> Elements;
    #[wasm_bindgen(method, js_name = confirmCardPayment)]
    fn confirm_card_payment(this: &Stripe, client_secret: &str, data: &JsValue) -> js_sys::Promise;

    /// What makes parts of Stripe's forms.
    type Elements;
    #[wasm_bindgen(method)]
    fn create(this: &Elements, kind: &str) -> StripeElement;

    /// A part of a form, in a frame.
    type StripeElement;
    #[wasm_bindgen(method)]
    fn mount(this: &StripeElement, place: &web_sys::HtmlElement);
}

/// Stripe's form, and a button to pay with what is typed there.
#[component]
pub(super) fn StripeCardForm(purchase: Purchase) -> Node {
    let t = use_i18n();
    let place = ElementRef::<web_sys::HtmlElement>::new();
    let missing = RwSignal::new(false);
    let refused = RwSignal::new(None::<String>);
    // What Stripe made lives as long as this form, in this thread.
    let form = LocalForm::default();
    let made = form.clone();
    effect(move |_| {
        let Some(place) = place.get() else { return };
        let made = made.clone();
        let (script, key) = purchase.shop.with_untracked(|shop| {
            let shop = shop.as_ref();
            (
                shop.and_then(|it| it.card_script.clone()),
                shop.and_then(|it| it.publishable_key.clone()),
            )
        });
        load(&script.unwrap_or_default(), move |is_there| {
            let stripe = is_there.then(|| stripe(&key.unwrap_or_default()).ok()).flatten();
            let Some(stripe) = stripe else {
                let _ = missing.try_set(true);
                return;
            };
            let card = stripe.elements().create("card");
            card.mount(&place);
            made.0.replace(Some((stripe, card)));
        });
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let secret = purchase
            .checkout
            .with_untracked(|it| it.as_ref().and_then(|it| it.client_secret.clone()));
        let Some(secret) = secret else { return };
        if purchase.busy.get_untracked() {
            return;
        }
        let confirmed = form.0.borrow().as_ref().map(|(stripe, card)| {
            let method = object(&[("card", card.into())]);
            stripe.confirm_card_payment(&secret, &object(&[("payment_method", method)]))
        });
        let Some(confirmed) = confirmed else { return };
        purchase.busy.set(true);
        refused.set(None);
        wasm_bindgen_futures::spawn_local(async move {
            let answer = JsFuture::from(confirmed).await.unwrap_or_default();
            let _ = purchase.busy.try_set(false);
            let status = field(&field(&answer, "paymentIntent"), "status").as_string();
            if matches!(status.as_deref(), Some("succeeded" | "processing")) {
                // What the browser is told proves nothing: the server asks Stripe itself.
                purchase.expect();
            } else {
                let told = field(&field(&answer, "error"), "message").as_string();
                let other = || t.shop_error_other().to_owned();
                let _ = refused.try_set(Some(told.unwrap_or_else(other)));
            }
        });
    };
    view! {
        <form class="form" novalidate="" on:submit=submit>
            <div class="stripe-card" node_ref=place></div>
            <div role="alert">
                {move || {
                    let told = match refused.get() {
                        Some(told) => told,
                        None if missing.get() => t.shop_script_missing().to_owned(),
                        None => return None,
                    };
                    Some(view! { <Notice kind=NoticeKind::Error>{told}</Notice> })
                }}
            </div>
            <Button kind=ButtonKind::Primary r#type="submit" disabled=purchase.busy>
                {move || purchase.price_to_pay(t)}
            </Button>
        </form>
        <p class="soft">{tr(I18n::shop_card_kept)}</p>
    }
}

/// Stripe and its form, once they are there.
#[derive(Clone, Default)]
struct LocalForm(std::rc::Rc<std::cell::RefCell<Option<(Stripe, StripeElement)>>>);

/// Loads a script unless it is there, and says whether it is.
fn load(url: &str, done: impl FnOnce(bool) + 'static) {
    if js_sys::Reflect::has(&window(), &"Stripe".into()).unwrap_or_default() {
        done(true);
        return;
    }
    let (Ok(script), Some(head)) = (document().create_element("script"), document().head()) else {
        done(false);
        return;
    };
    let _ = script.set_attribute("src", url);
    let loaded = js_sys::Promise::new(&mut |yes, no| {
        let _ = script.add_event_listener_with_callback("load", &yes);
        let _ = script.add_event_listener_with_callback("error", &no);
    });
    let _ = head.append_child(&script);
    wasm_bindgen_futures::spawn_local(async move { done(JsFuture::from(loaded).await.is_ok()) });
}

fn object(pairs: &[(&str, JsValue)]) -> JsValue {
    crate::intl::options(pairs)
}

fn field(of: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(of, &name.into()).unwrap_or_default()
}
