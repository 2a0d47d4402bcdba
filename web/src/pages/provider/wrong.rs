//! What the server says is wrong with what a provider filled in.

use iap_core::api::ProblemCode;

use crate::backend::http::Failure;
use crate::i18n::I18n;
use crate::pages::wrong::{self, Wrong};

/// Tells it beside the fields that it is wrong in. What belongs to no field is given back, to be told above all.
pub(super) fn tell(t: I18n, failure: Failure, fields: &[(&str, Wrong)]) -> Option<Failure> {
    wrong::tell(failure, fields, |field, code| {
        let taken = field == "name" && code == ProblemCode::AlreadyExists;
        taken.then(|| t.provider_name_taken())
    })
}
