//! What is said of a service: when it is offered, and later.

use iap_core::api::{NewService, Service, ServiceChange};
use iap_core::catalogue::{ServiceIcon, ServiceName, web_address};
use iap_core::credits::Amount;
use leptos::ev;
use leptos::prelude::*;

use super::icons::IconChoice;
use super::wrong::tell;
use crate::backend::http::Failure;
use crate::backend::provider;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::pages::sending::Sending;
use crate::pages::wrong::{Wrong, filled, read, short};
use crate::reactive::{Callback, RwSignal};
use crate::state::use_visitor;
use crate::ui::{
    Button, ButtonKind, Failed, Field, Switch, TextField, When, condition, focus_first_error,
};

/// What a technical name and an address look like.
const NAME: &str = "weather_alerts";
const PRIVACY: &str = "https://example.com/privacy";

/// What is typed in the form, and what is wrong with it.
#[derive(Clone, Copy)]
struct Fields {
    label: RwSignal<String>,
    name: RwSignal<String>,
    description: RwSignal<String>,
    privacy: RwSignal<String>,
    trial: RwSignal<String>,
    own: RwSignal<bool>,
    icon: RwSignal<ServiceIcon>,
    /// In the order of the texts above.
    wrong: [Wrong; 5],
}

impl Fields {
    /// What a service says now; nothing where it is a new one.
    fn of(t: I18n, service: Option<&Service>) -> Self {
        let text = |of: fn(&Service) -> String| RwSignal::new(service.map(of).unwrap_or_default());
        Self {
            label: text(|it| it.label.clone()),
            name: text(|it| it.name.to_string()),
            description: text(|it| it.description.clone()),
            privacy: text(|it| it.privacy_url.clone()),
            trial: RwSignal::new(
                service.map_or_else(|| "0".to_owned(), |service| typed(t, service.trial)),
            ),
            own: RwSignal::new(service.is_some_and(|it| it.first_party)),
            icon: RwSignal::new(service.map(|it| it.icon).unwrap_or_default()),
            wrong: std::array::from_fn(|_| RwSignal::new(None)),
        }
    }

    /// What is typed, read by core's rules; nothing where something is wrong, which then stands beside it.
    fn read(self, t: I18n) -> Option<NewService> {
        let [label_wrong, name_wrong, description_wrong, privacy_wrong, trial_wrong] = self.wrong;
        let label = filled(t, &self.label.get_untracked(), Service::LONGEST_LABEL);
        let description = short(t, &self.description.get_untracked(), Service::LONGEST_DESCRIPTION);
        let name = self.name.get_untracked().trim().parse::<ServiceName>();
        let address = self.privacy.get_untracked();
        let address = web_address(&address).map(str::to_owned);
        let trial = format::untyped(&self.trial.get_untracked()).parse::<Amount>();
        let label = read(label_wrong, label);
        let name = read(name_wrong, name.map_err(|_| t.provider_name_wrong(ServiceName::MAX_LEN)));
        let description = read(description_wrong, description);
        let privacy_url =
            read(privacy_wrong, address.map_err(|_| t.provider_privacy_wrong(PRIVACY)));
        let trial = read(trial_wrong, trial.map_err(|_| t.provider_credits_wrong().to_owned()));
        Some(NewService {
            name: name?,
            label: label?,
            icon: self.icon.get_untracked(),
            description: description?,
            privacy_url: privacy_url?,
            first_party: self.own.get_untracked(),
            trial: trial?,
        })
    }

    /// Tells beside them what the server says is wrong.
    fn tell(self, t: I18n, failure: Failure) -> Option<Failure> {
        let names = ["label", "name", "description", "privacy_url", "trial"];
        let fields: Vec<_> = names.into_iter().zip(self.wrong).collect();
        tell(t, failure, &fields)
    }
}

/// Keeps what is said; the key of a new service's provider.
async fn keep(
    before: Option<Service>,
    said: NewService,
    operates: bool,
) -> Result<Option<(i64, String)>, Failure> {
    let Some(before) = before else {
        return provider::offer(&said).await.map(|made| Some((made.service.id, made.key)));
    };
    let change = ServiceChange {
        name: (said.name != before.name).then_some(said.name),
        icon: Some(said.icon),
        label: Some(said.label),
        description: Some(said.description),
        privacy_url: Some(said.privacy_url),
        // What is given away is the operator's to set.
        first_party: operates.then_some(said.first_party),
        trial: operates.then_some(said.trial),
    };
    provider::change(before.id, &change).await.map(|()| None)
}

/// The form of a service that is there, or of a new one.
#[component]
pub(super) fn ServiceForm(
    /// The service; none where a new one is offered.
    service: Option<Service>,
    /// Whether the dialog with the form is open.
    open: RwSignal<bool>,
    /// Told when it is kept: the key of a new one's provider.
    on_saved: Callback<Option<(i64, String)>>,
) -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let fields = Fields::of(t, service.as_ref());
    let is_used = service.as_ref().is_some_and(|it| it.is_used);
    let technical = service.as_ref().map(|it| it.name.to_string()).unwrap_or_default();
    let sending = Sending::new();
    let Sending { busy, failure } = sending;
    let submit = move |event: ev::SubmitEvent| {
        if !sending.may_begin(&event) {
            return;
        }
        let Some(said) = fields.read(t) else { return focus_first_error(&event) };
        let before = service.clone();
        let operates = untrack(move || visitor.operates());
        let refused = move |why| fields.tell(t, why);
        sending.send(event, keep(before, said, operates), refused, move |key| on_saved.run(key));
    };
    view! {
        <form class="form" novalidate="" on:submit=submit>
            <Failed failure=failure/>
            {texts(t, fields, is_used.then_some(technical))}
            <When when=condition(move || visitor.operates())>
                {operators(fields)}
            </When>
            <div class="dialog-actions">
                <Button on:click=move |_| open.set(false)>{tr(I18n::alert_cancel)}</Button>
                <Button kind=ButtonKind::Primary r#type="submit" disabled=busy>
                    {tr(I18n::alert_save)}
                </Button>
            </div>
        </form>
    }
}

/// What every provider says of the service. A technical name that programs know is shown and stays.
fn texts(t: I18n, fields: Fields, fixed: Option<String>) -> Node {
    let [label_wrong, name_wrong, description_wrong, privacy_wrong, _] = fields.wrong;
    let description = fields.description;
    let named = if let Some(name) = fixed {
        view! {
            <div class="field">
                <p class="field-label">{tr(I18n::provider_name)}</p>
                <p><code>{name}</code></p>
                <p class="field-hint">{tr(I18n::provider_name_fixed)}</p>
            </div>
        }
    } else {
        view! {
            <TextField
                label=tr(I18n::provider_name)
                hint=move || t.provider_name_hint(NAME)
                error=name_wrong
                value=fields.name
            />
        }
    };
    view! {
        <TextField
            label=tr(I18n::provider_label)
            hint=tr(I18n::provider_label_hint)
            error=label_wrong
            value=fields.label
        />
        {named}
        <IconChoice chosen=fields.icon/>
        <Field
            label=tr(I18n::provider_description)
            hint=tr(I18n::provider_description_hint)
            error=description_wrong
            let:field
        >
            <textarea
                class="input"
                rows="3"
                id=field.id
                aria-describedby=field.by
                aria-invalid=move || field.invalid.get().to_string()
                prop:value=description
                on:input=move |event| description.set(event_target_value(&event))
            ></textarea>
        </Field>
        <TextField
            label=tr(I18n::provider_privacy)
            hint=tr(I18n::provider_privacy_hint)
            error=privacy_wrong
            value=fields.privacy
            inputmode="url"
        />
    }
}

/// What the operator alone sets.
fn operators(fields: Fields) -> Node {
    let [.., trial_wrong] = fields.wrong;
    view! {
        <TextField
            label=tr(I18n::provider_trial)
            hint=tr(I18n::provider_trial_hint)
            error=trial_wrong
            value=fields.trial
            inputmode="decimal"
            class="input-short"
        />
        <Switch
            label=tr(I18n::provider_own)
            hint=tr(I18n::provider_own_hint)
            on=fields.own
            on_change=move |on: bool| fields.own.set(on)
        />
    }
}

/// A number of credits as one types it.
pub(super) fn typed(t: I18n, amount: Amount) -> String {
    let exact = amount.to_string();
    format::typed(t.locale(), exact.trim_end_matches('0').trim_end_matches('.'))
}
