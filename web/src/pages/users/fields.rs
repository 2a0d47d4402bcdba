//! What the forms about people share.

use iap_core::access::{EmailAddress, Password, PasswordError};
use iap_core::api::ProblemCode;
use leptos::prelude::*;

use crate::backend::http::Failure;
use crate::dom::{Node, view};
use crate::i18n::{I18n, Locale, tr};
use crate::pages::wrong::{Wrong, read};
use crate::reactive::{RwSignal, Signal};
use crate::ui::{Field, Notice, NoticeKind, Select, failure_text};

/// The language in which somebody is written to.
#[component]
pub(super) fn LanguageField(language: RwSignal<String>) -> Node {
    let mut options: Vec<(String, String)> = Locale::ALL
        .into_iter()
        .map(|locale| (locale.tag().to_owned(), locale.endonym().to_owned()))
        .collect();
    // A browser or an identity provider may have named a kind of it, such as nl-BE, which stays.
    let now = language.get_untracked();
    if !options.iter().any(|(tag, _)| *tag == now) {
        let named = Locale::from_tag(&now).map(|it| format!("{} ({now})", it.endonym()));
        options.push((now.clone(), named.unwrap_or(now)));
    }
    view! {
        <Field label=tr(I18n::language_label) hint=tr(I18n::users_language_hint) let:field>
            <Select
                options=Signal::stored(options)
                value=language
                on_change=move |tag: String| language.set(tag)
                attr:id=field.id
                attr:aria-describedby=field.by
            />
        </Field>
    }
}

/// A password for somebody, by core's rule; what is wrong with it stands beside the field.
pub(super) fn read_password(
    t: I18n,
    typed: &str,
    email: &EmailAddress,
    wrong: Wrong,
) -> Option<String> {
    let password = Password::new(typed, email);
    let password = password.map(|it| it.reveal().to_owned());
    read(wrong, password.map_err(|why| password_text(t, why)))
}

fn password_text(t: I18n, why: PasswordError) -> String {
    match why {
        PasswordError::TooShort => t.users_password_short(Password::MIN_LEN),
        PasswordError::TooLong => t.users_password_long(t.number(Password::MAX_LEN)),
        PasswordError::Guessable => t.users_password_guessable().to_owned(),
        _ => why.to_string(),
    }
}

/// What a failure says of people.
pub(super) fn why_not(t: I18n, failure: &Failure) -> String {
    match failure {
        Failure::Refused { problem, .. } if problem.code == ProblemCode::LastOperator => {
            t.users_last_operator().to_owned()
        }
        _ => failure_text(t, failure),
    }
}

/// Says above a form why the server did not take it.
pub(super) fn refused(t: I18n, failure: RwSignal<Option<Failure>>) -> Node {
    let notice = move || {
        let failure = failure.get()?;
        Some(view! { <Notice kind=NoticeKind::Error>{why_not(t, &failure)}</Notice> })
    };
    view! { <div role="alert">{notice}</div> }
}
