//! What the server says is wrong, beside the fields that it is wrong in.

use iap_core::api::{Problem, ProblemCode};

use crate::backend::http::Failure;
use crate::i18n::I18n;
use crate::reactive::RwSignal;

/// What is wrong with a field.
pub(super) type Wrong = RwSignal<Option<String>>;

/// Tells beside each field what the server says is wrong with it. What belongs to no field is given back, to be
/// told above all.
pub(super) fn tell(t: I18n, failure: Failure, fields: &[(&str, Wrong)]) -> Option<Failure> {
    let Failure::Refused { problem, .. } = &failure else { return Some(failure) };
    let Problem { fields: wrong, code, .. } = &**problem;
    let mut told = false;
    for it in wrong {
        let Some((_, error)) = fields.iter().find(|(name, _)| *name == it.field) else { continue };
        let taken = it.field == "name" && *code == ProblemCode::AlreadyExists;
        let text = if taken { t.provider_name_taken().to_owned() } else { it.detail.clone() };
        let _ = error.try_set(Some(text));
        told = true;
    }
    (!told).then_some(failure)
}

/// A text with something in it that is not longer than so many characters, or what is wrong with it.
pub(super) fn filled(t: I18n, typed: &str, most: usize) -> Result<String, String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(t.provider_missing().to_owned());
    }
    short(t, typed, most)
}

/// A text that is not longer than so many characters, or what is wrong with it.
pub(super) fn short(t: I18n, typed: &str, most: usize) -> Result<String, String> {
    let typed = typed.trim();
    let long = typed.chars().count() > most;
    if long { Err(t.account_sender_long(t.number(most))) } else { Ok(typed.to_owned()) }
}

/// Says what is wrong with a field, or that nothing is; what was read where all is well.
pub(super) fn read<T>(error: Wrong, read: Result<T, String>) -> Option<T> {
    match read {
        Ok(value) => {
            error.set(None);
            Some(value)
        }
        Err(why) => {
            error.set(Some(why));
            None
        }
    }
}
