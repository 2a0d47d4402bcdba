//! Switching an account off, and on again.

use iap_core::api::AccountChange;
use leptos::prelude::*;

use crate::backend::account::{self, NamedAccount};
use crate::backend::http::Failure;
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{Memo, RwSignal};
use crate::state::{Accounts, use_accounts, use_visitor};
use crate::ui::{
    Button, ButtonKind, Dialog, Failed, Notice, NoticeKind, Toasts, When, failure_text, use_toasts,
};

/// An account that is switched on or off.
#[derive(Clone)]
struct Switch {
    t: I18n,
    accounts: Accounts,
    toasts: Toasts,
    is_demo: bool,
    account: i64,
    service: String,
}

impl Switch {
    /// Of the account that is shown now. Call it while its page is there.
    fn of(found: Memo<Option<NamedAccount>>) -> impl Fn() -> Option<Self> + Copy + Send + Sync {
        let (t, accounts, toasts) = (use_i18n(), use_accounts(), use_toasts());
        let visitor = use_visitor();
        move || {
            let account = found.get_untracked()?.account;
            let is_demo = visitor.is_demo_untracked();
            let (account, service) = (account.id, account.service_label);
            Some(Self { t, accounts, toasts, is_demo, account, service })
        }
    }

    /// Switches the account, and says so with a way back; calls `refused` where it could not be.
    fn set(
        self,
        disabled: bool,
        done: impl FnOnce() + 'static,
        refused: impl FnOnce(Failure) + 'static,
    ) {
        wasm_bindgen_futures::spawn_local(async move {
            let change = AccountChange { disabled: Some(disabled), ..AccountChange::default() };
            match account::change(self.is_demo, self.account, &change).await {
                Ok(()) => {
                    self.accounts.changed();
                    done();
                    let (t, service) = (self.t, self.service.as_str());
                    let text = if disabled {
                        t.account_disabled_saved(service)
                    } else {
                        t.account_enabled_saved(service)
                    };
                    let toasts = self.toasts;
                    toasts.show_with_undo(text, move || self.clone().set_back(!disabled));
                }
                Err(why) => refused(why),
            }
        });
    }

    /// The same from where nothing else can say what is wrong.
    fn set_back(self, disabled: bool) {
        let (t, toasts) = (self.t, self.toasts);
        self.set(disabled, || (), move |why| toasts.show(failure_text(t, &why)));
    }
}

/// Says that an account is switched off, while it is.
#[component]
pub(super) fn DisabledNotice(found: Memo<Option<NamedAccount>>) -> Node {
    let disabled = Memo::new(move |_| is_disabled(found));
    view! {
        <When when=disabled>
            <Notice kind=NoticeKind::Warning>
                <p><strong>{tr(I18n::account_disabled_title)}</strong></p>
                <p>{tr(I18n::account_disabled_text)}</p>
            </Notice>
        </When>
    }
}

/// The button that switches an account off, which asks before it does, or on.
#[component]
pub(super) fn SwitchButton(found: Memo<Option<NamedAccount>>) -> Node {
    let open = RwSignal::new(false);
    let switch = Switch::of(found);
    let disabled = Memo::new(move |_| is_disabled(found));
    let press = move |_| {
        if !disabled.get_untracked() {
            open.set(true);
        } else if let Some(switch) = switch() {
            switch.set_back(false);
        }
    };
    let t = use_i18n();
    let label = move || {
        if disabled.get() { t.account_enable() } else { t.account_disable() }
    };
    let service = move || found.with(|it| it.as_ref().map(|it| it.account.service_label.clone()));
    view! {
        <Button on:click=press>{label}</Button>
        <Dialog open=open title=move || t.account_disable_title(service().unwrap_or_default())>
            <Question found=found open=open/>
        </Dialog>
    }
}

/// What comes of switching an account off, and whether one wants that.
#[component]
fn Question(found: Memo<Option<NamedAccount>>, open: RwSignal<bool>) -> Node {
    let switch = Switch::of(found);
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let disable = move |_| {
        let Some(switch) = switch().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        failure.set(None);
        let refused = move |why| {
            let _ = busy.try_set(false);
            let _ = failure.try_set(Some(why));
        };
        let done = move || {
            let _ = open.try_set(false);
        };
        switch.set(true, done, refused);
    };
    view! {
        <Failed failure=failure/>
        <p>{tr(I18n::account_disable_text)}</p>
        <p>{tr(I18n::account_disable_stays)}</p>
        <div class="dialog-actions">
            <Button on:click=move |_| open.set(false)>{tr(I18n::alert_cancel)}</Button>
            <Button kind=ButtonKind::Primary disabled=busy on:click=disable>
                {tr(I18n::account_disable)}
            </Button>
        </div>
    }
}

fn is_disabled(found: Memo<Option<NamedAccount>>) -> bool {
    found.with(|it| it.as_ref().is_some_and(|it| it.account.disabled))
}
