//! What is wrong with fields, beside them.

use iap_core::api::ProblemCode;

use crate::backend::http::Failure;
use crate::i18n::I18n;
use crate::reactive::RwSignal;

/// What is wrong with a field.
pub(in crate::pages) type Wrong = RwSignal<Option<String>>;

/// Tells beside each field what the server says is wrong with it, in `said` words of ours where there are
/// some. What belongs to no field is given back, to be told above all.
pub(in crate::pages) fn tell(
    failure: Failure,
    fields: &[(&str, Wrong)],
    said: impl Fn(&str, ProblemCode) -> Option<&'static str>,
) -> Option<Failure> {
    let Failure::Refused { problem, .. } = &failure else { return Some(failure) };
    let mut told = false;
    for it in &problem.fields {
        let Some((_, error)) = fields.iter().find(|(name, _)| *name == it.field) else { continue };
        let text = said(&it.field, problem.code).map_or_else(|| it.detail.clone(), str::to_owned);
        let _ = error.try_set(Some(text));
        told = true;
    }
    (!told).then_some(failure)
}

/// A text that is not longer than so many characters, or what is wrong with it.
pub(in crate::pages) fn short(t: I18n, typed: &str, most: usize) -> Result<String, String> {
    let typed = typed.trim();
    let long = typed.chars().count() > most;
    if long { Err(t.account_sender_long(t.number(most))) } else { Ok(typed.to_owned()) }
}

/// The same where there has to be something.
pub(in crate::pages) fn filled(t: I18n, typed: &str, most: usize) -> Result<String, String> {
    if typed.trim().is_empty() {
        return Err(t.provider_missing().to_owned());
    }
    short(t, typed, most)
}

/// Says what is wrong with a field, or that nothing is; what was read where all is well.
pub(in crate::pages) fn read<T>(error: Wrong, read: Result<T, String>) -> Option<T> {
    let (value, why) = match read {
        Ok(value) => (Some(value), None),
        Err(why) => (None, Some(why)),
    };
    error.set(why);
    value
}
